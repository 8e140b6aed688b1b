"""How fast is the engine? The project's own configuration and plain SimPy, side by side in one run.

    uv run python benchmarks/engine.py

Measured is M/M/20 at 95 % load, in customers a second: through ``simulate()`` with priorities, common random numbers
and a journal, and as the shortest possible SimPy model with ``simpy.Resource``, which has none of these. Then the
Odense baseline, in events a second. Absolute figures depend on the machine; the ratio hardly does.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import simpy

from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.compose import Composer, from_yaml
from sim.scenario.configuration import checked

QUEUE = Path(__file__).parent.parent / "tests" / "verification" / "queue.yaml"
SERVERS = 20
LOAD = 0.95
SERVICE_HOURS = 10.0
YEARS = 5
REPEATS = 3
"""The best of so many is reported: what disturbs a measurement only ever makes it slower."""
YEAR_HOURS = 365.25 * 24


def queue() -> Scenario:
    """Return M/M/20 as a process map."""
    composed = copy.deepcopy(from_yaml(QUEUE).composed)
    composed["horizon"] |= {"run_in_years": 0, "years": YEARS}
    composed["teams"]["desk"]["caseworkers"] = SERVERS
    composed["arrivals"]["customers"]["per_year"] = SERVERS * LOAD / SERVICE_HOURS * YEAR_HOURS
    return checked(composed, {}).scenario


def through_the_configuration(scenario: Scenario) -> int:
    """Simulate M/M/20 with this project; return the customers who came."""
    return len(simulate(scenario).cases["case"])


def plain_simpy(seed: int = 1) -> int:
    """Simulate M/M/20 with nothing but SimPy; return the customers who came."""
    env = simpy.Environment()
    desk = simpy.Resource(env, SERVERS)
    waits: list[float] = []
    draws = exponential(np.random.default_rng(seed))
    between = SERVICE_HOURS / SERVERS / LOAD
    came = 0

    def customer(hours: float) -> Generator[Any, Any, None]:
        arrived = env.now
        with desk.request() as turn:
            yield turn
            waits.append(env.now - arrived)
            yield env.timeout(hours)

    def arrivals() -> Generator[Any, Any, None]:
        nonlocal came
        while True:
            yield env.timeout(next(draws) * between)
            came += 1
            env.process(customer(next(draws) * SERVICE_HOURS))

    env.process(arrivals())
    env.run(YEARS * YEAR_HOURS)
    return came


def exponential(generator: np.random.Generator) -> Iterator[float]:
    """Yield exponential draws with mean 1, made in blocks so that making them costs next to nothing."""
    while True:
        yield from generator.standard_exponential(4096).tolist()


def per_second(function: Callable[[], int]) -> float:
    """Return how many a second a function does, best of several times."""
    best = 0.0
    for _ in range(REPEATS):
        started = time.perf_counter()
        done = function()
        best = max(best, done / (time.perf_counter() - started))
    return best


def main() -> None:
    """Measure and print."""
    scenario = queue()
    ours = per_second(lambda: through_the_configuration(scenario))
    plain = per_second(plain_simpy)
    print(f"M/M/{SERVERS} at {LOAD:.0%} load, customers a second")
    print(f"  sagsflow, through its configuration  {ours:>10,.0f}")
    print(f"  plain SimPy, simpy.Resource          {plain:>10,.0f}")
    print(f"  ratio                                {ours / plain:>10.2f}")
    with Composer() as composer:
        odense = composer.configuration(["municipality=odense", "scenario=baseline"]).scenario
    started = time.perf_counter()
    journal = simulate(odense)
    seconds = time.perf_counter() - started
    events = journal.counts["simpy_events"]
    print(f"Odense baseline, {journal.horizon / 365.25:.0f} simulated years, one replication")
    print(f"  events                               {events:>10,}")
    print(f"  seconds                              {seconds:>10.1f}")
    print(f"  events a second                      {events / seconds:>10,.0f}")


if __name__ == "__main__":
    main()
