"""Services with limited places: who gets one, from which supplier, and when.

A request tries the suppliers in the order of the configuration and takes the first that is a possibility for the
case and has a free place. If every possible supplier is full, it waits for the first place that becomes free, first
come, first served.

The number of places can change on given dates. Places that come go to those who wait; places that go are taken away
as they become free, so that nobody is thrown out, and a place that has been promised is kept.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.model.case import Token
from sim.model.environment import Happening
from sim.model.outcome import outcomes_of
from sim.scenario.services import Service as ServiceConfig
from sim.scenario.services import Supplier as SupplierConfig

if TYPE_CHECKING:
    from sim.model.world import World

Placed = Callable[["SupplierRun"], None]


class SupplierRun:
    """A supplier with its free places and those who wait for one."""

    def __init__(self, world: World, service: str, name: str, config: SupplierConfig, scale: float) -> None:
        self.env = world.env
        self.name = name
        self.code = world.names["supplier"].code(name)
        self.free = math.inf
        if config.places is not None:
            self.free, later = places_over_time(config, world.start, scale)
            for day, more in later:
                if day < world.horizon:
                    Happening(world.env, day, self._change, more)
        self.share = config.share
        self.follow_up_factor = config.follow_up_factor
        purpose = f"services.{service}.{name}"
        self.possible = world.draws.uniform(f"{purpose}.share")
        self.lead_days = world.draws.duration(f"{purpose}.lead_days", config.lead_days)
        self.waiting: deque[PlaceRequest] = deque()

    def give_back(self) -> None:
        """Take back a place; the first in line gets it.

        The place is theirs at once, but they hear of it in an event of its own: whoever gives a place back may have
        more to end first, perhaps even another wait of the same person.
        """
        self.add(1)

    def _change(self, event: Happening) -> None:
        self.add(event.subject)

    def add(self, places: int) -> None:
        """Add places, or take them away; there are fewer than none free until as many are given back."""
        self.free += places
        while self.waiting and self.free > 0:
            request = self.waiting.popleft()
            if request.supplier is None and not request.withdrawn:
                self.free -= 1
                request.supplier = self
                Happening(self.env, self.env.now, request.hear)


class ServiceRun:
    """A service as the model sees it."""

    def __init__(self, world: World, name: str, config: ServiceConfig, place: int, scale: float) -> None:
        self.world = world
        self.name = name
        self.config = config
        self.code = world.names["service"].code(name)
        self.place = place
        """Address of its random draws."""
        self.suppliers = [
            SupplierRun(world, name, supplier, settings, scale) for supplier, settings in config.suppliers.items()
        ]
        mismatch = world.scenario.mismatch
        self.length_factors = {
            profile: mismatch.of(config.match(profile)).length_factor for profile in world.scenario.profiles
        }
        """What the length of a spell is multiplied by, per need profile."""
        self.outcomes = outcomes_of(world, name, config)
        """What becomes of the need when a spell has run its course. None: nothing."""

    def request(self, request: PlaceRequest, visit: int) -> None:
        """Ask for a place, which may be there at once."""
        number = request.token.case.number
        possible = [s for s in self.suppliers if s.share >= 1.0 or s.possible(number, visit) < s.share]
        for supplier in possible:
            if supplier.free > 0:
                supplier.free -= 1
                request.place_at(supplier)
                return
        for supplier in possible:
            supplier.waiting.append(request)

    def take_now(self, number: int, visit: int, wanted: str | None = None) -> SupplierRun:
        """Return a supplier for somebody who has the service on day 0, one of its places if there are any left.

        ``wanted`` is the name of the one that it is known to be.
        """
        if wanted is not None:
            supplier = next(supplier for supplier in self.suppliers if supplier.name == wanted)
            supplier.free -= 1
            return supplier
        possible = [s for s in self.suppliers if s.share >= 1.0 or s.possible(number, visit) < s.share]
        for supplier in possible:
            if supplier.free > 0:
                supplier.free -= 1
                return supplier
        supplier = possible[-1]
        supplier.free -= 1
        return supplier


def places_over_time(config: SupplierConfig, start: dt.date, scale: float) -> tuple[int, list[tuple[float, int]]]:
    """Return the places on day 0, and the days on which their number changes with how many come (or go)."""
    now, later = 0, []
    for date, unscaled in config.timetable():
        places = math.ceil(unscaled * scale - 1e-9)
        day = float((date - start).days)
        if day > 0 and places != now:
            later.append((day, places - now))
        now = places
    return now - sum(more for _, more in later), later


class PlaceRequest:
    """Somebody who needs a place; ``placed`` is called with the supplier when there is one."""

    __slots__ = ("placed", "supplier", "token", "withdrawn")

    def __init__(self, token: Token, placed: Placed) -> None:
        self.token = token
        self.placed = placed
        self.supplier: SupplierRun | None = None
        self.withdrawn = False

    def place_at(self, supplier: SupplierRun) -> None:
        """Give the place of a supplier."""
        self.supplier = supplier
        self.placed(supplier)

    def hear(self, _: object) -> None:
        """Hear that the place that was waited for is there."""
        if not self.withdrawn:
            assert self.supplier is not None
            self.placed(self.supplier)

    def call_off(self) -> None:
        """Give up the wait, or the place if there already is one."""
        self.withdrawn = True
        if self.supplier is not None:
            self.supplier.give_back()
