"""Picture: how many of those who were granted a service have it after so many days.

The curves come from Kaplan-Meier estimates, so people who were still waiting when the simulation ended count too.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from sim.report.findings import clear_note, interval_note, sentence
from sim.report.intervals import Band
from sim.report.marks import Cast, cast, curve_legend, day_ticks, draw_curves, formatter
from sim.report.results import Results
from sim.report.sheet import NothingToShow, Picture, Sheet

NAME = "waiting_curves"
SERIES = "wait.total.curve"
KPI = "wait.total"
SIDES = ("child", "adult")
MOST_PANELS = 4


def draw(results: Results) -> Picture:
    """Draw the picture.

    Raises:
        NothingToShow: nobody was granted anything.
    """
    say, numbers = results.texts, results.numbers
    sides = _sides(results)
    if not sides:
        raise NothingToShow(say("nothing.waiting"))
    differences = {point.label: results.figure(point, KPI).difference for point in results.others}
    mean = results.figure(results.reference, KPI).value.mean
    overall = say("overall.wait", name=results.reference.name, value=numbers.decimal(mean))
    title = sentence(results, "wait", differences, overall if np.isfinite(mean) else say("title.wait"))
    who = cast(results, differences)
    handles, labels = curve_legend(results, who)
    columns = min(2, len(sides))
    rows = -(-len(sides) // columns)
    notes = (say("note.waiting"), interval_note(results, "note.bands"), *clear_note(results))
    sheet = Sheet(title, body_height=3.0 * rows, handles=handles, labels=labels, notes=notes)
    grid = sheet.figure.subplots(rows, columns, sharey=True, squeeze=False)
    for position, axes in enumerate(grid.flat):
        if position >= len(sides):
            axes.set_visible(False)
            continue
        bands = {point.label: results.band(point, SERIES, sides[position]) for point in results.points}
        _panel(axes, results, who, bands)
        if sides != ("all",):
            axes.set_title(_side_name(results, sides[position]))
        axes.set_xlabel(say("axis.days_since_request"))
        if position % columns == 0:
            axes.set_ylabel(say("axis.share_with_service"))
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.wait") + ".", *notes)))


def _panel(axes: Axes, results: Results, who: Cast, bands: dict[str, Band | None]) -> None:
    draw_curves(axes, who, bands)
    last = _last_day_of_interest([band for band in bands.values() if band is not None])
    axes.set_xlim(0, last)
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_locator(MultipleLocator(0.25))
    axes.yaxis.set_major_formatter(formatter(results.numbers.share))
    day_ticks(axes, 5, lambda value: results.numbers.decimal(value, 0))


def _last_day_of_interest(bands: list[Band]) -> float:
    """Return the day after which hardly anything happens any more in any of the curves."""
    last = 1.0
    for band in bands:
        top = float(np.nanmax(band.mean))
        reached = band.x[np.nan_to_num(band.mean, nan=-1.0) >= top - 0.02]
        last = max(last, float(reached[0]) if reached.size else float(band.x[-1]))
    return last * 1.05


def _sides(results: Results) -> tuple[str, ...]:
    found = [
        group
        for group in results.groups(SERIES)
        if any(results.band(point, SERIES, group) is not None for point in results.points)
    ]
    sides = [side for side in SIDES if side in found] or [group for group in found if group != "all"]
    return tuple(sides[:MOST_PANELS]) or tuple(found[:1])


def _side_name(results: Results, side: str) -> str:
    return results.texts(f"side.{side}") if side in SIDES else results.name(side)
