"""The measures of a simulated municipality hang together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from municipalities import configured

from sim.journal import Journal
from sim.measures import Figures, measure
from sim.model import simulate
from sim.scenario import Scenario

pytestmark = pytest.mark.functional


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return configured("municipality=one_team").scenario


@pytest.fixture(scope="module")
def journal(scenario: Scenario) -> Journal:
    return simulate(scenario)


@pytest.fixture(scope="module")
def figures(journal: Journal, scenario: Scenario) -> Figures:
    return measure(journal, scenario)


def values(figures: Figures) -> pd.Series:
    return figures.kpis.set_index(["kpi", "group"])["value"]


def test_measuring_changes_nothing_and_is_the_same_again(journal: Journal, scenario: Scenario, figures: Figures):
    before = journal.digest()
    again = measure(journal, scenario)
    assert journal.digest() == before
    for table in ("kpis", "costs", "series"):
        pd.testing.assert_frame_equal(getattr(again, table), getattr(figures, table))


def test_another_future_has_the_same_rows_and_grids(figures: Figures, scenario: Scenario):
    other = measure(simulate(scenario, 1), scenario)
    pd.testing.assert_frame_equal(other.kpis.drop(columns="value"), figures.kpis.drop(columns="value"))
    pd.testing.assert_frame_equal(other.series.drop(columns="value"), figures.series.drop(columns="value"))
    assert not other.kpis["value"].equals(figures.kpis["value"])


def test_utilisation_measured_in_two_ways_agrees(journal: Journal, figures: Figures):
    """From the calendar (start to end of each task) and from the hours that each task was given."""
    hours = journal.activities["hours"]
    started = journal.activities["started"]
    inside = (started >= journal.run_in) & (started < journal.horizon)
    busy_share = values(figures)["staff.utilisation", "all"]
    workers = values(figures)["staff.caseworkers", "all"]
    working_hours = 7.4 * 252 * (journal.horizon - journal.run_in) / 365.25 * workers
    assert 0 < busy_share <= 1
    assert busy_share == pytest.approx(hours[inside].sum() / working_hours, rel=0.03)


def test_littles_law_holds_for_the_cases_with_a_service(journal: Journal, figures: Figures):
    """Time-average number = persons-days over days, counted from the spells themselves."""
    start, end = journal.spells["start"], journal.spells["end"]
    until = np.fmin(end, journal.horizon)
    days = np.nansum(np.maximum(until - np.maximum(start, journal.run_in), 0))
    assert values(figures)["volume.supported", "all"] == pytest.approx(
        days / (journal.horizon - journal.run_in), rel=0.01
    )


def test_the_ledger_is_the_total(figures: Figures, journal: Journal):
    """Nobody pays for themselves here, so the whole ledger is public money."""
    years = (journal.horizon - journal.run_in) / 365.25
    assert values(figures)["self_pay", "all"] == 0
    assert values(figures)["cost.total", "all"] == pytest.approx(figures.costs["amount_dkk"].sum() / years, rel=0.01)
