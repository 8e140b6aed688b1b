"""Shapley values, conclusions and screening against functions whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.sensitivity.measured import conclusion, shapley
from sim.experiment.sensitivity.screening import analysed, elementary_effects, sample

pytestmark = pytest.mark.unit

NAMES = ["x1", "x2", "x3"]


def ishigami(places: np.ndarray) -> np.ndarray:
    """Ishigami and Homma (1990): S1 = 0.314, 0.442, 0; ST = 0.558, 0.442, 0.244."""
    x = np.pi * (2 * places - 1)
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_shares_of_an_additive_effect_are_what_the_parts_do_alone() -> None:
    values = [np.array([100.0, 90.0]) + 2 * (s & 1) - 5 * (s >> 1 & 1) + 11 * (s >> 2 & 1) for s in range(8)]
    assert shapley(values) == pytest.approx(np.array([[2.0, 2.0], [-5.0, -5.0], [11.0, 11.0]]))


def test_an_interaction_is_shared_equally_and_the_shares_add_up() -> None:
    values = [np.array([10.0 + 4 * (s & 1) + 6 * (s == 3)]) for s in range(4)]
    assert shapley(values).ravel().tolist() == pytest.approx([4 + 3, 3])
    random = np.random.default_rng(1).normal(size=(16, 5))
    assert shapley(list(random)).sum(axis=0) == pytest.approx(random[15] - random[0])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((-3, -1), (-2, -0.1), "holds"),
        ((-3, -1), (-2, 0.1), "gone"),
        ((-3, -1), (0.1, 2), "reversed"),
        ((-1, 1), (1, 2), ""),
        ((1, 3), (-2, -1), "reversed"),
    ],
)
def test_what_becomes_of_a_conclusion(before: tuple[float, float], after: tuple[float, float], said: str) -> None:
    assert conclusion((0.0, *before, 9), (0.0, *after, 9)) == said


def test_sobol_finds_the_indices_of_ishigami() -> None:
    places = sample("sobol", NAMES, 1024, 3)
    table = analysed("sobol", NAMES, 1024, ishigami(places), 3, 0.95).set_index("assumption")
    assert table.loc[NAMES, "S1"].tolist() == pytest.approx([0.314, 0.442, 0.0], abs=0.04)
    assert table.loc[NAMES, "ST"].tolist() == pytest.approx([0.558, 0.442, 0.244], abs=0.04)
    assert (table["ST_ci_low"] < table["ST"]).all()


def test_morris_finds_linear_effects_exactly_and_ranks_ishigami() -> None:
    places = sample("morris", NAMES, 6, 3)
    linear = places @ np.array([3.0, -5.0, 0.5])
    table = analysed("morris", NAMES, 6, linear, 3, 0.95)
    assert table["assumption"].tolist() == ["x2", "x1", "x3"]
    assert table["mu"].tolist() == pytest.approx([-5, 3, 0.5])
    assert table["mu_star"].tolist() == pytest.approx([5, 3, 0.5])
    assert table["sigma_ci_high"].tolist() == pytest.approx([0, 0, 0], abs=1e-9)
    assert elementary_effects(places, linear, 6) == pytest.approx(np.tile([3.0, -5.0, 0.5], (6, 1)))


def test_our_elementary_effects_have_the_spread_that_salib_reports() -> None:
    places = sample("morris", NAMES, 20, 3)
    outcomes = ishigami(places)
    table = analysed("morris", NAMES, 20, outcomes, 3, 0.95).set_index("assumption")
    own = elementary_effects(places, outcomes, 20).std(axis=0, ddof=1)
    assert table.loc[NAMES, "sigma"].tolist() == pytest.approx(own)
    assert (table["sigma_ci_low"] <= table["sigma"]).all()
