"""A planner's own folder: what ``init`` writes runs unchanged, and ``check`` says how its figures stand."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
from functools import cache
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from sim.cli import main
from sim.folder import command
from sim.folder.answers import Answers
from sim.folder.sizes import labels, sizes
from sim.folder.standing import UNSEEN, Overview, overview
from sim.folder.standing_table import standing_tables
from sim.folder.write import ADOPTED, compiled
from sim.model import simulate
from sim.scenario.compose import Composer
from sim.scenario.configuration import Configuration
from sim.scenario.errors import PlannerError
from sim.scenario.inputs.columns import CASELOAD_COLUMNS
from sim.scenario.layers import Layer
from sim.scenario.schema import schemas
from sim.scenario.yamlfile import parse_yaml, read_yaml

# One process writes the folder: it is looked at by several tests.
pytestmark = pytest.mark.functional

LAESOE = ["--name", "Læsø", "--population", "1.800", "--children", "220", "--yes", "--language", "da"]
SIZED = {"caseworkers", "seats", "places", "per_year", "count", "dkk_per_year"}
"""Keys of figures that are as large as the municipality."""
MINE = "municipality=laesoe"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, in a place with a space and letters that are not English. Tests that change something take a copy."""
    folder = tmp_path_factory.mktemp("på vej") / "min kommune"
    assert main(["init", str(folder), *LAESOE, "--staff", "buf_family=2", "-q"]) == 0
    return folder


@pytest.fixture
def copied(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "own"))


@cache
def layered(folder: Path) -> tuple[Configuration, list[Layer]]:
    """Return a configuration of a folder that no test has changed, or has changed for good, with its files."""
    with Composer([folder]) as composer:
        return composer.configuration([MINE]), composer.layers([MINE])


def composed(folder: Path, *overrides: str) -> tuple[Configuration, Overview]:
    configuration, layers = layered(folder)
    return configuration, overview(configuration, layers, [folder.resolve()], [MINE, *overrides])


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_the_folder_runs_unchanged(written: Path) -> None:
    with Composer([written]) as composer:
        points = composer.points([MINE])
        swept = [f"scenario={name}" for name in ("baseline", "hyppigere_udvalg", "early_planning")]
        assert [sorted(point) for point in points] == [[MINE, scenario] for scenario in swept]
        configuration = composer.configuration([*points[1], "horizon.years=1", "horizon.run_in_years=0"])
    scenario = configuration.scenario
    assert scenario.municipality.label.da == "Læsø"
    assert scenario.teams["buf_family"].caseworkers == 2
    assert scenario.panels["bsf_panel"].every_weeks == 1
    assert scenario.costs is not None
    assert scenario.costs.frames == {}, "budget frames of Odense's size"
    assert len(simulate(scenario, 0).activities) > 0


def test_nothing_of_odenses_size_is_left(written: Path) -> None:
    with Composer() as composer:
        odense = composer.configuration([])
    own, _ = composed(written)

    def sized(configuration: Configuration) -> dict[tuple[str, ...], Any]:
        found: dict[tuple[str, ...], Any] = {}

        def walk(value: Any, path: tuple[str, ...]) -> None:
            if isinstance(value, dict):
                for key, inner in value.items():
                    walk(inner, (*path, key))
            elif (
                path[-1] in SIZED
                and "absences" not in path
                and path[:2] not in (("costs", "staff"), ("costs", "teams"))
            ):
                found[path] = value

        sections = {key: one for key, one in configuration.composed.items() if key != "evidence"}
        walk(sections, ())
        return found

    before, now = sized(odense), sized(own)
    assert len(now) > 40
    assert [path for path, value in now.items() if value == before[path] and value is not None] == []


def test_scenarios_that_hold_at_any_size_come_along_and_others_are_refused(written: Path) -> None:
    with Composer([written]) as composer:
        own = {about.name: about for about in composer.scenarios() if about.municipality == "laesoe"}
        assert set(own) == {"hyppigere_udvalg", *ADOPTED}
        for name in ADOPTED:
            data = read_yaml(written / "scenarios" / f"{name}.yaml").data
            assert not set(re.findall(r"'(\w+)':", str({**data, "evidence": {}}))) & SIZED, name
        with pytest.raises(PlannerError, match="'weekly_panels' is written for the municipality 'odense'"):
            composer.configuration([MINE, "scenario=weekly_panels"])


def test_every_file_is_valid_and_finds_its_schema(written: Path) -> None:
    files = sorted(written.rglob("*.yaml"))
    assert len(files) == 3 + 1 + len(ADOPTED)
    for file in files:
        (place,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", file.read_text(encoding="utf-8"), re.M)
        schema = (file.parent / place).resolve()
        assert schema.is_relative_to(written.resolve())
        assert schema.is_file()
        assert list(Draft202012Validator(schemas()[schema.stem]).iter_errors(read_yaml(file).data)) == []
        assert max(map(len, file.read_text(encoding="utf-8").splitlines())) < 260


def test_the_commands_of_the_page_are_those_of_the_tool(written: Path) -> None:
    page = (written / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^sagsflow .*$", page, re.M)
    assert commands == [
        f'sagsflow {what} --scenarios "min kommune" {MINE}{more}'
        for what, more in (("check", ""), ("sweep", " experiment=quick"), ("sweep", ""))
    ]
    for file in re.findall(r"`((?:configs|scenarios|input)/[^`]+)`", page):
        assert (written / file).is_file(), file


def test_a_template_opens_in_a_danish_spreadsheet(written: Path) -> None:
    data = (written / "input" / "sagsbestand.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";")
    assert row == [column.da for column in CASELOAD_COLUMNS]


def test_nothing_is_overwritten(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()}
    assert main(["init", str(copied), *LAESOE]) == 2
    assert "nothing is overwritten" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()} == before


def test_what_stops_half_way_leaves_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "schema").write_text("in the way", encoding="utf-8")
    assert main(["init", str(tmp_path / "own"), *LAESOE]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "own").rglob("*")] == ["schema"]


def test_a_folder_that_does_not_run_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PlannerError("does not run")

    monkeypatch.setattr(command, "_runs", refuse)
    assert main(["init", str(tmp_path / "own"), *LAESOE]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--population", "mange", "--name", "A"], "--population: 'mange' is not a whole number"),
        (["--population", "-5", "--name", "A"], "--population: -5 is out of range"),
        (["--population", "5"], "--name must be given"),
        (["--population", "5000", "--name", "A", "--panels", "board=1:2"], "there is no panel 'board'"),
        (["--population", "5000", "--name", "A", "--panels", "bsf_panel=1"], "not of the form WEEKS:SEATS"),
        (["--population", "5000", "--name", "A", "--places", "foster_care=1"], "there is no service with places"),
    ],
)
def test_a_wrong_answer_ends_in_2_and_writes_nothing(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "own"), *arguments, "--yes"]) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_has_looked_at_is_told_from_what_was_given(written: Path) -> None:
    _, found = composed(written)
    assert len(found.unseen) == 51 - 3  # all inhabitants, children and the family team are given
    assert [one.path for one in found.unseen][:2] == ["municipality.population.0-22", "teams.buf_intake.caseworkers"]
    assert {one.path for one in found.own if one.path.startswith(("teams", "panels", "arrivals"))} == {
        "teams.buf_family.caseworkers"
    }
    assert found.outside == ()
    assert found.kinds[""] == 0
    assert found.assumed[0].spread >= found.assumed[1].spread
    assert [one.divides for one in found.assumed] == sorted(one.divides for one in found.assumed)


def test_each_figure_says_on_which_line_it_stands(written: Path) -> None:
    _, found = composed(written, "teams.buf_intake.caseworkers=3")
    lines = (written / "configs" / "municipality" / "laesoe.yaml").read_text(encoding="utf-8").splitlines()
    places = {one.path: one.where for one in (*found.unseen, *found.own)}
    file, _, number = places["arrivals.police.per_year"].partition(":")
    assert file == "municipality/laesoe.yaml"
    assert lines[int(number) - 1].startswith("  police: {per_year: 1.63}")
    assert places["teams.buf_intake.caseworkers"] == "teams.buf_intake.caseworkers=3"


def test_a_figure_that_was_verified_counts_as_the_planners_and_one_whose_evidence_was_forgotten_is_named(
    copied: Path,
) -> None:
    replace(copied / "configs" / "municipality" / "laesoe.yaml", "school: {per_year: 2.73}", "school: {per_year: 8}")
    entry = r'("arrivals.police.per_year":\n.*?)kind: assumption(.*?), note: "' + UNSEEN + '"'
    file = copied / "configs" / "evidence" / "laesoe.yaml"
    text, changed = re.subn(entry, r"\1kind: local\2", file.read_text(encoding="utf-8"))
    assert changed == 1
    file.write_text(text, encoding="utf-8", newline="\n")
    for yaml_file in copied.rglob("*.yaml"):  # as an editor on Windows saves them
        yaml_file.write_bytes(yaml_file.read_bytes().replace(b"\n", b"\r\n"))
    _, found = composed(copied)
    assert "arrivals.police.per_year" not in [one.path for one in found.unseen]
    assert [one.evidence.kind for one in found.own if one.path == "arrivals.police.per_year" and one.evidence] == [
        "local"
    ]


def shown(found: Overview, language: Literal["da", "en"], *, everything: bool = False) -> str:
    console = Console(file=StringIO(), width=200)
    for part in standing_tables(found, language, everything=everything):
        console.print(part)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_check_tells_it(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--scenarios", str(written), MINE, "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "What your figures rest on" in told
    assert "initial_caseload.foster_care.count" not in told


def test_lists_are_shortened_and_say_what_is_left_out(written: Path) -> None:
    _, found = composed(written)
    told = shown(found, "da")
    assert re.search(r"Skaleret, ikke verificeret +48 tal", told)
    assert "… og 36 mere (initial_caseload 14, services 10, panels 8, initial_matters 4); alle med --all" in told
    assert "initial_caseload.foster_care.count" in shown(found, "da", everything=True)
    assert "--all" not in shown(found, "en", everything=True)


def test_check_of_what_is_shipped_says_nothing_about_own_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "municipality=one_team", "--language", "en"]) == 0
    assert "rest on" not in capsys.readouterr().out


def test_panels_that_meet_weekly_already_leave_another_first_scenario(tmp_path: Path) -> None:
    panels = {f"panels.{panel}.every_weeks": 1 for panel in labels("panels")}
    what = compiled(tmp_path, Answers("Odense", 204700, given=panels), "en", dt.date(2026, 1, 2))
    own = parse_yaml(what.files[PurePosixPath("scenarios/larger_intake.yaml")], tmp_path).data
    assert own["teams"] == {"buf_intake": {"changes": {"larger_intake": {"caseworkers": 1}}}}
    municipality = what.files[PurePosixPath("configs/municipality/odense_own.yaml")]
    assert "baseline,larger_intake,early_planning" in municipality
    assert "BEWARE" not in municipality


def test_the_schemas_can_be_written_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["schema", str(tmp_path / "schema")]) == 0
    assert sorted(path.stem for path in (tmp_path / "schema").iterdir()) == sorted(schemas())
    assert main(["schema"]) == 0
    assert '"title": "sagsflow: A scenario' in capsys.readouterr().out


def test_every_figure_has_evidence_that_holds_it(written: Path) -> None:
    configuration, _ = composed(written)
    register = configuration.scenario.evidence
    answers = Answers("Læsø", 1800, 220, None, {"teams.buf_family.caseworkers": 2})
    for size in sizes(answers):
        low, high = register[size.path].bounds(size.value)
        assert low <= size.value <= high, size.path
        assert (register[size.path].note == UNSEEN) != size.given
