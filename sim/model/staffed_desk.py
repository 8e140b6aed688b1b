"""Caseworkers as persons: with hours of their own, who are trained, fall ill, leave and are followed by others.

Where nothing of the kind is configured a desk knows its caseworkers as mere numbers (:class:`sim.model.team.Desk`),
which is faster. Here each is somebody. Part-time hours and training are a *pace*: a task takes as many hours as it
would take a full-time, experienced colleague, divided by the pace.
"""

from __future__ import annotations

from functools import partial
from heapq import heappop
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.environment import Happening
from sim.model.records import add_activity, cut_activity
from sim.model.team import Attendance, Desk, Task, Team

if TYPE_CHECKING:
    from sim.model.staffing import Slot


class Caseworker:
    """A person who works in a team: employed by the municipality, or from an agency.

    Attributes:
        number: Number within the team; nobody else ever has it.
        fte: Hours, as a share of full time.
        pace: Work done in an hour of the team's calendar, relative to somebody experienced who works full time.
        carries: Caseload, relative to somebody experienced who works full time.
        absences: Kinds of absence that keep the person away now.
        gone: Whether the person has left the team.
        task: What the person is doing.
        employed, absent, training: Rows of the journal that are open (-1: none); for somebody from an agency the
            first is that of their time in the team.
        trained, reassigned: What is to happen to the person later.
    """

    __slots__ = (
        "absences",
        "absent",
        "carries",
        "desk",
        "employed",
        "fte",
        "gone",
        "number",
        "pace",
        "reassigned",
        "slot",
        "task",
        "trained",
        "training",
    )

    def __init__(self, number: int, slot: Slot, fte: float) -> None:
        self.number = number
        self.slot = slot
        self.fte = fte
        self.pace = fte
        self.carries = fte
        self.absences = 0
        self.gone = False
        self.task: Task | None = None
        self.desk: StaffedDesk | None = None
        self.employed = self.absent = self.training = -1
        self.trained: Happening | None = None
        self.reassigned: Happening | None = None

    @property
    def at_work(self) -> bool:
        """Whether the person can begin something (if not busy)."""
        return not self.absences and not self.gone


class StaffedDesk(Desk):
    """A queue with persons behind it."""

    __slots__ = ("_files", "_hands_over", "_limit", "away", "gone_by", "present", "staff")

    def __init__(self, team: Team, number: int) -> None:
        super().__init__(team, number, [])
        self.worker = -1
        self.staff: list[Caseworker] = []
        """Those who are employed here, also while they are away."""
        self.present = 0
        """How many of them are not away."""
        self.gone_by = 0
        """Tasks in the queue that were given up."""
        self._hands_over = team.world.scenario.caseworking.interrupted == "hand_over"
        self._files = team.world.files
        self._limit = self._files.overload_tasks

    # -- work ---------------------------------------------------------------------------------------------------

    def _begin(self, task: Task, worker: Caseworker) -> None:
        team = self.team
        env = team.env
        started = env.now
        task.started = started
        task.worker = worker.number
        task.by = worker
        worker.task = task
        if task.holds:
            # A meeting is as long for those who are being trained as for others.
            task.hours /= worker.fte
            team.world.held[task] = None
            task.done(task)
            return
        if self._limit is not None and len(self.queue) - self.gone_by > self._limit * max(1, self.present):
            self._files.begun_under_load(task.token.case)
        hours = task.hours / worker.pace
        finished = team.clock.after_in_hours(started, hours)
        task.row = add_activity(
            team.world.journal,
            task.token,
            task.step,
            team.code,
            worker.number,
            task.priority,
            task.requested,
            started,
            finished,
            task.due,
            hours,
            NAN,
        )
        task.takes = hours
        task.finishes = finished
        task.callbacks = [self._finished]
        env.put(task, finished)

    def _finished(self, task: Task) -> None:
        self._next(task)
        task.done(task)

    def _next(self, task: Task) -> None:
        """Give the caseworker of a task that is over the next one, if they are still there."""
        worker = task.by
        assert worker is not None
        worker.task = None
        if worker.at_work and worker.desk is self:
            self.idle.append(worker)
            if self.queue:
                self._go_on(None)

    def _go_on(self, _: object) -> None:
        """Let those who are free begin what waits, first in line first."""
        queue, idle = self.queue, self.idle
        if not idle or not self._on_duty():
            return
        while queue and idle:
            task = heappop(queue)[3]
            if task.withdrawn:
                self.gone_by -= 1
            else:
                self._begin(task, idle.pop())

    def call(self, appointment: Attendance) -> None:
        """Let a caseworker come to a meeting, before doing anything else.

        An appointment that comes here from a colleague who fell ill can be of an earlier call than that of a meeting
        for which somebody sits here and waits for others. Then that meeting is left for the earlier one: or else the
        two could wait for each other.
        """
        super().call(appointment)
        if appointment.worker >= 0 or self.idle:
            return
        waiting = [
            (worker.at_work, worker.task.number, worker)
            for worker in self.staff
            if isinstance(worker.task, Attendance) and worker.task.gives_way_to(appointment)
        ]
        if not waiting:
            return
        latest = max(waiting, key=lambda entry: entry[:2])[2]
        left = self._leave_meeting(latest)
        if latest.at_work:
            self.idle.append(latest)
            self._go_on(None)
        self.team.call(left)

    # -- coming and going ---------------------------------------------------------------------------------------

    def arrive(self, worker: Caseworker, last: bool = False) -> None:
        """Let somebody begin work, or come back to it, as the last to get work of those who are free or the first."""
        self.present += 1
        if worker.task is None:
            self.idle.insert(0 if last else len(self.idle), worker)
            if self.queue:
                self._go_on(None)

    def depart(self, worker: Caseworker) -> Task | None:
        """Let somebody begin nothing more; return what is left of the task that they hand over, if they do.

        A meeting that has begun is not left.
        """
        self.present -= 1
        task = worker.task
        if task is None:
            self.idle.remove(worker)
            return None
        if not self._hands_over:
            return None
        if isinstance(task, Attendance):
            return None if task.gathering.begun else self._leave_meeting(worker)
        return self._cut(worker, task)

    def _leave_meeting(self, worker: Caseworker) -> Attendance:
        """Let somebody leave a meeting that has not begun; return the call for whoever is to come instead."""
        task = worker.task
        assert isinstance(task, Attendance)
        worker.task = None
        self._record_held(task)
        return task.gathering.left_by(task)

    def _cut(self, worker: Caseworker, task: Task) -> Task | None:
        team = self.team
        now = team.env.now
        if task.finishes <= now:
            return None
        worker.task = None
        worked = team.clock.worked(now) - team.clock.worked(task.started)
        cut_activity(team.world.journal, task.row, now, worked)
        task.callbacks = []
        if task.dropped:
            return None
        hours = task.hours * max(0.0, 1.0 - worked / task.takes)
        rest = Task(
            team.env, team, task.token, task.step, hours, task.priority, task.due, partial(_done_by_another, task)
        )
        rest.on_duty = task.on_duty
        task.rest = rest
        return rest

    def empty(self) -> list[Task]:
        """Take everything out of the queue; return it in its order."""
        tasks = [entry[3] for entry in sorted(self.queue) if not entry[3].withdrawn]
        self.queue.clear()
        self.gone_by = 0
        for task in tasks:
            if task.holds:
                self.appointments -= 1
            task.desk = None
        return tasks


def _done_by_another(task: Task, _: Task) -> None:
    """Go on with what a task was for, now that somebody else has done what was left of it."""
    task.rest = None
    task.done(task)
