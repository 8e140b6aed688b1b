"""Teams in which every case has its own caseworker."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tiny_maps import DAY, END, Told, delay, named_team, people, service, stock, tell, track, work

pytestmark = pytest.mark.unit

ADULT = {"administration": "adult"}
CASEWORKING = {"change_hours": 12, "completeness": {"change_loss": 0.1}}


def assigned(story: Told, team: str = "team") -> list[tuple[int, float, float]]:
    """Return who was assigned to the team, from when, until when."""
    return [(row.case, row.since, row.time) for row in story.events("assigned", outcome=team)]


def changes(story: Told) -> list[tuple[int, float, str]]:
    return [(row.case, row.time, row.outcome) for row in story.events("caseworker_change")]


def test_a_case_goes_to_the_caseworker_who_has_the_fewest() -> None:
    """Cases 0 and 2 stay with worker 0, 1 with worker 1; when 1 has left, worker 1 has the fewest."""
    story = tell(
        {"work": work("wait"), "wait": delay("end", {"by": "source", "values": {"brief": 1, "other": 50}}), "end": END},
        arrivals={"people": people([0, 0.2, 5]), "brief": people([0.1])},
        teams={"team": named_team(2)},
    )
    workers = {(row.requested, row.worker) for row in story.activities("work")}
    assert workers == {(0, 0), (0.1, 1), (0.2, 0), (5, 1)}


def test_a_case_goes_to_whoever_has_the_least_work_waiting() -> None:
    """Worker 1 has three cases that ask for nothing now, worker 0 has one, with work for ten days: 1 gets the next."""
    story = tell(
        {
            "work": work("wait", hours={"by": "source", "values": {"long": 10 * DAY, "other": 1}}),
            "wait": delay("end", 50),
            "end": END,
        },
        arrivals={"long": people([0]), "brief": people([0.1, 0.2, 0.3]), "late": people([5])},
        teams={"team": named_team(2)},
    )
    assert [row.worker for row in story.activities("work")] == [0, 1, 1, 1, 1]


def test_a_newcomer_does_not_get_every_new_case() -> None:
    """Worker 0 has twenty quiet cases, worker 1 none: of four that come at once, two go to each."""
    twenty = {"stock": stock(20, step="quiet", service="help", team="team")}
    steps = {
        "work": work("end", hours=10 * DAY),
        "quiet": {"kind": "service", "service": "help", "next": "end"},
        "end": END,
    }
    changes = {"newcomer": {"caseworkers": 1, "begins": "2024-01-03"}}
    story = tell(
        steps,
        services={"help": service(5)},
        arrivals={"people": people([3, 3.1, 3.2, 3.3])},
        initial_caseload=twenty,
        teams={"team": named_team(1, changes=changes)},
    )
    assert sorted(row.worker for row in story.activities("work")) == [0, 0, 1, 1]


def test_a_table_may_leave_the_rest_to_the_team_that_has_the_case() -> None:
    """After the first step, one kind of case goes to another team; the rest stays with its own."""
    table = {"by": "source", "values": {"moved": "second", "other": "own"}}
    story = tell(
        {"first": work("then"), "then": work("end", team=table), "end": END},
        arrivals={"moved": people([0]), "stays": people([10])},
        teams={"team": named_team(1), "second": named_team(1)},
    )
    assert [(row.requested, row.resource) for row in story.activities("then")] == [(1, "second"), (11, "team")]


def test_a_case_keeps_its_caseworker() -> None:
    """Worker 1 is free when the second piece of work is asked for, but the case is worker 0's, who is busy."""
    story = tell(
        {"first": work("second"), "second": work("end"), "other": work("end", hours=5 * DAY), "end": END},
        arrivals={"people": people([0]), "others": people([0.1, 0.2], entry="other")},
        teams={"team": named_team(2)},
    )
    # The others: one with worker 1 until 5.1, one behind the first piece of work with worker 0 until 6.
    assert story.when("other") == [(0.1, 0.1, 5.1), (0.2, 1, 6)]
    assert [(row.worker, row.started) for row in story.activities("second")] == [(0, 6)]


def test_a_case_that_comes_back_gets_the_caseworker_it_had() -> None:
    """Both caseworkers are free on day 10; 0 would be the first in line, but 1 knows the case."""
    story = tell(
        {"work": work("end"), "end": END},
        arrivals={
            "once": people([0]),
            "twice": people([0.1], repeats={"probability": 1, "gap_days": 10}),
        },
        teams={"team": named_team(2)},
        days=15,
    )
    assert [(row.requested, row.worker) for row in story.activities("work")] == [(0, 0), (0.1, 1), (10.1, 1)]
    assert changes(story) == []


def test_a_case_that_comes_back_gets_another_caseworker_when_its_own_is_full() -> None:
    """On day 10 worker 1, who had it, has two cases, and two is the most."""
    steps = {"work": work("end"), "long": work("stay"), "stay": delay("end", 50), "end": END}
    story = tell(
        steps,
        arrivals={
            "early": people([0]),
            "twice": people([0.1], repeats={"probability": 1, "gap_days": 10}),
            "long": people([3, 4, 5], entry="long"),
            "again": people([6], entry="work"),
        },
        teams={"team": named_team(2, max_caseload=2)},
        caseworking=CASEWORKING,
        days=15,
    )
    # Workers of the long ones: 0, 1, 0. Worker 1 gets case 'again', which has left by day 10: worker 1 has room.
    assert [row.worker for row in story.activities("long")] == [0, 1, 0]
    back = story.activities("work", requested=10.1)[0]
    assert back.worker == 1
    assert changes(story) == []


def test_return_to_another_caseworker_is_a_change() -> None:
    """Worker 0 had the case; on day 10 worker 0 is full with another, so worker 1 gets it: 12 hours more."""
    story = tell(
        {"work": work("end"), "long": work("stay"), "stay": delay("end", 50), "end": END},
        arrivals={
            "twice": people([0], repeats={"probability": 1, "gap_days": 10}),
            "long": people([3], entry="long"),
        },
        teams={"team": named_team(2, max_caseload=1)},
        caseworking=CASEWORKING,
        days=15,
    )
    again = story.activities("work", requested=10)[0]
    assert (again.worker, again.hours, again.finished) == (1, 36, 11.5)
    assert changes(story) == [(0, 10, "return")]


def test_who_finds_every_caseworker_full_waits_to_be_allocated() -> None:
    """One caseworker who can have one case: the second gets a caseworker when the first has left on day 6."""
    story = tell(
        {"work": work("wait"), "wait": delay("end", 5), "end": END},
        at=[0, 0],
        teams={"team": named_team(max_caseload=1)},
    )
    assert story.when("work") == [(0, 0, 1), (0, 6, 7)]
    waits = story.events("allocation")
    assert [(row.case, row.since, row.time, row.outcome) for row in waits] == [(0, 0, 0, "done"), (1, 0, 6, "done")]
    assert [row.administration for row in waits] == ["child", "child"]
    assert assigned(story) == [(0, 0, 6), (1, 6, 12)]


def test_urgent_cases_are_allocated_first() -> None:
    story = tell(
        {"work": work("wait"), "urgent": work("wait", priority=0), "wait": delay("end", 5), "end": END},
        arrivals={"people": people([0, 0.1]), "urgent": people([0.2], entry="urgent")},
        teams={"team": named_team(max_caseload=1)},
    )
    assert [row.started for row in story.activities("urgent")] == [6]
    assert [row.started for row in story.activities("work")] == [0, 12]


def test_who_gives_up_before_allocation_makes_way_for_the_next() -> None:
    """The second gives up on day 2; the third is allocated on day 6."""
    story = tell(
        {
            "work": work(
                "wait", patience_days={"by": "source", "values": {"hasty": 2, "other": 90}}, gives_up_to="gone"
            ),
            "wait": delay("end", 5),
            "end": END,
            "gone": END,
        },
        arrivals={"people": people([0, 0.2]), "hasty": people([0.1])},
        teams={"team": named_team(max_caseload=1)},
    )
    outcomes = [(row.since, row.time, row.outcome) for row in story.events("allocation")]
    assert outcomes == [(0, 0, "done"), (0.1, 2.1, "withdrawn"), (0.2, 6, "done")]
    hasty = story.activities("work", requested=0.1)[0]
    assert (hasty.started, hasty.withdrawn, hasty.worker) == (None, 2.1, -1)
    assert len(assigned(story)) == 2


def test_who_still_waits_for_a_caseworker_at_the_end() -> None:
    story = tell(
        {"work": work("wait"), "wait": delay("end", 50), "end": END},
        at=[0, 0],
        teams={"team": named_team(max_caseload=1)},
        days=5,
    )
    assert story.when("work") == [(0, 0, 1), (0, None, None)]
    assert [row.time for row in story.events("allocation")] == [0, None]
    assert assigned(story) == [(0, 0, None)]


def two_teams(**second: Any) -> dict[str, Any]:
    return {"team": named_team(), "second": named_team(**second)}


def boundary(story_steps: dict[str, Any] | None = None, **second: Any) -> Told:
    """One case, worked on by one team and then by another."""
    steps = story_steps or {
        "work": work("more"),
        "more": work("wait", team="second"),
        "wait": delay("end", 9),
        "end": END,
    }
    return tell(steps, teams=two_teams(**second), caseworking=CASEWORKING)


def test_passing_a_case_to_another_team_changes_its_caseworker() -> None:
    """The second team needs 12 hours more; the first no longer has the case when the second begins."""
    story = boundary()
    assert story.when("more") == [(1, 1, 2.5)]
    assert changes(story) == [(0, 1, "team_boundary")]
    assert assigned(story) == [(0, 0, 1)]
    assert assigned(story, "second") == [(0, 1, 11.5)]


def test_passing_a_child_to_another_administration_is_a_team_boundary_like_any_other() -> None:
    """Only from children's to adult law is it the change of the birthday (see the tests of childhood's end)."""
    story = boundary(administration="adult")
    assert story.when("more") == [(1, 1, 2.5)]
    assert changes(story) == [(0, 1, "team_boundary")]
    assert [row.administration for row in story.events("caseworker_change")] == ["adult"]
    assert assigned(story) == [(0, 0, 1)]
    assert assigned(story, "second") == [(0, 1, 11.5)]


def test_getting_acquainted_takes_longer_where_less_of_the_day_is_for_cases() -> None:
    story = boundary(case_hours_per_hour=0.5)
    assert story.when("more") == [(1, 1, 4)]
    assert story.activities("more")[0].hours == 2 * (DAY + 12)


def test_back_and_forth_is_a_change_each_time() -> None:
    steps = {
        "work": work("more", hours=1),
        "more": work("back", hours=1, team="second"),
        "back": work("end", hours=1),
        "end": END,
    }
    story = boundary(steps)
    assert [(time, cause) for _, time, cause in changes(story)] == [
        (pytest.approx(1 / 24), "team_boundary"),
        (pytest.approx(14 / 24), "team_boundary"),
    ]
    assert all(time is not None for team in ("team", "second") for _, _, time in assigned(story, team))


def test_own_is_the_team_that_had_the_case_last() -> None:
    steps = {
        "work": work("more"),
        "more": work("own", team="second"),
        "own": work("end", team="own"),
        "end": END,
    }
    story = boundary(steps)
    assert [row.resource for row in story.activities("own")] == ["second"]
    assert len(changes(story)) == 1


def test_pooled_work_in_between_changes_nothing() -> None:
    steps = {
        "work": work("form"),
        "form": work("own", team="pool"),
        "own": work("end", team="own"),
        "end": END,
    }
    pool = {**named_team(), "allocation": "pooled"}
    story = tell(steps, teams={"team": named_team(), "pool": pool}, caseworking=CASEWORKING)
    assert [row.resource for row in story.activities("own")] == ["team"]
    assert changes(story) == []
    assert assigned(story) == [(0, 0, 3)]


def test_one_caseworker_for_two_matters_of_a_person_carries_one_case() -> None:
    """A second notification while the first is open: the caseworker can have one case, and has."""
    story = tell(
        {"work": work("wait"), "wait": delay("end", 20), "end": END},
        arrivals={"people": people([0], repeats={"probability": 1, "gap_days": 10})},
        teams={"team": named_team(max_caseload=1)},
        days=15,
    )
    assert story.when("work") == [(0, 0, 1), (10, 10, 11)]
    assert assigned(story) == [(0, 0, None)]


def test_a_case_leaves_the_caseload_when_the_last_of_its_matters_ends() -> None:
    """Each matter takes 7 days, and half of them are followed by a further one after 3 days."""
    story = tell(
        {"work": work("wait"), "wait": delay("end", 6), "end": END},
        arrivals={"people": people([0] * 8, repeats={"probability": 0.5, "gap_days": 3})},
        teams={"team": named_team(8)},
    )
    matters = Counter(row.case for row in story.activities("work"))
    assert max(matters.values()) > 1
    assert assigned(story) == [(case, 0, 7 + 3 * (matters[case] - 1)) for case in range(8)]


def test_duty_goes_round_and_leaves_the_case_where_it_is() -> None:
    """Three duty tasks for three caseworkers: 1, 2, 0. Nobody gets a case by it, and nobody waits for room."""
    story = tell(
        {"duty": work("end", on_duty=True), "end": END},
        at=[0, 0, 0, 0],
        teams={"team": named_team(3, max_caseload=1)},
    )
    assert [row.worker for row in story.activities("duty")] == [1, 2, 0, 1]
    assert [row.started for row in story.activities("duty")] == [0, 0, 0, 1]
    assert assigned(story) == []
    assert story.events("allocation") == []


def test_cases_of_day_0_have_their_caseworkers_already() -> None:
    """Five for two caseworkers who can have two each: the fifth is carried beyond the maximum. Nobody waits."""
    story = tell(
        {"start": work("supported"), "supported": {"kind": "service", "service": "support", "next": "end"}, "end": END},
        at=[],
        services={"support": service(1)},
        initial_caseload={"open": stock(5, step="supported", service="support", team="team")},
        teams={"team": named_team(2, max_caseload=2)},
        days=10,
    )
    assert len(assigned(story)) == 5
    assert {(since, time) for _, since, time in assigned(story)} == {(0, None)}
    assert story.events("allocation") == []


def test_a_chain_of_exchanged_cases_of_any_length() -> None:
    """Two teams whose 400 caseworkers have one case each, and on day 1 each case but one is to go to the other team.

    Each team lets go of a case when the other is asked for it, so all are exchanged at once; only one has to wait until
    day 5, when the one case that stays in the first team leaves.
    """
    many = 400
    story = tell(
        {
            "wait": delay("end", 4),
            "brief": work("wait"),
            "to": work("to_second"),
            "to_second": work("end", team="second"),
            "fro": work("fro_first", team="second"),
            "fro_first": work("end"),
            "end": END,
        },
        arrivals={
            "brief": people([0], entry="brief"),
            "to": people([0] * (many - 1), entry="to"),
            "fro": people([0] * many, entry="fro"),
        },
        teams={
            "team": named_team(many, max_caseload=1),
            "second": named_team(many, max_caseload=1),
        },
        days=20,
    )
    assert [row.started for row in story.activities("to_second")] == [1] * (many - 1)
    started = sorted(row.started for row in story.activities("fro_first"))
    assert started[: many - 1] == [1] * (many - 1)
    assert started[many - 1] == 2


def test_two_full_teams_do_not_wait_for_each_other_for_ever() -> None:
    """Each team's only caseworker may have one case, and on day 1 each case is to go to the other team.

    If each team kept its case until the other had room, both would wait for ever.
    """
    story = tell(
        {
            "to": work("to_second"),
            "to_second": work("end", team="second"),
            "fro": work("fro_first", team="second"),
            "fro_first": work("end"),
            "end": END,
        },
        arrivals={"to": people([0], entry="to"), "fro": people([0], entry="fro")},
        teams={"team": named_team(max_caseload=1), "second": named_team(max_caseload=1)},
    )
    assert story.when("to_second") == [(1, 1, 2)]
    assert story.when("fro_first") == [(1, 1, 2)]
    to, fro = story.activities("to")[0].case, story.activities("fro")[0].case
    assert assigned(story) == [(to, 0, 1), (fro, 1, 2)]
    assert assigned(story, "second") == [(fro, 0, 1), (to, 1, 2)]
    assert [row.outcome for row in story.events("caseworker_change")] == ["team_boundary"] * 2


def test_a_case_between_two_teams_is_nobodys() -> None:
    """The second team has no room until day 6; the first has let go on day 1, and takes the next case then."""
    story = tell(
        {
            "work": work("more"),
            "more": work("end", team="second"),
            "full": work("stay", team="second"),
            "stay": delay("end", 5),
            "end": END,
        },
        arrivals={"people": people([0, 0.5]), "full": people([0], entry="full")},
        teams={"team": named_team(max_caseload=1), "second": named_team(max_caseload=1)},
    )
    assert story.when("work") == [(0, 0, 1), (0.5, 1, 2)]
    assert story.when("more") == [(1, 6, 7), (2, 7, 8)]
    waits = [(row.case, row.since, row.time) for row in story.events("allocation") if row.since != row.time]
    assert sorted(waits) == [(0, 1, 6), (1, 0.5, 1), (1, 2, 7)]


def test_all_the_work_of_a_case_waits_for_the_same_caseworker_once() -> None:
    """Two matters of one person (days 1 and 6) wait for the same room, which there is on day 10."""
    story = tell(
        {"full": work("stay"), "stay": delay("end", 9), "work": work("end"), "end": END},
        arrivals={
            "full": people([0], entry="full"),
            "people": people([1], entry="work", repeats={"probability": 1, "gap_days": 5}),
        },
        teams={"team": named_team(max_caseload=1)},
        days=13,
    )
    assert story.when("work") == [(1, 10, 11), (6, 11, 12), (11, 12, None)]
    assert [(row.since, row.time) for row in story.events("allocation")] == [(0, 0), (1, 10)]


def test_a_person_in_another_track_has_the_same_caseworker() -> None:
    story = tell(
        tracks={
            "main": track({"work": work("other.more")}),
            "other": track({"more": work("end"), "end": END}, **ADULT),
        },
        teams={"team": named_team()},
    )
    rows = [*story.activities("work"), *story.activities("other.more")]
    assert [row.track for row in rows] == ["main", "other"]
    assert [row.worker for row in rows] == [0, 0]
    assert assigned(story) == [(0, 0, 2)]


# -- coordinators -----------------------------------------------------------------------------------------------------

THREE = {
    "work": work("more", hours=DAY),
    "more": work("last", team="second"),
    "last": work("wait", team="third"),
    "wait": delay("end", 5),
    "end": END,
}


def coordinated(who: str | None, steps: dict[str, Any] | None = None, **settings: Any) -> Told:
    """One case that three teams work on, one of which may coordinate."""
    teams = {name: named_team(coordinates=name == who) for name in ("team", "second", "third")}
    return tell(steps or THREE, teams=teams, caseworking=CASEWORKING | settings)


def test_without_a_coordinator_every_team_is_a_change() -> None:
    story = coordinated(None)
    assert changes(story) == [(0, 1, "team_boundary"), (0, 2.5, "team_boundary")]
    assert [row.time for row in story.events("assigned")] == [1, 2.5, 9]


def test_a_coordinator_stays_while_others_take_over() -> None:
    """From the coordinator to the second team is no change; from there to the third is one, at 30 % of the cost."""
    story = coordinated("team", coordinated_share=0.3)
    assert changes(story) == [(0, 2, "team_boundary")]
    assert story.when("more") == [(1, 1, 2)]
    assert story.activities("last")[0].hours == pytest.approx(DAY + 0.3 * 12)
    assert [(row.since, row.time) for row in story.events("assigned")] == [
        (0, pytest.approx(8.15)),
        (1, 2),
        (2, pytest.approx(8.15)),
    ]


def test_going_to_a_coordinator_and_back_is_no_change() -> None:
    """The second team coordinates, between two pieces of work of the first."""
    steps = {"work": work("more"), "more": work("again", team="second"), "again": work("end"), "end": END}
    story = coordinated("second", steps)
    assert changes(story) == []
    assert story.when("again") == [(2, 2, 3)]
