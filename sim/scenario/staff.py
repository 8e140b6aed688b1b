"""Who does the work: administrations, teams of caseworkers, decision panels."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Label, Name, NonNegative, Strict
from sim.scenario.time import Weekday


class Administration(Strict):
    """A budget holder with teams (*forvaltning*)."""

    label: Label


class Team(Strict):
    """Caseworkers who share work."""

    label: Label
    administration: Name
    """The administration that pays the team."""
    caseworkers: Annotated[int, Field(gt=0)]
    """Caseworkers (full-time equivalents) who do the team's tasks. A team cannot be empty."""
    allocation: Literal["pooled", "named"] = "named"
    """``pooled``: any free caseworker takes the next task. ``named``: a case has its own caseworker."""
    max_caseload: Annotated[int, Field(gt=0)] | None = None
    """Named teams: the most cases one caseworker carries; further cases wait to be allocated. None: no cap."""
    order: Literal["due_date", "first_come"] = "due_date"
    """Which task comes first within a priority: the one due first, or the one that came first. Tasks without a
    due date come after those with one, first come first served."""
    calendar: Name = "office"
    """The calendar of the team's working hours."""
    case_hours_per_hour: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Case-facing hours per working hour of the calendar, after leave, sickness, meetings and administration."""


class Panel(Strict):
    """A decision meeting (*visitationsudvalg*) on fixed weekdays with a limited number of seats."""

    label: Label
    administration: Name
    weekday: Weekday
    every_weeks: Annotated[int, Field(gt=0)]
    """Weeks between two meetings. A meeting that falls on a public holiday moves to the next working day."""
    seats: Annotated[int, Field(gt=0)] | None = None
    """Cases decided per meeting; the rest wait for the next. None: no limit."""
    preparation_days: NonNegative = 0.0
    """How long before a meeting a case must be ready to be on its agenda, in days."""
    first_meeting: dt.date | None = None
    """The date from which the meetings are counted. None: the first such weekday of the simulation."""
    hour: Annotated[float, Field(ge=0, lt=24)] = 10.0
    """Hour of the day at which the meeting decides."""


class Caseworking(Strict):
    """How a caseworker's year becomes hours with cases."""

    change_hours: NonNegative
    """Hours a new caseworker needs to get acquainted with a case taken over from another."""
    completeness_loss: Annotated[float, Field(ge=0, le=1)]
    """File completeness lost at a change of caseworker (0-1)."""
