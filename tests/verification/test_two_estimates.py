"""Two ways to the same figure, which share nothing but the journal, agree."""

from __future__ import annotations

import numpy as np
import pytest
from small_maps import Floats, rows, small_map

from sim.journal import Journal
from sim.measures import measure
from sim.measures.costs import ledger
from sim.measures.frames import Frames
from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.costs import Costs

pytestmark = pytest.mark.verification

PRICE, SALARY = 1234.0, 600_000.0
ACCOUNT = "5.28.21"


@pytest.fixture(scope="module")
def town() -> tuple[Journal, Scenario]:
    """The map with every way of waiting, over four measured years, with prices; the year's length is 365.25 days."""
    scenario = small_map("little", {"horizon.years": 4})
    costs = {
        "price_year": 2024,
        "accounts": {ACCOUNT: {"da": "Konto", "en": "Account"}},
        "staff": {"dkk_per_year": SALARY, "overhead": 0.0, "account": ACCOUNT},
        "services": {"support": {"own": {"dkk_per_day": PRICE, "account": ACCOUNT}}},
        "appeals_board": {"dkk_per_case": 0.0, "payer": "state", "account": ACCOUNT},
        "self_pay_share": 0.0,
    }
    priced = scenario.model_copy(update={"costs": Costs.model_validate(costs)})
    return simulate(priced), priced


def integral(journal: Journal, came: Floats, went: Floats) -> float:
    """Return the integral over the measured period of how many are there: jump by jump, from one time to the next."""
    jumps = [(time, +1) for time in came if time == time] + [(time, -1) for time in went if time == time]
    area, there, now = 0.0, 0, journal.run_in
    for time, jump in sorted(jumps):
        if time > journal.run_in:
            until = min(time, journal.horizon)
            area += there * (until - now)
            now = until
        there += jump
    return area + there * (journal.horizon - now)


def figure(journal: Journal, scenario: Scenario, kpi: str, group: str) -> float:
    kpis = measure(journal, scenario).kpis
    values = kpis[(kpis["kpi"] == kpi) & (kpis["group"] == group)]["value"]
    assert len(values) == 1
    return float(values.iloc[0])


def test_utilisation_from_busy_time_and_from_littles_law() -> None:
    """Busy time by the clock of the measure; and the rate of arrivals times the hours of each, per server.

    M/M/3, 0.2 an hour of 10 hours each: two thirds, up to what is under way at both ends of ten years (at most three
    tasks of some 17,500) and what the hours of these happen to be.
    """
    scenario = small_map("queue")
    journal = simulate(scenario)
    busy = figure(journal, scenario, "staff.utilisation", "desk")
    served = rows(journal, "activities", step="counter.serve")
    came = (served["requested"] >= journal.run_in) & (served["requested"] < journal.horizon)
    hours = 24 * (journal.horizon - journal.run_in)
    by_little = float(np.nansum(served["hours"][came])) / hours / 3
    assert came.sum() > 15_000
    assert busy == pytest.approx(by_little, rel=0.005)
    assert busy == pytest.approx(2 / 3, rel=0.03)


def test_waits_from_the_journal_and_from_the_integral_of_the_queue(town: tuple[Journal, Scenario]) -> None:
    """The backlog of the measures, and the area under the number that waits."""
    journal, scenario = town
    waiting = rows(journal, "activities", resource="advisers")
    until = np.fmin(waiting["started"], waiting["withdrawn"])
    area = integral(journal, waiting["requested"], until)
    assert area > 500
    days = journal.horizon - journal.run_in
    assert figure(journal, scenario, "staff.backlog", "advisers") == pytest.approx(area / days, rel=1e-9)


def test_services_in_the_ledger_and_as_stock_times_price(town: tuple[Journal, Scenario]) -> None:
    """What is booked, and the price of a day times the area under the number who have the service.

    The ledger rounds each person's entry of a year to the øre.
    """
    journal, scenario = town
    booked = ledger(Frames(journal, scenario))
    services = booked[booked["part"] == "services"]
    spells = journal.spells
    area = integral(journal, spells["start"], spells["end"])
    assert area > 5000
    assert services["quantity"].sum() == pytest.approx(area, rel=1e-9)
    assert services["oere"].sum() / 100 == pytest.approx(area * PRICE, rel=1e-6)


def test_staff_in_the_ledger_and_as_head_count_times_salary(town: tuple[Journal, Scenario]) -> None:
    journal, scenario = town
    booked = ledger(Frames(journal, scenario))
    years = (journal.horizon - journal.run_in) / 365.25
    salaries = booked[booked["part"] == "staff"]["oere"].sum() / 100
    assert salaries == pytest.approx(3 * SALARY * years, rel=0.002)
