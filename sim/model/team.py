"""Caseworkers and the work that waits for them.

A *desk* is a queue with one or more caseworkers behind it. A pooled team is one desk with all its caseworkers; a
named team has a desk for each, and a case belongs to one of them. A caseworker does one task at a time and finishes
what was begun (or hands it over when they fall ill or leave, where the configuration says so).

The queue is a heap of SimPy events that have not been triggered yet: a task becomes an event with a time when a
caseworker begins it. So a task costs one event, and the cost of a task does not grow with the backlog
(:class:`simpy.PriorityResource` sorts its whole queue at every request).

The order at a desk: appointments for meetings, in the order in which the meetings were called; then priority; then,
in a team that works by due date, the task due first; then first come, first served.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from simpy.events import Event

from sim.journal import NAN
from sim.model.case import Token
from sim.model.clock import WorkingClock
from sim.model.environment import Environment, Happening
from sim.model.records import add_activity, add_staff
from sim.scenario.staff import Team as TeamConfig

if TYPE_CHECKING:
    from sim.model.meeting import Gathering
    from sim.model.staffed_desk import Caseworker
    from sim.model.world import World

Done = Callable[["Task"], None]
APPOINTMENT = -1
"""Priority of a meeting at a desk: before all other work. (The journal says 0.)"""


class Task(Event):
    """Work that one caseworker does in one go."""

    _ok = True
    _value = None

    # What most tasks never change stands here, once.
    holds = False
    """Whether the caseworker is held until released, as for a meeting with others."""
    started = NAN
    withdrawn = False
    worker = -1
    by: Caseworker | None = None
    """Who does it, where caseworkers come and go."""
    desk: Desk | None = None
    on_duty = False
    """Whether any caseworker of a named team may do it."""
    dropped = False
    """Whether it was given up after it had begun: it is finished, but nobody takes over what is left of it."""
    rest: Task | None = None
    """What was left of it when its caseworker handed it over."""
    row = -1
    """Where caseworkers come and go: its row in the journal, once begun, the hours it takes and when it ends."""
    takes = finishes = NAN

    def __init__(
        self,
        env: Environment,
        team: Team,
        token: Token,
        step: int,
        hours: float,
        priority: int,
        due: float,
        done: Done,
    ) -> None:
        self.env = env
        self.team = team
        self.token = token
        self.step = step
        """Code of the step that it belongs to."""
        self.hours = hours
        """Working hours of the team's calendar that it occupies a full-time, experienced caseworker for."""
        self.priority = priority
        self.due = due
        self.done = done
        """Called when it is finished (or, if it ``holds``, when it has its caseworker)."""
        self.requested = env.now

    def call_off(self) -> None:
        """Give up a task that has not begun. What a caseworker has begun they finish, unless they leave it."""
        if self.worker < 0:
            self.withdrawn = True
            self.team.withdrawn(self)
        elif self.rest is not None:
            self.rest.call_off()
        else:
            self.dropped = True


class Attendance(Task):
    """A caseworker's part in a meeting with others: they are held from when they come until they are released."""

    holds = True

    def __init__(self, env: Environment, team: Team, gathering: Gathering, hours: float, number: int) -> None:
        super().__init__(env, team, gathering.token, gathering.step.code, hours, 0, NAN, gathering.arrived)
        self.gathering = gathering
        self.number = number
        """The meeting's place in the order in which all meetings were called."""

    def gives_way_to(self, other: Attendance) -> bool:
        """Return whether whoever sits and waits for this meeting is to leave it for another."""
        return self.number > other.number and not self.gathering.begun


class Desk:
    """A queue with one or more caseworkers behind it."""

    __slots__ = (
        "_called_in",
        "appointments",
        "cases",
        "has_room",
        "idle",
        "load",
        "number",
        "queue",
        "room",
        "team",
        "worker",
    )

    def __init__(self, team: Team, number: int, workers: list[Any]) -> None:
        self.team = team
        self.number = number
        self.idle = workers[::-1]
        """Who is free: their numbers."""
        self.queue: list[tuple[int, float, int, Task]] = []
        self.cases: dict[Any, None] = {}
        """Named teams: the cases of its caseworker, in the order in which they came."""
        self.room: float = math.inf
        """Named teams: the most cases that its caseworker carries, 0 while there is none or they are away."""
        self.load = 0.0
        """Named teams: cases, relative to the hours of its caseworker."""
        self.has_room = False
        """Named teams: whether it is listed among those that can take on a case."""
        self.worker = number
        """Named teams: the number of its caseworker."""
        self.appointments = 0
        """Meetings that its caseworkers are called to or attend."""
        self._called_in = -1.0
        """When work goes on that came while nobody was on duty."""

    @property
    def caseload(self) -> int:
        """Named teams: how many cases its caseworker has."""
        return len(self.cases)

    def submit(self, task: Task) -> None:
        """Begin a task, or put it into the queue if every caseworker here is busy or off duty."""
        team = self.team
        if self.idle and not self.queue and self._on_duty():
            self._begin(task, self.idle.pop())
            return
        key = task.due if team.by_due_date and task.due == task.due else math.inf
        heappush(self.queue, (task.priority, key, next(team.numbers), task))
        if self.idle:
            self._go_on(None)

    def call(self, appointment: Attendance) -> None:
        """Let a caseworker come to a meeting, before doing anything else."""
        appointment.desk = self
        self.appointments += 1
        heappush(self.queue, (APPOINTMENT, appointment.number, next(self.team.numbers), appointment))
        if self.idle:
            self._go_on(None)

    def _on_duty(self) -> bool:
        """Return whether these are working hours; if not, see to it that work goes on when they begin.

        What is begun when the office opens is chosen then: something urgent that comes in at night goes first.
        """
        team = self.team
        env = team.env
        if team.open_from <= env.now < team.open_until:
            return True
        opening = team.clock.opening(env.now)
        if opening <= env.now:
            team.open_from, team.open_until = team.clock.open_around(env.now)
            return True
        if opening != self._called_in:
            self._called_in = opening
            Happening(env, opening, self._go_on)
        return False

    def _begin(self, task: Task, worker: Any) -> None:
        team = self.team
        env = team.env
        started = env.now
        task.started = started
        task.worker = worker
        if task.holds:
            team.world.held[task] = None
            task.done(task)
            return
        finished = team.clock.after_in_hours(started, task.hours)
        add_activity(
            team.world.journal,
            task.token,
            task.step,
            team.code,
            worker,
            task.priority,
            task.requested,
            started,
            finished,
            task.due,
            task.hours,
            NAN,
        )
        task.callbacks = [self._finished]
        env.put(task, finished)

    def _finished(self, task: Any) -> None:
        self.idle.append(task.worker)
        if self.queue:
            self._go_on(None)
        task.done(task)

    def _next(self, task: Task) -> None:
        """Give the caseworker of a task that is over the next one."""
        self.idle.append(task.worker)
        if self.queue:
            self._go_on(None)

    def _go_on(self, _: object) -> None:
        """Let those who are free begin what waits, first in line first."""
        queue, idle = self.queue, self.idle
        if not self._on_duty():
            return
        while queue and idle:
            task = heappop(queue)[3]
            if not task.withdrawn:
                self._begin(task, idle.pop())

    def release(self, task: Task) -> None:
        """End a task that held its caseworker; it ends now."""
        self._record_held(task)
        self._next(task)

    def _record_held(self, task: Task) -> None:
        team = self.team
        now = team.env.now
        del team.world.held[task]
        record_task(team.world, task, now, team.clock.worked(now) - team.clock.worked(task.started))
        self.appointments -= 1


def record_task(world: World, task: Task, finished: float, hours: float) -> None:
    """Write a task to the journal that ends otherwise than by being done in one go."""
    add_activity(
        world.journal,
        task.token,
        task.step,
        task.team.code,
        task.worker,
        task.priority,
        task.requested,
        task.started,
        finished,
        task.due,
        hours,
        world.env.now if task.withdrawn else NAN,
    )


class Team:
    """Caseworkers who share work, whoever is free taking the next task (pooled)."""

    def __init__(self, world: World, name: str, config: TeamConfig, clock: WorkingClock, workers: int) -> None:
        self.world = world
        self.env = world.env
        self.numbers = world.numbers
        self.name = name
        self.code = world.names["resource"].code(name)
        self.administration = world.names["payer"].code(config.administration)
        self.clock = clock
        self.pace = config.case_hours_per_hour * (1.0 + config.overtime_share)
        """Case-facing hours per hour of the calendar. Overtime is worked within the calendar's hours: there are more
        hours of work in each."""
        self.by_due_date = config.order == "due_date"
        self.open_from = self.open_until = -1.0
        """The working hours last looked up, so that they are not looked up again at every task."""
        self.workers = workers
        self.desks = self._desks()
        for worker in range(workers):
            add_staff(world, self.code, worker, "employed", 1.0)

    def _desks(self) -> list[Desk]:
        return [Desk(self, 0, list(range(self.workers)))]

    def submit(self, task: Task) -> None:
        """Take on a task."""
        self.desks[0].submit(task)

    def submit_to_duty(self, task: Task) -> None:
        """Take on a task that any caseworker may do."""
        self.desks[0].submit(task)

    def call(self, appointment: Attendance) -> None:
        """Send somebody to a meeting."""
        self.desks[0].call(appointment)

    def withdrawn(self, task: Task) -> None:
        """Take note of a task that was given up before it began; it leaves the queue when its turn comes."""
        record_task(self.world, task, NAN, task.hours)
        if task.holds and task.desk is not None:
            task.desk.appointments -= 1

    def close(self) -> None:
        """Write the tasks that are still waiting to the journal."""
        for task in self.waiting():
            record_task(self.world, task, NAN, task.hours)

    def waiting(self) -> list[Task]:
        """Return the tasks that have not begun, in the order in which they stand at each desk."""
        return [entry[3] for desk in self.desks for entry in sorted(desk.queue) if not entry[3].withdrawn]
