"""Who is employed, who is away, who leaves, and who comes instead.

A team has *slots* (positions). What happens to a slot is drawn for the slot, so that the same slot is ill on the same
days in every scenario, and nothing else hangs on what others do:

* Each kind of absence is a renewal process: an exponential time from the end of one to the start of the next, then
  its length. It concerns whoever has the slot when it begins; a successor does not inherit it.
* Whoever gets a slot stays for an exponential time; then it is vacant; then somebody new comes, with a new number,
  who is trained for a while.
* Into a vacancy may come somebody from an agency (*vikar*), with a number of their own, until it ends. Whether is
  drawn for the slot and the vacancy, so that who is employed, and when, is the same with agencies and without.
* Where the head count changes, the slots with the highest numbers go, and come.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from sim.model.environment import Happening
from sim.model.headcount import hours_of_persons
from sim.model.records import NOBODY, add_staff, end_staff
from sim.model.staffed_desk import Caseworker
from sim.scenario.durations import Exponential
from sim.scenario.staff import Absence, Caseworking
from sim.scenario.staff import Team as TeamConfig

if TYPE_CHECKING:
    from sim.model.world import World

YEAR_DAYS = 365.25
_ROUNDING = 1e-9


def is_staffed(team: TeamConfig, caseworking: Caseworking) -> bool:
    """Return whether the caseworkers of a team have to be known as persons."""
    rate = resignation_rate(team, caseworking)
    return bool(
        team.changes
        or rate > 0
        or (team.part_time is not None and team.part_time.share > 0 and team.part_time.hours < 1)
        or any(absence.per_year > 0 for absence in caseworking.absences.values())
        or (caseworking.completeness.overload_tasks is not None and caseworking.completeness.overload_loss > 0)
    )


def resignation_rate(team: TeamConfig, caseworking: Caseworking) -> float:
    """Return the resignations per caseworker and year."""
    if caseworking.turnover is None:
        return 0.0
    if team.resignations_per_year is not None:
        return team.resignations_per_year
    return caseworking.turnover.resignations_per_year


class StaffedTeam(Protocol):
    """A team that people join and leave."""

    world: World
    name: str
    code: int

    def join(self, worker: Caseworker) -> None:
        """Let somebody begin in the team."""

    def leave(self, worker: Caseworker, cause: str) -> None:
        """Let somebody leave the team for a reason."""

    def away(self, worker: Caseworker) -> None:
        """Let somebody be absent."""

    def back(self, worker: Caseworker) -> None:
        """Let somebody come back from an absence."""

    def reassign(self, worker: Caseworker) -> None:
        """Give the cases of somebody who has long been absent to others."""

    def trained(self, worker: Caseworker) -> None:
        """Take note that somebody carries as many cases as the others from now on."""


class Slot:
    """A position in a team, filled or vacant.

    Attributes:
        number: Address of what is drawn for it.
        people: How many have been employed in it.
        fte: Hours of whoever has it.
        worker: Who has it.
        open: Whether it exists now.
        next: When its caseworker resigns, or its next one comes.
        temporary: When somebody from an agency comes.
        vacant: The journal's row of its vacancy (-1: somebody is employed in it).
    """

    __slots__ = ("fte", "next", "number", "open", "people", "temporary", "vacant", "worker")

    def __init__(self, number: int) -> None:
        self.number = number
        self.people = 0
        self.fte = 1.0
        self.worker: Caseworker | None = None
        self.open = False
        self.next: Happening | None = None
        self.temporary: Happening | None = None
        self.vacant = -1


class Roster:
    """The slots of a team and what happens to them."""

    def __init__(
        self,
        world: World,
        team: StaffedTeam,
        config: TeamConfig,
        caseworking: Caseworking,
        headcounts: list[tuple[float, int]],
    ) -> None:
        self._world = world
        self._env = world.env
        self._team = team
        self._turnover = caseworking.turnover
        self._reassign_after = caseworking.reassign_after_days
        self._slots: list[Slot] = []
        self._numbers = 0
        purpose = f"teams.{team.name}"
        self._absences = [
            AbsenceProcess(world, f"{purpose}.absence.{kind}", absence, self._fall_ill, self._recover)
            for kind, absence in caseworking.absences.items()
            if absence.per_year > 0
        ]
        rate = resignation_rate(config, caseworking)
        self._stays = (
            None
            if rate == 0
            else world.draws.duration(
                f"{purpose}.stays", Exponential(distribution="exponential", mean=YEAR_DAYS / rate)
            )
        )
        self._vacant = (
            None if self._turnover is None else world.draws.duration(f"{purpose}.vacancy", self._turnover.vacancy_days)
        )
        agency = None if self._turnover is None else self._turnover.agency
        self._agency = None if agency is None or agency.share == 0 else agency
        if self._agency is not None:
            self._agency_draw = world.draws.uniform(f"{purpose}.agency")
        for fte in hours_of_persons(headcounts[0][1], config.part_time):
            self._employ(self._open_slot(fte), trained=True)
        for time, fte in headcounts[1:]:
            Happening(world.env, time, self._change, fte)

    # -- positions ----------------------------------------------------------------------------------------------

    def _open_slot(self, fte: float) -> Slot:
        """Open the position with the lowest number that is not open."""
        number = sum(slot.open for slot in self._slots)
        if number == len(self._slots):
            slot = Slot(number)
            self._slots.append(slot)
            for process in self._absences:
                process.begin(slot)
        slot = self._slots[number]
        slot.open = True
        slot.fte = fte
        return slot

    def _change(self, event: Happening) -> None:
        """Let the team have a number of full-time equivalents.

        Those with the highest numbers leave as long as no fewer than the number are left; who joins works full time,
        or as much as is missing.
        """
        wanted: int = event.subject
        there = sum(slot.fte for slot in self._slots if slot.open)
        while there < wanted - _ROUNDING:
            slot = self._open_slot(min(1.0, wanted - there))
            there += slot.fte
            self._employ(slot, trained=False)
        while there > wanted + _ROUNDING:
            slot = next(slot for slot in reversed(self._slots) if slot.open)
            if there - slot.fte < wanted - _ROUNDING:
                break
            there -= slot.fte
            slot.open = False
            self._end(slot, "reduction")

    # -- persons ------------------------------------------------------------------------------------------------

    def _employ(self, slot: Slot, trained: bool) -> None:
        world = self._world
        worker = slot.worker = Caseworker(self._numbers, slot, slot.fte)
        self._numbers += 1
        worker.employed = add_staff(world, self._team.code, worker.number, "employed", worker.fte)
        turnover = self._turnover
        if not trained and turnover is not None and turnover.onboarding_days > 0:
            worker.pace *= turnover.onboarding_pace
            worker.carries *= turnover.onboarding_caseload
            worker.training = add_staff(world, self._team.code, worker.number, "onboarding", worker.fte)
            worker.trained = Happening(
                self._env, self._env.now + turnover.onboarding_days, self._finish_training, worker
            )
        if self._stays is not None:
            resigns = self._env.now + self._stays(slot.number, slot.people)
            slot.next = Happening(self._env, resigns, self._resign, slot)
        slot.people += 1
        self._team.join(worker)

    def _finish_training(self, event: Happening) -> None:
        worker: Caseworker = event.subject
        worker.trained = None
        worker.pace = worker.carries = worker.fte
        end_staff(self._world, worker.training)
        worker.training = -1
        self._team.trained(worker)

    def _resign(self, event: Happening) -> None:
        slot: Slot = event.subject
        assert self._vacant is not None
        now, vacancy = self._env.now, slot.people - 1
        comes = now + self._vacant(slot.number, vacancy)
        self._end(slot, "resignation")
        slot.next = Happening(self._env, comes, self._succeed, slot)
        if comes == now:
            return
        slot.vacant = add_staff(self._world, self._team.code, NOBODY, "vacant", slot.fte)
        agency = self._agency
        if agency is not None and self._agency_draw(slot.number, vacancy) < agency.share:
            starts = now + agency.after_days
            if starts < comes:
                slot.temporary = Happening(self._env, starts, self._fill_in, slot)

    def _fill_in(self, event: Happening) -> None:
        """Let somebody from an agency begin in a vacant position."""
        slot: Slot = event.subject
        agency = self._agency
        assert agency is not None
        worker = slot.worker = Caseworker(self._numbers, slot, slot.fte)
        self._numbers += 1
        worker.employed = add_staff(self._world, self._team.code, worker.number, "agency", worker.fte)
        worker.pace *= agency.pace
        worker.carries *= agency.caseload
        self._team.join(worker)

    def _succeed(self, event: Happening) -> None:
        self._end(event.subject, "agency")
        self._employ(event.subject, trained=False)

    def _end(self, slot: Slot, cause: str) -> None:
        """Let whoever has a slot leave, or its vacancy end."""
        for coming in (slot.next, slot.temporary):
            if coming is not None:
                coming.call_off()
        slot.next = slot.temporary = None
        if slot.vacant >= 0:
            end_staff(self._world, slot.vacant)
            slot.vacant = -1
        worker, slot.worker = slot.worker, None
        if worker is None:
            return
        for row in (worker.employed, worker.absent, worker.training):
            if row >= 0:
                end_staff(self._world, row)
        for later in (worker.trained, worker.reassigned):
            if later is not None:
                later.call_off()
        self._team.leave(worker, cause)

    # -- absences -----------------------------------------------------------------------------------------------

    def _fall_ill(self, slot: Slot) -> Caseworker | None:
        worker = slot.worker
        if worker is None:
            return None
        worker.absences += 1
        if worker.absences == 1:
            worker.absent = add_staff(self._world, self._team.code, worker.number, "absent", worker.fte)
            if self._reassign_after is not None:
                later = self._env.now + self._reassign_after
                worker.reassigned = Happening(self._env, later, self._reassign, worker)
            self._team.away(worker)
        return worker

    def _reassign(self, event: Happening) -> None:
        worker: Caseworker = event.subject
        worker.reassigned = None
        self._team.reassign(worker)

    def _recover(self, worker: Caseworker) -> None:
        worker.absences -= 1
        if worker.gone or worker.absences:
            return
        end_staff(self._world, worker.absent)
        worker.absent = -1
        if worker.reassigned is not None:
            worker.reassigned.call_off()
            worker.reassigned = None
        self._team.back(worker)


class AbsenceProcess:
    """One kind of absence: when each slot is away."""

    def __init__(
        self,
        world: World,
        purpose: str,
        config: Absence,
        begins: Callable[[Slot], Caseworker | None],
        ends: Callable[[Caseworker], None],
    ) -> None:
        self._env = world.env
        mean = YEAR_DAYS / config.per_year
        self._gap = world.draws.duration(f"{purpose}.gap", Exponential(distribution="exponential", mean=mean))
        self._days = world.draws.duration(f"{purpose}.days", config.days)
        self._begins = begins
        self._ends = ends

    def begin(self, slot: Slot) -> None:
        """Let a slot's absences happen, as they would have been drawn from day 0 on."""
        self._next(slot, 0.0, 0)

    def _next(self, slot: Slot, after: float, visit: int) -> None:
        starts = after + self._gap(slot.number, visit)
        while starts < self._env.now:
            starts += self._days(slot.number, visit)
            visit += 1
            starts += self._gap(slot.number, visit)
        Happening(self._env, starts, self._start, (slot, visit))

    def _start(self, event: Happening) -> None:
        slot, visit = event.subject
        now = self._env.now
        until = now + self._days(slot.number, visit)
        if until > now:
            worker = self._begins(slot)
            if worker is not None:
                Happening(self._env, until, self._end, worker)
        self._next(slot, until, visit + 1)

    def _end(self, event: Happening) -> None:
        self._ends(event.subject)
