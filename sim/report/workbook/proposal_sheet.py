"""Sheet *Forslag*: one block per scenario, accounts by year, ready to be pasted into a budget proposal."""

from __future__ import annotations

from itertools import groupby

from sim.report.budget.proposal import Proposal, proposal
from sim.report.intervals import Interval
from sim.report.workbook.content import Content
from sim.report.workbook.paper import Paper, in_thousands

FIRST = 2
"""Column of the first year."""


def widths(content: Content) -> list[float]:
    """Return the widths of the columns."""
    return [9.0, 50.0, *([10.5, 9.5, 9.5] * len(content.study.years))]


def write(content: Content, paper: Paper) -> None:
    """Write the sheet."""
    say = content.say
    paper.title(say("book.proposal.title", reference=content.reference))
    paper.paragraph(
        f"{say('book.unit', level=content.level_text)}. {say('book.sign', reference=content.reference)} "
        + say("book.proposal.note", level=content.confidence, n=content.replications)
    )
    for warning in content.warnings:
        paper.paragraph(warning, "warning")
    _header(content, paper)
    for point in content.compared:
        table = proposal(content.study, point.label)
        paper.together(2 + 2 * len(table.subtotals) + len(table.lines))
        paper.band(point.name)
        _block(content, paper, table)
        paper.next()
    paper.finish()


def _header(content: Content, paper: Paper) -> None:
    first, say = paper.row, content.say
    paper.years(content.study.years, FIRST)
    paper.fill("header")
    paper.text(0, say("book.account"), "header_left")
    paper.text(1, say("book.name"), "header_left")
    for number in range(len(content.study.years)):
        for offset, key in enumerate(("book.difference", "book.low", "book.high")):
            paper.text(FIRST + 3 * number + offset, say(key), "header")
    paper.next()
    paper.repeat(first)


def _block(content: Content, paper: Paper, table: Proposal) -> None:
    if not table.lines:
        paper.text(1, content.say("book.no_difference"))
        paper.next()
    subtotals: list[tuple[int, int]] = []
    for administration, lines in groupby(table.lines, key=lambda line: line.administration):
        name = content.results.name(administration)
        paper.text(0, name, "group")
        paper.next()
        first = paper.row
        for line in lines:
            paper.text(0, line.account)
            paper.text(1, content.account(line.account), "wrap")
            paper.wrapped([(1, content.account(line.account))])
            for number, dkk in enumerate(line.years):
                amount = in_thousands(dkk)
                paper.remember(FIRST + 3 * number, amount.mean)
                paper.bounds(FIRST + 3 * number + 1, amount)
            paper.next()
        text = content.say("book.subtotal", name=name)
        _total(paper, text, [(first, paper.row - 1)], table.subtotals[administration], "subtotal")
        subtotals.append((paper.row - 1, paper.row - 1))
    _total(paper, content.say("payer.municipality"), subtotals, table.total, "total")


def _total(paper: Paper, text: str, rows: list[tuple[int, int]], intervals: tuple[Interval, ...], style: str) -> None:
    paper.fill(f"{style}_text")
    paper.text(0, text, f"{style}_text")
    for number, dkk in enumerate(intervals):
        paper.added(FIRST + 3 * number, rows, style)
        paper.bounds(FIRST + 3 * number + 1, in_thousands(dkk), f"{style}_bound")
    paper.next()
