"""What one young person costs around the 18th birthday, and what a day of support after it costs.

The persons are those of the measures of the transition: they turned 18 with a service, or a grant that they waited for,
and still needed support. What they cost is counted from the birthday before (17) to the one after (19). Only who has
both within the measured period is counted: half a window would look like half a cost. So a measured period of five
years gives the birthdays of three, and one below two years gives none.

The cost of a caseworker's time is that of the tasks begun in the window, by the hours that they occupy a caseworker
for, at the price of such an hour. Meetings of panels and what teams do besides cases are in nobody's cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.journal import SPELLS
from sim.measures.costs.appeals import hours_of_year, working_share
from sim.measures.costs.booking import reported_level
from sim.measures.costs.prices import priced
from sim.measures.costs.proration import cut
from sim.measures.costs.services import (
    begun_spells,
    day_costs,
    once_costs,
    own_budget,
    starting,
    transport_costs,
    user_charges,
)
from sim.measures.costs.staff import WAGES
from sim.measures.costs.staff import prices as staff_prices
from sim.measures.frames import ADULT_CATEGORIES, AGE_OF_MAJORITY, Floats, Frames, Integers, Mask, Table, birthdays
from sim.measures.kpis import ALL, Kpis
from sim.scenario.costs import Costs

STANDING_IN = "bridging"
PAID_LATER = "reimbursed"


@dataclass(frozen=True)
class Turning:
    """The persons who are counted; arrays of equal length, in the order of their numbers."""

    case: Integers
    year_before: Floats
    """The day of the birthday before, days since day 0."""
    birthday: Floats
    year_after: Floats
    profile: Integers
    """Code of the need profile."""

    def __len__(self) -> int:
        return len(self.case)

    def of(self, cases: Integers) -> tuple[Integers, Integers]:
        """Return which rows of a table are about them, and the place of the person of each of these rows."""
        place = np.searchsorted(self.case, cases)
        rows = np.flatnonzero(np.append(self.case, -1)[place] == cases)
        return rows, place[rows]


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add the unit costs, for all and per need profile, if the scenario has prices."""
    costs = frames.scenario.costs
    if costs is None:
        return
    who = turning_18(frames)
    services = _services(frames, costs, who, who.year_before, who.year_after)
    staff = _staff(frames, costs, who)
    after, covered = _year_after(frames, costs, who)
    names = frames.cases.names("profile")
    groups: dict[str, Mask] = {ALL: np.ones(len(who), dtype=np.bool_)}
    for name in frames.scenario.profiles:
        groups[f"profile:{name}"] = who.profile == (names.index(name) if name in names else -1)
    for group, rows in groups.items():
        number = int(np.count_nonzero(rows))
        kpis.add("unit_cost.transition", group, _ratio(np.sum((services + staff)[rows]) / 100, number))
        kpis.add("unit_cost.transition_services", group, _ratio(np.sum(services[rows]) / 100, number))
        kpis.add("unit_cost.transition_hours", group, _ratio(np.sum(staff[rows]) / 100, number))
        kpis.add("unit_cost.covered_day", group, _ratio(np.sum(after[rows]) / 100, float(np.sum(covered[rows]))))


def turning_18(frames: Frames) -> Turning:
    """Return who turned 18 with a need, and has the birthdays before and after in the measured period."""
    case = np.unique(frames.kind("turned_18")["case"]).astype(np.int64)
    rule = frames.scenario.birthday
    age = AGE_OF_MAJORITY if rule is None else rule.age
    born = frames.of_case("born", case)
    before, birthday, after = (birthdays(frames.date_of_day_0, born, age + years) for years in (-1, 0, 1))
    whole = (before >= frames.start) & (after <= frames.end)
    profile = frames.of_case("profile", case).astype(np.int64)
    return Turning(case[whole], before[whole], birthday[whole], after[whole], profile[whole])


def _services(frames: Frames, costs: Costs, who: Turning, since: Floats, until: Floats) -> Floats:
    """Return what the services that an administration pays for cost from one day to another, øre per person."""
    return _priced(frames, costs, who, _paid_publicly(frames), since, until)


def _year_after(frames: Frames, costs: Costs, who: Turning) -> tuple[Floats, Floats]:
    """Return the cost of the support after the birthday, øre per person, and the days with any support."""
    spells = _paid_publicly(frames)
    # What a family is paid back was no support from the municipality on the day.
    spells = spells.where(~spells.one_of("kind", PAID_LATER))
    adult = spells.lookup("service", {name: c in ADULT_CATEGORIES for name, c in frames.category.items()}, False)
    support = spells.where(adult | spells.one_of("kind", STANDING_IN))
    cost = _priced(frames, costs, who, support, who.birthday, who.year_after)
    return cost, _days(frames, who, spells, who.birthday, who.year_after)


def _paid_publicly(frames: Frames) -> Table:
    """Return the spells that have begun and that an administration pays for."""
    spells = begun_spells(frames)
    return spells.where(own_budget(frames, spells))


def _priced(frames: Frames, costs: Costs, who: Turning, spells: Table, since: Floats, until: Floats) -> Floats:
    """Return what some spells cost each person from one day to another, less what the residents pay, in øre."""
    level = reported_level(frames, costs)
    inside, person = _clipped(frames, who, spells, since, until)
    prices, pieces = priced(inside, costs), cut(frames, inside["start"], inside["end"], frames.new_years)
    running = day_costs(pieces, prices, level) + transport_costs(pieces, prices, level)
    running = running - user_charges(pieces, prices, level)
    rows, whose = who.of(spells["case"])
    start = spells["start"][rows]
    begun = (start >= since[whose]) & (start < until[whose])
    begins, whose = spells.where(rows[begun]), whose[begun]
    once = once_costs(frames, begins, priced(begins, costs), level) * starting(begins)
    people, oere = np.concatenate((person[pieces.row], whose)), np.concatenate((running, once))
    return np.bincount(people, weights=oere, minlength=len(who)).astype(np.float64)


def _clipped(frames: Frames, who: Turning, spells: Table, since: Floats, until: Floats) -> tuple[Table, Integers]:
    """Return the parts of the persons' spells between two days, and the place of each one's person."""
    rows, person = who.of(spells["case"])
    mine = spells.where(rows)
    start = np.maximum(mine["start"], since[person])
    end = np.minimum(np.where(np.isnan(mine["end"]), frames.end, mine["end"]), until[person])
    columns = {column: mine[column] for column in SPELLS} | {"start": start, "end": end}
    names = {column: mine.names(column) for column in SPELLS if mine.names(column)}
    some = end > start
    return Table(columns, names).where(np.flatnonzero(some)), person[some]


def _days(frames: Frames, who: Turning, spells: Table, since: Floats, until: Floats) -> Floats:
    """Return the days between two days on which each person has any of the spells."""
    inside, person = _clipped(frames, who, spells, since, until)
    order = np.lexsort((inside["start"], person))
    start, end, person = inside["start"][order], inside["end"][order], person[order]
    if len(person) == 0:
        return np.zeros(len(who))
    # The latest end so far of the same person: each has a span of their own on one rising axis.
    base = person * (2.0 * frames.end + 1.0)
    covered_to = np.concatenate(([-np.inf], np.maximum.accumulate(base + end)[:-1]))
    days = np.maximum(base + end - np.maximum(base + start, covered_to), 0.0)
    return np.bincount(person, weights=days, minlength=len(who)).astype(np.float64)


def _staff(frames: Frames, costs: Costs, who: Turning) -> Floats:
    """Return what the caseworkers' tasks begun in the window cost, øre per person."""
    tasks = frames.activities.where(~np.isnan(frames.activities["started"]))
    rows, person = who.of(tasks["case"])
    tasks = tasks.where(rows)
    begun = (tasks["started"] >= who.year_before[person]) & (tasks["started"] < who.year_after[person])
    tasks, person = tasks.where(begun), person[begun]
    oere = np.nan_to_num(tasks["hours"]) * working_share(frames, tasks) * hour_prices(frames, costs, tasks)
    return np.bincount(person, weights=oere, minlength=len(who)).astype(np.float64)


def hour_prices(frames: Frames, costs: Costs, tasks: Table) -> Floats:
    """Return what an hour of the team's calendar costs of a full-time caseworker, in øre, for each of some tasks.

    As for the ledger's work on appeals: what the year costs over the working hours of the team's calendar in that year.
    """
    level = reported_level(frames, costs)
    first = frames.date_of_day_0.year
    years = np.arange(first, first + len(frames.new_years) - 1)
    year = np.searchsorted(frames.new_years, tasks["started"], side="right") - 1
    by_team = staff_prices(frames, costs)
    result = np.zeros(len(tasks))
    for name in tasks.used("resource"):
        if name not in by_team:
            continue
        calendar = frames.scenario.calendars[frames.scenario.teams[name].calendar]
        hours = np.array([hours_of_year(calendar, one) for one in years.tolist()])
        yearly = by_team[name].dkk_per_year * (1.0 + by_team[name].overhead) * 100
        mine = tasks.one_of("resource", name)
        result[mine] = (yearly / hours * level.factor(years, WAGES))[year[mine]]
    return result


def _ratio(amount: float, number: float) -> float:
    return float(amount) / number if number else float("nan")
