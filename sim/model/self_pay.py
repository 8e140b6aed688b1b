"""Families who buy help themselves while they wait (*egenbetaling*), and are perhaps paid back.

They buy what a full grant would bring them, by the same draw as the decision that they wait for. Nobody buys help who
has a service already, of whichever side of the law, or something that stands in for one since the 18th birthday; and
what they buy ends when a service starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Case, Token
from sim.model.decision import DecisionRun
from sim.model.varying import varying
from sim.scenario.waiting import SelfPay

if TYPE_CHECKING:
    from sim.model.world import World


class SelfPayRun:
    """Who buys help while waiting, what, and when it is paid back."""

    def __init__(self, world: World, purpose: str, config: SelfPay) -> None:
        self._world = world
        self._share = varying(world, config.share, lambda _, share: float(share))
        self._draw = world.draws.uniform(f"{purpose}.share")
        self._decision: DecisionRun | None = None
        if config.decision is not None:
            decision = world.find_step(config.decision)
            assert isinstance(decision, DecisionRun)
            self._decision = decision
        self.after_days = config.after_days
        self.reimbursed = frozenset(config.reimbursed)

    def would_pay(self, token: Token, visit: int) -> bool:
        """Return whether the family is one that would pay if it had to wait for long."""
        share = self._share(token)
        return share > 0 and self._draw(token.case.number, visit) < share

    def buy(self, token: Token) -> Purchase | None:
        """Let a family buy help now, unless the person has some."""
        case = token.case
        stand_in = case.adulthood is not None and case.adulthood.meanwhile is not None
        bought = any(wait.is_buying for other in case.tokens for wait in (other.waits or {}).values())
        if case.running or stand_in or bought:
            return None
        decision = self._decision or token.appealed
        assert decision is not None
        return Purchase(self._world, token, decision)


class Purchase:
    """A service that a family pays for."""

    __slots__ = ("_end", "_level", "_row", "_service", "_start", "_token", "_track", "_world")

    def __init__(self, world: World, token: Token, decision: DecisionRun) -> None:
        self._world = world
        self._token = token
        self._level = token.case.level
        self._service = world.services[decision.full_grant(token)].code
        # In an appeal, too, it is a service of the track in which it could have been granted.
        self._track = decision.track.code
        self._start = world.env.now
        self._end = NAN
        self._row = self._write("self_pay")
        world.set_spell(self._row, "payer", world.names["payer"].code("family"))

    def _write(self, kind: str) -> int:
        world = self._world
        row = world.add_spell(self._token, self._service, kind, self._level, NAN, self._start)
        world.set_spell(row, "track", self._track)
        world.set_spell(row, "start", self._start)
        return row

    @property
    def goes_on(self) -> bool:
        """Whether the family is still paying."""
        return self._end != self._end

    def stop(self) -> None:
        """End it."""
        if self.goes_on:
            self._end = self._world.env.now
            self._world.set_spell(self._row, "end", self._end)

    def reimburse(self) -> None:
        """Let the administration that is responsible now pay the family back."""
        self._world.note(self._token, "reimbursed")
        self._world.set_spell(self._write("reimbursed"), "end", self._end)


def stop_buying(case: Case) -> None:
    """End whatever a person's family pays for."""
    for token in case.tokens:
        for wait in (token.waits or {}).values():
            wait.stop_buying()
