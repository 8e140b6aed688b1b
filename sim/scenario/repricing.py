"""Other prices for configurations that have been simulated already.

A price list that is named takes the place of the whole section ``costs``, also of what a scenario says there; single
prices change what is there. Nothing else can be changed: the future would be another one.

One list may be for several scenarios, and name services, suppliers, teams and administrations that only some of them
have. What a scenario lacks is left out of its own list as long as another one has it; what none has is an error.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from sim.scenario.compose import Composer
from sim.scenario.configuration import Configuration, checked
from sim.scenario.errors import PlannerError
from sim.scenario.explain_hydra import Surroundings, from_hydra, known_fields
from sim.scenario.layers import Layer, origin
from sim.scenario.scenario import Scenario
from sim.scenario.sources import COSTS_GROUP, FILE_ENDINGS, PriceFile
from sim.scenario.yamlfile import plain_keys

_COMPLAINTS = (HydraException, OmegaConfBaseException, ValueError)
_ONLY_PRICES = (
    "prices can change without simulating again, and nothing else can, because the future would be another one: "
    "give costs=NAME, costs=FILE.yaml or costs.…=…, or else run sagsflow sweep"
)


@dataclasses.dataclass(frozen=True)
class PriceList:
    """A whole price list that takes the place of another."""

    name: str
    """As it was given: the name of a file of the group ``costs``, or the path of a file."""
    costs: Mapping[str, Any]
    layers: Sequence[Layer]


@dataclasses.dataclass(frozen=True)
class Prices:
    """The prices that are to hold."""

    whole: PriceList | None
    """None: those that there are, with the changes."""
    changes: Sequence[Override]
    given: tuple[str, ...]
    """As they were given."""


def read_prices(overrides: Sequence[str], scenario_folders: Sequence[Path] = ()) -> Prices:
    """Read what a planner says about prices.

    Args:
        overrides: Hydra's overrides of ``costs``; ``costs=NAME`` and ``costs=FILE.yaml`` name a whole price list.
        scenario_folders: A planner's own folders.

    Raises:
        PlannerError: It is not about prices, or cannot be read.
    """
    if not overrides:
        raise PlannerError(f"no prices were given; {_ONLY_PRICES}")
    lists = [override for override in overrides if override.partition("=")[0] == COSTS_GROUP]
    if len(lists) > 1:
        raise PlannerError(
            f"{' and '.join(repr(one) for one in lists)}: only one price list can hold; give one of them"
        )
    file = _file(lists[0]) if lists else None
    with Composer(scenario_folders, price_file=file) as composer:
        parsed = composer.parsed([one for one in overrides if not (file is not None and one == lists[0])])
        for override in parsed:
            _refuse_what_is_no_price(override)
        changes = [override for override in parsed if override.key_or_group != COSTS_GROUP]
        whole = None
        if lists:
            name = PriceFile.NAME if file is not None else _name(parsed)
            whole = PriceList(lists[0].partition("=")[2], *composer.price_list(name))
    return Prices(whole, changes, tuple(overrides))


def _file(override: str) -> Path | None:
    value = override.partition("=")[2].strip().strip("'\"")
    if not value.lower().endswith(FILE_ENDINGS):
        return None
    file = Path(value).expanduser()
    if not file.is_file():
        raise PlannerError(f"'{override}': there is no file {file}")
    return file


def _name(parsed: Iterable[Override]) -> str:
    override = next(override for override in parsed if override.key_or_group == COSTS_GROUP)
    name = override.value()
    if not isinstance(name, str) or not name:
        raise PlannerError(
            f"'{override.input_line}': a price list is given as the name of a file of the group {COSTS_GROUP}, "
            "or as a file that ends in .yaml"
        )
    return name


def _refuse_what_is_no_price(override: Override) -> None:
    key = override.key_or_group
    if key != COSTS_GROUP and not key.startswith(f"{COSTS_GROUP}."):
        raise PlannerError(f"'{override.input_line}' is refused: {_ONLY_PRICES}")
    if override.is_sweep_override():
        raise PlannerError(
            f"'{override.input_line}' names several values, but prices are changed to one; "
            "price the folder once for each, and compare the folders"
        )
    if key == COSTS_GROUP and (override.is_delete() or override.is_add()):
        raise PlannerError(f"'{override.input_line}' is refused: give another price list, as {COSTS_GROUP}=NAME")


def repriced(configurations: Sequence[Configuration], prices: Prices) -> list[Configuration]:
    """Return configurations with other prices, and with nothing else changed.

    Raises:
        PlannerError: The prices are not right for one of them.
    """
    bases = [_base(configuration, prices) for configuration in configurations]
    sections = _changed(bases, configurations, prices.changes)
    scenarios = [configuration.scenario for configuration in configurations]
    results = []
    for configuration, base, section in zip(configurations, bases, sections, strict=True):
        composed = {**configuration.composed, COSTS_GROUP: _own(section, configuration.scenario, scenarios)}
        choices = dict(configuration.choices)
        if prices.whole is not None:
            choices[COSTS_GROUP] = prices.whole.name
        layers = prices.whole.layers if prices.whole is not None else ()
        given = {change.key_or_group: str(change.input_line) for change in prices.changes}
        results.append(
            checked(
                composed,
                choices,
                partial(origin, layers=layers, overrides=given),
                partial(_was_there, below={COSTS_GROUP: base}),
            )
        )
    return results


def _base(configuration: Configuration, prices: Prices) -> Mapping[str, Any]:
    if prices.whole is not None:
        return prices.whole.costs
    return configuration.composed.get(COSTS_GROUP) or {}


def _was_there(keys: Sequence[str | int], below: Mapping[str, Any]) -> bool:
    if keys[0] != COSTS_GROUP:
        return True
    node: Any = below
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node is not None


def _changed(
    bases: Sequence[Mapping[str, Any]], configurations: Sequence[Configuration], changes: Sequence[Override]
) -> list[dict[str, Any]]:
    """Return the price lists with the changes; one that finds nothing in any of the lists is an error."""
    trees = [OmegaConf.create({COSTS_GROUP: dict(base)}) for base in bases]
    for change in changes:
        failures = [_apply(change, tree, its) for tree, its in zip(trees, configurations, strict=True)]
        if all(failures):
            raise next(failure for failure in failures if failure is not None)
    return [_plain(tree) for tree in trees]


def _apply(change: Override, tree: DictConfig, configuration: Configuration) -> PlannerError | None:
    OmegaConf.set_struct(tree, True)
    try:
        if not change.is_delete() and not change.is_add() and _has_its_default(change.key_or_group, tree):
            OmegaConf.update(tree, change.key_or_group, change.value(), merge=True, force_add=True)
        else:
            ConfigLoaderImpl._apply_overrides_to_config([change], tree)
    except _COMPLAINTS as error:
        around = Surroundings({}, _plain_tree(tree), configuration.choices)
        return from_hydra(error, around)
    return None


def _has_its_default(key: str, tree: DictConfig) -> bool:
    """Return whether a key that does not stand in a price list is one that every price list has."""
    parts = key.split(".")
    for depth in range(1, len(parts) + 1):
        if OmegaConf.select(tree, ".".join(parts[:depth])) is None:
            return parts[depth - 1] in known_fields(parts[: depth - 1])
    return False


def _plain_tree(tree: DictConfig) -> dict[str, Any]:
    plain = OmegaConf.to_container(tree, resolve=True)
    assert isinstance(plain, dict)
    return {str(key): plain_keys(value) for key, value in plain.items()}


def _plain(tree: DictConfig) -> dict[str, Any]:
    section = _plain_tree(tree)[COSTS_GROUP]
    return dict(section)


def _own(section: Mapping[str, Any], scenario: Scenario, others: Sequence[Scenario]) -> dict[str, Any]:
    """Return a price list without what this scenario lacks but another one has."""
    result = dict(section)
    for key, part in (("teams", "teams"), ("frames", "administrations"), ("services", "services")):
        if isinstance(result.get(key), Mapping):
            result[key] = _known(result[key], part, scenario, others)
    services = result.get("services")
    if isinstance(services, Mapping):
        result["services"] = {
            service: _suppliers(service, prices, scenario, others) for service, prices in services.items()
        }
    return result


def _known(entries: Mapping[str, Any], part: str, scenario: Scenario, others: Sequence[Scenario]) -> dict[str, Any]:
    elsewhere = {name for other in others for name in getattr(other, part)} - set(getattr(scenario, part))
    return {name: entry for name, entry in entries.items() if name not in elsewhere}


def _suppliers(service: str, prices: Any, scenario: Scenario, others: Sequence[Scenario]) -> Any:
    if not isinstance(prices, Mapping) or service not in scenario.services:
        return prices
    elsewhere = {name for other in others if service in other.services for name in other.services[service].suppliers}
    elsewhere -= set(scenario.services[service].suppliers)
    return {name: price for name, price in prices.items() if name not in elsewhere}
