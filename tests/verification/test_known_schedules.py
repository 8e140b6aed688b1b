"""Caseworkers who come and go by a timetable: what they have begun they finish, and their working time is counted.

The unit of time is a day, worked round the clock.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from small_maps import rows, small_map, years

from sim.measures import measure
from sim.model import simulate

pytestmark = pytest.mark.verification

DAY_0 = "2024-01-01"


def _one_each(days: list[float], lengths: list[float]) -> dict[str, Any]:
    """Return changes of the counter's map: somebody comes on each of the days, whose work takes so many days."""
    door = {
        "label": {"da": "Dør", "en": "Door"},
        "track": "ordinary",
        "ages": [{"from_age": 0, "to_age": 1, "weight": 1}],
        "profiles": {"general": 1},
        "levels": {"1": 1},
    }
    names = [f"door_{number}" for number in range(len(days))]
    return {
        "arrivals": {name: {**door, "at_days": [day]} for name, day in zip(names, days, strict=True)},
        "tracks.ordinary.steps.serve.hours": {
            "by": "source",
            "values": {name: 24 * length for name, length in zip(names, lengths, strict=True)},
        },
        "tracks.urgent": None,
    }


def _team(first: int, **changes: tuple[int, str]) -> dict[str, Any]:
    return {
        "label": {"da": "Hold", "en": "Shift"},
        "administration": "welfare",
        "allocation": "pooled",
        "order": "first_come",
        "calendar": "always",
        "caseworkers": first,
        "changes": {name: {"caseworkers": number, "begins": date} for name, (number, date) in changes.items()},
    }


def test_work_that_was_begun_is_finished_after_the_shift() -> None:
    """Three caseworkers until day 7, two others until day 11, one other until day 20; overtimes 0, 1, 3, 2, 3.

    From Ciw's test_overtime: arrivals at 1, 1, 1, 9, 9, 12 with service of 5, 7, 9, 4, 5, 5. In Ciw each shift is
    other servers; so here each is a team of its own, to which work goes by the period that the day falls in. A team
    cannot be without anybody for ever: each has one caseworker again from day 24 on.

    1–6 (no overtime), 1–8 (1 beyond day 7), 1–10 (3); 9–13 (2 beyond day 11), 9–14 (3); 12–17 (within the last shift).
    """
    later = (1, "2024-01-25")
    scenario = small_map(
        "counter",
        {
            **_one_each([1, 1, 1, 9, 9, 12], [5, 7, 9, 4, 5, 5]),
            "horizon.years": years(30),
            "periods": {"first": DAY_0, "second": "2024-01-08", "third": "2024-01-12"},
            "teams": {
                "first": _team(3, end=(-3, "2024-01-08"), later=later),
                "second": _team(0, begin=(2, "2024-01-08"), end=(-2, "2024-01-12"), later=later),
                "third": _team(0, begin=(1, "2024-01-12"), end=(-1, "2024-01-21"), later=later),
            },
            "tracks.ordinary.steps.serve.team": {
                "by": "period",
                "values": {"first": "first", "second": "second", "third": "third"},
            },
        },
    )
    journal = simulate(scenario)
    work = journal.activities
    order = np.lexsort((work["finished"], work["started"]))
    assert work["started"][order].tolist() == [1, 1, 1, 9, 9, 12]
    assert work["finished"][order].tolist() == [6, 8, 10, 13, 14, 17]
    staff = rows(journal, "staff", kind="employed")
    left = {
        (team, worker): end for team, worker, end in zip(staff["resource"], staff["worker"], staff["end"], strict=True)
    }
    shift_ends = np.array([left[team, worker] for team, worker in zip(work["resource"], work["worker"], strict=True)])
    overtime = np.maximum(work["finished"] - shift_ends, 0.0)[order]
    assert overtime.tolist() == [0, 1, 3, 2, 3, 0]


def test_who_stays_in_the_team_goes_on_working() -> None:
    """The same in one team: of three caseworkers the third leaves on day 7 and the second on day 11.

    The third has begun the work that lasts until 10: 3 days beyond their last day. At 9 the second, who was free last,
    begins what lasts until 13, 2 days beyond their last day, and the first what lasts until 14. Nobody else is there
    from then on: who comes at 12 waits for the first until 14.
    """
    scenario = small_map(
        "counter",
        {
            **_one_each([1, 1, 1, 9, 9, 12], [5, 7, 9, 4, 5, 5]),
            "horizon.years": years(20),
            "teams.desk": _team(3, second=(-1, "2024-01-08"), third=(-1, "2024-01-12")),
        },
    )
    work = simulate(scenario).activities
    order = np.argsort(work["case"])
    assert work["started"][order].tolist() == [1, 1, 1, 9, 9, 14]
    assert work["finished"][order].tolist() == [6, 8, 10, 13, 14, 19]
    assert work["worker"][order].tolist() == [0, 1, 2, 1, 0, 0]


def test_utilisation_counts_the_hours_that_there_were() -> None:
    """One caseworker until day 9, two until day 23: 21 days of work in 9 + 2 × 14 = 37 days.

    From Ciw's test_server_utilisation_with_schedules: arrivals at 2, 6, 10, 10, 17 with service of 4, 2, 6, 6, 3, each
    of which begins at once.
    """
    scenario = small_map(
        "counter",
        {
            **_one_each([2, 6, 10, 10, 17], [4, 2, 6, 6, 3]),
            "horizon.years": years(23),
            "teams.desk": _team(1, second=(1, "2024-01-10")),
        },
    )
    journal = simulate(scenario)
    assert journal.horizon == 23
    np.testing.assert_array_equal(journal.activities["started"], journal.activities["requested"])
    figures = measure(journal, scenario).kpis
    utilisation = figures[(figures["kpi"] == "staff.utilisation") & (figures["group"] == "desk")]["value"]
    assert utilisation.tolist() == pytest.approx([21 / 37], abs=1e-12)
    employed = figures[(figures["kpi"] == "staff.caseworkers") & (figures["group"] == "desk")]["value"]
    assert employed.tolist() == pytest.approx([37 / 23], abs=1e-12)
