"""Entries of the ledger, and how they are added up.

Texts are kept as codes until the sums are made: a year has tens of thousands of entries and a dozen names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.journal import Names
from sim.measures.frames import Integers, Table

FAMILY, STATE = "family", "state"
"""Who pays besides the administrations."""

STAFF_PARTS = ("staff", "vacancy", "overtime", "agency", "recruitment", "appeals")
SERVICE_PARTS = ("services", "bridging", "once", "transport", "back_payment")
BOARD, REFUND, USER_CHARGE, FAMILY_PART = "board", "refund", "user_charge", "family"
PARTS = (*STAFF_PARTS, *SERVICE_PARTS, BOARD, REFUND, USER_CHARGE, FAMILY_PART)

TEXTS = ("administration", "account", "payer", "part", "item", "supplier", "unit", "team")
KEYS = ("year", "administration", "account", "payer", "part", "item", "supplier", "level")
"""What the stored ledger tells apart, in the order in which it is sorted."""
DEFAULTS: Mapping[str, Any] = {"supplier": "", "level": 0, "case": -1, "team": "", "quantity": 0.0, "unit": ""}

Codes = npt.NDArray[np.int64]


class Book:
    """Collects entries.

    An entry has the columns of :data:`TEXTS`, ``year``, ``level``, ``case`` (-1: none), ``start`` and ``end`` (days
    since day 0), ``quantity`` and ``oere``.
    """

    def __init__(self) -> None:
        self._words = Names([""])
        self._entries: list[pd.DataFrame] = []

    def codes(self, table: Table, column: str, text: Callable[[str], str] = str) -> Codes:
        """Return the codes of a text for each row of a table of the journal.

        Args:
            table: Some rows of the journal.
            column: A column that holds names.
            text: Returns the text that belongs to a name; a row without a name has no text.
        """
        return table.lookup(column, {name: self._words.code(text(name)) for name in table.names(column)}, 0)

    def account_codes(self, accounts: Sequence[str], places: Integers) -> Codes:
        """Return the codes of accounts that are given by their position in a list."""
        return np.array([self._words.code(account) for account in accounts], dtype=np.int64)[places]

    def texts(self, codes: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the texts that codes stand for."""
        result: npt.NDArray[Any] = np.array(self._words.all(), dtype=object)[codes]
        return result

    def add(self, oere: Integers, **columns: Any) -> None:
        """Add entries; those of 0 øre are left out.

        Args:
            oere: The amounts.
            columns: The other columns, as arrays or as one value for all; texts as codes, or as one text for all.
        """
        frame = {"oere": oere} | {
            name: self._words.code(value) if isinstance(value, str) else value
            for name, value in {**DEFAULTS, **columns}.items()
        }
        entries = pd.DataFrame({name: np.broadcast_to(values, len(oere)) for name, values in frame.items()})
        self._entries.append(entries[entries["oere"] != 0])

    def add_pair(self, oere: Integers, other: str, **columns: Any) -> None:
        """Add an income of the payers in ``columns``, and beside it what somebody else pays for it."""
        self.add(-oere, **columns)
        self.add(oere, **{**columns, "payer": other})

    def entries(self) -> pd.DataFrame:
        """Return all entries, with texts, in the order in which they were added."""
        whole = self._joined()
        return whole.assign(**{name: self.texts(whole[name].to_numpy()) for name in TEXTS})

    def sums(self) -> pd.DataFrame:
        """Return the sums of what the ledger tells apart: :data:`KEYS`, quantity, unit and oere; sorted."""
        sums = self._joined().groupby([*KEYS, "unit"], as_index=False, sort=False)[["quantity", "oere"]].sum()
        texts = [name for name in (*KEYS, "unit") if name in TEXTS]
        sums = sums.assign(**{name: self.texts(sums[name].to_numpy()) for name in texts})
        ordered = sums.sort_values([*KEYS, "unit"], kind="stable", ignore_index=True)
        return ordered[[*KEYS, "quantity", "unit", "oere"]]

    def _joined(self) -> pd.DataFrame:
        whole = {name: np.empty(0, dtype=np.int64) for name in (*TEXTS, "year", "level", "case", "oere")}
        empty = pd.DataFrame(whole | {name: np.empty(0) for name in ("start", "end", "quantity")})
        kept = [part for part in self._entries if len(part)]
        return pd.concat(kept, ignore_index=True)[list(empty.columns)] if kept else empty
