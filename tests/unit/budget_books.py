"""Small ledgers written by hand: amounts in DKK by point, replication, year and payer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sim.report.budget.study import COLUMNS, Ledger, Study

Entry = tuple[int, int, str, str, str, float]
"""Replication, year, payer, account, part, DKK."""


def study(
    entries: Mapping[str, Sequence[Entry]],
    *,
    years: tuple[int, ...] = (2026, 2027),
    replications: int | Mapping[str, Sequence[int]] = 2,
    administrations: tuple[str, ...] = ("buf", "bsf"),
) -> Study:
    """Return a study; the first point is the reference."""
    numbers = {
        label: tuple(range(replications)) if isinstance(replications, int) else tuple(replications[label])
        for label in entries
    }
    return Study(
        ledgers={label: Ledger.of(table(rows), numbers[label]) for label, rows in entries.items()},
        reference=next(iter(entries)),
        administrations=administrations,
        all_years=years,
        confidence=0.95,
    )


def table(rows: Sequence[Entry]) -> pd.DataFrame:
    """Return entries as they are stored."""
    return pd.DataFrame(
        [
            {
                "replication": replication,
                "year": year,
                "administration": payer if payer not in ("state", "family") else "buf",
                "account": account,
                "payer": payer,
                "part": part,
                "item": "item",
                "supplier": "",
                "level": 0,
                "quantity": 0.0,
                "unit": "",
                "amount_dkk": amount,
            }
            for replication, year, payer, account, part, amount in rows
        ],
        columns=list(COLUMNS),
    )
