"""Every step of the map can be reached and left, and a case brings along what the step needs.

The ways that cases can take are followed through the map: from every source and stock, through decisions and their
appeals, into the transition at a birthday. A *state* is a step together with what a case has when it comes there: a
team of its own, a granted service, and (in an appeal) the decision that is appealed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from sim.scenario.check_names import GRANTED, OWN, can_be_sent_on, may_happen, possible, step_of, varied
from sim.scenario.check_waiting import may_apply
from sim.scenario.errors import Problem, listed
from sim.scenario.pathway import (
    AnyStep,
    Choice,
    Decision,
    End,
    Meeting,
    Responsibility,
    ServiceStep,
    Work,
    varying_items,
)
from sim.scenario.population import Matter, Stock, Traits
from sim.scenario.scenario import Scenario

BEFORE_ANY_GRANT = ("birthday.needs_support", "initial_matters.", "waiting.")
"""Parts of a scenario outside the tracks that are asked about cases to which nothing may have been granted."""

Place = tuple[str, str]
"""Track and step."""


class State(NamedTuple):
    """A step with what a case may have when it comes there."""

    place: Place
    own: bool
    """Whether a named team has had the case."""
    grant: bool
    """Whether a service has been granted."""
    appealed: Place | None = None
    """The decision that is appealed."""
    waits: frozenset[str] = frozenset()
    """The sections of ``waiting`` with emergencies that may take the case away."""


def groups(scenario: Scenario) -> Mapping[str, Traits]:
    """Return all groups of persons by name: those who arrive and those who are there on day 0."""
    arrivals = {f"arrivals.{name}": source for name, source in scenario.arrivals.items()}
    stocks = {f"initial_caseload.{name}": stock for name, stock in scenario.initial_caseload.items()}
    matters = {f"initial_matters.{name}": matter for name, matter in scenario.initial_matters.items()}
    return {**arrivals, **stocks, **matters}


class Routes:
    """The ways that cases can take through a scenario's map. Names that do not exist are passed over."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._following: dict[State, list[State]] = {}
        self._emergencies = {
            name: section
            for name, section in scenario.waiting.items()
            if section.acute is not None and may_apply(section.acute.share) and may_apply(section.level_rises_per_month)
        }

    def step(self, place: Place) -> AnyStep:
        """Return the step at a place."""
        return self.scenario.tracks[place[0]].steps[place[1]]

    def find(self, target: str, track: str | None) -> list[Place]:
        """Return the place that a step's name means, if it exists."""
        place = step_of(target, track, self.scenario.tracks)
        return [] if place is None else [place]

    @cached_property
    def states(self) -> Mapping[str, set[State]]:
        """The states that the persons of each group can come to, with a positive probability."""
        return {name: self._from(self._entries(name)) for name in groups(self.scenario)}

    def visitors(self) -> Mapping[Place, set[str]]:
        """Return the groups whose persons can come to each step."""
        result: dict[Place, set[str]] = {}
        for group, states in self.states.items():
            for state in states:
                result.setdefault(state.place, set()).add(group)
        return result

    def may_lack_grant(self, path: str) -> bool:
        """Return whether a case can come to the step at a dotted path before any service was granted."""
        parts = path.split(".")
        if parts[0] == "waiting":
            return True
        if len(parts) < 4 or parts[0] != "tracks":
            return path.startswith(BEFORE_ANY_GRANT)
        place = (parts[1], parts[3])
        if isinstance(self.step(place), ServiceStep):
            return False
        return any(state.place == place and not state.grant for states in self.states.values() for state in states)

    def _entries(self, group: str) -> list[State]:
        kind, name = group.split(".", 1)
        if kind == "arrivals":
            source = self.scenario.arrivals[name]
            track = self.scenario.tracks.get(source.track)
            entry = source.entry or (track.first if track is not None else "")
            return [State(place, own=False, grant=False) for place in self.find(entry, source.track)]
        there = (self.scenario.initial_caseload if kind == "initial_caseload" else self.scenario.initial_matters)[name]
        teams = [team for _, team in varied("", there.team)]
        own = bool(teams) and all(self.is_named(team) for team in teams)
        served = kind == "initial_caseload"
        running = there.clocks if isinstance(there, Matter) else ()
        waits = frozenset(name for name, section in self._emergencies.items() if section.clock in running)
        return [State(place, own=own, grant=served, waits=waits) for place in self.find(there.step, there.track)]

    def _from(self, entries: list[State]) -> set[State]:
        seen = set(entries)
        waiting = deque(entries)
        while waiting:
            for state in self._following_on(waiting.popleft()):
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
        return seen

    def _following_on(self, state: State) -> list[State]:
        # Groups of persons share most of their ways.
        if state not in self._following:
            self._following[state] = list(self._after(state))
        return self._following[state]

    def _after(self, state: State) -> Iterator[State]:
        """Yield the states that can follow upon one, with a positive probability."""
        track = state.place[0]
        step = self.step(state.place)
        if self._emergencies:
            waits = state.waits | {name for name, other in self._emergencies.items() if other.clock in step.starts}
            yield from self._after_emergencies(state, waits)
            state = state._replace(waits=frozenset(name for name in waits if self._still_waits(name, state, step)))
        if isinstance(step, Decision):
            yield from self._after_decision(state, step)
        elif isinstance(step, End):
            yield from self._after_appeal(state, step)
        else:
            owns = self._owns_after(state, step)
            for target in self.ways_on(state.place):
                for place in self.find(target, track):
                    for own in owns:
                        yield state._replace(place=place, own=own, grant=state.grant or isinstance(step, ServiceStep))
        if self.scenario.tracks[track].side == "child":
            yield from self._towards_adulthood(state, step)

    def _after_emergencies(self, state: State, waits: frozenset[str]) -> Iterator[State]:
        for name in waits:
            acute = self._emergencies[name].acute
            assert acute is not None
            for place in self.find(acute.to, None):
                yield State(place, state.own, state.grant)

    def _still_waits(self, name: str, state: State, step: AnyStep) -> bool:
        """Return whether a wait goes on after a step."""
        section = self._emergencies[name]
        if section.clock in step.stops and (section.until == "clock" or state.appealed is not None):
            return False
        return not (isinstance(step, ServiceStep) and section.until == "service")

    def ways_on(self, place: Place) -> list[str]:
        """Return the names of the steps that follow upon one with a positive probability."""
        step = self.step(place)
        if isinstance(step, Choice):
            return [target for _, split in varying_items(step.split) for target in possible(split)]
        if isinstance(step, Decision):
            outcomes = {outcome for _, split in varying_items(step.split) for outcome in possible(split)}
            return [target for key, target in step.targets() if key in outcomes]
        if isinstance(step, Responsibility):
            takers = may_take(step)
            return [target for administration, target in step.to.items() if administration in takers]
        return [target for _, target in step.targets()]

    def _owns_after(self, state: State, step: AnyStep) -> set[bool]:
        """Return whether the case may have (and may lack) a team of its own after a step."""
        if state.own:
            return {True}
        choices: list[object] = []
        if isinstance(step, Work) and not step.on_duty:
            choices = [step.team]
        elif isinstance(step, Meeting):
            choices = list(step.teams)
        gains = [[self.is_named(team) for _, team in varied("", choice)] for choice in choices]
        if any(all(named) for named in gains):
            return {True}
        return {False, any(any(named) for named in gains)}

    def is_named(self, team: str) -> bool:
        """Return whether a case gets a caseworker of its own in a team."""
        teams = self.scenario.teams
        # A team that does not exist is reported as such; it must not be reported a second time here.
        return team == OWN or team not in teams or teams[team].allocation == "named"

    def _after_decision(self, state: State, step: Decision) -> Iterator[State]:
        for key, target in step.targets():
            for _, split in varying_items(step.split):
                if key in possible(split):
                    grant = state.grant or key != "refused"
                    for place in self.find(target, state.place[0]):
                        yield state._replace(place=place, grant=grant)
                    if key != "granted" and step.appeal is not None and step.appeal in self.scenario.tracks:
                        for first in self.find(self.scenario.tracks[step.appeal].first, step.appeal):
                            yield State(first, state.own, grant, appealed=state.place)

    def _after_appeal(self, state: State, step: End) -> Iterator[State]:
        if state.appealed is None:
            return
        decision = self.step(state.appealed)
        assert isinstance(decision, Decision)
        target = {"changed": decision.changed, "remitted": decision.remitted}.get(step.outcome)
        if target is not None:
            for place in self.find(target, state.appealed[0]):
                yield State(place, state.own, state.grant or step.outcome == "changed")

    def _towards_adulthood(self, state: State, step: AnyStep) -> Iterator[State]:
        planning, birthday = self.scenario.planning, self.scenario.birthday
        if birthday is None:
            return
        for place in self.find(birthday.application, None):
            yield State(place, own=False, grant=False)
        if planning is not None and isinstance(step, ServiceStep):
            for place in self.find(planning.entry, planning.track):
                yield State(place, own=state.own, grant=True)


def may_take(step: Responsibility) -> set[str]:
    """Return the administrations that take a case with a positive probability."""
    rightful = {administration for _, split in varying_items(step.theirs) for administration in possible(split)}
    asked_wrongly = step.max_rounds > 0 and (can_be_sent_on(step) or may_happen(step.misrouted))
    return {*rightful, *step.to} if asked_wrongly and may_happen(step.accepts_others) else rightful


def check_routes(routes: Routes) -> list[Problem]:
    """Return a problem for steps that cannot be reached or left, or that cases come to unprepared."""
    return [*_unreachable(routes), *_endless(routes), *_unprepared(routes), *_appeals_that_lead_nowhere(routes)]


def _places(scenario: Scenario) -> list[Place]:
    return [(track, step) for track, settings in scenario.tracks.items() for step in settings.steps]


def _unreachable(routes: Routes) -> Iterator[Problem]:
    """Yield steps that nothing leads to, not even with probability 0 (which switches a way off)."""
    scenario = routes.scenario
    entries = [place for name, track in scenario.tracks.items() for place in routes.find(track.first, name)]
    for source in scenario.arrivals.values():
        entries += routes.find(source.entry or "", source.track)
    there: list[Stock | Matter] = [*scenario.initial_caseload.values(), *scenario.initial_matters.values()]
    for group in there:
        entries += routes.find(group.step, group.track)
    if scenario.planning is not None:
        entries += routes.find(scenario.planning.entry, scenario.planning.track)
    if scenario.birthday is not None:
        entries += routes.find(scenario.birthday.application, None)
    for section in scenario.waiting.values():
        entries += routes.find(section.acute.to, None) if section.acute is not None else []
    reached = set(entries)
    waiting = deque(entries)
    while waiting:
        place = waiting.popleft()
        for _, target in routes.step(place).targets():
            for after in routes.find(target, place[0]):
                if after not in reached:
                    reached.add(after)
                    waiting.append(after)
    for track, step in _places(scenario):
        if (track, step) not in reached:
            yield Problem(
                f"tracks.{track}.steps.{step}",
                f"no case can ever come to the step '{step}': no way from the first step "
                f"('{scenario.tracks[track].first}') or from another entry leads to it",
            )


def _endless(routes: Routes) -> Iterator[Problem]:
    """Yield steps from which no way of positive probability leads to an end."""
    places = _places(routes.scenario)
    before: dict[Place, list[Place]] = {}
    for place in places:
        for target in routes.ways_on(place):
            for after in routes.find(target, place[0]):
                before.setdefault(after, []).append(place)
    can_end = {place for place in places if isinstance(routes.step(place), End)}
    waiting = deque(can_end)
    while waiting:
        for place in before.get(waiting.popleft(), ()):
            if place not in can_end:
                can_end.add(place)
                waiting.append(place)
    for track in routes.scenario.tracks:
        stuck = [step for owner, step in places if owner == track and (owner, step) not in can_end]
        # A misspelt successor is reported by itself; it is not a way that goes on for ever.
        whole = all(routes.find(target, track) for step in stuck for target in routes.ways_on((track, step)))
        if stuck and whole:
            yield Problem(
                f"tracks.{track}.steps.{stuck[0]}",
                f"a case that comes here can never leave the track: from {listed(map(repr, stuck))} no way of positive "
                "probability leads to a step of kind 'end'",
            )


def _unprepared(routes: Routes) -> Iterator[Problem]:
    """Yield steps that want a case's own team, or the service granted, where a case may have none."""
    lacking_team: dict[Place, str] = {}
    lacking_grant: dict[Place, str] = {}
    for group, states in routes.states.items():
        for state in states:
            if not state.own:
                lacking_team.setdefault(state.place, group)
            if not state.grant:
                lacking_grant.setdefault(state.place, group)
    for track, name in _places(routes.scenario):
        path, step = f"tracks.{track}.steps.{name}", routes.step((track, name))
        if first := lacking_team.get((track, name)):
            for place in _wanting_own(path, step):
                yield Problem(
                    place,
                    f"'own' is the named team that already has the case, but a case from {first} can come here before "
                    f"any named team has had it (named: {listed(_named_teams(routes.scenario))})",
                )
        unserved = lacking_grant.get((track, name))
        if unserved and isinstance(step, ServiceStep) and step.service == GRANTED:
            yield Problem(
                f"{path}.service",
                f"'granted' is what the last decision granted, but a case from {unserved} can come here before any "
                f"decision has (services: {listed(routes.scenario.services)})",
            )
    for name, stock in routes.scenario.initial_caseload.items():
        for place, team in varied(f"initial_caseload.{name}.team", stock.team):
            if team in routes.scenario.teams and not routes.is_named(team):
                yield Problem(place, f"'{team}' is a pooled team, in which no case has a caseworker of its own")


def _wanting_own(path: str, step: AnyStep) -> Iterator[str]:
    choices: list[tuple[str, object]] = []
    if isinstance(step, Work):
        choices = [(f"{path}.team", step.team)]
    elif isinstance(step, Meeting):
        choices = [(f"{path}.teams.{position}", choice) for position, choice in enumerate(step.teams)]
    elif isinstance(step, ServiceStep) and step.follow_up is not None:
        choices = [(f"{path}.follow_up.team", step.follow_up.team)]
    for place, choice in choices:
        yield from (inner for inner, team in varied(place, choice) if team == OWN)


def _named_teams(scenario: Scenario) -> list[str]:
    return [name for name, team in scenario.teams.items() if team.allocation == "named"]


def _appeals_that_lead_nowhere(routes: Routes) -> Iterator[Problem]:
    """Yield decisions whose appeal can end as changed or remitted without saying where the case goes then."""
    scenario = routes.scenario
    for track, name in _places(scenario):
        step = routes.step((track, name))
        if not isinstance(step, Decision) or step.appeal is None or step.appeal not in scenario.tracks:
            continue
        outcomes = {other.outcome for other in scenario.tracks[step.appeal].steps.values() if isinstance(other, End)}
        for key in ("changed", "remitted"):
            if key in outcomes and getattr(step, key) is None:
                yield Problem(
                    f"tracks.{track}.steps.{name}.{key}",
                    f"is missing: an appeal in the track '{step.appeal}' can end as '{key}', and the case must then "
                    "go on somewhere",
                )
