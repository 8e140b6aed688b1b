"""What Hydra and OmegaConf say about a planner's mistake, told in the planner's own terms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hydra.errors import MissingConfigException, OverrideParseException
from omegaconf.errors import InterpolationKeyError, MissingMandatoryValue, OmegaConfBaseException
from pydantic import BaseModel

from sim.scenario.errors import PlannerError, did_you_mean, listed, nearest, unknown
from sim.scenario.inputs.files import Files
from sim.scenario.places import fields_at
from sim.scenario.scenario import Scenario
from sim.scenario.search import Search
from sim.scenario.settings import Compute, Experiment, Report

SETTINGS: Mapping[str, type[BaseModel]] = {
    "experiment": Experiment,
    "compute": Compute,
    "report": Report,
    "search": Search,
    "files": Files,
}
"""The parts of a configuration that are not the scenario."""


@dataclass(frozen=True)
class Surroundings:
    """What exists where something was not found."""

    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Config groups with their options."""
    composed: Mapping[str, Any] = field(default_factory=dict)
    """The configuration without the overrides of single values."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """The file that was chosen in each group."""
    given: frozenset[str] = frozenset()
    """The files that were chosen by an override, as ``costs/odense``."""


def from_hydra(error: Exception, around: Surroundings) -> PlannerError:
    """Return the planner's error for one of Hydra's or OmegaConf's."""
    if isinstance(error, MissingConfigException):
        return PlannerError(_missing_file(error, around))
    if isinstance(error, OverrideParseException):
        return PlannerError(_unreadable(error))
    if isinstance(error, OmegaConfBaseException):
        return PlannerError(_unresolvable(error, around))
    text = str(error) or str(error.__cause__ or type(error).__name__)
    inner = getattr(error.__cause__, "full_key", None)
    if inner and (match := re.match(r"Could not override '([^']+)'\.\nTo append to your config use \+(.*)", text)):
        # Inside a mapping given as a whole, the key within it is what is unknown.
        key = match[1] if match[1].startswith(str(inner)) else str(inner)
        return PlannerError(unknown_key(key, match[2], around))
    file = re.match(r"In '([^']+)': ", text)
    inside = f"{file[1]}.yaml: " if file else ""
    for pattern, teller in _TELLERS:
        match = re.search(pattern, text)
        if match:
            return PlannerError(inside + teller(match, around))
    if isinstance(error.__cause__, OmegaConfBaseException):
        return PlannerError(_unresolvable(error.__cause__, around))
    return PlannerError(_plain(text))


def _missing_file(error: MissingConfigException, around: Surroundings) -> str:
    wanted = error.missing_cfg_file or ""
    group, _, name = wanted.rpartition("/")
    inside = re.match(r"In '([^']+)': ", str(error))
    in_a_file = inside is not None and inside[1] not in ("config", "hydra/config") and wanted not in around.given
    where = f"{inside[1]}.yaml: " if inside is not None and in_a_file else ""
    options = error.options or around.groups.get(group, ())
    if not name:
        return f"{where}no {group} was named (available: {listed(options)})"
    return where + unknown(group or "configuration file", name, options)


def _unreadable(error: OverrideParseException) -> str:
    line = error.override
    if "=" not in line:
        return f"'{line}' cannot be read: an override has the form key=value (or ~key to delete)"
    key, _, value = line.partition("=")
    if re.search(r"\s", key):
        return f"'{line}' cannot be read: there must be no space before the ="
    if not key.isascii():
        return f"'{line}' cannot be read: a key holds only letters a-z, digits, underscores and dots"
    if not value.isascii() or re.search(r"[^\w.,:\[\]{}()+*/@$?|%\\ -]", value):
        return f"'{line}' cannot be read: text with special characters needs quotation marks inside, {key}='\"...\"'"
    for opening, closing in ("[]", "{}", "()"):
        if value.count(opening) != value.count(closing):
            return f"'{line}' cannot be read: '{opening}' and '{closing}' do not match"
    detail = str(error).splitlines()
    reason = next((text for text in detail if text and "hydra.cc" not in text and line not in text), "")
    return f"'{line}' cannot be read" + (f": {reason}" if reason else "")


def _unresolvable(error: OmegaConfBaseException, around: Surroundings) -> str:
    place = str(error.full_key or "")
    if isinstance(error, InterpolationKeyError):
        wanted = re.search(r"Interpolation key '([^']*)'", str(error))
        name = wanted[1] if wanted else ""
        return f"{place}: refers to '{name}', which does not exist{_suggested(name, around)}"
    if "Recursive interpolation" in str(error):
        return f"{place}: refers to itself"
    if isinstance(error, MissingMandatoryValue):
        return f"{place}: must be given a value (it is ???)"
    return f"{place}: {_plain(str(error))}" if place else _plain(str(error))


def unknown_key(key: str, line: str, around: Surroundings) -> str:
    """Say that a key that was to be changed does not exist, and what it may have been meant to be."""
    if key.startswith("hydra."):
        return f"'{line}': Hydra has no setting '{key}'"
    parts = key.split(".")
    node: Any = around.composed
    for depth, part in enumerate(parts):
        if isinstance(node, Mapping) and part in node:
            node = node[part]
            continue
        above = ".".join(parts[:depth])
        if not isinstance(node, Mapping):
            return f"'{line}' cannot be set: {above} is a single value ({node}) and has no '{part}' inside"
        fields = known_fields(parts[:depth])
        if part in fields and line.startswith("~"):
            return f"'{line}': there is no {key} to delete, it has its default"
        if part in fields:
            return (
                f"'{line}' cannot be set: {key} is not in the configuration yet; to add it, write +{line.lstrip('+')}"
            )
        names = list(dict.fromkeys([*map(str, node), *fields, *(around.groups if depth == 0 else ())]))
        near = nearest(part, names)
        suggestion = ""
        if near is not None:
            rest = parts[depth + 1 :] if near in node or near in around.groups else []
            suggestion = f"; did you mean '{'.'.join([*parts[:depth], near, *rest])}'?"
        missing = ".".join(parts[: depth + 1])
        added = "" if fields or line.startswith("~") else f"; to add '{part}', write +{line}"
        return f"'{line}': there is no '{missing}'{suggestion} (available: {listed(names, limit=30)}){added}"
    return f"'{line}' cannot be set"


def known_fields(parts: Sequence[str]) -> list[str]:
    """Return the keys that may stand below a dotted path of the whole configuration."""
    if not parts:
        return [*(name for name in Scenario.model_fields if name != "seed"), *SETTINGS, "output"]
    if parts[0] in SETTINGS:
        return fields_at(SETTINGS[parts[0]], parts[1:])
    return fields_at(Scenario, parts)


def _suggested(key: str, around: Surroundings) -> str:
    parts = key.split(".")
    node: Any = around.composed
    for depth, part in enumerate(parts):
        if isinstance(node, Mapping) and part in node:
            node = node[part]
            continue
        near = nearest(part, node) if isinstance(node, Mapping) else None
        if near is not None:
            return f"; did you mean '{'.'.join([*parts[:depth], near, *parts[depth + 1 :]])}'?"
        break
    return ""


def _not_in_use(match: re.Match[str], around: Surroundings) -> str:
    key = match[1]
    group = key.split("@")[0]
    if "@" in key or group not in around.groups:
        return f"'{key}' is not among the choices that are made{did_you_mean(key, around.choices)}"
    return (
        f"{key}: nothing chooses a file of '{group}' here, so that another one could take its place "
        f"(choices that are made: {listed(around.choices)}); to add one, write +{group}=..."
    )


def _multiple(match: re.Match[str], around: Surroundings) -> str:
    group, other = match[1], match[2]
    return (
        f"two files of '{group}' are chosen ({around.choices.get(group, other)} is one); choose one: on the command "
        f"line as {group}=NAME without +, in a file as '- override /{group}: NAME'"
    )


def _deleted(match: re.Match[str], around: Surroundings) -> str:
    return unknown_key(match[1], f"~{match[1]}", around)


def _swept(match: re.Match[str], _around: Surroundings) -> str:
    return (
        f"'{match[1]}' names several values: that is for a sweep. To run one, give one value; for a list write "
        "[first,second], for text with a comma put it in quotation marks inside quotation marks"
    )


def _own_swept(match: re.Match[str], _around: Surroundings) -> str:
    return f"'{match[1]}': Hydra's own settings cannot be swept"


def _present(match: re.Match[str], _around: Surroundings) -> str:
    return f"{match[1]}: already exists; to change it, leave out the +"


def _wrong_choice(match: re.Match[str], around: Surroundings) -> str:
    kind = {"NoneType": "nothing (null)", "int": "a number", "float": "a number", "bool": "true or false"}
    return f"a group ({listed(around.groups)}) takes the name of one of its files, not {kind.get(match[1], match[1])}"


_TELLERS = (
    (r"Could not override '([^']+)'\.", _not_in_use),
    (r"Multiple values for ([^ ]+?)\. .*: ([^']*)'", _multiple),
    (r"Could not delete from config\. '([^']+)' does not exist", _deleted),
    (r"Could not delete '([^']+)'\. No match", _deleted),
    (r"Could not append to config\. An item is already at '([^']+)'", _present),
    (r"Ambiguous value for argument '(.*)'\n", _swept),
    (r"Sweep parameters '(.*)' requires --multirun", _swept),
    (r"Sweeping over Hydra's configuration is not supported : '(.*)'", _own_swept),
    (r"Config group override must be a string or a list\. Got (\w+)", _wrong_choice),
)


def _plain(text: str) -> str:
    """Return a library's message without links, its own keys and its search path."""
    head = text.split("\nConfig search path:")[0]
    lines = [line.strip() for line in head.splitlines()]
    kept = [line for line in lines if line and not re.match(r"(full_key|object_type|reference_type|See https?:)", line)]
    return " ".join(kept) or "the configuration cannot be composed"
