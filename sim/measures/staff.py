"""What the teams carry: cases per caseworker, working time used, work that waits.

Averages over time are exact: an interval counts with the part of it that lies in the measured period. Caseworkers
count in full-time equivalents: somebody who works 0.8 of full time is there for 0.8 of each of the calendar's hours,
and a task that takes them 5 hours of the calendar is 4 hours of work. So whoever always has something to do is used
to the full, however few hours they have. Overtime is within the calendar's hours, which hold more work then: a task
takes fewer of them, and whoever always has something to do is still used to the full, and no more.

Caseworkers from an agency carry cases and have working hours like others; they are not employed, and have no part in
absence and training of those who are.

The time that goes to background work (see :class:`~sim.measures.frames.Frames`) is time used, and such work waits in
the same queues; but it is no part of the caseload.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.measures.frames import Floats, Frames, Integers, Table
from sim.measures.kpis import ALL, Curves, Kpis
from sim.measures.presence import Presence, presence
from sim.model.clock import WorkingClock, working_clock


@dataclass
class Load:
    """Sums over the measured period, which add up from teams to administrations to all."""

    assigned_days: float = 0.0
    """Days that cases had a named caseworker."""
    carrying_days: float = 0.0
    """Days that caseworkers of teams with named caseworkers were there, absent or not, those from agencies too."""
    employed_days: float = 0.0
    absent_days: float = 0.0
    """Of the days employed: those of absence."""
    onboarding_days: float = 0.0
    """Of the days employed: those in training."""
    agency_days: float = 0.0
    """Days that caseworkers from agencies were there, absent or not."""
    vacant_days: float = 0.0
    """Days that positions had no caseworker of their own, whether or not somebody from an agency was there."""
    busy_hours: float = 0.0
    available_hours: float = 0.0
    waiting_days: float = 0.0
    """Days that tasks waited to be begun."""
    waiting_hour_days: float = 0.0
    """The same, times the hours of each task."""

    def __add__(self, other: Load) -> Load:
        return Load(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add caseload, caseworkers and their time, and backlog: for all, per team and per administration."""
    loads = _loads(frames)
    _add(frames, kpis, ALL, sum(loads.values(), Load()), ALL)
    for team, load in loads.items():
        _add(frames, kpis, team, load, "team")
    for administration, members in teams_by_administration(frames).items():
        _add(frames, kpis, administration, sum((loads[team] for team in members), Load()), "administration")


def _add(frames: Frames, kpis: Kpis, group: str, load: Load, of: str) -> None:
    kpis.add("staff.caseload", group, _ratio(load.assigned_days, load.carrying_days), of)
    kpis.add("staff.caseworkers", group, load.employed_days / frames.days, of)
    kpis.add("staff.absence_share", group, _ratio(load.absent_days, load.employed_days), of)
    kpis.add("staff.onboarding_share", group, _ratio(load.onboarding_days, load.employed_days), of)
    kpis.add("staff.agency", group, load.agency_days / frames.days, of)
    kpis.add("staff.vacant", group, load.vacant_days / frames.days, of)
    kpis.add("staff.utilisation", group, _ratio(load.busy_hours, load.available_hours), of)
    kpis.add("staff.backlog", group, load.waiting_days / frames.days, of)
    kpis.add("staff.backlog_hours", group, load.waiting_hour_days / frames.days, of)


def _loads(frames: Frames) -> dict[str, Load]:
    """Return the load of each team."""
    scenario = frames.scenario
    tasks = frames.everybody.activities
    begun_or_given_up = np.fmin(tasks["started"], tasks["withdrawn"])
    waiting_days = frames.overlap(tasks["requested"], begun_or_given_up)
    waiting = _per_name(tasks, "resource", waiting_days)
    waiting_hours = _per_name(tasks, "resource", waiting_days * np.nan_to_num(tasks["hours"]))
    stretches = presence(frames)
    days = frames.overlap(stretches.start, stretches.end) * stretches.fte
    own = ~stretches.temporary
    vacant = frames.staff.named(kind="vacant")
    vacancies = _per_name(vacant, "resource", frames.overlap(vacant["start"], vacant["end"]) * vacant["fte"])
    assignments = frames.kind("assigned")
    assigned = _per_name(assignments, "outcome", frames.overlap(assignments["since"], assignments["time"]))
    begun = tasks.where(~np.isnan(tasks["started"]))
    loads = {}
    for name, team in scenario.teams.items():
        clock = working_clock(scenario.calendars[team.calendar], frames.date_of_day_0, frames.end)
        mine = stretches.resource == _code(frames.staff, "resource", name)
        at_work = stretches.where(mine & ~stretches.absent)
        busy, available = working_hours(frames, clock, begun.named(resource=name), at_work)
        employed, temporary = float(np.sum(days[mine & own])), float(np.sum(days[mine & ~own]))
        loads[name] = Load(
            assigned_days=assigned.get(name, 0.0),
            carrying_days=employed + temporary if team.allocation == "named" else 0.0,
            employed_days=employed,
            absent_days=float(np.sum(days[mine & own & stretches.absent])),
            onboarding_days=float(np.sum(days[mine & stretches.onboarding])),
            agency_days=temporary,
            vacant_days=vacancies.get(name, 0.0),
            busy_hours=busy,
            available_hours=available,
            waiting_days=waiting.get(name, 0.0),
            waiting_hour_days=waiting_hours.get(name, 0.0),
        )
    return loads


def working_hours(frames: Frames, clock: WorkingClock, tasks: Table, at_work: Presence) -> tuple[float, float]:
    """Return the busy and the available working hours of a team in the measured period, as hours of full time.

    A caseworker is busy from the start to the end of a task, but only in hours of the team's calendar in which they
    are at work: neither weekends count, nor an absence during the task, nor work that is finished after leaving.

    Args:
        frames: For the measured period.
        clock: The team's working hours.
        tasks: The team's tasks that have begun.
        at_work: When the team's caseworkers are at work.
    """
    first, last = frames.start, frames.end
    worker, fte = at_work.worker, at_work.fte
    start, end = np.clip(at_work.start, first, last), np.clip(at_work.end, first, last)
    hours = (clock.worked_array(end) - clock.worked_array(start)) * fte
    before = np.concatenate(([0.0], np.cumsum(hours)))
    # One rising axis for all workers: each has a span of their own.
    span = last + 1.0
    begins = worker * span + start

    def worked_until(workers: Integers, times: Floats) -> Floats:
        """Return the hours that a worker was at work before a time, counted from some zero of their own."""
        begun = np.searchsorted(begins, workers * span + times, side="right")
        latest = np.maximum(begun - 1, 0)
        current = (begun > 0) & (worker[latest] == workers)
        into = clock.worked_array(np.minimum(times, end[latest])) - clock.worked_array(start[latest])
        return np.where(current, before[latest] + into * fte[latest], before[begun])

    if len(worker) == 0:
        return 0.0, 0.0
    until = np.where(np.isnan(tasks["finished"]), last, tasks["finished"])
    busy = worked_until(tasks["worker"], np.clip(until, first, last))
    busy = busy - worked_until(tasks["worker"], np.clip(tasks["started"], first, last))
    return float(np.sum(busy)), float(np.sum(hours))


def teams_by_administration(frames: Frames) -> dict[str, tuple[str, ...]]:
    """Return the teams that each administration pays."""
    teams = frames.scenario.teams
    return {
        administration: tuple(name for name, team in teams.items() if team.administration == administration)
        for administration in frames.scenario.administrations
    }


def curves(frames: Frames, series: Curves) -> None:
    """Add backlog and caseload per administration, month by month, over the whole horizon."""
    grid = frames.month_starts
    tasks, assigned = frames.everybody.activities, frames.kind("assigned")
    there = frames.staff.named(kind=("employed", "agency"))
    no_longer = np.fmin(tasks["started"], tasks["withdrawn"])
    hours = np.nan_to_num(tasks["hours"])
    for administration, members in teams_by_administration(frames).items():
        mine = tasks.one_of("resource", *members)
        requested, left = tasks["requested"][mine], no_longer[mine]
        series.add("backlog.tasks", administration, grid, present(grid, requested, left))
        series.add("backlog.hours", administration, grid, present(grid, requested, left, hours[mine]))
        carrying = there.named(resource=tuple(t for t in members if frames.scenario.teams[t].allocation == "named"))
        given = assigned.one_of("outcome", *members)
        cases = present(grid, assigned["since"][given], assigned["time"][given])
        workers = present(grid, carrying["start"], carrying["end"], carrying["fte"])
        caseload = np.divide(cases, workers, out=np.full(len(grid), np.nan), where=workers > 0)
        series.add("caseload", administration, grid, caseload)


def present(grid: Floats, start: Floats, end: Floats, weights: Floats | None = None) -> Floats:
    """Return how many intervals (or how much weight of them) there are at each time: begun by then, not yet over.

    Args:
        grid: Times.
        start: Beginning of each interval.
        end: End of each interval (NaN: not over).
        weights: What each interval counts for (none given: 1).
    """
    weights = np.ones(len(start)) if weights is None else weights
    # Differences of sums may miss zero in the last digits.
    result: Floats = np.maximum(_cumulated(grid, start, weights) - _cumulated(grid, end, weights), 0.0)
    return result


def _cumulated(grid: Floats, times: Floats, weights: Floats) -> Floats:
    happened = np.flatnonzero(~np.isnan(times))
    order = happened[np.argsort(times[happened])]
    so_far = np.concatenate(([0.0], np.cumsum(weights[order])))
    result: Floats = so_far[np.searchsorted(times[order], grid, side="right")]
    return result


def _per_name(table: Table, column: str, amounts: npt.NDArray[np.float64]) -> dict[str, float]:
    """Return the sum of amounts per name in a column."""
    known = table[column] >= 0
    names = table.names(column)
    sums = np.bincount(table[column][known], weights=amounts[known], minlength=len(names))
    return dict(zip(names, sums.tolist(), strict=True))


def _code(table: Table, column: str, name: str) -> int:
    """Return the code of a name in a column (-2: it does not occur)."""
    names = table.names(column)
    return names.index(name) if name in names else -2


def _ratio(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator > 0 else float("nan")
