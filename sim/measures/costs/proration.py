"""Amounts that run with time, in whole øre, cut where a new year (or month) begins.

An amount is the difference of two *running totals*, each rounded to whole øre: what would have been paid until the end
of the stretch, less what would have been paid until its beginning, both counted from one fixed day. So cutting a
stretch anywhere, at New Year or in between, neither loses nor makes an øre.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.measures.frames import Floats, Frames, Integers

CostUntil = Callable[[Floats, Integers], Floats]
"""Returns, for times and the positions of the stretches that they belong to, a running total in øre."""


@dataclass(frozen=True)
class Pieces:
    """Stretches of time, cut at some edges: arrays with one element for each piece."""

    row: Integers
    """The position of the stretch."""
    period: Integers
    """The position of the edge at or after which the piece begins."""
    start: Floats
    end: Floats
    """Days since day 0."""

    @property
    def days(self) -> Floats:
        """How long the pieces are."""
        return self.end - self.start

    def oere(self, cost_until: CostUntil) -> Integers:
        """Return what each piece costs, in whole øre."""
        return whole(cost_until(self.end, self.row)) - whole(cost_until(self.start, self.row))


def cut(frames: Frames, start: Floats, end: Floats, edges: Floats) -> Pieces:
    """Cut stretches of time at some edges, as far as they lie in the measured period.

    Args:
        frames: For the measured period.
        start: Beginning of each stretch (days since day 0).
        end: End of each (NaN: not over when the simulation ended).
        edges: Rising; the first at or before the measured period, the last at or after its end.
    """
    first = np.clip(start, frames.start, frames.end)
    last = np.clip(np.where(np.isnan(end), frames.end, end), frames.start, frames.end)
    begins = np.searchsorted(edges, first, side="right") - 1
    number = np.where(last > first, np.searchsorted(edges, last, side="left") - begins, 0)
    row = np.repeat(np.arange(len(number)), number)
    period = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number) + begins[row]
    return Pieces(row, period, np.maximum(first[row], edges[period]), np.minimum(last[row], edges[period + 1]))


def whole(oere: Floats) -> Integers:
    """Round to whole øre, halves upwards: shifting an amount by whole øre shifts what it is rounded to."""
    result: npt.NDArray[np.int64] = np.floor(oere + 0.5).astype(np.int64)
    return result
