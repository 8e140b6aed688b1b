"""Whether budget frames are kept (*budgetrammer*): what is spent in a calendar year against what may be.

What counts is net: everything that the administrations pay less what they get. Administrations that draw on one frame
are added up, and so is what they may spend. Only whole calendar years of the measured period are compared: half a
year's spending says nothing about a year's frame.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.measures.costs import reported_level
from sim.measures.frames import Frames, Integers
from sim.measures.kpis import Kpis
from sim.scenario.budget_frames import budget_frames, frame_dkk

FAMILY_PART = "family"


def measure(frames: Frames, kpis: Kpis, booked: pd.DataFrame) -> None:
    """Add how far net costs exceed the frames that the scenario gives, and in how many of the years they do.

    Args:
        frames: For the measured period.
        kpis: Where to add them.
        booked: The ledger: columns year, payer, part and oere.
    """
    costs = frames.scenario.costs
    if costs is None or not costs.frames:
        return
    years = whole_years(frames)
    # A frame pays for wages and for what is bought in the proportion in which services do.
    to_level = reported_level(frames, costs).factor(years, costs.wage_share)
    scale = frames.scenario.municipality.scale
    for name, members in budget_frames(frames.scenario.administrations).items():
        allowed = [frame_dkk(costs.frames, members, year, scale) for year in years.tolist()]
        if None in allowed:
            continue
        oere = np.array(allowed, dtype=np.float64) * 100 * to_level
        beyond = net_oere(booked, members, years) - oere
        group, measured = f"frame:{name}", len(years) > 0
        kpis.add("frame.overspend", group, float(np.mean(beyond)) / 100 if measured else float("nan"))
        # A frame need not be a whole number of øre; what is spent is.
        exceeded = float(np.mean(beyond > 0.5)) if measured else float("nan")
        kpis.add("frame.years_overspent", group, exceeded)


def whole_years(frames: Frames) -> Integers:
    """Return the calendar years that lie in the measured period from beginning to end."""
    begins, ends = frames.new_years[:-1], frames.new_years[1:]
    inside = (begins >= frames.start) & (ends <= frames.end)
    result: Integers = np.flatnonzero(inside) + frames.date_of_day_0.year
    return result


def net_oere(booked: pd.DataFrame, payers: tuple[str, ...], years: Integers) -> Integers:
    """Return what some administrations pay less what they get in each of some years, in øre."""
    # By the part as well: what families pay is never the municipality's, whatever an administration is called.
    theirs = booked[booked["payer"].isin(payers) & (booked["part"] != FAMILY_PART)]
    result: Integers = theirs.groupby("year")["oere"].sum().reindex(years, fill_value=0).to_numpy(dtype=np.int64)
    return result
