"""Teams in which every case has its own caseworker.

A case has one named team at a time. Who takes it over has to get acquainted with it, which takes hours and loses some
of what the file does not say.
"""

from __future__ import annotations

import math
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Case, Token
from sim.model.clock import WorkingClock
from sim.model.team import Desk, Task, Team
from sim.scenario.staff import Caseworking
from sim.scenario.staff import Team as TeamConfig

if TYPE_CHECKING:
    from sim.model.world import World


class Assignment:
    """A caseworker's responsibility for a case, as long as one of the person's ways needs it."""

    __slots__ = ("change", "desk", "holders", "row")

    def __init__(self, desk: Desk, row: int, change: str | None = None) -> None:
        self.desk = desk
        self.row = row
        self.change = change
        """Why the case has changed caseworker, if it has, until the new one takes it over by working on it."""
        self.holders: set[Token] = set()


class NamedTeam(Team):
    """A team in which every case has its own caseworker, up to a maximum caseload.

    A new case goes to the caseworker who has the fewest cases (to the one who had it before, if there is room). When
    every caseworker has the maximum, new cases wait, first come, first served within a priority, to be allocated.

    A person's way is with one named team at a time: the team that works on it takes it over from the one before. Who
    only comes to a meeting takes nothing over.
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
        self._max = math.inf if config.max_caseload is None else config.max_caseload
        self._loads = [(0, desk.number) for desk in self.desks]
        """Caseload and number of each desk: a heap in which outdated entries are skipped."""
        self._unallocated: list[tuple[int, int, Task]] = []
        self._allocating = False
        self._duty = 0
        self._change_hours = caseworking.change_hours / self.pace
        self._completeness_loss = caseworking.completeness.change_loss

    def _desks(self) -> list[Desk]:
        return [Desk(self, worker, [worker]) for worker in range(self.workers)]

    def submit(self, task: Task) -> None:
        """Take on a task: it goes to the case's own caseworker, who is found first if there is none."""
        world = self.world
        token = task.token
        assignment = token.case.assignments.get(self)
        if assignment is None:
            now = self.env.now
            task.allocation = world.add_event(token, self.administration, "allocation", now, NAN, NAN, "none")
            desk = self._find_desk(token.case)
            if desk is None:
                heappush(self._unallocated, (task.priority, world.next_number(), task))
                return
            assignment = self._allocate(task, desk)
        self._pass_on(task, assignment)

    def submit_to_duty(self, task: Task) -> None:
        """Take on a task that the caseworker on duty does; duty goes round."""
        self._duty = (self._duty + 1) % len(self.desks)
        task.place(self.desks[self._duty])

    def _find_desk(self, case: Case) -> Desk | None:
        before = case.last_worker.get(self)
        if before is not None and self.desks[before].caseload < self._max:
            return self.desks[before]
        loads = self._loads
        while True:
            load, number = loads[0]
            desk = self.desks[number]
            if desk.caseload == load:
                return desk if load < self._max else None
            heappop(loads)

    def _allocate(self, task: Task, desk: Desk) -> Assignment:
        """Give a case a caseworker of this team."""
        self.world.close_event(task.allocation, "done")
        return self._assign(task.token, desk, self._change(task.token, desk))

    def _change(self, token: Token, desk: Desk) -> str | None:
        """Return why a case that gets a caseworker here changes caseworker, or None if it does not."""
        case = token.case
        current = next(iter(case.assignments), None)
        former = current or next(reversed(case.last_worker), None)
        if former is None:
            return None
        if former is self:
            return None if case.last_worker[self] == desk.number else "return"
        if former.administration != self.administration and (case.handled_as, token.side) == ("child", "adult"):
            return "birthday"
        return "return" if current is None else "team_boundary"

    def _pass_on(self, task: Task, assignment: Assignment) -> None:
        """Hand a task to the case's caseworker, who takes the case over if it is work."""
        token = task.token
        assignment.holders.add(token)
        if not task.holds:
            token.own_team = self
            if assignment.change is not None:
                self._take_over(task, assignment.change)
                assignment.change = None
            if len(token.case.assignments) > 1:
                for other in [team for team in token.case.assignments if team is not self]:
                    other.let_go(token)
        elif token.own_team is None:
            token.own_team = self
        if task.found is None:
            desk = task.desk = assignment.desk
            desk.submit(task)
        else:
            task.place(assignment.desk)

    def _take_over(self, task: Task, cause: str) -> None:
        """Let the new caseworker get acquainted with the case, at the cost of time and of what gets lost."""
        world = self.world
        now = self.env.now
        world.add_event(task.token, self.administration, "caseworker_change", now, now, NAN, cause)
        task.hours += self._change_hours
        case = task.token.case
        case.completeness = max(0.0, case.completeness - self._completeness_loss)

    def take_on(self, token: Token) -> None:
        """Give a case that is there on day 0 its caseworker, without any work and whatever the caseload."""
        desk = self._find_desk(token.case) or self.desks[token.case.number % len(self.desks)]
        self._assign(token, desk).holders.add(token)
        token.own_team = self

    def _assign(self, token: Token, desk: Desk, change: str | None = None) -> Assignment:
        self._count(desk, +1)
        row = self.world.add_event(token, self.administration, "assigned", self.env.now, NAN, NAN, self.name)
        assignment = token.case.assignments[self] = Assignment(desk, row, change)
        token.case.handled_as = token.side
        return assignment

    def _count(self, desk: Desk, change: int) -> None:
        desk.caseload += change
        heappush(self._loads, (desk.caseload, desk.number))

    def let_go(self, token: Token) -> None:
        """End a token's need for its caseworker; the case leaves the caseload when nobody else needs them."""
        case = token.case
        assignment = case.assignments.get(self)
        if assignment is None or token not in assignment.holders:
            return
        assignment.holders.discard(token)
        if assignment.holders:
            return
        del case.assignments[self]
        case.last_worker.pop(self, None)
        case.last_worker[self] = assignment.desk.number
        self.world.close_event(assignment.row, self.name)
        self._count(assignment.desk, -1)
        self._allocate_waiting()

    def _allocate_waiting(self) -> None:
        """Give the cases that wait for a caseworker one, as long as there is room."""
        if self._allocating:
            # Taking a case over made room in another team, and that team's new case made room here again: the call
            # that began all this goes on with it.
            return
        self._allocating = True
        while self._unallocated:
            task = self._unallocated[0][2]
            if task.withdrawn:
                heappop(self._unallocated)
                continue
            case = task.token.case
            assignment = case.assignments.get(self)
            if assignment is None:
                desk = self._find_desk(case)
                if desk is None:
                    break
                heappop(self._unallocated)
                assignment = self._allocate(task, desk)
            else:
                heappop(self._unallocated)
                self.world.close_event(task.allocation, "done")
            self._pass_on(task, assignment)
        self._allocating = False

    def withdrawn(self, task: Task) -> None:
        """Take note of a task that was given up, and of its wait for a caseworker if it had none."""
        super().withdrawn(task)
        if task.desk is None:
            self.world.close_event(task.allocation, "withdrawn")

    def waiting(self) -> list[Task]:
        """Return the tasks that have not begun, those without a caseworker last."""
        unallocated = [entry[2] for entry in sorted(self._unallocated) if not entry[2].withdrawn]
        return super().waiting() + unallocated
