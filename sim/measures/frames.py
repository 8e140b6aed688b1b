"""The journal's tables as seen by the measures: decoded names, and the measured period.

This is the only place that knows that names are stored as codes. A measure asks for the rows of a kind
(:meth:`Frames.kind`) or for something that the scenario says about each row's team, track or service
(:meth:`Table.lookup`); both are array operations, because a journal has hundreds of thousands of rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.journal import Columns, Journal, names_key
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

AGE_OF_MAJORITY = 18.0
"""Used where the scenario does not say at which birthday children's law ends."""

BACKGROUND_FROM_AGE = 30.0
"""Whoever is so old when they come is not of those whom the figures are about (see :class:`Frames`)."""

CHILD_CATEGORIES = ("placement", "supportive")
ADULT_CATEGORIES = ("aftercare", "adult")
CATEGORIES = CHILD_CATEGORIES + ADULT_CATEGORIES
"""Service categories; aftercare counts as adult side because it begins where children's law ends."""


class Table:
    """Some rows of one of the journal's tables: columns of equal length, and what their codes stand for."""

    def __init__(self, columns: Columns, names: Mapping[str, tuple[str, ...]], rows: Integers | None = None) -> None:
        self._whole = columns
        self._names = names
        self._rows = np.arange(len(next(iter(columns.values())))) if rows is None else rows
        # A column is only copied out when it is asked for: most measures need two or three of a dozen.
        self._columns: dict[str, npt.NDArray[Any]] = dict(columns) if rows is None else {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        if column not in self._columns:
            self._columns[column] = self._whole[column][self._rows]
        return self._columns[column]

    def where(self, rows: npt.NDArray[Any]) -> Table:
        """Return the rows that a mask (or an array of positions) selects."""
        return Table(self._whole, self._names, self._rows[rows])

    def names(self, column: str) -> tuple[str, ...]:
        """Return the names that the codes of a column stand for."""
        return self._names.get(column, ())

    def used(self, column: str) -> tuple[str, ...]:
        """Return the names that occur in these rows, in alphabetical order."""
        names = self.names(column)
        return tuple(sorted(names[code] for code in np.unique(self[column]) if code >= 0))

    def lookup(self, column: str, values: Mapping[str, Any], default: Any) -> npt.NDArray[Any]:
        """Return for each row the value that belongs to the name in a column.

        Args:
            column: A column that holds codes.
            values: Value per name.
            default: For names that are not in ``values``, and for rows without a name.
        """
        # Code -1 ("none") finds the last entry.
        table = np.array([values.get(name, default) for name in self.names(column)] + [default])
        result: npt.NDArray[Any] = table[self[column]]
        return result

    def one_of(self, column: str, *wanted: str) -> Mask:
        """Return the mask of the rows whose column holds one of the names."""
        return self.lookup(column, dict.fromkeys(wanted, True), default=False)

    def named(self, **wanted: str | tuple[str, ...]) -> Table:
        """Return the rows whose columns hold the wanted names: ``named(kind="ordinary")``."""
        mask = np.ones(len(self), dtype=np.bool_)
        for column, names in wanted.items():
            mask &= self.one_of(column, *((names,) if isinstance(names, str) else names))
        return self.where(mask)


class Frames:
    """A journal with its scenario and the measured period ``start`` to ``end`` (days since day 0).

    The figures are about children and young people. Persons who had turned 30 when they first came are *background
    work*: they take the teams' time and cost money, and nobody measures how long they wait. They are left out of the
    tables, except in :attr:`everybody`. Somebody who came at 29 stays in, however old they become.
    """

    def __init__(self, journal: Journal, scenario: Scenario, *, background: bool = False) -> None:
        self._journal = journal
        self.scenario = scenario
        self.date_of_day_0 = journal.start
        self.start = journal.run_in
        self.end = journal.horizon
        self.cases = _table(journal, "cases")
        self.activities = _table(journal, "activities")
        self.spells = _table(journal, "spells")
        self.events = _table(journal, "events")
        self.staff = _table(journal, "staff")
        self.category = {name: service.category for name, service in scenario.services.items()}
        self.side = {name: track.side for name, track in scenario.tracks.items()}
        self.team_administration = {name: team.administration for name, team in scenario.teams.items()}
        self._complete = True
        if not background:
            self._leave_out_background()

    def _leave_out_background(self) -> None:
        cases = self.cases
        older = birthdays(self.date_of_day_0, cases["born"], BACKGROUND_FROM_AGE) <= cases["entered"]
        if not older.any():
            return
        self._complete = False
        # Sorted numbers, and not a mask over all numbers: those of persons who were there on day 0 are in the billions.
        background = np.sort(cases["case"][older])
        for name in ("cases", "activities", "spells", "events"):
            table: Table = getattr(self, name)
            setattr(self, name, table.where(~_in_sorted(table["case"], background)))

    @cached_property
    def everybody(self) -> Frames:
        """The same with the background work: for what teams have to do, and what everything costs."""
        return self if self._complete else Frames(self._journal, self.scenario, background=True)

    @property
    def days(self) -> float:
        """Length of the measured period in days."""
        return self.end - self.start

    @cached_property
    def new_years(self) -> Floats:
        """The days on which calendar years begin or end, from the one that day 0 lies in to past the horizon."""
        first = self.date_of_day_0.year
        last = (self.date_of_day_0 + dt.timedelta(days=int(np.ceil(self.end)))).year
        days = [(dt.date(year, 1, 1) - self.date_of_day_0).days for year in range(first, last + 2)]
        return np.array(days, dtype=np.float64)

    @cached_property
    def years(self) -> float:
        """Length of the measured period in calendar years: a whole leap year is one year, as is any other."""
        inside = np.diff(np.clip(self.new_years, self.start, self.end))
        return float(np.sum(inside / np.diff(self.new_years)))

    @cached_property
    def month_starts(self) -> Floats:
        """The first day of every month from day 0 to the horizon, run-in included (days since day 0)."""
        origin = np.datetime64(self.date_of_day_0, "D")
        last = origin + np.timedelta64(int(np.floor(self.end)), "D")
        months = np.arange(origin.astype("M8[M]"), last.astype("M8[M]") + np.timedelta64(1, "M"))
        days = (months.astype("M8[D]") - origin).astype(np.float64)
        result: Floats = days[days >= 0]
        return result

    @cached_property
    def _rows_of_kind(self) -> dict[str, Integers]:
        kinds = self.events["kind"]
        order = np.argsort(kinds, kind="stable")
        names = self.events.names("kind")
        bounds = np.searchsorted(kinds[order], np.arange(len(names) + 1))
        return {name: order[bounds[code] : bounds[code + 1]] for code, name in enumerate(names)}

    def kind(self, kind: str) -> Table:
        """Return the events of a kind, over the whole horizon."""
        return self.events.where(self._rows_of_kind.get(kind, np.empty(0, dtype=np.int64)))

    def begun(self, table: Table, column: str) -> Table:
        """Return the rows in which the time in a column falls in the measured period."""
        return table.where((table[column] >= self.start) & (table[column] < self.end))

    def overlap(self, start: Floats, end: Floats) -> Floats:
        """Return how many days of each interval lie in the measured period.

        Args:
            start: Days since day 0; NaN: it never began.
            end: Days since day 0; NaN: not over when the simulation ended.
        """
        until = np.minimum(np.where(np.isnan(end), self.end, end), self.end)
        result: Floats = np.maximum(until - np.maximum(np.where(np.isnan(start), self.end, start), self.start), 0.0)
        return result

    @cached_property
    def _by_case(self) -> tuple[Integers, Integers]:
        order = np.argsort(self.cases["case"], kind="stable")
        return order, self.cases["case"][order]

    def of_case(self, column: str, cases: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return a column of the table of persons for each of some rows' ``case``."""
        order, known = self._by_case
        result: npt.NDArray[Any] = self.cases[column][order[np.searchsorted(known, cases)]]
        return result

    def majority(self, cases: npt.NDArray[Any]) -> Floats:
        """Return the day on which children's law ends for each of some rows' ``case``."""
        order, known = self._by_case
        result: Floats = self._majority[order[np.searchsorted(known, cases)]]
        return result

    @cached_property
    def _majority(self) -> Floats:
        rule = self.scenario.birthday
        return birthdays(self.date_of_day_0, self.cases["born"], AGE_OF_MAJORITY if rule is None else rule.age)


def _in_sorted(values: Integers, known: Integers) -> Mask:
    """Return which of some values are among known ones, which rise and are not empty."""
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    found: Mask = known[place] == values
    return found


def birthdays(start: dt.date, born: Floats, age: float) -> Floats:
    """Return the days since ``start`` on which persons born on some days reach an age (29 February: on the 28th)."""
    origin = np.datetime64(start, "D")
    dates = origin + np.floor(born).astype("m8[D]")
    months = dates.astype("M8[M]")
    into_month = dates - months.astype("M8[D]")
    target = months + np.timedelta64(round(age * 12), "M")
    last = (target + np.timedelta64(1, "M")).astype("M8[D]") - np.timedelta64(1, "D")
    result: Floats = (np.minimum(target.astype("M8[D]") + into_month, last) - origin).astype(np.float64)
    return result


def as_frame(journal: Journal, table: str) -> pd.DataFrame:
    """Return one of the journal's tables, whole, with its names decoded into categoricals (for files and reports)."""
    columns: dict[str, Any] = {}
    for column, values in journal.table(table).items():
        key = names_key(table, column)
        if key is None:
            columns[column] = values
        else:
            names = pd.Index(list(journal.names.get(key, ())), dtype=object)
            columns[column] = pd.Categorical.from_codes(values.astype(np.int64), categories=names)
    return pd.DataFrame(columns)


def _table(journal: Journal, name: str) -> Table:
    columns = journal.table(name)
    keys = {column: names_key(name, column) for column in columns}
    return Table(columns, {column: journal.names.get(key, ()) for column, key in keys.items() if key is not None})
