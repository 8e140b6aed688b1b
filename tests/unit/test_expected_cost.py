"""What an administration expects a case to cost, from a table of offers and the price list."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_maps import service

from sim.scenario.costs import Costs
from sim.scenario.expected_cost import ExpectedCost, covers, least_age
from sim.scenario.pathway import Birthday
from sim.scenario.services import Offer, Service

pytestmark = pytest.mark.unit

ACCOUNT = "5.28.21"
PROFILES = ("plain", "complex")


def price(dkk_per_day: float, **factors: float) -> dict[str, Any]:
    """Return a price; ``level3=1.5`` is the factor of level 3."""
    levels = {name.removeprefix("level"): factor for name, factor in factors.items()}
    return {"dkk_per_day": dkk_per_day, "account": ACCOUNT, "level_factors": levels}


SUPPLIERS = {"own": {"kind": "internal"}, "bought": {"kind": "external"}}
SERVICES = {
    "home": Service(**service(suppliers=SUPPLIERS)),
    "visits": Service(**service(suppliers={"bought": {"kind": "external"}, "own": {"kind": "internal"}})),
}
COSTS = Costs(
    price_year=2024,
    staff={"dkk_per_year": 1, "overhead": 0, "account": ACCOUNT},
    services={
        "home": {"bought": price(9999), "own": price(2000, level3=1.5)},
        "visits": {"own": price(9999), "bought": price(100)},
    },
    appeals_board={"dkk_per_case": 0, "payer": "state", "account": ACCOUNT},
    self_pay_share=0,
)


def expected(**offers: dict[str, Any]) -> ExpectedCost:
    return ExpectedCost({name: Offer(**offer) for name, offer in offers.items()}, SERVICES, COSTS, PROFILES)


def test_a_service_costs_its_first_suppliers_price_for_a_year() -> None:
    """The first that is tried, whatever the order of the price list."""
    assert expected(all={"split": {"home": 1}}).dkk_per_year("plain", 2, 20) == 2000 * 365.25
    assert expected(all={"split": {"visits": 1}}).dkk_per_year("plain", 2, 20) == 100 * 365.25


def test_an_offer_costs_the_mean_of_its_services() -> None:
    cost = expected(all={"split": {"home": 0.25, "visits": "rest"}})
    assert cost.dkk_per_year("plain", 2, 20) == pytest.approx((0.25 * 2000 + 0.75 * 100) * 365.25)


def test_a_level_has_its_own_price() -> None:
    """Level 3 costs half as much again at home; a level that is not named costs the same as level 2."""
    cost = expected(all={"split": {"home": 0.5, "visits": 0.5}})
    assert cost.dkk_per_year("plain", 3, 20) == pytest.approx((0.5 * 3000 + 0.5 * 100) * 365.25)
    assert cost.dkk_per_year("plain", 4, 20) == cost.dkk_per_year("plain", 2, 20)


def test_the_first_offer_that_covers_the_case_counts() -> None:
    cost = expected(
        heavy={"profiles": ["complex"], "levels": [3, 4], "from_age": 18, "split": {"home": 1}},
        all={"split": {"visits": 1}},
    )
    light = 100 * 365.25
    assert cost.dkk_per_year("complex", 4, 18) == 2000 * 365.25
    assert cost.dkk_per_year("complex", 4, 17.9) == light
    assert cost.dkk_per_year("complex", 2, 18) == light
    assert cost.dkk_per_year("plain", 4, 18) == light


def test_who_is_offered_nothing_cannot_be_expected_to_cost_anything() -> None:
    with pytest.raises(KeyError, match="nothing is offered to profile 'plain' at level 2 and age 17"):
        expected(all={"from_age": 18, "split": {"home": 1}}).dkk_per_year("plain", 2, 17)


def test_an_offer_covers_its_profiles_and_levels() -> None:
    offer = Offer(profiles=("plain",), levels=(1, 2), split={"home": 1})
    assert [covers(offer, profile, level) for profile in PROFILES for level in (2, 3)] == [True, False, False, False]
    assert covers(Offer(split={"home": 1}), "complex", 4)


def test_under_adult_law_nothing_is_offered_before_the_birthday() -> None:
    birthday = Birthday(
        age=18, needs_support=1, application="main.first", meanwhile={"nothing": 1}, bridging_max_days=1
    )
    assert (least_age("adult", birthday), least_age("child", birthday), least_age("adult", None)) == (18, 0, 0)
