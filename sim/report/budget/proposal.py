"""The proposal: by how much a scenario changes each account of each administration, year by year.

Shown is the net cost of the municipality, that is what its administrations pay, less the state's refund and residents'
charges. An account stands under the administration that pays: that is the budget in which the money must be found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.report.budget.study import Study, estimates, total
from sim.report.intervals import Interval


@dataclass(frozen=True)
class Line:
    """One account of one administration: difference to the reference in DKK, one interval per year."""

    administration: str
    account: str
    years: tuple[Interval, ...]


@dataclass(frozen=True)
class Proposal:
    """What one scenario changes, DKK. Totals have intervals of their own: bounds of lines cannot be added up."""

    label: str
    lines: tuple[Line, ...]
    """By administration, in the order of the configuration, and account. Those without any difference are left out."""
    subtotals: Mapping[str, tuple[Interval, ...]]
    """Per administration that has lines."""
    total: tuple[Interval, ...]
    pairs: int
    """Replications that both the scenario and the reference have."""


def proposal(study: Study, label: str) -> Proposal:
    """Calculate the proposal of one scenario."""
    here, base = study.paired(label, ["payer", "account", "year"], study.years, municipal=True)
    difference = here - base
    changed = difference[(difference != 0).any(axis=1)]
    keys = {(str(payer), str(account)) for payer, account, _ in changed.index}
    order = {name: position for position, name in enumerate(study.administrations)}
    lines = tuple(
        Line(
            payer,
            account,
            tuple(
                estimates(_selected(difference, year, payer=payer, account=account), study.confidence)[0]
                for year in study.years
            ),
        )
        for payer, account in sorted(keys, key=lambda key: (order[key[0]], key[1]))
    )
    return Proposal(
        label,
        lines,
        {
            payer: tuple(
                estimates(_selected(difference, year, payer=payer), study.confidence)[0] for year in study.years
            )
            for payer in dict.fromkeys(line.administration for line in lines)
        },
        tuple(estimates(_selected(difference, year), study.confidence)[0] for year in study.years),
        difference.shape[1],
    )


def _selected(difference: pd.DataFrame, year: int, **keys: object) -> pd.DataFrame:
    """Return the sum of the rows of a year and of the given keys, as a table of one row."""
    mask = difference.index.get_level_values("year") == year
    for level, value in keys.items():
        mask &= difference.index.get_level_values(level) == value
    return total(difference[mask])
