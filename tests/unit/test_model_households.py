"""Which children are siblings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tiny_maps import END, delay, label, people, service, stock, tell

from sim.model.draws import Draws

pytestmark = pytest.mark.unit

STEPS = {"wait": delay("end", 0), "end": END}
DAYS = 50.0


def households(
    share: float = 0.5, at: Sequence[float] = tuple(range(40)), name: str = "people", **settings: Any
) -> dict[int, int]:
    """Return the household of each person."""
    municipality = {"label": label("small"), "population": {}, "sibling_share": share}
    settings.setdefault("arrivals", {name: people(at)})
    story = tell(settings.pop("steps", STEPS), municipality=municipality, days=DAYS, **settings)
    return {row.case: row.household for row in story.rows("cases")}


def siblings(number: int, share: float, name: str = "people") -> bool:
    """Return whether the draw says that a person belongs to the one before; replication 0, the seed of small maps."""
    return Draws(SEED, 0).uniform(f"people.{name}.sibling")(number, 0) < share


SEED = tell(STEPS, days=1).journal.seed


def test_without_siblings_every_child_has_a_household_of_its_own() -> None:
    assert households(0.0) == {number: number for number in range(40)}


def test_a_child_that_follows_is_of_the_household_of_the_one_before() -> None:
    """Written down by hand: each person's household is that of the nearest one, backwards, whose draw says 'not'."""
    expected = {}
    for number in range(40):
        first = number
        while first > 0 and siblings(first, 0.5):
            first -= 1
        expected[number] = first
    assert households(0.5) == expected
    assert 10 < len(set(expected.values())) < 30
    assert max(list(expected.values()).count(first) for first in expected.values()) > 2


def test_the_share_of_children_who_follow_another() -> None:
    """Of 4,000 children 23 % follow: 3,080 households, give or take four standard deviations of 26.6."""
    found = households(0.23, at=[1.0] * 4000)
    assert len(set(found.values())) == pytest.approx(3080, abs=107)


def test_a_household_does_not_depend_on_who_else_comes() -> None:
    source = {key: value for key, value in people().items() if key != "at_days"} | {"per_year": 1000}
    everybody = households(arrivals={"people": source})
    some = households(arrivals={"people": {**source, "relative": 0.5}})
    more = households(arrivals={"people": {**source, "relative": 1.5}})
    assert 0 < len(some) < len(everybody) < len(more)
    assert some == {number: everybody[number] for number in some}
    assert everybody == {number: more[number] for number in everybody}
    # A household is called after its first child, who may not come.
    assert set(some.values()) - set(some)
    # Persons of a further stream are nobody's siblings in the first.
    assert not {more[number] for number in set(more) - set(everybody)} & set(everybody.values())


def test_what_happens_does_not_depend_on_siblings() -> None:
    """The same persons at the same times; the column is all that differs."""
    with_siblings, without = (
        tell(STEPS, municipality={"label": label("small"), "population": {}, "sibling_share": share}, at=range(40))
        for share in (0.5, 0.0)
    )
    for column, values in with_siblings.journal.cases.items():
        same = values.tolist() == without.journal.cases[column].tolist()
        assert same or column in ("household", "left"), column
    assert with_siblings.rows("events") == without.rows("events")


def test_groups_have_no_siblings_in_common() -> None:
    found = households(0.9, arrivals={"first": people([1, 2]), "second": people([1, 2])})
    assert {number // 10_000_000 for number in found} == {0, 1}
    assert all(household // 10_000_000 == number // 10_000_000 for number, household in found.items())
    assert found[10_000_000] == 10_000_000


def test_who_comes_as_an_adult_is_nobodys_sibling() -> None:
    ages = [{"from_age": 10, "to_age": 11, "weight": 1}, {"from_age": 18, "to_age": 19, "weight": 1}]
    municipality = {"label": label("small"), "population": {}, "sibling_share": 0.99}
    story = tell(STEPS, municipality=municipality, days=DAYS, arrivals={"people": people([1.0] * 200, ages=ages)})
    rows = {row.case: row for row in story.rows("cases")}
    adult = {number for number, row in rows.items() if (row.entered - row.born) / 365.25 > 17}
    assert 50 < len(adult) < 150
    for number, row in rows.items():
        if number in adult or number - 1 in adult or not siblings(number, 0.99):
            assert row.household == number
        else:
            assert row.household == rows[max(number - 1, 0)].household


def test_those_in_a_service_on_day_0_have_siblings_too() -> None:
    found = households(
        0.5,
        steps={"support": {"kind": "service", "service": "support", "next": "end"}, "end": END},
        arrivals={},
        services={"support": service()},
        initial_caseload={"open": stock(40, step="support", service="support")},
    )
    first = min(found)
    assert first == 100 * 10_000_000
    assert 10 < len(set(found.values())) < 30
    for number in sorted(found):
        follows = number > first and siblings(number, 0.5, "open")
        assert found[number] == (found[number - 1] if follows else number)
