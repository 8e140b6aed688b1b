"""Every name that is mentioned exists, and stands for something that may be mentioned there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.scenario.base import ByAttribute, shares
from sim.scenario.costs import OUTSIDE_PAYERS
from sim.scenario.errors import Problem, did_you_mean, listed, unknown
from sim.scenario.pathway import (
    OUTCOMES,
    Choice,
    Decision,
    Meeting,
    PanelStep,
    Responsibility,
    ServiceStep,
    Step,
    Track,
    Work,
    varying_items,
)
from sim.scenario.population import Open, Traits
from sim.scenario.scenario import Scenario

OWN = "own"
"""As a team: the named team that already has the case."""
GRANTED = "granted"
"""As a service: the one that the last decision granted."""
STAND_INS = ("bridging", "self_pay", "nothing")
LEVELS = ("1", "2", "3", "4")
SIDE_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "child": ("placement", "supportive"),
    "adult": ("adult", "aftercare"),
    "appeal": (),
}


def check_names(scenario: Scenario) -> list[Problem]:
    """Return a problem for every name that does not exist or does not belong where it stands."""
    return [
        *_staff(scenario),
        *_services(scenario),
        *_people(scenario),
        *_tracks(scenario),
        *_adulthood(scenario),
    ]


def named(path: str, what: str, name: str | None, known: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem if a name is given and is not known."""
    names = list(known)
    if name is not None and name not in names:
        yield Problem(path, unknown(what, name, names))


def varied(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield (path, name) for a name, or for each name of a table by an attribute."""
    if isinstance(value, ByAttribute):
        for key, name in value.values.items():
            yield f"{path}.values.{key}", str(name)
    elif value is not None:
        yield path, str(value)


def step_of(target: str, track: str | None, tracks: Mapping[str, Track]) -> tuple[str, str] | None:
    """Return track and step of ``step`` or ``track.step``, or None if there is no such step."""
    owner, _, step = target.rpartition(".")
    owner = owner or (track or "")
    return (owner, step) if owner in tracks and step in tracks[owner].steps else None


def _staff(scenario: Scenario) -> Iterator[Problem]:
    for name, team in scenario.teams.items():
        yield from named(
            f"teams.{name}.administration", "administration", team.administration, scenario.administrations
        )
        yield from named(f"teams.{name}.calendar", "calendar", team.calendar, scenario.calendars)
        if name == OWN:
            yield Problem(f"teams.{name}", "'own' cannot be a team's name: it stands for the team that has the case")
    for name, panel in scenario.panels.items():
        yield from named(
            f"panels.{name}.administration", "administration", panel.administration, scenario.administrations
        )


def _services(scenario: Scenario) -> Iterator[Problem]:
    for name, service in scenario.services.items():
        for profile in service.fits or ():
            yield from named(f"services.{name}.fits", "profile", profile, scenario.profiles)
        if name == GRANTED:
            yield Problem(f"services.{name}", "'granted' cannot be a service's name: it stands for what was granted")
    for table, offers in scenario.offers.items():
        for name, offer in offers.items():
            for profile in offer.profiles or ():
                yield from named(f"offers.{table}.{name}.profiles", "profile", profile, scenario.profiles)
            for service_name in offer.split:
                yield from named(f"offers.{table}.{name}.split", "service", service_name, scenario.services)


def _people(scenario: Scenario) -> Iterator[Problem]:
    tracks = scenario.tracks
    for name, source in scenario.arrivals.items():
        path = f"arrivals.{name}"
        yield from _traits(path, source, scenario)
        yield from named(f"{path}.track", "track", source.track, tracks)
        yield from named(f"{path}.calendar", "calendar", source.calendar, scenario.calendars)
        if source.track in tracks:
            yield from named(
                f"{path}.entry", f"step in track '{source.track}'", source.entry, tracks[source.track].steps
            )
            yield from _not_an_appeal(f"{path}.track", source.track, scenario)
    for name in OUTSIDE_PAYERS:
        if name in scenario.administrations:
            yield Problem(
                f"administrations.{name}",
                f"'{name}' is the name of a payer outside the municipality; give the administration another name",
            )
    for name, stock in scenario.initial_caseload.items():
        path = f"initial_caseload.{name}"
        for place, administration in varied(f"{path}.administration", stock.administration):
            yield from named(place, "administration", administration, scenario.administrations)
        yield from _traits(path, stock, scenario)
        yield from named(f"{path}.track", "track", stock.track, tracks)
        yield from named(f"{path}.service", "service", stock.service, scenario.services)
        for place, team in varied(f"{path}.team", stock.team):
            yield from named(place, "team", team, scenario.teams)
        if stock.track in tracks:
            yield from _not_an_appeal(f"{path}.track", stock.track, scenario)
            yield from _stock_step(path, stock.track, stock.step, stock.service, scenario)
    for name, matter in scenario.initial_matters.items():
        path = f"initial_matters.{name}"
        for place, administration in varied(f"{path}.administration", matter.administration):
            yield from named(place, "administration", administration, scenario.administrations)
        yield from _traits(path, matter, scenario)
        yield from named(f"{path}.track", "track", matter.track, tracks)
        for clock in matter.clocks:
            yield from named(f"{path}.clocks", "clock", clock, scenario.clocks)
        for place, team in varied(f"{path}.team", matter.team):
            yield from named(place, "team", team, scenario.teams)
        if matter.track in tracks:
            yield from _not_an_appeal(f"{path}.track", matter.track, scenario)
            yield from named(f"{path}.step", f"step in track '{matter.track}'", matter.step, tracks[matter.track].steps)


def _not_an_appeal(path: str, track: str, scenario: Scenario) -> Iterator[Problem]:
    if scenario.tracks[track].side == "appeal":
        others = [name for name, other in scenario.tracks.items() if other.side != "appeal"]
        yield Problem(path, f"'{track}' is an appeal track; a person cannot start there (allowed: {listed(others)})")


def _stock_step(path: str, track_name: str, step_name: str, service: str, scenario: Scenario) -> Iterator[Problem]:
    track = scenario.tracks[track_name]
    services = [name for name, step in track.steps.items() if isinstance(step, ServiceStep)]
    step = track.steps.get(step_name)
    if step is None:
        yield from named(f"{path}.step", f"service step in track '{track_name}'", step_name, services)
    elif not isinstance(step, ServiceStep):
        yield Problem(
            f"{path}.step",
            f"'{step_name}' is a step of kind '{step.kind}'; cases that have a service on day 0 are at a step of "
            f"kind 'service'{did_you_mean(step_name, services)} (allowed: {listed(services)})",
        )
    elif step.service not in (GRANTED, service):
        yield Problem(f"{path}.service", f"'{service}' is not what the step '{step_name}' gives: '{step.service}'")
    if service in scenario.services:
        category, allowed = scenario.services[service].category, SIDE_CATEGORIES[track.side]
        if allowed and category not in allowed:
            yield Problem(
                f"{path}.service",
                f"'{service}' is of category '{category}', which does not belong in the track '{track_name}' of side "
                f"'{track.side}' (allowed: {listed(allowed)})",
            )


def _traits(path: str, traits: Traits, scenario: Scenario) -> Iterator[Problem]:
    for profile in traits.profiles:
        yield from named(f"{path}.profiles.{profile}", "profile", profile, scenario.profiles)
    for case in traits.cases if isinstance(traits, Open) and isinstance(traits.cases, tuple) else ():
        yield from named(f"{path}.cases", "profile", case.profile, scenario.profiles)
        yield from named(f"{path}.cases", "administration", case.administration, scenario.administrations)
    if isinstance(traits.levels, ByAttribute) and traits.levels.by != "profile":
        yield Problem(f"{path}.levels.by", f"'{traits.levels.by}' is not allowed: levels can only differ by profile")
    for key, split in varying_items(traits.levels):
        for level in split:
            yield from named(f"{path}.levels.{key}{level}", "need level", level, LEVELS)


def _tracks(scenario: Scenario) -> Iterator[Problem]:
    running = {clock for track in scenario.tracks.values() for clock in _started(track)}
    for name, track in scenario.tracks.items():
        path = f"tracks.{name}"
        yield from named(f"{path}.administration", "administration", track.administration, scenario.administrations)
        yield from named(f"{path}.first", "step", track.first, track.steps)
        for step_name, step in track.steps.items():
            place = f"{path}.steps.{step_name}"
            yield from _any_step(place, step, scenario, running)
            for key, target in step.targets():
                if step_of(target, name, scenario.tracks) is None:
                    yield Problem(f"{place}.{key}", _no_step(target, name, scenario))
            yield from _particular(place, step, scenario)


def _started(track: Track) -> Iterator[str]:
    for step in track.steps.values():
        yield from step.starts
        if isinstance(step, ServiceStep) and step.follow_up is not None and step.follow_up.clock is not None:
            yield step.follow_up.clock


def _no_step(target: str, track: str, scenario: Scenario) -> str:
    owner, _, _ = target.rpartition(".")
    if owner and owner not in scenario.tracks:
        return unknown("track", owner, scenario.tracks)
    if owner:
        steps = list(scenario.tracks[owner].steps)
        return unknown(f"step in track '{owner}'", target.rpartition(".")[2], steps)
    return unknown(f"step in track '{track}'", target, scenario.tracks[track].steps)


def _any_step(path: str, step: Step, scenario: Scenario, running: set[str]) -> Iterator[Problem]:
    yield from named(f"{path}.administration", "administration", step.administration, scenario.administrations)
    for clock in step.starts:
        yield from named(f"{path}.starts", "clock", clock, scenario.clocks)
    for clock in step.stops:
        yield from _running(f"{path}.stops", clock, scenario, running)


def _running(path: str, clock: str, scenario: Scenario, running: set[str]) -> Iterator[Problem]:
    yield from named(path, "clock", clock, scenario.clocks)
    if clock in scenario.clocks and clock not in running:
        yield Problem(path, f"the clock '{clock}' is never started: no step has it under 'starts'")


def _particular(path: str, step: Step, scenario: Scenario) -> Iterator[Problem]:
    """Yield what is wrong with a step of its kind."""
    match step:
        case Work():
            yield from _work(path, step, scenario)
        case PanelStep():
            for place, panel in varied(f"{path}.panel", step.panel):
                yield from named(place, "panel", panel, scenario.panels)
        case Meeting():
            yield from _meeting(path, step, scenario)
        case Choice():
            outcomes = list(dict.fromkeys(target for _, target in step.targets()))
            for outcome in step.tilt.outcomes if step.tilt is not None else ():
                yield from named(f"{path}.tilt.outcomes.{outcome}", "outcome", outcome, outcomes)
        case Decision():
            yield from _decision(path, step, scenario)
        case Responsibility():
            yield from _responsibility(path, step, scenario)
        case ServiceStep():
            if step.service != GRANTED:
                yield from named(f"{path}.service", "service", step.service, [*scenario.services, GRANTED])
            if step.follow_up is not None:
                yield from named(f"{path}.follow_up.clock", "clock", step.follow_up.clock, scenario.clocks)
                yield from _teams(f"{path}.follow_up.team", step.follow_up.team, scenario)


def _teams(path: str, choice: object, scenario: Scenario) -> Iterator[Problem]:
    for place, team in varied(path, choice):
        if team != OWN:
            yield from named(place, "team", team, scenario.teams)


def _work(path: str, step: Work, scenario: Scenario) -> Iterator[Problem]:
    yield from _teams(f"{path}.team", step.team, scenario)
    if step.due is not None:
        clock = scenario.clocks.get(step.due)
        timed = [
            name
            for name, other in scenario.clocks.items()
            if other.within is not None or other.before_birthday_months is not None
        ]
        if clock is None:
            yield Problem(f"{path}.due", unknown("clock", step.due, timed))
        elif step.due not in timed:
            yield Problem(
                f"{path}.due",
                f"the clock '{step.due}' has no deadline that work could be sorted by (with one: {listed(timed)})",
            )
        if step.due_days is not None:
            yield Problem(f"{path}.due_days", "is given beside 'due': a task is due by a clock or after days, not both")
    if (step.patience_days is None) != (step.gives_up_to is None):
        given, missing = "patience_days", "gives_up_to"
        if step.patience_days is None:
            given, missing = missing, given
        yield Problem(f"{path}.{missing}", f"is missing: it goes together with {given}")
    if step.on_duty:
        for place, team in varied(f"{path}.team", step.team):
            if team in scenario.teams and scenario.teams[team].allocation != "named":
                named_teams = [name for name, other in scenario.teams.items() if other.allocation == "named"]
                yield Problem(
                    place,
                    f"'{team}' is a pooled team, in which anyone takes the next task; on_duty needs a named team "
                    f"(named: {listed(named_teams)})",
                )


def _meeting(path: str, step: Meeting, scenario: Scenario) -> Iterator[Problem]:
    for position, choice in enumerate(step.teams):
        yield from _teams(f"{path}.teams.{position}", choice, scenario)
    plain = [choice for choice in step.teams if isinstance(choice, str)]
    for team in dict.fromkeys(plain):
        if plain.count(team) > 1:
            yield Problem(f"{path}.teams", f"'{team}' is named {plain.count(team)} times; a team meets others")


def _decision(path: str, step: Decision, scenario: Scenario) -> Iterator[Problem]:
    yield from named(f"{path}.offers", "table of offers", step.offers, scenario.offers)
    for key, split in varying_items(step.split):
        for outcome in split:
            yield from named(f"{path}.split.{key}{outcome}", "outcome of a decision", outcome, OUTCOMES)
    appeals = [name for name, track in scenario.tracks.items() if track.side == "appeal"]
    if step.appeal is None:
        return
    if step.appeal not in scenario.tracks:
        yield Problem(f"{path}.appeal", unknown("track", step.appeal, appeals))
    elif step.appeal not in appeals:
        yield Problem(
            f"{path}.appeal",
            f"'{step.appeal}' is a track of side '{scenario.tracks[step.appeal].side}', not of side 'appeal' "
            f"(appeal tracks: {listed(appeals)})",
        )


def _responsibility(path: str, step: Responsibility, scenario: Scenario) -> Iterator[Problem]:
    administrations = scenario.administrations
    for name in step.to:
        yield from named(f"{path}.to.{name}", "administration", name, administrations)
    rightful: dict[str, str] = {}
    for key, split in varying_items(step.theirs):
        for name in split:
            yield from named(f"{path}.theirs.{key}{name}", "administration", name, administrations)
        for name in possible(split):
            rightful.setdefault(name, f"theirs.{key}{name}")
    for name, place in rightful.items():
        if name in administrations and name not in step.to:
            yield Problem(
                f"{path}.to.{name}",
                f"is missing: a case can be theirs ('{place}'), and it must then go on somewhere "
                f"(given: {listed(step.to)})",
            )
    for name, table in step.push.offers.items() if step.push is not None else ():
        place = f"{path}.push.offers.{name}"
        yield from named(place, "administration", name, administrations)
        if name in administrations and name not in step.to:
            yield Problem(place, f"'{name}' is never asked: it is not among those who can take a case ({path}.to)")
        yield from named(place, "table of offers", table, scenario.offers)
    if len(step.to) < 2 and (may_happen(step.misrouted) or can_be_sent_on(step)):
        yield Problem(
            f"{path}.to",
            f"names {listed(step.to)}, so there is nobody else to whom a case could be misrouted or sent on: name at "
            "least two administrations, or let misrouted and doubt be 0 and push be null",
        )


def can_be_sent_on(step: Responsibility) -> bool:
    """Return whether the one whose case it is can send it on."""
    return may_happen(step.doubt) or step.push is not None


def may_happen(probability: float | ByAttribute[float]) -> bool:
    """Return whether a probability is above 0, for some cases at least."""
    return any(share > 0 for share in _values(probability))


def _values(value: float | ByAttribute[float]) -> Iterable[float]:
    return value.values.values() if isinstance(value, ByAttribute) else (value,)


def _adulthood(scenario: Scenario) -> Iterator[Problem]:
    planning, birthday, tracks = scenario.planning, scenario.birthday, scenario.tracks
    if planning is not None:
        yield from named("planning.track", "track", planning.track, tracks)
        if planning.track in tracks:
            steps = tracks[planning.track].steps
            yield from named("planning.entry", f"step in track '{planning.track}'", planning.entry, steps)
            yield from _of_side("planning.track", planning.track, scenario)
        if birthday is None:
            yield Problem("birthday", "is missing: planning leads up to it")
    if birthday is None:
        return
    found = step_of(birthday.application, None, tracks)
    if found is None:
        places = [f"{name}.{step}" for name, track in tracks.items() if track.side == "adult" for step in track.steps]
        yield Problem("birthday.application", unknown("step", birthday.application, places))
    else:
        yield from _of_side("birthday.application", found[0], scenario)
    for service in birthday.aftercare_services:
        yield from named("birthday.aftercare_services", "service", service, scenario.services)
    for key, split in varying_items(birthday.meanwhile):
        for stand_in in split:
            yield from named(f"birthday.meanwhile.{key}{stand_in}", "arrangement", stand_in, STAND_INS)
    if planning is not None:
        ages = planning.start_age.values if isinstance(planning.start_age, ByAttribute) else {"": planning.start_age}
        for key, age in ages.items():
            if age >= birthday.age:
                place = f"planning.start_age.values.{key}" if key else "planning.start_age"
                yield Problem(place, f"{age:g} is too high: planning must start before the birthday ({birthday.age:g})")


def _of_side(path: str, track: str, scenario: Scenario) -> Iterator[Problem]:
    side = scenario.tracks[track].side
    if side != "adult":
        adult = [name for name, other in scenario.tracks.items() if other.side == "adult"]
        yield Problem(path, f"'{track}' is a track of side '{side}', not of side 'adult' (adult: {listed(adult)})")


def possible(split: Mapping[str, Any]) -> list[str]:
    """Return the outcomes of a split that have a positive probability."""
    return [name for name, share in shares(split).items() if share > 0]
