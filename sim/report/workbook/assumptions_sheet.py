"""Sheet *Forudsætninger*: every figure with its evidence, and who changes it."""

from __future__ import annotations

from sim.report.budget.assumptions import Assumption, Values, assumptions, counts
from sim.report.workbook.content import Content
from sim.report.workbook.looks import GENERAL, PLAIN
from sim.report.workbook.paper import Paper

WIDTHS = (48.0, 14.0, 12.0, 12.0, 18.0, 15.0, 46.0, 8.0, 13.0, 38.0)


def write(content: Content, paper: Paper) -> None:
    """Write the sheet."""
    say, results = content.say, content.results
    overrides = results.manifest.point(results.reference.label).overrides
    found = assumptions(results.configurations, results.reference.label, overrides)
    kinds = counts(found)
    unverified, without = kinds["assumption"], kinds[""]
    paper.title(say("book.assumptions.title", count=len(found), unverified=unverified, without=without))
    paper.paragraph(say("book.assumptions.note", reference=content.reference))
    first = paper.row
    heads = ("path", "value", "low", "high", "value.unit", "kind", "source", "source.year", "unverified", "changed")
    for column, key in enumerate(heads):
        paper.text(column, say(f"book.{key}"), "header" if 0 < column < 4 else "header_left")
    paper.next()
    paper.repeat(first)
    for one in found:
        _row(content, paper, one)
    paper.sheet.autofilter(first, 0, max(paper.row - 1, first), len(heads) - 1)
    paper.sheet.freeze_panes(first + 1, 1)
    paper.finish()


def _row(content: Content, paper: Paper, one: Assumption) -> None:
    say, known = content.say, one.evidence
    style = "unverified" if one.unverified else "verified"
    paper.fill(style)
    changed = _changed(content, one)
    paper.text(0, one.path, style)
    if len(one.value) == 1:
        paper.number(1, one.value[0], f"{style}_number", _form(one.value[0]))
    else:
        paper.text(1, _written(content, one.value), style)
    if one.bounds is not None:
        for column, bound in zip((2, 3), one.bounds, strict=True):
            paper.number(column, bound, f"{style}_number", _form(bound))
    paper.text(5, say(f"kind.{known.kind if known else ''}"), style)
    if known is not None:
        relative = len(one.value) > 1 and known.relative
        bounds = f" (× {known.low:g}–{known.high:g})" if relative else ""
        paper.text(4, known.unit + bounds, style)
        paper.text(6, known.source, style)
        paper.number(7, known.year, f"{style}_number", PLAIN)
    paper.text(8, say("book.yes") if one.unverified else "", style)
    paper.text(9, changed, style)
    source = known.source if known else ""
    paper.wrapped([(0, one.path), (1, _written(content, one.value)), (6, source), (9, changed)])
    paper.next()


def _form(value: float) -> str:
    """Return a number format: whole amounts with separators, years and small numbers without."""
    return "#,##0" if value % 1 == 0 and abs(value) >= 10_000 else GENERAL


def _changed(content: Content, one: Assumption) -> str:
    names = {point.label: point.name for point in content.results.points}
    said = [f"{names[label]}: {_written(content, values)}" for label, values in one.changed.items()]
    return "; ".join([content.say("book.given"), *said] if one.given else said)


def _written(content: Content, values: Values) -> str:
    if not values:
        return content.say("book.absent")
    numbers = content.results.numbers
    return "; ".join(numbers.decimal(value, 0 if value % 1 == 0 else 3) for value in values)
