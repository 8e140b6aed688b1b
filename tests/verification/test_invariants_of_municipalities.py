"""What must hold in every journal, in the municipalities that come with the tool."""

from __future__ import annotations

import pytest
from journal_invariants import check_all
from municipalities import configured

from sim.model import simulate

pytestmark = pytest.mark.verification


@pytest.mark.parametrize("replication", [0, 1, 2])
@pytest.mark.parametrize(
    "overrides",
    [
        [],
        ["teams.advisers.caseworkers=1", "teams.advisers.max_caseload=15"],
        [
            "+teams.advisers.allocation=pooled",
            "tracks.support.steps.supported.follow_up.team=advisers",
            "~initial_caseload.supported.team",
        ],
        ["panels.board.seats=2", "services.family_support.suppliers.own.places=10"],
        ["municipality.scale=2.5"],
    ],
    ids=["as_it_is", "overloaded", "pooled", "few_seats_and_places", "larger"],
)
def test_the_smallest_municipality(overrides: list[str], replication: int) -> None:
    """One team, one panel, one service; as it is and under pressure."""
    scenario = configured("municipality=one_team", *overrides).scenario
    journal = simulate(scenario, replication)
    assert len(journal.cases["case"]) > 100
    check_all(journal, scenario)


@pytest.mark.parametrize("replication", [0, 1])
def test_a_large_municipality(replication: int) -> None:
    """Three administrations with all their tracks, birthdays and appeals."""
    overrides = ["municipality=odense", "horizon.run_in_years=0", "horizon.years=1", "++municipality.scale=0.25"]
    scenario = configured(*overrides).scenario
    journal = simulate(scenario, replication)
    assert len(journal.cases["case"]) > 300
    check_all(journal, scenario)
