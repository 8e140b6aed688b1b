"""Who pays: what every scenario moves between the budgets of administrations, the state and families.

Split budgets invite *kassetænkning*: an administration that saves what another one has to pay. So the change of the
whole is shown beside what only changes hands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.experiment.compare import interval
from sim.report.budget.study import FAMILY, STATE, Study, estimates, total
from sim.report.intervals import Floats, Interval


@dataclass(frozen=True)
class Shift:
    """What somebody pays, DKK a year: mean of the years of the proposal."""

    payer: str
    """An administration, ``state`` or ``family``; empty for a sum over payers."""
    baseline: Interval
    scenario: Interval
    difference: Interval


@dataclass(frozen=True)
class Shifts:
    """Who pays more and who pays less in one scenario."""

    label: str
    payers: tuple[Shift, ...]
    """Administrations in the order of the configuration, the state, families; those who never pay are left out."""
    municipality: Shift
    """Sum of the administrations."""
    everybody: Shift
    """Sum of all payers."""
    moved: Interval
    """What changes hands: the smaller of what those pay more who pay more, and of what those save who save."""
    pairs: int


def shifts(study: Study, label: str) -> Shifts:
    """Calculate who pays in one scenario."""
    here, base = study.paired(label, ["payer"], study.years)
    known = [name for name in dict.fromkeys((*study.administrations, STATE, FAMILY)) if name in here.index]
    strangers = [name for name in here.index if name not in known]
    if strangers:
        raise ValueError(f"the ledger names payers that are neither administrations, state nor family: {strangers}")
    own = [name for name in known if name in study.administrations]
    return Shifts(
        label,
        tuple(_shift(study, name, here.loc[[name]], base.loc[[name]]) for name in known),
        _shift(study, "", total(here.loc[own]), total(base.loc[own])),
        _shift(study, "", total(here), total(base)),
        moved(((here - base).loc[known].to_numpy(dtype=float)) / (100 * len(study.years)), study.confidence),
        here.shape[1],
    )


def _shift(study: Study, payer: str, here: pd.DataFrame, base: pd.DataFrame) -> Shift:
    years = float(len(study.years))
    values = (estimates(one, study.confidence, years)[0] for one in (base, here, here - base))
    return Shift(payer, *values)


def moved(differences: Floats, confidence: float) -> Interval:
    """Return what changes hands, from the differences of each payer (rows) in each replication (columns).

    It is calculated from the mean differences: in a single replication chance alone moves money back and forth. The
    interval is the jackknife's (Tukey 1958): Student's t on the values that follow from leaving out one replication
    at a time. Nothing less than nothing can change hands, so its lower end is at least 0.
    """
    n = differences.shape[1]
    if not n:
        return Interval(np.nan, np.nan, np.nan)
    whole = _changes_hands(differences.mean(axis=1))
    if n == 1:
        return Interval(whole, np.nan, np.nan)
    left_out = np.array([_changes_hands(np.delete(differences, one, axis=1).mean(axis=1)) for one in range(n)])
    pseudo = n * whole - (n - 1) * left_out
    mean, low, high, _, _ = interval(pseudo[np.newaxis, :], confidence)
    return Interval(whole, max(0.0, float(low[0]) + whole - float(mean[0])), float(high[0]) + whole - float(mean[0]))


def _changes_hands(differences: Sequence[float] | Floats) -> float:
    values = np.asarray(differences, dtype=float)
    return float(min(values[values > 0].sum(), -values[values < 0].sum()))
