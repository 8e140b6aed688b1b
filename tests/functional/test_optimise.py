"""`sagsflow optimise` as a planner meets it, on the smallest municipality."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sim.cli import main, parsed

pytestmark = pytest.mark.functional

QUESTION = {
    "variables": {"teams.advisers.caseworkers": {"low": 2, "high": 3}},
    "limits": [{"kpi": "wait.total", "at_most": 5000}],
    "trials": 2,
    "replications": 2,
    "fresh_replications": 2,
}


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    (tmp_path / "configs" / "search").mkdir(parents=True)
    (tmp_path / "configs" / "search" / "mine.yaml").write_text(yaml.safe_dump(QUESTION), encoding="utf-8")
    given = ["--scenarios", str(tmp_path), "municipality=one_team", "search=mine", "horizon.years=1"]
    return ["optimise", *given, "compute.n_jobs=1", "report=english", f"output={(tmp_path / 'out').as_posix()}"]


def test_a_search_is_shown_stored_and_shown_again(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "2 of 2 staffings tried keep the limits" in " ".join(said.split())
    assert "2 fresh futures" in said
    out = tmp_path / "out"
    for name in ("trials.csv", "frontier.csv", "search.json", "scenarios/optimum.yaml", "plots/frontier.png"):
        assert (out / name).is_file(), name
    assert main(["report", str(out), "--language", "da"]) == 0
    assert "2 nye fremtider" in capsys.readouterr().out
    assert main([*arguments, "search.trials=1"]) == 2
    assert "search.trials: 2 there, 1 here" in capsys.readouterr().err


def test_both_spellings_are_understood() -> None:
    assert parsed(["optimize", "a=1"]).overrides == ["a=1"]


def test_a_question_is_refused_where_it_has_no_meaning(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "municipality=one_team", "+search=default", "-q"]) == 2
    assert "sagsflow optimise" in capsys.readouterr().err
