"""Picture: every scenario's paired differences to the reference in the headline figures, as a forest plot.

A forest plot (Lewis and Clarke 2001, BMJ 322:1479) shows many differences with their intervals beside each other, on
both sides of the line of no difference. Here there is a column for each headline, with its own scale, and every column
is turned so that better is to the left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report import house_style as house
from sim.report.findings import HEADLINES, Headline, Verdict, interval_note, reference_name, verdict
from sim.report.intervals import Difference
from sim.report.marks import arms, name_rows, rows_for
from sim.report.numbers import MILLION
from sim.report.results import Point, Results
from sim.report.sheet import NothingToShow, Picture, Sheet, text_height

NAME = "forest"
NAME_WIDTH = 1.7
FACTORS: Mapping[str, float] = {"days": 1.0, "share": 100.0, "money": 1 / MILLION}
"""From the unit of a measure to that of its column."""


def draw(results: Results) -> Picture:
    """Draw the picture: a row for each scenario but the reference, a column for each headline that has figures.

    Raises:
        NothingToShow: there are no two scenarios with figures.
    """
    say = results.texts
    columns = [one for one in HEADLINES if any(np.isfinite(_difference(results, p, one).mean) for p in results.others)]
    if not columns:
        raise NothingToShow(say("nothing.forest"))
    points = results.others
    notes = [say("note.forest", reference=reference_name(results))]
    if results.has_intervals:
        level = results.numbers.share(results.confidence)
        notes.append(interval_note(results, "note.crosses"))
        key = "note.forest_clear" if len(points) > 1 else "note.forest_clear_one"
        notes.append(say(key, level=level, count=len(points)))
    else:
        notes.append(interval_note(results, "note.crosses"))
    rows = rows_for(points, NAME_WIDTH)
    handles, labels = _legend(results)
    heads = [say(f"forest.{one.kpi}") for one in columns]
    height = rows.height + max(text_height(head, house.SMALL_SIZE) for head in heads) + 0.5
    sheet = Sheet(_title(results, columns), body_height=height, handles=handles, labels=labels, notes=notes)
    grid = sheet.figure.subplots(1, len(columns), sharey=True, squeeze=False)[0]
    for axes, headline, head in zip(grid, columns, heads, strict=True):
        _column(axes, results, headline, points)
        axes.set_title(head, size=house.SMALL_SIZE, weight="normal", loc="center")
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")
    name_rows(grid[0], rows, points)
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.forest") + ".", *notes)))


def _difference(results: Results, point: Point, headline: Headline) -> Difference:
    return results.figure(point, headline.kpi).difference


def _title(results: Results, columns: Sequence[Headline]) -> str:
    """Count the scenarios that are clearly better somewhere and clearly worse nowhere."""
    say = results.texts
    if not results.has_intervals:
        return say("forest.unsure")
    verdicts = {
        point: [verdict(_difference(results, point, one), one.good) for one in columns] for point in results.others
    }
    reference = reference_name(results)
    if len(verdicts) == 1:
        ((point, found),) = verdicts.items()
        better, worse = found.count(Verdict.BETTER), found.count(Verdict.WORSE)
        name = say("quoted", name=point.name)
        return say("forest.one", name=name, reference=reference, better=better, worse=worse, known=len(columns))
    good = [point for point, found in verdicts.items() if Verdict.BETTER in found and Verdict.WORSE not in found]
    if not good:
        return say("forest.none", reference=reference)
    return say("forest.some", count=len(good), known=len(verdicts), reference=reference)


def _legend(results: Results) -> tuple[list[Artist], list[str]]:
    say = results.texts
    line: dict[str, Any] = {"color": "black", "markersize": 7}
    handles: list[Artist] = [Patch(facecolor=house.SHADE, edgecolor=house.GREY, linewidth=0.6)]
    labels = [say("legend.better_side")]
    if results.has_intervals:
        handles += [
            Line2D([], [], marker="s", linewidth=2.2, **line),
            Line2D([], [], marker="s", linewidth=0.9, markerfacecolor="white", **line),
        ]
        labels += [say("legend.clear"), say("legend.unclear")]
    return handles, labels


def _column(axes: Axes, results: Results, headline: Headline, points: Sequence[Point]) -> None:
    factor = FACTORS[headline.kind]
    widest = 0.0
    for row, point in enumerate(points):
        raw = _difference(results, point, headline)
        if not np.isfinite(raw.mean):
            continue
        shown = replace(raw, mean=raw.mean * factor, low=raw.low * factor, high=raw.high * factor)
        _mark(axes, row, shown, point.style)
        ends = (shown.mean, shown.low, shown.high)
        widest = max([widest, *(abs(end) for end in ends if np.isfinite(end))])
    half = 1.12 * widest or 1.0
    better, worse = (-half, half) if headline.good == "low" else (half, -half)
    axes.axvspan(min(0.0, better), max(0.0, better), facecolor=house.SHADE, linewidth=0, zorder=0.4)
    axes.axvline(0, color="black", linewidth=1.0, zorder=1.5)
    axes.set_xlim(better, worse)
    end = _tick(half)
    axes.set_xticks(
        [-end, 0.0, end], [results.numbers.signed(-end, _digits(end)), "", results.numbers.signed(end, _digits(end))]
    )


def _tick(half: float) -> float:
    """Return a round number just inside the end of an axis: a narrow column has room for two labels."""
    power = 10.0 ** np.floor(np.log10(half))
    return float(power * max(step for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8) if step * power <= half * 1.0001))


def _digits(value: float) -> int:
    """Return how many decimals a tick needs."""
    return next((digits for digits in range(4) if abs(round(value, digits) - value) < 1e-9 * abs(value)), 4)


def _mark(axes: Axes, row: float, value: Difference, style: house.Style) -> None:
    """Draw one difference: filled and thick if it is clear, hollow and thin if it may be due to chance."""
    thick = 2.2 if value.clear else 0.9
    if value.known:
        axes.errorbar(
            value.mean, row, xerr=arms(value), color=style.colour, elinewidth=thick, capsize=2.5, capthick=thick,
            zorder=2.5,
        )  # fmt: skip
    axes.plot(
        [value.mean],
        [row],
        linestyle="none",
        marker=style.marker,
        markersize=6.5,
        color=style.colour,
        markerfacecolor=style.colour if value.clear or not value.known else "white",
        markeredgewidth=1.1,
        zorder=3,
    )
