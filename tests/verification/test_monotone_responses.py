"""More of what is short never makes the wait for it longer, beyond the noise; and more of it does help.

In the smallest municipality, with the same persons in every alternative (common random numbers), so that the
difference of each replication is between like and like.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from municipalities import configured
from queueing_theory import estimate
from small_maps import rows

from sim.journal import Journal
from sim.model import simulate

pytestmark = pytest.mark.verification

REPLICATIONS = 8


def wait_in_queue(journal: Journal) -> float:
    """Return the mean wait for an adviser to begin, in days; what still waits counts as long as it has waited."""
    tasks = rows(journal, "activities", resource="advisers")
    until = np.where(np.isnan(tasks["started"]), tasks["withdrawn"], tasks["started"])
    return float((np.nan_to_num(until, nan=journal.horizon) - tasks["requested"]).mean())


def wait_for_panel(journal: Journal) -> float:
    """Return the mean wait for the panel's meeting, in days; what still waits counts as long as it has waited."""
    seats = rows(journal, "activities", resource="board")
    return float((np.nan_to_num(seats["started"], nan=journal.horizon) - seats["requested"]).mean())


def wait_for_place(journal: Journal) -> float:
    """Return the mean wait from decision to start, in days; what still waits counts as long as it has waited."""
    spells = rows(journal, "spells", kind="ordinary")
    until = np.where(np.isnan(spells["start"]), spells["withdrawn"], spells["start"])
    return float((np.nan_to_num(until, nan=journal.horizon) - spells["decided"]).mean())


@pytest.mark.parametrize(
    ("key", "values", "measure"),
    [
        ("teams.advisers.caseworkers", [1, 2, 3, 5], wait_in_queue),
        ("panels.board.seats", [2, 3, 4, 8], wait_for_panel),
        ("panels.board.every_weeks", [4, 2, 1], wait_for_panel),
        ("services.family_support.suppliers.own.places", [25, 35, 45, 70], wait_for_place),
    ],
    ids=["caseworkers", "seats", "meetings", "places"],
)
def test_more_never_lengthens_the_wait(key: str, values: list[int], measure: Callable[[Journal], float]) -> None:
    """Caseworkers of the only team, seats and meetings of the panel, places of the service."""
    # The caseload is not capped here: a cap moves the wait from the desk to the allocation of a caseworker.
    always = ["municipality=one_team", "teams.advisers.max_caseload=null"]
    waits = []
    for value in values:
        scenario = configured(*always, f"{key}={value}").scenario
        waits.append([measure(simulate(scenario, replication)) for replication in range(REPLICATIONS)])
    for fewer, more in pairwise(waits):
        difference = estimate(np.subtract(more, fewer))
        assert difference.mean - difference.half_width <= 0, f"more of {key} lengthens the wait"
    overall = estimate(np.subtract(waits[-1], waits[0]))
    assert overall.mean + overall.half_width < 0, f"more of {key} does not shorten the wait"


def test_without_limits_nobody_waits_for_anybody() -> None:
    """With more caseworkers, seats and places than persons, the only wait is for the office and the panel's day."""
    overrides = [
        "municipality=one_team",
        "teams.advisers.caseworkers=400",
        "panels.board.seats=null",
        "panels.board.every_weeks=1",
        "services.family_support.suppliers.own.places=null",
        "services.family_support.suppliers.own.lead_days=0",
    ]
    journal = simulate(configured(*overrides).scenario)
    assert wait_for_place(journal) == 0
    assert wait_for_panel(journal) < 7 + 3  # a week, and a meeting moved by holidays
    tasks = rows(journal, "activities", resource="advisers")
    waits = (tasks["started"] - tasks["requested"])[~np.isnan(tasks["started"])]
    assert waits.max() < 6  # the longest time that the office is closed is around Christmas or Easter
