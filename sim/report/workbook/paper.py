"""One sheet of the workbook: rows are written from top to bottom, and it prints on A4 landscape.

Text always goes in as text: what a planner wrote into the configuration never becomes a formula. Every formula carries
the value that it has, for viewers that do not calculate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sim.report.intervals import Interval
from sim.report.numbers import MISSING
from sim.report.workbook.looks import MONEY, Looks

THOUSAND = 1000.0
LONGEST = 32_000
"""Characters that a cell can hold, with some to spare."""
ROW_POINTS = 15.0
PAGE_POINTS = (770.0, 455.0)
"""Width and height of A4 landscape within the margins, less header and footer."""
CHARACTER_POINTS = 5.4


class Paper:
    """A sheet with its next free row."""

    def __init__(self, sheet: Worksheet, looks: Looks, widths: Sequence[float], footer: str, head: str) -> None:
        """Lay out a sheet.

        Args:
            sheet: An empty worksheet.
            looks: The formats.
            widths: Width of each column, in characters.
            footer: Page number, in Excel's codes.
            head: What stands at the head of every printed page.
        """
        self.sheet, self.looks, self.widths = sheet, looks, tuple(widths)
        self.row = 0
        self._heights: dict[int, float] = {}
        self._values: dict[tuple[int, int], float] = {}
        self._breaks: list[int] = []
        self._page_began = 0
        self._repeated = 0.0
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L&9{head.replace('&', '&&')}&R&9&A")
        sheet.set_footer(f"&R&9{footer}")
        sheet.hide_gridlines(2)

    @property
    def last_column(self) -> int:
        """Index of the last column."""
        return len(self.widths) - 1

    def text(self, column: int, text: str, style: str = "text") -> None:
        """Write a text into the current row."""
        self.sheet.write_string(self.row, column, text[:LONGEST], self.looks(style))

    def number(self, column: int, value: float, style: str = "number", form: str = MONEY) -> None:
        """Write a number into the current row; a dash if there is none."""
        if math.isfinite(value):
            self.sheet.write_number(self.row, column, value, self.looks(style, form))
        else:
            self.sheet.write_string(self.row, column, MISSING, self.looks(style))

    def remember(self, column: int, value: float) -> None:
        """Write a number that formulas will refer to."""
        self._values[(self.row, column)] = value
        self.number(column, value)

    def difference(self, column: int, one: int, other: int, style: str = "number") -> None:
        """Write a formula: one cell of the current row less another."""
        value = self._values[(self.row, one)] - self._values[(self.row, other)]
        self.formula(column, f"={self.cell(one)}-{self.cell(other)}", value, style)

    def added(self, column: int, rows: Sequence[tuple[int, int]], style: str) -> None:
        """Write a formula: the sum of stretches of rows (first and last) of a column."""
        value = sum(self._values[(row, column)] for first, last in rows for row in range(first, last + 1))
        terms = [
            self.cell(column, first)
            if first == last and len(rows) > 1
            else f"SUM({self.cell(column, first)}:{self.cell(column, last)})"
            for first, last in rows
        ]
        self._values[(self.row, column)] = value
        self.formula(column, f"={'+'.join(terms) or '0'}", value, style)

    def formula(self, column: int, formula: str, value: float, style: str, form: str = MONEY) -> None:
        """Write a formula into the current row, with the value that it has."""
        self.sheet.write_formula(self.row, column, formula, self.looks(style, form), value)

    def fill(self, style: str, first: int = 0) -> None:
        """Give the cells of the current row a look, where nothing is written."""
        for column in range(first, len(self.widths)):
            self.sheet.write_blank(self.row, column, None, self.looks(style))

    def bounds(self, column: int, interval: Interval, style: str = "bound", form: str = MONEY) -> None:
        """Write the two ends of an interval into the current row."""
        self.number(column, interval.low, style, form)
        self.number(column + 1, interval.high, style, form)

    def cell(self, column: int, row: int | None = None) -> str:
        """Return the name of a cell, of the current row if no other is given."""
        return str(xl_rowcol_to_cell(self.row if row is None else row, column))

    def next(self, rows: int = 1) -> None:
        """Go down."""
        self.row += rows

    def title(self, text: str) -> None:
        """Write the heading of the sheet."""
        self.text(0, text, "title")
        self._height(20.0)
        self.next()

    def heading(self, text: str) -> None:
        """Write the heading of a part of the sheet."""
        self.text(0, text, "heading")
        self._height(18.0)
        self.next()

    def paragraph(self, text: str, style: str = "note") -> None:
        """Write a text over the whole width, as high as it needs."""
        self.sheet.merge_range(self.row, 0, self.row, self.last_column, "", self.looks(style))
        self.text(0, text, style)
        room = sum(self.widths) * 1.05
        lines = sum(max(1, math.ceil(len(part) / room)) for part in text.split("\n"))
        self._height(13.0 * lines + 2)
        self.next()

    def wrapped(self, texts: Sequence[tuple[int, str]]) -> None:
        """Make the current row as high as the tallest of some texts in their columns needs."""
        lines = max((math.ceil(len(text) / self.widths[column]) for column, text in texts), default=1)
        if lines > 1:
            self._height(13.5 * lines)

    def band(self, text: str) -> None:
        """Write the name of a scenario across the sheet."""
        self.fill("band")
        self.text(0, text, "band")
        self._height(17.0)
        self.next()

    def years(self, years: Sequence[int], first: int) -> None:
        """Write the years as heads, each over three columns, from a column on."""
        self.fill("header_left")
        for number, year in enumerate(years):
            column = first + 3 * number
            self.sheet.merge_range(self.row, column, self.row, column + 2, "", self.looks("header_mid"))
            self.text(column, str(year), "header_mid")
        self.next()

    def repeat(self, first: int) -> None:
        """Make the rows from ``first`` to the one above the current stay in sight, and stand on every page."""
        self.sheet.repeat_rows(first, self.row - 1)
        self.sheet.freeze_panes(self.row, 0)
        self._repeated = self._points(first, self.row)

    def together(self, rows: int) -> None:
        """Begin a new page before a block that would not fit the rest of the current one.

        Args:
            rows: How many rows the block will have.
        """
        room = PAGE_POINTS[1] / self._scale()
        used = self._points(self._page_began, self.row) + (self._repeated if self._page_began else 0.0)
        if used + rows * ROW_POINTS > room and (self._page_began or used > 0.35 * room):
            self._breaks.append(self.row)
            self._page_began = self.row

    def finish(self) -> None:
        """Say what is printed."""
        self.sheet.set_h_pagebreaks(self._breaks)
        self.sheet.print_area(0, 0, max(self.row - 1, 0), self.last_column)

    def _height(self, points: float) -> None:
        self.sheet.set_row(self.row, points)
        self._heights[self.row] = points

    def _points(self, first: int, end: int) -> float:
        return sum(self._heights.get(row, ROW_POINTS) for row in range(first, end))

    def _scale(self) -> float:
        return min(1.0, PAGE_POINTS[0] / (sum(self.widths) * CHARACTER_POINTS))


def thousands(dkk: float) -> float:
    """Return DKK in 1.000 kr., exact to the øre."""
    return round(dkk / THOUSAND, 5) + 0.0


def in_thousands(interval: Interval) -> Interval:
    """Return an interval of DKK in 1.000 kr."""
    return Interval(*(thousands(value) for value in (interval.mean, interval.low, interval.high)))
