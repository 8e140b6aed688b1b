"""The small town of the journals with another price list, and what its ledger says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journals import Book, small_town

from sim.measures.costs import ledger
from sim.measures.frames import Frames
from sim.scenario import Scenario

REFUND: dict[str, Any] = {
    "thresholds_dkk": {"2023": [12_000, 24_000, 36_000]},
    "later_percent": 10.0,
    "shares": [0.25, 0.5, 0.75],
    "account": "5.22.07",
}
"""By month: 25 % above 1,000 DKK, 50 % above 2,000, 75 % above 3,000; in 2024 all thresholds are 10 % higher."""
INDEX: dict[str, Any] = {
    "wages": {"percent": {"2023": 25.0, "2024": 10.0}, "later_percent": 0.0},
    "prices": {"percent": {"2023": 0.0, "2024": 0.0}, "later_percent": 0.0},
}


def priced_town(
    costs: Mapping[str, Any] | None = None,
    services: Mapping[str, Mapping[str, Any]] | None = None,
    teams: Mapping[str, Mapping[str, Any]] | None = None,
    **changes: Any,
) -> Scenario:
    """Return the small town with changes.

    Args:
        costs: Keys of the price list; those of ``staff`` are added to what is there.
        services: By service: keys that are added to the price at the own supplier.
        teams: By team: keys that are added.
        changes: Other parts of the scenario.
    """
    scenario = small_town()
    assert scenario.costs is not None
    prices = scenario.costs.model_dump()
    for key, value in (costs or {}).items():
        prices[key] = {**prices[key], **value} if key == "staff" else value
    for service, more in (services or {}).items():
        prices["services"][service]["own"].update(more)
    changed = {name: {**team.model_dump(), **(teams or {}).get(name, {})} for name, team in scenario.teams.items()}
    return small_town(costs=prices, teams=changed, **changes)


def amounts(book: Book, scenario: Scenario, *keys: str) -> dict[Any, float]:
    """Return the ledger's amounts in DKK by some of its columns (by part unless given), without sums of 0."""
    booked = ledger(Frames(book.journal(), scenario))
    sums = booked.groupby(list(keys or ["part"]))["oere"].sum() / 100
    return {key: value for key, value in sums.items() if value}
