"""Picture: support around the 18th birthday, when the law moves a young person to another administration."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, MultipleLocator

from sim.report.findings import clear_note, interval_note, sentence
from sim.report.house_style import BACKGROUND
from sim.report.marks import cast, day_ticks, digits_for, dot, draw_curves, formatter, name_rows, rows_for
from sim.report.results import Results
from sim.report.sheet import NothingToShow, Picture, Sheet

NAME = "gap_at_18"
SERIES = "transition.gap.curve"
KPI = "transition.gap_days"
NAME_WIDTH = 1.9


def draw(results: Results) -> Picture:
    """Draw the picture: the curves above, the mean gaps below; the names beside the dots are the legend of both.

    Raises:
        NothingToShow: nobody with a need turned 18.
    """
    say, numbers = results.texts, results.numbers
    means = {point.label: results.figure(point, KPI).value for point in results.points}
    if not any(np.isfinite(interval.mean) for interval in means.values()):
        raise NothingToShow(say("nothing.gap"))
    differences = {point.label: results.figure(point, KPI).difference for point in results.others}
    mean = means[results.reference.label].mean
    overall = say("overall.gap", name=results.reference.name, value=numbers.decimal(mean))
    title = sentence(results, "gap", differences, overall)
    who = cast(results, differences)
    rows = rows_for(results.points, NAME_WIDTH)
    group = next(iter(sorted(results.groups(SERIES), key=lambda name: name != "all")), "all")
    bands = {point.label: results.band(point, SERIES, group) for point in results.points}
    with_curves = any(band is not None for band in bands.values())
    dots_height = rows.height + 0.75
    curves_height = 2.9 if with_curves else 0.0
    notes = [say("note.gap"), interval_note(results, "note.bands_and_lines"), *clear_note(results)]
    if who.background:
        notes.append(say("note.grey", count=len(who.background)))
    sheet = Sheet(title, body_height=curves_height + dots_height, notes=notes)
    if with_curves:
        above, below = sheet.figure.subplots(2, 1, height_ratios=[curves_height, dots_height])
        draw_curves(above, who, bands)
        _curve_axes(above, results)
    else:
        below = sheet.figure.subplots()
    highlighted = {point.label for point in who.highlighted}
    for row, point in enumerate(results.points):
        if np.isfinite(means[point.label].mean):
            dot(below, row, means[point.label], point.style if point.label in highlighted else BACKGROUND)
    name_rows(below, rows, results.points)
    below.set_xlabel(say("axis.gap_days"))
    left, right = below.get_xlim()
    below.set_xlim(min(0.0, left), right)
    below.xaxis.set_major_locator(MaxNLocator(6))
    below.xaxis.set_major_formatter(formatter(lambda value: numbers.decimal(value, digits_for(right))))
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.gap") + ".", *notes)))


def _curve_axes(axes: Axes, results: Results) -> None:
    axes.set_xlabel(results.texts("axis.days_since_18"))
    axes.set_ylabel(results.texts("axis.share_supported"))
    axes.margins(x=0.01)
    low, top = axes.get_ylim()
    # Most have support on the day: from 0 on, the curves would lie on top of each other.
    bottom = 0.25 * max(0, math.floor(low / 0.25))
    axes.set_ylim(bottom, max(1.02, top))
    axes.yaxis.set_major_locator(MultipleLocator(0.25 if bottom < 0.5 else 0.05))
    axes.yaxis.set_major_formatter(formatter(results.numbers.share))
    day_ticks(axes, 7, lambda value: results.numbers.decimal(value, 0))
