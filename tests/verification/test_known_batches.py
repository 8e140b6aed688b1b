"""Those who are dealt with together, and go on alone: the agenda of a panel."""

from __future__ import annotations

from typing import Any

import pytest
from small_maps import small_map, years

from sim.model import simulate

pytestmark = pytest.mark.verification

UNIT = 3.5
"""Days: half the cycle of a weekly panel."""


def test_two_at_a_time_then_each_alone() -> None:
    """Arrivals at 0, 1, 2, 3 in batches of two; a unit together, then 0, 1, 2, 3 units alone: ends 2, 3, 6, 7.

    From simmer's test "batches are separated". The panel meets on Thursdays at one o'clock, an hour after the second
    and the fourth arrival (who comes at the very moment of a meeting is too late for it): every end is an hour later.
    A unit together and then k alone are k + 1: simmer's activity times of 1, 2, 3, 4.
    """
    names = ["first", "second", "third", "fourth"]
    door: dict[str, Any] = {
        "label": {"da": "Dør", "en": "Door"},
        "track": "matters",
        "ages": [{"from_age": 0, "to_age": 1, "weight": 1}],
        "profiles": {"general": 1},
        "levels": {"1": 1},
    }
    changes = {
        "horizon.years": years(40),
        "panels.board.weekday": "thursday",
        "panels.board.every_weeks": 1,
        "panels.board.hour": 13,
        "panels.board.seats": 2,
        "panels.board.first_meeting": "2024-01-04",
        "arrivals": {name: {**door, "at_days": [UNIT * place]} for place, name in enumerate(names)},
        "tracks.matters.steps": {
            "meeting": {"kind": "panel", "panel": "board", "next": "together"},
            "together": {"kind": "delay", "days": UNIT, "next": "alone"},
            "alone": {
                "kind": "delay",
                "days": {"by": "source", "values": {name: UNIT * place for place, name in enumerate(names)}},
                "next": "gone",
            },
            "gone": {"kind": "end"},
        },
    }
    journal = simulate(small_map("panel", changes))
    assert (journal.cases["entered"] / UNIT).tolist() == [0, 1, 2, 3]
    ends = (journal.cases["left"] - 1 / 24) / UNIT
    assert ends.tolist() == pytest.approx([2, 3, 6, 7], abs=1e-9)
