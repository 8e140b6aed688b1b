"""When a scenario has paid for itself, against hand-calculated courses."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from budget_books import Entry, study
from scipy.stats import binomtest

from sim.report.budget.chance import chance
from sim.report.budget.investment import Course, Investment, investment

pytestmark = pytest.mark.unit

YEARS = (2026, 2027, 2028)
BASE: list[Entry] = [(number, year, "buf", "5.28.20", "services", 100.0) for number in range(3) for year in YEARS]


def invested(*net: Sequence[float], discount: float = 0.0) -> Investment:
    """Return the investment whose net differences by year are given for each replication."""
    new: list[Entry] = [
        (number, year, "buf", "5.28.20", "services", 100.0 + amount)
        for number, amounts in enumerate(net)
        for year, amount in zip(YEARS, amounts, strict=True)
    ]
    both = {"base": BASE, "new": new}
    return investment(study(both, years=YEARS, replications=len(net)), "new", discount)


def test_it_breaks_even_in_the_first_year_whose_mean_has_turned() -> None:
    one = invested((50, -30, -30), (50, -20, -40), (50, -10, -10))
    assert [year.net.mean for year in one.years] == pytest.approx([50, -20, -80 / 3])
    assert [year.cumulated.mean for year in one.years] == pytest.approx([50, 30, 10 / 3])
    assert one.course is Course.NEVER
    assert one.break_even is None
    two = invested((50, -30, -30), (50, -20, -40), (50, -10, -30))
    assert two.course is Course.BREAKS_EVEN
    assert two.break_even is not None
    assert two.break_even.year == 2028
    assert (two.break_even.paid_back.happened, two.break_even.paid_back.of) == (2, 3)  # -10, -10, 10


def test_a_saving_from_the_start_is_not_a_break_even() -> None:
    assert invested((-5, 1, 1), (-5, 1, 1)).course is Course.SAVES
    assert invested((-5, 1, 9), (-5, 1, 9)).course is Course.SAVES_FIRST
    assert invested((-5, 1, 1), (-5, 1, 1)).break_even is None


def test_no_difference_at_all_is_said_to_be_none() -> None:
    assert invested((0, 0, 0), (0, 0, 0)).course is Course.SAME
    assert invested((10, -10, 0), (-10, 10, 0)).course is Course.SAVES


def test_an_extra_cost_that_is_exactly_earned_back_has_broken_even() -> None:
    one = invested((0.10, -0.03, -0.07), (0.10, -0.03, -0.07))
    assert one.break_even is not None
    assert one.break_even.year == 2028
    assert one.years[2].paid_back.share == 1.0


def test_discounting_makes_later_savings_smaller() -> None:
    plain, discounted = invested((100, -50, -50)), invested((100, -50, -50), discount=10.0)
    assert plain.course is Course.BREAKS_EVEN
    assert discounted.course is Course.NEVER
    assert [year.factor for year in discounted.years] == pytest.approx([1, 1 / 1.1, 1 / 1.21])
    assert discounted.years[2].cumulated.mean == pytest.approx(100 - 50 / 1.1 - 50 / 1.21)
    assert discounted.years[2].net.mean == -50


def test_the_cumulated_interval_is_over_replications_of_the_sum() -> None:
    """What one year takes, the next gives back in each future: the sum is certain though the years are not."""
    one = invested((10, -10, 5), (30, -30, 5), (20, -20, 5))
    assert one.years[0].cumulated.high - one.years[0].cumulated.low > 20
    assert (one.years[1].cumulated.low, one.years[1].cumulated.high) == (0.0, 0.0)


@pytest.mark.parametrize(("happened", "of"), [(0, 10), (3, 10), (10, 10), (1, 1), (0, 1), (17, 40)])
def test_the_exact_interval_is_clopper_and_pearsons(happened: int, of: int) -> None:
    own = chance(happened, of, 0.95)
    known = binomtest(happened, of).proportion_ci(0.95, "exact")
    assert (own.low, own.high) == (pytest.approx(known.low), pytest.approx(known.high))
    assert own.share == happened / of


def test_the_exact_interval_when_it_never_happened() -> None:
    """Then its upper end is 1 − 0.025 ** (1 / n)."""
    assert chance(0, 10, 0.95).high == pytest.approx(1 - 0.025**0.1)
