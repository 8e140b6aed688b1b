"""The ledgers that a picture of money is drawn from."""

from __future__ import annotations

from sim.report.budget.study import Study, study_of
from sim.report.results import Point, Results
from sim.report.sheet import NothingToShow


def compared_ledgers(results: Results) -> tuple[Study, list[Point]]:
    """Read the ledgers of all points; also return the points that can be compared with the reference, in their order.

    Raises:
        NothingToShow: There are no two scenarios with costs in a whole calendar year.
        PlannerError: A ledger was written by an earlier version.
    """
    study = study_of(results)
    points = [point for point in results.points if point.label in study.others]
    if not points:
        raise NothingToShow(results.texts("nothing.who_pays"))
    return study, points
