"""The state's refund for particularly expensive individual cases (*særligt dyre enkeltsager*).

Serviceloven § 176 and barnets lov § 198: the state pays a share of what a person's services cost above each of three
thresholds, which are set for every year in that year's kroner.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measures.frames import Floats, Integers
from sim.scenario.costs import Refund

KEYS = ["person", "law", "month"]


def refunds(
    persons: Integers, law: npt.NDArray[np.str_], month: Integers, oere: Integers, rules: Refund
) -> pd.DataFrame:
    """Return what the state refunds.

    Args:
        persons: Number of the person (or of the household that counts as one).
        law: ``children`` or ``adults``: what is paid under one does not count under the other.
        month: Months since year 0 (year × 12 + month − 1).
        oere: What counts, in øre of the month's own year.
        rules: Thresholds and shares.

    Returns:
        Columns person, law, month, oere; one row for each refund. Assessed by year, it stands in December.

    Raises:
        KeyError: The thresholds of a year are not known.
    """
    costs = pd.DataFrame({"person": persons, "law": law, "month": month, "oere": oere})
    months = 12 if rules.assessed == "yearly" else 1
    if rules.assessed == "yearly":
        costs["month"] = costs["month"] // 12 * 12 + 11
    sums = costs.groupby(KEYS, as_index=False)["oere"].sum()
    found, inverse = np.unique(sums["month"].to_numpy() // 12, return_inverse=True)
    limits = np.array([thresholds(rules, year) for year in found.tolist()]).reshape(-1, 3)[inverse] * 100 * months / 12
    paid = sums["oere"].to_numpy(dtype=np.float64)
    tops = np.column_stack((limits[:, 1:], np.full(len(limits), np.inf)))
    between: Floats = np.maximum(np.minimum(paid[:, None], tops) - limits, 0.0)
    sums["oere"] = np.floor(between @ np.array(rules.shares) + 0.5).astype(np.int64)
    given: pd.DataFrame = sums[sums["oere"] > 0].reset_index(drop=True)
    return given


def thresholds(rules: Refund, year: int) -> tuple[float, float, float]:
    """Return the thresholds of a year, in DKK of that year.

    Raises:
        KeyError: They are not known.
    """
    known = rules.thresholds_dkk.get(str(year))
    if known is not None:
        return known
    last = max((int(listed) for listed in rules.thresholds_dkk), default=year)
    if year < last or rules.later_percent is None:
        raise KeyError(f"the thresholds of the state's refund are not known for {year}")
    first, second, third = rules.thresholds_dkk[str(last)]
    growth = (1.0 + rules.later_percent / 100) ** (year - last)
    return first * growth, second * growth, third * growth
