"""Sources that change from a date on: fewer persons, more, or with lighter needs."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_maps import END, START, Config, Told, delay, people, small_map, tell

from sim.model import simulate

pytestmark = pytest.mark.unit

STEPS = {"wait": delay("end", 0), "end": END}
DAYS = 800
FIRST_OF_FURTHER = 5_000_000
"""Number of the first person who would not have come at ``per_year``."""


def date(day: int) -> str:
    return (START + dt.timedelta(days=day)).isoformat()


def change(relative: float = 1.0, begins: int | None = None, ends: int | None = None, lighter: float = 0.0) -> Config:
    days = {"begins": begins, "ends": ends}
    return {
        "relative": relative,
        "lighter": lighter,
        **{key: date(day) for key, day in days.items() if day is not None},
    }


def source(*changes: Config, **others: Any) -> Config:
    named = {f"change_{number}": each for number, each in enumerate(changes)}
    plain = {key: value for key, value in people().items() if key != "at_days"}
    return {**plain, "per_year": 1000, "changes": named, **others}


def story(*changes: Config, **others: Any) -> Told:
    return tell(STEPS, arrivals={"people": source(*changes, **others)}, days=DAYS)


def entered(*changes: Config, **others: Any) -> dict[int, float]:
    return {row.case: row.entered for row in story(*changes, **others).rows("cases")}


def levels(*changes: Config, **others: Any) -> dict[int, int]:
    split = {"levels": {"1": 0.25, "2": 0.25, "3": 0.25, "4": 0.25}}
    return {row.case: row.level for row in story(*changes, **split, **others).rows("cases")}


def between(comings: dict[int, float], begins: float, ends: float) -> dict[int, float]:
    return {person: time for person, time in comings.items() if begins <= time < ends}


def test_until_the_date_the_same_persons_come_and_then_some_of_them() -> None:
    everybody, fewer = entered(), entered(change(0.4, begins=300))
    assert between(fewer, 0, 300) == between(everybody, 0, 300)
    expected = between(everybody, 300, DAYS)
    some = between(fewer, 300, DAYS)
    assert some.items() < expected.items()
    assert len(some) == pytest.approx(0.4 * len(expected), abs=4 * (0.24 * len(expected)) ** 0.5)


def test_nobody_comes_from_the_date_on() -> None:
    assert max(entered(change(0, begins=300)).values()) < 300


def test_a_change_from_the_start_is_a_relative_of_that_size() -> None:
    for relative in (0.0, 0.3, 1.0, 1.7, 3.2):
        assert entered(change(relative)) == entered(relative=relative)


def test_a_change_that_grows() -> None:
    """From all to none within 400 days: half of the persons of those days, fewer and fewer."""
    everybody, fewer = entered(), entered(change(0, begins=100, ends=500))
    parts = [(100, 200, 7 / 8), (200, 300, 5 / 8), (300, 400, 3 / 8), (400, 500, 1 / 8), (500, DAYS, 0)]
    for begins, ends, share in parts:
        there = len(between(everybody, begins, ends))
        assert len(between(fewer, begins, ends)) == pytest.approx(share * there, abs=4 * (0.25 * there) ** 0.5)
    assert between(fewer, 500, DAYS) == {}


def test_changes_multiply_each_other() -> None:
    assert entered(change(0.5), change(0.5)) == entered(relative=0.25)
    assert entered(change(0.5), relative=0.5) == entered(relative=0.25)
    assert entered(change(4, begins=100), change(0.25, begins=100)) == entered()


def test_more_persons_come_beside_those_who_came_before() -> None:
    everybody, more = entered(), entered(change(1.5, begins=300))
    assert everybody.items() < more.items()
    further = {person: time for person, time in more.items() if person not in everybody}
    assert min(further.values()) >= 300
    assert min(further) >= FIRST_OF_FURTHER
    expected = 0.5 * 1000 * 500 / 365.25
    assert len(further) == pytest.approx(expected, abs=4 * expected**0.5)


def test_who_comes_when_a_few_more_come_also_comes_when_many_more_do() -> None:
    counts = [entered(relative=relative).items() for relative in (0.5, 1, 1.2, 1.5, 2, 2.5, 4)]
    for fewer, more in pairwise(counts):
        assert fewer < more
    assert len(counts[-1]) == pytest.approx(4 * 1000 * DAYS / 365.25, abs=4 * (4 * 1000 * DAYS / 365.25) ** 0.5)


def test_the_same_child_comes_again_as_before() -> None:
    again = {"repeats": {"probability": 0.5, "gap_days": 30}, "kind": "notification"}

    def comings(*changes: Config) -> dict[int, list[float]]:
        result: dict[int, list[float]] = {}
        for row in story(*changes, **again).events("notification"):
            result.setdefault(row.case, []).append(row.time)
        return result

    everybody, fewer = comings(), comings(change(0, begins=300))
    assert any(time >= 300 for times in fewer.values() for time in times)
    assert fewer == {person: times for person, times in everybody.items() if times[0] < 300}


def test_from_the_date_on_some_come_one_level_lower() -> None:
    before, after = levels(), levels(change(lighter=0.3, begins=300))
    times = entered()
    assert before.keys() == after.keys()
    lighter = {person for person in before if before[person] != after[person]}
    assert all(before[person] - after[person] == 1 for person in lighter)
    assert min(times[person] for person in lighter) >= 300
    could = [person for person in before if times[person] >= 300 and before[person] > 1]
    assert len(lighter) == pytest.approx(0.3 * len(could), abs=4 * (0.21 * len(could)) ** 0.5)


def test_who_is_lighter_at_a_share_is_lighter_at_every_higher_one() -> None:
    before = levels()
    lighter = [
        {person for person, level in levels(*changes).items() if level != before[person]}
        for changes in (
            [change(lighter=0.2)],
            [change(lighter=0.36)],
            [change(lighter=0.2), change(lighter=0.2)],
            [change(lighter=0.6)],
            [change(lighter=1)],
        )
    ]
    assert lighter[0] < lighter[1] < lighter[3] < lighter[4]
    assert lighter[1] == lighter[2], "two changes of 20 % leave 64 % as they were"
    assert lighter[4] == {person for person, level in before.items() if level > 1}


def test_what_changes_nothing_leaves_everything_as_it_is() -> None:
    def digest(*changes: Config) -> str:
        return simulate(small_map(STEPS, arrivals={"people": source(*changes, per_year=200)}, days=DAYS)).digest()

    plain = digest()
    assert digest(change()) == plain
    assert digest(change(0.2, begins=DAYS + 1, lighter=0.9)) == plain
    assert digest(change(0.9)) != plain


def test_a_day_of_office_hours_is_thinned_as_a_whole() -> None:
    """Arrivals in working hours, with a pattern of months: the change begins with the first of them on its day."""
    pattern: dict[str, Any] = {"calendar": "office", "months": [2, 1] * 6}
    everybody, fewer = entered(**pattern), entered(change(0, begins=301), **pattern)
    assert fewer == between(everybody, 0, 301)


CHANGES = st.lists(
    st.builds(
        lambda relative, begins, grows: change(relative, begins, None if grows is None else begins + grows),
        st.sampled_from([0, 0.3, 0.8, 1, 1.3, 2]),
        st.integers(-100, DAYS),
        st.one_of(st.none(), st.integers(1, 300)),
    ),
    max_size=3,
)


@settings(max_examples=25)
@given(changes=CHANGES, relative=st.sampled_from([0.5, 1, 1.4]), less=st.sampled_from([0, 0.5, 0.9]))
def test_with_one_change_less_come_the_same_persons_and_more(
    changes: list[Config], relative: float, less: float
) -> None:
    more = entered(*changes, relative=relative, per_year=100)
    fewer = entered(*changes, change(less, begins=200), relative=relative, per_year=100)
    assert fewer.items() <= more.items()
    assert between(fewer, 0, 200) == between(more, 0, 200)
