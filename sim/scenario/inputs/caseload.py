"""The cases that are open today, one row each: what a row says, and everything that is wrong with it.

Of a birth date the month is kept, of an age the year; the day is drawn within it. What the model does not use is not
read: a column that has another heading is refused.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sim.scenario.inputs import values
from sim.scenario.inputs.cells import Cell, shown
from sim.scenario.inputs.table import Row

OLDEST = 120
EARLIEST = dt.date(1900, 1, 1)
YEAR_DAYS = 365.25
LEVELS = ("1", "2", "3", "4")

Born = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Case:
    """What a row says."""

    row: Row
    born: Born
    """The first and the last day that can be the birthday."""
    profile: str
    level: str | None
    service: str | None
    since: dt.date | None
    supplier: str | None
    track: str | None
    step: str | None
    administration: str | None

    def age(self, day: dt.date) -> int:
        """Return the age in whole years on a day, for the first possible birthday."""
        return whole_years(self.born[0], day)

    def data(self) -> dict[str, Any]:
        """Return what the model needs of it, as plain data of the configuration."""
        given = {
            "level": self.level,
            "since": None if self.since is None else self.since.isoformat(),
            "supplier": self.supplier,
            "administration": self.administration,
        }
        born = [day.isoformat() for day in self.born]
        return {"born": born, "profile": self.profile, **{key: value for key, value in given.items() if value}}


def case_of(row: Row, start: dt.date, composed: Mapping[str, Any]) -> Case | None:
    """Read a row; None if something is wrong with it, which is noted.

    Args:
        row: The row.
        start: The first day of the simulation.
        composed: The configuration that the row's names belong to.
    """
    named = partial(_named, row, composed)
    profile = named("profile", "need profile", "profiles")
    if not row.has("profile"):
        row.complain("profile", "is empty; expected the need profile")
    service = named("service", "service", "services")
    supplier = _supplier(row, service, composed)
    track = named("track", "track", "tracks")
    administration = named("administration", "administration", "administrations")
    step = row.read("step", lambda cell: shown(cell))
    level = row.read("level", _level)
    since = row.read("start", values.date)
    born = _born(row, start)
    if since is not None and since > start:
        row.complain(
            "start",
            f"'{since:%d-%m-%Y}' is after the first day of the simulation, {start:%d-%m-%Y}; expected that day or "
            "an earlier one (horizon.start should be the day of the list)",
        )
    elif since is not None and born is not None and since < born[0]:
        row.complain("start", f"'{since:%d-%m-%Y}' is before the person was born; expected a later date")
    elif not row.has("start") and not row.has("service"):
        row.complain(
            "start",
            "is empty; expected the date on which the municipality became aware of the matter, because the case has "
            "no service yet",
        )
    if row.problems or born is None or profile is None:
        return None
    return Case(row, born, profile, level, service, since, supplier, track, step, administration)


def whole_years(born: dt.date, day: dt.date) -> int:
    """Return the age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _named(row: Row, composed: Mapping[str, Any], key: str, what: str, section: str) -> str | None:
    known = composed.get(section)
    entries = {name: entry for name, entry in known.items() if entry is not None} if isinstance(known, Mapping) else {}
    return row.read(key, lambda cell: values.name(cell, what, entries))


def _supplier(row: Row, service: str | None, composed: Mapping[str, Any]) -> str | None:
    if not row.has("supplier"):
        return None
    if service is None:
        if not row.has("service"):
            row.complain("supplier", "a case without a service has no supplier yet; expected an empty cell")
        return None
    suppliers = (composed["services"][service] or {}).get("suppliers") or {}
    known = {name: entry for name, entry in suppliers.items() if entry is not None}
    return row.read("supplier", lambda cell: values.name(cell, f"supplier of '{service}'", known))


def _level(cell: Cell) -> str:
    text = shown(cell)
    if text not in LEVELS:
        raise values.Wrong(f"'{text}' is not a need level; expected 1, 2, 3 or 4")
    return text


def _born(row: Row, start: dt.date) -> Born | None:
    born = row.read("birth_date", values.date)
    age = row.read("age", lambda cell: values.number(cell, 0, OLDEST, "an age in years", "13"))
    if born is not None:
        if not EARLIEST <= born <= start:
            row.complain(
                "birth_date",
                f"'{born:%d-%m-%Y}' is not the birth date of somebody who has a case on {start:%d-%m-%Y}; expected "
                f"a date from {EARLIEST:%d-%m-%Y} to that day",
            )
            return None
        if age is not None and int(age) != whole_years(born, start):
            row.complain(
                "age",
                f"'{shown(row.cells['age'])}' does not fit the birth date, by which the person is "
                f"{whole_years(born, start)} on {start:%d-%m-%Y}; give one of the two",
            )
            return None
        return _month(born, start)
    if age is not None:
        return _year(int(age), start) if float(age).is_integer() else _about(age, start)
    if not row.has("birth_date") and not row.has("age"):
        key = "birth_date" if "birth_date" in row.headings or "age" not in row.headings else "age"
        row.complain(key, "is empty; expected the birth date (dd-mm-yyyy), or else the age in years")
    return None


def _month(born: dt.date, start: dt.date) -> Born:
    """Return the month of a birth date, without those days that would make the person a year older or younger."""
    last = born.replace(day=calendar.monthrange(born.year, born.month)[1])
    return _within(born.replace(day=1), last, whole_years(born, start), start)


def _year(age: int, start: dt.date) -> Born:
    """Return the days on which somebody of an age can be born."""
    return _years_before(start, age + 1) + dt.timedelta(days=1), _years_before(start, age)


def _about(age: float, start: dt.date) -> Born:
    """Return the days around the one on which somebody of a broken age was born, within half a month."""
    middle = start - dt.timedelta(days=round(age * YEAR_DAYS))
    fortnight = dt.timedelta(days=15)
    return _within(middle - fortnight, middle + fortnight, int(age), start)


def _within(first: dt.date, last: dt.date, age: int, start: dt.date) -> Born:
    earliest, latest = _year(age, start)
    return max(first, earliest), min(last, latest)


def _years_before(day: dt.date, years: int) -> dt.date:
    last = calendar.monthrange(day.year - years, day.month)[1]
    return day.replace(year=day.year - years, day=min(day.day, last))
