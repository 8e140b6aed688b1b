"""SimPy's event loop, and events that happen at a known time.

A :class:`Happening` is a SimPy event whose time is known when it is made, like :class:`simpy.Timeout`, but given as
a point in time instead of a delay: ``now + (t - now)`` is not always ``t`` in floating point, and the order of
simultaneous events must not hang on a rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

import simpy
from simpy.events import NORMAL, Event

Callback = Callable[[Any], None]


class Environment(simpy.Environment):
    """SimPy's environment with a loop of its own that runs to a time without a stop event."""

    now: float = 0.0
    """The time now: a plain attribute, because it is read several times at every event."""

    def __init__(self) -> None:
        super().__init__()
        self.processed = 0
        """Events processed so far."""

    def put(self, event: Event, time: float) -> None:
        """Let a triggered event be processed at a point in time."""
        heappush(self._queue, (time, NORMAL, next(self._eid), event))

    def run_to(self, horizon: float) -> None:
        """Process every event that is due before the horizon; the clock ends at the horizon.

        The events of this model do not fail: a fault in a callback is raised where it happens.
        """
        queue = self._queue
        processed = 0
        while queue and queue[0][0] < horizon:
            self.now, _, _, event = heappop(queue)
            self._now = self.now
            callbacks = event.callbacks
            event.callbacks = None  # type: ignore[assignment]
            processed += 1
            for callback in callbacks:
                callback(event)
        self.now = self._now = horizon
        self.processed += processed


class Happening(Event):
    """Something that happens at a known time."""

    _ok = True
    _value = None

    def __init__(self, env: Environment, time: float, callback: Callback, subject: Any = None) -> None:
        self.env = env
        self.callbacks = [callback]
        self.subject = subject
        """Whom or what it is about."""
        heappush(env._queue, (time, NORMAL, next(env._eid), self))

    def call_off(self) -> None:
        """Let it not happen."""
        self.callbacks = []
