"""Budget frames and brakes can be reckoned with: there are prices, something can wait, and shared frames are whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sim.scenario.budget_frames import frame_of
from sim.scenario.errors import Problem, listed
from sim.scenario.scenario import Scenario


def check_budgets(scenario: Scenario) -> list[Problem]:
    """Return a problem for every brake that could not work, and for every frame of which only a part is known."""
    return [*_brakes(scenario), *_frames(scenario)]


def _brakes(scenario: Scenario) -> Iterator[Problem]:
    braking = [name for name, settings in scenario.administrations.items() if settings.brake is not None]
    for name in braking:
        path = f"administrations.{name}.brake"
        if scenario.costs is None:
            yield Problem(path, "needs 'costs': without prices nobody knows what the year will cost")
        if all(service.statutory for service in scenario.services.values()):
            yield Problem(
                path,
                "has no effect: the law demands every service as soon as it is granted; give 'statutory: false' to "
                f"those that may wait (services: {listed(scenario.services)})",
            )
    for name, member in _left_out(scenario, braking):
        yield Problem(
            f"administrations.{member}.brake",
            f"is missing: '{member}' shares the budget frame '{scenario.administrations[member].budget}' with "
            f"'{name}', which has a brake; give both one, or neither",
        )


def _frames(scenario: Scenario) -> Iterator[Problem]:
    costs = scenario.costs
    if costs is None:
        return
    for name, member in _left_out(scenario, costs.frames):
        yield Problem(
            f"costs.frames.{member}",
            f"is missing: '{member}' shares the budget frame '{scenario.administrations[member].budget}' with "
            f"'{name}', which has one; give both one, or neither",
        )


def _left_out(scenario: Scenario, given: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield administrations that are given something which another that shares their budget frame is not.

    Both names: one that is given it, and the one that is not.
    """
    drawn = frame_of(scenario.administrations)
    for member, frame in drawn.items():
        if member not in given:
            name = next((name for name in given if drawn.get(name) == frame), None)
            if name is not None:
                yield name, member
