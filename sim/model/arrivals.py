"""Who comes, and who is there on day 0.

The persons of a source are numbered in the order of a stream that no scenario changes: a source that a scenario
lowers is thinned from the same stream, so that person 4,711 is the same child everywhere. A source that a scenario
raises has further streams beside it, each as large as the first and thinned in the same way: the second gives those
who come between once and twice as many, and so on. The thinning can change from day to day.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.journal import NAN
from sim.model.case import Case, Token
from sim.model.clock import WorkingClock
from sim.model.draws import Draw
from sim.model.environment import Happening
from sim.model.named_team import NamedTeam
from sim.model.periods import PERIOD
from sim.model.remaining import remaining
from sim.model.service_step import ServiceStepRun
from sim.model.spell import YEAR_DAYS, Spell
from sim.model.step import StepRun, team_pick
from sim.model.varying import Wheel, varying
from sim.scenario.base import ByAttribute
from sim.scenario.population import (
    FURTHER_ROOM,
    SOURCE_ROOM,
    AgeGroup,
    Matter,
    Open,
    OpenCase,
    Source,
    Stock,
    Traits,
)

if TYPE_CHECKING:
    from sim.model.world import World

FIRST_STOCK = 100
"""Stocks are numbered apart from sources, so that a further source renumbers nobody."""
BLOCK = 4096
ADULT_AGE = 18.0
"""Age in years from which on a person is nobody's sibling."""


class People:
    """Makes the persons of a group: profile, level, age, household."""

    def __init__(self, world: World, name: str, config: Traits, rank: int) -> None:
        self._world = world
        self._first = rank * SOURCE_ROOM
        self._source = name
        self._profile = self._picker("profile", Wheel(config.profiles))
        self._age_group = self._picker("age_group", Wheel(_normalised([group.weight for group in config.ages])))
        self._age: Draw = world.draws.uniform(f"people.{name}.age")
        self._lighter: Draw = world.draws.uniform(f"people.{name}.lighter")
        self._ages = config.ages
        share = world.scenario.municipality.sibling_share
        self._sibling_share = share
        self._sibling: Draw | None = world.draws.uniform(f"people.{name}.sibling") if share > 0.0 else None
        levels = config.levels
        splits = levels.values if isinstance(levels, ByAttribute) else {"other": levels}
        self._levels = {profile: self._picker("level", Wheel(split)) for profile, split in splits.items()}

    def _picker(self, trait: str, wheel: Wheel) -> Callable[[int], str]:
        """Return a function that gives the trait of the person with a number."""
        if len(wheel.names) == 1:
            only = wheel.names[0]
            return lambda number: only
        draw = self._world.draws.uniform(f"people.{self._source}.{trait}")
        return lambda number: wheel.pick(draw(number, 0))

    def known(self, index: int, number: int) -> OpenCase | None:
        """Return what a file says about the ``index``-th of so many persons; None: they are drawn."""
        return None

    def person(self, index: int, lighter: float = 0.0) -> Case:
        """Return the ``index``-th person of the group, arriving now.

        ``lighter`` is the share of those above level 1 who come one need level lower.
        """
        world = self._world
        now = world.env.now
        number = self._first + index
        profile = self._profile(number)
        level = int((self._levels.get(profile) or self._levels["other"])(number))
        if lighter > 0.0 and level > 1 and self._lighter(number, 0) < lighter:
            level -= 1
        born = float(math.floor(now - self._age_at_arrival(number) * YEAR_DAYS))
        return world.new_case(number, self._source, profile, level, born, self._household(number))

    def _age_at_arrival(self, number: int) -> float:
        group = self._ages[int(self._age_group(number))]
        return group.from_age + self._age(number, 0) * (group.to_age - group.from_age)

    def _household(self, number: int) -> int:
        """Return the number of the first child of the household that a person belongs to.

        It may be the number of somebody who does not come in this scenario. Whoever has turned 18 when they come is
        nobody's sibling: households matter to children's law only.
        """
        sibling = self._sibling
        if sibling is None:
            return number
        while (
            number > self._first
            and sibling(number, 0) < self._sibling_share
            and self._age_at_arrival(number) < ADULT_AGE
            and self._age_at_arrival(number - 1) < ADULT_AGE
        ):
            number -= 1
        return number


class KnownPeople(People):
    """The persons of a file. In a scaled municipality every so many of them are there, or each several times."""

    def __init__(self, world: World, name: str, config: Open, rank: int, cases: Sequence[OpenCase]) -> None:
        self._cases = cases
        self._day_of_birth: Draw = world.draws.uniform(f"people.{name}.day_of_birth")
        self._number = max(1, seats(config, world.scenario.municipality.scale))
        # What is not drawn is given a single outcome.
        drawn = {"profiles": {"": 1.0}, "ages": (AgeGroup(from_age=0, to_age=1, weight=1),)}
        super().__init__(world, name, config.model_copy(update=drawn), rank)
        draw_level = self._levels
        self._profile = lambda number: self._case(number).profile
        self._levels = {
            profile: self._known_or(draw_level.get(profile) or draw_level["other"])
            for profile in {case.profile for case in cases}
        }

    def _known_or(self, drawn: Callable[[int], str]) -> Callable[[int], str]:
        return lambda number: self._case(number).level or drawn(number)

    def _case(self, number: int) -> OpenCase:
        return self._cases[(number - self._first) * len(self._cases) // self._number]

    def known(self, index: int, number: int) -> OpenCase | None:
        """Return what the file says about the ``index``-th of so many persons."""
        assert number == self._number
        return self._case(self._first + index)

    def _age_at_arrival(self, number: int) -> float:
        first, last = self._case(number).born
        days = (last - first).days + 1
        day = (first - self._world.start).days + math.floor(self._day_of_birth(number, 0) * days)
        # Half a day earlier, so that rounding cannot lead to another day.
        return -(day + 0.5) / YEAR_DAYS


def seats(config: Open, scale: float) -> int:
    """Return how many persons of a group are there on day 0, in a municipality of another size."""
    number = config.number * scale
    return math.ceil(number - 1e-9) if isinstance(config, Stock) else round(number)


def _normalised(weights: list[float]) -> dict[str, float]:
    total = sum(weights)
    return {str(index): weight / total for index, weight in enumerate(weights)}


class Stream:
    """The arrivals of one source."""

    def __init__(self, world: World, name: str, config: Source, rank: int, scale: float) -> None:
        self._world = world
        self._config = config
        self._people = People(world, name, config, rank)
        self._track = world.tracks[config.track]
        self._entry: StepRun = self._track.first if config.entry is None else self._track.steps[config.entry]
        self._name = name
        self._intensity: npt.NDArray[np.float64] | None = None
        """Arrivals relative to ``per_year`` on each day, if they change."""
        self._lighter: list[float] | None = None
        """The share of those who come one need level lower on each day, if any do."""
        if config.changes:
            dates = [world.start + dt.timedelta(days=day) for day in range(math.ceil(world.horizon) + 1)]
            self._intensity = np.array([config.intensity(date) for date in dates])
            if any(change.lighter > 0.0 for change in config.changes.values()):
                self._lighter = [config.lighter(date) for date in dates]
        self._times = self._arrival_times(scale)
        self._next = 0
        repeats = config.repeats
        if repeats is not None:
            self._repeats = world.draws.uniform(f"people.{name}.repeats")
            self._gap = world.draws.duration(f"people.{name}.gap_days", repeats.gap_days)
            self._repeat_place = world.new_place()
        self._schedule()

    def _arrival_times(self, scale: float) -> list[tuple[float, int]]:
        """Return the time and the number of each person who comes."""
        config = self._config
        world = self._world
        if config.at_days is not None:
            return [(time, index) for index, time in enumerate(sorted(config.at_days)) if time < world.horizon]
        if config.every_days is not None:
            draw = world.draws.duration(f"people.{self._name}.every_days", config.every_days)
            times: list[tuple[float, int]] = []
            time = 0.0
            for index in count():
                time += draw(index, 0)
                if time >= world.horizon:
                    return times
                times.append((time, index))
        assert config.per_year is not None
        intensity = Intensity(
            config,
            world.start,
            world.horizon,
            None if config.calendar is None else world.working_clock(config.calendar),
        )
        expected = config.per_year * scale
        arrivals = self._poisson(intensity, expected, "arrivals", above=0)
        most = config.relative if self._intensity is None else float(self._intensity.max())
        for further in range(1, math.ceil(most)):
            # Persons beyond the baseline's stream get numbers of their own, after all that it could ever have.
            offset = SOURCE_ROOM // 2 + (further - 1) * FURTHER_ROOM
            purpose = "further_arrivals" if further == 1 else f"further_arrivals_{further}"
            more = self._poisson(intensity, expected, purpose, above=further)
            arrivals += [(time, offset + index) for time, index in more]
        return sorted(arrivals)

    def _poisson(self, intensity: Intensity, per_year: float, purpose: str, above: int) -> list[tuple[float, int]]:
        """Return the arrivals of an inhomogeneous Poisson process, by stretching one of rate 1.

        They are thinned to that part of the source's relative intensity which lies from ``above`` to one more.
        """
        if per_year <= 0:
            return []
        world = self._world
        purpose = f"people.{self._name}.{purpose}"
        total = intensity.years * per_year
        reached: list[npt.NDArray[np.float64]] = []
        last = 0.0
        start = world.draws.blocks(purpose)
        for block in count():
            gaps = start(0, block).standard_exponential(BLOCK)
            stretched = last + np.cumsum(gaps)
            reached.append(stretched)
            last = float(stretched[-1])
            if last >= total:
                break
        unit = np.concatenate(reached)
        times = intensity.times(unit[unit < total] / per_year)
        arrivals = [(float(time), index) for index, time in enumerate(times)]
        if self._intensity is None:
            thin = self._config.relative - above
            if thin >= 1.0:
                return arrivals
            keep = world.draws.uniform(f"{purpose}.keep")
            return [(time, index) for time, index in arrivals if keep(index, 0) < thin]
        thin_on = (self._intensity - above).tolist()
        keep = world.draws.uniform(f"{purpose}.keep")
        return [(time, index) for time, index in arrivals if keep(index, 0) < thin_on[int(time)]]

    def _schedule(self) -> None:
        if self._next < len(self._times):
            Happening(self._world.env, self._times[self._next][0], self._arrive)

    def _arrive(self, _: object) -> None:
        time, index = self._times[self._next]
        self._next += 1
        self._schedule()
        case = self._people.person(index, 0.0 if self._lighter is None else self._lighter[int(time)])
        self._enter(case)

    def _enter(self, case: Case) -> None:
        world = self._world
        token = Token(case, self._track, self._track.administration, world.env.now)
        world.notify(token, self._config.kind, self._name)
        repeats = self._config.repeats
        if repeats is not None:
            visit = case.visit(self._repeat_place)
            if self._repeats(case.number, visit) < repeats.probability:
                # Moved into the hours of the same day, a short gap could end before it began.
                again = max(world.env.now, self._in_hours(world.env.now + self._gap(case.number, visit)))
                if again < min(case.turns_adult, world.horizon):
                    Happening(world.env, again, self._come_again, case)
        world.move(token, self._entry)

    def _in_hours(self, time: float) -> float:
        """Return a time of day within the hours at which the source's arrivals come.

        A time after the horizon is left as it is: nobody comes then, and the tables of working days end.
        """
        day = int(time)
        if self._config.calendar is None or day > self._world.horizon:
            return time
        clock = self._world.working_clock(self._config.calendar)
        opens, closes = clock.office_hours
        return clock.next_working_day(day) + opens + (time - day) * (closes - opens)

    def _come_again(self, event: Happening) -> None:
        self._world.comes_back(event.subject)
        self._enter(event.subject)


class Intensity:
    """How arrivals spread over time: working hours and a month pattern, with a mean of ``per_year`` a year."""

    def __init__(self, config: Source, start: dt.date, horizon: float, clock: WorkingClock | None) -> None:
        first = dt.date(start.year, 1, 1)
        last_year = (start + dt.timedelta(days=math.ceil(horizon))).year
        flat = clock is None and len(set(config.months)) == 1
        days = np.arange(math.ceil(horizon) + 1)
        if flat:
            self._knots = np.array([0.0, horizon])
            self._mass = np.array([0.0, horizon / YEAR_DAYS])
            self.years = horizon / YEAR_DAYS
            return
        dates = [start + dt.timedelta(days=int(day)) for day in days]
        months = np.array([config.months[date.month - 1] for date in dates])
        years = np.array([date.year for date in dates])
        work = np.array([1.0 if clock is None or clock.is_working_day(int(day)) else 0.0 for day in days])
        weight = months * work
        mass = np.zeros(len(days))
        for year in range(first.year, last_year + 1):
            of_year = years == year
            whole = _year_weight(config, year, clock)
            mass[of_year] = weight[of_year] / whole
        opens, closes = (0.0, 1.0) if clock is None else clock.office_hours
        knots = np.empty(2 * len(days))
        knots[0::2] = days + opens
        knots[1::2] = days + closes
        cumulative = np.empty(2 * len(days))
        cumulative[1::2] = np.cumsum(mass)
        cumulative[0::2] = cumulative[1::2] - mass
        self._knots = knots
        self._mass = cumulative
        self.years = float(np.interp(horizon, knots, cumulative))

    def times(self, years: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the times at which so many years' worth of arrivals have come."""
        times: npt.NDArray[np.float64] = np.interp(years, self._mass, self._knots)
        return times


def _year_weight(config: Source, year: int, clock: WorkingClock | None) -> float:
    """Return the weight of a whole calendar year, so that each year has the same number of arrivals."""
    total = 0.0
    date = dt.date(year, 1, 1)
    while date.year == year:
        if clock is None or clock.would_work(date):
            total += config.months[date.month - 1]
        date += dt.timedelta(days=1)
    return total


def _administration(world: World, config: Matter | Stock) -> Callable[[Token], int]:
    """Return a function that says which administration is responsible for a case that is open on day 0."""
    if config.administration is None:
        return lambda token: token.track.administration
    return varying(world, config.administration, lambda _, name: world.names["payer"].code(name))


def people_there(world: World, name: str, config: Open, rank: int) -> People:
    """Return the persons of a group that is there on day 0: drawn, or those of a file."""
    if config.cases is None:
        return People(world, name, config, FIRST_STOCK + rank)
    assert isinstance(config.cases, tuple), "cases that are withheld cannot be simulated"
    return KnownPeople(world, name, config, FIRST_STOCK + rank, config.cases)


def seat_initial_matters(world: World, name: str, config: Matter, rank: int, number: int) -> None:
    """Put the persons whose matters are being dealt with on day 0 where they are."""
    people = people_there(world, name, config, rank)
    track = world.tracks[config.track]
    team = None if config.team is None else team_pick(world, config.team)
    administration = _administration(world, config)
    ago = world.draws.duration(f"people.{name}.days_since_request", config.days_since_request)
    for index in range(number):
        known = people.known(index, number)
        case = people.person(index)
        since = None if known is None else known.since
        aware = -ago(case.number, 0) if since is None else float((since - world.start).days)
        token = Token(case, track, track.administration, aware)
        token.administration = administration(token) if known is None else _of(world, known, administration(token))
        own = None if team is None else team(token)
        if isinstance(own, NamedTeam):
            own.take_on(token)
        for clock in config.clocks:
            world.clocks[clock].open(token)
        world.move(token, track.steps[config.step])


def _of(world: World, known: OpenCase, administration: int) -> int:
    return administration if known.administration is None else world.names["payer"].code(known.administration)


def seat_initial_caseload(world: World, name: str, config: Stock, rank: int, number: int) -> None:
    """Put the persons of a stock into the service that they have on day 0."""
    people = people_there(world, name, config, rank)
    track = world.tracks[config.track]
    team = None if config.team is None else team_pick(world, config.team)
    administration = _administration(world, config)
    step = track.steps[config.step]
    assert isinstance(step, ServiceStepRun)
    service = world.services[config.service]
    years = service.config.years
    table = years.values if isinstance(years, ByAttribute) else {"": years}
    by_period = isinstance(years, ByAttribute) and years.by == PERIOD
    purposes = {key: f"people.{name}.spell.{'' if by_period else key}" for key in table}
    progress = {key: world.draws.spell_in_progress(purposes[key], duration) for key, duration in table.items()}
    known_start = {
        key: remaining(world.draws, f"{purposes[key]}.given_start", duration)
        for key, duration in (table.items() if config.cases is not None else ())
    }
    for index in range(number):
        known = people.known(index, number)
        case = people.person(index)
        # Nobody knows any longer when these were asked for.
        token = Token(case, track, track.administration, NAN)
        token.administration = administration(token) if known is None else _of(world, known, administration(token))
        token.grant = config.service
        key = world.attribute(token, years.by) if isinstance(years, ByAttribute) else ""
        key = key if key in progress else "other"
        if known is not None and known.since is not None:
            start = float((known.since - world.start).days)
            left = known_start[key](case.number, -start / YEAR_DAYS) * YEAR_DAYS
        else:
            whole, share = progress[key]
            length = whole(case.number, 0) * YEAR_DAYS
            left = length * share(case.number, 0)
            start = max(left - length, case.born)
        spell = Spell(world, step, token, service, case.level, "initial")
        own = None if team is None else team(token)
        if isinstance(own, NamedTeam):
            own.take_on(token)
        wanted = None if known is None else known.supplier
        supplier = service.take_now(case.number, case.visit(service.place), wanted)
        spell.run(supplier, start, left - start)
