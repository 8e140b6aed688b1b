"""Stacks: several scenarios laid over each other and tried as one, as ``scenario=joint_team+weekly_panels``.

To Hydra a stack is an option of the group ``scenario`` that has no file: its defaults list names the parts, in the
order in which they were written, and on top lies what the stack says about itself. Everything else (which file wins,
which line a value comes from) then works as for any other file. Whether the parts agree with each other is
:mod:`sim.scenario.agreement`'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hydra.core.object_type import ObjectType
from hydra.core.plugins import Plugins
from hydra.plugins.config_source import ConfigResult, ConfigSource
from omegaconf import OmegaConf

from sim.scenario.configuration import about_of
from sim.scenario.errors import PlannerError, unknown
from sim.scenario.scenario import About
from sim.scenario.sources import SCENARIO_GROUP, ScenarioFolder, scenario_files

JOIN = "+"
BASELINE = "baseline"


def is_stack(name: str) -> bool:
    """Return whether the name of a scenario is that of a stack."""
    return JOIN in name


def parts_of(name: str) -> tuple[str, ...]:
    """Return the names of the scenarios that a stack is made of, the lowest first."""
    return tuple(name.split(JOIN))


class StackedScenarios(ConfigSource):
    """All stacks of the scenarios in some folders; its path is those folders, one on each line."""

    @staticmethod
    def scheme() -> str:
        """Return the prefix of such a source in Hydra's search path."""
        return "stacks"

    @classmethod
    def address(cls, folders: Sequence[Path]) -> str:
        """Return the entry of Hydra's search path for the stacks of these folders' scenarios."""
        return f"{cls.scheme()}://" + "\n".join(map(str, folders))

    def load_config(self, config_path: str) -> ConfigResult:
        """Return a stack's defaults list, and what it says about itself.

        Raises:
            PlannerError: It is not a stack of scenarios that there are.
        """
        name = config_path.partition("/")[2]
        parts = parts_of(name)
        files = self._files(name, parts)
        content = {
            "defaults": [*(f"/{SCENARIO_GROUP}/{part}" for part in parts), "_self_"],
            "about": _about(parts, [about_of(file) for file in files]),
        }
        return ConfigResult(
            config=OmegaConf.create(content),
            path=f"{self.scheme()}://{name}",
            provider=self.provider,
            header={"package": "_global_"},
        )

    def _files(self, name: str, parts: Sequence[str]) -> list[Path]:
        if any(part != part.strip() for part in parts):
            tidy = JOIN.join(part.strip() for part in parts)
            raise PlannerError(f"'{name}' holds spaces; a stack is written without: {SCENARIO_GROUP}={tidy}")
        if not all(parts):
            raise PlannerError(f"'{name}' lacks a scenario before or after a +; a stack is written as one+other")
        if BASELINE in parts:
            rest = JOIN.join(part for part in parts if part != BASELINE) or BASELINE
            raise PlannerError(
                f"'{name}': the baseline cannot be a part of a stack, because every scenario is laid over the "
                f"municipality as it is today; leave it out: {SCENARIO_GROUP}={rest}"
            )
        sources = [ScenarioFolder(self.provider, f"{ScenarioFolder.scheme()}://{folder}") for folder in self._folders()]
        files: list[Path] = []
        for part in parts:
            found = [file for source in sources if (file := source.file_of(f"{SCENARIO_GROUP}/{part}"))]
            if not found:
                raise PlannerError(f"in '{name}': {unknown(SCENARIO_GROUP, part, self._names())}")
            if found[0] in files:
                once = JOIN.join(dict.fromkeys(parts))
                raise PlannerError(
                    f"'{name}' names the scenario '{part}' twice; once is enough: {SCENARIO_GROUP}={once}"
                )
            files.append(found[0])
        return files

    def _folders(self) -> list[Path]:
        return [Path(line) for line in self.path.splitlines()]

    def _names(self) -> list[str]:
        names = {file.stem for folder in self._folders() for file in scenario_files(folder)}
        return sorted(name for name in names if name != BASELINE and not is_stack(name))

    def available(self) -> bool:
        """Return whether there can be stacks: always."""
        return True

    def is_group(self, config_path: str) -> bool:
        """Return False: the group of the scenarios is that of their folders."""
        return False

    def is_config(self, config_path: str) -> bool:
        """Return whether the name is that of a stack, of scenarios that exist or not."""
        group, _, name = config_path.partition("/")
        return group == SCENARIO_GROUP and is_stack(name)

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """Return nothing: stacks are not listed, there are too many."""
        return []


def _about(parts: Sequence[str], abouts: Sequence[About]) -> dict[str, Any]:
    """Return what a stack says about itself: what its parts say, one after the other."""
    written_for = [about.municipality for about in abouts if about.municipality is not None]
    sources = dict.fromkeys(about.source for about in abouts if about.source)

    def joined(field: str, between: str) -> dict[str, str]:
        return {
            language: between.join(getattr(getattr(a, field), language) for a in abouts) for language in ("da", "en")
        }

    return {
        "label": joined("label", f" {JOIN} "),
        "summary": joined("summary", " "),
        "why": " ".join(about.why for about in abouts),
        "why_da": " ".join(about.why_da or about.why for about in abouts),
        "source": "; ".join(sources),
        "group": abouts[0].group,
        "municipality": written_for[0] if written_for else None,
        "parts": list(parts),
    }


def register() -> None:
    """Make Hydra understand stacks."""
    Plugins.instance().register(StackedScenarios)
