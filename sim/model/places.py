"""Services with limited places: who gets one, from which supplier, and when.

A request tries the suppliers in the order of the configuration and takes the first that is a possibility for the
case and has a free place. If every possible supplier is full, it waits for the first place that becomes free, first
come, first served.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.model.case import Token
from sim.model.environment import Happening
from sim.scenario.services import Service as ServiceConfig
from sim.scenario.services import Supplier as SupplierConfig

if TYPE_CHECKING:
    from sim.model.world import World

Placed = Callable[["PlaceRequest"], None]


class SupplierRun:
    """A supplier with its free places and those who wait for one."""

    def __init__(self, world: World, service: str, name: str, config: SupplierConfig, places: int | None) -> None:
        self.env = world.env
        self.name = name
        self.code = world.names["supplier"].code(name)
        self.free = math.inf if places is None else places
        self.share = config.share
        purpose = f"services.{service}.{name}"
        self.possible = world.draws.uniform(f"{purpose}.share")
        self.lead_days = world.draws.duration(f"{purpose}.lead_days", config.lead_days)
        self.waiting: deque[PlaceRequest] = deque()

    def give_back(self) -> None:
        """Take back a place; the first in line gets it.

        The place is theirs at once, but they hear of it in an event of its own: whoever gives a place back may have
        more to end first, perhaps even another wait of the same person.
        """
        self.free += 1
        while self.waiting and self.free > 0:
            request = self.waiting.popleft()
            if request.supplier is None and not request.withdrawn:
                self.free -= 1
                request.supplier = self
                Happening(self.env, self.env.now, request.hear)


class ServiceRun:
    """A service as the model sees it."""

    def __init__(
        self, world: World, name: str, config: ServiceConfig, place: int, places: dict[str, int | None]
    ) -> None:
        self.world = world
        self.name = name
        self.config = config
        self.code = world.names["service"].code(name)
        self.place = place
        """Address of its random draws."""
        self.suppliers = [
            SupplierRun(world, name, supplier, settings, places[supplier])
            for supplier, settings in config.suppliers.items()
        ]

    def request(self, token: Token, placed: Placed, visit: int) -> PlaceRequest:
        """Ask for a place; ``placed`` is called when there is one (perhaps at once)."""
        number = token.case.number
        request = PlaceRequest(token, placed)
        possible = [s for s in self.suppliers if s.share >= 1.0 or s.possible(number, visit) < s.share]
        for supplier in possible:
            if supplier.free > 0:
                supplier.free -= 1
                request.place_at(supplier)
                return request
        for supplier in possible:
            supplier.waiting.append(request)
        return request

    def take_now(self, number: int, visit: int) -> SupplierRun:
        """Return a supplier for somebody who has the service on day 0, one of its places if there are any left."""
        possible = [s for s in self.suppliers if s.share >= 1.0 or s.possible(number, visit) < s.share]
        for supplier in possible:
            if supplier.free > 0:
                supplier.free -= 1
                return supplier
        supplier = possible[-1]
        supplier.free -= 1
        return supplier


class PlaceRequest:
    """Somebody who needs a place."""

    __slots__ = ("placed", "supplier", "token", "withdrawn")

    def __init__(self, token: Token, placed: Placed) -> None:
        self.token = token
        self.placed = placed
        self.supplier: SupplierRun | None = None
        self.withdrawn = False

    def place_at(self, supplier: SupplierRun) -> None:
        """Give the place of a supplier."""
        self.supplier = supplier
        self.placed(self)

    def hear(self, _: object) -> None:
        """Hear that the place that was waited for is there."""
        if not self.withdrawn:
            self.placed(self)

    def call_off(self) -> None:
        """Give up the wait, or the place if there already is one."""
        self.withdrawn = True
        if self.supplier is not None:
            self.supplier.give_back()
