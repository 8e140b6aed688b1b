"""What must hold in every journal, on any map that a planner could write down.

``HYPOTHESIS_PROFILE=thorough`` searches for longer.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from journal_invariants import check_all
from random_maps import scenarios

from sim.journal import Journal
from sim.model import simulate
from sim.model.named_team import NamedTeam
from sim.model.world import World
from sim.scenario import Scenario

pytestmark = pytest.mark.verification


@settings(max_examples=500)
@given(scenario=scenarios())
def test_any_map(scenario: Scenario) -> None:
    """The invariants hold, and running the scenario twice gives the same journal."""
    world = World(scenario, 0)
    journal = world.run()
    check_all(journal, scenario)
    caseloads_are_conserved(world, journal)
    assert simulate(scenario).digest() == journal.digest()


def caseloads_are_conserved(world: World, journal: Journal) -> None:
    """At the end every case that is assigned is on exactly one desk, and somebody needs it there."""
    kinds, outcomes = journal.names["events.kind"], journal.names["events.outcome"]
    still = np.isnan(journal.events["time"])
    for name, team in world.teams.items():
        if not isinstance(team, NamedTeam):
            continue
        open_now = zip(journal.events["kind"][still], journal.events["outcome"][still], strict=True)
        assigned = sum(kinds[kind] == "assigned" and outcomes[outcome] == name for kind, outcome in open_now)
        desks = [assignment for desk in team.desks for assignment in desk.cases]
        assert len(desks) == len(set(desks)) == assigned, f"{name}: cases that are on no desk, or on two"
        for desk in team.desks:
            for assignment in desk.cases:
                assert assignment.desk is desk
                assert assignment.holders
                assert assignment.case.assignments[team] is assignment
                assert all(not token.ended for token in assignment.holders)
