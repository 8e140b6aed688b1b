"""All measures of one journal."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.journal import Journal
from sim.measures import (
    appeals,
    continuity,
    costs,
    counts,
    deadlines,
    matching,
    self_pay,
    staff,
    transition,
    unit_costs,
    volumes,
    waits,
)
from sim.measures.frames import Frames
from sim.measures.kpis import Curves, Kpis
from sim.measures.requests import from_request
from sim.scenario import Scenario


@dataclass(frozen=True)
class Figures:
    """What one replication of one scenario came to."""

    kpis: pd.DataFrame
    """Columns kpi, group, value (NaN: nothing to measure), unit. What each is: :mod:`sim.measures.definitions`."""
    costs: pd.DataFrame
    """The ledger of the measured period: columns year, administration, account, payer, part, item, supplier, level,
    quantity, unit, amount_dkk (two decimals), as docs/costs.md explains them."""
    series: pd.DataFrame
    """Columns series, group, x, value: curves and time series, on grids that depend on the horizon alone."""


def measure(journal: Journal, scenario: Scenario) -> Figures:
    """Derive every figure from a journal.

    Args:
        journal: What happened.
        scenario: What was simulated, for prices, calendars and who is in charge of what; prices may be other than
            those at the time of the simulation.

    Raises:
        KeyError: A service that was used has no price in a scenario that has a price list.
    """
    frames = Frames(journal, scenario)
    kpis, series = Kpis(), Curves()
    total = from_request(frames)
    waits.measure(frames, kpis, total)
    waits.curves(frames, series, total)
    for part in (deadlines, transition, staff, continuity, appeals, volumes, matching, counts):
        part.measure(frames, kpis)
    booked = costs.ledger(frames)
    costs.measure(frames, kpis, booked)
    self_pay.measure(frames, kpis, booked)
    unit_costs.measure(frames, kpis)
    for plotted in (transition, staff, volumes):
        plotted.curves(frames, series)
    return Figures(kpis=kpis.frame(), costs=costs.table(booked), series=series.frame())
