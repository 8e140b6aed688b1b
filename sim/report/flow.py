"""Picture: the flow between administrations: whom matters come to, who takes them, and what is sent on before.

Two scenarios are shown on the same scale and with the same nodes: the reference, and the one that changes it most.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.measures.flow import ARROW
from sim.report import house_style as house
from sim.report.alluvial import Band, column, draw_bands, label_nodes, label_room
from sim.report.findings import clear_note, replications_text, sentence
from sim.report.results import Point, Results
from sim.report.sheet import NothingToShow, Picture, Sheet, text_height, wrapped

NAME = "flow"
MATTERS, SENT_ON = "flow.matters", "flow.sent_on"
LABEL_WIDTH = 1.75
INNER = house.WIDTH - 0.3
FLOW_INCHES = 1.6
"""Height of all matters of the scenario that has most."""
STRAIGHT: dict[str, Any] = {"facecolor": "#DDDDDD", "edgecolor": "#8A8A8A", "linewidth": 0.25}
BOUNCED: dict[str, Any] = {"facecolor": house.FILLS[5], "edgecolor": "black", "hatch": "/////", "linewidth": 0.0}


@dataclass(frozen=True)
class Flow:
    """The matters of one scenario, a year, by the way that they go: track, first asked, taken by."""

    matters: dict[tuple[str, str, str], float]
    sent_on: dict[tuple[str, str, str], float]

    @cached_property
    def total(self) -> float:
        """All of them."""
        return sum(self.matters.values())

    def change(self, other: Flow) -> float:
        """Return how much differs in all from another scenario."""
        return sum(
            abs(mine.get(way, 0.0) - theirs.get(way, 0.0))
            for mine, theirs in ((self.matters, other.matters), (self.sent_on, other.sent_on))
            for way in {*mine, *theirs}
        )


def draw(results: Results) -> Picture:
    """Draw the picture.

    Raises:
        NothingToShow: administrations do not ask each other, or the results are those of an earlier version.
    """
    say = results.texts
    flows = {point.label: _flow(results, point) for point in results.points}
    flows = {label: one for label, one in flows.items() if one.total > 0}
    if results.reference.label not in flows:
        raise NothingToShow(say("nothing.flow"))
    others = [point for point in results.others if point.label in flows]
    differences = {point.label: results.figure(point, SENT_ON).difference for point in others}
    shown = [results.reference, *([_most(results, others, flows)] if others else [])]
    sent = results.numbers.decimal(results.figure(results.reference, SENT_ON).value.mean, 0)
    title = sentence(results, "flow", differences, say("overall.flow", name=results.reference.name, value=sent))
    notes = [say("note.flow")]
    if len(others) > 1:
        notes.append(say("note.flow_most"))
    if results.has_intervals:
        level = results.numbers.share(results.confidence)
        notes.append(say("note.flow_interval", level=level, n=replications_text(results)))
        notes += clear_note(results)
    else:
        notes.append(say("note.one_replication"))
    handles: list[Artist] = [Patch(**STRAIGHT), Patch(**BOUNCED)]
    per_inch = max(flows[point.label].total for point in shown) / FLOW_INCHES
    panels = [_Panel(results, point, flows[point.label], flows[shown[0].label], per_inch) for point in shown]
    sheet = Sheet(
        title,
        body_height=sum(panel.height for panel in panels),
        handles=handles,
        labels=[say("legend.straight"), say("legend.sent_on")],
        notes=notes,
    )
    grid = sheet.figure.subplots(len(panels), 1, squeeze=False, height_ratios=[panel.height for panel in panels])
    for axes, panel in zip(grid[:, 0], panels, strict=True):
        panel.draw(axes)
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.flow") + ".", *notes)))


def _flow(results: Results, point: Point) -> Flow:
    parts: dict[str, dict[tuple[str, str, str], float]] = {MATTERS: {}, SENT_ON: {}}
    for label, kpi, group in results.figures:
        if label == point.label and kpi in parts and group.count(ARROW) == 2:
            track, first, taken = group.split(ARROW)
            mean = results.figure(point, kpi, group).value.mean
            parts[kpi][track, first, taken] = mean if np.isfinite(mean) else 0.0
    return Flow(parts[MATTERS], parts[SENT_ON])


def _most(results: Results, others: list[Point], flows: dict[str, Flow]) -> Point:
    """Return the scenario whose matters sent on differ most and clearly, or else whose flow as a whole differs most."""
    differences = {point: results.figure(point, SENT_ON).difference for point in others}
    clear = [point for point in others if differences[point].clear]
    if clear:
        return max(clear, key=lambda point: abs(differences[point].mean))
    return max(others, key=lambda point: flows[point.label].change(flows[results.reference.label]))


def _larger(way: tuple[str, str, str], one: Flow, other: Flow) -> float:
    return max(one.matters.get(way, 0.0), other.matters.get(way, 0.0))


class _Panel:
    """One scenario's flow. Its nodes are its own and those of the reference, so that panels can be compared."""

    def __init__(self, results: Results, point: Point, flow: Flow, reference: Flow, per_inch: float) -> None:
        self._results, self._point, self._flow, self._per_inch = results, point, flow, per_inch
        ways = [way for way in {**reference.matters, **flow.matters} if _larger(way, reference, flow) > 0]
        order = {name: place for place, name in enumerate((*results.tracks, *results.administrations))}
        ways.sort(key=lambda way: [order.get(station, len(order)) for station in way])
        lefts = {f"{track}{ARROW}{first}": track for track, first, _ in ways}
        rights = sorted({taken for _, _, taken in ways}, key=lambda name: order.get(name, len(order)))
        sums = {node: sum(n for (t, f, _), n in flow.matters.items() if f"{t}{ARROW}{f}" == node) for node in lefts}
        taken = {node: sum(n for (_, _, by), n in flow.matters.items() if by == node) for node in rights}
        self._left_texts = {node: self._text(node.split(ARROW)[1], sums[node]) for node in lefts}
        self._right_texts = {node: self._text(node, taken[node]) for node in rights}
        self._tracks: dict[str, str] = {}
        gaps: dict[str, float] = {}
        line = text_height("x", house.SMALL_SIZE)
        for node, track in lefts.items():
            if track not in self._tracks:
                self._tracks[track] = node
                gaps[node] = line + (0.12 if gaps else 0.0)
            else:
                gaps[node] = 0.05
        room = label_room({**self._left_texts, **self._right_texts})
        self._left = column(sums, gaps, per_inch, room)
        spare = max(0.0, self._left.height - sum(max(n / per_inch, room) for n in taken.values()))
        between = dict.fromkeys(list(taken)[1:], spare / len(taken))
        self._right = column(
            taken, {**between, **dict.fromkeys(list(taken)[:1], spare / len(taken) / 2)}, per_inch, room
        )
        self._inches = max(self._left.height, self._right.height) + 0.08
        self._title = wrapped(self._heading(), INNER, house.TEXT_SIZE, bold=True, lines=2)
        self.height = self._inches + text_height(self._title, house.TEXT_SIZE) + 0.25

    def _text(self, administration: str, matters: float) -> str:
        results = self._results
        name = wrapped(results.name(administration), LABEL_WIDTH - 0.1, house.SMALL_SIZE, lines=2)
        return f"{name}\n{results.texts('flow.node', matters=results.numbers.decimal(matters, 0))}"

    def _heading(self) -> str:
        results, numbers = self._results, self._results.numbers
        value = results.figure(self._point, SENT_ON).value
        sent = numbers.decimal(value.mean, 0)
        if value.known:
            sent += f" [{numbers.decimal(value.low, 0)}; {numbers.decimal(value.high, 0)}]"
        total = numbers.decimal(self._flow.total, 0)
        return results.texts("flow.panel", name=self._point.name, sent=sent, all=total)

    def draw(self, axes: Axes) -> None:
        """Draw it; the axes measure inches."""
        results = self._results
        flows = INNER - 2 * LABEL_WIDTH
        axes.set_axis_off()
        axes.set_xlim(-LABEL_WIDTH, flows + LABEL_WIDTH)
        axes.set_ylim(self._inches, 0.0)
        axes.set_title(self._title)
        draw_bands(axes, self._left, self._right, self._bands(), self._per_inch, flows)
        label_nodes(axes, self._left, self._left_texts, -0.07, "right")
        label_nodes(axes, self._right, self._right_texts, flows + 0.07, "left")
        half = text_height("x\nx", house.SMALL_SIZE) / 2
        for track, node in self._tracks.items():
            middle = self._left.tops[node] + self._left.heights[node] / 2
            top = min(
                self._left.tops[node], middle - max(half, text_height(self._left_texts[node], house.SMALL_SIZE) / 2)
            )
            name = wrapped(results.name(track), LABEL_WIDTH + 1.0, house.SMALL_SIZE, bold=True, lines=1)
            axes.text(-LABEL_WIDTH, top - 0.02, name, ha="left", va="bottom", size=house.SMALL_SIZE, weight="bold")

    def _bands(self) -> list[Band]:
        """Return the bands from the top of each node down: ordered by where they go, those sent on last."""
        order = {node: place for place, node in enumerate(self._right.tops)}
        lefts = {node: place for place, node in enumerate(self._left.tops)}
        bands = []
        for (track, first, taken), matters in self._flow.matters.items():
            node, sent = f"{track}{ARROW}{first}", self._flow.sent_on.get((track, first, taken), 0.0)
            if node in lefts and taken in order:
                bands += [Band(node, taken, matters - sent, STRAIGHT), Band(node, taken, sent, BOUNCED)]
        return sorted(bands, key=lambda band: (lefts[band.left], order[band.right], band.look is BOUNCED))
