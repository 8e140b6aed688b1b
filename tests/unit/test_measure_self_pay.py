"""What families pay for themselves: how much, how many, in which phase, and what they get back."""

from __future__ import annotations

import datetime as dt

import pytest
from journals import START, Book, small_town

from sim.measures import measure

pytestmark = pytest.mark.unit


def figures(book: Book, kpi: str) -> dict[str, float]:
    """Return a measure for all and per phase, over a year: 25 DKK for each day that a family pays."""
    table = measure(book.journal(), small_town()).kpis.set_index("kpi").loc[kpi]
    return {
        group.removeprefix("phase:"): float(value) for group, value in zip(table["group"], table["value"], strict=True)
    }


def turning_18_on(book: Book, case: int, day: int) -> None:
    date = START + dt.timedelta(days=day)
    book.person(case, born=float((date.replace(year=date.year - 18) - START).days))


def paid(book: Book, case: int, start: float, days: float, kind: str = "self_pay", track: str = "child") -> None:
    payer = "family" if kind == "self_pay" else "buf"
    book.spell("support", case, kind=kind, payer=payer, track=track, supplier=None, start=start, end=start + days)


def test_the_phases_of_paying():
    """After the birthday on day 100: 10 days. Waiting, as a child and as an adult: 20 and 30. In an appeal: 40."""
    book = Book(horizon=365)
    for case in (1, 3):
        turning_18_on(book, case, 100)
    paid(book, 1, 100, 10)
    paid(book, 2, 50, 20)
    paid(book, 3, 150, 30, track="grown")
    book.event("appeal", 4, since=200, time=300, outcome="upheld", track="appeal")
    paid(book, 4, 200, 40)
    assert figures(book, "self_pay") == {
        "all": pytest.approx(2500),
        "after_18": pytest.approx(250),
        "waiting": pytest.approx(1250),
        "appeal": pytest.approx(1000),
    }
    assert figures(book, "self_pay.families") == {"all": 4, "after_18": 1, "waiting": 2, "appeal": 1}


@pytest.mark.parametrize(
    ("since", "until", "phase"),
    [
        (200, 300, "appeal"),
        (-900, 300, "appeal"),
        (150, float("nan"), "appeal"),
        (150, 200, "waiting"),
        (210, 300, "waiting"),
    ],
    ids=["begins then", "begun before day 0", "still running", "over by then", "begins later"],
)
def test_an_appeal_is_paid_through_while_it_runs(since: float, until: float, phase: str):
    """Other persons' appeals, before and after, have nothing to do with it."""
    book = Book(horizon=365)
    book.event("appeal", 2, since=since, time=until, track="appeal")
    book.event("appeal", 1, since=10, track="appeal")
    book.event("appeal", 3, since=10, time=360, track="appeal")
    paid(book, 2, 200, 10)
    found = figures(book, "self_pay")
    assert {name for name, dkk in found.items() if dkk} == {"all", phase}


def test_an_appeal_from_long_before_day_0_is_that_of_its_own_case_only():
    book = Book(horizon=365)
    book.event("appeal", 2, since=-900, track="appeal")
    paid(book, 1, 200, 10)
    assert figures(book, "self_pay")["waiting"] == pytest.approx(250)


def test_a_child_who_has_grown_up_may_still_be_appealing():
    """Paying from the birthday on is what comes of the birthday; paying in an appeal begins when it does."""
    book = Book(horizon=365)
    turning_18_on(book, 1, 100)
    book.event("appeal", 1, since=90, time=200, track="appeal")
    paid(book, 1, 100, 10)
    paid(book, 1, 150, 20)
    assert figures(book, "self_pay") == {
        "all": pytest.approx(750),
        "after_18": pytest.approx(250),
        "waiting": 0,
        "appeal": pytest.approx(500),
    }


def test_what_is_paid_back_is_not_paid():
    """40 days in an appeal, paid back; 20 days waiting, not paid back. The families have paid all the same."""
    book = Book(horizon=365)
    book.event("appeal", 1, since=200, time=240, outcome="changed", track="appeal")
    paid(book, 1, 200, 40)
    paid(book, 1, 200, 40, kind="reimbursed")
    paid(book, 2, 50, 20)
    assert figures(book, "self_pay") == {
        "all": pytest.approx(500),
        "after_18": 0,
        "waiting": pytest.approx(500),
        "appeal": 0,
    }
    back = figures(book, "self_pay.reimbursed")
    assert back == {"all": pytest.approx(1000), "after_18": 0, "waiting": 0, "appeal": pytest.approx(1000)}
    assert figures(book, "self_pay.families") == {"all": 2, "after_18": 0, "waiting": 1, "appeal": 1}


def test_families_are_counted_once_in_each_year_in_which_they_pay():
    """Two years: family 1 in both (three times in all), family 2 in the second, family 3 before the period."""
    book = Book(run_in=100, horizon=100 + 2 * 365.25)
    for case, start, days in ((1, 110, 5), (1, 200, 5), (1, 600, 5), (2, 500, 5), (3, 10, 20)):
        paid(book, case, start, days)
    assert figures(book, "self_pay.families")["all"] == pytest.approx(3 / 2)
