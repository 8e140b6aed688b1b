"""`sagsflow story` and `plots=` as a planner meets them, on a folder whose journal is written by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from journals import Book
from synthetic_results import CURATED, build_results

from sim.cli import DONE, PLANNER, main
from sim.experiment.tables import journal_table
from sim.journal import TABLES

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build_results(tmp_path_factory.mktemp("results"), CURATED[:2], replications=2)
    for label, start in (("baseline", 400.0), ("joint_transition_team", 50.0)):
        book = Book(horizon=900)
        book.task("family", 3, requested=10.0, started=30.0, finished=40.0)
        book.spell("support", 3, asked=10.0, decided=40.0, start=start)
        journal, target = book.journal(), folder / "points" / label / "journal"
        target.mkdir()
        for name in TABLES:
            pq.write_table(journal_table(journal, name), target / f"{name}.parquet")
        about = {"start": journal.start.isoformat(), "run_in": 0.0, "horizon": 900.0}
        (target / "journal.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def test_the_story_is_told_and_drawn(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["story", str(folder), "--language", "en"]) == DONE
    told = capsys.readouterr().out
    assert "Where did 390 days go, from 11 January 2023 to 5 February 2024, when support began?" in told
    assert "  360 days: waited for a place: support" in told
    stories = folder / "stories"
    assert {path.name for path in stories.iterdir()} == {f"baseline-worst.{end}" for end in ("txt", "svg", "png")}
    assert (stories / "baseline-worst.txt").read_text(encoding="utf-8") in told


def test_another_case_of_another_scenario_goes_where_it_is_wanted(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "here"
    command = ["story", str(folder), "--case", "3", "--scenario", "joint_transition_team", "-o", str(place)]
    assert main([*command, "--quiet"]) == DONE
    text = (place / "joint_transition_team-3.txt").read_text(encoding="utf-8")
    assert text.endswith("I alt 40 dage.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["story", "FOLDER", "--case", "99"], "there is no case '99'"),
        (["story", "FOLDER", "--scenario", "base_line"], "did you mean 'baseline'"),
        (["report", "FOLDER", "plots=forrest"], "did you mean 'forest'"),
        (["report", "FOLDER", "costs=ours"], "'costs=ours' cannot be changed in stored results"),
        (["sweep", "format=jpg"], "there is no format 'jpg'"),
    ],
)
def test_what_is_misspelt_ends_in_2(
    folder: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder) if one == "FOLDER" else one for one in arguments]) == PLANNER
    assert words in capsys.readouterr().err


def test_a_report_draws_what_is_chosen(folder: Path) -> None:
    assert main(["report", str(folder), "plots=timeline", "format=pdf", "--quiet"]) == DONE
    assert {path.name for path in (folder / "plots").iterdir()} == {"timeline.pdf"}
