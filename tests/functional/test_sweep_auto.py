"""``experiment.replications=auto``: until the named intervals are narrow enough, whatever comes in between."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

import fake_engine
import pandas as pd
import pytest
from listeners import Listener
from rich.console import Console

from sim.experiment import pool
from sim.experiment.manifest import Manifest
from sim.experiment.points import Point, single_point, sweep_points
from sim.experiment.progress import Progress
from sim.experiment.run import Engine
from sim.experiment.sweep import Interrupted, Order, run_sweep
from sim.report.summary import print_summary
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.functional

SWEEP = (
    *("municipality=one_team", "scenario=baseline", "teams.advisers.caseworkers=2,3", "compute.n_jobs=1"),
    *("experiment.precision.minimum=6", "experiment.precision.batch=2"),
)
AUTO = "experiment.replications=auto"


def targets(*each: str) -> str:
    return f"experiment.precision.targets=[{','.join(each)}]"


HALF = targets("{measure:wait.total,absolute:0.9}", "{measure:wait.total,of:difference,relative:0.01}")


@cache
def points(*overrides: str) -> list[Point]:
    with Composer() as composer:
        given = {override.partition("=")[0] for override in overrides}
        return sweep_points(composer, [*(one for one in SWEEP if one.partition("=")[0] not in given), *overrides])


def order(folder: Path, *overrides: str) -> Order:
    return Order(points(*overrides), folder, "sagsflow sweep", Engine(fake_engine.simulate, fake_engine.measure))


def tables(folder: Path) -> dict[str, bytes]:
    files = [*folder.glob("*.csv"), *folder.glob("*.parquet"), *folder.glob("points/*/*.parquet")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_goes_on_until_the_targets_are_reached_and_says_what_was_reached(tmp_path: Path) -> None:
    """Both points have the same noise; the difference is always 10 and known at once."""
    listener = Listener()
    manifest = run_sweep(order(tmp_path, AUTO, HALF), listener)
    n = manifest.experiment.replications
    assert listener.totals == list(range(12, 2 * n + 1, 4))
    assert n > 6
    assert [entry.stored for entry in manifest.points] == [n, n]
    assert manifest.precision is not None
    reached = [(one.label[-1], one.of, one.met, one.replications) for one in manifest.precision.reached]
    assert reached == [("2", "value", True, n), ("3", "value", True, n), ("3", "difference", True, n)]
    widths = pd.read_csv(tmp_path / "comparison.csv").query("kpi == 'wait.total'")
    first = manifest.precision.reached[0]
    assert first.half_width == pytest.approx((widths["ci_high"] - widths["ci_low"]).iloc[0] / 2)
    assert (first.target, first.unit) == (0.9, "days")
    assert manifest.precision.reached[2].target == pytest.approx(0.01 * widths["mean"].iloc[0])
    assert Manifest.read(tmp_path) == manifest


@pytest.mark.parametrize("stop_after", [5, 14])
def test_interrupted_it_comes_to_the_same_number_and_the_same_bytes(tmp_path: Path, stop_after: int) -> None:
    run_sweep(order(tmp_path / "whole", AUTO, HALF), Listener())
    with pytest.raises(Interrupted):
        run_sweep(order(tmp_path / "again", AUTO, HALF), Listener(stop_after))
    run_sweep(order(tmp_path / "again", AUTO, HALF), Listener())
    assert tables(tmp_path / "again") == tables(tmp_path / "whole")
    one, other = (Manifest.read(tmp_path / name) for name in ("whole", "again"))
    assert one.precision == other.precision
    again = Listener()
    run_sweep(order(tmp_path / "again", AUTO, HALF), again)
    assert again.results == []


def test_the_same_processes_simulate_every_batch_to_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    new_pool = pool._new_pool
    monkeypatch.setattr(pool, "_new_pool", lambda number: begun.append(number) or new_pool(number))
    listener = Listener()
    run_sweep(order(tmp_path / "several", AUTO, HALF, "compute.n_jobs=2"), listener)
    assert len(listener.totals) > 2
    assert begun == [2]
    run_sweep(order(tmp_path / "one", AUTO, HALF), Listener())
    assert tables(tmp_path / "several") == tables(tmp_path / "one")


def test_the_maximum_holds_and_what_is_not_reached_is_said(tmp_path: Path) -> None:
    narrow = targets("{measure:wait.total,absolute:0.01}")
    manifest = run_sweep(order(tmp_path, AUTO, narrow, "experiment.precision.maximum=7"), Listener())
    assert manifest.experiment.replications == 7
    assert [one.met for one in manifest.precision.reached] == [False, False]
    assert any("were not reached" in line and "wait.total:all" in line for line in manifest.warnings)
    shown = io.StringIO()
    print_summary(tmp_path, Console(file=shown, width=400), "en")
    assert "0 of 2 targets are reached with 7 replications" in shown.getvalue()
    assert "days (target ± 0.01)" in shown.getvalue()


def test_a_figure_that_is_never_measured_does_not_prolong_it(tmp_path: Path) -> None:
    """The measure is there, and there is nothing to measure in any replication."""
    found = Listener()
    engine = Engine(fake_engine.simulate, nothing_for_a_measure)
    wanted = points(AUTO, targets("{measure:appeals.reversal_share,absolute:0.1}"))
    manifest = run_sweep(Order(wanted, tmp_path, "", engine), found)
    assert manifest.experiment.replications == 6
    assert [(one.half_width, one.met, one.replications) for one in manifest.precision.reached] == [(None, False, 0)] * 2


def nothing_for_a_measure(journal, scenario):
    figures = fake_engine.measure(journal, scenario)
    figures.kpis.loc[figures.kpis["kpi"] == "nothing", "kpi"] = "appeals.reversal_share"
    return figures


def test_what_failed_is_not_tried_again_with_every_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = tmp_path / "faults"
    faults.mkdir()
    (faults / "raise-2-1").touch()
    monkeypatch.setenv(fake_engine.FAULTS, str(faults))
    listener = Listener()
    manifest = run_sweep(order(tmp_path / "out", AUTO, HALF), listener)
    assert len(listener.failures) == 1
    assert manifest.experiment.replications > 6
    assert manifest.status == "incomplete"


def test_what_is_there_is_kept_and_only_more_can_be_asked_for(tmp_path: Path) -> None:
    run_sweep(order(tmp_path, "experiment.replications=7"), Listener())
    wide = targets("{measure:wait.total,absolute:50}")
    assert run_sweep(order(tmp_path, AUTO, wide), Listener()).experiment.replications == 7
    manifest = run_sweep(order(tmp_path, AUTO, HALF), Listener())
    assert manifest.experiment.replications > 7
    with pytest.raises(PlannerError, match=r"experiment.replications: \d+ there, 7 here"):
        run_sweep(order(tmp_path, "experiment.replications=7"), Listener())


def test_a_misspelt_measure_is_refused_before_anything_is_simulated() -> None:
    with pytest.raises(PlannerError) as refusal:
        points(AUTO, targets("{measure:wait.totl,absolute:1}", "{measure:backlog.hours,absolute:1}"))
    assert "experiment.precision.targets.0.measure: there is no measure 'wait.totl'; did you mean 'wait.total'" in str(
        refusal.value
    )
    assert "targets.1.measure: there is no measure 'backlog.hours'" in str(refusal.value)  # a curve is no figure


def test_a_group_that_does_not_exist_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match=r"no figure wait.total:nobody \(its groups here: all\)"):
        run_sweep(order(tmp_path, AUTO, targets("{measure:'wait.total:nobody',absolute:1}")), Listener())
    again = Listener()
    run_sweep(order(tmp_path, AUTO, targets("{measure:wait.total,absolute:50}")), again)
    assert again.results == []


def test_one_point_has_no_difference(tmp_path: Path) -> None:
    only = targets("{measure:wait.total,of:difference,absolute:1}")
    with Composer() as composer:
        point = single_point(composer, ["municipality=one_team", AUTO, only])
    with pytest.raises(PlannerError, match="there is only one point"):
        run_sweep(Order([point], tmp_path, ""), Listener())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        (("experiment.replications=often",), "neither a whole number nor 'auto'"),
        ((AUTO, targets("{measure:wait.total}")), "needs either absolute"),
        ((AUTO, targets("{measure:wait.total,absolute:1,relative:0.1}")), "needs either absolute"),
        ((AUTO, "experiment.precision.targets=[]"), "names no figure"),
        (
            (AUTO, "experiment.precision.maximum=6", "experiment.precision.minimum=9"),
            "the maximum (6) is below the minimum (9)",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(overrides: tuple[str, ...], said: str) -> None:
    with pytest.raises(PlannerError) as refusal:
        points(*overrides)
    assert said in str(refusal.value)


def test_a_log_says_that_more_is_needed() -> None:
    stream = io.StringIO()
    with Progress(stream, "en", quiet=False) as progress:
        progress.started(20, 20, {})
        progress.extended(30, 1, 3, {})
    assert "1 of 3 targets of precision are reached: 10 replications more" in stream.getvalue()


def test_few_replications_are_warned_of_in_the_summary_and_in_the_manifest(tmp_path: Path) -> None:
    run_sweep(order(tmp_path, "experiment.replications=4"), Listener())
    warnings = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["warnings"]
    assert [line for line in warnings if line.startswith("only 4 replications")]
    for language, said in (("da", "Advarsel: Kun 4 gentagelser"), ("en", "Warning: only 4 replications")):
        shown = io.StringIO()
        print_summary(tmp_path, Console(file=shown, width=400), language)
        assert said in shown.getvalue()
        assert "> 99" in shown.getvalue()  # the one with more caseworkers waits less in every future
