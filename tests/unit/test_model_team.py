"""Desks, and whose turn it is there."""

from __future__ import annotations

import pytest
from tiny_maps import DAY, END, people, small_map, team, tell, told, work

pytestmark = pytest.mark.unit

OPENS, CLOSES = 8 / 24, (8 + 7.4) / 24
OFFICE_TEAM = {"team": team(calendar="office")}


def test_first_come_first_served() -> None:
    """Three come together, one caseworker: they are served one after the other, a day each."""
    assert tell({"work": work("end"), "end": END}, at=[0, 0, 0]).when("work") == [(0, 0, 1), (0, 1, 2), (0, 2, 3)]


def test_two_caseworkers_serve_two_at_a_time() -> None:
    """0 and 1 begin at once, by workers 0 and 1; 2 is taken by the one who is free first."""
    story = tell({"work": work("end"), "end": END}, at=[0, 0.5, 0.6], teams={"team": team(2)})
    assert story.when("work") == [(0, 0, 1), (0.5, 0.5, 1.5), (0.6, 1, 2)]
    assert [row.worker for row in story.activities("work")] == [0, 1, 0]


def test_urgent_work_goes_first_but_does_not_interrupt() -> None:
    """Ordinary work at 0 and 0.1, urgent at 0.2: the first is finished, then comes the urgent one."""
    story = tell(
        {"ordinary": work("end"), "urgent": work("end", priority=0), "end": END},
        arrivals={"ordinary": people([0, 0.1]), "urgent": people([0.2], entry="urgent")},
    )
    assert story.when("urgent") == [(0.2, 1, 2)]
    assert story.when("ordinary") == [(0, 0, 1), (0.1, 2, 3)]


def due(order: str) -> dict[str, list[tuple[float, float, float]]]:
    story = tell(
        {
            "whenever": work("end"),
            "late": work("end", due_days=50),
            "soon": work("end", due_days=5),
            "end": END,
        },
        arrivals={
            "first": people([0], entry="whenever"),
            "whenever": people([0.1], entry="whenever"),
            "late": people([0.2], entry="late"),
            "soon": people([0.3], entry="soon"),
        },
        teams={"team": team(order=order)},
    )
    return {step: story.when(step) for step in ("whenever", "late", "soon")}


def test_what_is_due_first_comes_first_and_what_is_not_due_last() -> None:
    assert due("due_date") == {
        "whenever": [(0, 0, 1), (0.1, 3, 4)],
        "late": [(0.2, 2, 3)],
        "soon": [(0.3, 1, 2)],
    }


def test_a_team_may_work_in_the_order_of_arrival_instead() -> None:
    assert due("first_come") == {
        "whenever": [(0, 0, 1), (0.1, 1, 2)],
        "late": [(0.2, 2, 3)],
        "soon": [(0.3, 3, 4)],
    }


def test_priority_comes_before_due_date() -> None:
    """What is due tomorrow waits for what is more important but due later."""
    story = tell(
        {"soon": work("end", due_days=1), "important": work("end", priority=1, due_days=90), "end": END},
        arrivals={"soon": people([0, 0.1], entry="soon"), "important": people([0.2], entry="important")},
    )
    assert story.when("important") == [(0.2, 1, 2)]


def test_the_deadline_of_a_clock_decides_the_order() -> None:
    """Both are asked for at 1; the one whose matter has been known for longer is due first."""
    story = tell(
        {
            "known": {"kind": "delay", "days": 2, "starts": ["limit"], "next": "work"},
            "new": {"kind": "delay", "days": 1, "starts": ["limit"], "next": "work"},
            "work": work("end", due="limit"),
            "busy": work("end", hours=3 * DAY),
            "end": END,
        },
        clocks={"limit": {"within": {"days": 30}}},
        arrivals={
            "busy": people([0], entry="busy"),
            "new": people([1], entry="new"),
            "known": people([0], entry="known"),
        },
    )
    known, new = sorted(story.activities("work"), key=lambda row: row.due)
    assert (known.due, known.requested, known.started) == (30, 2, 3)
    assert (new.due, new.requested, new.started) == (31, 2, 4)


def test_a_caseworker_who_has_time_for_cases_half_of_the_day_takes_twice_as_long() -> None:
    story = tell({"work": work("end"), "end": END}, teams={"team": team(case_hours_per_hour=0.5)})
    (row,) = story.activities("work")
    assert (row.started, row.finished, row.hours) == (0, 2, 2 * DAY)


def test_nothing_is_done_at_night() -> None:
    """Asked for on Tuesday at 20:00: 3.7 hours are done on Wednesday from 8:00 on."""
    story = tell({"work": work("end", hours=3.7), "end": END}, at=[1 + 20 / 24], teams=OFFICE_TEAM)
    assert story.when("work") == [(pytest.approx(1 + 20 / 24), 2 + OPENS, pytest.approx(2 + 11.7 / 24))]


def test_what_comes_in_at_night_is_begun_in_its_order_in_the_morning() -> None:
    """The urgent task that comes in at 23:00 is begun before the ordinary one that came at 22:00."""
    story = tell(
        {"ordinary": work("end", hours=1), "urgent": work("end", hours=1, priority=0), "end": END},
        arrivals={
            "ordinary": people([1 + 22 / 24], entry="ordinary"),
            "urgent": people([1 + 23 / 24], entry="urgent"),
        },
        teams=OFFICE_TEAM,
    )
    assert [row.started for row in story.activities("urgent")] == [2 + OPENS]
    assert [row.started for row in story.activities("ordinary")] == [pytest.approx(2 + 9 / 24)]


def test_after_work_that_ends_when_the_office_closes_the_next_begins_in_the_morning() -> None:
    """Whole working days, one after the other, over a weekend: Tuesday to Monday."""
    story = tell({"work": work("end", hours=7.4), "end": END}, at=[0] * 5, teams=OFFICE_TEAM)
    days = [1, 2, 3, 4, 7]
    assert [row.started for row in story.activities("work")] == [day + OPENS for day in days]
    assert [row.finished for row in story.activities("work")] == [pytest.approx(day + CLOSES) for day in days]


def test_work_is_interrupted_by_the_night_and_not_by_others() -> None:
    """Ten hours from Tuesday 8:00 end on Wednesday at 10:36, though something urgent came in at night."""
    story = tell(
        {"ordinary": work("end", hours=10), "urgent": work("end", hours=1, priority=0), "end": END},
        arrivals={"ordinary": people([0], entry="ordinary"), "urgent": people([1.9], entry="urgent")},
        teams=OFFICE_TEAM,
    )
    assert [row.finished for row in story.activities("ordinary")] == [pytest.approx(2 + 10.6 / 24)]
    assert [row.started for row in story.activities("urgent")] == [pytest.approx(2 + 10.6 / 24)]


def test_all_caseworkers_begin_in_the_morning() -> None:
    story = tell(
        {"work": work("end", hours=1), "end": END}, at=[0.1, 0.2, 0.3], teams={"team": team(2, calendar="office")}
    )
    assert [(row.worker, row.started) for row in story.activities("work")] == [
        (0, 1 + OPENS),
        (1, 1 + OPENS),
        (0, pytest.approx(1 + 9 / 24)),
    ]


def test_work_in_progress_and_work_that_waits_at_the_end() -> None:
    """The simulation ends on day 5: the third piece of two days is in progress, the fourth has not begun."""
    story = tell({"work": work("end", hours=2 * DAY), "end": END}, at=[0, 0, 0, 0], days=5)
    assert story.when("work") == [(0, 0, 2), (0, 2, 4), (0, 4, None), (0, None, None)]
    assert [row.hours for row in story.activities("work")] == [2 * DAY] * 4
    assert [row.worker for row in story.activities("work")] == [0, 0, 0, -1]
    assert all(row.withdrawn is None for row in story.activities("work"))


def test_work_that_nobody_waits_for_any_longer_is_skipped() -> None:
    """Three come at 0. The patience of two days runs out for the third while the second is being served."""
    story = tell(
        {"work": work("end", hours=1.5 * DAY, patience_days=2, gives_up_to="gone"), "end": END, "gone": END},
        at=[0, 0, 0, 2.5],
    )
    assert story.when("work") == [(0, 0, 1.5), (0, 1.5, 3), (0, None, None), (2.5, 3, 4.5)]
    assert [row.withdrawn for row in story.activities("work")] == [None, None, 2, None]


def test_the_staff_stand_in_the_journal() -> None:
    scenario = small_map({"work": work("end"), "end": END}, teams={"team": team(2)})
    staff = told(scenario).rows("staff")
    assert [(row.resource, row.worker, row.start, row.end) for row in staff] == [
        ("team", 0, 0, None),
        ("team", 1, 0, None),
    ]


def test_half_a_municipality_has_half_the_caseworkers_rounded_up() -> None:
    scenario = small_map(
        {"work": work("end"), "end": END},
        teams={"team": team(5)},
        municipality={"label": {"da": "x", "en": "x"}, "population": {}, "scale": 0.5},
    )
    assert len(told(scenario).rows("staff")) == 3
