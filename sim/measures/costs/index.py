"""Price levels (*pris- og lønniveau*): what an amount of the price list becomes in the kroner of another year.

Wages and other prices grow apart. An amount is a blend of both, by its *wage share*. Nothing here is rounded: the
ledger rounds once, when an entry is made.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.measures.frames import Floats, Integers
from sim.scenario.costs import Costs, PriceLevel, Series

NOMINAL = PriceLevel(kind="nominal")
"""Each year's amounts at that year's own level."""


def growth(series: Series, from_year: int, to_year: int) -> float:
    """Return by what an amount at the level of one year is multiplied to be at the level of another.

    Raises:
        KeyError: The growth to one of the years in between is not known.
    """
    factor = 1.0
    for year in range(min(from_year, to_year) + 1, max(from_year, to_year) + 1):
        percent = series.percent_to(year)
        if percent is None:
            raise KeyError(f"the price index does not say how prices grow to {year}")
        factor *= 1.0 + percent / 100
    return factor if to_year >= from_year else 1.0 / factor


class Level:
    """Brings amounts at the level of the price list to the level at which they are reported, year by year."""

    def __init__(self, costs: Costs, new_years: Floats, first_year: int, until: float, level: PriceLevel) -> None:
        """Look up the factors of every year that begins before a time.

        Args:
            costs: The price list with its index.
            new_years: When the calendar years begin (days since day 0), and when the last one ends.
            first_year: The first of them.
            until: End of what is measured (days since day 0).
            level: The level to bring amounts to.
        """
        self._new_years = new_years
        # A year that begins after all that is measured needs no price level.
        years = [
            (first_year + position if begins < until else costs.price_year)
            for position, begins in enumerate(new_years[:-1].tolist())
        ]
        wages, prices = _factors(costs, years, level)
        days = np.diff(new_years)
        self._factors = wages, prices
        self._day_sums = _running(days * wages), _running(days * prices)
        self._year_sums = _running(wages), _running(prices)
        self._first_year = first_year

    def factor(self, year: Integers, wage_share: float | Floats) -> Floats:
        """Return by what amounts of a year are multiplied."""
        wages, prices = (factors[year - self._first_year] for factors in self._factors)
        return _blend(wages, prices, wage_share)

    def days(self, times: Floats, wage_share: float | Floats) -> Floats:
        """Return the days from the first New Year to some times, each multiplied by the factor of its year."""
        wages, prices = (np.interp(times, self._new_years, sums) for sums in self._day_sums)
        return _blend(wages, prices, wage_share)

    def years(self, times: Floats, wage_share: float | Floats) -> Floats:
        """Return the calendar years likewise: each has the length 1, however many days."""
        wages, prices = (np.interp(times, self._new_years, sums) for sums in self._year_sums)
        return _blend(wages, prices, wage_share)


def _factors(costs: Costs, years: Sequence[int], level: PriceLevel) -> tuple[Floats, Floats]:
    own, index = costs.price_year, costs.index
    targets = years if level.kind == "nominal" else [level.year or own] * len(years)
    if all(target == own for target in targets):
        return np.ones(len(years)), np.ones(len(years))
    if index is None:
        raise KeyError("there is no price index (costs.index) to bring amounts to another level with")
    wages, prices = (
        np.array([growth(series, own, target) for target in targets]) for series in (index.wages, index.prices)
    )
    return wages, prices


def _running(amounts: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(amounts)))


def _blend(wages: Floats, prices: Floats, wage_share: float | npt.NDArray[np.float64]) -> Floats:
    # In this form two equal factors give exactly that factor, whatever the share.
    result: Floats = prices + wage_share * (wages - prices)
    return result
