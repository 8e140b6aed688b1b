"""From request to service: which waits there are, and how long each was followed.

A request is known by its case and the day the municipality became aware of the matter. If a service was granted,
the journal has a spell for it. If the request is still undecided when the simulation ends, nobody knows whether it
will lead to a service. Leaving it out would make a backlog of undecided cases look like no wait at all; counting it
whole would let requests that are going to be refused wait for ever. It counts for the share of requests, among
those of the same track that took at least as long to decide, that did lead to a service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measures.frames import ADULT_CATEGORIES, CATEGORIES, CHILD_CATEGORIES, Floats, Frames, Mask, Table
from sim.measures.survival import Survival, kaplan_meier


@dataclass(frozen=True)
class Waits:
    """Waits for services that began in the measured period, each for as long as it was followed. One row per wait."""

    days: Floats
    served: Mask
    weight: Floats
    category: npt.NDArray[np.int64]
    """Position in :data:`~sim.measures.frames.CATEGORIES`."""
    profile: npt.NDArray[np.str_]

    def of(self, rows: Mask) -> Survival:
        """Return the estimate for some of the waits."""
        return kaplan_meier(self.days[rows], self.served[rows], weights=self.weight[rows])

    def groups(self, profiles: tuple[str, ...]) -> dict[str, Mask]:
        """Return the rows of each group: all, the two sides, each category of service, each need profile."""
        child = self.category < len(CHILD_CATEGORIES)
        groups = {"all": np.ones(len(self.days), dtype=np.bool_), "child": child, "adult": ~child}
        groups |= {f"category:{name}": self.category == code for code, name in enumerate(CATEGORIES)}
        groups |= {f"profile:{name}": self.profile == name for name in profiles}
        return groups


def ordinary(frames: Frames) -> Table:
    """Return the spells that were asked for and decided in the ordinary way, over the whole horizon."""
    return frames.spells.named(kind="ordinary")


def since_possible(frames: Frames, spells: Table, column: str) -> Floats:
    """Return from when on a spell could be waited for: no support under adult law is late before the birthday."""
    adult = spells.lookup("service", {name: c in ADULT_CATEGORIES for name, c in frames.category.items()}, False)
    return np.where(adult, np.maximum(spells[column], frames.majority(spells["case"])), spells[column])


def last_seen(frames: Frames, spells: Table) -> tuple[Floats, Mask]:
    """Return when a wait for a service ended or was last seen, and whether it ended with the service."""
    start, withdrawn = spells["start"], spells["withdrawn"]
    served = ~np.isnan(start)
    until = np.where(served, start, np.where(np.isnan(withdrawn), frames.end, withdrawn))
    return until, served


def from_decision(frames: Frames) -> Waits:
    """Return the waits from decision to service that began in the measured period."""
    spells = ordinary(frames)
    return _waits(frames, spells, since_possible(frames, spells, "decided"))


def from_request(frames: Frames) -> Waits:
    """Return the waits from request to the first service that began in the measured period."""
    spells = ordinary(frames)
    # What follows a service that was open on day 0 has no request that anybody remembers.
    first = _first_of_each_request(frames, spells.where(~np.isnan(spells["asked"])))
    granted = _waits(frames, first, since_possible(frames, first, "asked"))
    return _joined([granted, _undecided(frames, first)])


def _first_of_each_request(frames: Frames, spells: Table) -> Table:
    """Return the spell that came first of those with the same case and request; later ones are changes of service."""
    until, served = last_seen(frames, spells)
    order = np.lexsort((np.where(served, until, -until), ~served, spells["asked"], spells["case"]))
    case, asked = spells["case"][order], spells["asked"][order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (case[1:] != case[:-1]) | (asked[1:] != asked[:-1])
    return spells.where(order[new])


def _waits(frames: Frames, spells: Table, since: Floats) -> Waits:
    until, served = last_seen(frames, spells)
    begun = (since >= frames.start) & (since < frames.end)
    return Waits(
        days=np.maximum(until - since, 0.0)[begun],
        served=served[begun],
        weight=np.ones(np.count_nonzero(begun)),
        category=spells.lookup("service", _codes(frames), 0)[begun],
        profile=_profiles(frames, spells["case"][begun]),
    )


def _profiles(frames: Frames, cases: npt.NDArray[np.int64]) -> npt.NDArray[np.str_]:
    names = np.array((*frames.cases.names("profile"), ""))
    result: npt.NDArray[np.str_] = names[frames.of_case("profile", cases)]
    return result


def _undecided(frames: Frames, first: Table) -> Waits:
    """Return the requests without a decision yet, once per category of service that they may lead to."""
    decisions = frames.kind("decision")
    led_to = _category_of_request(frames, decisions, first)
    # A request that has a spell already is waited for there, whatever is still being decided about it.
    undecided = (np.isnan(decisions["time"]) | decisions.one_of("outcome", "withdrawn")) & (led_to < 0)
    until = np.where(np.isnan(decisions["time"]), frames.end, decisions["time"])
    took = until - decisions["since"]
    parts = []
    for track in np.unique(decisions["track"]):
        of_track = decisions["track"] == track
        decided, waiting = np.flatnonzero(of_track & ~undecided), np.flatnonzero(of_track & undecided)
        decided = decided[np.argsort(took[decided])]
        first_longer = np.searchsorted(took[decided], took[waiting], side="left")
        # If none took so long: the share among all of them.
        first_longer = np.where(first_longer < len(decided), first_longer, 0)
        for code, category in enumerate(CATEGORIES):
            so_far = np.cumsum(led_to[decided][::-1] == code)[::-1]
            led_here = np.append(so_far, 0)[first_longer]
            weight = led_here / np.maximum(len(decided) - first_longer, 1)
            rows = waiting[weight > 0.0]
            since = decisions["since"][rows]
            if category in ADULT_CATEGORIES:
                since = np.maximum(since, frames.majority(decisions["case"][rows]))
            begun = (since >= frames.start) & (since < frames.end)
            parts.append(
                Waits(
                    days=np.maximum(until[rows] - since, 0.0)[begun],
                    served=np.zeros(np.count_nonzero(begun), dtype=np.bool_),
                    weight=weight[weight > 0.0][begun],
                    category=np.full(np.count_nonzero(begun), code),
                    profile=_profiles(frames, decisions["case"][rows][begun]),
                )
            )
    return _joined(parts)


def _category_of_request(frames: Frames, decisions: Table, first: Table) -> npt.NDArray[np.int64]:
    """Return for each decision clock the category of the first service of the same request (-1: none)."""
    requests = pd.MultiIndex.from_arrays([first["case"], first["asked"]])
    places = requests.get_indexer(pd.MultiIndex.from_arrays([decisions["case"], decisions["since"]]))
    # Place -1 ("not found") finds the last entry.
    result: npt.NDArray[np.int64] = np.append(first.lookup("service", _codes(frames), -1), -1)[places]
    return result


def _codes(frames: Frames) -> dict[str, int]:
    return {name: CATEGORIES.index(category) for name, category in frames.category.items()}


def _joined(parts: Sequence[Waits]) -> Waits:
    if not parts:
        nothing = np.empty(0)
        return Waits(nothing, nothing > 0, nothing, nothing.astype(np.int64), nothing.astype(np.str_))
    return Waits(*(np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(Waits)))
