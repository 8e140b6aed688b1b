"""What the parts of a scenario say about each other, once each of them is well formed.

Names that are mentioned exist (:mod:`sim.scenario.check_names`), tables by an attribute and offers cover every case
(:mod:`sim.scenario.check_tables`), every step of the map can be reached and left (:mod:`sim.scenario.check_routes`),
what waiting does fits the map (:mod:`sim.scenario.check_waiting`), who comes and what services do is within bounds
(:mod:`sim.scenario.check_supply`), all of it can be simulated (:mod:`sim.scenario.check_size`), the price list is
whole (:mod:`sim.scenario.check_costs`), and budget frames and brakes can be reckoned with
(:mod:`sim.scenario.check_budgets`). Here is what concerns time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sim.scenario.check_budgets import check_budgets
from sim.scenario.check_costs import check_costs
from sim.scenario.check_names import check_names
from sim.scenario.check_routes import Routes, check_routes
from sim.scenario.check_size import check_size
from sim.scenario.check_staff import check_staff
from sim.scenario.check_supply import check_supply
from sim.scenario.check_tables import check_tables
from sim.scenario.check_waiting import check_waiting
from sim.scenario.durations import mean_of
from sim.scenario.errors import Problem, listed
from sim.scenario.scenario import Scenario
from sim.scenario.time import LONGEST_YEARS, Calendar

EARLIEST_START, LATEST_START = 1990, 2100
OFFICE = "office"
"""The calendar that working-day deadlines and panels go by."""


def check(scenario: Scenario) -> list[Problem]:
    """Return everything that is wrong with a scenario although each of its parts is well formed."""
    routes = Routes(scenario)
    return [
        *_horizon(scenario),
        *_calendars(scenario),
        *_arrivals(scenario),
        *_age_bands(scenario),
        *_periods(scenario),
        *check_size(scenario),
        *check_costs(scenario),
        *check_budgets(scenario),
        *check_supply(scenario),
        *check_names(scenario),
        *check_waiting(scenario),
        *check_staff(scenario),
        *check_tables(routes),
        *check_routes(routes),
    ]


def _horizon(scenario: Scenario) -> Iterator[Problem]:
    horizon = scenario.horizon
    if not EARLIEST_START <= horizon.start.year <= LATEST_START:
        yield Problem(
            "horizon.start",
            f"{horizon.start} is out of range: the simulation must start in {EARLIEST_START}-{LATEST_START}",
        )
    total = horizon.run_in_years + horizon.years
    if total > LONGEST_YEARS:
        yield Problem(
            "horizon.years",
            f"{horizon.years:g} years after a run-in of {horizon.run_in_years:g} make {total:g}; "
            f"at most {LONGEST_YEARS} years in all can be simulated",
        )


def _calendars(scenario: Scenario) -> Iterator[Problem]:
    office = scenario.calendars.get(OFFICE)
    if office is None:
        users = [f"panels.{name}" for name in scenario.panels]
        users += [
            f"clocks.{name}"
            for name, clock in scenario.clocks.items()
            if clock.within is not None and clock.within.working_days is not None
        ]
        if users:
            yield Problem(
                f"calendars.{OFFICE}",
                f"is missing, and {listed(users)} go by its working days"
                f" (calendars: {listed(scenario.calendars)}); 'office: {{}}' gives ordinary office hours",
            )
        return
    for name, panel in scenario.panels.items():
        if not _works_on(office, panel.weekday):
            yield Problem(
                f"panels.{name}.weekday",
                f"'{panel.weekday}' is not a working day of the calendar '{OFFICE}' (allowed: "
                f"{listed(office.weekdays)})",
            )


def _works_on(calendar: Calendar, weekday: str) -> bool:
    return calendar.continuous or weekday in calendar.weekdays


def _arrivals(scenario: Scenario) -> Iterator[Problem]:
    for name, source in scenario.arrivals.items():
        path = f"arrivals.{name}"
        if source.every_days is not None and mean_of(source.every_days) <= 0:
            yield Problem(f"{path}.every_days", "0 days between two arrivals never ends: give more than 0")
        if source.repeats is not None and mean_of(source.repeats.gap_days) <= 0:
            yield Problem(f"{path}.repeats.gap_days", "0 days between two notifications never ends: give more than 0")


def _age_bands(scenario: Scenario) -> Iterator[Problem]:
    bands = list(scenario.age_bands.items())
    if bands and bands[0][1] != 0:
        yield Problem(f"age_bands.{bands[0][0]}", f"{bands[0][1]:g} is too high: the first age band begins at age 0")
    for (below, lower), (name, age) in pairwise(bands):
        if age <= lower:
            yield Problem(
                f"age_bands.{name}", f"{age:g} must be above {lower:g}, where the band before it ('{below}') begins"
            )


def _periods(scenario: Scenario) -> Iterator[Problem]:
    for (before, earlier), (name, date) in pairwise(scenario.periods.items()):
        if date <= earlier:
            yield Problem(
                f"periods.{name}",
                f"{date} must be after {earlier}, on which the period before it ('{before}') begins",
            )
