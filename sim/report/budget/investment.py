"""The scenario as an investment: what it costs or saves by year and in all, and when it has paid for itself.

Counted is the municipality's net cost against the reference, over all whole years that are measured. With a discount
rate, amounts of the first year count in full and those of each later year less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from sim.experiment.compare import interval
from sim.report.budget.chance import Chance, chance
from sim.report.budget.study import Study
from sim.report.intervals import Floats, Interval


class Course(Enum):
    """How the cumulated net difference goes, judged by its mean."""

    SAME = "same"
    """No replication differs in any year."""
    SAVES = "saves"
    """It saves from the first year on and is never dearer in all."""
    SAVES_FIRST = "saves_first"
    """It saves in the first year, but later years take more than that back."""
    BREAKS_EVEN = "breaks_even"
    """It costs extra at first, and the extra cost is later saved."""
    NEVER = "never"
    """It costs extra at first, and that is not saved within the measured years."""


@dataclass(frozen=True)
class Year:
    """One year of the investment, DKK; negative: a saving."""

    year: int
    net: Interval
    """Difference of this year, not discounted."""
    factor: float
    """What a krone of this year counts."""
    cumulated: Interval
    """Discounted differences from the first year to the end of this one."""
    paid_back: Chance
    """In how many replications the cumulated difference is 0 or a saving at the end of the year."""


@dataclass(frozen=True)
class Investment:
    """What a scenario costs or saves over the years."""

    label: str
    years: tuple[Year, ...]
    course: Course
    break_even: Year | None
    """The first year at whose end the mean cumulated difference is no longer an extra cost, after it was one."""
    pairs: int
    last: tuple[float, ...]
    """The cumulated difference at the end of the last year in each replication, DKK."""


def discount_of(configuration: Mapping[str, Any]) -> float:
    """Return the discount rate of a point, per cent a year, from its configuration."""
    return float((configuration.get("costs") or {}).get("discount_percent") or 0.0)


def investment(study: Study, label: str, discount_percent: float = 0.0) -> Investment:
    """Calculate the investment view of one scenario."""
    here, base = study.paired(label, ["year"], study.all_years, municipal=True)
    net = (here - base).reindex(list(study.all_years), fill_value=0).to_numpy(dtype=float) / 100
    factors = (1 + discount_percent / 100) ** -np.arange(len(study.all_years), dtype=float)
    cumulated = np.cumsum(net * factors[:, np.newaxis], axis=0)
    each, running = _intervals(net, study.confidence), _intervals(cumulated, study.confidence)
    # Half an øre: with discounting, sums of exact amounts carry the rounding of the computer.
    years = tuple(
        Year(
            year,
            each[row],
            float(factors[row]),
            running[row],
            chance(int((cumulated[row] < 0.005).sum()), cumulated.shape[1], study.confidence),
        )
        for row, year in enumerate(study.all_years)
    )
    course, break_even = _course(years, same=not net.any())
    return Investment(label, years, course, break_even, net.shape[1], tuple(cumulated[-1].tolist()))


def _course(years: tuple[Year, ...], *, same: bool) -> tuple[Course, Year | None]:
    means = [year.cumulated.mean for year in years]
    if same:
        return Course.SAME, None
    if means[0] < 0.005:
        return (Course.SAVES if max(means) < 0.005 else Course.SAVES_FIRST), None
    turned = next((year for year in years if year.cumulated.mean < 0.005), None)
    return (Course.NEVER if turned is None else Course.BREAKS_EVEN), turned


def _intervals(values: Floats, confidence: float) -> list[Interval]:
    mean, low, high, _, _ = interval(values, confidence)
    return [Interval(float(m), float(a), float(b)) for m, a, b in zip(mean, low, high, strict=True)]
