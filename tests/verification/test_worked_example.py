"""The worked example of the documentation: every entry of the ledger, calculated by hand, is what comes out.

The page is read, not copied: its tables are compared with the ledger, and its sums are done again.
"""

from __future__ import annotations

import ast
import datetime as dt
import importlib.util
import operator
import re
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from sim.journal import Journal
from sim.measures import measure
from sim.measures.costs import ledger, table
from sim.measures.frames import Frames
from sim.scenario import Scenario

pytestmark = pytest.mark.verification

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "worked-example.md"
START = dt.date(2024, 10, 1)
END = dt.date(2025, 7, 1)
SUPPORT, DWELLING = {"dkk_per_day": 300.0, "account": "5.28.21"}, "supported_dwelling"


def journals() -> ModuleType:
    """Return the unit tests' module that writes journals by hand."""
    name = "journals"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "tests" / "unit" / "journals.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


def day(month: int, number: int) -> float:
    """Return a date as days since 1 October 2024."""
    return float((dt.date(2024 if month >= 10 else 2025, month, number) - START).days)


def town(**refund: Any) -> Scenario:
    """Return the municipality with the price list of the page."""

    def label(name: str) -> dict[str, str]:
        return {"da": name, "en": name}

    def service(name: str, category: str, supplier: str) -> dict[str, Any]:
        suppliers = {supplier: {"kind": "internal"}}
        return {"label": label(name), "category": category, "years": 1.0, "suppliers": suppliers}

    thresholds = {"2024": (912_000, 1_776_000, 2_256_000), "2025": (936_000, 1_824_000, 2_316_000)}
    adults = "5.38.51"
    four_percent = {"percent": {"2025": 4.0}}
    costs = {
        "price_year": 2024,
        "index": {"wages": four_percent, "prices": four_percent},
        "accounts": {
            account: label(account) for account in ("5.22.07", "5.28.21", "5.28.22", adults, "6.45.51", "6.45.58")
        },
        "staff": {"dkk_per_year": 584_000.0, "overhead": 0.25, "account": "6.45.58"},
        "services": {
            "family_support": {"own": SUPPORT},
            "foster_care": {"supplier_a": {"dkk_per_day": 3_000.0, "account": "5.28.22", "level_factors": {"3": 1.2}}},
            DWELLING: {
                "supplier_b": {
                    "dkk_per_day": 2_320.0,
                    "account": adults,
                    "level_factors": {"3": 1.25},
                    "once": {"dkk": 12_000.0, "account": adults},
                    "transport": {"dkk_per_day": 100.0, "account": adults},
                    "user_charge": {
                        "income_dkk_per_year": 297_500.0,
                        "threshold_dkk_per_year": 230_000.0,
                        "share_below": 0.1,
                        "share_above": 0.2,
                        "account": adults,
                    },
                }
            },
        },
        "appeals_board": {"dkk_per_case": 5_000.0, "payer": "state", "account": "6.45.51"},
        "refund": {"thresholds_dkk": thresholds, "shares": (0.25, 0.5, 0.75), "account": "5.22.07", **refund},
        "self_pay_share": 0.25,
    }
    team = {"label": label("children"), "administration": "buf", "caseworkers": 1, "calendar": "office"}
    scenario: Scenario = journals().small_town(
        horizon={"start": START, "run_in_years": 0, "years": 0.75},
        teams={"children": team},
        services={
            "family_support": service("family_support", "supportive", "own"),
            "foster_care": {**service("foster_care", "placement", "supplier_a"), "foster": True},
            DWELLING: service(DWELLING, "adult", "supplier_b"),
        },
        costs=costs,
    )
    return scenario


def journal() -> Journal:
    """Return what happens on the page."""
    book = journals().Book(start=START, horizon=float((END - START).days))
    book.person(1, born=float((dt.date(2007, 3, 15) - START).days))
    # What the family buys: while it waits, and during the appeal; the second is paid back.
    bought = {"supplier": None, "asked": float("nan"), "level": 2}
    book.spell("family_support", kind="self_pay", payer="family", start=day(10, 5), end=day(10, 15), **bought)
    book.spell("family_support", kind="self_pay", payer="family", start=day(10, 15), end=day(12, 1), **bought)
    book.spell("family_support", kind="reimbursed", start=day(10, 15), end=day(12, 1), **bought)
    book.event("appeal", since=day(10, 15), time=day(12, 1), track="appeal", outcome="changed")
    book.event("board", since=day(10, 20), time=day(12, 1), track="appeal", outcome="changed")
    book.employed("children")
    book.task("children", track="appeal", requested=18, started=19, finished=22, hours=20.0)
    # The four services.
    birthday, moves = day(3, 15), day(5, 1)
    book.spell("family_support", level=2, start=day(12, 1), end=day(12, 20))
    foster = {"supplier": "supplier_a", "level": 3}
    book.spell("foster_care", start=day(12, 20), end=birthday, **foster)
    book.spell("foster_care", kind="bridging", start=birthday, end=moves, **foster)
    book.moment("turned_18", at=birthday)
    book.spell(DWELLING, track="grown", payer="bsf", supplier="supplier_b", level=3, start=moves)
    written: Journal = book.journal()
    return written


def booked(assessed: str = "monthly") -> pd.DataFrame:
    """Return the ledger as it is stored."""
    return table(ledger(Frames(journal(), town(assessed=assessed))))


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def on_the_page(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading of the page, the head first."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip().strip("|") for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [cells[0], *cells[2:]]


def test_every_entry_of_the_ledger_is_the_one_calculated_by_hand() -> None:
    head, *rows = on_the_page("The ledger")
    by_hand = pd.DataFrame(rows, columns=head)
    for column in ("year", "level"):
        by_hand[column] = by_hand[column].astype(int)
    for column in ("quantity", "amount_dkk"):
        by_hand[column] = by_hand[column].map(number)
    calculated = booked()[head]
    keys = head[:8]
    pd.testing.assert_frame_equal(
        calculated.sort_values(keys, ignore_index=True).astype(object),
        by_hand.sort_values(keys, ignore_index=True).astype(object),
        check_exact=False,
        rtol=0,
        atol=1e-9,
    )


def test_who_pays_is_the_sum_of_the_entries() -> None:
    _, *rows = on_the_page("Who pays")
    by_hand = {(payer, int(year)): number(sum_.strip("`").split("=")[1]) for payer, year, sum_ in rows}
    calculated = booked().groupby(["payer", "year"])["amount_dkk"].sum().round(2).to_dict()
    assert calculated == by_hand


def test_the_municipalitys_net_cost() -> None:
    """Per year of the measured period: 92 days of a leap year and 181 of a common one."""
    kpis = measure(journal(), town()).kpis.set_index(["kpi", "group"])["value"]
    years = 92 / 366 + 181 / 365
    assert kpis["cost.municipality", "all"] * years == pytest.approx(1_178_597.27)
    assert kpis["cost.refund", "all"] * years == pytest.approx(40_225)


def test_by_the_calendar_year_nothing_is_refunded() -> None:
    by_year = booked("yearly")
    assert not (by_year["part"] == "refund").any()
    assert len(by_year) == len(booked()) - 4


OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def value(text: str) -> Fraction:
    """Return what a sum of the page comes to."""
    plain = text.replace(",", "").replace("×", "*").replace("−", "-").replace("%", "/ 100")

    def of(node: ast.expr) -> Fraction:
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](of(node.left), of(node.right))
        assert isinstance(node, ast.Constant), text
        return Fraction(ast.get_source_segment(plain.strip(), node) or "")

    return of(ast.parse(plain.strip(), mode="eval").body)


def sums() -> list[str]:
    spans = re.findall(r"`([^`]+)`", PAGE.read_text(encoding="utf-8"))
    return [" ".join(span.split()) for span in spans if "=" in span]


@pytest.mark.parametrize("line", sums())
def test_the_sums_on_the_page_are_right(line: str) -> None:
    left, right = line.split("=")
    digits = len(right.strip().partition(".")[2])
    assert abs(value(left) - value(right)) <= Fraction(1, 2 * 10**digits), line


def test_there_are_sums_to_do() -> None:
    assert len(sums()) > 50
