"""The measures of cost: the ledger per year of the measured period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.measures.costs.book import (
    BOARD,
    FAMILY,
    FAMILY_PART,
    REFUND,
    SERVICE_PARTS,
    STAFF_PARTS,
    USER_CHARGE,
)
from sim.measures.frames import Frames, Integers
from sim.measures.kpis import ALL, Kpis
from sim.scenario.budget_frames import budget_frames

SHOWN_PARTS = ("appeals", "vacancy", "overtime", "agency", "recruitment", "bridging")
"""Parts that are measures of their own."""


def measure(frames: Frames, kpis: Kpis, booked: pd.DataFrame) -> None:
    """Add costs per year, if the scenario has prices.

    Args:
        frames: The journal.
        kpis: Where to add them.
        booked: The ledger.
    """
    costs, administrations = frames.scenario.costs, frames.scenario.administrations
    if costs is None:
        return
    oere = booked["oere"].to_numpy(dtype=np.int64)
    part, payer = booked["part"].to_numpy(), booked["payer"].to_numpy()
    administration = booked["administration"].to_numpy()
    state = costs.refund.payer if costs.refund is not None else ""
    rows = {
        "cost.total": payer != FAMILY,
        "cost.staff": np.isin(part, STAFF_PARTS),
        "cost.services": np.isin(part, SERVICE_PARTS),
        "cost.board": part == BOARD,
        "cost.family": part == FAMILY_PART,
        "cost.refund": (part == REFUND) & (payer == state),
        "cost.user_charges": (part == USER_CHARGE) & (payer == FAMILY),
    } | {f"cost.{name}": part == name for name in SHOWN_PARTS}
    for kpi, mask in rows.items():
        kpis.add(kpi, ALL, in_dkk_per_year(frames, oere[mask]))
        for name in administrations:
            kpis.add(kpi, name, in_dkk_per_year(frames, oere[mask & (administration == name)]), "administration")
    kpis.add("cost.municipality", ALL, in_dkk_per_year(frames, oere[np.isin(payer, list(administrations))]))
    for name in administrations:
        kpis.add("cost.municipality", name, in_dkk_per_year(frames, oere[payer == name]), "administration")
    payers = (*administrations, costs.appeals_board.payer, *([state] if state else []), FAMILY)
    for name in dict.fromkeys(payers):
        kpis.add("cost.payer", name, in_dkk_per_year(frames, oere[payer == name]))
    for name, members in budget_frames(administrations).items():
        kpis.add("cost.frame", f"frame:{name}", in_dkk_per_year(frames, oere[np.isin(payer, members)]))


def in_dkk_per_year(frames: Frames, oere: Integers) -> float:
    """Return the sum of amounts in øre as DKK per year of the measured period."""
    return float(np.sum(oere)) / 100 / frames.years
