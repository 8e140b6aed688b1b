"""The five lines never claim more than the intervals allow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from synthetic_results import CURATED, build_results

from sim.report.intervals import Difference, Interval
from sim.report.page.answer import answer
from sim.report.results import Figure, Results, read_results

pytestmark = pytest.mark.unit

KPIS = ("wait.total", "transition.gap_days", "deadline.assessment_4m", "appeals.reversal_share", "cost.total")
NAN = float("nan")
BETTER = Difference(-5, -7, -3, clear=True)
WORSE = Difference(5, 3, 7, clear=True)
UNCLEAR = Difference(-1, -3, 1)
BY_LUCK = Difference(-2, -3.9, -0.1, clear=False)
"""Its interval excludes 0, but not when the number of comparisons is taken into account."""
MISSING = Difference(NAN, NAN, NAN)
CLAIMS = ("Kortere", "Længere", "Færre dage", "Flere dage", "Lavere", "Højere", "Klart bedre", "Klart dårligere")


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_results(tmp_path_factory.mktemp("six"), replications=2, series=False)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_results(tmp_path_factory.mktemp("two"), CURATED[:2], replications=2, series=False)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_results(tmp_path_factory.mktemp("once"), replications=1, series=False)


def said(
    results: Results, *differences: Difference, kpi: str = "wait.total", others: Difference = UNCLEAR
) -> list[str]:
    """Return the lines when a measure has these differences, and every other one the same unclear one."""
    figures = {}
    for point in results.points:
        for name in KPIS:
            difference = MISSING if point == results.reference else others
            if name == kpi and point != results.reference:
                difference = differences[results.others.index(point)]
            level = Interval(100, 98, 102) if difference is not MISSING or point == results.reference else MISSING
            figures[(point.label, name, "all")] = Figure(level, difference, 10)
    return [line.text for line in answer(replace(results, figures=figures), 912, 1054)]


def test_a_clear_improvement_is_told_with_its_interval(two: Path) -> None:
    lines = said(read_results(two, "da"), BETTER)
    assert lines[0] == (
        "Kortere samlet ventetid end udgangspunktet: »Fælles overgangsteam for unge på 16-25 år« "
        "(−5,0\u00a0dage [−7,0; −3,0])."
    )
    assert lines[3] == (
        "Klart bedre på mindst ét og ikke klart dårligere på noget: »Fælles overgangsteam for unge på 16-25 år«."
    )


def test_a_clear_worsening_is_told(two: Path) -> None:
    lines = said(read_results(two, "en"), WORSE)
    assert lines[0] == (
        "Longer total waits than the baseline: “Joint transition team for ages 16-25” (+5.0\u00a0days [+3.0; +7.0])."
    )
    assert lines[3].startswith("Clearly worse on at least one and not clearly better on any")


@pytest.mark.parametrize("difference", [UNCLEAR, BY_LUCK])
def test_an_interval_that_holds_0_is_no_claim(two: Path, difference: Difference) -> None:
    lines = said(read_results(two, "da"), difference)
    assert lines[0].startswith("»Fælles overgangsteam for unge på 16-25 år« adskiller sig ikke klart fra")
    assert "[" in lines[0]
    assert not [line for line in lines for claim in CLAIMS if claim in line]


def test_opposite_signs_are_both_told_and_the_rest_is_counted(six: Path) -> None:
    lines = said(read_results(six, "da"), BETTER, WORSE, UNCLEAR, UNCLEAR, UNCLEAR)
    assert lines[0] == (
        "Kortere samlet ventetid end udgangspunktet: »Fælles overgangsteam for unge på 16-25 år« "
        "(−5,0\u00a0dage [−7,0; −3,0]). Længere samlet ventetid: »Fælles budgetramme« (+5,0\u00a0dage [+3,0; +7,0]). "
        "Ingen klar forskel: 3 scenarier."
    )


def test_many_are_counted_and_one_is_an_example_not_a_winner(six: Path) -> None:
    largest = Difference(-9, -11, -7, clear=True)
    lines = said(read_results(six, "da"), BETTER, largest, BETTER, UNCLEAR, MISSING)
    assert lines[0] == (
        "Kortere samlet ventetid end udgangspunktet i 3 af 4 scenarier, for eksempel »Fælles budgetramme« "
        "(−9,0\u00a0dage [−11,0; −7,0]). Ingen klar forskel: »Kun færre medarbejdere«. "
        "Kan ikke vurderes: »Ugentlige visitationsudvalg«."
    )


def test_a_scenario_that_pulls_both_ways_is_called_neither_good_nor_bad(two: Path) -> None:
    lines = said(read_results(two, "en"), BETTER, others=WORSE)
    assert lines[3] == "Clearly better on some and clearly worse on others: “Joint transition team for ages 16-25”."


def test_high_is_good_for_deadlines_that_are_met(two: Path) -> None:
    lines = said(read_results(two, "en"), WORSE, kpi="deadline.assessment_4m")
    assert lines[3].startswith("Clearly better on at least one")


def test_one_replication_claims_nothing(once: Path) -> None:
    lines = [line.text for line in answer(read_results(once, "da"), 3, 4)]
    assert lines[0] == "Én gentagelse kan ikke vise, om scenarierne adskiller sig i samlet ventetid."
    assert not [line for line in lines for claim in CLAIMS if claim in line]
    assert "[" not in " ".join(lines)
    assert "kun én gentagelse" in lines[4]


def test_what_was_not_measured_is_said_to_be_missing(two: Path) -> None:
    lines = said(read_results(two, "da"), MISSING)
    assert lines[0] == "Der er ikke tal nok til at sammenligne scenarierne i samlet ventetid."


def test_unverified_assumptions_are_always_told(six: Path) -> None:
    lines = said(read_results(six, "da"), *[BETTER] * 5)
    assert "912 af 1.054 forudsætninger er antagelser eller uden kilde" in lines[4]
    assert "dækker kun tilfældighed" in lines[4]


def test_a_single_scenario_has_levels_and_no_comparison(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:1], replications=3, series=False)
    lines = [line.text for line in answer(read_results(folder, "da"), 3, 4)]
    assert lines[0].endswith("i gennemsnit.")
    assert "dage [" in lines[0]
    assert not [line for line in lines for claim in CLAIMS if claim in line]


def test_few_replications_are_warned_of_beside_the_answer(two: Path) -> None:
    results = read_results(two, "da")
    figures = {key: replace(figure, replications=4) for key, figure in results.figures.items()}
    few = [line.text for line in answer(replace(results, figures=figures), 912, 1054)]
    assert "Kun 4 gentagelser" in few[-1]
    assert "Kun" not in said(results, BETTER)[-1]
