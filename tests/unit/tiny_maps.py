"""The smallest municipalities that show one idea each, and what happened in them as readable rows.

Day 0 is Monday 1 January 2024. Unless a test says otherwise teams work round the clock, so that 24 hours of work
take one day, and everybody arrives at the times that the test gives.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from sim.journal import Journal, names_key
from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.checks import check
from sim.scenario.configuration import validated
from sim.scenario.errors import PlannerError, Problem

START = dt.date(2024, 1, 1)
DAY = 24
"""Hours of work that take a team round the clock one day."""

Config = dict[str, Any]


def label(name: str) -> Config:
    return {"da": name, "en": name}


def team(caseworkers: int = 1, **settings: Any) -> Config:
    return {
        "label": label("team"),
        "administration": "child",
        "caseworkers": caseworkers,
        "allocation": "pooled",
        "calendar": "always",
        **settings,
    }


def named_team(caseworkers: int = 1, **settings: Any) -> Config:
    return team(caseworkers, allocation="named", **settings)


def service(years: Any = 1, **settings: Any) -> Config:
    return {
        "label": label("service"),
        "category": "supportive",
        "years": years,
        "suppliers": {"own": {"kind": "internal"}},
        **settings,
    }


def people(at: Sequence[float] = (0.0,), **settings: Any) -> Config:
    """Return a source of persons of 10 years who come at exactly these times."""
    return {
        "label": label("people"),
        "track": "main",
        "at_days": list(at),
        "ages": [{"from_age": 10, "to_age": 10.001, "weight": 1}],
        "profiles": {"plain": 1},
        "levels": {"2": 1},
        **settings,
    }


def stock(count: int, **settings: Any) -> Config:
    """Return persons of 10 years who have a service on day 0."""
    return {**traits(people()), "count": count, "track": "main", **settings}


def turning_18_on(day: int, at: float = 0.0) -> list[Config]:
    """Return the ages of persons who come at a time and have their 18th birthday on a day."""
    birthday = START + dt.timedelta(days=day)
    old = (START - birthday.replace(year=birthday.year - 18)).days + at
    return [{"from_age": (old - 0.8) / 365.25, "to_age": (old - 0.2) / 365.25, "weight": 1}]


def coming_of_age(application: str, *, needs: float = 0, bridging_days: float = 100, **meanwhile: float) -> Config:
    """Return what happens at 18.

    Args:
        application: Where those apply who need support as adults.
        needs: Share of them.
        bridging_days: Most days of support under children's law after 18.
        meanwhile: What they have while they wait, with shares; none: nothing.
    """
    return {
        "age": 18,
        "needs_support": needs,
        "application": application,
        "meanwhile": meanwhile or {"nothing": 1},
        "bridging_max_days": bridging_days,
    }


def traits(source: Config) -> Config:
    """Return what a source says about its persons, and not when and where they come."""
    return {key: source[key] for key in ("ages", "profiles", "levels")}


def track(steps: Config, **settings: Any) -> Config:
    return {"label": label("track"), "administration": "child", "first": next(iter(steps)), "steps": steps, **settings}


def work(next_step: str, hours: Any = DAY, **settings: Any) -> Config:
    return {"kind": "work", "team": "team", "hours": hours, "next": next_step, **settings}


def delay(next_step: str, days: Any = 1, **settings: Any) -> Config:
    return {"kind": "delay", "days": days, "next": next_step, **settings}


END: Config = {"kind": "end"}


def small_map(
    steps: Config | None = None, *, at: Sequence[float] = (0.0,), days: float = 100, **settings: Any
) -> Scenario:
    """Return a checked scenario.

    Args:
        steps: The steps of the only track, ``main``, the first one first; none: ``tracks`` is among the settings.
        at: When persons arrive, if ``arrivals`` is not among the settings.
        days: Length of the simulation.
        settings: Any other key of a scenario, in place of what it is here.

    Raises:
        PlannerError: It is not a scenario that a planner could write.
    """
    given: Config = {
        "about": {"name": "small", "label": label("small"), "summary": label("small"), "why": "to test"},
        "municipality": {"label": label("small"), "population": {}},
        "horizon": {"start": START.isoformat(), "run_in_years": 0, "years": days / 365.25},
        "calendars": {"always": {"continuous": True}, "office": {}},
        "administrations": {"child": {"label": label("child")}, "adult": {"label": label("adult")}},
        "teams": {"team": team()},
        "caseworking": {"change_hours": 0, "completeness": {"change_loss": 0}},
        "profiles": {"plain": {"label": label("plain")}},
        "arrivals": {"people": people(at)},
        **({} if steps is None else {"tracks": {"main": track(steps)}}),
        **settings,
    }
    problems: list[Problem] = []
    scenario = validated(Scenario, given, "", problems)
    if scenario is not None:
        problems += check(scenario)
    if scenario is None or problems:
        raise PlannerError("not a scenario:", problems)
    return scenario


class Told:
    """What happened, as rows with names for codes and None for what has not happened."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def rows(self, table: str, **wanted: Any) -> list[SimpleNamespace]:
        """Return the rows of a table whose columns hold the wanted values, in the order of their being written."""
        columns = self.journal.table(table)
        shown = {column: self._shown(table, column, values.tolist()) for column, values in columns.items()}
        rows = [
            SimpleNamespace(**dict(zip(shown, values, strict=True))) for values in zip(*shown.values(), strict=True)
        ]
        return [row for row in rows if all(getattr(row, key) == value for key, value in wanted.items())]

    def _shown(self, table: str, column: str, values: list[Any]) -> list[Any]:
        key = names_key(table, column)
        if key is None:
            return [None if isinstance(value, float) and math.isnan(value) else value for value in values]
        names = self.journal.names[key]
        return [names[code] if code >= 0 else None for code in values]

    def activities(self, step: str, **wanted: Any) -> list[SimpleNamespace]:
        """Return the activities of a step (``main.`` may be left out), by the time at which they were asked for."""
        step = step if "." in step else f"main.{step}"
        return sorted(self.rows("activities", step=step, **wanted), key=lambda row: (row.requested, row.case))

    def events(self, kind: str, **wanted: Any) -> list[SimpleNamespace]:
        """Return the events of a kind."""
        return self.rows("events", kind=kind, **wanted)

    def spells(self, **wanted: Any) -> list[SimpleNamespace]:
        """Return the spells of services."""
        return self.rows("spells", **wanted)

    def when(self, step: str) -> list[tuple[float, float, float]]:
        """Return when the activities of a step were asked for, began and were finished."""
        return [(row.requested, row.started, row.finished) for row in self.activities(step)]


def told(scenario: Scenario, replication: int = 0) -> Told:
    """Simulate a scenario."""
    return Told(simulate(scenario, replication))


def tell(steps: Config | None = None, **settings: Mapping[str, Any] | Any) -> Told:
    """Simulate a small map."""
    return told(small_map(steps, **settings))
