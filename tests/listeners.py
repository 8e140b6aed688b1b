"""Who is told how far a sweep or a search is, in tests."""

from __future__ import annotations

from sim.experiment.run import Done, Failed


class Listener:
    """Writes down what it is told; may press Ctrl-C after a number of replications."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.results: list[Done] = []
        self.failures: list[Failed] = []
        self.stored = 0
        """Replications that were there already."""
        self.totals: list[int] = []
        """How many there were to be in all, each time that it was said."""
        self.left_out = 0
        """Replications of hopeless candidates."""
        self._stop_after = stop_after

    @property
    def replications(self) -> set[int]:
        """The numbers of those that were simulated."""
        return {result.replication for result in self.results}

    def started(self, total: int, stored: int, missing: object) -> None:
        """Add up: a search begins several times."""
        self.totals.append(total)
        self.stored += stored

    def extended(self, total: int, met: int, targets: int, missing: object) -> None:
        """Write down the new goal."""
        self.totals.append(total)

    def done(self, result: Done) -> None:
        """Write it down, and press Ctrl-C if it is time."""
        self.results.append(result)
        if len(self.results) == self._stop_after:
            raise KeyboardInterrupt

    def failed(self, result: Failed) -> None:
        """Write it down."""
        self.failures.append(result)

    def skipped(self, replications: int) -> None:
        """Count what a search leaves out."""
        self.left_out += replications

    def finished(self) -> None:
        """Nothing is to be done then."""
