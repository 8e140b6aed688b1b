"""Part of the sheet *Overblik*: budget frames against the forecast."""

from __future__ import annotations

from sim.report.budget.frames import FrameForecast, frame_forecasts
from sim.report.workbook.content import Content
from sim.report.workbook.looks import PLAIN, SHARE
from sim.report.workbook.paper import Paper, in_thousands, thousands

HEADS = ("year", "frame", "forecast", "low", "high", "overspend", "low", "high", "overspent", "low", "high")


def write_frames(content: Content, paper: Paper) -> None:
    """Write a table of frames per scenario; nothing at all if no frame is configured."""
    found = {
        label: frame_forecasts(content.study, label, content.results.configurations[label], content.levels(label))
        for label in content.study.ledgers
        if content.study.all_years and content.costs(label).get("frames")
    }
    first = True
    for point in content.results.points:
        forecasts = found.get(point.label)
        if not forecasts:
            continue
        paper.together(4 + sum(1 + len(one.years) for one in forecasts))
        if first:
            paper.heading(content.say("book.frames.title", level=content.level_text))
            first = False
        paper.band(point.name)
        paper.fill("header")
        for column, key in enumerate(HEADS):
            paper.text(column, content.say(f"book.{key}"), "header" if column else "header_left")
        paper.next()
        for one in forecasts:
            _frame(content, paper, one)
        paper.next()


def _frame(content: Content, paper: Paper, one: FrameForecast) -> None:
    paper.text(0, " + ".join(content.results.name(name) for name in one.members), "group")
    paper.next()
    for year in one.years:
        forecast = in_thousands(year.forecast)
        paper.number(0, year.year, "left", PLAIN)
        paper.remember(1, thousands(year.amount))
        paper.remember(2, forecast.mean)
        paper.bounds(3, forecast)
        paper.difference(5, 2, 1)
        paper.bounds(6, in_thousands(year.overspend))
        paper.number(8, year.overspent.share, "number", SHARE)
        paper.number(9, year.overspent.low, "bound", SHARE)
        paper.number(10, year.overspent.high, "bound", SHARE)
        paper.next()
