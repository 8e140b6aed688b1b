"""What a planner may say about an experiment: how often, how precisely, on how many cores, and where to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from sim.scenario.base import Strict
from sim.scenario.pictures import ALL, known_pictures


class Target(Strict):
    """How precisely one figure is to be known: the half-width of its confidence interval."""

    measure: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*(:.+)?$")]
    """``kpi`` or ``kpi:group``, as in the results (``wait.total``, ``deadline.assessment_4m:family``)."""
    of: Literal["value", "difference"] = "value"
    """Every point's own figure, or its paired difference to the reference."""
    absolute: Annotated[float, Field(gt=0)] | None = None
    """In the unit of the measure; a share between 0 and 1."""
    relative: Annotated[float, Field(gt=0, le=1)] | None = None
    """As a share of the point's mean; for a difference, of the mean of the reference: a difference near zero could
    never be known within a share of itself."""

    @model_validator(mode="after")
    def _one_width(self) -> Target:
        if (self.absolute is None) == (self.relative is None):
            raise ValueError(f"{self.measure} needs either absolute (in its own unit) or relative (a share, as 0.05)")
        return self


class Precision(Strict):
    """When ``replications: auto`` is enough."""

    minimum: Annotated[int, Field(ge=6, le=100_000)] = 10
    """Futures per point in any case. An interval from fewer is too narrow too often when one stops by looking at it."""
    maximum: Annotated[int, Field(ge=6, le=100_000)] = 200
    """Futures per point at most, whether or not the targets are reached."""
    batch: Annotated[int, Field(ge=1, le=10_000)] = 5
    """Futures per point between two looks."""
    targets: tuple[Target, ...] = (
        Target(measure="wait.total", relative=0.05),
        Target(measure="wait.total", of="difference", relative=0.05),
        Target(measure="cost.total", relative=0.01),
        Target(measure="cost.total", of="difference", relative=0.01),
    )

    @model_validator(mode="after")
    def _in_order(self) -> Precision:
        if self.maximum < self.minimum:
            raise ValueError(f"the maximum ({self.maximum}) is below the minimum ({self.minimum})")
        if not self.targets:
            raise ValueError("targets names no figure: without one nobody can say how many futures are enough")
        return self


class Experiment(Strict):
    """How many futures are simulated, and what they are compared with."""

    replications: Annotated[int, Field(ge=1, le=100_000)] | Literal["auto"]
    """Independent futures per point; ``auto``: as many as ``precision`` needs."""
    precision: Precision = Precision()
    """Used when ``replications`` is ``auto``."""
    seed: Annotated[int, Field(ge=0, lt=2**32)]
    """Everything random follows from it: the same seed gives the same futures."""
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    """Confidence level of every interval."""
    reference: str | None = None
    """Label of the point that the others are compared with; none given: the first whose scenario is
    ``baseline``, or else the first."""
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")] = "sweep"
    """Part of the output folder's name."""

    @property
    def at_least(self) -> int:
        """Futures per point with which the work begins."""
        return self.precision.minimum if self.replications == "auto" else self.replications

    @property
    def at_most(self) -> int:
        """Futures per point that there can be in the end."""
        return self.precision.maximum if self.replications == "auto" else self.replications


class Compute(Strict):
    """Where the work is done."""

    n_jobs: Annotated[int, Field(ge=-1)] = -1
    """Processes: 1 is this process alone, -1 all cores."""

    @model_validator(mode="after")
    def _some(self) -> Compute:
        if self.n_jobs == 0:
            raise ValueError("0 processes do no work: give 1 (this process), a number of cores, or -1 (all cores)")
        return self


class Report(Strict):
    """How results are shown."""

    language: Literal["da", "en"] = "da"
    formats: Annotated[tuple[Literal["svg", "png", "pdf"], ...], Field(min_length=1)] = ("svg", "png")
    """File formats of the pictures; for short ``format=svg,png``."""
    plots: Annotated[str | tuple[str, ...], AfterValidator(known_pictures)] = ALL
    """Pictures that are drawn: ``all``, ``none``, or a list of names; for short ``plots=forest,flow``."""
    small_counts_below: Annotated[int, Field(ge=1)] = 5
    """Counts of real persons below this are not shown."""
