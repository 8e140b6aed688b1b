"""What a planner may say about an experiment: how often, how precisely, on how many cores, and where to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from sim.scenario.base import Strict
from sim.scenario.pictures import ALL, known_pictures


class Experiment(Strict):
    """How many futures are simulated, and what they are compared with."""

    replications: Annotated[int, Field(ge=1, le=100_000)]
    """Independent futures per point."""
    seed: Annotated[int, Field(ge=0, lt=2**32)]
    """Everything random follows from it: the same seed gives the same futures."""
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    """Confidence level of every interval."""
    reference: str | None = None
    """Label of the point that the others are compared with; none given: the first whose scenario is
    ``baseline``, or else the first."""
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")] = "sweep"
    """Part of the output folder's name."""


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
