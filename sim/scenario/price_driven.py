"""Where prices decide what happens, and not only what it costs.

Nearly everywhere a price only says what something costs. In two places the model looks at the price list before it
acts: an administration that would have to pay sends a dear case on more often, and one that is about to overspend lets
grants wait. At other prices these would have acted otherwise, so a future that is priced again is the future of the old
prices there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.pathway import Responsibility
from sim.scenario.scenario import Scenario

LOOKED_AT = ("dkk_per_day", "level_factors", "once", "transport")
"""What of the price of a service is looked at."""


def decided_otherwise(before: Scenario, after: Scenario) -> tuple[str, ...]:
    """Return the configuration paths by which prices decide, if those of two scenarios that are alike else differ."""
    if _looked_at(before) == _looked_at(after):
        return ()
    return tuple(_deciding(after))


def _deciding(scenario: Scenario) -> Iterator[str]:
    for name, administration in scenario.administrations.items():
        if administration.brake is not None:
            yield f"administrations.{name}.brake"
    for track, config in scenario.tracks.items():
        for step, its in config.steps.items():
            if isinstance(its, Responsibility) and its.push is not None:
                yield f"tracks.{track}.steps.{step}.push"


def _looked_at(scenario: Scenario) -> Mapping[str, Any]:
    if scenario.costs is None:
        return {}
    services = scenario.costs.model_dump(include={"services"})["services"]
    return {
        f"{service}.{supplier}.{key}": price[key]
        for service, suppliers in services.items()
        for supplier, price in suppliers.items()
        for key in LOOKED_AT
    }
