"""From journals to figures: pure functions.

``definitions``  what each measure is, in words: unit, direction, both languages
``frames``       the journal's tables with their names decoded, and the measured period
``survival``     how long things take when some are not over yet (Kaplan-Meier)
``requests``     the waits from request and decision to service
``presence``     when caseworkers are employed, away, or still learning
``waits``, ``deadlines``, ``transition``, ``flow``, ``staff``, ``continuity``, ``appeals``, ``volumes``, ``matching``,
``counts``, ``costs``, ``refund``, ``self_pay``, ``unit_costs``
                 the measures themselves
``billing``      the part of a journal that costs hang on, for pricing it again

Only the measured period counts. A wait belongs to the period in which it begins, and one that is not over when the
simulation ends is right-censored, never dropped.

The figures are about persons who were under 30 when they first came. Older ones are background work: it takes the
teams' time and costs money, so it counts in ``staff.utilisation``, ``staff.backlog`` and ``cost.*``, and nowhere else.
"""

from sim.measures.billing import billable
from sim.measures.definitions import DEFINITIONS, HEADLINES, UNITS, Definition, definition
from sim.measures.frames import as_frame
from sim.measures.groups import group_label
from sim.measures.measuring import Figures, depends_on_prices, entries, measure, measure_costs

__all__ = [
    "DEFINITIONS",
    "HEADLINES",
    "UNITS",
    "Definition",
    "Figures",
    "as_frame",
    "billable",
    "definition",
    "depends_on_prices",
    "entries",
    "group_label",
    "measure",
    "measure_costs",
]
