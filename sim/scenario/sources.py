"""Where Hydra finds configuration: folders of config groups, and folders of scenarios.

A scenario is chosen like an option of a config group (``scenario=baseline``), but its file lies in a folder of its
own, ``scenarios/baseline.yaml``, perhaps in a planner's. Files are read when they are asked for and not before.
"""

from __future__ import annotations

from pathlib import Path

from hydra.core.object_type import ObjectType
from hydra.core.plugins import Plugins
from hydra.plugins.config_source import ConfigLoadError, ConfigResult, ConfigSource

from sim.scenario.errors import PlannerError
from sim.scenario.yamlfile import read_yaml

SCENARIO_GROUP = "scenario"
COSTS_GROUP = "costs"
FILE_ENDINGS = (".yaml", ".yml")


class ConfigFolder(ConfigSource):
    """A folder of config groups, read as plain data."""

    @staticmethod
    def scheme() -> str:
        """Return the prefix of such folders in Hydra's search path."""
        return "configs"

    def file_of(self, config_path: str) -> Path | None:
        """Return the file of a configuration such as ``costs/odense``, if there is one."""
        return _yaml_in(Path(self.path), config_path)

    def folder_of(self, config_path: str) -> Path | None:
        """Return the folder of a config group, if there is one."""
        folder = Path(self.path, config_path)
        return folder if folder.is_dir() else None

    def load_config(self, config_path: str) -> ConfigResult:
        """Read a configuration.

        Raises:
            PlannerError: The file is not plain data.
        """
        file = self.file_of(config_path)
        if file is None:
            raise ConfigLoadError(f"Config not found: {config_path}")
        read = read_yaml(file)
        if not isinstance(read.data, dict):
            raise PlannerError(f"{file} must hold keys with values (key: value), not {_kind(read.data)}")
        header = ConfigSource._get_header_dict(read.text[:512])
        return ConfigResult(config=read.config(), path=self.full_path(), provider=self.provider, header=header)

    def available(self) -> bool:
        """Return whether the folder exists."""
        return Path(self.path).is_dir()

    def is_group(self, config_path: str) -> bool:
        """Return whether there is such a config group."""
        return self.folder_of(config_path) is not None

    def is_config(self, config_path: str) -> bool:
        """Return whether there is such a configuration."""
        return self.file_of(config_path) is not None

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """Return the names of a group's options and of the groups within it."""
        folder = self.folder_of(config_path)
        if folder is None:
            return []
        names: set[str] = set()
        for entry in folder.iterdir():
            if entry.is_dir() and results_filter in (None, ObjectType.GROUP):
                names.add(entry.name)
            if entry.is_file() and entry.suffix in FILE_ENDINGS and results_filter in (None, ObjectType.CONFIG):
                names.add(entry.stem)
        return sorted(names)


class ScenarioFolder(ConfigFolder):
    """A folder of scenarios: the options of the config group ``scenario``."""

    @staticmethod
    def scheme() -> str:
        """Return the prefix of such folders in Hydra's search path."""
        return "scenarios"

    def file_of(self, config_path: str) -> Path | None:
        """Return the file of ``scenario/NAME``, if there is one."""
        group, _, name = config_path.partition("/")
        if group != SCENARIO_GROUP or not name:
            return None
        return _yaml_in(Path(self.path), name)

    def folder_of(self, config_path: str) -> Path | None:
        """Return the folder itself, both for the group ``scenario`` and as the root that holds that group."""
        return Path(self.path) if config_path in ("", SCENARIO_GROUP) else None

    def load_config(self, config_path: str) -> ConfigResult:
        """Read a scenario; its keys are those of the whole configuration, unless its header says otherwise."""
        result = super().load_config(config_path)
        if result.header.get("package") is None:
            result.header["package"] = "_global_"
        return result

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """Return the names of the scenarios."""
        if config_path == "":
            return [SCENARIO_GROUP] if results_filter in (None, ObjectType.GROUP) else []
        if results_filter is ObjectType.GROUP:
            return []
        return super().list(config_path, ObjectType.CONFIG)


class PriceFile(ConfigFolder):
    """A single file, wherever it lies, as an option of the config group ``costs``."""

    NAME = "__file__"
    """The name of the option."""

    @staticmethod
    def scheme() -> str:
        """Return the prefix of such a file in Hydra's search path."""
        return "pricefile"

    def file_of(self, config_path: str) -> Path | None:
        """Return the file, if it is asked for."""
        return Path(self.path) if config_path == f"{COSTS_GROUP}/{self.NAME}" else None

    def folder_of(self, config_path: str) -> Path | None:
        """Return None: it is no folder."""
        return None

    def available(self) -> bool:
        """Return whether the file exists."""
        return Path(self.path).is_file()


def scenario_files(folder: Path) -> list[Path]:
    """Return the files of a folder that are scenarios, sorted."""
    return sorted(path for path in folder.iterdir() if path.suffix in FILE_ENDINGS)


def _yaml_in(folder: Path, name: str) -> Path | None:
    if not name:
        return None
    candidates = [folder / name] if name.endswith(FILE_ENDINGS) else [folder / f"{name}{end}" for end in FILE_ENDINGS]
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else f"only '{value}'"


def register() -> None:
    """Make Hydra understand these kinds of source."""
    plugins = Plugins.instance()
    for source in (ConfigFolder, ScenarioFolder, PriceFile):
        plugins.register(source)
