"""What families pay for themselves while they wait, in which phase, and what they get back.

Three phases: *after the 18th birthday*, where a children's service has ended and nothing has replaced it; *waiting* for
a decision or for a service; and *during an appeal*. A stretch that the municipality pays back stands in the journal
twice, as paid by the family and as reimbursed.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measures.costs import in_dkk_per_year
from sim.measures.costs.book import FAMILY_PART
from sim.measures.costs.booking import reported_level
from sim.measures.costs.services import spell_costs
from sim.measures.frames import Floats, Frames, Mask, Table
from sim.measures.kpis import ALL, Kpis

PHASES = ("after_18", "waiting", "appeal")

DAYS_PER_YEAR = 365.25


def measure(frames: Frames, kpis: Kpis, booked: pd.DataFrame) -> None:
    """Add what families pay: for all and per phase; amounts only if the scenario has prices.

    Args:
        frames: The journal.
        kpis: Where to add them.
        booked: The ledger.
    """
    everybody = frames.everybody
    spells = everybody.spells.named(kind=("self_pay", "reimbursed"))
    spells = spells.where(~np.isnan(spells["start"]))
    phase, back = _phases(everybody, spells), spells.one_of("kind", "reimbursed")
    groups = {ALL: np.ones(len(spells), dtype=np.bool_)} | {f"phase:{name}": phase == name for name in PHASES}
    for group, rows in groups.items():
        kpis.add("self_pay.families", group, _families(everybody, spells.where(rows)))
    costs = frames.scenario.costs
    if costs is None:
        return
    row, oere = spell_costs(everybody, spells, costs, reported_level(everybody, costs))
    signed = np.where(back[row], -oere, oere)
    for group, rows in groups.items():
        kpis.add("self_pay", group, in_dkk_per_year(frames, signed[rows[row]]))
        kpis.add("self_pay.reimbursed", group, in_dkk_per_year(frames, oere[(rows & back)[row]]))
    in_the_ledger = booked["oere"].to_numpy(dtype=np.int64)[booked["part"].to_numpy() == FAMILY_PART]
    assert np.sum(signed) == np.sum(in_the_ledger), "what families pay differs from the ledger"


def _phases(frames: Frames, spells: Table) -> npt.NDArray[np.str_]:
    """Return the phase of each spell.

    What stands in for a children's service from the birthday on is booked on the children's track; whatever else is
    bought on that track begins before the birthday, unless it is about an appeal.
    """
    side, start, adult_from = spells.lookup("track", frames.side, ""), spells["start"], frames.majority(spells["case"])
    grown = (side == "child") & (start >= adult_from)
    appealing = (side == "appeal") | _running(frames.kind("appeal"), spells["case"], start)
    result: npt.NDArray[np.str_] = np.where(grown, "after_18", "waiting")
    return np.where(appealing & ~(grown & (start == adult_from)), "appeal", result)


def _running(clocks: Table, cases: npt.NDArray[np.int64], times: Floats) -> Mask:
    """Return whether the case of each of some times had one of the clocks running then."""
    if len(clocks) == 0 or len(times) == 0:
        return np.zeros(len(times), dtype=np.bool_)
    since, until = clocks["since"], np.where(np.isnan(clocks["time"]), np.inf, clocks["time"])
    # One rising axis for all cases, each with a span of its own; every clock stops within the span of its case.
    zero = min(float(np.min(since)), float(np.min(times)))
    last = max(float(np.max(since)), float(np.max(times))) + 1.0
    span = last - zero + 1.0

    def happened(clock_times: Floats) -> npt.NDArray[np.int64]:
        axis = np.sort(clocks["case"] * span + np.minimum(clock_times, last) - zero)
        return np.searchsorted(axis, cases * span + times - zero, side="right")

    running: Mask = happened(since) > happened(until)
    return running


def _families(frames: Frames, paid: Table) -> float:
    """Return how many families pay in a year: the period is cut into years of equal length, and these averaged."""
    windows = max(1, round(frames.days / DAYS_PER_YEAR))
    edges = np.linspace(frames.start, frames.end, windows + 1)
    start, end = paid["start"], np.where(np.isnan(paid["end"]), np.inf, paid["end"])

    def paying(first: float, last: float) -> Mask:
        rows: Mask = (start < last) & (end > first)
        return rows

    families = [len(np.unique(paid["case"][paying(first, last)])) for first, last in pairwise(edges)]
    return float(np.mean(families))
