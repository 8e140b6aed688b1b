"""The ledger: prices, payers, years."""

from __future__ import annotations

import pandas as pd
import pytest
from journals import Book, small_town

from sim.measures import Figures, measure

pytestmark = pytest.mark.unit


def figures(book: Book) -> Figures:
    return measure(book.journal(), small_town())


def kpis(book: Book) -> dict[tuple[str, str], float]:
    return figures(book).kpis.set_index(["kpi", "group"])["value"].to_dict()


SHOWN = ["year", "administration", "account", "payer", "part", "item", "amount_dkk"]


def rows(book: Book) -> list[tuple[object, ...]]:
    return list(figures(book).costs[SHOWN].itertuples(index=False, name=None))


def test_a_caseworker_costs_the_yearly_price_in_a_common_and_in_a_leap_year():
    """500,000 and 20 % overhead: 600,000 in 2023 (365 days) and in 2024 (366 days)."""
    book = Book(horizon=731)
    book.employed("adults", 0)
    assert rows(book) == [
        (2023, "bsf", "6.45.57", "bsf", "staff", "caseworkers", 600_000.0),
        (2024, "bsf", "6.45.57", "bsf", "staff", "caseworkers", 600_000.0),
    ]
    assert kpis(book)["cost.total", "bsf"] == pytest.approx(600_000)


def test_who_is_employed_for_a_part_of_the_year_costs_that_part():
    """Employed for 73 of 365 days: a fifth."""
    book = Book(horizon=365)
    book.employed("adults", 0, start=0, end=73)
    assert kpis(book)["cost.staff", "all"] == pytest.approx(120_000)


def test_part_time_costs_its_share_and_absence_is_paid_once():
    """0.8 of 600,000; neither being absent nor being trained costs anything besides."""
    book = Book(horizon=365)
    book.employed("adults", 0, fte=0.8)
    book.employed("adults", 0, start=10, end=60, fte=0.8, kind="absent")
    book.employed("adults", 0, end=90, fte=0.8, kind="onboarding")
    assert rows(book) == [(2023, "bsf", "6.45.57", "bsf", "staff", "caseworkers", 480_000.0)]


def test_a_team_with_a_price_of_its_own():
    scenario = small_town()
    costs = scenario.costs.model_dump()
    costs["teams"] = {"adults": {"dkk_per_year": 365_000.0, "overhead": 0.0, "account": "6.45.58"}}
    book = Book(horizon=10)
    book.employed("adults", 0)
    assert measure(book.journal(), small_town(costs=costs)).costs[SHOWN].values.tolist() == [  # noqa: PD011
        [2023, "bsf", "6.45.58", "bsf", "staff", "caseworkers", 10_000.0]
    ]


def test_a_spell_is_split_at_new_year_and_clipped_to_the_measured_period():
    """Days 360 to 370 of a spell from 0 to 400: 5 days in 2023 and 5 in 2024, at 100 DKK."""
    book = Book(run_in=360, horizon=370)
    book.spell("support", start=0, end=400)
    assert rows(book) == [
        (2023, "buf", "5.28.21", "buf", "services", "support", 500.0),
        (2024, "buf", "5.28.21", "buf", "services", "support", 500.0),
    ]


@pytest.mark.parametrize(("supplier", "level", "daily"), [("own", 4, 100), ("bought", 2, 300), ("bought", 4, 600)])
def test_the_price_depends_on_supplier_and_level(supplier: str, level: int, daily: float):
    book = Book(horizon=10)
    book.spell("support", start=0, supplier=supplier, level=level)
    assert figures(book).costs["amount_dkk"].sum() == 10 * daily


def test_a_spell_that_is_still_waited_for_costs_nothing():
    book = Book(horizon=10)
    book.spell("support")
    assert rows(book) == []


def test_bridging_is_paid_by_whoever_the_spell_says():
    book = Book(horizon=10)
    book.spell("institution", start=0, end=10, kind="bridging", payer="buf", track="grown")
    assert rows(book) == [(2023, "buf", "5.28.21", "buf", "bridging", "institution", 1000.0)]


def test_what_a_family_pays_is_a_share_of_the_price_and_no_public_cost():
    """25 % of 100 DKK for 10 days, on the page of the administration in charge of the track; no supplier known."""
    book = Book(horizon=10)
    book.spell("adult_support", start=0, kind="self_pay", payer="family", track="grown", supplier=None)
    assert rows(book) == [(2023, "bsf", "5.28.21", "family", "family", "adult_support", 250.0)]
    found = kpis(book)
    per_year = 250 / (10 / 365)
    assert found["cost.total", "all"] == 0
    assert found["cost.family", "all"] == pytest.approx(per_year)
    assert found["cost.family", "bsf"] == pytest.approx(per_year)
    assert found["cost.payer", "family"] == pytest.approx(per_year)
    assert found["self_pay", "all"] == pytest.approx(per_year)


def test_what_families_pay_stands_with_the_administration_in_charge_of_each():
    book = Book(horizon=10)
    book.spell("support", 1, start=0, kind="self_pay", payer="family", track="child")
    book.spell("support", 2, start=0, kind="self_pay", payer="family", track="grown")
    assert rows(book) == [
        (2023, "bsf", "5.28.21", "family", "family", "support", 250.0),
        (2023, "buf", "5.28.21", "family", "family", "support", 250.0),
    ]


def test_what_is_paid_back_moves_from_the_family_to_the_administration():
    """Of 20 days at 25 DKK (25 % of 100) 10 are paid back, by bsf, in a matter that buf is in charge of."""
    book = Book(horizon=365)
    for start in (0, 100):
        book.spell("support", start=start, end=start + 10, kind="self_pay", payer="family", supplier=None)
    book.spell("support", start=100, end=110, kind="reimbursed", payer="bsf", supplier=None)
    assert rows(book) == [
        (2023, "bsf", "5.28.21", "bsf", "back_payment", "support", 250.0),
        (2023, "buf", "5.28.21", "family", "family", "support", 250.0),
    ]
    found = kpis(book)
    assert found["cost.total", "all"] == found["cost.services", "bsf"] == pytest.approx(250)
    assert found["cost.family", "all"] == found["cost.family", "buf"] == pytest.approx(250)
    assert found["cost.payer", "family"] == pytest.approx(250)
    assert found["cost.payer", "bsf"] == found["cost.frame", "frame:bsf"] == pytest.approx(250)


def test_administrations_that_share_a_budget_frame_are_added_up():
    """To pay: buf 1000 DKK, bsf 3000 DKK, the state 1000 DKK for an appeal, a family 250 DKK."""
    scenario = small_town()
    book = Book(horizon=365)
    book.spell("support", 1, start=0, end=10)
    book.spell("adult_support", 2, start=0, end=30, payer="bsf", track="grown")
    book.spell("support", 3, start=0, end=10, kind="self_pay", payer="family")
    book.event("board", since=0, time=10, outcome="upheld", track="appeal")
    own = kpis(book)
    assert own["cost.frame", "frame:buf"] == pytest.approx(1000)
    assert own["cost.frame", "frame:bsf"] == pytest.approx(3000)
    administrations = {name: {**its.model_dump(), "budget": "joint"} for name, its in scenario.administrations.items()}
    pooled = measure(book.journal(), small_town(administrations=administrations)).kpis
    shared = pooled.set_index("kpi").loc[["cost.frame"]]
    assert shared["group"].tolist() == ["frame:joint"]
    assert shared["value"].tolist() == pytest.approx([4000])
    assert {key: value for key, value in own.items() if key[0] == "cost.payer"} == {
        ("cost.payer", "buf"): pytest.approx(1000),
        ("cost.payer", "bsf"): pytest.approx(3000),
        ("cost.payer", "state"): pytest.approx(1000),
        ("cost.payer", "family"): pytest.approx(250),
    }


def test_board_cases_are_paid_per_ruling():
    """Two rulings (a dismissal is one), one of them in 2024; the third is not decided yet."""
    book = Book(horizon=731)
    book.event("board", since=10, time=100, outcome="upheld", track="appeal")
    book.event("board", since=10, time=400, outcome="dismissed", track="appeal", administration="bsf")
    book.event("board", since=700, track="appeal")
    assert rows(book) == [
        (2023, "buf", "6.45.51", "state", "board", "appeals_board", 1000.0),
        (2024, "bsf", "6.45.51", "state", "board", "appeals_board", 1000.0),
    ]
    assert kpis(book)["cost.board", "all"] == pytest.approx(1000)
    assert kpis(book)["cost.payer", "state"] == pytest.approx(1000)


def test_without_a_price_list_there_are_no_costs():
    book = Book()
    book.spell("support", start=0)
    found = measure(book.journal(), small_town(costs=None))
    assert found.costs.empty
    columns = ["year", "administration", "account", "payer", "part", "item", "supplier", "level", "quantity", "unit"]
    assert list(found.costs.columns) == [*columns, "amount_dkk"]
    assert not found.kpis["kpi"].str.startswith("cost.").any()
    assert set(found.kpis[found.kpis["kpi"].str.startswith("self_pay")]["kpi"]) == {"self_pay.families"}


@pytest.mark.parametrize("price", [100.0, 33.33])
def test_what_is_paid_back_moves_to_the_administration_that_paid_not_to_the_one_in_charge(price: float):
    """Days 360 to 367.1 in two years: the same øre in each year, once with the family and once with the payer."""
    costs = small_town().costs.model_dump()
    costs["services"]["adult_support"]["own"]["dkk_per_day"] = price
    scenario = small_town(costs=costs)
    paid, back = Book(horizon=731), Book(horizon=731)
    for book in (paid, back):
        book.spell("adult_support", start=360, end=367.1, kind="self_pay", payer="family", track="grown", supplier=None)
    back.spell("adult_support", start=360, end=367.1, kind="reimbursed", payer="buf", track="grown", supplier=None)
    before, after = (measure(book.journal(), scenario) for book in (paid, back))
    by_family = {row.year: row.amount_dkk for row in before.costs.itertuples()}
    by_payer = {(row.year, row.payer): row.amount_dkk for row in after.costs.itertuples() if row.amount_dkk}
    assert set(by_family) == {2023, 2024}
    assert by_payer == {(year, "buf"): amount for year, amount in by_family.items()}
    values = after.kpis.set_index(["kpi", "group"])["value"]
    assert values["self_pay", "all"] == 0
    assert values["cost.services", "buf"] == values["cost.total", "all"] == pytest.approx(sum(by_family.values()) / 2)
    assert values["cost.payer"].sum() == pytest.approx(sum(by_family.values()) / 2)


def test_a_service_without_a_price_is_named():
    costs = small_town().costs.model_dump()
    del costs["services"]["support"]["own"]
    book = Book(horizon=10)
    book.spell("support", start=0)
    with pytest.raises(KeyError, match="no price for service 'support' by supplier 'own'"):
        measure(book.journal(), small_town(costs=costs))


def test_the_same_journal_and_prices_give_the_same_figures():
    book = Book(horizon=731)
    book.employed("family", 0)
    book.spell("support", start=5)
    pd.testing.assert_frame_equal(figures(book).costs, figures(book).costs)
    pd.testing.assert_frame_equal(figures(book).kpis, figures(book).kpis)
