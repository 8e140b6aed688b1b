"""What the replications say about a candidate: what it costs, and in how many futures it keeps each limit.

A replication without a figure (nothing to measure, or a share of waits that was never reached while anybody was
followed) counts as one in which the limit was not kept. Left out, a staffing under which nobody ever gets support
would look as if it kept every limit on waits.

The share of futures has the exact interval of Clopper and Pearson (:func:`sim.experiment.shares.exact_interval`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import BeforeValidator, ConfigDict

from sim.experiment.compare import interval
from sim.experiment.shares import exact_interval
from sim.experiment.stored_page import Entry
from sim.scenario.search import Limit, Search

Floats = npt.NDArray[np.float64]
Figures = Mapping[tuple[str, str], Floats]
"""By kpi and group: one value per replication, in their order; NaN where there is nothing to measure."""

Number = Annotated[float, BeforeValidator(lambda value: math.nan if value is None else value)]
"""Written as null when it is NaN, because JSON has no word for that."""

FAR_OFF = 1000.0
"""The violation of a limit about whose figure nothing at all is known."""


class _Figures(Entry):
    model_config = ConfigDict(ser_json_inf_nan="null")


class Estimate(_Figures):
    """A mean over replications with the ends of its interval."""

    mean: Number
    low: Number
    high: Number


class Kept(_Figures):
    """How a candidate stands with one limit."""

    kept: int
    """Replications in which it was kept."""
    replications: int
    missing: int
    """Those without a figure; they count as not kept."""
    low: Number
    """Lower end of the exact interval of the probability that a future keeps the limit."""
    high: Number
    figure: Estimate
    """The limited figure itself: its mean over the replications that have one."""
    violation: float
    """How far the figure is from keeping the limit in as many futures as it must; see :func:`violation`."""

    @property
    def broken(self) -> int:
        """Replications in which it was not kept."""
        return self.replications - self.kept

    @property
    def share(self) -> float:
        """The share of the futures that keep the limit."""
        return self.kept / self.replications


class Evaluation(_Figures):
    """What is known about a candidate."""

    replications: int
    hopeless: bool
    """Given up before all replications were simulated: whatever the rest would have shown, a limit was not kept."""
    aim: Estimate
    """What is minimised."""
    difference: Estimate
    """The same as a difference to today, future by future."""
    limits: tuple[Kept, ...]

    @property
    def feasible(self) -> bool:
        """Whether every limit is kept in as large a share of the simulated futures as was asked for."""
        return not self.hopeless and all(kept.violation <= 0 for kept in self.limits)

    @property
    def violation(self) -> float:
        """How far it is from keeping all limits; 0 if it does."""
        return sum(max(0.0, kept.violation) for kept in self.limits)


def evaluate(
    figures: Figures, today: Figures | None, search: Search, confidence: float, *, hopeless: bool = False
) -> Evaluation:
    """Judge a candidate by its replications.

    Args:
        figures: The candidate's.
        today: Those of today's staffing in the same futures (perhaps more of them); None: this is today's.
        search: The question.
        confidence: Level of all intervals.
        hopeless: Whether the candidate was given up early.
    """
    key = (search.minimise.kpi, search.minimise.group)
    values = figures[key]
    others = values if today is None else today[key][: len(values)]
    return Evaluation(
        replications=len(values),
        hopeless=hopeless,
        aim=estimate(values, confidence),
        difference=estimate(values - others, confidence),
        limits=tuple(_kept(limit, figures[limit.kpi, limit.group], confidence) for limit in search.limits),
    )


def estimate(values: Floats, confidence: float) -> Estimate:
    """Return the mean of some replications with Student's t interval."""
    mean, low, high, _, _ = interval(values[np.newaxis, :], confidence)
    return Estimate(mean=float(mean[0]), low=float(low[0]), high=float(high[0]))


def _kept(limit: Limit, values: Floats, confidence: float) -> Kept:
    kept = int(np.sum(keeps(limit, values)))
    low, high = exact_interval(kept, len(values), confidence)
    return Kept(
        kept=kept,
        replications=len(values),
        missing=int(np.sum(np.isnan(values))),
        low=float(low),
        high=float(high),
        figure=estimate(values, confidence),
        violation=violation(limit, values),
    )


def keeps(limit: Limit, values: Floats) -> npt.NDArray[np.bool_]:
    """Return for every replication whether it keeps the limit; NaN does not."""
    result: npt.NDArray[np.bool_] = values <= limit.bound if limit.at_most is not None else values >= limit.bound
    return result


def violation(limit: Limit, values: Floats) -> float:
    """Return how far a limit is from being kept in the share of the replications that it must be kept in.

    The value that is kept in that share (an order statistic) is compared with the limit, relative to the limit's own
    size. At most 0 exactly when enough replications keep the limit. The bare share would say no more than that, and
    leave a search without direction where no replication keeps it.
    """
    needed = limit.needed(len(values))
    sign = 1.0 if limit.at_most is not None else -1.0
    worst_allowed = np.sort(np.where(np.isnan(values), np.inf, sign * values))[needed - 1]
    if not math.isfinite(worst_allowed):
        return FAR_OFF
    return float(min(FAR_OFF, (worst_allowed - sign * limit.bound) / (abs(limit.bound) or 1.0)))


def cannot_be_kept(limit: Limit, values: Floats, replications: int) -> bool:
    """Whether a limit cannot be kept any more, whatever the replications show that are still to come.

    Args:
        limit: The limit.
        values: What has been simulated.
        replications: How many there would be in all.
    """
    return out_of_reach(limit, int(np.sum(~keeps(limit, values))), replications)


def out_of_reach(limit: Limit, broken: int, replications: int) -> bool:
    """Whether a limit that so many futures have broken is one that too many of all have broken."""
    return broken > replications - limit.needed(replications)


def better(one: Evaluation, other: Evaluation) -> bool:
    """Whether a candidate is to be preferred: it keeps the limits, or is nearer to it; then, it is cheaper."""
    return _rank(one) < _rank(other)


def _rank(evaluation: Evaluation) -> tuple[bool, float, float]:
    if evaluation.feasible:
        return (False, 0.0, evaluation.aim.mean)
    return (True, evaluation.violation, evaluation.aim.mean)


def non_dominated(points: Sequence[tuple[float, float]]) -> list[bool]:
    """Return for every point whether no other one is at least as low in both figures and lower in one (Pareto)."""
    return [
        all(math.isfinite(value) for value in one)
        and not any(other[0] <= one[0] and other[1] <= one[1] and other != one for other in points)
        for one in points
    ]
