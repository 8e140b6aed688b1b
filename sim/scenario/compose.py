"""From a planner's files and overrides to a checked configuration.

Hydra composes: defaults, one file of each config group, the scenario, overrides, each layer on top of the one before.
What comes out is plain data; pydantic checks its form and :mod:`sim.scenario.checks` what its parts say about each
other. Hydra's state is global; it is ours only while a method of :class:`Composer` runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import hydra
from hydra._internal.config_search_path_impl import ConfigSearchPathImpl
from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra._internal.hydra import Hydra
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from pydantic import BaseModel, ValidationError

from sim.scenario import sources
from sim.scenario.checks import check
from sim.scenario.errors import PlannerError, Problem
from sim.scenario.explain import from_pydantic
from sim.scenario.explain_hydra import Surroundings, from_hydra
from sim.scenario.scenario import About, Scenario
from sim.scenario.settings import Compute, Experiment, Report
from sim.scenario.shipped import configs_folder, scenarios_folder
from sim.scenario.yamlfile import INSTANTIATION_KEYS, not_data, plain_keys, read_yaml

CONFIG_NAME = "config"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Configuration:
    """One point: a checked scenario, and how it is to be run."""

    scenario: Scenario
    experiment: Experiment
    compute: Compute
    report: Report
    output: Path | None
    composed: dict[str, Any]
    """The configuration as plain data, with everything that it got by default."""
    choices: dict[str, str]
    """The file that was chosen in each config group."""


class Composer:
    """Composes configurations from the folders that come with the tool and from a planner's own.

    Args:
        scenario_folders: A planner's folders, searched first and in this order. Each holds scenarios, or else holds
            a folder ``scenarios`` and perhaps a folder ``configs`` with config groups.
    """

    def __init__(self, scenario_folders: Sequence[Path] = ()) -> None:
        sources.register()
        self._scenario_folders: list[Path] = []
        self._config_folders: list[Path] = []
        for folder in scenario_folders:
            self._add(Path(folder).expanduser().resolve())
        self._scenario_folders.append(scenarios_folder())
        self._config_folders.append(configs_folder())
        self._hydra = self._new_hydra()

    def _add(self, folder: Path) -> None:
        if not folder.is_dir():
            raise PlannerError(f"the folder of scenarios {folder} does not exist")
        inner = [folder / name for name in ("scenarios", "configs")]
        if not any(path.is_dir() for path in inner):
            self._scenario_folders.append(folder)
        if inner[0].is_dir():
            self._scenario_folders.append(inner[0])
        if inner[1].is_dir():
            self._config_folders.append(inner[1])

    def _new_hydra(self) -> Hydra:
        path = ConfigSearchPathImpl()
        path.append("hydra", "pkg://hydra.conf")
        for folder in self._scenario_folders:
            path.append("scenarios", f"{sources.ScenarioFolder.scheme()}://{folder}")
        for folder in self._config_folders:
            path.append("main", f"{sources.ConfigFolder.scheme()}://{folder}")
        path.append("schema", "structured://")
        with _no_global_hydra():
            hydra.version.setbase("1.3")
            return Hydra.create_main_hydra2(task_name="sagsflow", config_search_path=path)

    def __enter__(self) -> Composer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        pass

    def configuration(self, overrides: Sequence[str] = ()) -> Configuration:
        """Compose and check one configuration.

        Args:
            overrides: Hydra's overrides, without sweeps.

        Raises:
            PlannerError: Something in the files or the overrides is wrong.
        """
        composed, choices = self._composed(list(overrides))
        about = composed.get("about")
        if isinstance(about, dict):
            about["name"] = choices.get(sources.SCENARIO_GROUP, "")
        return checked(composed, choices)

    def points(self, overrides: Sequence[str] = ()) -> list[list[str]]:
        """Expand a sweep into the overrides of each of its points.

        What ``hydra.sweeper.params`` names is swept by default; an override of the same key takes its place.

        Raises:
            PlannerError: An override cannot be read, or asks for infinitely many points.
        """
        parsed = self._parsed(overrides)
        for override in parsed:
            if override.is_interval_sweep():
                raise PlannerError(
                    f"'{override.input_line}': interval() has infinitely many values; name some, "
                    f"as in {override.key_or_group}=1,2,3 or {override.key_or_group}=range(1,10,3)"
                )
        with self._active() as ours:
            try:
                master = ours.config_loader.load_configuration(
                    CONFIG_NAME, list(overrides), run_mode=RunMode.MULTIRUN, from_shell=False
                )
                params = OmegaConf.select(master, "hydra.sweeper.params") or {}
                parser = OverridesParser.create(config_loader=ours.config_loader)
                swept = parser.parse_overrides([*(f"{key}={value}" for key, value in params.items()), *overrides])
                (points,) = BasicSweeper.split_arguments(swept, None)
            except (HydraException, OmegaConfBaseException, ValueError) as error:
                raise from_hydra(error, self._surroundings(ours, overrides)) from None
        if not points:
            empty = [o.input_line for o in swept if o.is_sweep_override() and not list(o.sweep_string_iterator())]
            raise PlannerError(f"the sweep is empty: {', '.join(str(line) for line in empty)} names nothing")
        return points

    def scenarios(self) -> list[About]:
        """Return what every scenario says about itself, a planner's own first.

        Raises:
            PlannerError: A scenario's file does not say what it is.
        """
        found: dict[str, About] = {}
        for folder in self._scenario_folders:
            for file in sorted(path for path in folder.iterdir() if path.suffix in sources.FILE_ENDINGS):
                if file.stem not in found:
                    found[file.stem] = _about(file)
        return list(found.values())

    def _composed(self, overrides: list[str]) -> tuple[dict[str, Any], dict[str, str]]:
        self._parsed(overrides)
        with self._active() as ours:
            try:
                config = hydra.compose(CONFIG_NAME, overrides=overrides, return_hydra_config=True)
                choices = _choices(config)
                bare = OmegaConf.masked_copy(config, [str(key) for key in config if key != "hydra"])
                problems = list(not_data(OmegaConf.to_container(bare, resolve=False)))
                if problems:
                    raise PlannerError("the configuration holds something that is not plain data:", problems)
                plain = OmegaConf.to_container(bare, resolve=True, throw_on_missing=True)
            except (HydraException, OmegaConfBaseException, ValueError) as error:
                raise from_hydra(error, self._surroundings(ours, overrides)) from None
        composed = plain_keys(plain)
        assert isinstance(composed, dict)
        return composed, choices

    def _parsed(self, overrides: Sequence[str]) -> list[Override]:
        try:
            parsed = OverridesParser.create().parse_overrides(list(overrides))
        except (HydraException, ValueError) as error:
            raise from_hydra(error, Surroundings()) from None
        for override in parsed:
            keys = set(override.key_or_group.replace("/", ".").split("."))
            problems = [] if override.is_sweep_override() else list(not_data(override.value(), override.key_or_group))
            if keys & INSTANTIATION_KEYS:
                problems.append(Problem(override.key_or_group, "this key is refused: configuration is data, not code"))
            if problems:
                raise PlannerError(f"'{override.input_line}' is refused:", problems)
        return parsed

    def _surroundings(self, ours: Hydra, overrides: Sequence[str]) -> Surroundings:
        """Return what exists, for the message about something that does not."""
        loader = ours.config_loader
        groups = {group: loader.get_group_options(group) for group in loader.list_groups("") if group != "hydra"}
        groups_only = [
            override.input_line or ""
            for override in OverridesParser.create().parse_overrides(list(overrides))
            if override.key_or_group in groups and not override.is_sweep_override()
        ]
        try:
            config = hydra.compose(CONFIG_NAME, overrides=groups_only)
        except (HydraException, OmegaConfBaseException, ValueError, PlannerError):
            return Surroundings(groups)
        plain = OmegaConf.to_container(config, resolve=False)
        assert isinstance(plain, dict)
        return Surroundings(groups, {str(key): value for key, value in plain.items()})

    @contextmanager
    def _active(self) -> Iterator[Hydra]:
        with _no_global_hydra():
            GlobalHydra.instance().initialize(self._hydra)
            yield self._hydra


@contextmanager
def _no_global_hydra() -> Iterator[None]:
    """Put Hydra's global state aside, so that a program that uses Hydra itself can use this one too."""
    instance = GlobalHydra.instance()
    before = instance.hydra
    instance.clear()
    try:
        yield
    finally:
        instance.hydra = before


def checked(composed: dict[str, Any], choices: Mapping[str, str]) -> Configuration:
    """Turn composed plain data into a configuration that is right in itself.

    Raises:
        PlannerError: It is not; every problem is named.
    """
    rest = dict(composed)
    problems: list[Problem] = []
    settings: dict[str, Any] = {}
    for key, model in (("experiment", Experiment), ("compute", Compute), ("report", Report)):
        settings[key] = _validated(model, rest.pop(key, {}), key, problems)
    output = rest.pop("output", None)
    if output is not None and not isinstance(output, str):
        problems.append(Problem("output", f"{output!r} is not the name of a folder"))
    experiment = settings["experiment"]
    seed = {"seed": experiment.seed} if experiment is not None else {}
    scenario = _validated(Scenario, {**rest, **seed}, "", problems)
    if scenario is not None:
        problems.extend(check(scenario))
    if problems or scenario is None or experiment is None:
        name = choices.get(sources.SCENARIO_GROUP, "")
        raise PlannerError(f"the configuration{f' (scenario {name})' if name else ''} is not valid:", problems)
    return Configuration(
        scenario=scenario,
        experiment=experiment,
        compute=settings["compute"],
        report=settings["report"],
        output=Path(output).expanduser() if output else None,
        composed=composed,
        choices=dict(choices),
    )


def _validated(model: type[M], data: Any, path: str, problems: list[Problem]) -> M | None:
    try:
        # JSON, because strictly read Python objects would refuse lists for tuples and text for dates.
        return model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        problems.extend(from_pydantic(error, model, path))
        return None


def to_yaml(configuration: Configuration) -> str:
    """Write a configuration as YAML that :func:`from_yaml` reads back."""
    document = {"choices": configuration.choices, **configuration.composed}
    return OmegaConf.to_yaml(OmegaConf.create(document))


def from_yaml(path: Path) -> Configuration:
    """Read and check a configuration that was written with :func:`to_yaml`.

    Raises:
        PlannerError: The file is not such a configuration.
    """
    data = read_yaml(path).data
    if not isinstance(data, dict):
        raise PlannerError(f"{path} is not a composed configuration")
    data = dict(data)
    choices = data.pop("choices", {})
    return checked(data, choices)


def _choices(config: DictConfig) -> dict[str, str]:
    choices = OmegaConf.to_container(config.hydra.runtime.choices)
    assert isinstance(choices, dict)
    return {str(key): str(value) for key, value in choices.items() if not str(key).startswith("hydra")}


def _about(file: Path) -> About:
    data = read_yaml(file).data
    about = data.get("about") if isinstance(data, dict) else None
    if not isinstance(about, dict):
        raise PlannerError(f"{file} does not say what it is: it needs a section about: with label, summary and why")
    problems: list[Problem] = []
    result = _validated(About, {**about, "name": file.stem}, "about", problems)
    if result is None:
        raise PlannerError(f"{file} does not say properly what it is:", problems)
    return result
