"""Price levels: wages and prices apart, the level of another year, and each year's own."""

from __future__ import annotations

from typing import Any

import pytest
from journals import Book, small_town
from priced_town import INDEX, amounts, priced_town

from sim.measures.costs.index import growth
from sim.scenario.costs import Series

pytestmark = pytest.mark.unit


def town(**costs: Any) -> Any:
    """Return the town with prices of 2023 half of which are wages: these grow 25 % to 2023, and 10 % to 2024."""
    return priced_town({"index": INDEX, "wage_share": 0.5, **costs})


def book() -> Book:
    """Return 5 days in 2023 and 5 in 2024, at 100 DKK."""
    written = Book(run_in=360, horizon=370)
    written.spell("support", start=0, end=400)
    return written


def test_growth_goes_forwards_and_backwards_and_beyond_the_table_if_it_may():
    series = Series(percent={"2023": 10.0, "2024": 20.0}, later_percent=50.0)
    assert growth(series, 2023, 2023) == 1.0
    assert growth(series, 2022, 2024) == pytest.approx(1.32)
    assert growth(series, 2024, 2022) == pytest.approx(1 / 1.32)
    assert growth(series, 2024, 2026) == pytest.approx(2.25)
    with pytest.raises(KeyError, match="how prices grow to 2022"):
        growth(series, 2021, 2023)
    with pytest.raises(KeyError, match="how prices grow to 2025"):
        growth(Series(percent={"2024": 20.0}), 2023, 2025)
    assert growth(Series(percent={}, later_percent=10.0), 2020, 2022) == pytest.approx(1.21)


def test_amounts_stay_at_the_price_lists_own_level_unless_another_is_asked_for():
    assert amounts(book(), town(), "year") == {2023: 500, 2024: 500}
    assert amounts(book(), town(level={"year": 2023}), "year") == {2023: 500, 2024: 500}
    assert amounts(book(), small_town(), "year") == {2023: 500, 2024: 500}


def test_at_the_level_of_a_year_all_amounts_are_in_that_years_kroner():
    """Half of it grows by 10 % to 2024, and had grown by 25 % from 2022."""
    assert amounts(book(), town(level={"year": 2024}), "year") == {2023: 525, 2024: 525}
    assert amounts(book(), town(level={"year": 2022}), "year") == {2023: 450, 2024: 450}


def test_nominal_amounts_are_at_each_years_own_level():
    assert amounts(book(), town(level={"kind": "nominal"}), "year") == {2023: 500, 2024: 525}


@pytest.mark.parametrize(("wage_share", "of_2024"), [(0.0, 600), (0.5, 575), (1.0, 550)])
def test_what_is_not_wages_grows_as_prices_do(wage_share: float, of_2024: float):
    """Wages grow by 10 % to 2024, other prices by 20 %."""
    index = {**INDEX, "prices": {"percent": {"2023": 0.0, "2024": 20.0}, "later_percent": 0.0}}
    scenario = town(index=index, wage_share=wage_share, level={"kind": "nominal"})
    assert amounts(book(), scenario, "year") == {2023: 500, 2024: of_2024}


def test_a_price_may_have_a_wage_share_of_its_own():
    scenario = priced_town({"index": INDEX, "level": {"year": 2024}}, {"support": {"wage_share": 1.0}})
    assert amounts(book(), scenario, "year") == {2023: 550, 2024: 550}


def test_caseworkers_cost_what_wages_cost_and_the_board_is_a_blend():
    written = Book(horizon=365)
    written.employed("adults", 0)
    written.event("board", since=10, time=100, outcome="upheld", track="appeal")
    assert amounts(written, town(level={"year": 2024})) == {"staff": 660_000, "board": 1_050}


def test_another_level_needs_an_index():
    with pytest.raises(KeyError, match=r"no price index \(costs.index\)"):
        amounts(book(), priced_town({"level": {"year": 2024}}))
