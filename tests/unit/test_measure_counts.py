"""What is counted per year: by whom it happens to, or by the administration where it happens."""

from __future__ import annotations

import pytest
from journals import Book, small_town

from sim.measures import measure
from sim.measures.counts import COUNTED, Counted

pytestmark = pytest.mark.unit


def kpi(book: Book, name: str, group: str = "all") -> float:
    table = measure(book.journal(), small_town()).kpis.set_index(["kpi", "group"])["value"]
    return float(table[name, group])


@pytest.mark.parametrize("counted", [entry for entry in COUNTED if entry.by == "profile"], ids=lambda entry: entry.kpi)
def test_what_happens_to_people_is_counted_by_profile(counted: Counted):
    """Two years (2023 and 2024) after a run-in: once and twice; once in the run-in."""
    book = Book(run_in=365, horizon=1096)
    book.person(2, profile="disability")
    book.moment(counted.kind, 1, at=400)
    book.moment(counted.kind, 2, at=500)
    book.moment(counted.kind, 2, at=600)
    book.moment(counted.kind, 2, at=100)
    assert kpi(book, counted.kpi) == pytest.approx(3 / 2)
    assert kpi(book, counted.kpi, "profile:vulnerable") == pytest.approx(1 / 2)
    assert kpi(book, counted.kpi, "profile:disability") == pytest.approx(1)


@pytest.mark.parametrize(
    "counted", [entry for entry in COUNTED if entry.by == "administration"], ids=lambda entry: entry.kpi
)
def test_what_happens_in_the_administrations_is_counted_by_administration(counted: Counted):
    book = Book(horizon=365)
    book.moment(counted.kind, at=10)
    book.moment(counted.kind, at=20)
    book.moment(counted.kind, at=30, administration="bsf")
    assert kpi(book, counted.kpi) == pytest.approx(3)
    assert kpi(book, counted.kpi, "buf") == pytest.approx(2)
    assert kpi(book, counted.kpi, "bsf") == pytest.approx(1)


def test_nothing_that_happens_is_counted_as_something_else():
    book = Book(horizon=365)
    for number, entry in enumerate(COUNTED, start=1):
        for _ in range(number):
            book.moment(entry.kind, at=10)
    assert [kpi(book, entry.kpi) for entry in COUNTED] == pytest.approx(list(range(1, len(COUNTED) + 1)))
    assert len({entry.kind for entry in COUNTED}) == len(COUNTED)


def test_what_never_happens_is_none_a_year():
    assert all(kpi(Book(), entry.kpi) == 0 for entry in COUNTED)
