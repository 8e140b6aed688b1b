"""What it costs: a ledger in which every øre has an administration, an account, a payer and a year.

Amounts are calculated in whole øre. An amount that is spread over time is rounded as a running total, so that
splitting it at New Year neither loses nor makes an øre.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measures.appeals import BOARD_OUTCOMES
from sim.measures.frames import Floats, Frames, Integers, Table
from sim.measures.kpis import ALL, Kpis
from sim.scenario import Scenario
from sim.scenario.costs import Costs, Price

FAMILY = "family"
KEYS = ("year", "administration", "account", "payer", "item")
FAMILY_PART = "family"
PARTS = ("staff", "services", "board", FAMILY_PART)
LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Entries:
    """Entries of the ledger before they are added up; arrays of equal length."""

    part: npt.NDArray[np.str_]
    """``staff``, ``services``, ``board`` or ``family``."""
    year: Integers
    administration: npt.NDArray[np.str_]
    account: npt.NDArray[np.str_]
    payer: npt.NDArray[np.str_]
    item: npt.NDArray[np.str_]
    oere: Integers


def ledger(frames: Frames) -> pd.DataFrame:
    """Return what was spent in the measured period, background work included, in whole øre.

    Returns:
        Columns year, administration, account, payer, item, part, oere. Empty when the scenario has no prices.
    """
    costs, frames = frames.scenario.costs, frames.everybody
    entries = [] if costs is None else [_staff(frames, costs), _services(frames, costs), _board(frames, costs)]
    parts = [
        pd.DataFrame({key: getattr(entry, key) for key in (*KEYS, "part", "oere")})
        for entry in entries
        if len(entry.oere)
    ]
    if not parts:
        return pd.DataFrame({key: [] for key in (*KEYS, "part")} | {"oere": np.empty(0, dtype=np.int64)})
    return pd.concat(parts).groupby([*KEYS, "part"], as_index=False).sum()


def table(booked: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger as it is stored: amounts in DKK with two decimals."""
    shown = booked[list(KEYS)].assign(amount_dkk=booked["oere"].to_numpy() / 100)
    return shown.astype({"year": np.int64, "amount_dkk": np.float64})


def measure(frames: Frames, kpis: Kpis, booked: pd.DataFrame) -> None:
    """Add costs per year, if the scenario has prices."""
    costs = frames.scenario.costs
    if costs is None:
        return
    oere = booked["oere"].to_numpy(dtype=np.int64)
    # By the kind of spell, not by the payer's name: an administration may be called "family" as well.
    part = booked["part"].to_numpy()
    rows = {"cost.total": part != FAMILY_PART} | {f"cost.{name}": part == name for name in PARTS}
    administration = booked["administration"].to_numpy()
    for kpi, mask in rows.items():
        kpis.add(kpi, ALL, in_dkk_per_year(frames, oere[mask]))
        for name in frames.scenario.administrations:
            kpis.add(kpi, name, in_dkk_per_year(frames, oere[mask & (administration == name)]), "administration")
    payer = booked["payer"].to_numpy()
    for name in dict.fromkeys((*frames.scenario.administrations, costs.appeals_board.payer, FAMILY)):
        kpis.add("cost.payer", name, in_dkk_per_year(frames, oere[payer == name]))
    for name, members in budget_frames(frames.scenario).items():
        kpis.add(
            "cost.frame",
            f"frame:{name}",
            in_dkk_per_year(frames, oere[np.isin(payer, members) & (part != FAMILY_PART)]),
        )


def budget_frames(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Return the administrations that draw on each budget frame; one that names none has a frame of its own."""
    frame_of = {name: administration.budget or name for name, administration in scenario.administrations.items()}
    return {
        frame: tuple(name for name, its in frame_of.items() if its == frame)
        for frame in dict.fromkeys(frame_of.values())
    }


def _by_year(
    frames: Frames, start: Floats, end: Floats, cost_until: Callable[[Floats], Floats]
) -> tuple[Integers, Integers, Integers]:
    """Spread the cost of some intervals over the calendar years of the measured period.

    Args:
        frames: For the measured period.
        start: Beginning of each interval.
        end: End of each interval (NaN: not over).
        cost_until: Returns, for one time per interval, a cost in øre that has been growing since some zero.

    Returns:
        The interval's position, the year and the amount in øre of each entry that is not 0.
    """
    first = np.clip(start, frames.start, frames.end)
    last = np.maximum(np.clip(np.where(np.isnan(end), frames.end, end), frames.start, frames.end), first)
    zero = cost_until(first)
    edges = [np.rint(cost_until(np.clip(edge, first, last)) - zero).astype(np.int64) for edge in frames.new_years]
    oere: Integers = np.stack(edges[1:]) - np.stack(edges[:-1])
    year, row = np.nonzero(oere)
    return row, year + frames.date_of_day_0.year, oere[year, row]


def in_dkk_per_year(frames: Frames, oere: Integers) -> float:
    """Return the sum of amounts in øre as DKK per year of the measured period."""
    return float(np.sum(oere)) / 100 / frames.years


def _staff(frames: Frames, costs: Costs) -> Entries:
    """A caseworker costs the yearly price, pro rata by days: a year of work costs it exactly, leap year or not.

    Somebody who works part time costs their share of it; who is absent is paid, and a vacancy costs nothing.
    """
    scenario = frames.scenario
    staff = frames.staff.named(resource=tuple(scenario.teams), kind="employed")
    prices = {team: costs.teams.get(team, costs.staff) for team in scenario.teams}
    yearly = {team: price.dkk_per_year * (1.0 + price.overhead) * 100 for team, price in prices.items()}
    rate: Floats = staff.lookup("resource", yearly, 0.0) * staff["fte"]
    # Calendar years since the first New Year: each has the length 1, however many days.
    years = np.arange(len(frames.new_years), dtype=np.float64)

    def cost_until(days: Floats) -> Floats:
        return rate * np.interp(days, frames.new_years, years)

    row, year, oere = _by_year(frames, staff["start"], staff["end"], cost_until)
    administration = staff.lookup("resource", dict(frames.team_administration), "")[row]
    account = staff.lookup("resource", {team: price.account for team, price in prices.items()}, "")[row]
    item = np.full(len(row), "caseworkers")
    return Entries(np.full(len(row), "staff"), year, administration, account, administration, item, oere)


def _services(frames: Frames, costs: Costs) -> Entries:
    spells = frames.spells.where(~np.isnan(frames.spells["start"]))
    row, year, oere, account = spell_costs(frames, spells, costs)
    row, year, oere = _summed(spells, row, year, oere)
    payers = {name: name for name in spells.names("payer")}
    payer = spells.lookup("payer", payers, "")
    in_charge = {name: track.administration for name, track in frames.scenario.tracks.items()}
    self_paid = spells.one_of("kind", "self_pay")
    own_budget = spells.one_of("payer", *frames.scenario.administrations) & ~self_paid
    responsible = spells.lookup("track", in_charge, "")
    administration = np.where(own_budget, payer, responsible)
    item = spells.lookup("service", {name: name for name in spells.names("service")}, "")
    part = np.where(self_paid, FAMILY_PART, "services")
    # What is paid back stands beside what the family has paid: the one pays more, the other less.
    back = np.flatnonzero(spells.one_of("kind", "reimbursed")[row])
    to = row[back]
    return Entries(
        part=np.concatenate((part[row], np.full(len(back), FAMILY_PART))),
        year=np.concatenate((year, year[back])),
        administration=np.concatenate((administration[row], responsible[to])),
        account=np.concatenate((account[row], account[to])),
        payer=np.concatenate((payer[row], np.full(len(back), FAMILY))),
        item=np.concatenate((item[row], item[to])),
        oere=np.concatenate((oere, -oere[back])),
    )


def spell_costs(
    frames: Frames, spells: Table, costs: Costs
) -> tuple[Integers, Integers, Integers, npt.NDArray[np.str_]]:
    """Return what some spells that have begun cost, year by year.

    Returns:
        The spell's position, the year and the amount in øre of each entry that is not 0; and each spell's account.
    """
    per_day, account = _prices(spells, costs)

    def cost_until(days: Floats) -> Floats:
        return per_day * days

    return *_by_year(frames, spells["start"], spells["end"], cost_until), account


def _summed(spells: Table, row: Integers, year: Integers, oere: Integers) -> tuple[Integers, Integers, Integers]:
    """Add up entries that differ in the person only; the first spell of each sum stands for the others."""
    alike = year
    for column in ("kind", "track", "service", "supplier", "payer"):
        alike = alike * (len(spells.names(column)) + 1) + spells[column][row] + 1
    _, first, which = np.unique(alike, return_index=True, return_inverse=True)
    sums = np.zeros(len(first), dtype=np.int64)
    np.add.at(sums, which, oere)
    return row[first], year[first], sums


def _prices(spells: Table, costs: Costs) -> tuple[Floats, npt.NDArray[np.str_]]:
    """Return what a day of each spell costs, in øre, and its account.

    A family that pays for itself has no supplier from the municipality: it pays by the price of the first in the
    price list.
    """
    services, suppliers = spells.names("service"), spells.names("supplier")
    per_day = np.full((len(services) + 1, len(suppliers) + 1, max(LEVELS) + 1), np.nan)
    account = np.full((len(services) + 1, len(suppliers) + 1), "", dtype="U16")
    for code, name in enumerate(services):
        offered: Mapping[str, Price] = costs.services.get(name, {})
        for place, who in enumerate((*suppliers, None)):
            price = next(iter(offered.values()), None) if who is None else offered.get(who)
            if price is None:
                continue
            account[code, place] = price.account
            for level in LEVELS:
                per_day[code, place, level] = price.dkk_per_day * price.level_factors.get(str(level), 1.0) * 100
    service, supplier = spells["service"], spells["supplier"]
    paid = per_day[service, supplier, np.clip(spells["level"], min(LEVELS), max(LEVELS))]
    if np.isnan(paid).any():
        row = int(np.flatnonzero(np.isnan(paid))[0])
        whose = suppliers[supplier[row]] if supplier[row] >= 0 else "none"
        raise KeyError(f"no price for service {services[service[row]]!r} by supplier {whose!r}")
    factor = np.where(spells.one_of("kind", "self_pay", "reimbursed"), costs.self_pay_share, 1.0)
    return paid * factor, account[service, supplier]


def _board(frames: Frames, costs: Costs) -> Entries:
    rule = costs.appeals_board
    decided = frames.begun(frames.kind("board").named(outcome=BOARD_OUTCOMES), "time")
    year = np.searchsorted(frames.new_years, decided["time"], side="right") - 1 + frames.date_of_day_0.year
    number = len(decided)
    return Entries(
        np.full(number, "board"),
        year,
        decided.lookup("administration", {name: name for name in decided.names("administration")}, ""),
        np.full(number, rule.account),
        np.full(number, rule.payer),
        np.full(number, "appeals_board"),
        np.full(number, round(rule.dkk_per_case * 100), dtype=np.int64),
    )
