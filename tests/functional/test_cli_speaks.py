"""The terminal as a person and as a script meet it: languages, JSON, help and completion."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim import cli, completion, studies
from sim.cli import main
from sim.examples import EXAMPLES_OF
from sim.experiment import run as one_replication
from sim.report import plots
from sim.report.page import render
from sim.report.workbook import book

pytestmark = pytest.mark.functional

SMALL = ["municipality=one_team", "compute.n_jobs=1", "experiment.replications=2"]
COMMANDS = next(action.choices for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction))


@pytest.fixture
def figures_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what takes longer than the simulation."""
    monkeypatch.setattr(plots, "render_plots", lambda *_: [])
    monkeypatch.setattr(render, "write_page", lambda *_: None)
    monkeypatch.setattr(book, "write_workbook", lambda *_: None)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored") / "sweep"
    arguments = ["scenario=baseline", "teams.advisers.caseworkers=3,4", f"output={folder.as_posix()}", "-q"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "render_plots", lambda *_: [])
        patch.setattr(render, "write_page", lambda *_: None)
        patch.setattr(book, "write_workbook", lambda *_: None)
        assert main(["sweep", *SMALL, *arguments]) == 0
    return folder


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[Any, str]]:
    """Return what a command with --json says to scripts and to people."""

    def call(*arguments: str) -> tuple[Any, str]:
        assert main([*arguments, "--json"]) == 0
        out, err = capsys.readouterr()
        return json.loads(out), err

    return call


@pytest.mark.usefixtures("figures_only")
def test_the_terminal_speaks_its_users_language_and_the_files_that_of_the_results(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    languages: list[str] = []
    monkeypatch.setattr(plots, "render_plots", lambda _folder, language, *_: languages.append(language))
    monkeypatch.setenv("SAGSFLOW_LANG", "en")
    again = ["sweep", *SMALL, "scenario=baseline", "teams.advisers.caseworkers=3,4", f"output={stored.as_posix()}"]
    assert main(again) == 0
    shown = capsys.readouterr()
    assert "4 of 4 replications are there already" in shown.err
    assert "The results are in" in shown.out
    assert languages == ["da"]
    assert main(["report", str(stored), "--language", "da"]) == 0
    assert "Resultaterne ligger i" in capsys.readouterr().out


def test_fixed_messages_exist_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nothing")

    monkeypatch.setattr("sim.commands.scenarios", broken)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    for language, words in (("da", "en fejl hos os"), ("en", "a fault of ours")):
        monkeypatch.setenv("SAGSFLOW_LANG", language)
        assert main(["scenarios"]) == 1
        assert words in capsys.readouterr().err
    assert {language: set(texts) for language, texts in cli.SAID.items()}["da"] == set(cli.SAID["en"])


def test_the_line_about_preparing_is_in_the_same_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(studies, "SECONDS_BETWEEN_LINES", 0)
    monkeypatch.setenv("SAGSFLOW_LANG", "en")
    assert list(studies.shown_progress(argparse.Namespace(quiet=False))(["a", "b"])) == ["a", "b"]
    assert "Preparing 1 of 2 configurations" in capsys.readouterr().err


def test_an_unknown_language_ends_in_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SAGSFLOW_LANG", "sv")
    assert main(["scenarios"]) == 2
    assert capsys.readouterr().err.startswith("sagsflow: SAGSFLOW_LANG=sv")


def test_scripts_get_the_scenarios_and_what_would_be_simulated(said: Callable[..., tuple[Any, str]]) -> None:
    found, _ = said("scenarios")
    assert {"name": "baseline", "group": "baseline"}.items() <= found["scenarios"][0].items()
    found, err = said("check", "municipality=one_team", "teams.advisers.caseworkers=4")
    (point,) = found["points"]
    assert (found["valid"], point["scenario"], point["choices"]["municipality"]) == (True, "baseline", "one_team")
    assert "teams.advisers.caseworkers" in point["without_evidence"]
    assert err == ""


@pytest.mark.usefixtures("figures_only")
def test_scripts_get_headline_figures_as_they_are_stored(stored: Path, said: Callable[..., tuple[Any, str]]) -> None:
    found, err = said("report", str(stored))
    assert "Samlet ventetid" in err.replace("\n", " ") or "Samlet" in err
    assert (found["folder"], found["status"], len(found["points"])) == (str(stored), "complete", 2)
    reference, other = found["points"]
    assert reference["label"] == found["reference"]
    assert (reference["values"], reference["replications"]) == ({"teams.advisers.caseworkers": 3}, 2)
    rows = pd.read_csv(stored / "comparison.csv").query("group == 'all'").set_index(["label", "kpi"])
    for figure in other["figures"]:
        row = rows.loc[(other["label"], figure["kpi"])]
        for ours, theirs in (("mean", "mean"), ("low", "ci_low"), ("high", "ci_high")):
            assert figure[ours] == pytest.approx(row[theirs]) if figure[ours] is not None else pd.isna(row[theirs])
        assert figure["unit"] == row["unit"]
        assert set(figure["difference"]) == {"mean", "low", "high", "verdict"}
    assert all(figure["difference"] is None for figure in reference["figures"])


@pytest.mark.usefixtures("figures_only")
def test_a_run_without_any_result_is_a_fault_and_not_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(one_replication, "_the_model", lambda: broken)
    assert main(["run", *SMALL, f"output={(tmp_path / 'out').as_posix()}", "--json"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "ZeroDivisionError" in shown.err


def test_what_a_planner_got_wrong_is_no_json_either(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "municipality=one_taem", "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "one_team" in shown.err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_help_of_every_command_shows_examples_of_it(command: str) -> None:
    text = COMMANDS[command].format_help()
    _, _, examples = text.partition("examples:\n")
    lines = [line.strip() for line in examples.splitlines() if line.strip().startswith("sagsflow ")]
    assert lines
    said = COMMANDS[command].prog  # that of a command with a second name is the first
    assert all(line.startswith(f"{said} ") or line == said for line in lines)


def test_every_example_can_be_said() -> None:
    for text in [*EXAMPLES_OF.values(), cli.EXAMPLES, cli.PRICE_EXAMPLES]:
        for line in text.splitlines():
            if line.strip().startswith("sagsflow "):
                words = shlex.split(re.split(r"   +| > | >> ", line.strip())[0])
                assert cli.parsed(words[1:]).command == words[1]


def test_tab_completes_in_a_process_of_its_own(tmp_path: Path) -> None:
    line = "sagsflow sweep municipality=one_team scenario=baseline,poo"
    answer = tmp_path / "answer"
    environment = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
    }
    subprocess.run(
        [sys.executable, "-c", "from sim.cli import main; main([])"], env=environment, check=True, capture_output=True
    )
    assert answer.read_text(encoding="utf-8").strip() == "scenario=baseline,pooled_budget"


def test_a_tab_loads_nothing_heavy() -> None:
    code = (
        "import sys; from argparse import Namespace; from sim.completion import overrides; "
        "overrides('scenario=', Namespace()); "
        "heavy = {'numpy', 'pandas', 'pydantic', 'hydra', 'rich'} & set(sys.modules); "
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_shells_code_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    assert capsys.readouterr().out == completion.code("bash")


@pytest.mark.usefixtures("figures_only")
def test_no_colour_where_nobody_sees_it(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["report", str(stored)]) == 0
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["report", str(stored)]) == 0
    assert not any(f"\x1b[{colour}" in capsys.readouterr().out for colour in ("31", "32", "1;31", "1;32"))
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.delenv("NO_COLOR")
    assert main(["report", str(stored)]) == 0
    assert "\x1b[" not in capsys.readouterr().out
