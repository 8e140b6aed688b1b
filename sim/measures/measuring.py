"""All measures of one journal."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.journal import Journal
from sim.measures import (
    appeals,
    brake,
    budgets,
    continuity,
    costs,
    counts,
    deadlines,
    flow,
    matching,
    queues,
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

PRICED = ("cost.", "frame.", "self_pay", "unit_cost.")
"""How the ids of the measures begin that depend on prices."""


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
    for part in (deadlines, transition, flow, staff, continuity, appeals, volumes, matching, counts, brake):
        part.measure(frames, kpis)
    ledger = _costs(frames, kpis)
    for plotted in (transition, staff, volumes, queues):
        plotted.curves(frames, series)
    return Figures(kpis=kpis.frame(), costs=ledger, series=series.frame())


def depends_on_prices(kpi: str) -> bool:
    """Return whether a measure is one of those that :func:`measure_costs` derives."""
    return kpi.startswith(PRICED)


def measure_costs(journal: Journal, scenario: Scenario) -> Figures:
    """Derive the figures that depend on prices, and no other.

    Args:
        journal: What happened, or the part of it that costs hang on (see :mod:`sim.measures.billing`).
        scenario: What was simulated, with the prices that are to hold.

    Returns:
        The measures of money and the ledger, as :func:`measure` derives them from the whole journal; no curves.

    Raises:
        KeyError: A service that was used has no price in a scenario that has a price list.
    """
    kpis = Kpis()
    ledger = _costs(Frames(journal, scenario), kpis)
    return Figures(kpis=kpis.frame(), costs=ledger, series=Curves().frame())


def entries(journal: Journal, scenario: Scenario) -> pd.DataFrame:
    """Return every entry of the ledger with its dates, as :func:`sim.measures.costs.entries` does.

    Args:
        journal: What happened, or the part of it that costs hang on.
        scenario: What was simulated, with the prices that are to hold.
    """
    return costs.entries(Frames(journal, scenario))


def _costs(frames: Frames, kpis: Kpis) -> pd.DataFrame:
    """Add every measure that depends on prices, and return the ledger.

    What is called here reads no more of the journal than :mod:`sim.measures.billing` keeps.
    """
    booked = costs.ledger(frames)
    costs.measure(frames, kpis, booked)
    budgets.measure(frames, kpis, booked)
    self_pay.measure(frames, kpis, booked)
    unit_costs.measure(frames, kpis)
    return costs.table(booked)
