"""Meetings that need caseworkers of several teams at the same time."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_maps import DAY, END, Told, coming_of_age, delay, named_team, people, team, tell, track, turning_18_on, work

pytestmark = pytest.mark.unit

TEAMS = {"team": team(), "second": team(administration="adult")}


def meeting(**settings: Any) -> dict[str, Any]:
    return {"kind": "meeting", "teams": ["team", "second"], "hours": DAY, "next": "end", **settings}


def attended(story: Told, step: str = "meeting") -> dict[str, tuple[float, float, float]]:
    """Return per team when it was called to the only meeting, when its caseworker came, and when they left."""
    return {row.resource: (row.requested, row.started, row.finished) for row in story.activities(step)}


def test_both_are_free() -> None:
    story = tell({"meeting": meeting(), "end": END}, teams=TEAMS)
    assert attended(story) == {"team": (0, 0, 1), "second": (0, 0, 1)}
    assert {row.priority for row in story.activities("meeting")} == {0}
    assert {row.hours for row in story.activities("meeting")} == {DAY}
    assert story.rows("cases")[0].left == 1


def test_notice_is_given() -> None:
    story = tell({"meeting": meeting(lead_days=14), "end": END}, teams=TEAMS)
    assert attended(story) == {"team": (14, 14, 15), "second": (14, 14, 15)}


def test_who_comes_first_waits_for_the_other() -> None:
    """The second team is busy until day 4; the first has come on day 1, and has no time for anything else."""
    story = tell(
        {"meeting": meeting(), "busy": work("end", team="second", hours=4 * DAY), "work": work("end"), "end": END},
        teams=TEAMS,
        arrivals={
            "busy": people([0], entry="busy"),
            "people": people([1], entry="meeting"),
            "others": people([2], entry="work"),
        },
    )
    assert attended(story) == {"team": (1, 1, 5), "second": (1, 4, 5)}
    hours = {row.resource: row.hours for row in story.activities("meeting")}
    assert hours == {"team": 4 * DAY, "second": DAY}
    assert story.when("work") == [(2, 5, 6)]


def test_all_are_called_at_the_same_time() -> None:
    """The first is busy until day 3. The second has come on day 1, and has no time for what is asked for on 1.5."""
    story = tell(
        {
            "meeting": meeting(),
            "busy": work("end", hours=3 * DAY),
            "work": work("end", team="second", hours=2 * DAY),
            "end": END,
        },
        teams=TEAMS,
        arrivals={
            "busy": people([0], entry="busy"),
            "people": people([1], entry="meeting"),
            "others": people([1.5], entry="work"),
        },
    )
    assert attended(story) == {"team": (1, 3, 4), "second": (1, 1, 4)}
    assert story.when("work") == [(1.5, 4, 6)]


def test_an_appointment_goes_before_all_other_work() -> None:
    """The second is busy until day 4 and has something urgent and something long due waiting, and then the meeting."""
    story = tell(
        {
            "meeting": meeting(),
            "busy": work("end", team="second", hours=4 * DAY),
            "urgent": work("end", team="second", priority=0, due_days=0.1),
            "end": END,
        },
        teams=TEAMS,
        arrivals={
            "busy": people([0], entry="busy"),
            "urgent": people([1], entry="urgent"),
            "people": people([2], entry="meeting"),
        },
    )
    assert attended(story) == {"team": (2, 2, 5), "second": (2, 4, 5)}
    assert story.when("urgent") == [(1, 5, 6)]


def test_two_meetings_do_not_wait_for_each_other() -> None:
    """They name the teams in opposite orders; every desk keeps to the order in which the meetings were called."""
    story = tell(
        {"meeting": meeting(), "other": meeting(teams=["second", "team"]), "end": END},
        teams=TEAMS,
        arrivals={"people": people([0], entry="meeting"), "others": people([0], entry="other")},
    )
    assert attended(story) == {"team": (0, 0, 1), "second": (0, 0, 1)}
    assert attended(story, "main.other") == {"team": (0, 1, 2), "second": (0, 1, 2)}


def test_a_meeting_lasts_as_long_as_it_takes_those_who_have_least_time() -> None:
    """One hour and a half of the working day is for cases there: 24 hours take them two days."""
    teams = {"team": team(), "second": team(case_hours_per_hour=0.5)}
    story = tell({"meeting": meeting(), "end": END}, teams=teams)
    assert attended(story) == {"team": (0, 0, 2), "second": (0, 0, 2)}


def test_a_meeting_begins_in_working_hours() -> None:
    """Called at night: from Tuesday 8:00 on, for three hours."""
    teams = {name: team(calendar="office") for name in TEAMS}
    story = tell({"meeting": meeting(hours=3), "end": END}, teams=teams)
    expected = (0, 1 + 8 / 24, pytest.approx(1 + 11 / 24))
    assert attended(story)["team"] == expected
    assert attended(story)["second"] == expected


NAMED = {"team": named_team(), "second": named_team(administration="adult")}


def test_who_only_attends_has_not_got_the_case() -> None:
    """The second team's caseworker comes to the meeting, and that is all."""
    story = tell(
        {"work": work("meeting"), "meeting": meeting(next="wait"), "wait": delay("end", 5), "end": END},
        teams=NAMED,
        caseworking={"change_hours": 12, "completeness": {"change_loss": 0.1}},
    )
    assert attended(story) == {"team": (1, 1, 2), "second": (1, 1, 2)}
    assert [(row.outcome, row.since, row.time) for row in story.events("assigned")] == [("team", 0, 7)]
    assert len(story.events("allocation")) == 1
    assert story.events("caseworker_change") == []


def test_the_one_with_the_fewest_cases_and_appointments_attends_and_has_the_case_later() -> None:
    """Caseworker 0 of the second team has a case; so 1 attends, and gets the case afterwards although 0 has none then.

    A second meeting at the same time goes to 0: 1 has an appointment.
    """
    story = tell(
        {
            "meeting": meeting(next="more"),
            "more": work("end", team="second"),
            "own": work("end", team="second", hours=DAY / 2),
            "end": END,
        },
        teams={"team": named_team(2), "second": named_team(2)},
        arrivals={"own": people([0], entry="own"), "people": people([0.2, 0.2], entry="meeting")},
    )
    rows = story.activities("meeting", resource="second")
    assert [row.worker for row in rows] == [1, 0]
    assert [(row.worker, row.started) for row in story.activities("more")] == [(1, 1.2), (0, 1.5)]


def test_who_attends_may_have_as_many_cases_as_allowed() -> None:
    """The second team is full until day 10, but somebody comes to the meeting. The case's work there has to wait."""
    story = tell(
        {
            "meeting": meeting(next="more"),
            "more": work("end", team="second"),
            "full": work("stay", team="second"),
            "stay": delay("end", 9),
            "end": END,
        },
        teams={"team": named_team(), "second": named_team(max_caseload=1)},
        arrivals={"full": people([0], entry="full"), "people": people([2], entry="meeting")},
    )
    assert attended(story) == {"team": (2, 2, 3), "second": (2, 2, 3)}
    assert story.when("more") == [(3, 10, 11)]


def test_after_the_meeting_the_case_is_still_with_its_own_team() -> None:
    story = tell(
        {"work": work("meeting"), "meeting": meeting(next="own"), "own": work("end", team="own"), "end": END},
        teams=NAMED,
    )
    assert [row.resource for row in story.activities("own")] == ["team"]


def test_the_team_that_works_on_the_case_after_the_meeting_takes_it_over() -> None:
    """On day 2: half a day to get acquainted, and the first team has the case no longer."""
    story = tell(
        {
            "work": work("meeting"),
            "meeting": meeting(teams=["own", "second"], next="more"),
            "more": work("wait", team="second"),
            "wait": delay("end", 5),
            "end": END,
        },
        teams=NAMED,
        caseworking={"change_hours": 12, "completeness": {"change_loss": 0.1}},
    )
    assert story.when("more") == [(2, 2, 3.5)]
    assert [(row.time, row.outcome) for row in story.events("caseworker_change")] == [(2, "team_boundary")]
    assert [(row.outcome, row.since, row.time) for row in story.events("assigned")] == [
        ("team", 0, 2),
        ("second", 2, 8.5),
    ]


def test_a_team_that_is_meant_twice_comes_once() -> None:
    """The case's own team is the very team that is named."""
    steps = {"work": work("meeting"), "meeting": meeting(teams=["own", "team"]), "end": END}
    story = tell(steps, teams={"team": named_team()})
    assert story.when("meeting") == [(1, 1, 2)]


# -- others, who cannot always come ---------------------------------------------------------------------------------


def test_a_meeting_is_put_off_when_somebody_cannot_come() -> None:
    """Each of two can come every other time. Nobody is called before both can; each attempt is 3 days later."""
    story = tell(
        {"meeting": meeting(lead_days=5, outsiders={"family": 0.5, "school": 0.5}, postponed_days=3), "end": END},
        teams={"team": team(100), "second": team(100)},
        at=[0] * 100,
    )
    postponed = story.events("postponed")
    attempts: dict[int, int] = {}
    for row in postponed:
        assert row.time == row.since == 5 + 3 * attempts.get(row.case, 0)
        attempts[row.case] = attempts.get(row.case, 0) + 1
    assert {row.outcome for row in postponed} == {"family", "school"}
    # One in four can be held at the first attempt: three failures for each success, on average.
    assert len(postponed) / 100 == pytest.approx(3, abs=1)
    for row in story.activities("meeting"):
        assert (row.requested, row.started) == (5 + 3 * attempts.get(row.case, 0),) * 2


def test_the_same_persons_cannot_come_whatever_else_happens() -> None:
    def story(caseworkers: int) -> list[tuple[int, float, str]]:
        told = tell(
            {"meeting": meeting(outsiders={"family": 0.5}), "end": END},
            teams={"team": team(caseworkers), "second": team(caseworkers)},
            at=[0] * 40,
        )
        return [(row.case, row.time, row.outcome) for row in told.events("postponed")]

    assert story(1) == story(30) != []


def test_who_can_always_come_puts_nothing_off() -> None:
    with_family = tell({"meeting": meeting(outsiders={"family": 1}), "end": END}, teams=TEAMS)
    without = tell({"meeting": meeting(), "end": END}, teams=TEAMS)
    assert with_family.journal.digest() == without.journal.digest()


# -- meetings that come to nothing --------------------------------------------------------------------------------


def called_off(day: float, **settings: Any) -> Told:
    """Tell of a meeting of somebody who turns 18 on a day: everything under children's law is over then."""
    settings.setdefault("teams", TEAMS)
    main = {
        "meeting": meeting(hours=4 * DAY),
        "busy": work("end", team="second", hours=6 * DAY),
        "work": work("end"),
        "end": END,
    }
    return tell(
        tracks={
            "main": track(main),
            "adult": track({"none": END}, administration="adult", side="adult"),
        },
        arrivals={
            "people": people([2], entry="meeting", ages=turning_18_on(int(day), at=2)),
            "others": people([2.5], entry="work"),
            "busy": people([0 if settings.pop("busy", False) else 90], entry="busy"),
        },
        birthday=coming_of_age("adult.none"),
        **settings,
    )


def test_a_meeting_that_is_called_off_while_it_runs_is_over() -> None:
    """It began on day 2 and would have lasted until day 6; on day 5 both go back to work."""
    story = called_off(5)
    assert attended(story) == {"team": (2, 2, 5), "second": (2, 2, 5)}
    assert {row.hours for row in story.activities("meeting")} == {3 * DAY}
    assert story.when("work") == [(2.5, 5, 6)]


def test_a_meeting_that_is_called_off_while_one_waits_for_the_other() -> None:
    """The second is busy until day 6; the first has sat there since day 2."""
    story = called_off(5, busy=True)
    assert attended(story) == {"team": (2, 2, 5), "second": (2, None, None)}
    withdrawn = {row.resource: row.withdrawn for row in story.activities("meeting")}
    assert withdrawn == {"team": None, "second": 5}
    assert story.when("work") == [(2.5, 5, 6)]


def test_a_meeting_that_is_called_off_before_it_is_called() -> None:
    story = tell(
        tracks={
            "main": track({"meeting": meeting(lead_days=9), "end": END}),
            "adult": track({"none": END}, administration="adult", side="adult"),
        },
        arrivals={"people": people([0], ages=turning_18_on(5))},
        teams=TEAMS,
        birthday=coming_of_age("adult.none"),
    )
    assert story.activities("meeting") == []
    assert story.rows("cases")[0].left == 5


def test_a_meeting_that_runs_at_the_end() -> None:
    """Cut off on day 3: three days and two have been spent on it."""
    story = tell(
        {"meeting": meeting(hours=10 * DAY), "busy": work("end", team="second"), "end": END},
        teams=TEAMS,
        arrivals={"busy": people([0], entry="busy"), "people": people([0], entry="meeting")},
        days=3,
    )
    assert attended(story) == {"team": (0, 0, None), "second": (0, 1, None)}
    assert {row.resource: row.hours for row in story.activities("meeting")} == {"team": 3 * DAY, "second": 2 * DAY}


def test_a_meeting_that_waits_for_the_second_team_at_the_end() -> None:
    story = tell(
        {"meeting": meeting(), "busy": work("end", team="second", hours=9 * DAY), "end": END},
        teams=TEAMS,
        arrivals={"busy": people([0], entry="busy"), "people": people([0], entry="meeting")},
        days=3,
    )
    assert attended(story) == {"team": (0, 0, None), "second": (0, None, None)}
    assert {row.resource: row.hours for row in story.activities("meeting")} == {"team": 3 * DAY, "second": DAY}
