"""Changes that take effect from a date, at once or little by little.

A change has a name of its own, so that several scenarios laid over each other add up instead of overwriting one
another: one takes three caseworkers from a team, another eight, together eleven.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from sim.scenario.base import NonNegative, Probability, Strict

MOST_CASEWORKERS = 100_000
"""Caseworkers of a team: more than the social administrations of the whole country have."""
MOST_PLACES = 1_000_000
"""Places of a supplier. Where there are always enough, their number need not be given."""


class Change(Strict):
    """When a change takes effect."""

    begins: dt.date | None = None
    """The date from which it counts. None: from the start."""
    ends: dt.date | None = None
    """The date on which it counts in full; it grows evenly from ``begins`` on. None: in full at once."""

    @model_validator(mode="after")
    def _ordered(self) -> Change:
        if self.ends is not None and (self.begins is None or self.ends <= self.begins):
            raise ValueError("a change that grows until 'ends' needs an earlier date 'begins'")
        return self

    def share(self, date: dt.date) -> float:
        """Return how much of the change counts on a date, from 0 to 1."""
        if self.begins is None:
            return 1.0
        if date < self.begins:
            return 0.0
        if self.ends is None or date >= self.ends:
            return 1.0
        return (date - self.begins).days / (self.ends - self.begins).days


class HeadcountChange(Change):
    """More or fewer caseworkers in a team."""

    caseworkers: Annotated[int, Field(ge=-MOST_CASEWORKERS, le=MOST_CASEWORKERS)]
    """Caseworkers (full-time equivalents) more (or, negative, fewer)."""


class PlacesChange(Change):
    """More or fewer places at a supplier."""

    places: Annotated[int, Field(ge=-MOST_PLACES, le=MOST_PLACES)]
    """Places more (or, negative, fewer). Places that come or go little by little do so one at a time, each on the first
    date on which a whole one is due."""

    def steps(self) -> Iterator[tuple[dt.date, int]]:
        """Yield the dates on which the number of places changes, with the places that come (or, negative, go)."""
        if self.begins is None or self.ends is None:
            yield self.begins or dt.date.min, self.places
            return
        days = (self.ends - self.begins).days
        for number in range(1, abs(self.places) + 1):
            after = -(-number * days // abs(self.places))
            yield self.begins + dt.timedelta(days=after), 1 if self.places > 0 else -1


class ArrivalsChange(Change):
    """Fewer persons, or persons who come earlier with lighter needs."""

    relative: NonNegative = 1.0
    """Multiplies the arrivals once it counts in full. The changes of a source multiply each other."""
    lighter: Probability = 0.0
    """The share of those above level 1 who come one need level lower."""
