"""What waiting does to people: needs grow, emergencies happen, families give up or pay themselves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.base import Name, NonNegative, Probability, Strict, Varying
from sim.scenario.pathway import StepName


class Acute(Strict):
    """A need that grows so much that help cannot wait."""

    share: Varying[Probability]
    """The share of rises of the need level that are emergencies, by the level risen to, say."""
    to: StepName
    """Where the case goes at once; what it was waiting for is called off."""


class SelfPay(Strict):
    """Families who buy help themselves while they wait (*egenbetaling*)."""

    share: Varying[Probability]
    """The share of those waiting who would."""
    after_days: NonNegative
    """Days of waiting after which they do."""
    decision: StepName | None = None
    """The decision from whose offers they buy what a full grant would have brought. None: the decision appealed."""
    reimbursed: tuple[Name, ...] = ()
    """Outcomes of the wait after which the municipality pays them back, as ``changed``."""


class Waiting(Strict):
    """What may happen from the start of a clock until help starts or the way ends.

    A person's need rises at most to level 4. While the person has a service, or something that stands in for one after
    the 18th birthday, the need does not rise and the family does not give up.
    """

    clock: Name
    """The clock with which it begins. Where the clock belongs to an appeal, it ends with the clock."""
    until: Annotated[str, Field(pattern="^(service|clock)$")] = "service"
    """``service``: it lasts until a service starts; ``clock``: until the clock stops."""
    level_rises_per_month: Varying[NonNegative] = 0.0
    """Rate at which the need level rises by one, per month (30.4 days) of waiting."""
    acute: Acute | None = None
    withdraws_per_month: Varying[NonNegative] = 0.0
    """Rate at which families give up, per month of waiting; the case's way then ends."""
    self_pay: SelfPay | None = None
