"""Reading a planner's YAML as data and nothing but data, and remembering on which line each value stands."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from omegaconf import DictConfig, OmegaConf

from sim.scenario.errors import PlannerError, Problem
from sim.scenario.yamlreader import careful, quick

RESOLVER = re.compile(r"\$\{[^{}]*:")
"""``${oc.env:HOME}`` and its like: a value that is calculated by a function rather than said."""
INSTANTIATION_KEYS = frozenset({"_target_", "_partial_", "_recursive_", "_convert_", "_args_"})
"""Keys by which configuration could make Hydra call code."""

READ_DIFFERENTLY = re.compile("[\t\x85\u2028\u2029\ufeff]")
"""Tabs and rare breaks of lines, which libyaml takes for other data than PyYAML does, or where that refuses them."""

_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null"))
_MERGE_TAG = "tag:yaml.org,2002:merge"


@dataclass(frozen=True)
class YamlFile:
    """What stands in a file: ``data``, and the line (from 1) of each dotted path."""

    path: Path
    text: str
    data: Any
    lines: Mapping[str, int]

    def config(self) -> DictConfig:
        """Return the data as a configuration of Hydra's, which the caller may change.

        Hydra asks for each file anew with every point of a sweep. A copy from bytes takes a tenth of the time that it
        takes to make a configuration from the data.
        """
        copy = pickle.loads(self._pickled)  # noqa: S301 (our own bytes, never written anywhere)
        assert isinstance(copy, DictConfig)
        return copy

    @cached_property
    def _pickled(self) -> bytes:
        return pickle.dumps(OmegaConf.create(self.data))


def read_yaml(path: Path) -> YamlFile:
    """Read a YAML file.

    Raises:
        PlannerError: It is not readable as UTF-8 YAML, or holds something that is not plain data.
    """
    try:
        stat = path.stat()
        return _read(path, stat.st_mtime_ns, stat.st_size)
    except UnicodeDecodeError as error:
        raise PlannerError(
            f"{path} is not text in UTF-8 (byte {error.start}): save it again with the encoding UTF-8"
        ) from None
    except OSError as error:
        raise PlannerError(f"{path} cannot be read: {error.strerror or error}") from None


@lru_cache(maxsize=256)
def _read(path: Path, _modified: int, _size: int) -> YamlFile:
    return parse_yaml(path.read_text(encoding="utf-8-sig"), path)


def parse_yaml(text: str, path: Path) -> YamlFile:
    """Parse the text of a YAML file; ``path`` is for messages."""
    try:
        try:
            return _parsed(text, path, careful() if READ_DIFFERENTLY.search(text) else quick())
        except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
            return _parsed(text, path, careful())
    except yaml.MarkedYAMLError as error:
        raise PlannerError(f"{path} is not valid YAML{_where(error)}") from None
    except yaml.YAMLError as error:
        raise PlannerError(f"{path} is not valid YAML: {error}") from None
    except RecursionError:
        raise PlannerError(f"{path} refers to itself (an alias inside its own anchor)") from None
    except (ValueError, OverflowError) as error:
        # A tag or a spelling promises a number or a date that the text is not.
        raise PlannerError(f"{path} is not valid YAML: {error}") from None


def _parsed(text: str, path: Path, reader: Any) -> YamlFile:
    loader = reader(text)
    try:
        node = loader.get_single_node()
        lines: dict[str, int] = {}
        problems = list(_not_data(node, "", lines)) if node is not None else []
        if problems:
            raise PlannerError(f"{path} holds something that is not plain data:", problems)
        data = loader.construct_document(node) if node is not None else {}
    finally:
        loader.dispose()
    return YamlFile(path, text, plain_keys(data), lines)


def _where(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    place = f", line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
    what = error.problem or error.context or "unreadable"
    hint = ""
    if "\\t" in what or "'\\t'" in str(error):
        hint = " (indent with spaces, not with tabs)"
    elif "mapping values are not allowed" in what:
        hint = " (a colon inside text needs quotes around the text, or the indentation is off)"
    return f"{place}: {what}{hint}"


def _not_data(node: yaml.Node, path: str, lines: dict[str, int]) -> Iterator[Problem]:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if node.tag not in _PLAIN_TAGS and node.tag not in ("tag:yaml.org,2002:timestamp",):
        shown = node.tag.replace("tag:yaml.org,2002:", "!!")
        yield Problem(path, f"the tag {shown} (line {line}) is refused: configuration is data, not code")
        return
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if key_node.tag == _MERGE_TAG:
                yield from _not_data(value_node, path, lines)
                continue
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            inner = f"{path}.{key}" if path else key
            lines[inner] = key_node.start_mark.line + 1
            if key in INSTANTIATION_KEYS:
                yield Problem(
                    inner,
                    f"the key {key} (line {key_node.start_mark.line + 1}) is refused: configuration is data, not code",
                )
            yield from _not_data(value_node, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for position, value_node in enumerate(node.value):
            yield from _not_data(value_node, f"{path}.{position}", lines)
    elif isinstance(node, yaml.ScalarNode) and RESOLVER.search(node.value):
        yield Problem(
            path,
            f"'{node.value}' (line {line}) is refused: only references to other values such as "
            "${horizon.years} are allowed, no functions",
        )


def not_data(value: Any, path: str = "") -> Iterator[Problem]:
    """Yield what is not plain data in configuration that did not come from a file (the command line)."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            place = f"{path}.{key}" if path else str(key)
            if key in INSTANTIATION_KEYS:
                yield Problem(place, f"the key {key} is refused: configuration is data, not code")
            yield from not_data(inner, place)
    elif isinstance(value, list | tuple):
        for position, inner in enumerate(value):
            yield from not_data(inner, f"{path}.{position}")
    elif isinstance(value, str) and RESOLVER.search(value):
        yield Problem(
            path,
            f"'{value}' is refused: only references to other values such as ${{horizon.years}} are allowed, "
            "no functions",
        )


def plain_keys(value: Any) -> Any:
    """Return the value with whole-number keys as text, so that ``1: 0.4`` and ``"1": 0.4`` are the same level."""
    if isinstance(value, Mapping):
        return {
            str(key) if isinstance(key, int) and not isinstance(key, bool) else key: plain_keys(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain_keys(inner) for inner in value]
    return value
