"""Turning 18: support that is ready, late or not wanted, and what stands in for it.

The 18th birthday is day 40; there is children's support from day 0 on, unless a test says otherwise.
"""

from __future__ import annotations

from typing import Any

import pytest
from growing_up import (
    BIRTHDAY,
    DAY_MONTH_BEFORE,
    MONTH_BEFORE,
    adult_start,
    adult_steps,
    gap,
    kinds,
    life,
    live,
    service_step,
)
from tiny_maps import END, Told, delay, people, service, stock, tell, turning_18_on

pytestmark = pytest.mark.unit


# -- planned in time ----------------------------------------------------------------------------------------------


def test_planning_starts_at_a_date_beside_the_running_service() -> None:
    """Eleven months after the 17th birthday, on day 9: there is no other reason for anything to happen then."""
    story = live(planning=MONTH_BEFORE)
    (event,) = story.events("transition_start")
    assert (event.time, event.track, event.administration) == (DAY_MONTH_BEFORE, "adult", "child")
    assert story.when("adult.application") == [(DAY_MONTH_BEFORE, DAY_MONTH_BEFORE, DAY_MONTH_BEFORE + 5)]


def test_no_gap_when_support_is_ready() -> None:
    """Children's support until the birthday, adult support from the birthday on."""
    story = live(planning=MONTH_BEFORE)
    assert kinds(story) == [("ordinary", 0, BIRTHDAY), ("ordinary", BIRTHDAY, None)]
    assert gap(story) == (BIRTHDAY, BIRTHDAY, "adult")
    assert adult_start(story) == (BIRTHDAY, "adult")
    assert [row.time for row in story.events("turned_18")] == [BIRTHDAY]
    assert story.events("not_planned") == []


def test_nobody_stands_in_when_support_is_ready() -> None:
    assert kinds(live(planning=MONTH_BEFORE, meanwhile="bridging"))[1:] == [("ordinary", BIRTHDAY, None)]


def test_support_that_runs_before_the_birthday_leaves_no_gap() -> None:
    """A service that need not wait for the birthday: it runs from day 14 on."""
    adult = {**adult_steps(), "support": service_step("adult_support")}
    story = live(planning=MONTH_BEFORE, adult=adult, meanwhile="bridging")
    assert kinds(story) == [("ordinary", 0, BIRTHDAY), ("ordinary", DAY_MONTH_BEFORE + 5, None)]
    assert gap(story) == (BIRTHDAY, BIRTHDAY, "adult")
    assert adult_start(story) == (BIRTHDAY, "adult")


def test_planning_starts_at_once_when_the_service_starts_after_that_age() -> None:
    story = live(planning=MONTH_BEFORE, arrivals={"people": people([20], ages=turning_18_on(BIRTHDAY, at=20))})
    assert [row.time for row in story.events("transition_start")] == [20]


def test_planning_starts_at_once_for_those_who_are_past_that_age_on_day_0() -> None:
    story = live(
        planning=17.5,
        arrivals={"people": people([], ages=turning_18_on(BIRTHDAY))},
        initial_caseload={"open": stock(1, step="support", service="support", ages=turning_18_on(BIRTHDAY))},
        services={"support": service(40, until_age=18), "adult_support": service(1, category="adult")},
    )
    assert [row.time for row in story.events("transition_start")] == [0]
    assert gap(story) == (BIRTHDAY, BIRTHDAY, "adult")


def test_nobody_plans_for_those_whose_service_is_over_by_then() -> None:
    """The service ends on day 5; the next one, from day 20 on, is what planning waits for."""
    brief = service(5 / 365.25)
    story = live(planning=MONTH_BEFORE, services={"support": brief, "adult_support": service(1, category="adult")})
    assert story.events("transition_start") == []
    assert story.events("turned_18") == []


def test_the_plan_is_dropped_when_the_need_ends_before_the_birthday() -> None:
    """Children's support ends on day 20, in the middle of planning: adult support is no longer worked on."""
    services = {"support": service(20 / 365.25), "adult_support": service(1, category="adult")}
    story = live(planning=MONTH_BEFORE, adult=adult_steps(60), services=services)
    assert [row.time for row in story.events("plan_dropped")] == [pytest.approx(20)]
    (row,) = story.activities("adult.application")
    assert (row.finished, row.withdrawn) == (None, pytest.approx(20))
    assert story.rows("cases")[0].left == pytest.approx(20)
    assert story.events("gap") == []


def test_the_plan_is_made_anew_when_the_need_comes_back() -> None:
    """A service until day 20, planned for from day 9 on; another from day 25 on, planned for at once."""
    services = {"support": service(20 / 365.25), "adult_support": service(1, category="adult")}
    arrivals = {
        "people": people([0], ages=turning_18_on(BIRTHDAY), repeats={"probability": 1, "gap_days": 25}),
    }
    story = live(planning=MONTH_BEFORE, adult=adult_steps(60), services=services, arrivals=arrivals)
    assert [row.time for row in story.events("transition_start")] == [DAY_MONTH_BEFORE, 25]
    assert [row.time for row in story.events("plan_dropped")] == [pytest.approx(20)]


def test_planning_happens_once_though_services_change() -> None:
    """Two services, the second from day 5 on: still one transition."""
    child = {
        "support": service_step("support", next="second"),
        "second": service_step("second"),
        "end": END,
    }
    services = {
        "support": service(5 / 365.25),
        "second": service(1),
        "adult_support": service(1, category="adult"),
    }
    story = live(planning=MONTH_BEFORE, child=child, services=services)
    assert [row.time for row in story.events("transition_start")] == [DAY_MONTH_BEFORE]


def test_planning_is_for_some_kinds_of_service() -> None:
    given = life(planning=MONTH_BEFORE)
    given["planning"]["categories"] = ["placement"]
    assert tell(**given).events("transition_start") == []


def test_nobody_plans_for_those_who_will_not_need_support() -> None:
    story = live(planning=MONTH_BEFORE, needs=0)
    assert story.events("transition_start") == []


# -- late ---------------------------------------------------------------------------------------------------------


def late(**settings: Any) -> Told:
    """Planned from day 9 on, but it takes 60 days: adult support starts on day 69, 29 days late."""
    return live(planning=MONTH_BEFORE, adult=adult_steps(60), **settings)


def test_nothing_until_support_starts() -> None:
    story = late()
    assert kinds(story) == [("ordinary", 0, BIRTHDAY), ("ordinary", 69, None)]
    assert gap(story) == (BIRTHDAY, 69, "adult")
    assert adult_start(story) == (69, "adult")


def test_bridging_until_support_starts() -> None:
    """The children's administration pays for the same service from the same supplier on: there is no gap."""
    story = late(meanwhile="bridging")
    child, bridging, adult = story.spells()
    assert (child.end, adult.start) == (BIRTHDAY, 69)
    assert (bridging.kind, bridging.service, bridging.supplier) == ("bridging", "support", "own")
    assert (bridging.payer, bridging.start, bridging.end) == ("child", BIRTHDAY, 69)
    assert gap(story) == (BIRTHDAY, BIRTHDAY, "bridging")
    assert adult_start(story) == (69, "adult")


def test_bridging_has_an_end() -> None:
    story = late(meanwhile="bridging", bridging=20)
    assert [(row.start, row.end) for row in story.spells(kind="bridging")] == [(BIRTHDAY, BIRTHDAY + 20)]
    assert adult_start(story) == (69, "adult")


def test_bridging_keeps_the_place() -> None:
    """Somebody else waits for it: they get it when bridging ends, not on the birthday."""
    only = {"own": {"kind": "internal", "places": 1}}
    story = late(
        meanwhile="bridging",
        services={
            "support": service(1, until_age=18, suppliers=only),
            "adult_support": service(1, category="adult"),
        },
        arrivals={"people": people([0], ages=turning_18_on(BIRTHDAY)), "young": people([10])},
    )
    young = story.spells(service="support", asked=10)
    assert [row.start for row in young] == [69]


def test_the_family_pays_until_support_starts() -> None:
    """For the same service, without its place; and that counts as a gap."""
    story = late(meanwhile="self_pay")
    (paid,) = story.spells(kind="self_pay")
    assert (paid.payer, paid.service, paid.supplier, paid.start, paid.end) == ("family", "support", "own", BIRTHDAY, 69)
    assert gap(story) == (BIRTHDAY, 69, "adult")


def test_self_payment_frees_the_place() -> None:
    only = {"own": {"kind": "internal", "places": 1}}
    story = late(
        meanwhile="self_pay",
        services={
            "support": service(1, until_age=18, suppliers=only),
            "adult_support": service(1, category="adult"),
        },
        arrivals={"people": people([0], ages=turning_18_on(BIRTHDAY)), "young": people([10])},
    )
    assert [row.start for row in story.spells(service="support", asked=10)] == [BIRTHDAY]


def test_a_gap_that_lasts_until_the_end() -> None:
    story = late(days=60)
    assert gap(story) == (BIRTHDAY, None, "none")
    assert adult_start(story) == (None, "none")


def test_bridging_that_lasts_until_the_end() -> None:
    story = late(days=60, meanwhile="bridging")
    assert [(row.start, row.end) for row in story.spells(kind="bridging")] == [(BIRTHDAY, None)]


# -- not planned --------------------------------------------------------------------------------------------------


def test_who_was_not_planned_for_applies_on_the_birthday() -> None:
    """The application takes 5 days."""
    story = live()
    assert [row.time for row in story.events("not_planned")] == [BIRTHDAY]
    assert [(row.time, row.track, row.administration) for row in story.events("applied")] == [
        (BIRTHDAY, "adult", "adult")
    ]
    assert kinds(story) == [("ordinary", 0, BIRTHDAY), ("ordinary", BIRTHDAY + 5, None)]
    assert gap(story) == (BIRTHDAY, BIRTHDAY + 5, "adult")
    assert story.spells(service="adult_support")[0].asked == BIRTHDAY


def test_who_was_not_planned_for_may_be_bridged() -> None:
    story = live(meanwhile="bridging")
    assert [(row.start, row.end) for row in story.spells(kind="bridging")] == [(BIRTHDAY, BIRTHDAY + 5)]
    assert gap(story) == (BIRTHDAY, BIRTHDAY, "bridging")
    assert adult_start(story) == (BIRTHDAY + 5, "adult")


def test_who_needs_nothing_further_leaves() -> None:
    story = live(needs=0, meanwhile="bridging")
    assert kinds(story) == [("ordinary", 0, BIRTHDAY)]
    assert [story.events(kind) for kind in ("turned_18", "gap", "adult_start", "applied")] == [[], [], [], []]
    assert story.rows("cases")[0].left == BIRTHDAY


def test_who_waits_for_childrens_support_on_the_birthday_gets_none_but_applies() -> None:
    """The place would have been ready on day 50. Nothing is there to be bridged."""
    suppliers = {"own": {"kind": "internal", "lead_days": 50}}
    story = live(
        meanwhile="bridging",
        services={"support": service(1, suppliers=suppliers), "adult_support": service(1, category="adult")},
    )
    child, adult = story.spells()
    assert (child.start, child.withdrawn) == (None, BIRTHDAY)
    assert adult.start == BIRTHDAY + 5
    assert gap(story) == (BIRTHDAY, BIRTHDAY + 5, "adult")


def test_who_gives_up_waits_no_longer() -> None:
    """Refused on day 45: the gap ends as given up, and the bridging with it."""
    adult = {"application": delay("end", 5, record="applied"), "end": END}
    services = {"support": service(1, until_age=18)}
    story = live(meanwhile="bridging", adult=adult, services=services)
    assert gap(story) == (BIRTHDAY, BIRTHDAY, "bridging")
    assert adult_start(story) == (BIRTHDAY + 5, "withdrawn")
    assert [(row.start, row.end) for row in story.spells(kind="bridging")] == [(BIRTHDAY, BIRTHDAY + 5)]
    assert gap(live(adult=adult, services=services)) == (BIRTHDAY, BIRTHDAY + 5, "withdrawn")


def test_whom_the_adult_side_has_refused_does_not_apply_again() -> None:
    """Planned from day 9 and refused on day 14: nobody works on support on the birthday, so nothing is waited for."""
    adult = {"application": delay("end", 5, record="applied"), "end": END}
    story = live(
        planning=MONTH_BEFORE, meanwhile="bridging", adult=adult, services={"support": service(1, until_age=18)}
    )
    assert [row.time for row in story.events("applied")] == [DAY_MONTH_BEFORE]
    assert [row.time for row in story.events("turned_18")] == [BIRTHDAY]
    assert [story.events(kind) for kind in ("not_planned", "gap", "adult_start")] == [[], [], []]
    assert kinds(story) == [("ordinary", 0, BIRTHDAY)]
    assert story.rows("cases")[0].left == BIRTHDAY


def test_the_target_group_of_aftercare() -> None:
    given = life(needs=0)
    given["birthday"]["aftercare_services"] = ["support"]
    assert [row.time for row in tell(**given).events("aftercare_target")] == [BIRTHDAY]
    assert live(needs=0).events("aftercare_target") == []


def test_aftercare_ends_the_gap_by_its_name() -> None:
    services = {"support": service(1, until_age=18), "adult_support": service(1, category="aftercare", until_age=23)}
    assert gap(live(services=services)) == (BIRTHDAY, BIRTHDAY + 5, "aftercare")


def test_adults_and_those_whose_birthday_lies_beyond_the_end_turn_18_here_not() -> None:
    story = live(days=40)
    assert kinds(story) == [("ordinary", 0, None)]
    assert story.events("turned_18") == []
