"""Pictures of a study: tornado, bars of indices, waterfall of a stack's parts."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.report import house_style as house
from sim.report.marks import digits_for, formatter
from sim.report.sensitivity_texts import say
from sim.report.sheet import Picture, Sheet, wrapped
from sim.report.told import Told

MOST = 15
NAME_WIDTH = 2.3
ROW = 0.36
LOW, HIGH = house.COLOURS[0], house.COLOURS[4]


def draw_study(told: Told) -> Picture:
    """Draw the picture that belongs to the study's method."""
    if told.study.method == "attribution":
        return _waterfall(told)
    return _tornado(told) if told.study.method == "tornado" else _indices(told)


def _tornado(told: Told) -> Picture:
    rows = told.table.head(MOST).to_dict("records")
    marks = [told.mark(row) for row in rows]
    notes = [*told.notes(MOST), *([say(told.language, "note.star")] if any(marks) else [])]
    handles = [Patch(facecolor=colour, hatch=hatch, edgecolor="white") for colour, hatch in ((LOW, ""), (HIGH, "////"))]
    labels = [say(told.language, f"legend.{end}") for end in ("low", "high")]
    sheet = Sheet(told.headline(), body_height=ROW * len(rows) + 0.7, handles=handles, labels=labels, notes=notes)
    axes = sheet.figure.subplots()
    for position, row in enumerate(rows):
        for end, colour, hatch, shift in (("low", LOW, "", -0.2), ("high", HIGH, "////", 0.2)):
            values = [float(row[f"effect_{end}{part}"]) * told.factor for part in ("", "_ci_low", "_ci_high")]
            _bar(axes, position + shift, 0.0, values, colour, hatch, 0.38)
    names = [
        f"{row['assumption']} ({told.range(row)}){' *' if mark else ''}" for row, mark in zip(rows, marks, strict=True)
    ]
    _frame(axes, told, names, say(told.language, "axis", measure=told.measure_name, unit=told.unit))
    return Picture("tornado", sheet.figure, sheet.title, " ".join((sheet.title + ".", *told.turning(), *notes)))


def _indices(told: Told) -> Picture:
    rows = told.table.head(MOST).to_dict("records")
    index, factor = ("mu_star", told.factor) if told.study.method == "morris" else ("ST", 1.0)
    notes = told.notes(MOST)
    sheet = Sheet(told.headline(), body_height=ROW * len(rows) + 0.7, notes=notes)
    axes = sheet.figure.subplots()
    for position, row in enumerate(rows):
        values = [float(row[f"{index}{part}"]) * factor for part in ("", "_ci_low", "_ci_high")]
        _bar(axes, position, 0.0, values, LOW, "", 0.6)
    names = [f"{row['assumption']} ({told.range(row)})" for row in rows]
    _frame(axes, told, names, say(told.language, f"axis.{told.study.method}", unit=told.unit))
    return Picture(told.study.method, sheet.figure, sheet.title, " ".join((sheet.title + ".", *notes)))


def _waterfall(told: Told) -> Picture:
    rows = told.table.to_dict("records")
    notes = told.notes()
    sheet = Sheet(told.headline(), body_height=0.5 * len(rows) + 0.7, notes=notes)
    axes = sheet.figure.subplots()
    start = 0.0
    for position, row in enumerate(rows):
        total = position == len(rows) - 1
        values = [float(row[f"share{part}"]) * told.factor for part in ("", "_ci_low", "_ci_high")]
        base = 0.0 if total else start
        _bar(axes, position, base, values, house.GREY if total else LOW, "" if values[0] >= 0 else "////", 0.6)
        text = told.with_interval(row, "share")
        axes.annotate(
            text, (base + max(values[0], 0.0), position), xytext=(4, 12), textcoords="offset points", fontsize=8.5,
            va="center",
        )  # fmt: skip
        if not total:
            end = base + values[0]
            axes.plot([end, end], [position - 0.3, position + 1.3], color=house.TEXT_GREY, linewidth=0.8, zorder=1)
            start = end
    names = [told.part_name(position) for position in range(len(rows))]
    _frame(axes, told, names, say(told.language, "axis.attribution", unit=told.unit))
    axes.set_ylim(len(rows) - 0.4, -0.9)
    axes.margins(x=0.15)
    return Picture("waterfall", sheet.figure, sheet.title, " ".join((sheet.title + ".", *notes)))


def _bar(axes: Axes, row: float, base: float, values: list[float], colour: str, hatch: str, height: float) -> None:
    """Draw a bar from a base, with the interval of its end."""
    mean, low, high = values
    if not np.isfinite(mean):
        return
    axes.barh(row, mean, left=base, height=height, color=colour, hatch=hatch, edgecolor="white", zorder=2)
    if np.isfinite(low) and np.isfinite(high):
        line: dict[str, Any] = {"color": "black", "elinewidth": 1.1, "capsize": 2, "capthick": 1.1, "zorder": 3}
        axes.errorbar(base + mean, row, xerr=[[max(mean - low, 0.0)], [max(high - mean, 0.0)]], **line)


def _frame(axes: Axes, told: Told, names: list[str], label: str) -> None:
    axes.set_yticks(
        range(len(names)), [wrapped(_breakable(name), NAME_WIDTH, 8.5, lines=2) for name in names], fontsize=8.5
    )
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.axvline(0, color="black", linewidth=1.0, zorder=2.5)
    axes.set_xlabel(wrapped(label, 3.4, house.SMALL_SIZE), fontsize=house.SMALL_SIZE)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    left, right = axes.get_xlim()
    axes.xaxis.set_major_formatter(formatter(lambda value: told.numbers.decimal(value, digits_for(right - left))))


def _breakable(name: str) -> str:
    """Let a long path be broken before its last part rather than cut."""
    path, _, rest = name.partition(" ")
    head, dot, tail = path.rpartition(".")
    return f"{head}. {tail} {rest}" if dot and len(path) > 28 else name
