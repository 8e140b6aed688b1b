"""The command line as a planner meets it: what each command shows and writes, and how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml

from sim import cli, commands
from sim.cli import main
from sim.experiment import run as one_replication
from sim.experiment.manifest import Manifest
from sim.report import plots

pytestmark = pytest.mark.functional

SMALL = ["municipality=one_team", "compute.n_jobs=1", "experiment.replications=2"]
CASEWORKERS = "teams.advisers.caseworkers"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep's folder, made once. Tests that change something take a copy."""
    folder = tmp_path_factory.mktemp("stored") / "first"
    arguments = ["sweep", *SMALL, "scenario=baseline", f"{CASEWORKERS}=3,4", f"output={folder.as_posix()}", "-q"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "render_plots", lambda *_: [])
        assert main(arguments) == 0
    return folder


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures out where they are not the point: they take longer than the simulation."""
    monkeypatch.setattr(plots, "render_plots", lambda *_: [])


def test_help_answers_at_once_because_nothing_heavy_is_loaded() -> None:
    code = (
        "import sys; from sim.cli import main; status = main(['--help']); "
        "heavy = {'numpy', 'pandas', 'pydantic', 'hydra', 'rich', 'matplotlib', 'simpy'} & set(sys.modules); "
        "sys.exit(f'loaded: {heavy}' if heavy else status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("sweep", "run", "check", "scenarios", "compare", "report", "price"):
        assert f"\n    {command}" in done.stdout


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("sagsflow ")


@pytest.mark.parametrize("arguments", [[], ["frobnicate"], ["run", "--frobnicate"], ["scenarios", "a=b"]])
def test_what_cannot_be_understood_ends_in_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage: sagsflow" in said.err


def test_options_may_stand_anywhere() -> None:
    options = cli.parsed(["--scenarios", "a", "run", "x=1", "--quiet", "y=2", "--scenarios", "b", "z=3"])
    assert options.overrides == ["x=1", "y=2", "z=3"]
    assert options.scenarios == [Path("a"), Path("b")]
    assert options.quiet
    assert not options.debug
    assert cli.parsed(["--debug", "scenarios"]).debug


def test_run_writes_a_folder_below_results_and_shows_a_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", *SMALL]) == 0
    (folder,) = (tmp_path / "results").iterdir()
    assert folder.name.endswith("-baseline")
    assert (folder / "kpis.csv").exists()
    assert list((folder / "plots").glob("*.svg"))
    said = capsys.readouterr()
    assert "Udgangspunkt" in said.out
    assert folder.name in said.out
    assert "2 af 2 gentagelser" in said.err
    manifest = Manifest.read(folder)
    assert manifest.command.endswith(f"output=results/{folder.name}")


@pytest.mark.usefixtures("no_pictures")
def test_quiet_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-q", "run", *SMALL, f"output={(tmp_path / 'out').as_posix()}"]) == 0
    assert capsys.readouterr() == ("", "")


def test_several_values_are_for_sweep(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", *SMALL, f"{CASEWORKERS}=3,4", f"output={(tmp_path / 'out').as_posix()}"]) == 2
    assert f"sagsflow sweep {' '.join(SMALL)} {CASEWORKERS}=3,4" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["run", "sweep", "check"])
def test_a_misspelt_value_ends_in_2_before_anything_runs(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "teams.adviser.caseworkers=4"
    assert main([command, *SMALL, wrong, f"output={(tmp_path / 'out').as_posix()}"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("sagsflow: ")
    assert "adviser" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_a_wrong_last_point_stops_the_sweep_before_its_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [*SMALL, "scenario=baseline", f"{CASEWORKERS}=3,4,0", f"output={(tmp_path / 'out').as_posix()}"]
    assert main(["sweep", *arguments]) == 2
    assert "teams.advisers" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("no_pictures")
def test_the_same_command_again_does_nothing_and_says_so(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(stored, tmp_path / "again"))
    before = (folder / "kpis.csv").read_bytes()
    arguments = ["sweep", *SMALL, "scenario=baseline", f"{CASEWORKERS}=3,4", f"output={folder.as_posix()}"]
    assert main(arguments) == 0
    assert "4 af 4 gentagelser ligger der allerede" in capsys.readouterr().err
    assert (folder / "kpis.csv").read_bytes() == before


def test_another_command_into_the_same_folder_is_refused(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["sweep", *SMALL, "scenario=baseline", f"{CASEWORKERS}=3,4", "experiment.seed=9"]
    assert main([*arguments, f"output={stored.as_posix()}"]) == 2
    assert "experiment.seed: 20240601 there, 9 here" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_ends_in_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["run", *SMALL, f"output={(tmp_path / 'file' / 'out').as_posix()}"]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.usefixtures("no_pictures")
def test_failed_replications_end_in_1_with_the_others_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = one_replication._the_model()

    def simulate(scenario: object, replication: int) -> object:
        if replication == 1:
            raise ZeroDivisionError("no caseworker left")
        return model(scenario, replication)  # type: ignore[arg-type]

    monkeypatch.setattr(one_replication, "_the_model", lambda: simulate)
    folder = tmp_path / "out"
    arguments = ["run", *SMALL, "experiment.replications=3", f"output={folder.as_posix()}", "report=english"]
    assert main([*arguments[:3], *arguments[4:]]) == 1
    said = capsys.readouterr().err
    assert "baseline, replication 1 failed: ZeroDivisionError: no caseworker left" in said
    assert f"1 replication failed; the others are stored. Details: {folder / 'error.log'}" in said
    assert "Traceback" in (folder / "error.log").read_text(encoding="utf-8")
    assert set(pd.read_csv(folder / "kpis.csv")["replication"]) == {0, 2}


def test_a_fault_of_ours_ends_in_1_with_the_traceback_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(options: object) -> int:
        options.error_folder = tmp_path  # type: ignore[attr-defined]
        raise LookupError("lost our way\nsecond line")

    monkeypatch.setattr(commands, "scenarios", broken)
    assert main(["scenarios"]) == 1
    said = capsys.readouterr().err
    assert "LookupError: lost our way" in said
    assert "Traceback" not in said
    assert "second line" in (tmp_path / "error.log").read_text(encoding="utf-8")
    assert main(["scenarios", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_scenarios_are_listed_in_both_languages_with_a_planners_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = {
        "about": {
            "label": {"da": "Vores forslag", "en": "Our proposal"},
            "summary": {"da": "Flere rådgivere.", "en": "More advisers."},
            "why": "Shorter waits.",
        },
        "teams": {"advisers": {"caseworkers": 5}},
    }
    (tmp_path / "ours.yaml").write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    assert main(["scenarios", "--scenarios", str(tmp_path), "--language", "da"]) == 0
    danish = capsys.readouterr().out
    assert "Flere rådgivere." in danish
    assert "Udgangspunkt" in danish
    assert main(["--scenarios", str(tmp_path), "scenarios", "--language", "en"]) == 0
    assert "Our proposal" in capsys.readouterr().out
    assert main(["check", "scenario=ours", *SMALL, "--scenarios", str(tmp_path), "--language", "da"]) == 0
    assert "Rådgiverne 5" in capsys.readouterr().out


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A planner's own scenarios: two that go together, and one that contradicts the first and excludes the second."""

    def scenario(name: str, body: dict[str, object], **about: object) -> None:
        sentence = {
            "da": f"Dette er forslaget {name}, sagt i en hel sætning for planlæggere.",
            "en": f"This is {name}.",
        }
        said = {"label": {"da": f"{name} på dansk", "en": f"{name} in English"}, "summary": sentence, "why": "To see."}
        text = yaml.safe_dump({"about": {**said, **about}, **body}, allow_unicode=True)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")

    scenario("five", {"teams": {"advisers": {"caseworkers": 5}}}, group="staff")
    scenario("weekly", {"panels": {"board": {"every_weeks": 1}}}, group="decisions", municipality="one_team")
    rival = {"weekly": {"da": "Udvalgene findes ikke mere.", "en": "There are no panels any more."}}
    scenario("six", {"teams": {"advisers": {"caseworkers": 6}}}, excludes=rival)
    return tmp_path


@pytest.mark.parametrize(
    ("language", "headings", "only", "last"),
    [
        (
            "da",
            ["Afgørelser og samarbejde med familien", "Medarbejdere og organisering", "Egne scenarier"],
            "Kun for municipality=one_team.",
            "scenario=baseline,ET,ET+ANDET",
        ),
        (
            "en",
            ["Decisions and working with the family", "Staff and organisation", "Your own"],
            "Only for municipality=one_team.",
            "scenario=baseline,ONE,ONE+OTHER",
        ),
    ],
)
def test_scenarios_stand_under_headings_in_columns(
    own: Path, language: str, headings: list[str], only: str, last: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scenarios", "--scenarios", str(own), "--language", language]) == 0
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert max(map(len, lines)) <= 80
    at = [lines.index(heading) for heading in headings]
    assert at == sorted(at)
    for name, heading in zip(("weekly", "five", "six"), at, strict=True):
        row = next(number for number, line in enumerate(lines) if line.startswith(f"  {name} "))
        assert row > heading
    columns = {line.index("in English" if language == "en" else "på dansk") for line in lines if "  five " in line}
    columns |= {line.index("six ", 4) + 5 for line in lines if line.startswith("  six ")}
    assert len(columns) == 1
    assert only in " ".join(" ".join(lines).split())
    assert lines[-1].endswith(last)


def test_check_shows_which_part_of_a_stack_each_value_comes_from(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", *SMALL, "--scenarios", str(own), "--language", "en"]
    assert main([*arguments, "scenario=five+weekly"]) == 0
    said = capsys.readouterr().out
    assert "five+weekly: valid (Smallville, five in English + weekly in English)" in said
    _, _, told = said.partition("Changed by five:\n")
    first, _, second = told.partition("Changed by weekly:\n")
    assert first.split("\n")[0].strip() == f"{CASEWORKERS} = 5 (before 3)"
    assert second.split("\n")[0].strip() == "panels.board.every_weeks = 1 (before 2)"
    assert main([*arguments, "scenario=five+six", f"{CASEWORKERS}=7"]) == 0
    _, _, settled = capsys.readouterr().out.partition("Settled on the command line:\n")
    assert settled.split("\n")[0].strip() == f"{CASEWORKERS} = 7 (before 3)"
    assert main([*arguments, "scenario=five"]) == 0
    assert "Changed by" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["run", "sweep", "check"])
@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("five+six", f"{CASEWORKERS}: 5 in five, 6 in six"),
        ("six+weekly", "'six' cannot be combined with 'weekly': Udvalgene findes ikke mere."),
        ("five+wekly", "did you mean 'weekly'"),
    ],
)
def test_a_stack_that_makes_no_sense_ends_in_2_before_anything_runs(
    own: Path, command: str, chosen: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    out = own / "out"
    arguments = [command, *SMALL, "--scenarios", str(own), f"scenario={chosen}", f"output={out.as_posix()}"]
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_check_gives_the_reason_in_the_language_that_is_asked_for(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", *SMALL, "--scenarios", str(own), "scenario=weekly+six", "--language", "en"]
    assert main(arguments) == 2
    assert "There are no panels any more." in capsys.readouterr().err


@pytest.mark.usefixtures("no_pictures")
def test_a_stack_is_simulated_and_stored_under_its_name(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(own)
    assert main(["run", *SMALL, "--scenarios", str(own), "scenario=five+weekly", "--quiet"]) == 0
    (folder,) = (own / "results").iterdir()
    assert folder.name.endswith("-five+weekly")
    assert [path.name for path in (folder / "points").iterdir()] == ["five+weekly"]
    assert Manifest.read(folder).command.endswith(f" output=results/{folder.name}")
    kpis = pd.read_csv(folder / "kpis.csv")
    assert kpis["scenario"].unique().tolist() == ["five+weekly"]
    assert capsys.readouterr().err == ""


def test_check_shows_the_main_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *SMALL, "--language", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for fact in (
        "baseline: valid (Smallville, Baseline)",
        "1 with 3 caseworkers: The advisers 3",
        "Allocation panel (every 2 weeks, 6 cases)",
        "70 a year: Applications 70",
        "Open cases on day 0 35",
        "Support (7 steps)",
        "no source:",
    ):
        assert fact in said


def test_check_prints_the_composed_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *SMALL, f"{CASEWORKERS}=7", "--yaml"]) == 0
    composed = yaml.safe_load(capsys.readouterr().out)
    assert composed["teams"]["advisers"]["caseworkers"] == 7
    assert composed["experiment"]["seed"] == 20240601


def test_report_renders_again_in_another_language(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(stored, tmp_path / "again"))
    assert main(["report", str(folder), "--language", "en"]) == 0
    assert "Baseline" in capsys.readouterr().out
    assert list((folder / "plots").glob("*.png"))


def test_report_of_something_else_ends_in_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path)]) == 2
    assert "not a folder of results" in capsys.readouterr().err


@pytest.mark.usefixtures("no_pictures")
def test_stored_results_are_compared_without_simulating(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    assert main(["run", *SMALL, f"{CASEWORKERS}=5", f"output={second.as_posix()}", "-q"]) == 0
    monkeypatch.setattr(one_replication, "_the_model", lambda: pytest.fail("simulated again"))
    out = tmp_path / "out"
    assert main(["compare", str(stored), str(second), "-o", str(out), "-q"]) == 0
    comparison = pd.read_csv(out / "comparison.csv")
    assert comparison["label"].unique().tolist() == ["baseline--advisers-3", "baseline--advisers-4", "baseline"]
    assert comparison[CASEWORKERS].unique().tolist() == [3, 4, 5]
    manifest = Manifest.read(out)
    assert manifest.reference == "baseline--advisers-3"
    assert manifest.sources == (str(stored), str(second))
    kpis = pd.read_csv(out / "kpis.csv")
    pd.testing.assert_frame_equal(kpis[kpis[CASEWORKERS] < 5], pd.read_csv(stored / "kpis.csv"))


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize(
    ("override", "said"),
    [("experiment.seed=9", "experiment.seed: 20240601 in "), ("horizon.years=1", "horizon.years: 2 in ")],
)
def test_results_that_are_not_the_same_futures_are_not_compared(
    stored: Path, tmp_path: Path, override: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    assert main(["run", *SMALL, override, f"output={other.as_posix()}", "-q"]) == 0
    assert main(["compare", str(stored), str(other), "-o", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_one_folder_is_nothing_to_compare(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(stored)]) == 2
    assert "sagsflow report" in capsys.readouterr().err


def test_the_manifest_repeats_the_run(stored: Path) -> None:
    command = json.loads((stored / "manifest.json").read_text(encoding="utf-8"))["command"]
    assert command == (
        f"sagsflow sweep {' '.join(SMALL)} scenario=baseline {CASEWORKERS}=3,4 output={stored.as_posix()} -q"
    )
