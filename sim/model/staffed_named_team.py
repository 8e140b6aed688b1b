"""A named team of persons: duty while somebody is away, and cases that are handed over.

While a caseworker is away, urgent work on their cases goes to a colleague on duty, and so does what any caseworker
may do; the rest waits. No new case comes to them. When they leave, or have been away for long, their cases get other
caseworkers, or wait for one like new cases.
"""

from __future__ import annotations

import math
from heapq import heapify
from typing import TYPE_CHECKING, cast

from sim.model.clock import WorkingClock
from sim.model.named_team import ORDINARY, Assignment, NamedTeam
from sim.model.staffed_desk import Caseworker, StaffedDesk
from sim.model.team import Attendance, Desk, Task
from sim.scenario.staff import Caseworking
from sim.scenario.staff import Team as TeamConfig

if TYPE_CHECKING:
    from sim.model.world import World


class StaffedNamedTeam(NamedTeam):
    """A team in which every case has its own caseworker, and in which caseworkers come and go."""

    def __init__(
        self, world: World, name: str, config: TeamConfig, clock: WorkingClock, caseworking: Caseworking
    ) -> None:
        super().__init__(world, name, config, clock, 0, caseworking)
        self._duty_priority = -1 if caseworking.duty_priority is None else caseworking.duty_priority
        self._for_anybody: list[Task] = []
        """What waits for the first who comes back, because nobody is there."""

    # -- work ---------------------------------------------------------------------------------------------------

    def _pass_on(self, task: Task, assignment: Assignment) -> None:
        desk = assignment.desk
        assert desk is not None
        if task.priority <= self._duty_priority and not self._is_there(desk):
            self._displace(task.token)
            self.submit_to_duty(task)
        else:
            super()._pass_on(task, assignment)

    def _hold(self, task: Task, assignment: Assignment) -> None:
        if task.priority <= self._duty_priority and not assignment.new:
            self.submit_to_duty(task)
        else:
            super()._hold(task, assignment)

    def submit_to_duty(self, task: Task) -> None:
        """Take on a task that a caseworker on duty does: the next who is there."""
        task.on_duty = True
        number = len(self.desks)
        for step in range(1, number + 1):
            desk = self.desks[(self._duty + step) % number]
            if self._is_there(desk):
                self._duty = desk.number
                task.desk = desk
                desk.submit(task)
                return
        self._wait_for_anybody(task)

    def _is_there(self, desk: Desk) -> bool:
        return cast("StaffedDesk", desk).present > 0

    def _wait_for_anybody(self, task: Task) -> None:
        task.desk = None
        self._for_anybody.append(task)

    def _again(self, task: Task) -> None:
        """Take on what somebody does not do after all."""
        if isinstance(task, Attendance):
            self.call(task)
            return
        assignment = task.token.case.assignments.get(self)
        if task.on_duty or assignment is None:
            self.submit_to_duty(task)
        elif assignment.desk is None:
            self._hold(task, assignment)
        else:
            self._pass_on(task, assignment)

    def withdrawn(self, task: Task) -> None:
        """Take note of a task that was given up."""
        super().withdrawn(task)
        if task.desk is not None:
            cast("StaffedDesk", task.desk).gone_by += 1

    def waiting(self) -> list[Task]:
        """Return the tasks that have not begun, those without a caseworker last."""
        return super().waiting() + [task for task in self._for_anybody if not task.withdrawn]

    # -- caseworkers --------------------------------------------------------------------------------------------

    def join(self, worker: Caseworker) -> None:
        """Let somebody begin in the team, at the desk of their slot."""
        slot = worker.slot.number
        if slot == len(self.desks):
            self.desks.append(StaffedDesk(self, slot))
        desk = cast("StaffedDesk", self.desks[slot])
        worker.desk = desk
        desk.staff = [worker]
        desk.worker = worker.number
        self._desk_of[worker.number] = desk
        self._open(worker, desk)

    def back(self, worker: Caseworker) -> None:
        """Let somebody come back from an absence."""
        assert worker.desk is not None
        self._open(worker, worker.desk)

    def _open(self, worker: Caseworker, desk: StaffedDesk) -> None:
        """Let work begin at a desk: what is most urgent of all that came meanwhile first."""
        desk.present = 1
        self._make_room(worker, desk)
        for_anybody, self._for_anybody = self._for_anybody, []
        for task in for_anybody:
            if not task.withdrawn:
                self._again(task)
        desk.present = 0
        desk.arrive(worker)

    def trained(self, worker: Caseworker) -> None:
        """Take note that somebody carries as many cases as the others from now on."""
        if worker.at_work:
            assert worker.desk is not None
            self._make_room(worker, worker.desk)

    def _make_room(self, worker: Caseworker, desk: StaffedDesk) -> None:
        """Let a caseworker have cases up to the maximum: rounded down for those who work less, but at least one."""
        desk.room = self._max if self._max == math.inf else max(1, math.floor(self._max * worker.carries + 1e-9))
        self._offer(desk)
        self._allocate_waiting()

    def _close(self, desk: StaffedDesk) -> None:
        """Let no new case come to a desk."""
        desk.room = 0
        self._offer(desk)

    def _load(self, desk: Desk) -> float:
        (worker,) = cast("StaffedDesk", desk).staff or (None,)
        return len(desk.cases) / (1.0 if worker is None else worker.carries)

    def away(self, worker: Caseworker) -> None:
        """Let somebody be absent: others go to their meetings, and do what is urgent."""
        desk = worker.desk
        assert desk is not None
        self._close(desk)
        rest = desk.depart(worker)
        tasks = [] if rest is None else [rest]
        staying = []
        for entry in sorted(desk.queue):
            task = entry[3]
            if task.withdrawn:
                continue
            if task.holds or task.on_duty or task.priority <= self._duty_priority:
                tasks.append(task)
                desk.appointments -= task.holds
                task.desk = None
            else:
                staying.append(entry)
        desk.gone_by = 0
        desk.queue[:] = staying
        heapify(desk.queue)
        for task in tasks:
            self._again(task)

    def reassign(self, worker: Caseworker) -> None:
        """Give the cases of somebody who has long been absent to others."""
        assert worker.desk is not None
        self._hand_over(worker.desk, "absence", None)

    def leave(self, worker: Caseworker, cause: str) -> None:
        """Let somebody leave the team."""
        desk = worker.desk
        assert desk is not None
        was_there = worker.at_work
        worker.gone = True
        desk.staff = []
        self._close(desk)
        del self._desk_of[worker.number]
        rest = desk.depart(worker) if was_there else None
        self._hand_over(desk, cause, rest)

    def _hand_over(self, desk: StaffedDesk, cause: str, rest: Task | None) -> None:
        """Give all cases of a desk to others, with the work that waits."""
        tasks = [*([] if rest is None else [rest]), *desk.empty()]
        cases = list(desk.cases)
        desk.cases.clear()
        self._offer(desk)
        for assignment in cases:
            self.world.close_event(assignment.row, self.name)
            assignment.desk = None
            assignment.change = assignment.change or cause
            assignment.priority = ORDINARY
            self._begin_wait(assignment, next(iter(assignment.holders)))
        others: list[Task] = []
        for task in tasks:
            assignment = task.token.case.assignments.get(self)
            if assignment is None or assignment.desk is not None or task.holds or task.on_duty:
                others.append(task)
            else:
                assignment.tasks.append(task)
                assignment.priority = min(assignment.priority, task.priority)
        for assignment in cases:
            self._queue_up(assignment)
        self._allocate_waiting()
        for assignment in cases:
            if assignment.desk is None:
                waiting, assignment.tasks = assignment.tasks, []
                for task in waiting:
                    self._hold(task, assignment)
        for task in others:
            self._again(task)
