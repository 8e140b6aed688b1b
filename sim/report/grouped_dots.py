"""Dots with intervals in groups: a group of rows for each team or deadline, in it a row for each scenario.

With more scenarios than can be told apart, those that are not highlighted share a row of grey ticks in each group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from sim.report import house_style as house
from sim.report.intervals import Interval
from sim.report.marks import Cast, dot
from sim.report.results import Point
from sim.report.sheet import text_height, wrapped

PITCH = 0.125
"""Inches from one scenario's row to the next."""
BETWEEN = 0.11
"""Inches between two groups."""


Value = Callable[[int, Point], Interval]
"""What is shown, by the group's position and the scenario; NaN: nothing."""


@dataclass(frozen=True)
class Groups:
    """The rows of a picture: who stands in each group, and where, in inches from the top."""

    names: tuple[str, ...]
    members: tuple[tuple[Point, ...], ...]
    """The highlighted scenarios that have figures, per group."""
    tops: tuple[float, ...]
    """Where each group begins; the last one is where all of them end."""

    @classmethod
    def of(cls, names: Sequence[str], who: Cast, name_width: float, values: Sequence[Value]) -> Groups:
        """Lay out the groups, each as high as its scenarios or its name need.

        Args:
            names: the groups' names.
            who: what is highlighted.
            name_width: inches.
            values: of each panel: whoever has a figure in one of them has a row in all.
        """
        labels = tuple(wrapped(name, name_width, house.SMALL_SIZE, lines=4) for name in names)
        members = tuple(
            tuple(point for point in who.highlighted if _has_any(values, group, point)) for group in range(len(names))
        )
        tops = [0.0]
        for label, shown in zip(labels, members, strict=True):
            rows = len(shown) + bool(who.background)
            tops.append(tops[-1] + max(rows * PITCH, text_height(label, house.SMALL_SIZE)) + BETWEEN)
        return cls(labels, members, tuple(tops))

    @property
    def height(self) -> float:
        """Inches of all groups together."""
        return self.tops[-1]

    def middle(self, group: int) -> float:
        """Return the middle of a group."""
        return (self.tops[group] + self.tops[group + 1]) / 2

    def place(self, group: int, row: int, rows: int) -> float:
        """Return where a row of a group stands."""
        return self.middle(group) + (row - (rows - 1) / 2) * PITCH


def _has_any(values: Sequence[Value], group: int, point: Point) -> bool:
    return any(np.isfinite(value(group, point).mean) for value in values)


def draw_groups(axes: Axes, groups: Groups, who: Cast, value: Value) -> None:
    """Draw one panel."""
    for group, members in enumerate(groups.members):
        rows = len(members) + bool(who.background)
        for row, point in enumerate(members):
            interval = value(group, point)
            if np.isfinite(interval.mean):
                dot(axes, groups.place(group, row, rows), interval, point.style)
        others = [value(group, point).mean for point in who.background]
        if others:
            axes.plot(
                others, [groups.place(group, rows - 1, rows)] * len(others), linestyle="none", marker="|",
                markersize=7, color=house.TEXT_GREY, zorder=2,
            )  # fmt: skip
        if group:
            axes.axhline(groups.tops[group], color=house.GRID, linewidth=0.7)
    axes.set_ylim(groups.height, 0.0)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def name_groups(axes: Axes, groups: Groups) -> None:
    """Write the groups' names beside their rows."""
    axes.set_yticks([groups.middle(group) for group in range(len(groups.names))], groups.names)
