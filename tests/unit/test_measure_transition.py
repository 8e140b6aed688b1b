"""The 18th birthday: gap, plan, decision, being sent on, aftercare."""

from __future__ import annotations

import numpy as np
import pytest
from journals import Book, small_town

from sim.measures import measure

pytestmark = pytest.mark.unit


def kpi(book: Book, name: str) -> float:
    table = measure(book.journal(), small_town()).kpis.set_index(["kpi", "group"])["value"]
    return float(table[name, "all"])


def turned_18(book: Book, case: int, at: float) -> None:
    book.moment("turned_18", case, at=at)


def test_the_gap_ends_with_support_and_lasts_while_the_family_pays():
    """Seamless: 0 days; bridged: 0; adult support after 30; nothing yet, 60 days before the end.

    Of four, two have no gap. At 30 one of the two left starts: 1/4 goes on to 60, where it was last seen.
    Mean: 30 * 2/4 + 30 * 1/4.
    """
    book = Book(horizon=160)
    book.event("gap", 1, since=100, time=100, outcome="adult")
    book.event("gap", 2, since=100, time=100, outcome="bridging")
    book.event("gap", 3, since=100, time=130, outcome="adult")
    book.event("gap", 4, since=100)
    book.spell("support", 4, kind="self_pay", start=100, payer="family")
    assert kpi(book, "transition.gap_days") == pytest.approx(22.5)
    assert kpi(book, "transition.no_gap") == pytest.approx(1 / 2)


def test_those_who_need_nothing_have_no_gap_to_measure():
    book = Book()
    book.event("gap", 1, since=100, time=100, outcome="none_needed")
    book.event("gap", 2, since=100, time=150, outcome="aftercare")
    assert kpi(book, "transition.gap_days") == pytest.approx(50)
    assert kpi(book, "transition.no_gap") == 0


def test_bridging_is_no_lasting_support():
    book = Book()
    book.event("gap", 1, since=100, time=100, outcome="bridging")
    book.event("adult_start", 1, since=100, time=170, outcome="adult")
    assert kpi(book, "transition.gap_days") == 0
    assert kpi(book, "transition.days_to_adult_support") == pytest.approx(70)


def test_birthdays_in_the_run_in_do_not_count():
    book = Book(run_in=100)
    book.event("gap", 1, since=99, time=199, outcome="adult")
    book.event("gap", 2, since=100, time=110, outcome="adult")
    assert kpi(book, "transition.gap_days") == pytest.approx(10)


def test_plan_and_decision_must_be_there_on_the_birthday():
    """Plans: before the birthday (in the run-in), on it, after it, none. Decision: one of the four, a day before."""
    book = Book(run_in=50)
    for case in (1, 2, 3, 4):
        turned_18(book, case, at=100)
    book.moment("plan", 1, at=40)
    book.moment("plan", 1, at=140)
    book.moment("plan", 2, at=100)
    book.moment("plan", 3, at=101)
    book.moment("adult_decision", 4, at=99)
    assert kpi(book, "transition.plan_at_18") == pytest.approx(1 / 2)
    assert kpi(book, "transition.decision_at_18") == pytest.approx(1 / 4)
    assert kpi(book, "transition.turned_18_per_year") == pytest.approx(4 / (315 / 365))


def test_bounces_are_counted_per_person_in_transition():
    """Two persons, three bounces of theirs; one of somebody whose transition began earlier does not count."""
    book = Book(run_in=50)
    book.moment("transition_start", 1, at=60)
    book.moment("transition_start", 2, at=60)
    book.moment("transition_start", 3, at=10)
    for case in (1, 1, 2, 3):
        book.moment("bounce", case, at=80)
    assert kpi(book, "transition.bounces") == pytest.approx(3 / 2)


def test_those_first_taken_up_on_the_birthday_are_in_transition_too():
    """Three persons, one of them not planned for and sent on twice: 2/3 on average, one in three."""
    book = Book()
    book.moment("transition_start", 1, at=60)
    book.moment("transition_start", 2, at=60)
    book.moment("not_planned", 3, at=70, track="grown", administration="bsf")
    for at in (80, 90):
        book.moment("bounce", 3, at=at, outcome="bsf")
    assert kpi(book, "transition.bounces") == pytest.approx(2 / 3)
    assert kpi(book, "transition.sent_on_share") == pytest.approx(1 / 3)


def test_the_days_until_somebody_takes_responsibility():
    """Settled at once, and after 30 days: 15 on average. Taken in the run-in: not counted.

    In a track in which administrations do not ask each other nobody knows when the asking began.
    """
    scenario = small_town()
    tracks = {name: track.model_dump() for name, track in scenario.tracks.items()}
    tracks["grown"]["first"] = "whose"
    tracks["grown"]["steps"]["whose"] = {
        "kind": "responsibility",
        "theirs": {"buf": 0.5, "bsf": "rest"},
        "round_days": 14,
        "max_rounds": 2,
        "to": {"buf": "done", "bsf": "done"},
    }
    book = Book(run_in=50)
    book.event("responsibility_taken", 1, since=100, time=100, outcome="buf", track="grown")
    book.event("responsibility_taken", 2, since=40, time=70, outcome="bsf", track="grown", administration="bsf")
    book.event("responsibility_taken", 3, since=10, time=49, outcome="buf", track="grown")
    book.moment("responsibility_taken", 4, at=100, track="child")
    found = measure(book.journal(), small_town(tracks=tracks)).kpis.set_index(["kpi", "group"])["value"]
    assert found["transition.days_to_responsibility", "all"] == pytest.approx(15)
    assert np.isnan(kpi(book, "transition.days_to_responsibility"))


def test_the_share_of_the_target_group_that_gets_aftercare_within_a_year():
    """Members 1-4 turn 18 on day 100: one has it from then, one from day 200, one after 400 days, one never."""
    book = Book(horizon=700)
    for case in (1, 2, 3, 4):
        book.moment("aftercare_target", case, at=100)
    book.spell("contact_person", 1, start=100, end=150)
    book.spell("contact_person", 1, start=150)
    book.spell("contact_person", 2, start=200)
    book.spell("contact_person", 3, start=500)
    book.spell("support", 4, start=100)
    assert kpi(book, "volume.aftercare_share") == pytest.approx(1 / 2)


def test_a_member_not_followed_for_a_year_is_censored():
    """Case 2 turned 18 ten days before the end: case 1, served after 50 days, was then the only one at risk."""
    book = Book(horizon=700)
    book.moment("aftercare_target", 1, at=100)
    book.moment("aftercare_target", 2, at=690)
    book.spell("contact_person", 1, start=150)
    assert kpi(book, "volume.aftercare_share") == pytest.approx(1)


def test_the_curve_after_the_birthday():
    book = Book()
    book.event("gap", 1, since=0, time=0, outcome="adult")
    book.event("gap", 2, since=0, time=30, outcome="adult")
    series = measure(book.journal(), small_town()).series
    curve = series[series["series"] == "transition.gap.curve"].set_index("x")["value"]
    assert curve.loc[[0, 29, 30, 365]].tolist() == pytest.approx([0.5, 0.5, 1, 1])
    assert len(curve) == 366


def test_nobody_turning_18_gives_nothing():
    book = Book()
    assert np.isnan(kpi(book, "transition.gap_days"))
    assert np.isnan(kpi(book, "transition.no_gap"))
    assert np.isnan(kpi(book, "transition.plan_at_18"))
    assert np.isnan(kpi(book, "transition.bounces"))
    assert np.isnan(kpi(book, "transition.sent_on_share"))
    assert np.isnan(kpi(book, "volume.aftercare_share"))
