"""A track as it runs: its steps, each made into what its kind does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.model.decision import DecisionRun
from sim.model.meeting import MeetingRun
from sim.model.responsibility import ResponsibilityRun
from sim.model.service_step import ServiceStepRun
from sim.model.step import StepRun
from sim.model.steps import ChoiceRun, DelayRun, EndRun, PanelRun, WorkRun
from sim.scenario.pathway import (
    AnyStep,
    Choice,
    Decision,
    Delay,
    End,
    Meeting,
    PanelStep,
    Responsibility,
    ServiceStep,
    Step,
    Work,
)
from sim.scenario.pathway import Track as TrackConfig

if TYPE_CHECKING:
    from sim.model.world import World


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


_KINDS: dict[type[Step], type[StepRun]] = {
    Work: WorkRun,
    Delay: DelayRun,
    PanelStep: PanelRun,
    Meeting: MeetingRun,
    Responsibility: ResponsibilityRun,
    Choice: ChoiceRun,
    Decision: DecisionRun,
    ServiceStep: ServiceStepRun,
    End: EndRun,
}


def make_step(world: World, track: TrackRun, name: str, config: AnyStep) -> StepRun:
    """Return what the model makes of a step."""
    return _KINDS[type(config)](world, track, name, config)
