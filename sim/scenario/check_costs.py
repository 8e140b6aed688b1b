"""The price list fits the scenario: accounts, prices, price levels, thresholds, frames.

A price that is missing is an error, never zero; so is a year whose price level nobody has given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

from sim.scenario.costs import Costs, Price, Refund, Series, StaffCost
from sim.scenario.errors import Problem, did_you_mean, listed, unknown
from sim.scenario.scenario import Scenario

STATE = "state"
"""The payer of the refund, and of the appeals board's cases when it is not an administration."""


def check_costs(scenario: Scenario) -> list[Problem]:
    """Return everything about the price list that does not fit: the rest of the scenario, or itself."""
    costs = scenario.costs
    if costs is None:
        return []
    return [
        *_names(scenario, costs),
        *_prices(scenario, costs),
        *_accounts(costs),
        *_levels(scenario, costs),
        *_refund(scenario, costs),
    ]


def _names(scenario: Scenario, costs: Costs) -> Iterator[Problem]:
    for team in costs.teams:
        if team not in scenario.teams:
            yield Problem(f"costs.teams.{team}", unknown("team", team, scenario.teams))
    payer = costs.appeals_board.payer
    if payer != STATE and payer not in scenario.administrations:
        payers = [STATE, *scenario.administrations]
        yield Problem("costs.appeals_board.payer", unknown("payer", payer, payers))
    for administration in costs.frames:
        if administration not in scenario.administrations:
            path = f"costs.frames.{administration}"
            yield Problem(path, unknown("administration", administration, scenario.administrations))


def _prices(scenario: Scenario, costs: Costs) -> Iterator[Problem]:
    for service, prices in costs.services.items():
        path = f"costs.services.{service}"
        if service not in scenario.services:
            yield Problem(path, unknown("service", service, scenario.services))
            continue
        suppliers = scenario.services[service].suppliers
        for supplier in prices:
            if supplier not in suppliers:
                yield Problem(f"{path}.{supplier}", unknown(f"supplier of '{service}'", supplier, suppliers))
    for service, settings in scenario.services.items():
        for supplier in settings.suppliers:
            if supplier not in costs.services.get(service, {}):
                yield Problem(
                    f"costs.services.{service}.{supplier}",
                    "a price is missing (dkk_per_day and account); a service without a price would count as free",
                )


def _accounts(costs: Costs) -> Iterator[Problem]:
    used = list(_used_accounts(costs))
    if not costs.accounts:
        yield Problem(
            "costs.accounts",
            "is missing or empty: list every account that the price list uses, with what people read, as in "
            f"{_as_account(used[0][1])} (used: {listed(sorted({account for _, account in used}))})",
        )
        return
    for path, account in used:
        if account not in costs.accounts:
            yield Problem(
                path,
                f"{unknown('account', account, costs.accounts)}; a further one is added under costs.accounts, as in "
                f"{_as_account(account)}",
            )


def _as_account(account: str) -> str:
    return f"{account}: {{da: ..., en: ...}}"


def _used_accounts(costs: Costs) -> Iterator[tuple[str, str]]:
    """Yield every account that the price list uses, with its path."""
    staff: Iterable[tuple[str, StaffCost]] = [
        ("costs.staff", costs.staff),
        *((f"costs.teams.{team}", price) for team, price in costs.teams.items()),
    ]
    for path, cost in staff:
        yield f"{path}.account", cost.account
    for path, price in _each_price(costs):
        yield f"{path}.account", price.account
        for name in ("once", "transport", "user_charge"):
            part = getattr(price, name)
            if part is not None:
                yield f"{path}.{name}.account", part.account
    yield "costs.appeals_board.account", costs.appeals_board.account
    if costs.refund is not None:
        yield "costs.refund.account", costs.refund.account


def _each_price(costs: Costs) -> Iterator[tuple[str, Price]]:
    for service, prices in costs.services.items():
        for supplier, price in prices.items():
            yield f"costs.services.{service}.{supplier}", price


def _levels(scenario: Scenario, costs: Costs) -> Iterator[Problem]:
    own, level = costs.price_year, costs.level
    if costs.index is None:
        without = "there is no price index (costs.index, with wages and prices)"
        if level.kind == "nominal":
            yield Problem("costs.level.kind", f"'nominal' amounts need an index, and {without}")
        elif level.year not in (None, own):
            yield Problem(
                "costs.level.year",
                f"amounts at the level of {level.year} need an index, and {without}; the price list's own level is "
                f"that of {own}",
            )
        if costs.refund is not None:
            yield Problem(
                "costs.refund",
                f"the refund's thresholds are in each year's own kroner, and {without}; without the refund: "
                "costs.refund=null",
            )
        return
    needed = {own}
    if level.year is not None:
        needed.add(level.year)
    if level.kind == "nominal" or costs.refund is not None:
        needed |= set(simulated_years(scenario))
    for name, series in (("wages", costs.index.wages), ("prices", costs.index.prices)):
        yield from _growth(f"costs.index.{name}", series, needed, own)


def _growth(path: str, series: Series, needed: set[int], own: int) -> Iterator[Problem]:
    years = sorted(int(year) for year in series.percent)
    gaps = [year for before, after in pairwise(years) for year in range(before + 1, after)]
    missing = [year for year in range(min(needed) + 1, max(needed) + 1) if series.percent_to(year) is None]
    unknown_years = sorted({*gaps, *missing})
    if unknown_years:
        first, *more = unknown_years
        later = (
            f", or {path}.later_percent for every year after the last one listed"
            if first > max(years, default=0)
            else ""
        )
        also = f" (also missing: {listed(more)})" if more else ""
        yield Problem(
            f"{path}.percent.{first}",
            f'is missing: the growth from {first - 1} to {first} in per cent, as in "{first}": 3.0{later}{also}; the '
            f"price list is at the level of {own}, and levels of {min(needed)} to {max(needed)} are needed",
        )


def simulated_years(scenario: Scenario) -> range:
    """Return the calendar years that the horizon touches, run-in included."""
    start = scenario.horizon.start
    last = start + dt.timedelta(days=max(scenario.horizon.days - 1, 0))
    return range(start.year, last.year + 1)


def _refund(scenario: Scenario, costs: Costs) -> Iterator[Problem]:
    refund = costs.refund
    if refund is None:
        return
    if refund.payer != STATE:
        yield Problem(
            "costs.refund.payer",
            f"'{refund.payer}' cannot pay the refund{did_you_mean(refund.payer, [STATE])} (allowed: {STATE})",
        )
    for given, thresholds in refund.thresholds_dkk.items():
        for lower, upper in pairwise(thresholds):
            if upper <= lower:
                yield Problem(
                    f"costs.refund.thresholds_dkk.{given}",
                    f"the thresholds must rise, and {upper:.0f} is not above {lower:.0f} "
                    f"({', '.join(f'{threshold:.0f}' for threshold in thresholds)})",
                )
    unknown_years = [year for year in simulated_years(scenario) if not _known(refund, year)]
    if unknown_years:
        first, *more = unknown_years
        beyond = bool(refund.thresholds_dkk) and first > max(int(known) for known in refund.thresholds_dkk)
        later = ", or costs.refund.later_percent for every year after the last one listed" if beyond else ""
        also = f" (also missing: {listed(more)})" if more else ""
        yield Problem(
            f"costs.refund.thresholds_dkk.{first}",
            f"is missing, and {first} is simulated: three thresholds in that year's kroner, as in "
            f'"{first}": [860000, 1680000, 2120000]{later}{also} (given: {listed(refund.thresholds_dkk)})',
        )


def _known(refund: Refund, year: int) -> bool:
    if str(year) in refund.thresholds_dkk:
        return True
    years = [int(known) for known in refund.thresholds_dkk]
    return bool(years) and year > max(years) and refund.later_percent is not None
