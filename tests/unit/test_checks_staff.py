"""What a planner can get wrong about staff: each test breaks one thing in a scenario that is right."""

from __future__ import annotations

from typing import Any

import pytest
from scenarios_to_break import ADULTHOOD, Changes, assert_complains, changed, one_team

from sim.scenario.configuration import checked

pytestmark = pytest.mark.unit

RIGHT: Changes = {
    "teams.advisers.changes": {"more": {"caseworkers": 1, "begins": "2026-03-01", "ends": "2026-09-01"}},
    "teams.advisers.resignations_per_year": 0.3,
    "teams.advisers.coordinates": True,
    "caseworking.absences": {"short": {"per_year": 3, "days": 2}},
    "caseworking.reassign_after_days": 20,
    "caseworking.duty_priority": 1,
    "caseworking.turnover": {"resignations_per_year": 0.2, "vacancy_days": 60},
    "caseworking.completeness.overload_tasks": 20,
    "caseworking.completeness.overload_loss": 0.01,
}


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    return one_team()


def test_what_is_right_is_right(composed: dict[str, Any]) -> None:
    checked(changed(composed, RIGHT), {})
    meeting = {"tracks.adult.steps.plan.outsiders": {"family": 0.8}}
    checked(changed(composed, ADULTHOOD, meeting), {})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"teams.pool.coordinates": True}, ("teams.pool.coordinates", "pooled team", "named: advisers")),
        (
            {"teams.advisers.resignations_per_year": 0.3},
            ("teams.advisers.resignations_per_year: 0.3", "caseworking.turnover", "successor"),
        ),
        (
            {"teams.advisers.changes": {"far": {"caseworkers": 1, "begins": "2090-01-01"}}},
            ("teams.advisers.changes.far.begins: 2090-01-01", "too late", "ends on"),
        ),
        (
            {"caseworking.reassign_after_days": 20},
            ("caseworking.reassign_after_days: 20 has no effect", "caseworking.absences"),
        ),
        (
            {"caseworking.completeness.overload_loss": 0.1},
            ("caseworking.completeness.overload_tasks", "is missing", "0.1"),
        ),
        (
            {"tracks.adult.steps.plan.outsiders": {"family": 0}},
            ("tracks.adult.steps.plan.outsiders.family", "for ever"),
        ),
    ],
    ids=["coordinates", "turnover", "late_change", "reassign", "overload", "outsiders"],
)
def test_what_makes_no_sense_is_said(composed: dict[str, Any], changes: Changes, said: tuple[str, ...]) -> None:
    assert_complains(composed, said, ADULTHOOD, changes)
