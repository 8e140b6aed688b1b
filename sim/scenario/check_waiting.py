"""What is said about waiting fits the map: its clocks run, and what it leads to exists and suits those who wait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.scenario.base import ByAttribute
from sim.scenario.check_names import named, step_of
from sim.scenario.errors import Problem, did_you_mean, listed, unknown
from sim.scenario.pathway import OUTCOMES, Choice, Decision, End, Step
from sim.scenario.scenario import Scenario
from sim.scenario.waiting import Waiting

OTHER = "other"
APPEAL = "appeal"


def check_waiting(scenario: Scenario) -> list[Problem]:
    """Return a problem for everything in the section ``waiting`` that does not fit the map."""
    return [
        problem
        for name, section in scenario.waiting.items()
        for problem in _section(f"waiting.{name}", section, scenario)
    ]


def may_apply(value: Any, **known: str) -> bool:
    """Return whether a rate or share, which may vary, can be above 0 for cases of whom some attributes are known."""
    if not isinstance(value, ByAttribute):
        return bool(value > 0)
    if value.by in known:
        return bool(value.values.get(known[value.by], value.values.get(OTHER, 0)) > 0)
    return any(given > 0 for given in value.values.values())


def starting(scenario: Scenario, clock: str) -> list[tuple[str, str]]:
    """Return track and name of each step that starts a clock."""
    return [
        (track, name)
        for track, settings in scenario.tracks.items()
        for name, step in settings.steps.items()
        if clock in step.starts
    ]


def _section(path: str, section: Waiting, scenario: Scenario) -> Iterator[Problem]:
    yield from named(f"{path}.clock", "clock", section.clock, scenario.clocks)
    if section.clock not in scenario.clocks:
        return
    tracks = list(dict.fromkeys(track for track, _ in starting(scenario, section.clock)))
    if not tracks:
        started = [clock for clock in scenario.clocks if starting(scenario, clock)]
        yield Problem(
            f"{path}.clock",
            f"no step starts the clock '{section.clock}', so that nobody would ever wait "
            f"(started by steps: {listed(started)})",
        )
        return
    outside = [track for track in tracks if scenario.tracks[track].side != APPEAL]
    stopping = [
        step for track in scenario.tracks.values() for step in track.steps.values() if section.clock in step.stops
    ]
    if section.until == "clock" and outside and not stopping:
        yield Problem(
            f"{path}.until",
            f"'clock' is not possible: no step stops the clock '{section.clock}', which is started in the track "
            f"'{outside[0]}' (allowed: service)",
        )
    if section.acute is not None:
        yield from _acute(f"{path}.acute", section, tracks, scenario)
    if section.self_pay is not None:
        yield from _self_pay(f"{path}.self_pay", section, tracks, scenario)


def _qualified(path: str, what: str, target: str, places: list[str], scenario: Scenario) -> Iterator[Problem]:
    """Yield a problem unless a step is named with its track, and is one of those that are allowed."""
    if target in places:
        return
    same = [place for place in places if place.partition(".")[2] == target]
    if "." not in target:
        hint = f"; did you mean '{same[0]}'?" if same else did_you_mean(target, places)
        yield Problem(path, f"'{target}' must be named with its track, as track.step{hint} (allowed: {listed(places)})")
    elif (found := step_of(target, None, scenario.tracks)) is None:
        yield Problem(path, unknown(what, target, places))
    else:
        side, kind = scenario.tracks[found[0]].side, scenario.tracks[found[0]].steps[found[1]].kind
        yield Problem(
            path,
            f"'{target}' is a step of kind '{kind}' on the side '{side}', not a {what} (allowed: {listed(places)})",
        )


def _acute(path: str, section: Waiting, tracks: list[str], scenario: Scenario) -> Iterator[Problem]:
    assert section.acute is not None
    places = [
        f"{name}.{step}" for name, track in scenario.tracks.items() if track.side != APPEAL for step in track.steps
    ]
    problems = list(_qualified(f"{path}.to", "step for emergencies", section.acute.to, places, scenario))
    yield from problems or _same_side(f"{path}.to", section.acute.to, section.acute.share, tracks, scenario)


def _self_pay(path: str, section: Waiting, tracks: list[str], scenario: Scenario) -> Iterator[Problem]:
    self_pay = section.self_pay
    assert self_pay is not None
    outside = [track for track in tracks if scenario.tracks[track].side != APPEAL]
    if self_pay.decision is not None:
        places = [
            f"{name}.{step}"
            for name, track in scenario.tracks.items()
            for step, settings in track.steps.items()
            if isinstance(settings, Decision)
        ]
        problems = list(_qualified(f"{path}.decision", "step of kind 'decision'", self_pay.decision, places, scenario))
        yield from problems or _same_side(f"{path}.decision", self_pay.decision, self_pay.share, tracks, scenario)
    elif outside:
        yield Problem(
            f"{path}.decision",
            f"is missing: the clock '{section.clock}' is started in the track '{outside[0]}', where no decision has "
            "been appealed whose offers could be bought",
        )
    outcomes = _outcomes(section, tracks, scenario)
    for outcome in self_pay.reimbursed:
        if outcome not in outcomes:
            yield Problem(
                f"{path}.reimbursed", unknown(f"outcome with which the clock '{section.clock}' ends", outcome, outcomes)
            )


def _same_side(path: str, target: str, share: Any, tracks: list[str], scenario: Scenario) -> Iterator[Problem]:
    """Yield a problem if cases that wait on one side of the law would come under the other."""
    side = scenario.tracks[target.partition(".")[0]].side
    for track in tracks:
        if not may_apply(share, track=track):
            continue
        others = sorted({other for other in _sides(track, scenario) if other != side})
        if others:
            yield Problem(
                path,
                f"'{target}' is on the side '{side}', but cases of the side '{others[0]}' wait in the track '{track}'; "
                f"give the share by track, with 0 for '{track}', or a section for a clock of their own",
            )


def _sides(track: str, scenario: Scenario) -> Iterator[str]:
    """Yield the sides of the law that cases in a track can belong to: for appeals, those of what is appealed."""
    if scenario.tracks[track].side != APPEAL:
        yield scenario.tracks[track].side
        return
    for settings in scenario.tracks.values():
        for step in settings.steps.values():
            if isinstance(step, Decision) and step.appeal == track:
                yield settings.side


def _outcomes(section: Waiting, tracks: list[str], scenario: Scenario) -> list[str]:
    """Return the outcomes with which a wait can end: those with which its clock stops, and those of its appeal."""
    found = [
        outcome
        for track in scenario.tracks.values()
        for step in track.steps.values()
        if section.clock in step.stops
        for outcome in _outcomes_of(step)
    ]
    for track in tracks:
        steps = scenario.tracks[track].steps.values()
        if scenario.tracks[track].side == APPEAL and not any(section.clock in step.stops for step in steps):
            found += [step.outcome for step in steps if isinstance(step, End)]
    return list(dict.fromkeys(found))


def _outcomes_of(step: Step) -> list[str]:
    if isinstance(step, End):
        return [step.outcome]
    if isinstance(step, Choice):
        return [target for _, target in step.targets()]
    return list(OUTCOMES) if isinstance(step, Decision) else ["done"]
