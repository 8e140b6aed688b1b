"""Picture: what it costs a year, by administration and payer, and by how much each scenario differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.report import house_style as house
from sim.report.findings import clear_note, interval_note, reference_name, sentence
from sim.report.intervals import Difference, Interval
from sim.report.marks import arms, digits_for, dot, formatter, name_rows, rows_for
from sim.report.numbers import MILLION, Numbers
from sim.report.results import Point, Results
from sim.report.sheet import NothingToShow, Picture, Sheet

NAME = "costs"
KPI = "cost.total"
FAMILY_KPI = "cost.family"
FAMILY = "family"
NAME_WIDTH = 1.55
SMALL = 0.005
"""A part of the bar that is smaller than this share of it in every scenario cannot be seen: it joins its payer's."""


@dataclass(frozen=True)
class Segment:
    """A part of the bar: what one payer pays for what one administration is responsible for."""

    administration: str
    payer: str


Parts = Mapping[Segment, float]
"""DKK a year by segment, mean over replications."""


def draw(results: Results) -> Picture:
    """Draw the picture: stacked bars, and beside them the difference in the total, which the bars are too big to show.

    The bars add up to the KPI ``cost.total``, which families' own payments are no part of.

    Raises:
        NothingToShow: the configuration has no price list, or nothing was paid.
    """
    say, numbers = results.texts, results.numbers
    totals = {point.label: results.figure(point, KPI).value for point in results.points}
    points = [point for point in results.points if totals[point.label].mean > 0]
    if not points:
        raise NothingToShow(say("nothing.costs"))
    bars_of = _merged({point.label: _parts(results, point, totals[point.label].mean) for point in points})
    differences = {point.label: results.figure(point, KPI).difference for point in results.others}
    overall = say(
        "overall.cost", name=results.reference.name, value=numbers.money(totals[results.reference.label].mean)
    )
    title = sentence(results, "cost", differences, overall)
    rows = rows_for(points, NAME_WIDTH)
    explained = points[0]
    handles, labels = _legend(results, bars_of[explained.label])
    in_brackets = reference_name(results) if explained == results.reference else say("quoted", name=explained.name)
    notes = [say("note.costs", reference=in_brackets), *_families_note(results), interval_note(results, "note.lines")]
    if results.others:
        notes.append(say("note.cost_difference", reference=reference_name(results)))
        notes.extend(clear_note(results))
    sheet = Sheet(title, body_height=rows.height + 0.95, handles=handles, labels=labels, notes=notes)
    if results.others:
        bars, beside = sheet.figure.subplots(1, 2, sharey=True, width_ratios=[1.75, 1])
        _difference_panel(beside, results, points, differences)
    else:
        bars = sheet.figure.subplots()
    _bars(bars, points, bars_of, totals, numbers)
    name_rows(bars, rows, points)
    bars.set_xlabel(say("axis.millions_a_year"))
    bars.xaxis.set_major_locator(MaxNLocator(3))
    spread = bars.get_xlim()[1] / MILLION
    bars.xaxis.set_major_formatter(formatter(lambda value: numbers.millions(value, digits_for(spread))))
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.costs") + ".", *notes)))


def _families_note(results: Results) -> tuple[str, ...]:
    paid = {point.label: results.figure(point, FAMILY_KPI).value.mean for point in results.points}
    known = [amount for amount in paid.values() if np.isfinite(amount)]
    if not known or max(known) <= 0:
        return ()
    if max(known) == min(known):
        return (results.texts("note.family", own=results.numbers.money(known[0])),)
    own, most = results.numbers.money(paid[results.reference.label]), results.numbers.money(max(known))
    return (results.texts("note.families", own=own, most=most, reference=reference_name(results)),)


def _parts(results: Results, point: Point, total: float) -> Parts:
    """Return what each segment costs a year, in DKK, so that they add up to the total a year."""
    ledger = results.costs(point)
    public = ledger[ledger["payer"] != FAMILY]
    sums = public.groupby(["administration", "payer"], observed=True)["amount_dkk"].sum().reset_index()
    amounts = {
        Segment(str(row["administration"]), str(row["payer"])): float(row["amount_dkk"])
        for row in sums.to_dict("records")
    }
    whole = sum(amounts.values())
    return {segment: amount * total / whole for segment, amount in amounts.items()} if whole else {}


def _merged(parts: Mapping[str, Parts]) -> dict[str, Parts]:
    """Return the same segments for every point, in one order: the smallest merged, the largest first."""
    own = {segment.administration for one in parts.values() for segment in one}
    every = dict.fromkeys(segment for one in parts.values() for segment in one)

    def target(segment: Segment) -> Segment:
        largest = max(abs(one.get(segment, 0.0)) / (sum(map(abs, one.values())) or 1.0) for one in parts.values())
        return segment if segment.payer in own and largest >= SMALL else Segment(segment.payer, segment.payer)

    merged: dict[str, dict[Segment, float]] = {}
    targets = {segment: target(segment) for segment in every}
    for label, one in parts.items():
        merged[label] = dict.fromkeys(targets.values(), 0.0)
        for segment, amount in one.items():
            merged[label][targets[segment]] += amount
    largest = {
        segment: max(abs(one[segment]) for one in merged.values()) for segment in dict.fromkeys(targets.values())
    }
    order = sorted(largest, key=lambda segment: (segment.payer not in own, -largest[segment]))
    return {label: {segment: one[segment] for segment in order} for label, one in merged.items()}


def _legend(results: Results, parts: Parts) -> tuple[list[Artist], list[str]]:
    """Return handles and texts; the texts give the amounts of one point, because some parts are too small to see."""
    looks = [_look(position) for position in range(len(parts))]
    handles: list[Artist] = [
        Patch(facecolor=fill, edgecolor="black", hatch=hatch, linewidth=0.6) for fill, hatch in looks
    ]
    texts = [
        f"{_segment_name(results, segment)} ({results.numbers.millions(amount)})" for segment, amount in parts.items()
    ]
    return handles, texts


def _segment_name(results: Results, segment: Segment) -> str:
    say = results.texts
    payer = say("payer.state") if segment.payer == "state" else results.name(segment.payer)
    if segment.administration == segment.payer:
        return payer
    return say("payer.for_another", payer=payer, other=results.name(segment.administration))


def _look(position: int) -> tuple[str, str]:
    return house.FILLS[position % len(house.FILLS)], house.HATCHES[position % len(house.HATCHES)]


def _bars(
    axes: Axes,
    points: Sequence[Point],
    bars: Mapping[str, Parts],
    totals: Mapping[str, Interval],
    numbers: Numbers,
) -> None:
    for row, point in enumerate(points):
        upwards = downwards = 0.0
        for position, amount in enumerate(bars[point.label].values()):
            left = upwards if amount >= 0 else downwards
            fill, hatch = _look(position)
            axes.barh(
                row - 0.06,
                amount,
                left=left,
                height=0.54,
                color=fill,
                hatch=hatch,
                edgecolor="black",
                linewidth=0.6,
                zorder=2,
            )
            upwards, downwards = (upwards + amount, downwards) if amount >= 0 else (upwards, downwards + amount)
        total = totals[point.label]
        if total.known:
            # Below the bar, or it would hide the smallest parts at the end of it.
            axes.errorbar(
                total.mean,
                row + 0.3,
                xerr=arms(total),
                color="black",
                capsize=3,
                elinewidth=1.4,
                capthick=1.4,
                zorder=4,
            )
        end = max(total.mean, upwards)
        axes.annotate(
            numbers.millions(total.mean),
            (end, row - 0.06),
            xytext=(4, 0),
            textcoords="offset points",
            size=house.SMALL_SIZE,
            va="center",
        ).set_in_layout(False)
    left, right = axes.get_xlim()
    right = max(total.mean for total in totals.values()) * 1.36
    lowest = min((amount for one in bars.values() for amount in one.values()), default=0.0)
    axes.set_xlim(left if lowest < 0 else 0.0, right)


def _difference_panel(
    axes: Axes, results: Results, points: Sequence[Point], differences: Mapping[str, Difference]
) -> None:
    say, numbers = results.texts, results.numbers
    axes.axvline(0, color="black", linewidth=1.0, zorder=1.5)
    for row, point in enumerate(points):
        if point.label in differences:
            dot(axes, row, differences[point.label], point.style)
        elif point == results.reference:
            dot(axes, row, Interval(0.0, np.nan, np.nan), point.style)
    axes.margins(x=0.1)
    axes.set_xlabel(say("axis.difference_millions"))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    left, right = axes.get_xlim()
    digits = digits_for((right - left) / MILLION)
    axes.xaxis.set_major_formatter(formatter(lambda value: numbers.signed(value / MILLION, digits)))
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
