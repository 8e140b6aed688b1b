"""What a person waited for, and whose wait is told.

A *matter* is a request and the first service that it led to, as the measure ``wait.total`` counts them: from the day
the municipality became aware of it until the service began, for adult support not before the 18th birthday. Requests
that were refused, given up or not decided are matters too, so that everybody's way can be accounted for; but only
those that were granted can be the worst or the typical one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from sim.measures.frames import BACKGROUND_FROM_AGE, birthdays
from sim.report.story.reading import Names, StoredJournal
from sim.scenario.errors import PlannerError

End = Literal["service", "waiting", "given_up", "refused", "undecided", "followed"]
"""How a matter ended: the service began; it was granted and is still waited for; the wait was given up; it was
refused; it is not decided; or nothing was asked for, and it is the whole time that the person was there."""


@dataclass(frozen=True)
class Matter:
    """One wait of one person, in days since day 0."""

    case: int
    track: str
    since: float
    until: float
    end: End
    decided: float = float("nan")
    """When the service was granted."""
    service: str = ""

    @property
    def days(self) -> float:
        """How long it took, or was followed."""
        return self.until - self.since


def matters(journal: StoredJournal, names: Names) -> list[Matter]:
    """Return the matters of everybody in a journal, ordered by person and time."""
    majority = dict(
        zip(
            journal.cases["case"].tolist(),
            birthdays(journal.start, journal.cases["born"].to_numpy(dtype=np.float64), names.adult_age()).tolist(),
            strict=True,
        )
    )
    found: dict[tuple[int, float], Matter] = {}
    granted = journal.spells[(journal.spells["kind"] == "ordinary") & journal.spells["asked"].notna()]
    for row in granted.to_dict("records"):
        one = _granted(row, journal.horizon, names, majority)
        key = (one.case, float(row["asked"]))
        if key not in found or _rank(one) < _rank(found[key]):
            found[key] = one
    decisions = journal.events[(journal.events["kind"] == "decision") & journal.events["since"].notna()]
    for row in decisions.to_dict("records"):
        key = (int(row["case"]), float(row["since"]))
        if key not in found:
            found[key] = _not_granted(row, journal.horizon)
    return sorted(found.values(), key=lambda one: (one.case, one.since))


def _granted(row: Mapping[Hashable, Any], horizon: float, names: Names, majority: dict[int, float]) -> Matter:
    case, service = int(row["case"]), str(row["service"])
    asked, start, withdrawn, decided = (float(row[key]) for key in ("asked", "start", "withdrawn", "decided"))
    since = max(asked, majority.get(case, asked)) if names.is_adult(service) else asked
    end: End = "service" if start == start else "given_up" if withdrawn == withdrawn else "waiting"
    until = {"service": start, "given_up": withdrawn, "waiting": horizon}[end]
    return Matter(case, str(row["track"]), min(since, max(until, asked)), max(until, asked), end, decided, service)


def _rank(one: Matter) -> tuple[bool, float]:
    """Return what makes a spell the first of its request: one that began, the earliest; or else the one seen last."""
    return (one.end != "service", one.until if one.end == "service" else -one.until)


def _not_granted(row: Mapping[Hashable, Any], horizon: float) -> Matter:
    since, time = float(row["since"]), float(row["time"])
    outcome = str(row["outcome"])
    end: End = "undecided" if time != time else "given_up" if outcome == "withdrawn" else "refused"
    return Matter(int(row["case"]), str(row["track"]), since, time if time == time else horizon, end)


def chosen(journal: StoredJournal, names: Names, which: str) -> Matter:
    """Return the matter that is told.

    Args:
        journal: everybody's.
        names: of its configuration.
        which: ``worst`` (the longest wait of those granted, begun in the measured period), ``typical`` (the one
            nearest to the median of those that ended with the service) or the number of a case (that person's longest
            matter).

    Raises:
        PlannerError: There is no such case, or nobody waited for anything.
    """
    everything = matters(journal, names)
    if which not in ("worst", "typical"):
        return _of_person(journal, everything, which)
    older = _background(journal)
    measured = [one for one in everything if one.since >= journal.run_in and one.case not in older]
    ends = ("service", "waiting") if which == "worst" else ("service",)
    candidates = [one for one in measured if one.end in ends]
    if not candidates:
        raise PlannerError("nobody was granted support in the measured period: give the number of a case with --case")
    if which == "worst":
        return max(candidates, key=lambda one: (one.days, -one.case))
    median = float(np.median([one.days for one in candidates]))
    return min(candidates, key=lambda one: (abs(one.days - median), one.case))


def _of_person(journal: StoredJournal, everything: list[Matter], which: str) -> Matter:
    known = journal.cases["case"].to_numpy()
    if not which.isdigit() or int(which) not in known:
        few = ", ".join(str(number) for number in sorted(known)[:5])
        raise PlannerError(
            f"--case: there is no case '{which}'. Give worst, typical, or a number from the journal of this scenario "
            f"(such as {few}; there are {len(known)})"
        )
    case = int(which)
    mine = [one for one in everything if one.case == case]
    if mine:
        return max(mine, key=lambda one: (one.days, -one.since))
    person = journal.cases[journal.cases["case"] == case].iloc[0]
    left = float(person["left"])
    until = left if left == left else journal.horizon
    return Matter(case, "", float(person["entered"]), max(until, float(person["entered"])), "followed")


def _background(journal: StoredJournal) -> frozenset[int]:
    """Return the persons who had turned 30 when they first came: no figures are about them."""
    born = journal.cases["born"].to_numpy(dtype=np.float64)
    older = birthdays(journal.start, born, BACKGROUND_FROM_AGE) <= journal.cases["entered"].to_numpy(dtype=np.float64)
    numbers: pd.Series[int] = journal.cases["case"][older]
    return frozenset(int(number) for number in numbers)
