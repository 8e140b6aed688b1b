"""With every random element taken out, what happens is a timetable that can be worked out by hand.

Two families come on Monday 25 March 2024 at 9 and at 10. One adviser, one health visitor, a weekly panel with a single
seat, a service with a single place. Offices are open on working days from 8:00 to 15:24; Thursday 28, Friday 29 March
and Monday 1 April are holidays.

=============  ==========================================================  ============================================
step           first family                                                second family
=============  ==========================================================  ============================================
assessment     Mon 25 9:00, 6.4 h until 15:24; Tue 26 8:00, 3.6 h until    waits for the adviser: Tue 26 11:36, 3.8 h;
(10 hours)     11:36                                                       Wed 27 8:00, 6.2 h until 14:12
statements     3 days: Fri 29 11:36                                        Sat 30 14:12
(3 days)
network        a day's notice: Sat 30 11:36; the office opens on Tue 2     notice until Sun 31 14:12; both are with the
(2 hours)      April: 8:00 to 10:00                                        first family until 10:00: 10:00 to 12:00
board          ready at 10:00, a day too late for that Tuesday's meeting:  the only seat of Tue 9 is taken:
               Tue 9 10:00                                                 Tue 16 10:00
support        granted on Tue 9 10:00; the place is free; two days until   the place is free again on Sun 21 10:00; two
               it is ready: Thu 11 10:00, ten days until Sun 21 10:00      days: Tue 23 10:00, until Fri 3 May 10:00
follow-up      five days after the start: Tue 16 10:00 to 11:00            Sun 28 10:00: Mon 29 8:00 to 9:00
(1 hour)
=============  ==========================================================  ============================================
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from small_maps import in_order, rows, small_map

from sim.journal import Journal
from sim.model import simulate

pytestmark = pytest.mark.verification

MONDAY = dt.datetime(2024, 3, 25)
"""Day 0."""


@pytest.fixture(scope="module")
def journal() -> Journal:
    return simulate(small_map("timetable"))


def at(month: int, day: int, hour: int, minute: int = 0) -> float:
    """Return a time of the year 2024 in days since day 0."""
    return (dt.datetime(2024, month, day, hour, minute) - MONDAY) / dt.timedelta(days=1)


def assert_times(journal: Journal, step: str, resource: str | None, *expected: tuple[float, float]) -> None:
    """Compare start and finish of what two families do at a step, one after the other."""
    wanted = {"step": f"matters.{step}"} | ({} if resource is None else {"resource": resource})
    found = in_order(rows(journal, "activities", **wanted), "case")
    times = np.column_stack((found["started"], found["finished"]))
    np.testing.assert_allclose(times, expected, rtol=0, atol=1e-9)


def test_work_goes_on_when_the_office_opens_and_waits_for_its_turn(journal: Journal) -> None:
    first, second = (at(3, 25, 9), at(3, 26, 11, 36)), (at(3, 26, 11, 36), at(3, 27, 14, 12))
    assert_times(journal, "assessment", "advisers", first, second)


def test_others_take_calendar_days(journal: Journal) -> None:
    first, second = (at(3, 26, 11, 36), at(3, 29, 11, 36)), (at(3, 27, 14, 12), at(3, 30, 14, 12))
    assert_times(journal, "statements", None, first, second)


@pytest.mark.parametrize("team", ["advisers", "health"])
def test_meetings_are_after_the_holidays_one_by_one(journal: Journal, team: str) -> None:
    assert_times(journal, "network", team, (at(4, 2, 8), at(4, 2, 10)), (at(4, 2, 10), at(4, 2, 12)))


def test_the_panel_has_one_seat_a_week_and_wants_the_case_a_day_before(journal: Journal) -> None:
    first, second = at(4, 9, 10), at(4, 16, 10)
    assert_times(journal, "board", "board", (first, first), (second, second))


def test_the_service_starts_two_days_after_there_is_a_place(journal: Journal) -> None:
    spells = in_order(rows(journal, "spells"), "case")
    np.testing.assert_allclose(spells["decided"], [at(4, 9, 10), at(4, 16, 10)], atol=1e-9)
    np.testing.assert_allclose(spells["start"], [at(4, 11, 10), at(4, 23, 10)], atol=1e-9)
    np.testing.assert_allclose(spells["end"], [at(4, 21, 10), at(5, 3, 10)], atol=1e-9)
    np.testing.assert_allclose(np.sort(journal.cases["left"]), [at(4, 21, 10), at(5, 3, 10)], atol=1e-9)


def test_follow_up_is_in_office_hours(journal: Journal) -> None:
    assert_times(journal, "supported", "health", (at(4, 16, 10), at(4, 16, 11)), (at(4, 29, 8), at(4, 29, 9)))


def test_nothing_else_happens(journal: Journal) -> None:
    """Per family: assessment, statements, two at the meeting, the panel, a follow-up."""
    assert len(journal.cases["case"]) == 2
    assert len(journal.spells["case"]) == 2
    assert len(journal.activities["case"]) == 2 * 6


def test_another_seed_is_the_same_timetable(journal: Journal) -> None:
    other = simulate(small_map("timetable", {"experiment.seed": 7}), 3)
    for table in ("activities", "spells", "events"):
        for column, values in journal.table(table).items():
            np.testing.assert_allclose(other.table(table)[column], values, atol=1e-9, err_msg=f"{table}.{column}")
