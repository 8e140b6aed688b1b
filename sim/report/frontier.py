"""Picture: what it costs to keep each limit, by all candidates of a search and those that no other one beats.

What is minimised is shown as a difference to today: all candidates saw the same futures, and the paired difference is
known much better than either figure. A limit is about a figure itself, so that is shown as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.experiment.search.record import SearchRecord, Tried
from sim.experiment.search.tables import frontier
from sim.report import house_style as house
from sim.report.intervals import Interval
from sim.report.marks import arms, digits_for, formatter
from sim.report.numbers import Language
from sim.report.plots import write_pictures
from sim.report.search_words import Words
from sim.report.sheet import NothingToShow, Picture, Sheet, wrapped

NAME = "frontier"
PANEL_HEIGHT = 2.9
LABEL_WIDTH = 2.4
"""Width of the text beside a panel, in inches."""

_log = logging.getLogger(__name__)
_TODAY: dict[str, Any] = {"marker": "o", "color": house.REFERENCE_COLOUR, "markersize": 9}
_BEST: dict[str, Any] = {"marker": "*", "color": house.COLOURS[1], "markersize": 15}
_FRONT: dict[str, Any] = {"marker": "s", "color": house.COLOURS[0], "markersize": 6}
_OTHER: dict[str, Any] = {"marker": ".", "color": house.GREY, "markersize": 8}


def render_frontier(folder: Path, record: SearchRecord, language: Language, formats: Sequence[str]) -> list[Path]:
    """Draw the picture into ``plots/`` and return the files; nothing to show is logged with the reason."""
    try:
        return write_pictures(folder, [lambda: draw(record, language)], formats)
    except NothingToShow as reason:
        _log.warning("%s: %s", NAME, reason)
        return []


def draw(record: SearchRecord, language: Language) -> Picture:
    """Draw the picture.

    Raises:
        NothingToShow: No candidate has all figures.
    """
    words = Words(record, language)
    whole = [one for one in record.tried if not one.evaluation.hopeless and np.isfinite(one.evaluation.aim.mean)]
    if not whole or record.today is None:
        raise NothingToShow(words.say("nothing"))
    notes = _notes(words, len(record.tried) - len(whole))
    handles, labels = _legend(words)
    limits = record.question.limits
    sheet = Sheet(
        words.headline(), body_height=PANEL_HEIGHT * len(limits) + 0.4, handles=handles, labels=labels, notes=notes
    )
    panels = sheet.figure.subplots(len(limits), 1, sharex=True, squeeze=False)[:, 0]
    for position, axes in enumerate(panels):
        _panel(axes, words, position, whole)
    aim = words.aim
    left, right = axes.get_xlim()
    across = digits_for(right - left)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(formatter(lambda value: words.numbers.signed(value, across)))
    axes.set_xlabel(words.say("axis.aim", name=aim.name, unit=aim.unit))
    return Picture(NAME, sheet.figure, sheet.title, " ".join((words.say("title.frontier") + ".", *notes)))


def _panel(axes: Axes, words: Words, position: int, whole: Sequence[Tried]) -> None:
    record = words.record
    limit = record.question.limits[position]
    quantity = words.quantity(limit.kpi, limit.group)
    best = record.best
    front = [one for _, one in frontier(record, position)]
    places = {one.label: _place(words, one, position, quantity.factor) for one in whole}
    axes.axhline(limit.bound * quantity.factor, color=house.COLOURS[1], linestyle=house.DASHES[1], zorder=1.6)
    axes.axvline(0, color=house.TEXT_GREY, linewidth=1.0, zorder=1.5)
    for one in whole:
        if one not in front:
            _mark(axes, places[one.label], _OTHER, filled=one.evaluation.feasible, intervals=False)
    for one in front:
        if one.label in places:
            _mark(axes, places[one.label], _FRONT, filled=one.evaluation.feasible, intervals=True)
    assert record.today is not None
    _mark(axes, _place(words, record.today, position, quantity.factor), _TODAY, filled=True, intervals=True)
    if best is not None and best.label in places:
        _mark(axes, places[best.label], _BEST, filled=best.evaluation.feasible, intervals=True)
    axes.margins(x=0.08, y=0.12)
    name = wrapped(quantity.name, LABEL_WIDTH, house.TEXT_SIZE)
    axes.set_ylabel(words.say("axis.kpi", name=name, unit=quantity.unit))
    bottom, top = axes.get_ylim()
    up = digits_for(top - bottom)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(formatter(lambda value: words.numbers.decimal(value, up)))


def _place(words: Words, tried: Tried, position: int, factor: float) -> tuple[Interval, Interval]:
    difference, figure = tried.evaluation.difference, tried.evaluation.limits[position].figure
    return (
        Interval(difference.mean, difference.low, difference.high).times(words.aim.factor),
        Interval(figure.mean, figure.low, figure.high).times(factor),
    )


def _mark(axes: Axes, place: tuple[Interval, Interval], look: dict[str, Any], *, filled: bool, intervals: bool) -> None:
    across, up = place
    whiskers: dict[str, Any] = {"color": look["color"], "elinewidth": 1.1, "capsize": 2, "zorder": 2.2}
    if intervals and across.known:
        axes.errorbar(across.mean, up.mean, xerr=arms(across), **whiskers)
    if intervals and up.known:
        axes.errorbar(across.mean, up.mean, yerr=arms(up), **whiskers)
    axes.plot([across.mean], [up.mean], linestyle="none", **_filled(look, filled=filled), zorder=3)


def _filled(look: dict[str, Any], *, filled: bool) -> dict[str, Any]:
    marker = "o" if look["marker"] == "." else look["marker"]
    size = 4 if look["marker"] == "." else look["markersize"]
    face = look["color"] if filled else "white"
    return {**look, "marker": marker, "markersize": size, "markerfacecolor": face, "markeredgecolor": look["color"]}


def _legend(words: Words) -> tuple[list[Line2D], list[str]]:
    best = words.record.best
    feasible = best is not None and best.evaluation.feasible
    entries = [
        (_filled(_TODAY, filled=True), "today"),
        (_filled(_BEST, filled=feasible), "best" if feasible else "nearest"),
        (_filled(_FRONT, filled=True), "legend.frontier_kept"),
        (_filled(_FRONT, filled=False), "legend.frontier"),
        (_filled(_OTHER, filled=True), "legend.other_kept"),
        (_filled(_OTHER, filled=False), "legend.other"),
    ]
    handles = [Line2D([], [], linestyle="none", **look) for look, _ in entries]
    line = Line2D([], [], color=house.COLOURS[1], linestyle=house.DASHES[1])
    return [*handles, line], [*(words.say(key) for _, key in entries), words.say("legend.limit")]


def _notes(words: Words, hidden: int) -> list[str]:
    record = words.record
    notes = [
        words.say("note.frontier", n=record.question.replications),
        words.say("note.limit"),
        words.say("note.lines", level=words.numbers.share(record.confidence)),
    ]
    if record.fresh_best is not None:
        notes.append(words.say("note.heading", n=record.fresh_best.replications))
    return [*notes, words.say("note.hopeless", count=hidden)] if hidden else notes
