"""What can be granted, who delivers it, and how many places there are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.base import Label, Name, NonNegative, Positive, Probability, Split, Strict, Varying
from sim.scenario.changes import MOST_PLACES, PlacesChange
from sim.scenario.durations import Duration, VaryingDuration

Category = Literal["placement", "supportive", "aftercare", "adult"]

Match = Literal["fits", "too_general", "too_specialised"]
MATCHES: tuple[Match, ...] = ("fits", "too_general", "too_specialised")


class Supplier(Strict):
    """Who delivers a service: the municipality itself, or somebody it buys from (*udfører*)."""

    kind: Literal["internal", "external"]
    places: Annotated[int, Field(ge=0, le=MOST_PLACES)] | None = None
    """Places that exist; none given: as many as are asked for."""
    changes: Mapping[Name, PlacesChange] = {}
    """Changes of the number of places, each under a name of its own; they add up."""
    share: Probability = 1.0
    """The share of cases for which this supplier is a possibility at all."""
    lead_days: Duration = 0.0
    """Days from the moment a place is found until the service can start."""
    follow_up_factor: Positive = 1.0
    """Multiplies the hours of follow-up: a supplier who is harder to reach takes more of a caseworker's time."""

    def timetable(self) -> list[tuple[dt.date, int]]:
        """Return how many places there are from each date on, rising; the first holds from ever."""
        assert self.places is not None
        steps = Counter({dt.date.min: self.places})
        for change in self.changes.values():
            for date, places in change.steps():
                steps[date] += places
        table: list[tuple[dt.date, int]] = []
        places = 0
        for date in sorted(steps):
            places += steps[date]
            table.append((date, places))
        return table

    @model_validator(mode="after")
    def _places_to_change(self) -> Supplier:
        if not self.changes:
            return self
        if self.places is None:
            raise ValueError(
                "there are as many places as are asked for (places is not given), so "
                f"{', '.join(repr(name) for name in self.changes)} cannot change their number"
            )
        for date, places in self.timetable():
            if places < 0:
                when = "from the start" if date == dt.date.min else f"on {date}"
                taking = [f"'{name}' {change.places:+}" for name, change in self.changes.items() if change.places < 0]
                raise ValueError(
                    f"{when} the changes have taken away more places than there are: {places} would be left "
                    f"(places {self.places}; {', '.join(taking)})"
                )
        return self


class Service(Strict):
    """What can be granted (*indsats*)."""

    label: Label
    category: Category
    """``placement``: out-of-home placement of a child; ``supportive``: support for a child at home; ``aftercare``:
    youth support after 18 (*ungestøtte*, formerly *efterværn*); ``adult``: support under adult law."""
    foster: bool = False
    """Whether the child lives with a foster family."""
    fits: tuple[Name, ...] | None = None
    """The need profiles that the service fits; none given: all."""
    specialised: bool = False
    """Whether it is highly specialised: to a profile that it does not fit it is *too specialised*, and otherwise
    *too general*."""
    helps: Varying[Probability] = 0.0
    """The probability that the need level is one lower when the service has run its course: its length is over, and
    neither the law, nor another service, nor the end of the case's way has cut it short."""
    years: VaryingDuration
    """How long a spell lasts when nothing cuts it short, in years."""
    until_age: Annotated[float, Field(gt=0)] | None = None
    """Age at which the law ends the service."""
    suppliers: Mapping[Name, Supplier]
    """Tried in this order: the first that is a possibility for the case and has a free place. If every possible
    one is full, the case waits for the first place that becomes free."""
    reserve_days: NonNegative = 0.0
    """How long before the day it is needed a place may be held for somebody, in days."""
    paragraph: str = ""
    """The legal basis."""
    statutory: bool = True
    """Whether the law demands it as soon as it is granted. What it does not demand may wait until New Year (see the
    administrations' ``brake``)."""

    @model_validator(mode="after")
    def _somebody_delivers(self) -> Service:
        if not self.suppliers:
            raise ValueError("a service needs at least one supplier")
        if not any(supplier.share == 1.0 for supplier in self.suppliers.values()):
            raise ValueError("at least one supplier must have share 1, or some cases could never be served")
        everybodys = [supplier for supplier in self.suppliers.values() if supplier.share == 1.0]
        if all(supplier.places is not None and supplier.timetable()[-1][1] == 0 for supplier in everybodys):
            when = " once all their changes count" if any(supplier.changes for supplier in everybodys) else ""
            raise ValueError(
                f"the suppliers open to every case have 0 places{when}, so some cases could never be served"
            )
        return self

    def match(self, profile: str) -> Match:
        """Return how the service fits a need profile."""
        if self.fits is None or profile in self.fits:
            return "fits"
        return "too_specialised" if self.specialised else "too_general"


class Mismatch(Strict):
    """What comes of a service that does not fit the need."""

    length_factor: Positive = 1.0
    """Multiplies the length of the spell. Spells that are in progress on day 0 are as long as they are."""
    level_rises: Probability = 0.0
    """The probability that the need level is one higher when the service has run its course."""
    helps_factor: Annotated[float, Field(ge=0, le=1)] = 1.0
    """Multiplies the probability that the service helps."""


class Mismatches(Strict):
    """What comes of services that do not fit."""

    too_general: Mismatch = Mismatch()
    too_specialised: Mismatch = Mismatch()

    def of(self, match: Match) -> Mismatch:
        """Return what comes of a service that fits so well."""
        return Mismatch() if match == "fits" else self.too_general if match == "too_general" else self.too_specialised


class Offer(Strict):
    """What is granted to some of the cases."""

    profiles: tuple[Name, ...] | None = None
    """The need profiles it is for; none given: all."""
    levels: tuple[Annotated[int, Field(ge=1, le=4)], ...] | None = None
    """The need levels it is for; none given: all."""
    from_age: NonNegative = 0.0
    """The age from which it is offered, in years."""
    split: Split
    """Services with their probabilities."""


Offers = Mapping[Name, Offer]
"""Named offers, tried in this order: the first that covers the case's profile, level and age is used."""
