"""What things cost, on which account, at which price level, and who pays. Amounts are Danish kroner.

All prices of the list are at the level of one year, ``price_year``. The index brings them to the level of any other
year; what is reported is at the level that ``level`` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.base import Label, Name, NonNegative, Positive, Probability, Strict

OUTSIDE_PAYERS = ("family", "state")
"""Who pays besides the administrations."""

Account = Annotated[str, Field(pattern=r"^\d\.\d{2}\.\d{2}$")]
"""Main account, function and grouping in the authorised municipal chart (*den autoriserede kontoplan*), as
``5.28.20``. It must be one of ``costs.accounts``."""

Year = Annotated[str, Field(pattern=r"^(19|20|21)\d{2}$")]
"""A calendar year as a key of a table."""

Growth = Annotated[float, Field(ge=-50.0, le=100.0)]
"""Per cent from one year to the next."""


class Series(Strict):
    """How a kind of price grows."""

    percent: Mapping[Year, Growth]
    """Growth from the year before to each year, per cent. No year may be missing between the first and the last."""
    later_percent: Growth | None = None
    """Growth to every year after the last one listed. None: a year that is not listed is an error."""

    def percent_to(self, year: int) -> float | None:
        """Return the growth from the year before to a year, per cent; None: that is not known."""
        listed = self.percent.get(str(year))
        beyond = not self.percent or year > max(int(known) for known in self.percent)
        return self.later_percent if listed is None and beyond else listed


class Index(Strict):
    """How prices grow from year to year (*pris- og lønfremskrivning*): wages and other prices apart."""

    wages: Series
    prices: Series


class PriceLevel(Strict):
    """At which price level amounts are reported."""

    kind: Literal["fixed", "nominal"] = "fixed"
    """``fixed``: everything at the level of ``year``. ``nominal``: each year's amounts at that year's own level."""
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    """None: the price list's own year. Not given when nominal."""

    @model_validator(mode="after")
    def _one_level(self) -> PriceLevel:
        if self.kind == "nominal" and self.year is not None:
            raise ValueError("nominal amounts are at each year's own level: leave out 'year'")
        return self


class StaffCost(Strict):
    """What a caseworker costs."""

    dkk_per_year: Positive
    """Salary with pension for one full-time caseworker, DKK a year."""
    overhead: NonNegative
    """Rooms, management and systems, as a share of the salary."""
    account: Account
    overtime_premium: NonNegative = 0.5
    """Paid on top of the salary for an hour of overtime, as a share of it."""
    agency_factor: Positive = 1.0
    """What a caseworker from an agency (*vikar*) costs, as a multiple of the salary; no overhead is added."""
    recruitment_dkk: NonNegative = 0.0
    """Advertising, interviews and introduction for each caseworker who is employed after day 0, DKK."""


class Once(Strict):
    """What is paid one time only."""

    dkk: Positive
    account: Account


class Transport(Strict):
    """What it costs to bring somebody to a service and back."""

    dkk_per_day: Positive
    account: Account


class UserCharge(Strict):
    """What a resident pays towards a service (*egenbetaling*), by income: an income of the municipality."""

    income_dkk_per_year: NonNegative
    """The resident's income that is counted, DKK a year."""
    threshold_dkk_per_year: NonNegative
    share_below: Probability
    """Share of the income up to the threshold."""
    share_above: Probability
    """Share of the income above it."""
    account: Account

    @property
    def dkk_per_year(self) -> float:
        """The charge, DKK a year at the level of the price list."""
        below = min(self.income_dkk_per_year, self.threshold_dkk_per_year)
        return self.share_below * below + self.share_above * (self.income_dkk_per_year - below)


class Price(Strict):
    """What a day of a service costs, and what comes with it."""

    dkk_per_day: Positive
    """Price of a day at need level 2."""
    account: Account
    level_factors: Mapping[Annotated[str, Field(pattern=r"^[1-4]$")], Positive] = {}
    """Price relative to level 2; a level that is not named costs the same as level 2."""
    wage_share: Probability | None = None
    """How much of the price grows with wages; the rest grows with prices. None: ``costs.wage_share``."""
    once: Once | None = None
    """Paid on the day a service begins; not when one goes on that was there before."""
    transport: Transport | None = None
    user_charge: UserCharge | None = None


class BoardCost(Strict):
    """What a case at the National Social Appeals Board costs, and who bears it."""

    dkk_per_case: NonNegative
    payer: Name
    account: Account


class Refund(Strict):
    """The state's refund for particularly expensive individual cases (*særligt dyre enkeltsager*).

    Serviceloven § 176 and barnets lov § 198: a share of what a person's services cost above each of three thresholds.
    """

    thresholds_dkk: Mapping[Year, tuple[Positive, Positive, Positive]]
    """The thresholds of each year in that year's kroner, rising."""
    later_percent: Growth | None = None
    """Growth of the thresholds to every year after the last one listed. None: such a year is an error."""
    shares: tuple[Probability, Probability, Probability]
    """Share refunded of what lies between the first and second, the second and third, and above the third."""
    assessed: Literal["monthly", "yearly"] = "monthly"
    """``monthly``: each month against a twelfth of the thresholds, one-off costs spread over twelve months.
    ``yearly``: each calendar year against the whole."""
    siblings_pooled: bool = True
    """Children's law: whether siblings in one household count as one person."""
    account: Account
    payer: Name = "state"


class Frame(Strict):
    """What an administration may spend in a year (*budgetramme*), net, at the level of the price list."""

    dkk_per_year: Positive
    years: Mapping[Year, Positive] = {}
    """Years in which it is another amount."""


class Costs(Strict):
    """The price list, and how amounts are reported."""

    price_year: Annotated[int, Field(ge=2000, le=2100)]
    """The year whose price level all amounts of the list are at."""
    level: PriceLevel = PriceLevel()
    index: Index | None = None
    """None: amounts can be reported at the level of the price list only, and there is no refund."""
    wage_share: Probability = 0.7
    """How much of the price of a service grows with wages, where the price does not say."""
    discount_percent: Annotated[float, Field(ge=0.0, le=20.0)] = 0.0
    """Per cent a year by which later amounts count less when years are added up (*diskontering*). 0: not."""
    accounts: Mapping[Account, Label] = {}
    """The chart of accounts: every account that the list may use, and what people read."""
    staff: StaffCost
    teams: Mapping[Name, StaffCost] = {}
    """Teams that cost something else than ``staff``."""
    services: Mapping[Name, Mapping[Name, Price]]
    """Price per service and supplier."""
    appeals_board: BoardCost
    refund: Refund | None = None
    """None: the state refunds nothing."""
    frames: Mapping[Name, Frame] = {}
    """Per administration. Administrations that draw on one budget frame share the sum of theirs."""
    self_pay_share: Probability
    """What a family that pays for itself buys, as a share of the price of the service it waits for."""
