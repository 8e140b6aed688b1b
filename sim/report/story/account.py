"""Where the days of a matter went: every moment counted once, so that the parts add up to the whole.

What is done for a matter lies in the journal as activities; between them the person waits for a place, for a meeting
to which notice was given, or for a board of appeal. Where two things go on at the same time, the day goes to the one
that is nearer to an end: work before a queue, a queue before a panel, a panel before a wait for others, and the wait
for a place only where nothing else is left to be done. Follow-ups of a service that the person has already, and the
screening of further notifications, are not done for the matter, and are left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sim.report.story.matters import Matter
from sim.report.story.reading import Names, StoredJournal

Category = Literal["work", "queue", "panel", "whose", "others", "place", "notice", "appeal", "rest"]
ORDER: tuple[Category, ...] = ("work", "queue", "panel", "whose", "others", "place", "notice", "appeal", "rest")
"""What a day goes to if several things go on, the first before the others."""


@dataclass(frozen=True)
class Stretch:
    """Something that went on for a time: what kind of thing, whose or which (an identifier), and for which step."""

    category: Category
    name: str
    step: str
    start: float
    end: float


def stretches(person: StoredJournal, matter: Matter, names: Names) -> list[Stretch]:
    """Return what went on for a matter within its time, in the order of beginning; stretches may overlap."""
    found: list[Stretch] = []
    side = names.side(matter.track)
    for row in _own(person, matter, names):
        step, resource = str(row["step"]), row["resource"]
        requested, started = float(row["requested"]), float(row["started"])
        finished, withdrawn = float(row["finished"]), float(row["withdrawn"])
        over = _first(finished, withdrawn, matter.until)
        if matter.track and names.side(str(row["track"])) != side:
            found.append(Stretch("appeal", str(row["track"]), step, requested, over))
        elif resource is None or resource != resource:
            category: Category = "whose" if names.kind(step) == "responsibility" else "others"
            found.append(Stretch(category, step, step, requested, over))
        elif names.is_panel(resource):
            found.append(Stretch("panel", str(resource), step, requested, _first(started, withdrawn, matter.until)))
        else:
            found.append(Stretch("queue", str(resource), step, requested, _first(started, withdrawn, matter.until)))
            if started == started:
                found.append(Stretch("work", str(resource), step, started, over))
            if names.kind(step) == "meeting":
                found.append(Stretch("notice", step, step, _notice_from(found, requested, matter), requested))
    if matter.decided == matter.decided:
        found.append(Stretch("place", matter.service, "", matter.decided, matter.until))
    clipped = [
        Stretch(one.category, one.name, one.step, max(one.start, matter.since), min(one.end, matter.until))
        for one in found
    ]
    return sorted((one for one in clipped if one.end > one.start), key=lambda one: (one.start, one.end))


def _first(*times: float) -> float:
    return next(time for time in times if time == time)


def _notice_from(so_far: Sequence[Stretch], requested: float, matter: Matter) -> float:
    """Return from when notice of a meeting was given: when the last thing before it was over."""
    return max((one.end for one in so_far if one.end < requested), default=matter.since)


def _own(person: StoredJournal, matter: Matter, names: Names) -> list[Mapping[Hashable, Any]]:
    """Return the activities that were done for a matter, in the order of asking."""
    side = names.side(matter.track)
    came = person.events[person.events["kind"].isin(["notification", "application"])]
    others = {float(time) for time in came["time"] if float(time) > matter.since}
    found: list[Mapping[Hashable, Any]] = []
    left_out: set[float] = set()
    for row in sorted(person.activities.to_dict("records"), key=lambda one: float(one["requested"])):
        here = names.side(str(row["track"]))
        if matter.track and here not in (side, "appeal"):
            continue
        if names.kind(str(row["step"])) == "service":
            continue
        requested = float(row["requested"])
        if requested in others or requested in left_out:
            left_out.add(_first(float(row["finished"]), float(row["withdrawn"]), matter.until))
            continue
        if requested < matter.until:
            found.append(row)
    return found


def account(parts: Sequence[Stretch], matter: Matter) -> dict[tuple[Category, str], float]:
    """Return the days that each thing took, the largest first. They add up to the days of the matter."""
    cuts = sorted({matter.since, matter.until, *(one.start for one in parts), *(one.end for one in parts)})
    rank = {category: place for place, category in enumerate(ORDER)}
    days: dict[tuple[Category, str], float] = {}
    for start, end in itertools.pairwise(cuts):
        here = [one for one in parts if one.start <= start and one.end >= end]
        best = min(here, key=lambda one: rank[one.category], default=None)
        key: tuple[Category, str] = ("rest", "") if best is None else (best.category, best.name)
        days[key] = days.get(key, 0.0) + (end - start)
    return dict(sorted(days.items(), key=lambda item: -item[1]))


def whole_days(days: Mapping[tuple[Category, str], float]) -> dict[tuple[Category, str], int]:
    """Return whole days that add up to the rounded total: those nearest to the next day are rounded up first.

    This is the method of largest remainders (Hare 1859). What comes to no whole day is left out.
    """
    total = round(sum(days.values()))
    floors = {key: int(value) for key, value in days.items()}
    missing = total - sum(floors.values())
    for key in sorted(days, key=lambda one: floors[one] - days[one])[: max(0, missing)]:
        floors[key] += 1
    return {key: value for key, value in floors.items() if value}
