"""What waiting does: needs grow, emergencies happen, families give up or pay themselves.

Times at a rate are drawn from addressed exponentials: a test looks up the draw of the person it is about. ``patience``
is the section of all tests. The first person has number 0.
"""

from __future__ import annotations

from typing import Any

import pytest
from growing_up import BIRTHDAY, DAY_MONTH_BEFORE, MONTH_BEFORE, live, service_step
from tiny_maps import (
    DAY,
    END,
    Told,
    delay,
    label,
    named_team,
    people,
    service,
    small_map,
    tell,
    told,
    track,
    traits,
    turning_18_on,
    work,
)

from sim.model.draws import Draws
from sim.model.waiting import RISES_ROOM
from sim.scenario.durations import Exponential

pytestmark = pytest.mark.unit

MONTH = 30.4375
HELP = {"kind": "service", "service": "help", "next": "end"}
CLOCKS: dict[str, Any] = {"waited": {}}
KNOWN_FOR_20_DAYS = {"count": 1, "track": "main", "step": "waiting", "days_since_request": 20, "clocks": ["waited"],
                     **traits(people())}  # fmt: skip
"""Somebody whose matter is open on day 0."""
OFFERS = {"table": {"mild": {"levels": [1, 2], "split": {"help": 1}}, "grave": {"split": {"more": 1}}}}


def at_rate(rate: float, *, risk: str = "level_rises", number: int = 0, visit: int = 0, rises: int = 0) -> float:
    """Return after how many days something happens that has a rate per month."""
    unit = Exponential(distribution="exponential", mean=1)
    address = visit * RISES_ROOM + rises if risk == "level_rises" else visit
    return Draws(0, 0).duration(f"waiting.patience.{risk}", unit)(number, address) * (MONTH / rate)


def section(**settings: Any) -> dict[str, Any]:
    return {"patience": {"clock": "waited", **settings}}


def services(lead: float = 0) -> dict[str, Any]:
    suppliers = {"own": {"kind": "internal", "lead_days": lead}}
    return {"help": service(1, suppliers=suppliers), "more": service(1, suppliers=suppliers)}


def wait_for_help(waits: float = 50, **settings: Any) -> Told:
    """Somebody waits for some days, from day 0, and then has help."""
    steps = {"waiting": delay("help", waits, starts=["waited"]), "help": HELP, "end": END}
    return tell(steps, **{"services": services(), "clocks": CLOCKS, **settings})


def rises(story: Told, **wanted: Any) -> list[tuple[float, str]]:
    return [(row.time, row.outcome) for row in story.events("need_rises", **wanted)]


# -- needs that grow ----------------------------------------------------------------------------------------------


def test_the_need_rises_after_an_exponential_time() -> None:
    """From level 2 to 3, and from 3 to 4 after a further time; then it is as high as it gets."""
    first = at_rate(4)
    second = first + at_rate(4, rises=1)
    story = wait_for_help(90, waiting=section(level_rises_per_month=4))
    assert second < 90, "the test shows both"
    assert rises(story) == [(first, "3"), (second, "4")]


def test_what_starts_after_a_rise_is_delivered_at_the_new_level() -> None:
    """The journal says with which level the person came, and with which the service started."""
    story = wait_for_help(90, waiting=section(level_rises_per_month=4))
    assert [(row.start, row.level) for row in story.spells()] == [(90, 4)]
    assert [row.level for row in story.rows("cases")] == [2]


def test_a_month_is_a_twelfth_of_a_year() -> None:
    assert pytest.approx(365.25 / 12) == MONTH
    slow, fast = (rises(wait_for_help(99, waiting=section(level_rises_per_month=rate)))[0][0] for rate in (2, 4))
    assert slow == pytest.approx(2 * fast)


def test_nobody_rises_above_level_4() -> None:
    arrivals = {"people": people([0], levels={"4": 1})}
    story = wait_for_help(90, waiting=section(level_rises_per_month=40), arrivals=arrivals)
    assert rises(story) == []
    assert [row.level for row in story.spells()] == [4]


def test_the_rate_of_the_level_reached_applies() -> None:
    """Fast from 2 to 3, and not any further."""
    rates = {"by": "level", "values": {"2": 4, "other": 0}}
    assert rises(wait_for_help(90, waiting=section(level_rises_per_month=rates))) == [(at_rate(4), "3")]


def test_the_wait_is_over_when_the_service_starts() -> None:
    """A month before it would have risen next, and a day before."""
    first = at_rate(4)
    story = wait_for_help(first - 1, waiting=section(level_rises_per_month=4))
    assert rises(story) == []
    assert [row.level for row in story.spells()] == [2]


def test_waiting_for_a_place_is_waiting_too() -> None:
    """Nothing to do until the place is found, which takes 50 days: the spell's level is that of its start."""
    first, second = at_rate(4), at_rate(4) + at_rate(4, rises=1)
    steps = {"help": {**HELP, "starts": ["waited"]}, "end": END}
    story = tell(steps, services=services(90), clocks=CLOCKS, waiting=section(level_rises_per_month=4))
    assert rises(story) == [(first, "3"), (second, "4")]
    assert [(row.decided, row.start, row.level) for row in story.spells()] == [(0, 90, 4)]


def test_a_clock_that_stops_does_not_end_the_wait_for_a_service() -> None:
    story = tell(
        {"first": delay("second", 1, starts=["waited"], stops=["waited"]), "second": delay("help", 80), "help": HELP,
         "end": END},
        services=services(), clocks=CLOCKS, waiting=section(level_rises_per_month=4),
    )  # fmt: skip
    assert [time for time, _ in rises(story)] == [at_rate(4), at_rate(4) + at_rate(4, rises=1)]


def test_a_wait_until_the_clock_stops() -> None:
    first = at_rate(4)
    steps = {
        "first": delay("second", first + 0.5, starts=["waited"], stops=["waited"]),
        "second": delay("help", 60),
        "help": HELP,
        "end": END,
    }
    story = tell(steps, services=services(), clocks=CLOCKS, waiting=section(until="clock", level_rises_per_month=4))
    assert rises(story) == [(first, "3")]


def test_a_wait_is_over_when_the_way_ends() -> None:
    steps = {"first": delay("end", 1, starts=["waited"]), "end": END}
    story = tell(steps, clocks=CLOCKS, waiting=section(level_rises_per_month=4, withdraws_per_month=4))
    assert rises(story) == []
    assert story.events("withdrawn_waiting") == []


def test_a_clock_that_starts_again_meanwhile_begins_no_second_wait() -> None:
    """It stops on day 1 and starts again on day 2: the wait for help is one and the same."""
    story = tell(
        {"first": delay("between", 1, starts=["waited"], stops=["waited"]), "between": delay("again", 1),
         "again": delay("help", 60, starts=["waited"]), "help": HELP, "end": END},
        services=services(), clocks=CLOCKS, waiting=section(level_rises_per_month=4),
    )  # fmt: skip
    assert len(story.events("waited")) == 2
    assert rises(story)[0] == (at_rate(4), "3")


def test_who_waits_a_second_time_has_a_wait_of_its_own() -> None:
    """Help from day 1 to day 2, and waiting anew from day 2 on."""
    steps = {
        "first": delay("help", 1, starts=["waited"], stops=["waited"]),
        "help": {**HELP, "next": "again"},
        "again": delay("end", 90, starts=["waited"], stops=["waited"]),
        "end": END,
    }
    story = tell(steps, services={"help": service(1 / 365.25)}, clocks=CLOCKS, waiting=section(level_rises_per_month=4))
    assert rises(story)[0] == (pytest.approx(2 + at_rate(4, visit=1)), "3")


def test_matters_that_are_open_on_day_0_wait_too() -> None:
    steps = {"first": delay("waiting", 1, starts=["waited"]), "waiting": delay("help", 50), "help": HELP, "end": END}
    story = tell(steps, at=[], services=services(), clocks=CLOCKS, waiting=section(level_rises_per_month=4),
                 initial_matters={"open": KNOWN_FOR_20_DAYS})  # fmt: skip
    number = story.rows("cases")[0].case
    assert rises(story)[0] == (at_rate(4, number=number), "3")


def test_two_sections_with_the_same_clock_work_side_by_side() -> None:
    """Each has draws of its own; a rise under the one changes the rate by level under the other."""
    both = {
        "patience": {"clock": "waited", "level_rises_per_month": {"by": "level", "values": {"2": 4, "other": 0}}},
        "temper": {"clock": "waited", "withdraws_per_month": {"by": "level", "values": {"2": 0, "other": 4}}},
    }
    story = wait_for_help(99, waiting=both)
    unit = Draws(0, 0).duration("waiting.temper.withdraws", Exponential(distribution="exponential", mean=1))(0, 0)
    assert [row.time for row in story.events("withdrawn_waiting")] == [pytest.approx(at_rate(4) + unit * (MONTH / 4))]


def test_a_decision_grants_what_the_need_has_become() -> None:
    steps = {
        "waiting": delay("decide", 50, starts=["waited"]),
        "decide": {"kind": "decision", "split": {"granted": 1}, "offers": "table", "granted": "served",
                   "partly": "served", "refused": "end"},
        "served": {"kind": "service", "next": "end"},
        "end": END,
    }  # fmt: skip
    told_with = {
        rate: tell(
            steps, services=services(), offers=OFFERS, clocks=CLOCKS, waiting=section(level_rises_per_month=rate)
        )
        for rate in (0, 4)
    }
    assert [row.service for row in told_with[0].spells()] == ["help"]
    assert [row.service for row in told_with[4].spells()] == ["more"]


def test_what_was_granted_before_a_rise_stays_granted() -> None:
    """Help for level 2 is granted on day 0; at its start on day 50 the level is higher, and the service the same."""
    steps = {
        "decide": {"kind": "decision", "split": {"granted": 1}, "offers": "table", "granted": "served",
                   "partly": "served", "refused": "end", "starts": ["waited"]},
        "served": {"kind": "service", "next": "end"},
        "end": END,
    }  # fmt: skip
    story = tell(steps, services=services(90), offers=OFFERS, clocks=CLOCKS, waiting=section(level_rises_per_month=4))
    assert [(row.service, row.start, row.level) for row in story.spells()] == [("help", 90, 4)]


def test_what_stands_in_for_a_service_has_its_level() -> None:
    """Level 3 when the service starts on day 30; bridging from the 18th birthday on is bridging of that."""
    child = {"waiting": delay("support", 30, starts=["waited"]), "support": service_step("support"), "end": END}
    rates = {"by": "level", "values": {"2": 4, "other": 0}}
    waiting = section(level_rises_per_month=rates)
    story = live(child=child, clocks=CLOCKS, waiting=waiting, meanwhile="bridging")
    assert [(row.kind, row.start, row.level) for row in story.spells()][:2] == [
        ("ordinary", 30, 3),
        ("bridging", BIRTHDAY, 3),
    ]


# -- emergencies --------------------------------------------------------------------------------------------------

EMERGENCY = {"kind": "service", "service": "shelter", "next": "end"}


def emergency(steps: dict[str, Any], share: Any = 1, rate: float = 4, **settings: Any) -> Told:
    """Tell of somebody whose need rises so much that help cannot wait."""
    given = {
        "services": {**services(), "shelter": service(1)},
        "clocks": CLOCKS,
        "waiting": section(level_rises_per_month=rate, acute={"share": share, "to": "main.shelter"}),
    }
    return tell({**steps, "shelter": EMERGENCY, "help": HELP, "end": END}, **{**given, **settings})


WAITING = {"waiting": delay("help", 80, starts=["waited"])}


def test_an_emergency_moves_the_case_at_once() -> None:
    """What it was waiting for is called off, its clock is closed, and help comes at the level that it has risen to."""
    time = at_rate(4)
    story = emergency(WAITING)
    assert rises(story) == [(time, "3")]
    assert [row.time for row in story.events("emergency")] == [time]
    assert [(row.time, row.outcome) for row in story.events("waited")] == [(time, "withdrawn")]
    (pause,) = story.activities("waiting")
    assert (pause.finished, pause.withdrawn) == (None, time)
    assert [(row.service, row.decided, row.start, row.level) for row in story.spells()] == [("shelter", time, time, 3)]


def test_a_rise_need_not_be_an_emergency() -> None:
    """Only what rises to level 4 is one here."""
    story = emergency(WAITING, share={"by": "level", "values": {"4": 1, "other": 0}})
    second = at_rate(4) + at_rate(4, rises=1)
    assert [row.time for row in story.events("emergency")] == [second]
    assert [time for time, _ in rises(story)] == [at_rate(4), second]


def test_at_level_4_the_need_cannot_rise_but_become_an_emergency() -> None:
    story = emergency(WAITING, arrivals={"people": people([0], levels={"4": 1})})
    assert rises(story) == []
    assert [row.time for row in story.events("emergency")] == [at_rate(4)]


def test_work_that_has_not_begun_is_called_off() -> None:
    """The only caseworker is busy until day 60."""
    arrivals = {"busy": people([0], entry="busy"), "people": people([0], entry="work")}
    steps = {"busy": work("end", hours=60 * DAY), "work": work("help", starts=["waited"])}
    story = emergency(steps, arrivals=arrivals)
    number = 10_000_000
    (row,) = story.activities("work")
    assert (row.started, row.withdrawn) == (None, at_rate(4, number=number))


@pytest.mark.parametrize("team", [named_team(), None], ids=["named", "pooled"])
def test_work_that_has_begun_is_finished_but_does_not_move_the_case(team: dict[str, Any] | None) -> None:
    """Work from day 0 to day 60, an emergency meanwhile: afterwards there is nothing but the shelter."""
    teams = {} if team is None else {"teams": {"team": team}}
    story = emergency({"work": work("help", hours=60 * DAY, starts=["waited"])}, **teams)
    assert story.when("work") == [(0, 0, 60)]
    assert [(row.service, row.start, row.end) for row in story.spells()] == [("shelter", at_rate(4), None)]
    assert story.rows("cases")[0].left is None


def test_work_that_has_begun_does_not_move_a_case_that_waits_elsewhere() -> None:
    """The shelter is a further delay of 90 days: finishing the work on day 60 must not cut it short."""
    steps = {"work": work("help", hours=60 * DAY, starts=["waited"]), "shelter_late": delay("shelter", 90)}
    waiting = section(level_rises_per_month=4, acute={"share": 1, "to": "main.shelter_late"})
    story = emergency(steps, waiting=waiting, days=200)
    assert [(row.service, row.start) for row in story.spells()] == [("shelter", at_rate(4) + 90)]


def test_a_place_that_is_waited_for_is_given_up() -> None:
    """Somebody else gets it."""
    suppliers = {"own": {"kind": "internal", "places": 1}}
    given = {"help": service(20 / 365.25, suppliers=suppliers), "shelter": service(1)}
    steps = {"waiting": {**HELP, "starts": ["waited"]}}
    arrivals = {
        "first": people([0], entry="help"),
        "second": people([1]),
        "third": people([2], entry="help"),
    }
    time = 1 + at_rate(40, number=10_000_000)
    assert time < 20, "the emergency comes while the place is waited for"
    story = emergency(steps, rate=40, services=given, arrivals=arrivals)
    first, second, third, shelter = story.spells()
    assert (second.start, second.withdrawn) == (None, pytest.approx(time))
    assert (shelter.service, shelter.case, shelter.start) == ("shelter", second.case, pytest.approx(time))
    assert (first.end, third.start) == (pytest.approx(20), pytest.approx(20))


def test_a_meeting_is_called_off() -> None:
    """The second caseworker never comes; the first goes back to other work at the moment of the emergency."""
    teams = {"team": named_team(), "second": named_team()}
    steps = {
        "meet": {"kind": "meeting", "teams": ["team", "second"], "hours": 1, "starts": ["waited"], "next": "help"},
        "busy": work("end", team="second", hours=90 * DAY),
        "other": work("end"),
    }
    arrivals = {"busy": people([0], entry="busy"), "people": people([0]), "other": people([1], entry="other")}
    story = emergency(steps, teams=teams, arrivals=arrivals)
    time = at_rate(4, number=10_000_000)
    assert [row.time for row in story.events("emergency")] == [time]
    assert story.when("other") == [(1, time, time + 1)]


def test_an_emergency_ends_the_wait() -> None:
    """Nothing further happens on the way to the shelter, unless a clock is started anew."""
    steps = {**WAITING, "shelter_late": delay("shelter", 90)}
    waiting = section(level_rises_per_month=40, acute={"share": 1, "to": "main.shelter_late"})
    story = emergency(steps, waiting=waiting, days=200)
    assert len(story.events("emergency")) == 1
    assert len(rises(story)) == 1


def test_a_clock_that_starts_after_an_emergency_begins_a_new_wait() -> None:
    """On the way to the shelter the need rises by the second wait's draw, and that is an emergency again."""
    steps = {**WAITING, "shelter_late": delay("shelter", 90, starts=["waited"])}
    waiting = section(
        level_rises_per_month=4,
        acute={"share": {"by": "level", "values": {"3": 1, "other": 0}}, "to": "main.shelter_late"},
    )
    story = emergency(steps, waiting=waiting, days=200)
    first = at_rate(4)
    second = first + at_rate(4, visit=1)
    assert rises(story) == [(first, "3"), (pytest.approx(second), "4")]
    assert [(row.since, row.time) for row in story.events("waited")] == [(0, first), (first, None)]


# -- families who give up -----------------------------------------------------------------------------------------


def test_families_give_up() -> None:
    time = at_rate(4, risk="withdraws")
    story = wait_for_help(99, waiting=section(withdraws_per_month=4))
    assert time < 99
    assert [(row.time, row.outcome) for row in story.events("withdrawn_waiting")] == [(time, "done")]
    assert [(row.time, row.outcome) for row in story.events("waited")] == [(time, "withdrawn")]
    assert story.spells() == []
    assert story.rows("cases")[0].left == time


def test_nobody_gives_up_who_has_help() -> None:
    time = at_rate(4, risk="withdraws")
    story = wait_for_help(time - 0.5, waiting=section(withdraws_per_month=4))
    assert story.events("withdrawn_waiting") == []
    assert [row.start for row in story.spells()] == [time - 0.5]


def test_a_rate_by_level_changes_when_the_level_does() -> None:
    """Twice the rate after the rise: what is left of the time until the family gives up passes twice as fast."""
    rise, unhurried = at_rate(4), at_rate(1, risk="withdraws")
    assert rise < unhurried
    waiting = section(
        level_rises_per_month={"by": "level", "values": {"2": 4, "other": 0}},
        withdraws_per_month={"by": "level", "values": {"2": 1, "other": 2}},
    )
    story = wait_for_help(200, waiting=waiting, days=250)
    (event,) = story.events("withdrawn_waiting")
    assert event.time == pytest.approx(rise + (unhurried - rise) / 2)


# -- families who pay ---------------------------------------------------------------------------------------------

DECISION = {"kind": "decision", "split": {"granted": 1}, "offers": "table", "granted": "served", "partly": "served",
            "refused": "end", "stops": ["waited"]}  # fmt: skip
SELF_PAY = {"share": 1, "after_days": 30, "decision": "main.decide"}


def paying(days: float = 50, lead: float = 20, self_pay: Any = SELF_PAY, more: Any = None, **settings: Any) -> Told:
    """Tell of a decision after some days, and a service that starts some further days later."""
    steps = {
        "waiting": delay("decide", days, starts=["waited"]),
        "decide": DECISION,
        "served": {"kind": "service", "next": "end"},
        "end": END,
    }
    waiting = section(self_pay=self_pay, **(more or {}))
    given = {"services": services(lead), "offers": OFFERS, "clocks": CLOCKS, "waiting": waiting}
    return tell(steps, **{**given, **settings})


def bought(story: Told, kind: str = "self_pay") -> list[tuple[str, float, float | None]]:
    return [(row.service, row.start, row.end) for row in story.spells(kind=kind)]


def test_a_family_pays_until_the_service_starts() -> None:
    """After 30 days of waiting, until the service starts on day 70."""
    story = paying()
    assert bought(story) == [("help", 30, 70)]
    (row,) = story.spells(kind="self_pay")
    assert (row.payer, row.supplier, row.level, row.track, row.asked) == ("family", None, 2, "main", None)
    assert bought(story, "ordinary") == [("help", 70, None)]


def test_nobody_pays_who_does_not_wait_that_long() -> None:
    assert bought(paying(days=9, lead=20)) == []


def test_a_family_that_waits_until_the_simulation_ends_is_still_paying() -> None:
    assert bought(paying(days=500)) == [("help", 30, None)]


def test_it_buys_what_the_decision_will_grant() -> None:
    """Half of the persons get the one, half the other: each buys what it gets."""
    offers = {"table": {"all": {"split": {"help": 0.5, "more": 0.5}}}}
    story = paying(offers=offers, arrivals={"people": people([0] * 40)})
    wanted = {row.case: row.service for row in story.spells(kind="ordinary")}
    assert {row.case: row.service for row in story.spells(kind="self_pay")} == wanted
    assert set(wanted.values()) == {"help", "more"}


def test_it_buys_for_the_level_that_it_has_then() -> None:
    rise = at_rate(4)
    assert rise < 30
    story = paying(more={"level_rises_per_month": {"by": "level", "values": {"2": 4, "other": 0}}})
    assert bought(story) == [("more", 30, 70)]
    assert [row.level for row in story.spells(kind="self_pay")] == [3]


def test_a_share_pays() -> None:
    share = Draws(0, 0).uniform("waiting.patience.self_pay.share")
    story = paying(self_pay={**SELF_PAY, "share": 0.4}, arrivals={"people": people([0] * 50)})
    payers = {row.case for row in story.spells(kind="self_pay")}
    assert payers == {number for number in range(50) if share(number, 0) < 0.4}
    assert 0 < len(payers) < 50


def test_days_before_day_0_count_as_the_clock_counts_them() -> None:
    """Known for 20 days on day 0, and 30 on day 10, where the clock counts from awareness."""
    clocks = {"waited": {"since": "awareness"}}
    story = paying(clocks=clocks, at=[], initial_matters={"open": KNOWN_FOR_20_DAYS})
    assert bought(story) == [("help", 10, 70)]


def test_nobody_buys_help_who_has_a_service() -> None:
    """Notified again on day 40, when the first service runs."""
    arrivals = {"people": people([0], repeats={"probability": 1, "gap_days": 40})}
    story = paying(days=1, lead=0, arrivals=arrivals, self_pay={**SELF_PAY, "after_days": 0.5})
    assert bought(story)[0] == ("help", 0.5, 1)
    assert len(bought(story)) == 1


def test_what_a_family_buys_ends_when_another_way_brings_a_service() -> None:
    """Two matters about one child: the family pays in the second until the service of the first starts, on day 70."""
    arrivals = {"people": people([0], repeats={"probability": 1, "gap_days": 60})}
    self_pay = {**SELF_PAY, "after_days": 5, "share": {"by": "open_case", "values": {"no": 0, "yes": 1}}}
    story = paying(arrivals=arrivals, self_pay=self_pay, days=50, lead=20)
    assert bought(story)[0] == ("help", 65, 70)


def test_a_family_buys_once_for_one_person() -> None:
    """Two matters about one child, both waiting."""
    arrivals = {"people": people([0], repeats={"probability": 1, "gap_days": 31})}
    story = paying(days=70, lead=0, arrivals=arrivals)
    assert bought(story)[0] == ("help", 30, 70)
    assert len([row for row in bought(story) if row[1] < 70]) == 1


@pytest.mark.parametrize(
    ("meanwhile", "paid"),
    [("nothing", [("adult_support", 59, 79)]), ("bridging", []), ("self_pay", [("support", BIRTHDAY, 79)])],
)
def test_growing_up(meanwhile: str, paid: list[tuple[str, float, float]]) -> None:
    """Applied for on day 9, 18 on day 40, decided on day 79.

    Nobody buys while the service of childhood goes on, nor when something stands in for it.
    """
    assert DAY_MONTH_BEFORE == 9
    adult = {
        "application": delay("decide", 70, starts=["waited"]),
        "decide": {**DECISION, "granted": "support", "partly": "support", "offers": "adult"},
        "support": service_step("adult_support"),
        "end": END,
    }
    waiting = section(self_pay={"share": 1, "after_days": 50, "decision": "adult.decide"})
    early = section(self_pay={"share": 1, "after_days": 20, "decision": "adult.decide"})
    given = {
        "adult": adult,
        "offers": {"adult": {"all": {"split": {"adult_support": 1}}}},
        "clocks": CLOCKS,
        "meanwhile": meanwhile,
        "planning": 18 - 1 / 12,
    }
    assert bought(live(**given, waiting=waiting)) == paid
    assert [row.start for row in live(**given, waiting=early).spells(kind="self_pay", service="adult_support")] == []


def test_paying_ends_with_an_emergency() -> None:
    """Though the shelter is a day away."""
    time = at_rate(0.4)
    assert 30 < time < 70
    steps = {
        "waiting": delay("decide", 90, starts=["waited"]),
        "decide": DECISION,
        "served": {"kind": "service", "next": "end"},
        "shelter_late": delay("shelter", 1),
        "shelter": EMERGENCY,
        "end": END,
    }
    waiting = section(level_rises_per_month=0.4, acute={"share": 1, "to": "main.shelter_late"}, self_pay=SELF_PAY)
    given = {**services(), "shelter": service(1)}
    story = tell(steps, offers=OFFERS, clocks=CLOCKS, services=given, waiting=waiting)
    assert bought(story) == [("help", 30, time)]
    assert bought(story, "ordinary") == [("shelter", time + 1, None)]


def test_paid_back_with_the_outcome_of_the_clock() -> None:
    """The decision of day 50 grants; the service starts on day 70, and then the family gets its money back."""
    story = paying(self_pay={**SELF_PAY, "reimbursed": ["granted"]})
    assert bought(story) == bought(story, "reimbursed") == [("help", 30, 70)]
    assert [(row.time, row.administration) for row in story.events("reimbursed")] == [(70, "child")]
    (row,) = story.spells(kind="reimbursed")
    assert (row.payer, row.level, row.supplier) == ("child", 2, None)


def test_not_paid_back_with_another_outcome() -> None:
    story = paying(self_pay={**SELF_PAY, "reimbursed": ["refused"]})
    assert bought(story, "reimbursed") == []
    assert story.events("reimbursed") == []


# -- appeals ------------------------------------------------------------------------------------------------------


def appealed(outcome: str, stops: list[str], waiting: Any, board: Any = None, **settings: Any) -> Told:
    """Tell of a refusal on day 0 and its appeal, which takes 50 days; after a reversal help starts 20 days later."""
    main = {
        "decide": {"kind": "decision", "split": {"refused": 1}, "offers": "table", "granted": "served",
                   "partly": "served", "refused": "end", "appeal": "appeal", "changed": "served", "remitted": "again"},
        "again": delay("served_again", 15, starts=["waited"]),
        "served_again": {"kind": "service", "service": "help", "next": "end"},
        **({"lost": {"kind": "end", "outcome": "changed"}} if "main.lost" in str(waiting) else {}),
        "served": {"kind": "service", "next": "end"},
        "end": END,
    }  # fmt: skip
    appeal = {
        "board": {**delay("ruling", 50, starts=["waited"]), **(board or {})},
        **({"served": delay("ruling", 10)} if board else {}),
        "ruling": {"kind": "choice", "split": {outcome: 1}, "stops": stops},
        outcome: {"kind": "end", "outcome": outcome},
    }
    given: dict[str, Any] = {
        "tracks": {"main": track(main), "appeal": track(appeal, side="appeal", administration="adult")},
        "services": services(20),
        "offers": OFFERS,
        "clocks": CLOCKS,
        "waiting": waiting,
    }
    return tell(**{**given, **settings})


def test_a_family_pays_during_an_appeal_and_is_paid_back() -> None:
    """From day 30 to the ruling on day 50; on the page of the track in which it could have been granted."""
    waiting = section(until="clock", self_pay={**SELF_PAY, "reimbursed": ["changed"]})
    story = appealed("changed", ["waited"], waiting)
    assert bought(story) == bought(story, "reimbursed") == [("help", 30, 50)]
    assert {row.track for row in story.spells()} == {"main"}
    assert [row.payer for row in story.spells(kind="reimbursed")] == ["child"]


def test_a_wait_that_begins_in_an_appeal_ends_with_its_clock_whatever_it_is_for() -> None:
    waiting = section(until="service", self_pay={**SELF_PAY, "reimbursed": ["changed"]})
    story = appealed("changed", ["waited"], waiting=waiting)
    assert bought(story) == bought(story, "reimbursed") == [("help", 30, 50)]
    assert [row.start for row in story.spells(kind="ordinary")] == [70]


@pytest.mark.parametrize("outcome", ["changed", "upheld", "remitted"])
def test_a_wait_ends_with_the_appeal_though_its_clock_runs_on(outcome: str) -> None:
    waiting = section(self_pay={**SELF_PAY, "reimbursed": ["changed"] if outcome == "changed" else []})
    story = appealed(outcome, [], waiting=waiting)
    assert bought(story) == [("help", 30, 50)]
    assert bought(story, "reimbursed") == ([("help", 30, 50)] if outcome == "changed" else [])


def test_a_remitted_case_that_waits_again_begins_a_new_wait() -> None:
    """Remitted on day 50 without a rise (the first wait's would come on day 52); again a wait, of 35 days."""
    rate = 0.3
    first, second = at_rate(rate), 50 + at_rate(2 * rate, visit=1)
    assert 50 < first < 85, "a rise of the first wait would come during the second"
    rates = {"by": "track", "values": {"appeal": rate, "main": 2 * rate}}
    story = appealed("remitted", ["waited"], waiting=section(level_rises_per_month=rates), days=84)
    assert rises(story)[0] == (pytest.approx(second), "3")


def test_the_decision_appealed_says_what_is_bought() -> None:
    """Without a decision of its own, the section takes the offers of the decision that was appealed."""
    waiting = section(until="clock", self_pay={"share": 1, "after_days": 30})
    steps = {
        "decide": {"kind": "decision", "split": {"refused": 1}, "offers": "table", "granted": "served",
                   "partly": "served", "refused": "end", "appeal": "appeal", "changed": "served"},
        "served": {"kind": "service", "next": "end"},
        "end": END,
    }  # fmt: skip
    appeal = {
        "board": delay("ruling", 50, starts=["waited"]),
        "ruling": {"kind": "end", "outcome": "changed", "stops": ["waited"]},
    }
    offers = {"table": {"all": {"split": {"help": 0.5, "more": 0.5}}}}
    story = tell(tracks={"main": track(steps), "appeal": track(appeal, side="appeal")}, services=services(20),
                 offers=offers, clocks=CLOCKS, waiting=waiting, arrivals={"people": people([0] * 20)})  # fmt: skip
    wanted = {row.case: row.service for row in story.spells(kind="ordinary")}
    assert {row.case: row.service for row in story.spells(kind="self_pay")} == wanted
    assert set(wanted.values()) == {"help", "more"}


def test_a_decision_that_is_named_goes_before_the_decision_appealed() -> None:
    steps = {
        "decide": {**DECISION, "split": {"refused": 1}, "stops": [], "appeal": "appeal", "remitted": "anew"},
        "anew": {**DECISION, "offers": "all", "stops": []},
        "served": {"kind": "service", "next": "end"},
        "end": END,
    }
    appeal = {
        "board": delay("ruling", 50, starts=["waited"]),
        "ruling": {"kind": "end", "outcome": "remitted", "stops": ["waited"]},
    }
    waiting = section(self_pay={**SELF_PAY, "decision": "main.anew"})
    offers = {**OFFERS, "all": {"all": {"split": {"more": 1}}}}
    story = tell(tracks={"main": track(steps), "appeal": track(appeal, side="appeal")}, services=services(20),
                 offers=offers, clocks=CLOCKS, waiting=waiting)  # fmt: skip
    assert bought(story) == [("more", 30, 50)]


def test_an_emergency_overtakes_an_appeal() -> None:
    """The board is not waited for any longer, and what it would have said is of no account."""
    time = at_rate(4)
    assert time < 50
    waiting = section(until="clock", level_rises_per_month=4, acute={"share": 1, "to": "main.served_again"})
    story = appealed("changed", ["waited"], waiting=waiting, services=services())
    assert [(row.service, row.start, row.level) for row in story.spells()] == [("help", time, 3)]
    assert [row.outcome for row in story.events("waited")] == ["withdrawn"]
    (board,) = story.activities("appeal.board")
    assert board.withdrawn == time


def test_after_an_emergency_the_appeal_is_not_decided() -> None:
    """An end that is called like a reversal, outside the appeal, is only an end."""
    waiting = section(until="clock", level_rises_per_month=4, acute={"share": 1, "to": "main.lost"})
    story = appealed("changed", ["waited"], waiting=waiting)
    assert len(story.events("emergency")) == 1
    assert story.spells() == []


def test_a_wait_in_an_appeal_ends_with_its_clock_before_the_appeal_does() -> None:
    """The clock stops on day 50, the ruling is served 10 days later."""
    waiting = section(until="service", self_pay=SELF_PAY)
    story = appealed("upheld", [], waiting=waiting, board={"stops": ["waited"], "next": "served"})
    assert bought(story) == [("help", 30, 50)]
    assert story.rows("cases")[0].left == 60


def test_after_the_birthday_a_childs_appeal_is_no_emergency() -> None:
    """18 on day 1: an emergency would lead back to the children's track."""
    waiting = section(until="clock", level_rises_per_month=4, acute={"share": 1, "to": "main.served_again"})
    story = appealed("upheld", ["waited"], waiting=waiting, arrivals={"people": people([0], ages=turning_18_on(1))})
    assert len(rises(story)) == 2
    assert story.events("emergency") == []


# -- switched off -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "off",
    [
        section(),
        section(
            level_rises_per_month=0,
            withdraws_per_month={"by": "profile", "values": {"plain": 0}},
            acute={"share": 0.5, "to": "main.served"},
            self_pay={**SELF_PAY, "share": 0},
        ),
        section(level_rises_per_month={"by": "level", "values": {"1": 4, "other": 0}}, until="clock"),
    ],
    ids=["bare", "zeros", "zero for the level"],
)
def test_switched_off(off: dict[str, Any]) -> None:
    """Rates and shares of zero are as if the section were not there: not even an event of the engine more."""
    arrivals = {"people": people([0, 1, 2.5])}
    steps = {
        "waiting": work("decide", hours=20, starts=["waited"]),
        "decide": DECISION,
        "served": {"kind": "service", "next": "end"},
        "end": END,
    }
    given = {"services": services(20), "offers": OFFERS, "clocks": CLOCKS, "arrivals": arrivals}
    plain, zero = (told(small_map(steps, **given, waiting=waiting)).journal for waiting in ({}, off))
    assert zero.digest() == plain.digest()
    assert zero.counts == plain.counts


def test_waiting_does_not_disturb_anybody_else() -> None:
    """The persons to whom a section does not apply live on as without it."""
    profiles = {"plain": {"label": label("plain")}, "other": {"label": label("other")}}
    arrivals = {"plain": people(range(20)), "other": people(range(20), profiles={"other": 1})}
    rate = {"by": "profile", "values": {"plain": 0, "other": 4}}
    without, with_rises = (
        wait_for_help(60, waiting=section(level_rises_per_month=value), profiles=profiles, arrivals=arrivals)
        for value in (0, rate)
    )
    for story in (without, with_rises):
        story.mine = [vars(row) for row in story.spells() if row.case < 20]  # type: ignore[attr-defined]
    assert without.mine == with_rises.mine  # type: ignore[attr-defined]
    assert {row.case >= 20 for row in with_rises.events("need_rises")} == {True}


# -- while somebody is helped ---------------------------------------------------------------------------------------


def planned_for(meanwhile: str, **settings: Any) -> Told:
    """A child's service runs until the birthday on day 40; adult support is waited for from a month before, 80 days."""
    adult = {
        "application": delay("support", 80, starts=["waited"]),
        "support": service_step("adult_support", from_birthday=True),
        "end": END,
    }
    return live(planning=MONTH_BEFORE, adult=adult, meanwhile=meanwhile, clocks=CLOCKS, **settings)


def test_a_need_that_is_being_met_does_not_grow() -> None:
    """The wait begins a month before the birthday, but the child's service goes on until then."""
    story = planned_for("nothing", waiting=section(level_rises_per_month=4))
    began = story.events("waited")[0].since
    assert began == DAY_MONTH_BEFORE
    assert rises(story)[0] == (BIRTHDAY + at_rate(4), "3")


def test_whoever_is_bridged_is_helped() -> None:
    story = planned_for("bridging", waiting=section(level_rises_per_month=4))
    assert rises(story) == []


def test_nobody_gives_up_what_another_service_makes_up_for() -> None:
    """Families withdraw while they wait without help, at the earliest on the birthday."""
    story = planned_for("nothing", waiting=section(withdraws_per_month=4))
    assert [row.time for row in story.events("withdrawn_waiting")] == [BIRTHDAY + at_rate(4, risk="withdraws")]
