"""Stand-ins for the model and the measures: results that are known beforehand, and faults on demand.

Importable by worker processes, which is why they are not fixtures. A fault is asked for by a file in the folder that
the environment variable :data:`FAULTS` names.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
from pathlib import Path

import numpy as np
import pandas as pd

from sim.journal import TABLES, Journal, Recorder
from sim.measures import Figures
from sim.scenario import Scenario

FAULTS = "SAGSFLOW_TEST_FAULTS"


def simulate(scenario: Scenario, replication: int) -> Journal:
    """Return a journal with one spell, after whatever fault was asked for."""
    faults = Path(os.environ[FAULTS]) if FAULTS in os.environ else None
    caseworkers = scenario.teams["advisers"].caseworkers
    if faults is not None:
        _fault(faults, f"{caseworkers}-{replication}")
    recorder = Recorder({"service": ["family_support"], "track": ["support"], "payer": ["family"], "supplier": ["own"]})
    kind = recorder.names["spells.kind"].code("ordinary")
    recorder.add_spell((1, 0, 0, 0, 0, kind, 2, 10.0, 20.0, 30.0 + replication, float("nan"), float("nan")))
    return Journal(
        scenario=scenario.about.name,
        replication=replication,
        seed=scenario.seed,
        start=dt.date(2024, 1, 1),
        run_in=0.0,
        horizon=100.0,
        names={key: names.all() for key, names in recorder.names.items()},
        **{name: recorder.columns(name) for name in TABLES},
    )


def _fault(folder: Path, which: str) -> None:
    if (folder / f"raise-{which}").exists():
        raise ValueError("the sky fell\non our heads")
    once = folder / f"die-once-{which}"
    if once.exists():
        once.unlink()
        signal.raise_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    if (folder / f"memory-{which}").exists():
        raise MemoryError
    if (folder / f"die-{which}").exists():
        os._exit(77)
    if (folder / f"slow-{which}").exists():
        time.sleep(0.3)


def measure(journal: Journal, scenario: Scenario) -> Figures:
    """Return two figures that follow from caseworkers and replication: their difference over caseworkers is known."""
    caseworkers = scenario.teams["advisers"].caseworkers
    noise = np.random.default_rng([journal.seed, journal.replication]).normal()
    kpis = pd.DataFrame(
        {
            "kpi": ["wait.total", "nothing"],
            "group": ["all", "all"],
            "value": [100.0 + noise - 10 * caseworkers, float("nan")],
            "unit": ["days", "share"],
        }
    )
    costs = pd.DataFrame(
        {
            "year": [2024],
            "administration": ["family"],
            "account": ["6.45.58"],
            "payer": ["family"],
            "part": ["services"],
            "item": ["=cmd"],
            "supplier": ["own"],
            "level": [2],
            "quantity": [10.0],
            "unit": ["days"],
            "amount_dkk": [-1000.5 * caseworkers],
        }
    )
    series = pd.DataFrame({"series": ["backlog"], "group": ["advisers"], "x": [0.0], "value": [noise]})
    return Figures(kpis=kpis, costs=costs, series=series)
