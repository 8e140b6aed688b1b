"""Services with limited places: who gets one, from whom, and when."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_maps import END, Told, coming_of_age, people, service, small_map, stock, tell, track, turning_18_on, work

from sim.model.world import World

pytestmark = pytest.mark.unit

STEPS = {"support": {"kind": "service", "service": "support", "next": "end"}, "end": END}


def years(days: float) -> float:
    return days / 365.25


def supported(at: list[float], suppliers: dict[str, Any], days: float = 10, **settings: Any) -> Told:
    """Return what happens when people who need 10 days of support come at some times."""
    return tell(STEPS, at=at, services={"support": service(years(days), suppliers=suppliers)}, **settings)


def spells(story: Told) -> list[tuple[str | None, float | None, float | None]]:
    return [(row.supplier, row.start, row.end) for row in story.spells()]


def test_the_first_supplier_with_a_free_place() -> None:
    """Own place, then bought one; then a wait for the first to become free: the own one, on day 10."""
    story = supported(
        [0, 1, 2],
        {"own": {"kind": "internal", "places": 1}, "bought": {"kind": "external", "places": 1}},
    )
    assert spells(story) == [
        ("own", 0, pytest.approx(10)),
        ("bought", 1, pytest.approx(11)),
        ("own", pytest.approx(10), pytest.approx(20)),
    ]


def test_as_many_places_as_are_asked_for() -> None:
    story = supported([0] * 50, {"own": {"kind": "internal", "places": 1}, "bought": {"kind": "external"}})
    assert [row.supplier for row in story.spells()] == ["own"] + ["bought"] * 49
    assert {row.start for row in story.spells()} == {0}


def test_a_supplier_that_is_no_possibility_is_passed_over() -> None:
    story = supported([0, 1], {"own": {"kind": "internal", "share": 0}, "bought": {"kind": "external"}})
    assert [row.supplier for row in story.spells()] == ["bought", "bought"]


def test_a_supplier_is_a_possibility_for_its_share_of_cases() -> None:
    """400 cases, 30 %: 120, give or take four standard deviations of 9."""
    story = supported([0] * 400, {"own": {"kind": "internal", "share": 0.3}, "bought": {"kind": "external"}})
    own = sum(row.supplier == "own" for row in story.spells())
    assert 84 < own < 156


def test_who_cannot_use_a_free_place_waits() -> None:
    """The own place stands empty on day 1: it is no possibility."""
    story = supported(
        [0, 1],
        {"own": {"kind": "internal", "share": 0, "places": 1}, "bought": {"kind": "external", "places": 1}},
    )
    assert spells(story) == [("bought", 0, pytest.approx(10)), ("bought", pytest.approx(10), pytest.approx(20))]


def test_first_come_first_served() -> None:
    story = supported([0, 0.3, 0.1, 0.2], {"own": {"kind": "internal", "places": 1}})
    starts = {row.asked: row.start for row in story.spells()}
    assert starts == pytest.approx({0: 0, 0.1: 10, 0.2: 20, 0.3: 30})


def test_the_place_is_taken_while_the_service_gets_ready() -> None:
    """Three days from place to start. The place is free again on day 13, for who can start on day 16."""
    story = supported([0, 1], {"own": {"kind": "internal", "places": 1, "lead_days": 3}})
    assert spells(story) == [("own", 3, pytest.approx(13)), ("own", pytest.approx(16), pytest.approx(26))]


def test_who_still_waits_at_the_end() -> None:
    story = supported([0, 1], {"own": {"kind": "internal", "places": 1}}, days=300)
    assert spells(story) == [("own", 0, None), (None, None, None)]


def test_the_initial_caseload_may_exceed_the_places() -> None:
    """Three have two places on day 0. The one who comes on day 1 must wait until two have left."""
    story = tell(
        STEPS,
        at=[1],
        services={"support": service(years(30), suppliers={"own": {"kind": "internal", "places": 2}})},
        initial_caseload={"open": stock(3, step="support", service="support")},
    )
    initial = story.spells(kind="initial")
    assert [row.supplier for row in initial] == ["own"] * 3
    (new,) = story.spells(kind="ordinary")
    assert new.start == sorted(row.end for row in initial)[1]


def test_the_initial_caseload_fills_the_suppliers_in_their_order() -> None:
    story = tell(
        STEPS,
        at=[],
        services={
            "support": service(
                suppliers={"own": {"kind": "internal", "places": 2}, "bought": {"kind": "external", "places": 1}}
            )
        },
        initial_caseload={"open": stock(5, step="support", service="support")},
    )
    assert [row.supplier for row in story.spells()] == ["own", "own", "bought", "bought", "bought"]


def test_half_a_municipality_has_half_the_places_rounded_up() -> None:
    story = supported(
        [0, 0, 0],
        {"own": {"kind": "internal", "places": 3}},
        municipality={"label": {"da": "x", "en": "x"}, "population": {}, "scale": 0.5},
    )
    assert [row.start for row in story.spells()] == [0, 0, pytest.approx(10)]


def test_a_place_is_given_back_once() -> None:
    """Whoever leaves, is replaced or gives up: in the end there are as many free places as in the beginning."""
    suppliers = {"own": {"kind": "internal", "places": 3, "lead_days": 2}}
    scenario = small_map(
        tracks={
            "main": track({"work": work("support", hours=1), **STEPS}),
            "adult": track({"none": END}, administration="adult", side="adult"),
        },
        arrivals={
            "young": people([0, 1, 2, 3], repeats={"probability": 0.6, "gap_days": 4}),
            # Has the service; waits for it to get ready; waits for a place.
            "old": people([0, 8, 9, 9.5], ages=turning_18_on(10, at=0.0)),
        },
        services={"support": service(years(8), suppliers=suppliers)},
        birthday=coming_of_age("adult.none", needs=1, bridging_days=20, bridging=0.5, nothing=0.5),
    )
    world = World(scenario, 0)
    world.run()
    (supplier,) = world.services["support"].suppliers
    assert supplier.free == 3


def test_people_who_swap_places_one_after_the_other() -> None:
    """Everybody has one of two services and waits for a place in the other; on day 1.5 one place becomes free.

    Whoever gets it leaves a place in the other service; whoever gets that leaves one in the first; and so on: by the
    end of that moment all have swapped, however many they are.
    """
    many = 600
    again = {"repeats": {"probability": 1, "gap_days": 1}}

    def change(start: str, then: str) -> dict[str, Any]:
        return {"kind": "choice", "split": {"by": "open_case", "values": {"no": {start: 1}, "yes": {then: 1}}}}

    story = tell(
        {
            "brief": {"kind": "service", "service": "first", "next": "end"},
            "there": change("first", "second"),
            "back": change("second", "first"),
            "first": {"kind": "service", "service": "first", "next": "end"},
            "second": {"kind": "service", "service": "second", "next": "end"},
            "end": END,
        },
        arrivals={
            "brief": people([0], entry="brief"),
            "there": people([0] * (many - 1), entry="there", **again),
            "back": people([0] * many, entry="back", **again),
        },
        services={
            "first": service(
                {"by": "source", "values": {"brief": years(1.5), "other": 1}},
                suppliers={"own": {"kind": "internal", "places": many}},
            ),
            "second": service(suppliers={"own": {"kind": "internal", "places": many}}),
        },
        days=2,
    )
    swapped = [row for row in story.spells() if row.asked == 1]
    assert len(swapped) == 2 * many - 1
    assert [row.start for row in swapped] == pytest.approx([1.5] * len(swapped))


def two_services() -> World:
    """Return a world with two services from the same two suppliers, the first a possibility for half of the cases."""
    suppliers = {
        name: {"kind": "internal", "share": share, "lead_days": {"distribution": "exponential", "mean": 5}, "places": 9}
        for name, share in (("own", 0.5), ("bought", 1.0))
    }
    services = {name: service(suppliers=suppliers) for name in ("first", "second")}
    return World(small_map(STEPS | {"support": {**STEPS["support"], "service": "first"}}, services=services), 0)


def test_chance_of_one_supplier_says_nothing_about_another() -> None:
    """The draws of the same person differ, by service and by supplier."""
    suppliers = [supplier for run in two_services().services.values() for supplier in run.suppliers]
    for draws in ([it.possible for it in suppliers], [it.lead_days for it in suppliers]):
        assert len({draw(1, 0) for draw in draws}) == 4


def test_whose_supplier_is_known_has_one_of_its_places() -> None:
    """Whatever chance says, and whether it has any left."""
    run = two_services().services["first"]
    for _ in range(10):
        assert run.take_now(1, 0, "bought").name == "bought"
    assert [supplier.free for supplier in run.suppliers] == [9, -1]
