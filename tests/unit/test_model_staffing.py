"""Who is employed, who is away, who leaves, and who comes instead."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from staff_stories import (
    LEAVES,
    SEED,
    SICK,
    caseworking,
    first_absence,
    first_resignation,
    nobody,
    stretches,
    with_agency,
)
from tiny_maps import DAY, END, START, delay, named_team, people, service, team, tell, work

pytestmark = pytest.mark.unit

PART_TIME = {"share": 0.5, "hours": 0.5}


def on(day: int) -> str:
    return (START + dt.timedelta(days=day)).isoformat()


# -- hours ----------------------------------------------------------------------------------------------------------


def test_part_timers_take_longer_and_come_last() -> None:
    """Three full-time equivalents: two who work full time and two who work half of it."""
    story = tell({"work": work("end"), "end": END}, at=[0] * 4, teams={"team": team(3, part_time=PART_TIME)})
    assert [(row.worker, row.fte) for row in story.rows("staff")] == [(0, 1), (1, 1), (2, 0.5), (3, 0.5)]
    rows = sorted(story.activities("work"), key=lambda row: row.worker)
    assert [(row.worker, row.hours, row.finished) for row in rows] == [
        (0, DAY, 1),
        (1, DAY, 1),
        (2, 2 * DAY, 2),
        (3, 2 * DAY, 2),
    ]


def test_part_timers_carry_fewer_cases() -> None:
    """The maximum is five: two (2.5 rounded down) for each of the two part-timers who make one full-time equivalent.

    The first two cases go to one each, and so do the next two; the fifth waits.
    """
    story = tell(
        {"work": work("stay", hours=1), "stay": delay("end", 90), "end": END},
        at=[0, 1, 2, 3, 4],
        teams={"team": named_team(1, part_time={"share": 1, "hours": 0.5}, max_caseload=5)},
        days=80,
    )
    assert [row.worker for row in story.activities("work")] == [0, 1, 0, 1, -1]


def test_cases_are_shared_out_by_hours() -> None:
    """Worker 0 works full time, 1 and 2 half: of four cases 0 gets two."""
    story = tell(
        {"work": work("stay", hours=1), "stay": delay("end", 90), "end": END},
        at=[0, 1, 2, 3],
        teams={"team": named_team(2, part_time={"share": 0.6, "hours": 0.5}, max_caseload=10)},
    )
    assert sorted(row.worker for row in story.activities("work")) == [0, 0, 1, 2]


# -- absences -------------------------------------------------------------------------------------------------------


def test_absences_take_as_long_as_drawn_and_begin_at_random() -> None:
    story = nobody(team(200), caseworking(SICK), days=731)
    rows = stretches(story, "absent")
    assert all(end is None or end - start == pytest.approx(4) for start, end in rows)
    # Each spell of 4 days is followed by 365.25 / 6 days of work on average.
    assert len(rows) == pytest.approx(200 * 731 / (365.25 / 6 + 4), rel=0.05)
    gaps = []
    for worker in range(200):
        mine = stretches(story, "absent", worker)
        gaps += [start - end for (_, end), (start, _) in pairwise(mine)]
    assert np.std(gaps) == pytest.approx(np.mean(gaps), rel=0.15)


def test_spells_are_counted_per_year_at_work() -> None:
    """A month at work on the mean, then a month away: half of the time, with one standard error of half a per cent."""
    month, days = 365.25 / 12, 4000
    story = nobody(team(40), caseworking({"absences": {"sick": {"per_year": 12, "days": month}}}), days=days)
    away = sum(min(days, days if end is None else end) - start for start, end in stretches(story, "absent"))
    assert away / (40 * days) == pytest.approx(1 / 2, abs=0.02)


def test_the_same_slot_is_ill_on_the_same_days_whatever_else_there_is() -> None:
    """More colleagues, work to do, other kinds of absence, people who leave: all the same."""
    plain = stretches(nobody(named_team(2), caseworking(SICK)), "absent", 1)
    larger = stretches(nobody(named_team(9, max_caseload=4), caseworking(SICK)), "absent", 1)
    busy = tell(
        {"work": work("end"), "end": END},
        at=[n / 2 for n in range(500)],
        teams={"team": named_team(2)},
        caseworking=caseworking(SICK, duty_priority=9, interrupted="hand_over"),
        days=1000,
    )
    assert plain == larger == stretches(busy, "absent", 1) != []


def test_two_kinds_of_absence_at_the_same_time_are_one() -> None:
    both = {"absences": {"a": {"per_year": 9, "days": 20}, "b": {"per_year": 9, "days": 20}}}
    rows = stretches(nobody(team(1), caseworking(both)), "absent")
    assert all(end < start for (_, end), (start, _) in pairwise(rows))
    assert any(end is not None and end - start > 20.001 for start, end in rows)


def test_nothing_is_begun_by_who_is_absent() -> None:
    """The only caseworker of a pooled team is away when the work is asked for, and begins it when back."""
    begins, ends = first_absence(team=team(1))
    story = tell(
        {"work": work("end"), "end": END},
        at=[begins + 1, begins + 2],
        teams={"team": team(1)},
        caseworking=caseworking(SICK),
        days=1000,
    )
    assert [row.started for row in story.activities("work")] == [ends, ends + 1]


@pytest.mark.parametrize("kind", [team, named_team])
def test_what_is_under_way_is_finished_first(kind: Any) -> None:
    """Two days of work begun a day before: finished on the first day of the absence; the next waits for its end."""
    begins, ends = first_absence(team=kind(1))
    story = tell(
        {"work": work("end", hours=2 * DAY), "end": END},
        at=[begins - 1, begins - 0.5],
        teams={"team": kind(1)},
        caseworking=caseworking(SICK, interrupted="finish"),
        days=1000,
    )
    assert [(row.started, row.finished) for row in story.activities("work")] == [
        (begins - 1, pytest.approx(begins + 1)),
        (ends, pytest.approx(ends + 2)),
    ]


@pytest.mark.parametrize("kind", [team, named_team])
def test_what_is_under_way_is_put_down_and_the_rest_done_later(kind: Any) -> None:
    """Two days of work begun a day before: cut, and the second day is worked after the absence, asked for when cut.

    What was asked for meanwhile comes after it.
    """
    begins, ends = first_absence(team=kind(1))
    story = tell(
        {"work": work("end", hours=2 * DAY), "other": work("end"), "end": END},
        arrivals={"people": people([begins - 1]), "others": people([begins + 1], entry="other")},
        teams={"team": kind(1)},
        caseworking=caseworking(SICK, interrupted="hand_over"),
        days=1000,
    )
    first, rest = story.activities("work")
    assert (first.started, first.finished, first.hours) == (begins - 1, begins, pytest.approx(DAY))
    assert (rest.requested, rest.started, rest.finished) == (begins, ends, pytest.approx(ends + 1))
    assert rest.hours == pytest.approx(DAY)
    assert story.when("other") == [(begins + 1, pytest.approx(ends + 1), pytest.approx(ends + 2))]
    assert len([row for row in story.rows("cases") if row.left is not None]) == 2


def test_in_a_pooled_team_somebody_else_goes_on_at_once() -> None:
    """Two caseworkers; whoever falls ill first has two days of work, begun a day before."""
    ill = {slot: first_absence(slot, team(2))[0] for slot in (0, 1)}
    slot = min(ill, key=lambda slot: ill[slot])
    begins = ill[slot]
    # Worker 0 is the first to be given work; with two tasks both are busy.
    story = tell(
        {"work": work("end", hours=2 * DAY), "brief": work("end", hours=12), "end": END},
        arrivals={
            "first": people([begins - 1], entry="work" if slot == 0 else "brief"),
            "second": people([begins - 1], entry="brief" if slot == 0 else "work"),
        },
        teams={"team": team(2)},
        caseworking=caseworking(SICK, interrupted="hand_over"),
        days=1000,
    )
    first, rest = story.activities("work")
    assert (first.worker, first.finished) == (slot, begins)
    assert (rest.worker, rest.started, rest.finished) == (1 - slot, begins, pytest.approx(begins + 1))


def test_the_rest_of_what_is_given_up_is_withdrawn() -> None:
    """The case grows out of childhood while the rest of its work waits for the ill caseworker."""
    begins, ends = first_absence(team=named_team(1))
    story = tell(
        {"work": work("gone", hours=2 * DAY), "gone": delay("end", 1), "end": END},
        at=[begins - 1],
        teams={"team": named_team(1)},
        caseworking=caseworking(SICK, interrupted="hand_over"),
        days=ends - 1,
    )
    first, rest = story.activities("work")
    assert (rest.worker, rest.started, rest.finished) == (-1, None, None)
    assert first.finished == begins


# -- those who leave and those who come ------------------------------------------------------------------------------


def test_somebody_new_comes_after_the_vacancy() -> None:
    """Numbers are never given twice; the position is vacant for ten days."""
    story = nobody(team(1), caseworking(LEAVES))
    rows = story.rows("staff", kind="employed")
    assert [row.worker for row in rows] == list(range(len(rows)))
    assert len(rows) > 5
    assert rows[0].start == 0
    assert rows[-1].end is None or rows[-1].end > 990
    assert all(after.start == pytest.approx(before.end + 10) for before, after in pairwise(rows))


def test_how_long_people_stay_is_exponential() -> None:
    story = nobody(team(300), caseworking(LEAVES), days=1461)
    stays = [end - start for start, end in stretches(story, "employed") if end is not None and start < 731]
    assert np.mean(stays) == pytest.approx(365.25 / 4, rel=0.1)
    assert np.std(stays) == pytest.approx(365.25 / 4, rel=0.15)


def test_a_team_may_have_turnover_of_its_own() -> None:
    assert len(nobody(team(5, resignations_per_year=0), caseworking(LEAVES)).rows("staff")) == 5
    more = len(nobody(team(5, resignations_per_year=20), caseworking(LEAVES)).rows("staff"))
    assert more > 2 * len(nobody(team(5), caseworking(LEAVES)).rows("staff"))


def test_a_new_caseworker_is_trained_and_slower_meanwhile() -> None:
    """Half the pace for 30 days: two days for a day's work. Afterwards one."""
    resigns = first_resignation()
    story = tell(
        {"work": work("end"), "end": END},
        at=[1, resigns + 10, resigns + 39.5, resigns + 41.5],
        teams={"team": team(1)},
        caseworking=caseworking(
            {"turnover": LEAVES["turnover"] | {"onboarding_days": 30, "onboarding_pace": 0.5}},
        ),
        seed=SEED,
        days=int(resigns) + 60,
    )
    rows = story.activities("work")
    assert [row.worker for row in rows[:3]] == [0, 1, 1]
    assert [row.finished - row.started for row in rows] == pytest.approx([1, 2, 2, 1])
    (training,) = stretches(story, "onboarding")
    assert training == (pytest.approx(resigns + 10), pytest.approx(resigns + 40))


def test_a_new_caseworker_has_fewer_cases_until_trained() -> None:
    """At most four, half of it in the first 30 days: the third and fourth case wait for the end of the training."""
    resigns = first_resignation()
    comes = resigns + 10
    story = tell(
        {"work": work("stay", hours=1), "stay": delay("end", 500), "end": END},
        at=[comes + 1] * 5,
        teams={"team": named_team(1, max_caseload=4)},
        caseworking=caseworking(
            {"turnover": LEAVES["turnover"] | {"onboarding_days": 30, "onboarding_caseload": 0.5}},
        ),
        seed=SEED,
        days=int(comes) + 40,
    )
    waits = [row.time for row in story.events("allocation")]
    assert waits[:4] == pytest.approx([comes + 1, comes + 1, comes + 30, comes + 30])
    assert waits[4] is None


def test_who_leaves_finishes_what_was_begun() -> None:
    resigns = first_resignation()
    story = tell(
        {"work": work("end", hours=2 * DAY), "end": END},
        at=[resigns - 1, resigns - 0.5],
        teams={"team": team(1)},
        caseworking=caseworking(LEAVES),
        seed=SEED,
        days=int(resigns) + 60,
    )
    first, second = story.activities("work")
    assert (first.worker, first.finished) == (0, pytest.approx(resigns + 1))
    assert (second.worker, second.started) == (1, pytest.approx(resigns + 10))


# -- vacancies and agencies -------------------------------------------------------------------------------------------


def test_a_position_is_vacant_from_the_resignation_to_the_successor() -> None:
    story = nobody(team(1), caseworking(LEAVES), seed=SEED)
    employed, vacant = stretches(story, "employed"), stretches(story, "vacant")
    assert len(vacant) > 2
    between = [(end, start) for (_, end), (start, _) in pairwise(employed)]
    assert vacant[: len(between)] == between
    rows = story.rows("staff", kind="vacant")
    assert {(row.worker, row.fte) for row in rows} == {(-1, 1)}


def test_a_vacant_position_has_the_hours_of_the_position_and_of_nobody_else() -> None:
    story = nobody(team(1, part_time={"share": 1, "hours": 0.5}), caseworking(LEAVES), seed=SEED)
    assert {row.fte for row in story.rows("staff", kind="vacant")} == {0.5}


def test_no_position_is_vacant_whose_successor_begins_at_once() -> None:
    at_once = {"turnover": {"resignations_per_year": 4, "vacancy_days": 0}}
    story = nobody(team(1), caseworking(at_once), seed=SEED)
    assert len(stretches(story, "employed")) > 3
    assert stretches(story, "vacant") == []


def test_a_vacancy_ends_with_its_position() -> None:
    resigns = first_resignation(slot=3)
    day = int(resigns) + 5
    less = {"less": {"caseworkers": -1, "begins": on(day)}}
    story = nobody(named_team(4, changes=less), caseworking(with_agency(after_days=1)), seed=SEED, days=day + 30)
    assert (resigns, day) in stretches(story, "vacant")
    assert (resigns + 1, day) in stretches(story, "agency")
    assert len([stretch for stretch in stretches(story, "employed") if stretch[0] == resigns + 10]) == 0


@pytest.mark.parametrize("kind", [team, named_team])
def test_somebody_from_an_agency_is_there_until_the_vacancy_ends(kind: Any) -> None:
    plain = nobody(kind(3), caseworking(LEAVES), seed=SEED)
    story = nobody(kind(3), caseworking(with_agency(after_days=4)), seed=SEED)
    vacant = stretches(plain, "vacant")
    assert stretches(story, "vacant") == vacant
    # Who is employed, and when, is as it was without; only the numbers are others.
    assert sorted(stretches(story, "employed")) == sorted(stretches(plain, "employed"))
    expected = [(start + 4, end) for start, end in vacant if start + 4 < 1000]
    assert stretches(story, "agency") == expected
    people = [row.worker for row in story.rows("staff") if row.kind in ("employed", "agency")]
    assert len(people) == len(set(people))


def test_nobody_comes_from_an_agency_who_would_come_too_late() -> None:
    assert stretches(nobody(team(3), caseworking(with_agency(after_days=10)), seed=SEED), "agency") == []


def test_an_agency_fills_its_share_of_the_vacancies() -> None:
    story = nobody(team(200), caseworking(with_agency(share=0.3)), seed=SEED)
    filled = {row.start for row in story.rows("staff", kind="agency")}
    vacant = {row.start for row in story.rows("staff", kind="vacant")}
    assert filled < vacant
    assert len(filled) / len(vacant) == pytest.approx(0.3, abs=0.03)
    # The draw is the slot's: who is drawn for a small share is also drawn for a larger one.
    more = nobody(team(200), caseworking(with_agency(share=0.6)), seed=SEED)
    assert filled < {row.start for row in more.rows("staff", kind="agency")}


def test_somebody_from_an_agency_works_at_their_own_pace() -> None:
    """Half the pace: two days for a day's work. The vacancy lasts ten days."""
    resigns = first_resignation()
    story = tell(
        {"work": work("end"), "end": END},
        at=[resigns - 2, resigns + 1, resigns + 3.5, resigns + 20],
        teams={"team": team(1)},
        caseworking=caseworking(with_agency(after_days=1, pace=0.5)),
        seed=SEED,
        days=int(resigns) + 60,
    )
    rows = story.activities("work")
    assert [(row.worker, row.finished - row.started) for row in rows] == [
        (0, pytest.approx(1)),
        (1, pytest.approx(2)),
        (1, pytest.approx(2)),
        (2, pytest.approx(1)),
    ]


def test_somebody_from_an_agency_takes_over_cases_up_to_their_maximum_and_gives_them_back() -> None:
    """Three cases of a caseworker who leaves; the one from an agency has room for two, the third waits.

    At every change of hands there is work to do, so each is counted: by the reason why the one before has left.
    """
    resigns = first_resignation()
    story = tell(
        {
            "work": work("stay", hours=1),
            "stay": delay("again", resigns - 1),
            "again": work("rest", hours=1),
            "rest": delay("once_more", 15),
            "once_more": work("end", hours=1),
            "end": END,
        },
        at=[2, 2, 2],
        teams={"team": named_team(1, max_caseload=4)},
        caseworking=caseworking(with_agency(after_days=1, caseload=0.5)),
        seed=SEED,
        days=int(resigns) + 60,
    )
    assert [row.worker for row in story.activities("again")] == [1, 1, 2]
    assert {row.worker for row in story.activities("once_more")} == {2}
    changes = [(row.outcome, row.time) for row in story.events("caseworker_change")]
    assert [cause for cause, _ in changes] == ["resignation", "resignation", "resignation", "agency", "agency"]
    assert all(time < resigns + 10 for _, time in changes[:2])
    assert all(time >= resigns + 10 for _, time in changes[2:])


def test_somebody_from_an_agency_falls_ill_like_anybody_in_the_position_but_does_not_resign() -> None:
    often = {"absences": {"sick": {"per_year": 60, "days": 2}}}
    plain = stretches(nobody(team(1), caseworking(often)), "absent")
    story = nobody(team(1), caseworking(often, with_agency()), seed=0)
    temporary = stretches(story, "agency")
    ill = [(start, end) for start, end in stretches(story, "absent") if any(a <= start < b for a, b in temporary)]
    assert ill
    assert {start for start, _ in ill} <= {start for start, _ in plain}
    assert temporary == stretches(story, "vacant")


# -- overtime ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [team, named_team])
@pytest.mark.parametrize("staff", [caseworking(), caseworking({"absences": {"never": {"per_year": 1e-9, "days": 1}}})])
def test_overtime_raises_the_pace_of_everybody_staffed_or_not(kind: Any, staff: Any) -> None:
    """A quarter more hours: a day's work takes 0.8 days, a change of caseworker and the hours in the journal alike."""
    story = tell(
        {"work": work("end"), "end": END},
        at=[0, 0],
        teams={"team": kind(1, overtime_share=0.25, case_hours_per_hour=0.5)},
        caseworking=staff,
    )
    assert [(row.started, row.finished, row.hours) for row in story.activities("work")] == [
        (0, pytest.approx(1.6), pytest.approx(1.6 * DAY)),
        (pytest.approx(1.6), pytest.approx(3.2), pytest.approx(1.6 * DAY)),
    ]


# -- changes of the number --------------------------------------------------------------------------------------------


def test_those_with_the_highest_numbers_leave_and_new_ones_join() -> None:
    changes = {"less": {"caseworkers": -1, "begins": on(10)}, "more": {"caseworkers": 2, "begins": on(20)}}
    story = nobody(team(3, changes=changes), caseworking(), days=100)
    assert [(row.worker, row.start, row.end) for row in story.rows("staff")] == [
        (0, 0, None),
        (1, 0, None),
        (2, 0, 10),
        (3, 20, None),
        (4, 20, None),
    ]


def test_who_joins_is_trained() -> None:
    turnover = {"turnover": LEAVES["turnover"] | {"resignations_per_year": 0, "onboarding_days": 30}}
    story = nobody(team(1, changes={"more": {"caseworkers": 1, "begins": on(20)}}), caseworking(turnover), days=100)
    assert stretches(story, "onboarding") == [(20, 50)]


@pytest.mark.parametrize("kind", [team, named_team])
def test_work_waits_for_the_first_caseworker_of_a_new_team(kind: Any) -> None:
    story = tell(
        {"work": work("end"), "end": END},
        at=[0, 1],
        teams={"team": kind(0, changes={"new": {"caseworkers": 1, "begins": on(20)}})},
    )
    assert story.when("work") == [(0, 20, 21), (1, 21, 22)]


def test_fewer_part_timers_leave_no_less_than_what_is_wanted() -> None:
    """Two full-time and two half-time; one full-time equivalent less is two half-timers less."""
    story = nobody(
        team(3, part_time=PART_TIME, changes={"less": {"caseworkers": -1, "begins": on(10)}}), caseworking(), days=100
    )
    assert [(row.fte, row.end) for row in story.rows("staff")] == [(1, None), (1, None), (0.5, 10), (0.5, 10)]


# -- switched off -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [team, named_team])
@pytest.mark.parametrize(
    "off",
    [
        {"absences": {"sick": {"per_year": 0, "days": 4}}, "reassign_after_days": 1},
        {"turnover": {"resignations_per_year": 0, "vacancy_days": 3, "onboarding_days": 9}},
        {"turnover": {"resignations_per_year": 0, "vacancy_days": 3, "agency": {"share": 1, "pace": 0.5}}},
        {"interrupted": "hand_over", "duty_priority": 5},
    ],
)
def test_what_never_happens_changes_nothing(kind: Any, off: dict[str, Any]) -> None:
    def digest(**settings: Any) -> str:
        story = tell(
            {"work": work("more"), "more": work("end"), "end": END},
            at=[n / 3 for n in range(50)],
            teams={"team": kind(3)},
            **settings,
        )
        return story.journal.digest()

    assert digest(caseworking=caseworking(off)) == digest(caseworking=caseworking())


def test_an_agency_that_never_sends_anybody_changes_nothing() -> None:
    def digest(turnover: Any) -> str:
        return nobody(team(3), caseworking(turnover), seed=SEED).journal.digest()

    assert digest(with_agency(share=0)) == digest(LEAVES)


@pytest.mark.parametrize("kind", [team, named_team])
def test_persons_and_numbers_work_alike(kind: Any) -> None:
    """A team of persons of whom nobody ever goes has the same journal as one of mere numbers."""

    def digest(**settings: Any) -> str:
        story = tell(
            {"work": work("more"), "more": work("meet", priority=1), "meet": meet(), "end": END},
            at=[n / 3 for n in range(90)],
            teams={"team": kind(3, **({"max_caseload": 3} if kind is named_team else {}), **settings)},
        )
        return story.journal.digest()

    changes = {"never": {"caseworkers": 0, "begins": on(5)}}
    assert digest(changes=changes) == digest()


def meet() -> dict[str, Any]:
    return {"kind": "meeting", "teams": ["team"], "hours": 3, "next": "end"}


def test_nobody_goes_on_with_work_that_was_given_up() -> None:
    """A follow-up of five days begins two days before its caseworker falls ill; the service ends one day before."""
    begins, _ = first_absence(team=team(1))
    follow_up = {"team": "team", "hours": 5 * DAY, "first_days": 1, "every_days": 50}
    story = tell(
        {"help": {"kind": "service", "service": "help", "follow_up": follow_up, "next": "end"}, "end": END},
        at=[begins - 3],
        services={"help": service(2 / 365.25)},
        teams={"team": team(1)},
        caseworking=caseworking(SICK, interrupted="hand_over"),
        days=begins + 60,
    )
    assert story.spells()[0].end == pytest.approx(begins - 1)
    rows = story.activities("help")
    assert [(row.started, row.finished, row.hours) for row in rows] == [
        (pytest.approx(begins - 2), begins, pytest.approx(2 * DAY))
    ]
