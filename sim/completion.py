"""What the Tab key completes: commands, options, folders, and the names of what can be chosen.

The shell asks this program at every Tab, so nothing is composed or checked for it: names are those of files that lie
where scenarios and config groups lie.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.installed import configs_folder, scenarios_folder

SHELLS = ("bash", "zsh", "fish", "powershell")
SCENARIO = "scenario"
KEYS = (
    "experiment.replications=",
    "experiment.seed=",
    "horizon.years=",
    "municipality.scale=",
    "compute.n_jobs=",
    "output=",
)
"""Keys of the configuration, other than config groups, that many commands name."""
TAKES_OVERRIDES = "KEY=VALUE"


def code(shell: str) -> str:
    """Return what a shell must read once in order to complete."""
    from argcomplete.shell_integration import shellcode

    text: str = shellcode(["sagsflow"], shell=shell)
    return text.strip() + "\n"


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell, if it is one that asks, and end the process."""
    import argcomplete

    for action in _actions(parser):
        if action.metavar == TAKES_OVERRIDES:
            action.completer = overrides  # type: ignore[attr-defined]
        elif action.metavar in ("FOLDER", "DIR") or action.dest == "output":
            action.completer = argcomplete.DirectoriesCompleter()  # type: ignore[attr-defined]
    argcomplete.autocomplete(parser, always_complete_options=False)


def overrides(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
    """Return what an override that begins so may go on as.

    Args:
        prefix: What was typed of it: ``mun``, ``scenario=ba`` or ``scenario=baseline,po``.
        parsed_args: The arguments before it, for folders of a planner's own.
    """
    given = [getattr(parsed_args, name, None) or [] for name in ("early_scenarios", "late_scenarios")]
    groups = _groups([Path(folder) for folders in given for folder in folders])
    key, equals, value = prefix.partition("=")
    if not equals:
        return sorted([f"{group}=" for group in groups] + list(KEYS))
    separators = ",+" if key == SCENARIO else ","
    done = max((value.rfind(separator) for separator in separators), default=-1) + 1
    return [f"{key}={value[:done]}{name}" for name in sorted(groups.get(key, ()))]


def _groups(own: Iterable[Path]) -> dict[str, set[str]]:
    """Return the names of every config group, those in a planner's own folders too."""
    found: dict[str, set[str]] = {SCENARIO: set(_names(scenarios_folder()))}
    configs = [configs_folder()]
    for folder in own:
        within = folder / "scenarios"
        found[SCENARIO].update(_names(within if within.is_dir() else folder))
        configs.append(folder / "configs")
    for folder in configs:
        for group in (entry for entry in folder.glob("*") if entry.is_dir()):
            found.setdefault(group.name, set()).update(_names(group))
    return found


def _names(folder: Path) -> Iterator[str]:
    return (file.stem for file in folder.glob("*.yaml") if not file.name.startswith("_"))


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _actions(inner)


def write_code(shell: str) -> None:
    """Write what a shell must read to standard output."""
    sys.stdout.write(code(shell))
