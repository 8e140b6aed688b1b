"""Putting together: the ledger, the table that is stored, and the full list of entries."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.measures.costs.appeals import book_appeals, book_board
from sim.measures.costs.book import Book
from sim.measures.costs.index import Level
from sim.measures.costs.services import book_services
from sim.measures.costs.staff import book_staff
from sim.measures.costs.state import book_refund
from sim.measures.frames import Frames
from sim.scenario.costs import Costs

DAY = np.timedelta64(1, "D")
QUANTITY_DIGITS = 6
LIST_COLUMNS = (
    "date_from",
    "date_to",
    "case",
    "team",
    "administration",
    "account",
    "payer",
    "part",
    "item",
    "supplier",
    "level",
    "quantity",
    "unit",
    "unit_price_dkk",
    "amount_dkk",
)


def ledger(frames: Frames) -> pd.DataFrame:
    """Return what was spent in the measured period, background work included, in whole øre.

    Returns:
        Columns year, administration, account, payer, part, item, supplier, level, quantity, unit, oere; sorted. Empty
        when the scenario has no prices.

    Raises:
        KeyError: A service that was used has no price at its supplier, or a year has no price level.
    """
    return _book(frames).sums()


def table(booked: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger as it is stored: amounts in DKK with two decimals."""
    quantity = booked["quantity"].astype(np.float64).round(QUANTITY_DIGITS)
    shown = booked.drop(columns="oere").assign(quantity=quantity, amount_dkk=booked["oere"].to_numpy() / 100)
    return shown.astype({"year": np.int64, "level": np.int64, "amount_dkk": np.float64})


def entries(frames: Frames) -> pd.DataFrame:
    """Return every entry of the ledger: one row per spell (team and person, refund) and year.

    The stored ledger is their sum.

    Returns:
        Columns date_from and date_to (the first and the last day), case (of a pooled household: the number of the
        household; missing for staff), team (staff only), administration, account, payer, part, item, supplier, level,
        quantity, unit, unit_price_dkk (missing where there is no quantity), amount_dkk. In the order of dates.
    """
    listed = _book(frames).entries()
    origin = np.datetime64(frames.date_of_day_0, "D")
    first = origin + np.floor(listed["start"].to_numpy()).astype("m8[D]")
    last = origin + np.ceil(listed["end"].to_numpy()).astype("m8[D]") - DAY
    quantity, amount = listed["quantity"].to_numpy(), listed["oere"].to_numpy() / 100
    price = np.divide(amount, quantity, out=np.full(len(listed), np.nan), where=quantity != 0)
    listed = listed.assign(
        date_from=first.astype("M8[s]"),
        date_to=np.maximum(first, last).astype("M8[s]"),
        case=listed["case"].astype("Int64").where(listed["case"] >= 0),
        quantity=np.round(quantity, QUANTITY_DIGITS),
        unit_price_dkk=np.round(price, 2),
        amount_dkk=amount,
    )
    return listed.sort_values("date_from", kind="stable", ignore_index=True)[list(LIST_COLUMNS)]


def reported_level(frames: Frames, costs: Costs) -> Level:
    """Return the price level at which amounts are reported."""
    return Level(costs, frames.new_years, frames.date_of_day_0.year, frames.end, costs.level)


def _book(frames: Frames) -> Book:
    costs, frames, book = frames.scenario.costs, frames.everybody, Book()
    if costs is not None:
        level = reported_level(frames, costs)
        establishment = book_staff(book, frames, costs, level)
        book_appeals(book, frames, costs, level, establishment)
        book_services(book, frames, costs, level)
        book_board(book, frames, costs, level)
        book_refund(book, frames, costs, level)
    return book
