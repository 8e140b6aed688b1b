"""The step at which a case waits for a place, has a service and is followed up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.model.case import Token
from sim.model.places import ServiceRun
from sim.model.spell import Spell
from sim.model.step import OnwardRun, team_pick
from sim.model.team import Task
from sim.model.varying import varying_duration
from sim.scenario.pathway import FollowUp, ServiceStep

if TYPE_CHECKING:
    from sim.model.tracks import TrackRun
    from sim.model.world import World


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

    def task(self, token: Token, factor: float, due: float, done: Callable[[Task], None]) -> Task:
        """Return the next follow-up's work, its hours multiplied by a factor."""
        team = self._team(token)
        hours = self._hours(token, token.case.visit(self._place)) * factor / team.pace
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
        return self._lengths[service.name](token, visit) * service.length_factors[token.case.profile]

    def finished(self, token: Token) -> None:
        """Move a case on whose service is over."""
        self.go_on(token)
