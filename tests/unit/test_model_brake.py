"""Grants that wait until New Year because the year's forecast exceeds the frame, on maps small enough to reckon.

Day 0 is 1 January 2024: the year has 366 days. A day of the service costs 100 kroner unless a test says otherwise, so
somebody whose service starts on day 66 costs 30,000 kroner in the rest of the year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tiny_maps import END, Config, Told, label, people, service, small_map, stock, tell, told, track, turning_18_on

from sim.model.world import World
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit

NEW_YEAR = 366
NEXT_NEW_YEAR = 731
ACCOUNT = "5.28.21"
SUPPORT: Config = {"kind": "service", "service": "support", "next": "end"}
STEPS: Config = {"support": SUPPORT, "end": END}


def prices(services: Config | None = None) -> Config:
    """Return a price list: what a day of each service costs, 100 kroner where nothing is said."""
    return {
        "price_year": 2024,
        "accounts": {ACCOUNT: label("account")},
        "staff": {"dkk_per_year": 500_000, "overhead": 0, "account": ACCOUNT},
        "services": {"support": {"own": {"dkk_per_day": 100, "account": ACCOUNT}}} | (services or {}),
        "appeals_board": {"dkk_per_case": 1, "payer": "state", "account": ACCOUNT},
        "self_pay_share": 0.5,
    }


def administrations(child: float | None = None, adult: float | None = None, **settings: Any) -> Config:
    """Return the administrations with what each may spend on services in a year (None: no brake)."""

    def one(name: str, dkk: float | None) -> Config:
        budget = {key: value for key, value in settings.items() if key == "budget"}
        rest = {key: value for key, value in settings.items() if key != "budget"}
        brake = {} if dkk is None else {"brake": {"services_dkk_per_year": dkk, **rest}}
        return {"label": label(name), **budget, **brake}

    return {"child": one("child", child), "adult": one("adult", adult)}


def braked(child: float, *, at: Sequence[float], brake: Config | None = None, **settings: Any) -> Told:
    """Tell of people who are granted support at once, for ten years, while a brake is on."""
    given: Config = {
        "administrations": administrations(child, **(brake or {})),
        "services": {"support": service(10, statutory=False)},
        "costs": prices(),
        "days": 800,
    }
    return tell(None if "tracks" in settings else STEPS, at=at, **(given | settings))


def starts(story: Told, **wanted: Any) -> list[float | None]:
    return [row.start for row in story.spells(**wanted)]


# -- the rule ---------------------------------------------------------------------------------------------------------


def test_a_grant_waits_for_new_year_when_the_forecast_exceeds_the_frame() -> None:
    """Two from day 66 cost 60,000 in the rest of the year. A frame of that lets a third begin, one krone less not."""
    assert starts(braked(60_000, at=[66, 66, 100])) == [66, 66, 100]
    story = braked(59_999, at=[66, 66, 100, 200])
    assert starts(story) == [66, 66, NEW_YEAR, NEW_YEAR]
    assert [(row.since, row.time, row.outcome, row.administration) for row in story.events("braked")] == [
        (100, NEW_YEAR, "done", "child"),
        (200, NEW_YEAR, "done", "child"),
    ]
    assert [(row.asked, row.decided) for row in story.spells()][2:] == [(100, 100), (200, 200)]


def test_the_tolerance_is_added_to_the_frame() -> None:
    assert starts(braked(48_000, at=[66, 66, 100], brake={"tolerance": 0.25})) == [66, 66, 100]
    assert starts(braked(47_999, at=[66, 66, 100], brake={"tolerance": 0.25})) == [66, 66, NEW_YEAR]


def test_what_has_ended_has_cost_what_it_has_cost() -> None:
    """From day 66 to 96 the first cost 3,000; they would have cost 30,000. Whoever comes later finds room."""
    short = {"services": {"support": service(30 / 365.25, statutory=False)}}
    assert starts(braked(2_999, at=[66, 90, 100], **short)) == [66, NEW_YEAR, NEW_YEAR]
    assert starts(braked(3_001, at=[66, 90, 100], **short)) == [66, NEW_YEAR, 100]


def test_a_new_year_begins_with_what_runs_then() -> None:
    """Two cost 73,000 in the 365 days of 2025, one 36,500 - though one from day 200 costs 16,600 in 2024."""
    assert starts(braked(36_499, at=[200, 400])) == [200, NEXT_NEW_YEAR]
    assert starts(braked(36_500, at=[200, 400])) == [200, 400]
    assert starts(braked(72_999, at=[0, 0, 400])) == [0, 0, NEXT_NEW_YEAR]
    assert starts(braked(73_201, at=[0, 0, 400, 401])) == [0, 0, 400, NEXT_NEW_YEAR]


def test_nothing_waits_before_its_month_of_the_year() -> None:
    """31 March is day 90, 1 April day 91."""
    story = braked(1, at=[0, 90.9, 91, 400], brake={"from_month": 4})
    assert starts(story) == [0, 90.9, NEW_YEAR, 400]


def test_what_the_law_demands_never_waits_but_costs() -> None:
    """From day 66 the one that must be given uses the frame up; the one that may be given waits."""
    duty: Config = {"support": {**SUPPORT, "service": "duty"}, "end": END}
    story = tell(
        tracks={"main": _track("child", STEPS), "must": _track("child", duty)},
        arrivals={"must": people([66, 120], track="must"), "may": people([100])},
        administrations=administrations(29_999),
        services={"support": service(10, statutory=False), "duty": service(10)},
        costs=prices({"duty": {"own": {"dkk_per_day": 100, "account": ACCOUNT}}}),
        days=800,
    )
    assert starts(story, service="duty") == [66, 120]
    assert starts(story, service="support") == [NEW_YEAR]


def test_nobody_waits_twice() -> None:
    """At New Year all go on, though the frame of the new year is exceeded from its first hour."""
    assert starts(braked(1, at=[0, 10, 20])) == [0, NEW_YEAR, NEW_YEAR]


def test_what_has_not_come_by_the_horizon_is_still_waited_for() -> None:
    story = braked(1, at=[0, 400], days=600)
    assert starts(story) == [0, None]
    assert [(row.since, row.time, row.outcome) for row in story.events("braked")] == [(400, None, "none")]


# -- what it costs ----------------------------------------------------------------------------------------------------


def test_the_price_is_that_of_the_level_and_the_supplier() -> None:
    """Level 2 by the first supplier 100; level 3 by the second, as the first is full, 200 times 1.5."""
    own = {"dkk_per_day": 100, "account": ACCOUNT}
    bought = {"dkk_per_day": 200, "account": ACCOUNT, "level_factors": {"3": 1.5}}
    suppliers = {"own": {"kind": "internal", "places": 1}, "bought": {"kind": "external"}}
    settings: Config = {
        "arrivals": {"a": people([66]), "b": people([66.5], levels={"3": 1}), "c": people([100])},
        "services": {"support": service(10, statutory=False, suppliers=suppliers)},
        "costs": prices({"support": {"own": own, "bought": bought}}),
    }
    # 100 x 300 + 300 x 299.5 = 119,850
    assert starts(braked(119_850, at=[], **settings)) == [66, 66.5, 100]
    assert starts(braked(119_849, at=[], **settings)) == [66, 66.5, NEW_YEAR]


def test_services_of_day_0_count_from_day_0() -> None:
    """Two of them cost 73,200 in the year's 366 days."""
    settings: Config = {"initial_caseload": {"old": stock(2, step="support", service="support")}, "days": 1000}

    def first(dkk: float) -> float | None:
        story = braked(dkk, at=[1], services={"support": service(50, statutory=False)}, **settings)
        assert all(row.end is None for row in story.spells(kind="initial"))
        return starts(story, kind="ordinary")[0]

    assert first(73_200) == 1
    assert first(73_199) == NEW_YEAR


def test_the_frame_grows_with_the_municipality() -> None:
    assert starts(braked(30_000, at=[66, 66, 100], municipality=_scaled(2))) == [66, 66, 100]
    assert starts(braked(29_999, at=[66, 66, 100], municipality=_scaled(2))) == [66, 66, NEW_YEAR]


def _scaled(scale: float) -> Config:
    return {"label": label("small"), "population": {}, "scale": scale}


def test_a_year_that_is_simulated_in_part_counts_with_that_part_of_the_frame() -> None:
    """From 1 July 2024 there are 184 of 366 days left: of 36,600 there are 18,400 to spend."""
    horizon = {"start": "2024-07-01", "run_in_years": 0, "years": 1.5}
    assert starts(braked(36_600, at=[0, 1], horizon=horizon)) == [0, 1]
    assert starts(braked(36_599, at=[0, 1], horizon=horizon)) == [0, 184]


def test_who_pays_is_who_brakes() -> None:
    """The adult administration has no brake, and what it pays for is nothing to the other's frame."""
    tracks: Config = {
        "main": _track("child", STEPS),
        "grown": _track("adult", STEPS),
    }
    arrivals = {"adults": people([0, 1, 2], track="grown"), "children": people([66, 100])}
    settings: Config = {"tracks": tracks, "arrivals": arrivals, "services": {"support": service(10, statutory=False)}}
    story = tell(administrations=administrations(29_999), costs=prices(), days=800, **settings)
    assert starts(story, payer="adult") == [0, 1, 2]
    assert starts(story, payer="child") == [66, NEW_YEAR]
    # With a frame of their own the adults wait, and the children do not; with a common one all do.
    apart = tell(administrations=administrations(30_000, 1), costs=prices(), days=800, **settings)
    assert starts(apart, payer="adult") == [0, NEW_YEAR, NEW_YEAR]
    assert starts(apart, payer="child") == [66, 100]
    common = tell(administrations=administrations(30_000, 1, budget="all"), costs=prices(), days=800, **settings)
    assert starts(common, payer="adult") == [0, NEW_YEAR, NEW_YEAR]
    assert starts(common, payer="child") == [NEW_YEAR, NEW_YEAR]


def _track(administration: str, steps: Config, **settings: Any) -> Config:
    return track(steps, administration=administration, **settings)


# -- whoever waits ----------------------------------------------------------------------------------------------------


def test_all_go_on_in_the_order_in_which_they_were_granted() -> None:
    """One place, and a service of a day: they have it one after the other from New Year on."""
    suppliers = {"own": {"kind": "internal", "places": 1}}
    story = braked(
        1, at=[0, 10, 20, 30], services={"support": service(1 / 365.25, statutory=False, suppliers=suppliers)}
    )
    assert starts(story) == pytest.approx([0, NEW_YEAR, NEW_YEAR + 1, NEW_YEAR + 2])


def test_the_supplier_needs_its_time_after_new_year() -> None:
    story = braked(
        1,
        at=[0, 50],
        services={
            "support": service(10, statutory=False, suppliers={"own": {"kind": "internal", "lead_days": 14}}),
        },
    )
    assert starts(story) == [14, NEW_YEAR + 14]


def test_whoever_gives_up_waiting_is_not_served_at_new_year() -> None:
    clocks = {"request": {"since": "awareness"}}
    waiting = {"long": {"clock": "request", "withdraws_per_month": 1000}}
    steps: Config = {"support": {**SUPPORT, "starts": ["request"]}, "end": END}
    story = tell(
        steps,
        at=[0, 100],
        administrations=administrations(1),
        services={"support": service(10, statutory=False)},
        costs=prices(),
        clocks=clocks,
        waiting=waiting,
        days=800,
    )
    (first, second) = story.spells()
    assert (first.start, second.start) == (0, None)
    (event,) = story.events("braked")
    assert event.outcome == "withdrawn"
    assert event.time == second.withdrawn < NEW_YEAR


def test_nobody_begins_children_s_support_after_the_birthday_that_ends_it() -> None:
    """Granted on day 100, braked; 18 on day 200."""
    birthday = {
        "age": 18,
        "needs_support": 0,
        "meanwhile": {"nothing": 1},
        "application": "grown.support",
        "bridging_max_days": 1,
    }
    story = braked(
        1,
        at=[],
        tracks={"main": _track("child", STEPS), "grown": _track("adult", STEPS, side="adult")},
        arrivals={"a": people([0]), "b": people([100], ages=turning_18_on(200, 100))},
        birthday=birthday,
    )
    assert starts(story) == [0, None]
    assert [(row.time, row.outcome) for row in story.events("braked")] == [(200, "withdrawn")]


def test_families_pay_themselves_meanwhile_and_that_is_nobody_s_budget() -> None:
    """Granted on day 100 and braked, they buy help from day 130 to New Year; the forecast does not know of it."""
    steps: Config = {
        "decide": {
            "kind": "decision",
            "split": {"granted": 1},
            "offers": "table",
            "granted": "support",
            "partly": "support",
            "refused": "end",
            "starts": ["waited"],
        },
        "support": {"kind": "service", "next": "end"},
        "end": END,
    }
    story = tell(
        steps,
        at=[66, 100],
        administrations=administrations(29_999),
        services={"support": service(10, statutory=False)},
        costs=prices(),
        offers={"table": {"all": {"split": {"support": 1}}}},
        clocks={"waited": {}},
        waiting={
            "long": {"clock": "waited", "self_pay": {"share": 1, "after_days": 30, "decision": "main.decide"}},
        },
        days=800,
    )
    assert starts(story, kind="ordinary") == [66, NEW_YEAR]
    assert [(row.start, row.end) for row in story.spells(kind="self_pay")] == [(130, NEW_YEAR)]


def test_bridging_is_in_the_forecast_of_who_pays_for_it() -> None:
    """The first turns 18 on day 50 and waits for adult support: bridging costs the children's side on for 150 days.

    So it has 100 x (50 + 150) = 20,000 in it on day 201, and 36,600 until then; the adult service is the other's.
    """
    birthday = {
        "age": 18,
        "needs_support": 1,
        "meanwhile": {"bridging": 1},
        "application": "grown.support",
        "bridging_max_days": 150,
    }
    adult = service(10, category="adult", suppliers={"own": {"kind": "internal", "lead_days": 200}})
    settings: Config = {
        "tracks": {
            "main": _track("child", STEPS),
            "grown": _track("adult", {"support": {**SUPPORT, "service": "home"}, "end": END}, side="adult"),
        },
        "arrivals": {"a": people([0], ages=turning_18_on(50)), "b": people([100, 201])},
        "birthday": birthday,
        "services": {"support": service(10, statutory=False), "home": adult},
        "costs": prices({"home": {"own": {"dkk_per_day": 9999, "account": ACCOUNT}}}),
        "days": 800,
    }

    def begin(dkk: float) -> list[float | None]:
        return starts(tell(administrations=administrations(dkk), **settings), kind="ordinary", service="support")

    # Day 100: 50 days of the service, 50 of bridging that is taken to go on, 266 more: 36,600.
    assert begin(36_599) == [0, NEW_YEAR, 201]
    # Whoever begins on day 100 costs 26,600; on day 201 that and 20,000 are known.
    assert begin(46_599) == [0, 100, NEW_YEAR]
    assert begin(46_600) == [0, 100, 201]


# -- monotone, off, refused -------------------------------------------------------------------------------------------


def test_a_lower_frame_never_lets_a_grant_begin_earlier() -> None:
    """Of equal grants none of which ends in the meantime; see the decision record for why that is needed."""
    at = [3, 40, 40, 77, 150, 151, 290, 380, 500]
    before: list[float] | None = None
    for dkk in (500_000, 300_000, 150_000, 120_000, 100_000, 70_000, 36_000, 1_000, 1):
        now = [start for start in starts(braked(dkk, at=at, days=1200)) if start is not None]
        assert len(now) == len(at)
        assert before is None or all(a <= b for a, b in zip(before, now, strict=True))
        before = now
    assert before == [3, *[NEW_YEAR] * 6, *[NEXT_NEW_YEAR] * 2]


def test_a_brake_that_is_never_reached_changes_nothing() -> None:
    on = braked(1e9, at=[0, 10, 20]).journal
    off = tell(
        STEPS, at=[0, 10, 20], services={"support": service(10, statutory=False)}, costs=prices(), days=800
    ).journal
    assert on.digest() == off.digest()


def test_whether_a_service_is_demanded_matters_to_brakes_alone() -> None:
    def digest(statutory: bool) -> str:
        return tell(STEPS, at=[0, 10], services={"support": service(1, statutory=statutory)}, days=800).journal.digest()

    assert digest(True) == digest(False)


def test_the_forecast_is_what_the_year_turns_out_to_cost_once_nothing_more_happens() -> None:
    scenario = small_map(
        STEPS,
        at=[10, 66.5, 200, 370],
        administrations=administrations(1e9),
        services={"support": service({"distribution": "uniform", "low": 0.1, "high": 2}, statutory=False)},
        costs=prices(),
        days=700,
    )
    world = World(scenario, 0)
    world.run()
    story = told(scenario)
    days = sum(
        min(row.end or NEXT_NEW_YEAR, NEXT_NEW_YEAR) - max(row.start, NEW_YEAR)
        for row in story.spells()
        if (row.end or NEXT_NEW_YEAR) > NEW_YEAR
    )
    assert world.brake is not None
    assert days > 100
    assert world.brake.forecast(world.names["payer"].code("child")) == pytest.approx(100 * days)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"costs": None}, r"administrations\.child\.brake: needs 'costs'"),
        ({"services": {"support": service(1)}}, r"administrations\.child\.brake: has no effect: .*statutory: false"),
        (
            {"administrations": {**administrations(1, budget="all"), "adult": {"label": label("b"), "budget": "all"}}},
            r"administrations\.adult\.brake: is missing: 'adult' shares the budget frame 'all' with 'child'",
        ),
        (
            {
                "administrations": administrations(budget="all"),
                "costs": prices() | {"frames": {"child": {"dkk_per_year": 1}}},
            },
            r"costs\.frames\.adult: is missing: 'adult' shares the budget frame 'all' with 'child'",
        ),
    ],
)
def test_brakes_and_frames_that_cannot_be_reckoned_with_are_refused(settings: Any, complaint: str) -> None:
    with pytest.raises(PlannerError, match=complaint):
        braked(1, at=[0], **settings)
