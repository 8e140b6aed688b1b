"""The brake: grants that the law does not demand wait until New Year while the year's forecast exceeds the frame.

The *forecast* of a calendar year is what an administration's services have cost since New Year and what those that
run now will cost until the next one. It knows nothing of the future: nobody will come, and nobody will leave. What
starts at a price per day adds that price for the rest of the year, and what ends takes as much away again. So the
forecast costs one addition per start and end, and none for the days between; at New Year it is what runs then, for
the whole year.

Services count with the price of the list at the supplier and the need level at which they are delivered, whoever
granted them: those of the brake's administration are those that it pays for, bridging included. One-off payments, and
what families are paid back, are left out.

Whatever is held back goes on at New Year, in the order in which it was granted, and is not held back again. A year of
which only a part is simulated counts with that part of the frame.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.environment import Happening
from sim.scenario.budget_frames import frame_of

if TYPE_CHECKING:
    from sim.model.places import ServiceRun, SupplierRun
    from sim.model.spell import Spell
    from sim.model.world import World

_ROUNDING = 1e-9


class Frame:
    """What the administrations that draw on one budget frame may spend, and what they will.

    Attributes:
        limit: What they may spend in a whole year, tolerance included, in øre.
        rate: What their services cost now, in øre a day.
        forecast: What the year will cost, in øre.
    """

    __slots__ = ("forecast", "limit", "rate")

    def __init__(self) -> None:
        self.limit = 0.0
        self.rate = 0
        self.forecast = 0.0


class BrakeRun:
    """All brakes of a municipality as the model sees them."""

    def __init__(self, world: World) -> None:
        self._world = world
        scenario = world.scenario
        codes = world.names["payer"]
        frames: dict[str, Frame] = {}
        drawn = frame_of(scenario.administrations)
        self._frames: dict[int, Frame] = {}
        """The frame of each administration that has a brake, by its code."""
        self._from_month: dict[int, int] = {}
        for name, administration in scenario.administrations.items():
            brake = administration.brake
            if brake is not None:
                frame = frames.setdefault(drawn[name], Frame())
                yearly = brake.services_dkk_per_year * scenario.municipality.scale
                frame.limit += yearly * (1.0 + brake.tolerance) * 100
                self._frames[codes.code(name)] = frame
                self._from_month[codes.code(name)] = brake.from_month
        self._distinct = list(frames.values())
        self._running: dict[int, tuple[Frame, int]] = {}
        """Frame and price per day, in øre, of what runs now, by its row of the journal."""
        self._waiting: dict[Spell, tuple[int, float]] = {}
        """Row of the event, and the day until which it lasts, of everything that is held back."""
        self._comes = -1.0
        """The next New Year for which something waits."""
        self._year = world.start.year
        self._begins, self._ends = 0.0, self._new_year(self._year + 1)

    def _new_year(self, year: int) -> float:
        return float((dt.date(year, 1, 1) - self._world.start).days)

    def _turn_over(self) -> None:
        """Begin a new year if it is time."""
        now = self._world.env.now
        if now < self._ends:
            return
        while now >= self._ends:
            self._year += 1
            self._begins, self._ends = self._ends, self._new_year(self._year + 1)
        for frame in self._distinct:
            frame.forecast = frame.rate * (self._ends - self._begins)

    # -- what services cost -------------------------------------------------------------------------------------

    def started(self, row: int, service: ServiceRun, supplier: SupplierRun, level: int) -> None:
        """Take note that a service has started, or is there on day 0.

        Args:
            row: The spell's row of the journal, which says who pays.
            service: What it is.
            supplier: Who delivers it.
            level: The need level at which it is delivered.
        """
        frame = self._frames.get(self._world.payer_of(row))
        if frame is None:
            return
        costs = self._world.scenario.costs
        assert costs is not None
        price = costs.services[service.name][supplier.name]
        oere = round(price.dkk_per_day * price.level_factors.get(str(level), 1.0) * 100)
        self._running[row] = frame, oere
        self._change(frame, oere)

    def ended(self, row: int) -> None:
        """Take note that the service of a row of the journal has ended."""
        running = self._running.pop(row, None)
        if running is not None:
            frame, oere = running
            self._change(frame, -oere)

    def _change(self, frame: Frame, oere_per_day: int) -> None:
        self._turn_over()
        frame.rate += oere_per_day
        frame.forecast += oere_per_day * (self._ends - self._world.env.now)

    def forecast(self, administration: int) -> float:
        """Return what the services of an administration with a brake, and of those that share its frame, will cost.

        Args:
            administration: Its code.

        Returns:
            DKK in this calendar year.
        """
        self._turn_over()
        return self._frames[administration].forecast / 100

    # -- what waits ---------------------------------------------------------------------------------------------

    def holds(self, spell: Spell, wanted: float) -> bool:
        """Hold a grant back until New Year that is about to look for a place, if that is what the rule says.

        Args:
            spell: What has been granted.
            wanted: The day from which it is to run. What is to begin after New Year burdens another year.
        """
        if spell.service.config.statutory:
            return False
        world = self._world
        payer = world.payer_of(spell.row)
        frame = self._frames.get(payer)
        if frame is None:
            return False
        self._turn_over()
        now = world.env.now
        month = (world.start + dt.timedelta(days=int(now))).month
        if wanted >= self._ends or month < self._from_month[payer] or not self._is_exceeded(frame):
            return False
        row = world.add_event(spell.token, payer, "braked", now, NAN, NAN, "none")
        self._waiting[spell] = row, self._ends
        if self._comes != self._ends:
            self._comes = self._ends
            Happening(world.env, self._ends, self._let_go_on)
        return True

    def _is_exceeded(self, frame: Frame) -> bool:
        whole = self._ends - self._new_year(self._year)
        return frame.forecast > frame.limit * (self._ends - self._begins) / whole * (1.0 + _ROUNDING)

    def _let_go_on(self, _: object) -> None:
        self.let_go_on()

    def let_go_on(self) -> None:
        """Let everything that has waited for this New Year go on, in the order in which it was granted."""
        now = self._world.env.now
        if now < self._comes:
            return
        for spell in sorted(self._waiting, key=lambda spell: spell.row):
            # Somebody who has just begun may have had another one called off.
            row, until = self._waiting.get(spell, (-1, now + 1.0))
            if until <= now:
                del self._waiting[spell]
                self._world.close_event(row, "done")
                spell.seek()

    def called_off(self, spell: Spell) -> None:
        """Take note that a grant is no longer waited for, whatever it was that it waited for."""
        waiting = self._waiting.pop(spell, None)
        if waiting is not None:
            self._world.close_event(waiting[0], "withdrawn")


def brake_of(world: World) -> BrakeRun | None:
    """Return the brakes of a municipality, or None if no administration has one."""
    if all(administration.brake is None for administration in world.scenario.administrations.values()):
        return None
    return BrakeRun(world)
