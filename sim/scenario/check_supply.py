"""Who comes and what services do is within bounds, once all that is said about it is taken together."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.scenario.base import ByAttribute
from sim.scenario.errors import Problem, listed
from sim.scenario.population import MOST_INTENSE
from sim.scenario.scenario import Scenario
from sim.scenario.services import MATCHES


def check_supply(scenario: Scenario) -> list[Problem]:
    """Return a problem for arrivals that rise beyond measure, and for services with more than one outcome at once."""
    return [*_arrivals(scenario), *_outcomes(scenario)]


def _arrivals(scenario: Scenario) -> Iterator[Problem]:
    for name, source in scenario.arrivals.items():
        raising = {key: change.relative for key, change in source.changes.items() if change.relative > 1.0}
        most = source.relative * math.prod(raising.values())
        if source.per_year is not None and most > MOST_INTENSE:
            by = [f"relative {source.relative:g}", *(f"'{key}' {relative:g}" for key, relative in raising.items())]
            yield Problem(
                f"arrivals.{name}",
                f"arrivals can be raised to {MOST_INTENSE} times per_year at most, not to {most:g} times "
                f"({listed(by)}); give a higher per_year instead",
            )


def _outcomes(scenario: Scenario) -> Iterator[Problem]:
    """Yield where the need would both fall and rise for some of those who have had a service."""
    for name, service in scenario.services.items():
        matches = {service.match(profile) for profile in scenario.profiles}
        helps = service.helps.values if isinstance(service.helps, ByAttribute) else {"": service.helps}
        for match in (match for match in MATCHES if match in matches):
            mismatch = scenario.mismatch.of(match)
            for key, probability in helps.items():
                falls = probability * mismatch.helps_factor
                if falls + mismatch.level_rises > 1.0 + 1e-9:
                    place = f"services.{name}.helps" + (f".values.{key}" if key else "")
                    yield Problem(
                        f"mismatch.{match}.level_rises",
                        f"{mismatch.level_rises:g} is too high beside {place}, by which the need falls with "
                        f"probability {falls:g} where the service is {match}: together they must not exceed 1",
                    )
