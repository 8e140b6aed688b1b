"""Who pays: what every scenario moves between the budgets of administrations, the state and families.

Split budgets invite *kassetænkning*: an administration that saves what another one has to pay. So the change of the
whole is shown beside what only changes hands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

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
    payers = tuple(_shift(study, name, here.loc[[name]], base.loc[[name]]) for name in known)
    return Shifts(
        label,
        payers,
        _shift(study, "", total(here.loc[own]), total(base.loc[own])),
        _shift(study, "", total(here), total(base)),
        moved([one.difference for one in payers]),
        here.shape[1],
    )


def _shift(study: Study, payer: str, here: pd.DataFrame, base: pd.DataFrame) -> Shift:
    years = float(len(study.years))
    values = (estimates(one, study.confidence, years)[0] for one in (base, here, here - base))
    return Shift(payer, *values)


def moved(differences: Sequence[Interval]) -> Interval:
    """Return what changes hands, from the difference of each payer.

    It is the smaller of what some pay more and of what others save, by the mean differences. Its ends are the least
    and the most that it can be while every payer's difference is within its own interval; so it is only above 0
    throughout if somebody certainly pays more and somebody else certainly pays less.
    """
    ends = np.array([(one.low, one.mean, one.high) for one in differences]).reshape(-1, 3)
    low, mean, high = ends.T
    return Interval(_smaller(mean, mean), _smaller(low, high), _smaller(high, low))


def _smaller(more: Floats, less: Floats) -> float:
    """Return the smaller of the sum of what is above 0 in ``more``, and of what is below 0 in ``less``."""
    if np.isnan(more).any() or np.isnan(less).any():
        return float("nan")
    return float(min(np.clip(more, 0, None).sum(), -np.clip(less, None, 0).sum())) + 0.0
