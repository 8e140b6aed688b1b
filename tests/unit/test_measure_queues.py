"""What waits, fortnight by fortnight."""

from __future__ import annotations

import numpy as np
import pytest
from journals import Book, small_town

from sim.measures import measure

pytestmark = pytest.mark.unit


def curve(book: Book, name: str, group: str) -> list[float]:
    """Return a series on days 0, 14, 28 and 42."""
    series = measure(book.journal(), small_town()).series
    rows = series[(series["series"] == name) & (series["group"] == group)]
    assert rows["x"].tolist() == [0, 14, 28, 42]
    return rows["value"].tolist()


def test_tasks_that_wait_and_how_long_those_begun_had_waited():
    """Two were begun in the second fortnight, after 10 and 4 days; one was given up; one waits on."""
    book = Book(horizon=42)
    book.task("family", requested=10, started=20, finished=21)
    book.task("family", requested=13, started=17, finished=18)
    book.task("family", requested=5, withdrawn=30)
    book.task("family", requested=35)
    book.task("duty", requested=0, started=29)
    book.task("panel", requested=1, started=15, finished=15, worker=-1)
    assert curve(book, "queue.tasks", "family") == [0, 3, 1, 1]
    assert curve(book, "queue.tasks", "duty") == [1, 1, 1, 0]
    assert curve(book, "queue.tasks", "panel") == [0, 1, 0, 0]
    assert curve(book, "queue.wait", "family") == pytest.approx([np.nan, 7, np.nan, np.nan], nan_ok=True)
    assert curve(book, "queue.wait", "duty") == pytest.approx([np.nan, np.nan, 29, np.nan], nan_ok=True)


def test_decisions_and_caseworkers_that_are_waited_for():
    book = Book(horizon=42)
    book.event("decision", 1, since=10, time=20)
    book.event("decision", 2, since=10)
    book.event("decision", 3, since=0, time=40, track="grown")
    book.event("allocation", 1, since=10, time=30)
    assert curve(book, "queue.decisions", "all") == [1, 3, 2, 1]
    assert curve(book, "queue.decisions", "child") == [0, 2, 1, 1]
    assert curve(book, "queue.decisions", "grown") == [1, 1, 1, 0]
    assert curve(book, "queue.cases", "all") == [0, 1, 1, 0]


def test_services_that_are_waited_for():
    """From the decision until it begins or is given up."""
    book = Book(horizon=42)
    book.spell("support", 1, decided=10, start=20, end=30)
    book.spell("support", 2, decided=10, withdrawn=30)
    book.spell("support", 3, decided=20)
    book.spell("institution", 4, decided=0, start=14)
    assert curve(book, "queue.services", "category:supportive") == [0, 2, 2, 1]
    assert curve(book, "queue.services", "category:placement") == [1, 0, 0, 0]
