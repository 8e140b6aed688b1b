"""What a planner may say about a search: which staffing may vary, what is to be cheap, and what must be kept.

The question is data, in the config group ``search``. What a limit's *probability* means: each replication is one
possible future, and the limit is to be kept in at least so large a share of the futures. It says nothing about the
share of persons: "at most 10 days with probability 0.9" is about the municipality's figure, in nine futures of ten.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from sim.scenario.base import Count, Strict

ROUNDING = 1e-9
"""0.1 + 0.2 is not 0.3 to a computer: a share this little above a whole count of futures is that count."""


class Variable(Strict):
    """The whole numbers that a place in the configuration may have."""

    low: Count
    high: Count
    step: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _ordered(self) -> Variable:
        if self.low > self.high:
            raise ValueError(f"low ({self.low}) is above high ({self.high})")
        rest = (self.high - self.low) % self.step
        if rest:
            below = self.high - rest
            raise ValueError(
                f"from {self.low} in steps of {self.step} one does not come to {self.high}, but to {below} or "
                f"{below + self.step}: give one of these as high"
            )
        return self

    @property
    def values(self) -> range:
        """The numbers, rising."""
        return range(self.low, self.high + 1, self.step)


class Aim(Strict):
    """The figure that is to be as low as possible: its mean over the futures."""

    kpi: str = "cost.total"
    group: str = "all"


class Limit(Strict):
    """A figure that must stay on the right side of a value, in a given share of the futures."""

    kpi: str
    group: str = "all"
    at_most: float | None = None
    """The highest value that will do, in the figure's own unit."""
    at_least: float | None = None
    """The lowest value that will do."""
    probability: Annotated[float, Field(gt=0, le=1)] = 0.9
    """The share of the futures (replications) in which the limit is to be kept."""

    @model_validator(mode="after")
    def _one_bound(self) -> Limit:
        if (self.at_most is None) == (self.at_least is None):
            given = "neither is" if self.at_most is None else "both are"
            raise ValueError(
                f"a limit on {self.kpi} says either at_most or at_least, as {{kpi: {self.kpi}, at_most: 10, "
                f"probability: 0.9}}; {given} given"
            )
        return self

    @property
    def bound(self) -> float:
        """The value itself."""
        return self.at_most if self.at_most is not None else self.at_least or 0.0

    def needed(self, replications: int) -> int:
        """Return in how many of so many futures the limit must be kept."""
        return math.ceil(self.probability * replications - ROUNDING)


class Search(Strict):
    """The question: the cheapest staffing that keeps the limits."""

    variables: Annotated[Mapping[str, Variable], Field(min_length=1)]
    """What may vary, by its place in the configuration (``teams.NAME.caseworkers``)."""
    minimise: Aim = Aim()
    limits: Annotated[tuple[Limit, ...], Field(min_length=1)]
    """What must be kept; without any limit the cheapest staffing is the smallest."""
    trials: Annotated[int, Field(ge=1, le=100_000)] = 40
    """How many different staffings are tried."""
    replications: Annotated[int, Field(ge=2, le=10_000)] = 10
    """Futures in which each of them is tried, the same for all."""
    fresh_replications: Annotated[int, Field(ge=2, le=100_000)] = 50
    """Other futures, in which what was found is compared with today."""

    @model_validator(mode="after")
    def _distinct(self) -> Search:
        named = [(limit.kpi, limit.group, limit.at_most is None) for limit in self.limits]
        for one in named:
            if named.count(one) > 1:
                raise ValueError(f"there are two limits on {one[0]} of {one[1]}: give one")
        return self

    @model_validator(mode="after")
    def _can_be_kept_together(self) -> Search:
        highest = {(limit.kpi, limit.group): limit for limit in self.limits if limit.at_most is not None}
        for low in self.limits:
            high = highest.get((low.kpi, low.group))
            if high is None or low.at_least is None or low.bound <= high.bound:
                continue
            # Each on its own may be kept in other futures than the other one, but together they need too many.
            if low.probability + high.probability > 1 + ROUNDING:
                raise ValueError(
                    f"the limits on {low.kpi} of {low.group} contradict each other: no future has at most "
                    f"{high.bound:g} and at least {low.bound:g}"
                )
        return self
