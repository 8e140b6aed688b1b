"""A filled-in file, held against the columns it should have: rows as mappings, and everything that is wrong at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sim.scenario.errors import PlannerError, Problem, did_you_mean, listed
from sim.scenario.inputs.cells import Cell, Line, Sheet, headings, letter_of, read_sheet
from sim.scenario.inputs.columns import Column
from sim.scenario.inputs.cpr import is_cpr_heading, looks_like_cpr
from sim.scenario.inputs.values import Wrong
from sim.scenario.layers import short

T = TypeVar("T")
REFUSED = (
    "looks like a personal identification number (CPR number); such numbers are never needed here. Delete it from the "
    "file (the value is not repeated here)"
)


@dataclass(frozen=True)
class Row:
    """One row, with the cells that hold something."""

    place: str
    """The file and the row, for messages."""
    cells: Mapping[str, Cell]
    """By the column's key."""
    headings: Mapping[str, str]
    """What each column is called in the file."""
    problems: list[Problem] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)
    """Columns of which something has been said already."""

    def has(self, key: str) -> bool:
        """Return whether there is something in a cell, right or wrong."""
        return key in self.cells or key in self.wrong

    def read(self, key: str, reader: Callable[[Cell], T]) -> T | None:
        """Return what a cell means; None if it is empty, or wrong (which is noted)."""
        if key not in self.cells:
            return None
        try:
            return reader(self.cells[key])
        except Wrong as wrong:
            self.complain(key, str(wrong))
            return None

    def complain(self, key: str, message: str) -> None:
        """Note that a cell is wrong, or missing."""
        self.wrong.add(key)
        self.problems.append(Problem(f"{self.place}, column '{self.headings.get(key, key)}'", message))


def rows_of(path: Path, columns: Sequence[Column]) -> list[Row]:
    """Read a file, and hold its headings and every cell against what must not be there.

    Raises:
        PlannerError: It cannot be read, or its headings are not those that it should have, or something in it looks
            like a personal identification number; all of that is listed.
    """
    if looks_like_cpr(path.stem):
        raise PlannerError(f"the name of a file in {short(path.parent)} {REFUSED.replace('from the file ', '')}")
    sheet = read_sheet(path)
    if not sheet.lines:
        raise PlannerError(f"{short(path)} is empty: the first row must hold the headings")
    given = headings(sheet.lines[0])
    safe = ["" if looks_like_cpr(heading) else heading for heading in given]
    refused = [_refused(sheet, line, safe) for line in sheet.lines]
    problems = [problem for found in refused for problem in found.values()]
    if not refused[0]:
        problems += _headings(sheet, given, columns)
    if refused[0] or len(problems) > sum(map(len, refused)):
        raise PlannerError(f"{short(path)} cannot be used{_count(problems)}:", problems)
    keys = [_key(heading, columns) for heading in given]
    names = {key: heading for key, heading in zip(keys, given, strict=True) if key is not None}
    rows = []
    for line, found in zip(sheet.lines[1:], refused[1:], strict=True):
        place = f"{path.name}, row {line.number}"
        cells = {
            key: cell
            for number, (key, cell) in enumerate(zip(keys, line.cells, strict=False))
            if key is not None and cell is not None and number not in found
        }
        row = Row(
            place, cells, names, list(found.values()), {keys[number] or "" for number in found if number < len(keys)}
        )
        if any(
            cell is not None and number not in found for number, cell in enumerate(line.cells) if number >= len(keys)
        ):
            row.problems.append(Problem(place, f"has more cells than there are headings ({len(keys)})"))
        rows.append(row)
    return rows


def refuse(path: Path, rows: Sequence[Row]) -> None:
    """Say everything that was found wrong in the rows, if anything was.

    Raises:
        PlannerError: Something was.
    """
    problems = [problem for row in rows for problem in row.problems]
    if problems:
        raise PlannerError(f"{short(path)} cannot be used{_count(problems)}:", problems)


def _count(problems: Sequence[Problem]) -> str:
    return f" ({len(problems)} problems)" if len(problems) > 1 else ""


def _refused(sheet: Sheet, line: Line, safe: Sequence[str]) -> dict[int, Problem]:
    """Return the problems of a row's cells that look like personal identification numbers, by their position."""
    found = {}
    for number, cell in enumerate(line.cells):
        if looks_like_cpr(cell):
            heading = safe[number] if number < len(safe) and line is not sheet.lines[0] else ""
            column = f"column '{heading}'" if heading else f"column {letter_of(number)}"
            found[number] = Problem(f"{sheet.path.name}, row {line.number}, {column}", REFUSED)
    return found


def _headings(sheet: Sheet, given: Sequence[str], columns: Sequence[Column]) -> Iterator[Problem]:
    keys = [_key(heading, columns) for heading in given]
    known = [column.da for column in columns]
    place = f"{sheet.path.name}, row {sheet.lines[0].number}"
    for number, (heading, key) in enumerate(zip(given, keys, strict=True)):
        column = f"{place}, column {letter_of(number)}"
        if is_cpr_heading(heading):
            yield Problem(column, f"'{heading}': personal identification numbers are refused; delete the column")
        elif not heading:
            yield Problem(column, "has no heading")
        elif key is None:
            near = did_you_mean(heading, [name for column_ in columns for name in column_.names])
            yield Problem(
                column,
                f"'{heading}' is not a column that is used{near}; delete it, or call it one of: {listed(known)}. "
                "Names and numbers of persons or cases must not be in the file",
            )
    for key, count in Counter(key for key in keys if key is not None).items():
        if count > 1:
            yield Problem(place, f"{count} columns mean '{key}': keep one of them")
    for wanted in columns:
        if wanted.required and wanted.key not in keys:
            yield Problem(place, f"the column '{wanted.da}' (or '{wanted.en}') is missing: {wanted.explained_en}")


def _key(heading: str, columns: Sequence[Column]) -> str | None:
    plain = _plain(heading)
    return next((column.key for column in columns if plain in map(_plain, column.names)), None)


def _plain(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
