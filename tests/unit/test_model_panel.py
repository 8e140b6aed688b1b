"""Decision meetings: when they are held, and who is on the agenda."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tiny_maps import END, START, Told, coming_of_age, label, people, tell, track, turning_18_on

from sim.model.clock import working_clock
from sim.model.panel import meeting_times
from sim.scenario.staff import Panel
from sim.scenario.time import Calendar

pytestmark = pytest.mark.unit

TEN = 10 / 24


def panel(weekday: str = "tuesday", every_weeks: int = 1, **settings: Any) -> dict[str, Any]:
    return {
        "label": label("panel"),
        "administration": "child",
        "weekday": weekday,
        "every_weeks": every_weeks,
        **settings,
    }


def meetings(**settings: Any) -> list[float]:
    """Return the days of the meetings of a year that begins on Monday 1 January 2024."""
    config = Panel(**{**panel(**settings), "label": {"da": "x", "en": "x"}})
    times = meeting_times(config, working_clock(Calendar(), START, 366.0), START)
    return [time - TEN for time in times]


def day(date: str) -> int:
    return (dt.date.fromisoformat(date) - START).days


def meet(at: list[float], **settings: Any) -> Told:
    steps = {"board": {"kind": "panel", "panel": "board", "next": "end"}, "end": END}
    return tell(steps, at=at, panels={"board": panel(**settings)})


def test_meetings_every_week() -> None:
    assert meetings()[:4] == pytest.approx([1, 8, 15, 22])


def test_meetings_every_other_week_begin_with_the_first_such_weekday() -> None:
    assert meetings(every_weeks=2)[:3] == pytest.approx([1, 15, 29])


@pytest.mark.parametrize("anchor", ["2024-01-09", "2023-12-26", "2024-05-14"])
def test_meetings_are_counted_from_a_date(anchor: str) -> None:
    """Before or after the simulation begins: it says which weeks have meetings."""
    assert meetings(every_weeks=2, first_meeting=dt.date.fromisoformat(anchor))[:3] == pytest.approx([8, 22, 36])


def test_a_date_that_is_another_weekday_stands_for_the_next_such_day() -> None:
    assert meetings(every_weeks=2, first_meeting=dt.date(2024, 1, 3))[:2] == pytest.approx([8, 22])


def test_a_meeting_on_a_public_holiday_is_held_on_the_next_working_day() -> None:
    """Mondays: New Year's Day, Easter Monday and Whit Monday become Tuesdays."""
    days = meetings(weekday="monday")
    assert days[:2] == pytest.approx([1, 7])
    assert pytest.approx(day("2024-04-02")) in days
    assert pytest.approx(day("2024-05-21")) in days
    assert pytest.approx(day("2024-04-01")) not in days


def test_a_meeting_on_christmas_eve_is_held_between_christmas_and_new_year() -> None:
    """Tuesday 24 December moves past two public holidays to Friday the 27th."""
    assert pytest.approx(day("2024-12-27")) in meetings()


def test_the_hour_of_the_meeting() -> None:
    story = meet([0], hour=14.5)
    assert story.activities("board")[0].finished == pytest.approx(1 + 14.5 / 24)


def test_cases_wait_for_the_next_meeting() -> None:
    """Cases of days 0, 0.5 and 1.5 are decided on Tuesday the 2nd, the 2nd and the 9th of January at 10:00."""
    story = meet([0, 0.5, 1.5])
    assert story.when("board") == [
        (0, pytest.approx(1 + TEN), pytest.approx(1 + TEN)),
        (0.5, pytest.approx(1 + TEN), pytest.approx(1 + TEN)),
        (1.5, pytest.approx(8 + TEN), pytest.approx(8 + TEN)),
    ]
    assert [(row.resource, row.worker, row.hours) for row in story.activities("board")] == [("board", -1, 0)] * 3


def test_who_finds_no_seat_waits_for_the_next_meeting() -> None:
    """Two seats, five cases: two, two, one."""
    story = meet([0, 0.1, 0.2, 0.3, 0.4], seats=2)
    assert [row.finished for row in story.activities("board")] == pytest.approx([n + TEN for n in (1, 1, 8, 8, 15)])


def test_seats_go_by_priority_first() -> None:
    steps = {
        "board": {"kind": "panel", "panel": "board", "next": "end"},
        "urgent": {"kind": "panel", "panel": "board", "priority": 1, "next": "end"},
        "end": END,
    }
    story = tell(
        steps,
        arrivals={"people": people([0, 0.1]), "urgent": people([0.2], entry="urgent")},
        panels={"board": panel(seats=1)},
    )
    assert [row.finished for row in story.activities("urgent")] == pytest.approx([1 + TEN])
    assert [row.finished for row in story.activities("board")] == pytest.approx([8 + TEN, 15 + TEN])


def test_a_case_must_be_ready_some_days_before_the_meeting() -> None:
    """Five days: who comes on day 2 is in time for day 8, who comes on day 4 must wait for day 15."""
    story = meet([2, 4], preparation_days=5)
    assert [row.finished for row in story.activities("board")] == pytest.approx([8 + TEN, 15 + TEN])


def test_a_late_case_takes_no_seat_from_one_that_is_ready() -> None:
    """One seat on day 8: the urgent case of day 4 is too late for it."""
    steps = {
        "board": {"kind": "panel", "panel": "board", "next": "end"},
        "urgent": {"kind": "panel", "panel": "board", "priority": 1, "next": "end"},
        "end": END,
    }
    story = tell(
        steps,
        arrivals={"people": people([2]), "urgent": people([4], entry="urgent")},
        panels={"board": panel(seats=1, preparation_days=5)},
    )
    assert [row.finished for row in story.activities("board")] == pytest.approx([8 + TEN])
    assert [row.finished for row in story.activities("urgent")] == pytest.approx([15 + TEN])


@pytest.mark.parametrize("others", [[], [0.0]])
def test_who_comes_as_the_meeting_begins_is_too_late(others: list[float]) -> None:
    """Whether the meeting is held for others or not."""
    story = meet([*others, 1 + TEN])
    assert story.activities("board")[-1].finished == pytest.approx(8 + TEN)


def test_preparation_may_take_longer_than_the_time_between_two_meetings() -> None:
    story = meet([0, 3], preparation_days=10)
    assert [row.finished for row in story.activities("board")] == pytest.approx([15 + TEN, 15 + TEN])


def test_who_waits_at_the_end_is_in_the_journal() -> None:
    steps = {"board": {"kind": "panel", "panel": "board", "next": "end"}, "end": END}
    story = tell(steps, at=[0, 0.1], panels={"board": panel(seats=1)}, days=5)
    assert [row.finished for row in story.activities("board")] == [pytest.approx(1 + TEN), None]
    assert [row.withdrawn for row in story.activities("board")] == [None, None]


def test_who_is_called_off_frees_the_seat() -> None:
    """The first in line turns 18 on day 5, which ends the matter: the next in line gets the only seat."""
    steps = {"board": {"kind": "panel", "panel": "board", "next": "end"}, "end": END}
    story = tell(
        tracks={"main": track(steps), "adult": track({"none": END}, administration="adult", side="adult")},
        arrivals={
            "old": people([2], ages=turning_18_on(5, at=2.0)),
            "young": people([3]),
        },
        panels={"board": panel(seats=1)},
        birthday=coming_of_age("adult.none"),
    )
    old, young = story.activities("board")
    assert (old.started, old.finished, old.withdrawn) == (None, None, 5)
    assert young.finished == pytest.approx(8 + TEN)
