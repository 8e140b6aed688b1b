"""What services cost, by day, supplier and need level, with what comes with them; and what families pay themselves.

A spell that goes on past the 18th birthday (*bridging*) costs what the service that it prolongs costs. A family that
pays for itself has no supplier from the municipality: it pays a share of the price of the first in the price list.
What is paid back to a family stands beside what it has paid: the one pays more, the other less.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.measures.costs.book import FAMILY, FAMILY_PART, USER_CHARGE, Book
from sim.measures.costs.index import Level
from sim.measures.costs.prices import Priced, priced
from sim.measures.costs.proration import Pieces, cut, whole
from sim.measures.frames import Floats, Frames, Integers, Mask, Table
from sim.scenario.costs import Costs

PART_OF_KIND = {"bridging": "bridging", "reimbursed": "back_payment", "self_pay": FAMILY_PART}
"""Which part a spell of a kind belongs to; any other kind: ``services``."""


def book_services(book: Book, frames: Frames, costs: Costs, level: Level) -> None:
    """Add what services cost in the measured period, and who pays it."""
    spells = begun_spells(frames)
    prices = priced(spells, costs)
    pieces = cut(frames, spells["start"], spells["end"], frames.new_years)
    year = frames.date_of_day_0.year + pieces.period
    payer = book.codes(spells, "payer")
    administration = np.where(own_budget(frames, spells), payer, in_charge(book, frames, spells))
    parts = book.codes(spells, "kind", lambda kind: PART_OF_KIND.get(kind, "services"))
    of_spell: dict[str, Integers] = {
        "administration": administration,
        "account": book.account_codes(prices.accounts, prices.account),
        "payer": payer,
        "part": parts,
        "item": book.codes(spells, "service"),
        "supplier": book.codes(spells, "supplier"),
        "level": spells["level"],
        "case": spells["case"],
    }
    by_year: dict[str, Any] = {name: values[pieces.row] for name, values in of_spell.items()} | {
        "year": year, "start": pieces.start, "end": pieces.end, "quantity": pieces.days, "unit": "days"
    }  # fmt: skip
    oere = day_costs(pieces, prices, level)
    book.add(oere, **by_year)
    transport = book.account_codes(prices.accounts, prices.transport_account)[pieces.row]
    book.add(transport_costs(pieces, prices, level), **{**by_year, "part": "transport", "account": transport})
    charged = book.account_codes(prices.accounts, prices.charge_account)[pieces.row]
    charges = user_charges(pieces, prices, level)
    book.add_pair(charges, FAMILY, **{**by_year, "part": USER_CHARGE, "account": charged})
    back = spells.one_of("kind", "reimbursed")[pieces.row]
    responsible = in_charge(book, frames, spells)[pieces.row]
    less = {**by_year, "part": FAMILY_PART, "payer": FAMILY, "administration": responsible, "quantity": -pieces.days}
    book.add(
        -oere[back], **{name: values if isinstance(values, str) else values[back] for name, values in less.items()}
    )
    rows = np.flatnonzero(starting(spells) & (spells["start"] >= frames.start) & (spells["start"] < frames.end))
    started = spells["start"][rows]
    once_account = book.account_codes(prices.accounts, prices.once_account)
    book.add(
        once_costs(frames, spells, prices, level)[rows],
        **{name: values[rows] for name, values in {**of_spell, "account": once_account}.items() if name != "part"},
        part="once", year=year_of(frames, started), start=started, end=started, quantity=1.0, unit="payments",
    )  # fmt: skip


def begun_spells(frames: Frames) -> Table:
    """Return the spells that have begun, in the measured period or before."""
    return frames.spells.where(~np.isnan(frames.spells["start"]))


def own_budget(frames: Frames, spells: Table) -> Mask:
    """Return whether an administration pays for each spell."""
    paid: Mask = spells.one_of("payer", *frames.scenario.administrations) & ~spells.one_of("kind", "self_pay")
    return paid


def in_charge(book: Book, frames: Frames, spells: Table) -> Integers:
    """Return the code of the administration in charge of each spell's track."""
    tracks = frames.scenario.tracks
    return book.codes(spells, "track", lambda name: tracks[name].administration if name in tracks else "")


def year_of(frames: Frames, times: Floats) -> Integers:
    """Return the calendar year that each of some times (days since day 0) lies in."""
    return np.searchsorted(frames.new_years, times, side="right") - 1 + frames.date_of_day_0.year


def day_costs(pieces: Pieces, prices: Priced, level: Level) -> Integers:
    """Return what the days of each piece of a spell cost, in øre."""
    return _by_day(pieces, prices.day, prices, level)


def transport_costs(pieces: Pieces, prices: Priced, level: Level) -> Integers:
    """Return what it costs to bring somebody to the service and back on the days of each piece, in øre."""
    return _by_day(pieces, prices.transport, prices, level)


def _by_day(pieces: Pieces, rate: Floats, prices: Priced, level: Level) -> Integers:
    return pieces.oere(lambda times, row: rate[row] * level.days(times, prices.wage_share[row]))


def user_charges(pieces: Pieces, prices: Priced, level: Level) -> Integers:
    """Return what residents pay towards each piece, in øre: a whole calendar year is the yearly charge exactly."""
    return pieces.oere(lambda times, row: prices.charge[row] * level.years(times, prices.wage_share[row]))


def starting(spells: Table) -> Mask:
    """Return whether a service begins anew with the spell: granted, and neither there on day 0 nor prolonged."""
    anew: Mask = spells.one_of("kind", "ordinary") & (spells["start"] > 0)
    return anew


def once_costs(frames: Frames, spells: Table, prices: Priced, level: Level) -> Integers:
    """Return what is paid on the day that each spell begins, in øre, should it be one with which a service begins."""
    years = year_of(frames, np.clip(spells["start"], frames.new_years[0], frames.end))
    return whole(prices.once * level.factor(years, prices.wage_share))


def spell_costs(frames: Frames, spells: Table, costs: Costs, level: Level) -> tuple[Integers, Integers]:
    """Return what the days of some spells that have begun cost in the measured period.

    Returns:
        The spell's position and the amount in øre of each entry.
    """
    pieces = cut(frames, spells["start"], spells["end"], frames.new_years)
    return pieces.row, day_costs(pieces, priced(spells, costs), level)
