"""The scenario: everything that a simulation needs to know, checked and frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Label, Name, NonNegative, Strict
from sim.scenario.costs import Costs
from sim.scenario.evidence import Evidence
from sim.scenario.pathway import Birthday, Planning, Track
from sim.scenario.population import Matter, Municipality, Open, Profile, Source, Stock
from sim.scenario.services import Mismatches, Offers, Service
from sim.scenario.staff import Administration, Caseworking, Panel, Team
from sim.scenario.time import Calendar, Clock, Horizon
from sim.scenario.waiting import Waiting


class About(Strict):
    """What a scenario is, for people."""

    name: str
    label: Label
    summary: Label
    """One sentence for planners."""
    why: str
    """Why it differs from the baseline as it does, in one sentence."""
    why_da: str = ""
    """The same in Danish, for Danish reports; empty: ``why`` is shown in both languages."""
    source: str = ""
    """The document or rule it comes from."""
    group: Literal["baseline", "transition", "budgets", "prevention", "decisions", "staff", "supply", "own"] = "own"
    """Under which heading it is listed: ``own`` is a planner's own."""
    municipality: Name | None = None
    """The municipality that it is written for, as a name of the group ``municipality``. None: any."""
    excludes: Mapping[Name, Label] = {}
    """Scenarios that it cannot be combined with, with the reason."""
    parts: tuple[str, ...] = ()
    """For a stack: the scenarios that it is made of, the lowest first."""


class Scenario(Strict):
    """One way to organise a municipality, and the municipality it is tried in."""

    about: About
    municipality: Municipality
    horizon: Horizon
    calendars: Mapping[Name, Calendar]
    administrations: Mapping[Name, Administration]
    teams: Mapping[Name, Team]
    panels: Mapping[Name, Panel] = {}
    caseworking: Caseworking
    profiles: Annotated[Mapping[Name, Profile], Field(min_length=1)]
    age_bands: Mapping[Name, NonNegative] = {}
    """Named age bands with the age at which each begins, rising."""
    periods: Mapping[Name, dt.date] = {}
    """Named periods with the date on which each begins, rising; the first also holds for the time before it."""
    services: Mapping[Name, Service] = {}
    offers: Mapping[Name, Offers] = {}
    mismatch: Mismatches = Mismatches()
    clocks: Mapping[Name, Clock] = {}
    arrivals: Mapping[Name, Source]
    initial_caseload: Mapping[Name, Stock] = {}
    initial_matters: Mapping[Name, Matter] = {}
    tracks: Annotated[Mapping[Name, Track], Field(min_length=1)]
    waiting: Mapping[Name, Waiting] = {}
    planning: Planning | None = None
    birthday: Birthday | None = None
    costs: Costs | None = None
    evidence: Mapping[str, Evidence] = {}
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    """The seed of the experiment that the scenario is simulated in."""

    @property
    def knows_real_persons(self) -> bool:
        """Whether cases that are open on day 0 come from a file of the municipality's own."""
        return any(group.cases is not None for group in self._open())

    @property
    def is_withheld(self) -> bool:
        """Whether such cases are missing, because the scenario was read from what is written to results."""
        return any(group.cases == "withheld" for group in self._open())

    def _open(self) -> tuple[Open, ...]:
        return (*self.initial_caseload.values(), *self.initial_matters.values())
