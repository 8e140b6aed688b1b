"""What appeals cost: the appeals board's cases, and the time of the teams' own caseworkers.

The time is no extra cost: it is a part of the salaries, and moved out of them. An hour costs what the year costs,
divided by the working hours of the team's calendar in that year. That is the same as case-facing hours at the price of
a case-facing hour, as the journal's hours are those of the calendar: an hour with a case stands there with the share
of leave, meetings and administration that goes with it.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np

from sim.measures.appeals import BOARD_OUTCOMES
from sim.measures.costs.book import BOARD, Book
from sim.measures.costs.index import Level
from sim.measures.costs.proration import whole
from sim.measures.costs.staff import ITEM, WAGES, Establishment, prices
from sim.measures.frames import Floats, Frames, Integers, Table
from sim.model.clock import working_clock
from sim.scenario.costs import Costs
from sim.scenario.time import Calendar


def book_board(book: Book, frames: Frames, costs: Costs, level: Level) -> None:
    """Add a cost for each case that the appeals board decides in the measured period."""
    rule = costs.appeals_board
    decided = frames.begun(frames.kind("board").named(outcome=BOARD_OUTCOMES), "time")
    year = _year(frames, decided["time"])
    oere = whole(rule.dkk_per_case * 100 * level.factor(year, costs.wage_share))
    book.add(oere, part=BOARD, year=year, administration=book.codes(decided, "administration"), account=rule.account,
        payer=rule.payer, item="appeals_board", case=decided["case"], start=decided["time"], end=decided["time"],
        quantity=1.0, unit="cases")  # fmt: skip


def book_appeals(book: Book, frames: Frames, costs: Costs, level: Level, establishment: Establishment) -> None:
    """Move the cost of work on appeals out of the teams' salaries, by team and the year in which it was begun.

    It is never more than the salaries there are.
    """
    tasks = frames.begun(
        frames.activities.where(frames.activities.lookup("track", frames.side, "") == "appeal"), "started"
    )
    hours = np.nan_to_num(tasks["hours"]) * working_share(frames, tasks)
    years = _year(frames, tasks["started"])
    # Positions of the teams' names, which are codes of the same list in both of the journal's tables.
    names, by_team = frames.staff.names("resource"), prices(frames, costs)
    for place, name in enumerate(names):
        if name not in by_team:
            continue
        team, price = frames.scenario.teams[name], by_team[name]
        mine = tasks.one_of("resource", name)
        for year in np.unique(years[mine]).tolist():
            full = hours_of_year(frames.scenario.calendars[team.calendar], year)
            share = float(np.sum(hours[mine & (years == year)])) / full
            yearly = price.dkk_per_year * (1.0 + price.overhead) * 100
            worth = whole(yearly * share * level.factor(np.array([year]), WAGES))
            there = int(np.sum(establishment.oere[(establishment.team == place) & (establishment.year == year)]))
            moved = np.minimum(worth, there)
            first, last = frames.new_years[year - frames.date_of_day_0.year :][:2].tolist()
            for part, sign in (("appeals", 1), ("staff", -1)):
                book.add(sign * moved, part=part, year=year, administration=team.administration, account=price.account,
                    payer=team.administration, item=ITEM, team=name, start=max(first, frames.start),
                    end=min(last, frames.end), quantity=sign * share * float(moved[0]) / max(float(worth[0]), 1.0),
                    unit="fte_years")  # fmt: skip


@lru_cache(maxsize=256)
def hours_of_year(calendar: Calendar, year: int) -> float:
    """Return the working hours of a calendar in a year."""
    first = dt.date(year, 1, 1)
    clock = working_clock(calendar, first, 1.0)
    days = (dt.date(year + 1, 1, 1) - first).days
    return sum(clock.would_work(first + dt.timedelta(days=day)) for day in range(days)) * clock.hours


def _year(frames: Frames, times: Floats) -> Integers:
    return np.searchsorted(frames.new_years, times, side="right") - 1 + frames.date_of_day_0.year


def working_share(frames: Frames, tasks: Table) -> Floats:
    """Return the hours, as a share of full time, of whoever does each of some tasks (1 where that is not known)."""
    staff = frames.staff.named(kind=("employed", "agency"))
    span = int(max(np.max(staff["worker"], initial=0), np.max(tasks["worker"], initial=0))) + 2
    known = staff["resource"].astype(np.int64) * span + staff["worker"]
    asked = tasks["resource"].astype(np.int64) * span + tasks["worker"]
    if len(known) == 0:
        return np.ones(len(tasks))
    order = np.argsort(known, kind="stable")
    place = order[np.minimum(np.searchsorted(known[order], asked), len(known) - 1)]
    result: Floats = np.where(known[place] == asked, staff["fte"][place], 1.0)
    return result
