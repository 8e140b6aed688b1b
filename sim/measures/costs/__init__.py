"""What it costs: a ledger in which every øre has an administration, an account, a payer, a part and a year.

``index``      price levels: what an amount of the price list becomes in another year's kroner
``proration``  amounts that run with time, cut at New Year (or at the months) without losing an øre
``book``       entries, and how they are added up
``staff``, ``services``, ``appeals``
               the entries themselves
``state``      what counts towards the state's refund, and the refund's entries
``booking``    putting together: the ledger, the table that is stored, the full list of entries
``kpis``       the measures

How a figure comes about is told in docs/costs.md.
"""

from sim.measures.costs.booking import entries, ledger, reported_level, table
from sim.measures.costs.kpis import in_dkk_per_year, measure
from sim.measures.costs.state import person_months

__all__ = [
    "entries",
    "in_dkk_per_year",
    "ledger",
    "measure",
    "person_months",
    "reported_level",
    "table",
]
