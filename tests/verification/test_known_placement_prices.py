"""The shipped price list agrees with the published prices of placements.

In 2019 a year in foster care cost 470,000 DKK and a year in an institution or residential facility 1,160,000, 720,700
on average (F45 in docs/sources.md), which implies 63.7 % in foster care; Statistics Denmark says 63 %. The list's
prices are of 2024, so its index is put to the test as well.
"""

from __future__ import annotations

import pytest

from sim.journal import NAN, TABLES, Journal, Recorder
from sim.measures.costs import ledger
from sim.measures.frames import Frames
from sim.scenario import Scenario
from sim.scenario.compose import Composer

pytestmark = pytest.mark.verification

FOSTER_SHARE = 0.637


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    with Composer() as composer:
        return composer.configuration(["municipality=odense", "costs.level.year=2019"]).scenario


def dkk_per_year(scenario: Scenario, service: str, supplier: str) -> float:
    """Return what the ledger books for a spell that was there on day 0 and lasts for one year, in DKK of 2019."""
    recorder = Recorder({})
    codes = {
        key: recorder.names[key].code(name)
        for key, name in (("spells.kind", "initial"), ("events.kind", ""), ("events.outcome", ""), ("staff.kind", ""))
    }
    recorder.add_case((0, 0, 0, 0, -3_000.0, 0.0, 2, NAN))
    recorder.add_spell((0, 0, 0, 0, 0, codes["spells.kind"], 2, NAN, NAN, 0.0, NAN, NAN))
    administration = next(iter(scenario.administrations))
    journal = Journal(
        scenario="baseline",
        replication=0,
        seed=0,
        start=scenario.horizon.start,
        run_in=0.0,
        horizon=365.0,
        names={
            "spells.kind": ("initial",),
            "service": (service,),
            "supplier": (supplier,),
            "payer": (administration,),
            "track": (next(iter(scenario.tracks)),),
        },
        **{table: recorder.columns(table) for table in TABLES},
    )
    booked = ledger(Frames(journal, scenario))
    return float(booked[booked["part"] == "services"]["oere"].sum()) / 100


def test_a_year_in_foster_care_in_2019(scenario: Scenario) -> None:
    assert dkk_per_year(scenario, "foster_care", "foster_families") == pytest.approx(470_000, rel=0.005)


@pytest.mark.parametrize(("service", "supplier"), [("residential_facility", "bought"), ("childrens_home", "own")])
def test_a_year_in_an_institution_in_2019(scenario: Scenario, service: str, supplier: str) -> None:
    assert dkk_per_year(scenario, service, supplier) == pytest.approx(1_160_000, rel=0.005)


def test_the_average_placement_in_2019(scenario: Scenario) -> None:
    foster = dkk_per_year(scenario, "foster_care", "foster_families")
    residential = dkk_per_year(scenario, "residential_facility", "bought")
    average = FOSTER_SHARE * foster + (1 - FOSTER_SHARE) * residential
    assert average == pytest.approx(720_700, rel=0.005)
