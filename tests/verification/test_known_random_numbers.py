"""Common random numbers: a scenario changes nothing but what it changes.

The same replication of two scenarios has the same persons, and whatever is drawn for a person at a step is the same in
both, so that scenarios are compared person by person.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from small_maps import FOLDER, rows, small_map

from sim.journal import Journal
from sim.model import simulate
from sim.scenario.compose import from_yaml

pytestmark = pytest.mark.verification

PERSON = ("born", "profile", "level", "source", "entered")
BEFORE_AND_BESIDE = ("reading", "statements", "with_b")


def draws(journal: Journal) -> dict[tuple[int, str, int], float]:
    """Return what was drawn for each person, step and visit: hours of work, or days of a delay."""
    activities = journal.activities
    order = np.lexsort((activities["requested"], activities["case"]))
    drawn: dict[tuple[int, str, int], float] = {}
    visits: dict[tuple[int, str], int] = {}
    for row in order:
        step = journal.names["step"][activities["step"][row]]
        if activities["resource"][row] >= 0 and activities["worker"][row] < 0 and activities["hours"][row] == 0:
            continue  # a panel draws nothing
        case = int(activities["case"][row])
        visit = visits[case, step] = visits.get((case, step), -1) + 1
        hours = float(activities["hours"][row])
        if activities["resource"][row] < 0:
            hours = round(float(activities["finished"][row] - activities["started"][row]), 9)
        drawn[case, step, visit] = hours
    return drawn


def persons(journal: Journal) -> dict[int, tuple[Any, ...]]:
    """Return the traits of each person by number."""
    cases = journal.cases
    named = [
        [journal.names[column][code] for code in cases[column]] if column in ("profile", "source") else cases[column]
        for column in PERSON
    ]
    traits = dict(zip(cases["case"].tolist(), zip(*named, strict=True), strict=True))
    assert len(traits) == len(cases["case"]), "two persons have the same number"
    return traits


def assert_same_where_both(first: dict[Any, float], second: dict[Any, float], least: int) -> None:
    """Assert that draws that both have are the same; NaN (a delay that is not over) tells nothing."""
    both = [key for key in first if key in second and first[key] == first[key] and second[key] == second[key]]
    assert len(both) >= least
    assert [first[key] for key in both] == [second[key] for key in both]


@pytest.mark.parametrize("replication", [0, 3])
def test_one_more_caseworker_changes_no_draw(replication: int) -> None:
    """One more caseworker in team a: everything before and beside a is the same to the minute, case by case.

    Behind a, other things come at other times, but what is drawn for a person is still the same.
    """
    fewer = simulate(small_map("three_teams"), replication)
    more = simulate(small_map("three_teams", {"teams.a.caseworkers": 3}), replication)
    assert persons(fewer) == persons(more)
    for step in BEFORE_AND_BESIDE:
        here, there = (rows(journal, "activities", step=f"matters.{step}") for journal in (fewer, more))
        assert len(here["case"]) > 100
        orders = [np.lexsort((table["requested"], table["case"])) for table in (here, there)]
        for column in ("case", "worker", "requested", "started", "finished", "hours"):
            np.testing.assert_array_equal(here[column][orders[0]], there[column][orders[1]])
    assert_same_where_both(draws(fewer), draws(more), least=1000)
    waits = [
        np.nanmean(table["started"] - table["requested"])
        for table in (rows(journal, "activities", step="matters.with_a") for journal in (fewer, more))
    ]
    assert waits[1] < waits[0], "the change must change something"
    lengths = [_lengths(journal) for journal in (fewer, more)]
    both = lengths[0].keys() & lengths[1].keys()
    assert len(both) > 50
    for case in both:
        assert lengths[0][case] == pytest.approx(lengths[1][case])


def _lengths(journal: Journal) -> dict[int, float]:
    """Return the length of the spell of those who had exactly one that began and ended."""
    spells = journal.spells
    _, index, number = np.unique(spells["case"], return_index=True, return_counts=True)
    over = index[(number == 1) & ~np.isnan(spells["end"][index])]
    return dict(zip(spells["case"][over].tolist(), (spells["end"][over] - spells["start"][over]).tolist(), strict=True))


def test_a_thinned_stream_is_a_part_of_the_same_persons() -> None:
    """With ``relative: 0.8`` about eight in ten of the same persons come, at the same times, with the same traits."""
    everybody = persons(simulate(small_map("three_teams")))
    fewer = persons(simulate(small_map("three_teams", {"arrivals.applications.relative": 0.8})))
    assert fewer.items() <= everybody.items()
    share, spread = len(fewer) / len(everybody), np.sqrt(0.16 / len(everybody))
    assert 0.8 - 3 * spread < share < 0.8 + 3 * spread
    fewer_still = persons(simulate(small_map("three_teams", {"arrivals.applications.relative": 0.5})))
    assert fewer_still.items() < fewer.items(), "who comes at 0.5 also comes at 0.8"
    assert persons(simulate(small_map("three_teams", {"arrivals.applications.relative": 0}))) == {}


def test_a_raised_stream_has_the_same_persons_and_more() -> None:
    """With ``relative: 1.2`` everybody comes who came before, and about a fifth of others."""
    before = persons(simulate(small_map("three_teams")))
    after = persons(simulate(small_map("three_teams", {"arrivals.applications.relative": 1.2})))
    assert before.items() <= after.items()
    further = len(after) - len(before)
    expected = 0.2 * 160 * 3
    assert abs(further - expected) < 3 * np.sqrt(expected)
    first_draws = draws(simulate(small_map("three_teams")))
    assert_same_where_both(
        first_draws,
        draws(simulate(small_map("three_teams", {"arrivals.applications.relative": 1.2}))),
        least=500,
    )


def test_a_further_source_leaves_the_others_as_they_are() -> None:
    """A second source adds persons; those of the first are the same, and so is what is drawn for them."""
    source = copy.deepcopy(from_yaml(FOLDER / "three_teams.yaml").composed["arrivals"]["applications"])
    alone = simulate(small_map("three_teams"))
    together = simulate(small_map("three_teams", {"arrivals.referrals": source}))
    own, all_of_them = persons(alone), persons(together)
    assert own.items() < all_of_them.items()
    others = {number: traits for number, traits in all_of_them.items() if number not in own}
    assert {traits[3] for traits in others.values()} == {"referrals"}
    assert not {traits[4] for traits in others.values()} & {traits[4] for traits in own.values()}
    assert_same_where_both(draws(alone), draws(together), least=500)


def test_without_a_step_the_draws_of_the_others_are_the_same() -> None:
    """The statements are left out: hours, routing and decisions of every person stay the same."""
    whole = simulate(small_map("three_teams"))
    changes = {"tracks.matters.steps.statements": None, "tracks.matters.steps.reading.next": "whose"}
    shorter = simulate(small_map("three_teams", changes))
    assert persons(whole) == persons(shorter)
    first, second = draws(whole), draws(shorter)
    assert not any(step == "matters.statements" for _, step, _ in second)
    assert_same_where_both(first, second, least=700)
    # Who was with b in one is with b in the other, as far as both got (nobody goes on there as time runs out).
    routes = [
        {case: step for case, step, visit in drawn if step in ("matters.with_a", "matters.with_b") and visit == 0}
        for drawn in (first, second)
    ]
    both = routes[0].keys() & routes[1].keys()
    twice = {case for case, step, visit in {*first, *second} if step == "matters.reading" and visit > 0}
    once = sorted(both - twice)
    assert len(once) > 150
    assert [routes[0][case] for case in once] == [routes[1][case] for case in once]


def test_other_replications_and_other_seeds_are_other_persons() -> None:
    """No draw is shared between replications or seeds."""
    futures = [
        simulate(small_map("three_teams", {"experiment.seed": seed}), replication)
        for seed in (1, 2)
        for replication in (0, 1)
    ]
    for position, future in enumerate(futures):
        for other in futures[:position]:
            assert not set(future.cases["entered"]) & set(other.cases["entered"])
            here, there = draws(future), draws(other)
            hours = [key for key in here if key in there and key[1] == "matters.reading"]
            assert len(hours) > 100
            assert not any(here[key] == there[key] for key in hours)
