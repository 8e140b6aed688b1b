"""What the plain kinds of step do when a case comes to them: work, delay, panel, choice, end."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Token
from sim.model.draws import Draw
from sim.model.environment import Happening
from sim.model.panel import Panel, Seat
from sim.model.records import call_off_pause
from sim.model.step import OnwardRun, StepRun, team_pick
from sim.model.team import Task
from sim.model.varying import Wheel, varying, varying_duration
from sim.scenario.pathway import Choice, Delay, End, PanelStep, Work

if TYPE_CHECKING:
    from sim.model.tracks import TrackRun
    from sim.model.world import World


class WorkRun(OnwardRun):
    """Hours of a caseworker."""

    def __init__(self, world: World, track: TrackRun, name: str, config: Work) -> None:
        super().__init__(world, track, name, config)
        self._team = team_pick(world, config.team)
        self._hours = varying_duration(world, f"{self.path}.hours", config.hours)
        self._priority = config.priority
        self._due = config.due
        self._due_days = NAN if config.due_days is None else config.due_days
        self._on_duty = config.on_duty
        self._patience = (
            None
            if config.patience_days is None
            else varying_duration(world, f"{self.path}.patience_days", config.patience_days)
        )
        self._gives_up_to = config.gives_up_to
        self._documents = config.documents
        self._finish = self._done_and_documented if config.documents > 0 else self._done

    def link(self, find: Callable[[str], StepRun]) -> None:
        """Look up the successors."""
        super().link(find)
        self._after_giving_up = None if self._gives_up_to is None else find(self._gives_up_to)

    def enter(self, token: Token) -> None:
        """Ask the team for the work."""
        world = self.world
        team = self._team(token)
        visit = token.case.visit(self.place)
        due = world.env.now + self._due_days
        if self._due is not None and token.clocks is not None:
            entry = token.clocks.get(self._due)
            if entry is not None:
                due = entry[1]
        task = Task(
            world.env, team, token, self.code, self._hours(token, visit) / team.pace, self._priority, due, self._finish
        )
        token.waiting = task
        if self._on_duty:
            team.submit_to_duty(task)
        else:
            team.submit(task)
        if self._patience is not None and task.worker < 0:
            Happening(world.env, world.env.now + self._patience(token, visit), self._lose_patience, task)

    def _done(self, task: Task) -> None:
        self.go_on(task.token)

    def _done_and_documented(self, task: Task) -> None:
        self.world.files.documented(task.token.case, self._documents, late=self.world.env.now > task.due)
        self.go_on(task.token)

    def _lose_patience(self, event: Happening) -> None:
        task: Task = event.subject
        if task.worker >= 0 or task.withdrawn:
            return
        task.call_off()
        task.token.waiting = None
        assert self._after_giving_up is not None
        self.note_departure(task.token, "withdrawn")
        self.world.move(task.token, self._after_giving_up)


class Pause(Happening):
    """A delay that can be called off."""

    row: int

    def call_off(self) -> None:
        """End the delay now; it leads to nothing."""
        super().call_off()
        token: Token = self.subject
        call_off_pause(token.track.first.world.journal, self.row, self.env.now)


class DelayRun(OnwardRun):
    """Waiting for others."""

    def __init__(self, world: World, track: TrackRun, name: str, config: Delay) -> None:
        super().__init__(world, track, name, config)
        self._days = varying_duration(world, f"{self.path}.days", config.days)
        self._until_age = config.until_age

    def enter(self, token: Token) -> StepRun | None:
        """Wait."""
        world = self.world
        now = world.env.now
        until = now + self._days(token, token.case.visit(self.place))
        if self._until_age is not None:
            until = max(until, world.birthday(token.case, self._until_age))
        if until <= now:
            if self._stops:
                self.note_departure(token, "done")
            return self.next
        row = world.add_pause(token, self.code, now, until)
        pause = Pause(world.env, until, self._over, token)
        pause.row = row
        token.waiting = pause
        return None

    def _over(self, event: Happening) -> None:
        self.go_on(event.subject)


class PanelRun(OnwardRun):
    """Waiting for a seat at a decision meeting."""

    def __init__(self, world: World, track: TrackRun, name: str, config: PanelStep) -> None:
        super().__init__(world, track, name, config)
        self._panel: Callable[[Token], Panel] = varying(world, config.panel, lambda _, panel: world.panels[panel])
        self._priority = config.priority

    def enter(self, token: Token) -> None:
        """Go on the panel's list."""
        panel = self._panel(token)
        seat = Seat(panel, token, self.code, self._priority, self.world.env.now, self.go_on)
        token.waiting = seat
        panel.submit(seat)


class ChoiceRun(StepRun):
    """Routing by probability."""

    def __init__(self, world: World, track: TrackRun, name: str, config: Choice) -> None:
        super().__init__(world, track, name, config)
        self._wheel: Callable[[Token], Wheel] = varying(world, config.split, lambda _, split: Wheel(split))
        self._draw: Draw = world.draws.uniform(f"{self.path}.split")
        self._tilt = config.tilt
        self._targets: dict[str, StepRun] = {}
        self._names = [target for _, target in config.targets()]

    def link(self, find: Callable[[str], StepRun]) -> None:
        """Look up the successors."""
        self._targets = {name: find(name) for name in self._names}

    def enter(self, token: Token) -> StepRun:
        """Choose."""
        wheel = self._wheel(token)
        draw = self._draw(token.case.number, token.case.visit(self.place))
        outcome = wheel.pick(draw) if self._tilt is None else self._tilted(token, wheel, draw)
        if self._stops:
            self.note_departure(token, outcome)
        return self._targets[outcome]

    def _tilted(self, token: Token, wheel: Wheel, draw: float) -> str:
        """Choose with odds that depend on how complete the file is."""
        assert self._tilt is not None
        lacking = self._tilt.reference - token.case.completeness
        weights = [
            weight * math.exp(self._tilt.outcomes.get(name, 0.0) * lacking)
            for name, weight in zip(wheel.names, wheel.weights, strict=True)
        ]
        left = draw * sum(weights)
        for name, weight in zip(wheel.names, weights, strict=True):
            left -= weight
            if left < 0:
                return name
        return wheel.names[-1]


class EndRun(StepRun):
    """The way through the track is over."""

    def __init__(self, world: World, track: TrackRun, name: str, config: End) -> None:
        super().__init__(world, track, name, config)
        self._outcome = config.outcome

    def enter(self, token: Token) -> StepRun | None:
        """End the way; after a successful appeal the case goes on in the track it came from."""
        if self._stops:
            self.note_departure(token, self._outcome)
        if token.appealed is not None:
            return self.world.after_appeal(token, self._outcome)
        self.world.finish(token)
        return None
