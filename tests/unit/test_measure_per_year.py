"""Figures by the year: what happened in one of two years is half as much a year."""

from __future__ import annotations

import pandas as pd
import pytest
from journals import Book, asking_town

from sim.measures import definition, measure
from sim.measures.counts import COUNTED

pytestmark = pytest.mark.unit


def figures(horizon: float) -> pd.Series:
    """Return what is measured when everything happens once, in the first year, for each administration."""
    book = Book(horizon=horizon)
    for case, administration in ((1, "buf"), (2, "bsf")):
        for counted in COUNTED:
            book.moment(counted.kind, case, at=100, administration=administration)
        for kind in ("notification", "turned_18", "braked"):
            book.moment(kind, case, at=100, administration=administration, outcome="granted")
        book.event("appeal", case, since=100, time=150, administration=administration)
        book.event("board", case, since=100, time=150, administration=administration, outcome="changed")
        book.event("responsibility_taken", case, since=90, time=110, administration="bsf", outcome="bsf", track="grown")
        book.moment("bounce", case, at=100, outcome="buf", track="grown")
        book.spell("support", case, start=50, end=100, payer=administration)
    book.employed("family", 0, end=200)
    table = measure(book.journal(), asking_town()).kpis.set_index(["kpi", "group"])
    by_year = [kpi.startswith("cost.") or definition(kpi).unit == "per year" for kpi, _ in table.index]
    return table.loc[by_year, "value"]


def test_what_happens_in_one_of_two_years_is_half_as_much_a_year():
    """The years are 2023 and 2024, a leap year."""
    one, two = figures(365), figures(731)
    close = {kpi: 2e-3 if kpi == "volume.children_notified_per_year" else 1e-9 for kpi in one.index.unique("kpi")}
    for place, value in one.items():
        assert two[place] == pytest.approx(value / 2, rel=close[place[0]]), place
    seen = set(one[one > 0].index.get_level_values("kpi"))
    assert {kpi for kpi in close if not kpi.startswith("cost.")} - seen == set()
    assert {"cost.total", "cost.staff", "cost.services", "cost.board", "cost.municipality"} <= seen
