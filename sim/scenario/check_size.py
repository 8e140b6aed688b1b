"""What is described is not larger than can be simulated: a zero too many is a slip, and would run for days.

Every person who comes has a number of their own, by which everything that happens to them is drawn. A stream has room
for so many numbers; persons beyond it would be drawn alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.scenario.changes import MOST_CASEWORKERS
from sim.scenario.durations import mean_of
from sim.scenario.errors import Problem
from sim.scenario.population import FURTHER_ROOM, SOURCE_ROOM, Source
from sim.scenario.scenario import Scenario

MOST_PERSONS = 10_000_000
"""Persons in one simulation: thirty years of three times Denmark."""
SHORTEST_GAP_DAYS = 0.01
"""The least mean time between two notifications about the same person: a quarter of an hour."""


def check_size(scenario: Scenario) -> list[Problem]:
    """Return a problem for everything so large, or so frequent, that no simulation of it would come to an end."""
    return [*_persons(scenario), *_caseworkers(scenario)]


def _persons(scenario: Scenario) -> Iterator[Problem]:
    scale = scenario.municipality.scale
    years = scenario.horizon.run_in_years + scenario.horizon.years
    total = 0.0
    for name, source in scenario.arrivals.items():
        path = f"arrivals.{name}"
        baseline, highest = _expected(source, scale, years)
        total += baseline * max(1.0, highest)
        room = SOURCE_ROOM // 2 if highest <= 2 else FURTHER_ROOM
        # Chance may bring more than are expected: six standard deviations more.
        if baseline + 6 * math.sqrt(baseline) > room:
            raised = " of a source that is raised to more than twice as many" if highest > 2 else ""
            yield Problem(
                path,
                f"{baseline:,.0f} persons in {years:g} years are too many: at most {room:,}{raised} can be told apart",
            )
        if source.repeats is not None and 0 < mean_of(source.repeats.gap_days) < SHORTEST_GAP_DAYS:
            yield Problem(
                f"{path}.repeats.gap_days",
                f"{mean_of(source.repeats.gap_days):g} days between two notifications is too low: at least "
                f"{SHORTEST_GAP_DAYS:g} is allowed",
            )
    for section, groups in (
        ("initial_caseload", scenario.initial_caseload),
        ("initial_matters", scenario.initial_matters),
    ):
        for name, group in groups.items():
            number = min(float(group.number), 1e300) * scale
            total += number
            if number > SOURCE_ROOM // 2:
                yield Problem(
                    f"{section}.{name}",
                    f"{number:,.0f} persons are too many: at most {SOURCE_ROOM // 2:,} can be told apart",
                )
    if total > MOST_PERSONS:
        yield Problem(
            "horizon.years",
            f"some {total:,.0f} persons would come in {years:g} years (at {scale:g} times the size); at most "
            f"{MOST_PERSONS:,} can be simulated at once",
        )


def _expected(source: Source, scale: float, years: float) -> tuple[float, float]:
    """Return how many persons a source is expected to bring before it is raised, and how much it is raised at most."""
    if source.at_days is not None:
        return float(len(source.at_days)), 1.0
    if source.every_days is not None:
        mean = mean_of(source.every_days)
        return (min(years * 365.25 / mean, 1e300) if mean > 0 else 0.0), 1.0
    assert source.per_year is not None
    raised = math.prod(change.relative for change in source.changes.values() if change.relative > 1.0)
    return min(source.per_year * scale * years, 1e300), source.relative * raised


def _caseworkers(scenario: Scenario) -> Iterator[Problem]:
    scale = scenario.municipality.scale
    for name, team in scenario.teams.items():
        most = team.caseworkers + sum(max(0, change.caseworkers) for change in team.changes.values())
        if most * scale > MOST_CASEWORKERS:
            yield Problem(
                f"teams.{name}.caseworkers",
                f"{most:,} caseworkers at {scale:g} times the size are too many: at most {MOST_CASEWORKERS:,}",
            )
