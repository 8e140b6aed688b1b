"""Points from a file, as Danish and English spreadsheets and people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.pointsfile import points_from_file, read_rows
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit

DANISH = (
    "name;scenario;caseworking.change_hours;municipality.population.all\r\nFærre;baseline;2,5;1500\r\n\r\nI dag;;;\r\n"
)
READ = [
    ("Færre", [("scenario", "baseline"), ("caseworking.change_hours", "2.5"), ("municipality.population.all", "1500")]),
    ("I dag", []),
]


def rows(path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(row.name, [(cell.key, cell.value) for cell in row.cells]) for row in read_rows(path)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_danish_spreadsheet_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "p.csv").write_bytes(DANISH.encode(encoding))
    assert rows(tmp_path / "p.csv") == READ


def test_an_english_one_and_one_that_names_its_separator_too(tmp_path: Path) -> None:
    english = DANISH.replace(",", ".").replace(";", ",")
    (tmp_path / "p.csv").write_text(english, encoding="utf-8")
    assert rows(tmp_path / "p.csv") == READ
    (tmp_path / "s.csv").write_text("sep=;\n" + DANISH, encoding="utf-8")
    assert rows(tmp_path / "s.csv") == READ


@pytest.mark.parametrize(("cell", "between"), [("1.500", ";"), ("1.500,5", ";"), ('"1,500"', ","), ('"2,5"', ",")])
def test_what_could_be_two_numbers_is_refused(tmp_path: Path, cell: str, between: str) -> None:
    (tmp_path / "p.csv").write_text(f"name{between}horizon.years\na{between}{cell}\n", encoding="utf-8")
    with pytest.raises(PlannerError, match=r"row 2, column horizon\.years: '.*' can mean two numbers"):
        read_rows(tmp_path / "p.csv")


@pytest.mark.parametrize(
    "text",
    [
        "- {name: a, scenario: baseline, teams: {advisers: {caseworkers: 2}}}\n",
        "a: {scenario: baseline, teams: {advisers: {caseworkers: 2}}}\n",
    ],
)
def test_yaml_is_a_list_or_a_mapping(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    assert rows(tmp_path / "p.yaml") == [("a", [("scenario", "baseline"), ("teams", "{advisers:{caseworkers:2}}")])]
    with Composer() as composer:
        (point,) = points_from_file(composer, tmp_path / "p.yaml", ["municipality=one_team"])
    assert point.configuration.scenario.teams["advisers"].caseworkers == 2


def test_names_become_labels_and_values_columns(tmp_path: Path) -> None:
    text = "name,teams.advisers.caseworkers\nToday,\nTwo more,5\n"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    with Composer() as composer:
        points = points_from_file(composer, tmp_path / "p.csv", ["municipality=one_team"])
        assert [(p.name, p.label, p.columns) for p in points] == [
            ("Today", "Today", {"teams.advisers.caseworkers": 3}),
            ("Two more", "Two_more", {"teams.advisers.caseworkers": 5}),
        ]
        with pytest.raises(PlannerError, match=r"the command line both set teams\.advisers\.caseworkers"):
            points_from_file(composer, tmp_path / "p.csv", ["teams.advisers.caseworkers=4"])


def test_all_wrong_cells_are_listed_at_once(tmp_path: Path) -> None:
    text = "name,scenario,teams.advisers.caseworkers,horizon.yers\na,baselin,two,\nb,baseline,3,4\n"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    with Composer() as composer, pytest.raises(PlannerError) as raised:
        points_from_file(composer, tmp_path / "p.csv", ["municipality=one_team"])
    lines = [problem.path.rpartition("p.csv, ")[2] for problem in raised.value.problems]
    assert lines == ["row 2, column scenario", "row 2, column teams.advisers.caseworkers", "row 3, column horizon.yers"]
    assert "did you mean 'baseline'" in str(raised.value)
    assert "'two' is not a whole number" in str(raised.value)


def test_names_must_differ(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("name,horizon.years\na,1\na,2\n", encoding="utf-8")
    with pytest.raises(PlannerError, match="row 3: the name 'a' was given in row 2"):
        read_rows(tmp_path / "p.csv")
