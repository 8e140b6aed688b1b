"""The state's refund for particularly expensive individual cases (*særligt dyre enkeltsager*).

Serviceloven § 176 (adults) and barnets lov § 198 (children) let the state pay a share of what one person's services
cost above each of three thresholds; what lies below the first is not refunded. The two laws have a refund each: what
somebody costs under children's law and what they cost as an adult are never added up. Under children's law siblings in
one household can count as one (see :func:`counted_as`).

By the rule in force each month stands alone, against a twelfth of the year's thresholds, and what is paid one time only
counts with a twelfth in each of twelve months. Before, a whole calendar year stood against the whole thresholds. A cost
that is even through the year is refunded alike both ways; one that comes in a few months is refunded more by the month.

Amounts are nominal: the costs of a month and its thresholds are both in the kroner of that month's year. All amounts
are whole øre; a month's refund (or a year's) is rounded to the nearest øre, halves
upwards.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measures.frames import Floats, Integers
from sim.scenario.costs import Refund

CHILDREN: Final = "children"
ADULTS: Final = "adults"
MONTHS: Final = 12


def refunds(
    persons: Integers, law: npt.NDArray[np.str_], month: Integers, oere: Integers, rules: Refund
) -> pd.DataFrame:
    """Return what the state refunds of some costs.

    Args:
        persons: Who the cost is for: a person's number, or a household's where siblings count as one.
        law: ``children`` or ``adults``: the law that the service is paid under.
        month: Month of the cost: ``year * 12 + month - 1``.
        oere: Cost in that month, nominal øre, less the income that belongs to it. Several entries for the same person,
            law and month are added up; a month in which income exceeds cost is refunded nothing.
        rules: Thresholds, shares, and whether months or calendar years are assessed.

    Returns:
        Columns person, law, month, oere (nominal, whole øre), in this order; months without refund are left out. When
        calendar years are assessed, a year's refund is spread over its months in proportion to their cost.

    Raises:
        KeyError: A year has no thresholds.
    """
    costs = (
        pd.DataFrame({"person": persons, "law": np.asarray(law, dtype=object), "month": month, "oere": oere})
        .groupby(["person", "law", "month"], as_index=False)["oere"]
        .sum()
    )
    year = costs["month"].to_numpy(dtype=np.int64) // MONTHS
    cost = costs["oere"].to_numpy(dtype=np.int64)
    if rules.assessed == "monthly":
        refund = _refund(cost, year, rules, per_year=MONTHS)
    else:
        refund = _by_year(costs["person"].to_numpy(), costs["law"].to_numpy(), year, cost, rules)
    refunded: pd.DataFrame = costs.assign(oere=refund)[refund != 0].reset_index(drop=True)
    return refunded


def counted_as(persons: Integers, households: Integers, law: npt.NDArray[np.str_], rules: Refund) -> Integers:
    """Return who each of some costs counts for: the household of siblings under children's law, else the person.

    Args:
        persons: The persons' numbers.
        households: The numbers of their households.
        law: ``children`` or ``adults``. Adults are never counted together.
        rules: Says whether siblings are counted together at all.
    """
    if not rules.siblings_pooled:
        return persons
    counted: Integers = np.where(np.asarray(law) == CHILDREN, households, persons)
    return counted


def spread_once(month: Integers, oere: Integers) -> tuple[Integers, Integers, Integers]:
    """Spread amounts that are paid one time only over the month of payment and the eleven after it.

    Args:
        month: Month of payment: ``year * 12 + month - 1``.
        oere: Amount paid.

    Returns:
        The position of the payment, the month and the amount of each entry: twelve for each payment, which add up to
        what was paid. The amount to date is rounded, so that entries of one payment differ by an øre at most.
    """
    month, oere = np.asarray(month, dtype=np.int64), np.asarray(oere, dtype=np.int64)
    # Twelfths rounded half up, in whole numbers.
    to_date = (2 * oere[:, None] * np.arange(MONTHS + 1) + MONTHS) // (2 * MONTHS)
    position = np.repeat(np.arange(len(oere), dtype=np.int64), MONTHS)
    months = (month[:, None] + np.arange(MONTHS)).ravel()
    return position, months, np.diff(to_date, axis=1).ravel()


def thresholds(year: int, rules: Refund) -> tuple[int, int, int]:
    """Return the three thresholds of a calendar year in øre.

    Raises:
        KeyError: The year is not listed, and cannot be found by growth from the last year listed.
    """
    listed = sorted(int(known) for known in rules.thresholds_dkk)
    if year in listed:
        growth = 1.0
    elif listed and year > listed[-1] and rules.later_percent is not None:
        growth = (1.0 + rules.later_percent / 100.0) ** (year - listed[-1])
    else:
        years = ", ".join(map(str, listed)) or "none"
        raise KeyError(
            f"costs.refund.thresholds_dkk has no thresholds for {year} (it has {years}); add the year, or give "
            "costs.refund.later_percent for years after the last one"
        )
    first, second, third = rules.thresholds_dkk[str(min(year, listed[-1]))]
    return round(first * growth * 100), round(second * growth * 100), round(third * growth * 100)


def _refund(cost: Integers, year: Integers, rules: Refund, per_year: int) -> Integers:
    """Return the refund of some costs, each against its part of the year's thresholds.

    Args:
        cost: Cost in øre of one person in one month or year.
        year: The calendar year of each cost.
        rules: Thresholds and shares.
        per_year: How many such costs a year has: the thresholds are divided by it.
    """
    years, which = np.unique(year, return_inverse=True)
    bounds = np.array([thresholds(int(one), rules) for one in years], dtype=np.float64).reshape(-1, 3)[which]
    # The costs are multiplied instead of the thresholds divided: whole numbers stay exact.
    scaled = cost.astype(np.float64) * per_year
    total: Floats = np.zeros(len(cost))
    for place, share in enumerate(rules.shares):
        above = np.maximum(scaled - bounds[:, place], 0.0)
        if place < len(rules.shares) - 1:
            above = np.minimum(above, bounds[:, place + 1] - bounds[:, place])
        total += share * above
    return _whole(total / per_year)


def _by_year(person: Integers, law: npt.NDArray[np.object_], year: Integers, cost: Integers, rules: Refund) -> Integers:
    """Return the refund of each month when calendar years are assessed; the months come in order."""
    keys = pd.MultiIndex.from_arrays([person, law, year])
    which, known = pd.factorize(keys)
    total = np.zeros(len(known), dtype=np.int64)
    np.add.at(total, which, cost)
    of_year = np.array([key[2] for key in known], dtype=np.int64)
    refund = _refund(total, of_year, rules, per_year=1)
    # A year's months stand together: running totals over all of them, less what had run up when the year began.
    weight = np.maximum(cost, 0)
    run = np.cumsum(weight)
    sums = np.zeros(len(known), dtype=np.int64)
    np.add.at(sums, which, weight)
    begun = (np.cumsum(sums) - sums)[which]
    cost_of_year = np.maximum(sums[which], 1)
    due = refund[which]
    until, before = (_whole(due * (edge / cost_of_year)) for edge in (run - begun, run - begun - weight))
    spread: Integers = until - before
    return spread


def _whole(oere: Floats) -> Integers:
    """Round to whole øre, halves upwards."""
    rounded: Integers = np.floor(oere + 0.5).astype(np.int64)
    return rounded
