"""How long a spell goes on of which it is known how long it has lasted.

If a length T exceeds the time e that has passed, its survival function is S(t)/S(e). One uniform draw per case gives
the length by inverse transform: S⁻¹(U · S(e)). So the same case ends at the same place of its distribution in every
scenario, and later wherever lengths are longer (L. Devroye, *Non-Uniform Random Variate Generation*, 1986, ch. II).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.model.draws import Draws, fixed_value, gamma_shape_scale, lognormal_mu_sigma
from sim.scenario.durations import Duration, Exponential, Gamma, Lognormal, Triangular, Uniform

SMALLEST = 1e-290
"""Below this a survival probability is too small to be inverted."""

Remaining = Callable[[int, float], float]
"""``remaining(case number, time that has passed)``, both times in the duration's own unit."""


def remaining(draws: Draws, purpose: str, duration: Duration) -> Remaining:
    """Return draws of what is left of a duration, given what has passed of it.

    Nothing is left of one that has lasted longer than it ever can.
    """
    value = fixed_value(duration)
    if value is not None:
        whole = value
        return lambda case, passed: max(0.0, whole - passed)
    uniform = draws.uniform(purpose)
    left = _left(duration)
    # A draw is in [0, 1), and what is needed is a share of the survivors in (0, 1].
    return lambda case, passed: left(1.0 - uniform(case, 0), passed)


def _left(duration: Duration) -> Callable[[float, float], float]:
    """Return a function of a share p and the time e that has passed: S⁻¹(p · S(e)) − e."""
    match duration:
        case Exponential(mean=mean):
            return lambda share, passed: -mean * math.log(share)
        case Gamma(mean=mean, cv=cv):
            return _gamma(*gamma_shape_scale(mean, cv))
        case Lognormal(mean=mean, cv=cv):
            return _lognormal(*lognormal_mu_sigma(mean, cv))
        case Uniform(low=low, high=high):
            return lambda share, passed: max(0.0, high - share * (high - max(low, passed)) - passed)
        case Triangular(low=low, mode=mode, high=high):
            return _triangular(low, mode, high)
        case _:
            raise TypeError(f"not a distribution: {duration!r}")


def _gamma(shape: float, scale: float) -> Callable[[float, float], float]:
    from scipy.special import gammaincc, gammainccinv

    def left(share: float, passed: float) -> float:
        survivors = share * float(gammaincc(shape, passed / scale))
        if survivors < SMALLEST:
            # So far out in the tail it is as good as exponential.
            return -scale * math.log(share)
        return max(0.0, float(gammainccinv(shape, survivors)) * scale - passed)

    return left


def _lognormal(mu: float, sigma: float) -> Callable[[float, float], float]:
    from scipy.special import log_ndtr, ndtri_exp

    def left(share: float, passed: float) -> float:
        survivors = math.log(share)
        if passed > 0.0:
            survivors += float(log_ndtr((mu - math.log(passed)) / sigma))
        # The quantile that is missed by a share of 1 is 0.
        return 0.0 if survivors == 0.0 else max(0.0, math.exp(mu - sigma * float(ndtri_exp(survivors))) - passed)

    return left


def _triangular(low: float, mode: float, high: float) -> Callable[[float, float], float]:
    width = high - low

    def survival(time: float) -> float:
        if time <= low:
            return 1.0
        if time >= high:
            return 0.0
        if time <= mode:
            return 1.0 - (time - low) ** 2 / (width * (mode - low))
        return (high - time) ** 2 / (width * (high - mode))

    def left(share: float, passed: float) -> float:
        survivors = share * survival(passed)
        if 1.0 - survivors < (mode - low) / width:
            time = low + math.sqrt((1.0 - survivors) * width * (mode - low))
        else:
            time = high - math.sqrt(survivors * width * (high - mode))
        return max(0.0, time - passed)

    return left
