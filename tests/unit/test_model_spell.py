"""A service that somebody waits for, has, is followed up in, and leaves."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_maps import (
    DAY,
    END,
    Told,
    delay,
    named_team,
    people,
    service,
    stock,
    team,
    tell,
    track,
    turning_18_on,
    work,
)

pytestmark = pytest.mark.unit

FOLLOW_UP = {"team": "team", "hours": DAY, "first_days": 10, "every_days": 20, "clock": "first_follow_up"}
CLOCKS = {"first_follow_up": {"within": {"days": 12}}}


def years(days: float) -> float:
    return days / 365.25


def support(**settings: Any) -> dict[str, Any]:
    return {"kind": "service", "service": "support", "next": "end", **settings}


def followed_up(days: float, **settings: Any) -> Told:
    return tell(
        {"support": support(follow_up=FOLLOW_UP), "end": END},
        services={"support": service(years(days))},
        clocks=CLOCKS,
        **settings,
    )


def test_a_service_lasts_as_long_as_it_is_said_to() -> None:
    story = tell(
        {"work": work("support"), "support": support(), "end": END}, services={"support": service(years(30))}, at=[2]
    )
    (spell,) = story.spells()
    assert (spell.start, spell.end) == (3, pytest.approx(33))
    assert (spell.kind, spell.payer, spell.supplier, spell.level, spell.withdrawn) == (
        "ordinary",
        "child",
        "own",
        2,
        None,
    )
    assert (spell.asked, spell.decided) == (2, 2)
    assert story.rows("cases")[0].left == pytest.approx(33)


def test_a_service_that_outlives_the_simulation() -> None:
    (spell,) = tell({"support": support(), "end": END}, services={"support": service(1)}).spells()
    assert (spell.start, spell.end) == (0, None)


def test_follow_ups_come_10_days_after_the_start_and_20_days_after_the_last_one() -> None:
    """A day each: on days 10, 31 and 52. The service ends on day 60."""
    story = followed_up(60)
    assert story.when("support") == [(10, 10, 11), (31, 31, 32), (52, 52, 53)]


def test_the_clock_of_the_first_follow_up_runs_from_the_start_of_the_service() -> None:
    (clock,) = followed_up(60).events("first_follow_up")
    assert (clock.since, clock.time, clock.due, clock.outcome) == (0, 11, 12, "done")


def test_follow_ups_are_due_as_long_after_they_are_planned_as_the_first() -> None:
    assert [row.due for row in followed_up(60).activities("support")] == [12, 33, 54]


def test_follow_ups_wait_in_the_queue_like_other_work() -> None:
    """The only caseworker is busy until day 15."""
    story = tell(
        {"support": support(follow_up=FOLLOW_UP), "busy": work("end", hours=15 * DAY), "end": END},
        services={"support": service(years(60))},
        clocks=CLOCKS,
        arrivals={"people": people([0]), "busy": people([0], entry="busy")},
    )
    assert story.when("support") == [(10, 15, 16), (36, 36, 37), (57, 57, 58)]
    assert story.events("first_follow_up")[0].time == 16


def test_nobody_is_followed_up_when_the_service_is_over() -> None:
    """Service over on day 5: the clock stops, without a follow-up."""
    story = followed_up(5)
    assert story.activities("support") == []
    (clock,) = story.events("first_follow_up")
    assert (clock.time, clock.outcome) == (pytest.approx(5), "withdrawn")


def test_a_follow_up_that_waits_is_called_off_when_the_service_ends() -> None:
    """Planned for day 10, service over on day 12, caseworker busy until day 15."""
    story = tell(
        {"support": support(follow_up=FOLLOW_UP), "busy": work("end", hours=15 * DAY), "end": END},
        services={"support": service(years(12))},
        clocks=CLOCKS,
        arrivals={"people": people([0]), "busy": people([0], entry="busy")},
    )
    (row,) = story.activities("support")
    assert (row.requested, row.started, row.withdrawn) == (10, None, pytest.approx(12))
    assert story.events("first_follow_up")[0].outcome == "withdrawn"


def test_a_follow_up_that_has_begun_is_finished_though_the_service_ends() -> None:
    story = followed_up(10.5)
    assert story.when("support") == [(10, 10, 11)]
    assert story.events("first_follow_up")[0].outcome == "withdrawn"
    assert story.rows("cases")[0].left == pytest.approx(10.5)


def test_the_law_ends_a_service_at_an_age() -> None:
    """Until 18, which is on day 40; it would have lasted 300 days."""
    story = tell(
        {"support": support(), "end": END},
        services={"support": service(years(300), until_age=18)},
        arrivals={"people": people([0], ages=turning_18_on(40))},
    )
    assert [(row.start, row.end) for row in story.spells()] == [(0, 40)]


def test_a_service_beyond_its_age_ends_as_it_starts() -> None:
    story = tell(
        {"wait": delay("support", 50), "support": support(), "end": END},
        services={"support": service(years(300), until_age=18)},
        arrivals={"people": people([0], ages=turning_18_on(40))},
    )
    assert [(row.start, row.end) for row in story.spells()] == [(50, 50)]


def test_what_is_over_early_frees_the_place() -> None:
    """The next one gets it on the first one's birthday, day 40."""
    suppliers = {"own": {"kind": "internal", "places": 1}}
    story = tell(
        {"support": support(), "end": END},
        services={"support": service(years(300), until_age=18, suppliers=suppliers)},
        arrivals={"old": people([0], ages=turning_18_on(40)), "young": people([1])},
    )
    assert [row.start for row in story.spells()] == [0, 40]


def again(second_days: float = 10, lead: float = 0, **settings: Any) -> Told:
    """The same child comes again on day 10, and gets another service than on day 0."""
    return tell(
        {
            "which": {
                "kind": "choice",
                "split": {"by": "open_case", "values": {"no": {"first": 1}, "yes": {"second": 1}}},
            },
            "first": support(service="first"),
            "second": support(service="second"),
            "end": END,
        },
        arrivals={"people": people([0], repeats={"probability": 1, "gap_days": 10})},
        services={
            "first": service(1, **settings),
            "second": service(years(second_days), suppliers={"own": {"kind": "internal", "lead_days": lead}}),
        },
        days=19,
    )


def test_a_new_service_takes_the_place_of_the_running_one() -> None:
    """The first runs from day 0 and would have lasted a year; the second starts on day 10."""
    first, second = again().spells()
    assert (first.service, first.start, first.end) == ("first", 0, 10)
    assert (second.service, second.start, second.end) == ("second", 10, None)


def test_the_running_service_goes_on_until_the_new_one_starts() -> None:
    first, second = again(lead=5).spells()
    assert (first.start, first.end) == (0, 15)
    assert (second.start, second.end) == (15, None)


def test_a_service_that_was_granted_earlier_and_is_still_waited_for_is_given_up() -> None:
    """The first one's place would be ready on day 18, long after the second has started on day 10."""
    first, second = again(suppliers={"own": {"kind": "internal", "lead_days": 18}}).spells()
    assert (first.start, first.end, first.withdrawn) == (None, None, 10)
    assert (second.start, second.end) == (10, None)


def test_the_initial_caseload_is_found_in_progress() -> None:
    """All have a service of 10 days: what remains is spread evenly over those."""
    story = tell(
        {"support": support(), "end": END},
        at=[],
        services={"support": service(years(10))},
        initial_caseload={"open": stock(2000, step="support", service="support")},
    )
    spells = story.spells()
    assert {row.kind for row in spells} == {"initial"}
    assert {row.asked for row in spells} == {None}
    lengths = [row.end - row.start for row in spells]
    assert lengths == pytest.approx([10] * 2000)
    assert -10 <= min(row.start for row in spells) < -9.9
    assert -0.1 < max(row.start for row in spells) <= 0
    assert sum(row.end for row in spells) / 2000 == pytest.approx(5, abs=0.3)


def test_follow_ups_of_the_initial_caseload_go_on_as_if_they_had_always_been_there() -> None:
    """Planned every 20 days from the 10th day of the service on; the clock of the first is not opened again."""
    story = tell(
        {"support": support(follow_up={**FOLLOW_UP, "hours": 0}), "end": END},
        at=[],
        services={"support": service(years(400))},
        initial_caseload={"open": stock(40, step="support", service="support")},
        clocks=CLOCKS,
        teams={"team": team(40)},
    )
    starts = {row.case: row.start for row in story.spells()}
    ends = {row.case: row.end for row in story.spells()}
    requested: dict[int, list[float]] = {case: [] for case in starts}
    for row in story.activities("support"):
        requested[row.case].append(row.requested)
    for case, start in starts.items():
        first = start + 10
        while first < 0:
            first += 20
        planned = [first + 20 * n for n in range(5) if first + 20 * n < min(100, ends[case] or 100)]
        assert requested[case] == pytest.approx(planned)
    assert story.events("first_follow_up") == []


def test_working_day_deadlines_of_the_initial_caseload() -> None:
    """The first follow-up is planned for 10 days, and due after 12 working days: the later ones are due as well."""
    story = tell(
        {"support": support(follow_up=FOLLOW_UP), "end": END},
        at=[],
        services={"support": service(years(400))},
        initial_caseload={"open": stock(40, step="support", service="support")},
        clocks={"first_follow_up": {"within": {"working_days": 12}}},
        teams={"team": team(40)},
    )
    slack = {round(row.due - row.requested, 6) for row in story.activities("support")}
    # From New Year's Day the twelfth working day is over at the end of Wednesday 17 January: day 17.
    assert slack == {17 - 10}


def test_who_follows_up_takes_the_case_over() -> None:
    story = tell(
        {"work": work("support"), "support": support(follow_up={**FOLLOW_UP, "team": "second"}), "end": END},
        services={"support": service(years(30))},
        clocks=CLOCKS,
        teams={"team": named_team(), "second": named_team()},
    )
    taken = [(row.outcome, row.since, row.time) for row in story.events("assigned")]
    assert taken == [("team", 0, 11), ("second", 11, pytest.approx(31))]
    assert [row.outcome for row in story.events("caseworker_change")] == ["team_boundary"]


def adult(reserve: float, places: int | None = None, at: float = 0.0) -> Told:
    """Somebody who turns 18 on day 40 waits for adult support from day 0 on; somebody else has the only place."""
    supplier: dict[str, Any] = {"kind": "internal", "lead_days": 5}
    if places is not None:
        supplier["places"] = places
    return tell(
        tracks={
            "main": track({"support": support(from_birthday=True), "end": END}, side="adult", administration="adult"),
        },
        services={"support": service(years(20), category="adult", reserve_days=reserve, suppliers={"own": supplier})},
        arrivals={
            "young": people([at], ages=turning_18_on(40, at=at)),
            "old": people([30], ages=turning_18_on(-900, at=30)),
        },
    )


def starts(story: Told) -> dict[int, float | None]:
    return {row.asked: row.start for row in story.spells()}


def test_adult_support_does_not_start_before_the_birthday() -> None:
    assert starts(adult(reserve=30)) == {0: 40, 30: 35}


def test_without_reservation_the_supplier_is_asked_on_the_birthday() -> None:
    """It takes five days to get ready."""
    assert starts(adult(reserve=0)) == {0: 45, 30: 35}


def test_a_place_is_held_for_some_days_before_the_birthday() -> None:
    """Fifteen days before, on day 25: nobody else gets it on day 30, until day 60 when the service is over."""
    assert starts(adult(reserve=15, places=1)) == pytest.approx({0: 40, 30: 65})


def test_who_asks_before_the_reservation_gets_the_place() -> None:
    """Reserved from day 35 on, but on day 30 the place was given to somebody else, until day 55."""
    assert starts(adult(reserve=5, places=1)) == pytest.approx({0: 60, 30: 35})
