"""What waits at each place of the map, fortnight by fortnight over the whole simulation: does it settle, and when?

The figures of the other measures are averages over the measured period. Whether such an average means anything can only
be seen from what happens over time: work in process that still rises when the measured period begins, or that rises for
ever. :mod:`sim.experiment.run_in` looks at these series.
"""

from __future__ import annotations

import numpy as np

from sim.measures.frames import CATEGORIES, Floats, Frames, Mask
from sim.measures.kpis import ALL, Curves
from sim.measures.requests import last_seen, ordinary, since_possible
from sim.measures.staff import present
from sim.measures.waits import tracks_with_clock

STEP_DAYS = 14.0
"""Twice as often would be twice as much to store, and tell the length of a run-in no better."""


def curves(frames: Frames, series: Curves) -> None:
    """Add what waits: tasks per team and panel, and how long; cases for a caseworker; decisions; services."""
    grid = np.arange(0.0, frames.end + 1e-9, STEP_DAYS)
    _tasks(frames, series, grid)
    allocations = frames.everybody.kind("allocation")
    series.add("queue.cases", ALL, grid, present(grid, allocations["since"], allocations["time"]))
    decisions = frames.kind("decision")
    series.add("queue.decisions", ALL, grid, present(grid, decisions["since"], decisions["time"]))
    for track in tracks_with_clock(frames, "decision"):
        mine = decisions.one_of("track", track)
        series.add("queue.decisions", track, grid, present(grid, decisions["since"][mine], decisions["time"][mine]))
    spells = ordinary(frames)
    since = since_possible(frames, spells, "decided")
    until, _ = last_seen(frames, spells)
    over = np.where(np.isnan(spells["start"]) & np.isnan(spells["withdrawn"]), np.nan, np.maximum(until, since))
    category = spells.lookup("service", {name: CATEGORIES.index(its) for name, its in frames.category.items()}, -1)
    for code, name in enumerate(CATEGORIES):
        mine = category == code
        series.add("queue.services", f"category:{name}", grid, present(grid, since[mine], over[mine]))


def _tasks(frames: Frames, series: Curves, grid: Floats) -> None:
    tasks = frames.everybody.activities
    begun = tasks["started"]
    no_longer = np.fmin(begun, tasks["withdrawn"])
    teams, panels = frames.scenario.teams, frames.scenario.panels
    for name in (*teams, *(panel for panel in panels if panel not in teams)):
        mine = tasks.one_of("resource", name)
        requested = tasks["requested"][mine]
        series.add("queue.tasks", name, grid, present(grid, requested, no_longer[mine]))
        series.add("queue.wait", name, grid, _waited(grid, requested, begun[mine]))


def _waited(grid: Floats, requested: Floats, begun: Floats) -> Floats:
    """Return how many days those had waited, on average, who were begun in the fortnight from each time of the grid."""
    done: Mask = ~np.isnan(begun)
    fortnight = np.minimum((begun[done] / STEP_DAYS).astype(np.int64), len(grid) - 1)
    count = np.bincount(fortnight, minlength=len(grid))
    waited = np.bincount(fortnight, weights=np.maximum(begun[done] - requested[done], 0.0), minlength=len(grid))
    result: Floats = np.divide(waited, count, out=np.full(len(grid), np.nan), where=count > 0)
    return result
