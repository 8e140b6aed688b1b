"""What is kept of a journal for pricing it again: no more than costs hang on, and no less."""

from __future__ import annotations

import datetime as dt

import pytest
from journals import START, Book, small_town

from sim.journal import Journal
from sim.measures import billable
from sim.measures.billing import EVENTS_KEPT
from sim.measures.frames import Frames

pytestmark = pytest.mark.unit

BIRTHDAY = 400.0


def turning_18_on(day: float) -> float:
    date = START + dt.timedelta(days=int(day))
    return float((date.replace(year=date.year - 18) - START).days)


def kept(book: Book) -> Journal:
    return billable(book.journal(), small_town())


def test_work_on_appeals_is_kept_and_other_work_is_not():
    book = Book()
    book.task("family", 1, requested=1, started=1, finished=2, track="appeal")
    book.task("family", 2, requested=1, started=1, finished=2)
    book.task("family", 3, requested=1, track="appeal")
    journal = kept(book)
    assert journal.activities["case"].tolist() == [1, 3]
    assert journal.cases["case"].tolist() == [1, 3]


@pytest.mark.parametrize(
    ("started", "finished", "is_kept"),
    [
        (BIRTHDAY - 1, BIRTHDAY + 1, True),
        (BIRTHDAY + 366, BIRTHDAY + 370, True),
        (BIRTHDAY + 366.5, BIRTHDAY + 370, False),
        (1, BIRTHDAY - 366, True),
        (1, BIRTHDAY - 366.5, False),
        (1, float("nan"), True),
        (float("nan"), float("nan"), False),
    ],
    ids=["around it", "a year later", "later", "a year before", "before", "never finished", "never begun"],
)
def test_work_within_a_year_of_the_birthday_is_kept(started: float, finished: float, is_kept: bool):
    book = Book(horizon=1000)
    book.person(1, born=turning_18_on(BIRTHDAY))
    book.task("family", 2, requested=0, started=started, finished=finished)
    book.task("family", 1, requested=0, started=started, finished=finished)
    journal = kept(book)
    assert journal.activities["case"].tolist() == ([1] if is_kept else [])
    assert journal.cases["case"].tolist() == [1]


@pytest.mark.parametrize(("day", "is_kept"), [(-1, False), (0, True), (365, True), (366, False)])
def test_those_are_kept_who_come_of_age_while_the_simulation_lasts(day: float, is_kept: bool):
    """It lasts from day 0 to 365."""
    book = Book(horizon=365)
    book.person(1, born=turning_18_on(day))
    book.task("family", 1, requested=0, started=1, finished=200)
    journal = kept(book)
    assert journal.cases["case"].tolist() == ([1] if is_kept else [])
    assert journal.activities["case"].tolist() == ([1] if is_kept else [])


def test_events_that_cost_are_kept_with_their_persons():
    book = Book()
    kinds = ("decision", *EVENTS_KEPT, "notification")
    for case, kind in enumerate(kinds, start=1):
        book.moment(kind, case, at=10)
    frames = Frames(kept(book), small_town(), background=True)
    names = frames.events.names("kind")
    assert [names[code] for code in frames.events["kind"]] == list(EVENTS_KEPT)
    assert frames.cases["case"].tolist() == list(range(2, 2 + len(EVENTS_KEPT)))


def test_services_and_caseworkers_are_all_kept():
    book = Book()
    book.person(7)
    book.spell("support", 1, start=10, end=20)
    book.spell("institution", 2)
    book.employed("family", 0)
    journal = kept(book)
    assert journal.spells["case"].tolist() == [1, 2]
    assert journal.cases["case"].tolist() == [1, 2]
    assert len(journal.staff["worker"]) == 1
    assert (journal.start, journal.horizon) == (START, 365.0)
