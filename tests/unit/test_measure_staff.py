"""Caseload, utilisation, backlog: averages over time, exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import Book, small_town

from sim.measures import measure
from sim.measures.staff import present
from sim.scenario import Scenario

pytestmark = pytest.mark.unit


def kpi(book: Book, name: str, group: str = "all", scenario: Scenario | None = None) -> float:
    table = measure(book.journal(), scenario or small_town()).kpis.set_index(["kpi", "group"])["value"]
    return float(table[name, group])


def curve(book: Book, name: str, group: str) -> list[float]:
    series = measure(book.journal(), small_town()).series
    return series[(series["series"] == name) & (series["group"] == group)]["value"].tolist()


def test_the_caseload_is_case_days_over_caseworker_days():
    """Days 10 to 110. Family: 60 + 100 case-days, one caseworker all the time, one for 60 days: 160 / 160.

    The pooled team carries no cases, so buf has the same caseload. Adults: 100 case-days over 100.
    """
    book = Book(run_in=10, horizon=110)
    book.employed("family", 0)
    book.employed("family", 1, start=0, end=70)
    book.employed("duty", 0)
    book.employed("adults", 0)
    book.event("assigned", 1, since=0, time=70, outcome="family")
    book.event("assigned", 2, since=5, outcome="family")
    book.event("assigned", 3, since=0, outcome="adults", administration="bsf")
    assert kpi(book, "staff.caseload", "family") == pytest.approx(1)
    assert kpi(book, "staff.caseload", "buf") == pytest.approx(1)
    assert kpi(book, "staff.caseload", "adults") == pytest.approx(1)
    assert np.isnan(kpi(book, "staff.caseload", "duty"))
    assert kpi(book, "staff.caseload") == pytest.approx(260 / 260)
    assert kpi(book, "staff.caseworkers", "family") == pytest.approx(1.6)
    assert kpi(book, "staff.caseworkers", "buf") == pytest.approx(2.6)


def test_utilisation_counts_the_part_of_a_task_that_lies_in_the_period():
    """Days 10 to 20, two caseworkers: 20 days. Busy: 10-12 (begun on 5), 13-14, 18-20 (still at it): 5 days."""
    book = Book(run_in=10, horizon=20)
    book.employed("family", 0)
    book.employed("family", 1)
    book.task("family", requested=5, started=5, finished=12, worker=0)
    book.task("family", requested=13, started=13, finished=14, worker=1)
    book.task("family", requested=18, started=18, worker=1)
    book.task("family", requested=19)
    assert kpi(book, "staff.utilisation", "family") == pytest.approx(5 / 20)


def test_nights_and_weekends_are_not_working_time():
    """Office hours 8.00-15.24; day 0 is a Sunday. Friday 13.24 to Monday 10.00: 2 + 2 of 37 hours a week."""
    scenario = small_town()
    teams = {name: {**team.model_dump(), "calendar": "office"} for name, team in scenario.teams.items()}
    book = Book(horizon=14)
    book.employed("family", 0)
    book.task("family", requested=0, started=5 + 13.4 / 24, finished=8 + 10 / 24)
    assert kpi(book, "staff.utilisation", "family", small_town(teams=teams)) == pytest.approx(4 / 74)


def test_work_finished_after_leaving_does_not_lift_utilisation_above_1():
    """Employed until day 10, busy from 0 to 12 and then a successor with the same number, busy from 12 to 20."""
    book = Book(horizon=20)
    book.employed("family", 0, start=0, end=10)
    book.employed("family", 0, start=12)
    book.task("family", requested=0, started=0, finished=12, worker=0)
    book.task("family", requested=0, started=12, finished=20, worker=0)
    assert kpi(book, "staff.utilisation", "family") == pytest.approx(1)


def test_a_part_timer_who_always_has_something_to_do_is_fully_used():
    """0.8 of full time, busy for all 10 days: 8 of 8 days of work. With a full-timer busy for 1 day: 9 of 18."""
    book = Book(horizon=10)
    book.employed("family", 0, fte=0.8)
    book.task("family", requested=0, started=0, finished=10, worker=0)
    assert kpi(book, "staff.utilisation", "family") == pytest.approx(1)
    book.employed("family", 1)
    book.task("family", requested=0, started=4, finished=5, worker=1)
    assert kpi(book, "staff.utilisation", "family") == pytest.approx(9 / 18)
    assert kpi(book, "staff.caseworkers", "family") == pytest.approx(1.8)


def test_absence_is_no_time_at_work_and_a_task_rests_meanwhile():
    """Days 0 to 10, absent from 4 to 6 (two absences that overlap): 8 days at work, busy on 3 and 6: 2 / 8."""
    book = Book(horizon=10)
    book.employed("family", 0)
    book.employed("family", 0, start=4, end=5.5, kind="absent")
    book.employed("family", 0, start=5, end=6, kind="absent")
    book.task("family", requested=3, started=3, finished=7)
    assert kpi(book, "staff.utilisation", "family") == pytest.approx(2 / 8)
    assert kpi(book, "staff.absence_share", "family") == pytest.approx(2 / 10)


def test_the_caseload_counts_full_time_equivalents_employed():
    """Days 0 to 100. A full-timer who is absent half of the time, a half-timer, and a position filled on day 60.

    130 case-days (1 case all along, 1 from 70 on) over 100 + 50 + 40 days: the vacancy carries nothing.
    """
    book = Book(horizon=100)
    book.employed("family", 0)
    book.employed("family", 0, start=50, kind="absent")
    book.employed("family", 1, fte=0.5)
    book.employed("family", 2, start=60)
    book.event("assigned", 1, since=0, outcome="family")
    book.event("assigned", 2, since=70, outcome="family")
    assert kpi(book, "staff.caseload", "family") == pytest.approx(130 / 190)
    assert kpi(book, "staff.caseworkers", "family") == pytest.approx(1.9)
    assert curve(book, "caseload", "buf") == pytest.approx([1 / 1.5, 1 / 1.5, 1 / 1.5, 2 / 2.5])


def test_the_shares_of_absence_and_onboarding_are_of_the_time_employed():
    """Days 10 to 110 of a full-timer, absent for 30 of them; a half-timer for 60 days, new for the first 40.

    Of 100 + 30 days: absent 30, in training 0.5 * 40. What lies before day 10 or after leaving does not count.
    """
    book = Book(run_in=10, horizon=110)
    book.employed("family", 0)
    book.employed("family", 0, start=0, end=40, kind="absent")
    book.employed("family", 1, start=20, end=80, fte=0.5)
    book.employed("family", 1, start=20, end=60, fte=0.5, kind="onboarding")
    book.employed("family", 1, start=80, end=100, fte=0.5, kind="absent")
    for group in ("family", "buf", "all"):
        assert kpi(book, "staff.absence_share", group) == pytest.approx(30 / 130)
        assert kpi(book, "staff.onboarding_share", group) == pytest.approx(20 / 130)
    assert np.isnan(kpi(book, "staff.absence_share", "adults"))


stretches = st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True).map(sorted)


@settings(deadline=None, max_examples=50)
@given(
    employment=st.lists(stretches, min_size=1, max_size=3),
    work=st.lists(stretches, min_size=1, max_size=3),
    absences=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(0, 10)), max_size=6),
    ftes=st.lists(st.sampled_from([1.0, 0.8, 0.5]), min_size=3, max_size=3),
    window=st.tuples(st.integers(0, 15), st.integers(16, 40)),
)
def test_utilisation_is_what_counting_days_gives_and_never_above_1(
    employment: list[list[int]],
    work: list[list[int]],
    absences: list[tuple[int, int, int]],
    ftes: list[float],
    window: tuple[int, int],
):
    """Each day that somebody is at work counts with their share of full time."""
    book = Book(run_in=window[0], horizon=window[1])
    available, busy = set(), set()
    for worker, times in enumerate(employment):
        for start, end in zip(times[::2], times[1::2], strict=False):
            book.employed("family", worker, start, end, fte=ftes[worker])
            available |= {(worker, day) for day in range(start, end)}
    for worker, times in enumerate(work):
        for start, end in zip(times[::2], times[1::2], strict=False):
            book.task("family", requested=0, started=start, finished=end, worker=worker)
            busy |= {(worker, day) for day in range(start, end)}
    for worker, start, days in absences:
        book.employed("family", worker, start, start + days, kind="absent", fte=ftes[worker])
        available -= {(worker, day) for day in range(start, start + days)}
    available = {(worker, day) for worker, day in available if window[0] <= day < window[1]}
    measured = kpi(book, "staff.utilisation", "family")
    if available:
        used, there = (sum(ftes[worker] for worker, _ in days) for days in (busy & available, available))
        assert measured == pytest.approx(used / there)
        assert measured <= 1 + 1e-12
    else:
        assert np.isnan(measured)


def test_the_backlog_is_what_is_ready_and_not_begun():
    """Days 0 to 10. Of 4 hours from 2 to 7, of 1 hour from 9 on, of 2 hours from 0 until given up on 5, one at once.

    Tasks: (5 + 1 + 5) / 10; hours: (20 + 1 + 10) / 10. Those waiting for a panel are no team's backlog.
    """
    book = Book(horizon=10)
    book.task("family", requested=2, started=7, finished=8, hours=4)
    book.task("family", requested=9, hours=1)
    book.task("family", requested=0, withdrawn=5, hours=2)
    book.task("family", requested=3, started=3, finished=4, hours=8)
    book.task("panel", requested=0)
    assert kpi(book, "staff.backlog", "family") == pytest.approx(1.1)
    assert kpi(book, "staff.backlog_hours", "family") == pytest.approx(3.1)
    assert kpi(book, "staff.backlog") == pytest.approx(1.1)
    assert kpi(book, "staff.backlog_hours", "bsf") == 0


def test_the_series_run_over_the_whole_horizon_month_by_month():
    """1 January, 1 February and 1 March are days 0, 31 and 59."""
    book = Book(run_in=40, horizon=60)
    book.employed("family", 0)
    book.employed("family", 1)
    book.task("family", requested=0, started=31, finished=32, hours=4)
    book.task("family", requested=20, hours=3)
    book.event("assigned", 1, since=0, outcome="family")
    series = measure(book.journal(), small_town()).series
    assert series[series["series"] == "backlog.tasks"]["x"].unique().tolist() == [0, 31, 59]
    assert curve(book, "backlog.tasks", "buf") == [1, 1, 1]
    assert curve(book, "backlog.hours", "buf") == [4, 3, 3]
    assert curve(book, "caseload", "buf") == [0.5, 0.5, 0.5]
    assert np.isnan(curve(book, "caseload", "bsf")).all()


def test_present_counts_what_has_begun_and_is_not_over():
    grid, start, end = np.array([0.0, 1, 2, 3]), np.array([0.0, 1, np.nan]), np.array([2.0, np.nan, np.nan])
    assert present(grid, start, end).tolist() == [1, 2, 1, 1]


def test_a_team_and_an_administration_of_one_name_are_kept_apart():
    scenario = small_town()
    teams = {"buf": scenario.teams["family"].model_dump(), "adults": scenario.teams["adults"].model_dump()}
    book = Book(horizon=10)
    book.employed("buf", 0)
    groups = measure(book.journal(), small_town(teams=teams)).kpis.set_index("kpi").loc["staff.caseworkers", "group"]
    assert groups.tolist() == ["all", "buf", "adults", "administration:buf", "bsf"]


# -- vacancies, agencies, overtime ------------------------------------------------------------------------------------


def test_somebody_from_an_agency_carries_cases_but_is_not_employed() -> None:
    """Days 0 to 100. One employed; one position vacant for 40 days, of which somebody of an agency is there for 30."""
    book = Book(horizon=100)
    book.employed("family", 0)
    book.employed("family", 1, end=60)
    book.employed("family", -1, start=60, kind="vacant")
    book.employed("family", 2, start=70, kind="agency")
    book.employed("family", 2, start=80, end=90, kind="absent")
    book.event("assigned", 1, since=0, outcome="family")
    assert kpi(book, "staff.caseworkers", "family") == pytest.approx(1.6)
    assert kpi(book, "staff.vacant", "family") == kpi(book, "staff.vacant", "buf") == pytest.approx(0.4)
    assert kpi(book, "staff.agency", "family") == kpi(book, "staff.agency") == pytest.approx(0.3)
    assert kpi(book, "staff.caseload", "family") == pytest.approx(100 / 190)
    assert kpi(book, "staff.absence_share", "family") == 0
    # Month by month: on the first of April (day 90) one is employed and one is of an agency.
    assert curve(book, "caseload", "buf") == pytest.approx([1 / 2] * 4)


def test_the_working_hours_of_an_agency_are_those_in_which_it_is_there() -> None:
    """There from day 10 to 20, absent on the last two, at work on one task for four: 4 of 8 days."""
    book = Book(horizon=100)
    book.employed("family", 5, start=10, end=20, kind="agency", fte=0.5)
    book.employed("family", 5, start=18, end=20, kind="absent", fte=0.5)
    book.employed("family", -1, start=0, end=20, kind="vacant", fte=0.5)
    book.task("family", requested=9, started=11, finished=15, worker=5)
    assert kpi(book, "staff.utilisation", "family") == pytest.approx(4 / 8)


def test_vacant_positions_are_no_time_at_work() -> None:
    """With and without them, everything but the vacant positions themselves is the same."""

    def figures(vacant: bool) -> dict[tuple[str, str], float]:
        book = Book(horizon=100)
        book.employed("family", 0, end=40)
        if vacant:
            book.employed("family", -1, start=40, end=55, kind="vacant")
            book.employed("adults", -1, start=10, kind="vacant")
        book.employed("family", 1, start=55)
        book.task("family", requested=0, started=0, finished=30, worker=0)
        book.event("assigned", 1, since=0, outcome="family")
        table = measure(book.journal(), small_town()).kpis
        about_them = ("staff.vacant", "cost.vacancy")
        kept = table[~table["kpi"].isin(about_them)].fillna(-1)
        return dict(zip(zip(kept["kpi"], kept["group"], strict=True), kept["value"], strict=True))

    assert figures(vacant=True) == figures(vacant=False)
