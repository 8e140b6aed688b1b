"""What differs between two composed configurations, said so that a planner recognises it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SHOWN = 8
"""Differences that are listed; further ones are only counted."""

WITHOUT_INFLUENCE = (
    "compute",
    "choices.compute",
    "report",
    "choices.report",
    "output",
    "experiment.confidence",
    "experiment.reference",
    "experiment.name",
    "experiment.precision",
)
"""Paths that do not decide what a replication's figures are."""


def differences(one: Mapping[str, Any], other: Mapping[str, Any], ignored: tuple[str, ...] = ()) -> list[str]:
    """Return the paths at which two configurations differ, as ``path: value there, value here``."""
    skipped = (*WITHOUT_INFLUENCE, *ignored)
    there, here = (dict(_flat(value)) for value in (one, other))
    found = []
    for path in dict.fromkeys([*there, *here]):
        if any(path == skip or path.startswith(f"{skip}.") for skip in skipped):
            continue
        if path not in there or path not in here or there[path] != here[path]:
            found.append(f"{path}: {_shown(there, path)} there, {_shown(here, path)} here")
    return found


def listing(lines: list[str]) -> str:
    """Return differences as indented lines, shortened when there are many."""
    hidden = len(lines) - SHOWN
    more = [f"and {hidden} more"] if hidden > 0 else []
    return "\n".join(f"  {line}" for line in [*lines[:SHOWN], *more])


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def _shown(values: Mapping[str, Any], path: str) -> str:
    return repr(values[path]) if path in values else "absent"
