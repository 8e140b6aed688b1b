"""One replication, put together."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_maps import END, START, Told, delay, label, named_team, people, service, small_map, stock, team, track, work

from sim.model import simulate
from sim.model.case import Token
from sim.model.world import World
from sim.scenario import Scenario

pytestmark = pytest.mark.unit

RANDOM = {"distribution": "gamma", "mean": 20, "cv": 1}


def busy_map(**settings: Any) -> Scenario:
    """Return a map on which a little of everything happens."""
    steps = {
        "work": work("wait", RANDOM, starts=["clock"], due="clock"),
        "wait": delay("board", {"distribution": "exponential", "mean": 3}),
        "board": {"kind": "panel", "panel": "board", "next": "meeting"},
        "meeting": {
            "kind": "meeting",
            "teams": ["team", "second"],
            "hours": 2,
            "next": "supported",
            "stops": ["clock"],
        },
        "supported": {
            "kind": "service",
            "service": "support",
            "follow_up": {"team": "own", "hours": 5, "first_days": 10, "every_days": 20},
            "next": "end",
        },
        "end": END,
    }
    given: dict[str, Any] = {
        "tracks": {"main": track(steps)},
        "arrivals": {
            "people": {**people(), "at_days": None, "per_year": 120},
            "others": {**people(), "at_days": None, "per_year": 60, "calendar": "office"},
        },
        "teams": {
            "team": named_team(3, max_caseload=12),
            "second": named_team(2, administration="adult", calendar="office"),
        },
        "panels": {
            "board": {
                "label": label("board"),
                "administration": "child",
                "weekday": "friday",
                "every_weeks": 1,
                "seats": 4,
            }
        },
        "services": {"support": service(0.1, suppliers={"own": {"kind": "internal", "places": 8}})},
        "initial_caseload": {"open": stock(5, step="supported", service="support", team="team")},
        "clocks": {"clock": {"within": {"working_days": 20}}},
        "days": 200,
    }
    return small_map(**{**given, **settings})


def test_the_same_scenario_and_replication_give_the_same_journal() -> None:
    scenario = busy_map()
    assert simulate(scenario, 3).digest() == simulate(scenario, 3).digest()


def test_replications_and_seeds_differ() -> None:
    digests = {simulate(busy_map(seed=seed), replication).digest() for seed in (0, 1) for replication in (0, 1)}
    assert len(digests) == 4


def test_the_scenario_is_not_changed_by_a_run() -> None:
    scenario = busy_map()
    before = scenario.model_dump_json()
    simulate(scenario)
    assert scenario.model_dump_json() == before


def test_another_process_tells_the_same() -> None:
    """Whatever the seed by which Python orders sets of text, and wherever in memory things lie."""
    program = (
        "from test_model_world import busy_map; from sim.model import simulate; print(simulate(busy_map()).digest())"
    )
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[1])])
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {simulate(busy_map()).digest()}


def test_one_more_caseworker_changes_nobody_s_draws() -> None:
    """Hours of work, per person and visit, are the same; only when it is done differs."""
    few = Told(simulate(busy_map()))
    many = Told(simulate(busy_map(teams={"team": named_team(9), "second": named_team(4, administration="adult")})))
    hours = [{row.case: row.hours for row in story.activities("work")} for story in (few, many)]
    assert hours[0] == hours[1]
    assert few.journal.digest() != many.journal.digest()


def test_nothing_in_the_journal_lies_beyond_the_end() -> None:
    journal = simulate(busy_map(days=60))
    times = {
        "cases": ("entered", "left"),
        "activities": ("requested", "started", "finished", "withdrawn"),
        "spells": ("decided", "start", "end", "withdrawn"),
        "events": ("time",),
    }
    assert journal.horizon == 60
    for table, columns in times.items():
        for column in columns:
            values = journal.table(table)[column]
            assert not (values > journal.horizon).any(), (table, column)
    assert np.isnan(journal.activities["finished"]).any()


def test_nothing_takes_less_than_no_time() -> None:
    journal = simulate(busy_map())
    a, s, e = journal.activities, journal.spells, journal.events
    assert not (a["started"] < a["requested"]).any()
    assert not (a["finished"] < a["started"]).any()
    assert not (s["end"] < s["start"]).any()
    assert not (e["time"] < e["since"]).any()


def test_what_was_simulated() -> None:
    journal = simulate(small_map({"wait": delay("end", 2), "end": END}, at=[0, 1], days=50, seed=5), 7)
    assert (journal.scenario, journal.seed, journal.replication) == ("small", 5, 7)
    assert (journal.start, journal.run_in, journal.horizon) == (START, 0, 50)
    # Two arrivals and two delays.
    assert journal.counts == {"simpy_events": 4}


def test_a_person_who_is_there_at_the_end_has_not_left() -> None:
    story = Told(simulate(small_map({"wait": delay("end", 60), "end": END}, at=[0, 50])))
    assert [(row.entered, row.left) for row in story.rows("cases")] == [(0, 60), (50, None)]


def test_the_collector_of_garbage_is_left_as_it_was() -> None:
    scenario = small_map({"wait": delay("end", 1), "end": END})
    assert gc.isenabled()
    simulate(scenario)
    assert gc.isenabled()
    gc.disable()
    try:
        simulate(scenario)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_nobody_is_there_when_nobody_comes() -> None:
    journal = simulate(small_map({"wait": delay("end", 1), "end": END}, at=[]))
    assert {
        table: len(next(iter(journal.table(table).values()))) for table in ("cases", "activities", "spells", "events")
    } == {
        "cases": 0,
        "activities": 0,
        "spells": 0,
        "events": 0,
    }


@pytest.fixture
def world() -> World:
    return World(
        small_map(
            {"work": work("end"), "other": work("end", team="second"), "end": END},
            arrivals={"people": people([0]), "others": people([0], entry="other")},
            teams={"team": named_team(), "second": named_team()},
        ),
        0,
    )


@pytest.fixture
def token(world: World) -> Token:
    return Token(world.new_case(77, "people", "plain", 2, -4000.0), world.tracks["main"], 0, 0.0)


def test_the_own_team_is_the_one_that_has_the_case_or_had_it_last(world: World, token: Token) -> None:
    team, second = world.teams["team"], world.teams["second"]
    with pytest.raises(LookupError, match="no team of its own yet"):
        world.own_team(token)
    for one in (team, second, team):
        other = Token(token.case, token.track, 0, 0.0)
        one.take_on(other)  # type: ignore[attr-defined]
        assert world.own_team(other) is one
        assert world.own_team(token) is one, "the person has this caseworker"
        world.finish(other)
        assert world.own_team(token) is one, "the person had this caseworker last"


def test_steps_are_found_by_their_names(world: World) -> None:
    main = world.tracks["main"]
    assert world.find_step("work", main) is main.steps["work"]
    assert world.find_step("main.other") is main.steps["other"]


def test_a_way_that_ends_from_outside_leads_nowhere(world: World, token: Token) -> None:
    world.move(token, world.find_step("main.work"))
    assert world.teams["team"].desks[0].caseload == 1
    world.terminate(token)
    assert token.ended
    assert token.case.tokens == []
    assert world.teams["team"].desks[0].caseload == 0
    story = Told(world.run())
    assert [row.left for row in story.rows("cases", case=77)] == [0]


def test_pooled_teams_carry_no_cases() -> None:
    story = Told(simulate(small_map({"work": work("end"), "end": END}, teams={"team": team()})))
    assert story.events("assigned") == []
