"""What files gain by work and lose by changes of caseworker and overload; read off what it does to later odds."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_maps import DAY, END, named_team, people, small_map, team, work

from sim.model.completeness import Files
from sim.model.world import World
from sim.scenario.staff import Completeness

pytestmark = pytest.mark.unit


def completeness(steps: dict[str, Any], **settings: Any) -> list[float]:
    """Return how complete the files of all cases are at the end, in the order in which the persons came."""
    world = World(small_map(steps, **settings), 0)
    cases = []
    new_case = world.new_case

    def remember(*args: Any) -> Any:
        cases.append(new_case(*args))
        return cases[-1]

    world.new_case = remember  # type: ignore[method-assign]
    world.run()
    return [case.completeness for case in cases]


def files(**settings: Any) -> dict[str, Any]:
    return {"change_hours": 0, "completeness": settings}


def test_work_adds_a_share_of_what_is_missing() -> None:
    """From 0.5: half of what is missing twice makes 0.875."""
    steps = {"first": work("second", documents=0.5), "second": work("end", documents=0.5), "end": END}
    assert completeness(steps, caseworking=files(start=0.5)) == [0.875]


def test_what_is_finished_late_adds_less() -> None:
    """The second is finished a day after its due date: 0.2 of the half of what is missing."""
    steps = {"work": work("end", documents=0.5, due_days=1), "end": END}
    assert completeness(steps, at=[0, 0], caseworking=files(start=0.5, late_share=0.2)) == [0.75, 0.55]


def test_a_meeting_adds_its_share() -> None:
    steps = {"meet": {"kind": "meeting", "teams": ["team"], "hours": 1, "documents": 0.5, "next": "end"}, "end": END}
    assert completeness(steps, caseworking=files(start=0.5)) == [0.75]


def test_change_of_caseworker_and_of_administration() -> None:
    steps = {"work": work("more"), "more": work("end", team="second"), "end": END}
    losses = files(change_loss=0.1, boundary_loss=0.3)
    same = {"team": named_team(), "second": named_team()}
    other = {"team": named_team(), "second": named_team(administration="adult")}
    assert completeness(steps, teams=same, caseworking=losses) == [pytest.approx(0.9)]
    assert completeness(steps, teams=other, caseworking=losses) == [pytest.approx(0.6)]


def test_work_that_is_begun_while_too_much_waits_loses_something() -> None:
    """One caseworker, five at once: none wait yet behind the first; then 3, 2, 1, 0 do. More than one hurts."""
    steps = {"work": work("end"), "end": END}
    settings = files(overload_tasks=1, overload_loss=0.25)
    assert completeness(steps, at=[0] * 5, caseworking=settings) == [1, 0.75, 0.75, 1, 1]
    # Two caseworkers: more than two have to wait.
    assert completeness(steps, at=[0] * 5, teams={"team": team(2)}, caseworking=settings) == [1] * 5
    assert completeness(steps, at=[0] * 6, teams={"team": team(2)}, caseworking=settings) == [1, 1, 0.75, 1, 1, 1]


def test_what_was_given_up_does_not_count_as_waiting() -> None:
    """Of five, three have given up when the second is begun: one waits."""
    steps = {
        "work": work("end", hours=DAY),
        "hasty": work("end", patience_days=0.5, gives_up_to="end"),
        "end": END,
    }
    found = completeness(
        steps,
        arrivals={"steady": people([0, 0, 0]), "hasty": people([0.1, 0.1, 0.1], entry="hasty")},
        caseworking=files(overload_tasks=1, overload_loss=0.25),
    )
    assert sorted(found) == [1] * 6


def test_never_below_0() -> None:
    config = Files(Completeness(change_loss=0.7, boundary_loss=0.7, overload_tasks=1, overload_loss=1))
    world = World(small_map({"work": work("end"), "end": END}), 0)
    case = world.new_case(0, "people", "plain", 2, -3000.0)
    config.taken_over(case, True, 1.0)
    assert case.completeness == 0
    config.begun_under_load(case)
    assert case.completeness == 0
    config.documented(case, 1.0)
    assert case.completeness == 1


def test_a_share_of_a_change_costs_a_share() -> None:
    config = Files(Completeness(change_loss=0.2, boundary_loss=0.2))
    world = World(small_map({"work": work("end"), "end": END}), 0)
    case = world.new_case(0, "people", "plain", 2, -3000.0)
    config.taken_over(case, True, 0.25)
    assert case.completeness == pytest.approx(0.9)
