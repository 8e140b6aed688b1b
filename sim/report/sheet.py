"""The paper that a picture is drawn on: a heading, the panels, and below them legend and notes.

Heading, legend and notes have their own room, measured from the text itself, so that nothing ever covers data.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.legend import Legend
from matplotlib.textpath import text_to_path

from sim.report import house_style as house

_MARGIN = 0.1
_HANDLE_EMS = 4.0
"""Width of a line or patch in a legend, in type sizes."""
_HANDLE_WIDTH = 0.85
"""Inches that a legend entry needs besides its text."""
_HINTING = 1.03
"""How much wider a line can become when its letters are fitted to the pixels."""


class NothingToShow(Exception):  # noqa: N818 - not an error: a small municipality may have nothing to measure
    """There is nothing to draw; the message says why, in the language of the report."""


@dataclass(frozen=True)
class Picture:
    """A finished picture and the words that go with it."""

    name: str
    """File name without ending."""
    figure: Figure
    title: str
    """What is seen, in one sentence."""
    description: str
    """What the picture shows and how to read it: for readers who cannot see it."""


@lru_cache(maxsize=65536)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in inches."""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72.0 * _HINTING


def wrapped(text: str, inches: float, size: float, *, bold: bool = False, lines: int | None = None) -> str:
    """Break a text into lines that fit a width.

    Args:
        text: the text; a word that is too long by itself is cut.
        inches: room across.
        size: type size in points.
        bold: whether the type is bold.
        lines: most lines there is room for; what does not fit is left out and marked by an ellipsis.
    """
    done: list[str] = []
    current = ""
    for word in text.split(" "):
        attempt = f"{current} {word}" if current else word
        if text_width(attempt, size, bold=bold) <= inches:
            current = attempt
            continue
        if current:
            done.append(current)
        current = _cut(word, inches, size, bold=bold)
    done.append(current)
    if lines is not None and len(done) > lines:
        rest = " ".join(done[lines - 1 :])
        done = [*done[: lines - 1], _cut(rest, inches, size, bold=bold)]
    return "\n".join(done)


def _cut(text: str, inches: float, size: float, *, bold: bool) -> str:
    if text_width(text, size, bold=bold) <= inches:
        return text
    fitting = bisect.bisect_right(
        range(1, len(text)), inches, key=lambda length: text_width(text[:length] + "…", size, bold=bold)
    )
    return text[:fitting].rstrip(" ,.:;-–") + "…"


def text_height(text: str, size: float) -> float:
    """Return the height of a text of one or more lines, in inches."""
    return (text.count("\n") + 1) * size * house.LINE_SPACING / 72.0


class Sheet:
    """A figure with its heading and footing in place; the panels go into what is left between them."""

    def __init__(
        self,
        title: str,
        *,
        body_height: float,
        handles: Sequence[Artist] = (),
        labels: Sequence[str] = (),
        notes: Sequence[str] = (),
    ) -> None:
        """Lay out a sheet.

        Args:
            title: the heading, in one sentence.
            body_height: height of the room for the panels, in inches.
            handles: what the legend shows.
            labels: the legend's texts, one for each handle.
            notes: what the reader must know to read the picture, each a sentence or two.
        """
        room = house.WIDTH - 2 * _MARGIN
        heading = wrapped(title, room, house.TITLE_SIZE, bold=True)
        heading_height = text_height(heading, house.TITLE_SIZE) + 2.2 * _MARGIN
        footing = wrapped(" ".join(notes), room, house.SMALL_SIZE) if notes else ""
        notes_height = text_height(footing, house.SMALL_SIZE) + _MARGIN if footing else 0.0
        self.title = title
        self.figure = Figure(figsize=(house.WIDTH, body_height))
        legends = self._legends(handles, labels, room)
        legend_height = max((self._height(legend) for legend in legends), default=0.0)
        foot = legend_height + notes_height + _MARGIN
        height = heading_height + body_height + foot
        self.figure.set_size_inches(house.WIDTH, height)
        self.figure.set_layout_engine(
            ConstrainedLayoutEngine(
                rect=(0.0, foot / height, 1.0, body_height / height), h_pad=0.06, w_pad=0.06, hspace=0.04, wspace=0.04
            )
        )
        for column, legend in enumerate(legends):
            legend.set_bbox_to_anchor((column / len(legends), foot / height))
        self._write(heading, 1 - _MARGIN / height, size=house.TITLE_SIZE, weight="bold")
        self._write(footing, (notes_height + 0.5 * _MARGIN) / height, size=house.SMALL_SIZE, color=house.TEXT_GREY)

    def _write(self, text: str, top: float, **style: Any) -> None:
        self.figure.text(_MARGIN / house.WIDTH, top, text, va="top", linespacing=house.LINE_SPACING, **style)

    def _legends(self, handles: Sequence[Artist], labels: Sequence[str], room: float) -> list[Legend]:
        """Make one legend per column: Matplotlib's own columns do not line up when labels have several lines."""
        columns, entries = self._legend_columns(labels, room)
        parts = np.array_split(np.arange(len(entries)), columns) if entries else []
        return [
            self.figure.legend(
                handles=[handles[position] for position in part],
                labels=[entries[position] for position in part],
                loc="upper left",
                handlelength=_HANDLE_EMS,
                handleheight=1.0,
                labelspacing=0.4,
                borderaxespad=0.4,
            )
            for part in parts
        ]

    def _height(self, legend: Legend) -> float:
        """Return the height of a legend in inches."""
        return float(legend.get_window_extent().height) / self.figure.dpi + 0.5 * _MARGIN

    @staticmethod
    def _legend_columns(labels: Sequence[str], room: float) -> tuple[int, list[str]]:
        """Return how many columns the legend has, and its texts broken to fit them."""
        if not labels:
            return 1, []
        widest = max(text_width(label, house.SMALL_SIZE) for label in labels)
        for columns in (4, 3, 2):
            if columns <= len(labels) and columns * (widest + _HANDLE_WIDTH) <= room:
                return columns, list(labels)
        columns = 2 if len(labels) > 1 else 1
        width = room / columns - _HANDLE_WIDTH
        return columns, [wrapped(label, width, house.SMALL_SIZE, lines=3) for label in labels]
