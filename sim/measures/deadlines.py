"""Whether statutory and local deadlines are met."""

from __future__ import annotations

import numpy as np

from sim.measures.frames import Frames, Mask, Table
from sim.measures.kpis import ALL, Kpis
from sim.measures.waits import tracks_with_clock

ROUNDING_DAYS = 1e-6
"""A tenth of a second: what two ways of calculating the same moment may differ by."""


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add the share of deadlines met: for all, per track and per administration."""
    for clock, rule in frames.scenario.clocks.items():
        if rule.within is None and rule.before_birthday_months is None:
            continue
        counted, met = judged(frames, frames.kind(clock))
        kpi = f"deadline.{clock}"
        kpis.add_share(kpi, ALL, met)
        for track in tracks_with_clock(frames, clock):
            kpis.add_share(kpi, track, met[counted.one_of("track", track)], "track")
        for administration in frames.scenario.administrations:
            rows = counted.one_of("administration", administration)
            if rows.any():
                kpis.add_share(kpi, administration, met[rows], "administration")


def judged(frames: Frames, events: Table) -> tuple[Table, Mask]:
    """Return the clocks whose deadline can be judged, and whether each was met.

    Judged are clocks started in the measured period whose deadline falls before its end, whether they have stopped
    by then or not. Those with a later deadline are left out even if they have stopped already: otherwise only the
    quick ones among the last would count. A wait given up before its deadline was neither met nor missed.
    """
    begun = frames.begun(events, "since")
    time, due = begun["time"], begun["due"]
    stopped = np.where(np.isnan(time), np.inf, time)
    in_time = stopped <= due + ROUNDING_DAYS
    given_up = begun.one_of("outcome", "withdrawn")
    rows = (due <= frames.end) & ~(given_up & in_time)
    return begun.where(rows), in_time[rows]
