"""Picture: hours of work that wait for a caseworker, over time and per administration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, MultipleLocator

from sim.report import house_style as house
from sim.report.findings import clear_note, interval_note, sentence
from sim.report.intervals import Floats, differences_of
from sim.report.marks import cast, curve_legend, draw_curves, formatter
from sim.report.results import Point, Results
from sim.report.sheet import NothingToShow, Picture, Sheet

NAME = "backlog"
SERIES = "backlog.hours"
DAYS_PER_YEAR = 365.25


def draw(results: Results) -> Picture:
    """Draw the picture, one panel per administration with its own scale.

    Raises:
        NothingToShow: no administration had work waiting.
    """
    say = results.texts
    panels = _administrations(results)
    if not panels:
        raise NothingToShow(say("nothing.backlog"))
    means = {point.label: _measured_means(results, point, panels) for point in results.points}
    paired = {point.label: _paired(means[point.label], means[results.reference.label]) for point in results.others}
    differences = differences_of(paired, results.confidence)
    mean = float(np.mean(list(means[results.reference.label].values()) or [np.nan]))
    overall = say("overall.backlog", name=results.reference.name, value=results.numbers.decimal(mean, 0))
    title = sentence(results, "backlog", differences, overall)
    who = cast(results, differences)
    handles, labels = curve_legend(results, who)
    notes = [say("note.backlog"), interval_note(results, "note.bands"), *clear_note(results)]
    if results.run_in > 0:
        notes.insert(1, say("note.run_in"))
    height = 1.75 * len(panels) + 0.4
    sheet = Sheet(title, body_height=height, handles=handles, labels=labels, notes=notes)
    grid = sheet.figure.subplots(len(panels), 1, sharex=True, squeeze=False)
    for axes, administration in zip(grid.flat, panels, strict=True):
        bands = {point.label: results.band(point, SERIES, administration) for point in results.points}
        draw_curves(axes, who, bands)
        axes.margins(x=0)
        axes.set_ylim(
            0,
            _top(
                axes,
                [
                    float(np.nanmax(band.high))
                    for band in bands.values()
                    if band is not None and np.isfinite(band.high).any()
                ],
            ),
        )
        axes.set_title(results.name(administration) if administration != "all" else say("side.all"))
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.yaxis.set_major_formatter(formatter(lambda value: results.numbers.decimal(value, 0)))
        axes.set_ylabel(say("axis.hours"))
        _mark_run_in(axes, results)
    _time_axis(grid[-1, 0], results)
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.backlog") + ".", *notes)))


def _top(axes: Axes, highest: list[float]) -> float:
    _, top = axes.get_ylim()
    return max([top, 1.0, *(1.05 * value for value in highest)])


def _administrations(results: Results) -> tuple[str, ...]:
    found = [
        group
        for group in results.groups(SERIES)
        if any(results.band(point, SERIES, group) is not None for point in results.points)
    ]
    order = {name: position for position, name in enumerate(results.administrations)}
    parts = [group for group in found if group in order] or [group for group in found if group != "all"] or found
    return tuple(sorted(parts, key=lambda name: order.get(name, len(order))))


def _measured_means(results: Results, point: Point, panels: tuple[str, ...]) -> dict[float, float]:
    """Return, by replication, the time-average of the backlog of all administrations after the run-in, in hours."""
    totals: dict[float, float] = {}
    for administration in panels:
        grid, replications, values = results.curves(point, SERIES, administration)
        if not values.size:
            continue
        measured = values[:, grid >= results.run_in]
        for replication, row in zip(replications, measured, strict=True):
            finite: Floats = row[np.isfinite(row)]
            if finite.size:
                totals[replication] = totals.get(replication, 0.0) + float(finite.mean())
    return totals


def _paired(here: Mapping[float, float], reference: Mapping[float, float]) -> Floats:
    """Return the differences replication by replication."""
    return np.array([here[replication] - reference[replication] for replication in here if replication in reference])


def _mark_run_in(axes: Axes, results: Results) -> None:
    if results.run_in <= 0:
        return
    axes.axvspan(0, results.run_in, facecolor=house.SHADE, edgecolor=house.GREY, hatch="///", linewidth=0, zorder=0.5)
    axes.axvline(results.run_in, color=house.TEXT_GREY, linewidth=1.0, zorder=0.6)


def _time_axis(axes: Axes, results: Results) -> None:
    """Write calendar years below the days if the start is known, otherwise years since the start."""
    first, last = axes.get_xlim()
    if results.start is None:
        axes.xaxis.set_major_locator(MultipleLocator(DAYS_PER_YEAR))
        axes.xaxis.set_major_formatter(formatter(lambda day: results.numbers.decimal(day / DAYS_PER_YEAR, 0)))
        axes.set_xlabel(results.texts("axis.years_since_start"))
        return
    start = results.start
    years = range(start.year, start.year + int(last / DAYS_PER_YEAR) + 2)
    new_years = [((dt.date(year, 1, 1) - start).days, year) for year in years]
    shown = [(day, year) for day, year in new_years if first <= day <= last]
    every = -(-len(shown) // 8)
    axes.set_xticks([day for day, _ in shown[::every]], [str(year) for _, year in shown[::every]])
    axes.set_xlabel(results.texts("axis.new_year"))
