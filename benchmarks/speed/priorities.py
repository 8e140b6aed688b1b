"""Overload: twice as many customers come as can be served, with three priorities. What does one cost in a long queue?

A queue that is searched or sorted gets slower with every customer who waits. The cost per customer of a long run is
held against that of a short one. Measured are a pooled team with one queue, and a team of named caseworkers with a
queue each. SimPy's ``PriorityResource`` stands beside them; it sorts its queue at every request, and is stopped after
a while.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import simpy
from small_maps import YEAR_HOURS, small_map

from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.compose import from_yaml
from speed import THEORY
from speed.measuring import Asked, Ratio, in_turns, note, table
from speed.rivals import Queue, exponential

TEAMS = {"sagsflow, pooled": "pooled", "sagsflow, named": "named"}
PRIORITIES = (1, 5, 9)
SIZES = (5_000, 50_000)
"""And the longest run, as asked for."""
QUICK = (50, 100, 200)
GOAL = 1.3
ROUNDS = 3
TOGETHER = 50_000
"""Short runs are repeated until so many customers have come: one alone is over before it can be timed."""
PATIENCE = 20.0
"""Processor seconds after which SimPy is stopped."""


def answer(asked: Asked) -> str:
    """Measure and return the tables."""
    sizes = QUICK if asked.quick else (*(size for size in SIZES if size < asked.customers), asked.customers)
    queues = [Queue(servers=20, load=2.0, service=10.0, customers=size) for size in sizes]
    sides: dict[str, Callable[[int], tuple[int, int]]] = {}
    for name, allocation in TEAMS.items():
        for queue in queues:
            scenario = as_scenario(queue, allocation)
            times = max(1, min(TOGETHER, sizes[-1]) // queue.customers)
            sides[f"{name}, {queue.customers}"] = partial(repeated, scenario, times)
    set_up = {name: _set_up(queues[0], allocation) for name, allocation in TEAMS.items()}

    def per_customer(name: str, seconds: float, done: tuple[int, int]) -> float:
        customers, times = done
        return (seconds - times * set_up[name.rpartition(",")[0]]) / customers * 1e6

    found = in_turns(sides, asked.repeats or (1 if asked.quick else ROUNDS), per_customer)
    others = [with_simpy(queue, patience=PATIENCE) for queue in queues]
    rows = [
        [f"{size:,}", *(f"{median(found[f'{name}, {size}']):.1f}" for name in TEAMS), other]
        for size, other in zip(sizes, others, strict=True)
    ]
    ratios = []
    for name in TEAMS:
        ratio = Ratio.of(found[f"{name}, {sizes[-1]}"], found[f"{name}, {sizes[0]}"])
        ratios.append([name, *ratio.against(at_most=GOAL)])
    spent = ", ".join(f"{name.rpartition(' ')[2]} {1000 * seconds:.1f} ms" for name, seconds in set_up.items())
    rounds = len(ratio.rounds)
    far_and_near = f"one of {sizes[-1]:,} against one of {sizes[0]:,}"
    return (
        f"Three priorities, {queues[0].servers} caseworkers, twice as many customers as they can serve; "
        f"rounds: {rounds}. Set-up, which every replication has once, is left out ({spent}).\n\n"
        f"{table(['µs a customer, of', *TEAMS, 'SimPy, `PriorityResource`'], rows)}\n\n"
        f"{table([far_and_near, 'times as dear', 'goal', ''], ratios)}"
    )


def as_scenario(queue: Queue, allocation: str) -> Scenario:
    """Return the queue as a process map with three kinds of customers."""
    changes: dict[str, Any] = {
        "horizon.run_in_years": 0,
        "horizon.years": queue.hours / YEAR_HOURS,
        "teams.desk.caseworkers": queue.servers,
        "teams.desk.allocation": allocation,
    }
    map_of_one = from_yaml(THEORY / "queue.yaml").composed
    source, track = map_of_one["arrivals"]["customers"], map_of_one["tracks"]["counter"]
    for priority in PRIORITIES:
        serve = track["steps"]["serve"] | {"priority": priority}
        per_year = YEAR_HOURS / queue.between / len(PRIORITIES)
        changes[f"arrivals.of_{priority}"] = source | {"track": f"track_{priority}", "per_year": per_year}
        changes[f"tracks.track_{priority}"] = track | {"steps": track["steps"] | {"serve": serve}}
    return small_map("queue", changes | {"arrivals.customers": None, "tracks.counter": None})


def repeated(scenario: Scenario, times: int, number: int) -> tuple[int, int]:
    """Simulate several futures one after the other; return how many customers came, and how often."""
    futures = range(number * times, (number + 1) * times)
    return sum(len(simulate(scenario, future).cases["case"]) for future in futures), times


def _set_up(queue: Queue, allocation: str) -> float:
    """Return how long a replication takes in which hardly anybody comes."""
    empty = as_scenario(Queue(queue.servers, queue.load, queue.service, customers=1), allocation)
    simulate(empty)  # What is looked up once is not what every replication has.
    return median(in_turns({"set-up": partial(simulate, empty)}, 9, lambda _, seconds, __: seconds)["set-up"])


def with_simpy(queue: Queue, patience: float) -> str:
    """Simulate it with SimPy's ``PriorityResource``; return the cost per customer, and when it was stopped."""
    env = simpy.Environment()
    desk = simpy.PriorityResource(env, queue.servers)
    draws = exponential(np.random.default_rng(1))
    kinds = np.random.default_rng(2)
    came = 0

    def customer(hours: float, priority: int) -> Generator[Any, Any, None]:
        with desk.request(priority) as turn:
            yield turn
            yield env.timeout(hours)

    def arrivals() -> Generator[Any, Any, None]:
        nonlocal came
        while True:
            yield env.timeout(next(draws) * queue.between)
            came += 1
            env.process(customer(next(draws) * queue.service, PRIORITIES[kinds.integers(3)]))

    env.process(arrivals())
    began = time.process_time()
    stretches = 1000
    for stretch in range(1, stretches + 1):
        env.run(queue.hours * stretch / stretches)
        seconds = time.process_time() - began
        if seconds > patience:
            break
    note(f"SimPy, {queue.customers}: {came} came in {seconds:.1f} s")
    cost = f"{seconds / came * 1e6:,.1f}"
    return cost if stretch == stretches else f"{cost}, stopped after {seconds:.0f} s and {came:,} customers"
