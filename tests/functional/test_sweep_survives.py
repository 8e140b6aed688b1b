"""A sweep that dies at any moment: nothing finished is lost, nothing half-written is read, the bytes are the same."""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import fake_engine
import pytest
from deaths import Disk, on, victim
from listeners import Listener

import sim.experiment.store
from sim.experiment.points import Point, sweep_points
from sim.experiment.run import Done, Engine, Failed, run_replication
from sim.experiment.store import stored_replications
from sim.experiment.sweep import Order, missing_tasks, run_sweep
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.functional

LABEL = "baseline"
KILLS = 50
TIMES = ("started", "finished", "wall_seconds")


@cache
def points(replications: int = 2, n_jobs: int = 1) -> list[Point]:
    with Composer() as composer:
        given = ["municipality=one_team", "scenario=baseline", f"compute.n_jobs={n_jobs}"]
        return sweep_points(composer, [*given, f"experiment.replications={replications}"])


def order(folder: Path, replications: int = 2, n_jobs: int = 1) -> Order:
    engine = Engine(fake_engine.simulate, fake_engine.measure)
    return Order(points(replications, n_jobs), folder, "sagsflow sweep", engine)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the same configuration out once: it is nearly all of the time that these sweeps take."""
    texts: dict[int, str] = {}
    real = sim.experiment.store.to_yaml

    def once(configuration: object) -> str:
        if id(configuration) not in texts:
            texts[id(configuration)] = real(configuration)  # type: ignore[arg-type]
        return texts[id(configuration)]

    monkeypatch.setattr(sim.experiment.store, "to_yaml", once)


def everything(folder: Path) -> dict[str, object]:
    """Return all files of a folder of results, without the times that the manifest holds."""
    found: dict[str, object] = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for point in manifest["points"]:
        del point["seconds"]
    found |= {f"manifest.json: {name}": value for name, value in manifest.items() if name not in TIMES}
    del found["manifest.json"]
    return found


@pytest.fixture
def uninterrupted(tmp_path: Path) -> dict[str, object]:
    run_sweep(order(tmp_path / "uninterrupted"), Listener())
    return everything(tmp_path / "uninterrupted")


def stored(folder: Path) -> set[int]:
    return stored_replications(folder / "points" / LABEL)


def test_it_may_die_before_every_single_change_of_a_file(tmp_path: Path, uninterrupted: dict[str, object]) -> None:
    with on(Disk(tmp_path / "whole", copies=tmp_path / "moments")):
        run_sweep(order(tmp_path / "whole"), Listener())
    moments = sorted((tmp_path / "moments").iterdir())
    assert len(moments) > 100
    there: set[int] = set()
    for moment in moments:
        assert there <= stored(moment), "something finished was lost"
        there = stored(moment)
        listener = Listener()
        run_sweep(order(moment), listener)
        assert listener.replications == {0, 1} - there
        assert everything(moment) == uninterrupted, f"it died before change {moment.name}"


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9])
def test_a_full_disk_stops_it_with_one_message(tmp_path: Path, uninterrupted: dict[str, object], part: float) -> None:
    folder = tmp_path / "results"
    with on(Disk(tmp_path / "counted")) as counted:
        run_sweep(order(tmp_path / "counted"), Listener())
    with pytest.raises(PlannerError) as message, on(Disk(folder, int(part * counted.changes) + 1)):
        run_sweep(order(folder), Listener())
    if part > 0.1:
        assert "the disk is full" in str(message.value)
        assert f"{len(stored(folder))} of 2 replications are stored" in str(message.value)
        assert "sagsflow sweep" in str(message.value)
    else:
        assert "No space left" in str(message.value)
    run_sweep(order(folder), Listener())
    assert everything(folder) == uninterrupted


def test_whoever_simulates_tells_a_full_disk_from_other_errors(tmp_path: Path) -> None:
    (task,), _ = missing_tasks(order(tmp_path / "results", 1), 1)
    with on(Disk(tmp_path, 5)):
        failed = run_replication(task)
    assert isinstance(failed, Failed)
    assert failed.disk_full
    assert not list((tmp_path / "results").rglob("*.parquet"))
    assert isinstance(run_replication(task), Done)


def test_a_replication_that_is_out_of_memory_costs_nothing_but_itself(
    tmp_path: Path, uninterrupted: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    caseworkers = points()[0].configuration.scenario.teams["advisers"].caseworkers
    (tmp_path / f"memory-{caseworkers}-0").touch()
    monkeypatch.setenv(fake_engine.FAULTS, str(tmp_path))
    manifest = run_sweep(order(tmp_path / "results"), Listener())
    assert [(failure.replication, failure.error) for failure in manifest.failures] == [(0, "MemoryError")]
    assert (manifest.status, stored(tmp_path / "results")) == ("incomplete", {1})
    monkeypatch.delenv(fake_engine.FAULTS)
    run_sweep(order(tmp_path / "results"), Listener())
    assert everything(tmp_path / "results") == uninterrupted


def test_a_replication_that_was_stored_but_could_not_say_so_is_not_blamed(tmp_path: Path) -> None:
    (task,), _ = missing_tasks(order(tmp_path / "results", 1), 1)
    assert isinstance(run_replication(task), Done)
    assert isinstance(run_replication(task), Done)


@pytest.fixture
def context() -> Iterator[multiprocessing.context.BaseContext]:
    """Processes that begin quickly where the system can do that: what they need has been imported before they fork."""
    if sys.platform == "win32":
        yield multiprocessing.get_context("spawn")
        return
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["sim.experiment.sweep", "sim.measures", "pandas", "scipy.special", "hydra"])
    yield forking


def test_fifty_kills_at_random_moments(
    tmp_path: Path, uninterrupted: dict[str, object], context: multiprocessing.context.BaseContext
) -> None:
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    life, _ = _life(context, tmp_path / "measured", None)
    kills = finished = 0
    folder = tmp_path / "0"
    while kills < KILLS:
        before = stored(folder)
        _, killed = _life(context, folder, chance.uniform(0, life))
        kills += killed
        assert before <= stored(folder), "something finished was lost"
        if not killed:
            assert everything(folder) == uninterrupted
            finished += 1
            folder = tmp_path / str(finished)
    run_sweep(order(folder), Listener())
    assert everything(folder) == uninterrupted


def _life(context: multiprocessing.context.BaseContext, folder: Path, kill_after: float | None) -> tuple[float, bool]:
    """Run a sweep in a process of its own; return how long that took, and whether it was killed before its end."""
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=victim, args=(order(folder), there))  # type: ignore[attr-defined]
    process.start()
    there.close()
    assert here.recv_bytes() == b"ready"
    begun = time.monotonic()
    if kill_after is not None:
        here.poll(kill_after)
        process.kill()
    process.join()
    seconds = time.monotonic() - begun
    try:
        done = here.recv_bytes() == b"done"
    except EOFError:
        done = False
    return seconds, not done
