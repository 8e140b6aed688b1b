"""What ends when childhood does: waits, work, clocks, and the caseworker's part."""

from __future__ import annotations

from typing import Any

import pytest
from growing_up import BIRTHDAY, DAY_MONTH_BEFORE, MONTH_BEFORE, life, live, service_step
from tiny_maps import (
    DAY,
    END,
    Told,
    coming_of_age,
    delay,
    named_team,
    people,
    service,
    small_map,
    tell,
    turning_18_on,
    work,
)

from sim.model.world import World

pytestmark = pytest.mark.unit


def childhood(step: dict[str, Any], **settings: Any) -> Told:
    """Tell of a matter under children's law that is in the middle of a step on the birthday."""
    return live(needs=0, child={"step": {**step, "next": "more"}, "more": delay("end", 1), "end": END}, **settings)


def test_work_that_waits_is_given_up() -> None:
    """Day 30; busy with others until day 60."""
    settings = life(needs=0, child={"step": work("more"), "more": delay("end", 1), "end": END})
    settings["arrivals"] = {
        "young": people([0] * 60),
        "people": people([30], ages=turning_18_on(BIRTHDAY, at=30)),
    }
    story = tell(**settings)
    (row,) = story.activities("step", requested=30)
    assert (row.started, row.withdrawn) == (None, BIRTHDAY)
    assert [r.started for r in story.activities("step")][-2:] == [59, None]


def test_work_that_has_begun_is_finished_but_leads_to_nothing() -> None:
    story = childhood(work("more", hours=60 * DAY))
    assert story.when("step") == [(0, 0, 60)]
    assert story.activities("more") == []
    assert story.rows("cases")[0].left == BIRTHDAY


def test_a_delay_is_over() -> None:
    story = childhood(delay("more", 60))
    (row,) = story.activities("step")
    assert (row.started, row.finished, row.withdrawn) == (0, None, BIRTHDAY)
    assert story.activities("more") == []


def test_clocks_stop() -> None:
    story = childhood(delay("more", 60, starts=["clock"]), clocks={"clock": {}})
    assert [(row.time, row.outcome) for row in story.events("clock")] == [(BIRTHDAY, "withdrawn")]


def test_the_caseworker_is_released() -> None:
    """The next case, which has waited since day 10, is allocated on the birthday."""
    settings = life(needs=0, child={"step": work("more"), "more": delay("end", 90), "end": END})
    settings["arrivals"]["young"] = people([10])
    settings["teams"] = {"team": named_team(max_caseload=1)}
    story = tell(**settings)
    assert [row.started for row in story.activities("step")] == [0, BIRTHDAY]
    assert [(row.since, row.time) for row in story.events("assigned")] == [(0, BIRTHDAY), (BIRTHDAY, None)]


def grown_up(planning: float | None) -> Told:
    """Tell of somebody with a named caseworker on each side, from day 1 until the adult service ends on day 85."""
    child = {"work": work("support"), "support": service_step("support"), "end": END}
    adult = {
        "application": work("support", team="second", record="applied"),
        "support": service_step("adult_support", from_birthday=True),
        "end": END,
    }
    return live(
        planning=planning,
        child=child,
        adult=adult,
        teams={"team": named_team(), "second": named_team(administration="adult")},
        caseworking={"change_hours": 12, "completeness": {"change_loss": 0.1}},
        services={
            "support": service(1, until_age=18),
            "adult_support": service(45 / 365.25, category="adult"),
        },
    )


def test_both_sides_have_the_case_during_planning() -> None:
    """The change counts from when the adult side takes up its work; the children's caseworker stays until 18."""
    story = grown_up(MONTH_BEFORE)
    assigned = [(row.outcome, row.since, row.time) for row in story.events("assigned")]
    assert assigned == [("team", 0, BIRTHDAY), ("second", DAY_MONTH_BEFORE, pytest.approx(85))]
    assert [(row.time, row.outcome) for row in story.events("caseworker_change")] == [(DAY_MONTH_BEFORE, "birthday")]
    assert [row.hours for row in story.activities("adult.application")] == [36]


def test_without_planning_the_change_of_caseworker_comes_on_the_birthday() -> None:
    story = grown_up(None)
    assigned = [(row.outcome, row.since, row.time) for row in story.events("assigned")]
    assert assigned == [("team", 0, BIRTHDAY), ("second", BIRTHDAY, pytest.approx(86.5))]
    assert [(row.time, row.outcome) for row in story.events("caseworker_change")] == [(BIRTHDAY, "birthday")]
    assert [row.hours for row in story.activities("adult.application")] == [36]


def test_a_childrens_caseworker_who_plans_keeps_the_case_after_the_birthday() -> None:
    """Planning is the work of the caseworker whom the young person has, and lasts until the adult side takes over."""
    child = {"work": work("support"), "support": service_step("support"), "end": END}
    adult = {
        "application": work("wait", team="own"),
        "wait": delay("assessment", 50),
        "assessment": work("end", team="second"),
        "end": END,
    }
    story = tell(
        **{
            **life(planning=MONTH_BEFORE, child=child, adult=adult, services={"support": service(1, until_age=18)}),
            "teams": {"team": named_team(), "second": named_team(administration="adult")},
            "birthday": coming_of_age("adult.assessment", needs=1),
        }
    )
    assert [(row.outcome, row.since, row.time) for row in story.events("assigned")] == [
        ("team", 0, 60),
        ("second", 60, 61),
    ]


def test_nothing_remains_of_those_who_have_left() -> None:
    """After 300 days all have grown up and left: no case, no place, no wait is left over."""
    settings = life(needs=0.5, meanwhile="bridging", bridging=15, planning=MONTH_BEFORE)
    only = {"own": {"kind": "internal", "places": 3}}
    settings["services"] = {
        "support": service(0.05, until_age=18, suppliers=only),
        "adult_support": service(0.05, category="adult", suppliers=only),
    }
    settings["tracks"]["main"]["steps"] = {
        "work": work("support", starts=["clock"]),
        "support": service_step("support"),
        "end": END,
    }
    settings["tracks"]["main"]["first"] = "work"
    settings["tracks"]["adult"]["steps"]["application"] = work("support", team="second")
    settings["teams"] = {
        "team": named_team(2, max_caseload=4),
        "second": named_team(2, max_caseload=4, administration="adult"),
    }
    settings["clocks"] = {"clock": {}}
    settings["arrivals"] = {"people": people([n / 2 for n in range(20)], ages=turning_18_on(60, at=5))}
    world = World(small_map(**settings, days=300), 0)
    told = Told(world.run())
    assert all(row.left is not None for row in told.rows("cases"))
    assert {kind for kind in told.journal.names["events.kind"] if told.events(kind, time=None)} == set()
    assert all(row.end is not None or row.withdrawn is not None for row in told.spells())
    assert [supplier.free for service in world.services.values() for supplier in service.suppliers] == [3, 3]
    assert [desk.caseload for team in world.teams.values() for desk in team.desks] == [0, 0, 0, 0]
