"""A checked configuration: the scenario, and how it is to be run, from composed plain data."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from omegaconf import OmegaConf
from pydantic import BaseModel, ValidationError

from sim.scenario.checks import check
from sim.scenario.errors import PlannerError, Problem
from sim.scenario.explain import from_pydantic, shown
from sim.scenario.inputs.files import FILES, Files, unread, withheld
from sim.scenario.launcher import Launcher
from sim.scenario.removal import Keys, without_removed
from sim.scenario.scenario import About, Scenario
from sim.scenario.search import Search
from sim.scenario.settings import Compute, Experiment, Report
from sim.scenario.sources import SCENARIO_GROUP
from sim.scenario.yamlfile import not_data, read_yaml

M = TypeVar("M", bound=BaseModel)
CHOICES_KEY = "choices"


@dataclass(frozen=True)
class Changed:
    """A value that a stack sets otherwise than the municipality does."""

    path: str
    before: Any
    """What stood there without the stack; None also for nothing."""
    now: Any
    parts: tuple[str, ...]
    """The parts that say so; none: an override of the command line took the place of what they say."""


@dataclass(frozen=True)
class Configuration:
    """One point: a checked scenario, and how it is to be run."""

    scenario: Scenario
    experiment: Experiment
    compute: Compute
    report: Report
    output: Path | None
    """Folder for the results, as the planner gave it; none: one that is named after the time."""
    composed: dict[str, Any]
    """The configuration as plain data, with everything that it got by default."""
    choices: dict[str, str]
    """The file that was chosen in each config group."""
    search: Search | None = None
    """What ``sagsflow optimise`` is asked; None: the configuration says nothing about a search."""
    changed: tuple[Changed, ...] = field(default=(), compare=False)
    """For a stack: what it changes in the municipality, and which of its parts say so."""
    files: Files = field(default_factory=Files)
    """The files of the municipality's own that were read."""
    launcher: Launcher | None = None
    """Who simulates; none: the processes of this machine. Written nowhere, because it decides no figure."""


def checked(
    composed: dict[str, Any],
    choices: Mapping[str, str],
    origin: Callable[[str], str] = lambda _path: "",
    was_there: Callable[[Keys], bool] = lambda _keys: True,
) -> Configuration:
    """Turn composed plain data into a configuration that is right in itself.

    Args:
        composed: Keys and values of the whole configuration. Named entries that are given as nothing are taken away.
        choices: The file that was chosen in each config group.
        origin: Tells where the value at a dotted path comes from, for messages.
        was_there: Tells whether there was something at a place before it was given as nothing.

    Raises:
        PlannerError: It is not right; every problem is named.
    """
    problems: list[Problem] = []
    composed = without_removed(composed, was_there, problems)
    rest = dict(composed)
    experiment = _settings(Experiment, "experiment", rest, problems)
    compute = _settings(Compute, "compute", rest, problems)
    report = _settings(Report, "report", rest, problems)
    search = _settings(Search, "search", rest, problems) if "search" in rest else None
    output = _output(rest.pop("output", None), problems)
    files = validated(Files, rest.pop(FILES, None) or {}, FILES, problems) or Files()
    problems.extend(unread(files))
    if "seed" in rest:
        problems.append(Problem("seed", "the seed is given as experiment.seed"))
    scenario = validated(Scenario, {**rest, "seed": experiment.seed if experiment is not None else 0}, "", problems)
    if scenario is not None:
        problems.extend(check(scenario))
    if problems or scenario is None or experiment is None or compute is None or report is None:
        name = choices.get(SCENARIO_GROUP)
        whose = f" of scenario '{name}'" if name else ""
        count = f" ({len(problems)} problems)" if len(problems) > 1 else ""
        located = [dataclasses.replace(problem, where=origin(problem.path)) for problem in problems]
        raise PlannerError(f"the configuration{whose} is not valid{count}:", located)
    return Configuration(scenario, experiment, compute, report, output, composed, dict(choices), search, files=files)


def validated(model: type[M], data: Any, path: str, problems: list[Problem]) -> M | None:
    """Return a filled model, or None and add what is wrong to ``problems``."""
    found = list(not_data(data, path))
    if found:
        problems.extend(found)
        return None
    try:
        # As JSON, because strict validation of Python objects would refuse lists for tuples and text for dates.
        return model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        problems.extend(from_pydantic(error, model, path))
        return None


def _settings(model: type[M], key: str, rest: dict[str, Any], problems: list[Problem]) -> M | None:
    if key not in rest:
        problems.append(Problem(key, f"is missing; choose a file of the group, as {key}=..."))
        return None
    return validated(model, rest.pop(key), key, problems)


def _output(value: Any, problems: list[Problem]) -> Path | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        problems.append(Problem("output", f"{shown(value)} is not the name of a folder"))
        return None
    return Path(value).expanduser()


def to_yaml(configuration: Configuration) -> str:
    """Return a configuration as YAML that :func:`from_yaml` reads back, without the persons of a caseload file."""
    document = {CHOICES_KEY: configuration.choices, **withheld(configuration.composed)}
    return OmegaConf.to_yaml(OmegaConf.create(document))


def from_yaml(path: Path) -> Configuration:
    """Read and check a configuration that was written with :func:`to_yaml`.

    Raises:
        PlannerError: The file is not such a configuration.
    """
    data = read_yaml(path).data
    if not isinstance(data, dict) or not isinstance(data.get(CHOICES_KEY), dict):
        raise PlannerError(f"{path} is not a composed configuration: it has no section '{CHOICES_KEY}'")
    composed = {key: value for key, value in data.items() if key != CHOICES_KEY}
    return checked(composed, {str(group): str(name) for group, name in data[CHOICES_KEY].items()})


def about_of(file: Path) -> About:
    """Return what a scenario's file says about the scenario.

    Raises:
        PlannerError: It does not say, or not properly.
    """
    data = read_yaml(file).data
    about = data.get("about") if isinstance(data, dict) else None
    if not isinstance(about, dict):
        raise PlannerError(f"{file} does not say what it is: it needs a section 'about' with label, summary and why")
    problems: list[Problem] = []
    result = validated(About, {**about, "name": file.stem}, "about", problems)
    if result is None:
        raise PlannerError(f"{file} does not say properly what it is:", problems)
    return result
