"""Files of a municipality's own, as a planner meets them: read, refused, and kept out of what is written."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import io
import shutil
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from caseload_files import CASES, caseload, write_caseload

from sim.cli import main
from sim.experiment.points import Point
from sim.experiment.progress import Progress
from sim.experiment.sweep import Order, run_sweep
from sim.model import simulate
from sim.scenario.compose import Composer, from_yaml, to_yaml
from sim.scenario.configuration import Configuration, checked
from sim.scenario.errors import PlannerError
from sim.scenario.inputs.files import Reading
from sim.scenario.scenario import Scenario

pytestmark = pytest.mark.functional


def composed(*overrides: str, folders: tuple[Path, ...] = ()) -> Any:
    with Composer(folders) as composer:
        return composer.configuration(["municipality=one_team", *overrides])


@lru_cache
def smallest() -> Configuration:
    """Return the smallest municipality, composed once: composing takes longer than reading a file."""
    result: Configuration = composed()
    return result


def configuration_with(path: Path, **files: str) -> Configuration:
    base = {**smallest().composed, "files": {"caseload": path.as_posix(), **files}}
    return checked(Reading(base, (), ()).result(), smallest().choices)


def scenario_with(path: Path) -> Scenario:
    return configuration_with(path).scenario


def complaint(path: Path, **files: str) -> PlannerError:
    with pytest.raises(PlannerError) as caught:
        configuration_with(path, **files)
    return caught.value


def test_cases_take_the_place_of_the_drawn_ones(tmp_path: Path) -> None:
    stock = scenario_with(caseload(tmp_path)).initial_caseload["supported"]
    assert stock.count is None
    assert isinstance(stock.cases, tuple)
    first, second, third = stock.cases
    assert first.born == (dt.date(2011, 5, 1), dt.date(2011, 5, 31)), "the day is not kept"
    assert (first.profile, first.level, first.supplier) == ("general", "3", "own")
    assert first.since == dt.date(2023, 9, 1)
    assert (second.level, second.since, second.supplier) == (None, None, None)
    assert third.born == (dt.date(2009, 1, 2), dt.date(2010, 1, 1)), "14 years old on 1 January 2024"
    journal = simulate(scenario_with(caseload(tmp_path)))
    there = journal.spells["kind"] == journal.names["spells.kind"].index("initial")
    assert there.sum() == 3
    assert journal.spells["start"][0] == -122.0


@pytest.mark.parametrize("kind", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "english", "sep", "xlsx"])
def test_every_kind_of_spreadsheet_says_the_same(tmp_path: Path, kind: str) -> None:
    expected = scenario_with(caseload(tmp_path)).initial_caseload
    assert scenario_with(write_caseload(tmp_path, kind)).initial_caseload == expected


FIVE_MISTAKES = (
    "31-02-2011;general;3;family_support;01-09-2023;own",
    "14-05-2011;Almindlig;3;family_support;01-09-2023;own",
    "14-05-2011;general;5;family_support;01-09-2023;own",
    "14-05-2011;general;3;family_support;01-09-2024;own",
    "14-05-2011;general;3;family_support;01-09-2023;private",
    "14-05-2011;general;3;family_support;01-09-2023;own",
)


def test_five_mistakes_are_five_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = caseload(tmp_path, *FIVE_MISTAKES)
    error = complaint(path)
    assert [problem.path for problem in error.problems] == [
        "caseload.csv, row 2, column 'Fødselsdato'",
        "caseload.csv, row 3, column 'Behovsprofil'",
        "caseload.csv, row 4, column 'Behovsniveau'",
        "caseload.csv, row 5, column 'Startdato'",
        "caseload.csv, row 6, column 'Leverandør'",
    ]
    messages = [problem.message for problem in error.problems]
    assert "'31-02-2011' is a date that does not exist; expected dd-mm-yyyy" in messages[0]
    assert "did you mean 'Almindelig'?" in messages[1]
    assert "'5' is not a need level; expected 1, 2, 3 or 4" in messages[2]
    assert "'01-09-2024' is after the first day of the simulation, 01-01-2024" in messages[3]
    assert "there is no supplier of 'family_support' 'private'" in messages[4]
    assert main(["check", "municipality=one_team", f"files.caseload={path.as_posix()}"]) == 2
    assert capsys.readouterr().err.count("row ") == 5


def test_a_long_list_of_mistakes_is_capped_and_counted(tmp_path: Path) -> None:
    error = complaint(caseload(tmp_path, *(FIVE_MISTAKES * 10)))
    assert "(50 problems)" in str(error)
    assert "and 30 more" in str(error)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("140511-1234;general;3;family_support;01-09-2023;own", "column 'Fødselsdato'"),
        ("14-05-2011;0405111234;3;family_support;01-09-2023;own", "column 'Behovsprofil'"),
        ("14-05-2011;general;3;family_support;405111234;own", "column 'Startdato'"),
        ("14-05-2011;general;3;family_support;01-09-2023;own;040511 1234", "column G"),
    ],
)
def test_personal_numbers_are_refused_unrepeated(tmp_path: Path, line: str, column: str) -> None:
    error = complaint(caseload(tmp_path, line))
    assert [problem.path for problem in error.problems] == [f"caseload.csv, row 2, {column}"]
    assert "personal identification number" in str(error)
    assert "1234" not in str(error)


def test_a_file_without_headings_does_not_show_its_first_row(tmp_path: Path) -> None:
    path = tmp_path / "caseload.csv"
    path.write_text("040511-1234;general\n050511-1234;general\n", encoding="utf-8")
    error = complaint(path)
    assert len(error.problems) == 2
    assert "1234" not in str(error)


def test_names_and_numbers_of_persons_have_no_place_in_it(tmp_path: Path) -> None:
    path = tmp_path / "caseload.csv"
    path.write_text("Alder;Profil;Indsats;Startdato;Navn;CPR-nr.\n13;general;family_support;;Ida;\n", encoding="utf-8")
    error = complaint(path)
    assert "'Navn' is not a column that is used" in str(error)
    assert "'CPR-nr.': personal identification numbers are refused" in str(error)
    assert "Ida" not in str(error)


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        (";general;3;family_support;;", "Fødselsdato", "is empty; expected the birth date"),
        ("14-05-2011;;3;family_support;;", "Behovsprofil", "is empty"),
        ("14-05-2011;general;3;;;", "Startdato", "no service yet"),
        ("14-05-2024;general;3;family_support;;", "Fødselsdato", "not the birth date of somebody who has a case on"),
        ("14-05-2011;general;3;family_support;01-09-2010;", "Startdato", "before the person was born"),
        ("14-05-2001;general;3;family_support;;", "Fødselsdato", "the person is 22"),
        ("14-05-2011;general;3;;01-09-2023;own", "Leverandør", "has no supplier yet"),
    ],
)
def test_what_cannot_be(tmp_path: Path, line: str, column: str, message: str) -> None:
    error = complaint(caseload(tmp_path, line))
    assert [problem.path for problem in error.problems] == [f"caseload.csv, row 2, column '{column}'"]
    assert message in error.problems[0].message


def test_a_spell_that_has_lasted_longer_than_any_can_is_refused(tmp_path: Path) -> None:
    path = caseload(tmp_path, "14-05-2011;general;3;family_support;01-09-2021;")
    base = copy.deepcopy(smallest().composed)
    base["services"]["family_support"]["years"] = {"distribution": "uniform", "low": 0, "high": 2}
    with pytest.raises(PlannerError, match="no spell of 'family_support' lasts longer than 2 years"):
        Reading({**base, "files": {"caseload": str(path)}}, (), ()).result()


def test_two_files_are_complained_about_together(tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text("Team;Timer\nadvicers;37\n", encoding="utf-8")
    error = complaint(caseload(tmp_path, FIVE_MISTAKES[0]), staff=staff.as_posix())
    assert {problem.path.partition(",")[0] for problem in error.problems} == {"staff.csv", "caseload.csv"}


def test_a_value_beside_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="leave it to one of them"):
        composed(f"files.caseload={caseload(tmp_path).as_posix()}", "initial_caseload.supported.count=40")
    staff = tmp_path / "staff.csv"
    staff.write_text("Team;Timer\nadvisers;37\n", encoding="utf-8")
    with pytest.raises(PlannerError, match=r"teams.advisers.changes.NAME"):
        composed(f"files.staff={staff.as_posix()}", "teams.advisers.caseworkers=4")


def test_paths_are_as_seen_from_the_file_that_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine" / "scenarios").mkdir(parents=True)
    caseload(tmp_path / "mine")
    (tmp_path / "mine" / "scenarios" / "ours.yaml").write_text(
        "about: {label: {da: Os, en: Us}, summary: {da: Os., en: Us.}, why: Ours.}\n"
        "files: {caseload: ../caseload.csv}\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    found = composed("scenario=ours", folders=(tmp_path / "mine",))
    assert found.files.caseload.name == "caseload.csv"
    assert scenario_with(Path("mine/caseload.csv")).initial_caseload == found.scenario.initial_caseload
    with pytest.raises(PlannerError, match=r"no file 'mine/caselod.csv'; did you mean 'caseload.csv'\?"):
        composed("files.caseload=mine/caselod.csv")


def test_nothing_that_is_written_tells_of_the_persons(tmp_path: Path) -> None:
    path = caseload(tmp_path)

    def run(replications: int) -> None:
        configuration = configuration_with(path)
        configuration = dataclasses.replace(
            configuration,
            experiment=configuration.experiment.model_copy(update={"replications": replications}),
            compute=configuration.compute.model_copy(update={"n_jobs": 1}),
        )
        with Progress(io.StringIO(), "en", quiet=True) as progress:
            run_sweep(Order([Point("us", "us", (), {}, configuration)], tmp_path / "out", "sagsflow run"), progress)

    run(1)
    point = tmp_path / "out" / "points" / "us"
    stored = {"config.yaml", "checksums.sha256", "costs.parquet", "kpis.parquet", "series.parquet"}
    assert {file.name for file in point.iterdir()} == stored
    text = (point / "config.yaml").read_text(encoding="utf-8")
    assert "cases: withheld" in text
    assert "sha256: " in text
    assert "2011" not in text
    assert "2023-09" not in text
    with pytest.raises(PlannerError, match="such files are not copied into results"):
        simulate(from_yaml(point / "config.yaml").scenario)
    run(2)  # The same file: it goes on.
    path.write_text(path.read_text(encoding="utf-8").replace("2011", "2012"), encoding="utf-8")
    with pytest.raises(PlannerError, match=r"files\.caseload\.sha256"):
        run(3)
    assert main(["price", str(tmp_path / "out"), "costs.staff.dkk_per_year=1"]) == 2


@pytest.mark.parametrize(("language", "few", "hidden"), [("da", "under 5", "skjult"), ("en", "fewer than 5", "hidden")])
def test_check_hides_small_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, few: str, hidden: str
) -> None:
    def said(path: Path) -> str:
        assert (
            main(["check", "--language", language, "municipality=one_team", f"files.caseload={path.as_posix()}"]) == 0
        )
        return " ".join(capsys.readouterr().out.split())

    small = said(caseload(tmp_path))
    assert few in small
    assert hidden in small
    assert " 3 " not in small.partition("caseload.csv")[2].partition("(")[0]
    large = said(caseload(tmp_path, *(CASES * 10)))
    assert "30" in large
    assert hidden not in large


def test_a_scaled_municipality_has_its_share_of_the_cases(tmp_path: Path) -> None:
    lines = [f"14-05-2011;general;{level};family_support;01-09-2023;" for level in (1, 2, 3, 4) for _ in range(10)]
    for scale, each in ((0.1, 1), (1, 10), (2, 20)):
        scenario = scenario_with(caseload(tmp_path, *lines))
        town = scenario.municipality.model_copy(update={"scale": scale})
        journal = simulate(scenario.model_copy(update={"municipality": town}))
        there = journal.spells["kind"] == journal.names["spells.kind"].index("initial")
        assert Counter(journal.spells["level"][there].tolist()) == dict.fromkeys((1, 2, 3, 4), each)


def test_matters_are_where_their_age_and_waiting_time_say(tmp_path: Path) -> None:
    """In Odense: a child who has waited two months, one who has waited five, an adult, and one with a service."""
    path = tmp_path / "caseload.csv"
    path.write_text(
        "Alder;Profil;Indsats;Startdato;Forvaltning\n"
        "10;vulnerable;;20-12-2024;\n"
        "10;vulnerable;;20-08-2024;\n"
        "22;psychiatric;;20-12-2024;aehf\n"
        "12;vulnerable;Plejefamilie;20-12-2020;\n",
        encoding="utf-8",
    )
    with Composer() as composer:
        configuration = composer.configuration([f"files.caseload={path.as_posix()}"])
    there = {
        name: len(group.cases)
        for name, group in (
            *configuration.scenario.initial_caseload.items(),
            *configuration.scenario.initial_matters.items(),
        )
        if isinstance(group.cases, tuple) and group.cases
    }
    assert there == {"awaiting_statements": 1, "awaiting_decision": 1, "adults_assessed": 1, "foster_care": 1}
    assert configuration.scenario.initial_caseload["respite"].cases == ()
    assert configuration.scenario.initial_caseload["home_support"].count == 440, "no adult with a service in the list"
    assert "withheld" in to_yaml(configuration)


def test_the_example_of_the_documentation_is_valid(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "docs" / "examples"
    for file in example.iterdir():
        shutil.copy(file, tmp_path)
    found = configuration_with(tmp_path / "caseload.csv", staff=(tmp_path / "staff.csv").as_posix())
    assert found.scenario.initial_caseload["supported"].number == 12
    assert found.scenario.teams["advisers"].caseworkers == 3


def test_a_workbook_may_hold_numbers_and_dates_as_excel_keeps_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Alder", "Profil", "Indsats", "Startdato", "Niveau"])
    sheet.append([13, "general", "family_support", dt.datetime(2023, 9, 1), 2])
    sheet.append([None, None, None, None, None])
    sheet.append([13, "general", "family_support", 405111234, 2])
    book.save(tmp_path / "caseload.xlsx")
    error = complaint(tmp_path / "caseload.xlsx")
    assert [problem.path for problem in error.problems] == ["caseload.xlsx, row 4, column 'Startdato'"]
    assert "1234" not in str(error)
