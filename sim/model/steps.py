"""What each kind of step does when a case comes to it.

``enter`` returns the next step if the case passes at once, or None if it has to wait; then the step moves the case on
when the waiting is over. So the way through a map is a sequence of SimPy events with a callback each, without a
process per case: one event for each piece of work, each delay, each seat.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.journal import ACTIVITIES, NAN
from sim.model.case import Token
from sim.model.clock import deadline, time_months_later
from sim.model.draws import Draw
from sim.model.environment import Happening
from sim.model.panel import Panel, Seat
from sim.model.places import ServiceRun
from sim.model.spell import Spell
from sim.model.team import Attendance, Task, Team
from sim.model.varying import Wheel, varying, varying_duration
from sim.scenario.pathway import (
    AnyStep,
    Choice,
    Decision,
    Delay,
    End,
    FollowUp,
    Meeting,
    PanelStep,
    ServiceStep,
    Step,
    Work,
)
from sim.scenario.pathway import Track as TrackConfig
from sim.scenario.time import Clock

if TYPE_CHECKING:
    from sim.model.world import World

_WIDTH = len(ACTIVITIES)
_FINISHED = ACTIVITIES.index("finished")
_WITHDRAWN = ACTIVITIES.index("withdrawn")


class ClockRun:
    """Something that is waited for: it opens a row in the journal and closes it."""

    def __init__(self, world: World, name: str, config: Clock) -> None:
        self.world = world
        self.name = name
        self.config = config

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


class TrackRun:
    """A track as the model sees it."""

    def __init__(self, world: World, name: str, config: TrackConfig) -> None:
        self.name = name
        self.code = world.names["track"].code(name)
        self.side = config.side
        self.administration = world.names["payer"].code(config.administration)
        self.steps: dict[str, StepRun] = {
            step: make_step(world, self, step, settings) for step, settings in config.steps.items()
        }
        self.first = self.steps[config.first]


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
            world.env, team, token, self.code, self._hours(token, visit) / team.pace, self._priority, due, self._done
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
        activities = token.track.first.world.journal.activities
        activities[self.row * _WIDTH + _FINISHED] = NAN
        activities[self.row * _WIDTH + _WITHDRAWN] = self.env.now


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
        self._priority = config.priority

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


class DecisionRun(StepRun):
    """A decision, which can be appealed when it is not a full grant."""

    def __init__(self, world: World, track: TrackRun, name: str, config: Decision) -> None:
        super().__init__(world, track, name, config)
        self.config = config
        self._wheel: Callable[[Token], Wheel] = varying(world, config.split, lambda _, split: Wheel(split))
        self._draw = world.draws.uniform(f"{self.path}.split")
        self._offer = world.draws.uniform(f"{self.path}.offer")
        self._offers = [
            (offer.profiles, offer.levels, offer.from_age, Wheel(offer.split))
            for offer in world.scenario.offers[config.offers].values()
        ]

    def link(self, find: Callable[[str], StepRun]) -> None:
        """Look up the successors."""
        self._targets = {key: find(target) for key, target in self.config.targets()}

    def enter(self, token: Token) -> StepRun:
        """Decide."""
        world = self.world
        case = token.case
        visit = case.visit(self.place)
        outcome = self._wheel(token).pick(self._draw(case.number, visit))
        now = world.env.now
        world.add_event(token, token.administration, "decided", token.aware, now, NAN, outcome)
        token.decided = now
        self.note_departure(token, outcome)
        if outcome != "refused":
            self.grant(token, visit, case.level if outcome == "granted" else max(1, case.level - 1))
        if outcome != "granted" and self.config.appeal is not None:
            world.appeal(token, self)
        return self._targets[outcome]

    def grant(self, token: Token, visit: int, level: int) -> None:
        """Grant what is offered at a need level."""
        case = token.case
        age = self.world.age(case)
        for profiles, levels, from_age, wheel in self._offers:
            fits = (profiles is None or case.profile in profiles) and (levels is None or level in levels)
            if fits and age >= from_age:
                token.grant = wheel.pick(self._offer(case.number, visit))
                return
        raise KeyError(f"{self.path}: nothing is offered to profile '{case.profile}' at level {level}")

    def after_appeal(self, outcome: str) -> StepRun | None:
        """Return where a case goes on after an appeal with an outcome, if it goes on."""
        return self._targets.get(outcome) if outcome in ("changed", "remitted") else None


class FollowUpRun:
    """Recurring work as the model sees it."""

    def __init__(self, world: World, step: ServiceStepRun, config: FollowUp) -> None:
        self.config = config
        self.clock = None if config.clock is None else world.clocks[config.clock]
        self._world = world
        self._step = step
        self._place = world.new_place()
        self._team = team_pick(world, config.team)
        self._hours = varying_duration(world, f"{step.path}.follow_up.hours", config.hours)

    def task(self, token: Token, due: float, done: Callable[[Task], None]) -> Task:
        """Return the next follow-up's work."""
        team = self._team(token)
        hours = self._hours(token, token.case.visit(self._place)) / team.pace
        return Task(self._world.env, team, token, self._step.code, hours, self.config.priority, due, done)


class ServiceStepRun(OnwardRun):
    """Wait for a place, use the service, be followed up."""

    def __init__(self, world: World, track: TrackRun, name: str, config: ServiceStep) -> None:
        super().__init__(world, track, name, config)
        self.config = config
        self._lengths = {
            service: varying_duration(world, f"services.{service}.years", settings.years)
            for service, settings in world.scenario.services.items()
        }
        self.follow_up = None if config.follow_up is None else FollowUpRun(world, self, config.follow_up)

    def enter(self, token: Token) -> None:
        """Begin to wait for a place."""
        service = self.service(token)
        spell = Spell(self.world, self, token, service, token.case.level, "ordinary")
        wanted = self.world.env.now
        if self.config.from_birthday:
            wanted = max(wanted, token.case.turns_adult)
        spell.wait(wanted)

    def service(self, token: Token) -> ServiceRun:
        """Return the service that the step gives a case."""
        name = self.config.service
        if name == "granted":
            assert token.grant is not None
            name = token.grant
        else:
            token.grant = name
        return self.world.services[name]

    def length(self, service: ServiceRun, token: Token, visit: int) -> float:
        """Return how long a spell lasts if nothing cuts it short, in years."""
        return self._lengths[service.name](token, visit)

    def finished(self, token: Token) -> None:
        """Move a case on whose service is over."""
        self.go_on(token)


class EndRun(StepRun):
    """The way through the track is over."""

    def __init__(self, world: World, track: TrackRun, name: str, config: End) -> None:
        super().__init__(world, track, name, config)
        self._outcome = config.outcome

    def enter(self, token: Token) -> StepRun | None:
        """End the way; after a successful appeal the case goes on in the track it came from."""
        self.note_departure(token, self._outcome)
        if token.appealed is not None:
            return self.world.after_appeal(token, self._outcome)
        self.world.finish(token)
        return None


_KINDS: dict[type[Step], type[StepRun]] = {
    Work: WorkRun,
    Delay: DelayRun,
    PanelStep: PanelRun,
    Meeting: MeetingRun,
    Choice: ChoiceRun,
    Decision: DecisionRun,
    ServiceStep: ServiceStepRun,
    End: EndRun,
}


def make_step(world: World, track: TrackRun, name: str, config: AnyStep) -> StepRun:
    """Return what the model makes of a step."""
    return _KINDS[type(config)](world, track, name, config)
