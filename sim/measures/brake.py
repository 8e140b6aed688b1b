"""What the brake holds back: how many grants wait for a new budget year, and for how long."""

from __future__ import annotations

import numpy as np

from sim.measures.frames import Frames
from sim.measures.kpis import ALL, Kpis
from sim.measures.waits import limit, of_events


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add the grants that were held back in the measured period and their waits: all, and by who pays."""
    held = frames.kind("braked")
    begun = (held["since"] >= frames.start) & (held["since"] < frames.end)
    kpis.add("brake.grants_per_year", ALL, np.count_nonzero(begun) / frames.years)
    kpis.add_waits("brake.wait_days", ALL, of_events(frames, held), limit(frames))
    for name in frames.scenario.administrations:
        mine = held.one_of("administration", name)
        kpis.add("brake.grants_per_year", name, np.count_nonzero(begun & mine) / frames.years, "administration")
        kpis.add_waits("brake.wait_days", name, of_events(frames, held, mine), limit(frames), "administration")
