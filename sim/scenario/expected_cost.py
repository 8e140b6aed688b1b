"""What an administration expects a case to cost, before anything is decided.

Whoever is asked to take a case looks at what cases like it are usually offered, and at the price list. That is enough
to know whether the case is dear; nobody knows yet which service and which supplier it will be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.scenario.base import shares
from sim.scenario.costs import Costs
from sim.scenario.pathway import Birthday
from sim.scenario.services import Offer, Offers, Service

YEAR_DAYS = 365.25
LEVELS = (1, 2, 3, 4)


class ExpectedCost:
    """The expected yearly cost by need profile, need level and age, from one table of offers.

    The cost of an offer is the mean over its services. Each counts with the price of its first supplier, in the order
    in which the service's suppliers are tried: that is where a case goes as long as there is room.
    """

    def __init__(self, offers: Offers, services: Mapping[str, Service], costs: Costs, profiles: Iterable[str]) -> None:
        by_level = {
            level: [(offer, _dkk_per_year(offer, level, services, costs)) for offer in offers.values()]
            for level in LEVELS
        }
        self._table = {
            (profile, level): [(offer.from_age, dkk) for offer, dkk in offered if covers(offer, profile, level)]
            for profile in profiles
            for level, offered in by_level.items()
        }

    def dkk_per_year(self, profile: str, level: int, age: float) -> float:
        """Return what a case is expected to cost, in DKK a year.

        Raises:
            KeyError: The table offers nothing to such a case.
        """
        for from_age, dkk in self._table[profile, level]:
            if age >= from_age:
                return dkk
        raise KeyError(f"nothing is offered to profile '{profile}' at level {level} and age {age:g}")


def covers(offer: Offer, profile: str, level: int) -> bool:
    """Return whether an offer is for a need profile and level, at some age."""
    return (offer.profiles is None or profile in offer.profiles) and (offer.levels is None or level in offer.levels)


def least_age(side: str, birthday: Birthday | None) -> float:
    """Return the age, in years, from which on a track of a side of the law offers anything.

    Nobody is offered anything under adult law before the birthday: what is expected is what comes then.
    """
    return birthday.age if birthday is not None and side == "adult" else 0.0


def _dkk_per_year(offer: Offer, level: int, services: Mapping[str, Service], costs: Costs) -> float:
    total = 0.0
    for name, share in shares(offer.split).items():
        price = costs.services[name][next(iter(services[name].suppliers))]
        total += share * price.dkk_per_day * price.level_factors.get(str(level), 1.0)
    return total * YEAR_DAYS
