"""Deadlines: met, missed, or left out because nobody can tell yet."""

from __future__ import annotations

import numpy as np
import pytest
from journals import Book, small_town

from sim.measures import measure
from sim.measures.deadlines import judged
from sim.measures.frames import Frames

pytestmark = pytest.mark.unit


def share(book: Book, group: str = "all") -> float:
    table = measure(book.journal(), small_town()).kpis.set_index(["kpi", "group"])["value"]
    return float(table["deadline.assessment_4m", group])


def met(book: Book) -> list[bool]:
    frames = Frames(book.journal(), small_town())
    return judged(frames, frames.kind("assessment_4m"))[1].tolist()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"since": 0, "time": 119, "due": 120}, [True]),
        ({"since": 0, "time": 120, "due": 120}, [True]),
        ({"since": 0, "time": 121, "due": 120}, [False]),
        ({"since": 0, "due": 120}, [False]),
        ({"since": 245, "time": 300, "due": 365}, [True]),
        ({"since": 300, "due": 420}, []),
        ({"since": 300, "time": 310, "due": 420}, []),
        ({"since": 0, "time": 50, "due": 120, "outcome": "withdrawn"}, []),
        ({"since": 0, "time": 150, "due": 120, "outcome": "withdrawn"}, [False]),
        ({"since": -5, "time": 50, "due": 120}, []),
        ({"since": 10, "time": 50, "due": 5}, [False]),
    ],
    ids=[
        "met",
        "met on the last moment",
        "missed",
        "still running after the deadline",
        "due on the last moment of the period",
        "not due yet",
        "done, but not due before the end",
        "given up in time",
        "given up too late",
        "begun before the period",
        "due before it began",
    ],
)
def test_what_counts(row: dict[str, float], expected: list[bool]):
    book = Book(horizon=365)
    book.event("assessment_4m", **row)
    assert met(book) == expected


def test_the_share_is_given_per_track_and_administration():
    """buf: met, missed; bsf: met. In all 2/3."""
    book = Book()
    book.event("assessment_4m", 1, since=0, time=100, due=120)
    book.event("assessment_4m", 2, since=0, time=130, due=120)
    book.event("assessment_4m", 3, since=0, time=100, due=120, administration="bsf")
    assert share(book) == pytest.approx(2 / 3)
    assert share(book, "child") == pytest.approx(2 / 3)
    assert share(book, "buf") == pytest.approx(1 / 2)
    assert share(book, "bsf") == pytest.approx(1)


def test_without_a_deadline_there_is_no_measure():
    kpis = measure(Book().journal(), small_town()).kpis
    assert set(kpis[kpis["kpi"].str.startswith("deadline.")]["kpi"]) == {
        "deadline.assessment_4m",
        "deadline.assessment_4m.n",
    }


def test_nothing_to_judge_gives_nothing():
    assert np.isnan(share(Book()))
