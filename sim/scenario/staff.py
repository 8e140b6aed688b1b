"""Who does the work: administrations, teams of caseworkers, decision panels; how staff come and go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.base import Label, Name, NonNegative, Positive, Probability, Strict, YearlyRate
from sim.scenario.changes import MOST_CASEWORKERS, HeadcountChange
from sim.scenario.durations import Duration
from sim.scenario.time import Weekday


class Brake(Strict):
    """Grants that the law does not demand wait until New Year while a year's forecast exceeds the frame.

    The forecast is what services have cost since New Year and what those that run now will cost until the next, at the
    level of the price list. It is made whenever such a grant is about to look for a place. What waits goes on at New
    Year, whatever the forecast is then.
    """

    services_dkk_per_year: Positive
    """What the administration may spend on services in a calendar year, DKK. Administrations that share a budget frame
    add up what they have and what they spend; each of them brakes then."""
    tolerance: NonNegative = 0.0
    """How far the forecast may exceed it, as a share, before anything waits."""
    from_month: Annotated[int, Field(ge=1, le=12)] = 1
    """The first month of a year in which anything waits."""


class Administration(Strict):
    """A budget holder with teams (*forvaltning*)."""

    label: Label
    budget: Name | None = None
    """The budget frame it draws on. Administrations that name the same frame share it, so that none gains by pushing
    a case on to the other. None: a frame of its own."""
    brake: Brake | None = None
    """None: whatever is granted begins as soon as there is a place."""


class PartTime(Strict):
    """Caseworkers who work less than full time."""

    share: Probability
    """The share of the team's persons who do."""
    hours: Annotated[float, Field(gt=0, le=1)]
    """Their hours, as a share of full time. Their caseload maximum is reduced alike."""


class Team(Strict):
    """Caseworkers who share work."""

    label: Label
    administration: Name
    """The administration that pays the team."""
    caseworkers: Annotated[int, Field(ge=0, le=MOST_CASEWORKERS)]
    """Caseworkers (full-time equivalents) who do the team's tasks. None at first only if ``changes`` bring some."""
    changes: Mapping[Name, HeadcountChange] = {}
    """Changes of the number of caseworkers, each under a name of its own; they add up."""
    part_time: PartTime | None = None
    """None: everybody works full time."""
    resignations_per_year: YearlyRate | None = None
    """Instead of the municipality's (see ``caseworking.turnover``)."""
    overtime_share: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    """Hours that everybody works and is paid for beyond their own, as a share of these."""
    coordinates: bool = False
    """Named teams: whether its caseworker stays with a case across administrations while other teams work on it
    (*koordinator*)."""
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
    """Case-facing hours per working hour of the calendar, after leave, meetings and administration, and after
    sickness as far as ``caseworking.absences`` does not hold it."""

    @model_validator(mode="after")
    def _somebody_works(self) -> Team:
        changes = self.changes.values()
        # Between two dates on which a change begins or ends the number runs on a straight line.
        dates = {date for change in changes for date in (change.begins, change.ends) if date is not None}
        least = self.caseworkers + min(
            sum(change.share(date) * change.caseworkers for change in changes) for date in (dt.date.min, *dates)
        )
        if least < 0:
            raise ValueError(
                f"the changes take away more caseworkers than there are ({self.caseworkers} and "
                f"{', '.join(f'{name} {change.caseworkers:+}' for name, change in self.changes.items())})"
            )
        if self.caseworkers + sum(change.caseworkers for change in self.changes.values()) <= 0:
            raise ValueError(
                "a team needs at least one caseworker, at the latest when all its changes count "
                f"(caseworkers: {self.caseworkers})"
            )
        return self


class Panel(Strict):
    """A decision meeting (*visitationsudvalg*) on fixed weekdays with a limited number of seats."""

    label: Label
    administration: Name
    weekday: Weekday
    every_weeks: Annotated[int, Field(gt=0, le=520)]
    """Weeks between two meetings. A meeting that falls on a public holiday moves to the next working day."""
    seats: Annotated[int, Field(gt=0)] | None = None
    """Cases decided per meeting; the rest wait for the next. None: no limit."""
    preparation_days: NonNegative = 0.0
    """How long before a meeting a case must be ready to be on its agenda, in days."""
    first_meeting: dt.date | None = None
    """The date from which the meetings are counted. None: the first such weekday of the simulation."""
    hour: Annotated[float, Field(ge=0, lt=24)] = 10.0
    """Hour of the day at which the meeting decides."""


class Absence(Strict):
    """One kind of absence, as short or long sickness.

    Away is ``per_year * mean days / (365.25 + per_year * mean days)`` of the time of employment, which is a little less
    than ``per_year * mean days / 365.25``. Kinds come and go independently of each other and may overlap.
    """

    per_year: YearlyRate
    """Spells of absence per caseworker and year *at work*: the mean time from the end of one spell (or from day 0) to
    the start of the next is 365.25 days divided by it."""
    days: Duration
    """Calendar days that a spell lasts."""


class Agency(Strict):
    """Temporary caseworkers from an agency (*vikarer*) in vacant positions."""

    share: Probability
    """The share of vacancies in which one comes."""
    after_days: NonNegative = 0.0
    """Calendar days from the vacancy's beginning until they start; they stay until it ends."""
    pace: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Work done in an hour, relative to an experienced colleague."""
    caseload: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Caseload maximum, relative to an experienced colleague."""


class Turnover(Strict):
    """Caseworkers who leave, and those who come after them."""

    resignations_per_year: YearlyRate
    """Resignations per caseworker and year."""
    vacancy_days: Duration
    """Calendar days until the successor begins."""
    onboarding_days: NonNegative = 0.0
    """Calendar days for which a new caseworker is being trained."""
    onboarding_pace: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Work done in an hour meanwhile, relative to an experienced colleague."""
    onboarding_caseload: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Caseload maximum meanwhile, relative to an experienced colleague."""
    agency: Agency | None = None
    """None: a vacant position stays empty until the successor begins."""


class Completeness(Strict):
    """How well files are documented, from 0 to 1, and what they lose."""

    start: Probability = 1.0
    """Completeness of a new case's file, and of one that is open on day 0."""
    change_loss: Probability = 0.0
    """Lost at a change of caseworker."""
    boundary_loss: Probability = 0.0
    """Lost besides when the case changes administration with it."""
    late_share: Probability = 1.0
    """What work finished after its due date adds, as a share of what it adds in time (see ``documents``)."""
    overload_tasks: Annotated[int, Field(ge=1)] | None = None
    """With more tasks than this waiting, per caseworker, work on files suffers. None: never."""
    overload_loss: Probability = 0.0
    """Lost at each piece of work that is begun under such a load."""


class Caseworking(Strict):
    """How a caseworker's year becomes hours with cases, and what a change of caseworker costs."""

    change_hours: NonNegative
    """Hours a new caseworker needs to get acquainted with a case taken over from another."""
    completeness: Completeness = Completeness()
    absences: Mapping[Name, Absence] = {}
    """Kinds of absence. None given: absence is averaged into the teams' ``case_hours_per_hour``."""
    reassign_after_days: NonNegative | None = None
    """Named teams: after so many days of absence the cases get another caseworker. None: never."""
    duty_priority: Annotated[int, Field(ge=0, le=9)] | None = None
    """Named teams: work of this priority or a more urgent one goes to a colleague on duty while the case's own
    caseworker is away, without a change of caseworker. None: everything waits."""
    turnover: Turnover | None = None
    """None: nobody leaves."""
    interrupted: Literal["finish", "hand_over"] = "finish"
    """What becomes of a task that is under way when its caseworker falls ill or leaves: it is finished first, or what
    is left of it is done by whoever has the case then."""
    coordinated_share: Probability = 1.0
    """Cases with a coordinator: hours and completeness that a change of caseworker costs, as a share of the usual."""
