"""Small counts of real persons are hidden, and cannot be worked out from those that are shown."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.small_counts import Shown, shown

pytestmark = pytest.mark.unit


def test_large_counts_are_shown_as_they_are() -> None:
    assert shown({"a": 5, "b": 12, "c": 0}, 5) == Shown({"a": 5, "b": 12, "c": 0}, 17)


def test_a_single_small_count_takes_the_next_smallest_with_it() -> None:
    assert shown({"a": 3, "b": 40, "c": 9}, 5) == Shown({"a": None, "b": 40, "c": None}, 52)


def test_small_counts_whose_sum_would_give_them_away_take_another_with_them() -> None:
    """1 and 1 add up to 2, so both would be known."""
    assert shown({"a": 1, "b": 1, "c": 30}, 5) == Shown({"a": None, "b": None, "c": None}, 32)


def test_a_small_total_is_hidden() -> None:
    assert shown({"a": 4}, 5) == Shown({"a": None}, None)
    assert shown({"a": 2, "b": 2}, 5) == Shown({"a": None, "b": None}, None)


def test_nobody_at_all_is_no_secret() -> None:
    assert shown({}, 5) == Shown({}, 0)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.integers(2, 5))
def test_whoever_knows_the_rest_cannot_work_a_small_count_out(numbers: list[int], below: int) -> None:
    """Every hidden count could be 1, and could be as large as the threshold, for all that is shown."""
    counts = {str(position): number for position, number in enumerate(numbers)}
    result = shown(counts, below)
    assert all(count is None or count == 0 or count >= below for count in result.counts.values())
    assert all(result.counts[name] in (None, count) for name, count in counts.items())
    hidden = [name for name, count in result.counts.items() if count is None]
    if hidden and result.total is not None:
        rest = result.total - sum(count for count in result.counts.values() if count is not None)
        possible = [way for way in product(range(1, rest + 1), repeat=len(hidden)) if sum(way) == rest]
        for position in range(len(hidden)):
            assert {way[position] for way in possible} >= {1, below}
