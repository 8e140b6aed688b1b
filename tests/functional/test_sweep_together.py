"""Stored results of several folders in one comparison."""

from __future__ import annotations

from pathlib import Path

import fake_engine
import pandas as pd
import pytest

from sim.experiment.manifest import Manifest
from sim.experiment.points import sweep_points
from sim.experiment.progress import Progress
from sim.experiment.run import Engine
from sim.experiment.sweep import Order, run_sweep
from sim.experiment.together import bring_together
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.functional


def stored(folder: Path, *overrides: str, replications: int = 3) -> Path:
    fixed = ["municipality=one_team", "scenario=baseline", "compute.n_jobs=1"]
    with Composer() as composer:
        points = sweep_points(composer, [*fixed, f"experiment.replications={replications}", *overrides])
    with (folder.parent / "log").open("w", encoding="utf-8") as log, Progress(log, "en", quiet=True) as progress:
        run_sweep(Order(points, folder, "", Engine(fake_engine.simulate, fake_engine.measure)), progress)
    return folder


def test_points_that_only_their_folder_tells_apart_are_named_by_it(tmp_path: Path) -> None:
    one = stored(tmp_path / "now")
    other = stored(tmp_path / "proposal", "teams.advisers.caseworkers=5", replications=2)
    _, notes = bring_together([one, other], tmp_path / "out", "")
    comparison = pd.read_csv(tmp_path / "out" / "comparison.csv")
    waits = comparison[comparison["kpi"] == "wait.total"]
    assert waits["label"].tolist() == ["baseline--now", "baseline--proposal"]
    assert waits["folder"].tolist() == ["now", "proposal"]
    assert waits["difference"].iloc[1] == pytest.approx(-20.0)
    assert waits["n_pairs"].tolist() == [0, 2]
    assert notes == ["the points have between 2 and 3 replications: differences use those that both have"]


def test_the_same_point_in_two_folders_comes_once_with_the_most_replications(tmp_path: Path) -> None:
    one, other = stored(tmp_path / "a"), stored(tmp_path / "b", replications=5)
    manifest, notes = bring_together([one, other], tmp_path / "out", "")
    assert [(entry.label, entry.stored) for entry in manifest.points] == [("baseline", 5)]
    assert notes == []


def test_the_reference_can_be_named(tmp_path: Path) -> None:
    one = stored(tmp_path / "a")
    other = stored(tmp_path / "b", "teams.advisers.caseworkers=5")
    assert bring_together([one, other], tmp_path / "out", "", "baseline--b")[0].reference == "baseline--b"
    with pytest.raises(PlannerError, match="there is no point 'c'"):
        bring_together([one, other], tmp_path / "more", "", "c")


def test_nothing_is_overwritten_or_added_to(tmp_path: Path) -> None:
    one, other = stored(tmp_path / "a"), stored(tmp_path / "b", "teams.advisers.caseworkers=5")
    with pytest.raises(PlannerError, match="never overwritten"):
        bring_together([one, other], other, "")
    assert Manifest.read(other).sources == ()
    bring_together([one, other], tmp_path / "out", "")
    with pytest.raises(PlannerError, match="brings together stored results"):
        stored(tmp_path / "out")
