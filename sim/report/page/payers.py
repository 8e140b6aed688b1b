"""Who pays: one row per scenario, one column per payer, with what only changes hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.report.budget.shifts import Shift, shifts
from sim.report.intervals import Interval
from sim.report.numbers import MILLION
from sim.report.results import Point
from sim.report.workbook.content import Content


@dataclass(frozen=True)
class Cell:
    """What one payer pays more or less, a year."""

    amount: str
    bounds: str
    kind: Literal["more", "less", "unclear", "unknown"]
    """Whether the interval leaves it open which way it goes."""
    sort: str


@dataclass(frozen=True)
class Payers:
    """The whole table."""

    columns: tuple[str, ...]
    levels: tuple[str, ...]
    """What each payer pays in the reference."""
    rows: tuple[tuple[Point, tuple[Cell, ...]], ...]
    unit: str
    years: str


def payers(content: Content) -> Payers | None:
    """Return the table; None if there is nothing to compare."""
    tables = {point: shifts(content.study, point.label) for point in content.compared}
    if not tables:
        return None
    every = [*content.study.administrations, "state", "family"]
    there = [name for name in dict.fromkeys(every) if any(_find(one.payers, name) for one in tables.values())]
    sizes = [abs(one.everybody.baseline.mean) for one in tables.values()]
    small = max(sizes) < MILLION * 10
    factor, digits = (1 / 1000, 0) if small else (1 / MILLION, 1)
    say, numbers, years = content.say, content.results.numbers, content.study.years
    rows = []
    for point, table in tables.items():
        differences = [
            found.difference if (found := _find(table.payers, name)) else Interval(0.0, 0.0, 0.0) for name in there
        ]
        differences += [table.municipality.difference, table.everybody.difference, table.moved]
        rows.append((point, tuple(_cell(content, one, factor, digits) for one in differences)))
    first = next(iter(tables.values()))
    # The reference of every comparison is the same; where replications are missing, the first one's stand for it.
    levels = [found.baseline.mean if (found := _find(first.payers, name)) else 0.0 for name in there]
    levels += [first.municipality.baseline.mean, first.everybody.baseline.mean]
    return Payers(
        (
            *(content.payer(name) for name in there),
            say("payer.municipality"),
            say("payer.everybody"),
            say("book.moved"),
        ),
        (*(numbers.decimal(level * factor, digits) for level in levels), ""),
        tuple(rows),
        say("page.unit.kroner" if small else "page.unit.million_kroner", level=content.level_text),
        f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]),
    )


def _find(found: tuple[Shift, ...], payer: str) -> Shift | None:
    return next((one for one in found if one.payer == payer), None)


def _cell(content: Content, one: Interval, factor: float, digits: int) -> Cell:
    numbers = content.results.numbers
    shown = one.times(factor)
    if not (one.mean or one.low or one.high):
        return Cell("0", "", "unclear", "0")  # Nothing differs in any replication: there is no interval to speak of.
    if abs(shown.mean) < 5 * 10**-digits:
        digits += 1  # Or a small but certain difference would look like none.
    bounds = f"[{numbers.signed(shown.low, digits)}; {numbers.signed(shown.high, digits)}]" if one.known else ""
    kind: Literal["more", "less", "unclear", "unknown"] = "unknown"
    if one.known:
        kind = "more" if one.low > 0 else "less" if one.high < 0 else "unclear"
    return Cell(numbers.signed(shown.mean, digits), bounds, kind, f"{shown.mean:.6g}")
