"""The one place that says what each measure is: unit, which way is better, label and definition in both languages.

Nothing is measured that is not defined here (:func:`definition` refuses it), and nothing is defined that is never
measured (a test sees to it).
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from sim.measures.definitions import (
    budgets,
    curves,
    flow,
    money,
    needs,
    organisation,
    rights,
    transition,
    unit_costs,
    volumes,
    waiting,
)
from sim.measures.definitions.definition import UNITS, Definition, Direction, Unit

DEFINITIONS: Mapping[str, Definition] = {
    entry.id: entry
    for part in (waiting, rights, transition, flow, organisation, volumes, needs, money, budgets, unit_costs, curves)
    for entry in part.DEFINITIONS
}
"""By id. An id with ``*`` defines a family, such as the deadlines that a planner adds."""

HEADLINES: tuple[tuple[str, str], ...] = (
    ("wait.total", "all"),
    ("transition.gap_days", "all"),
    ("deadline.assessment_4m", "all"),
    ("appeals.reversal_share", "all"),
    ("cost.total", "all"),
)
"""The five figures to show first, in this order: measure and group."""


def definition(name: str) -> Definition:
    """Return the definition of a measure or curve.

    Raises:
        KeyError: There is none.
    """
    if name in DEFINITIONS:
        return DEFINITIONS[name]
    for pattern, entry in DEFINITIONS.items():
        if "*" in pattern and fnmatchcase(name, pattern):
            return entry
    raise KeyError(f"the measure {name!r} is not defined")


__all__ = ["DEFINITIONS", "HEADLINES", "UNITS", "Definition", "Direction", "Unit", "definition"]
