"""What a cell means: dates, numbers, yes and no, and names of the configuration, each as a planner would write it.

Each reader returns the value, or raises :class:`Wrong` with what is expected.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from sim.scenario.errors import did_you_mean, listed
from sim.scenario.inputs.cells import Cell, shown

_DATE = re.compile(r"(?P<day>\d{1,2})[-./ ](?P<month>\d{1,2})[-./ ](?P<year>\d{4})(?:[ T]\d{1,2}[:.]\d{2}.*)?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ T]\d{1,2}[:.]\d{2}.*)?")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
YES, NO = frozenset({"ja", "yes", "x", "true", "sand", "1"}), frozenset({"nej", "no", "false", "falsk", "0"})


class Wrong(Exception):  # noqa: N818 - it never leaves this room; what people see is a Problem
    """A cell does not hold what is expected there; the text says what is, and what would be right."""


def date(cell: Cell) -> dt.date:
    """Read a date."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = shown(cell)
    found = _DATE.fullmatch(text) or _ISO.fullmatch(text)
    expected = "expected dd-mm-yyyy, such as 24-12-2010"
    if found is None:
        raise Wrong(f"'{text}' is not a date; {expected}")
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise Wrong(f"'{text}' is a date that does not exist; {expected}") from None


def number(cell: Cell, low: float, high: float, what: str, example: str) -> float:
    """Read a number within bounds; the decimals may be parted by a comma or a point."""
    expected = f"expected {what} from {low:g} to {high:g}, such as {example}"
    if isinstance(cell, bool | dt.date):
        raise Wrong(f"'{shown(cell)}' is not a number; {expected}")
    if isinstance(cell, int | float):
        value = float(cell)
    else:
        text = shown(cell)
        if not _NUMBER.fullmatch(text):
            raise Wrong(f"'{text}' is not a number; {expected}")
        value = float(text.replace(",", "."))
    if not low <= value <= high:
        raise Wrong(f"{shown(cell)} is out of range; {expected}")
    return value


def yes(cell: Cell) -> bool:
    """Read yes or no."""
    text = shown(cell).lower()
    if text in YES:
        return True
    if text in NO:
        return False
    raise Wrong(f"'{shown(cell)}' is neither yes nor no; expected 'ja' or 'nej'")


def name(cell: Cell, what: str, known: Mapping[str, Any]) -> str:
    """Read a name of the configuration: the name itself or its label in either language, in any letters."""
    text = shown(cell)
    wanted = text.casefold()
    found = [key for key in known if key.casefold() == wanted]
    found = found or [key for key, entry in known.items() if wanted in map(str.casefold, _labels(entry))]
    if len(found) > 1:
        raise Wrong(f"'{text}' can mean any of {listed(found)}; expected one of these names")
    if not found:
        near = did_you_mean(text, [*known, *(label for entry in known.values() for label in _labels(entry))])
        raise Wrong(f"there is no {what} '{text}'{near} (expected one of: {listed(known)})")
    return found[0]


def _labels(entry: Any) -> list[str]:
    label = entry.get("label") if isinstance(entry, Mapping) else None
    return [str(text) for text in label.values()] if isinstance(label, Mapping) else []
