"""Bad price lists are refused in words a planner can act on: path, value, what is allowed, the nearest name."""

from __future__ import annotations

from typing import Any

import pytest
from scenarios_to_break import GONE, Changes, changed, complaint

from sim.scenario.checks import check
from sim.scenario.compose import Composer
from sim.scenario.configuration import checked

pytestmark = pytest.mark.unit

PRICE = "costs.services.family_support.own"
GROWTH = {"2023": 2.0, "2024": 2.5, "2025": 3.0, "2026": 2.0}
INDEX: dict[str, Any] = {"wages": {"percent": GROWTH}, "prices": {"percent": GROWTH}}
THRESHOLDS = [900_000, 1_800_000, 2_200_000]
REFUND: dict[str, Any] = {
    "thresholds_dkk": {"2024": THRESHOLDS},
    "later_percent": 3.0,
    "shares": [0.25, 0.5, 0.75],
    "account": "5.28.21",
}
"""The town is simulated from January 2024 to June 2026, and its prices are of 2024."""
WITH_REFUND: Changes = {"costs.index": INDEX, "costs.refund": REFUND}


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    with Composer() as composer:
        return dict(composer.configuration(["municipality=one_team"]).composed)


def account(path: str, part: dict[str, Any]) -> tuple[str, Changes, tuple[str, ...]]:
    """Return the case of an account beside the chart in some part of the price list."""
    said = (f"{path}.account", "there is no account '5.28.12'", "did you mean '5.28.21'", "costs.accounts", "6.45.58")
    return f"account of {path}", {path: {**part, "account": "5.28.12"}}, said


STAFF = {"dkk_per_year": 1, "overhead": 0}
CHARGE = {"income_dkk_per_year": 1, "threshold_dkk_per_year": 1, "share_below": 0, "share_above": 0}

WRONG: list[tuple[str, Changes, tuple[str, ...]]] = [
    account("costs.staff", STAFF),
    account("costs.teams.advisers", STAFF),
    account(PRICE, {"dkk_per_day": 1}),
    account(f"{PRICE}.once", {"dkk": 1}),
    account(f"{PRICE}.transport", {"dkk_per_day": 1}),
    account(f"{PRICE}.user_charge", CHARGE),
    account("costs.appeals_board", {"dkk_per_case": 1, "payer": "state"}),
    ("refund's account", {**WITH_REFUND, "costs.refund.account": "5.22.07"}, ("costs.refund.account", "'5.22.07'")),
    ("no chart", {"costs.accounts": GONE}, ("costs.accounts: is missing or empty", "used: 5.28.21, 6.45.58")),
    ("negative price", {f"{PRICE}.dkk_per_day": -5}, (f"{PRICE}.dkk_per_day", "-5 is too low: it must be above 0")),
    ("price of zero", {f"{PRICE}.dkk_per_day": 0}, (f"{PRICE}.dkk_per_day", "0 is too low")),
    ("price as text", {f"{PRICE}.dkk_per_day": "260,5"}, (f"{PRICE}.dkk_per_day", "'260,5' is text", "decimal point")),
    ("no price", {f"{PRICE}.dkk_per_day": None}, (f"{PRICE}.dkk_per_day", "is empty; a number is needed")),
    ("level without an index", {"costs.level": {"year": 2025}}, ("costs.level.year", "2025", "costs.index", "2024")),
    ("nominal without an index", {"costs.level": {"kind": "nominal"}}, ("costs.level.kind", "costs.index")),
    ("nominal and a year", {"costs.level": {"kind": "nominal", "year": 2025}}, ("costs.level", "leave out 'year'")),
    ("refund without an index", {"costs.refund": REFUND}, ("costs.refund:", "costs.index", "costs.refund=null")),
    (
        "year before the index",
        {"costs.index": INDEX, "costs.level": {"year": 2020}},
        (
            "costs.index.wages.percent.2021",
            'as in "2021": 3.0',
            "also missing: 2022",
            "costs.index.prices.percent.2021",
        ),
    ),
    (
        "year after the index",
        {"costs.index": INDEX, "costs.level": {"year": 2028}},
        ("costs.index.wages.percent.2027", "costs.index.wages.later_percent", "also missing: 2028", "2024 to 2028"),
    ),
    (
        "simulated year",
        {**WITH_REFUND, "costs.index.wages.percent": {"2025": 3.0}},
        ("costs.index.wages.percent.2026", "from 2025 to 2026"),
    ),
    (
        "gap in the index",
        {"costs.index": INDEX, "costs.index.prices.percent": {"2020": 1.0, "2022": 1.0, "2023": 1.0}},
        ("costs.index.prices.percent.2021", "is missing"),
    ),
    (
        "growth without bounds",
        {"costs.index": INDEX, "costs.index.wages.percent.2025": 300.0},
        ("costs.index.wages.percent.2025", "300.0 is too high: at most 100"),
    ),
    (
        "a year that is none",
        {"costs.index": INDEX, "costs.index.wages.percent": {"24": 3.0}},
        ("costs.index.wages.percent.24", "a year has four digits"),
    ),
    (
        "thresholds of a year",
        {**WITH_REFUND, "costs.refund.later_percent": None},
        ("costs.refund.thresholds_dkk.2025", "2025 is simulated", "later_percent", "also missing: 2026", "given: 2024"),
    ),
    (
        "thresholds before the first",
        {**WITH_REFUND, "costs.refund.thresholds_dkk": {"2025": THRESHOLDS}},
        ("costs.refund.thresholds_dkk.2024", "2024 is simulated", "given: 2025"),
    ),
    (
        "thresholds that fall",
        {**WITH_REFUND, "costs.refund.thresholds_dkk.2024": [900_000, 800_000, 2_200_000]},
        ("costs.refund.thresholds_dkk.2024", "must rise", "800000 is not above 900000"),
    ),
    (
        "two thresholds",
        {**WITH_REFUND, "costs.refund.thresholds_dkk.2024": [900_000, 1_000_000]},
        ("costs.refund.thresholds_dkk.2024",),
    ),
    ("payer of the refund", {**WITH_REFUND, "costs.refund.payer": "stat"}, ("costs.refund.payer", "'state'")),
    (
        "frame of an unknown administration",
        {"costs.frames": {"departmant": {"dkk_per_year": 1}}},
        ("costs.frames.departmant", "did you mean 'department'"),
    ),
]


@pytest.mark.parametrize(("changes", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_said(composed: dict[str, Any], changes: Changes, said: tuple[str, ...]) -> None:
    message = complaint(composed, changes)
    assert [words for words in said if words not in message] == [], message


RIGHT: list[tuple[str, Changes]] = [
    ("a refund with all that it needs", WITH_REFUND),
    ("the price list's own year needs no index", {"costs.level": {"year": 2024}}),
    ("a level of a year before", {"costs.index": INDEX, "costs.level": {"year": 2022}}),
    ("nominal", {"costs.index": INDEX, "costs.level": {"kind": "nominal"}}),
    ("years as numbers", {"costs.index": {**INDEX, "wages": {"percent": {2025: 3.0, 2026: 3.0}}}}),
    ("an index that is not needed so far", {"costs.index": {**INDEX, "wages": {"percent": {"2025": 3.0}}}}),
]


@pytest.mark.parametrize("changes", [case[1] for case in RIGHT], ids=[case[0] for case in RIGHT])
def test_what_is_right_is_let_through(composed: dict[str, Any], changes: Changes) -> None:
    assert check(checked(changed(composed, changes), {}).scenario) == []
