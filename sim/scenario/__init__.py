"""What a planner may say: the configuration, checked and frozen.

One module per concept; :class:`~sim.scenario.scenario.Scenario` is the whole.
"""

from sim.scenario.scenario import About, Scenario

__all__ = ["About", "Scenario"]
