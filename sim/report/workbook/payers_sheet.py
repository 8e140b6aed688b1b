"""Sheet *Hvem betaler*: what each payer pays, and what only changes hands."""

from __future__ import annotations

from sim.report.budget.shifts import Shift, Shifts, shifts
from sim.report.workbook.content import Content
from sim.report.workbook.paper import Paper, in_thousands, thousands

WIDTHS = (48.0, 15.0, 15.0, 15.0, 13.0, 13.0)
BASELINE, SCENARIO, DIFFERENCE, LOW = 1, 2, 3, 4


def write(content: Content, paper: Paper) -> None:
    """Write the sheet."""
    say = content.say
    paper.title(say("book.payers.title", years=years_text(content.study.years)))
    paper.paragraph(
        f"{say('book.unit', level=content.level_text)}. {say('book.sign', reference=content.reference)} "
        + say("book.moved.note", level=content.confidence)
    )
    for warning in content.warnings:
        paper.paragraph(warning, "warning")
    first = paper.row
    paper.fill("header")
    paper.text(0, say("book.payer"), "header_left")
    paper.text(BASELINE, content.results.reference.name, "header")
    for column, key in ((SCENARIO, "scenario"), (DIFFERENCE, "difference"), (LOW, "low"), (LOW + 1, "high")):
        paper.text(column, say(f"book.{key}"), "header")
    paper.wrapped([(BASELINE, content.results.reference.name)])
    paper.next()
    paper.repeat(first)
    for point in content.compared:
        table = shifts(content.study, point.label)
        paper.together(5 + len(table.payers))
        paper.band(point.name)
        _block(content, paper, table)
        paper.next()
    paper.finish()


def years_text(years: tuple[int, ...]) -> str:
    """Return a stretch of years as people write it."""
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _block(content: Content, paper: Paper, table: Shifts) -> None:
    administrations = [one for one in table.payers if one.payer in content.study.administrations]
    first = paper.row
    for one in administrations:
        _payer(content, paper, one)
    own = (first, paper.row - 1)
    if administrations:
        _total(paper, content.say("payer.municipality"), [own], table.municipality, "subtotal")
    sums = [(paper.row - 1, paper.row - 1)] if administrations else []
    for one in table.payers[len(administrations) :]:
        sums.append((paper.row, paper.row))
        _payer(content, paper, one)
    _total(paper, content.say("payer.everybody"), sums, table.everybody, "total")
    paper.text(0, content.say("book.moved"))
    amount = in_thousands(table.moved)
    paper.number(DIFFERENCE, amount.mean)
    paper.bounds(LOW, amount)
    paper.next()
    paper.text(0, content.say("book.ledger"), "note")
    paper.remember(BASELINE, thousands(table.everybody.baseline.mean))
    paper.remember(SCENARIO, thousands(table.everybody.scenario.mean))
    paper.next()
    paper.text(0, content.say("book.check"), "note")
    for column in (BASELINE, SCENARIO):
        # Rounded to whole kroner: a mean over replications need not be a whole number of øre.
        total, ledger = paper.cell(column, paper.row - 3), paper.cell(column, paper.row - 1)
        paper.formula(column, f"=ROUND({total}-{ledger},3)", 0.0, "bound")
    paper.next()


def _payer(content: Content, paper: Paper, one: Shift) -> None:
    paper.text(0, content.payer(one.payer))
    paper.remember(BASELINE, thousands(one.baseline.mean))
    paper.remember(SCENARIO, thousands(one.scenario.mean))
    paper.difference(DIFFERENCE, SCENARIO, BASELINE)
    paper.bounds(LOW, in_thousands(one.difference))
    paper.next()


def _total(paper: Paper, text: str, rows: list[tuple[int, int]], one: Shift, style: str) -> None:
    paper.fill(f"{style}_text")
    paper.text(0, text, f"{style}_text")
    paper.added(BASELINE, rows, style)
    paper.added(SCENARIO, rows, style)
    paper.difference(DIFFERENCE, SCENARIO, BASELINE, style)
    paper.bounds(LOW, in_thousands(one.difference), f"{style}_bound")
    paper.next()
