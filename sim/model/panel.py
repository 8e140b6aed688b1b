"""Decision meetings: cases wait for a seat on a fixed weekday.

A meeting is scheduled only when a case waits for one. It takes as many cases as it has seats, first by priority and
then first come, first served; the rest wait for the next meeting.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Callable
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Token
from sim.model.clock import WorkingClock
from sim.model.environment import Happening
from sim.model.records import NOBODY, add_activity
from sim.scenario.staff import Panel as PanelConfig
from sim.scenario.time import WEEKDAYS

if TYPE_CHECKING:
    from sim.model.world import World


class Seat:
    """A case's place on the list of a panel."""

    __slots__ = ("done", "panel", "priority", "requested", "step", "token", "withdrawn")

    def __init__(
        self, panel: Panel, token: Token, step: int, priority: int, requested: float, done: Callable[[Token], None]
    ) -> None:
        self.panel = panel
        self.token = token
        self.step = step
        self.priority = priority
        self.requested = requested
        self.done = done
        self.withdrawn = False

    def call_off(self) -> None:
        """Take the case off the list."""
        self.withdrawn = True
        self.panel.record(self, NAN)


class Panel:
    """A decision panel with its list of waiting cases."""

    def __init__(
        self, world: World, name: str, config: PanelConfig, clock: WorkingClock, start: dt.date, seats: int | None
    ) -> None:
        self.world = world
        self.code = world.names["resource"].code(name)
        self.seats = seats
        self._preparation = config.preparation_days
        self._list: list[tuple[int, int, Seat]] = []
        self._scheduled = False
        self._meetings = meeting_times(config, clock, start)

    def submit(self, seat: Seat) -> None:
        """Put a case on the list."""
        heappush(self._list, (seat.priority, next(self.world.numbers), seat))
        self._schedule(self.world.env.now + self._preparation)

    def _schedule(self, ready: float) -> None:
        """Hold the first meeting after the time at which a case is ready, if there are cases."""
        if self._scheduled or not self._list:
            return
        index = bisect_right(self._meetings, ready)
        if index < len(self._meetings):
            self._scheduled = True
            Happening(self.world.env, self._meetings[index], self._meet)

    def _meet(self, _: object) -> None:
        self._scheduled = False
        now = self.world.env.now
        left = math.inf if self.seats is None else self.seats
        decided: list[Seat] = []
        later: list[tuple[int, int, Seat]] = []
        while self._list and left > 0:
            entry = heappop(self._list)
            seat = entry[2]
            if seat.withdrawn:
                continue
            if seat.requested + self._preparation >= now:
                later.append(entry)
                continue
            left -= 1
            decided.append(seat)
        for entry in later:
            heappush(self._list, entry)
        self._schedule(now)
        for seat in decided:
            if not seat.withdrawn:
                self.record(seat, now)
                seat.done(seat.token)

    def record(self, seat: Seat, met: float) -> None:
        """Write a case that was decided at a time (NaN: not) to the journal."""
        world = self.world
        withdrawn = world.env.now if seat.withdrawn else NAN
        add_activity(
            world.journal,
            seat.token,
            seat.step,
            self.code,
            NOBODY,
            seat.priority,
            seat.requested,
            met,
            met,
            NAN,
            0.0,
            withdrawn,
        )

    def waiting(self) -> list[Seat]:
        """Return the cases on the list."""
        return [entry[2] for entry in sorted(self._list, key=lambda entry: entry[:2]) if not entry[2].withdrawn]

    def close(self) -> None:
        """Write the cases that are still waiting to the journal."""
        for seat in self.waiting():
            self.record(seat, NAN)


def meeting_times(config: PanelConfig, clock: WorkingClock, start: dt.date) -> list[float]:
    """Return the times of a panel's meetings, in days since ``start``.

    A meeting that falls on a public holiday is held on the next working day.
    """
    first = config.first_meeting or start
    first += dt.timedelta(days=(WEEKDAYS.index(config.weekday) - first.weekday()) % 7)
    cycle = 7 * config.every_weeks
    day = (first - start).days % cycle
    return [clock.next_working_day(planned) + config.hour / 24 for planned in range(day, clock.days - 30, cycle)]
