"""Kaplan-Meier, by hand and against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from sim.measures.survival import kaplan_meier

pytestmark = pytest.mark.unit

NOTHING = np.empty(0)


def estimate(*waits: float, over: tuple[int, ...], **more: np.ndarray):
    return kaplan_meier(np.array(waits, dtype=float), np.array(over, dtype=bool), **more)


def test_the_curve_falls_at_each_end_by_the_share_of_those_still_at_risk():
    """Waits 1, 2+, 3, 4+ (+ censored): S = 3/4 from 1, then 3/4 * 1/2 = 3/8 from 3, nothing more is seen."""
    curve = estimate(1, 2, 3, 4, over=(1, 0, 1, 0))
    assert curve.times.tolist() == [1, 3]
    assert curve.shares == pytest.approx([3 / 4, 3 / 8])
    assert curve.at([0, 0.99, 1, 2.5, 3, 100]) == pytest.approx([1, 1, 3 / 4, 3 / 4, 3 / 8, 3 / 8])


def test_one_that_is_censored_when_another_ends_was_still_at_risk():
    """Waits 2 and 2+: two are at risk when the first ends."""
    assert estimate(2, 2, over=(1, 0)).at(2) == pytest.approx(1 / 2)


def test_the_mean_is_the_plain_mean_when_all_are_over_within_the_limit():
    assert estimate(0, 3, 9, over=(1, 1, 1)).mean(100) == pytest.approx(4)


def test_waits_beyond_the_limit_count_as_the_limit():
    """(2 + 10 + 10) / 3, where the last would have been 50."""
    assert estimate(2, 10, 50, over=(1, 1, 1)).mean(10) == pytest.approx(22 / 3)


def test_the_area_ends_with_the_longest_follow_up():
    """S is 1 until 2, then 1/2 until 6, where the second was last seen: 2 + 2."""
    assert estimate(2, 6, over=(1, 0)).mean(100) == pytest.approx(4)


def test_leaving_out_the_censored_would_make_waits_look_shorter():
    """Ten begin on day 0, one is served a day, the simulation ends after day 4: the median is 5, not 2.5."""
    curve = estimate(1, 2, 3, 4, 5, 5, 5, 5, 5, 5, over=(1, 1, 1, 1, 1, 0, 0, 0, 0, 0))
    assert curve.quantile(0.5) == 5
    assert curve.quantile(0.4) == 4


def test_a_quantile_that_nobody_was_followed_to_is_unknown():
    assert np.isnan(estimate(1, 2, 2, over=(1, 0, 0)).quantile(0.5))


@pytest.mark.parametrize("number", [3, 5, 7, 10, 49])
def test_a_quantile_is_found_although_products_of_shares_are_not_exact(number: int):
    """Of n waits 1, 2, ... n, the share k/n is over within k."""
    waits = np.arange(1.0, number + 1)
    curve = kaplan_meier(waits, np.ones(number, dtype=bool))
    assert [curve.quantile(k / number) for k in range(1, number + 1)] == waits.tolist()


def test_nobody_gives_nothing():
    curve = kaplan_meier(NOTHING, NOTHING > 0)
    assert np.isnan(curve.mean(10))
    assert np.isnan(curve.quantile(0.5))
    assert np.isnan(curve.at([0, 5])).all()


def test_no_end_seen_says_something_only_after_a_long_follow_up():
    """Followed for 3 of 10 days, nothing can be said; for 8, the wait is at least that."""
    assert np.isnan(estimate(3, over=(0,)).mean(10))
    assert estimate(8, over=(0,)).mean(10) == pytest.approx(8)


def test_those_who_enter_late_are_at_risk_only_from_then_on():
    """Seen from 0 to 2, and from 3 to 5: at 2 only the first was at risk."""
    late = estimate(2, 5, 6, over=(1, 1, 1), entries=np.array([0.0, 3.0, 0.0]))
    assert late.times.tolist() == [2, 5, 6]
    assert late.shares == pytest.approx([1 / 2, 1 / 4, 0])


def test_one_who_enters_when_another_ends_was_not_at_risk_then():
    """At 2 the first and the second are at risk, not the third, who enters at that moment."""
    late = estimate(2, 4, 5, over=(1, 1, 1), entries=np.array([0.0, 0.0, 2.0]))
    assert late.at(2) == pytest.approx(1 / 2)


def test_one_that_is_over_before_it_is_seen_says_nothing():
    curve = estimate(1, 2, over=(1, 1), entries=np.array([1.0, 0.0]))
    assert curve.times.tolist() == [2]


def test_a_weight_counts_like_so_many_equal_waits():
    weighted = estimate(1, 3, 4, over=(1, 0, 1), weights=np.array([2.0, 1.0, 1.0]))
    repeated = estimate(1, 1, 3, 4, over=(1, 1, 0, 1))
    assert weighted.times.tolist() == repeated.times.tolist()
    assert weighted.shares == pytest.approx(repeated.shares)


waits = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40)


@settings(deadline=None)
@given(waits)
def test_it_agrees_with_scipy(rows: list[tuple[int, bool]]):
    durations = np.array([row[0] for row in rows], dtype=float)
    over = np.array([row[1] for row in rows])
    known = ecdf(CensoredData(uncensored=durations[over], right=durations[~over])).sf
    ours = kaplan_meier(durations, over)
    assert ours.at(known.quantiles) == pytest.approx(known.probabilities)


@settings(deadline=None)
@given(waits)
def test_the_curve_never_rises_and_the_mean_never_exceeds_the_limit(rows: list[tuple[int, bool]]):
    curve = kaplan_meier(np.array([row[0] for row in rows], dtype=float), np.array([row[1] for row in rows]))
    assert (np.diff(np.concatenate(([1.0], curve.shares))) < 0).all()
    assert not curve.mean(7.0) > 7.0


def test_who_counts_twice_counts_as_two_that_came_under_observation_late() -> None:
    """Weights of those who were not followed from the beginning, and of one who says nothing at all."""
    durations = np.array([2.0, 5.0, 3.0, 7.0, 1.0])
    observed = np.array([True, True, False, True, True])
    entries = np.array([0.0, 1.0, 2.0, 4.0, 1.0])
    weights = np.array([1, 3, 2, 1, 5])
    weighted = kaplan_meier(durations, observed, entries=entries, weights=weights.astype(float))
    one_by_one = kaplan_meier(
        np.repeat(durations, weights), np.repeat(observed, weights), entries=np.repeat(entries, weights)
    )
    np.testing.assert_array_equal(weighted.times, one_by_one.times)
    np.testing.assert_allclose(weighted.shares, one_by_one.shares)
    # At 2: four at risk of whom one ends (the two of the third enter just then). At 5: three of the four who are left.
    np.testing.assert_allclose(weighted.shares, [3 / 4, 3 / 4 * 1 / 4, 0.0])


@pytest.mark.parametrize(("followed", "known"), [(5.0, True), (4.9, False)])
def test_half_of_the_limit_is_long_enough_to_say_that_nobody_was_served(followed: float, known: bool) -> None:
    mean = kaplan_meier(np.array([followed]), np.array([False])).mean(10.0)
    assert (mean == followed) if known else np.isnan(mean)
