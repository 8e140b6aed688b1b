"""Services with limited places: places are servers, and the wait from decision to start is the wait in the queue."""

from __future__ import annotations

import numpy as np
import pytest
from queueing_theory import Persons, estimate, kiefer_wolfowitz, mean_wait
from small_maps import in_order, small_map

from sim.model import simulate

pytestmark = pytest.mark.verification

YEAR = 365.25


@pytest.mark.parametrize(("places", "years"), [(3, 11), (4, 22)])
def test_wait_for_a_place_is_erlangs(places: int, years: float) -> None:
    """M/M/c with c places: 20 persons a year, 0.1 years each, so an offered load of 2 (Erlang C).

    3 places: mean wait (4/9)/(30 − 20) = 0.04444 years; 4 places: (4/23)/(40 − 20) = 0.0086957 years.
    """
    changes = {
        "services.support.suppliers.own.places": places,
        "horizon.years": years,
        "arrivals.customers.per_year": 20 * 12,
        "services.support.years.mean": 0.1 / 12,
        "horizon.run_in_years": 1,
    }
    scenario = small_map("places", changes)
    waits, crowds, fast = [], [], []
    for replication in range(48):
        journal = simulate(scenario, replication)
        spells = in_order(journal.spells, "decided")
        counted = (spells["decided"] >= journal.run_in) & (spells["decided"] < journal.horizon - 60)
        assert not np.isnan(spells["start"][counted]).any()
        waits.append((spells["start"] - spells["decided"])[counted].mean() / YEAR * 12)
        stay = np.nan_to_num(spells["end"] - spells["start"], nan=0.0)
        persons = Persons(spells["decided"] / YEAR, stay / YEAR, counted, 240, 0.1 / 12)
        crowds.append(persons.beyond(places))
        fast.append(persons.with_one_fast_server(places))
    assert estimate(waits, crowds, fast).agrees_with(mean_wait(places, 20, 0.1))


def test_nobody_is_lost_and_nobody_overtakes() -> None:
    """At 95 % load: each wait is Kiefer and Wolfowitz's; starts are in the order of decisions; nobody drops out."""
    journal = simulate(small_map("places", {"arrivals.customers.per_year": 28.5}))
    spells = in_order(journal.spells, "decided")
    assert len(spells["case"]) == len(journal.cases["case"]) > 1000
    assert np.isnan(spells["withdrawn"]).all()
    begun = ~np.isnan(spells["start"])
    assert begun[: begun.sum()].all(), "somebody who was decided later has a place earlier"
    assert (np.diff(spells["start"][begun]) >= 0).all()
    over = ~np.isnan(spells["end"])
    stays = np.where(over, spells["end"] - spells["start"], 0.0)
    known = int(np.argmin(over))  # up to the first whose stay is not over
    waits = kiefer_wolfowitz(3, spells["decided"][:known], stays[:known])
    assert known > 500
    np.testing.assert_allclose((spells["start"] - spells["decided"])[:known], waits, atol=1e-6)


def test_a_second_supplier_takes_those_for_whom_there_is_no_place_with_the_first() -> None:
    """Erlang's loss formula: with c own places and as many bought ones as are needed, nobody waits.

    Offered load 2 and 3 own places: the share that overflows to the bought places is B = (2³/3!)/(1 + 2 + 2 + 4/3)
    = 4/19 = 0.2105, whatever the distribution of the stay.
    """
    suppliers = {"own": {"kind": "internal", "places": 3}, "bought": {"kind": "external"}}
    changes = {
        "services.support.suppliers": suppliers,
        "services.support.years": {"distribution": "gamma", "mean": 0.1, "cv": 0.5},
        "horizon.run_in_years": 1,
        "horizon.years": 95,
    }
    scenario = small_map("places", changes)
    shares = []
    for replication in range(32):
        journal = simulate(scenario, replication)
        spells = journal.spells
        assert (spells["start"] == spells["decided"]).all()
        bought = spells["supplier"] == journal.names["supplier"].index("bought")
        shares.append(bought[spells["decided"] >= journal.run_in].mean())
    assert estimate(shares).agrees_with(4 / 19)


def test_a_place_is_held_while_its_lead_time_runs() -> None:
    """One place, three persons at 0, stays of 30 days, 10 days from the place to the start: 10–40, 50–80, 90–120."""
    changes = {
        "services.support.suppliers.own": {"kind": "internal", "places": 1, "lead_days": 10},
        "services.support.years": 30 / YEAR,
        "arrivals.customers.per_year": None,
        "arrivals.customers.at_days": [0.0, 0.0, 0.0],
        "horizon.run_in_years": 0,
        "horizon.years": 1,
    }
    spells = in_order(simulate(small_map("places", changes)).spells, "start")
    np.testing.assert_allclose(spells["start"], [10, 50, 90])
    np.testing.assert_allclose(spells["end"], [40, 80, 120])
