"""How often people get another caseworker, and why."""

from __future__ import annotations

import numpy as np

from sim.measures.frames import Frames
from sim.measures.kpis import ALL, Kpis

CAUSES = ("resignation", "absence", "team_boundary", "birthday", "return", "reduction")
"""Causes that every result shows, with 0 where there were none; others are shown where they occur. ``agency``: a
temporary caseworker has left; it is one of these where there are agencies."""

DAYS_PER_YEAR = 365.25


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add the changes of caseworker per year that a case has a named caseworker: all, and per cause."""
    case_years = _days_with_a_caseworker(frames) / DAYS_PER_YEAR
    changes = frames.begun(frames.kind("caseworker_change"), "time")
    turnover = frames.scenario.caseworking.turnover
    usual = CAUSES if turnover is None or turnover.agency is None else (*CAUSES, "agency")
    causes = (*usual, *(cause for cause in changes.used("outcome") if cause not in usual))
    counts = {ALL: len(changes)} | {cause: np.count_nonzero(changes.one_of("outcome", cause)) for cause in causes}
    for group, count in counts.items():
        kpis.add("continuity.changes", group, count / case_years if case_years else float("nan"))


def _days_with_a_caseworker(frames: Frames) -> float:
    """Return the days on which cases had a named caseworker: one who has two at a time, as with a coordinator, once."""
    assigned = frames.kind("assigned")
    start, time = assigned["since"], assigned["time"]
    start, end = np.clip(start, frames.start, frames.end), np.where(np.isnan(time), frames.end, time)
    order = np.lexsort((start, assigned["case"]))
    start, end, case = start[order], np.clip(end, frames.start, frames.end)[order], assigned["case"][order]
    if len(case) == 0:
        return 0.0
    # The latest end so far of the same case: each case gets a span of its own on one rising axis.
    base = np.cumsum(np.concatenate(([False], case[1:] != case[:-1]))) * (2.0 * frames.end + 1.0)
    covered_to = np.concatenate(([-np.inf], np.maximum.accumulate(base + end)[:-1]))
    return float(np.sum(np.maximum(base + end - np.maximum(base + start, covered_to), 0.0)))
