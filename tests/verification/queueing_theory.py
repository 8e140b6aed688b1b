"""What queueing theory says, and how a simulated mean is held against it."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.99
NARROW = 0.03
"""Half-width of an interval, relative to the answer, above which it would prove nothing."""


def erlang_c(servers: int, load: float) -> float:
    """Return the probability of having to wait in M/M/c (A. K. Erlang, 1917); ``load`` is λ/μ."""
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(load**n / math.factorial(n) for n in range(servers)) + last)


def mean_wait(servers: int, arrivals: float, service: float) -> float:
    """Return the mean wait in the queue of M/M/c.

    Args:
        servers: Number of servers.
        arrivals: Arrivals per unit of time.
        service: Mean service time.
    """
    return erlang_c(servers, arrivals * service) / (servers / service - arrivals)


def kiefer_wolfowitz(servers: int, arrivals: Floats, services: Floats) -> Floats:
    """Return the waits of customers who are served in the order in which they come.

    J. Kiefer and J. Wolfowitz (1955): each customer takes the server that becomes free first.

    Args:
        servers: Number of servers.
        arrivals: Times of arrival, rising. Shape (n,).
        services: Service times. Shape (n,).
    """
    free = [-math.inf] * servers
    waits = np.empty(len(arrivals))
    for index, (arrival, service) in enumerate(zip(arrivals, services, strict=True)):
        start = max(arrival, free[0])
        waits[index] = start - arrival
        heapq.heapreplace(free, start + service)
    return waits


@dataclass(frozen=True)
class Estimate:
    """A mean over replications with its t interval."""

    mean: float
    half_width: float

    def agrees_with(self, answer: float, narrow: float = NARROW) -> bool:
        """Return whether the answer lies within the interval, and the interval is narrow; if not, say so."""
        close = abs(self.mean - answer) <= self.half_width
        sharp = self.half_width <= narrow * abs(answer)
        if not (close and sharp):
            relative = self.half_width / abs(answer) if answer else math.inf
            print(f"{self.mean:.5g} ± {self.half_width:.3g} ({relative:.1%}), known answer {answer:.5g}")  # noqa: T201
        return close and sharp


def estimate(values: Sequence[float] | Floats, *controls: Sequence[float] | Floats) -> Estimate:
    """Return the mean over independent replications with its 99 % t interval.

    Controls are further figures of each replication whose expectation is known to be 0. What they explain of the
    variation between replications is taken out by regression (A. M. Law: Simulation Modeling and Analysis, on
    control variates): the interval is as honest and narrower.
    """
    y = np.asarray(values, dtype=np.float64)
    design = np.column_stack([np.ones(len(y)), *controls])
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    freedom = len(y) - design.shape[1]
    residual = float(np.sum((y - design @ coefficients) ** 2)) / freedom
    spread = math.sqrt(residual * float(np.linalg.inv(design.T @ design)[0, 0]))
    return Estimate(float(coefficients[0]), float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom)) * spread)


@dataclass(frozen=True)
class Persons:
    """A Poisson stream of persons with exponential service times, as one replication drew them.

    Attributes:
        arrivals: Times of arrival, rising. Shape (n,).
        services: Service times. Shape (n,).
        counted: Those that are measured: enough others come before them. Shape (n,).
        rate: The arrivals' expectation per unit of time.
        service: The expectation of a service time.
    """

    arrivals: Floats
    services: Floats
    counted: npt.NDArray[np.bool_]
    rate: float
    service: float

    def beyond(self, servers: int) -> float:
        """Return by how many too many persons would find the servers taken, if there were no end of servers.

        Then a Poisson arrival would find a Poisson(λ m) number of others in service. A control: its mean is 0.
        """
        gone = np.searchsorted(np.sort(self.arrivals + self.services), self.arrivals, side="right")
        found = (np.arange(len(self.arrivals)) - gone)[self.counted]
        numbers = np.arange(400)
        usual = np.maximum(numbers - servers + 1, 0) @ stats.poisson.pmf(numbers, self.rate * self.service)
        return float(np.mean(np.maximum(found - servers + 1, 0)) - usual)

    def with_one_fast_server(self, servers: int) -> float:
        """Return by how much too long the wait would be if one server worked as fast as all of them.

        Each wait follows from the one before (D. V. Lindley, 1952); that of M/M/1 is ρ/(μ − λ) in the mean. A
        control: its mean is 0.
        """
        work = self.services / servers
        steps = np.concatenate(([0.0], np.cumsum(work[:-1] - np.diff(self.arrivals))))
        waits = steps - np.minimum.accumulate(np.minimum(steps, 0.0))
        return float(np.mean(waits[self.counted])) - mean_wait(1, self.rate, self.service / servers)
