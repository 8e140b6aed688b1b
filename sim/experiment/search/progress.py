"""How far a search is: replications of all candidates together, those left out counted when it is known."""

from __future__ import annotations

from sim.experiment.progress import Progress


class SearchProgress(Progress):
    """Tells a person how far the search is."""

    def skipped(self, replications: int) -> None:
        """Count replications that a hopeless candidate does not need."""
        for _ in range(replications):
            self._advance("")
