"""Whom matters come to, and who takes them: the flow between the administrations.

Where a process map lets administrations ask one another whose case it is, each question is a matter that comes out
of a track, is put to one administration first, and is taken by one in the end. Between the two it may be sent on, to
and fro. Every way that a matter can go is a group of its own, named ``track>first>taken``; the groups add up to
``all``, so that a picture of the flow shows every matter once.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from sim.measures.frames import Frames, Integers, Table
from sim.measures.kpis import ALL, Kpis
from sim.scenario.pathway import Responsibility

ARROW = ">"
"""Stands between the stations of a way. No name that a planner may give holds it."""


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add matters and matters sent on, per year, for all and for each way that a matter can go.

    A way that nobody took counts 0, so that scenarios and replications can be compared way by way.
    """
    asked = _asked(frames)
    taken = frames.begun(frames.kind("responsibility_taken").named(track=tuple(asked)), "time")
    first, times = _sent_on(frames, taken)
    codes = {name: code for code, name in enumerate(taken.names("outcome"))}
    ways = {}
    for track, names in asked.items():
        in_track = taken.one_of("track", track)
        for asked_first, taker in product(names, names):
            rows = in_track & taken.one_of("outcome", taker) & (first == codes.get(asked_first, -1))
            ways[ARROW.join((track, asked_first, taker))] = rows
    for kpi, counted in (("flow.matters", np.ones(len(taken), dtype=np.bool_)), ("flow.sent_on", times > 0)):
        numbers = {way: np.count_nonzero(rows & counted) / frames.years for way, rows in ways.items()}
        kpis.add(kpi, ALL, sum(numbers.values()) if asked else float("nan"))
        for way, number in numbers.items():
            kpis.add(kpi, way, number)


def _asked(frames: Frames) -> dict[str, tuple[str, ...]]:
    """Return the administrations that may be asked in each track in which administrations ask one another."""
    asked = {}
    for name, track in frames.scenario.tracks.items():
        steps = [step for step in track.steps.values() if isinstance(step, Responsibility)]
        if steps:
            asked[name] = tuple(dict.fromkeys(administration for step in steps for administration in step.to))
    return asked


def _sent_on(frames: Frames, taken: Table) -> tuple[Integers, Integers]:
    """Return for each question who was asked first (code of an outcome), and how often it was sent on.

    A sending on belongs to the question of the same case and track in whose time it falls. The first to send it on is
    the one who was asked first; where nobody did, it is the one who took it.
    """
    bounces = frames.kind("bounce")
    first = taken["outcome"].astype(np.int64)
    times = np.zeros(len(taken), dtype=np.int64)
    order = np.lexsort((bounces["time"], bounces["track"], bounces["case"]))
    case, track, time, by = (bounces[column][order] for column in ("case", "track", "time", "outcome"))
    for number in np.flatnonzero(np.isin(taken["case"], case)):
        low, high = (int(np.searchsorted(case, taken["case"][number], side=side)) for side in ("left", "right"))
        within = (track[low:high] == taken["track"][number]) & (time[low:high] >= taken["since"][number])
        within &= time[low:high] <= taken["time"][number]
        if within.any():
            first[number] = by[low:high][within][0]
            times[number] = np.count_nonzero(within)
    return first, times
