"""What caseworkers cost: the establishment, what vacant positions save, overtime, agencies, recruitment.

The *establishment* (*normeringen*) is every position, held or vacant, at the salary with overhead; what nobody was paid
for stands beside it as a negative amount. Who works part time costs their share; who is absent is paid. A calendar year
of work costs the yearly price exactly, leap year or not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.costs.book import Book
from sim.measures.costs.index import Level
from sim.measures.costs.proration import Pieces, cut, whole
from sim.measures.frames import Floats, Frames, Integers, Table
from sim.scenario.costs import Costs, StaffCost

WAGES = 1.0
"""What caseworkers cost grows with wages, overhead and agencies included."""
ITEM = "caseworkers"


@dataclass(frozen=True)
class Establishment:
    """What the positions of the teams cost, by entry. Arrays of equal length."""

    team: Integers
    """Code of the team in the journal."""
    year: Integers
    oere: Integers


def prices(frames: Frames, costs: Costs) -> dict[str, StaffCost]:
    """Return what a caseworker of each team costs."""
    return {team: costs.teams.get(team, costs.staff) for team in frames.scenario.teams}


def book_staff(book: Book, frames: Frames, costs: Costs, level: Level) -> Establishment:
    """Add what caseworkers cost, and return the establishment, which work on appeals is a part of."""
    teams, by_team = frames.scenario.teams, prices(frames, costs)
    known = frames.staff.named(resource=tuple(teams))
    salary = {team: price.dkk_per_year * 100 for team, price in by_team.items()}
    full = {team: salary[team] * (1.0 + price.overhead) for team, price in by_team.items()}
    overtime = {team: its.overtime_share for team, its in teams.items()}
    overpaid = {team: salary[team] * overtime[team] * (1.0 + by_team[team].overtime_premium) for team in teams}
    hired = {team: salary[team] * price.agency_factor for team, price in by_team.items()}

    def paid(part: str, staff: Table, rates: dict[str, float], sign: int = 1) -> tuple[Pieces, Integers]:
        rate: Floats = staff.lookup("resource", rates, 0.0) * staff["fte"]
        pieces = cut(frames, staff["start"], staff["end"], frames.new_years)
        oere = sign * pieces.oere(lambda times, row: rate[row] * level.years(times, WAGES))
        years = pieces.days / np.diff(frames.new_years)[pieces.period]
        share = staff.lookup("resource", overtime, 0.0) if part == "overtime" else np.ones(len(staff))
        _add(book, frames, staff.where(pieces.row), part, by_team, oere=oere, start=pieces.start, end=pieces.end,
            year=frames.date_of_day_0.year + pieces.period, unit="fte_years",
            quantity=sign * years * (staff["fte"] * share)[pieces.row])  # fmt: skip
        return pieces, oere

    positions = known.named(kind=("employed", "vacant"))
    pieces, oere = paid("staff", positions, full)
    paid("vacancy", known.named(kind="vacant"), full, sign=-1)
    paid("overtime", known.named(kind="employed"), overpaid)
    paid("agency", known.named(kind="agency"), hired)
    _book_recruitment(book, frames, known.named(kind="employed"), by_team, level)
    team = positions["resource"][pieces.row].astype(np.int64)
    return Establishment(team, frames.date_of_day_0.year + pieces.period, oere)


def _book_recruitment(book: Book, frames: Frames, employed: Table, by_team: dict[str, StaffCost], level: Level) -> None:
    """Whoever begins after day 0 has been recruited."""
    begun = frames.begun(employed, "start")
    begun = begun.where(begun["start"] > 0)
    year = np.searchsorted(frames.new_years, begun["start"], side="right") - 1 + frames.date_of_day_0.year
    each = begun.lookup("resource", {team: price.recruitment_dkk * 100 for team, price in by_team.items()}, 0.0)
    _add(book, frames, begun, "recruitment", by_team, oere=whole(each * level.factor(year, WAGES)), year=year,
        start=begun["start"], end=begun["start"], unit="persons", quantity=1.0)  # fmt: skip


def _add(
    book: Book,
    frames: Frames,
    staff: Table,
    part: str,
    by_team: dict[str, StaffCost],
    *,
    oere: Integers,
    **columns: object,
) -> None:
    administration = book.codes(staff, "resource", lambda team: frames.team_administration.get(team, ""))
    account = book.codes(staff, "resource", lambda team: by_team[team].account if team in by_team else "")
    team = book.codes(staff, "resource")
    book.add(oere, part=part, administration=administration, account=account, payer=administration, item=ITEM,
        team=team, **columns)  # fmt: skip
