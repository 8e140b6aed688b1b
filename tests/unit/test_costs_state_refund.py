"""What counts towards the state's refund, and where the refund stands in the ledger."""

from __future__ import annotations

from typing import Any

import pytest
from journals import Book, small_town
from priced_town import INDEX, REFUND, amounts, priced_town

from sim.measures import measure
from sim.measures.costs import entries, person_months
from sim.measures.frames import Frames
from sim.scenario import Scenario

pytestmark = pytest.mark.unit

JANUARY = 2023 * 12
FLAT: dict[str, Any] = {name: {**INDEX[name], "percent": {"2024": 0.0}} for name in INDEX}


def town(services: Any = None, **refund: Any) -> Scenario:
    return priced_town({"index": FLAT, "refund": {**REFUND, **refund}}, services)


def refunded(book: Book, scenario: Scenario) -> dict[Any, float]:
    found = amounts(book, scenario, "part", "year", "administration", "payer")
    return {key[1:]: value for key, value in found.items() if key[0] == "refund"}


def test_the_refund_is_less_for_the_administration_and_more_for_the_state():
    """January: 3,100 DKK. A quarter of 1,000, half of the next 1,000, three quarters of 100: 825."""
    book = Book(horizon=365)
    book.spell("support", start=0, end=31)
    assert refunded(book, town()) == {(2023, "buf", "buf"): -825, (2023, "buf", "state"): 825}
    values = measure(book.journal(), town()).kpis.set_index(["kpi", "group"])["value"]
    assert values["cost.total", "all"] == values["cost.services", "buf"] == pytest.approx(3_100)
    assert values["cost.municipality", "all"] == values["cost.frame", "frame:buf"] == pytest.approx(2_275)
    assert values["cost.refund", "buf"] == values["cost.payer", "state"] == pytest.approx(825)
    assert amounts(book, small_town()) == {"services": 3_100}


def test_whoever_pays_the_refund_is_one_of_the_payers():
    """The appeals board is paid by the state, the refund by somebody else."""
    book = Book(horizon=365)
    book.spell("support", start=0, end=31)
    values = measure(book.journal(), town(payer="region")).kpis.set_index(["kpi", "group"])["value"]
    assert values["cost.payer"].to_dict() == pytest.approx(
        {"buf": 2_275, "bsf": 0, "state": 0, "region": 825, "family": 0}
    )


def test_a_refund_has_no_price_by_the_piece():
    book = Book(horizon=365)
    book.spell("support", start=0, end=31)
    listed = entries(Frames(book.journal(), town()))
    refunds = listed[listed["part"] == "refund"]
    assert refunds["quantity"].tolist() == [0, 0]
    assert refunds["unit_price_dkk"].isna().tolist() == [True, True]
    assert sorted(refunds["amount_dkk"]) == [-825, 825]


def test_two_administrations_divide_the_refund_by_what_they_paid():
    """3,100 DKK by one for January, under the same law 1,240 by the other: 4,340, of which 1,755 come back."""
    book = Book(horizon=365)
    book.spell("support", start=0, end=31)
    book.spell("institution", start=0, end=12.4, payer="bsf")
    found = refunded(book, town())
    assert found[2023, "buf", "state"] == pytest.approx(1_755 * 3_100 / 4_340, abs=0.01)
    assert found[2023, "buf", "state"] + found[2023, "bsf", "state"] == 1_755
    assert found[2023, "bsf", "bsf"] == -found[2023, "bsf", "state"]


def test_siblings_of_one_household_count_as_one_and_adults_do_not():
    """Twice 800 DKK lie below the threshold, together 600 above it."""
    book = Book(horizon=365)
    book.person(1, household=1)
    book.person(2, household=1)
    book.spell("support", 1, start=0, end=8)
    book.spell("support", 2, start=10, end=18)
    assert refunded(book, town())[2023, "buf", "state"] == 150
    assert refunded(book, town(siblings_pooled=False)) == {}
    grown = Book(horizon=365)
    for case in (1, 2):
        grown.person(case, household=1)
        grown.spell("adult_support", case, start=0, end=8, payer="bsf", track="grown")
    assert refunded(grown, town()) == {}


def test_what_is_paid_once_counts_in_twelve_months_and_what_residents_pay_does_not():
    """12,000 once on 15 November 2023 is 1,000 a month until October 2024; the charge is 7,300 DKK a year."""
    charge = {"income_dkk_per_year": 73_000, "threshold_dkk_per_year": 73_000, "share_below": 0.1, "share_above": 0.1}
    service = {
        "once": {"dkk": 12_000.0, "account": "6.45.58"},
        "transport": {"dkk_per_day": 30.0, "account": "6.45.58"},
        "user_charge": {**charge, "account": "6.45.58"},
    }
    book = Book(run_in=334, horizon=731)
    book.person(7, household=3)
    book.spell("support", 7, start=318, end=336)
    book.spell("support", 7, start=400, end=401, kind="self_pay", payer="family", track="child")
    found = person_months(Frames(book.journal(), town({"support": service})))
    december = found[found["month"] == JANUARY + 11]
    assert found["month"].tolist() == list(range(JANUARY + 11, JANUARY + 22))
    assert december["oere"].tolist() == [100_000 + 2 * (10_000 + 3_000 - 2_000)]
    assert set(found["oere"][1:]) == {100_000}
    assert set(found["household"]) == {3}
    assert set(found["law"]) == {"children"}


def test_thresholds_are_in_each_years_own_kroner_and_the_refund_at_the_level_asked_for():
    """In 2024 a day costs 110 nominal: 3,410 in January against 1,100, 2,200, 3,300: 25 % + 50 % + 75 % of 110."""
    index = {name: {"percent": {"2024": 10.0}, "later_percent": 0.0} for name in ("wages", "prices")}
    costs = {"index": index, "refund": REFUND}
    book = Book(run_in=365, horizon=731)
    book.spell("support", start=365, end=396)
    nominal = 0.25 * 1_100 + 0.5 * 1_100 + 0.75 * 110
    for level, dkk in (({"kind": "nominal"}, nominal), ({"year": 2024}, nominal), ({}, nominal / 1.1)):
        scenario = priced_town({**costs, "level": level})
        assert refunded(book, scenario)[2024, "buf", "state"] == pytest.approx(dkk, abs=0.005)


def test_a_years_costs_may_be_assessed_as_a_whole():
    """26,500 DKK in the year: a quarter of 12,000 and half of 2,500."""
    book = Book(horizon=365)
    book.spell("support", start=0, end=265)
    assert refunded(book, town(assessed="yearly"))[2023, "buf", "state"] == 4_250
