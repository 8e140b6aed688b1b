"""What one young person costs around the 18th birthday.

Day 0 is 1 January 2023. Person 1 is born on 1 July 2006: 17 on day 181, 18 on day 547, 19 on day 912.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from journals import START, Book, small_town

from sim.measures import unit_costs
from sim.measures.frames import Frames
from sim.measures.kpis import Kpis

pytestmark = pytest.mark.unit

THREE_YEARS = 1096.0
BORN = float((dt.date(2006, 7, 1) - START).days)
HOURS = 365 * 24
"""Of a team that works round the clock, in 2023 and in 2025."""


def book(run_in: float = 0.0, horizon: float = THREE_YEARS, **person: Any) -> Book:
    written = Book(run_in=run_in, horizon=horizon)
    written.person(1, **{"born": BORN, **person})
    written.moment("turned_18", 1, at=547)
    return written


def kpis(written: Book, **changes: Any) -> dict[tuple[str, str], float]:
    found = Kpis()
    unit_costs.measure(Frames(written.journal(), small_town(**changes)), found)
    return {(row.kpi, row.group): row.value for row in found.frame().itertuples()}


def with_services(written: Book) -> Book:
    """From 17 to 19: support for 366 days, bridging for 53, nothing, then 262 days of adult support at 300 DKK."""
    written.spell("support", start=0, end=547)
    written.spell("support", start=547, end=600, kind="bridging")
    written.spell("support", start=600, end=650, kind="self_pay", payer="family")
    written.spell("support", start=600, end=620, kind="reimbursed")
    written.spell("adult_support", start=650, payer="bsf", supplier="bought", track="grown")
    written.spell("adult_support", payer="bsf", track="grown")
    return written


def test_services_from_the_birthday_before_to_the_one_after():
    """36,600 + 5,300 + 500 paid back (a quarter of the price for 20 days) + 78,600."""
    found = kpis(with_services(book()))
    assert found["unit_cost.transition_services", "all"] == pytest.approx(121_000)
    assert found["unit_cost.transition", "all"] == pytest.approx(121_000)
    assert found["unit_cost.transition_hours", "all"] == 0


def test_the_year_after_per_day_with_support():
    """5,300 + 78,600 over the 53 + 262 days on which somebody paid for support; what is paid back is no such day."""
    assert kpis(with_services(book()))["unit_cost.covered_day", "all"] == pytest.approx(83_900 / 315)


def test_a_day_with_two_services_is_one_day():
    written = book()
    written.spell("support", start=547, end=557, kind="bridging")
    written.spell("adult_support", start=552, end=562, payer="bsf")
    assert kpis(written)["unit_cost.covered_day", "all"] == pytest.approx(2_000 / 15)


def test_hours_of_tasks_begun_in_the_window_at_the_price_of_the_caseworkers_hour():
    """A year's hours cost 600,000: a thousandth of them 600, and half of that for somebody who works half time."""
    written = book()
    written.employed("adults", 0)
    written.employed("adults", 1, fte=0.5)
    for at, worker in ((180.9, 0), (181.0, 0), (911.9, 1), (912.0, 0)):
        written.task("adults", requested=at, started=at, finished=at + 1, hours=HOURS / 1000, worker=worker)
    written.task("adults", requested=500, hours=HOURS)
    written.task("panel", requested=500, started=510, finished=510, hours=1.0, worker=-1)
    written.task("adults", 2, requested=500, started=510, finished=520, hours=HOURS)
    found = kpis(written)
    assert found["unit_cost.transition_hours", "all"] == pytest.approx(900)
    assert found["unit_cost.transition", "all"] == pytest.approx(900)
    assert math.isnan(found["unit_cost.covered_day", "all"])


def test_what_comes_with_a_service_counts_and_what_the_resident_pays_is_taken_off():
    """262 days until 19 at 300 + 20 DKK, 5,000 once, less 36,500 a year pro rata.

    Days 650 to 731 are in 2024 (81 of 366), 731 to 912 in 2025 (181 of 365). A service that began before 17, one that a
    family pays for, and one that prolongs another (for a day of 2024) bring no once-only cost.
    """
    account = "5.28.21"
    price = {
        "dkk_per_day": 300.0,
        "account": account,
        "once": {"dkk": 5_000.0, "account": account},
        "transport": {"dkk_per_day": 20.0, "account": account},
        "user_charge": {
            "income_dkk_per_year": 365_000.0,
            "threshold_dkk_per_year": 365_000.0,
            "share_below": 0.1,
            "share_above": 0.0,
            "account": account,
        },
    }
    plain = small_town().costs.model_dump()
    services = {**plain["services"], "adult_support": {"own": price}}
    costs = {**plain, "services": services}
    expected = 262 * 320 + 5_000 - 36_500 * (81 / 366 + 181 / 365)
    written = book()
    written.spell("adult_support", start=650, payer="bsf", track="grown")
    assert kpis(written, costs=costs)["unit_cost.transition_services", "all"] == pytest.approx(expected, abs=0.02)
    written.spell("adult_support", start=100, end=181, payer="bsf", track="grown")
    written.spell("adult_support", start=650, end=660, kind="self_pay", payer="family", track="grown")
    written.spell("adult_support", start=547, end=548, kind="bridging", payer="bsf")
    expected += 320 - 36_500 / 366
    assert kpis(written, costs=costs)["unit_cost.transition_services", "all"] == pytest.approx(expected, abs=0.02)


def test_amounts_are_at_the_reported_price_level():
    """Wages grow by 4 % and prices by 2 % to 2024: with a wage share of 0.7 a day's 100 DKK are 103.40."""
    plain = small_town().costs.model_dump()
    index = {"wages": {"percent": {"2024": 4.0}}, "prices": {"percent": {"2024": 2.0}}}
    costs = {**plain, "index": index, "level": {"kind": "fixed", "year": 2024}}
    written = book()
    written.spell("support", start=181, end=191)
    written.employed("adults", 0)
    written.task("adults", requested=300, started=300, finished=301, hours=HOURS / 1000)
    found = kpis(written, costs=costs)
    assert found["unit_cost.transition_services", "all"] == pytest.approx(1_034)
    assert found["unit_cost.transition_hours", "all"] == pytest.approx(624)


def test_mean_over_persons_and_by_profile():
    written = book(profile="disability")
    written.spell("support", start=181, end=191)
    written.person(2, born=BORN)
    written.moment("turned_18", 2, at=547)
    found = kpis(written)
    assert found["unit_cost.transition", "all"] == pytest.approx(500)
    assert found["unit_cost.transition", "profile:disability"] == pytest.approx(1_000)
    assert found["unit_cost.transition", "profile:vulnerable"] == 0


@pytest.mark.parametrize(
    ("run_in", "horizon", "counted"),
    [(181, 912, True), (182, 912, False), (181, 911, False)],
    ids=["just inside", "17 before the measured period", "19 after the end"],
)
def test_only_who_has_the_whole_window_in_the_measured_period(run_in: float, horizon: float, *, counted: bool):
    written = book(run_in, horizon)
    written.spell("support", start=0, end=547)
    assert math.isnan(kpis(written)["unit_cost.transition", "all"]) != counted


def test_who_did_not_turn_18_with_a_need_is_not_counted():
    written = Book(horizon=THREE_YEARS)
    written.person(1, born=BORN)
    written.spell("support", start=0, end=547)
    assert math.isnan(kpis(written)["unit_cost.transition", "all"])


def test_without_prices_there_are_no_unit_costs():
    assert kpis(book(), costs=None) == {}
