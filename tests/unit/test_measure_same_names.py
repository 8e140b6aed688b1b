"""What is called the same is kept apart: a figure says what kind of thing it is about when its name alone does not."""

from __future__ import annotations

from collections import defaultdict

import pytest
from journals import Book, small_town

from sim.measures import group_label, measure
from sim.scenario import Scenario

pytestmark = pytest.mark.unit


def one_name_for_all(name: str) -> Scenario:
    """Return a town with a team, a panel, a track and an administration of one name."""
    town = small_town()

    def called(place: str, of: object) -> dict[str, object]:
        dumped = {"label": {"da": place, "en": place}, **of.model_dump(exclude={"label"})}  # type: ignore[attr-defined]
        return {**dumped, "administration": name} if "administration" in dumped else dumped

    return small_town(
        administrations={name: called("administration", town.administrations["buf"])},
        teams={name: called("team", town.teams["family"])},
        panels={name: called("panel", town.panels["panel"])},
        tracks={name: called("track", town.tracks["child"]), "appeal": called("appeal", town.tracks["appeal"])},
        arrivals={"notifications": {**town.arrivals["notifications"].model_dump(exclude_none=True), "track": name}},
    )


GROUPS = {
    "deadline.assessment_4m": ["all", "track:all", "administration:all"],
    "deadline.assessment_4m.n": ["all", "track:all", "administration:all"],
    "wait.decision": ["all", "track:all"],
    "wait.decision.median": ["all", "track:all"],
    "wait.in_queue": ["all", "team:all", "panel:all"],
    "wait.in_queue.p90": ["all", "team:all", "panel:all"],
    "staff.caseload": ["all", "team:all", "administration:all"],
    "staff.utilisation": ["all", "team:all", "administration:all"],
    "appeals.filed": ["all", "administration:all"],
    "appeals.reversal_share": ["all", "administration:all"],
    "appeals.reversal_share.n": ["all", "administration:all"],
    "appeals.reversal_share.low": ["all", "administration:all"],
    "appeals.reversal_share.high": ["all", "administration:all"],
    "appeals.days_to_final": ["all", "administration:all"],
    "volume.appeals_per_year": ["all", "administration:all"],
    "letters.misdirected": ["all", "administration:all"],
    "cost.staff": ["all", "administration:all"],
    "cost.municipality": ["all", "administration:all"],
}


def test_what_is_called_all_is_not_the_group_of_all():
    """A planner may call a team, a panel, a track and an administration "all"."""
    book = Book()
    book.event("assessment_4m", 1, since=0, time=130, due=120, track="all", administration="all")
    book.event("decision", 1, since=0, time=130, track="all", administration="all")
    kpis = measure(book.journal(), one_name_for_all("all")).kpis
    groups = defaultdict(list)
    for kpi, group in zip(kpis["kpi"], kpis["group"], strict=True):
        groups[kpi].append(group)
    assert {kpi: [group for group in groups[kpi] if group != "appeal"] for kpi in GROUPS} == GROUPS


def test_each_kind_has_its_own_label():
    town = one_name_for_all("all")
    for kind in ("team", "panel", "administration", "track"):
        assert group_label(f"{kind}:all", town).en == kind
