"""Who is served when: small systems in which every start and finish is worked out by hand.

The rule: a caseworker finishes what was begun; then comes the lowest priority number; within a priority the matter
due first (in a team that works by due date), matters without a due date last; then first come, first served.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from small_maps import rows, small_map, years

from sim.journal import Journal
from sim.model import simulate

pytestmark = pytest.mark.verification

HOUR = 1 / 24


def served(changes: dict[str, Any]) -> tuple[Journal, dict[str, list[tuple[float, float]]]]:
    """Return start and finish of the work for each door, in the order of arrival, in days."""
    journal = simulate(small_map("counter", changes))
    times = {}
    for door in ("ordinary", "urgent"):
        work = rows(journal, "activities", step=f"{door}.serve")
        order = np.argsort(work["case"])
        times[door] = list(zip(work["started"][order].tolist(), work["finished"][order].tolist(), strict=True))
    return journal, times


def test_first_come_first_served() -> None:
    """One caseworker, a day for each matter; arrivals at 0, 0.25, 0.5 and 5.

    0–1, 1–2, 2–3; the desk is idle from 3 to 5; 5–6.
    """
    _, times = served({"arrivals.ordinary.at_days": [0, 0.25, 0.5, 5], "arrivals.urgent.at_days": []})
    assert times["ordinary"] == [(0, 1), (1, 2), (2, 3), (5, 6)]


def test_two_caseworkers_take_the_next_matter_each() -> None:
    """Two caseworkers; arrivals at 0, 0, 0.5, 0.5, 0.5: pairs start at 0 and 1, the fifth at 2."""
    _, times = served(
        {
            "arrivals.ordinary.at_days": [0, 0, 0.5, 0.5, 0.5],
            "arrivals.urgent.at_days": [],
            "teams.desk.caseworkers": 2,
        }
    )
    assert times["ordinary"] == [(0, 1), (0, 1), (1, 2), (1, 2), (2, 3)]


def test_urgent_matters_overtake_but_do_not_interrupt() -> None:
    """Ordinary at 0, 0.25, 0.5; urgent at 0.75 and 1.5; a day each.

    The first ordinary matter, 0–1, is not interrupted. Urgent 1–2. At 2 the second urgent one goes before the two
    ordinary ones that came earlier: 2–3, then 3–4 and 4–5.
    """
    _, times = served({"arrivals.ordinary.at_days": [0, 0.25, 0.5], "arrivals.urgent.at_days": [0.75, 1.5]})
    assert times["urgent"] == [(1, 2), (2, 3)]
    assert times["ordinary"] == [(0, 1), (3, 4), (4, 5)]


def test_within_a_priority_the_matter_due_first_comes_first() -> None:
    """Same priority; ordinary matters are due 20 days after they come, the others 5 days after; a day each.

    Ordinary at 0 (due 20), 0.1 (20.1), 0.2 (20.2); the others at 0.5 (5.5) and 17 (22). At 1 the one due 5.5 is
    taken. The last one comes to an idle desk.
    """
    changes: dict[str, Any] = {
        "arrivals.ordinary.at_days": [0, 0.1, 0.2],
        "arrivals.urgent.at_days": [0.5, 17],
        "teams.desk.order": "due_date",
        "tracks.ordinary.steps.serve.due_days": 20,
        "tracks.urgent.steps.serve.due_days": 5,
        "tracks.urgent.steps.serve.priority": 5,
    }
    _, times = served(changes)
    assert times["ordinary"] == [(0, 1), (2, 3), (3, 4)]
    assert times["urgent"] == [(1, 2), (17, 18)]
    _, first_come = served({**changes, "teams.desk.order": "first_come"})
    assert first_come["ordinary"] == [(0, 1), (1, 2), (2, 3)]
    assert first_come["urgent"] == [(3, 4), (17, 18)]


def test_matters_without_a_due_date_come_last() -> None:
    """Ordinary matters have no due date and come at 0, 0.1, 0.2; one with a due date comes at 0.5 and is next."""
    _, times = served(
        {
            "arrivals.ordinary.at_days": [0, 0.1, 0.2],
            "arrivals.urgent.at_days": [0.5],
            "teams.desk.order": "due_date",
            "tracks.urgent.steps.serve.due_days": 500,
            "tracks.urgent.steps.serve.priority": 5,
        }
    )
    assert times["urgent"] == [(1, 2)]
    assert times["ordinary"] == [(0, 1), (2, 3), (3, 4)]


def test_priority_comes_before_due_date() -> None:
    """An urgent matter that is due late still goes before an ordinary one that is due early."""
    _, times = served(
        {
            "arrivals.ordinary.at_days": [0, 0.1],
            "arrivals.urgent.at_days": [0.5],
            "teams.desk.order": "due_date",
            "tracks.ordinary.steps.serve.due_days": 1,
            "tracks.urgent.steps.serve.due_days": 500,
        }
    )
    assert times["urgent"] == [(1, 2)]
    assert times["ordinary"] == [(0, 1), (2, 3)]


def test_who_loses_patience_leaves_the_queue() -> None:
    """Three matters at 0, a day each, patience 1.5 days: the third gives up at 1.5, before its turn at 2."""
    journal, times = served(
        {
            "arrivals.ordinary.at_days": [0, 0, 0],
            "arrivals.urgent.at_days": [],
            "tracks.ordinary.steps.serve.patience_days": 1.5,
            "tracks.ordinary.steps.serve.gives_up_to": "gone",
        }
    )
    assert times["ordinary"][:2] == [(0, 1), (1, 2)]
    assert np.isnan(times["ordinary"][2]).all()
    withdrawn = journal.activities["withdrawn"]
    assert sorted(withdrawn[~np.isnan(withdrawn)].tolist()) == [1.5]
    assert sorted(journal.cases["left"].tolist()) == [1, 1.5, 2]


def test_work_waits_for_the_office_to_open_and_stops_when_it_closes() -> None:
    """Office hours 8.00–15.24 on working days; 1 January is a holiday, and the 6th is a Saturday.

    Each matter takes 10 hours. The first comes at midnight of the new year: it starts on day 1 at 8.00, 7.4 hours are
    done that day, 2.6 on the next: it ends on day 2 at 10.36. The second, which came a little later, follows at
    once: 4.8 hours on day 2, 5.2 on day 3, until 13.12. The third comes on Saturday (day 5): Monday (day 7) at 8.00.
    """
    _, times = served(
        {
            "arrivals.ordinary.at_days": [0, 0.1, 5.5],
            "arrivals.urgent.at_days": [],
            "teams.desk.calendar": "office",
            "tracks.ordinary.steps.serve.hours": 10,
        }
    )
    expected = [
        (1 + 8 * HOUR, 2 + 10.6 * HOUR),
        (2 + 10.6 * HOUR, 3 + 13.2 * HOUR),
        (7 + 8 * HOUR, 8 + 10.6 * HOUR),
    ]
    np.testing.assert_allclose(times["ordinary"], expected, atol=1e-9)


def test_work_that_ends_when_the_office_closes_is_followed_by_work_the_next_day() -> None:
    """Matters of exactly one working day (7.4 h): each starts at 8.00 of a working day, none at closing time."""
    _, times = served(
        {
            "arrivals.ordinary.at_days": [0] * 24,
            "arrivals.urgent.at_days": [],
            "teams.desk.calendar": "office",
            "tracks.ordinary.steps.serve.hours": 7.4,
        }
    )
    working_days = [day for day in range(1, 36) if day % 7 < 5][:24]  # day 0 is a Monday, and a holiday
    expected = [(day + 8 * HOUR, day + 15.4 * HOUR) for day in working_days]
    np.testing.assert_allclose(times["ordinary"], expected, atol=1e-9)


def test_what_comes_at_night_is_sorted_when_the_office_opens() -> None:
    """Nobody books ahead while off duty: what is urgent goes first, however late in the night it came.

    Ordinary matters come on Friday night and on Saturday, an urgent one on Sunday, an hour each. On Monday at 8.00 the
    urgent one is first.
    """
    _, times = served(
        {
            "arrivals.ordinary.at_days": [4.9, 5.5],
            "arrivals.urgent.at_days": [6.5],
            "teams.desk.calendar": "office",
            "tracks.ordinary.steps.serve.hours": 1,
            "tracks.urgent.steps.serve.hours": 1,
        }
    )
    monday = 7 + 8 * HOUR
    np.testing.assert_allclose(times["urgent"], [(monday, monday + HOUR)], atol=1e-9)
    np.testing.assert_allclose(
        times["ordinary"], [(monday + HOUR, monday + 2 * HOUR), (monday + 2 * HOUR, monday + 3 * HOUR)], atol=1e-9
    )


def test_patience_can_run_out_before_the_office_opens() -> None:
    """A matter that comes on Friday night with a day's patience is given up on Saturday: nobody has begun it."""
    journal, times = served(
        {
            "arrivals.ordinary.at_days": [4.9],
            "arrivals.urgent.at_days": [],
            "teams.desk.calendar": "office",
            "tracks.ordinary.steps.serve.patience_days": 1,
            "tracks.ordinary.steps.serve.gives_up_to": "gone",
        }
    )
    assert np.isnan(times["ordinary"]).all()
    assert journal.cases["left"].tolist() == [5.9]


def test_work_goes_on_after_a_stretch_off_duty() -> None:
    """Work that is begun before a stretch off duty is finished after it.

    From Ciw's test_preemptive_schedules_resume_options: off duty from 5 to 9, work arrives at 1 and lasts 10: it ends
    at 15. Here the hours of the day are shifted by 19: off duty from 0 to 4, work arrives at 20 and ends at 34, which
    is 10 the next morning.
    """
    _, times = served(
        {
            "calendars.office": {
                "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
                "public_holidays": False,
                "opens": 4,
                "hours": 20,
            },
            "arrivals.ordinary.at_days": [20 * HOUR],
            "arrivals.urgent.at_days": [],
            "teams.desk.calendar": "office",
            "tracks.ordinary.steps.serve.hours": 10,
        }
    )
    np.testing.assert_allclose(times["ordinary"], [(20 * HOUR, 34 * HOUR)], atol=1e-9)


def test_queue_and_busy_time_are_cut_at_the_horizon() -> None:
    """Tasks of 5, 10 and 15 days, all at 0, one caseworker, the end after 12 days: busy 12, waiting 5 + 12 = 17.

    From pydesrap's test_monitoredresource_cleanup. What runs or waits at the end is in the journal, not over.
    """
    door = {
        "label": {"da": "Dør", "en": "Door"},
        "track": "ordinary",
        "at_days": [0],
        "ages": [{"from_age": 0, "to_age": 1, "weight": 1}],
        "profiles": {"general": 1},
        "levels": {"1": 1},
    }
    hours = {"by": "source", "values": {"first": 120, "second": 240, "third": 360}}
    changes = {
        "horizon.years": years(12),
        "arrivals": {"first": door, "second": door, "third": door},
        "tracks.ordinary.steps.serve.hours": hours,
        "tracks.urgent": None,
    }
    journal = simulate(small_map("counter", changes))
    assert journal.horizon == 12
    work = journal.activities
    assert len(work["case"]) == 3
    started = np.nan_to_num(work["started"], nan=journal.horizon)
    finished = np.nan_to_num(work["finished"], nan=journal.horizon)
    assert (started - work["requested"]).sum() == 17
    assert (finished - started).sum() == 12
    assert np.isnan(work["finished"]).sum() == 2
    assert np.isnan(work["started"]).sum() == 1
