"""Teams in which every case has its own caseworker.

A case has one named team at a time (and perhaps a coordinator besides). Who takes it over has to get acquainted with
it, which takes hours and loses some of what the file does not say.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Case, Token
from sim.model.clock import WorkingClock
from sim.model.team import Attendance, Desk, Task, Team
from sim.scenario.staff import Caseworking
from sim.scenario.staff import Team as TeamConfig

if TYPE_CHECKING:
    from sim.model.world import World

ORDINARY = 5
"""Priority with which a case waits for a caseworker for which no work is to be done at the moment."""


CANDIDATES = 20
"""Of so many caseworkers with the fewest cases, the one with the least work gets a new one. A number, so that finding
somebody takes no longer in a larger team."""


def _work_and_cases(desk: Desk) -> tuple[int, float, int]:
    """Return what a new case goes by: tasks that wait or are under way, cases, and the desk's number."""
    return len(desk.queue) + (not desk.idle), desk.load, desk.number


class Assignment:
    """A team's responsibility for a case, as long as one of the person's ways needs it.

    Attributes:
        case: The person.
        desk: Whose case it is; none while it waits for a caseworker.
        holders: The ways that need it.
        tasks: Work that waits with it for a caseworker.
        row: Journal row of its being assigned.
        wait: Journal row of its waiting for a caseworker (-1: it does not).
        priority, number: Its place among the cases that wait.
        new: Whether it has had no caseworker of the team yet.
        change: Why it has changed caseworker, if it has, until the new one takes it over by working on it.
        boundary: Whether that also was a change of administration.
        known: Number of the caseworker who last worked on it or had it first.
    """

    __slots__ = (
        "boundary",
        "case",
        "change",
        "desk",
        "holders",
        "known",
        "new",
        "number",
        "priority",
        "row",
        "tasks",
        "wait",
    )

    def __init__(self, case: Case) -> None:
        self.case = case
        self.desk: Desk | None = None
        self.holders: dict[Token, None] = {}
        self.tasks: list[Task] = []
        self.row = -1
        self.wait = -1
        self.priority = ORDINARY
        self.number = -1
        self.new = True
        self.change: str | None = None
        self.boundary = False
        self.known = -1


class NamedTeam(Team):
    """A team in which every case has its own caseworker, up to a maximum caseload.

    A new case goes to the caseworker who had it before, or who met it, if there is room; else, among the twenty who
    have the fewest cases, to the one for whom the least work waits (and of those to the one with the fewest cases).
    Going by cases alone would give somebody who begins with none every new case of the team, and with them months of
    work. When every caseworker has the maximum, cases wait, first come, first served within a priority, to be
    allocated; their work waits with them.

    A person's way is with one named team at a time: the team that is asked to work on it takes it over from the one
    before, which has it no longer from then on, whether or not there is room. So two teams that are full never wait
    for each other. Only a coordinator stays with the case beside the others. Who only comes to a meeting takes
    nothing over.
    """

    def __init__(
        self,
        world: World,
        name: str,
        config: TeamConfig,
        clock: WorkingClock,
        workers: int,
        caseworking: Caseworking,
    ) -> None:
        super().__init__(world, name, config, clock, workers)
        self.coordinates = config.coordinates
        self._max = math.inf if config.max_caseload is None else config.max_caseload
        for desk in self.desks:
            desk.room = self._max
        self._with_room: list[tuple[float, int]] = []
        """Load and number of each desk that has room for a case, sorted. Moving one costs next to nothing, even among
        thousands."""
        for desk in self.desks:
            self._offer(desk)
        self._desk_of = {desk.worker: desk for desk in self.desks}
        """The desk of each caseworker who is employed."""
        self._waiting: list[tuple[int, int, Assignment]] = []
        """Cases that wait for a caseworker: a heap in which outdated entries are skipped."""
        self._duty = 0
        self._change_hours = caseworking.change_hours / self.pace
        self._coordinated_share = caseworking.coordinated_share

    def _desks(self) -> list[Desk]:
        return [Desk(self, worker, [worker]) for worker in range(self.workers)]

    # -- work ---------------------------------------------------------------------------------------------------

    def submit(self, task: Task) -> None:
        """Take on a task: it goes to the case's own caseworker, or waits with the case until there is one."""
        token = task.token
        case = token.case
        assignment = case.assignments.get(self)
        if assignment is None:
            assignment = self._take_case(token, task.priority)
        elif token not in assignment.holders:
            assignment.holders[token] = None
        token.own_team = self
        if assignment.desk is None:
            self._hold(task, assignment)
            self._displace(token)
        else:
            self._pass_on(task, assignment)

    def _displace(self, token: Token) -> None:
        """Let the team that had the case so far let go of it."""
        assignments = token.case.assignments
        if len(assignments) > 1:
            for other in [team for team in assignments if team is not self and not team.coordinates]:
                other.let_go(token)

    def _hold(self, task: Task, assignment: Assignment) -> None:
        """Let a task wait with its case for a caseworker."""
        assignment.tasks.append(task)
        if task.priority < assignment.priority:
            assignment.priority = task.priority
            heappush(self._waiting, (task.priority, assignment.number, assignment))

    def _pass_on(self, task: Task, assignment: Assignment) -> None:
        """Hand a task to the case's caseworker, who takes the case over if somebody else had it."""
        desk = task.desk = assignment.desk
        assert desk is not None
        if assignment.change is not None:
            self._take_over(task, assignment)
        self._displace(task.token)
        desk.submit(task)

    def _take_over(self, task: Task, assignment: Assignment) -> None:
        """Let the new caseworker get acquainted with the case, at the cost of time and of what gets lost."""
        world = self.world
        now = self.env.now
        case = assignment.case
        assert assignment.change is not None
        assert assignment.desk is not None
        world.add_event(task.token, self.administration, "caseworker_change", now, now, NAN, assignment.change)
        share = self._coordinated_share if self._has_coordinator(case) else 1.0
        task.hours += self._change_hours * share
        world.files.taken_over(case, assignment.boundary, share)
        assignment.change = None
        assignment.boundary = False
        assignment.known = assignment.desk.worker

    def _has_coordinator(self, case: Case) -> bool:
        """Return whether somebody in another team coordinates a case."""
        if len(case.assignments) < 2:
            return False
        return any(
            team.coordinates and other.desk is not None for team, other in case.assignments.items() if team is not self
        )

    def submit_to_duty(self, task: Task) -> None:
        """Take on a task that the caseworker on duty does; duty goes round."""
        self._duty = (self._duty + 1) % len(self.desks)
        task.desk = self.desks[self._duty]
        task.desk.submit(task)

    def call(self, appointment: Attendance) -> None:
        """Send somebody to a meeting: the case's own caseworker, or whoever has the fewest cases, caseload or not."""
        case = appointment.token.case
        if appointment.token.own_team is None:
            appointment.token.own_team = self
        assignment = case.assignments.get(self)
        desk = None if assignment is None else assignment.desk
        if desk is None or not self._is_there(desk):
            desk = self._stand_in(case, remember=desk is None)
        if desk is None:
            self._wait_for_anybody(appointment)
        else:
            desk.call(appointment)

    def _is_there(self, desk: Desk) -> bool:
        """Return whether a desk's caseworker is not away."""
        return True

    def _stand_in(self, case: Case, remember: bool) -> Desk | None:
        """Return who comes to a meeting about a case that is nobody's, or whose caseworker is away."""
        if case.met is not None and self in case.met:
            before = self._desk_of.get(case.met[self])
            if before is not None and self._is_there(before):
                return before
        there = [desk for desk in self.desks if self._is_there(desk)]
        if not there:
            return None
        desk = min(there, key=lambda desk: (len(desk.cases) + desk.appointments, desk.number))
        if remember:
            if case.met is None:
                case.met = {}
            case.met[self] = desk.worker
        return desk

    def _wait_for_anybody(self, task: Task) -> None:
        """Let a task wait until somebody of the team is there."""
        raise NotImplementedError("a team of this kind always has caseworkers")

    # -- cases --------------------------------------------------------------------------------------------------

    def _take_case(self, token: Token, priority: int) -> Assignment:
        """Take on a case; it gets a caseworker if there is room, and waits for one otherwise."""
        case = token.case
        assignment = Assignment(case)
        self._note_change(assignment, token)
        assignment.priority = priority
        assignment.holders[token] = None
        case.assignments[self] = assignment
        self._begin_wait(assignment, token)
        desk = self._find_desk(case)
        if desk is None:
            self._queue_up(assignment)
        else:
            self._allocate(assignment, desk)
        return assignment

    def _begin_wait(self, assignment: Assignment, token: Token) -> None:
        """Write down that a case waits for a caseworker, be it for no time at all."""
        now = self.env.now
        assignment.wait = self.world.add_event(token, self.administration, "allocation", now, NAN, NAN, "none")

    def _queue_up(self, assignment: Assignment) -> None:
        assignment.number = next(self.world.numbers)
        heappush(self._waiting, (assignment.priority, assignment.number, assignment))

    def _note_change(self, assignment: Assignment, token: Token) -> None:
        """Note why a case that comes here changes caseworker, if it does, and whether it changes administration.

        What a coordinator had before, or is to have, is no change: they stay beside the others.
        """
        case = token.case
        others = [team for team in case.assignments if team is not self]
        current = next((team for team in others if not team.coordinates), None)
        former = current or next(reversed(case.last_worker), None)
        if former is self or self.coordinates or (current is None and others):
            assignment.known = case.last_worker.get(self, -1)
            assignment.change = "return" if assignment.known >= 0 else None
        elif former is not None:
            assignment.boundary = former.administration != self.administration
            if assignment.boundary and (case.handled_as, token.side) == ("child", "adult"):
                assignment.change = "birthday"
            else:
                assignment.change = "return" if current is None else "team_boundary"

    def _find_desk(self, case: Case) -> Desk | None:
        """Return who is to have a case: who had it or met it before, or who has the fewest cases, if there is room."""
        number = case.last_worker.get(self)
        if number is None and case.met is not None:
            number = case.met.get(self)
        if number is not None:
            before = self._desk_of.get(number)
            if before is not None and len(before.cases) < before.room:
                return before
        desks = self.desks
        candidates = [desks[entry[1]] for entry in self._with_room[:CANDIDATES]]
        return min(candidates, key=_work_and_cases) if candidates else None

    def _allocate(self, assignment: Assignment, desk: Desk) -> None:
        """Give a case a caseworker of this team."""
        token = next(iter(assignment.holders))
        world = self.world
        world.close_event(assignment.wait, "done")
        assignment.wait = -1
        if assignment.change in _FORGIVEN and assignment.known == desk.worker:
            assignment.change = None
            assignment.boundary = False
        elif assignment.change is None:
            assignment.known = desk.worker
        self._assign(assignment, desk, token)

    def _assign(self, assignment: Assignment, desk: Desk, token: Token) -> None:
        assignment.desk = desk
        assignment.new = False
        desk.cases[assignment] = None
        self._offer(desk)
        assignment.row = self.world.add_event(token, self.administration, "assigned", self.env.now, NAN, NAN, self.name)
        assignment.case.handled_as = token.side

    def _offer(self, desk: Desk) -> None:
        """Take note of how many cases a desk has now, and of whether there is room for another."""
        with_room = self._with_room
        if desk.has_room:
            del with_room[bisect_left(with_room, (desk.load, desk.number))]
        desk.load = self._load(desk)
        desk.has_room = len(desk.cases) < desk.room
        if desk.has_room:
            insort(with_room, (desk.load, desk.number))

    def _load(self, desk: Desk) -> float:
        return len(desk.cases)

    def take_on(self, token: Token) -> None:
        """Give a case that is there on day 0 its caseworker, without any work and whatever the caseload."""
        case = token.case
        token.own_team = self
        assignment = case.assignments[self] = Assignment(case)
        assignment.holders[token] = None
        desk = self._find_desk(case) or (self.desks[case.number % len(self.desks)] if self.desks else None)
        if desk is None:
            self._begin_wait(assignment, token)
            self._queue_up(assignment)
        else:
            assignment.known = desk.worker
            self._assign(assignment, desk, token)

    def let_go(self, token: Token) -> None:
        """End a token's need for its caseworker; the case leaves the caseload when nobody else needs them."""
        case = token.case
        assignment = case.assignments.get(self)
        if assignment is None or token not in assignment.holders:
            return
        del assignment.holders[token]
        if assignment.holders:
            return
        self._drop(assignment)
        if assignment.known >= 0:
            case.last_worker.pop(self, None)
            case.last_worker[self] = assignment.known
        self._allocate_waiting()

    def _drop(self, assignment: Assignment) -> None:
        """Have a case no longer."""
        world = self.world
        del assignment.case.assignments[self]
        if assignment.wait >= 0:
            world.close_event(assignment.wait, "withdrawn")
            assignment.wait = -1
        desk = assignment.desk
        if desk is not None:
            world.close_event(assignment.row, self.name)
            del desk.cases[assignment]
            self._offer(desk)

    def _allocate_waiting(self) -> None:
        """Give the cases that wait for a caseworker one, as long as there is room."""
        waiting = self._waiting
        while waiting:
            _, number, assignment = waiting[0]
            if assignment.wait < 0 or assignment.number != number:
                heappop(waiting)
                continue
            desk = self._find_desk(assignment.case)
            if desk is None:
                return
            heappop(waiting)
            self._allocate(assignment, desk)
            tasks, assignment.tasks = assignment.tasks, []
            for task in tasks:
                self._pass_on(task, assignment)

    def withdrawn(self, task: Task) -> None:
        """Take note of a task that was given up, and of its case's wait for a caseworker if it was new."""
        super().withdrawn(task)
        if task.desk is not None:
            return
        token = task.token
        assignment = token.case.assignments.get(self)
        if assignment is None or task not in assignment.tasks:
            return
        assignment.tasks.remove(task)
        if assignment.new and all(other.token is not token for other in assignment.tasks):
            del assignment.holders[token]
            if not assignment.holders:
                self._drop(assignment)

    def waiting(self) -> list[Task]:
        """Return the tasks that have not begun, those without a caseworker last."""
        seen: dict[Assignment, None] = {
            entry[2]: None for entry in sorted(self._waiting) if entry[2].wait >= 0 and entry[2].number == entry[1]
        }
        return super().waiting() + [task for assignment in seen for task in assignment.tasks]


_FORGIVEN = ("return", "resignation", "absence", "reduction", "agency")
"""Changes that are none if the case comes back to the person whom it knows."""
