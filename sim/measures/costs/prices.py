"""The price list as the ledger needs it: each spell with the prices of its service, supplier and need level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.measures.frames import Floats, Integers, Table
from sim.scenario.costs import Costs, Price

LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Priced:
    """What each of some spells costs, in øre at the level of the price list. Arrays of equal length."""

    day: Floats
    """A day of it (families who pay for themselves: what they pay)."""
    transport: Floats
    """Transport on a day; 0: none."""
    once: Floats
    """What is paid when it begins; 0: nothing."""
    charge: Floats
    """What the resident pays towards it in a year; 0: nothing."""
    wage_share: Floats
    """How much of all this grows with wages."""
    account: Integers
    transport_account: Integers
    once_account: Integers
    charge_account: Integers
    """Positions in ``accounts``."""
    accounts: tuple[str, ...]


def priced(spells: Table, costs: Costs) -> Priced:
    """Return what spells cost.

    Raises:
        KeyError: A service that was used has no price at its supplier.
    """
    accounts: dict[str, int] = {"": 0}

    def place(item: Any) -> int:
        return accounts.setdefault(item.account, len(accounts)) if item is not None else 0

    services, suppliers = spells.names("service"), spells.names("supplier")
    # The last supplier (code -1) stands for "none"; the last service is never asked for.
    shape = (len(services) + 1, len(suppliers) + 1)
    day = np.full((*shape, max(LEVELS) + 1), np.nan)
    amounts = {name: np.zeros(shape) for name in ("transport", "once", "charge", "wage_share")}
    places = {name: np.zeros(shape, dtype=np.int64) for name in ("account", "transport", "once", "charge")}
    for code, which, price in _offered(services, suppliers, costs):
        for level in LEVELS:
            day[code, which, level] = price.dkk_per_day * price.level_factors.get(str(level), 1.0) * 100
        once, transport, charge = price.once, price.transport, price.user_charge
        amounts["transport"][code, which] = transport.dkk_per_day * 100 if transport else 0.0
        amounts["once"][code, which] = once.dkk * 100 if once else 0.0
        amounts["charge"][code, which] = charge.dkk_per_year * 100 if charge else 0.0
        amounts["wage_share"][code, which] = costs.wage_share if price.wage_share is None else price.wage_share
        for name, item in (("account", price), ("transport", transport), ("once", once), ("charge", charge)):
            places[name][code, which] = place(item)
    service, supplier = spells["service"], spells["supplier"]
    paid = day[service, supplier, np.clip(spells["level"], min(LEVELS), max(LEVELS))]
    if np.isnan(paid).any():
        row = int(np.flatnonzero(np.isnan(paid))[0])
        whose = suppliers[supplier[row]] if supplier[row] >= 0 else "none"
        raise KeyError(f"no price for service {services[service[row]]!r} by supplier {whose!r}")
    self_paid = spells.one_of("kind", "self_pay", "reimbursed")
    found = {name: np.where(self_paid, 0.0, values[service, supplier]) for name, values in amounts.items()}
    return Priced(
        day=paid * np.where(self_paid, costs.self_pay_share, 1.0),
        transport=found["transport"],
        once=found["once"],
        charge=found["charge"],
        wage_share=amounts["wage_share"][service, supplier],
        account=places["account"][service, supplier],
        transport_account=places["transport"][service, supplier],
        once_account=places["once"][service, supplier],
        charge_account=places["charge"][service, supplier],
        accounts=tuple(accounts),
    )


def _offered(services: tuple[str, ...], suppliers: tuple[str, ...], costs: Costs) -> Iterator[tuple[int, int, Price]]:
    """Yield the codes of service and supplier with their price; a supplier of none: that of the first in the list."""
    for code, name in enumerate(services):
        offered: Mapping[str, Price] = costs.services.get(name, {})
        for which, supplier in enumerate((*suppliers, None)):
            price = next(iter(offered.values()), None) if supplier is None else offered.get(supplier)
            if price is not None:
                yield code, which, price
