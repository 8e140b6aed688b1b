"""The part of a journal that costs hang on, so that a future can be priced again without simulating it again.

A journal is mostly work on cases, and most of that costs what its team's salaries cost, whoever it was for. What costs
do depend on is kept: all services and all caseworkers; the work on appeals, which is a cost of its own; the work for
young people around their 18th birthday, whose course is priced as a whole; and the persons that these belong to.

Whatever measures read that depends on prices, they find it here: every such figure of the part equals the figure of the
whole. A measure that needs more must have it kept here first.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.journal import Columns, Journal
from sim.measures.frames import Frames, Integers, Mask, Table
from sim.scenario import Scenario

EVENTS_KEPT = ("appeal", "board", "gap", "not_planned", "transition_start", "turned_18")
"""Kinds of event: what the appeals board is paid for, in which phase a family pays for itself, how somebody comes of
age."""

APPEAL_SIDE = "appeal"
"""The side of the tracks in which appeals are worked on."""

AROUND_BIRTHDAY_DAYS = 366.0
"""How long before and after the birthday work is kept, in days."""


def billable(journal: Journal, scenario: Scenario) -> Journal:
    """Return the part of a journal that costs hang on.

    Args:
        journal: What happened.
        scenario: What was simulated, for the sides of its tracks and the age of majority; prices do not matter.
    """
    frames = Frames(journal, scenario, background=True)
    majority = frames.majority(frames.cases["case"])
    grow_up: Mask = (majority >= 0.0) & (majority <= frames.end)
    activities = _activities(frames, frames.cases["case"][grow_up])
    events = frames.events.one_of("kind", *EVENTS_KEPT)
    needed = np.concatenate(
        (
            frames.cases["case"][grow_up],
            frames.spells["case"],
            frames.activities["case"][activities],
            frames.events["case"][events],
        )
    )
    return dataclasses.replace(
        journal,
        cases=_chosen(journal.cases, np.isin(frames.cases["case"], needed)),
        activities=_chosen(journal.activities, activities),
        events=_chosen(journal.events, events),
    )


def _activities(frames: Frames, grow_up: Integers) -> Mask:
    tasks = frames.activities
    result: Mask = tasks.lookup("track", frames.side, "") == APPEAL_SIDE
    rows = np.flatnonzero(np.isin(tasks["case"], grow_up) & ~np.isnan(tasks["started"]))
    result[rows[_around_birthday(frames, tasks.where(rows))]] = True
    return result


def _around_birthday(frames: Frames, tasks: Table) -> Mask:
    birthday = frames.majority(tasks["case"])
    until = np.where(np.isnan(tasks["finished"]), np.inf, tasks["finished"])
    near: Mask = tasks["started"] <= birthday + AROUND_BIRTHDAY_DAYS
    return near & (until >= birthday - AROUND_BIRTHDAY_DAYS)


def _chosen(columns: Columns, rows: Mask) -> Columns:
    return {column: values[rows] for column, values in columns.items()}
