"""What the terminal shows after a sweep: one row per scenario with the five headline figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.findings import HEADLINES, Headline, Verdict, reference_name, replications_text, verdict
from sim.report.intervals import Interval
from sim.report.numbers import MILLION, MISSING, Language
from sim.report.reliability import reliability
from sim.report.results import Point, Results, read_results

WORKBOOK = "budget.xlsx"
TO_OPEN = {"summary.page": "report.html", "summary.budget": WORKBOOK}
"""What people open next: to read, and to paste into a budget proposal."""
WIDEST = 100
"""Characters across that the table never exceeds."""
_NAME_NEEDS = 14
"""With less room than this for the names the table becomes a list."""
_NAME_WIDEST = 26
_FIGURE_NEEDS = 11
_BETWEEN = 3
"""Characters between two columns."""

_COLOURS = {Verdict.BETTER: "green", Verdict.WORSE: "red"}


def print_summary(folder: Path, console: Console, language: Language) -> None:
    """Print the summary of a sweep.

    Args:
        folder: what ``sagsflow sweep`` wrote.
        console: where to; colours only appear if it is a terminal.
        language: ``da`` or ``en``.

    Raises:
        PlannerError: it is not a folder of results, or not one of its scenarios has any yet.
    """
    results = read_results(folder, language)
    columns = [_Column.of(results, headline) for headline in HEADLINES]
    plain = console.options.ascii_only
    table = _table(results, columns, console.width, plain=plain)
    if table is not None:
        console.print(table)
        console.print()
    else:
        _print_list(results, columns, console, plain=plain)
    for line in _explanation(results):
        console.print(Text(typed(line, plain=plain)), width=min(console.width, WIDEST), soft_wrap=False)
    files = results.texts("summary.files", folder=results.folder)
    console.print(Text(typed(files, plain=plain)), soft_wrap=True)
    for text, name in TO_OPEN.items():
        if (results.folder / name).is_file():
            line = results.texts(text, file=results.folder / name)
            console.print(Text(typed(line, plain=plain)), soft_wrap=True)


@dataclass(frozen=True)
class _Column:
    """One headline figure: in what unit it is shown."""

    headline: Headline
    heading: str
    unit: str
    factor: float
    digits: int

    @classmethod
    def of(cls, results: Results, headline: Headline) -> _Column:
        say = results.texts
        unit, factor, digits = f"summary.unit.{headline.kind}", 1.0, 1
        if headline.kind == "share":
            factor, digits = 100.0, 0
        elif headline.kind == "money":
            means = [abs(results.figure(point, headline.kpi).value.mean) for point in results.points]
            largest = max((mean for mean in means if np.isfinite(mean)), default=MILLION)
            factor = 1 / MILLION
            if largest < MILLION:
                unit, factor, digits = "summary.unit.small_money", 1 / 1000, 0
        return cls(headline, say(f"summary.{headline.kpi}"), say(unit), factor, digits)

    def value(self, results: Results, interval: Interval) -> str:
        """Return mean ± half-width, or mean [low; high] if the interval is not symmetric."""
        numbers = results.numbers
        mean = numbers.decimal(interval.mean * self.factor, self.digits)
        if mean == MISSING or not interval.known:
            return mean
        below, above = interval.mean - interval.low, interval.high - interval.mean
        if abs(below - above) <= 0.05 * max(below, above):
            return f"{mean} ± {numbers.decimal((below + above) / 2 * self.factor, self.digits)}"
        low, high = (numbers.decimal(bound * self.factor, self.digits) for bound in (interval.low, interval.high))
        if low == high and above + below > 0:  # A share near 0 or 1 is not known as exactly as it would look.
            low, high = (
                numbers.decimal(bound * self.factor, self.digits + 1) for bound in (interval.low, interval.high)
            )
        return f"{mean} [{low}; {high}]"

    def remark(self, results: Results, point: Point, *, plain: bool) -> tuple[str, Verdict]:
        """Return the verdict in words, empty unless the difference is clear."""
        difference = results.figure(point, self.headline.kpi).difference
        what = verdict(difference, self.headline.good) if point != results.reference else Verdict.UNKNOWN
        if what not in _COLOURS:
            return "", what
        arrow = "" if plain else ("↑ " if difference.mean > 0 else "↓ ")
        return f"{arrow}{results.texts(f'summary.{what.value}')}", what


def _table(results: Results, columns: list[_Column], width: int, *, plain: bool) -> Table | None:
    """Return the table, or None if it does not fit the width."""
    rows = [[_cell(results, point, column, plain=plain) for column in columns] for point in results.points]
    widths = [
        max(
            _FIGURE_NEEDS,
            *(len(word) for word in column.heading.split()),
            len(column.unit) + 2,
            *(len(line) for row in rows for line in row[number].plain.split("\n")),
        )
        for number, column in enumerate(columns)
    ]
    name_width = min(width, WIDEST) - sum(widths) - _BETWEEN * len(columns)
    if name_width < min(_NAME_NEEDS, max(len(point.name) for point in results.points)):
        return None
    table = Table(box=box.ASCII if plain else box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(results.texts("summary.scenario"), max_width=min(name_width, _NAME_WIDEST))
    for column, column_width in zip(columns, widths, strict=True):
        heading = Text(column.heading + "\n", justify="right")
        heading.append(f"({column.unit})", style="not bold dim")
        table.add_column(heading, justify="right", width=column_width)
    for point, cells in zip(results.points, rows, strict=True):
        name = Text(point.name)
        if point == results.reference:
            name.stylize("bold")
            name.append(f"\n{results.texts('summary.reference')}", style="not bold")
        table.add_row(name, *cells)
    return table


def _cell(results: Results, point: Point, column: _Column, *, plain: bool) -> Text:
    if results.figure(point, column.headline.kpi).growing is not None:
        return Text(results.texts("summary.growing"), style="bold red")
    interval = results.figure(point, column.headline.kpi).value
    cell = Text(typed(column.value(results, interval), plain=plain))
    remark, what = column.remark(results, point, plain=plain)
    if remark:
        cell.append(f"\n{remark}", style=f"bold {_COLOURS[what]}")
    return cell


def _print_list(results: Results, columns: list[_Column], console: Console, *, plain: bool) -> None:
    """Print one block per scenario, for terminals that are too narrow for the table."""
    for point in results.points:
        name = Text(point.name, style="bold")
        if point == results.reference:
            name.append(f" {results.texts('summary.reference')}", style="not bold")
        console.print(name)
        for column in columns:
            interval = results.figure(point, column.headline.kpi).value
            line = Text(f"  {column.heading}: ")
            if results.figure(point, column.headline.kpi).growing is not None:
                console.print(line.append(results.texts("summary.growing"), style="bold red"))
                continue
            line.append(typed(f"{column.value(results, interval)} {column.unit}", plain=plain))
            remark, what = column.remark(results, point, plain=plain)
            if remark:
                line.append(f"  {remark}", style=f"bold {_COLOURS[what]}")
            console.print(line)
    console.print()


def _explanation(results: Results) -> list[str]:
    say = results.texts
    lines: list[str] = []
    level = results.numbers.share(results.confidence)
    if not results.has_intervals:
        lines.append(say("note.one_replication"))
    else:
        lines.append(say("summary.interval", level=level, n=replications_text(results)))
        if results.others:
            key = "summary.verdict" if len(results.others) == 1 else "summary.verdict_many"
            lines.append(say(key, level=level, reference=reference_name(results), count=len(results.others)))
    shown = [results.figure(point, headline.kpi) for point in results.points for headline in HEADLINES]
    if not all(np.isfinite(figure.value.mean) or figure.growing is not None for figure in shown):
        lines.append(say("summary.missing"))
    if results.without_results:
        lines.append(say("summary.without", names=", ".join(results.without_results)))
    if results.failed_replications:
        lines.append(say("summary.failed", count=results.failed_replications))
    return [*lines, *reliability(results)]


def typed(text: str, *, plain: bool) -> str:
    """Return the text in characters that an old terminal has too."""
    return text.replace("−", "-").replace("–", "-").replace("“", '"').replace("”", '"') if plain else text
