"""What waiting does to people: needs grow, emergencies happen, families give up or pay themselves.

A wait begins for a person's way through a track when a clock starts to run there, and is over when a service of that
way starts (or when the clock stops, or when the way ends). While it lasts, things happen at a rate: each is a unit
exponential that is used up faster at a high rate than at a low one. So the same person meets the same fate in every
scenario that lets them wait as long, and has met it earlier in one that lets them wait longer.

While somebody has a service, of either side of the law, or what stands in for it after 18, the need is being met: it
neither grows nor makes a family give up, however long the next service is waited for.

Rates are looked up when a wait begins and again whenever the person's need level has risen. The need level counts for
everything that is decided from then on; what has been granted stays granted, but is delivered, and paid for, at the
level that the person has when it starts.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.journal import NAN
from sim.model.case import Case, Token
from sim.model.draws import Draw
from sim.model.environment import Happening
from sim.model.self_pay import Purchase, SelfPayRun, stop_buying
from sim.model.team import Task
from sim.model.varying import varying
from sim.scenario.base import ByAttribute
from sim.scenario.durations import Exponential
from sim.scenario.waiting import Waiting as WaitingConfig

if TYPE_CHECKING:
    from sim.model.spell import Spell
    from sim.model.world import World

MONTH_DAYS = 365.25 / 12
"""Days of a month of waiting: 30.4375."""
HIGHEST_LEVEL = 4
RISES_ROOM = 1000
"""How many rises each wait of a person has room for among the addresses of random draws."""

PerToken = Callable[[Token], float]


class WaitingRun:
    """A section of what waiting does, as the model sees it."""

    def __init__(self, world: World, name: str, config: WaitingConfig) -> None:
        self.world = world
        self.name = name
        self.clock = config.clock
        self.until_clock = config.until == "clock"
        self.place = world.new_place()
        self._rises = _mean_days(world, config.level_rises_per_month)
        self.withdraws = _mean_days(world, config.withdraws_per_month)
        unit = Exponential(distribution="exponential", mean=1.0)
        self.rise_draw = world.draws.duration(f"waiting.{name}.level_rises", unit)
        self.withdraws_draw = world.draws.duration(f"waiting.{name}.withdraws", unit)
        self._acute: PerToken | None = None
        if config.acute is not None and not _never(config.acute.share):
            self._acute = varying(world, config.acute.share, lambda _, share: float(share))
            self._acute_draw = world.draws.uniform(f"waiting.{name}.acute")
            self.acute_to = world.find_step(config.acute.to)
        self.self_pay: SelfPayRun | None = None
        if config.self_pay is not None and not _never(config.self_pay.share):
            self.self_pay = SelfPayRun(world, f"waiting.{name}.self_pay", config.self_pay)

    @property
    def does_something(self) -> bool:
        """Whether waiting does anything at all here."""
        return not (self._rises is None and self.withdraws is None and self.self_pay is None)

    def begin(self, token: Token, since: float) -> None:
        """Let a wait begin whose clock has been started, unless the token waits already.

        Args:
            token: Who waits.
            since: From when the clock counts the wait.
        """
        waits = token.waits
        if waits is None:
            waits = token.waits = {}
        if self.name not in waits:
            waits[self.name] = WaitInProgress(self, token, since)

    def mean_days_to_rise(self, token: Token) -> float:
        """Return the mean time to the next rise of the need; at the highest level it can only become an emergency."""
        if self._rises is None or (token.case.level >= HIGHEST_LEVEL and self._acute is None):
            return math.inf
        return self._rises(token)

    def is_acute(self, token: Token, address: int) -> bool:
        """Return whether a rise of the need is an emergency."""
        if self._acute is None:
            return False
        case = token.case
        too_late = self.acute_to.track.side == "child" and self.world.env.now >= case.turns_adult
        if too_late and token.appealed is not None:
            # An appeal may outlast childhood, but nobody goes back to it.
            return False
        share = self._acute(token)
        return share > 0 and self._acute_draw(case.number, address) < share


def _never(value: Any) -> bool:
    """Return whether a rate or share, which may vary, is 0 for everybody."""
    return not any(value.values.values()) if isinstance(value, ByAttribute) else not value


def _mean_days(world: World, per_month: Any) -> PerToken | None:
    """Return the mean number of days to something with a rate per month, or None if it never happens."""
    if _never(per_month):
        return None
    return varying(world, per_month, lambda _, rate: MONTH_DAYS / rate if rate > 0 else math.inf)


class Risk:
    """Something that happens once, at a rate that may change before it does."""

    __slots__ = ("_address", "_draw", "_event", "_happen", "_left", "_mean", "_since", "_world")

    def __init__(self, world: World, draw: Draw, address: tuple[int, int], happen: Callable[[Any], None]) -> None:
        self._world = world
        self._draw = draw
        self._address = address
        self._happen = happen
        self._mean = math.inf
        self._since = NAN
        self._left: float | None = None
        self._event: Happening | None = None

    def go_on_at(self, mean: float) -> None:
        """Let the rate be another one from now on, given as the mean number of days (infinite: it cannot happen)."""
        if mean == self._mean:
            return
        now = self._world.env.now
        self.call_off()
        if self._left is None:
            if mean == math.inf:
                # Who never runs the risk draws nothing for it.
                return
            self._left = self._draw(*self._address)
        else:
            self._left = max(0.0, self._left - (now - self._since) / self._mean)
        self._mean, self._since = mean, now
        if mean < math.inf:
            when = now + self._left * mean
            if when < self._world.horizon:
                self._event = Happening(self._world.env, when, self._happen)

    def call_off(self) -> None:
        """Let it not happen."""
        if self._event is not None:
            self._event.call_off()
            self._event = None


class WaitInProgress:
    """One wait of one token."""

    __slots__ = ("_buys", "_outcome", "_purchase", "_rise", "_rises", "_run", "_token", "_visit", "_withdraws")

    def __init__(self, run: WaitingRun, token: Token, since: float) -> None:
        self._run = run
        self._token = token
        self._outcome: str | None = None
        self._visit = token.case.visit(run.place)
        self._rises = 0
        self._rise: Risk | None = None
        self._withdraws: Risk | None = None
        self._buys: Happening | None = None
        self._purchase: Purchase | None = None
        number = token.case.number
        self._expect_rise()
        if run.withdraws is not None:
            self._withdraws = Risk(run.world, run.withdraws_draw, (number, self._visit), self._withdraw)
            self._withdraws.go_on_at(math.inf if token.case.is_helped else run.withdraws(token))
        if run.self_pay is not None and run.self_pay.would_pay(token, self._visit):
            now = run.world.env.now
            # Nobody knows since when those are waiting whose matter has no known beginning.
            waited_from = since if since == since else now
            when = max(now, waited_from + run.self_pay.after_days)
            if when < run.world.horizon:
                self._buys = Happening(run.world.env, when, self._buy)

    # -- what happens -------------------------------------------------------------------------------------------

    def _rise_address(self) -> int:
        return self._visit * RISES_ROOM + self._rises

    def _expect_rise(self) -> None:
        run, token = self._run, self._token
        self._rise = Risk(run.world, run.rise_draw, (token.case.number, self._rise_address()), self._need_rises)
        self._rise.go_on_at(math.inf if token.case.is_helped else run.mean_days_to_rise(token))

    def _need_rises(self, _: object) -> None:
        run, token = self._run, self._token
        world, case = run.world, token.case
        address = self._rise_address()
        self._rises += 1
        self._rise = None
        if case.level < HIGHEST_LEVEL:
            case.level += 1
            now = world.env.now
            world.add_event(token, token.administration, "need_rises", now, now, NAN, str(case.level))
            for other in case.tokens:
                if other.waits:
                    for wait in other.waits.values():
                        wait.look_up_rates()
        if run.is_acute(token, address):
            self._emergency()
        else:
            self._expect_rise()

    def look_up_rates(self) -> None:
        """Let rates change that go by the need level, or by whether the need is being met."""
        run, token = self._run, self._token
        helped = token.case.is_helped
        if self._rise is not None:
            self._rise.go_on_at(math.inf if helped else run.mean_days_to_rise(token))
        if self._withdraws is not None:
            assert run.withdraws is not None
            self._withdraws.go_on_at(math.inf if helped else run.withdraws(token))

    def _emergency(self) -> None:
        """Give up everything that is under way, and move the case to where emergencies go."""
        world, token = self._run.world, self._token
        world.note(token, "emergency")
        pending = token.waiting
        if pending is not None:
            pending.call_off()
            if isinstance(pending, Task):
                # What a caseworker has begun is finished, but must not move on a case that has left.
                pending.done = _nothing
            token.waiting = None
        end_waits(token)
        for row, _ in (token.clocks or {}).values():
            world.close_event(row, "withdrawn")
        token.clocks = None
        # An emergency overtakes the appeal of what was decided before, and is itself a decision.
        token.appealed = None
        token.decided = world.env.now
        world.move(token, self._run.acute_to)

    def _withdraw(self, _: object) -> None:
        world, token = self._run.world, self._token
        world.note(token, "withdrawn_waiting")
        world.terminate(token)

    def _buy(self, _: object) -> None:
        self._buys = None
        assert self._run.self_pay is not None
        self._purchase = self._run.self_pay.buy(self._token)

    # -- how it ends --------------------------------------------------------------------------------------------

    def clock_stopped(self, clock: str, outcome: str) -> None:
        """Take note that a clock of the token has stopped; the wait may be over."""
        run = self._run
        if clock == run.clock:
            self._outcome = outcome
            if run.until_clock or self._token.appealed is not None:
                self.end()

    def service_started(self) -> None:
        """Take note that a service of the token has started."""
        if not self._run.until_clock:
            self.end()

    def stop_buying(self) -> None:
        """End what the family pays for, though the wait may go on."""
        if self._purchase is not None:
            self._purchase.stop()

    @property
    def is_buying(self) -> bool:
        """Whether the family is paying for help now."""
        return self._purchase is not None and self._purchase.goes_on

    def end(self, outcome: str = "withdrawn") -> None:
        """End the wait, with the outcome with which its clock has stopped, or else with this one."""
        run, token = self._run, self._token
        assert token.waits is not None
        del token.waits[run.name]
        for pending in (self._rise, self._withdraws, self._buys):
            if pending is not None:
                pending.call_off()
        self._rise = self._withdraws = self._buys = None
        if self._purchase is not None:
            self._purchase.stop()
            assert run.self_pay is not None
            if (self._outcome or outcome) in run.self_pay.reimbursed:
                self._purchase.reimburse()


def _nothing(_: Task) -> None:
    """Work that was begun before an emergency is finished, but leads to nothing."""


def waiting_runs(world: World) -> list[WaitingRun]:
    """Return what waiting does in a scenario, and let the clocks know with which it begins."""
    runs = [WaitingRun(world, name, config) for name, config in world.scenario.waiting.items()]
    runs = [run for run in runs if run.does_something]
    for run in runs:
        world.clocks[run.clock].waits += (run,)
    return runs


def end_waits(token: Token, outcome: str = "withdrawn") -> None:
    """End all waits of a token."""
    for wait in list((token.waits or {}).values()):
        wait.end(outcome)


def help_has_changed(case: Case) -> None:
    """Let what a person's waits do stop or go on, because a service has started or ended."""
    for token in case.tokens:
        if token.waits:
            for wait in token.waits.values():
                wait.look_up_rates()


def help_has_started(spell: Spell) -> None:
    """End the waits that end with a service, and what the person's family has paid for meanwhile."""
    token = spell.token
    for wait in list((token.waits or {}).values()):
        wait.service_started()
    stop_buying(token.case)
