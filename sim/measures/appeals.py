"""Legal certainty: how much is appealed, how much of it is reversed, and how long it takes."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from sim.measures.frames import Frames, Mask
from sim.measures.kpis import ALL, Kpis
from sim.measures.waits import limit, of_events

REVERSED = ("changed", "remitted")
RULINGS = ("upheld", *REVERSED)
"""Rulings on the merits; a dismissed appeal is not one."""
BOARD_OUTCOMES = (*RULINGS, "dismissed")

CONFIDENCE = 0.95
"""Of the sampling interval of the reversal share."""


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add the measures of appeals: for all, and per administration whose decisions were appealed."""
    appeals = frames.kind("appeal")
    board = frames.kind("board")
    decided = board.named(outcome=BOARD_OUTCOMES)
    decided = frames.begun(decided, "time")

    def add(group: str, filed_here: Mask, decided_here: Mask, of: str) -> None:
        filed = frames.begun(appeals.where(filed_here), "since")
        kpis.add("appeals.filed", group, len(filed) / frames.years, of)
        outcomes = decided.where(decided_here)
        kpis.add("volume.appeals_per_year", group, len(outcomes) / frames.years, of)
        number = int(np.count_nonzero(outcomes.one_of("outcome", *RULINGS)))
        reversed_ = int(np.count_nonzero(outcomes.one_of("outcome", *REVERSED)))
        kpis.add("appeals.reversal_share", group, reversed_ / number if number else float("nan"), of)
        kpis.add("appeals.reversal_share.n", group, number, of)
        low, high = wilson(reversed_, number, CONFIDENCE)
        kpis.add("appeals.reversal_share.low", group, low, of)
        kpis.add("appeals.reversal_share.high", group, high, of)
        kpis.add_waits("appeals.days_to_final", group, of_events(frames, appeals, filed_here), limit(frames), of)

    add(ALL, np.ones(len(appeals), dtype=np.bool_), np.ones(len(decided), dtype=np.bool_), ALL)
    for name in frames.scenario.administrations:
        add(name, appeals.one_of("administration", name), decided.one_of("administration", name), "administration")


def wilson(successes: int, number: int, confidence: float) -> tuple[float, float]:
    """Return Wilson's score interval of a share (NaN if there is nothing to take a share of).

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if number == 0:
        return float("nan"), float("nan")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / number
    centre = share + z * z / (2 * number)
    spread = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    scale = 1 + z * z / number
    low = 0.0 if successes == 0 else (centre - spread) / scale
    high = 1.0 if successes == number else (centre + spread) / scale
    return low, high
