"""Everything measured is defined, everything defined is measured, in both languages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from journals import Book, small_town

from sim.experiment.tables import FIGURES
from sim.journal import TABLES
from sim.measures import DEFINITIONS, HEADLINES, UNITS, Figures, as_frame, definition, group_label, measure
from sim.measures.frames import Frames, birthdays
from sim.measures.kpis import Kpis

pytestmark = pytest.mark.unit

CLOCKS = (
    "screening_24h",
    "assessment_4m",
    "followup_3m",
    "aftercare_6m_before_18",
    "local_adult",
    "reassessment_4w",
    "my_own",
)


@pytest.fixture(scope="module")
def empty() -> Figures:
    """Return what nothing at all comes to, in a town with every deadline."""
    clocks = {name: {"within": {"days": 7}} for name in CLOCKS} | {"decision": {"since": "awareness"}}
    return measure(Book().journal(), small_town(clocks=clocks, tracks=_without_clocks(), costs=_with_frames()))


def _with_frames() -> dict[str, object]:
    costs = small_town().costs
    assert costs is not None
    return costs.model_dump() | {"frames": {"buf": {"dkk_per_year": 1000.0}}}


def _without_clocks() -> dict[str, object]:
    tracks = {name: track.model_dump() for name, track in small_town().tracks.items()}
    for track in tracks.values():
        track["steps"]["done"]["starts"] = []
    return tracks


def test_nothing_at_all_can_be_measured(empty: Figures):
    assert list(empty.kpis.columns) == ["kpi", "group", "value", "unit"]
    assert list(empty.costs.columns) == [field.name for field in FIGURES["costs"]]
    assert list(empty.series.columns) == ["series", "group", "x", "value"]
    assert not empty.kpis.duplicated(["kpi", "group"]).any()
    assert not empty.series.duplicated(["series", "group", "x"]).any()
    assert not np.isinf(empty.kpis["value"]).any()


def test_what_is_measured_and_what_is_defined_are_the_same(empty: Figures):
    produced = set(empty.kpis["kpi"]) | set(empty.series["series"])
    assert {definition(name).id for name in produced} == set(DEFINITIONS)
    assert {name for name in DEFINITIONS if DEFINITIONS[name].curve} == set(empty.series["series"])


def test_the_units_are_those_defined(empty: Figures):
    assert all(definition(row.kpi).unit == row.unit for row in empty.kpis.itertuples())
    assert {entry.unit for entry in DEFINITIONS.values()} == set(UNITS)


def test_the_headlines_are_measured(empty: Figures):
    produced = set(zip(empty.kpis["kpi"], empty.kpis["group"], strict=True))
    assert set(HEADLINES) <= produced


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_definition_is_complete_in_both_languages(name: str):
    entry = DEFINITIONS[name]
    for text in (entry.label, entry.text):
        assert text.da
        assert text.en
        assert text.da != text.en
        assert text.da == text.da.strip()
        assert "  " not in text.da + text.en
    assert entry.text.da.endswith(".")
    assert entry.text.en.endswith(".")


def test_labels_tell_the_measures_apart():
    for language in ("da", "en"):
        labels = [getattr(entry.label, language) for entry in DEFINITIONS.values() if not entry.curve]
        assert len(set(labels)) == len(labels)


def test_a_deadline_of_the_planners_own_is_defined_by_its_family():
    assert definition("deadline.my_own").id == "deadline.*"
    assert definition("deadline.assessment_4m").id == "deadline.assessment_4m"


def test_what_is_not_defined_is_refused():
    kpis = Kpis()
    kpis.add("wait.for_godot", "all", 1.0)
    with pytest.raises(KeyError, match=r"wait\.for_godot"):
        kpis.frame()


def test_nothing_is_measured_twice():
    kpis = Kpis()
    kpis.add("wait.total", "all", 1.0)
    kpis.add("wait.total", "all", 1.0)
    with pytest.raises(ValueError, match="twice"):
        kpis.add("wait.total", "all", 1.0)


@pytest.mark.parametrize(
    ("group", "label"),
    [
        ("all", "Alle"),
        ("family", "family (da)"),
        ("bsf", "bsf (da)"),
        ("administration:bsf", "bsf (da)"),
        ("panel", "panel (da)"),
        ("child", "child (da)"),
        ("profile:disability", "disability (da)"),
        ("service:foster_care", "placement"),
        ("category:adult", "Voksenstøtte"),
        ("birthday", "18-års fødselsdagen"),
        ("redistribution", "redistribution"),
        ("reduction", "Færre stillinger"),
        ("phase:appeal", "Mens klagen behandles"),
        ("frame:bsf", "bsf (da)"),
        ("frame:no_longer_there", "no_longer_there"),
    ],
)
def test_groups_have_labels(group: str, label: str):
    assert group_label(group, small_town()).da == label


def test_a_shared_budget_frame_is_called_after_those_who_share_it():
    administrations = {name: {**its.model_dump(), "budget": "x"} for name, its in small_town().administrations.items()}
    assert group_label("frame:x", small_town(administrations=administrations)).en == "buf (en) + bsf (en)"


def test_the_headlines_are_few():
    assert len(HEADLINES) <= 5


def test_every_group_has_a_label_of_its_own(empty: Figures):
    for kpi, rows in empty.kpis.groupby("kpi"):
        labels = [group_label(group, small_town()).da for group in rows["group"] if not group.startswith("service:")]
        assert len(set(labels)) == len(labels), kpi


def test_a_table_is_decoded_for_files():
    book = Book()
    book.moment("notification", 7, at=3, outcome="notifications")
    book.task(None, requested=1)
    journal = book.journal()
    events = as_frame(journal, "events")
    assert events.loc[0, ["case", "kind", "outcome", "track", "administration"]].tolist() == [
        7,
        "notification",
        "notifications",
        "child",
        "buf",
    ]
    assert pd.isna(as_frame(journal, "activities").loc[0, "resource"])
    assert all(len(as_frame(journal, name)) == len(next(iter(journal.table(name).values()))) for name in TABLES)


def test_a_birthday_is_a_date():
    """Day 0 is 1 January 2023. Born 29 February 2004: 18 on 28 February 2022; born 15 June 2006: 15 June 2024."""
    start = Book().start
    born = np.array([-6881.0, -6044.0])
    assert birthdays(start, born, 18.0).tolist() == [-307, 531]


def test_the_measured_period_in_calendar_years():
    """From the middle of 2023 to the middle of the leap year 2024: 182/365 + 183/366."""
    assert Frames(Book(run_in=183, horizon=548).journal(), small_town()).years == pytest.approx(182 / 365 + 1 / 2)
