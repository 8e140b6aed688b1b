"""How many persons a team has, with which hours, and when they come and go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tiny_maps import START, team

from sim.model.headcount import headcounts, hours_of_persons
from sim.scenario.staff import PartTime, Team

pytestmark = pytest.mark.unit


def counts(caseworkers: int, *changes: dict[str, Any], scale: float = 1.0) -> list[tuple[float, int]]:
    config = Team.model_validate(team(caseworkers, changes={f"c{n}": change for n, change in enumerate(changes)}))
    return headcounts(config, scale, START, 400)


def on(day: int) -> str:
    return (START + dt.timedelta(days=day)).isoformat()


def test_without_changes_the_number_stays() -> None:
    assert counts(5) == [(0, 5)]
    assert counts(5, scale=0.5) == [(0, 3)]


def test_a_change_counts_from_its_date() -> None:
    assert counts(5, {"caseworkers": -2, "begins": on(30)}) == [(0, 5), (30, 3)]
    assert counts(5, {"caseworkers": 2, "begins": on(30)}) == [(0, 5), (30, 7)]


def test_a_change_without_a_date_counts_from_the_start() -> None:
    assert counts(5, {"caseworkers": -2}) == [(0, 3)]


def test_a_change_that_grows_takes_one_person_at_a_time_once_it_has_grown_by_one() -> None:
    """Three in 90 days: after 30, 60, 90 days, whether they come or go."""
    grows = {"begins": on(10), "ends": on(100)}
    assert counts(5, {"caseworkers": -3, **grows}) == [(0, 5), (40, 4), (70, 3), (100, 2)]
    assert counts(5, {"caseworkers": 3, **grows}) == [(0, 5), (40, 6), (70, 7), (100, 8)]


def test_changes_add_up() -> None:
    assert counts(5, {"caseworkers": -2, "begins": on(30)}, {"caseworkers": 3, "begins": on(60)}) == [
        (0, 5),
        (30, 3),
        (60, 6),
    ]
    assert counts(5, {"caseworkers": -2, "begins": on(30)}, {"caseworkers": 2, "begins": on(30)}) == [(0, 5)]


def test_a_team_may_have_nobody_at_first() -> None:
    assert counts(0, {"caseworkers": 2, "begins": on(30)}) == [(0, 0), (30, 2)]


def test_a_larger_municipality_has_larger_changes() -> None:
    assert counts(5, {"caseworkers": -2, "begins": on(30)}, scale=2) == [(0, 10), (30, 6)]
    assert counts(5, {"caseworkers": -1, "begins": on(30)}, scale=0.5) == [(0, 3), (30, 2)]


@pytest.mark.parametrize(
    ("fte", "share", "hours", "persons"),
    [
        (10, 0.5, 0.6, [1.0] * 7 + [0.6] * 5),
        (2, 1.0, 0.5, [0.5] * 4),
        (3, 1.0, 0.8, [0.6] + [0.8] * 3),
        (4, 0.25, 0.5, [1.0] * 3 + [0.5] * 2),
        (1, 0.1, 0.5, [1.0]),
        (0, 0.5, 0.5, []),
    ],
)
def test_part_timers_come_last(fte: int, share: float, hours: float, persons: list[float]) -> None:
    assert hours_of_persons(fte, PartTime(share=share, hours=hours)) == pytest.approx(persons)


@pytest.mark.parametrize("fte", range(1, 60))
@pytest.mark.parametrize("hours", [0.2, 0.5, 0.81])
@pytest.mark.parametrize("share", [0.1, 0.33, 0.9])
def test_the_hours_of_all_add_up_to_what_is_configured(fte: int, hours: float, share: float) -> None:
    persons = hours_of_persons(fte, PartTime(share=share, hours=hours))
    assert sum(persons) == pytest.approx(fte)
    assert all(0 < own <= 1 for own in persons)
    full = sum(own == 1 for own in persons)
    assert all(own == 1 for own in persons[:full])
    # As near to the share as whole persons allow: half a person more or less is so many part-timers.
    assert len(persons) - full == pytest.approx(share * len(persons), abs=1 + 0.5 / (1 - hours))
