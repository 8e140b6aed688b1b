"""How the page writes a measure: in units that people use, with interval and verdict.

A verdict is given by a sign, a word and a colour together, so that nothing hangs on the colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from sim.measures.definitions import UNITS, Definition, definition
from sim.report.findings import HEADLINES, Verdict, verdict
from sim.report.intervals import Difference, Interval
from sim.report.numbers import MILLION, MISSING
from sim.report.results import Figure, Point, Results

Better = Literal["lower", "higher", "neutral"]


@dataclass(frozen=True)
class Shown:
    """One figure of one point, as it is written."""

    value: str
    interval: str
    """Empty if there is none."""
    difference: str
    """To the reference, with its sign; empty for the reference itself and where there is nothing to compare."""
    bounds: str
    word: str
    """The verdict in words."""
    kind: Literal["better", "worse", "clear", "unclear", "unknown", "reference"]
    sort: str
    """What tables are sorted by, empty for a missing figure."""
    bar: str = ""
    """Where the interval of the difference lies, as CSS variables in per cent of the scale; empty: no interval."""


class Measure:
    """One measure of a sweep, in the unit in which it is shown."""

    def __init__(self, results: Results, kpi: str, group: str = "all") -> None:
        self._results = results
        self.kpi = kpi
        self.group = group
        self.definition: Definition = definition(kpi)
        self.figures = {point.label: results.figure(point, kpi, group) for point in results.points}

    @property
    def label(self) -> str:
        """What the measure is called."""
        return str(getattr(self.definition.label, self._results.language))

    @property
    def text(self) -> str:
        """Exactly what is measured."""
        return str(getattr(self.definition.text, self._results.language))

    @property
    def heading(self) -> str:
        """What a narrow column calls it."""
        short = any(headline.kpi == self.kpi for headline in HEADLINES)
        return self._results.texts(f"summary.{self.kpi}") if short else self.label

    @property
    def better(self) -> Better:
        """Which way is better."""
        return self.definition.better

    @property
    def growing(self) -> bool:
        """Whether a queue that never settles takes the mean away, of a point or of what it is compared with."""
        return any(figure.growing is not None for figure in self.figures.values())

    @property
    def known(self) -> bool:
        """Whether any point has a figure."""
        return any(np.isfinite(figure.value.mean) for figure in self.figures.values())

    @cached_property
    def _largest(self) -> float:
        sizes = [abs(figure.value.mean) for figure in self.figures.values() if np.isfinite(figure.value.mean)]
        return max(sizes, default=0.0)

    @cached_property
    def factor(self) -> float:
        """What figures are multiplied by."""
        if self.definition.unit == "share":
            return 100.0
        if self.definition.unit in ("dkk", "dkk per person"):
            return 1 / MILLION if self._largest >= MILLION else 1 / 1000 if self._largest >= 10_000 else 1.0
        return 1.0

    @property
    def unit(self) -> str:
        """The unit that levels are shown in."""
        if self.definition.unit == "share":
            return self._results.texts("page.unit.percent")
        own = str(getattr(UNITS[self.definition.unit], self._results.language))
        if self.factor == 1:
            return own
        return self._results.texts("page.unit.millions" if self.factor < 1e-4 else "page.unit.thousands", unit=own)

    @property
    def difference_unit(self) -> str:
        """The unit that differences are shown in."""
        return self._results.texts("page.unit.points") if self.definition.unit == "share" else self.unit

    @cached_property
    def digits(self) -> int:
        """Decimals, so that what is small can be told apart."""
        size = self._largest * self.factor
        return 0 if size >= 10_000 else 1 if size >= 5 or size == 0 else 2

    def shown(self, point: Point) -> Shown:
        """Return a point's figure as it is written."""
        figure = self.figures[point.label]
        kind, word = self._judged(point, figure)
        compared = point != self._results.reference and np.isfinite(figure.difference.mean)
        return Shown(
            self.number(figure.value.mean) if figure.growing is None else self._results.texts("summary.growing"),
            self._bounds(figure.value),
            self.number(figure.difference.mean, signed=True) if compared else "",
            self._bounds(figure.difference, signed=True) if compared else "",
            word,
            kind,
            f"{figure.value.mean:.6g}" if np.isfinite(figure.value.mean) else "",
            self._bar(figure.difference) if compared else "",
        )

    def amount(self, difference: Interval) -> str:
        """Return a difference with unit and interval, as within a sentence."""
        text = f"{self.number(difference.mean, signed=True)}\u00a0{self.difference_unit}"
        bounds = self._bounds(difference, signed=True)
        return f"{text} {bounds}" if bounds else text

    def level(self, value: Interval) -> str:
        """Return a level with unit and interval, as within a sentence."""
        text = f"{self.number(value.mean)}\u00a0{self.unit}"
        bounds = self._bounds(value)
        return f"{text} {bounds}" if bounds else text

    def number(self, value: float, *, signed: bool = False) -> str:
        """Return a number in the unit that is shown."""
        write = self._results.numbers.signed if signed else self._results.numbers.decimal
        return write(value * self.factor, self.digits)

    def verdict(self, point: Point) -> Verdict:
        """Judge a point against the reference; a measure without a better way is judged as if low were good."""
        if point == self._results.reference:
            return Verdict.UNKNOWN
        return verdict(self.figures[point.label].difference, "high" if self.better == "higher" else "low")

    def _judged(
        self, point: Point, figure: Figure
    ) -> tuple[Literal["better", "worse", "clear", "unclear", "unknown", "reference"], str]:
        say = self._results.texts
        if point == self._results.reference:
            return "reference", ""
        if figure.growing is not None:
            return "unknown", say("page.verdict.growing")
        if self.figures[self._results.reference.label].growing is not None:
            return "unknown", say("page.verdict.growing_reference")
        what = self.verdict(point)
        if what is Verdict.UNCLEAR:
            return "unclear", say("page.verdict.unclear")
        if what is Verdict.UNKNOWN:
            missing = not np.isfinite(figure.difference.mean)
            return "unknown", say("page.verdict.missing" if missing else "page.verdict.unsure")
        rises = figure.difference.mean > 0
        if self.better == "neutral":
            return "clear", say(f"page.verdict.{'higher' if rises else 'lower'}")
        kind: Literal["better", "worse"] = "better" if what is Verdict.BETTER else "worse"
        return kind, f"{'↑' if rises else '↓'} {say(f'summary.{kind}')}"

    def _bounds(self, interval: Interval, *, signed: bool = False) -> str:
        if not interval.known:
            return ""
        low, high = (self.number(bound, signed=signed) for bound in (interval.low, interval.high))
        return "" if MISSING in (low, high) else f"[{low}; {high}]"

    @cached_property
    def _reach(self) -> float:
        ends = [end for one in self.figures.values() for end in (one.difference.low, one.difference.high)]
        return max((abs(end) for end in ends if np.isfinite(end)), default=0.0)

    def _bar(self, difference: Difference) -> str:
        """Return where the interval lies on a scale with 0 in the middle that is the same for all points."""
        if not difference.known or not self._reach:
            return ""
        left, middle, right = (
            50 + 50 * end / self._reach for end in (difference.low, difference.mean, difference.high)
        )
        return f"--l:{left:.1f}%;--w:{max(right - left, 0.6):.1f}%;--m:{middle:.1f}%"


def headline_measures(results: Results) -> tuple[Measure, ...]:
    """Return the five figures that everything is summed up in."""
    return tuple(Measure(results, headline.kpi) for headline in HEADLINES)
