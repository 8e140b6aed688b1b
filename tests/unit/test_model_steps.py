"""What each kind of step does when a case comes to it."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_maps import (
    DAY,
    END,
    Told,
    delay,
    label,
    named_team,
    people,
    service,
    team,
    tell,
    track,
    turning_18_on,
    work,
)

pytestmark = pytest.mark.unit


def choice(split: Any, **settings: Any) -> dict[str, Any]:
    return {"kind": "choice", "split": split, **settings}


def came_to(story: Told, *steps: str) -> dict[str, int]:
    """Return how many activities there were at each of some steps."""
    return {step: len(story.activities(step)) for step in steps}


# -- work and delay -----------------------------------------------------------------------------------------------


def test_work_without_hours_takes_no_time() -> None:
    story = tell({"work": work("wait", hours=0), "wait": delay("end"), "end": END})
    assert story.when("work") == [(0, 0, 0)]
    assert story.when("wait") == [(0, 0, 1)]


def test_due_days_count_from_when_the_work_is_asked_for() -> None:
    story = tell({"wait": delay("work", 3), "work": work("end", due_days=10), "end": END})
    assert [row.due for row in story.activities("work")] == [13]


def test_work_is_due_by_its_clock_only_while_that_runs() -> None:
    steps = {
        "wait": delay("work", 3, starts=["limit"]),
        "work": work("more", due="limit", stops=["limit"]),
        "more": work("end", due="limit"),
        "end": END,
    }
    story = tell(steps, clocks={"limit": {"within": {"days": 30}}})
    assert [row.due for row in story.activities("work")] == [30]
    assert [row.due for row in story.activities("more")] == [None]


def test_hours_by_an_attribute() -> None:
    hours = {"by": "source", "values": {"light": 12, "other": 48}}
    story = tell(
        {"work": work("end", hours=hours), "end": END},
        arrivals={"light": people([0]), "heavy": people([10])},
    )
    assert [row.hours for row in story.activities("work")] == [12, 48]


def test_the_team_by_an_attribute() -> None:
    steps = {
        "where": choice({"left": 1}),
        "left": delay("work", 0, administration="adult"),
        "work": work("end", team={"by": "administration", "values": {"adult": "second", "other": "team"}}),
        "end": END,
    }
    story = tell(
        steps, arrivals={"a": people([0]), "b": people([0], entry="work")}, teams={"team": team(), "second": team()}
    )
    assert [(row.case, row.resource) for row in story.activities("work")] == [
        (0, "second"),
        (10_000_000, "team"),
    ]


def patience(at: list[float], days: float, **settings: Any) -> Told:
    return tell(
        {
            "work": work(
                "end", hours=3 * DAY, patience_days=days, gives_up_to="other", stops=["wait"], starts=["wait"]
            ),
            "other": delay("end", 5),
            "end": END,
        },
        at=at,
        clocks={"wait": {}},
        **settings,
    )


def test_who_loses_patience_goes_elsewhere() -> None:
    """Served on days 0 to 3; the second gives up on day 2.5, the third is served on day 3."""
    story = patience([0, 0.5, 1.5], 2)
    rows = [(row.started, row.finished, row.withdrawn) for row in story.activities("work")]
    assert rows == [(0, 3, None), (None, None, 2.5), (3, 6, None)]
    assert story.when("other") == [(2.5, 2.5, 7.5)]
    assert [(row.since, row.time, row.outcome) for row in story.events("wait")] == [
        (0, 3, "done"),
        (0.5, 2.5, "withdrawn"),
        (1.5, 6, "done"),
    ]


def test_nobody_loses_patience_once_the_work_has_begun() -> None:
    assert came_to(patience([0], 0.1), "work", "other") == {"work": 1, "other": 0}


def test_patience_runs_at_night_too() -> None:
    """Asked for at 20:00, patience of six hours: gone before the office opens."""
    story = patience([1 + 20 / 24], 0.25, teams={"team": team(calendar="office")})
    assert [row.withdrawn for row in story.activities("work")] == [pytest.approx(2 + 2 / 24)]


def test_a_delay() -> None:
    story = tell({"wait": delay("end", 7.5), "end": END}, at=[2])
    (row,) = story.activities("wait")
    assert (row.requested, row.started, row.finished, row.resource, row.worker, row.hours) == (2, 2, 9.5, None, -1, 0)
    assert story.rows("cases")[0].left == 9.5


def test_a_delay_that_is_not_over_at_the_end() -> None:
    assert tell({"wait": delay("end", 101), "end": END}).when("wait") == [(0, 0, None)]


def test_a_delay_of_no_days_is_passed_at_once() -> None:
    story = tell({"wait": delay("more", 0), "more": delay("end", 1), "end": END})
    assert story.activities("wait") == []
    assert story.when("more") == [(0, 0, 1)]


def test_a_delay_until_a_birthday() -> None:
    """18 on day 40: the one who comes on day 0 waits until then, the one who comes on day 45 waits three days."""
    story = tell(
        {"wait": delay("end", 3, until_age=18), "end": END},
        arrivals={
            "before": people([0], ages=turning_18_on(40)),
            "after": people([45], ages=turning_18_on(40, at=45)),
        },
    )
    assert story.when("wait") == [(0, 0, 40), (45, 45, 48)]


# -- what is written down -----------------------------------------------------------------------------------------


def test_a_step_records_an_event_and_makes_another_administration_responsible() -> None:
    steps = {
        "wait": delay("handover", 2),
        "handover": delay("work", 1, record="sent_on", administration="adult"),
        "work": work("end", starts=["clock"]),
        "end": END,
    }
    story = tell(steps, clocks={"clock": {}})
    (event,) = story.events("sent_on")
    assert (event.since, event.time, event.administration, event.outcome, event.track) == (
        2,
        2,
        "adult",
        "done",
        "main",
    )
    assert [row.administration for row in story.events("clock")] == ["adult"]


def clock(**settings: Any) -> Any:
    """Return since, time, due and outcome of a clock that runs from day 2 to day 5."""
    steps = {
        "wait": delay("more", 2),
        "more": delay("end", 3, starts=["clock"], stops=["clock"]),
        "end": END,
    }
    age = settings.pop("turning_18_on", 50)
    story = tell(steps, clocks={"clock": settings}, arrivals={"people": people([0], ages=turning_18_on(age))})
    (row,) = story.events("clock")
    return row.since, row.time, row.due, row.outcome


def test_a_clock_from_now() -> None:
    assert clock() == (2, 5, None, "done")
    assert clock(within={"days": 10}) == (2, 5, 12, "done")


def test_a_clock_from_awareness() -> None:
    assert clock(since="awareness", within={"months": 4}) == (0, 5, 121, "done")


def test_a_clock_from_the_birthday() -> None:
    assert clock(since="birthday", within={"days": 10}) == (50, 5, 60, "done")


def test_a_clock_with_a_deadline_before_the_birthday() -> None:
    """Day 182 is 1 July: six months earlier is 1 January."""
    assert clock(before_birthday_months=6, turning_18_on=182) == (2, 5, 0, "done")


def test_awareness_can_begin_anew() -> None:
    steps = {
        "wait": delay("aware", 2),
        "aware": delay("end", 3, aware=True, starts=["clock"], stops=["clock"]),
        "end": END,
    }
    story = tell(steps, clocks={"clock": {"since": "awareness", "within": {"days": 10}}})
    assert [(row.since, row.due) for row in story.events("clock")] == [(2, 12)]


def test_a_clock_that_runs_is_not_started_again() -> None:
    """Two steps start it; the case waits once, from the first of them on."""
    steps = {
        "start": delay("more", 3, starts=["clock"]),
        "more": delay("end", 2, starts=["clock"], stops=["clock"]),
        "end": END,
    }
    story = tell(steps, clocks={"clock": {"within": {"days": 30}}})
    assert [(row.since, row.time, row.due) for row in story.events("clock")] == [(0, 5, 30)]


def test_a_clock_that_nobody_stopped_ends_with_the_case() -> None:
    story = tell({"wait": delay("end", 3, starts=["clock"]), "end": END}, clocks={"clock": {}})
    assert [(row.time, row.outcome) for row in story.events("clock")] == [(3, "withdrawn")]


def test_a_clock_that_runs_at_the_end() -> None:
    story = tell({"wait": delay("end", 300, starts=["clock"]), "end": END}, clocks={"clock": {}})
    assert [(row.time, row.outcome) for row in story.events("clock")] == [(None, "none")]


def test_the_end_says_how_it_ended() -> None:
    steps = {
        "wait": delay("end", 3, starts=["clock"]),
        "end": {"kind": "end", "outcome": "settled", "stops": ["clock"]},
    }
    story = tell(steps, clocks={"clock": {}})
    assert [(row.time, row.outcome) for row in story.events("clock")] == [(3, "settled")]


# -- choices ------------------------------------------------------------------------------------------------------

ENDS = {"left": delay("end"), "right": delay("end"), "end": END}


def test_a_choice_by_probability() -> None:
    """1,000 cases, 30 %: 300, give or take four standard deviations of 14.5."""
    story = tell({"which": choice({"left": 0.3, "right": "rest"}), **ENDS}, at=[0] * 1000)
    counts = came_to(story, "left", "right")
    assert sum(counts.values()) == 1000
    assert 242 < counts["left"] < 358


def chosen(by: str, values: dict[str, str], steps: dict[str, Any] | None = None, **settings: Any) -> dict[str, int]:
    split = {"by": by, "values": {value: {target: 1} for value, target in values.items()}}
    story = tell({**(steps or {}), "which": choice(split), **ENDS}, **settings)
    return came_to(story, "left", "right")


def test_a_choice_by_profile() -> None:
    profiles = {name: {"label": label(name)} for name in ("plain", "complex")}
    arrivals = {"a": people([0]), "b": people([0, 0], profiles={"complex": 1})}
    values = {"plain": "left", "complex": "right"}
    assert chosen("profile", values, profiles=profiles, arrivals=arrivals) == {"left": 1, "right": 2}


def test_a_choice_by_level() -> None:
    arrivals = {"a": people([0]), "b": people([0, 0], levels={"4": 1})}
    assert chosen("level", {"4": "right", "other": "left"}, arrivals=arrivals) == {"left": 1, "right": 2}


def test_a_choice_by_source() -> None:
    arrivals = {"a": people([0]), "b": people([0, 0])}
    assert chosen("source", {"a": "left", "b": "right"}, arrivals=arrivals) == {"left": 1, "right": 2}


def test_a_choice_by_age_band() -> None:
    """On day 5, after the birthday on day 4 and before that on day 6."""
    arrivals = {
        "grown": people([0], ages=turning_18_on(4)),
        "young": people([0, 0], ages=turning_18_on(8)),
    }
    bands = {"child": 0, "adult": 18}
    first = {"wait": delay("which", 5)}
    counts = chosen("age_band", {"adult": "left", "child": "right"}, first, arrivals=arrivals, age_bands=bands)
    assert counts == {"left": 1, "right": 2}


def test_a_choice_by_administration() -> None:
    arrivals = {"a": people([0], entry="over"), "b": people([0, 0], entry="which")}
    first = {"over": delay("which", 0, administration="adult")}
    counts = chosen("administration", {"adult": "left", "child": "right"}, first, arrivals=arrivals)
    assert counts == {"left": 1, "right": 2}


def test_a_choice_by_service() -> None:
    arrivals = {"a": people([0], entry="support"), "b": people([0, 0], entry="which")}
    first = {"support": {"kind": "service", "service": "support", "next": "which"}}
    services = {"support": service(1 / 365.25)}
    counts = chosen("service", {"support": "left", "other": "right"}, first, arrivals=arrivals, services=services)
    assert counts == {"left": 1, "right": 2}


def test_a_choice_by_whether_there_is_another_open_case() -> None:
    """The child comes on days 0 and 2. The second time the first matter is still open."""
    story = tell(
        {
            "which": choice({"by": "open_case", "values": {"no": {"left": 1}, "yes": {"right": 1}}}),
            **ENDS,
            "left": delay("end", 9),
        },
        arrivals={"people": people([0], repeats={"probability": 1, "gap_days": 2})},
        days=3,
    )
    assert came_to(story, "left", "right") == {"left": 1, "right": 1}


def test_a_choice_by_track() -> None:
    story = tell(
        tracks={
            "main": track({"on": delay("shared.which", 0)}),
            "other": track({"on": delay("shared.which", 0)}),
            "shared": track(
                {"which": choice({"by": "track", "values": {"shared": {"left": 1}, "other": {"right": 1}}}), **ENDS}
            ),
        },
        arrivals={"a": people([0]), "b": people([0], track="other")},
    )
    # A case is in the track of the step where it is.
    assert came_to(story, "shared.left", "shared.right") == {"shared.left": 2, "shared.right": 0}


TILTED = {"split": {"left": 0.5, "right": 0.5}, "tilt": {"reference": 0.95, "outcomes": {"right": 1000}}}


def tilted(loss: float) -> dict[str, int]:
    """Return where 20 cases go after a change of caseworker, if right is for those with bad files."""
    steps = {"work": work("more"), "more": work("which", team="second"), "which": {"kind": "choice", **TILTED}, **ENDS}
    story = tell(
        steps,
        at=[0] * 20,
        teams={"team": named_team(20), "second": named_team(20)},
        caseworking={"change_hours": 0, "completeness": {"change_loss": loss}},
    )
    return came_to(story, "left", "right")


def test_the_file_decides_where_the_odds_depend_on_it() -> None:
    """Complete (1.0) is better than the reference of 0.95; what a change of caseworker leaves of it is worse."""
    assert tilted(loss=0) == {"left": 20, "right": 0}
    assert tilted(loss=0.1) == {"left": 0, "right": 20}


def test_at_the_reference_the_odds_are_as_given() -> None:
    """Half of 400, give or take four standard deviations of 10; the very cases that the plain choice takes there."""

    def lefts(**tilt: Any) -> set[int]:
        story = tell({"which": choice({"left": 0.5, "right": 0.5}, **tilt), **ENDS}, at=[0] * 400)
        return {row.case for row in story.activities("left")}

    plain = lefts()
    assert lefts(tilt={"reference": 1.0, "outcomes": {"right": 1000}}) == plain
    assert 160 < len(plain) < 240


def test_a_tilt_multiplies_the_odds() -> None:
    """Odds of 1:1, log-odds up by 0.8 x 2.5 = 2 for files that lack 0.8: a share of e²/(1 + e²) = 0.88."""
    steps = {
        "which": choice({"left": 0.5, "right": 0.5}, tilt={"reference": 1.0, "outcomes": {"right": 2.5}}),
        **ENDS,
    }
    story = tell(
        {"work": work("more", hours=0), "more": work("which", hours=0, team="second"), **steps},
        at=[0] * 1000,
        teams={"team": named_team(), "second": named_team()},
        caseworking={"change_hours": 0, "completeness": {"change_loss": 0.8}},
    )
    assert len(story.activities("right")) == pytest.approx(881, abs=4 * 10.3)


def test_a_long_chain_of_steps_that_take_no_time() -> None:
    """One step more than there is room for on the stack."""
    steps = {f"step_{n}": delay(f"step_{n + 1}", 0) for n in range(1500)}
    story = tell({**steps, "step_1500": delay("end", 1), "end": END})
    assert story.when("step_1500") == [(0, 0, 1)]


def test_a_case_that_goes_on_in_another_track_is_counted_there() -> None:
    story = tell(
        tracks={
            "main": track({"wait": delay("other.work", 2)}),
            "other": track({"work": work("end", starts=["clock"]), "end": END}, administration="adult"),
        },
        clocks={"clock": {}},
    )
    assert [row.track for row in story.activities("other.work")] == ["other"]
    assert [(row.track, row.administration) for row in story.events("clock")] == [("other", "child")]
