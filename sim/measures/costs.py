"""What it costs: a ledger in which every øre has an administration, an account, a payer and a year.

Amounts are calculated in whole øre. An amount that is spread over time is rounded as a running total, so that
splitting it at New Year neither loses nor makes an øre.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measures.appeals import BOARD_OUTCOMES
from sim.measures.frames import Floats, Frames, Integers, Table
from sim.measures.kpis import ALL, Kpis
from sim.scenario.costs import Costs, Price

FAMILY = "family"
KEYS = ("year", "administration", "account", "payer", "item")
LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Entries:
    """Entries of the ledger before they are added up; arrays of equal length."""

    part: str
    """``staff``, ``services`` or ``board``."""
    year: Integers
    administration: npt.NDArray[np.str_]
    account: npt.NDArray[np.str_]
    payer: npt.NDArray[np.str_]
    item: npt.NDArray[np.str_]
    oere: Integers


def ledger(frames: Frames) -> pd.DataFrame:
    """Return what was spent in the measured period, in whole øre.

    Returns:
        Columns year, administration, account, payer, item, part, oere. Empty when the scenario has no prices.
    """
    costs = frames.scenario.costs
    entries = [] if costs is None else [_staff(frames, costs), _services(frames, costs), _board(frames, costs)]
    parts = [
        pd.DataFrame({key: getattr(entry, key) for key in (*KEYS, "oere")}).assign(part=entry.part)
        for entry in entries
        if len(entry.oere)
    ]
    if not parts:
        return pd.DataFrame({key: [] for key in (*KEYS, "part")} | {"oere": np.empty(0, dtype=np.int64)})
    return pd.concat(parts).groupby([*KEYS, "part"], as_index=False)["oere"].sum()


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
    family = (booked["payer"] == FAMILY).to_numpy(dtype=np.bool_)
    part = booked["part"].to_numpy()
    rows = {
        "cost.total": ~family,
        "cost.staff": part == "staff",
        "cost.services": (part == "services") & ~family,
        "cost.board": part == "board",
        "cost.family": family,
    }
    administration = booked["administration"].to_numpy()
    for kpi, mask in rows.items():
        kpis.add(kpi, ALL, _per_year(frames, oere[mask]))
        for name in frames.scenario.administrations:
            kpis.add(kpi, name, _per_year(frames, oere[mask & (administration == name)]), "administration")
    payer = booked["payer"].to_numpy()
    for name in dict.fromkeys((*frames.scenario.administrations, costs.appeals_board.payer, FAMILY)):
        kpis.add("cost.payer", name, _per_year(frames, oere[payer == name]))
    kpis.add("self_pay", ALL, _per_year(frames, oere[family]))


def _per_year(frames: Frames, oere: Integers) -> float:
    return float(np.sum(oere)) / 100 / frames.years


def _staff(frames: Frames, costs: Costs) -> Entries:
    """A caseworker costs the yearly price, pro rata by days: a year of work costs it exactly, leap year or not."""
    scenario = frames.scenario
    staff = frames.staff.named(resource=tuple(scenario.teams))
    prices = {team: costs.teams.get(team, costs.staff) for team in scenario.teams}
    yearly = {team: price.dkk_per_year * (1.0 + price.overhead) * 100 for team, price in prices.items()}
    rate = staff.lookup("resource", yearly, 0.0)
    days_in_year = np.diff(frames.new_years)
    # Days are weighted so that each calendar year has the length 1.
    year_of = np.concatenate(([0.0], np.cumsum(np.diff(frames.new_years) / days_in_year)))

    def cost_until(days: Floats) -> Floats:
        return rate * np.interp(days, frames.new_years, year_of)

    row, year, oere = _by_year(frames, staff["start"], staff["end"], cost_until)
    administration = staff.lookup("resource", dict(frames.team_administration), "")[row]
    account = staff.lookup("resource", {team: price.account for team, price in prices.items()}, "")[row]
    item = np.full(len(row), "caseworkers")
    return Entries("staff", year, administration, account, administration, item, oere)


def _services(frames: Frames, costs: Costs) -> Entries:
    spells = frames.spells.where(~np.isnan(frames.spells["start"]))
    per_day, account = _prices(spells, costs)

    def cost_until(days: Floats) -> Floats:
        return per_day * days

    row, year, oere = _by_year(frames, spells["start"], spells["end"], cost_until)
    payers = {name: name for name in spells.names("payer")}
    payer = spells.lookup("payer", payers, "")
    in_charge = {name: track.administration for name, track in frames.scenario.tracks.items()}
    own_budget = spells.one_of("payer", *frames.scenario.administrations)
    administration = np.where(own_budget, payer, spells.lookup("track", in_charge, ""))
    item = spells.lookup("service", {name: name for name in spells.names("service")}, "")
    return Entries("services", year, administration[row], account[row], payer[row], item[row], oere)


def _prices(spells: Table, costs: Costs) -> tuple[Floats, npt.NDArray[np.str_]]:
    """Return what a day of each spell costs, in øre, and its account.

    A family that pays for itself has no supplier from the municipality: it pays by the price of the first in the
    price list.
    """
    services, suppliers = spells.names("service"), spells.names("supplier")
    per_day = np.full((len(services) + 1, len(suppliers) + 1, max(LEVELS) + 1), np.nan)
    account = np.full((len(services) + 1, len(suppliers) + 1), "", dtype="U16")
    for code, service in enumerate(services):
        offered: Mapping[str, Price] = costs.services.get(service, {})
        for place, supplier in enumerate((*suppliers, None)):
            price = next(iter(offered.values()), None) if supplier is None else offered.get(supplier)
            if price is None:
                continue
            account[code, place] = price.account
            for level in LEVELS:
                per_day[code, place, level] = price.dkk_per_day * price.level_factors.get(str(level), 1.0) * 100
    service, supplier = spells["service"], spells["supplier"]
    paid = per_day[service, supplier, np.clip(spells["level"], min(LEVELS), max(LEVELS))]
    if np.isnan(paid).any():
        row = int(np.flatnonzero(np.isnan(paid))[0])
        who = suppliers[supplier[row]] if supplier[row] >= 0 else "none"
        raise KeyError(f"no price for service {services[service[row]]!r} by supplier {who!r}")
    factor = np.where(spells.one_of("kind", "self_pay"), costs.self_pay_share, 1.0)
    return paid * factor, account[service, supplier]


def _board(frames: Frames, costs: Costs) -> Entries:
    rule = costs.appeals_board
    decided = frames.begun(frames.kind("board").named(outcome=BOARD_OUTCOMES), "time")
    year = np.searchsorted(frames.new_years, decided["time"], side="right") - 1 + frames.date_of_day_0.year
    number = len(decided)
    return Entries(
        "board",
        year,
        decided.lookup("administration", {name: name for name in decided.names("administration")}, ""),
        np.full(number, rule.account),
        np.full(number, rule.payer),
        np.full(number, "appeals_board"),
        np.full(number, round(rule.dkk_per_case * 100), dtype=np.int64),
    )
