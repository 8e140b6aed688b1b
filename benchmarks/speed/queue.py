"""M/M/20 at 95 % load: the project's own configuration against plain SimPy, Ciw and a bare heap.

Ours has what the others have not: a process map read from YAML, priorities, a journal of everything that happens, and
common random numbers. That all do the same work is seen by the mean wait, which A. K. Erlang's formula knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from importlib.util import find_spec

import numpy as np
from queueing_theory import mean_wait
from scipy import stats
from small_maps import YEAR_HOURS, small_map

from sim.journal import Journal
from sim.model import simulate
from sim.scenario import Scenario
from speed.measuring import Asked, Ratio, best_and_median, in_turns, table
from speed.rivals import Queue, Served, bare_heap, plain_simpy, with_ciw

OURS, SIMPY, CIW, HEAP = "sagsflow", "plain SimPy, `Resource`", "Ciw", "bare heap"
GOALS = {SIMPY: 1.2, CIW: 4.0}
CONFIDENCE = 0.99
ROUNDS = 7


def answer(asked: Asked) -> str:
    """Measure and return the tables."""
    queue = Queue(servers=20, load=0.95, service=10.0, customers=2_000 if asked.quick else 200_000)
    sides: dict[str, Callable[[Queue, int], Served]] = {OURS: with_sagsflow, SIMPY: plain_simpy, HEAP: bare_heap}
    if find_spec("ciw"):
        sides[CIW] = with_ciw
    for side in sides.values():
        side(replace(queue, customers=100), 0)  # What is imported or looked up once is not what is asked about.
    waits: dict[str, list[float]] = {name: [] for name in sides}

    def per_second(name: str, seconds: float, served: Served) -> float:
        waits[name].append(served.mean_wait())
        return served.customers / seconds

    turns = {name: partial(side, queue) for name, side in sides.items()}
    as_scenario(queue)
    found = in_turns(turns, asked.repeats or (2 if asked.quick else ROUNDS), per_second)
    rows = [[OURS, *best_and_median(found[OURS]), "", "", ""]]
    for name in (SIMPY, CIW, HEAP):
        if name in found:
            ratio = Ratio.of(found[OURS], found[name])
            rows.append([name, *best_and_median(found[name]), *ratio.against(at_least=GOALS.get(name))])
        else:
            rows.append([name, "not installed", "", "", f"≥ {GOALS[name]:g}", ""])
    rounds = len(found[OURS])
    heads = ["customers a second", "best", "median", "sagsflow is so many times as fast", "goal", ""]
    return (
        f"M/M/{queue.servers} at {100 * queue.load:g} % load, {queue.customers:,} customers, rounds: {rounds}.\n\n"
        f"{table(heads, rows)}\n\n{same_work(queue, waits)}"
    )


@cache
def as_scenario(queue: Queue) -> Scenario:
    """Return a queue as a process map; read from YAML once, as in a sweep, and not for every replication."""
    return small_map(
        "queue",
        {
            "horizon.run_in_years": 0,
            "horizon.years": queue.hours / YEAR_HOURS,
            "teams.desk.caseworkers": queue.servers,
            "arrivals.customers.per_year": YEAR_HOURS / queue.between,
            "tracks.counter.steps.serve.hours": {"distribution": "exponential", "mean": queue.service},
        },
    )


def with_sagsflow(queue: Queue, replication: int) -> Served:
    """Simulate it with this project."""
    journal = simulate(as_scenario(queue), replication)
    return Served(len(journal.cases["case"]), partial(_mean_wait, journal))


def _mean_wait(journal: Journal) -> float:
    """Return the mean wait of those who were served, in hours."""
    work = journal.activities
    return float(np.nanmean(work["started"] - work["requested"])) * 24


def same_work(queue: Queue, waits: dict[str, list[float]]) -> str:
    """Return the table that holds the mean waits of all sides against Erlang's formula.

    The rounds are independent, and their variance is the same for all sides, so it is taken from all together. The
    intervals hold together with the confidence (C. E. Bonferroni).
    """
    known = mean_wait(queue.servers, 1 / queue.between, queue.service)
    sides, rounds = len(waits), len(next(iter(waits.values())))
    if rounds < 2:
        return "One round alone does not say how far a mean wait may lie from Erlang's formula."
    variance = float(np.mean([np.var(each, ddof=1) for each in waits.values()]))
    t = stats.t.ppf(1 - (1 - CONFIDENCE) / 2 / sides, sides * (rounds - 1))
    half = float(t) * (variance / rounds) ** 0.5
    rows = [["Erlang's formula", f"{known:.2f}", ""]]
    for name, each in waits.items():
        mean = float(np.mean(each))
        agrees = "yes" if abs(mean - known) <= half else "**no**"
        rows.append([name, f"{mean:.2f} ± {half:.2f}", agrees])
    return table(["mean wait, hours", f"{100 * CONFIDENCE:g} % interval", "agrees"], rows)
