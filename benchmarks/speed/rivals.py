"""M/M/c as others would write it: plain SimPy, Ciw, and a bare heap. Time is in hours."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np
import simpy


@dataclass(frozen=True)
class Served:
    """What came of a simulated queue."""

    customers: int
    """How many came."""
    mean_wait: Callable[[], float]
    """Hours that those waited who were served; called outside the time that is measured."""


@dataclass(frozen=True)
class Queue:
    """M/M/c: a number of servers, exponential times between arrivals and of service."""

    servers: int
    load: float
    service: float
    """Mean service time."""
    customers: int
    """How many come, on average."""

    @property
    def between(self) -> float:
        """Mean time between two arrivals."""
        return self.service / self.servers / self.load

    @property
    def hours(self) -> float:
        """How long it takes until that many have come."""
        return self.customers * self.between


def exponential(generator: np.random.Generator) -> Iterator[float]:
    """Yield exponential draws with mean 1, made in blocks so that making them costs next to nothing."""
    while True:
        yield from generator.standard_exponential(4096).tolist()


def plain_simpy(queue: Queue, seed: int) -> Served:
    """Simulate it as SimPy's documentation shows it: a resource, and a process for each customer."""
    env = simpy.Environment()
    desk = simpy.Resource(env, queue.servers)
    waits: list[float] = []
    draws = exponential(np.random.default_rng(seed))
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
            yield env.timeout(next(draws) * queue.between)
            came += 1
            env.process(customer(next(draws) * queue.service))

    env.process(arrivals())
    env.run(queue.hours)
    return Served(came, lambda: sum(waits) / len(waits))


def with_ciw(queue: Queue, seed: int) -> Served:
    """Simulate it with Ciw, as its documentation shows it. Its records are made outside the time that is measured."""
    import ciw

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=1 / queue.between)],
        service_distributions=[ciw.dists.Exponential(rate=1 / queue.service)],
        number_of_servers=[queue.servers],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(queue.hours)

    def mean_wait() -> float:
        records = simulation.get_all_records()
        return float(sum(record.waiting_time for record in records) / len(records))

    return Served(len(simulation.get_all_individuals()), mean_wait)


def bare_heap(queue: Queue, seed: int) -> Served:
    """Simulate it with a heap of times and a queue of times: the least that such a simulation can do in Python."""
    draws = exponential(np.random.default_rng(seed))
    between, service, end = queue.between, queue.service, queue.hours
    arrival, departure = 0, 1
    heap = [(next(draws) * between, arrival)]
    waiting: deque[float] = deque()
    waits: list[float] = []
    free = queue.servers
    came = 0
    while heap[0][0] < end:
        now, kind = heappop(heap)
        if kind == arrival:
            came += 1
            heappush(heap, (now + next(draws) * between, arrival))
            waiting.append(now)
        else:
            free += 1
        if free and waiting:
            free -= 1
            waits.append(now - waiting.popleft())
            heappush(heap, (now + next(draws) * service, departure))
    return Served(came, lambda: sum(waits) / len(waits))
