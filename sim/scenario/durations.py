"""How long something takes: a number, or a distribution with its mean.

Every distribution is given by its mean and its coefficient of variation (cv: standard deviation divided by
mean), because that is what a case system's export lets a planner calculate. The unit is in the name of
the field that holds the duration (``hours``, ``days``, ``years``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from sim.scenario.base import NonNegative, Positive, Strict, Varying

Variation = Annotated[float, Field(ge=0.001, le=20.0)]
"""A coefficient of variation. What varies less is a fixed number; what varies more is nearly always nothing and, once
in many thousand times, longer than a life."""


class Fixed(Strict):
    """Always the same."""

    distribution: Literal["fixed"] = "fixed"
    value: NonNegative


class Exponential(Strict):
    """Memoryless: how much longer it takes does not depend on how long it has taken."""

    distribution: Literal["exponential"]
    mean: Positive


class Gamma(Strict):
    """Right-skewed; cv 1 is the exponential, smaller is more regular."""

    distribution: Literal["gamma"]
    mean: Positive
    cv: Variation


class Lognormal(Strict):
    """Right-skewed with a long tail: the usual shape of processing times."""

    distribution: Literal["lognormal"]
    mean: Positive
    cv: Variation


class Uniform(Strict):
    """Equally likely anywhere between two bounds."""

    distribution: Literal["uniform"]
    low: NonNegative
    high: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        if self.high <= self.low:
            raise ValueError(f"high ({self.high:g}) must be above low ({self.low:g})")
        return self


class Triangular(Strict):
    """What an expert can say: at least, most likely, at most."""

    distribution: Literal["triangular"]
    low: NonNegative
    mode: NonNegative
    high: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        if not self.low <= self.mode <= self.high or self.high <= self.low:
            raise ValueError(f"low, mode and high must rise: {self.low:g}, {self.mode:g}, {self.high:g} do not")
        return self


def _kind(value: Any) -> str:
    if isinstance(value, Strict):
        return str(getattr(value, "distribution", "fixed"))
    if isinstance(value, Mapping):
        return str(value.get("distribution", "fixed"))
    return "number"


Duration = Annotated[
    Annotated[NonNegative, Tag("number")]
    | Annotated[Fixed, Tag("fixed")]
    | Annotated[Exponential, Tag("exponential")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")],
    Discriminator(_kind),
]
"""A number (always the same) or one of the distributions."""

VaryingDuration = Varying[Duration]
"""A duration that may differ by an attribute of the case."""


def mean_of(duration: Duration) -> float:
    """Return the mean of a duration, in the duration's own unit."""
    match duration:
        case Fixed():
            return duration.value
        case Exponential() | Gamma() | Lognormal():
            return duration.mean
        case Uniform():
            return (duration.low + duration.high) / 2
        case Triangular():
            return (duration.low + duration.mode + duration.high) / 3
        case _:
            return float(duration)


def longest_of(duration: Duration) -> float:
    """Return what a duration cannot exceed, in its own unit: infinity, if it has a tail."""
    match duration:
        case Fixed():
            return duration.value
        case Exponential() | Gamma() | Lognormal():
            return math.inf
        case Uniform() | Triangular():
            return duration.high
        case _:
            return float(duration)
