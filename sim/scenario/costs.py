"""What things cost, on which account, and who pays. Amounts are Danish kroner at the price level of one year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from sim.scenario.base import Name, NonNegative, Positive, Probability, Strict

OUTSIDE_PAYERS = ("family", "state")
"""Who pays besides the administrations."""

Account = Annotated[str, Field(pattern=r"^\d\.\d{2}\.\d{2}$")]
"""Main account, function and grouping in the authorised municipal chart, as ``5.28.20``."""


class StaffCost(Strict):
    """What a caseworker costs."""

    dkk_per_year: Positive
    """Salary with pension for one full-time caseworker, DKK a year."""
    overhead: NonNegative
    """Rooms, management and systems, as a share of the salary."""
    account: Account


class Price(Strict):
    """What a day of a service costs."""

    dkk_per_day: Positive
    """Price of a day at need level 2."""
    account: Account
    level_factors: Mapping[Annotated[str, Field(pattern=r"^[1-4]$")], Positive] = {}
    """Price relative to level 2; a level that is not named costs the same as level 2."""


class BoardCost(Strict):
    """What a case at the National Social Appeals Board costs, and who bears it."""

    dkk_per_case: NonNegative
    payer: Name
    account: Account


class Costs(Strict):
    """The price list."""

    price_year: Annotated[int, Field(ge=2000, le=2100)]
    """The year whose price level all amounts are at."""
    staff: StaffCost
    teams: Mapping[Name, StaffCost] = {}
    """Teams that cost something else than ``staff``."""
    services: Mapping[Name, Mapping[Name, Price]]
    """Price per service and supplier."""
    appeals_board: BoardCost
    self_pay_share: Probability
    """What a family that pays for itself buys, as a share of the price of the service it waits for."""
