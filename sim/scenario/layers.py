"""How files are laid over each other, and which of them a value comes from.

Hydra merges mappings key by key, which is right for a team or a price list but not where a planner puts one *kind* of
thing in the place of another: a uniform distribution laid over a gamma would keep the gamma's mean. Where a file names
another ``distribution``, another attribute ``by`` or another ``kind`` of step than the file below it, its mapping takes
the place of the one below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra._internal.config_repository import IConfigRepository
from hydra.core.config_search_path import ConfigSearchPath
from hydra.core.default_element import ResultDefault
from hydra.plugins.config_source import ConfigResult
from omegaconf import DictConfig, OmegaConf

from sim.scenario.base import Attribute
from sim.scenario.pathway import AnyStep
from sim.scenario.sources import ConfigFolder
from sim.scenario.yamlfile import plain_keys, read_yaml

ATTRIBUTES = frozenset(get_args(Attribute))
STEP_KINDS = frozenset(kind.model_fields["kind"].annotation.__args__[0] for kind in get_args(get_args(AnyStep)[0]))


@dataclass(frozen=True)
class Layer:
    """A file's share of a composed configuration."""

    name: str
    """The group and name by which it was chosen, as ``costs/odense``."""
    package: str
    """The dotted path under which its keys stand; empty for the whole configuration."""
    data: Mapping[str, Any]
    file: Path | None = None
    parent: str = ""
    """The file whose defaults list names this one."""

    def line_of(self, path: str) -> int | None:
        """Return the line on which the file gives a value, if it does."""
        if self.file is None:
            return None
        inner = path
        if self.package:
            if path != self.package and not path.startswith(f"{self.package}."):
                return None
            inner = path[len(self.package) + 1 :]
        return read_yaml(self.file).lines.get(inner) if inner else None


class LayeredLoader(ConfigLoaderImpl):
    """Hydra's loader, which also remembers its layers and lets one kind of thing replace another."""

    def __init__(self, config_search_path: ConfigSearchPath) -> None:
        super().__init__(config_search_path)
        self.layers: list[Layer] = []

    def _load_single_config(self, default: ResultDefault, repo: IConfigRepository) -> ConfigResult:
        result = super()._load_single_config(default, repo)
        name = default.config_path or ""
        if not name.startswith("hydra") and isinstance(result.config, DictConfig):
            data = OmegaConf.to_container(result.config, resolve=False)
            assert isinstance(data, dict)
            package = "" if default.package in (None, "_global_") else str(default.package)
            keyed = {str(key): data[key] for key in data}
            self.layers.append(Layer(name, package, keyed, _file_of(name, repo), default.parent or ""))
        return result

    def _compose_config_from_defaults_list(self, defaults: list[ResultDefault], repo: IConfigRepository) -> DictConfig:
        self.layers = []
        config = super()._compose_config_from_defaults_list(defaults, repo)
        replaced: set[tuple[str, ...]] = set()
        whole: Any = {}
        for layer in self.layers:
            whole = overlaid(whole, layer.data, (), replaced)
        for path in replaced:
            _set(config, path, whole)
        return config


def overlaid(below: Any, above: Any, path: tuple[str, ...], replaced: set[tuple[str, ...]]) -> Any:
    """Return one value laid over another; add to ``replaced`` the places where the other kind took over."""
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return below if above == "???" else above
    if another_kind(below, above):
        replaced.add(path)
        return above
    merged = dict(below)
    for key, value in above.items():
        merged[key] = overlaid(below[key], value, (*path, key), replaced) if key in below else value
    return merged


def another_kind(below: Mapping[Any, Any], above: Mapping[Any, Any]) -> bool:
    """Return whether a mapping is another kind of thing than the one it is laid over."""
    if "distribution" in above:
        return bool(below.get("distribution") != above["distribution"])
    if _is_table(above):
        return bool(below.get("by") != above["by"])
    if _is_table(below):
        return not set(above) <= {"by", "values"}
    return bool({below.get("kind"), above.get("kind")} <= STEP_KINDS and below["kind"] != above["kind"])


def _is_table(mapping: Mapping[Any, Any]) -> bool:
    by = mapping.get("by")
    return isinstance(by, str) and (by in ATTRIBUTES or "values" in mapping)


def _set(config: DictConfig, path: tuple[str, ...], whole: Any) -> None:
    """Put the value at a path of ``whole`` into the configuration, if it is still there."""
    value, node = whole, config
    for key in path:
        if not isinstance(value, Mapping) or key not in value:
            return
        value = value[key]
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value


def _file_of(name: str, repo: IConfigRepository) -> Path | None:
    for source in repo.get_sources():
        if isinstance(source, ConfigFolder) and (file := source.file_of(name)) is not None:
            return file
    return None


def origin(path: str, layers: Sequence[Layer], overrides: Mapping[str, str]) -> str:
    """Return where the value at a dotted path comes from: an override, or the line of a file.

    Args:
        path: The place, or one that does not exist below a place that does.
        layers: The files, the last on top.
        overrides: The overrides of single values by their keys.
    """
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        prefix = ".".join(parts[:length])
        for key, line in overrides.items():
            if prefix == key or (length == len(parts) and prefix.startswith(f"{key}.")):
                return f"given as {line}"
        for layer in reversed(layers):
            number = layer.line_of(prefix)
            if number is not None and layer.file is not None:
                return f"{short(layer.file)}, line {number}"
        for key, line in overrides.items():
            if key.startswith(f"{prefix}."):
                return f"given as {line}"
    return ""


def was_there(keys: Sequence[str | int], layers: Sequence[Layer]) -> bool:
    """Return whether a file gives something other than nothing at a place."""
    for layer in layers:
        package = layer.package.split(".") if layer.package else []
        node: Any = plain_keys(layer.data)
        if list(keys[: len(package)]) != package:
            continue
        for key in keys[len(package) :]:
            node = node.get(key) if isinstance(node, Mapping) else None
        if node is not None:
            return True
    return False


def short(path: Path) -> str:
    """Return a path as seen from the current folder, if it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
