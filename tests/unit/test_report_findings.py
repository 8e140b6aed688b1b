"""Headings never claim more than the figures allow."""

from __future__ import annotations

from pathlib import Path

import pytest
from synthetic_results import CURATED, build_results, many

from sim.report.findings import Verdict, sentence, verdict
from sim.report.intervals import Difference
from sim.report.numbers import Language
from sim.report.results import read_results

pytestmark = pytest.mark.unit

BETTER = Difference(-5, -7, -3, clear=True)
WORSE = Difference(5, 3, 7, clear=True)
UNCLEAR = Difference(-1, -3, 1)
UNKNOWN = Difference(-1, float("nan"), float("nan"))


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_results(tmp_path_factory.mktemp("six"), replications=3)


def said(folder: Path, language: Language, *differences: Difference, topic: str = "wait") -> str:
    results = read_results(folder, language)
    by_label = {point.label: one for point, one in zip(results.others, differences, strict=True)}
    return sentence(results, topic, by_label, "overall")


def test_low_is_good_for_waits_and_bad_for_deadlines_met() -> None:
    assert verdict(BETTER) is Verdict.BETTER
    assert verdict(BETTER, "high") is Verdict.WORSE
    assert verdict(WORSE, "high") is Verdict.BETTER
    assert verdict(UNCLEAR) is Verdict.UNCLEAR
    assert verdict(UNKNOWN) is Verdict.UNKNOWN


def test_if_nothing_is_clear_that_is_what_is_said(six: Path) -> None:
    assert said(six, "da", *[UNCLEAR] * 5) == (
        "Ingen af de 5 scenarier adskiller sig klart fra udgangspunktet i samlet ventetid"
    )
    assert said(six, "en", *[UNCLEAR] * 5) == (
        "None of the 5 scenarios differs clearly from the baseline in total waiting time"
    )


def test_one_clear_scenario_is_named(six: Path) -> None:
    assert said(six, "da", UNCLEAR, BETTER, UNCLEAR, UNCLEAR, UNCLEAR) == (
        "»Fælles budgetramme« giver kortere ventetid end udgangspunktet"
    )
    assert said(six, "en", UNCLEAR, WORSE, UNCLEAR, UNCLEAR, UNCLEAR) == (
        "“Pooled budget” gives longer waits than the baseline"
    )


def test_more_than_two_are_counted_and_both_directions_are_told(six: Path) -> None:
    assert said(six, "da", BETTER, BETTER, BETTER, WORSE, UNCLEAR) == (
        "3 af 5 scenarier giver kortere ventetid end udgangspunktet, »Kun færre medarbejdere« giver længere"
    )
    assert said(six, "en", BETTER, BETTER, BETTER, WORSE, UNCLEAR) == (
        "3 of 5 scenarios give shorter waits than the baseline; “Staff cut only” gives longer ones"
    )


def test_all_and_two(six: Path) -> None:
    assert said(six, "da", *[WORSE] * 5, topic="cost").startswith("Alle 5 andre scenarier giver højere udgifter end")
    assert said(six, "en", UNCLEAR, BETTER, BETTER, UNCLEAR, UNCLEAR, topic="cost") == (
        "“Pooled budget” and “Early planning” give lower cost than the baseline"
    )


def test_scenarios_with_nothing_to_measure_are_not_counted(six: Path) -> None:
    assert "Ingen af de 3 scenarier" in said(six, "da", UNCLEAR, UNKNOWN, UNCLEAR, UNKNOWN, UNCLEAR)


def test_a_single_point_has_its_own_sentence(tmp_path: Path) -> None:
    assert said(build_results(tmp_path, CURATED[:1], replications=2), "da") == "overall"


def test_one_replication_claims_nothing(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:3], replications=1)
    assert said(folder, "da", UNKNOWN, UNKNOWN) == (
        "Én gentagelse kan ikke vise, om scenarierne adskiller sig i samlet ventetid"
    )


def test_a_reference_that_is_not_the_baseline_is_called_by_its_name(tmp_path: Path) -> None:
    folder = build_results(tmp_path, (CURATED[2], CURATED[4]), replications=2)
    assert said(folder, "da", WORSE) == "»Kun færre medarbejdere« giver længere ventetid end »Fælles budgetramme«"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("topic", ["wait", "gap", "backlog", "cost"])
def test_every_topic_has_all_its_words(six: Path, topic: str, language: Language) -> None:
    for differences in ([BETTER] * 5, [WORSE] * 5, [UNCLEAR] * 5, [UNKNOWN] * 5, [BETTER, WORSE, *[UNCLEAR] * 3]):
        text = said(six, language, *differences, topic=topic)
        assert "{" not in text
        assert text[0].isupper() or text[0] in "»“"


def test_long_sweeps_are_counted(tmp_path: Path) -> None:
    folder = build_results(tmp_path, many(12), replications=2, series=False)
    assert said(folder, "da", *[BETTER] * 7, *[WORSE] * 4) == (
        "7 af 11 scenarier giver kortere ventetid end udgangspunktet, 4 giver længere"
    )
