"""What every kind of step has in common: clocks that start and stop, notes for the journal, and the way on.

``enter`` returns the next step if the case passes at once, or None if it has to wait; then the step moves the case on
when the waiting is over. So the way through a map is a sequence of SimPy events with a callback each, without a
process per case: one event for each piece of work, each delay, each seat.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.journal import NAN
from sim.model.case import Token
from sim.model.clock import deadline, time_months_later
from sim.model.team import Team
from sim.model.varying import varying
from sim.scenario.pathway import Step
from sim.scenario.time import Clock

if TYPE_CHECKING:
    from sim.model.tracks import TrackRun
    from sim.model.waiting import WaitingRun
    from sim.model.world import World


class ClockRun:
    """Something that is waited for: it opens a row in the journal and closes it."""

    def __init__(self, world: World, name: str, config: Clock) -> None:
        self.world = world
        self.name = name
        self.config = config
        self.waits: tuple[WaitingRun, ...] = ()
        """What waiting does from when it starts."""

    def since(self, token: Token) -> float:
        """Return from when the wait counts."""
        match self.config.since:
            case "awareness":
                return token.aware
            case "birthday":
                return token.case.turns_adult
            case _:
                return self.world.env.now

    def due(self, token: Token, since: float) -> float:
        """Return when the deadline runs out (NaN: there is none, or nobody knows since when it counts)."""
        config = self.config
        if config.before_birthday_months is not None:
            return time_months_later(self.world.start, token.case.turns_adult, -config.before_birthday_months)
        if config.within is not None and since == since:
            return deadline(config.within, since, self.world.start, self.world.office)
        return NAN

    def open(self, token: Token) -> None:
        """Start the clock for a case; one that runs already goes on."""
        if token.clocks is not None and self.name in token.clocks:
            return
        since = self.since(token)
        due = self.due(token, since)
        row = self.world.open_event(token, self.name, since, due)
        if token.clocks is None:
            token.clocks = {}
        token.clocks[self.name] = (row, due)
        for waiting in self.waits:
            waiting.begin(token, since)


class StepRun:
    """A step as the model sees it."""

    def __init__(self, world: World, track: TrackRun, name: str, config: Step) -> None:
        self.world = world
        self.track = track
        self.path = f"{track.name}.{name}"
        self.code = world.names["step"].code(self.path)
        self.place = world.new_place()
        self._config = config
        self._starts = [world.clocks[clock] for clock in config.starts]
        self._administration = (
            None if config.administration is None else world.names["payer"].code(config.administration)
        )
        self.has_notes = bool(config.starts or config.record or config.administration or config.aware)
        """Whether something is written down when a case comes here."""
        self._stops = config.stops

    def link(self, find: Callable[[str], StepRun]) -> None:
        """Look up the successors, once all steps exist."""

    def note_arrival(self, token: Token) -> None:
        """Write down what the map says is to be written when a case comes here."""
        config = self._config
        now = self.world.env.now
        if self._administration is not None:
            token.administration = self._administration
        if config.aware:
            token.aware = now
        if config.record is not None:
            self.world.add_event(token, token.administration, config.record, now, now, NAN, "done")
        for clock in self._starts:
            clock.open(token)

    def note_departure(self, token: Token, outcome: str) -> None:
        """Stop the clocks that the map says stop here."""
        clocks = token.clocks
        if clocks is not None:
            for name in self._stops:
                entry = clocks.pop(name, None)
                if entry is not None:
                    self.world.close_event(entry[0], outcome)
                    if token.waits:
                        for wait in list(token.waits.values()):
                            wait.clock_stopped(name, outcome)

    def enter(self, token: Token) -> StepRun | None:
        """Let a case come to this step; return the next one if it passes at once."""
        raise NotImplementedError


class OnwardRun(StepRun):
    """A step with a single way on."""

    next: StepRun

    def link(self, find: Callable[[str], StepRun]) -> None:
        """Look up the successor."""
        self.next = find(self._config.next)  # type: ignore[attr-defined]

    def go_on(self, token: Token) -> None:
        """Move a case on that has waited here, unless its way is over."""
        if token.ended:
            return
        token.waiting = None
        if self._stops:
            self.note_departure(token, "done")
        self.world.move(token, self.next)


TeamPick = Callable[[Token], Team]


def team_pick(world: World, choice: Any) -> TeamPick:
    """Return a function that says which team does the work for a case."""
    if choice == "own":
        return world.own_team
    if isinstance(choice, str):
        always = world.teams[choice]
        return lambda token: always

    def make(_: str, name: str) -> Team | None:
        return None if name == "own" else world.teams[name]

    pick = varying(world, choice, make)

    def team(token: Token) -> Team:
        return pick(token) or world.own_team(token)

    return team
