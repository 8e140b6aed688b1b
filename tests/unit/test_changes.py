"""When a change counts, and how places come and go one at a time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.changes import PlacesChange
from sim.scenario.services import Supplier

pytestmark = pytest.mark.unit

BEGINS = dt.date(2024, 1, 1)
FROM_EVER = dt.date.min


def after(days: int) -> dt.date:
    return BEGINS + dt.timedelta(days=days)


def test_places_come_at_once() -> None:
    assert list(PlacesChange(places=3).steps()) == [(FROM_EVER, 3)]
    assert list(PlacesChange(places=-3, begins=BEGINS).steps()) == [(BEGINS, -3)]


def test_places_come_one_at_a_time() -> None:
    """Four in ten days: each as soon as a whole one is due, after 2.5, 5, 7.5 and 10 days."""
    change = PlacesChange(places=4, begins=BEGINS, ends=after(10))
    assert list(change.steps()) == [(after(3), 1), (after(5), 1), (after(8), 1), (after(10), 1)]


def test_more_places_than_days() -> None:
    change = PlacesChange(places=-3, begins=BEGINS, ends=after(2))
    assert list(change.steps()) == [(after(1), -1), (after(2), -1), (after(2), -1)]


@given(places=st.integers(-40, 40), days=st.integers(1, 400), day=st.integers(-10, 420))
def test_as_many_whole_places_as_the_share_of_the_change_gives(places: int, days: int, day: int) -> None:
    change = PlacesChange(places=places, begins=BEGINS, ends=after(days))
    there = sum(more for date, more in change.steps() if date <= after(day))
    due = abs(places) * change.share(after(day))
    assert there == (1 if places > 0 else -1) * int(due + 1e-9)


def test_a_timetable_adds_the_changes_up() -> None:
    supplier = Supplier(
        kind="internal",
        places=5,
        changes={
            "always": PlacesChange(places=1),
            "fewer": PlacesChange(places=-2, begins=after(4)),
            "more": PlacesChange(places=2, begins=BEGINS, ends=after(4)),
        },
    )
    assert supplier.timetable() == [(FROM_EVER, 6), (after(2), 7), (after(4), 6)]
