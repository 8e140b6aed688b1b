"""Sheet *Overblik*: the main measures of every scenario, and the scenario as an investment."""

from __future__ import annotations

from sim.report.budget.investment import Investment, investment
from sim.report.course import course_text
from sim.report.findings import HEADLINES
from sim.report.workbook.content import Content
from sim.report.workbook.frames_table import write_frames
from sim.report.workbook.looks import DECIMAL, FACTOR, MONEY, PLAIN, SHARE
from sim.report.workbook.paper import THOUSAND, Paper, in_thousands

WIDTHS = (40.0, 12.0, 11.0, 11.0, 12.0, 12.0, 11.0, 11.0, 14.0, 9.0, 9.0)
FORMS = {"days": DECIMAL, "share": SHARE, "money": MONEY}


def write(content: Content, paper: Paper) -> None:
    """Write the sheet."""
    say = content.say
    paper.title(say("book.overview.title"))
    paper.paragraph(say("book.overview.note", level=content.confidence))
    for warning in content.warnings:
        paper.paragraph(warning, "warning")
    _measures(content, paper)
    if content.compared:
        paper.next()
        _investments(content, paper)
    write_frames(content, paper)
    paper.finish()


def _measures(content: Content, paper: Paper) -> None:
    say = content.say
    heads = ("scenario", "mean", "low", "high", "difference", "low", "high", "replications")
    paper.fill("header")
    for column, key in enumerate(heads):
        paper.text(column, say(f"book.{key}"), "header" if column else "header_left")
    paper.next()
    for headline in HEADLINES:
        paper.together(1 + len(content.results.points))
        paper.text(0, say(f"book.kpi.{headline.kpi}"), "group")
        paper.next()
        form = FORMS[headline.kind]
        factor = 1 / THOUSAND if headline.kind == "money" else 1.0
        for point in content.results.points:
            figure = content.results.figure(point, headline.kpi)
            value, difference = figure.value.times(factor), figure.difference.times(factor)
            paper.text(0, point.name, "wrap")
            paper.wrapped([(0, point.name)])
            paper.number(1, value.mean, "number", form)
            paper.bounds(2, value, form=form)
            if point != content.results.reference:
                paper.number(4, difference.mean, "number", form)
                paper.bounds(5, difference, form=form)
            paper.number(7, figure.replications, "number", PLAIN)
            paper.next()


def _investments(content: Content, paper: Paper) -> None:
    say = content.say
    percent = " / ".join(content.results.numbers.decimal(rate, 1) for rate in content.discounts)
    paper.together(8 + len(content.study.all_years))
    paper.heading(say("book.investment.title", reference=content.reference, level=content.level_text))
    discount = say("book.discount", percent=percent) if any(content.discounts) else ""
    paper.paragraph(say("book.investment.note", discount=discount))
    for number, point in enumerate(content.compared):
        table = investment(content.study, point.label, content.discount(point.label))
        if number:
            paper.together(4 + len(table.years))
        paper.band(point.name)
        _investment(content, paper, table)


def _investment(content: Content, paper: Paper, table: Investment) -> None:
    heads = ("year", "net", "low", "high", "factor", "cumulated", "low", "high", "paid_back", "low", "high")
    paper.fill("header")
    for column, key in enumerate(heads):
        paper.text(column, content.say(f"book.{key}"), "header" if column else "header_left")
    paper.next()
    running = 0.0
    for number, year in enumerate(table.years):
        net, cumulated = in_thousands(year.net), in_thousands(year.cumulated)
        running += net.mean * year.factor
        paper.number(0, year.year, "left", PLAIN)
        paper.number(1, net.mean)
        paper.bounds(2, net)
        paper.number(4, year.factor, "number", FACTOR)
        before = f"{paper.cell(5, paper.row - 1)}+" if number else ""
        paper.formula(5, f"={before}{paper.cell(1)}*{paper.cell(4)}", running, "number")
        paper.bounds(6, cumulated)
        chance = year.paid_back
        paper.number(8, chance.share, "number", SHARE)
        paper.number(9, chance.low, "bound", SHARE)
        paper.number(10, chance.high, "bound", SHARE)
        paper.next()
    paper.text(0, course_text(content.results, table), "bold")
    paper.next(2)
