"""The population as Statistics Denmark exports it, in both layouts, and the arrivals that follow it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.errors import PlannerError
from sim.scenario.inputs.projection import projected, read_projection
from sim.scenario.population import Source

pytestmark = pytest.mark.unit

START, END = dt.date(2025, 1, 1), dt.date(2027, 1, 1)
ODENSE = ["Odense Kommune", "Odense"]

LONG = """\
KOMMUNEDK;ALDER;KØN;TID;INDHOLD
Odense;0 år;Mænd;2025;1000
Odense;0 år;Kvinder;2025;900
Odense;0 år;Mænd;2026;1100
Odense;0 år;Kvinder;2026;990
Odense;1 år;Mænd;2025;500
Odense;1 år;Kvinder;2025;500
Odense;1 år;Mænd;2026;400
Odense;1 år;Kvinder;2026;400
Assens;0 år;Mænd;2025;1
"""
WIDE = """\
"Befolkningsfremskrivning 2025 efter kommune, alder, køn og tid"

"";"";"";"2025";"2026"
"Odense";"0 år";"Mænd";1000;1100
"";"";"Kvinder";900;990
"";"1 år";"Mænd";500;400
"";"";"Kvinder";500;400
"Assens";"0 år";"Mænd";1;"-"
"""


def written(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "FRKM125.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return path


@pytest.mark.parametrize("text", [LONG, WIDE], ids=["long", "wide"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_both_layouts_say_the_same(tmp_path: Path, text: str, encoding: str) -> None:
    projection = read_projection(written(tmp_path, text, encoding), None, ODENSE)
    assert projection.area == "Odense"
    assert projection.persons == {2025: {0: 1900, 1: 1000}, 2026: {0: 2090, 1: 800}}


def test_totals_are_used_where_there_are_any(tmp_path: Path) -> None:
    text = (
        "OMRÅDE;KØN;ALDER;CIVILSTAND;TID;INDHOLD\n"
        "461 Odense;TOT I alt;TOT Alder i alt;TOT;2025K1;99\n"
        "461 Odense;TOT I alt;0 0 år;TOT;2025K1;10\n"
        "461 Odense;1 Mænd;0 0 år;TOT;2025K1;6\n"
        "461 Odense;TOT I alt;0 0 år;TOT;2025K2;777\n"
        "461 Odense;TOT I alt;100OV;TOT;2025K1;3\n"
    )
    projection = read_projection(written(tmp_path, text), None, [])
    assert projection.persons == {2025: {0: 10, 100: 3}}


def test_an_age_group_is_spread_over_its_ages(tmp_path: Path) -> None:
    projection = read_projection(written(tmp_path, "ALDER;TID;INDHOLD\n0-4 år;2025;10.000\n"), None, [])
    assert projection.number(2025, 0, 3) == 6000
    assert projection.number(2025, 0.5, 2) == 3000


def test_several_areas_need_a_choice(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match=r"files.area is missing; .* holds: Assens, Odense"):
        read_projection(written(tmp_path, LONG), None, ["Lillekøbing"])
    with pytest.raises(PlannerError, match=r"no area 'Odese'; did you mean 'Odense'\?"):
        read_projection(written(tmp_path, LONG), "Odese", ODENSE)


def test_what_is_no_number_is_named_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        read_projection(written(tmp_path, LONG.replace("1100", "..").replace("990", "ca. 990")), None, ODENSE)
    assert [problem.path for problem in caught.value.problems] == ["FRKM125.csv, row 4", "FRKM125.csv, row 5"]


def test_another_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="not a table of the population"):
        read_projection(written(tmp_path, "Team;Timer\na;37\n"), None, [])


def arrivals(*ages: tuple[float, float, float], **settings: Any) -> dict[str, Any]:
    groups = [{"from_age": low, "to_age": high, "weight": weight} for low, high, weight in ages]
    source = {"label": {"da": "a", "en": "a"}, "track": "t", "per_year": 100, "ages": groups, **settings}
    return {"arrivals": {"schools": {**source, "profiles": {"p": 1}, "levels": {"1": 1}}}}


def followed(folder: Path, composed: dict[str, Any], start: dt.date = START, end: dt.date = END) -> Source:
    projection = read_projection(written(folder, LONG), None, ODENSE)
    result = projected(composed, projection, start, end)
    assert result["evidence"]["arrivals.*.changes.population_*.relative"]["kind"] == "published"
    return Source.model_validate_json(json.dumps(result["arrivals"]["schools"]))


def test_arrivals_follow_the_persons_of_their_ages(tmp_path: Path) -> None:
    """10 % more babies and 20 % fewer of one year: between two 1 Januaries on a straight line."""
    source = followed(tmp_path, arrivals((0, 1, 3), (1, 2, 1)))
    assert source.intensity(START) == 1
    assert source.intensity(dt.date(2026, 1, 1)) == pytest.approx(0.75 * 1.1 + 0.25 * 0.8)
    assert source.intensity(dt.date(2025, 7, 2)) == pytest.approx(1 + 0.025 * 182 / 365)
    assert source.intensity(dt.date(2026, 12, 31)) == source.intensity(dt.date(2026, 1, 1)), "the file ends there"


def test_the_first_day_is_where_it_begins(tmp_path: Path) -> None:
    """From July on, relative to July."""
    source = followed(tmp_path, arrivals((0, 1, 1)), dt.date(2025, 7, 2))
    assert source.intensity(dt.date(2025, 7, 2)) == 1
    assert source.intensity(dt.date(2026, 1, 1)) == pytest.approx(1.1 / (1 + 0.1 * 182 / 365), abs=1e-5)


def test_a_scenarios_own_changes_stay(tmp_path: Path) -> None:
    source = followed(tmp_path, arrivals((0, 1, 1), changes={"early": {"relative": 0.5}}))
    assert source.intensity(dt.date(2026, 1, 1)) == pytest.approx(0.55)


def test_missing_years_and_ages_are_named(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match=r"holds the years 2025-2026; .* needs 2025-2027 \(missing: 2027\)"):
        followed(tmp_path, arrivals((0, 1, 1)), end=dt.date(2027, 6, 1))
    with pytest.raises(PlannerError, match="lacks ages") as caught:
        followed(tmp_path, arrivals((0, 3, 1)))
    assert str(caught.value.problems[0]) == "arrivals.schools.ages: FRKM125.csv says nothing about the age of 2 years"
