"""Working hours, public holidays, deadlines and birthdays."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.clock import (
    RoundTheClock,
    WorkingClock,
    as_date,
    birthday,
    deadline,
    months_later,
    time_months_later,
    working_clock,
)
from sim.scenario.time import Calendar, Within

pytestmark = pytest.mark.unit

MONDAY = dt.date(2024, 1, 1)
"""New Year's Day: the first working day is the Tuesday."""
OFFICE = working_clock(Calendar(), MONDAY, 1500)
OPENS, CLOSES = 8 / 24, (8 + 7.4) / 24


def day(date: str) -> int:
    return (dt.date.fromisoformat(date) - MONDAY).days


@pytest.mark.parametrize(
    ("date", "works"),
    [
        ("2024-01-01", False),  # New Year's Day
        ("2024-01-02", True),
        ("2024-01-06", False),  # Saturday
        ("2024-01-07", False),  # Sunday
        ("2024-03-27", True),
        ("2024-03-28", False),  # Maundy Thursday
        ("2024-03-29", False),  # Good Friday
        ("2024-04-01", False),  # Easter Monday
        ("2024-04-02", True),
        ("2024-04-26", True),  # the fourth Friday after Easter: no Great Prayer Day since 2024
        ("2024-05-01", True),  # the first of May
        ("2024-05-09", False),  # Ascension Day
        ("2024-05-20", False),  # Whit Monday
        ("2024-06-05", False),  # Constitution Day
        ("2024-12-23", True),
        ("2024-12-24", False),  # Christmas Eve
        ("2024-12-25", False),
        ("2024-12-26", False),
        ("2024-12-27", True),
        ("2024-12-31", False),  # New Year's Eve
        ("2025-01-01", False),
    ],
)
def test_danish_working_days(date: str, works: bool) -> None:
    assert OFFICE.is_working_day(day(date)) is works


def test_great_prayer_day_was_a_holiday_until_2023() -> None:
    assert not OFFICE.would_work(dt.date(2023, 5, 5))


def test_a_calendar_may_work_on_public_holidays_and_sundays() -> None:
    clock = WorkingClock(Calendar(public_holidays=False, weekdays=("monday", "sunday")), MONDAY, 10)
    assert [clock.is_working_day(n) for n in range(8)] == [True, False, False, False, False, False, True, True]


def test_work_runs_over_a_weekend() -> None:
    """Friday 5 January 12:00, 10 hours: 3.4 on Friday, the remaining 6.6 on Monday from 8:00 to 14:36."""
    assert OFFICE.after(4.5, 10) == pytest.approx(7 + (8 + 6.6) / 24)


def test_work_runs_over_easter() -> None:
    """Wednesday 27 March 15:00, 1 hour: 0.4 hours that day, 0.6 on Tuesday 2 April."""
    assert OFFICE.after(day("2024-03-27") + 15 / 24, 1) == pytest.approx(day("2024-04-02") + 8.6 / 24)


def test_a_whole_day_of_work_ends_when_the_office_closes() -> None:
    """It does not end when the office next opens."""
    assert OFFICE.after(1 + OPENS, 7.4) == pytest.approx(1 + CLOSES)
    assert OFFICE.after(1 + OPENS, 3 * 7.4) == pytest.approx(3 + CLOSES)
    assert OFFICE.after(2.5, 3.4) == pytest.approx(2 + CLOSES)


def test_after_closing_time_nothing_begins_before_the_next_morning() -> None:
    """Whatever the rounding of the day: work that ends at closing time is followed by work the next working day."""
    for start_day in (n for n in range(1400) if OFFICE.is_working_day(n)):
        ends = OFFICE.after(start_day + 0.4, (CLOSES - 0.4) * 24)
        assert ends == pytest.approx(start_day + CLOSES)
        opening = OFFICE.opening(ends)
        assert opening == OFFICE.next_working_day(start_day + 1) + OPENS
        assert OFFICE.opening(opening) == opening


def test_no_work_takes_no_time_even_at_night() -> None:
    assert OFFICE.after(5.1, 0) == 5.1


@pytest.mark.parametrize("hours", [1e-12, 1e-9, 1e-6])
def test_next_to_no_work_on_day_0_takes_next_to_no_time(hours: float) -> None:
    """The first working hour there is does not lie at the end of the table."""
    assert OFFICE.after(0.0, hours) == pytest.approx(1 + OPENS, abs=1e-6)


def test_the_office_opens_in_the_morning() -> None:
    assert OFFICE.opening(1.0) == 1 + OPENS  # at midnight
    assert OFFICE.opening(1.5) == 1.5  # at noon
    assert OFFICE.opening(1.75) == 2 + OPENS  # in the evening
    assert OFFICE.opening(4.75) == 7 + OPENS  # on Friday evening
    assert OFFICE.opening(5.5) == 7 + OPENS  # on Saturday
    assert OFFICE.opening(0.5) == 1 + OPENS  # on New Year's Day


def test_nothing_opens_beyond_the_table() -> None:
    """The last day of the table is Thursday 13 February 2025."""
    clock = WorkingClock(Calendar(), MONDAY, 10)
    assert as_date(MONDAY, clock.days - 1) == dt.date(2025, 2, 13)
    assert clock.opening(clock.days - 1.0) == clock.days - 1 + OPENS
    assert math.isinf(clock.opening(clock.days - 0.1))
    assert math.isinf(clock.after(9.0, 7.4 * 400))
    assert math.isinf(clock.working_days_after(9.0, 400))


def test_hours_worked() -> None:
    assert OFFICE.worked(1 + OPENS) == 0.0
    assert OFFICE.worked(1.5) == pytest.approx(4.0)
    assert OFFICE.worked(1.9) == pytest.approx(7.4)
    assert OFFICE.worked(7.0) == pytest.approx(4 * 7.4)  # Tuesday to Friday


times = st.floats(min_value=0, max_value=1400, allow_nan=False)
works = st.floats(min_value=0, max_value=300, allow_nan=False)
calendars = st.builds(
    Calendar,
    weekdays=st.sampled_from([("monday", "friday"), Calendar().weekdays, ("sunday",)]),
    public_holidays=st.booleans(),
    opens=st.sampled_from([0.0, 8.0, 9.3]),
    hours=st.sampled_from([0.5, 7.4, 14.7]),
    continuous=st.booleans(),
)


@given(calendar=calendars, time=times, hours=works)
def test_after_is_the_inverse_of_worked(calendar: Calendar, time: float, hours: float) -> None:
    clock = working_clock(calendar, MONDAY, 1500.0)
    ends = clock.after(time, hours)
    assert ends >= time
    if math.isfinite(ends) and ends < clock.days:
        assert clock.worked(ends) - clock.worked(time) == pytest.approx(hours, abs=1e-6)


@given(calendar=calendars, time=times, hours=works)
def test_work_begun_in_working_hours_ends_at_the_same_time(calendar: Calendar, time: float, hours: float) -> None:
    """However it is reckoned: through the table of days, or within the day of its beginning."""
    clock = working_clock(calendar, MONDAY, 1500.0)
    begun = clock.opening(time)
    assert clock.after_in_hours(begun, hours) == pytest.approx(clock.after(begun, hours), abs=1e-6)


def test_work_that_fits_into_the_day_ends_on_it() -> None:
    """Tuesday from noon: 3.4 hours are left; what is more goes on at 8 on Wednesday."""
    assert OFFICE.after_in_hours(1.5, 0) == 1.5
    assert OFFICE.after_in_hours(1.5, 3) == pytest.approx(1 + 15 / 24)
    assert OFFICE.after_in_hours(1.5, 3.4) == pytest.approx(1 + CLOSES)
    assert OFFICE.after_in_hours(1.5, 4) == pytest.approx(2 + 8.6 / 24)
    assert OFFICE.after_in_hours(4.5, 10) == pytest.approx(7 + (8 + 6.6) / 24)


def test_the_office_is_open_from_morning_to_evening() -> None:
    opens, closes = OFFICE.open_around(1.5)
    assert opens == 1 + OPENS
    assert closes == pytest.approx(1 + CLOSES)
    assert OFFICE.opening(closes - 1e-8) == closes - 1e-8
    assert OFFICE.opening(closes + 1e-8) == 2 + OPENS
    assert working_clock(Calendar(continuous=True), MONDAY, 100.0).open_around(1.5) == (-math.inf, math.inf)


@given(calendar=calendars, time=times, hours=works)
def test_work_goes_on_until_it_is_done_and_not_longer(calendar: Calendar, time: float, hours: float) -> None:
    """A moment before its end some of the work is left."""
    clock = working_clock(calendar, MONDAY, 1500.0)
    ends = clock.after(time, hours)
    if hours > 0.01 and math.isfinite(ends) and ends < clock.days:
        assert clock.worked(ends - 1e-7) - clock.worked(time) < hours


@given(calendar=calendars, time=times)
def test_opening_is_a_working_hour_with_no_work_before_it(calendar: Calendar, time: float) -> None:
    clock = working_clock(calendar, MONDAY, 1500.0)
    opening = clock.opening(time)
    assert opening >= time
    assert clock.worked(opening) == pytest.approx(clock.worked(time), abs=1e-6)
    assert clock.worked(opening + 0.01 / 24) > clock.worked(opening)


@given(calendar=calendars, many=st.lists(times, min_size=1, max_size=20))
def test_hours_worked_of_many_times_at_once(calendar: Calendar, many: list[float]) -> None:
    clock = working_clock(calendar, MONDAY, 1500.0)
    together = clock.worked_array(np.array(many))
    assert together.tolist() == pytest.approx([clock.worked(time) for time in many])


def test_round_the_clock_there_is_always_work() -> None:
    clock = working_clock(Calendar(continuous=True), MONDAY, 100.0)
    assert isinstance(clock, RoundTheClock)
    assert clock.opening(5.9) == 5.9
    assert clock.after(5.25, 12) == 5.75
    assert clock.worked(0.5) == 12
    assert clock.office_hours == (0.0, 1.0)


def test_equal_calendars_share_a_clock() -> None:
    assert working_clock(Calendar(), MONDAY, 77.0) is working_clock(Calendar(hours=7.4), MONDAY, 77.0)


def test_working_days_do_not_count_the_day_itself() -> None:
    """From Friday noon: two working days are over at the end of Tuesday; from Saturday too."""
    assert OFFICE.working_days_after(4.5, 2) == 9.0
    assert OFFICE.working_days_after(5.5, 2) == 9.0
    assert OFFICE.working_days_after(day("2024-03-27"), 1) == day("2024-04-02") + 1
    assert OFFICE.working_days_after(day("2024-01-02") + 0.5, 1) == day("2024-01-03") + 1  # the next day is one
    assert OFFICE.working_days_after(day("2024-01-01"), 1) == day("2024-01-02") + 1


@pytest.mark.parametrize(
    ("date", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-10-31", 4, "2025-02-28"),
        ("2024-08-31", -6, "2024-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
    ],
)
def test_months_later(date: str, months: int, expected: str) -> None:
    assert months_later(dt.date.fromisoformat(date), months) == dt.date.fromisoformat(expected)


def test_months_later_keep_the_time_of_day() -> None:
    assert time_months_later(MONDAY, 30.75, 1) == day("2024-02-29") + 0.75
    assert time_months_later(MONDAY, -0.5, 1) == day("2024-01-31") + 0.5


def test_deadlines() -> None:
    assert deadline(Within(hours=24), 4.5, MONDAY, None) == 5.5
    assert deadline(Within(days=28), 4.5, MONDAY, None) == 32.5
    assert deadline(Within(months=1), 30.5, MONDAY, None) == day("2024-02-29") + 0.5
    assert deadline(Within(working_days=6), 4.5, MONDAY, OFFICE) == 15 + 0.0


def test_birthdays() -> None:
    """Day 0 is 1 January 2024."""
    born = day("2006-05-17")
    assert birthday(MONDAY, born, 18) == day("2024-05-17")
    assert birthday(MONDAY, born, 17.5) == day("2023-11-17")
    assert birthday(MONDAY, born, 17.25) == day("2023-08-17")


def test_birthdays_of_those_born_on_29_february() -> None:
    born = day("2008-02-29")
    assert birthday(MONDAY, born, 16) == day("2024-02-29")
    assert birthday(MONDAY, born, 18) == day("2026-02-28")


def test_dates_of_times() -> None:
    assert as_date(MONDAY, 30.99) == dt.date(2024, 1, 31)
    assert as_date(MONDAY, -0.5) == dt.date(2023, 12, 31)
