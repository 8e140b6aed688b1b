"""Duty while somebody is away, and cases that are handed over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from staff_stories import LEAVES, SEED, SICK, caseworking, first_absence, first_resignation
from tiny_maps import DAY, END, START, Told, delay, named_team, people, tell, work

pytestmark = pytest.mark.unit

COSTS = {"change_hours": 12, "completeness": {"change_loss": 0.1}}
STEPS = {
    "know": work("wait", hours=0),
    "wait": delay("work", 0.5),
    "work": work("end"),
    "urgent": work("end", priority=1),
    "end": END,
}


def ill() -> tuple[int, float, float]:
    """Return a slot of two, and its first absence, during which the other is there."""
    spells = sorted((*first_absence(slot), slot) for slot in (0, 1))
    (begins, ends, slot), (other, _, _) = spells
    assert other > ends + 3
    return slot, begins, ends


def story_of(steps: dict[str, Any], at: dict[str, list[float]], **settings: Any) -> Told:
    """Tell of two caseworkers, of whom one falls ill. Sources are named like the step at which their persons start."""
    settings.setdefault("teams", {"team": named_team(2)})
    at = at | {step: [] for step in steps if step not in at and step != "end"}
    return tell(
        steps,
        arrivals={step: people(times, entry=step) for step, times in at.items()},
        days=settings.pop("days", 1000),
        **settings,
    )


def changes(story: Told) -> list[tuple[float, str]]:
    return [(row.time, row.outcome) for row in story.events("caseworker_change")]


def with_a_case(slot: int, before: float) -> dict[str, list[float]]:
    """Return arrivals by which the caseworker of a slot has a case with work to be done at a time.

    The other caseworker has a case that came a moment earlier or later.
    """
    order = [before, before + 0.001] if slot == 0 else [before - 0.001, before]
    return {"know": order}


def test_work_on_the_cases_of_who_is_away_waits() -> None:
    slot, begins, ends = ill()
    story = story_of(STEPS, with_a_case(slot, begins - 0.25), caseworking=caseworking(SICK))
    mine = next(row for row in story.activities("work") if row.worker == slot)
    assert mine.started == ends


@pytest.mark.parametrize("duty_priority", [None, 1, 5])
def test_urgent_work_goes_to_the_colleague_on_duty(duty_priority: int | None) -> None:
    """Half a day into the absence there is work of priority 1 on the case. No change of caseworker, and no hours."""
    slot, begins, ends = ill()
    steps = STEPS | {"work": work("later", priority=1), "later": delay("end", 50)}
    story = story_of(
        steps, with_a_case(slot, begins - 0.25), caseworking=caseworking(SICK, COSTS, duty_priority=duty_priority)
    )
    case = next(row.case for row in story.activities("know") if row.worker == slot)
    (row,) = story.activities("work", case=case)
    if duty_priority is None:
        assert (row.worker, row.started) == (slot, ends)
    else:
        assert row.worker == 1 - slot
        assert row.started < begins + 2
    assert row.hours == DAY
    assert changes(story) == []
    (assigned,) = story.events("assigned", case=case)
    assert assigned.since == pytest.approx(row.requested - 0.5)


def test_what_is_not_urgent_enough_waits() -> None:
    slot, begins, ends = ill()
    story = story_of(STEPS, with_a_case(slot, begins - 0.25), caseworking=caseworking(SICK, duty_priority=4))
    assert next(row.started for row in story.activities("work") if row.worker == slot) == ends


def test_urgent_work_in_the_queue_goes_to_the_colleague_when_the_absence_begins() -> None:
    """Half a day before the absence the caseworker begins two days of work; then urgent work on the case comes.

    What is under way is finished; the colleague, who has nothing to do, begins the urgent work when the absence begins.
    """
    slot, begins, _ = ill()
    steps = {
        "know": work("wait", hours=0),
        "wait": delay("busy", 0.5),
        "busy": work("end", hours=2 * DAY),
        "again": work("end", priority=1),
        "idle": work("stay", hours=0),
        "stay": delay("end", 90),
        "end": END,
    }
    before = begins - 1
    own, other = (before, before + 0.001) if slot == 0 else (before, before - 0.001)
    story = story_of(
        steps,
        {"know": [own], "idle": [other], "again": [own + 0.6, own + 0.61]},
        caseworking=caseworking(SICK, duty_priority=1),
    )
    (busy,) = story.activities("busy")
    assert (busy.worker, busy.finished) == (slot, pytest.approx(begins + 1.5))
    # Two new cases, one for each: that of the busy one waits in the queue until the absence begins.
    first, second = sorted(story.activities("again"), key=lambda row: row.started)
    assert {first.worker, second.worker} == {1 - slot}
    assert first.started == first.requested
    assert second.started == pytest.approx(first.started + 1, abs=0.02)
    assert second.started > begins


def test_nobody_there_to_be_on_duty() -> None:
    """The only caseworker is away: urgent work waits, and comes first when they are back."""
    begins, ends = first_absence(team=named_team(1))
    story = story_of(
        STEPS,
        {"work": [begins + 1], "urgent": [begins + 2]},
        teams={"team": named_team(1)},
        caseworking=caseworking(SICK, duty_priority=1),
    )
    assert [row.started for row in story.activities("urgent")] == [ends]
    assert [row.started for row in story.activities("work")] == [ends + 1]


def test_no_new_case_comes_to_who_is_away() -> None:
    slot, begins, _ = ill()
    story = story_of(STEPS, {"work": [begins + 1, begins + 1.1]}, caseworking=caseworking(SICK))
    assert [row.worker for row in story.activities("work")] == [1 - slot] * 2


def test_the_rest_waits_for_who_comes_back() -> None:
    """Cut by the absence, done afterwards by the same person; nobody else takes it up."""
    slot, begins, ends = ill()
    steps = STEPS | {"work": work("end", hours=2 * DAY)}
    story = story_of(
        steps, with_a_case(slot, begins - 1.5), caseworking=caseworking(SICK, COSTS, interrupted="hand_over")
    )
    first, rest = [row for row in story.activities("work") if row.worker == slot]
    assert first.finished == begins
    assert (rest.requested, rest.started) == (begins, ends)
    assert first.hours + rest.hours == pytest.approx(2 * DAY)
    assert changes(story) == []


def test_the_rest_of_urgent_work_goes_to_the_colleague() -> None:
    slot, begins, _ = ill()
    steps = STEPS | {"work": work("end", hours=2 * DAY, priority=1)}
    story = story_of(
        steps,
        with_a_case(slot, begins - 1.5),
        caseworking=caseworking(SICK, COSTS, interrupted="hand_over", duty_priority=1),
    )
    case = next(row.case for row in story.activities("know") if row.worker == slot)
    first, rest = story.activities("work", case=case)
    assert (first.worker, first.finished, rest.worker, rest.requested) == (slot, begins, 1 - slot, begins)
    # The colleague finishes the like work that was begun at about the same time.
    assert rest.started == pytest.approx(begins + 1, abs=0.01)
    assert changes(story) == []


def test_after_a_while_the_cases_get_another_caseworker() -> None:
    """After two days of absence: the work that waits is done by the colleague, who needs half a day more."""
    slot, begins, ends = ill()
    story = story_of(
        STEPS,
        with_a_case(slot, begins - 0.25),
        caseworking=caseworking(SICK, COSTS, reassign_after_days=2),
        days=int(ends) + 9,
    )
    case = next(row.case for row in story.activities("know") if row.worker == slot)
    (row,) = story.activities("work", case=case)
    assert (row.worker, row.started, row.hours) == (1 - slot, begins + 2, DAY + 12)
    assert changes(story) == [(begins + 2, "absence")]
    spans = [(event.since, event.time) for event in story.events("assigned", case=case)]
    assert spans == [(begins - 0.25, begins + 2), (begins + 2, pytest.approx(begins + 3.5))]
    waits = [(event.since, event.time) for event in story.events("allocation", case=case)]
    assert waits == [(begins - 0.25, begins - 0.25), (begins + 2, begins + 2)]


def test_who_is_back_sooner_keeps_the_cases() -> None:
    slot, begins, ends = ill()
    story = story_of(
        STEPS, with_a_case(slot, begins - 0.25), caseworking=caseworking(SICK, COSTS, reassign_after_days=5)
    )
    assert changes(story) == []
    assert next(row.started for row in story.activities("work") if row.worker == slot) == ends


def test_cases_that_find_no_room_wait_for_it() -> None:
    """The colleague is full. So the case waits until the colleague's own case has left."""
    slot, begins, ends = ill()
    story = story_of(
        STEPS,
        with_a_case(slot, begins - 0.25),
        teams={"team": named_team(2, max_caseload=1)},
        caseworking=caseworking(SICK, COSTS, reassign_after_days=0.1),
        days=int(ends) + 9,
    )
    case = next(row.case for row in story.activities("know") if row.worker == slot)
    # The colleague's only case leaves a day and a half after it came: then there is room, before anybody is back.
    (row,) = story.activities("work", case=case)
    assert row.worker == 1 - slot
    waits = [(event.since, event.time) for event in story.events("allocation", case=case)]
    assert waits == [(begins - 0.25, begins - 0.25), (begins + 0.1, pytest.approx(begins + 1.25, abs=0.002))]
    assert [cause for _, cause in changes(story)] == ["absence"]


def test_the_only_caseworker_gets_the_cases_back_without_a_change() -> None:
    begins, ends = first_absence(team=named_team(1))
    story = story_of(
        STEPS,
        {"know": [begins - 0.25]},
        teams={"team": named_team(1)},
        caseworking=caseworking(SICK, COSTS, reassign_after_days=1),
        days=int(ends) + 9,
    )
    assert [(row.started, row.hours) for row in story.activities("work")] == [(ends, DAY)]
    assert changes(story) == []


def test_who_resigns_hands_the_cases_over() -> None:
    """The colleague has the case from that moment on, and takes half a day more for the work that waited."""
    leaves = {slot: first_resignation(slot) for slot in (0, 1)}
    slot = min(leaves, key=lambda slot: leaves[slot])
    resigns = leaves[slot]
    story = story_of(
        STEPS,
        with_a_case(slot, resigns - 1),
        caseworking=caseworking(LEAVES, COSTS, interrupted="hand_over"),
        seed=SEED,
        days=int(resigns) + 30,
    )
    case = next(row.case for row in story.activities("know") if row.worker == slot)
    first, rest = story.activities("work", case=case)
    assert (first.worker, first.started, first.finished) == (slot, pytest.approx(resigns - 0.5), resigns)
    # The colleague finishes their own day's work, begun at about the same time.
    assert (rest.worker, rest.requested) == (1 - slot, resigns)
    assert rest.started == pytest.approx(resigns + 0.5, abs=0.01)
    assert rest.hours == pytest.approx(12 + 12)
    assert changes(story) == [(resigns, "resignation")]


def test_who_resigns_finishes_what_was_begun_and_no_more() -> None:
    """Two matters of one's cases wait: they go to the colleague. What is under way is finished after leaving."""
    leaves = {slot: first_resignation(slot) for slot in (0, 1)}
    slot = min(leaves, key=lambda slot: leaves[slot])
    resigns = leaves[slot]
    story = story_of(
        STEPS | {"work": work("end", hours=2 * DAY)},
        with_a_case(slot, resigns - 1),
        caseworking=caseworking(LEAVES, COSTS),
        seed=SEED,
        days=int(resigns) + 30,
    )
    case = next(row.case for row in story.activities("know") if row.worker == slot)
    (row,) = story.activities("work", case=case)
    assert (row.worker, row.finished) == (slot, pytest.approx(resigns + 1.5))
    assert changes(story) == []


def test_the_successor_is_somebody_else() -> None:
    """The only caseworker leaves; the case waits ten days for the new one, who has to get acquainted with it."""
    resigns = first_resignation()
    story = story_of(
        STEPS | {"wait": delay("work", 5)},
        {"know": [resigns - 3]},
        teams={"team": named_team(1)},
        caseworking=caseworking(LEAVES, COSTS),
        seed=SEED,
        days=int(resigns) + 30,
    )
    (row,) = story.activities("work")
    assert (row.worker, row.requested, row.started, row.hours) == (
        1,
        pytest.approx(resigns + 2),
        pytest.approx(resigns + 10),
        DAY + 12,
    )
    assert changes(story) == [(pytest.approx(resigns + 10), "resignation")]


def test_fewer_caseworkers_have_more_cases_each() -> None:
    """Caseworker 1 leaves on day 10. The case goes to 0; its next work is done by 0, who gets acquainted with it."""
    ten = (START + dt.timedelta(days=10)).isoformat()
    story = story_of(
        STEPS | {"wait": delay("work", 20)},
        {"know": [0.0, 0.0]},
        teams={"team": named_team(2, changes={"less": {"caseworkers": -1, "begins": ten}})},
        caseworking=caseworking(COSTS),
        days=100,
    )
    assert [(row.worker, row.started, row.hours) for row in story.activities("work")] == [
        (0, 20, DAY),
        (0, 21, DAY + 12),
    ]
    assert changes(story) == [(20, "reduction")]
    assert [(row.worker, row.end) for row in story.rows("staff")] == [(0, None), (1, 10)]


# -- meetings -------------------------------------------------------------------------------------------------------


def meeting_of(slot: int, begins: float, called: float, **settings: Any) -> Told:
    """Tell of a meeting about the case of somebody who falls ill, called at a time; the other has a case too."""
    before = begins - 2
    own, other = (before, before + 0.001) if slot == 0 else (before, before - 0.001)
    steps = {
        "mine": work("wait", hours=0),
        "wait": delay("meet", called - before),
        "meet": {"kind": "meeting", "teams": ["team", "second"], "hours": DAY, "next": "end"},
        "idle": work("stay", hours=0),
        "stay": delay("end", 90),
        "busy": work("end", hours=4 * DAY, team="second"),
        "end": END,
    }
    return story_of(
        steps,
        {"mine": [own], "idle": [other], "busy": settings.pop("busy", [])},
        teams={"team": named_team(2), "second": named_team(1, administration="adult")},
        caseworking=caseworking(SICK, **settings),
        days=int(begins) + 30,
    )


def attendance(story: Told) -> list[tuple[int, float, float]]:
    return [(row.worker, row.started, row.finished) for row in story.activities("meet", resource="team")]


def test_a_colleague_comes_to_the_meeting_of_who_is_away() -> None:
    slot, begins, _ = ill()
    story = meeting_of(slot, begins, called=begins + 1)
    assert attendance(story) == [(1 - slot, pytest.approx(begins + 1), pytest.approx(begins + 2))]
    assert changes(story) == []


def test_who_falls_ill_during_a_meeting_stays() -> None:
    slot, begins, _ = ill()
    for interrupted in ("finish", "hand_over"):
        story = meeting_of(slot, begins, called=begins - 0.5, interrupted=interrupted)
        assert attendance(story) == [(slot, pytest.approx(begins - 0.5), pytest.approx(begins + 0.5))]


def test_who_falls_ill_while_waiting_for_the_others_stays_or_is_replaced() -> None:
    """The second team is busy until two days after the absence begins."""
    slot, begins, _ = ill()
    busy = [begins - 2]
    stays = meeting_of(slot, begins, called=begins - 0.5, busy=busy)
    assert attendance(stays) == [(slot, pytest.approx(begins - 0.5), pytest.approx(begins + 3))]
    replaced = meeting_of(slot, begins, called=begins - 0.5, busy=busy, interrupted="hand_over")
    assert attendance(replaced) == [
        (slot, pytest.approx(begins - 0.5), begins),
        (1 - slot, begins, pytest.approx(begins + 3)),
    ]


def test_a_later_meeting_is_left_for_an_earlier_one_that_comes_from_a_colleague() -> None:
    """Or else the two would wait for each other for ever.

    The first meeting holds the second team and waits for a caseworker who is busy and then falls ill. The second
    meeting holds the colleague and waits for the second team. When the absence begins the colleague is called to the
    first meeting, leaves the second, and comes back to it when the first is over.
    """
    slot, begins, _ = ill()
    meet = {"kind": "meeting", "teams": ["team", "second"], "hours": DAY, "next": "end"}
    steps = {
        "one": work("wait_one", hours=0),
        "wait_one": delay("first", 1.5),
        "first": meet,
        "two": work("wait_two", hours=0),
        "wait_two": delay("second", 1.75),
        "second": meet,
        "third": work("stay", hours=0),
        "stay": delay("end", 90),
        "busy": work("end", hours=4 * DAY),
        "end": END,
    }
    before = begins - 2
    # Who has the case "one" gets the case "busy" too.
    one, two = (before, before + 0.001) if slot == 0 else (before, before - 0.001)
    story = story_of(
        steps,
        {"one": [one], "two": [two], "third": [before + 0.5] if slot == 1 else [], "busy": [before + 1]},
        teams={"team": named_team(2), "second": named_team(1, administration="adult")},
        caseworking=caseworking(SICK),
        days=int(begins) + 30,
    )
    (busy,) = story.activities("busy")
    assert (busy.worker, busy.finished) == (slot, pytest.approx(begins + 3))
    (first,) = story.activities("first", resource="team")
    assert (first.worker, first.started, first.finished) == (1 - slot, begins, pytest.approx(begins + 1))
    left, again = story.activities("second", resource="team")
    assert (left.worker, left.started, left.finished) == (1 - slot, pytest.approx(begins - 0.25, abs=0.002), begins)
    assert left.hours == pytest.approx(DAY / 4, abs=0.03)
    assert (again.worker, again.requested) == (1 - slot, begins)
    assert again.started == pytest.approx(begins + 1)
    assert again.finished == pytest.approx(begins + 2)
