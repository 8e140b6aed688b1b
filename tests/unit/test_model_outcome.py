"""What becomes of the need when a service has run its course, and what comes of a service that does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_maps import END, Config, Told, coming_of_age, people, service, small_map, stock, tell, track, turning_18_on

from sim.model import simulate

pytestmark = pytest.mark.unit

SUPPORT: Config = {"kind": "service", "service": "support", "next": "end"}
STEPS = {"support": SUPPORT, "end": END}
PROFILES = {name: {"label": {"da": name, "en": name}} for name in ("plain", "complex")}
TEN_DAYS = 10 / 365.25


def level(number: int) -> dict[str, Any]:
    return {"levels": {str(number): 1}}


def given(at: int = 1, *, person: Config | None = None, mismatch: Config | None = None, **settings: Any) -> Told:
    """Return what happens to so many people of the profile ``plain`` who need 10 days of support."""
    return tell(
        STEPS,
        arrivals={"people": people([0] * at, **(person or {}))},
        services={"support": service(TEN_DAYS, **settings)},
        profiles=PROFILES,
        mismatch=mismatch or {},
    )


def changed(story: Told, kind: str) -> list[tuple[float, str]]:
    return [(round(row.time, 6), row.outcome) for row in story.events(kind)]


def persons(story: Told, kind: str) -> set[int]:
    return {row.case for row in story.events(kind)}


def test_a_service_that_helps_lowers_the_need_when_it_has_run_its_course() -> None:
    story = given(helps=1, person=level(3))
    assert changed(story, "need_falls") == [(10, "2")]
    (event,) = story.events("need_falls")
    assert (event.since, event.due, event.track, event.administration) == (event.time, None, "main", "child")
    assert story.events("need_rises") == []


def test_the_lowest_need_does_not_fall() -> None:
    assert changed(given(helps=1, person=level(1)), "need_falls") == []


def test_a_service_helps_with_its_probability() -> None:
    """4,000 persons, 30 %: 1,200, give or take four standard deviations of 29."""
    story = given(4000, helps=0.3)
    assert len(story.events("need_falls")) == pytest.approx(1200, abs=4 * 29)


def test_the_way_goes_on_with_the_new_need() -> None:
    story = tell(
        {
            "support": {**SUPPORT, "next": "which"},
            "which": {
                "kind": "choice",
                "split": {"by": "level", "values": {"2": {"lower": 1}, "other": {"as_was": 1}}},
            },
            "lower": {"kind": "delay", "days": 1, "next": "end"},
            "as_was": {"kind": "delay", "days": 1, "next": "end"},
            "end": END,
        },
        arrivals={"people": people([0], levels={"3": 1})},
        services={"support": service(TEN_DAYS, helps=1)},
    )
    assert len(story.activities("lower")) == 1
    assert story.activities("as_was") == []


def test_each_course_of_a_service_helps_anew() -> None:
    """Level 4 to begin with, and three courses."""
    steps = {
        "support": {**SUPPORT, "next": "again"},
        "again": {"kind": "choice", "split": {"by": "level", "values": {"1": {"end": 1}, "other": {"support": 1}}}},
        "end": END,
    }
    story = tell(
        steps, arrivals={"people": people([0], levels={"4": 1})}, services={"support": service(TEN_DAYS, helps=1)}
    )
    assert changed(story, "need_falls") == [(10, "3"), (20, "2"), (30, "1")]
    assert [row.level for row in story.spells()] == [4, 3, 2]


def test_a_service_that_another_one_replaces_has_not_run_its_course() -> None:
    """The same child comes again on day 4 and then gets the other service, which does not help."""
    which = {"by": "open_case", "values": {"no": {"support": 1}, "yes": {"other": 1}}}
    story = tell(
        {"which": {"kind": "choice", "split": which}, **STEPS, "other": {**SUPPORT, "service": "other"}},
        arrivals={"people": people([0], repeats={"probability": 1, "gap_days": 4})},
        services={"support": service(TEN_DAYS, helps=1), "other": service(1)},
        days=7,
    )
    assert [(row.start, row.end) for row in story.spells()] == [(0, 4), (4, None)]
    assert story.events("need_falls") == []


def test_a_service_that_the_law_ends_has_not_run_its_course() -> None:
    story = given(helps=1, until_age=18, person={"ages": turning_18_on(4)})
    assert [row.end for row in story.spells()] == [4]
    assert story.events("need_falls") == []


def test_a_service_that_ends_with_childhood_has_not_run_its_course() -> None:
    story = tell(
        tracks={"main": track(STEPS), "adult": track({"none": END}, administration="adult", side="adult")},
        arrivals={"people": people([0], ages=turning_18_on(4))},
        services={"support": service(TEN_DAYS, helps=1)},
        birthday=coming_of_age("adult.none", bridging_days=20),
    )
    assert [row.end for row in story.spells()] == [4]
    assert story.events("need_falls") == []


def test_a_service_that_outlives_the_simulation_has_not_helped_yet() -> None:
    story = tell(STEPS, services={"support": service(1, helps=1)}, days=30)
    assert story.events("need_falls") == []


def test_a_service_that_does_not_fit_takes_longer_or_shorter() -> None:
    """Ten days, half as long again if it is too general and half as long if it is too specialised."""
    factors = {"too_general": {"length_factor": 1.5}, "too_specialised": {"length_factor": 0.5}}
    lengths = {
        (fits, specialised): given(fits=[fits], specialised=specialised, mismatch=factors).spells()[0].end
        for fits in ("plain", "complex")
        for specialised in (False, True)
    }
    assert lengths == pytest.approx(
        {("plain", False): 10, ("plain", True): 10, ("complex", False): 15, ("complex", True): 5}
    )


def test_a_service_that_does_not_fit_helps_less_often() -> None:
    """80 % where it fits, half of that where it does not; those whom it still helps are among those."""
    badly = {"too_general": {"helps_factor": 0.5}}
    fitting = persons(given(2000, helps=0.8, fits=["plain"], mismatch=badly), "need_falls")
    general = persons(given(2000, helps=0.8, fits=["complex"], mismatch=badly), "need_falls")
    assert general < fitting
    assert len(general) == pytest.approx(800, abs=4 * 22)


def test_a_service_that_does_not_fit_can_leave_the_need_higher() -> None:
    story = given(fits=["complex"], mismatch={"too_general": {"level_rises": 1}})
    assert changed(story, "need_rises") == [(10, "3")]
    assert given(fits=["plain"], mismatch={"too_general": {"level_rises": 1}}).events("need_rises") == []
    special = given(fits=["complex"], specialised=True, mismatch={"too_general": {"level_rises": 1}})
    assert special.events("need_rises") == []


def test_the_highest_need_does_not_rise() -> None:
    story = given(fits=["complex"], mismatch={"too_general": {"level_rises": 1}}, person=level(4))
    assert story.events("need_rises") == []


def test_nobody_is_better_off_with_a_worse_service() -> None:
    """One draw decides: with less help and more risk nobody's need falls whose need would not have fallen."""
    good = given(2000, helps=0.5, fits=["complex"], mismatch={"too_general": {"level_rises": 0.1}})
    bad = given(2000, helps=0.3, fits=["complex"], mismatch={"too_general": {"level_rises": 0.4}})
    assert persons(bad, "need_falls") < persons(good, "need_falls")
    assert persons(good, "need_rises") < persons(bad, "need_rises")
    assert len(persons(bad, "need_rises")) == pytest.approx(800, abs=4 * 22)
    assert not persons(bad, "need_falls") & persons(bad, "need_rises")


def test_help_by_an_attribute() -> None:
    story = given(3, helps={"by": "match", "values": {"fits": 1, "other": 0}}, fits=["plain"])
    assert len(story.events("need_falls")) == 3
    story = given(3, helps={"by": "match", "values": {"fits": 1, "other": 0}}, fits=["complex"])
    assert story.events("need_falls") == []


def test_spells_in_progress_are_as_long_as_they_are_but_help() -> None:
    story = tell(
        STEPS,
        at=[],
        services={"support": service(TEN_DAYS, helps=0.5, fits=["complex"])},
        profiles=PROFILES,
        mismatch={"too_general": {"length_factor": 3, "level_rises": 0.5}},
        initial_caseload={"open": stock(400, step="support", service="support")},
    )
    assert [row.end - row.start for row in story.spells()] == pytest.approx([10] * 400)
    falls, rises = len(story.events("need_falls")), len(story.events("need_rises"))
    assert falls + rises == 400
    assert falls == pytest.approx(200, abs=40)


def test_without_outcomes_everything_is_as_it_was() -> None:
    """To say that nothing comes of a service that does not fit is to say nothing."""

    def digest(mismatch: Config, **settings: Any) -> str:
        services = {"support": service({"distribution": "exponential", "mean": 0.05}, **settings)}
        return simulate(
            small_map(STEPS, at=list(range(50)), services=services, profiles=PROFILES, mismatch=mismatch)
        ).digest()

    plain = digest({})
    assert digest({"too_general": {"length_factor": 1, "level_rises": 0}}, helps=0, fits=["complex"]) == plain
    assert digest({}, helps={"by": "level", "values": {"other": 0}}, fits=["complex"], specialised=True) == plain
    assert digest({"too_general": {"length_factor": 2, "level_rises": 1}}, fits=["plain"]) == plain
    assert digest({}, helps=0.5) != plain
