"""Growing up: what planning, the 18th birthday and the adult side say about each other."""

from __future__ import annotations

from typing import Any

import pytest
from scenarios_to_break import ADULTHOOD, GONE, Changes, assert_complains, assert_right, each_wrong, one_team

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    return one_team()


def test_a_municipality_with_adulthood_is_right(composed: dict[str, Any]) -> None:
    assert_right(composed, ADULTHOOD)


ADULTHOOD_CASES: list[tuple[str, Changes, tuple[str, ...]]] = [
    ("track of planning", {"planning.track": "adults"}, ("planning.track", "'adults'", "did you mean 'adult'")),
    (
        "planning in a child track",
        {"planning.track": "support", "planning.entry": "report"},
        ("planning.track", "'child'"),
    ),
    ("entry of planning", {"planning.entry": "pla"}, ("planning.entry", "'pla'", "did you mean 'plan'")),
    ("planning too late", {"planning.start_age": 18}, ("planning.start_age: 18", "before the birthday")),
    ("planning without a birthday", {"birthday": GONE}, ("birthday", "is missing", "planning")),
    (
        "application",
        {"birthday.application": "adult.asess"},
        ("birthday.application", "did you mean 'adult.assess'"),
    ),
    ("application without a track", {"birthday.application": "assess"}, ("birthday.application", "'adult.assess'")),
    ("application to a child track", {"birthday.application": "support.report"}, ("birthday.application", "'child'")),
    (
        "meanwhile",
        {"birthday.meanwhile": {"bridgin": 0.5, "nothing": "rest"}},
        ("birthday.meanwhile.bridgin", "did you mean 'bridging'", "self_pay"),
    ),
    (
        "service of aftercare",
        {"birthday.aftercare_services": ["family_suport"]},
        ("birthday.aftercare_services", "did you mean 'family_support'"),
    ),
    (
        "own team after an application at 18",
        {"tracks.adult.steps.assess.team": "pool"},
        ("tracks.adult.steps.served.follow_up.team", "'own'"),
    ),
    (
        "duty by an attribute",
        {
            "tracks.adult.steps.assess.team": {"by": "level", "values": {"1": "pool", "other": "adult_team"}},
            "tracks.adult.steps.assess.on_duty": True,
        },
        ("tracks.adult.steps.assess.team.values.1: 'pool'", "adult_team"),
    ),
    (
        "pooled team of a stock",
        {"initial_caseload.supported.team": "pool"},
        ("initial_caseload.supported.team: 'pool'",),
    ),
    (
        "offer that leaves a profile out on the adult side",
        {
            "arrivals.applications.profiles": {"general": 0.9, "complex": 0.1},
            "offers.adult.everybody.profiles": ["general"],
        },
        ("offers.adult", "complex at level 1", "adult.decide"),
    ),
]


@each_wrong(ADULTHOOD_CASES)
def test_what_does_not_fit_together_at_18_is_named(
    composed: dict[str, Any], changes: Changes, parts: tuple[str, ...]
) -> None:
    assert_complains(composed, parts, ADULTHOOD, changes)
