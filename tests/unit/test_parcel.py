"""A replication that is simulated on another machine."""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_maps

from sim.experiment.manifest import engine
from sim.experiment.parcel import Parcel, addressed, received, replicate_apart
from sim.experiment.run import Done, Failed, Task, run_replication

pytestmark = pytest.mark.unit


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def task(tmp_path: Path) -> Task:
    # Far beyond what is stored of it: the smallest map there is.
    scenario = tiny_maps.small_map({"work": tiny_maps.work("end"), "end": tiny_maps.END})
    return Task("point", tmp_path / "point", pickle.dumps(scenario), 0)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_the_same_files_arrive_as_are_written_here(task: Task, elsewhere: Path, tmp_path: Path) -> None:
    for replication in range(2):
        run_replication(replace(task, replication=replication))
        there = replace(task, point=tmp_path / "other", replication=replication)
        assert isinstance(received(replicate_apart(addressed(there), engine()), there), Done)
    written = contents(task.point)
    assert {name.split("/")[1] for name in written} == {"00000", "00001"}
    assert "replications/00001/checksums.sha256" in written
    assert contents(there.point) == written
    assert list(elsewhere.iterdir()) == []


def test_what_is_sent_does_not_say_where_results_lie(task: Task, tmp_path: Path) -> None:
    assert tmp_path.name.encode() in pickle.dumps(task)
    assert tmp_path.name.encode() not in pickle.dumps(addressed(task))


def test_another_version_simulates_nothing_and_says_what_differs(task: Task) -> None:
    parcel = replicate_apart(addressed(task), {**engine(), "simpy": "3.0"})
    assert (parcel.result, parcel.files) == (None, {})
    assert parcel.stranger.startswith("simpy: 3.0 here, 4.")


def test_what_cannot_be_stored_is_a_failure_and_not_a_replication(task: Task) -> None:
    task.point.parent.mkdir(exist_ok=True)
    task.point.write_bytes(b"a file where the folder should be")
    failed = received(Parcel(Done("point", 0, 1.0), {"kpis.parquet": b"x"}), task)
    assert isinstance(failed, Failed)
    assert (failed.label, failed.replication) == ("point", 0)


def test_an_error_of_the_replication_travels_back(task: Task, elsewhere: Path) -> None:
    broken = Task("point", task.point, b"no scenario", 2)
    failed = received(replicate_apart(addressed(broken), engine()), broken)
    assert isinstance(failed, Failed)
    assert failed.replication == 2
    assert not task.point.exists()
