"""Random numbers that are addressed, not taken in turn: common random numbers by construction.

A draw belongs to (seed, replication, purpose, case, visit): "how many hours the second assessment of case 4,711
takes". It is the same in every scenario, whatever else happens there. That makes scenarios comparable case by case:
one more caseworker changes nothing but what one more caseworker changes.

Draws are made by NumPy in blocks of neighbouring cases when the first of them is asked for. The generator is Philox,
which is made for this: a key per (seed, replication, purpose) and a counter that is set to (visit, block), so no draw
depends on the order in which draws are asked for. Blocks are kept as plain double arrays: about 0.1 microseconds a
look-up, 8 bytes a number.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.scenario.durations import Duration, Exponential, Fixed, Gamma, Lognormal, Triangular, Uniform

Fill = Callable[[np.random.Generator, int], npt.NDArray[np.float64]]
"""Makes a block of draws."""

Draw = Callable[[int, int], float]
"""``draw(case number, visit)``."""

FIRST_BITS = 9
"""First visits come in blocks of 512 cases."""
LATER_BITS = 7
"""Later visits are rarer: blocks of 128 cases."""
_FIRST_MASK = (1 << FIRST_BITS) - 1
_LATER_MASK = (1 << LATER_BITS) - 1


def purpose_code(purpose: str) -> int:
    """Return a number for a purpose that does not depend on which other purposes there are."""
    return zlib.crc32(purpose.encode())


class Draws:
    """The source of everything random in one replication."""

    def __init__(self, seed: int, replication: int) -> None:
        self._root = (seed, replication)

    def blocks(self, purpose: str) -> Callable[[int, int], np.random.Generator]:
        """Return a function that gives the generator of a purpose, set to the start of (visit, block)."""
        seed = np.random.SeedSequence((*self._root, purpose_code(purpose)))
        bits = np.random.Philox(seed)
        generator = np.random.Generator(bits)
        fresh = bits.state
        key = fresh["state"]["key"]

        def at(visit: int, block: int) -> np.random.Generator:
            # The two lower words of the counter, 2**128 draws, are left for the block itself.
            fresh["state"] = {"counter": np.array((0, 0, block, visit), dtype=np.uint64), "key": key}
            bits.state = fresh
            return generator

        return at

    def stream(self, purpose: str, fill: Fill) -> Draw:
        """Return the draws of one purpose."""
        first: dict[int, array[float]] = {}
        later: dict[tuple[int, int], array[float]] = {}
        start = self.blocks(purpose)

        def block(size: int, visit: int, number: int) -> array[float]:
            return array("d", fill(start(visit, number), size).tobytes())

        def draw(case: int, visit: int) -> float:
            if visit:
                place = (case >> LATER_BITS, visit)
                values = later.get(place)
                if values is None:
                    values = later[place] = block(1 << LATER_BITS, visit, place[0])
                return values[case & _LATER_MASK]
            values = first.get(case >> FIRST_BITS)
            if values is None:
                values = first[case >> FIRST_BITS] = block(1 << FIRST_BITS, 0, case >> FIRST_BITS)
            return values[case & _FIRST_MASK]

        return draw

    def uniform(self, purpose: str) -> Draw:
        """Return uniform draws in [0, 1)."""
        return self.stream(purpose, lambda generator, size: generator.random(size))

    def duration(self, purpose: str, duration: Duration) -> Draw:
        """Return draws of a duration, in its own unit."""
        value = fixed_value(duration)
        if value is not None:
            constant = value
            return lambda case, visit: constant
        return self.stream(purpose, _sampler(duration))

    def spell_in_progress(self, purpose: str, duration: Duration) -> tuple[Draw, Draw]:
        """Return draws of the whole length of a spell found in progress, and of the share of it that remains.

        A moment picked at random falls into a long spell more often than into a short one: the length has density
        proportional to ``x f(x)``, and the moment is uniform within it. What remains then has the
        stationary-excess distribution with mean ``m (1 + cv^2) / 2``.
        """
        return self.stream(f"{purpose}.whole", _length_biased(duration)), self.uniform(f"{purpose}.remaining")


def fixed_value(duration: Duration) -> float | None:
    """Return the value of a duration that does not vary, or None."""
    if isinstance(duration, Fixed):
        return duration.value
    if isinstance(duration, int | float):
        return float(duration)
    return None


def gamma_shape_scale(mean: float, cv: float) -> tuple[float, float]:
    """Return shape and scale of the gamma distribution with a mean and a coefficient of variation."""
    shape = 1 / cv**2
    return shape, mean / shape


def lognormal_mu_sigma(mean: float, cv: float) -> tuple[float, float]:
    """Return mu and sigma of the lognormal distribution with a mean and a coefficient of variation."""
    variance = math.log1p(cv**2)
    return math.log(mean) - variance / 2, math.sqrt(variance)


def _sampler(duration: Duration) -> Fill:
    match duration:
        case Exponential(mean=mean):
            return lambda generator, size: generator.standard_exponential(size) * mean
        case Gamma(mean=mean, cv=cv):
            shape, scale = gamma_shape_scale(mean, cv)
            return lambda generator, size: generator.standard_gamma(shape, size) * scale
        case Lognormal(mean=mean, cv=cv):
            mu, sigma = lognormal_mu_sigma(mean, cv)
            return lambda generator, size: generator.lognormal(mu, sigma, size)
        case Uniform(low=low, high=high):
            return lambda generator, size: low + generator.random(size) * (high - low)
        case Triangular(low=low, mode=mode, high=high):
            return lambda generator, size: generator.triangular(low, mode, high, size)
        case _:
            raise TypeError(f"not a distribution: {duration!r}")


def _length_biased(duration: Duration) -> Fill:
    """Return a sampler of the density proportional to ``x f(x)``."""
    match duration:
        case Exponential(mean=mean):
            return lambda generator, size: generator.standard_gamma(2.0, size) * mean
        case Gamma(mean=mean, cv=cv):
            shape, scale = gamma_shape_scale(mean, cv)
            return lambda generator, size: generator.standard_gamma(shape + 1, size) * scale
        case Lognormal(mean=mean, cv=cv):
            mu, sigma = lognormal_mu_sigma(mean, cv)
            return lambda generator, size: generator.lognormal(mu + sigma**2, sigma, size)
        case Uniform(low=low, high=high):
            return lambda generator, size: np.sqrt(low**2 + generator.random(size) * (high**2 - low**2))
        case Triangular(high=high):
            return lambda generator, size: _rejected(_sampler(duration), high, generator, size)
        case _:
            value = fixed_value(duration)
            assert value is not None
            return lambda generator, size: np.full(size, value)


def _rejected(sample: Fill, highest: float, generator: np.random.Generator, size: int) -> npt.NDArray[np.float64]:
    """Draw from ``x f(x)`` by accepting a draw of ``f`` with probability ``x / highest``."""
    kept: list[npt.NDArray[np.float64]] = []
    missing = size
    while missing > 0:
        drawn = sample(generator, 2 * size)
        accepted = drawn[generator.random(2 * size) * highest < drawn]
        kept.append(accepted[:missing])
        missing -= len(kept[-1])
    return np.concatenate(kept)
