"""What the parts of a scenario say about each other: every name exists, every step can be reached and can end."""

from __future__ import annotations

from sim.scenario.errors import Problem
from sim.scenario.scenario import Scenario


def check(scenario: Scenario) -> list[Problem]:
    """Return everything that is wrong with a scenario although each of its parts is well formed."""
    return []
