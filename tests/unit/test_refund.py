"""The state's refund for particularly expensive individual cases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.refund import counted_as, refunds, spread_once, thresholds
from sim.scenario.costs import Refund

pytestmark = pytest.mark.unit

THRESHOLDS = (860_000.0, 1_680_000.0, 2_120_000.0)
"""Those of 2022."""
KR = 100
"""Øre."""


def rules(**changes: Any) -> Refund:
    parts = {"thresholds_dkk": {"2022": THRESHOLDS}, "shares": (0.25, 0.5, 0.75), "account": "5.22.07"}
    return Refund.model_validate({**parts, **changes}, strict=False)


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


def refunded(rows: list[tuple[int, str, int, int]], by: Refund) -> pd.DataFrame:
    persons, law, months, oere = ([row[place] for row in rows] for place in range(4))
    whole = (np.array(numbers, dtype=np.int64) for numbers in (persons, months, oere))
    person, at, amount = whole
    return refunds(person, np.array(law, dtype="U8"), at, amount, by)


def evenly(total: int, first: int = 1, months: int = 12) -> list[tuple[int, str, int, int]]:
    """One child's cost in 2022, the same in each month from the first on; in whole øre."""
    return [
        (7, "children", month(2022, first + place), total * (place + 1) // months - total * place // months)
        for place in range(months)
    ]


@pytest.mark.parametrize("assessed", ["monthly", "yearly"])
def test_a_cost_of_1_16_million_spread_evenly_over_2022_is_refunded_75_000(assessed: str) -> None:
    found = refunded(evenly(1_160_000 * KR), rules(assessed=assessed))
    assert found["oere"].tolist() == [6_250 * KR] * 12
    assert found["month"].tolist() == [month(2022, number) for number in range(1, 13)]
    assert set(found["law"]) == {"children"}
    assert found.columns.tolist() == ["person", "law", "month", "oere"]


@pytest.mark.parametrize(
    ("cost", "refund"),
    [
        (0, 0),
        (860_000, 0),
        (860_100, 25),
        (1_680_000, 205_000),
        (1_680_100, 205_050),
        (2_120_000, 425_000),
        (2_120_100, 425_075),
        (3_120_000, 1_175_000),
    ],
)
@pytest.mark.parametrize("assessed", ["monthly", "yearly"])
def test_each_share_applies_between_its_thresholds(cost: int, refund: int, assessed: str) -> None:
    # A twelfth of the thresholds is no whole number of øre: twelve times the cost makes the month exact.
    found = refunded(evenly(12 * cost * KR), rules(thresholds_dkk={"2022": tuple(12 * t for t in THRESHOLDS)}))
    if assessed == "yearly":
        found = refunded([(7, "children", month(2022, 3), cost * KR)], rules(assessed="yearly"))
        assert found["oere"].sum() == refund * KR
    else:
        assert found["oere"].tolist() == [refund * KR] * 12 * (refund > 0)


def test_a_month_is_rounded_to_the_nearest_oere() -> None:
    cost = 71_667 * KR
    # (71,667 - 860,000/12) * 25 % = 0.0833 DKK
    assert refunded([(1, "children", month(2022, 1), cost)], rules())["oere"].tolist() == [8]


def test_a_cost_that_comes_in_four_months_is_refunded_more_by_the_month() -> None:
    rows = evenly(1_160_000 * KR, first=3, months=4)
    # 290,000 a month: 68,333.33 * 25 % + 36,666.67 * 50 % + 113,333.33 * 75 %
    assert refunded(rows, rules())["oere"].tolist() == [120_416_67] * 4
    yearly = refunded(rows, rules(assessed="yearly"))
    assert yearly["oere"].tolist() == [18_750 * KR] * 4
    assert yearly["month"].tolist() == [month(2022, number) for number in (3, 4, 5, 6)]


def test_a_years_refund_is_spread_by_cost_and_loses_nothing() -> None:
    # 25 % of the 140,000.04 DKK above the first threshold: 35,000.01 DKK, two thirds of it for May.
    costs = [(5, 666_666_69), (9, 333_333_35)]
    found = refunded([(1, "adults", month(2022, at), oere) for at, oere in costs], rules(assessed="yearly"))
    assert found["oere"].tolist() == [23_333_34, 11_666_67]


def test_spreading_several_years_refunds_loses_no_oere_of_any() -> None:
    costs = {person: [(at, 333_333_37 + 7 * at + 12_345_67 * person) for at in (1, 4, 6)] for person in (1, 2, 3)}
    rows = [(person, "adults", month(2022, at), oere) for person, its in costs.items() for at, oere in its]
    found = refunded(rows, rules(assessed="yearly"))
    for person, its in costs.items():
        alone = refunded([row for row in rows if row[0] == person], rules(assessed="yearly"))
        assert found.loc[found["person"] == person, "oere"].tolist() == alone["oere"].tolist()
        # A quarter of what lies above the first threshold, to the nearest øre.
        assert alone["oere"].sum() == (sum(oere for _, oere in its) - 860_000 * KR + 2) // 4


def test_a_years_refund_stays_in_the_year() -> None:
    rows = [(1, "adults", month(2022, 12), 900_000 * KR), (1, "adults", month(2023, 1), 900_000 * KR)]
    found = refunded(rows, rules(assessed="yearly", later_percent=0.0))
    assert found["oere"].tolist() == [10_000 * KR] * 2


def test_several_persons_years_are_spread_apart() -> None:
    rows = [
        (person, law, month(year, at), (900_000 + 1_000 * person) * KR // 2)
        for person in (1, 2)
        for law in ("children", "adults")
        for year in (2022, 2023)
        for at in (2, 8)
    ]
    found = refunded(rows, rules(assessed="yearly", later_percent=0.0))
    assert len(found) == 16
    assert set(found.loc[found["person"] == 1, "oere"]) == {5_125 * KR}
    assert set(found.loc[found["person"] == 2, "oere"]) == {5_250 * KR}


def test_siblings_in_one_household_count_as_one_child() -> None:
    by = rules()
    person, household = np.array([4, 5]), np.array([4, 4])
    law = np.array(["children"] * 2)
    months, oere = np.full(2, month(2022, 1)), np.full(2, 60_000 * KR)
    assert refunds(person, law, months, oere, by).empty
    pooled = refunds(counted_as(person, household, law, by), law, months, oere, by)
    # (120,000 - 71,666.67) * 25 %
    assert pooled[["person", "oere"]].to_numpy().tolist() == [[4, 12_083_33]]


def test_adults_are_never_counted_together_and_children_only_if_the_rules_say_so() -> None:
    person, household = np.array([4, 5, 5]), np.array([4, 4, 4])
    law = np.array(["children", "children", "adults"])
    assert counted_as(person, household, law, rules()).tolist() == [4, 4, 5]
    assert counted_as(person, household, law, rules(siblings_pooled=False)).tolist() == [4, 5, 5]


@pytest.mark.parametrize(("assessed", "refund"), [("monthly", [7_083_33, 7_083_33]), ("yearly", [])])
def test_childrens_and_adults_law_stand_apart_in_the_year_of_the_18th_birthday(
    assessed: str, refund: list[int]
) -> None:
    # 100,000 a month under each law: (100,000 - 71,666.67) * 25 % by the month; neither law's 500,000 and 700,000 in
    # the year reach 860,000, though the 1.2 million together would.
    rows = [(1, "children" if number <= 5 else "adults", month(2022, number), 100_000 * KR) for number in range(1, 13)]
    found = refunded(rows, rules(assessed=assessed))
    assert found["oere"].unique().tolist() == refund[:1]
    assert set(found.loc[found["law"] == "children", "month"]) == (
        set(range(month(2022, 1), month(2022, 6))) if refund else set()
    )


def test_a_birthday_in_the_middle_of_a_month_gives_each_law_its_part() -> None:
    rows = [(1, "children", month(2022, 6), 80_000 * KR), (1, "adults", month(2022, 6), 40_000 * KR)]
    found = refunded(rows, rules())
    assert found[["law", "oere"]].to_numpy().tolist() == [["children", 2_083_33]]


def test_income_that_exceeds_cost_is_no_negative_refund() -> None:
    rows = [(1, "adults", month(2022, 1), 1_000_000 * KR), (1, "adults", month(2022, 2), -50_000 * KR)]
    assert (refunded(rows, rules())["oere"] > 0).all()
    yearly = refunded(rows, rules(assessed="yearly"))
    assert yearly[["month", "oere"]].to_numpy().tolist() == [[month(2022, 1), 22_500 * KR]]


def test_nothing_costs_nothing() -> None:
    for assessed in ("monthly", "yearly"):
        found = refunded([], rules(assessed=assessed))
        assert found.columns.tolist() == ["person", "law", "month", "oere"]
        assert found.empty


def test_thresholds_grow_from_the_last_year_listed() -> None:
    by = rules(thresholds_dkk={"2021": (850_000, 1_660_000, 2_090_000), "2022": THRESHOLDS}, later_percent=3.5)
    assert thresholds(2021, by) == (850_000 * KR, 1_660_000 * KR, 2_090_000 * KR)
    assert thresholds(2022, by) == (860_000 * KR, 1_680_000 * KR, 2_120_000 * KR)
    assert thresholds(2023, by) == (890_100 * KR, 1_738_800 * KR, 2_194_200 * KR)
    # 890,100 * 1.035
    assert thresholds(2024, by)[0] == 921_253_50


@pytest.mark.parametrize(
    ("year", "later"), [(2021, 3.5), (2023, None)], ids=["before the first", "after the last without growth"]
)
def test_a_year_without_thresholds_is_an_error(year: int, later: float | None) -> None:
    with pytest.raises(KeyError, match=f"no thresholds for {year}"):
        refunded([(1, "adults", month(year, 1), 1)], rules(later_percent=later))


def test_a_year_missing_between_two_is_an_error() -> None:
    by = rules(thresholds_dkk={"2020": THRESHOLDS, "2022": THRESHOLDS}, later_percent=3.5)
    with pytest.raises(KeyError, match="no thresholds for 2021"):
        thresholds(2021, by)


def test_what_is_paid_once_is_spread_over_twelve_months() -> None:
    months = np.array([month(2022, 3), month(2022, 12)])
    position, at, oere = spread_once(months, np.array([1_200_000, 13]))
    assert position.tolist() == [0] * 12 + [1] * 12
    assert at.tolist() == [*range(month(2022, 3), month(2023, 3)), *range(month(2022, 12), month(2023, 12))]
    assert oere.tolist() == [100_000] * 12 + [1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1]


@given(st.lists(st.tuples(st.integers(24_000, 24_999), st.integers(-(10**11), 10**11)), max_size=5))
def test_spreading_loses_nothing(payments: list[tuple[int, int]]) -> None:
    at, oere = (np.array([payment[place] for payment in payments], dtype=np.int64) for place in (0, 1))
    position, months, parts = spread_once(at, oere)
    assert len(position) == len(months) == len(parts) == 12 * len(payments)
    for place, whole in enumerate(oere):
        mine = parts[position == place]
        assert mine.sum() == whole
        assert mine.max() - mine.min() <= 1


COSTS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["children", "adults"]),
        st.integers(month(2022, 1), month(2024, 12)),
        st.integers(0, 500_000 * KR),
    ),
    min_size=1,
    max_size=30,
)
ASSESSED = st.sampled_from(["monthly", "yearly"])


@given(rows=COSTS, assessed=ASSESSED, data=st.data())
def test_neither_the_order_of_the_entries_nor_splitting_them_matters(
    rows: list[tuple[int, str, int, int]], assessed: str, data: st.DataObject
) -> None:
    by = rules(assessed=assessed, later_percent=3.0)
    split = []
    for person, law, at, oere in rows:
        part = data.draw(st.integers(0, oere))
        split += [(person, law, at, part), (person, law, at, oere - part)]
    shuffled = data.draw(st.permutations(split))
    pd.testing.assert_frame_equal(refunded(rows, by), refunded(shuffled, by))


@given(rows=COSTS, assessed=ASSESSED, more=st.integers(1, 10**8), at=st.integers(0, 29))
def test_more_cost_is_never_refunded_less_and_never_above_the_highest_share(
    rows: list[tuple[int, str, int, int]], assessed: str, more: int, at: int
) -> None:
    by = rules(assessed=assessed, later_percent=3.0)
    before = refunded(rows, by)
    person, law, when, _ = rows[at % len(rows)]
    after = refunded([*rows, (person, law, when, more)], by)
    gained = after["oere"].sum() - before["oere"].sum()
    assert 0 <= gained <= 0.75 * more + 0.5
    costs = pd.DataFrame(rows, columns=["person", "law", "month", "cost"])
    keys = ["person", "law", "month"] if assessed == "monthly" else ["person", "law", "year"]
    both = [frame.assign(year=frame["month"] // 12).groupby(keys).sum(numeric_only=True) for frame in (costs, before)]
    joined = both[0].join(both[1]["oere"], how="outer").fillna(0)
    assert (joined["oere"] <= 0.75 * joined["cost"]).all()


@given(rows=COSTS)
def test_by_the_year_is_never_refunded_more_than_by_the_month(rows: list[tuple[int, str, int, int]]) -> None:
    by_month, by_year = (
        refunded(rows, rules(assessed=assessed, later_percent=3.0))["oere"].sum() for assessed in ("monthly", "yearly")
    )
    assert by_year <= by_month + len(rows)
