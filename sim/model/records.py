"""How activities and staff are written to the journal: one place that knows the order of the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.journal import ACTIVITIES, NAN, ROWS, STAFF, Recorder
from sim.model.case import Token

if TYPE_CHECKING:
    from sim.model.world import World

_WIDTH = len(ACTIVITIES)
_pack = ROWS["activities"].pack
_FINISHED = ACTIVITIES.index("finished")
_HOURS = ACTIVITIES.index("hours")
_WITHDRAWN = ACTIVITIES.index("withdrawn")
_STAFF_WIDTH = len(STAFF)
_END = STAFF.index("end")
NOBODY = -1
"""Team and caseworker of a wait for others."""
_WAITING_PRIORITY = 9


def add_activity(
    journal: Recorder,
    token: Token,
    step: int,
    resource: int,
    worker: int,
    priority: int,
    requested: float,
    started: float,
    finished: float,
    due: float,
    hours: float,
    withdrawn: float,
) -> int:
    """Append an activity and return its row; the arguments are the journal's columns."""
    activities = journal.activities
    activities.frombytes(
        _pack(
            token.case.number,
            token.track.code,
            step,
            resource,
            worker,
            priority,
            requested,
            started,
            finished,
            due,
            hours,
            withdrawn,
        )
    )
    return len(activities) // _WIDTH - 1


def add_pause(journal: Recorder, token: Token, step: int, since: float, until: float) -> int:
    """Append a wait for others and return its row."""
    return add_activity(journal, token, step, NOBODY, NOBODY, _WAITING_PRIORITY, since, since, until, NAN, 0.0, NAN)


def call_off_pause(journal: Recorder, row: int, now: float) -> None:
    """Write down that a wait for others was given up."""
    journal.activities[row * _WIDTH + _FINISHED] = NAN
    journal.activities[row * _WIDTH + _WITHDRAWN] = now


def cut_activity(journal: Recorder, row: int, now: float, hours: float) -> None:
    """Write down that work was broken off after so many hours."""
    journal.activities[row * _WIDTH + _FINISHED] = now
    journal.activities[row * _WIDTH + _HOURS] = hours


def add_staff(world: World, resource: int, worker: int, kind: str, fte: float) -> int:
    """Append a stretch of a caseworker's time that begins now and return its row."""
    staff = world.journal.staff
    kind_code = world.names["staff.kind"].code(kind)
    staff.frombytes(ROWS["staff"].pack(resource, worker, world.env.now, NAN, kind_code, fte))
    return len(staff) // _STAFF_WIDTH - 1


def end_staff(world: World, row: int) -> None:
    """Write down that a stretch of a caseworker's time ends now."""
    world.journal.staff[row * _STAFF_WIDTH + _END] = world.env.now
