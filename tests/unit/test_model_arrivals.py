"""Who comes, when, and who is there on day 0."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from tiny_maps import END, START, Told, delay, named_team, people, service, stock, tell, work

from sim.model.clock import BEYOND_DAYS

pytestmark = pytest.mark.unit

YEARS = 4
DAYS = 4 * 365.25
STEPS = {"wait": delay("end", 0), "end": END}
MONTHS = [1, 1, 1, 1, 1, 1, 0, 2, 1, 1, 1, 1]


def source(**settings: Any) -> dict[str, Any]:
    return {**{key: value for key, value in people().items() if key != "at_days"}, **settings}


def comes(days: float = DAYS, name: str = "people", **settings: Any) -> Told:
    return tell(STEPS, arrivals={name: source(**settings)}, days=days)


def entered(story: Told) -> dict[int, float]:
    return {row.case: row.entered for row in story.rows("cases")}


def date(time: float) -> dt.date:
    return START + dt.timedelta(days=int(time))


def test_exact_times() -> None:
    story = tell(STEPS, at=[3, 1.5, 99, 101])
    assert [row.entered for row in story.rows("cases")] == [1.5, 3, 99]


def test_regular_arrivals() -> None:
    """Every 30 days, the first after 30 days."""
    assert [row.entered for row in comes(days=100, every_days=30).rows("cases")] == [30, 60, 90]


def test_random_gaps() -> None:
    """Gaps of 10 days on average, with a coefficient of variation of one half."""
    story = comes(days=20_000, every_days={"distribution": "gamma", "mean": 10, "cv": 0.5})
    assert len(story.rows("cases")) == pytest.approx(2000, abs=4 * 0.5 * 2000**0.5)


def test_arrivals_per_year() -> None:
    """2,000 a year: 8,000 in four years, give or take four standard deviations of 89; Poisson."""
    times = list(entered(comes(per_year=2000)).values())
    assert len(times) == pytest.approx(8000, abs=360)
    daily = Counter(int(time) for time in times)
    counts = [daily[day] for day in range(int(DAYS))]
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / len(counts)
    assert variance / mean == pytest.approx(1, abs=4 * (2 / len(counts)) ** 0.5)


def test_nobody_comes_from_an_empty_source() -> None:
    assert comes(per_year=0).rows("cases") == []


def test_a_pattern_of_months() -> None:
    """Nobody in July, twice as many in August as in other months; and as many a year as without a pattern."""
    times = list(entered(comes(per_year=4000, months=MONTHS)).values())
    per_month = Counter(date(time).month for time in times)
    days = sum(
        MONTHS[n - 1] * (dt.date(2025 + n // 12, n % 12 + 1, 1) - dt.date(2025, n, 1)).days for n in range(1, 13)
    )
    assert per_month[7] == 0
    for month, number_of_days in ((1, 31), (4, 30), (12, 31)):
        expected = YEARS * 4000 * number_of_days / days
        assert per_month[month] == pytest.approx(expected, abs=4 * expected**0.5)
    assert per_month[8] == pytest.approx(YEARS * 4000 * 62 / days, abs=4 * (YEARS * 4000 * 62 / days) ** 0.5)
    per_year = Counter(date(time).year for time in times)
    for year in (2024, 2025, 2026, 2027):
        assert per_year[year] == pytest.approx(4000, abs=4 * 4000**0.5)


def test_arrivals_in_office_hours_only() -> None:
    times = list(entered(comes(per_year=3000, calendar="office")).values())
    assert len(times) == pytest.approx(YEARS * 3000, abs=4 * (YEARS * 3000) ** 0.5)
    hours = [(time % 1) * 24 for time in times]
    assert min(hours) >= 8
    assert max(hours) < 15.4 + 1e-6
    assert sum(hours) / len(hours) == pytest.approx(11.7, abs=0.1)
    assert {date(time).weekday() for time in times} == set(range(5))
    assert not {date(time) for time in times} & {dt.date(2024, 1, 1), dt.date(2024, 12, 24), dt.date(2025, 6, 5)}
    assert dt.date(2024, 5, 1) in {date(time) for time in times}


def test_the_year_that_is_cut_off_has_its_share() -> None:
    """January and February of a year of 12,000 evenly spread ones: 60 of 366 days."""
    story = tell(STEPS, arrivals={"people": source(per_year=12_000, months=[1] * 11 + [1.0001])}, days=60)
    expected = 12_000 * 60 / 366
    assert len(story.rows("cases")) == pytest.approx(expected, abs=4 * expected**0.5)


def test_those_who_still_come_to_a_thinned_source_are_the_same_persons() -> None:
    everybody = entered(comes(per_year=1000))
    some = entered(comes(per_year=1000, relative=0.7))
    assert set(some.items()) <= set(everybody.items())
    assert len(some) == pytest.approx(0.7 * len(everybody), abs=4 * (0.21 * len(everybody)) ** 0.5)
    fewer = entered(comes(per_year=1000, relative=0.4))
    assert set(fewer.items()) <= set(some.items())


def test_further_persons_are_added_to_a_source_that_rises() -> None:
    everybody = entered(comes(per_year=1000))
    more = entered(comes(per_year=1000, relative=1.5))
    assert set(everybody.items()) <= set(more.items())
    further = len(more) - len(everybody)
    assert further == pytest.approx(2000, abs=4 * 2000**0.5)
    assert [row.entered for row in comes(per_year=1000, relative=1.5).rows("cases")] == sorted(more.values())


def test_another_source_changes_nobody() -> None:
    alone = entered(tell(STEPS, arrivals={"people": source(per_year=500)}, days=DAYS))
    both = entered(tell(STEPS, arrivals={"people": source(per_year=500), "others": source(per_year=500)}, days=DAYS))
    assert {case: time for case, time in both.items() if case < 10_000_000} == alone


def test_traits() -> None:
    """Half are 0 to 6 years old and half 12 to 18; three in ten at level 4, one in ten of the complex ones."""
    profiles = {name: {"label": {"da": name, "en": name}} for name in ("plain", "complex")}
    story = tell(
        STEPS,
        arrivals={
            "people": people(
                [10.5] * 4000,
                ages=[{"from_age": 0, "to_age": 6, "weight": 3}, {"from_age": 12, "to_age": 18, "weight": 3}],
                profiles={"plain": 0.8, "complex": "rest"},
                levels={
                    "by": "profile",
                    "values": {"complex": {"4": 0.1, "1": "rest"}, "other": {"4": 0.3, "2": "rest"}},
                },
            )
        },
        profiles=profiles,
    )
    rows = story.rows("cases")
    complexes = [row for row in rows if row.profile == "complex"]
    plains = [row for row in rows if row.profile == "plain"]
    assert len(complexes) == pytest.approx(800, abs=4 * 25.3)
    assert {row.level for row in complexes} == {1, 4}
    assert {row.level for row in plains} == {2, 4}
    assert sum(row.level == 4 for row in plains) == pytest.approx(0.3 * len(plains), abs=4 * 26)
    assert sum(row.level == 4 for row in complexes) == pytest.approx(0.1 * len(complexes), abs=4 * 9)
    ages = [(10.5 - row.born) / 365.25 for row in rows]
    young = [age for age in ages if age < 9]
    assert len(young) == pytest.approx(2000, abs=4 * 31.6)
    assert sum(young) / len(young) == pytest.approx(3, abs=4 * 3**0.5 / 45)
    assert all(0 <= age < 6.01 or 12 <= age < 18.01 for age in ages)
    assert all(row.born == int(row.born) for row in rows)


def test_each_coming_is_written_down() -> None:
    story = tell(STEPS, arrivals={"school": people([3], kind="notification"), "family": people([4])})
    (told_by,) = story.events("notification")
    (asked,) = story.events("application")
    assert (told_by.time, told_by.outcome, told_by.administration, told_by.track) == (3, "school", "child", "main")
    assert (asked.time, asked.outcome) == (4, "family")


def test_repeats() -> None:
    """Each coming is followed by another with a chance of 0.4: 1 / (1 - 0.4) comings per person."""
    story = tell(
        STEPS,
        arrivals={"people": people([0] * 3000, kind="notification", repeats={"probability": 0.4, "gap_days": 10})},
        days=400,
    )
    notifications = story.events("notification")
    assert len(notifications) / 3000 == pytest.approx(1 / 0.6, abs=4 * (0.4 / 0.36 / 3000) ** 0.5)
    assert {row.time % 10 for row in notifications} == {0}
    assert len(story.rows("cases")) == 3000


def test_who_comes_back_is_there_again() -> None:
    """Here from day 0 to 2 and from day 10 on: the person has not left when the simulation ends on day 11."""
    story = tell(
        {"wait": delay("end", 2), "end": END},
        arrivals={"people": people([0], repeats={"probability": 1, "gap_days": 10})},
        days=11,
    )
    assert [row.left for row in story.rows("cases")] == [None]


def test_repeats_end_with_childhood() -> None:
    story = tell(
        STEPS,
        arrivals={
            "people": people(
                [0],
                kind="notification",
                ages=[{"from_age": 17.9, "to_age": 17.9001, "weight": 1}],
                repeats={"probability": 1, "gap_days": 10},
            )
        },
    )
    # A tenth of a year before the birthday.
    assert [row.time for row in story.events("notification")] == [0, 10, 20, 30]


def test_repeats_come_in_the_hours_of_their_source() -> None:
    """Ten days after Tuesday 2 January 9:00 at the earliest, but never at night or on a Saturday."""
    story = tell(
        STEPS,
        arrivals={
            "people": source(
                per_year=400,
                calendar="office",
                kind="notification",
                repeats={"probability": 0.5, "gap_days": {"distribution": "exponential", "mean": 10}},
            )
        },
        days=700,
    )
    times = [row.time for row in story.events("notification")]
    assert len(times) > len(story.rows("cases"))
    assert all(8 <= (time % 1) * 24 < 15.4 + 1e-6 for time in times)
    assert all(date(time).weekday() < 5 for time in times)


def test_who_would_come_back_long_after_the_end() -> None:
    """On Sunday 18 May 2025, the last day that the tables of working days know: nobody asks for the next one."""
    story = tell(
        STEPS,
        arrivals={
            "people": source(
                every_days=100,
                calendar="office",
                kind="notification",
                repeats={"probability": 1, "gap_days": 403.5},
            )
        },
        days=104,
    )
    assert date(104 + BEYOND_DAYS - 1) == date(100 + 403.5) == dt.date(2025, 5, 18)
    assert [row.time for row in story.events("notification")] == [100]


def test_who_is_there_on_day_0() -> None:
    story = tell(
        {"work": work("support"), "support": {"kind": "service", "service": "support", "next": "end"}, "end": END},
        at=[],
        services={"support": service({"distribution": "exponential", "mean": 2})},
        initial_caseload={"open": stock(3000, step="support", service="support", levels={"3": 1})},
        days=10 * 365.25,
    )
    rows = story.rows("cases")
    assert len(rows) == 3000
    assert {(row.source, row.entered, row.level) for row in rows} == {("open", 0, 3)}
    spells = story.spells()
    assert {(row.kind, row.service, row.track) for row in spells} == {("initial", "support", "main")}
    ends = [3652.5 if row.end is None else row.end for row in spells]
    # Memoryless: what remains is as long as a fresh spell. Cut at ten years, which takes 0.7 % off.
    assert sum(ends) / 3000 / 365.25 == pytest.approx(2 * (1 - 2.718 ** (-5)), abs=4 * 2 / 3000**0.5)
    assert all(row.start <= 0 for row in spells)


def test_the_length_of_the_initial_spells_by_an_attribute() -> None:
    story = tell(
        {"work": work("support"), "support": {"kind": "service", "service": "support", "next": "end"}, "end": END},
        at=[],
        services={"support": service({"by": "level", "values": {"1": 0.1, "other": 0.2}})},
        initial_caseload={
            "light": stock(50, step="support", service="support", levels={"1": 1}),
            "heavy": stock(50, step="support", service="support"),
        },
    )
    lengths = {row.level: row.end - row.start for row in story.spells()}
    assert lengths == pytest.approx({1: 36.525, 2: 73.05})


def test_nobody_has_had_a_service_since_before_birth() -> None:
    story = tell(
        {"work": work("support"), "support": {"kind": "service", "service": "support", "next": "end"}, "end": END},
        at=[],
        services={"support": service(50)},
        initial_caseload={"open": stock(200, step="support", service="support")},
    )
    born = {row.case: row.born for row in story.rows("cases")}
    starts = {row.case: row.start for row in story.spells()}
    assert all(starts[case] >= born[case] for case in born)
    assert any(starts[case] == born[case] for case in born)


def test_the_named_team_has_the_cases_of_day_0() -> None:
    """Spread evenly; later work goes to the caseworkers who have them."""
    story = tell(
        {
            "work": work("support"),
            "support": {"kind": "service", "service": "support", "next": "own"},
            "own": work("end", team="own", hours=1),
            "end": END,
        },
        at=[],
        services={"support": service(0.1)},
        initial_caseload={"open": stock(6, step="support", service="support", team="team")},
        teams={"team": named_team(3)},
    )
    assert Counter(row.worker for row in story.activities("own")) == {0: 2, 1: 2, 2: 2}
    assert story.events("allocation") == []
    assert story.events("caseworker_change") == []


def test_half_a_municipality_has_half_of_everybody() -> None:
    half = {"label": {"da": "x", "en": "x"}, "population": {}, "scale": 0.5}
    story = tell(
        {"work": work("support"), "support": {"kind": "service", "service": "support", "next": "end"}, "end": END},
        arrivals={"people": source(per_year=2000)},
        services={"support": service(1)},
        initial_caseload={"open": stock(5, step="support", service="support")},
        municipality=half,
        days=365.25,
    )
    arrived = Counter(row.source for row in story.rows("cases"))
    assert arrived["open"] == 3
    assert arrived["people"] == pytest.approx(1000, abs=4 * 1000**0.5)


def test_cases_of_day_0_belong_to_the_administration_that_is_named() -> None:
    """One stock in an adult track of one administration, which another pays for."""
    steps = {"support": {"kind": "service", "service": "help", "next": "end"}, "end": END}
    named = {"by": "profile", "values": {"plain": "adult"}}
    settings = {"step": "support", "service": "help"}
    story = tell(
        steps,
        services={"help": service()},
        days=50,
        arrivals={"people": people([99])},
        initial_caseload={"ours": stock(2, **settings), "theirs": stock(3, **settings, administration=named)},
    )
    payers = {"ours": "child", "theirs": "adult"}
    sources = {row.case: row.source for row in story.rows("cases")}
    assert [row.payer for row in story.spells()] == [payers[sources[row.case]] for row in story.spells()]
    assert sum(row.payer == "adult" for row in story.spells()) == 3
