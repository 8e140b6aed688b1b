"""Known answers of queueing theory, through the project's own process maps.

The rule of order at every desk: first come, first served within a priority. One hour is the unit of time; the
journal's days are turned into hours. Replications start empty; arrivals of the run-in are not counted, and neither
are those of the last weeks, so that every wait that is counted is over (asserted: none is dropped).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from queueing_theory import Estimate, Persons, erlang_c, estimate, kiefer_wolfowitz, mean_wait
from small_maps import YEAR_HOURS, Floats, Table, in_order, rows, small_map

from sim.journal import Journal
from sim.model import simulate
from sim.scenario import Scenario

pytestmark = pytest.mark.verification

LAST_DAYS = 40.0


def counted(served: Table, journal: Journal) -> npt.NDArray[np.bool_]:
    """Return which requests are measured; the wait of each of them is over."""
    result: npt.NDArray[np.bool_] = served["requested"] >= journal.run_in
    result &= served["requested"] < journal.horizon - LAST_DAYS
    assert not np.isnan(served["started"][result]).any()
    return result


def simulated_wait(
    scenario: Scenario, servers: int, rate: float, service: float, replications: int
) -> tuple[Estimate, float, float]:
    """Return the mean wait in hours, utilisation, and the mean number waiting, over replications of M/M/c."""
    waits, crowds, fast, busy, waiting = [], [], [], [], []
    for replication in range(replications):
        journal = simulate(scenario, replication)
        served = in_order(rows(journal, "activities", step="counter.serve"), "requested")
        measured = counted(served, journal)
        persons = Persons(24 * served["requested"], served["hours"], measured, rate, service)
        waits.append(24 * (served["started"] - served["requested"])[measured].mean())
        crowds.append(persons.beyond(servers))
        fast.append(persons.with_one_fast_server(servers))
        window = (journal.run_in, journal.horizon)
        started, finished = (np.nan_to_num(served[column], nan=journal.horizon) for column in ("started", "finished"))
        busy.append(_time_average(started, finished, window) / servers)
        waiting.append(_time_average(served["requested"], started, window))
    return estimate(waits, crowds, fast), float(np.mean(busy)), float(np.mean(waiting))


def _time_average(begin: Floats, end: Floats, window: tuple[float, float]) -> float:
    overlap = np.minimum(end, window[1]) - np.maximum(begin, window[0])
    return float(np.maximum(overlap, 0).sum() / (window[1] - window[0]))


@pytest.mark.parametrize(
    ("servers", "answer", "replications", "years"),
    [(3, 4.4444, 30, 1.7), (4, 0.869565, 30, 6)],
    ids=["M/M/3", "M/M/4"],
)
def test_mean_wait_is_erlangs(servers: int, answer: float, replications: int, years: float) -> None:
    """Erlang C with λ 0.2 and μ 0.1 an hour.

    M/M/3: offered load 2, P(wait) = (2³/3!)(3/1) / (1 + 2 + 2 + 4) = 4/9, mean wait (4/9)/(0.3 − 0.2) = 4.4444 h.
    M/M/4: P(wait) = (16/24)(4/2) / (1 + 2 + 2 + 8/6 + 4/3) = 4/23, mean wait (4/23)/(0.4 − 0.2) = 0.869565 h.
    """
    assert mean_wait(servers, 0.2, 10) == pytest.approx(answer, abs=5e-5)
    changes = {"teams.desk.caseworkers": servers, "horizon.run_in_years": 0.1, "horizon.years": years}
    found, _, _ = simulated_wait(small_map("queue", changes), servers, 0.2, 10, replications)
    assert found.agrees_with(answer)


def test_wait_utilisation_and_queue_length_agree() -> None:
    """M/M/4, a customer every 4 hours, 10 hours of service: wait 2.13238 h, utilisation 0.625, 0.53309 waiting.

    Erlang C with offered load 2.5; the number waiting is λ times the wait (Little). Utilisation and the number
    waiting are time averages; they are averages over some 100,000 customers, so 3 % and 6 % are some three standard
    deviations.
    """
    changes = {
        "teams.desk.caseworkers": 4,
        "arrivals.customers.per_year": YEAR_HOURS / 4,
        "horizon.run_in_years": 0.1,
        "horizon.years": 3,
    }
    assert mean_wait(4, 0.25, 10) == pytest.approx(2.13238, abs=5e-6)
    found, utilisation, waiting = simulated_wait(small_map("queue", changes), 4, 0.25, 10, 30)
    assert found.agrees_with(2.13238)
    assert utilisation == pytest.approx(0.625, rel=0.01)
    assert waiting == pytest.approx(0.53309, rel=0.06)


def test_an_appeal_loop_behaves_as_more_arrivals() -> None:
    """M/M/4 with feedback probability 0.2 waits as M/M/4 with λ/(1 − p) (J. R. Jackson, 1957).

    λ 0.2 and p 0.2 give 0.25 an hour: 2.13238 h at each visit, and each person comes 1/(1 − p) = 1.25 times.
    """
    scenario = small_map("feedback", {"horizon.years": 5})
    waits, visits, crowds, fast = [], [], [], []
    for replication in range(30):
        journal = simulate(scenario, replication)
        served = in_order(rows(journal, "activities", step="counter.serve"), "requested")
        measured = counted(served, journal)
        waits.append(24 * (served["started"] - served["requested"])[measured].mean())
        # The hours of all of a person's visits together are exponential again, with mean 10 h / (1 − p).
        _, first, person = np.unique(served["case"], return_index=True, return_inverse=True)
        hours = np.bincount(person, weights=served["hours"]).astype(np.float64)
        visits.append(np.bincount(person)[measured[first]].mean())
        arrived = 24 * served["requested"][first]
        order = np.argsort(arrived)
        persons = Persons(arrived[order], hours[order], measured[first][order], 0.2, 12.5)
        crowds.append(persons.beyond(4))
        fast.append(persons.with_one_fast_server(4))
    assert estimate(waits, crowds, fast).agrees_with(mean_wait(4, 0.25, 10))
    assert estimate(visits).agrees_with(1.25, narrow=0.01)


@pytest.mark.parametrize(("cv", "years"), [(0.5, 3.5), (2.0, 10)])
def test_mean_wait_with_irregular_work_is_pollaczeks_and_khinchines(cv: float, years: float) -> None:
    """M/G/1 with gamma service, mean 5 h, load 0.4: W = ρ m (1 + cv²) / (2 (1 − ρ)).

    F. Pollaczek (1930), A. Khinchine (1932): 2.0833 h for cv 0.5 and 8.3333 h for cv 2.
    """
    answer = 0.4 * 5 * (1 + cv**2) / (2 * 0.6)
    changes = {
        "teams.desk.caseworkers": 1,
        "arrivals.customers.per_year": YEAR_HOURS * 0.08,
        "tracks.counter.steps.serve.hours": {"distribution": "gamma", "mean": 5, "cv": cv},
        "horizon.run_in_years": 0.1,
        "horizon.years": years,
    }
    scenario = small_map("queue", changes)
    waits, crowds, lengths, squares = [], [], [], []
    for replication in range(30):
        journal = simulate(scenario, replication)
        served = in_order(rows(journal, "activities", step="counter.serve"), "requested")
        measured = counted(served, journal)
        waits.append(24 * (served["started"] - served["requested"])[measured].mean())
        # How many would be in service if there were no end of servers does not depend on the distribution.
        persons = Persons(24 * served["requested"], served["hours"], measured, 0.08, 5)
        crowds.append(persons.beyond(1))
        lengths.append(served["hours"].mean() - 5)
        squares.append((served["hours"] ** 2).mean() - 25 * (1 + cv**2))
    assert estimate(waits, crowds, lengths, squares).agrees_with(answer)


@pytest.mark.parametrize("servers", [1, 3, 6])
@pytest.mark.parametrize("distribution", ["exponential", "lognormal", "uniform"])
def test_every_single_wait_is_kiefers_and_wolfowitzs(servers: int, distribution: str) -> None:
    """At 95 % load every customer waits exactly as long as in Kiefer and Wolfowitz's recursion.

    The recursion gets the arrivals and the hours of the same persons; it knows neither events nor a heap.
    """
    hours = {
        "exponential": {"distribution": "exponential", "mean": 10},
        "lognormal": {"distribution": "lognormal", "mean": 10, "cv": 2},
        "uniform": {"distribution": "uniform", "low": 0, "high": 20},
    }[distribution]
    changes = {
        "teams.desk.caseworkers": servers,
        "arrivals.customers.per_year": YEAR_HOURS * servers / 10 * 0.95,
        "tracks.counter.steps.serve.hours": hours,
        "horizon.run_in_years": 0,
        "horizon.years": 3 / servers,
    }
    journal = simulate(small_map("queue", changes))
    served = in_order(rows(journal, "activities", step="counter.serve"), "requested")
    waits = kiefer_wolfowitz(servers, 24 * served["requested"], served["hours"])
    begun = ~np.isnan(served["started"])
    assert begun.sum() > 1000
    assert waits[begun].max() > 30
    np.testing.assert_allclose(24 * (served["started"] - served["requested"])[begun], waits[begun], atol=1e-6)
    begins = served["requested"] + waits / 24
    assert (begins[~begun] >= journal.horizon - 1e-9).all()


@pytest.mark.parametrize(("servers", "teams", "answer"), [(2, 3, 4.263), (6, 1, 1.234)], ids=["three_of_2", "one_of_6"])
def test_pooling_three_teams_into_one_shortens_the_wait(servers: int, teams: int, answer: float) -> None:
    """Three teams of 2 at 90 % load against one team of 6: waits of 4.263 and 1.234 mean service times (Erlang C).

    At 90 % load a direct estimate would need millions of customers. So it is done in two steps: on the project's own
    map each customer's wait is exactly that of the recursion of Kiefer and Wolfowitz, and the recursion, over many
    millions of customers, gives Erlang's mean.
    """
    assert mean_wait(servers, 0.9 * servers, 1) == pytest.approx(answer, abs=5e-4)
    names = ["first", "second", "third"][:teams]
    changes: dict[str, Any] = {f"teams.{name}.caseworkers": servers for name in names}
    changes["arrivals.customers.per_year"] = YEAR_HOURS * 0.9 * 6
    changes["tracks.counter.steps.send.split"] = dict.fromkeys(names, 1 / teams)
    for name in {"first", "second", "third"} - set(names):
        changes[f"tracks.counter.steps.{name}"] = None
        changes[f"teams.{name}"] = None
    journal = simulate(small_map("pooling", changes))
    for name in names:
        served = in_order(rows(journal, "activities", resource=name), "requested")
        begun = ~np.isnan(served["started"])
        waits = kiefer_wolfowitz(servers, 24 * served["requested"], served["hours"])
        assert begun.sum() > 3000
        np.testing.assert_allclose(24 * (served["started"] - served["requested"])[begun], waits[begun], atol=1e-6)
    assert _long_run_wait(servers, 0.9).agrees_with(answer)


def _long_run_wait(servers: int, load: float) -> Estimate:
    """Return the mean wait of M/M/c in mean service times, by the recursion of Kiefer and Wolfowitz."""
    generator = np.random.default_rng(20240601)
    paths, run_in, customers = 2000, 1500, 6000
    free = np.zeros((paths, servers))
    total = np.zeros(paths)
    for customer in range(customers):
        wait = free[:, 0].copy()
        free[:, 0] += generator.standard_exponential(paths)
        free -= generator.standard_exponential(paths)[:, None] / (load * servers)
        np.maximum(free, 0, out=free)
        free.sort(axis=1)
        if customer >= run_in:
            total += wait
    return estimate(total / (customers - run_in))


def test_erlang_c_needs_no_more_than_the_offered_load() -> None:
    """P(wait) in M/M/1 is the load, and with twenty servers for a load of 2 next to nobody waits."""
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert erlang_c(20, 2.0) < 1e-9
