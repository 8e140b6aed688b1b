"""Time: working hours become points in time by one lookup in a table made beforehand; nothing ticks.

Times are float days since day 0, 00:00 (``1.5`` is noon of the second day). A working clock knows, for each day,
how many hours have been worked before it, so that "eight hours of work from now" is a subtraction, a division and
a list look-up, however many weekends and public holidays lie between.
"""

from __future__ import annotations

import calendar as months_of
import datetime as dt
import math
from functools import lru_cache

import holidays
import numpy as np
import numpy.typing as npt

from sim.scenario.time import WEEKDAYS, Calendar, Within

BEYOND_DAYS = 400
"""How far past the horizon the tables reach. Work that would end later never ends within the simulation."""
_ROUNDING = 1e-9
"""Days. Work that ends when the office closes must not let further work begin at that moment."""


@lru_cache(maxsize=256)
def _public_holidays(year: int) -> frozenset[dt.date]:
    """Return the days off in Denmark in a year.

    Public holidays by law, and Constitution Day, Christmas Eve and New Year's Eve, which municipal agreements make
    days off. The first of May is an ordinary working day for municipal office staff.
    """
    known = holidays.country_holidays("DK", years=year, categories=("public", "optional"))
    return frozenset(day for day in known if (day.month, day.day) != (5, 1))


class WorkingClock:
    """The working hours of one calendar over a horizon."""

    def __init__(self, calendar: Calendar, start: dt.date, horizon_days: float) -> None:
        days = math.ceil(horizon_days) + BEYOND_DAYS
        self.start = start
        self.days = days
        self.hours = 24.0 if calendar.continuous else calendar.hours
        self._opens = 0.0 if calendar.continuous else calendar.opens / 24
        self._closes = self._opens + self.hours / 24
        self._calendar = calendar
        working = [self.would_work(start + dt.timedelta(days=day)) for day in range(days)]
        self._working = working
        self._before: list[int] = [0]
        """Working days before each day."""
        for is_working in working:
            self._before.append(self._before[-1] + is_working)
        self._nth: list[int] = [day for day in range(days) if working[day]]
        """The n-th working day."""

    def would_work(self, date: dt.date) -> bool:
        """Return whether a date, also one outside the horizon, is a working day of the calendar."""
        calendar = self._calendar
        if calendar.continuous:
            return True
        if WEEKDAYS[date.weekday()] not in calendar.weekdays:
            return False
        return not calendar.public_holidays or date not in _public_holidays(date.year)

    @property
    def office_hours(self) -> tuple[float, float]:
        """Return when work begins and ends on a working day, as fractions of the day."""
        return self._opens, self._closes

    def is_working_day(self, day: int) -> bool:
        """Return whether there is work on a day (days since day 0)."""
        return self._working[day]

    def worked(self, time: float) -> float:
        """Return the working hours from day 0 to a time."""
        day = int(time)
        hours = self._before[day] * self.hours
        if self._working[day]:
            into = (time - day - self._opens) * 24
            if into >= self.hours:
                hours += self.hours
            elif into > 0:
                hours += into
        return hours

    def worked_array(self, times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the working hours from day 0 to each of the times. Shape as given."""
        day = times.astype(np.int64)
        into = np.clip((times - day - self._opens) * 24, 0.0, self.hours)
        result: npt.NDArray[np.float64] = (
            np.asarray(self._before)[day] * self.hours + np.asarray(self._working)[day] * into
        )
        return result

    def opening(self, time: float) -> float:
        """Return the time itself if it is a working hour, or else when work next begins."""
        day = int(time)
        if self._working[day]:
            fraction = time - day
            if fraction < self._opens:
                return day + self._opens
            if fraction < self._closes - _ROUNDING:
                return time
        index = self._before[day + 1]
        return self._nth[index] + self._opens if index < len(self._nth) else math.inf

    def open_around(self, time: float) -> tuple[float, float]:
        """Return the stretch of working hours that a time within working hours belongs to."""
        day = int(time)
        return day + self._opens, day + self._closes - _ROUNDING

    def after(self, time: float, hours: float) -> float:
        """Return when a number of working hours, begun at a time, are over (infinity: beyond the tables)."""
        return time if hours <= 0.0 else self._reach(time, self.worked(time) + hours)

    def after_in_hours(self, time: float, hours: float) -> float:
        """Return the same for a time that is a working hour (the common case, without looking it up again)."""
        if hours <= 0.0:
            return time
        day = int(time)
        left = self.hours - (time - day - self._opens) * 24
        if left > 0.0 and hours <= left:
            return time + hours / 24
        return self._reach(time, (self._before[day] + 1) * self.hours - left + hours)

    def _reach(self, time: float, total: float) -> float:
        """Return when, from a time on, so many hours have been worked since day 0."""
        index = int(total / self.hours)
        rest = total - index * self.hours
        if rest < 1e-9 and index > 0:
            index -= 1
            rest = self.hours
        if index >= len(self._nth):
            return math.inf
        return max(time, self._nth[index] + self._opens + rest / 24)

    def working_days_after(self, time: float, count: int) -> float:
        """Return the end of the ``count``-th working day after the day of a time."""
        index = self._before[int(time) + 1] + count - 1
        return self._nth[index] + 1.0 if index < len(self._nth) else math.inf

    def next_working_day(self, day: int) -> int:
        """Return the day itself if it is a working day, or else the next one."""
        while not self._working[day]:
            day += 1
        return day


class RoundTheClock(WorkingClock):
    """The calendar of queueing theory: exact, without rounding through days."""

    def worked(self, time: float) -> float:
        """Return the hours from day 0 to a time."""
        return time * 24

    def worked_array(self, times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the hours from day 0 to each of the times."""
        result: npt.NDArray[np.float64] = times * 24
        return result

    def opening(self, time: float) -> float:
        """Return the time itself: there is always work."""
        return time

    def open_around(self, time: float) -> tuple[float, float]:
        """Return all time: there is always work."""
        return -math.inf, math.inf

    def after(self, time: float, hours: float) -> float:
        """Return when a number of hours are over."""
        return time + hours / 24

    def after_in_hours(self, time: float, hours: float) -> float:
        """Return when a number of hours are over."""
        return time + hours / 24


@lru_cache(maxsize=64)
def working_clock(calendar: Calendar, start: dt.date, horizon_days: float) -> WorkingClock:
    """Return the clock of a calendar; clocks are immutable, so equal ones are made once."""
    return (RoundTheClock if calendar.continuous else WorkingClock)(calendar, start, horizon_days)


def months_later(date: dt.date, months: int) -> dt.date:
    """Return the same day some months later (or earlier), or the last day of a shorter month."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return dt.date(year, month + 1, min(date.day, months_of.monthrange(year, month + 1)[1]))


def time_months_later(start: dt.date, time: float, months: int) -> float:
    """Return a time (days since ``start``) some calendar months later, at the same time of day."""
    day = math.floor(time)
    return _day_months_later(start, day, months) + (time - day)


@lru_cache(maxsize=65536)
def _day_months_later(start: dt.date, day: int, months: int) -> int:
    return (months_later(start + dt.timedelta(days=day), months) - start).days


@lru_cache(maxsize=65536)
def birthday(start: dt.date, born: float, age: float) -> float:
    """Return the day (00:00, days since ``start``) on which somebody born on a day reaches an age in years.

    Part of a year counts in whole months. Somebody born on 29 February has the birthday on 28 February in other
    years.
    """
    first = start.toordinal()
    date = dt.date.fromordinal(first + math.floor(born))
    months = round(age * 12)
    if months % 12 == 0 and (date.month != 2 or date.day != 29):
        return float(date.replace(year=date.year + months // 12).toordinal() - first)
    return float(months_later(date, months).toordinal() - first)


def deadline(within: Within, since: float, start: dt.date, office: WorkingClock | None) -> float:
    """Return the time at which a deadline runs out."""
    if within.hours is not None:
        return since + within.hours / 24
    if within.days is not None:
        return since + within.days
    if within.months is not None:
        return time_months_later(start, since, within.months)
    assert within.working_days is not None
    assert office is not None
    return office.working_days_after(since, within.working_days)


def as_date(start: dt.date, time: float) -> dt.date:
    """Return the date of a time."""
    return start + dt.timedelta(days=math.floor(time))
