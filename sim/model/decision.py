"""Decisions: what is granted, and where a case goes when the decision is appealed with success."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Case, Token
from sim.model.step import StepRun
from sim.model.varying import Wheel, varying
from sim.scenario.pathway import Decision

if TYPE_CHECKING:
    from sim.model.tracks import TrackRun
    from sim.model.world import World


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
        token.grant = self._offered(token.case, visit, level)

    def full_grant(self, token: Token) -> str:
        """Return the service that a full grant would bring if the decision were taken now."""
        case = token.case
        return self._offered(case, case.visits.get(self.place, 0), case.level)

    def _offered(self, case: Case, visit: int, level: int) -> str:
        age = self.world.age(case)
        for profiles, levels, from_age, wheel in self._offers:
            fits = (profiles is None or case.profile in profiles) and (levels is None or level in levels)
            if fits and age >= from_age:
                return wheel.pick(self._offer(case.number, visit))
        raise KeyError(f"{self.path}: nothing is offered to profile '{case.profile}' at level {level}")

    def after_appeal(self, outcome: str) -> StepRun | None:
        """Return where a case goes on after an appeal with an outcome, if it goes on."""
        return self._targets.get(outcome) if outcome in ("changed", "remitted") else None
