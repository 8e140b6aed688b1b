"""What a point is called: its name for people, and its label, which is also its folder.

The name is the scenario's name, followed by ``key=value`` for every other override that differs between the points
of the sweep: ``pooled_budget``, or ``baseline, buf_family=60``. The key is the part of the configuration path that a
reader recognises, as short as it can be without meaning two things in one sweep:

* ``teams.buf_family.caseworkers`` (three parts): the middle one, ``buf_family``;
* a longer path: the last two parts, ``own.places``;
* a shorter path, or one whose middle part is ``*``: the last part, ``change_hours``;
* where two swept paths would read the same: one part more for each, until they do not.

A stack's name is the names of its scenarios with ``+`` between them: ``joint_transition_team+pooled_budget``.

The label is the name with the comma written as ``--`` and everything that a shell, Windows or Hydra would trip over
replaced: ``baseline--buf_family-60``.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

LONGEST_LABEL = 80
"""Characters; a longer name is cut and ends in a checksum (Windows allows 260 for the whole path)."""

_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def short_keys(paths: Sequence[str]) -> dict[str, str]:
    """Return the readable key of every swept configuration path; no two are the same."""
    shown = {path: _candidates(path) for path in paths}
    depth = dict.fromkeys(paths, 0)
    while True:
        chosen = {path: shown[path][min(depth[path], len(shown[path]) - 1)] for path in paths}
        shared = {key for key, count in Counter(chosen.values()).items() if count > 1}
        clashing = [path for path in paths if chosen[path] in shared and depth[path] < len(shown[path]) - 1]
        if not clashing:
            return chosen
        for path in clashing:
            depth[path] += 1


def _candidates(path: str) -> list[str]:
    """Return the possible keys of a path, shortest first; the last one is the path itself."""
    parts = path.split(".")
    tails = [".".join(parts[-length:]) for length in range(1, len(parts) + 1)]
    if len(parts) == 3 and parts[1] != "*":
        return [parts[1], *tails[1:]]
    return tails[1:] if len(parts) > 3 else tails


def readable_name(scenario: str, differing: Mapping[str, str]) -> str:
    """Return the readable name of a point from its scenario and its other swept values (readable key to value)."""
    return ", ".join([scenario, *(f"{key}={value}" for key, value in differing.items())])


def unique_labels(names: Iterable[str]) -> list[str]:
    """Return a label for every name: a folder name on every system, unique also where capitals do not count."""
    taken: set[str] = set()
    labels = []
    for name in names:
        base = label = _safe(name)
        number = 2
        while label.lower() in taken:
            label = f"{base}-{number}"
            number += 1
        taken.add(label.lower())
        labels.append(label)
    return labels


def _safe(name: str) -> str:
    label = name.replace(", ", "--").replace("=", "-")
    label = re.sub(r"[^A-Za-z0-9._+-]", "_", label).strip(".") or "point"
    if _RESERVED.match(label):
        label = f"{label}_"
    if len(label) > LONGEST_LABEL:
        label = f"{label[: LONGEST_LABEL - 9].rstrip('.')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return label
