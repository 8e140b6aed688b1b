"""Values that differ by an attribute of the case, looked up when they are needed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from sim.model.case import Token
from sim.model.draws import Draws
from sim.model.periods import PERIOD, Periods
from sim.scenario.base import ByAttribute, shares
from sim.scenario.durations import Duration

if TYPE_CHECKING:
    from sim.model.world import World

T = TypeVar("T")
Read = Callable[[Token], str]


def reader(world: World, attribute: str) -> Read:
    """Return a function that reads an attribute of a case."""
    match attribute:
        case "profile":
            return lambda token: token.case.profile
        case "level":
            return lambda token: str(token.case.level)
        case "source":
            return lambda token: token.case.source
        case "administration":
            return lambda token: world.administrations[token.administration]
        case "service":
            return lambda token: token.grant or "none"
        case "track":
            return lambda token: token.track.name
        case "open_case":
            return lambda token: "yes" if world.has_other_matter(token) else "no"
        case "age_band":
            bands = list(world.scenario.age_bands)
            limits = list(world.scenario.age_bands.values())
            return lambda token: bands[max(0, bisect_right(limits, world.age(token.case)) - 1)]
        case "match":
            services, profiles = world.scenario.services, world.scenario.profiles
            matches = {(name, profile): it.match(profile) for name, it in services.items() for profile in profiles}
            return lambda token: matches[token.grant, token.case.profile] if token.grant else "none"
        case "period":
            env = world.env
            periods = Periods(world.scenario.periods, world.start)
            return lambda _: periods.at(env.now)
        case _:
            raise ValueError(f"no such attribute: {attribute}")


def varying(world: World, value: Any, make: Callable[[str, Any], T]) -> Callable[[Token], T]:
    """Return a function that gives what ``make`` made of the value that applies to a token.

    ``make`` gets the attribute's value (empty if there is only one) and the value given for it.
    """
    if not isinstance(value, ByAttribute):
        only = make("", value)
        return lambda token: only
    table = _table(value, make)
    read = reader(world, value.by)
    return lambda token: table[read(token)]


def _table(value: Any, make: Callable[[str, Any], T]) -> Table[T]:
    return Table(value.by, {name: make(f".{name}", given) for name, given in value.values.items()})


class Table(dict[str, T]):
    """What was made of each value that is given for an attribute; ``other`` stands for those that are not named."""

    def __init__(self, by: str, made: Mapping[str, T]) -> None:
        super().__init__(made)
        self._by = by

    def __missing__(self, name: str) -> T:
        if "other" not in self:
            raise KeyError(f"no value for {self._by} '{name}'")
        found = self[name] = self["other"]
        return found


def varying_duration(world: World, purpose: str, value: Any) -> Callable[[Token, int], float]:
    """Return a function ``draw(token, visit)`` for a duration that may vary by an attribute."""
    draws: Draws = world.draws
    if not isinstance(value, ByAttribute):
        draw = draws.duration(purpose, value)
        return lambda token, visit: draw(token.case.number, visit)

    # A draw is the same person's in every period, or what changes at New Year would also change what came before it.
    by_period = value.by == PERIOD

    def make(name: str, given: Duration) -> Callable[[int, int], float]:
        return draws.duration(purpose if by_period else purpose + name, given)

    table = _table(value, make)
    read = reader(world, value.by)
    return lambda token, visit: table[read(token)](token.case.number, visit)


class Wheel:
    """Outcomes with probabilities: a uniform draw picks one."""

    __slots__ = ("limits", "names", "weights")

    def __init__(self, split: Mapping[str, float | Literal["rest"]]) -> None:
        plain = shares(split)
        self.names = list(plain)
        self.weights = list(plain.values())
        self.limits = list(accumulate(self.weights))[:-1]

    def pick(self, draw: float) -> str:
        """Return the outcome that a uniform draw in [0, 1) falls on."""
        return self.names[bisect_right(self.limits, draw)]
