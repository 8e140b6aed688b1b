"""Sheet *Pr. forvaltning*: administration by part and year, the reference beside the scenario."""

from __future__ import annotations

from itertools import groupby

from sim.report.budget.parts import parts
from sim.report.texts import TABLE
from sim.report.workbook.content import Content
from sim.report.workbook.paper import Paper, thousands

FIRST = 1


def widths(content: Content) -> list[float]:
    """Return the widths of the columns."""
    return [38.0, *([12.5, 12.5, 11.0] * max(3, len(content.study.years)))]


def write(content: Content, paper: Paper) -> None:
    """Write the sheet."""
    say = content.say
    paper.title(say("book.administrations.title"))
    paper.paragraph(
        f"{say('book.unit', level=content.level_text)}. "
        + say("book.administrations.note", proposal=say("book.proposal"))
    )
    for warning in content.warnings:
        paper.paragraph(warning, "warning")
    _header(content, paper)
    for point in content.compared:
        lines = parts(content.study, point.label)
        count = len({line.administration for line in lines})
        paper.together(2 + 2 * count + len(lines))
        paper.band(point.name)
        totals: list[int] = []
        for administration, own in groupby(lines, key=lambda line: line.administration):
            name = content.results.name(administration)
            paper.text(0, name, "group")
            paper.next()
            first = paper.row
            for line in own:
                _line(content, paper, line.part, line.baseline, line.scenario)
            _total(paper, say("book.subtotal", name=name), [(first, paper.row - 1)], content, "subtotal")
            totals.append(paper.row - 1)
        _total(paper, say("payer.municipality"), [(row, row) for row in totals], content, "total")
        paper.next()
    paper.finish()


def _header(content: Content, paper: Paper) -> None:
    first, say = paper.row, content.say
    paper.years(content.study.years, FIRST)
    paper.fill("header")
    paper.text(0, say("book.part"), "header_left")
    for number in range(len(content.study.years)):
        column = FIRST + 3 * number
        paper.text(column, content.results.reference.name, "header")
        paper.text(column + 1, say("book.scenario"), "header")
        paper.text(column + 2, say("book.difference"), "header")
    paper.wrapped([(1, content.results.reference.name)])
    paper.next()
    paper.repeat(first)


def _line(content: Content, paper: Paper, part: str, baseline: tuple[float, ...], scenario: tuple[float, ...]) -> None:
    paper.text(0, content.say(f"part.{part}") if f"part.{part}" in TABLE else part)
    for number, (before, now) in enumerate(zip(baseline, scenario, strict=True)):
        column = FIRST + 3 * number
        paper.remember(column, thousands(before))
        paper.remember(column + 1, thousands(now))
        paper.difference(column + 2, column + 1, column)
    paper.next()


def _total(paper: Paper, text: str, rows: list[tuple[int, int]], content: Content, style: str) -> None:
    paper.fill(f"{style}_text")
    paper.text(0, text, f"{style}_text")
    for number in range(len(content.study.years)):
        column = FIRST + 3 * number
        paper.added(column, rows, style)
        paper.added(column + 1, rows, style)
        paper.difference(column + 2, column + 1, column, style)
    paper.next()
