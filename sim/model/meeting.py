"""Meetings of caseworkers of several teams, who all have to be there at the same time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Token
from sim.model.environment import Happening
from sim.model.step import OnwardRun, team_pick
from sim.model.team import Attendance, Task, Team
from sim.model.varying import varying_duration
from sim.scenario.pathway import Meeting

if TYPE_CHECKING:
    from sim.model.tracks import TrackRun
    from sim.model.world import World


class MeetingRun(OnwardRun):
    """A meeting of caseworkers of several teams.

    When the notice is over, and if everybody from outside can come, a caseworker of each team is called, all at the
    same time. Whoever comes first waits for the others. An appointment goes before all other work, so the wait is
    only for what the others are doing already.

    Two meetings never wait for each other for ever. All meetings are called in one order, and every desk keeps to it:
    somebody comes to a later meeting only if nobody of the desk is needed at an earlier one, and leaves a later
    meeting that has not begun when an earlier one comes to the desk after all (because a colleague is away). So the
    earliest meeting of those that are not over never waits for another that waits itself: only for work that will be
    finished, for a meeting that will be over, for opening hours, or for somebody to come back. It is held; then the
    next is the earliest.
    """

    def __init__(self, world: World, track: TrackRun, name: str, config: Meeting) -> None:
        super().__init__(world, track, name, config)
        self._teams = [team_pick(world, team) for team in config.teams]
        self._hours = varying_duration(world, f"{self.path}.hours", config.hours)
        self._lead_days = varying_duration(world, f"{self.path}.lead_days", config.lead_days)
        self.documents = config.documents
        """The share of what the file lacks that a meeting adds to it."""
        self.outsiders = Outsiders(world, self.path, config) if config.outsiders else None

    def enter(self, token: Token) -> None:
        """Give notice of the meeting."""
        visit = token.case.visit(self.place)
        gathering = Gathering(self, token, self._hours(token, visit))
        token.waiting = gathering
        gathering.give_notice(self._lead_days(token, visit))

    def called(self, token: Token) -> list[Team]:
        """Return the teams that are needed, each once."""
        teams = {team.code: team for team in (pick(token) for pick in self._teams)}
        return [teams[code] for code in sorted(teams)]


class Outsiders:
    """Others who have to be there, and sometimes cannot come."""

    def __init__(self, world: World, path: str, config: Meeting) -> None:
        self._can_come: list[tuple[str, float, Callable[[int, int], float]]] = [
            (name, probability, world.draws.uniform(f"{path}.outsiders.{name}"))
            for name, probability in config.outsiders.items()
        ]
        self._days = varying_duration(world, f"{path}.postponed_days", config.postponed_days)
        self._place = world.new_place()

    def prevented(self, token: Token) -> tuple[str, float] | None:
        """Return who cannot come and how many days later it is tried again, or None if all can come."""
        number = token.case.number
        attempt = token.case.visit(self._place)
        for name, probability, draw in self._can_come:
            if draw(number, attempt) >= probability:
                return name, self._days(token, attempt)
        return None


class Gathering:
    """One meeting: who has been called, who is there."""

    def __init__(self, step: MeetingRun, token: Token, hours: float) -> None:
        self.step = step
        self.token = token
        self.begun = False
        """Whether everybody has come."""
        self._hours = hours
        self._number = -1
        self._awaited: dict[Attendance, None] = {}
        self._present: dict[Attendance, None] = {}
        self._event: Happening | None = None

    def give_notice(self, days: float) -> None:
        """Let the meeting be called after a number of days."""
        env = self.step.world.env
        self._event = Happening(env, env.now + days, self._call)

    def _call(self, _: object) -> None:
        step = self.step
        world = step.world
        if step.outsiders is not None:
            prevented = step.outsiders.prevented(self.token)
            if prevented is not None:
                who, days = prevented
                now = world.env.now
                world.add_event(self.token, self.token.administration, "postponed", now, now, NAN, who)
                self.give_notice(days)
                return
        self._event = None
        self._number = next(world.numbers)
        for team in step.called(self.token):
            self._awaited[self._appointment(team)] = None
        for appointment in list(self._awaited):
            appointment.team.call(appointment)

    def _appointment(self, team: Team) -> Attendance:
        return Attendance(self.step.world.env, team, self, self._hours / team.pace, self._number)

    def arrived(self, task: Task) -> None:
        """Take note that somebody has come; the meeting begins with the last."""
        assert isinstance(task, Attendance)
        del self._awaited[task]
        self._present[task] = None
        if self._awaited:
            return
        self.begun = True
        env = self.step.world.env
        longest = max(attendant.team.clock.after(env.now, attendant.hours) for attendant in self._present)
        self._event = Happening(env, longest, self._over)

    def left_by(self, task: Attendance) -> Attendance:
        """Take note that somebody has left before the meeting has begun; return the call for another."""
        del self._present[task]
        again = self._appointment(task.team)
        self._awaited[again] = None
        return again

    def _over(self, _: object) -> None:
        self._let_go()
        if self.step.documents:
            self.step.world.files.documented(self.token.case, self.step.documents)
        self.step.go_on(self.token)

    def _let_go(self) -> None:
        present, self._present = self._present, {}
        for task in present:
            assert task.desk is not None
            task.desk.release(task)

    def call_off(self) -> None:
        """Cancel the meeting; those who are there go back to their desks."""
        if self._event is not None:
            self._event.call_off()
        awaited, self._awaited = self._awaited, {}
        for task in awaited:
            task.call_off()
        self._let_go()
