"""What holds from one date on: values by the named period that the day falls in, and by how a service fits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tiny_maps import (
    DAY,
    END,
    START,
    Config,
    Told,
    coming_of_age,
    label,
    people,
    service,
    small_map,
    team,
    tell,
    track,
    work,
)

from sim.model import simulate
from sim.model.case import Token
from sim.model.periods import Periods
from sim.model.varying import reader
from sim.model.world import World

pytestmark = pytest.mark.unit

PERIODS = {"old": "2024-01-01", "new": "2025-01-01"}
NEW_YEAR = 366
"""Day 0 is 1 January 2024, of a leap year."""
LATE_ON_31_DECEMBER = 365.999


def by_period(old: Any, new: Any) -> Config:
    return {"by": "period", "values": {"old": old, "new": new}}


def around_new_year(steps: Config, **settings: Any) -> Told:
    """Return what happens to one person just before and one just after the year is over."""
    return tell(steps, at=[LATE_ON_31_DECEMBER, NEW_YEAR], days=500, periods=PERIODS, **settings)


def test_a_period_begins_in_the_morning_of_its_first_day() -> None:
    periods = Periods({"a": dt.date(2023, 6, 1), "b": dt.date(2024, 1, 11), "c": dt.date(2024, 1, 21)}, START)
    names = {time: periods.at(time) for time in (0.0, 9.999, 10.0, 19.999, 20.0, 4000.0)}
    assert names == {0.0: "a", 9.999: "a", 10.0: "b", 19.999: "b", 20.0: "c", 4000.0: "c"}


def test_the_first_period_also_holds_before_it_begins() -> None:
    periods = Periods({"a": dt.date(2024, 1, 11), "b": dt.date(2024, 1, 21)}, START)
    assert [periods.at(time) for time in (0.0, 10.0, 20.0)] == ["a", "a", "b"]
    assert [name for name, _, _ in periods.stretches()] == ["a", "b"]


def test_a_decision_on_31_december_goes_the_old_way_and_on_1_january_the_new_one() -> None:
    steps = {
        "decide": {
            "kind": "decision",
            "split": by_period({"granted": 1}, {"refused": 1}),
            "offers": "all",
            "granted": "end",
            "partly": "end",
            "refused": "end",
        },
        "end": END,
    }
    story = around_new_year(
        steps, services={"support": service()}, offers={"all": {"everybody": {"split": {"support": 1}}}}
    )
    assert [(row.time, row.outcome) for row in story.events("decided")] == [
        (LATE_ON_31_DECEMBER, "granted"),
        (NEW_YEAR, "refused"),
    ]


def test_another_team_from_new_year_on() -> None:
    story = around_new_year(
        {"work": work("end", team=by_period("team", "merged")), "end": END}, teams={"team": team(), "merged": team()}
    )
    assert [(row.requested, row.resource) for row in story.activities("work")] == [
        (LATE_ON_31_DECEMBER, "team"),
        (NEW_YEAR, "merged"),
    ]


def test_another_panel_from_new_year_on() -> None:
    """Both meet every week: the old one on Mondays, the new one on Fridays (day 368 is Friday 3 January)."""
    panel = {"label": label("panel"), "administration": "child", "every_weeks": 1, "hour": 12.0}
    story = around_new_year(
        {"panel": {"kind": "panel", "panel": by_period("old", "new"), "next": "end"}, "end": END},
        panels={"old": {**panel, "weekday": "monday"}, "new": {**panel, "weekday": "friday"}},
    )
    assert [(row.resource, row.started) for row in story.activities("panel")] == [("old", 371.5), ("new", 368.5)]


def test_more_hours_from_new_year_on() -> None:
    story = around_new_year({"work": work("end", hours=by_period(DAY, 2 * DAY)), "end": END}, teams={"team": team(2)})
    assert [row.hours for row in story.activities("work")] == [DAY, 2 * DAY]


def test_a_service_lasts_as_long_as_when_it_started() -> None:
    story = around_new_year(
        {"support": {"kind": "service", "service": "support", "next": "end"}, "end": END},
        services={"support": service(by_period(10 / 365.25, 20 / 365.25))},
    )
    assert [row.end - row.start for row in story.spells()] == pytest.approx([10, 20])


def test_a_person_has_the_same_draws_in_every_period() -> None:
    """What is the same in both periods is the same as without periods, to the last digit."""
    random = {"distribution": "gamma", "mean": 30, "cv": 0.5}
    split = {"slow": 0.4, "end": "rest"}

    def digest(hours: Any, way: Any) -> str:
        steps = {
            "work": work("which", hours=hours),
            "which": {"kind": "choice", "split": way},
            "slow": work("end"),
            "end": END,
        }
        return simulate(small_map(steps, at=list(range(340, 390)), days=500, periods=PERIODS)).digest()

    assert digest(by_period(random, random), by_period(split, split)) == digest(random, split)


def planned_at(start_age: Any, ages: Config, periods: Config = PERIODS) -> float:
    """Return when planning starts for somebody who has had a service since day 0."""
    story = tell(
        tracks={
            "main": track({"support": {"kind": "service", "service": "support", "next": "end"}, "end": END}),
            "adult": track({"plan": work("none"), "none": END}, administration="adult", side="adult"),
        },
        arrivals={"people": people([0], ages=[ages])},
        services={"support": service(20)},
        planning={"track": "adult", "entry": "plan", "start_age": start_age, "categories": ["supportive"]},
        birthday=coming_of_age("adult.plan", needs=1, bridging_days=20),
        periods=periods,
        days=8 * 365.25,
    )
    (event,) = story.events("transition_start")
    return event.time


def aged(years: float) -> Config:
    return {"from_age": years, "to_age": years + 0.0001, "weight": 1}


def test_planning_starts_at_the_age_of_the_period() -> None:
    """The service started in the old period; the age of the day counts, not that of the day on which it started."""
    assert planned_at(by_period(17.5, 16), aged(12)) == planned_at(16, aged(12))
    assert planned_at(by_period(16, 17.5), aged(12)) == planned_at(17.5, aged(12))
    assert planned_at(by_period(16, 17.5), aged(15.5)) == planned_at(16, aged(15.5))


def test_who_is_old_enough_when_the_new_period_begins_is_planned_for_at_once() -> None:
    assert planned_at(by_period(17.5, 16), aged(16)) == NEW_YEAR


def test_who_is_old_enough_from_the_start_is_planned_for_at_once() -> None:
    assert planned_at(by_period(16, 17.5), aged(17)) == 0


def test_how_the_service_last_granted_fits() -> None:
    profiles = {name: {"label": label(name)} for name in ("plain", "complex")}
    fits = {"services": {"special": service(fits=["complex"], specialised=True), "general": service(fits=["complex"])}}
    world = World(
        small_map(
            {"work": work("end"), "end": END}, profiles=profiles, services={**fits["services"], "any": service()}
        ),
        0,
    )
    token = Token(world.new_case(0, "people", "plain", 2, 0.0), world.tracks["main"], 0, 0.0)
    read = reader(world, "match")
    matches = {}
    for grant in (None, "any", "general", "special"):
        token.grant = grant
        matches[grant] = read(token)
    assert matches == {None: "none", "any": "fits", "general": "too_general", "special": "too_specialised"}
    token.case.profile = "complex"
    assert read(token) == "fits"
