"""Picture: mean wait against total cost, both as differences to the reference.

The differences are shown, not the absolute figures: scenarios differ by a few per cent of a budget, and because both
saw the same random futures, the paired difference is known much better than either figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.report import house_style as house
from sim.report.findings import Verdict, clear_note, interval_note, reference_name, verdict
from sim.report.intervals import Interval
from sim.report.marks import Cast, cast, digits_for, dot, formatter
from sim.report.numbers import MILLION
from sim.report.placing import Box, place
from sim.report.results import Point, Results
from sim.report.sheet import NothingToShow, Picture, Sheet, text_height, text_width, wrapped

NAME = "tradeoff"
WAIT = "wait.total"
COST = "cost.total"
LABEL_WIDTHS = (1.9, 1.6, 1.3)
"""Widths that a label may have, in inches; a narrower one if there is no place for a wider one."""
HEIGHT = 4.6

Places = Mapping[str, tuple[Interval, Interval]]
"""Differences in cost (million DKK a year) and in wait (days) by point label."""


def draw(results: Results) -> Picture:
    """Draw the picture.

    Raises:
        NothingToShow: there are not two scenarios that have both figures.
    """
    say = results.texts
    places = _places(results)
    if len(places) < 2 or results.reference.label not in places:
        raise NothingToShow(say("nothing.tradeoff"))
    who = cast(results, {point.label: results.figure(point, WAIT).difference for point in results.others})
    shown = Cast(
        tuple(point for point in who.highlighted if point.label in places),
        tuple(point for point in who.background if point.label in places),
    )
    # Labels can only be placed when it is known how large the panel has become, and a label that finds no place
    # goes to the legend, which changes the paper: hence trials until every label has its place.
    sheet, homeless = _sheet(results, places, shown, ())
    in_legend = homeless
    while homeless:
        sheet, homeless = _sheet(results, places, shown, in_legend)
        in_legend = [*in_legend, *homeless]
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.tradeoff") + ".", *_notes(results, shown))))


def _places(results: Results) -> Places:
    places: dict[str, tuple[Interval, Interval]] = {}
    for point in results.points:
        cost, wait = results.figure(point, COST), results.figure(point, WAIT)
        if not (np.isfinite(cost.value.mean) and np.isfinite(wait.value.mean)):
            continue
        if point == results.reference:
            places[point.label] = (Interval(0.0, np.nan, np.nan), Interval(0.0, np.nan, np.nan))
        elif np.isfinite(cost.difference.mean) and np.isfinite(wait.difference.mean):
            places[point.label] = (cost.difference.times(1 / MILLION), wait.difference)
    return places


def _notes(results: Results, shown: Cast) -> list[str]:
    say = results.texts
    notes = [say("note.tradeoff"), interval_note(results, "note.crosses"), *clear_note(results)]
    if shown.background:
        notes.append(say("note.grey", count=len(shown.background)))
    return notes


def _title(results: Results, places: Places) -> str:
    say = results.texts
    judged = [
        (point, verdict(results.figure(point, COST).difference), verdict(results.figure(point, WAIT).difference))
        for point in results.others
        if point.label in places
    ]
    known = [one for one in judged if Verdict.UNKNOWN not in one[1:]]
    reference = reference_name(results)
    if not known:
        return say("finding.unsure", noun=say("noun.tradeoff"))
    both = [point for point, cost, wait in known if cost is wait is Verdict.BETTER]
    if len(both) == 1:
        return say("tradeoff.one", name=say("quoted", name=both[0].name), reference=reference)
    if both:
        return say("tradeoff.some", count=len(both), known=len(known), reference=reference)
    if all(cost is wait is Verdict.UNCLEAR for _, cost, wait in known):
        return say("finding.none", count=len(known), reference=reference, noun=say("noun.tradeoff"))
    return say("tradeoff.none", reference=reference)


def _sheet(results: Results, places: Places, shown: Cast, in_legend: Sequence[Point]) -> tuple[Sheet, list[Point]]:
    """Draw everything once; return the sheet and the points whose labels found no place beside them."""
    say, numbers = results.texts, results.numbers
    handles = [
        Line2D([], [], color=point.style.colour, marker=point.style.marker, linestyle="none", markersize=8)
        for point in in_legend
    ]
    sheet = Sheet(
        _title(results, places),
        body_height=HEIGHT,
        handles=handles,
        labels=[point.name for point in in_legend],
        notes=_notes(results, shown),
    )
    axes = sheet.figure.subplots()
    axes.axhline(0, color=house.TEXT_GREY, linewidth=1.0, zorder=1.5)
    axes.axvline(0, color=house.TEXT_GREY, linewidth=1.0, zorder=1.5)
    for point in (*shown.background, *shown.highlighted):
        cost, wait = places[point.label]
        dot(axes, wait.mean, cost, house.BACKGROUND if point in shown.background else point.style, vertical=wait)
    axes.margins(x=0.18, y=0.14)
    reference = results.reference
    base_cost = numbers.millions(results.figure(reference, COST).value.mean)
    base_wait = numbers.decimal(results.figure(reference, WAIT).value.mean)
    axes.set_xlabel(say("axis.tradeoff_cost", reference=base_cost))
    axes.set_ylabel(say("axis.tradeoff_wait", reference=base_wait))
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    across, up = digits_for(right - left), digits_for(top - bottom)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(formatter(lambda value: numbers.signed(value, across)))
    axes.yaxis.set_major_formatter(formatter(lambda value: numbers.signed(value, up)))
    sheet.figure.draw_without_rendering()
    candidates = [point for point in shown.highlighted if point not in in_legend]
    return sheet, _write_labels(axes, places, shown, candidates)


def _write_labels(axes: Axes, places: Places, shown: Cast, candidates: Sequence[Point]) -> list[Point]:
    """Write each label beside its point where it covers nothing; return the points for which there is no place."""
    frame = axes.get_window_extent()
    dots_per_inch = axes.get_figure(root=True).dpi  # type: ignore[union-attr]
    to_paper, to_frame = axes.transData.transform, axes.transAxes.inverted().transform
    obstacles: list[Box] = []
    half = 0.07 * dots_per_inch
    origin_x, origin_y = to_paper((0.0, 0.0))
    obstacles.append(Box(origin_x - 1, frame.y0, origin_x + 1, frame.y1))
    obstacles.append(Box(frame.x0, origin_y - 1, frame.x1, origin_y + 1))
    for point in (*shown.highlighted, *shown.background):
        cost, wait = places[point.label]
        x, y = to_paper((cost.mean, wait.mean))
        obstacles.append(Box(x - half, y - half, x + half, y + half))
        thin = half / 4
        if cost.known:
            low, high = to_paper((cost.low, wait.mean))[0], to_paper((cost.high, wait.mean))[0]
            obstacles.append(Box(low, y - thin, high, y + thin))
        if wait.known:
            low, high = to_paper((cost.mean, wait.low))[1], to_paper((cost.mean, wait.high))[1]
            obstacles.append(Box(x - thin, low, x + thin, high))
    texts = [_shapes(point.name) for point in candidates]
    sizes = [[_size(text, dots_per_inch) for text in shapes] for shapes in texts]
    anchors = [tuple(to_paper((places[point.label][0].mean, places[point.label][1].mean))) for point in candidates]
    room = Box(frame.x0, frame.y0, frame.x1, frame.y1)
    rivals = [
        [spot for label, spots in _spots(places).items() if label != point.label for spot in spots]
        for point in candidates
    ]
    boxes = place(
        [(float(x), float(y)) for x, y in anchors],
        sizes,
        obstacles,
        room,
        0.07 * dots_per_inch,
        [[(float(x), float(y)) for x, y in map(to_paper, spots)] for spots in rivals],
    )
    homeless: list[Point] = []
    for point, shapes, found, (x, _) in zip(candidates, texts, boxes, anchors, strict=True):
        if found is None:
            homeless.append(point)
            continue
        shape, box = found
        left_of = box.right <= x
        across, up = to_frame((box.right if left_of else box.left, (box.bottom + box.top) / 2))
        axes.annotate(
            shapes[shape],
            xy=(places[point.label][0].mean, places[point.label][1].mean),
            xytext=(float(across), float(up)),
            textcoords="axes fraction",
            size=house.SMALL_SIZE,
            ha="right" if left_of else "left",
            va="center",
            multialignment="right" if left_of else "left",
            annotation_clip=False,
            zorder=5,
        ).set_in_layout(False)
    return homeless


def _spots(places: Places) -> dict[str, list[tuple[float, float]]]:
    """Return, by point label, what a reader may take a label to belong to: the dot and the ends of its interval."""
    return {
        label: [(x, wait.mean) for x in (cost.mean, cost.low, cost.high) if np.isfinite(x)]
        for label, (cost, wait) in places.items()
    }


def _shapes(name: str) -> list[str]:
    """Return the ways in which a name may be broken into lines; those that leave something out only if all do."""
    shapes = list(dict.fromkeys(wrapped(name, width, house.SMALL_SIZE, lines=3) for width in LABEL_WIDTHS))
    return [shape for shape in shapes if not shape.endswith("…")] or shapes[:1]


def _size(text: str, dots_per_inch: float) -> tuple[float, float]:
    width = max(text_width(line, house.SMALL_SIZE) for line in text.split("\n"))
    return width * dots_per_inch, text_height(text, house.SMALL_SIZE) * dots_per_inch
