"""What becomes of the need when a service has run its course.

A service that fits may help: the need level is one lower. One that does not fit may help less often, and may leave
the need one level higher. One uniform draw decides both, from its two ends: who is helped although the service does
not fit would also be helped if it did, and who is worse off at a low risk is also worse off at a higher one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.model.case import Token
from sim.model.varying import varying
from sim.scenario.base import ByAttribute
from sim.scenario.services import Service

if TYPE_CHECKING:
    from sim.model.world import World

LOWEST, HIGHEST = 1, 4

Outcomes = Callable[[Token, int], None]
"""``outcomes(token, visit)`` lets a person's need fall, rise or stay."""


def outcomes_of(world: World, name: str, config: Service) -> Outcomes | None:
    """Return what a service does to the need, or None if it never does anything."""
    profiles = world.scenario.profiles
    mismatches = {profile: world.scenario.mismatch.of(config.match(profile)) for profile in profiles}
    helping = config.helps.values.values() if isinstance(config.helps, ByAttribute) else (config.helps,)
    if not any(helping) and not any(mismatch.level_rises for mismatch in mismatches.values()):
        return None
    helps: Callable[[Token], float] = varying(world, config.helps, lambda _, probability: float(probability))
    draw = world.draws.uniform(f"services.{name}.helps")

    def outcomes(token: Token, visit: int) -> None:
        case = token.case
        mismatch = mismatches[case.profile]
        chance = draw(case.number, visit)
        if chance < helps(token) * mismatch.helps_factor:
            if case.level > LOWEST:
                case.level -= 1
                world.note(token, "need_falls", str(case.level))
        elif chance >= 1.0 - mismatch.level_rises and case.level < HIGHEST:
            case.level += 1
            world.note(token, "need_rises", str(case.level))

    return outcomes
