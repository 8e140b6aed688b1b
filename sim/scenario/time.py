"""When things happen: the horizon, the working calendars, the statutory and local deadlines."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.base import Strict

LONGEST_YEARS = 100
"""The longest run-in, and the longest period that is measured."""


class Horizon(Strict):
    """The stretch of time that is simulated: a run-in that is not measured, then the measured years."""

    start: dt.date
    """First day of the simulation (day 0)."""
    run_in_years: Annotated[float, Field(ge=0, le=LONGEST_YEARS)]
    """Years from day 0 that are simulated but not measured, so that queues settle."""
    years: Annotated[float, Field(gt=0, le=LONGEST_YEARS)]
    """Years that are measured, after the run-in."""

    @property
    def run_in_days(self) -> float:
        """Length of the run-in in days."""
        return float((_years_after(self.start, self.run_in_years) - self.start).days)

    @property
    def days(self) -> float:
        """Length of the whole simulation, run-in included, in days."""
        return float((_years_after(self.start, self.run_in_years + self.years) - self.start).days)


def _years_after(start: dt.date, years: float) -> dt.date:
    """Return the date a number of years later; whole years keep the day of the month."""
    whole = int(years)
    day = min(start.day, 28) if start.month == 2 else start.day
    return start.replace(year=start.year + whole, day=day) + dt.timedelta(days=round((years - whole) * 365.25))


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


class Calendar(Strict):
    """Which hours count as working hours."""

    weekdays: tuple[Weekday, ...] = WEEKDAYS[:5]
    """Days of the week on which there is work."""
    public_holidays: bool = True
    """Whether Danish public holidays are days off (including Constitution Day, Christmas Eve and New Year's Eve,
    which municipal agreements make days off)."""
    opens: Annotated[float, Field(ge=0, lt=24)] = 8.0
    """Hour of the day at which work starts."""
    hours: Annotated[float, Field(gt=0, le=24)] = 7.4
    """Working hours per working day (37 a week)."""
    continuous: bool = False
    """Round the clock, every day: the calendar of queueing theory. Overrides the other fields."""

    @model_validator(mode="after")
    def _fits_in_a_day(self) -> Calendar:
        if not self.continuous and self.opens + self.hours > 24:
            raise ValueError(f"a day that opens at {self.opens:g} cannot have {self.hours:g} hours")
        if not self.continuous and not self.weekdays:
            raise ValueError("a calendar without a single working day never gets any work done")
        return self


class Within(Strict):
    """The length of a deadline, in exactly one unit."""

    hours: Annotated[float, Field(gt=0, le=LONGEST_YEARS * 8766)] | None = None
    """Clock hours, round the clock."""
    days: Annotated[float, Field(gt=0, le=LONGEST_YEARS * 366)] | None = None
    """Calendar days."""
    working_days: Annotated[int, Field(gt=0, le=LONGEST_YEARS * 366)] | None = None
    """Working days of the calendar ``office``."""
    months: Annotated[int, Field(gt=0, le=LONGEST_YEARS * 12)] | None = None
    """Calendar months: from the 31st to the last day of a shorter month."""

    @model_validator(mode="after")
    def _one_unit(self) -> Within:
        given = [unit for unit in ("hours", "days", "working_days", "months") if getattr(self, unit) is not None]
        if len(given) != 1:
            raise ValueError(
                f"give exactly one of hours, days, working_days, months (given: {', '.join(given) or 'none'})"
            )
        return self


class Clock(Strict):
    """Something that is waited for: from when it runs, and by when it should be over.

    Steps of a track start and stop clocks. Each becomes one row of the journal's events, still open
    (right-censored) if the simulation ends first.
    """

    since: Literal["now", "awareness", "birthday"] = "now"
    """From when the wait counts: the moment the clock is started; the moment the municipality became aware of the
    matter (notification, application, or receipt of a remitted case); or the 18th birthday."""
    within: Within | None = None
    """The deadline, if there is one."""
    before_birthday_months: Annotated[int, Field(gt=0, le=LONGEST_YEARS * 12)] | None = None
    """A deadline this many months *before* the 18th birthday (for example 6: aftercare decisions)."""
    basis: str = ""
    """The rule that sets the deadline, as shown in the report."""

    @model_validator(mode="after")
    def _one_deadline(self) -> Clock:
        if self.within is not None and self.before_birthday_months is not None:
            raise ValueError("a clock has one deadline: give either within or before_birthday_months")
        return self
