"""Stand-ins for the model and the measures of a search: figures that follow from the staffing, and faults on demand."""

from __future__ import annotations

import fake_engine
import numpy as np
import pandas as pd

from sim.journal import Journal
from sim.measures import Figures
from sim.scenario import Scenario

simulate = fake_engine.simulate


def measure(journal: Journal, scenario: Scenario) -> Figures:
    """Return what is known beforehand: cost rises and waits fall with caseworkers and places.

    Cost: 1,000,000 a caseworker and 10,000 a place, and noise that all staffings share. Wait: 240 days divided by
    the caseworkers, less a day for each place above 40, and 0 to 9 days that follow from the replication. Nobody
    turns 18 in the future of replication 1, so that there is nothing to measure.
    """
    whole = fake_engine.measure(journal, scenario)
    caseworkers = scenario.teams["advisers"].caseworkers
    places = scenario.services["family_support"].suppliers["own"].places
    noise = np.random.default_rng([journal.seed, journal.replication]).normal()
    wait = 240 / caseworkers - (places - 40) + journal.replication % 10
    rows = [
        ("cost.total", "all", 1e6 * caseworkers + 1e4 * places + 1e5 * noise, "dkk"),
        ("wait.total", "all", wait, "days"),
        ("wait.total", "child", wait + 1, "days"),
        ("transition.gap_days", "all", float("nan") if journal.replication == 1 else 5.0, "days"),
        ("appeals.reversal_share", "all", float("nan"), "share"),
    ]
    return Figures(pd.DataFrame(rows, columns=["kpi", "group", "value", "unit"]), whole.costs, whole.series)
