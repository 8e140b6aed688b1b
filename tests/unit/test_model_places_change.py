"""Places that come and go on given dates."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_maps import END, START, Config, Told, service, small_map, stock, tell

from sim.model import simulate
from sim.model.places import places_over_time
from sim.scenario.services import Supplier

pytestmark = pytest.mark.unit

STEPS = {"support": {"kind": "service", "service": "support", "next": "end"}, "end": END}


def date(day: int) -> str:
    return (START + dt.timedelta(days=day)).isoformat()


def change(places: int, begins: int | None = None, ends: int | None = None) -> Config:
    days = {"begins": begins, "ends": ends}
    return {"places": places, **{key: date(day) for key, day in days.items() if day is not None}}


def supplier(places: int, *changes: Config, **settings: Any) -> Config:
    named = {f"change_{number}": each for number, each in enumerate(changes)}
    return {"kind": "internal", "places": places, "changes": named, **settings}


def settings(own: Config, at: list[float], **others: Any) -> dict[str, Any]:
    """Return a map on which people who need 10 days of support come at some times."""
    return {"at": at, "services": {"support": service(10 / 365.25, suppliers={"own": own})}, **others}


def supported(own: Config, at: list[float], **others: Any) -> Told:
    return tell(STEPS, **settings(own, at, **others))


def starts(story: Told) -> list[float | None]:
    return [None if row.start is None else round(row.start, 6) for row in story.spells(kind="ordinary")]


@pytest.mark.parametrize(("begins", "expected"), [(-1, (3, [])), (0, (3, [])), (1, (1, [(1.0, 2)]))])
def test_what_has_changed_by_day_0_is_no_change(begins: int, expected: tuple[int, list[tuple[float, int]]]) -> None:
    """One place; two more from a day on."""
    config = Supplier.model_validate(supplier(1, change(2, begins=begins)), strict=False)
    assert places_over_time(config, START, 1.0) == expected


def test_new_places_go_to_those_who_wait() -> None:
    """One place; a second on day 5, for the one who has waited longest."""
    assert starts(supported(supplier(1, change(1, begins=5)), [0, 1, 2])) == [0, 5, 10]


def test_several_new_places_at_once() -> None:
    assert starts(supported(supplier(1, change(2, begins=5)), [0, 1, 2, 3])) == [0, 5, 5, 10]


def test_a_new_place_is_there_from_the_morning() -> None:
    assert starts(supported(supplier(1, change(1, begins=5)), [0, 5])) == [0, 5]


def test_a_new_place_for_which_nobody_waits_stands_empty() -> None:
    assert starts(supported(supplier(1, change(1, begins=5)), [0, 7])) == [0, 7]


def test_nobody_is_thrown_out() -> None:
    """Two have the two places when one is taken away: both stay, and the place of the first to leave is gone."""
    story = supported(supplier(2, change(-1, begins=5)), [0, 2, 3])
    assert [(row.start, row.end) for row in story.spells()] == [
        (0, pytest.approx(10)),
        (2, pytest.approx(12)),
        (pytest.approx(12), pytest.approx(22)),
    ]


def test_an_empty_place_is_taken_away_at_once() -> None:
    assert starts(supported(supplier(2, change(-1, begins=5)), [0, 6])) == [0, 10]


def test_a_place_that_was_promised_is_kept() -> None:
    """Two places that take three days to get ready are promised on day 0; on day 1 there is one place less."""
    assert starts(supported(supplier(2, change(-1, begins=1), lead_days=3), [0, 0, 0])) == [3, 3, 16]


def test_places_come_one_after_the_other() -> None:
    """Four places, evenly within eight days: on days 2, 4, 6 and 8."""
    assert starts(supported(supplier(0, change(4, begins=0, ends=8)), [0] * 5)) == [2, 4, 6, 8, 12]


def test_changes_add_up() -> None:
    """On day 5 three come and two go; on day 7 one more goes, as somebody leaves on day 10."""
    own = supplier(1, change(3, begins=5), change(-2, begins=5), change(-1, begins=7))
    assert starts(supported(own, [0, 1, 2])) == [0, 5, 15]


def test_changes_before_day_0_have_happened() -> None:
    own = supplier(2, change(-1), change(2, begins=-10), change(-1, begins=-8, ends=-2), change(1, begins=-4, ends=0))
    assert starts(supported(own, [0, 0, 0, 0])) == [0, 0, 0, 10]


def test_half_a_municipality_has_half_the_places_of_each_day() -> None:
    """3 are 1.5, rounded up to 2; 5 from day 5 on are 2.5, rounded up to 3; 6 from day 7 on are 3."""
    half = {"label": {"da": "x", "en": "x"}, "population": {}, "scale": 0.5}
    own = supplier(3, change(2, begins=5), change(1, begins=7))
    assert starts(supported(own, [0] * 4, municipality=half)) == [0, 0, 5, 10]


def test_more_persons_than_places_on_day_0() -> None:
    """Three have one place; the second place, on day 2, is no help until two of them have left."""
    story = supported(
        supplier(1, change(1, begins=2)), [1], initial_caseload={"open": stock(3, step="support", service="support")}
    )
    assert starts(story) == [round(sorted(row.end for row in story.spells(kind="initial"))[1], 6)]


@pytest.mark.parametrize(
    "idle",
    [
        pytest.param((change(0, begins=3),), id="no places"),
        pytest.param((change(2, begins=3), change(-2, begins=3)), id="as many come as go"),
        pytest.param((change(5, begins=100),), id="after the end"),
    ],
)
def test_what_changes_nothing_leaves_everything_as_it_is(idle: tuple[Config, ...]) -> None:
    at = [0, 0.5, 1, 2, 9, 11]
    without = simulate(small_map(STEPS, **settings({"kind": "internal", "places": 2}, at)))
    assert simulate(small_map(STEPS, **settings(supplier(2, *idle), at))).digest() == without.digest()


def test_the_follow_up_of_a_supplier_who_is_harder_to_reach() -> None:
    """24 hours at the own supplier; at the bought one, who is second, half as much again."""
    steps = {
        "support": {
            "kind": "service",
            "service": "support",
            "next": "end",
            "follow_up": {"team": "team", "hours": 24, "first_days": 2, "every_days": 50},
        },
        "end": END,
    }
    suppliers = {"own": supplier(1), "bought": {"kind": "external", "follow_up_factor": 1.5}}
    story = tell(steps, at=[0, 10], services={"support": service(suppliers=suppliers)}, days=50)
    assert [(row.case, row.hours, row.finished) for row in story.activities("support")] == [(0, 24, 3), (1, 36, 13.5)]


CHANGES = st.lists(
    st.tuples(st.integers(-2, 3), st.integers(-5, 40), st.one_of(st.none(), st.integers(1, 30))), max_size=4
)


def timetable(own: Config) -> list[tuple[int, int]]:
    """Return the places from each day on."""
    checked = Supplier.model_validate_json(json.dumps(own), strict=True)
    return [((date - START).days, places) for date, places in checked.timetable()]


@given(
    at=st.lists(st.integers(0, 400).map(lambda tenths: tenths / 10), max_size=25),
    spare=st.integers(0, 2),
    changes=CHANGES,
    days=st.sampled_from([3.3, 10, 25]),
)
def test_only_those_seated_before_a_reduction_are_more_than_there_are_places(
    at: list[float], spare: int, changes: list[tuple[int, int, int | None]], days: float
) -> None:
    """Whoever starts finds a place of that day, and nobody waits while there is one."""
    each = [change(places, begins, None if grows is None else begins + grows) for places, begins, grows in changes]
    many = [places - 100 for _, places in timetable(supplier(100, *each))]
    own = supplier(max(-min(many), 1 - many[-1]) + spare, *each)
    table = timetable(own)
    services = {"support": service(days / 365.25, suppliers={"own": own})}
    spells = [
        (row.decided, 100.0 if row.start is None else row.start, 100.0 if row.end is None else row.end)
        for row in tell(STEPS, at=at, services=services, days=100).spells()
    ]
    moments = {moment for spell in spells for moment in spell} | {float(day) for day, _ in table if day > 0}
    for moment in (moment for moment in moments if moment < 100):
        there = sum(start <= moment < end for _, start, end in spells)
        starting = any(start == moment for _, start, _ in spells)
        waiting = any(decided <= moment < start for decided, start, _ in spells)
        now = [places for day, places in table if day <= moment][-1]
        assert not starting or there <= now, "somebody starts without a place"
        assert not waiting or there >= now, "somebody waits beside an empty place"
