"""The parts of the ledger: what a planner can follow with a pocket calculator."""

from __future__ import annotations

import pandas as pd
import pytest
from journals import Book, small_town
from priced_town import amounts, priced_town

from sim.measures import measure
from sim.measures.costs import entries, ledger, table
from sim.measures.costs.appeals import hours_of_year
from sim.measures.frames import Frames
from sim.scenario import Scenario
from sim.scenario.time import Calendar

pytestmark = pytest.mark.unit


def values(book: Book, scenario: Scenario) -> dict[tuple[str, str], float]:
    return measure(book.journal(), scenario).kpis.set_index(["kpi", "group"])["value"].to_dict()


def test_a_vacant_position_is_in_the_establishment_and_saves_it_again():
    """600,000 a year with overhead; 73 days employed, 292 vacant."""
    book = Book(horizon=365)
    book.employed("adults", 0, end=73)
    book.employed("adults", -1, start=73, kind="vacant")
    assert amounts(book, small_town()) == {"staff": 600_000, "vacancy": -480_000}
    booked = ledger(Frames(book.journal(), small_town())).set_index("part")
    assert booked["quantity"].to_dict() == {"staff": pytest.approx(1.0), "vacancy": pytest.approx(-0.8)}
    assert set(booked["unit"]) == {"fte_years"}
    assert values(book, small_town())["cost.staff", "bsf"] == pytest.approx(120_000)
    assert values(book, small_town())["cost.vacancy", "all"] == pytest.approx(-480_000)


def test_overtime_is_paid_with_a_premium_and_without_overhead():
    """A tenth of 500,000 and half as much again, for 0.8 of full time; who comes from an agency works none."""
    book = Book(horizon=365)
    book.employed("adults", 0, fte=0.8)
    book.employed("adults", 1, kind="agency")
    scenario = priced_town(teams={"adults": {"overtime_share": 0.1}})
    assert amounts(book, scenario)["overtime"] == pytest.approx(0.8 * 75_000)
    assert values(book, scenario)["cost.overtime", "bsf"] == pytest.approx(60_000)
    assert ledger(Frames(book.journal(), scenario)).set_index("part")["quantity"]["overtime"] == pytest.approx(0.08)


def test_who_comes_from_an_agency_costs_a_multiple_of_the_salary_without_overhead():
    book = Book(horizon=365)
    book.employed("adults", 1, start=0, end=73, kind="agency", fte=0.5)
    assert amounts(book, priced_town({"staff": {"agency_factor": 1.6}})) == {"agency": 80_000}


def test_whoever_is_employed_after_day_0_has_been_recruited():
    """One was there on day 0, one comes in the run-in, one in each year; an absence is no recruitment."""
    book = Book(run_in=50, horizon=731)
    for worker, start in enumerate((0, 20, 60, 400)):
        book.employed("adults", worker, start=start)
    book.employed("adults", 0, start=70, end=90, kind="absent")
    scenario = priced_town({"staff": {"recruitment_dkk": 10_000}})
    found = amounts(book, scenario, "year", "part", "unit")
    assert {key: value for key, value in found.items() if key[1] == "recruitment"} == {
        (2023, "recruitment", "persons"): 10_000,
        (2024, "recruitment", "persons"): 10_000,
    }


def test_whoever_begins_on_new_years_day_is_recruited_in_the_new_year():
    book = Book(horizon=731)
    book.employed("adults", 0, start=365)
    found = amounts(book, priced_town({"staff": {"recruitment_dkk": 10_000}}), "part", "year")
    assert {key: value for key, value in found.items() if key[0] == "recruitment"} == {("recruitment", 2024): 10_000}


def test_what_is_paid_once_is_one_payment():
    book = Book(horizon=365)
    book.spell("support", start=10, end=20)
    scenario = priced_town(services={"support": {"once": {"dkk": 500, "account": "5.28.21"}}})
    booked = ledger(Frames(book.journal(), scenario)).set_index("part").loc["once"]
    assert booked[["quantity", "unit", "oere"]].tolist() == [1.0, "payments", 50_000]


def test_hours_on_appeals_are_a_part_of_the_salaries():
    """87.6 of 8,760 hours round the clock: 1 % of 600,000; whoever works half time is paid half for an hour."""
    book = Book(horizon=365)
    book.employed("adults", 0)
    book.employed("adults", 1, fte=0.5)
    for worker in (0, 1):
        book.task("adults", requested=10, started=10, finished=20, hours=87.6, worker=worker, track="appeal")
    book.task("adults", requested=10, started=10, finished=20, hours=1000.0, track="child")
    book.task("adults", requested=10, hours=1000.0, track="appeal")
    assert amounts(book, small_town()) == {"staff": 900_000 - 9_000, "appeals": 9_000}
    booked = ledger(Frames(book.journal(), small_town())).set_index("part")
    assert booked["quantity"].to_dict() == {"staff": pytest.approx(1.485), "appeals": pytest.approx(0.015)}
    assert values(book, small_town())["cost.appeals", "bsf"] == pytest.approx(9_000)
    assert values(book, small_town())["cost.staff", "bsf"] == pytest.approx(900_000)


def test_a_case_hour_carries_its_share_of_the_other_hours():
    """A team of which half of the working hours are with cases: one case hour is two hours in the journal.

    600,000 DKK for 1,924 hours a year of which half are with cases: 623.70 DKK for a case hour.
    """
    hours = hours_of_year(Calendar(public_holidays=False), 2023)
    assert hours == pytest.approx(260 * 7.4)
    book = Book(horizon=365)
    book.employed("adults", 0)
    book.task("adults", requested=10, started=10, finished=20, hours=2.0, track="appeal")
    scenario = priced_town(teams={"adults": {"calendar": "office", "case_hours_per_hour": 0.5}})
    assert amounts(book, scenario)["appeals"] == round(600_000 / (hours * 0.5), 2)


def test_appeals_never_cost_more_than_the_salaries_there_are():
    book = Book(horizon=365)
    book.employed("adults", 0, start=0, end=36.5)
    book.task("adults", requested=1, started=1, finished=40, hours=5_000.0, track="appeal")
    assert amounts(book, small_town()) == {"appeals": 60_000}


def test_what_is_paid_once_is_paid_on_the_day_a_service_begins():
    """Not for one that was there on day 0, is prolonged, or that a family buys; nor for one begun in the run-in."""
    book = Book(run_in=50, horizon=731)
    for case, kind in enumerate(("ordinary", "initial", "bridging", "self_pay")):
        book.spell("support", case, start=364, end=366, kind=kind, payer="family" if kind == "self_pay" else "buf")
    book.spell("support", 5, start=40, end=60)
    book.spell("support", 6)
    scenario = priced_town(services={"support": {"once": {"dkk": 5_000.0, "account": "6.45.58"}}})
    found = amounts(book, scenario, "year", "part", "account", "unit")
    assert {key: value for key, value in found.items() if key[1] == "once"} == {
        (2023, "once", "6.45.58", "payments"): 5_000
    }


def test_transport_costs_its_price_on_every_day_of_a_granted_service():
    book = Book(horizon=365)
    book.spell("support", 1, start=0, end=10)
    book.spell("support", 2, start=0, end=10, kind="self_pay", payer="family")
    book.spell("support", 3, start=0, end=10, kind="bridging", payer="bsf")
    scenario = priced_town(services={"support": {"transport": {"dkk_per_day": 7.5, "account": "6.45.58"}}})
    found = amounts(book, scenario, "part", "administration", "account")
    assert found["transport", "buf", "6.45.58"] == found["transport", "bsf", "6.45.58"] == 75
    assert sum(value for key, value in found.items() if key[0] == "transport") == 150


def test_what_a_resident_pays_is_less_for_the_administration_and_more_for_the_family():
    """10 % of 200,000 and 20 % of the 100,000 above it: 40,000 in each year, leap year or not."""
    charge = {"income_dkk_per_year": 300_000.0, "threshold_dkk_per_year": 200_000.0, "account": "6.45.58"}
    charge |= {"share_below": 0.1, "share_above": 0.2}
    scenario = priced_town(services={"adult_support": {"user_charge": charge}})
    book = Book(horizon=731)
    book.spell("adult_support", start=0, payer="bsf", track="grown")
    found = amounts(book, scenario, "year", "part", "administration", "payer", "account")
    assert {key: value for key, value in found.items() if key[1] == "user_charge"} == {
        (year, "user_charge", "bsf", payer, "6.45.58"): dkk
        for year in (2023, 2024)
        for payer, dkk in (("bsf", -40_000), ("family", 40_000))
    }
    kpis = values(book, scenario)
    assert kpis["cost.user_charges", "bsf"] == kpis["cost.payer", "family"] == pytest.approx(40_000)
    assert kpis["cost.services", "all"] == pytest.approx(36_550)
    assert kpis["cost.total", "all"] == kpis["cost.municipality", "bsf"] == pytest.approx(-3_450)
    assert kpis["cost.family", "all"] == 0


def test_the_entries_say_from_when_to_when_and_add_up_to_the_ledger():
    scenario = priced_town({"staff": {"recruitment_dkk": 1_000}})
    book = Book(horizon=731)
    book.employed("adults", 0)
    book.employed("adults", 1, start=400)
    book.spell("support", 3, start=360, end=370)
    book.spell("support", 4, start=360, end=370, level=3)
    book.event("board", 3, since=0, time=100, outcome="upheld", track="appeal")
    frames = Frames(book.journal(), scenario)
    listed = entries(frames)
    spell = listed[(listed["part"] == "services") & (listed["case"] == 3)]
    assert spell[["quantity", "unit", "unit_price_dkk", "amount_dkk"]].to_numpy().tolist() == [
        [5.0, "days", 100.0, 500.0],
        [5.0, "days", 100.0, 500.0],
    ]
    assert [str(day.date()) for day in spell["date_from"]] == ["2023-12-27", "2024-01-01"]
    assert [str(day.date()) for day in spell["date_to"]] == ["2023-12-31", "2024-01-05"]
    assert listed["case"].isna().to_numpy().tolist() == (listed["part"].isin(["staff", "recruitment"])).tolist()
    assert set(listed[listed["case"].isna()]["team"]) == {"adults"}
    keys = ["administration", "account", "payer", "part", "item", "supplier", "level", "unit"]
    listed["year"] = listed["date_from"].dt.year.astype("int64")
    stored = table(ledger(frames)).groupby(["year", *keys])[["quantity", "amount_dkk"]].sum()
    pd.testing.assert_frame_equal(listed.groupby(["year", *keys])[["quantity", "amount_dkk"]].sum(), stored)


def test_a_service_without_any_price_is_named_and_so_is_that_it_has_no_supplier():
    """A family that pays for itself has no supplier; the one that another spell has is not to blame."""
    costs = small_town().model_dump()["costs"]
    del costs["services"]["support"]
    book = Book(horizon=365)
    book.spell("institution", 1, start=10, end=20)
    book.spell("support", 2, start=10, end=20, supplier=None, kind="self_pay", payer="family")
    with pytest.raises(KeyError, match="no price for service 'support' by supplier 'none'"):
        ledger(Frames(book.journal(), small_town(costs=costs)))
