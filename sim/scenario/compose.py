"""From a planner's files and overrides to a checked configuration.

Hydra composes: defaults, one file of each config group, the scenario, overrides, each laid over the one before. What
comes out is plain data; pydantic checks its form, :mod:`sim.scenario.checks` what its parts say about each other.
Hydra's state is global: it is ours only while a method of :class:`Composer` runs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import hydra
from hydra._internal.config_search_path_impl import ConfigSearchPathImpl
from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra._internal.hydra import Hydra
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf, open_dict
from omegaconf.errors import OmegaConfBaseException

from sim.scenario import sources, stacking
from sim.scenario.agreement import Known, Language, agreed, changed, replaced_places, values_only
from sim.scenario.configuration import Configuration, about_of, checked, from_yaml, to_yaml
from sim.scenario.errors import PlannerError, Problem, did_you_mean
from sim.scenario.explain_hydra import Surroundings, from_hydra
from sim.scenario.inputs.files import Reading
from sim.scenario.launcher import launcher_of, refuse_missing
from sim.scenario.layers import Layer, LayeredLoader, another_kind, origin, was_there
from sim.scenario.scenario import About
from sim.scenario.shipped import configs_folder, scenarios_folder
from sim.scenario.yamlfile import INSTANTIATION_KEYS, not_data, plain_keys

CONFIG_NAME = "config"
OWN_FOLDERS = ("scenarios", "configs")
_COMPLAINTS = (HydraException, OmegaConfBaseException, ValueError)

__all__ = ["Composer", "Configuration", "from_yaml", "to_yaml"]


class Composer:
    """Composes configurations from the folders that come with the tool and from a planner's own.

    Args:
        scenario_folders: A planner's folders, searched first and in this order. Each holds scenarios, or else holds
            a folder ``scenarios`` and perhaps a folder ``configs`` with files of config groups.
        language: In which language reasons are told that scenarios give themselves. None: in that of the reports.
        price_file: A price list that lies in none of the folders; see :meth:`price_list`.

    Raises:
        PlannerError: One of the folders does not exist.
    """

    def __init__(
        self,
        scenario_folders: Sequence[Path] = (),
        language: Language | None = None,
        price_file: Path | None = None,
    ) -> None:
        sources.register()
        stacking.register()
        self._language = language
        self.own_folders = tuple(Path(folder).expanduser().resolve() for folder in scenario_folders)
        """A planner's folders."""
        self._folders: dict[str, list[Path]] = {"scenarios": [], "configs": []}
        for folder in self.own_folders:
            self._add(folder)
        self._folders["scenarios"].append(scenarios_folder())
        self._folders["configs"].append(configs_folder())
        path = ConfigSearchPathImpl()
        path.append("hydra", "pkg://hydra.conf")
        if price_file is not None:
            path.append("prices", f"{sources.PriceFile.scheme()}://{Path(price_file).expanduser().resolve()}")
        path.append("stacks", stacking.StackedScenarios.address(self._folders["scenarios"]))
        for folder in self._folders["scenarios"]:
            path.append("scenarios", f"{sources.ScenarioFolder.scheme()}://{folder}")
        for folder in self._folders["configs"]:
            path.append("main", f"{sources.ConfigFolder.scheme()}://{folder}")
        path.append("schema", "structured://")
        hydra.version.setbase("1.3")
        self._loader = LayeredLoader(path)
        self._hydra = Hydra(task_name="sagsflow", config_loader=self._loader)

    def _add(self, folder: Path) -> None:
        if not folder.is_dir():
            raise PlannerError(f"there is no folder {folder}{_similar_folder(folder)}")
        own = {name: folder / name for name in OWN_FOLDERS if (folder / name).is_dir()}
        for name, inner in (own or {"scenarios": folder}).items():
            self._folders[name].append(inner)

    def __enter__(self) -> Composer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Leave nothing behind: Hydra's global state is given back after every single call."""

    def configuration(self, overrides: Sequence[str] = ()) -> Configuration:
        """Compose and check one configuration.

        Args:
            overrides: Hydra's overrides, without sweeps.

        Raises:
            PlannerError: Something in the files or the overrides is wrong.
        """
        parsed = self._parsed(overrides)
        with self._active():
            config = self._composed([*self._taking_the_place(parsed)], parsed)
            layers = list(self._loader.layers)
        choices = _choices(config)
        launcher = launcher_of(config)
        composed = self._plain(config, parsed)
        about = composed.get("about")
        if isinstance(about, dict):
            if sources.SCENARIO_GROUP not in choices:
                raise PlannerError(
                    "exactly one scenario must be chosen, as scenario=NAME, or several laid over each other, as "
                    "scenario=NAME+OTHER"
                )
            about["name"] = choices[sources.SCENARIO_GROUP]
        given = {override.key_or_group: str(override.input_line) for override in parsed}
        composed = Reading(
            composed, layers, [o.key_or_group for o in parsed if not o.is_delete()], self.own_folders
        ).result()
        result = checked(
            composed, choices, partial(origin, layers=layers, overrides=given), partial(was_there, layers=layers)
        )
        result = dataclasses.replace(result, launcher=launcher)
        if stacking.is_stack(result.scenario.about.name):
            result = dataclasses.replace(
                result, changed=changed(layers, values_only(parsed, self._loader.list_groups("")), composed)
            )
        return result

    def layers(self, overrides: Sequence[str] = ()) -> list[Layer]:
        """Return the files that one configuration is composed from, the last on top.

        Raises:
            PlannerError: Something in the files or the overrides is wrong.
        """
        parsed = self._parsed(overrides)
        with self._active():
            self._composed([*self._taking_the_place(parsed)], parsed)
            return list(self._loader.layers)

    def price_list(self, name: str) -> tuple[dict[str, Any], list[Layer]]:
        """Compose a file of the group ``costs`` by itself, with those that it builds upon.

        Args:
            name: Its name, or :attr:`PriceFile.NAME <sim.scenario.sources.PriceFile.NAME>` for ``price_file``.

        Returns:
            The section ``costs`` of a configuration, and the files that it was composed from.

        Raises:
            PlannerError: There is no such file, or it is not plain data under keys of its own.
        """
        with self._active():
            try:
                config = hydra.compose(f"{sources.COSTS_GROUP}/{name}", return_hydra_config=True)
            except _COMPLAINTS as error:
                raise from_hydra(error, Surroundings(self._groups())) from None
            layers = list(self._loader.layers)
        data = self._plain(config, ()).get(sources.COSTS_GROUP)
        if not isinstance(data, dict):
            raise PlannerError(
                f"'{name}' is not a price list: it must hold the keys of the section 'costs', and no other"
            )
        return data, layers

    def parsed(self, overrides: Sequence[str]) -> list[Override]:
        """Read overrides without applying them.

        Raises:
            PlannerError: One cannot be read, or is something other than plain data.
        """
        return self._parsed(overrides)

    def points(self, overrides: Sequence[str] = ()) -> list[list[str]]:
        """Expand a sweep into the overrides of each of its points.

        What ``hydra.sweeper.params`` names is swept by default; an override of the same key takes its place.

        Raises:
            PlannerError: An override cannot be read, or asks for no points or infinitely many.
        """
        parsed = self._parsed(overrides)
        for override in parsed:
            if override.is_interval_sweep():
                key = override.key_or_group
                raise PlannerError(
                    f"'{override.input_line}' has infinitely many values; name those to try, "
                    f"as {key}=1,2,3 or {key}=range(1,10,3)"
                )
        with self._active():
            try:
                master = self._loader.load_configuration(CONFIG_NAME, list(overrides), RunMode.MULTIRUN, False)
                params = OmegaConf.select(master, "hydra.sweeper.params") or {}
                parser = OverridesParser.create(config_loader=self._loader)
                swept = parser.parse_overrides([*(f"{key}={value}" for key, value in params.items()), *overrides])
                (points,) = BasicSweeper.split_arguments(swept, None)
            except _COMPLAINTS as error:
                raise self._explained(error, parsed) from None
            empty = [o for o in swept if o.is_discrete_sweep() and not list(o.sweep_string_iterator())]
        if empty:
            options = self._groups().get(empty[0].key_or_group, ())
            raise PlannerError(
                f"'{empty[0].input_line}' matches nothing, so there is nothing to run"
                + (f" (available: {', '.join(options)})" if options else "")
            )
        return points

    def scenarios(self) -> list[About]:
        """Return what every scenario says about itself, a planner's own first.

        Raises:
            PlannerError: A scenario's file does not say what it is.
        """
        found: dict[str, About] = {}
        for folder in self._folders["scenarios"]:
            for file in sources.scenario_files(folder):
                if stacking.is_stack(file.stem):
                    raise PlannerError(f"{file}: the name of a scenario cannot hold a +, which stacks scenarios")
                if file.stem not in found:
                    found[file.stem] = about_of(file)
        return list(found.values())

    def _parsed(self, overrides: Sequence[str]) -> list[Override]:
        try:
            parsed = OverridesParser.create().parse_overrides(list(overrides))
        except _COMPLAINTS as error:
            raise from_hydra(error, Surroundings()) from None
        for override in parsed:
            key = override.key_or_group
            if not key:
                raise PlannerError(f"'{override.input_line}' cannot be read: an override has the form key=value")
            if key == "hydra.searchpath":
                raise PlannerError(f"'{override.input_line}': folders of one's own are given with --scenarios FOLDER")
            problems = [] if override.is_sweep_override() else list(not_data(override.value(), key))
            if INSTANTIATION_KEYS & set(key.replace("/", ".").split(".")):
                problems.append(Problem(key, "this key is refused: configuration is data, not code"))
            if problems:
                raise PlannerError(f"'{override.input_line}' is refused:", problems)
        refuse_missing(parsed)
        return parsed

    def _composed(self, lines: list[str], parsed: Sequence[Override]) -> DictConfig:
        self._loader.layers = []
        try:
            config = hydra.compose(CONFIG_NAME, overrides=lines, return_hydra_config=True)
        except _COMPLAINTS as error:
            # What does not go together may well be why an override finds nothing to change: say that first.
            self._agreed(parsed)
            raise self._explained(error, parsed) from None
        self._agreed(parsed)
        return config

    def _agreed(self, parsed: Sequence[Override]) -> None:
        layers = self._loader.layers
        language: Language = self._language or ("en" if _reported_in(layers, parsed) == "en" else "da")
        agreed(layers, parsed, self._known(), language)

    def _known(self) -> Known:
        return Known(lambda: self._loader.list_groups(""), self._loader.get_group_options, self._readable)

    def _readable(self) -> list[About]:
        """Return what the scenarios say about themselves, without those that do not say it properly."""
        found: dict[str, About] = {}
        for folder in self._folders["scenarios"]:
            for file in sources.scenario_files(folder):
                with suppress(PlannerError):
                    found.setdefault(file.stem, about_of(file))
        return list(found.values())

    def _plain(self, config: DictConfig, parsed: Sequence[Override]) -> dict[str, Any]:
        """Return a composed configuration as plain data without Hydra's own part."""
        problems = list(not_data(_without_hydra(config, resolve=False)))
        if problems:
            raise PlannerError("the configuration holds something that is not plain data:", problems)
        try:
            return _without_hydra(config, resolve=True)
        except OmegaConfBaseException as error:
            with self._active():
                raise self._explained(error, parsed) from None

    def _taking_the_place(self, parsed: Sequence[Override]) -> Iterator[str]:
        """Yield the overrides; one that gives another kind of thing is laid in the place of what was there."""
        below: Mapping[str, Any] | None = None
        disputed: set[str] = set()
        for override in parsed:
            line, value = str(override.input_line), override.value()
            if isinstance(value, dict) and not override.is_delete():
                if below is None:
                    below = self._surroundings(parsed).composed
                    disputed = replaced_places(self._loader.layers) - set(self._loader.list_groups(""))
                there = OmegaConf.select(OmegaConf.create(dict(below)), override.key_or_group)
                replaced = isinstance(there, DictConfig) and another_kind(there, value)
                if replaced or override.key_or_group in disputed:
                    if there is not None:
                        yield f"~{override.key_or_group}"
                    line = f"++{line.lstrip('+')}"
            yield line

    def _surroundings(self, parsed: Sequence[Override]) -> Surroundings:
        """Return what the chosen files say, without the overrides of single values."""
        groups = self._groups()
        chosen = [
            str(override.input_line)
            for override in parsed
            if override.key_or_group in groups
            and not override.is_sweep_override()
            and not isinstance(override.value(), dict)
        ]
        all_but_one = [[*chosen[:index], *chosen[index + 1 :]] for index in range(len(chosen))]
        for lines in (chosen, *all_but_one, []):
            try:
                config = hydra.compose(CONFIG_NAME, overrides=lines, return_hydra_config=True)
            except (*_COMPLAINTS, PlannerError):
                continue
            choices = _choices(config)
            return Surroundings(groups, _without_hydra(config, resolve=False), choices)
        return Surroundings(groups)

    def _groups(self) -> dict[str, list[str]]:
        names = self._loader.list_groups("")
        return {name: self._loader.get_group_options(name) for name in names if not name.startswith("hydra")}

    def _explained(self, error: Exception, parsed: Sequence[Override]) -> PlannerError:
        given = frozenset(f"{override.key_or_group}/{override.value()}" for override in parsed)
        return from_hydra(error, dataclasses.replace(self._surroundings(parsed), given=given))

    @contextmanager
    def _active(self) -> Iterator[None]:
        """Let Hydra's global state be ours for a while, also inside a program that uses Hydra itself."""
        instance = GlobalHydra.instance()
        before = instance.hydra
        instance.clear()
        instance.initialize(self._hydra)
        try:
            yield
        finally:
            instance.hydra = before


def _without_hydra(config: DictConfig, *, resolve: bool) -> dict[str, Any]:
    if "hydra" in config:
        with open_dict(config):
            del config["hydra"]
    plain = OmegaConf.to_container(config, resolve=resolve, throw_on_missing=resolve)
    assert isinstance(plain, dict)
    return {str(key): plain_keys(value) for key, value in plain.items()}


def _choices(config: DictConfig) -> dict[str, str]:
    choices = OmegaConf.to_container(config.hydra.runtime.choices)
    assert isinstance(choices, dict)
    return {
        str(group): name
        for group, name in choices.items()
        if isinstance(name, str) and not str(group).startswith("hydra")
    }


def _reported_in(layers: Sequence[Layer], overrides: Sequence[Override]) -> Any:
    """Return the language of the reports, as far as it is known while something may still be wrong."""
    said = [layer.data["report"].get("language") for layer in layers if isinstance(layer.data.get("report"), dict)]
    given = [override.value() for override in overrides if override.key_or_group == "report.language"]
    return next((language for language in [*reversed(given), *reversed(said)] if language), None)


def _similar_folder(folder: Path) -> str:
    parent = folder.parent
    return did_you_mean(folder.name, [entry.name for entry in parent.iterdir()]) if parent.is_dir() else ""
