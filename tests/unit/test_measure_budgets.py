"""Budget frames against what is spent, and what the brake holds back: exact, on journals made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from journals import Book, small_town

from sim.measures import measure
from sim.measures.budgets import measure as measure_frames
from sim.measures.frames import Frames
from sim.measures.kpis import Kpis
from sim.scenario import Scenario

pytestmark = pytest.mark.unit

TWO_YEARS = 731.0
"""2023 and 2024 (a leap year)."""


def town(frames: dict[str, Any] | None = None, scale: float = 1, budget: str | None = None, **costs: Any) -> Scenario:
    """Return the town with frames, and perhaps with a common budget."""
    own = small_town()
    assert own.costs is not None
    administrations = {
        name: settings.model_dump() | {"budget": budget} for name, settings in own.administrations.items()
    }
    municipality = own.municipality.model_dump() | {"scale": scale}
    prices = own.costs.model_dump() | {"frames": frames or {}} | costs
    return small_town(administrations=administrations, municipality=municipality, costs=prices)


def frame(dkk: float, **years: float) -> dict[str, Any]:
    return {"dkk_per_year": dkk, "years": {key.removeprefix("y"): value for key, value in years.items()}}


def kpis(book: Book, scenario: Scenario) -> dict[tuple[str, str], float]:
    table = measure(book.journal(), scenario).kpis
    return dict(zip(zip(table["kpi"], table["group"], strict=True), table["value"], strict=True))


def spending(run_in: float = 0.0, horizon: float = TWO_YEARS) -> Book:
    """Return a book in which buf pays 100 a day, all the time, and bsf 100 a day in 2024 alone."""
    book = Book(run_in=run_in, horizon=horizon)
    book.spell("support", 1, start=0.0)
    book.spell("adult_support", 2, start=365.0, payer="bsf", track="grown")
    return book


def test_overspending_is_the_mean_over_the_years_of_what_exceeds_the_frame() -> None:
    """Buf spends 36,500 and 36,600, bsf nothing and 36,600."""
    found = kpis(spending(), town({"buf": frame(36_550), "bsf": frame(20_000)}))
    assert found["frame.overspend", "frame:buf"] == pytest.approx((-50 + 50) / 2)
    assert found["frame.years_overspent", "frame:buf"] == 0.5
    assert found["frame.overspend", "frame:bsf"] == pytest.approx((-20_000 + 16_600) / 2)
    assert found["frame.years_overspent", "frame:bsf"] == 0.5


def test_a_frame_that_is_just_kept_is_not_exceeded() -> None:
    assert kpis(spending(), town({"buf": frame(36_600), "bsf": frame(1)}))["frame.years_overspent", "frame:buf"] == 0
    less = town({"buf": frame(36_599.99), "bsf": frame(1)})
    assert kpis(spending(), less)["frame.years_overspent", "frame:buf"] == 0.5


def test_a_year_may_have_a_frame_of_its_own() -> None:
    found = kpis(spending(), town({"buf": frame(1, y2023=36_500, y2024=30_000), "bsf": frame(1)}))
    assert found["frame.overspend", "frame:buf"] == pytest.approx((0 + 6_600) / 2)
    assert found["frame.years_overspent", "frame:buf"] == 0.5


def test_administrations_that_share_a_frame_add_up_what_they_may_spend_and_what_they_do() -> None:
    """Together 36,500 and 73,200, against 50,000."""
    found = kpis(spending(), town({"buf": frame(30_000), "bsf": frame(20_000)}, budget="joint"))
    assert found["frame.overspend", "frame:joint"] == pytest.approx((-13_500 + 23_200) / 2)
    assert found["frame.years_overspent", "frame:joint"] == 0.5
    assert ("frame.overspend", "frame:buf") not in found


def test_a_frame_grows_with_the_municipality() -> None:
    found = kpis(spending(), town({"buf": frame(10_000), "bsf": frame(1)}, scale=3))
    assert found["frame.overspend", "frame:buf"] == pytest.approx((6_500 + 6_600) / 2)


def test_only_whole_years_of_the_measured_period_are_compared() -> None:
    frames = {"buf": frame(30_000), "bsf": frame(1)}
    found = kpis(spending(run_in=10), town(frames))
    assert found["frame.overspend", "frame:buf"] == pytest.approx(6_600)
    assert found["frame.years_overspent", "frame:buf"] == 1
    found = kpis(spending(run_in=10, horizon=TWO_YEARS - 1), town(frames))
    assert np.isnan(found["frame.overspend", "frame:buf"])
    assert np.isnan(found["frame.years_overspent", "frame:buf"])


def test_without_a_frame_there_is_nothing_to_exceed() -> None:
    found = kpis(spending(), town({"bsf": frame(1)}))
    assert {group for kpi, group in found if kpi.startswith("frame.")} == {"frame:bsf"}
    assert not [kpi for kpi, _ in kpis(spending(), town()) if kpi.startswith("frame.")]


def booked(*rows: tuple[int, str, str, float]) -> pd.DataFrame:
    columns = ["year", "payer", "part", "dkk"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(oere=(table["dkk"] * 100).round().astype("int64"))


def against(ledger: pd.DataFrame, scenario: Scenario) -> Kpis:
    found = Kpis()
    measure_frames(Frames(Book(horizon=TWO_YEARS).journal(), scenario), found, ledger)
    return found


def test_income_counts_and_what_families_and_the_state_pay_does_not() -> None:
    ledger = booked(
        (2023, "buf", "services", 1000),
        (2023, "buf", "refund", -300),
        (2023, "state", "refund", 300),
        (2023, "family", "family", 5000),
        (2023, "buf", "family", 5000),
        (2024, "buf", "services", 600),
    )
    found = against(ledger, town({"buf": frame(650)}))
    assert found.value("frame.overspend", "frame:buf") == pytest.approx((50 - 50) / 2)
    assert found.value("frame.years_overspent", "frame:buf") == 0.5


def test_the_frame_is_brought_to_the_level_of_the_ledger() -> None:
    """Nominal, with 10 per cent from 2023 to 2024: 650 becomes 650 and 715."""
    ledger = booked((2023, "buf", "services", 700), (2024, "buf", "services", 700))
    growth = {"percent": {"2024": 10}}
    found = against(
        ledger, town({"buf": frame(650)}, level={"kind": "nominal"}, index={"wages": growth, "prices": growth})
    )
    assert found.value("frame.overspend", "frame:buf") == pytest.approx((50 - 15) / 2)
    assert found.value("frame.years_overspent", "frame:buf") == 0.5


# -- what the brake holds back ----------------------------------------------------------------------------------------


def test_grants_that_wait_for_a_new_budget_year_are_counted_by_who_pays() -> None:
    """Two years from day 0: three of buf's, one of bsf's; of the two that are over one waited 100, one 50 days."""
    book = Book(horizon=TWO_YEARS)
    book.event("braked", 1, since=265, time=365)
    book.event("braked", 2, since=315, time=365)
    book.event("braked", 3, since=700)
    book.event("braked", 4, since=300, time=310, outcome="withdrawn", administration="bsf")
    found = kpis(book, small_town())
    assert found["brake.grants_per_year", "all"] == pytest.approx(2)
    assert found["brake.grants_per_year", "buf"] == pytest.approx(1.5)
    assert found["brake.grants_per_year", "bsf"] == pytest.approx(0.5)
    # Kaplan-Meier: censored after 10 and after 31 days, two left, over after 50 and after 100.
    assert found["brake.wait_days", "all"] == pytest.approx(75)
    assert found["brake.wait_days.p90", "buf"] == pytest.approx(100)


def test_what_was_held_back_in_the_run_in_is_not_counted() -> None:
    book = Book(run_in=300, horizon=TWO_YEARS)
    book.event("braked", 1, since=265, time=365)
    book.event("braked", 2, since=315, time=365)
    assert kpis(book, small_town())["brake.wait_days", "all"] == pytest.approx(50)


def test_where_nothing_is_held_back_there_is_no_wait() -> None:
    found = kpis(Book(), small_town())
    assert found["brake.grants_per_year", "all"] == 0
    assert np.isnan(found["brake.wait_days", "all"])
