"""Whom matters come to and who takes them: every matter once, on the way that it went."""

from __future__ import annotations

import numpy as np
import pytest
from journals import Book, asking_town, small_town

from sim.measures import group_label, measure
from sim.scenario import Scenario

pytestmark = pytest.mark.unit


def flows(book: Book, scenario: Scenario | None = None) -> dict[tuple[str, str], float]:
    table = measure(book.journal(), scenario or asking_town()).kpis
    return {(row.kpi, row.group): row.value for row in table.itertuples() if row.kpi.startswith("flow.")}


def taken(book: Book, case: int, since: float, time: float, by: str) -> None:
    book.event("responsibility_taken", case, since=since, time=time, outcome=by, track="grown", administration=by)


def bounce(book: Book, case: int, at: float, by: str) -> None:
    book.moment("bounce", case, at=at, outcome=by, track="grown")


def test_what_is_sent_on_at_the_very_moments_of_asking_and_taking_is_of_that_question():
    """Two questions of one case: from 10 to 20, and from 40 to 50."""
    book = Book(horizon=365)
    taken(book, 1, 10, 20, "bsf")
    taken(book, 1, 40, 50, "bsf")
    bounce(book, 1, 20, "buf")
    bounce(book, 1, 40, "buf")
    found = flows(book)
    assert found["flow.sent_on", "grown>buf>bsf"] == found["flow.matters", "grown>buf>bsf"] == 2


def test_a_matter_goes_from_whom_was_asked_first_to_who_took_it():
    """Taken at once by bsf; sent on by buf to bsf; sent on by both until the management gives it to buf again."""
    book = Book(horizon=365)
    taken(book, 1, 10, 10, "bsf")
    bounce(book, 2, 20, "buf")
    taken(book, 2, 20, 50, "bsf")
    bounce(book, 3, 60, "bsf")
    bounce(book, 3, 30, "buf")
    taken(book, 3, 30, 95, "buf")
    found = flows(book)
    assert found["flow.matters", "all"] == 3
    assert found["flow.sent_on", "all"] == 2
    assert {way: value for (kpi, way), value in found.items() if kpi == "flow.matters" and way != "all"} == {
        "grown>buf>buf": 1,
        "grown>buf>bsf": 1,
        "grown>bsf>buf": 0,
        "grown>bsf>bsf": 1,
    }
    assert [found["flow.sent_on", f"grown>{way}"] for way in ("buf>buf", "buf>bsf", "bsf>buf", "bsf>bsf")] == [
        1,
        1,
        0,
        0,
    ]


def test_a_matter_counts_when_it_is_taken_and_per_year():
    """Of a period of a leap year (2024) and half of 2023 before it in the run-in: one of two, in one year."""
    book = Book(run_in=365, horizon=731)
    bounce(book, 1, 350, "buf")
    taken(book, 1, 350, 364, "bsf")
    bounce(book, 2, 350, "buf")
    taken(book, 2, 350, 366, "bsf")
    bounce(book, 3, 700, "buf")
    assert flows(book)["flow.matters", "grown>buf>bsf"] == 1
    assert flows(book)["flow.sent_on", "all"] == 1


def test_sending_on_belongs_to_the_question_in_whose_time_it_falls():
    book = Book()
    bounce(book, 1, 20, "buf")
    taken(book, 1, 20, 50, "bsf")
    taken(book, 1, 80, 80, "buf")
    book.moment("bounce", 1, at=30, outcome="bsf", track="appeal")
    found = flows(book)
    assert found["flow.matters", "grown>buf>bsf"] == found["flow.matters", "grown>buf>buf"] == 1
    assert found["flow.sent_on", "all"] == 1


def test_where_nobody_asks_there_is_nothing_to_measure():
    book = Book()
    taken(book, 1, 10, 10, "bsf")
    found = flows(book, small_town())
    assert set(found) == {("flow.matters", "all"), ("flow.sent_on", "all")}
    assert all(np.isnan(value) for value in found.values())


def test_a_way_is_called_by_its_stations():
    label = group_label("grown>buf>bsf", asking_town())
    assert (label.da, label.en) == ("adult (da) → buf (da) → bsf (da)", "adult (en) → buf (en) → bsf (en)")
