"""How often people get another caseworker, and why."""

from __future__ import annotations

import numpy as np

from sim.measures.frames import Frames
from sim.measures.kpis import ALL, Kpis

CAUSES = ("resignation", "absence", "team_boundary", "birthday", "return")
"""Causes that every result shows, with 0 where there were none; others are shown where they occur."""

DAYS_PER_YEAR = 365.25


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add the changes of caseworker per year that a case has a named caseworker: all, and per cause."""
    assigned = frames.kind("assigned")
    case_years = float(np.sum(frames.overlap(assigned["since"], assigned["time"]))) / DAYS_PER_YEAR
    changes = frames.begun(frames.kind("caseworker_change"), "time")
    causes = (*CAUSES, *(cause for cause in changes.used("outcome") if cause not in CAUSES))
    counts = {ALL: len(changes)} | {cause: np.count_nonzero(changes.one_of("outcome", cause)) for cause in causes}
    for group, count in counts.items():
        kpis.add("continuity.changes", group, count / case_years if case_years else float("nan"))
