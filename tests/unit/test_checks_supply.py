"""What can be wrong with periods, with how services fit and help, and with places and arrivals that change."""

from __future__ import annotations

from typing import Any

import pytest
from scenarios_to_break import (
    GONE,
    Changes,
    assert_complains,
    assert_right,
    complaint,
    each_right,
    each_wrong,
    one_team,
)

pytestmark = pytest.mark.unit

HOURS = "tracks.support.steps.report.hours"
TEAM = "tracks.support.steps.report.team"
SERVICE = "services.family_support"
OWN = f"{SERVICE}.suppliers.own"
SOURCE = "arrivals.applications"
PERIODS = {"before": "2024-01-01", "after": "2025-01-01"}
COMPLEX = {"profiles.complex": {"label": {"da": "x", "en": "x"}}}


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    return one_team()


def table(by: str, **values: Any) -> dict[str, Any]:
    return {"by": by, "values": values}


CASES: list[tuple[str, Changes, tuple[str, ...]]] = [
    (
        "periods that do not rise",
        {"periods": {"before": "2025-01-01", "after": "2025-01-01"}},
        ("periods.after: 2025-01-01 must be after 2025-01-01", "'before'"),
    ),
    (
        "periods that are not there",
        {HOURS: table("period", before=1, other=1)},
        (f"{HOURS}.by: 'period' needs periods: the section periods is empty",),
    ),
    (
        "misspelt period",
        {"periods": PERIODS, HOURS: table("period", befor=1, other=1)},
        (f"{HOURS}.values.befor: 'befor' is not a value of the attribute period", "did you mean 'before'"),
    ),
    (
        "period that is missing",
        {"periods": PERIODS, HOURS: table("period", before=1)},
        (f"{HOURS}.values", "period 'after'", "'other'"),
    ),
    (
        "team of a period",
        {"periods": PERIODS, TEAM: table("period", before="advisers", after="adviser")},
        (f"{TEAM}.values.after", "did you mean 'advisers'"),
    ),
    (
        "misspelt match",
        {HOURS: table("match", fit=1, other=1)},
        (f"{HOURS}.values.fit: 'fit' is not a value of the attribute match", "did you mean 'fits'", "too_general"),
    ),
    (
        "match before anything is granted",
        {HOURS: table("match", fits=1, too_general=1, too_specialised=1)},
        (f"{HOURS}.values", "match 'none'"),
    ),
    (
        "places below nothing",
        {f"{OWN}.changes": {"closing": {"places": -46, "begins": "2025-07-01"}}},
        (f"{OWN}: on 2025-07-01", "-1 would be left", "places 45; 'closing' -46"),
    ),
    (
        "places below nothing for a while",
        {
            f"{OWN}.changes": {
                "moving": {"places": -50, "begins": "2025-01-01", "ends": "2025-02-20"},
                "opening": {"places": 50, "begins": "2025-03-01"},
            }
        },
        (f"{OWN}: on 2025-02-16", "-1 would be left", "'moving' -50"),
    ),
    (
        "places below nothing from the start",
        {f"{OWN}.changes": {"closed": {"places": -50}}},
        (f"{OWN}: from the start", "'closed' -50"),
    ),
    (
        "the only supplier closes",
        {f"{OWN}.changes": {"closed": {"places": -45, "begins": "2025-01-01"}}},
        (f"{SERVICE}: the suppliers open to every case have 0 places once all their changes count",),
    ),
    (
        "as many places as are asked for cannot change",
        {f"{OWN}.places": GONE, f"{OWN}.changes": {"more": {"places": 2}}},
        (f"{OWN}: there are as many places as are asked for", "'more' cannot change"),
    ),
    (
        "a change that ends before it begins",
        {f"{OWN}.changes": {"more": {"places": 2, "begins": "2025-01-01", "ends": "2025-01-01"}}},
        (f"{OWN}.changes.more", "needs an earlier date 'begins'"),
    ),
    (
        "arrivals at given times cannot change",
        {
            f"{SOURCE}.per_year": GONE,
            f"{SOURCE}.at_days": [1, 2],
            f"{SOURCE}.changes": {"fewer": {"relative": 0.5}},
        },
        (f"{SOURCE}: only arrivals given by per_year can change", "'fewer' cannot change at_days"),
    ),
    (
        "arrivals that rise beyond measure",
        {f"{SOURCE}.relative": 3, f"{SOURCE}.changes": {"growth": {"relative": 4}, "less": {"relative": 0.5}}},
        (f"{SOURCE}: arrivals can be raised to 10 times", "12 times", "relative 3, 'growth' 4"),
    ),
    (
        "a share above one",
        {f"{SOURCE}.changes": {"lighter": {"lighter": 1.5}}},
        (f"{SOURCE}.changes.lighter.lighter: 1.5 is too high",),
    ),
    (
        "the need falls and rises at once",
        {**COMPLEX, f"{SERVICE}.fits": ["complex"], f"{SERVICE}.helps": 0.6, "mismatch.too_general.level_rises": 0.5},
        ("mismatch.too_general.level_rises: 0.5 is too high beside services.family_support.helps", "probability 0.6"),
    ),
    (
        "the need falls and rises at once, by an attribute",
        {
            f"{SERVICE}.fits": [],
            f"{SERVICE}.specialised": True,
            f"{SERVICE}.helps": table("level", **{"1": 0, "other": 0.9}),
            "mismatch.too_specialised": {"level_rises": 0.2, "helps_factor": 0.9},
        },
        ("mismatch.too_specialised.level_rises: 0.2", "services.family_support.helps.values.other", "0.81"),
    ),
    (
        "offers for those whose need has fallen",
        {
            f"{SOURCE}.levels": {"3": 1},
            "initial_caseload.supported.levels": {"3": 1},
            "offers.support.everybody.levels": [2, 3],
            f"{SERVICE}.helps": 0.5,
        },
        ("offers.support: offers nothing to general at level 1", "support.decide"),
    ),
    (
        "offers for those whose need has risen",
        {
            f"{SOURCE}.levels": {"2": 1},
            "initial_caseload.supported.levels": {"2": 1},
            "offers.support.everybody.levels": [1, 2, 3],
            f"{SERVICE}.fits": [],
            "mismatch.too_general.level_rises": 0.1,
        },
        ("offers.support: offers nothing to general at level 4",),
    ),
    (
        "offers for those who come with lighter needs",
        {
            f"{SOURCE}.levels": {"3": 1},
            "initial_caseload.supported.levels": {"3": 1},
            "tracks.support.steps.decide.split": {"granted": 1},
            "offers.support.everybody.levels": [3, 4],
            f"{SOURCE}.changes": {"prevention": {"lighter": 0.1}},
        },
        ("offers.support: offers nothing to general at level 2",),
    ),
]


@each_wrong(CASES)
def test_what_does_not_fit_is_named(composed: dict[str, Any], changes: Changes, parts: tuple[str, ...]) -> None:
    assert_complains(composed, parts, changes)


RIGHT: list[tuple[str, Changes]] = [
    ("a period for each", {"periods": PERIODS, HOURS: table("period", before=1, after=2)}),
    (
        "a service that is granted has a match",
        {
            "tracks.support.steps.supported.follow_up.hours": table("match", fits=1, too_general=2, too_specialised=3),
            f"{SERVICE}.years": table("match", fits=1, other=2),
        },
    ),
    (
        "one supplier closes, another opens",
        {
            f"{OWN}.changes": {"closed": {"places": -45, "begins": "2025-01-01"}},
            f"{SERVICE}.suppliers.bought": {
                "kind": "external",
                "places": 0,
                "changes": {"opened": {"places": 9, "begins": "2025-01-01"}},
            },
            "costs.services.family_support.bought": {"dkk_per_day": 1, "account": "5.28.21"},
        },
    ),
    ("a service that fits everybody may always help", {f"{SERVICE}.helps": 1, "mismatch.too_general.level_rises": 1}),
    (
        "offers for the levels that there are, when services do nothing",
        {
            f"{SOURCE}.levels": {"3": 1},
            "initial_caseload.supported.levels": {"3": 1},
            "offers.support.everybody.levels": [2, 3],
        },
    ),
    (
        "a profile for which services do nothing",
        {
            f"{SOURCE}.levels": {"3": 1},
            "initial_caseload.supported.levels": {"3": 1},
            "offers.support.everybody.levels": [2, 3],
            "mismatch.too_general.level_rises": 1,
        },
    ),
]


@each_right(RIGHT)
def test_what_fits_together_is_let_through(composed: dict[str, Any], changes: Changes) -> None:
    assert_right(composed, changes)


def test_a_team_of_day_0_by_what_was_granted(composed: dict[str, Any]) -> None:
    """Those whose matters are open on day 0 have been granted nothing."""
    matter = {
        **{key: composed["arrivals"]["applications"][key] for key in ("ages", "profiles", "levels")},
        "count": 1,
        "track": "support",
        "step": "assessment",
        "days_since_request": 1,
        "team": table("match", fits="advisers", too_general="advisers", too_specialised="advisers"),
    }
    assert "initial_matters.open.team.values" in complaint(composed, {"initial_matters": {"open": matter}})
