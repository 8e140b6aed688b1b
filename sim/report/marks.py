"""The marks that several pictures share: curves with their legend, dots with intervals, rows of scenarios."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MultipleLocator

from sim.report import house_style as house
from sim.report.intervals import Band, Difference, Interval
from sim.report.results import Point, Results
from sim.report.sheet import text_height, wrapped

MOST_CURVES = 7
"""More curves than this in one panel cannot be told apart: the rest stay grey."""
MANY_ROWS = 12
"""More rows than this only fit a page if the names are short."""


@dataclass(frozen=True)
class Cast:
    """Which scenarios a picture of curves tells apart, and which stay in the background."""

    highlighted: tuple[Point, ...]
    background: tuple[Point, ...]


def cast(results: Results, differences: Mapping[str, Difference]) -> Cast:
    """Choose what to highlight: everything if it fits, else the reference and those that differ most from it.

    Args:
        results: the sweep.
        differences: paired difference to the reference by point label.
    """
    if len(results.points) <= MOST_CURVES:
        return Cast(results.points, ())

    def prominence(point: Point) -> tuple[bool, float]:
        difference = differences.get(point.label)
        if difference is None or not np.isfinite(difference.mean):
            return (False, 0.0)
        return (difference.clear, abs(difference.mean))

    ranked = sorted(results.others, key=prominence, reverse=True)
    chosen = {point.label for point in ranked[: MOST_CURVES - 1]} | {results.reference.label}
    return Cast(
        tuple(point for point in results.points if point.label in chosen),
        tuple(point for point in results.points if point.label not in chosen),
    )


def curve_legend(results: Results, who: Cast) -> tuple[list[Line2D], list[str]]:
    """Return the legend of a picture of curves: handles and texts."""
    handles = [_line(point.style) for point in who.highlighted]
    labels = [point.name for point in who.highlighted]
    if who.background:
        handles.append(Line2D([], [], color=house.GREY, linewidth=1.2))
        labels.append(results.texts("legend.others", count=len(who.background)))
    return handles, labels


def _line(style: house.Style) -> Line2D:
    return Line2D(
        [], [], color=style.colour, linestyle=style.dashes, linewidth=style.width, marker=style.marker, markersize=6
    )


def draw_curves(axes: Axes, who: Cast, bands: Mapping[str, Band | None], *, markers: int = 6) -> None:
    """Draw the curves of one panel, each with its band; the background first.

    Args:
        axes: the panel.
        who: what is highlighted.
        bands: curve by point label; None if the point has none.
        markers: markers per curve, shifted from scenario to scenario so that they do not hide each other.
    """
    for point in who.background:
        band = bands.get(point.label)
        if band is not None:
            axes.plot(band.x, band.mean, color=house.GREY, linewidth=house.BACKGROUND.width, alpha=0.6, zorder=1.5)
    shown = [point for point in who.highlighted if bands.get(point.label) is not None]
    for position, point in enumerate(reversed(shown)):
        band = bands[point.label]
        assert band is not None
        if np.isfinite(band.low).any():
            axes.fill_between(
                band.x,
                band.low,
                band.high,
                color=point.style.colour,
                alpha=0.16,
                linewidth=0,
                zorder=2 + position / 100,
            )
        step = 1.0 / markers
        axes.plot(
            band.x,
            band.mean,
            color=point.style.colour,
            linestyle=point.style.dashes,
            linewidth=point.style.width,
            marker=point.style.marker,
            markersize=5,
            markeredgecolor="white",
            markeredgewidth=0.5,
            markevery=(step * (0.15 + 0.8 * position / max(1, len(shown))), step),
            zorder=3 + position / 100,
        )


@dataclass(frozen=True)
class Rows:
    """One row per scenario, with its name to the left: the frame of dot plots and bars."""

    labels: tuple[str, ...]
    height: float
    """Height that the rows need, in inches, without axis labels."""


def rows_for(points: Sequence[Point], name_width: float) -> Rows:
    """Lay out one row per scenario; with many scenarios each name has only one line if that tells them apart."""
    for lines in (3,) if len(points) <= MANY_ROWS else (1, 2, 3):
        labels = tuple(wrapped(point.name, name_width, house.SMALL_SIZE, lines=lines) for point in points)
        if len(set(labels)) == len(points):
            break
    tallest = max(text_height(label, house.SMALL_SIZE) for label in labels)
    return Rows(labels, len(points) * max(0.29, tallest + 0.09))


def name_rows(axes: Axes, rows: Rows, points: Sequence[Point]) -> None:
    """Write the scenarios' names beside their rows, the first on top and the reference in bold."""
    axes.set_yticks(range(len(points)), rows.labels)
    axes.set_ylim(len(points) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def dot_legend(results: Results, who: Cast) -> tuple[list[Line2D], list[str]]:
    """Return the legend of a picture of dots: the highlighted scenarios' markers."""
    handles = [
        Line2D([], [], color=point.style.colour, linestyle="none", marker=point.style.marker, markersize=7)
        for point in who.highlighted
    ]
    return handles, [point.name for point in who.highlighted]


def dot(axes: Axes, row: float, interval: Interval, style: house.Style, *, vertical: Interval | None = None) -> None:
    """Draw a dot with its interval; ``row`` is the place on the other axis.

    Args:
        axes: the panel.
        row: place on the vertical axis.
        interval: what is shown along the horizontal axis.
        style: the scenario's style.
        vertical: interval along the vertical axis, if there is one too.
    """
    whiskers: dict[str, Any] = {"color": style.colour, "elinewidth": 1.6, "capsize": 3, "capthick": 1.6, "zorder": 2.5}
    if interval.known:
        axes.errorbar(interval.mean, row, xerr=arms(interval), **whiskers)
    if vertical is not None and vertical.known:
        axes.errorbar(interval.mean, row, yerr=arms(vertical), **whiskers)
    axes.plot(
        [interval.mean],
        [row],
        linestyle="none",
        marker=style.marker,
        markersize=7,
        color=style.colour,
        markeredgecolor="white",
        markeredgewidth=0.5,
        zorder=3,
    )


def arms(interval: Interval) -> list[list[float]]:
    """Return the lengths of the two arms of an interval, as Matplotlib takes them."""
    return [[interval.mean - interval.low], [interval.high - interval.mean]]


def day_ticks(axes: Axes, most: int, text: Callable[[float], str]) -> None:
    """Put the ticks of a horizontal axis in days where people expect them: at whole weeks, months, quarters, years."""
    left, right = axes.get_xlim()
    step = next((step for step in (1, 7, 14, 30, 60, 90, 180, 365) if (right - left) / step <= most), 730)
    axes.xaxis.set_major_locator(MultipleLocator(step))
    axes.xaxis.set_major_formatter(formatter(text))


def formatter(text: Callable[[float], str]) -> FuncFormatter:
    """Return a tick formatter from a function that writes a number."""
    return FuncFormatter(lambda value, _position: text(value))


def digits_for(span: float) -> int:
    """Return how many decimals ticks need so that neighbouring ones differ, for an axis that spans so much."""
    if not np.isfinite(span) or span <= 0:
        return 1
    return int(np.clip(np.ceil(-np.log10(span / 4)), 0, 3))
