"""Which candidates are tried: all of a small space, a sensible few of a large one, the same ones every time."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.search.evaluation import Evaluation, better, evaluate
from sim.experiment.search.space import Candidate, Space
from sim.experiment.search.study import explore
from sim.scenario.search import Limit, Search, Variable

pytestmark = pytest.mark.unit

LIMIT = Limit(kpi="wait.total", at_most=14.0, probability=1.0)


def space(*highs: int, step: int = 1) -> Space:
    variables = {f"teams.t{n}.caseworkers": Variable(low=0, high=high, step=step) for n, high in enumerate(highs)}
    return Space(variables, tuple(0 for _ in highs))


def judge(candidate: Candidate) -> Evaluation:
    """The cheapest with a wait of at most 14 is all 2 of the first, and 0 of the others: cost 2, wait 20 - 3 * 2."""
    wait = 20.0 - 3 * candidate[0] - sum(candidate[1:])
    cost = candidate[0] + 2.0 * sum(candidate[1:])
    search = Search(variables={"teams.t.caseworkers": Variable(low=0, high=1)}, limits=(LIMIT,))
    figures = {("cost.total", "all"): np.array([cost] * 2), ("wait.total", "all"): np.array([wait] * 2)}
    return evaluate(figures, None, search, 0.95)


def best_of(tried: list[tuple[Candidate, Evaluation | None]]) -> Candidate:
    winner = tried[0]
    for one in tried[1:]:
        assert one[1] is not None
        assert winner[1] is not None
        if better(one[1], winner[1]):
            winner = one
    return winner[0]


def test_a_small_space_is_tried_as_a_whole() -> None:
    tried = list(explore(space(3, 2), 12, 1, [(3, 2)], judge))
    assert tried[0][0] == (3, 2)
    assert len(tried) == len({candidate for candidate, _ in tried}) == 12
    assert best_of(tried) == (2, 0)


def test_in_a_large_space_the_known_optimum_is_found_by_a_few() -> None:
    large = space(12, 12, 12)
    tried = list(explore(large, 80, 20240601, [large.smallest, large.largest], judge))
    assert [candidate for candidate, _ in tried[:2]] == [(0, 0, 0), (12, 12, 12)]
    assert len({candidate for candidate, _ in tried}) == 80
    assert best_of(tried) == (2, 0, 0)


def test_the_sequence_follows_from_the_seed_and_from_the_results() -> None:
    large = space(8, 8, 8)

    def sequence(seed: int, trials: int, result=judge) -> list[Candidate]:
        return [candidate for candidate, _ in explore(large, trials, seed, [large.largest], result)]

    assert sequence(1, 25) == sequence(1, 25)
    assert sequence(1, 25) != sequence(2, 25)
    assert sequence(1, 15) == sequence(1, 25)[:15]


def test_candidates_keep_to_the_steps() -> None:
    tried = list(explore(space(20, 20, step=5), 20, 1, [], judge))
    assert all(value % 5 == 0 for candidate, _ in tried for value in candidate)


def test_no_candidate_is_tried_twice_even_where_almost_all_must_be() -> None:
    tried = [candidate for candidate, _ in explore(space(4, 4), 24, 3, [], judge)]
    assert len(set(tried)) == len(tried) == 24


def test_a_candidate_that_could_not_be_simulated_is_passed_over() -> None:
    def sometimes(candidate: Candidate) -> Evaluation | None:
        return None if candidate[0] == 8 else judge(candidate)

    large = space(8, 8, 8)
    tried = list(explore(large, 30, 1, [large.largest], sometimes))
    assert tried[0] == ((8, 8, 8), None)
    assert len(tried) == 30


def test_neighbours_differ_by_one_step() -> None:
    assert set(space(2, 2).neighbours((0, 1))) == {(1, 1), (0, 0), (0, 2)}


def test_the_label_says_what_a_candidate_is() -> None:
    assert space(9, 9).label((3, 7)) == "candidate--t0-3--t1-7"
