"""How many: notifications, people with each kind of service, starts, and how long services last.

Most of these are there to be held against published statistics, and are made the way those are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.frames import (
    CATEGORIES,
    Floats,
    Frames,
    Integers,
    Mask,
    Table,
    birthdays,
)
from sim.measures.kpis import ALL, Curves, Kpis
from sim.measures.staff import present
from sim.measures.survival import kaplan_meier

UNBROKEN_DAYS = 1.0
"""A service that begins within this many days after the last one of its category ended continues it."""

DAYS_PER_YEAR = 365.25

OUT_BEFORE_AGE = 20.0


@dataclass(frozen=True)
class Stays:
    """Unbroken stretches of time that persons had a service of some category: changes of service do not end them."""

    case: Integers
    start: Floats
    end: Floats
    """NaN: not over."""
    initial: Mask
    """Whether it was open on day 0."""


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add the volumes."""
    _notifications(frames, kpis)
    for category, kpi in zip(CATEGORIES, ("placed", "supported", "aftercare", "adult"), strict=True):
        _stock(frames, kpis, category, f"volume.{kpi}")
    _placement_mix(frames, kpis)
    kpis.add("volume.aftercare_out_before_20", ALL, _aftercare_out_before_20(frames))
    _per_service(frames, kpis)
    entered = frames.begun(frames.cases, "entered")
    kpis.add("volume.cases_entered", ALL, len(entered) / frames.years)
    entered_at, left = frames.cases["entered"], frames.cases["left"]
    kpis.add("volume.cases_open_at_end", ALL, int(np.count_nonzero((entered_at <= frames.end) & ~(left <= frames.end))))


def _notifications(frames: Frames, kpis: Kpis) -> None:
    rows = frames.kind("notification")
    child = frames.begun(rows.where(rows.lookup("track", frames.side, "") == "child"), "time")
    kpis.add("volume.notifications_per_year", ALL, len(child) / frames.years)
    windows = max(1, round(frames.days / DAYS_PER_YEAR))
    length = frames.days / windows
    window = np.minimum(((child["time"] - frames.start) / length).astype(np.int64), windows - 1)
    children = len(np.unique(child["case"] * windows + window))
    kpis.add("volume.children_notified_per_year", ALL, children / windows * DAYS_PER_YEAR / length)


def stays(frames: Frames, spells: Table) -> Stays:
    """Return the spells that have begun, joined into unbroken stretches."""
    spells = spells.where(~np.isnan(spells["start"]))
    order = np.lexsort((spells["start"], spells["case"]))
    case, start = spells["case"][order], spells["start"][order]
    end = np.where(np.isnan(spells["end"]), np.inf, spells["end"])[order]
    if len(case) == 0:
        return Stays(case, start, start, start > 0)
    # The latest end so far of the same person: each person gets a span of their own on one rising axis.
    span = 2.0 * (frames.end + 2.0 * np.max(np.abs(start)) + 1.0)
    person = np.cumsum(np.concatenate(([False], case[1:] != case[:-1])))
    latest = np.maximum.accumulate(np.minimum(end, span / 2) + person * span) - person * span
    new = np.ones(len(case), dtype=np.bool_)
    new[1:] = (case[1:] != case[:-1]) | (start[1:] > latest[:-1] + UNBROKEN_DAYS)
    first = np.flatnonzero(new)
    last_end = np.maximum.reduceat(end, first)
    return Stays(
        case=case[first],
        start=start[first],
        end=np.where(np.isinf(last_end), np.nan, last_end),
        initial=spells.one_of("kind", "initial")[order][first],
    )


def _of_category(frames: Frames, category: str) -> Stays:
    services = tuple(name for name, its in frames.category.items() if its == category)
    return stays(frames, frames.spells.named(kind=("ordinary", "initial"), service=services))


def _stock(frames: Frames, kpis: Kpis, category: str, kpi: str) -> None:
    """Add the stock of persons with a category of service, the starts, and by Little's law how long it lasts."""
    of_category = _of_category(frames, category)
    stock = float(np.sum(frames.overlap(of_category.start, of_category.end))) / frames.days
    begun = (of_category.start >= frames.start) & (of_category.start < frames.end) & ~of_category.initial
    starts = np.count_nonzero(begun) / frames.years
    kpis.add(kpi, ALL, stock)
    kpis.add("volume.starts_per_year", f"category:{category}", starts)
    years = {"placement": "volume.placement_years", "supportive": "volume.support_years"}
    kpis.add(years.get(category, f"volume.{category}_years"), ALL, stock / starts if starts else float("nan"))


def _placement_mix(frames: Frames, kpis: Kpis) -> None:
    foster = tuple(name for name, service in frames.scenario.services.items() if service.foster)
    placements = tuple(name for name, category in frames.category.items() if category == "placement")
    spells = frames.spells.named(kind=("ordinary", "initial"), service=placements)
    days = frames.overlap(spells["start"], spells["end"])
    total = float(np.sum(days))
    with_family = float(np.sum(days[spells.one_of("service", *foster)]))
    kpis.add("mix.foster_share", ALL, with_family / total if total else float("nan"))


def _aftercare_out_before_20(frames: Frames) -> float:
    """Return the share of aftercare's users who leave it before their 20th birthday.

    Kaplan-Meier on the age scale: each is followed from the age at which they come under observation.
    """
    aftercare = _of_category(frames, "aftercare")
    twenty = birthdays(frames.date_of_day_0, frames.of_case("born", aftercare.case), OUT_BEFORE_AGE)
    seen_from = np.maximum(aftercare.start, frames.start)
    over = aftercare.end < frames.end
    until = np.where(over, aftercare.end, frames.end)
    origin = float(np.max(twenty, initial=0.0))
    # Days of age, counted so that everybody's 20th birthday is the same day.
    shift = origin - twenty
    curve = kaplan_meier(until + shift, over, entries=seen_from + shift)
    return 1.0 - float(curve.at(np.nextafter(origin, -np.inf)))


def _per_service(frames: Frames, kpis: Kpis) -> None:
    for service in frames.scenario.services:
        spells = frames.spells.named(kind=("ordinary", "initial"), service=service)
        stock = float(np.sum(frames.overlap(spells["start"], spells["end"]))) / frames.days
        kpis.add("volume.in_service", f"service:{service}", stock)


def curves(frames: Frames, series: Curves) -> None:
    """Add the open cases of persons under and over 18, month by month, over the whole horizon."""
    grid = frames.month_starts
    cases = frames.cases
    adult_from = frames.majority(cases["case"])
    left = np.where(np.isnan(cases["left"]), np.inf, cases["left"])
    child, adult = cases["entered"] < adult_from, left > adult_from
    as_child = present(grid, cases["entered"][child], np.minimum(left, adult_from)[child])
    as_adult = present(grid, np.maximum(cases["entered"], adult_from)[adult], left[adult])
    series.add("open_cases", "child", grid, as_child)
    series.add("open_cases", "adult", grid, as_adult)
