"""The ledger: prices, payers, years, and that it balances to the øre."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import Book, small_town

from sim.measures import Figures, measure
from sim.measures.costs import ledger
from sim.measures.frames import Frames

pytestmark = pytest.mark.unit


def figures(book: Book) -> Figures:
    return measure(book.journal(), small_town())


def kpis(book: Book) -> dict[tuple[str, str], float]:
    return figures(book).kpis.set_index(["kpi", "group"])["value"].to_dict()


def rows(book: Book) -> list[tuple[object, ...]]:
    return list(figures(book).costs.itertuples(index=False, name=None))


def test_a_caseworker_costs_the_yearly_price_in_a_common_and_in_a_leap_year():
    """500,000 and 20 % overhead: 600,000 in 2023 (365 days) and in 2024 (366 days)."""
    book = Book(horizon=731)
    book.employed("adults", 0)
    assert rows(book) == [
        (2023, "bsf", "6.45.57", "bsf", "caseworkers", 600_000.0),
        (2024, "bsf", "6.45.57", "bsf", "caseworkers", 600_000.0),
    ]
    assert kpis(book)["cost.total", "bsf"] == pytest.approx(600_000)


def test_a_vacancy_costs_nothing():
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
    assert rows(book) == [(2023, "bsf", "6.45.57", "bsf", "caseworkers", 480_000.0)]


def test_a_team_with_a_price_of_its_own():
    scenario = small_town()
    costs = scenario.costs.model_dump()
    costs["teams"] = {"adults": {"dkk_per_year": 365_000.0, "overhead": 0.0, "account": "6.45.58"}}
    book = Book(horizon=10)
    book.employed("adults", 0)
    assert measure(book.journal(), small_town(costs=costs)).costs.values.tolist() == [  # noqa: PD011
        [2023, "bsf", "6.45.58", "bsf", "caseworkers", 10_000.0]
    ]


def test_a_spell_is_split_at_new_year_and_clipped_to_the_measured_period():
    """Days 360 to 370 of a spell from 0 to 400: 5 days in 2023 and 5 in 2024, at 100 DKK."""
    book = Book(run_in=360, horizon=370)
    book.spell("support", start=0, end=400)
    assert rows(book) == [
        (2023, "buf", "5.28.21", "buf", "support", 500.0),
        (2024, "buf", "5.28.21", "buf", "support", 500.0),
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
    assert rows(book) == [(2023, "buf", "5.28.21", "buf", "institution", 1000.0)]


def test_what_a_family_pays_is_a_share_of_the_price_and_no_public_cost():
    """25 % of 100 DKK for 10 days, on the page of the administration in charge of the track; no supplier known."""
    book = Book(horizon=10)
    book.spell("adult_support", start=0, kind="self_pay", payer="family", track="grown", supplier=None)
    assert rows(book) == [(2023, "bsf", "5.28.21", "family", "adult_support", 250.0)]
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
        (2023, "bsf", "5.28.21", "family", "support", 250.0),
        (2023, "buf", "5.28.21", "family", "support", 250.0),
    ]


def test_what_is_paid_back_moves_from_the_family_to_the_administration():
    """Of 20 days at 25 DKK (25 % of 100) 10 are paid back, by bsf, in a matter that buf is in charge of."""
    book = Book(horizon=365)
    for start in (0, 100):
        book.spell("support", start=start, end=start + 10, kind="self_pay", payer="family", supplier=None)
    book.spell("support", start=100, end=110, kind="reimbursed", payer="bsf", supplier=None)
    assert rows(book) == [
        (2023, "bsf", "5.28.21", "bsf", "support", 250.0),
        (2023, "buf", "5.28.21", "family", "support", 250.0),
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


def test_an_administration_may_be_called_family():
    """What it pays is public money; what families pay is not, and stands with the one in charge of the track."""
    label = {"da": "Familieafdelingen", "en": "Family department"}
    scenario = small_town()
    administrations = {"family": {"label": label}, **{k: v.model_dump() for k, v in scenario.administrations.items()}}
    book = Book(horizon=10)
    book.spell("support", 1, start=0, payer="family")
    book.spell("support", 2, start=0, kind="self_pay", payer="family", track="grown")
    found = measure(book.journal(), small_town(administrations=administrations)).kpis
    values = found.set_index(["kpi", "group"])["value"] * (10 / 365)
    assert values["cost.total", "all"] == pytest.approx(1000)
    assert values["cost.total", "family"] == pytest.approx(1000)
    assert values["cost.family", "all"] == pytest.approx(250)
    assert values["cost.family", "bsf"] == pytest.approx(250)
    assert values["cost.frame", "frame:family"] == pytest.approx(1000)


def test_board_cases_are_paid_per_ruling():
    """Two rulings (a dismissal is one), one of them in 2024; the third is not decided yet."""
    book = Book(horizon=731)
    book.event("board", since=10, time=100, outcome="upheld", track="appeal")
    book.event("board", since=10, time=400, outcome="dismissed", track="appeal", administration="bsf")
    book.event("board", since=700, track="appeal")
    assert rows(book) == [
        (2023, "buf", "6.45.51", "state", "appeals_board", 1000.0),
        (2024, "bsf", "6.45.51", "state", "appeals_board", 1000.0),
    ]
    assert kpis(book)["cost.board", "all"] == pytest.approx(1000)
    assert kpis(book)["cost.payer", "state"] == pytest.approx(1000)


def test_without_a_price_list_there_are_no_costs():
    book = Book()
    book.spell("support", start=0)
    found = measure(book.journal(), small_town(costs=None))
    assert found.costs.empty
    assert list(found.costs.columns) == ["year", "administration", "account", "payer", "item", "amount_dkk"]
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


times = st.floats(-100, 900, allow_nan=False)
spells = st.lists(
    st.tuples(
        st.sampled_from(["support", "institution", "adult_support"]),
        st.sampled_from(
            [
                ("ordinary", "buf"),
                ("ordinary", "bsf"),
                ("bridging", "buf"),
                ("self_pay", "family"),
                ("paid back", "bsf"),
            ]
        ),
        st.sampled_from(["own", "bought"]),
        st.integers(1, 4),
        times,
        st.floats(0, 500),
    ),
    max_size=15,
)


@settings(deadline=None, max_examples=50)
@given(spells=spells, board=st.lists(st.floats(0, 800), max_size=4), run_in=st.floats(0, 300), length=st.floats(1, 500))
def test_the_ledger_balances_to_the_oere(spells: list, board: list[float], run_in: float, length: float):
    """Total = over payers = over administrations = over years, and cutting the years differently changes nothing."""
    book = Book(run_in=run_in, horizon=run_in + length)
    book.employed("family", 0)
    book.employed("adults", 0, start=100, end=200)
    for service, (kind, payer), supplier, level, start, days in spells:
        row = {"supplier": supplier, "level": level, "start": start, "end": start + days}
        if kind == "paid back":
            book.spell(service, kind="self_pay", payer="family", **row)
            book.spell(service, kind="reimbursed", payer=payer, **row)
        else:
            book.spell(service, kind=kind, payer=payer, **row)
    for time in board:
        book.event("board", since=0, time=time, outcome="upheld", track="appeal")
    scenario = small_town()
    booked = ledger(Frames(book.journal(), scenario))
    assert booked["oere"].dtype == np.int64
    found = figures(book)
    in_oere = (found.costs["amount_dkk"] * 100).round().astype("int64")
    assert in_oere.sum() == booked["oere"].sum()
    for key in ("payer", "administration", "year", "item"):
        assert booked.groupby(key)["oere"].sum().sum() == booked["oere"].sum()
    values = found.kpis.set_index(["kpi", "group"])["value"]
    years = Frames(book.journal(), scenario).years
    administrations = ["buf", "bsf"]
    assert values["cost.total", "all"] == pytest.approx(sum(values["cost.total", name] for name in administrations))
    payers = values.loc["cost.payer"].sum()
    frames = values.loc["cost.frame"].sum()
    assert frames == pytest.approx(payers - values["cost.payer", "state"] - values["cost.payer", "family"], abs=0.01)
    only_paid = [row for row in spells if row[1][0] == "self_pay"]
    assert (values["self_pay", "all"] > 0.01) <= bool(only_paid)
    assert values["self_pay", "all"] == values["cost.family", "all"] == values["cost.payer", "family"]
    assert payers == pytest.approx(values["cost.total", "all"] + values["cost.family", "all"])
    assert payers * years == pytest.approx(found.costs["amount_dkk"].sum(), abs=0.01)
    assert (found.costs["amount_dkk"] >= 0).all()


@settings(deadline=None, max_examples=50)
@given(start=st.floats(0, 700), days=st.floats(0, 700))
def test_splitting_at_new_year_neither_loses_nor_makes_an_oere(start: float, days: float):
    book = Book(horizon=1400)
    book.spell("support", supplier="bought", start=start, end=start + days)
    assert figures(book).costs["amount_dkk"].sum() == pytest.approx(round(days * 30_000) / 100, abs=0.011)


def test_the_same_journal_and_prices_give_the_same_figures():
    book = Book(horizon=731)
    book.employed("family", 0)
    book.spell("support", start=5)
    pd.testing.assert_frame_equal(figures(book).costs, figures(book).costs)
    pd.testing.assert_frame_equal(figures(book).kpis, figures(book).kpis)
