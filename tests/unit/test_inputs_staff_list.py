"""A list of positions becomes the teams' head counts, with dates."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sim.model.headcount import headcounts
from sim.scenario.errors import PlannerError
from sim.scenario.inputs.columns import STAFF_COLUMNS
from sim.scenario.inputs.staff_list import Staffed, staffed
from sim.scenario.inputs.table import refuse, rows_of
from sim.scenario.staff import Team

pytestmark = pytest.mark.unit

START, END = dt.date(2026, 1, 1), dt.date(2028, 1, 1)
TEAM = {"label": {"da": "Rådgiverne", "en": "The advisers"}, "administration": "department", "caseworkers": 99}
OTHERS = {**TEAM, "label": {"da": "De andre", "en": "The others"}}


def listed(folder: Path, *lines: str, heading: str = "Team;Timer pr. uge;Fra;Til;Vakant") -> Staffed:
    path = folder / "staff.csv"
    path.write_text("\n".join([heading, *lines]), encoding="cp1252")
    rows = rows_of(path, STAFF_COLUMNS)
    result = staffed(rows, {"teams": {"advisers": TEAM, "others": OTHERS}}, START, END, path.name)
    refuse(path, rows)
    return result


def team(result: Staffed) -> Team:
    return Team.model_validate(result.sections["teams"]["advisers"], strict=False)


def test_hours_add_up_to_caseworkers_and_dates_to_changes(tmp_path: Path) -> None:
    result = listed(
        tmp_path,
        "Rådgiverne;37;;;",
        "advisers;37,0;01-05-2019;;nej",
        "ADVISERS;37;01-03-2027;;ja",
        "advisers;37;;31-12-2026;",
        "advisers;37;;31-12-2025;",
        "advisers;37;01-06-2028;;",
    )
    found = team(result)
    assert headcounts(found, 1, START, 730) == [(0.0, 3), (365.0, 2), (424.0, 3)]
    assert found.part_time is None
    assert result.sections["teams"]["others"] == OTHERS
    assert result.sections["evidence"]["teams.advisers.caseworkers"]["low"] == 3


def test_part_timers(tmp_path: Path) -> None:
    """Two of 30 hours and one of 37 are 2.6 full-time equivalents, and the nearest whole number is 3."""
    found = team(listed(tmp_path, "advisers;30", "advisers;30", "advisers;37"))
    assert found.caseworkers == 3
    assert found.part_time is not None
    assert (found.part_time.share, found.part_time.hours) == (
        pytest.approx(2 / 3, abs=1e-4),
        pytest.approx(30 / 37, abs=1e-4),
    )


def test_many_who_come_and_go_add_up(tmp_path: Path) -> None:
    """One position is closed and another opened every month: never fewer than one is there."""
    months = [dt.date(2026 + m // 12, m % 12 + 1, 1) for m in range(24)]
    lines = [f"advisers;37;{a:%d-%m-%Y};{b - dt.timedelta(days=15):%d-%m-%Y};" for a, b in pairwise(months)]
    counts = headcounts(team(listed(tmp_path, "advisers;37;;;", *lines)), 1, START, 730)
    assert {number for _, number in counts} == {1, 2}
    assert len(counts) == 46


def test_everything_that_is_wrong_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        listed(
            tmp_path,
            "advicers;37;;;",
            "advisers;370;;;",
            "advisers;;;;",
            "advisers;37;;;ja",
            "advisers;37;01-02-2027;31-01-2027;",
            "others;37;;30-06-2026;",
            "advisers;37;;;måske",
        )
    assert [str(problem).partition(":")[0] for problem in caught.value.problems] == [
        "staff.csv, row 2, column 'Team'",
        "staff.csv, row 3, column 'Timer pr. uge'",
        "staff.csv, row 4, column 'Timer pr. uge'",
        "staff.csv, row 5, column 'Fra'",
        "staff.csv, row 6, column 'Til'",
        "staff.csv, row 7, column 'Til'",
        "staff.csv, row 8, column 'Vakant'",
    ]
    text = str(caught.value)
    assert "did you mean 'advisers'?" in text
    assert "370 is out of range; expected weekly hours from 1 to 60, such as 37" in text
    assert "nobody is left in the team 'others' on 31-12-2027" in text


def test_a_column_that_is_not_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match=r"'Navn' is not a column that is used") as caught:
        listed(tmp_path, "advisers;37;Ida", heading="Team;Timer;Navn")
    assert "Ida" not in str(caught.value)


def data(**settings: Any) -> dict[str, Any]:
    return {**TEAM, **settings}


def test_changes_are_judged_date_by_date() -> None:
    """What comes first may go later; what has not come yet cannot go."""
    came = {"caseworkers": 4, "begins": "2026-02-01"}
    Team.model_validate(data(caseworkers=1, changes={"a": came, "b": {"caseworkers": -4, "begins": "2026-03-01"}}))
    with pytest.raises(ValueError, match="take away more caseworkers than there are"):
        Team.model_validate(data(caseworkers=1, changes={"a": came, "b": {"caseworkers": -4, "begins": "2026-01-01"}}))
