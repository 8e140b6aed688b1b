"""Stored files that are damaged: noticed before they are read, and said with what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import fake_engine
import pytest
from filelock import FileLock
from listeners import Listener

from sim.experiment.checksums import ABSENT, CHECKSUMS, checksum, damage
from sim.experiment.lock import LOCK
from sim.experiment.manifest import Manifest
from sim.experiment.points import Point, sweep_points
from sim.experiment.run import Engine, run_replication
from sim.experiment.store import refuse_damaged
from sim.experiment.sweep import Order, missing_tasks, run_sweep
from sim.experiment.together import bring_together
from sim.report.results import read_results
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.functional

COMMAND = "sagsflow run output=here"


@cache
def points(replications: int) -> list[Point]:
    with Composer() as composer:
        given = ["municipality=one_team", "scenario=baseline", "compute.n_jobs=1"]
        return sweep_points(composer, [*given, f"experiment.replications={replications}"])


def order(folder: Path, replications: int = 2, told: list[Path] | None = None) -> Order:
    engine = Engine(fake_engine.simulate, fake_engine.measure)
    return Order(points(replications), folder, COMMAND, engine, on_damage=None if told is None else told.extend)


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    run_sweep(order(tmp_path / "finished"), Listener())
    return tmp_path / "finished"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "name"),
    [
        (cut, "kpis.parquet"),
        (flip, "billing_staff.parquet"),
        (flip, "journal/cases.parquet"),
        (Path.unlink, "ledger.parquet"),
        (cut, CHECKSUMS),
        (Path.unlink, CHECKSUMS),
    ],
)
def test_a_damaged_point_is_refused_saying_what_to_do(finished: Path, harm: Callable[[Path], None], name: str) -> None:
    point = finished / "points" / "baseline"
    harm(point / name)
    with pytest.raises(PlannerError) as message:
        run_sweep(order(finished), Listener())
    said = str(message.value)
    assert str(point / name) in said
    assert f"Delete the folder {point} " in said
    assert COMMAND in said


def test_what_is_said_helps(finished: Path, tmp_path: Path) -> None:
    flip(finished / "points" / "baseline" / "spells.parquet")
    with pytest.raises(PlannerError, match=r"spells\.parquet is not what was written"):
        bring_together([finished, finished], tmp_path / "together", "")
    before = (finished / "kpis.csv").read_bytes()
    (finished / "points" / "baseline").rename(tmp_path / "thrown away")
    listener = Listener()
    run_sweep(order(finished), listener)
    assert listener.replications == {0, 1}
    assert (finished / "kpis.csv").read_bytes() == before
    refuse_damaged(finished / "points" / "baseline")


def test_a_damaged_replication_that_lies_by_itself_is_computed_again(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "interrupted"
    run_sweep(order(folder), Listener())
    tasks, _ = missing_tasks(order(folder, 4), 4)
    for task in tasks:
        run_replication(task)
    flip(folder / "points" / "baseline" / "replications" / "00003" / "costs.parquet")
    told: list[Path] = []
    listener = Listener()
    run_sweep(order(folder, 4, told), listener)
    assert told == [folder / "points" / "baseline" / "replications" / "00003"]
    assert listener.replications == {3}
    run_sweep(order(finished, 4), Listener())
    assert (folder / "costs.csv").read_bytes() == (finished / "costs.csv").read_bytes()


def test_a_table_over_all_points_that_was_changed_is_not_read_and_is_written_again(finished: Path) -> None:
    path = finished / "comparison.csv"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"9", b"8"))
    with pytest.raises(PlannerError, match="put together again from the points' own files") as message:
        read_results(finished, "en")
    assert f"{path} is not what was written" in str(message.value)
    listener = Listener()
    run_sweep(order(finished), listener)
    assert listener.replications == set()
    assert path.read_bytes() == right
    assert read_results(finished, "en").folder == finished


def test_everything_that_is_stored_is_listed_as_sha256sum_would(finished: Path) -> None:
    point = finished / "points" / "baseline"
    for folder, below in ((point, "**/*"), (finished, "*.csv"), (finished, "*.parquet")):
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
        listed = dict(reversed(line.split("  ")) for line in lines)
        files = [path for path in folder.glob(below) if path.is_file() and path.name != CHECKSUMS]
        assert files
        assert all(listed[path.relative_to(folder).as_posix()] == checksum(path) for path in files)
        assert damage(folder) == []
    assert ABSENT not in (point / CHECKSUMS).read_text(encoding="utf-8")


def test_two_runs_do_not_work_in_one_folder(finished: Path) -> None:
    with FileLock(finished / LOCK), pytest.raises(PlannerError, match="another sagsflow is at work in"):
        run_sweep(order(finished, 4), Listener())
    run_sweep(order(finished, 4), Listener())
    assert Manifest.read(finished).status == "complete"
    assert not (finished / LOCK).exists()


def test_a_configuration_that_another_command_left_before_it_crashed_is_replaced(
    finished: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "begun"
    for label in ("baseline", "another"):
        (folder / "points" / label).mkdir(parents=True)
        (folder / "points" / label / "config.yaml").write_text("of: something else\n", encoding="utf-8")
    run_sweep(order(folder), Listener())
    config = Path("points") / "baseline" / "config.yaml"
    assert (folder / config).read_bytes() == (finished / config).read_bytes()
    assert [path.name for path in (folder / "points").iterdir()] == ["baseline"]


def test_points_that_hold_anything_else_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / "points" / "mine").mkdir(parents=True)
    (tmp_path / "points" / "mine" / "thesis.docx").touch()
    with pytest.raises(PlannerError, match="not a folder of results"):
        run_sweep(order(tmp_path), Listener())
    assert (tmp_path / "points" / "mine" / "thesis.docx").exists()
