"""Decision meetings: who is decided when, and the mean wait.

The meetings of ``panel.yaml`` are on Tuesdays at 10.00, every second week from 2 January 2024 (day 1).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from queueing_theory import estimate
from small_maps import Floats, Table, in_order, small_map, years

from sim.model import simulate

pytestmark = pytest.mark.verification

TEN = 10 / 24
MEETINGS = [1 + TEN + 14 * number for number in range(60)]


def waited(changes: dict[str, Any], replication: int = 0) -> Table:
    """Return the cases on the panel's list, in the order in which they came."""
    return in_order(simulate(small_map("panel", changes), replication).activities, "requested")


@pytest.mark.parametrize("weeks", [1, 2, 4])
def test_evenly_spread_arrivals_wait_half_a_cycle(weeks: int) -> None:
    """Arrivals spread evenly over one cycle, seats without limit: the mean wait is exactly half of the cycle.

    Two weeks give 7 days.
    """
    cycle = 7 * weeks
    arrivals = [1 + TEN + cycle * (index + 0.5) / 1000 for index in range(1000)]
    cases = waited({"arrivals.customers.per_year": None, "arrivals.customers.at_days": arrivals} | _every(weeks))
    assert (cases["started"] - cases["requested"]).mean() == pytest.approx(cycle / 2, rel=1e-9)
    assert np.unique(cases["started"]).tolist() == [pytest.approx(1 + TEN + cycle)]


def _every(weeks: int) -> dict[str, Any]:
    return {"panels.board.every_weeks": weeks}


def test_random_arrivals_wait_a_week_for_a_fortnightly_panel() -> None:
    """Poisson arrivals fall evenly into the two-week cycle: mean wait 7 days, and all wait less than 14."""
    means = []
    for replication in range(8):
        cases = waited({}, replication)
        over = cases["requested"] < MEETINGS[51]
        waits = (cases["started"] - cases["requested"])[over & (cases["requested"] >= MEETINGS[0])]
        assert waits.min() > 0
        assert waits.max() < 14
        means.append(waits.mean())
    assert estimate(means).agrees_with(7)


def test_a_meeting_on_a_holiday_is_held_on_the_next_working_day() -> None:
    """Christmas Eve 2024 is a Tuesday, and the next two days are holidays too: Friday the 27th."""
    cases = waited(
        {
            "calendars.office": {},
            "panels.board.every_weeks": 1,
            "arrivals.customers.per_year": None,
            "arrivals.customers.at_days": [353.0, 364.0],  # 19 December, 30 December
        }
    )
    # Of 31 December the meeting moves too: 2 January 2025 is day 367.
    np.testing.assert_allclose(cases["started"], [361 + TEN, 367 + TEN])


def test_seats_are_taken_in_order_and_the_rest_wait_for_the_next_meeting() -> None:
    """Three seats, eight cases before the first meeting: three, three, two."""
    cases = waited(
        {
            "panels.board.seats": 3,
            "arrivals.customers.per_year": None,
            "arrivals.customers.at_days": [index / 10 for index in range(8)],
        }
    )
    expected = [MEETINGS[0]] * 3 + [MEETINGS[1]] * 3 + [MEETINGS[2]] * 2
    np.testing.assert_allclose(cases["started"], expected)
    np.testing.assert_array_equal(cases["finished"], cases["started"])


def test_a_case_must_be_ready_in_time_for_the_agenda() -> None:
    """Cases must be ready three days before: one that comes two days before a meeting is on the next one's agenda."""
    cases = waited(
        {
            "panels.board.preparation_days": 3,
            "arrivals.customers.per_year": None,
            "arrivals.customers.at_days": [MEETINGS[1] - 3.01, MEETINGS[1] - 2.0, MEETINGS[1] + 1.0],
        }
    )
    np.testing.assert_allclose(cases["started"], [MEETINGS[1], MEETINGS[2], MEETINGS[2]])


def test_a_case_that_comes_after_the_last_meeting_still_waits_at_the_end() -> None:
    """Four weeks: meetings on days 1 and 15; what comes on day 16 waits when the simulation ends on day 28."""
    cases = waited(
        {
            "horizon.years": years(28),
            "arrivals.customers.per_year": None,
            "arrivals.customers.at_days": [0.0, 2.0, 16.0],
        }
    )
    np.testing.assert_allclose(cases["started"], [MEETINGS[0], MEETINGS[1], np.nan])


def test_batches_with_few_seats_wait_as_a_slotted_queue() -> None:
    """With seats for nearly all, the mean wait is half a cycle plus what stands over from meeting to meeting.

    Let X be the number of cases left over after a meeting: X' = max(X + A − s, 0) with A the Poisson number of
    arrivals in a cycle. The stationary mean of X follows from the chain itself, and by Little's law the mean wait is
    7 days + 14 days · E[X]/E[A].
    """
    per_year, seats = 365.25 / 14 * 4, 5
    probabilities = _poisson(4.0, 400)
    left = np.zeros(400)
    left[0] = 1.0
    for _ in range(4000):
        total = np.convolve(left, probabilities)[: 400 + seats]
        left = np.concatenate(([total[: seats + 1].sum()], total[seats + 1 : 400 + seats]))
        left = np.pad(left, (0, 400 - len(left)))
    answer = 7 + 14 * float(left @ np.arange(400)) / 4
    changes = {
        "panels.board.seats": seats,
        "arrivals.customers.per_year": per_year,
        "horizon.run_in_years": 3,
        "horizon.years": 40,
    }
    means, luck = [], []
    for replication in range(30):
        cases = waited(changes, replication)
        counted = (cases["requested"] >= 3 * 365) & (cases["requested"] < 41 * 365)
        waits = (cases["started"] - cases["requested"])[counted]
        assert not np.isnan(waits).any()
        means.append(waits.mean())
        luck.append(counted.sum() / (38 * 365 * per_year / 365.25) - 1)
    assert estimate(means, luck).agrees_with(answer)


def _poisson(mean: float, size: int) -> Floats:
    numbers = np.arange(1, size)
    logs = np.concatenate(([0.0], np.cumsum(np.log(mean) - np.log(numbers))))
    return np.exp(logs - mean)
