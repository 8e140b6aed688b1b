"""A zero too many: what would run for ever, or run out of numbers, is refused before it begins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scenarios_to_break import GONE, Changes, assert_complains, assert_right, one_team

from sim.scenario.errors import PlannerError
from sim.scenario.yamlfile import parse_yaml

pytestmark = pytest.mark.unit

SOURCE = "arrivals.applications"


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    return one_team()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({f"{SOURCE}.per_year": 1e15}, (SOURCE, "at most 5,000,000 can be told apart")),
        ({f"{SOURCE}.per_year": 400_000, f"{SOURCE}.relative": 3}, (SOURCE, "at most 555,555", "more than twice")),
        ({f"{SOURCE}.per_year": GONE, f"{SOURCE}.every_days": 1e-9}, (SOURCE, "too many")),
        ({f"{SOURCE}.repeats": {"probability": 1, "gap_days": 1e-9}}, (f"{SOURCE}.repeats.gap_days", "at least 0.01")),
        ({"initial_caseload.supported.count": 6_000_000}, ("initial_caseload.supported", "6,000,000 persons")),
        ({"teams.advisers.caseworkers": 10**40}, ("teams.advisers.caseworkers", "too high: at most 100000")),
        ({"teams.advisers.caseworkers": 60_000, "municipality.scale": 2}, ("teams.advisers.caseworkers", "60,000")),
        ({"municipality.scale": 1e6}, ("municipality.scale", "at most 1000")),
        ({"horizon.years": 1e300}, ("horizon.years", "at most 100")),
        ({"panels.board.every_weeks": 10**12}, ("panels.board.every_weeks", "at most 520")),
        ({f"{SOURCE}.ages": [{"from_age": 1, "to_age": 1e5, "weight": 1}]}, (f"{SOURCE}.ages.0.to_age", "at most 130")),
        (
            {"tracks.support.steps.assessment.hours": {"distribution": "gamma", "mean": 5, "cv": 5e-324}},
            ("tracks.support.steps.assessment.hours.cv", "at least 0.001"),
        ),
        (
            {"tracks.support.steps.supported.follow_up.every_days": 1e-9},
            ("tracks.support.steps.supported.follow_up.every_days", "at least 0.01"),
        ),
        (
            {"caseworking.absences": {"short": {"per_year": 1e9, "days": 1}}},
            ("caseworking.absences.short.per_year", "at most 366"),
        ),
        ({"services.family_support.suppliers.own.places": 10**9}, ("suppliers.own.places", "at most 1e+06")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_no_simulation_would_finish_is_refused(
    composed: dict[str, Any], changes: Changes, words: tuple[str, ...]
) -> None:
    assert_complains(composed, words, changes)


def test_the_whole_country_for_thirty_years_is_not_too_much(composed: dict[str, Any]) -> None:
    changes = {f"{SOURCE}.per_year": 3646, "municipality.scale": 30, "horizon.years": 30, "horizon.run_in_years": 0}
    assert_right(composed, changes)


def test_all_sources_together_can_be_too_many(composed: dict[str, Any]) -> None:
    source = {**composed["arrivals"]["applications"], "per_year": 450_000}
    changes: Changes = {f"arrivals.further_{number}": source for number in range(3)}
    changes |= {"horizon.years": 10, "horizon.run_in_years": 0}
    assert_complains(composed, ("horizon.years", "10,000,000"), changes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: !!int ti\n", "not valid YAML"),
        ("a: !!float office\n", "not valid YAML"),
        ("a: b\x07\n", "not valid YAML"),
    ],
)
def test_what_a_tag_or_a_character_promises_and_the_text_does_not_keep(text: str, words: str) -> None:
    with pytest.raises(PlannerError, match=words):
        parse_yaml(text, Path("mine.yaml"))
