"""Bands that flow from nodes on the left to nodes on the right: the drawing of an alluvial diagram.

Heights are amounts, on a scale that the caller gives, so that several diagrams can be compared. None of the libraries
that draw such diagrams with Matplotlib has hatches (without which a grey print shows nothing) and a fixed scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from sim.report import house_style as house
from sim.report.sheet import text_height

NODE_WIDTH = 0.12
"""Inches."""


@dataclass(frozen=True)
class Band:
    """An amount that flows from a node on the left to one on the right."""

    left: str
    right: str
    amount: float
    look: Mapping[str, Any]
    """Fill, hatch and edge, as Matplotlib takes them."""


@dataclass(frozen=True)
class Column:
    """The nodes of one side: where each begins, in inches from the top, and its height."""

    tops: Mapping[str, float]
    heights: Mapping[str, float]
    height: float


def column(amounts: Mapping[str, float], gaps: Mapping[str, float], per_inch: float, room: float) -> Column:
    """Lay out the nodes of one side below each other.

    Args:
        amounts: what flows through each node, in their order from the top.
        gaps: inches that stand before a node.
        per_inch: amount that is one inch high.
        room: least height that each node's label needs; a node that is lower stands in the middle of it.
    """
    tops: dict[str, float] = {}
    heights: dict[str, float] = {}
    at = 0.0
    for name, amount in amounts.items():
        at += gaps.get(name, 0.0)
        heights[name] = amount / per_inch
        needed = max(heights[name], room)
        tops[name] = at + (needed - heights[name]) / 2
        at += needed
    return Column(tops, heights, at)


def draw_bands(axes: Axes, left: Column, right: Column, bands: Sequence[Band], per_inch: float, width: float) -> None:
    """Draw nodes and bands; the axes measure inches, from the top.

    Bands leave and reach each node in the order in which they are given.
    """
    leaving, reaching = dict(left.tops), dict(right.tops)
    for band in bands:
        height = band.amount / per_inch
        if height <= 0:
            continue
        axes.add_patch(_ribbon(leaving[band.left], reaching[band.right], height, width, band.look))
        leaving[band.left] += height
        reaching[band.right] += height
    for side, place in ((left, 0.0), (right, width - NODE_WIDTH)):
        for name, top in side.tops.items():
            axes.add_patch(
                Rectangle((place, top), NODE_WIDTH, side.heights[name], facecolor="black", edgecolor="black", zorder=3)
            )


def _ribbon(start: float, end: float, height: float, width: float, look: Mapping[str, Any]) -> PathPatch:
    """Return a band with a smooth bend, from the right edge of a node to the left edge of another."""
    near, far = NODE_WIDTH, width - NODE_WIDTH
    middle = (near + far) / 2
    corners = [
        (near, start), (middle, start), (middle, end), (far, end),
        (far, end + height), (middle, end + height), (middle, start + height), (near, start + height),
        (near, start),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return PathPatch(Path(corners, codes), zorder=2, **look)


def label_nodes(axes: Axes, side: Column, texts: Mapping[str, str], place: float, align: str) -> None:
    """Write beside each node what it is."""
    for name, top in side.tops.items():
        axes.text(
            place, top + side.heights[name] / 2, texts[name], ha=align, va="center", size=house.SMALL_SIZE,
            linespacing=house.LINE_SPACING,
        )  # fmt: skip


def label_room(texts: Mapping[str, str]) -> float:
    """Return the height that the largest label needs, with a little air."""
    return max((text_height(text, house.SMALL_SIZE) for text in texts.values()), default=0.0) + 0.05
