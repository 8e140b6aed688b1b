"""The folder of results: what is in it, how it is continued, and when it is refused."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import fake_engine
import pandas as pd
import pytest
from listeners import Listener

from sim.experiment.manifest import Manifest
from sim.experiment.points import Point, sweep_points
from sim.experiment.run import Engine
from sim.experiment.sweep import Interrupted, Order, run_sweep
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.functional

CASEWORKERS = "teams.advisers.caseworkers"
SWEEP = ("municipality=one_team", "scenario=baseline", f"{CASEWORKERS}=2,3", "compute.n_jobs=1")
TABLES = (
    *("kpis.csv", "kpis.parquet", "costs.csv", "costs.parquet", "comparison.csv"),
    *("best.csv", "best.parquet", "run_in.csv", "run_in.parquet"),
)


@cache
def points(*overrides: str, replications: int = 4) -> list[Point]:
    with Composer() as composer:
        return sweep_points(composer, [*SWEEP, f"experiment.replications={replications}", *overrides])


def order(folder: Path, *overrides: str, replications: int = 4) -> Order:
    engine = Engine(fake_engine.simulate, fake_engine.measure)
    return Order(points(*overrides, replications=replications), folder, "sagsflow sweep", engine)


def contents(folder: Path) -> dict[str, bytes]:
    """Return what must not depend on how the work was done."""
    files = [folder / name for name in TABLES]
    files += [*folder.glob("points/*/*.parquet"), *folder.glob("points/*/journal/*")]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    for path in [folder / "checksums.sha256", *folder.glob("points/*/checksums.sha256")]:
        # The configuration also says with how many processes it was done.
        lines = [line for line in path.read_bytes().splitlines() if not line.endswith(b"config.yaml")]
        found[path.relative_to(folder).as_posix()] = b"\n".join(lines)
    return found


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    run_sweep(order(tmp_path / "finished"), Listener())
    return tmp_path / "finished"


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "faults"
    folder.mkdir()
    monkeypatch.setenv(fake_engine.FAULTS, str(folder))
    return folder


def test_the_folder_has_what_the_readme_says(finished: Path) -> None:
    assert sorted(path.name for path in finished.iterdir()) == sorted(
        [*TABLES, "checksums.sha256", "manifest.json", "points"]
    )
    point = finished / "points" / "baseline--advisers-2"
    assert sorted(path.name for path in point.iterdir()) == [
        "billing_activities.parquet",
        "billing_cases.parquet",
        "billing_events.parquet",
        "billing_staff.parquet",
        "checksums.sha256",
        "config.yaml",
        "costs.parquet",
        "journal",
        "kpis.parquet",
        "ledger.parquet",
        "series.parquet",
        "spells.parquet",
    ]
    kpis = pd.read_csv(finished / "kpis.csv")
    assert list(kpis.columns) == ["scenario", CASEWORKERS, "replication", "kpi", "group", "value", "unit"]
    assert len(kpis) == 2 * 4 * 2
    assert list(kpis[CASEWORKERS].unique()) == [2, 3]
    costs = pd.read_csv(finished / "costs.csv")
    assert list(costs.columns)[2:] == [
        "replication",
        "year",
        "administration",
        "account",
        "payer",
        "part",
        "item",
        "supplier",
        "level",
        "quantity",
        "unit",
        "amount_dkk",
    ]
    assert set(costs["item"]) == {"'=cmd"}
    assert set(costs["amount_dkk"]) == {-2001.0, -3001.5}
    pd.testing.assert_frame_equal(pd.read_parquet(finished / "kpis.parquet"), kpis, check_dtype=False)


def test_the_comparison_pairs_the_futures(finished: Path) -> None:
    comparison = pd.read_csv(finished / "comparison.csv")
    assert list(comparison.columns[:11]) == [
        "scenario",
        "label",
        CASEWORKERS,
        "kpi",
        "group",
        "mean",
        "ci_low",
        "ci_high",
        "difference",
        "diff_low",
        "diff_high",
    ]
    row = comparison[(comparison["kpi"] == "wait.total") & (comparison[CASEWORKERS] == 3)].iloc[0]
    assert row[["difference", "diff_low", "diff_high"]].tolist() == pytest.approx([-10.0] * 3)
    assert row["ci_high"] - row["ci_low"] > 0.5
    assert comparison[comparison["kpi"] == "nothing"]["n_used"].tolist() == [0, 0]


def test_the_spells_and_the_journal_are_readable(finished: Path) -> None:
    point = finished / "points" / "baseline--advisers-2"
    spells = pd.read_parquet(point / "spells.parquet")
    assert spells["service"].tolist() == ["family_support"] * 4
    assert spells["replication"].tolist() == [0, 1, 2, 3]
    assert spells["start"].tolist() == [30.0, 31.0, 32.0, 33.0]
    assert len(pd.read_parquet(point / "journal" / "spells.parquet")) == 1
    assert json.loads((point / "journal" / "journal.json").read_text(encoding="utf-8"))["start"] == "2024-01-01"


def test_the_manifest_tells_what_ran(finished: Path) -> None:
    manifest = Manifest.read(finished)
    assert manifest.status == "complete"
    assert manifest.reference == "baseline--advisers-2"
    assert [(entry.stored, entry.finished, entry.label_da) for entry in manifest.points] == [
        (4, True, "Udgangspunkt")
    ] * 2
    assert manifest.packages["simpy"]
    assert manifest.command == "sagsflow sweep"


def test_bytes_do_not_depend_on_the_number_of_processes(finished: Path, tmp_path: Path) -> None:
    run_sweep(order(tmp_path / "two", "compute.n_jobs=2"), Listener())
    assert contents(tmp_path / "two") == contents(finished)


@pytest.mark.parametrize("stop_after", [1, 5, 8])
def test_interrupted_work_is_kept_and_continued_to_the_same_bytes(
    finished: Path, tmp_path: Path, stop_after: int
) -> None:
    folder = tmp_path / "interrupted"
    with pytest.raises(Interrupted) as stop:
        run_sweep(order(folder), Listener(stop_after))
    assert (stop.value.stored, stop.value.total) == (stop_after, 8)
    assert Manifest.read(folder).status == "interrupted"
    again = Listener()
    run_sweep(order(folder), again)
    assert (again.stored, len(again.results)) == (stop_after, 8 - stop_after)
    assert contents(folder) == contents(finished)
    assert Manifest.read(folder).status == "complete"


def test_a_crash_leaves_nothing_that_is_in_the_way(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "crashed"
    with pytest.raises(Interrupted):
        run_sweep(order(folder), Listener(3))
    half = folder / "points" / "baseline--advisers-2" / "replications" / ".unfinished-1-00003"
    half.mkdir()
    (half / "kpis.parquet").write_bytes(b"half")
    (folder / ".unfinished-1-kpis.csv").touch()
    run_sweep(order(folder), Listener())
    assert contents(folder) == contents(finished)
    assert not list(folder.rglob(".unfinished*"))


def test_finished_work_is_not_done_again(finished: Path) -> None:
    before = contents(finished)
    listener = Listener()
    run_sweep(order(finished), listener)
    assert (listener.stored, listener.results) == (8, [])
    assert contents(finished) == before


def test_more_replications_are_added_to_those_that_are_there(finished: Path, tmp_path: Path) -> None:
    run_sweep(order(tmp_path / "at_once", replications=6), Listener())
    listener = Listener()
    run_sweep(order(finished, replications=6), listener)
    assert sorted({result.replication for result in listener.results}) == [4, 5]
    assert contents(finished) == contents(tmp_path / "at_once")


def test_another_confidence_needs_no_simulation(finished: Path) -> None:
    listener = Listener()
    run_sweep(order(finished, "experiment.confidence=0.8"), listener)
    assert listener.results == []
    assert Manifest.read(finished).experiment.confidence == 0.8


@pytest.mark.parametrize(
    ("overrides", "replications", "said"),
    [
        (["experiment.seed=7"], 4, "experiment.seed: 20240601 there, 7 here"),
        (["teams.advisers.max_caseload=5"], 4, "teams.advisers.max_caseload: 40 there, 5 here"),
        ([], 3, "experiment.replications: 4 there, 3 here"),
        ([f"{CASEWORKERS}=2,4"], 4, "points: baseline--advisers-2, baseline--advisers-3 there"),
    ],
)
def test_results_of_something_else_are_refused_saying_what_differs(
    finished: Path, overrides: list[str], replications: int, said: str
) -> None:
    before = contents(finished)
    given = [part for part in SWEEP if not any(part.partition("=")[0] == o.partition("=")[0] for o in overrides)]
    with Composer() as composer:
        other = sweep_points(composer, [*given, f"experiment.replications={replications}", *overrides])
    with pytest.raises(PlannerError) as refusal:
        run_sweep(Order(other, finished, ""), Listener())
    assert said in str(refusal.value)
    assert contents(finished) == before


def test_results_of_another_version_are_refused(finished: Path) -> None:
    path = finished / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["engine"]["code"] = "older"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(PlannerError, match="code: older there"):
        run_sweep(order(finished), Listener())


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(PlannerError, match=r"not a folder of results \(it holds thesis.docx\)"):
        run_sweep(order(tmp_path), Listener())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_damaged_manifest_is_refused(finished: Path) -> None:
    (finished / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(PlannerError, match="damaged"):
        run_sweep(order(finished), Listener())


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(PlannerError, match="cannot be written"):
            run_sweep(order(folder), Listener())


def test_a_replication_that_fails_does_not_stop_the_others(finished: Path, tmp_path: Path, faults: Path) -> None:
    (faults / "raise-2-1").touch()
    folder = tmp_path / "failing"
    listener = Listener()
    manifest = run_sweep(order(folder), listener)
    assert [(failed.label, failed.replication, failed.error) for failed in listener.failures] == [
        ("baseline--advisers-2", 1, "ValueError: the sky fell")
    ]
    assert manifest.status == "incomplete"
    assert [entry.stored for entry in manifest.points] == [3, 4]
    log = (folder / "error.log").read_text(encoding="utf-8")
    assert "baseline--advisers-2, replication 1" in log
    assert "on our heads" in log
    comparison = pd.read_csv(folder / "comparison.csv")
    assert comparison[comparison["kpi"] == "wait.total"]["n_pairs"].tolist() == [0, 3]

    (faults / "raise-2-1").unlink()
    run_sweep(order(folder), listener)
    assert contents(folder) == contents(finished)
    assert not (folder / "error.log").exists()


def test_a_point_that_fails_altogether_is_left_out_of_the_comparison(tmp_path: Path, faults: Path) -> None:
    for replication in range(4):
        (faults / f"raise-2-{replication}").touch()
    manifest = run_sweep(order(tmp_path / "failing"), Listener())
    assert [entry.stored for entry in manifest.points] == [0, 4]
    comparison = pd.read_csv(tmp_path / "failing" / "comparison.csv")
    assert set(comparison["label"]) == {"baseline--advisers-3"}
    assert comparison["difference"].isna().all()


def test_a_worker_that_dies_costs_its_own_replication_only(finished: Path, tmp_path: Path, faults: Path) -> None:
    (faults / "die-3-1").touch()
    (faults / "die-once-2-0").touch()
    folder = tmp_path / "dying"
    listener = Listener()
    manifest = run_sweep(order(folder, "compute.n_jobs=2"), listener)
    assert [(failed.label, failed.replication) for failed in listener.failures] == [("baseline--advisers-3", 1)]
    assert "out of memory" in manifest.failures[0].error
    (faults / "die-3-1").unlink()
    run_sweep(order(folder), Listener())
    assert contents(folder) == contents(finished)
