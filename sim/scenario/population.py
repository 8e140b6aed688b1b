"""Who comes: need profiles, arrivals from outside, and the cases that are open on day 0."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.base import (
    Age,
    Count,
    Label,
    LaterAge,
    Name,
    NonNegative,
    Positive,
    Probability,
    Split,
    Strict,
    Varying,
    shares,
)
from sim.scenario.changes import ArrivalsChange
from sim.scenario.durations import Duration

Months = Annotated[tuple[NonNegative, ...], Field(min_length=12, max_length=12)]


MOST_INTENSE = 10
"""How many times as many persons as ``per_year`` says a source can have when it is raised."""
SOURCE_ROOM = 10_000_000
"""How many persons' numbers each source has room for; the first half for the baseline's stream."""
FURTHER_ROOM = SOURCE_ROOM // 2 // (MOST_INTENSE - 1)
"""How many persons' numbers each of a source's further streams has room for."""


class Municipality(Strict):
    """The place that is simulated."""

    label: Label
    population: Mapping[str, Count]
    """Inhabitants by age group, as shown in the report; the simulation itself runs on arrivals and stocks."""
    scale: Annotated[float, Field(gt=0, le=1000)] = 1.0
    """Multiplies arrivals, open cases, caseworkers, seats and places together (whole numbers are rounded up)."""
    sibling_share: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """The probability that a child with a case is of the household of the child of the same source or stock before. So
    1 - sibling_share households have a case per child with one. 0: every child has a household of their own."""


class Profile(Strict):
    """A need profile: decides routing, hours and services."""

    label: Label


class AgeGroup(Strict):
    """A part of an age distribution: ages are spread evenly within it."""

    from_age: Age
    to_age: LaterAge
    weight: Positive

    @model_validator(mode="after")
    def _ordered(self) -> AgeGroup:
        if self.to_age <= self.from_age:
            raise ValueError(f"to_age ({self.to_age:g}) must be above from_age ({self.from_age:g})")
        return self


class Traits(Strict):
    """How the persons of a group differ."""

    ages: Annotated[tuple[AgeGroup, ...], Field(min_length=1)]
    """Age on the day of arrival (or on day 0), in years."""
    profiles: Split
    """Need profiles with their probabilities."""
    levels: Varying[Split]
    """Need levels ``1`` to ``4`` with their probabilities, perhaps by profile."""

    def possible_profiles(self) -> list[str]:
        """Return the need profiles that a person of the group can have."""
        return [name for name, share in shares(self.profiles).items() if share > 0]


class Repeats(Strict):
    """Further notifications about the same child."""

    probability: Probability
    """The probability that a notification is followed by a further one."""
    gap_days: Duration
    """Days between the two."""


class Source(Traits):
    """A stream of new persons."""

    label: Label
    kind: Literal["notification", "application"] = "application"
    """A notification of concern by others (*underretning*), or an application by the family or person."""
    track: Name
    """The track in which they start, at its first step (or at ``entry``)."""
    entry: Name | None = None
    """The step at which they start; none given: the track's first."""
    per_year: NonNegative | None = None
    """Persons per year, arriving at random (Poisson)."""
    every_days: Duration | None = None
    """Instead: days between two arrivals."""
    at_days: tuple[NonNegative, ...] | None = None
    """Instead: exactly these times, in days from the start."""
    relative: NonNegative = 1.0
    """Multiplies ``per_year``. Below 1 the same stream is thinned, so that the persons who still come are the
    same persons; above 1 further persons are added to it."""
    changes: Mapping[Name, ArrivalsChange] = {}
    """Changes from a date on, each under a name of its own; they multiply."""
    months: Months = (1.0,) * 12
    """Relative intensity in January to December."""
    calendar: Name | None = None
    """Arrivals fall in the working hours of this calendar; none given: round the clock."""
    repeats: Repeats | None = None
    """Whether the same person can be notified again."""

    @model_validator(mode="after")
    def _one_pattern(self) -> Source:
        given = [key for key in ("per_year", "every_days", "at_days") if getattr(self, key) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of per_year, every_days, at_days (given: {', '.join(given) or 'none'})")
        if sum(self.months) <= 0:
            raise ValueError("at least one month must have arrivals")
        if self.changes and self.per_year is None:
            raise ValueError(
                f"only arrivals given by per_year can change: {', '.join(repr(name) for name in self.changes)} cannot "
                f"change {given[0]}"
            )
        return self

    def intensity(self, date: dt.date) -> float:
        """Return the arrivals on a date relative to those that ``per_year`` and ``months`` say."""
        factor = self.relative
        for change in self.changes.values():
            share = change.share(date)
            factor *= (1.0 - share) + share * change.relative
        return factor

    def lighter(self, date: dt.date) -> float:
        """Return the share of those above level 1 who come one need level lower on a date."""
        as_before = 1.0
        for change in self.changes.values():
            as_before *= 1.0 - change.share(date) * change.lighter
        return 1.0 - as_before


Withheld = Literal["withheld"]
"""What stands in the place of the cases wherever results are written."""


class OpenCase(Strict):
    """One case that is open on day 0, as a file of the municipality's own says: what the model needs of it.

    There is no name in it, no number, and no birthday: only between which days it lies.
    """

    born: tuple[dt.date, dt.date]
    """The first and the last day that can be the birthday."""
    profile: Name
    level: Literal["1", "2", "3", "4"] | None = None
    """None: drawn, as for the others of the group."""
    since: dt.date | None = None
    """When the service began; without a service: when the municipality became aware of the matter. None: unknown."""
    supplier: Name | None = None
    """None: the first that has a free place."""
    administration: Name | None = None
    """None: that of the group."""


class Open(Traits):
    """Cases that are open on day 0: a number of persons who are drawn, or the very cases that a file names."""

    count: Count | None = None
    """Open cases on day 0."""
    ages: tuple[AgeGroup, ...] = ()
    """Age on day 0, in years."""
    profiles: Split = Field(default_factory=dict)
    """Need profiles with their probabilities."""
    cases: tuple[OpenCase, ...] | Withheld | None = None
    """Instead of ``count``, ``ages`` and ``profiles``: the cases of the file that ``files.caseload`` names; never
    written by hand. ``withheld`` stands for them in whatever is written, so that nobody can be recognised in it."""
    track: Name
    """Track they are in."""
    administration: Varying[Name] | None = None
    """The administration that is responsible for the cases, and pays. None: that of the track."""
    team: Varying[str] | None = None
    """The named team whose caseworkers have the cases on day 0."""

    @model_validator(mode="after")
    def _drawn_or_known(self) -> Open:
        drawn = {"count": self.count is not None, "ages": bool(self.ages), "profiles": bool(self.profiles)}
        if self.cases is None:
            missing = [key for key, given in drawn.items() if not given]
            if missing:
                raise ValueError(f"{', '.join(missing)} must be given too")
        elif any(drawn.values()):
            both = ", ".join(key for key, given in drawn.items() if given)
            raise ValueError(f"the cases come from a file ({both} cannot be given beside it)")
        return self

    @property
    def number(self) -> int:
        """How many cases there are. Of cases that are withheld it is not known: 0."""
        if isinstance(self.cases, tuple):
            return len(self.cases)
        return self.count or 0

    def possible_profiles(self) -> list[str]:
        """Return the need profiles that a person of the group can have."""
        if isinstance(self.cases, tuple):
            return list(dict.fromkeys(case.profile for case in self.cases))
        return super().possible_profiles()


class Matter(Open):
    """Cases that are being dealt with on day 0 and have no service yet."""

    step: Name
    """The step that they come to on day 0."""
    days_since_request: Duration
    """How long ago the municipality became aware of the matter, in days; not used for cases from a file."""
    clocks: tuple[Name, ...] = ()
    """Clocks that are running on day 0."""


class Stock(Open):
    """Cases that already have a service on day 0.

    Their remaining time in the service follows the stationary-excess distribution: a spell found in progress is a
    long one more often than not. Where a file says since when, it is drawn given the time that has passed.
    """

    step: Name
    """The service step they are at."""
    service: Name
    """The service they have."""
