"""Appeals and changes of caseworker."""

from __future__ import annotations

import numpy as np
import pytest
from journals import Book, small_town

from sim.measures import measure
from sim.measures.appeals import wilson

pytestmark = pytest.mark.unit


def kpi(book: Book, name: str, group: str = "all") -> float:
    table = measure(book.journal(), small_town()).kpis.set_index(["kpi", "group"])["value"]
    return float(table[name, group])


def rulings(book: Book, administration: str, *outcomes: str, at: float = 200) -> None:
    for outcome in outcomes:
        book.event("board", since=50, time=at, outcome=outcome, track="appeal", administration=administration)


def test_the_reversal_share_is_of_rulings_on_the_merits():
    """buf: 1 changed and 1 remitted of 4, one dismissed; bsf: none of 2. Dismissals count among those decided."""
    book = Book()
    rulings(book, "buf", "changed", "remitted", "upheld", "upheld", "dismissed")
    rulings(book, "bsf", "upheld", "upheld")
    assert kpi(book, "appeals.reversal_share", "buf") == pytest.approx(1 / 2)
    assert kpi(book, "appeals.reversal_share", "bsf") == 0
    assert kpi(book, "appeals.reversal_share") == pytest.approx(1 / 3)
    assert kpi(book, "appeals.reversal_share.n") == 6
    assert kpi(book, "volume.appeals_per_year") == pytest.approx(7)
    assert kpi(book, "volume.appeals_per_year", "bsf") == pytest.approx(2)


def test_a_ruling_counts_in_the_period_in_which_it_falls():
    """Not the one in the run-in, not the one still awaited, not the one called off."""
    book = Book(run_in=100)
    rulings(book, "buf", "changed", at=99)
    rulings(book, "buf", "upheld", at=150)
    book.event("board", since=150, track="appeal")
    rulings(book, "buf", "withdrawn", at=160)
    assert kpi(book, "appeals.reversal_share") == 0
    assert kpi(book, "appeals.reversal_share.n") == 1


def test_complaints_filed_and_the_days_until_they_are_settled():
    """Changed by the municipality after 20 days; upheld by the board after 180."""
    book = Book()
    book.event("appeal", 1, since=10, time=30, outcome="changed", track="appeal")
    book.event("appeal", 2, since=20, time=200, outcome="upheld", track="appeal", administration="bsf")
    assert kpi(book, "appeals.filed") == pytest.approx(2)
    assert kpi(book, "appeals.filed", "bsf") == pytest.approx(1)
    assert kpi(book, "appeals.days_to_final") == pytest.approx(100)
    assert kpi(book, "appeals.days_to_final", "buf") == pytest.approx(20)


def test_wilsons_interval():
    """Wilson's interval of 1 in 10 at 95 % is 0.0179 to 0.4042 (a textbook value)."""
    assert wilson(1, 10, 0.95) == pytest.approx((0.0179, 0.4042), abs=1e-4)
    assert wilson(0, 10, 0.95)[0] == 0
    assert wilson(10, 10, 0.95)[1] == 1
    assert np.isnan(wilson(0, 0, 0.95)).all()


def test_the_interval_of_the_reversal_share_is_given():
    book = Book()
    rulings(book, "buf", "changed", *["upheld"] * 9)
    assert kpi(book, "appeals.reversal_share.low") == pytest.approx(0.0179, abs=1e-4)
    assert kpi(book, "appeals.reversal_share.high") == pytest.approx(0.4042, abs=1e-4)


def test_without_appeals_there_is_no_share():
    assert np.isnan(kpi(Book(), "appeals.reversal_share"))
    assert kpi(Book(), "appeals.filed") == 0


def test_changes_of_caseworker_per_case_year():
    """Two case-years (730.5 days) with a named caseworker; three changes, one before the period does not count."""
    book = Book(run_in=10, horizon=1000)
    book.event("assigned", 1, since=0, time=10 + 365.25, outcome="family")
    book.event("assigned", 2, since=100, time=100 + 365.25, outcome="family")
    for cause, at in (("resignation", 20), ("resignation", 30), ("birthday", 40), ("birthday", 5)):
        book.moment("caseworker_change", at=at, outcome=cause)
    assert kpi(book, "continuity.changes") == pytest.approx(3 / 2)
    assert kpi(book, "continuity.changes", "resignation") == pytest.approx(1)
    assert kpi(book, "continuity.changes", "birthday") == pytest.approx(1 / 2)
    for cause in ("absence", "team_boundary", "return", "reduction"):
        assert kpi(book, "continuity.changes", cause) == 0


def test_every_cause_of_a_change_comes_through_and_they_add_up():
    """A case-year with a change for each cause, two of them resignations."""
    book = Book(horizon=365.25)
    book.event("assigned", 1, since=0, outcome="family")
    causes = ["team_boundary", "birthday", "return", "resignation", "resignation", "absence", "reduction"]
    for at, cause in enumerate(causes):
        book.moment("caseworker_change", at=10 + at, outcome=cause)
    found = {cause: kpi(book, "continuity.changes", cause) for cause in set(causes)}
    assert found == {cause: pytest.approx(causes.count(cause)) for cause in causes}
    assert kpi(book, "continuity.changes") == pytest.approx(7)


def test_two_caseworkers_at_a_time_are_one_year_with_a_caseworker():
    """Days 0 to 400 and 100 to 300 and 350 to 500 of case 1, 50 to 150 of case 2: 500 + 100 days."""
    book = Book(horizon=1000)
    book.event("assigned", 2, since=50, time=150, outcome="family")
    book.event("assigned", 1, since=350, time=500, outcome="adults")
    book.event("assigned", 1, since=0, time=400, outcome="family")
    book.event("assigned", 1, since=100, time=300, outcome="adults")
    book.moment("caseworker_change", at=20, outcome="absence")
    assert kpi(book, "continuity.changes") == pytest.approx(365.25 / 600)


def test_a_cause_of_the_planners_own_is_shown_too():
    book = Book()
    book.event("assigned", 1, since=0, outcome="family")
    book.moment("caseworker_change", at=20, outcome="redistribution")
    assert kpi(book, "continuity.changes", "redistribution") == pytest.approx(365.25 / 365)


def test_without_a_named_caseworker_there_is_nothing_to_change():
    assert np.isnan(kpi(Book(), "continuity.changes"))
