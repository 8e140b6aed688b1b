"""Whose case is it? Administrations ask one another until one of them takes it.

Somebody brings the case (the *sender*: the administration responsible for it so far), and one administration is asked.
It takes the case or sends it on, and sending on costs weeks. There are three reasons for it:

* the case is not theirs, and whoever brought it asked the wrong one;
* it is theirs, but they honestly doubt it;
* it would be dear, and somebody else's budget could pay for it (*kassetænkning*). Only split budgets push: an
  administration that draws on the same budget frame as all others concerned (the sender and those who could take the
  case) gains nothing by sending it on.

Each answer hangs on a single random number: the asked administration takes the case if the number is below the
probability that it does. Without the push that probability is higher and everything else is the same, so the same case
is never sent on more often with pooled budgets than with split ones.

An answer takes no time of its own: the days are those between being sent on and the answer of the next. Only they, the
days in which a case is lost and those until the joint management decides are waited for; all else is passed at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.journal import NAN
from sim.model.case import Token
from sim.model.environment import Happening
from sim.model.step import StepRun
from sim.model.steps import Pause
from sim.model.varying import Wheel, varying, varying_duration
from sim.scenario.budget_frames import frame_of
from sim.scenario.expected_cost import ExpectedCost, least_age
from sim.scenario.pathway import Push, Responsibility

if TYPE_CHECKING:
    from sim.model.tracks import TrackRun
    from sim.model.world import World

_ROUNDS = 1 << 16
"""Draws of one visit to the step are this far apart: room for the rounds, so that what happens on one visit moves no
draw of the next."""


class Question:
    """A case for which somebody is sought who takes it.

    Attributes:
        token: The way of the case.
        visit: Address of what is drawn once on this visit to the step.
        since: When it was first brought.
        rightful: The administration whose case it is.
        asked: The administration that is asked now.
        bounces: How often it has been sent on.
    """

    __slots__ = ("asked", "bounces", "rightful", "since", "token", "visit")

    def __init__(self, token: Token, visit: int, since: float, rightful: str) -> None:
        self.token = token
        self.visit = visit
        self.since = since
        self.rightful = rightful
        self.asked = rightful
        self.bounces = 0

    @property
    def round(self) -> int:
        """Address of what is drawn in this round."""
        return self.visit + self.bounces


class ResponsibilityRun(StepRun):
    """Settling whose case it is."""

    def __init__(self, world: World, track: TrackRun, name: str, config: Responsibility) -> None:
        super().__init__(world, track, name, config)
        self._to = config.to
        self._codes = {administration: world.names["payer"].code(administration) for administration in config.to}
        self._others = {asked: [other for other in config.to if other != asked] for asked in config.to}
        uniform = world.draws.uniform
        self._theirs: Callable[[Token], Wheel] = varying(world, config.theirs, lambda _, split: Wheel(split))
        self._whose = uniform(f"{self.path}.theirs")
        self._by_procedure = self._chance("by_procedure", config.by_procedure)
        self._lost = self._chance("lost", config.lost)
        self._misrouted = self._chance("misrouted", config.misrouted)
        self._first = uniform(f"{self.path}.first")
        self._answer = uniform(f"{self.path}.answer")
        self._points = uniform(f"{self.path}.points")
        self._doubt: Callable[[Token], float] = varying(world, config.doubt, lambda _, share: float(share))
        self._accepts: Callable[[Token], float] = varying(world, config.accepts_others, lambda _, share: float(share))
        self._push = _push(world, track.side, config.push, list(config.to))
        self._lost_days = varying_duration(world, f"{self.path}.lost_days", config.lost_days)
        self._round_days = varying_duration(world, f"{self.path}.round_days", config.round_days)
        self._escalation_days = varying_duration(world, f"{self.path}.escalation_days", config.escalation_days)
        self._max_rounds = config.max_rounds

    def _chance(self, key: str, value: Any) -> Callable[[Question], bool]:
        """Return a function that says whether something of a given probability happens on a visit."""
        share: Callable[[Token], float] = varying(self.world, value, lambda _, given: float(given))
        draw = self.world.draws.uniform(f"{self.path}.{key}")

        def happens(question: Question) -> bool:
            probability = share(question.token)
            return probability > 0 and draw(question.token.case.number, question.visit) < probability

        return happens

    def link(self, find: Callable[[str], StepRun]) -> None:
        """Look up the successors."""
        self._targets = {administration: find(target) for administration, target in self._to.items()}

    def enter(self, token: Token) -> StepRun | None:
        """Bring the case to somebody."""
        case = token.case
        visit = case.visit(self.place) * _ROUNDS
        rightful = self._theirs(token).pick(self._whose(case.number, visit))
        question = Question(token, visit, self.world.env.now, rightful)
        if self._by_procedure(question):
            return self._take(question, rightful)
        if self._misrouted(question):
            question.asked = _one_of(self._others[rightful], self._first(case.number, visit))
        if self._lost(question):
            self.world.note(token, "lost")
            if self._wait(question, self._lost_days(token, visit), self._ask):
                return None
        return self._ask(question)

    def _ask(self, question: Question) -> StepRun | None:
        """Ask until somebody takes the case, an answer has to be waited for, or it is one round too many."""
        world, token = self.world, question.token
        while question.bounces < self._max_rounds:
            if self._takes(question):
                return self._take(question, question.asked)
            now, this_round = world.env.now, question.round
            world.add_event(token, token.administration, "bounce", now, now, NAN, question.asked)
            question.asked = _one_of(self._others[question.asked], self._points(token.case.number, this_round))
            question.bounces += 1
            if question.bounces < self._max_rounds:
                days = self._round_days(token, this_round)
                if self._wait(question, days, self._ask):
                    return None
        world.note(token, "escalation")
        if self._wait(question, self._escalation_days(token, question.visit), self._rule):
            return None
        return self._rule(question)

    def _takes(self, question: Question) -> bool:
        """Return whether the asked administration takes the case."""
        token = question.token
        willing = 1.0 - self._doubt(token) if question.asked == question.rightful else self._accepts(token)
        if self._push is not None:
            willing *= 1.0 - self._push(question)
        return self._answer(token.case.number, question.round) < willing

    def _rule(self, question: Question) -> StepRun:
        """Let the joint management decide: rightly."""
        return self._take(question, question.rightful)

    def _take(self, question: Question, administration: str) -> StepRun:
        """Let an administration take the case."""
        world, token = self.world, question.token
        token.administration = code = self._codes[administration]
        world.add_event(token, code, "responsibility_taken", question.since, world.env.now, NAN, administration)
        self.note_departure(token, administration)
        return self._targets[administration]

    def _wait(self, question: Question, days: float, then: Callable[[Question], StepRun | None]) -> bool:
        """Wait for some days, if there are any to wait for, and go on."""
        if days <= 0:
            return False
        world, token = self.world, question.token
        now = world.env.now

        def over(_: Happening) -> None:
            token.waiting = None
            world.move(token, then(question))

        answer = Pause(world.env, now + days, over, token)
        answer.row = world.add_pause(token, self.code, now, now + days)
        token.waiting = answer
        return True


def _one_of(names: list[str], draw: float) -> str:
    """Return one of several names, each with equal chances, by a uniform draw in [0, 1)."""
    return names[int(draw * len(names))]


def _push(world: World, side: str, config: Push | None, to: list[str]) -> Callable[[Question], float] | None:
    """Return a function that gives the probability that budgets make the asked one send a case on, or None.

    None if nobody ever pushes: then nothing has to be looked up.
    """
    scenario = world.scenario
    costs = scenario.costs
    if config is None or costs is None:
        return None
    frames = frame_of(scenario.administrations)
    expected = {
        name: ExpectedCost(scenario.offers[table], scenario.services, costs, scenario.profiles)
        for name, table in config.offers.items()
        if name in to
    }
    concerned = {frames[name] for name in to}
    per_dkk, highest = config.per_million_dkk / 1e6, config.highest
    youngest = least_age(side, scenario.birthday)

    def push(question: Question) -> float:
        table = expected.get(question.asked)
        if table is None:
            return 0.0
        token = question.token
        if {frames[world.administrations[token.administration]], *concerned} == {frames[question.asked]}:
            return 0.0
        case = token.case
        return min(highest, per_dkk * table.dkk_per_year(case.profile, case.level, max(world.age(case), youngest)))

    return push
