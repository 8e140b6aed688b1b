"""Waits: what counts, from when, and what happens to those that are not over."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from journals import Book, small_town

from sim.measures import measure
from sim.measures.frames import CATEGORIES, Frames
from sim.measures.requests import from_request

pytestmark = pytest.mark.unit


def kpi(book: Book, name: str, group: str = "all") -> float:
    table = measure(book.journal(), small_town()).kpis.set_index(["kpi", "group"])["value"]
    return float(table[name, group])


def born_to_turn_18_on(day: float) -> float:
    start = dt.date(2023, 1, 1)
    date = start + dt.timedelta(days=int(day))
    return float((date.replace(year=date.year - 18) - start).days)


def test_the_wait_for_a_decision_is_counted_per_track():
    """Child: 10 and 30 days; adult: 50 days."""
    book = Book()
    book.event("decision", 1, since=0, time=10, outcome="granted")
    book.event("decision", 2, since=5, time=35, outcome="refused")
    book.event("decision", 3, since=5, time=55, outcome="granted", track="grown")
    assert kpi(book, "wait.decision", "child") == pytest.approx(20)
    assert kpi(book, "wait.decision", "grown") == pytest.approx(50)
    assert kpi(book, "wait.decision") == pytest.approx(30)
    assert kpi(book, "wait.decision.median") == pytest.approx(30)
    assert kpi(book, "wait.decision.p90") == pytest.approx(50)


def test_a_wait_belongs_to_the_period_in_which_it_begins():
    """Begun in the run-in: not counted although it ends later. Begun on day 100, ended on day 120: counted."""
    book = Book(run_in=100)
    book.event("decision", 1, since=99, time=300, outcome="granted")
    book.event("decision", 2, since=100, time=120, outcome="granted")
    assert kpi(book, "wait.decision") == pytest.approx(20)


def test_a_wait_that_is_given_up_is_censored():
    """Given up after 10 days; another ends after 20: S falls from 1 to 0 at 20, not at 10."""
    book = Book()
    book.event("decision", 1, since=0, time=10, outcome="withdrawn")
    book.event("decision", 2, since=0, time=20, outcome="granted")
    assert kpi(book, "wait.decision") == pytest.approx(20)


def test_the_wait_for_a_service_runs_from_the_decision_and_the_total_from_the_request():
    book = Book()
    book.spell("support", asked=0, decided=30, start=40, end=100)
    assert kpi(book, "wait.service") == pytest.approx(10)
    assert kpi(book, "wait.total") == pytest.approx(40)
    assert kpi(book, "wait.total", "category:supportive") == pytest.approx(40)
    assert kpi(book, "wait.total", "profile:vulnerable") == pytest.approx(40)
    assert np.isnan(kpi(book, "wait.total", "profile:disability"))
    assert np.isnan(kpi(book, "wait.total", "adult"))


def test_a_service_that_is_still_waited_for_counts_with_the_days_so_far():
    """One served after 10 of the 20 days that the other has been waiting: 1/2 of them wait longer than 10 days."""
    book = Book(horizon=20)
    book.spell("support", 1, start=10, end=15)
    book.spell("support", 2)
    assert kpi(book, "wait.service") == pytest.approx(15)


@pytest.mark.parametrize("kind", ["initial", "bridging", "self_pay"])
def test_only_ordinary_spells_are_waited_for(kind: str):
    book = Book()
    book.spell("support", kind=kind, start=40, end=100)
    assert np.isnan(kpi(book, "wait.total"))


def test_a_later_change_of_service_is_not_a_new_total_wait():
    """Asked once on day 0, first served on day 20, changed on day 200."""
    book = Book()
    book.spell("institution", asked=0, decided=190, start=200)
    book.spell("support", asked=0, decided=10, start=20, end=200)
    assert kpi(book, "wait.total") == pytest.approx(20)
    assert kpi(book, "wait.total", "category:supportive") == pytest.approx(20)


def test_a_change_is_no_new_wait_for_somebody_who_asked_later_than_others():
    """Case 1 asked on day 0. Case 2 asked on day 50, was served on day 60 and changed service twice."""
    book = Book()
    book.spell("support", 1, asked=0, decided=10, start=20, end=200)
    book.spell("support", 2, asked=50, decided=55, start=60, end=200)
    book.spell("institution", 2, asked=50, decided=190, start=200, end=250)
    book.spell("foster_care", 2, asked=50, decided=240, start=250)
    waits = from_request(Frames(book.journal(), small_town()))
    assert sorted(waits.days.tolist()) == [10, 20]


def test_a_first_grant_that_was_given_up_does_not_hide_the_one_that_came():
    book = Book()
    book.spell("institution", asked=0, decided=10, withdrawn=15)
    book.spell("support", asked=0, decided=30, start=50)
    assert kpi(book, "wait.total") == pytest.approx(50)


def test_support_under_adult_law_is_not_late_before_the_birthday():
    """Decided on day 40, half a year before the 18th birthday on day 221; begun 9 days after it."""
    book = Book()
    book.person(1, born=born_to_turn_18_on(221))
    book.spell("adult_support", asked=10, decided=40, start=230, track="grown", payer="bsf")
    assert kpi(book, "wait.service") == pytest.approx(9)
    assert kpi(book, "wait.total", "adult") == pytest.approx(9)


def test_undecided_requests_count_with_the_share_that_leads_to_a_service():
    """Of three requests that took 20 days or more to decide one led to a service; one that took 5 days did.

    A request that has been undecided for 10 days therefore counts for a third.
    """
    book = Book(horizon=100)
    book.event("decision", 1, since=0, time=5, outcome="granted")
    book.spell("support", 1, asked=0, decided=5, start=6)
    book.event("decision", 2, since=0, time=20, outcome="granted")
    book.spell("support", 2, asked=0, decided=20, start=30)
    book.event("decision", 3, since=0, time=20, outcome="refused")
    book.event("decision", 4, since=0, time=25, outcome="closed")
    book.event("decision", 5, since=90)
    waits = from_request(Frames(book.journal(), small_town()))
    assert sorted(zip(waits.days, waits.served, waits.weight, strict=True)) == [
        (6, True, 1),
        (10, False, pytest.approx(1 / 3)),
        (30, True, 1),
    ]


def test_an_undecided_request_counts_for_nothing_where_what_took_as_long_led_nowhere():
    """The only request that took 50 days or more was refused; of the four that took 10 or more, two led to a service.

    So the one that is undecided after 60 days counts for nothing, and the one undecided after 10 for a half, a wait of
    which half would be for support and half for a placement.
    """
    book = Book(horizon=100)
    for case, service in ((1, "support"), (2, "institution")):
        book.event("decision", case, since=0, time=20, outcome="granted")
        book.spell(service, case, asked=0, decided=20, start=30)
    book.event("decision", 3, since=0, time=80, outcome="refused")
    book.event("decision", 4, since=0, time=15, outcome="refused")
    book.event("decision", 5, since=40)
    book.event("decision", 6, since=90)
    waits = from_request(Frames(book.journal(), small_town()))
    open_ = ~waits.served
    assert waits.days[open_].tolist() == [10, 10]
    assert waits.weight[open_].tolist() == [0.25, 0.25]
    assert [CATEGORIES[code] for code in waits.category[open_]] == ["placement", "supportive"]


def test_an_undecided_request_that_has_a_service_already_is_not_counted_twice():
    book = Book(horizon=100)
    book.event("decision", 1, since=0, time=5, outcome="granted")
    book.spell("support", 1, asked=0, decided=5, start=6)
    book.event("decision", 1, since=0)
    waits = from_request(Frames(book.journal(), small_town()))
    assert waits.days.tolist() == [6]


def test_a_growing_backlog_of_undecided_requests_lengthens_the_wait():
    """One of the earliest was served after 30 days; nine like it are undecided after 300: the wait is not 30 days."""
    book = Book(horizon=300)
    book.event("decision", 1, since=0, time=20, outcome="granted")
    book.spell("support", 1, asked=0, decided=20, start=30)
    for case in range(2, 11):
        book.event("decision", case, since=0)
    assert kpi(book, "wait.total") == pytest.approx(30 * 0.1 + 300 * 0.9)


def test_the_queue_is_what_passes_until_somebody_begins():
    """Team family: begun at once; begun after 4 days; given up after 1 day (censored).

    Three are at risk on day 0 and one begins: 2/3 wait longer. On day 4 only one is still at risk, and begins.
    So the mean is 4 * 2/3. Panels have a queue of their own; waiting for others is no queue.
    """
    book = Book()
    book.task("family", requested=1, started=1, finished=2)
    book.task("family", requested=1, started=5, finished=6)
    book.task("family", requested=1, withdrawn=2)
    book.task("panel", requested=1, started=8, finished=8, worker=-1)
    book.task(None, requested=1, started=1, finished=90, worker=-1)
    assert kpi(book, "wait.in_queue", "family") == pytest.approx(8 / 3)
    assert kpi(book, "wait.in_queue") == pytest.approx(8 / 3)
    assert kpi(book, "wait.in_queue", "panel") == pytest.approx(7)


def test_the_wait_for_a_caseworker_of_ones_own():
    book = Book()
    book.event("allocation", 1, since=0, time=0)
    book.event("allocation", 2, since=0, time=12)
    assert kpi(book, "wait.allocation") == pytest.approx(6)


def test_the_curve_of_those_served_rises_to_all_of_them():
    """Served after 7 and 14 days."""
    book = Book()
    book.spell("support", 1, start=7)
    book.spell("support", 2, start=14)
    series = measure(book.journal(), small_town()).series
    curve = series[(series["series"] == "wait.total.curve") & (series["group"] == "all")].set_index("x")["value"]
    assert curve.loc[[0, 7, 14, 728]].tolist() == pytest.approx([0, 0.5, 1, 1])
