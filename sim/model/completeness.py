"""How well files are documented: what a case's file gains by work and loses by changes of caseworker and overload."""

from __future__ import annotations

from sim.model.case import Case
from sim.scenario.staff import Completeness


class Files:
    """What happens to the completeness (0 to 1) of files."""

    def __init__(self, config: Completeness) -> None:
        self._config = config
        self.overload_tasks = config.overload_tasks if config.overload_loss > 0 else None
        """Tasks waiting per caseworker above which files suffer; None: they never do."""

    def taken_over(self, case: Case, other_administration: bool, share: float) -> None:
        """Lose what a new caseworker does not find in the file, or a share of it."""
        lost = self._config.change_loss
        if other_administration:
            lost += self._config.boundary_loss
        case.completeness = max(0.0, case.completeness - lost * share)

    def documented(self, case: Case, share: float, late: bool = False) -> None:
        """Add a share of what the file lacks; work that is late adds less."""
        if late:
            share *= self._config.late_share
        case.completeness += share * (1.0 - case.completeness)

    def begun_under_load(self, case: Case) -> None:
        """Lose what is not written down by who has too much to do."""
        case.completeness = max(0.0, case.completeness - self._config.overload_loss)
