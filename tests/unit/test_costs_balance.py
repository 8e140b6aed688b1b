"""The ledger balances to the øre, whatever happened, and wherever a stretch of time is cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import Book
from priced_town import REFUND, priced_town

from sim.measures import self_pay
from sim.measures.costs import entries, ledger, measure, table
from sim.measures.frames import Frames
from sim.measures.kpis import Kpis

pytestmark = pytest.mark.unit

ACCOUNT = {"account": "6.45.58"}
EVERYTHING = {
    "dkk_per_day": 333.33,
    "once": {"dkk": 1_234.56, **ACCOUNT},
    "transport": {"dkk_per_day": 12.34, **ACCOUNT},
    "user_charge": {"income_dkk_per_year": 200_001, "threshold_dkk_per_year": 150_000, **ACCOUNT}
    | {"share_below": 0.1, "share_above": 0.2},
}
SERIES = {"percent": {"2023": 1.7, "2024": 3.3}, "later_percent": 2.9}
TOWNS = {
    level: priced_town(
        {
            "index": {"wages": SERIES, "prices": {**SERIES, "later_percent": 1.1}},
            "level": {"kind": "nominal"} if level == "nominal" else {"year": int(level)},
            "refund": REFUND,
            "staff": {"recruitment_dkk": 7_777.77},
        },
        dict.fromkeys(("support", "institution", "adult_support"), EVERYTHING),
        {"adults": {"overtime_share": 0.07}},
    )
    for level in ("2023", "2025", "nominal")
}
spells = st.lists(
    st.tuples(
        st.sampled_from(["support", "institution", "adult_support"]),
        st.sampled_from(
            [("ordinary", "buf"), ("initial", "bsf"), ("bridging", "buf"), ("self_pay", "family"), ("paid back", "bsf")]
        ),
        st.sampled_from(["own", "bought"]),
        st.integers(1, 4),
        st.floats(-100, 900),
        st.floats(0, 500),
    ),
    max_size=12,
)
staff = st.lists(
    st.tuples(st.sampled_from(["employed", "vacant", "agency"]), st.floats(0, 500), st.floats(0, 400)), max_size=5
)


@settings(deadline=None, max_examples=20)
@given(spells, staff, st.lists(st.floats(0, 800), max_size=3), st.floats(0, 300), st.floats(1, 500),
    st.sampled_from(sorted(TOWNS)))  # fmt: skip
def test_the_ledger_balances_to_the_oere(
    spells: list, staff: list, times: list[float], run_in: float, length: float, level: str
):
    """Total = over payers = over administrations = over accounts; the stored table and the entries say the same."""
    book = Book(run_in=run_in, horizon=run_in + length)
    for worker, (kind, start, days) in enumerate(staff):
        book.employed("adults", worker, start=start, end=start + days, kind=kind, fte=0.7)
    for case, (service, (kind, payer), supplier, need, start, days) in enumerate(spells):
        row = {"supplier": supplier, "level": need, "start": start, "end": start + days}
        book.person(case, household=case // 2)
        if kind == "paid back":
            book.spell(service, case, kind="self_pay", payer="family", **row)
            book.spell(service, case, kind="reimbursed", payer=payer, **row)
        else:
            book.spell(service, case, kind=kind, payer=payer, **row)
    for time in times:
        book.event("board", since=0, time=time, outcome="upheld", track="appeal")
        book.task("adults", requested=time, started=time, finished=time, hours=100.0, track="appeal")
    scenario = TOWNS[level]
    frames = Frames(book.journal(), scenario)
    booked = ledger(frames)
    total = int(booked["oere"].sum())
    assert booked["oere"].dtype == np.int64
    for key in ("payer", "administration", "account", "part", "year"):
        assert booked.groupby(key)["oere"].sum().sum() == total
    assert booked[booked["part"] == "refund"]["oere"].sum() == 0
    assert booked[booked["part"] == "user_charge"]["oere"].sum() == 0
    assert np.rint(table(booked)["amount_dkk"] * 100).sum() == total
    assert np.rint(entries(frames)["amount_dkk"] * 100).sum() == total
    kpis = Kpis()
    measure(frames, kpis, booked)
    self_pay.measure(frames, kpis, booked)
    values = kpis.frame().set_index(["kpi", "group"])["value"]
    per_year = 100 * frames.years
    close = {"rel": 1e-9, "abs": 0.01}
    assert values.loc["cost.payer"].sum() * per_year == pytest.approx(total, **close)
    assert values["cost.total", "all"] == pytest.approx(
        values["cost.total", "buf"] + values["cost.total", "bsf"], **close
    )
    assert values.loc["cost.frame"].sum() == pytest.approx(values["cost.municipality", "all"], **close)
    gross = values["cost.staff", "all"] + values["cost.services", "all"] + values["cost.board", "all"]
    assert values["cost.total", "all"] == pytest.approx(gross - values["cost.user_charges", "all"], **close)
    assert values["cost.municipality", "all"] == pytest.approx(
        values["cost.total", "all"] - values["cost.board", "all"] - values["cost.refund", "all"], **close
    )
    assert values["self_pay", "all"] == values["cost.family", "all"]


@settings(deadline=None, max_examples=20)
@given(st.floats(0, 700), st.floats(0, 700), st.floats(0, 1), st.sampled_from(sorted(TOWNS)))
def test_cutting_a_spell_anywhere_never_changes_a_sum(start: float, days: float, where: float, level: str):
    whole, parts = Book(horizon=1400), Book(horizon=1400)
    middle = start + where * days
    for book, stretches in ((whole, [(start, start + days)]), (parts, [(start, middle), (middle, start + days)])):
        for begins, ends in stretches:
            book.spell("support", start=begins, end=ends, kind="initial")
            book.employed("adults", start=begins, end=ends, fte=0.37, kind="vacant")
    sums = [
        ledger(Frames(book.journal(), TOWNS[level])).groupby(["year", "part", "payer"])["oere"].sum()
        for book in (whole, parts)
    ]
    assert {key: value for key, value in sums[0].items() if value} == {
        key: value for key, value in sums[1].items() if value
    }


@settings(deadline=None, max_examples=15)
@given(st.floats(0, 700), st.floats(0, 700))
def test_new_year_neither_loses_nor_makes_an_oere(start: float, days: float):
    """What a spell of 333.33 DKK a day costs is its days at that price, up to the rounding at its two ends."""
    book = Book(horizon=1400)
    book.spell("support", start=start, end=start + days, kind="initial")
    booked = ledger(Frames(book.journal(), TOWNS["2023"]))
    oere = booked[booked["part"] == "services"]["oere"].sum()
    assert oere == pytest.approx(days * 33_333, abs=1.001)
