"""The fake engine, with a fault more: a replication that lasts until it is let go, so that a node can die under it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import fake_engine

from sim.journal import Journal
from sim.scenario import Scenario

HOLD = "hold"
"""While a file of this name lies among the faults, nothing ends."""


def simulate(scenario: Scenario, replication: int) -> Journal:
    """Say which process started ours, wait, and go on as the fake engine does."""
    faults = Path(os.environ[fake_engine.FAULTS])
    (faults / f"held-by-{os.getppid()}").touch()
    while (faults / HOLD).exists():
        time.sleep(0.05)
    return fake_engine.simulate(scenario, replication)
