"""A second municipality, described in data alone: other administrations, budgets, entrances and steps than Odense's.

What holds for every municipality's figures (each has evidence and lies within its range) is tested in
``tests/unit/test_evidence_register.py``. Here a small Copenhagen is simulated: a tenth of the town, a year and a half.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pytest
from municipalities import configured

from sim.journal import Journal
from sim.measures import measure
from sim.model import simulate
from sim.scenario.configuration import Configuration
from sim.scenario.evidence import figures
from sim.scenario.scenario import Scenario

pytestmark = pytest.mark.functional

SMALL = ("municipality.scale=0.1", "horizon.run_in_years=0.5", "horizon.years=1")
POOLED, SINGLE = "copenhagen_pooled_budget", "copenhagen_single_entry"
SIZE = re.compile(
    r"municipality\.population\..+|teams\..+\.caseworkers|panels\..+\.seats|services\..+\.places"
    r"|arrivals\..+\.per_year|initial_(caseload|matters)\..+\.count"
)
"""Figures that are as large as the municipality."""


def composed(municipality: str, scenario: str, *overrides: str) -> Configuration:
    return configured(f"municipality={municipality}", f"scenario={scenario}", *overrides)


def town(scenario: str) -> Scenario:
    return composed("copenhagen", scenario, *SMALL).scenario


@lru_cache
def journal(scenario: str) -> Journal:
    return simulate(town(scenario), 0)


@lru_cache
def kpis(scenario: str) -> dict[tuple[str, str], float]:
    table = measure(journal(scenario), town(scenario)).kpis
    return dict(zip(zip(table["kpi"], table["group"], strict=True), table["value"], strict=True))


def happened(scenario: str, kind: str, track: str) -> np.ndarray:
    """Return which events are of a kind and in a track."""
    events, names = journal(scenario).events, journal(scenario).names
    kinds, tracks = names["events.kind"], names["track"]
    return (events["kind"] == kinds.index(kind)) & (events["track"] == tracks.index(track))


def administrations(scenario: str, rows: np.ndarray) -> set[str]:
    names = journal(scenario).names["payer"]
    return {names[code] for code in np.unique(journal(scenario).events["administration"][rows])}


def test_nothing_as_large_as_odense_is_left() -> None:
    """Copenhagen is laid over Odense, so a size that its files forget would silently be Odense's."""
    sizes = [
        {path: value for path, value in figures(composed(name, "baseline").composed) if SIZE.fullmatch(path)}
        for name in ("odense", "copenhagen")
    ]
    odense, copenhagen = sizes
    assert len(copenhagen) > 50
    assert {path: value for path, value in copenhagen.items() if odense.get(path, 0) * 2 > value} == {}


def test_none_of_odenses_administrations_teams_and_panels_is_left() -> None:
    odense, copenhagen = composed("odense", "baseline").scenario, composed("copenhagen", "baseline").scenario
    assert set(copenhagen.administrations) == {"buf", "sof_children", "sof_adult", "sof_central"}
    assert set(copenhagen.teams).isdisjoint(odense.teams)
    assert set(copenhagen.panels).isdisjoint(odense.panels)


def test_what_municipalities_do_alike_is_the_same() -> None:
    odense, copenhagen = composed("odense", "baseline").scenario, composed("copenhagen", "baseline").scenario
    assert {name: offers for name, offers in copenhagen.offers.items() if name != "school"} == odense.offers
    assert copenhagen.waiting == odense.waiting
    assert copenhagen.tracks["children"].steps["supported"] == odense.tracks["children"].steps["supported"]


@pytest.mark.parametrize("scenario", ["baseline", POOLED, SINGLE])
def test_it_is_simulated_with_cases_of_both_administrations(scenario: str) -> None:
    children = happened(scenario, "responsibility_taken", "children")
    assert administrations(scenario, children) == {"buf", "sof_children"}
    spells, names = journal(scenario).spells, journal(scenario).names
    payers: dict[str, set[str]] = {}
    for service, payer in zip(spells["service"], spells["payer"], strict=True):
        payers.setdefault(names["service"][service], set()).add(names["payer"][payer])
    # Families pay for some, while they wait.
    assert payers["special_education"] - {"family"} == {"buf"}
    assert payers["foster_care"] - {"family"} == {"sof_children"}
    assert payers["temporary_home"] >= {"sof_adult", "sof_central"}


def test_day_0_is_paid_by_the_budget_that_has_the_place() -> None:
    """A centre's places are the centre's, dear places for adults those of the central frame."""
    spells, names = journal("baseline").spells, journal("baseline").names
    initial = spells["kind"] == names["spells.kind"].index("initial")
    payers = {
        names["service"][service]: names["payer"][payer]
        for service, payer in zip(spells["service"][initial], spells["payer"][initial], strict=True)
    }
    expected = {"longterm_home": "sof_central", "home_support": "sof_adult", "respite": "sof_children"}
    assert {service: payers[service] for service in expected} == expected


@pytest.mark.parametrize("track", ["children", "transition", "adult"])
def test_a_shared_frame_sends_fewer_cases_on(track: str) -> None:
    split, shared = (np.count_nonzero(happened(name, "bounce", track)) for name in ("baseline", POOLED))
    assert 0 < shared < split


def test_a_shared_frame_settles_sooner_whose_a_child_is() -> None:
    def days(scenario: str) -> float:
        rows, events = happened(scenario, "responsibility_taken", "children"), journal(scenario).events
        return float(np.mean(events["time"][rows] - events["since"][rows]))

    assert days(POOLED) < 0.75 * days("baseline")


def test_a_single_entry_has_no_wrong_doors() -> None:
    assert kpis(SINGLE)["deadline.screening_24h", "all"] > kpis("baseline")["deadline.screening_24h", "all"]
    sent_on = [np.count_nonzero(happened(name, "bounce", "children")) for name in (SINGLE, "baseline")]
    assert 0 < sent_on[0] < sent_on[1]


@pytest.mark.parametrize("scenario", [POOLED, SINGLE])
def test_the_same_persons_come_in_every_scenario(scenario: str) -> None:
    assert (
        kpis(scenario)["volume.notifications_per_year", "all"]
        == (kpis("baseline")["volume.notifications_per_year", "all"])
    )


@pytest.mark.parametrize("scenario", [POOLED, SINGLE])
def test_nobody_is_hired(scenario: str) -> None:
    def positions(name: str) -> int:
        teams = composed("copenhagen", name).scenario.teams.values()
        return sum(team.caseworkers + sum(change.caseworkers for change in team.changes.values()) for team in teams)

    assert positions(scenario) == positions("baseline")
