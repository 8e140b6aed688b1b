"""Planning for, and turning, 18: where children's law ends.

The transition starts at a date, not at an event, and runs beside the service that the young person still has. On the
birthday the children's services end by law. If support under adult law (or aftercare) is ready, it starts the same
day. Otherwise the children's administration goes on paying (bridging), or the family pays, or there is nothing, until
support starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.journal import NAN
from sim.model.case import Case, Token
from sim.model.environment import Happening
from sim.model.periods import PERIOD, Periods
from sim.model.places import SupplierRun
from sim.model.spell import Spell
from sim.model.varying import Wheel, varying
from sim.scenario.base import ByAttribute
from sim.scenario.pathway import Birthday as BirthdayConfig
from sim.scenario.pathway import Planning as PlanningConfig

if TYPE_CHECKING:
    from sim.model.world import World


class Meanwhile:
    """What somebody has from the birthday until support starts, when it is somebody's bill."""

    def __init__(
        self, world: World, former: Spell, token: Token, kind: str, supplier: SupplierRun, keeps: bool
    ) -> None:
        self._world = world
        self._case = token.case
        self._supplier = supplier if keeps else None
        now = world.env.now
        self._row = world.add_spell(token, former.service.code, kind, former.level, NAN, now)
        world.set_spell(self._row, "supplier", supplier.code)
        world.set_spell(self._row, "start", now)
        if kind == "self_pay":
            world.set_spell(self._row, "payer", world.names["payer"].code("family"))
        if world.brake is not None:
            world.brake.started(self._row, former.service, supplier, former.level)
        self._over = False

    def stop(self, _: object = None) -> None:
        """End it."""
        if self._over:
            return
        self._over = True
        self._world.set_spell(self._row, "end", self._world.env.now)
        if self._world.brake is not None:
            self._world.brake.ended(self._row)
        if self._supplier is not None:
            self._supplier.give_back()
        self._world.help_has_changed(self._case)

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended."""
        return not self._over


class Adulthood:
    """What the 18th birthday brought somebody who still needs support."""

    def __init__(self, world: World, token: Token, birthday: float) -> None:
        self._world = world
        self._gap: int | None = world.open_event(token, "gap", birthday, NAN)
        self._start: int | None = world.open_event(token, "adult_start", birthday, NAN)
        self.meanwhile: Meanwhile | None = None

    def bridged(self) -> None:
        """Take note that the children's administration goes on paying: there is no gap."""
        self._close_gap("bridging")

    def support_started(self, category: str) -> None:
        """Take note that support has started; whatever stood in for it ends."""
        self._close_gap(category)
        self._close_start(category)

    @property
    def is_bridged(self) -> bool:
        """Whether something stands in for support now, whoever pays for it."""
        return self.meanwhile is not None and self.meanwhile.goes_on

    def given_up(self) -> None:
        """Take note that nobody is working on support any longer."""
        self._close_gap("withdrawn")
        self._close_start("withdrawn")

    def _close_gap(self, outcome: str) -> None:
        if self._gap is not None:
            self._world.close_event(self._gap, outcome)
            self._gap = None

    def _close_start(self, outcome: str) -> None:
        if self._start is not None:
            self._world.close_event(self._start, outcome)
            self._start = None
        if self.meanwhile is not None:
            self.meanwhile.stop()


class BirthdayRun:
    """The 18th birthday as the model sees it."""

    def __init__(self, world: World, config: BirthdayConfig) -> None:
        self._world = world
        self._config = config
        self._needs_draw = world.draws.uniform("birthday.needs_support")
        self._needs = varying(world, config.needs_support, lambda _, share: float(share))
        self._meanwhile_draw = world.draws.uniform("birthday.meanwhile")
        self._meanwhile = varying(world, config.meanwhile, lambda _, split: Wheel(split))
        self._application = world.find_step(config.application)

    def needs_support(self, token: Token) -> bool:
        """Return whether the person will still need support after the birthday."""
        return self._needs_draw(token.case.number, 0) < self._needs(token)

    def expect(self, case: Case) -> None:
        """Let the birthday happen when it comes."""
        if self._world.env.now < case.turns_adult < self._world.horizon:
            Happening(self._world.env, case.turns_adult, self._turn_adult, case)

    def _turn_adult(self, event: Happening) -> None:
        world = self._world
        case: Case = event.subject
        childhood = [token for token in case.tokens if token.track.side == "child"]
        ahead = [token for token in case.tokens if token.side == "adult"]
        if not childhood:
            return
        former = case.running.get("child")
        entitled = next((token for token in childhood if token.spell is not None), None)
        witness = former.token if former is not None else entitled or childhood[0]
        needs = self.needs_support(witness)
        for token in ahead:
            if token.spell is not None:
                token.spell.ask_if_due()
        ready = any(token.spell is not None and token.spell.begins <= world.env.now for token in ahead)
        if former is not None and former.service.name in self._config.aftercare_services:
            world.note(witness, "aftercare_target")
        application: Token | None = None
        if needs and not ahead and not case.planned:
            # It is there before childhood ends: at no moment does nobody see to support.
            track = self._application.track
            application = Token(case, track, track.administration, world.env.now)
        if needs and entitled is not None:
            world.note(witness, "turned_18")
            if ahead or application is not None:
                adulthood = case.adulthood = Adulthood(world, witness, case.turns_adult)
                support = case.running.get("adult")
                if support is not None:
                    adulthood.support_started(support.service.config.category)
                elif former is not None and not ready:
                    self._stand_in(adulthood, former)
        for token in childhood:
            world.terminate(token)
        if application is not None:
            world.note(application, "not_planned")
            world.move(application, self._application)

    def _stand_in(self, adulthood: Adulthood, former: Spell) -> None:
        """Let somebody pay, or nobody, until support starts."""
        world = self._world
        token = former.token
        kind = self._meanwhile(token).pick(self._meanwhile_draw(token.case.number, 0))
        supplier = former.supplier
        assert supplier is not None
        if kind == "bridging":
            adulthood.bridged()
            former.keep_place()
            adulthood.meanwhile = Meanwhile(world, former, token, kind, supplier, keeps=True)
            Happening(world.env, world.env.now + self._config.bridging_max_days, adulthood.meanwhile.stop)
        elif kind == "self_pay":
            adulthood.meanwhile = Meanwhile(world, former, token, kind, supplier, keeps=False)
        world.help_has_changed(token.case)


class PlanningRun:
    """The transition track's trigger: a birthday beside a running service."""

    def __init__(self, world: World, config: PlanningConfig, birthday: BirthdayRun) -> None:
        self._world = world
        self._config = config
        self._birthday = birthday
        age = config.start_age
        self._age = varying(world, age, lambda _, years: float(years))
        self._periods: list[tuple[float, float, float]] | None = None
        if isinstance(age, ByAttribute) and age.by == PERIOD:
            stretches = Periods(world.scenario.periods, world.start).stretches()
            self._periods = [
                (age.values[name] if name in age.values else age.values["other"], begins, ends)
                for name, begins, ends in stretches
            ]
        self._track = world.tracks[config.track]
        self._entry = self._track.steps[config.entry]

    def service_started(self, spell: Spell) -> None:
        """Plan for somebody whose children's service has started, now or when the time comes."""
        if spell.service.config.category not in self._config.categories or spell.token.case.planned:
            return
        world = self._world
        case = spell.token.case
        begins = self._begins(spell.token)
        if begins <= world.env.now:
            self._begin(case)
        elif begins < world.horizon:
            Happening(world.env, begins, self._fall_due, case)

    def _begins(self, token: Token) -> float:
        """Return when somebody who has a service reaches the age at which planning starts."""
        world, case = self._world, token.case
        if self._periods is None:
            return world.birthday(case, self._age(token))
        # The age of the day counts, not that of the day on which the service started: when a period begins in which
        # planning starts earlier, those who are old enough by then are planned for from that day on.
        return next(
            day
            for age, begins, ends in self._periods
            if max(day := max(world.birthday(case, age), begins), world.env.now) < ends
        )

    def _fall_due(self, event: Happening) -> None:
        self._begin(event.subject)

    def _begin(self, case: Case) -> None:
        world = self._world
        spell = case.running.get("child")
        if spell is None or case.planned or world.env.now >= case.turns_adult:
            return
        if spell.service.config.category not in self._config.categories:
            return
        if not self._birthday.needs_support(spell.token):
            return
        case.planned = True
        token = Token(case, self._track, spell.token.administration, world.env.now)
        token.own_team = spell.token.own_team
        token.grant = spell.service.name
        world.note(token, "transition_start")
        world.move(token, self._entry)

    def childhood_way_ended(self, case: Case) -> None:
        """Drop the plan of somebody whose children's support has ended before the birthday: the need is over."""
        world = self._world
        if world.env.now >= case.turns_adult or any(token.side != "adult" for token in case.tokens):
            return
        case.planned = False
        for token in list(case.tokens):
            world.note(token, "plan_dropped")
            world.terminate(token)
