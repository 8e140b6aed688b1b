"""Picture: which deadlines are met, and how often, in each scenario."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.measures.definitions import definition
from sim.report.findings import clear_note, interval_note, sentence
from sim.report.grouped_dots import Groups, draw_groups, name_groups
from sim.report.intervals import Difference, Interval
from sim.report.marks import cast, digits_for, dot_legend, formatter
from sim.report.results import Point, Results
from sim.report.sheet import NothingToShow, Picture, Sheet

NAME = "deadlines"
PREFIX = "deadline."
HEADLINE = "deadline.assessment_4m"
NAME_WIDTH = 2.0


def draw(results: Results) -> Picture:
    """Draw the picture: a group of rows for each deadline.

    Raises:
        NothingToShow: no deadline can be judged.
    """
    say, numbers = results.texts, results.numbers
    every = dict.fromkeys(kpi for _, kpi, group in results.figures if kpi.startswith(PREFIX) and group == "all")
    found = [kpi for kpi in every if definition(kpi).unit == "share"]
    kpis = [kpi for kpi in found if any(np.isfinite(results.figure(p, kpi).value.mean) for p in results.points)]
    if not kpis:
        raise NothingToShow(say("nothing.deadlines"))
    # The sentence takes low figures to be good: it is told the share that is missed.
    missed = {point.label: _turned(results.figure(point, HEADLINE).difference) for point in results.others}
    who = cast(results, missed)
    title = say("title.deadlines")
    notes = [say("note.deadlines")]
    if HEADLINE in kpis and results.others:
        title = sentence(results, "deadline", missed, title)
        notes.append(say("note.deadline_heading", deadline=deadline_name(results, HEADLINE)))
        notes += clear_note(results)
    if results.others:
        notes.append(say("note.row_order"))
    if who.background:
        notes.append(say("note.ticks", count=len(who.background)))
    notes.append(interval_note(results, "note.lines"))
    handles, labels = dot_legend(results, who)

    def value(position: int, point: Point) -> Interval:
        return results.figure(point, kpis[position]).value

    groups = Groups.of([deadline_name(results, kpi) for kpi in kpis], who, NAME_WIDTH, [value])
    sheet = Sheet(title, body_height=groups.height + 0.6, handles=handles, labels=labels, notes=notes)
    axes = sheet.figure.subplots()
    draw_groups(axes, groups, who, value)
    name_groups(axes, groups)
    axes.set_xlabel(say("axis.deadlines"))
    axes.xaxis.set_major_locator(MaxNLocator(5))
    left, right = axes.get_xlim()
    digits = max(0, digits_for(right - left) - 2)
    axes.xaxis.set_major_formatter(formatter(lambda value: numbers.share(value, digits)))
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.deadlines") + ".", *notes)))


def deadline_name(results: Results, kpi: str) -> str:
    """Return what people call a deadline; one of the planner's own by its name in the configuration."""
    known = definition(kpi)
    return str(getattr(known.label, results.language)) if known.id == kpi else results.name(kpi.removeprefix(PREFIX))


def _turned(difference: Difference) -> Difference:
    return Difference(-difference.mean, -difference.high, -difference.low, difference.clear)
