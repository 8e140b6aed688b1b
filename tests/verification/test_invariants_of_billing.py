"""The part of a journal that costs hang on has the costs of the whole, on any map that a planner could write down."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from municipalities import configured
from random_maps import scenarios

from sim.experiment.tables import BILLING, billing_journal, billing_table
from sim.journal import Journal, names_key
from sim.measures import Figures, billable, depends_on_prices, measure, measure_costs
from sim.measures.frames import Frames
from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.costs import Costs

pytestmark = pytest.mark.verification

ACCOUNT = "5.28.21"


def priced(scenario: Scenario) -> Scenario:
    """Return a scenario with a price for everything, no two of them alike, and no round sums."""
    prices = {
        service: {
            supplier: {"dkk_per_day": 101.37 * number + 13.11 * place, "account": ACCOUNT, "level_factors": {"3": 1.37}}
            for place, supplier in enumerate(config.suppliers)
        }
        for number, (service, config) in enumerate(scenario.services.items(), 1)
    }
    costs = Costs.model_validate(
        {
            "price_year": 2024,
            "accounts": {ACCOUNT: {"da": "Konto", "en": "Account"}},
            "staff": {"dkk_per_year": 580000.0, "overhead": 0.22, "account": ACCOUNT},
            "services": prices,
            "appeals_board": {"dkk_per_case": 12000.0, "payer": "state", "account": ACCOUNT},
            "self_pay_share": 0.37,
        }
    )
    return scenario.model_copy(update={"costs": costs})


def stored_and_read(journal: Journal, scenario: Scenario) -> Journal:
    """Return the part of a journal that costs hang on, after it has been to a file's tables and back."""
    billed = billable(journal, scenario)
    tables = {name: billing_table(billed, name) for name in BILLING}
    return billing_journal(tables, scenario, journal.replication)


def same_costs(whole: Figures, part: Figures) -> None:
    """Compare exactly: figures in whichever order, the ledger row by row."""
    key = ["kpi", "group"]
    expected = whole.kpis[whole.kpis["kpi"].map(depends_on_prices)].sort_values(key, ignore_index=True)
    pd.testing.assert_frame_equal(part.kpis.sort_values(key, ignore_index=True), expected, check_exact=True)
    pd.testing.assert_frame_equal(part.costs, whole.costs, check_exact=True)


@settings(max_examples=25)
@given(scenario=scenarios())
def test_any_map_costs_the_same(scenario: Scenario) -> None:
    scenario = priced(scenario)
    journal = simulate(scenario)
    whole = measure(journal, scenario)
    same_costs(whole, measure_costs(billable(journal, scenario), scenario))
    same_costs(whole, measure_costs(stored_and_read(journal, scenario), scenario))
    it_adds_up(whole, scenario, Frames(journal, scenario).years)


def it_adds_up(figures: Figures, scenario: Scenario, years: float) -> None:
    """The ledger's total is the sum over payers and the sum over administrations; nobody works more than all the time.

    In whole øre, because sums of binary fractions hang on the order.
    """
    booked = figures.costs
    oere = (booked["amount_dkk"] * 100).round().astype("int64")
    total = int(oere.sum())
    assert set(booked["administration"]) <= set(scenario.administrations)
    assert total == sum(int(oere[booked["administration"] == name].sum()) for name in scenario.administrations)
    kpis = figures.kpis

    def of(kpi: str, groups: set[str] | None = None) -> float:
        mine = kpis[(kpis["kpi"] == kpi) & (kpis["group"].isin(groups) if groups else True)]
        return float(mine["value"].sum()) * years

    assert of("cost.payer") == pytest.approx(total / 100, abs=0.01)
    family = int(oere[booked["payer"] == "family"].sum())
    assert of("cost.total", {"all"}) == pytest.approx((total - family) / 100, abs=0.01)
    assert of("cost.total", set(scenario.administrations)) == pytest.approx((total - family) / 100, abs=0.01)
    used = kpis[kpis["kpi"] == "staff.utilisation"]["value"].dropna()
    assert (used <= 1 + 1e-9).all()


@pytest.fixture(scope="module")
def municipality() -> tuple[Journal, Scenario]:
    """Three administrations with appeals, birthdays, background work, and families who pay for themselves."""
    scenario = configured("municipality.scale=0.03", "horizon.years=3").scenario
    return simulate(scenario), scenario


def test_a_municipality_costs_the_same(municipality: tuple[Journal, Scenario]) -> None:
    journal, scenario = municipality
    whole = measure(journal, scenario)
    values = whole.kpis.set_index(["kpi", "group"])["value"]
    for kpi in ("cost.staff", "cost.services", "cost.board", "cost.appeals", "self_pay", "unit_cost.transition_hours"):
        assert values[kpi, "all"] > 0
    same_costs(whole, measure_costs(stored_and_read(journal, scenario), scenario))


def test_at_other_prices_too(municipality: tuple[Journal, Scenario]) -> None:
    journal, scenario = municipality
    other = priced(scenario)
    same_costs(measure(journal, other), measure_costs(stored_and_read(journal, scenario), other))


def test_what_is_kept_is_a_part_and_reads_back_as_it_was(municipality: tuple[Journal, Scenario]) -> None:
    """All services and caseworkers; of the rest, what is kept stands in the journal, in the same order."""
    journal, scenario = municipality
    billed = billable(journal, scenario)
    assert billed.spells is journal.spells
    assert billed.staff is journal.staff
    for table in ("cases", "activities", "events"):
        assert 0 < len(billed.table(table)["case"]) < len(journal.table(table)["case"])
    again = stored_and_read(journal, scenario)
    for field in ("scenario", "replication", "seed", "start", "run_in", "horizon"):
        assert getattr(again, field) == getattr(billed, field)
    for name in BILLING.values():
        for column, values in billed.table(name).items():
            read = again.table(name)[column]
            assert read.dtype == values.dtype
            if names := billed.names.get(_key(name, column)):
                read = _named(read, again.names[_key(name, column)])
                values = _named(values, names)
            np.testing.assert_array_equal(read, values)


def _key(table: str, column: str) -> str:
    return names_key(table, column) or ""


def _named(codes: np.ndarray, names: tuple[str, ...]) -> list[str]:
    return ["" if code < 0 else names[code] for code in codes]


def test_a_journal_of_nobody_is_billable(municipality: tuple[Journal, Scenario]) -> None:
    journal, scenario = municipality
    none = {table: {c: v[:0] for c, v in journal.table(table).items()} for table in BILLING.values()}
    empty = dataclasses.replace(journal, **none)
    same_costs(measure(empty, scenario), measure_costs(stored_and_read(empty, scenario), scenario))
