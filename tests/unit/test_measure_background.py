"""Background work: persons who came at 30 or later take time and cost money, and are not whom the figures are about."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from journals import START, Book, small_town

from sim.measures import measure
from sim.measures.counts import COUNTED
from sim.measures.frames import Frames

pytestmark = pytest.mark.unit

ABOUT_WORK = ("staff.utilisation", "staff.backlog", "staff.backlog_hours", "cost.")
"""Figures in which background work counts."""


def born(day: int, years: int) -> float:
    """Return the day on which somebody was born who is so many years old on a day."""
    date = START + dt.timedelta(days=day)
    return float((date.replace(year=date.year - years) - START).days)


def town(*, background: bool) -> Book:
    """Return a town with two young persons (one who came at 29) and, if asked, three older ones."""
    book = Book(run_in=10, horizon=400)
    book.employed("family")
    book.employed("adults")
    book.person(1, entered=20)
    book.person(2, entered=20, born=born(22, 30), left=390)
    older = (3, 4, 5) if background else ()
    for case in older:
        book.person(case, entered=20, born=born(20, 27 + case))
    for case in (1, 2, *older):
        live(book, case)
    return book


def live(book: Book, case: int) -> None:
    """Let something of every kind happen to a person, later the higher the number."""
    at = 20.0 + 10 * case
    book.task("adults", case, requested=at, started=at + case, finished=at + case + 1, hours=4)
    book.task("family", case, requested=at + 100, hours=2)
    book.spell("adult_support", case, asked=at, decided=at + 2 * case, start=at + 9 * case, track="grown", payer="bsf")
    for clock in ("decision", "assessment_4m", "allocation", "gap", "adult_start"):
        book.event(clock, case, since=at, time=at + 9 * case, due=at + 30, track="grown")
    book.event("assigned", case, since=at, outcome="adults")
    book.event("appeal", case, since=at, time=at + case, outcome="upheld", track="appeal")
    for kind in ("notification", "turned_18", "plan", "transition_start", "bounce", "aftercare_target"):
        book.moment(kind, case, at=at)
    book.moment("caseworker_change", case, at=at, outcome="birthday")
    for entry in COUNTED:
        book.moment(entry.kind, case, at=at)


def kpis(*, background: bool) -> pd.Series:
    return measure(town(background=background).journal(), small_town()).kpis.set_index(["kpi", "group"])["value"]


def test_figures_about_people_are_the_same_with_and_without_background_work():
    alone, together = kpis(background=False), kpis(background=True)
    about_people = [key for key in alone.index if not key[0].startswith(ABOUT_WORK)]
    assert len(about_people) > 100
    pd.testing.assert_series_equal(together[about_people], alone[about_people])


def test_background_work_takes_time_and_costs_money():
    """Of the adults' team: 5 days of work instead of 2, in 390. Waiting for them: 3, 4 and 5 days besides 1 and 2."""
    alone, together = kpis(background=False), kpis(background=True)
    assert alone["staff.utilisation", "adults"] == pytest.approx(2 / 390)
    assert together["staff.utilisation", "adults"] == pytest.approx(5 / 390)
    assert alone["staff.backlog", "adults"] == pytest.approx(3 / 390)
    assert together["staff.backlog", "adults"] == pytest.approx(15 / 390)
    days = {case: 400 - (20 + 10 * case + 9 * case) for case in (1, 2, 3, 4, 5)}
    served = together["cost.services", "all"] - alone["cost.services", "all"]
    years = Frames(town(background=True).journal(), small_town()).years
    assert served == pytest.approx(100 * (days[3] + days[4] + days[5]) / years)


def test_the_work_that_waits_is_shown_with_background_work_and_open_cases_without():
    series = {
        background: measure(town(background=background).journal(), small_town()).series.set_index(["series", "group"])
        for background in (False, True)
    }
    assert series[True].loc[("backlog.tasks", "buf"), "value"].max() == 5
    assert series[False].loc[("backlog.tasks", "buf"), "value"].max() == 2
    for name in ("open_cases", "caseload", "wait.total.curve"):
        pd.testing.assert_frame_equal(series[True].loc[name], series[False].loc[name])


@pytest.mark.parametrize(
    ("birthday", "counted"), [(19, False), (20, False), (21, True)], ids=["30 already", "30 that day", "29"]
)
def test_who_is_background_work_is_decided_by_the_age_at_first_contact(birthday: int, counted: bool):
    """They came on day 20. Who has turned 30 by then is background work; who turns 30 later never becomes it."""
    book = Book(horizon=1000)
    book.person(1, entered=20, born=born(birthday, 30))
    book.person(2, entered=20)
    book.spell("adult_support", 1, asked=30, decided=900, start=950, track="grown", payer="bsf")
    frames = Frames(book.journal(), small_town())
    assert frames.cases["case"].tolist() == ([1, 2] if counted else [2])
    assert len(frames.spells) == int(counted)
    assert len(frames.everybody.spells) == 1


def test_where_nobody_is_older_nothing_is_set_aside():
    frames = Frames(town(background=False).journal(), small_town())
    assert frames.everybody is frames
