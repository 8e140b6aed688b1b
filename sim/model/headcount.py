"""How many persons a team has, with which hours, and from when on it has more or fewer.

Three roundings, so that a head count is always a whole number of persons:

* A scaled municipality has its caseworkers rounded up, as everywhere.
* While a change grows, the number is rounded towards what the team began with, so that one person at a time comes or
  goes, and only when the change has grown by a whole person.
* Part-time: there are as many persons, rounded to the nearest, as the share asks for, and as many of them work part
  time as makes the hours of all add up to exactly the full-time equivalents that are configured; one part-timer works
  a little more or less than the others for that.
"""

from __future__ import annotations

import datetime as dt
import math

from sim.scenario.staff import PartTime, Team

_ROUNDING = 1e-9


def whole(fte: float) -> int:
    """Round a scaled number of caseworkers up."""
    return math.ceil(fte - _ROUNDING)


def headcounts(team: Team, scale: float, start: dt.date, days: float) -> list[tuple[float, int]]:
    """Return the full-time equivalents of a team, each with the time (days since ``start``) from which it has them.

    The first entry is that of day 0.
    """
    if not team.changes:
        return [(0.0, whole(team.caseworkers * scale))]

    def on(date: dt.date, origin: int | None) -> int:
        shares = {name: change.share(date) for name, change in team.changes.items()}
        total = team.caseworkers + sum(share * team.changes[name].caseworkers for name, share in shares.items())
        total *= scale
        if origin is None or all(share in (0.0, 1.0) for share in shares.values()):
            return max(0, whole(total))
        return max(0, math.floor(total + _ROUNDING) if total > origin else whole(total))

    origin = on(start, None)
    counts = [(0.0, origin)]
    for day in range(1, math.ceil(days)):
        now = on(start + dt.timedelta(days=day), origin)
        if now != counts[-1][1]:
            counts.append((float(day), now))
    return counts


def hours_of_persons(fte: int, part_time: PartTime | None) -> list[float]:
    """Return the hours (as a share of full time) of each person of a team; part-timers come last."""
    if part_time is None or part_time.share == 0 or part_time.hours == 1:
        return [1.0] * fte
    share, hours = part_time.share, part_time.hours
    persons = max(fte, round(fte / (1 - share * (1 - hours))))
    part = min(persons, math.ceil((persons - fte) / (1 - hours) - _ROUNDING))
    result = [1.0] * (persons - part) + [hours] * part
    if part:
        result[-part] += fte - sum(result)
    return result
