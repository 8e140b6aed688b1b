"""A pooled team of persons: what is left of a task that somebody hands over goes back into the common queue."""

from __future__ import annotations

from sim.model.staffed_desk import Caseworker, StaffedDesk
from sim.model.team import Attendance, Desk, Task, Team


class StaffedPool(Team):
    """Caseworkers who share work, and who come and go."""

    def _desks(self) -> list[Desk]:
        return [StaffedDesk(self, 0)]

    @property
    def _desk(self) -> StaffedDesk:
        desk = self.desks[0]
        assert isinstance(desk, StaffedDesk)
        return desk

    def withdrawn(self, task: Task) -> None:
        """Take note of a task that was given up before it began; it leaves the queue when its turn comes."""
        super().withdrawn(task)
        self._desk.gone_by += 1

    def join(self, worker: Caseworker) -> None:
        """Let somebody begin in the team."""
        desk = worker.desk = self._desk
        desk.staff.append(worker)
        desk.arrive(worker, last=True)

    def leave(self, worker: Caseworker, cause: str) -> None:
        """Let somebody leave the team."""
        was_there = worker.at_work
        worker.gone = True
        self._desk.staff.remove(worker)
        if was_there:
            self._depart(worker)

    def away(self, worker: Caseworker) -> None:
        """Let somebody be absent."""
        self._depart(worker)

    def _depart(self, worker: Caseworker) -> None:
        rest = self._desk.depart(worker)
        if rest is None:
            return
        if isinstance(rest, Attendance):
            self.call(rest)
        else:
            self.submit(rest)

    def back(self, worker: Caseworker) -> None:
        """Let somebody come back from an absence."""
        self._desk.arrive(worker)

    def reassign(self, worker: Caseworker) -> None:
        """Do nothing: nobody has cases of their own."""

    def trained(self, worker: Caseworker) -> None:
        """Do nothing: nobody has cases of their own."""
