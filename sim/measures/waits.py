"""How long people wait: for a decision, for a service, for both, in each queue, for a caseworker."""

from __future__ import annotations

import numpy as np

from sim.measures import requests
from sim.measures.frames import Floats, Frames, Mask, Table
from sim.measures.kpis import ALL, Curves, Kpis
from sim.measures.survival import Survival, kaplan_meier

LONGEST_DAYS = 730.0
"""Waits longer than this count as this in a mean."""

CURVE_STEP_DAYS = 7.0


def limit(frames: Frames) -> float:
    """Return what longer waits count as in a mean, in days: two years, or the measured period if that is shorter."""
    return min(LONGEST_DAYS, frames.days)


def of_events(frames: Frames, events: Table, rows: Mask | None = None) -> Survival:
    """Estimate how long the events' clocks run, for those started in the measured period.

    A clock that is still running at the horizon, and one whose wait was given up, is right-censored.
    """
    since, time = events["since"], events["time"]
    begun = (since >= frames.start) & (since < frames.end)
    if rows is not None:
        begun &= rows
    until = np.where(np.isnan(time), frames.end, time)
    over = ~np.isnan(time) & ~events.one_of("outcome", "withdrawn")
    return kaplan_meier(np.maximum(until - since, 0.0)[begun], over[begun])


def tracks_with_clock(frames: Frames, clock: str) -> tuple[str, ...]:
    """Return the tracks in which a clock is started: those of the map, and those in which it ran."""
    started = set(frames.kind(clock).used("track"))
    for name, track in frames.scenario.tracks.items():
        for step in track.steps.values():
            follow_up = getattr(step, "follow_up", None)
            if clock in step.starts or (follow_up is not None and follow_up.clock == clock):
                started.add(name)
    return tuple(sorted(started))


def measure(frames: Frames, kpis: Kpis, total: requests.Waits) -> None:
    """Add every wait: its restricted mean, its median and its 90th percentile.

    Args:
        frames: The journal.
        kpis: Where to add them.
        total: The waits from request to service.
    """
    _decision(frames, kpis)
    profiles = tuple(frames.scenario.profiles)
    for kpi, waits in (("wait.service", requests.from_decision(frames)), ("wait.total", total)):
        for group, rows in waits.groups(profiles).items():
            kpis.add_waits(kpi, group, waits.of(rows), limit(frames))
    _in_queue(frames, kpis)
    kpis.add_waits("wait.allocation", ALL, of_events(frames, frames.kind("allocation")), limit(frames))


def _decision(frames: Frames, kpis: Kpis) -> None:
    decisions = frames.kind("decision")
    kpis.add_waits("wait.decision", ALL, of_events(frames, decisions), limit(frames))
    for track in tracks_with_clock(frames, "decision"):
        waits = of_events(frames, decisions, decisions.one_of("track", track))
        kpis.add_waits("wait.decision", track, waits, limit(frames), "track")


def _in_queue(frames: Frames, kpis: Kpis) -> None:
    tasks = frames.begun(frames.activities, "requested")
    started, withdrawn = tasks["started"], tasks["withdrawn"]
    begun = ~np.isnan(started)
    until = np.where(begun, started, np.where(np.isnan(withdrawn), frames.end, withdrawn))
    waited = np.maximum(until - tasks["requested"], 0.0)
    of_team = tasks.one_of("resource", *frames.scenario.teams)
    kpis.add_waits("wait.in_queue", ALL, kaplan_meier(waited[of_team], begun[of_team]), limit(frames))
    for kind, resources in (("team", frames.scenario.teams), ("panel", frames.scenario.panels)):
        for name in resources:
            rows = tasks.one_of("resource", name)
            kpis.add_waits("wait.in_queue", name, kaplan_meier(waited[rows], begun[rows]), limit(frames), kind)


def curves(frames: Frames, series: Curves, total: requests.Waits) -> None:
    """Add the curves of the share served, and of the share decided, within a number of days."""
    grid: Floats = np.arange(0.0, LONGEST_DAYS + CURVE_STEP_DAYS, CURVE_STEP_DAYS)
    groups = total.groups(())
    for group in (ALL, "child", "adult"):
        series.add("wait.total.curve", group, grid, 1.0 - total.of(groups[group]).at(grid))
    decisions = frames.kind("decision")
    series.add("wait.decision.curve", ALL, grid, 1.0 - of_events(frames, decisions).at(grid))
    for track in tracks_with_clock(frames, "decision"):
        of_track = of_events(frames, decisions, decisions.one_of("track", track))
        series.add("wait.decision.curve", track, grid, 1.0 - of_track.at(grid))
