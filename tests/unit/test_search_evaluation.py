"""What replications say about a candidate: shares and their intervals, violations, when to give up, who is better."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.experiment.search.evaluation import (
    FAR_OFF,
    Evaluation,
    better,
    cannot_be_kept,
    evaluate,
    non_dominated,
    violation,
)
from sim.scenario.search import Limit, Search, Variable

pytestmark = pytest.mark.unit

NAN = float("nan")
WAIT = Limit(kpi="wait.total", at_most=100.0, probability=0.8)
SHARE = Limit(kpi="deadline.assessment_4m", at_least=0.5, probability=0.5)
SEARCH = Search(variables={"teams.a.caseworkers": Variable(low=1, high=9)}, limits=(WAIT, SHARE))


def judged(waits: list[float], shares: list[float], costs: list[float], today: list[float]) -> Evaluation:
    figures = {
        ("cost.total", "all"): np.array(costs),
        ("wait.total", "all"): np.array(waits),
        ("deadline.assessment_4m", "all"): np.array(shares),
    }
    return evaluate(figures, {("cost.total", "all"): np.array(today)}, SEARCH, 0.95)


@pytest.mark.parametrize(("count", "of"), [(0, 10), (10, 10), (9, 10), (3, 7), (54, 60)])
def test_the_interval_of_a_share_is_that_of_clopper_and_pearson(count: int, of: int) -> None:
    waits = [90.0] * count + [110.0] * (of - count)
    kept = judged(waits, [1.0] * of, [1.0] * of, [1.0] * of).limits[0]
    expected = binomtest(count, of).proportion_ci(0.95, method="exact")
    assert (kept.low, kept.high) == pytest.approx((expected.low, expected.high))


def test_a_candidate_is_judged_by_the_shares_of_its_futures() -> None:
    found = judged([90, 95, 100, 99, 120], [0.6, 0.4, 0.5, 0.2, 0.1], [10, 11, 12, 13, 14], [9, 10, 10, 11, 11])
    first, second = found.limits
    assert (first.kept, first.replications, first.share) == (4, 5, 0.8)
    assert (second.kept, second.share) == (2, 0.4)
    assert first.violation == pytest.approx(0.0)  # the fourth of five waits is exactly the limit
    assert second.violation == pytest.approx((0.5 - 0.4) / 0.5)  # three of five must reach it, and the third is 0.4
    assert not found.feasible
    assert found.violation == pytest.approx(0.2)
    assert found.aim.mean == 12
    assert found.difference.mean == pytest.approx(1.8)


def test_a_future_with_nothing_to_measure_does_not_keep_a_limit() -> None:
    kept = judged([90, 90, 90, NAN, NAN], [1.0] * 5, [1.0] * 5, [1.0] * 5).limits[0]
    assert (kept.kept, kept.missing, kept.share) == (3, 2, 0.6)
    assert kept.violation == FAR_OFF
    assert kept.figure.mean == 90


@given(
    st.lists(st.floats(0, 200) | st.just(NAN), min_size=1, max_size=12),
    st.floats(0.05, 1.0),
    st.booleans(),
    st.floats(1, 150),
)
def test_the_violation_says_exactly_whether_enough_futures_keep_the_limit(
    values: list[float], probability: float, most: bool, bound: float
) -> None:
    side = {"at_most": bound} if most else {"at_least": bound}
    limit = Limit(kpi="wait.total", probability=probability, **side)
    count = sum(value <= bound if most else value >= bound for value in values)
    assert (violation(limit, np.array(values)) <= 0) == (count >= limit.needed(len(values)))


@given(st.lists(st.sampled_from([50.0, 150.0, NAN]), min_size=1, max_size=12), st.floats(0.05, 1.0), st.data())
def test_a_candidate_is_only_given_up_when_nothing_could_save_it(values: list[float], probability: float, data) -> None:
    limit = Limit(kpi="wait.total", at_most=100.0, probability=probability)
    seen = values[: data.draw(st.integers(1, len(values)))]
    best_case = [*seen, *([50.0] * (len(values) - len(seen)))]
    hopeless = cannot_be_kept(limit, np.array(seen), len(values))
    assert hopeless == (violation(limit, np.array(best_case)) > 0)
    if hopeless:
        assert violation(limit, np.array(seen)) > 0


def test_keeping_the_limits_comes_before_the_price() -> None:
    cheap = judged([300] * 5, [1.0] * 5, [1.0] * 5, [5.0] * 5)
    nearer = judged([150] * 5, [1.0] * 5, [4.0] * 5, [5.0] * 5)
    dear = judged([50] * 5, [1.0] * 5, [9.0] * 5, [5.0] * 5)
    fair = judged([90] * 5, [1.0] * 5, [6.0] * 5, [5.0] * 5)
    assert better(fair, dear)
    assert better(dear, nearer)
    assert better(nearer, cheap)
    assert not better(cheap, cheap)


def test_of_candidates_those_remain_that_no_other_beats() -> None:
    points = [(1.0, 9.0), (2.0, 5.0), (2.0, 6.0), (3.0, 5.0), (4.0, 1.0), (2.0, 5.0), (0.5, NAN)]
    assert non_dominated(points) == [True, True, False, False, True, True, False]


def test_what_is_nan_survives_being_written() -> None:
    found = judged([NAN] * 5, [1.0] * 5, [1.0] * 5, [1.0] * 5)
    again = Evaluation.model_validate_json(found.model_dump_json())
    assert np.isnan(again.limits[0].figure.mean)
    assert again.limits[1] == found.limits[1]
