"""A sweep on a Ray cluster of two nodes, both of them processes of this machine."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fake_engine
import held_engine
import pytest
from listeners import Listener

from sim.experiment import on_ray
from sim.experiment.manifest import Manifest
from sim.experiment.points import Point, sweep_points
from sim.experiment.ray_session import ALONE, ALWAYS, connected, until_started
from sim.experiment.run import Engine
from sim.experiment.sweep import Order, run_sweep
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError
from sim.scenario.launcher import Launcher

pytestmark = pytest.mark.functional

SWEEP = ("municipality=one_team", "scenario=baseline", "teams.advisers.caseworkers=2,3", "experiment.replications=4")
SECONDS_TO_DIE = 120


@dataclass
class Nodes:
    """The cluster, and the folder that asks for faults in it."""

    cluster: Any
    second: Any
    faults: Path

    def kill_the_second_when_it_works(self) -> None:
        """Wait until a replication runs on the second node, kill that node, and let all replications end."""
        (raylet,) = self.second.all_processes["raylet"]
        until = time.monotonic() + SECONDS_TO_DIE
        while not (self.faults / f"held-by-{raylet.process.pid}").exists() and time.monotonic() < until:
            time.sleep(0.05)
        self.cluster.remove_node(self.second, allow_graceful=False)
        (self.faults / held_engine.HOLD).unlink()


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    # Not pytest's own folder: its path is too long for the names of Ray's sockets.
    folder = Path(tempfile.mkdtemp(prefix="sf-"))
    faults = folder / "faults"
    faults.mkdir()
    code = os.pathsep.join([str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        own = {"PYTHONPATH": code, "RAY_TMPDIR": str(folder), fake_engine.FAULTS: str(faults)}
        for name, value in {**ALWAYS, **ALONE, **own}.items():
            patch.setenv(name, value)
        from ray.cluster_utils import Cluster

        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        small = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
        head = {**small, "include_dashboard": False, "no_monitor": True}
        cluster = until_started(lambda: Cluster(initialize_head=True, head_node_args=head))
        stack.callback(cluster.shutdown)
        second = until_started(lambda: cluster.add_node(**small))
        # One connection for all tests: every further one would start new processes on both nodes.
        stack.enter_context(connected(Launcher({"address": cluster.address}), -1))
        yield Nodes(cluster, second, faults)


@pytest.fixture(scope="module")
def one_core(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("one_core") / "out"
    run_sweep(Order(points("compute.n_jobs=1"), folder, "", engine()), Listener())
    return contents(folder)


def engine() -> Engine:
    return Engine(fake_engine.simulate, fake_engine.measure)


def points(*overrides: str) -> list[Point]:
    with Composer() as composer:
        return sweep_points(composer, [*SWEEP, *overrides])


def contents(folder: Path) -> dict[str, bytes]:
    """Return everything but what says how the work was done, which is why ``config.yaml`` has another checksum."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): b"".join(
            line for line in path.read_bytes().splitlines(keepends=True) if not line.endswith(b"  config.yaml\n")
        )
        for path in files
        if path.name not in ("manifest.json", "config.yaml")
    }


def test_two_nodes_give_the_same_bytes_as_one_core(nodes: Nodes, one_core: dict[str, bytes], tmp_path: Path) -> None:
    manifest = run_sweep(Order(points("hydra/launcher=ray"), tmp_path / "out", "", engine()), Listener())
    assert contents(tmp_path / "out") == one_core
    assert (manifest.status, manifest.host.machines, manifest.host.processes) == ("complete", 2, 2)


def test_a_node_with_another_sagsflow_is_refused(nodes: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_ray, "engine", lambda: {"sagsflow": "99"})
    with pytest.raises(PlannerError, match=r"another sagsflow than this machine.*\(sagsflow: 99 here, .* there, code"):
        run_sweep(Order(points("hydra/launcher=ray"), tmp_path / "out", "", engine()), Listener())


def test_a_node_that_dies_loses_nothing_and_a_poisoned_replication_is_named(
    nodes: Nodes, one_core: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    for name in (held_engine.HOLD, "die-3-1"):
        (nodes.faults / name).touch()
    held = Engine(held_engine.simulate, fake_engine.measure)
    death = threading.Thread(target=nodes.kill_the_second_when_it_works)
    death.start()
    listener = Listener()
    manifest = run_sweep(Order(points("hydra/launcher=ray"), folder, "", held), listener)
    death.join()
    assert [(failed.label, failed.replication) for failed in manifest.failures] == [("baseline--advisers-3", 1)]
    assert manifest.failures[0].error == on_ray.DIED
    assert len(listener.results) == 7

    (nodes.faults / "die-3-1").unlink()
    run_sweep(Order(points("hydra/launcher=ray"), folder, "", held), Listener())
    assert contents(folder) == one_core
    assert Manifest.read(folder).host.machines == 1
