"""Random numbers that belong to a case, whoever else asks for theirs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.draws import (
    FIRST_BITS,
    LATER_BITS,
    Draw,
    Draws,
    fixed_value,
    gamma_shape_scale,
    lognormal_mu_sigma,
    purpose_code,
)
from sim.scenario.durations import Duration, Exponential, Fixed, Gamma, Lognormal, Triangular, Uniform

pytestmark = pytest.mark.unit

EXPONENTIAL = Exponential(distribution="exponential", mean=3.0)
DISTRIBUTIONS: list[tuple[Duration, float, float]] = [
    # the distribution, its mean, its coefficient of variation
    (EXPONENTIAL, 3.0, 1.0),
    (Gamma(distribution="gamma", mean=4.0, cv=0.5), 4.0, 0.5),
    (Gamma(distribution="gamma", mean=4.0, cv=1.5), 4.0, 1.5),
    (Lognormal(distribution="lognormal", mean=30.0, cv=0.7), 30.0, 0.7),
    (Uniform(distribution="uniform", low=1.0, high=5.0), 3.0, 4.0 / math.sqrt(12) / 3.0),
    (Triangular(distribution="triangular", low=1.0, mode=2.0, high=6.0), 3.0, math.sqrt(42 - 20) / math.sqrt(18) / 3.0),
]
MANY = 200_000


def taken(draw: Draw, number: int = MANY) -> np.ndarray:
    return np.array([draw(case, 0) for case in range(number)])


@given(
    addresses=st.lists(
        st.tuples(st.integers(0, 3 << FIRST_BITS), st.integers(0, 3)), min_size=1, max_size=30, unique=True
    ),
    shuffle=st.randoms(use_true_random=False),
)
def test_a_draw_does_not_depend_on_the_order_of_asking(addresses: list[tuple[int, int]], shuffle: object) -> None:
    in_order = Draws(7, 1).uniform("anything")
    values = {address: in_order(*address) for address in sorted(addresses)}
    shuffled = addresses[:]
    shuffle.shuffle(shuffled)  # type: ignore[attr-defined]
    otherwise = Draws(7, 1).uniform("anything")
    assert {address: otherwise(*address) for address in shuffled} == values
    assert {address: in_order(*address) for address in shuffled} == values


@pytest.mark.parametrize("visit", [0, 1, 2])
def test_all_cases_have_draws_of_their_own_across_block_boundaries(visit: int) -> None:
    draw = Draws(0, 0).uniform("anything")
    around = [
        *range((1 << FIRST_BITS) - 5, (1 << FIRST_BITS) + 5),
        *range((1 << LATER_BITS) - 5, (1 << LATER_BITS) + 5),
    ]
    assert len({draw(case, visit) for case in around}) == len(around)


def test_numbers_as_high_as_those_of_stocks_have_draws_too() -> None:
    draw = Draws(0, 0).uniform("anything")
    assert 0 <= draw(1_050_000_000, 0) < 1
    assert draw(1_050_000_000, 3) != draw(1_050_000_000, 2)


def test_everything_in_the_address_counts() -> None:
    def first(seed: int, replication: int, purpose: str, case: int, visit: int) -> float:
        return Draws(seed, replication).uniform(purpose)(case, visit)

    reference = first(1, 2, "a", 3, 4)
    assert reference == first(1, 2, "a", 3, 4)
    others = [first(9, 2, "a", 3, 4), first(1, 9, "a", 3, 4), first(1, 2, "b", 3, 4), first(1, 2, "a", 9, 4)]
    others.append(first(1, 2, "a", 3, 9))
    assert len({reference, *others}) == 6


def test_purposes_are_told_apart_by_their_names_alone() -> None:
    assert purpose_code("main.work.hours") == purpose_code("main.work.hours")
    assert purpose_code("main.work.hours") != purpose_code("main.work2.hours")


def test_another_purpose_changes_nothing() -> None:
    alone = Draws(0, 0)
    both = Draws(0, 0)
    both.duration("other", EXPONENTIAL)(5, 0)
    assert both.duration("one", EXPONENTIAL)(5, 0) == alone.duration("one", EXPONENTIAL)(5, 0)


@pytest.mark.parametrize(("duration", "mean", "cv"), DISTRIBUTIONS)
def test_mean_and_variation(duration: Duration, mean: float, cv: float) -> None:
    """Four standard errors of the mean; the variation to 3 %."""
    values = taken(Draws(1, 0).duration("x", duration))
    assert values.min() >= 0
    assert values.mean() == pytest.approx(mean, abs=4 * cv * mean / math.sqrt(MANY))
    assert values.std() / values.mean() == pytest.approx(cv, rel=0.03)


@pytest.mark.parametrize(("duration", "mean", "cv"), DISTRIBUTIONS)
def test_a_spell_in_progress_is_long_and_its_rest_has_the_stationary_excess(
    duration: Duration, mean: float, cv: float
) -> None:
    """The whole has mean m (1 + cv²), what remains half of that."""
    whole, remaining = Draws(1, 0).spell_in_progress("x", duration)
    length = taken(whole)
    rest = length * taken(remaining)
    assert length.mean() == pytest.approx(mean * (1 + cv**2), rel=0.03)
    assert rest.mean() == pytest.approx(mean * (1 + cv**2) / 2, rel=0.03)


def test_bounds() -> None:
    low_high = taken(Draws(1, 0).duration("x", Uniform(distribution="uniform", low=1.0, high=5.0)), 5000)
    assert low_high.min() >= 1
    assert low_high.max() < 5
    length = taken(
        Draws(1, 0).spell_in_progress("x", Triangular(distribution="triangular", low=1, mode=2, high=6))[0], 5000
    )
    assert length.min() >= 1
    assert length.max() <= 6


def test_what_is_always_the_same_is_not_drawn() -> None:
    assert fixed_value(2) == 2.0
    assert fixed_value(2.5) == 2.5
    assert fixed_value(Fixed(value=3.0)) == 3.0
    assert fixed_value(EXPONENTIAL) is None
    assert Draws(0, 0).duration("x", Fixed(value=3.0))(5, 7) == 3.0


def test_a_fixed_spell_in_progress_has_its_length_and_a_uniform_rest() -> None:
    whole, remaining = Draws(0, 0).spell_in_progress("x", 2.0)
    assert {whole(case, 0) for case in range(100)} == {2.0}
    assert taken(remaining, 20_000).mean() == pytest.approx(0.5, abs=0.01)


def test_parameters_of_distributions() -> None:
    assert gamma_shape_scale(4.0, 0.5) == (4.0, 1.0)
    mu, sigma = lognormal_mu_sigma(30.0, 0.7)
    assert math.exp(mu + sigma**2 / 2) == pytest.approx(30.0)
    assert math.sqrt(math.exp(sigma**2) - 1) == pytest.approx(0.7)
