"""Volumes: made the way the published figures are made that they are held against."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import START, Book, small_town

from sim.measures import measure
from sim.measures.frames import Frames
from sim.measures.volumes import stays

pytestmark = pytest.mark.unit


def kpi(book: Book, name: str, group: str = "all") -> float:
    table = measure(book.journal(), small_town()).kpis.set_index(["kpi", "group"])["value"]
    return float(table[name, group])


def test_notifications_and_the_children_they_are_about():
    """Two years: child 1 twice in the first and once in the second, child 2 once. An adult's application is none."""
    book = Book(horizon=731)
    for case, at in ((1, 10), (1, 20), (1, 400), (2, 30)):
        book.moment("notification", case, at=at, outcome="notifications")
    book.moment("notification", 3, at=50, outcome="applications", track="grown", administration="bsf")
    assert kpi(book, "volume.notifications_per_year") == pytest.approx(4 / 2)
    assert kpi(book, "volume.children_notified_per_year") == pytest.approx(3 / 2, rel=2e-3)


def test_the_stock_is_a_time_average_of_persons():
    """100 days. Child 1 placed all the time (a change of service on day 40), child 2 from 80 on: 1.2 on average.

    Foster family: 40 of 120 days. Bridging and self-paid support are somebody else's figures.
    """
    book = Book(horizon=100)
    book.spell("foster_care", 1, kind="initial", start=-500, end=40)
    book.spell("institution", 1, start=40)
    book.spell("institution", 2, start=80)
    book.spell("institution", 3, start=0, kind="bridging")
    book.spell("institution", 4, start=0, kind="self_pay", payer="family")
    assert kpi(book, "volume.placed") == pytest.approx(1.2)
    assert kpi(book, "mix.foster_share") == pytest.approx(40 / 120)
    assert kpi(book, "volume.in_service", "service:institution") == pytest.approx(0.8)
    assert kpi(book, "volume.supported") == 0


def test_a_change_of_service_is_no_new_start_and_littles_law_gives_the_length():
    """A year: child 1's placement was there on day 0 and changes; child 2 begins. 1.5 persons over 1 start a year."""
    book = Book(horizon=365)
    book.spell("foster_care", 1, kind="initial", start=0, end=100)
    book.spell("institution", 1, start=100.5)
    book.spell("institution", 2, start=182.5)
    assert kpi(book, "volume.starts_per_year", "category:placement") == pytest.approx(1)
    assert kpi(book, "volume.placement_years") == pytest.approx((364.5 + 0.5 + 182.5) / 365)


def test_starts_are_counted_by_the_year():
    """One start in two years, and on average a quarter of a person: half a year each."""
    book = Book(horizon=731)
    book.spell("institution", 1, start=100, end=100 + 731 / 4)
    assert kpi(book, "volume.starts_per_year", "category:placement") == pytest.approx(0.5, rel=2e-3)
    assert kpi(book, "volume.placement_years") == pytest.approx(0.5, rel=2e-3)


def test_coming_back_after_a_break_is_a_new_start():
    book = Book(horizon=365)
    book.spell("support", 1, start=10, end=100)
    book.spell("support", 1, start=102, end=200)
    assert kpi(book, "volume.starts_per_year", "category:supportive") == pytest.approx(2)


spells = st.lists(
    st.tuples(st.integers(1, 3), st.integers(-50, 90), st.one_of(st.none(), st.integers(0, 60))), max_size=12
)


@settings(deadline=None, max_examples=50)
@given(spells)
def test_stays_cover_the_days_that_the_spells_cover(rows: list[tuple[int, int, int | None]]):
    """Counting days: a person who has a service on a day (or a single day's break) is in a stay on that day."""
    book = Book(horizon=100)
    covered = set()
    for case, start, length in rows:
        end = float("nan") if length is None else start + length
        book.spell("support", case, start=start, end=end)
        covered |= {(case, day) for day in range(start, 100 if length is None else min(start + length, 100))}
    frames = Frames(book.journal(), small_town())
    found = stays(frames, frames.spells)
    inside = set()
    for case, start, end in zip(found.case, found.start, found.end, strict=True):
        inside |= {(case, day) for day in range(int(start), 100 if np.isnan(end) else min(int(end), 100))}
    assert covered <= inside
    for case, day in inside - covered:
        assert {(case, day - 1), (case, day + 1)} <= covered or any(start == day for _, start, _ in rows)
    order = np.lexsort((found.start, found.case))
    same = found.case[order][1:] == found.case[order][:-1]
    assert not (same & ~(found.start[order][1:] > found.end[order][:-1] + 1)).any()


def born_to_turn_20_on(day: int) -> float:
    date = START + dt.timedelta(days=day)
    return float((date.replace(year=date.year - 20) - START).days)


def test_the_share_out_of_aftercare_before_20():
    """Four are 20 on day 300. Out on day 100; out on day 310; still in it; begins on day 200 and is out on day 250.

    On day 100 of three who are in it one leaves: 2/3. On day 250 of three (the fourth has joined) one leaves:
    2/3 * 2/3 are in it at 20.
    """
    book = Book(horizon=365)
    for case in (1, 2, 3, 4):
        book.person(case, born=born_to_turn_20_on(300))
    book.spell("contact_person", 1, kind="initial", start=-200, end=100)
    book.spell("contact_person", 2, start=50, end=310)
    book.spell("contact_person", 3, start=60)
    book.spell("contact_person", 4, start=200, end=250)
    assert kpi(book, "volume.aftercare_out_before_20") == pytest.approx(5 / 9)


def test_whoever_begins_aftercare_later_in_life_is_not_at_risk_before():
    """1 leaves it 40 days before being 20. 2 was in it at that age, 3 began 20 days before being 20: one half."""
    book = Book(horizon=365)
    for case, birthday in ((1, 300), (2, 200), (3, 100)):
        book.person(case, born=born_to_turn_20_on(birthday))
    book.spell("contact_person", 1, kind="initial", start=-200, end=260)
    book.spell("contact_person", 2, start=50)
    book.spell("contact_person", 3, start=80)
    assert kpi(book, "volume.aftercare_out_before_20") == pytest.approx(1 / 2)


def test_leaving_on_the_20th_birthday_is_not_before_it():
    book = Book(horizon=365)
    book.person(1, born=born_to_turn_20_on(300))
    book.spell("contact_person", 1, start=50, end=300)
    assert kpi(book, "volume.aftercare_out_before_20") == 0


def test_cases_entered_and_open_at_the_end():
    book = Book(run_in=100, horizon=465)
    book.person(1, entered=0, left=50)
    book.person(2, entered=0)
    book.person(3, entered=120, left=200)
    book.person(4, entered=150)
    assert kpi(book, "volume.cases_entered") == pytest.approx(2, rel=2e-3)
    assert kpi(book, "volume.cases_open_at_end") == 2


def test_open_cases_move_to_the_adult_side_on_the_birthday():
    """Day 40 is the 18th birthday of a person who stays from day 0 to 70; months begin on 0, 31, 59 and 90."""
    born = float((dt.date(2005, 2, 10) - START).days)
    book = Book(horizon=100)
    book.person(1, born=born, entered=0, left=70)
    series = measure(book.journal(), small_town()).series
    found = series[series["series"] == "open_cases"].set_index(["group", "x"])["value"]
    assert found["child"].to_dict() == {0: 1, 31: 1, 59: 0, 90: 0}
    assert found["adult"].to_dict() == {0: 0, 31: 0, 59: 1, 90: 0}
