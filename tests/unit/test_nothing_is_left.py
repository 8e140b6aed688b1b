"""What is over is freed at once: while a replication runs, nothing piles up that only the collector could free."""

from __future__ import annotations

import gc

import pytest
from municipalities import configured

from sim.model.world import World

pytestmark = pytest.mark.unit

PERSONS_PER_OBJECT = 5
"""At least so many persons come for each object that is left (seen: 23 to 27; with cycles 14 objects a person)."""


def test_those_who_have_left_leave_nothing_for_the_collector() -> None:
    scenario = configured("municipality=odense", "municipality.scale=0.05", "horizon.years=3").scenario
    world = World(scenario, 0)
    gc.collect()
    gc.disable()
    try:
        journal = world.run()
        left = gc.collect()
    finally:
        gc.enable()
    persons = len(journal.cases["case"])
    assert persons > 500
    assert left * PERSONS_PER_OBJECT < persons
