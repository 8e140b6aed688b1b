"""The list of positions, and what it makes of the teams: how many caseworkers, from when on, and how many part-timers.

Hours add up to full-time equivalents of 37 hours a week, and these are rounded to whole caseworkers, team by team and
date by date, because a team's head count is a whole number. A vacant position counts from the date on which it is
expected to be filled. Whoever leaves later is replaced as the configuration's turnover says: a date in *to* means that
the position itself is closed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sim.scenario.inputs import values
from sim.scenario.inputs.table import Row

FULL_TIME = 37.0
MOST_HOURS = 60.0
CHANGE = "staff_list_"
"""How the changes of a team begin that come from the list."""


@dataclass(frozen=True)
class Position:
    """One position."""

    team: str
    hours: float
    """A week."""
    begins: dt.date
    """The first day that it counts."""
    ends: dt.date
    """The first day that it does not count any more."""

    @property
    def fte(self) -> float:
        """Full-time equivalents."""
        return self.hours / FULL_TIME


@dataclass(frozen=True)
class Staffed:
    """What a list makes of a configuration."""

    sections: dict[str, Any]
    teams: tuple[str, ...]
    """The teams that it says something about."""


def staffed(rows: Sequence[Row], composed: Mapping[str, Any], start: dt.date, end: dt.date, name: str) -> Staffed:
    """Return the sections of a configuration that a list of positions changes; what is wrong is noted with its row."""
    known = {key: team for key, team in (composed.get("teams") or {}).items() if isinstance(team, Mapping)}
    positions: defaultdict[str, list[Position]] = defaultdict(list)
    rows_of: dict[str, Row] = {}
    for row in rows:
        position = _position(row, known)
        if position is not None:
            positions[position.team].append(position)
            rows_of[position.team] = row
    teams, evidence = dict(composed.get("teams") or {}), dict(composed.get("evidence") or {})
    for team, own in positions.items():
        last = end - dt.timedelta(days=1)
        if _caseworkers(own, last) <= 0:
            rows_of[team].complain(
                "to",
                f"nobody is left in the team '{team}' on {last:%d-%m-%Y}, when the simulation ends; expected an "
                "empty cell for every position that stays",
            )
            continue
        teams[team] = {**known[team], **_headcount(known[team], own, start, end)}
        for path, value in _claims(team, teams[team]):
            evidence[path] = _evidence(value, name, start.year)
    return Staffed({"teams": teams, "evidence": evidence} if positions else {}, tuple(positions))


def _position(row: Row, teams: Mapping[str, Any]) -> Position | None:
    team = row.read("team", lambda cell: values.name(cell, "team", teams))
    hours = row.read("hours", partial(values.number, low=1, high=MOST_HOURS, what="weekly hours", example="37"))
    begins, to = row.read("from", values.date), row.read("to", values.date)
    vacant = row.read("vacant", values.yes)
    for key, what in (("team", "the name of a team"), ("hours", "the weekly hours")):
        if not row.has(key):
            row.complain(key, f"is empty; expected {what}")
    if vacant and not row.has("from"):
        row.complain("from", "is empty; expected the date on which the vacant position will be filled")
    if begins is not None and to is not None and to < begins:
        row.complain("to", f"'{to:%d-%m-%Y}' is before '{begins:%d-%m-%Y}'; expected that day or a later one")
    if row.problems or team is None or hours is None:
        return None
    return Position(team, hours, begins or dt.date.min, dt.date.max if to is None else to + dt.timedelta(days=1))


def _headcount(team: Mapping[str, Any], positions: Sequence[Position], start: dt.date, end: dt.date) -> dict[str, Any]:
    """Return how many caseworkers a team begins with, how that changes, and how many of them work part time."""
    before = first = _caseworkers(positions, start)
    changes: dict[str, Any] = dict(team.get("changes") or {})
    dates = {date for position in positions for date in (position.begins, position.ends) if start < date < end}
    for date in sorted(dates):
        now = _caseworkers(positions, date)
        if now != before:
            name = f"{CHANGE}{date:%Y_%m_%d}"
            changes[name] = {"caseworkers": now - before, "begins": date.isoformat()}
        before = now
    there = [position for position in positions if position.begins <= start < position.ends] or list(positions)
    part = [position.fte for position in there if position.fte < 1.0]
    share = {"share": round(len(part) / len(there), 4), "hours": round(sum(part) / len(part), 4)} if part else None
    return {"caseworkers": first, "changes": changes, "part_time": share}


def _caseworkers(positions: Sequence[Position], date: dt.date) -> int:
    return round(fte_on(positions, date))


def fte_on(positions: Sequence[Position], date: dt.date) -> float:
    """Return the full-time equivalents on a date."""
    return sum(position.fte for position in positions if position.begins <= date < position.ends)


def _claims(team: str, settings: Mapping[str, Any]) -> list[tuple[str, float]]:
    claims = [(f"teams.{team}.caseworkers", settings["caseworkers"])]
    claims += [(f"teams.{team}.part_time.{key}", value) for key, value in (settings["part_time"] or {}).items()]
    return claims + [
        (f"teams.{team}.changes.{name}.caseworkers", change["caseworkers"])
        for name, change in settings["changes"].items()
        if name.startswith(CHANGE)
    ]


def _evidence(value: float, name: str, year: int) -> dict[str, Any]:
    return {
        "low": value, "high": value, "unit": "as in the list", "kind": "local", "source": f"staff list ({name})",
        "year": year,
    }  # fmt: skip
