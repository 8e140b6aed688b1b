"""A spell: somebody waits for a granted service, has it, is followed up, and leaves it.

A person has at most one service of each side of the law (children's, adult) at a time: one that starts replaces the
one that runs, and those that were granted before it and are still waited for, as when an appeal turns a partial grant
into a full one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Token
from sim.model.environment import Happening
from sim.model.places import PlaceRequest, ServiceRun, SupplierRun
from sim.model.team import Task

if TYPE_CHECKING:
    from sim.model.service_step import FollowUpRun, ServiceStepRun
    from sim.model.world import World

YEAR_DAYS = 365.25


class Spell:
    """One person's spell of one service, from the grant to its end."""

    __slots__ = (
        "_asks",
        "_cut_short",
        "_ending",
        "_follow_up",
        "_request",
        "_visit",
        "_waiting",
        "_wanted",
        "begins",
        "kind",
        "level",
        "row",
        "service",
        "start",
        "step",
        "supplier",
        "token",
        "world",
    )

    def __init__(
        self, world: World, step: ServiceStepRun, token: Token, service: ServiceRun, level: int, kind: str
    ) -> None:
        self.world = world
        self.step = step
        self.token = token
        self.service = service
        self.level = level
        self.kind = kind
        self.start = NAN
        self.begins = math.inf
        """When it will start, once there is a place."""
        self.supplier: SupplierRun | None = None
        self._request: PlaceRequest | None = None
        self._waiting: Happening | None = None
        self._ending: Happening | None = None
        self._follow_up: FollowUps | None = None
        self._cut_short = False
        """Whether it ends by law before its length is over."""
        self._visit = 0
        """How often the person had asked for the service before."""
        initial = kind == "initial"
        self.row = world.add_spell(
            token,
            service.code,
            kind,
            level,
            NAN if initial else token.aware,
            NAN if initial else token.decided,
        )
        token.waiting = token.spell = self

    def wait(self, wanted: float) -> None:
        """Wait for a place, to start no earlier than the day it is wanted."""
        self._wanted = wanted
        self._asks = max(self.world.env.now, wanted - self.service.config.reserve_days)
        if self._asks > self.world.env.now:
            self._waiting = Happening(self.world.env, self._asks, self._ask)
        else:
            self._ask(None)

    def ask_if_due(self) -> None:
        """Ask for a place before anything else happens at this moment, if this is the moment to ask."""
        if self.world.brake is not None:
            self.world.brake.let_go_on()
        if self._request is None and self._waiting is not None and self._asks <= self.world.env.now:
            self._waiting.call_off()
            self._ask(None)

    def _ask(self, _: object) -> None:
        self._waiting = None
        brake = self.world.brake
        if brake is None or not brake.holds(self, self._wanted):
            self.seek()

    def seek(self) -> None:
        """Look for a place."""
        self._visit = self.token.case.visit(self.service.place)
        request = self._request = PlaceRequest(self.token, self._placed)
        self.service.request(request, self._visit)

    def _placed(self, supplier: SupplierRun) -> None:
        now = self.world.env.now
        self.begins = max(now + supplier.lead_days(self.token.case.number, self._visit), self._wanted)
        if self.begins > now:
            self._waiting = Happening(self.world.env, self.begins, self._begin)
        else:
            self._begin(None)

    def _begin(self, _: object) -> None:
        assert self._request is not None
        assert self._request.supplier is not None
        years = self.step.length(self.service, self.token, self._visit)
        self.run(self._request.supplier, self.world.env.now, years * YEAR_DAYS)

    def run(self, supplier: SupplierRun, start: float, days: float) -> None:
        """Start the service (or go on with one that was found in progress) and let it end when its time is over."""
        world = self.world
        self._waiting = self._request = None
        self.supplier = supplier
        self.start = start
        world.set_spell(self.row, "supplier", supplier.code)
        world.set_spell(self.row, "start", start)
        case = self.token.case
        if case.level != self.level:
            # What was granted stays; what it takes, and costs, is what the need has become by now.
            self.level = case.level
            world.set_spell(self.row, "level", case.level)
        if world.brake is not None:
            world.brake.started(self.row, self.service, supplier, self.level)
        side = self.token.track.side
        for token in [other for other in case.tokens if other is not self.token and other.track.side == side]:
            if token.spell is not None and (token.spell.running or token.decided < self.token.decided):
                world.terminate(token)
        case.running[side] = self
        world.help_has_changed(case)
        end = start + days
        until_age = self.service.config.until_age
        if until_age is not None:
            by_law = world.birthday(case, until_age)
            if by_law < end:
                self._cut_short, end = True, by_law
        self._ending = Happening(world.env, max(end, world.env.now), self._over)
        if self.step.follow_up is not None:
            self._follow_up = FollowUps(self, self.step.follow_up)
        world.service_started(self)

    def _over(self, _: object) -> None:
        self._leave()
        if self.service.outcomes is not None and not self._cut_short:
            self.service.outcomes(self.token, self._visit)
        self.step.finished(self.token)

    def _leave(self) -> None:
        """Take the service away; the place becomes free."""
        world = self.world
        world.set_spell(self.row, "end", world.env.now)
        if world.brake is not None:
            world.brake.ended(self.row)
        case = self.token.case
        side = self.token.track.side
        if case.running.get(side) is self:
            del case.running[side]
            world.help_has_changed(case)
        if self._ending is not None:
            self._ending.call_off()
        if self._follow_up is not None:
            self._follow_up.stop()
            self._follow_up = None
        assert self.supplier is not None
        self.supplier.give_back()
        self.token.waiting = self.token.spell = None

    @property
    def running(self) -> bool:
        """Whether the service has started."""
        return self.supplier is not None and self.start == self.start

    def call_off(self) -> None:
        """End the service now, or give up the wait for it."""
        if self.running:
            self._leave()
            return
        world = self.world
        world.set_spell(self.row, "withdrawn", world.env.now)
        if self._waiting is not None:
            self._waiting.call_off()
        if self._request is not None:
            self._request.call_off()
            self._request = None
        if world.brake is not None:
            world.brake.called_off(self)
        self.token.waiting = self.token.spell = None

    def keep_place(self) -> SupplierRun:
        """End the spell but leave its place occupied, for whoever goes on paying for it."""
        supplier = self.supplier
        assert supplier is not None
        supplier.free -= 1
        self._leave()
        return supplier


class FollowUps:
    """The recurring work on a case while its service runs (*opfølgning*)."""

    __slots__ = ("_first_due", "_next", "_row", "_slack", "_spell", "_step", "_task")

    def __init__(self, spell: Spell, step: FollowUpRun) -> None:
        self._spell = spell
        self._step = step
        self._task: Task | None = None
        self._row: int | None = None
        config = step.config
        now = spell.world.env.now
        planned = spell.start + config.first_days
        self._slack = NAN
        if step.clock is not None:
            # The tables of working days begin on day 0, a service that was found in progress perhaps before.
            since = max(spell.start, 0.0)
            due = step.clock.due(spell.token, since)
            self._slack = due - (since + config.first_days)
            if spell.start >= now:
                self._row = spell.world.open_event(spell.token, step.clock.name, spell.start, due)
        while planned < now:
            planned += config.every_days
        self._next = Happening(spell.world.env, planned, self._fall_due)

    def _fall_due(self, _: object) -> None:
        due = self._spell.world.env.now + self._slack
        supplier = self._spell.supplier
        assert supplier is not None
        self._task = self._step.task(self._spell.token, supplier.follow_up_factor, due, self._done)
        self._task.team.submit(self._task)

    def _done(self, _: Task) -> None:
        world = self._spell.world
        self._task = None
        if self._row is not None:
            world.close_event(self._row, "done")
            self._row = None
        self._next = Happening(world.env, world.env.now + self._step.config.every_days, self._fall_due)

    def stop(self) -> None:
        """Let no further follow-up happen."""
        self._next.call_off()
        if self._task is not None:
            self._task.done = _nothing
            self._task.call_off()
            self._task = None
        if self._row is not None:
            self._spell.world.close_event(self._row, "withdrawn")


def _nothing(_: Task) -> None:
    """A follow-up that was begun is finished, but leads to nothing."""
