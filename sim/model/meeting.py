"""Meetings of caseworkers of several teams, who all have to be there at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    First the case gets a caseworker in each team that has none for it yet, so that nobody sits and waits while
    another team has no room for a further case. Then they are called one after the other, always in the same order of
    teams; whoever comes first waits for the others. Because the order is the same for every meeting, two meetings can
    never wait for each other.
    """

    def __init__(self, world: World, track: TrackRun, name: str, config: Meeting) -> None:
        super().__init__(world, track, name, config)
        self._teams = [team_pick(world, team) for team in config.teams]
        self._hours = varying_duration(world, f"{self.path}.hours", config.hours)
        self._lead_days = varying_duration(world, f"{self.path}.lead_days", config.lead_days)
        self._priority = 0

    def enter(self, token: Token) -> None:
        """Give notice of the meeting."""
        visit = token.case.visit(self.place)
        gathering = Gathering(self, token, self._hours(token, visit))
        token.waiting = gathering
        gathering.give_notice(self._lead_days(token, visit))

    def called(self, token: Token) -> list[Team]:
        """Return the teams that are needed, each once, in the order in which they are called."""
        teams = {team.code: team for team in (pick(token) for pick in self._teams)}
        return [teams[code] for code in sorted(teams)]

    @property
    def priority(self) -> int:
        """Priority of the meeting among the tasks of each caseworker."""
        return self._priority


class Gathering:
    """One meeting: who has been called, who is there."""

    def __init__(self, step: MeetingRun, token: Token, hours: float) -> None:
        self.step = step
        self.token = token
        self._hours = hours
        self._awaited: list[Task] = []
        """Those who are not known yet; once everybody is known, the one who has been called."""
        self._known: list[Task] = []
        """Those who are to be called, in this order."""
        self._present: list[Task] = []
        self._event: Happening | None = None

    def give_notice(self, days: float) -> None:
        """Let the meeting be called after a number of days."""
        env = self.step.world.env
        self._event = Happening(env, env.now + days, self._call)

    def _call(self, _: object) -> None:
        self._event = None
        step = self.step
        tasks: list[Task] = [
            Attendance(
                step.world.env,
                team,
                self.token,
                step.code,
                self._hours / team.pace,
                step.priority,
                self._arrived,
                self._found,
            )
            for team in step.called(self.token)
        ]
        self._known, self._awaited = tasks[:], tasks[:]
        for task in tasks:
            task.team.submit(task)

    def _found(self, task: Task) -> None:
        self._awaited.remove(task)
        if not self._awaited:
            self._call_next()

    def _call_next(self) -> None:
        task = self._known.pop(0)
        task.requested = self.step.world.env.now
        self._awaited = [task]
        assert task.desk is not None
        task.desk.submit(task)

    def _arrived(self, task: Task) -> None:
        self._awaited = []
        self._present.append(task)
        if self._known:
            self._call_next()
            return
        env = self.step.world.env
        longest = max(attendant.team.clock.after(env.now, attendant.hours) for attendant in self._present)
        self._event = Happening(env, longest, self._over)

    def _over(self, _: object) -> None:
        self._let_go()
        self.step.go_on(self.token)

    def _let_go(self) -> None:
        present, self._present = self._present, []
        for task in present:
            assert task.desk is not None
            task.desk.release(task)

    def call_off(self) -> None:
        """Cancel the meeting; those who are there go back to their desks."""
        if self._event is not None:
            self._event.call_off()
        for task in self._awaited:
            task.call_off()
        self._let_go()
