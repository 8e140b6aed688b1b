"""Studies through the store with an engine whose answers are known: 10 days less wait for each caseworker."""

from __future__ import annotations

import io
from pathlib import Path

import fake_engine
import pytest
from listeners import Listener
from rich.console import Console

from sim.experiment.manifest import Manifest
from sim.experiment.run import Engine
from sim.experiment.sensitivity.planning import plan
from sim.experiment.sweep import Order, run_sweep
from sim.report.sensitivity import show_study
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.functional

ABOUT = "about: {{label: {{da: {0}, en: {0}}}, summary: {{da: x, en: x}}, why: test}}\n"
EVIDENCE = (
    "evidence: {teams.*.caseworkers: {low: 0.5, high: 2, relative: true, unit: caseworkers, kind: local, year: 2024, "
    "source: us}, tracks.*.hours.mean: {low: 0.9, high: 1.1, relative: true, unit: hours, kind: local, year: 2024, "
    "source: us}}\n"
)
BASE = ["municipality=one_team", "experiment.replications=3", "compute.n_jobs=1"]


@pytest.fixture
def composer(tmp_path: Path) -> Composer:
    folder = tmp_path / "own"
    folder.mkdir()
    change = "teams: {{advisers: {{changes: {{{0}: {{caseworkers: 1}}}}}}}}\n"
    (folder / "more.yaml").write_text(
        ABOUT.format("More") + "teams: {advisers: {caseworkers: 4}}\n" + EVIDENCE, encoding="utf-8"
    )
    (folder / "plus.yaml").write_text(ABOUT.format("Plus") + change.format("plus"), encoding="utf-8")
    (folder / "pace.yaml").write_text(ABOUT.format("Pace") + "caseworking: {change_hours: 2}\n", encoding="utf-8")
    return Composer([folder])


def studied(composer: Composer, folder: Path, scenario: str, method: str) -> tuple[str, object, Manifest]:
    study, points, _ = plan(
        composer, [*BASE, f"scenario={scenario}"], method=method, measures=["wait.total"],  # type: ignore[arg-type]
        patterns=[], level=None, number=None, each=lambda items: items,
    )  # fmt: skip
    manifest = run_sweep(
        Order(points, folder, "sagsflow sensitivity", Engine(fake_engine.simulate, fake_engine.measure)), Listener()
    )
    study.write(folder)
    out = io.StringIO()
    table = show_study(folder, Console(file=out, width=200), "en", ["svg"], quiet=False)
    return out.getvalue(), table, manifest


def test_the_tornado_finds_what_the_difference_hangs_on(composer: Composer, tmp_path: Path) -> None:
    text, table, manifest = studied(composer, tmp_path / "t", "more", "tornado")
    rows = table.set_index("assumption")  # type: ignore[attr-defined]
    # Four caseworkers instead of three: 10 days less. Only the scenario's own number has evidence: 2 and 8.
    staff = rows.loc["teams.advisers.caseworkers"]
    assert staff[["effect_low", "effect_high"]].tolist() == pytest.approx([20, -40])
    assert staff[["effect_low_ci_low", "effect_low_ci_high"]].tolist() == pytest.approx([20, 20])
    assert staff[["conclusion_low", "conclusion_high"]].tolist() == ["reversed", "holds"]
    assert rows.loc["tracks.*.hours.mean", ["effect_low", "effect_high"]].tolist() == [0, 0]
    assert table["assumption"].tolist()[0] == "teams.advisers.caseworkers"  # type: ignore[index]
    assert "With the low value of teams.advisers.caseworkers: the effect turns round." in text
    assert manifest.swept == ("assumption", "value")
    # The baseline has no evidence of its own here, so it is simulated once.
    assert [entry.label for entry in manifest.points if entry.scenario == "baseline"] == ["baseline"]
    assert (tmp_path / "t" / "plots" / "tornado.svg").exists()
    assert (tmp_path / "t" / "sensitivity.csv").exists()


def test_an_attribution_gives_nothing_to_a_part_without_effect(composer: Composer, tmp_path: Path) -> None:
    _, table, manifest = studied(composer, tmp_path / "a", "pace+more", "attribution")
    assert table["part"].tolist() == ["pace", "more", "total"]  # type: ignore[index]
    assert table["share"].tolist() == pytest.approx([0, -10, -10])  # type: ignore[index]
    assert len(manifest.points) == 4
    assert (tmp_path / "a" / "plots" / "waterfall.svg").exists()


def test_what_makes_no_sense_is_refused(composer: Composer, tmp_path: Path) -> None:
    for scenario, method, said in (
        ("more", "attribution", "one scenario"),
        ("baseline", "tornado", "none of the figures has evidence"),
    ):
        with pytest.raises(PlannerError, match=said):
            studied(composer, tmp_path / "n", scenario, method)
