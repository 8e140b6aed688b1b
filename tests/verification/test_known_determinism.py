"""The same scenario and replication give the same journal, byte for byte, whenever and wherever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from municipalities import configured
from small_maps import FOLDER, small_map

from sim.model import simulate
from sim.scenario import Scenario

pytestmark = pytest.mark.verification

SCRIPT = """
import sys
from pathlib import Path
from sim.model import simulate
from sim.scenario.compose import from_yaml
print(simulate(from_yaml(Path(sys.argv[1])).scenario, int(sys.argv[2])).digest())
"""


def one_team(*overrides: str) -> Scenario:
    """Return the smallest municipality."""
    return configured("municipality=one_team", *overrides).scenario


def test_twice_in_this_process() -> None:
    """Nothing is left behind by a simulation that another could notice."""
    scenario = one_team()
    first = simulate(scenario, 2).digest()
    simulate(small_map("three_teams"))
    assert simulate(scenario, 2).digest() == first
    assert simulate(one_team(), 2).digest() == first


@pytest.mark.parametrize("hash_seed", ["0", "12345"])
def test_in_a_fresh_process(hash_seed: str) -> None:
    """Another process, with another order of sets and hashes, writes the same journal."""
    file = FOLDER / "three_teams.yaml"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parents[2])}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(file), "1"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=True,
    )
    assert result.stdout.strip() == simulate(small_map("three_teams"), 1).digest()


def test_replications_and_seeds_differ() -> None:
    """Ten futures of two seeds are twenty different journals."""
    digests = {
        simulate(one_team(f"experiment.seed={seed}", "horizon.years=0.5"), replication).digest()
        for seed in (1, 2)
        for replication in range(10)
    }
    assert len(digests) == 20


def test_a_run_changes_nothing_in_its_scenario() -> None:
    """The scenario is the same before and after it is simulated."""
    scenario = one_team()
    before = scenario.model_dump_json()
    simulate(scenario)
    assert scenario.model_dump_json() == before
