"""Services with limited places: places are servers, and the wait from decision to start is the wait in the queue."""

from __future__ import annotations

import numpy as np
import pytest
from journal_invariants import check_all
from queueing_theory import Persons, estimate, kiefer_wolfowitz, mean_wait
from small_maps import in_order, small_map

from sim.model import simulate

pytestmark = pytest.mark.verification

YEAR = 365.25


@pytest.mark.parametrize(("places", "load", "answer"), [(2, 1.2, 9 / 16), (3, 2.0, 4 / 9)])
def test_wait_for_a_place_is_erlangs(places: int, load: float, answer: float) -> None:
    """M/M/c with c places: mean wait C/(c − load) mean stays, C the probability of having to wait (Erlang C).

    2 places, load 1.2: C = (1.2²/2)(2/0.8) / (1 + 1.2 + 1.8) = 0.45, mean wait 0.45/0.8 = 9/16 of a mean stay.
    3 places, load 2: C = 4/9, mean wait 4/9 of a mean stay.
    """
    assert mean_wait(places, load, 1) == pytest.approx(answer)
    stay = 0.01
    changes = {
        "services.support.suppliers.own.places": places,
        "services.support.years.mean": stay,
        "arrivals.customers.per_year": load / stay,
        "horizon.run_in_years": 1,
        "horizon.years": 13 if places == 3 else 17,
    }
    scenario = small_map("places", changes)
    waits, crowds, fast = [], [], []
    for replication in range(26):
        journal = simulate(scenario, replication)
        spells = in_order(journal.spells, "decided")
        counted = (spells["decided"] >= journal.run_in) & (spells["decided"] < journal.horizon - 60)
        assert not np.isnan(spells["start"][counted]).any()
        waits.append((spells["start"] - spells["decided"])[counted].mean() / YEAR / stay)
        stays = np.nan_to_num(spells["end"] - spells["start"], nan=0.0)
        persons = Persons(spells["decided"] / YEAR / stay, stays / YEAR / stay, counted, load, 1)
        crowds.append(persons.beyond(places))
        fast.append(persons.with_one_fast_server(places))
    assert estimate(waits, crowds, fast).agrees_with(answer)


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


def test_places_are_kept_count_of_when_a_person_waits_twice() -> None:
    """A person who applies again while waiting may get two places in a row, of which one replaces the other.

    A place that is given back by such a change can go to a further wait of the same person. Whatever happens then,
    nobody has two places, and no supplier has more persons than places.
    """
    suppliers = {
        "own": {"kind": "internal", "places": 2},
        "bought": {"kind": "external", "share": 0.4, "places": 2, "lead_days": 5},
    }
    changes = {
        "services.support.suppliers": suppliers,
        "arrivals.customers.repeats": {"probability": 0.7, "gap_days": {"distribution": "exponential", "mean": 20}},
        "horizon.run_in_years": 0,
        "horizon.years": 20,
    }
    scenario = small_map("places", changes)
    journal = simulate(scenario)
    assert len(journal.spells["case"]) > 2 * len(journal.cases["case"]), "hardly anybody applied again"
    check_all(journal, scenario)
