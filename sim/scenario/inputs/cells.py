"""Spreadsheets as rows of cells: CSV as Danish and English programs write it, and Excel's .xlsx.

A Danish Excel calls CSV what is parted by semicolons and written in the encoding of Windows, English ones part by
commas, exports of Statistics Denmark begin with a byte order mark: all of them are read. Numbers stay as they are
written until it is known what they are to mean.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from sim.scenario.errors import PlannerError

if TYPE_CHECKING:
    from openpyxl import Workbook

Cell = str | int | float | dt.datetime | dt.date | None
"""What stands in a cell; text without blanks around it, None for nothing."""

ENDINGS = (".csv", ".txt", ".xlsx", ".xlsm")


@dataclass(frozen=True)
class Line:
    """A row that is not empty."""

    number: int
    """As the spreadsheet counts, from 1."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """All rows of a file that are not empty."""

    path: Path
    lines: tuple[Line, ...]
    delimiter: str = ""
    """What parts the columns of a CSV file."""


def read_sheet(path: Path) -> Sheet:
    """Read a file: the whole of a CSV file, or the first sheet of a workbook.

    Raises:
        PlannerError: It cannot be read, or is of another kind.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        old = "; save it as .xlsx in Excel" if ending == ".xls" else ""
        raise PlannerError(f"{path}: spreadsheets are read from files ending in {', '.join(ENDINGS)}{old}")
    try:
        if ending in (".xlsx", ".xlsm"):
            return Sheet(path, tuple(_worksheet(path)))
        delimiter, lines = csv_lines(csv_text(path))
    except OSError as error:
        raise PlannerError(f"{path} cannot be read: {error.strerror or error}") from None
    return Sheet(path, tuple(lines), delimiter)


def csv_text(path: Path) -> str:
    """Return the text of a CSV file, whichever of the usual encodings it is in.

    Raises:
        OSError: The file cannot be read.
    """
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # What a Danish Excel calls CSV.


def csv_lines(text: str) -> tuple[str, list[Line]]:
    """Return what parts the columns, and the rows that are not empty.

    A first line ``sep=;``, as Excel writes and understands it, says what parts the columns; without it, it is what
    comes most often in the first lines.
    """
    first = text.splitlines()[0].strip('"') if text.strip() else ""
    skipped = 0
    if first.lower().startswith("sep=") and len(first) == 5:
        delimiter, text, skipped = first[4], text.partition("\n")[2], 1
    else:
        beginning = "\n".join(text.splitlines()[:5])
        delimiter = max(";\t,", key=beginning.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return delimiter, _filled(rows, skipped + 1)


def _worksheet(path: Path) -> list[Line]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book: Workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        raise PlannerError(
            f"{path} is not a workbook that can be read (is it protected by a password, or another kind of file?)"
        ) from None
    try:
        sheet = book.worksheets[0]
        return _filled(sheet.iter_rows(values_only=True), 1)
    finally:
        book.close()


def _filled(rows: Iterable[Sequence[object]], first: int) -> list[Line]:
    lines = []
    for number, row in enumerate(rows, start=first):
        cells = tuple(_bare(cell) for cell in row)
        if any(cell is not None for cell in cells):
            lines.append(Line(number, cells))
    return lines


def _bare(cell: object) -> Cell:
    if cell is None or isinstance(cell, int | float | dt.datetime | dt.date):
        return cell
    return str(cell).replace("\xa0", " ").strip() or None


def shown(cell: Cell) -> str:
    """Return a cell as a planner sees it."""
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d-%m-%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def letter_of(column: int) -> str:
    """Return what Excel calls a column, counted from 0."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def headings(line: Line) -> Sequence[str]:
    """Return the headings of a first row, without those that are missing at its end."""
    texts = [shown(cell) for cell in line.cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts
