"""Where scenarios that are laid over each other contradict each other, and what settles it.

They are the parts of a stack (``one+other``), or what the defaults list of a planner's own file names. Of two that set
the same value the last would win, and what was compared would be neither the one nor the other. So a place that two
parts set to different values must be settled by the planner: a value on the command line, or in the file that names
them, holds against both.

Some things only make sense as a whole, and are compared as one: the probabilities of a split (they add up to 1, so
changing one outcome changes the others), and whatever one part replaces by another kind of thing (a gamma by a uniform
distribution, one kind of step by another, a plain value by a table).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException

from sim.scenario.layers import another_kind, overlaid
from sim.scenario.places import is_split_at
from sim.scenario.scenario import Scenario

Path = tuple[str, ...]
UNSAID = frozenset({"about", "evidence"})
"""Sections that say something about the figures and change nothing in the simulation."""
MISSING: Any = "???"
"""Nothing stands there; also what YAML writes for a value that is yet to be given."""
LONGEST_OVERRIDE = 300
"""Characters; a longer one is not suggested, because nobody would type it."""

_BARE = re.compile(r"[A-Za-z][\w./-]*|\d{4}-\d\d-\d\d")
_WORDS = frozenset({"null", "true", "false", "nan", "inf"})


@dataclass(frozen=True)
class Contradiction:
    """A place that parts set to different values."""

    path: Path
    values: tuple[tuple[str, Any], ...]
    """Each part that says something here, with what it says."""
    below: Any
    """What stands here without the parts."""
    replaces: bool = False
    """Whether they want different kinds of thing here, so that nothing of the one must be left in the other."""

    @property
    def place(self) -> str:
        """The place as it is written in an override."""
        return ".".join(self.path)

    @property
    def full(self) -> list[Any]:
        """What would stand here with each of the parts alone."""
        return [
            overlaid(self.below, value, (), set())
            if isinstance(self.below, Mapping) and isinstance(value, Mapping)
            else value
            for _, value in self.values
        ]

    def contested(self, whole: Mapping[str, Any]) -> set[Path]:
        """Return the places of the single values that the parts disagree about, as far as they are still there.

        Args:
            whole: The configuration with all parts laid over each other, without overrides.
        """
        first, *others = self.full
        found = set()
        for path in {path for _, value in self.values for path, _ in leaves(value, self.path)}:
            there, inner = at(whole, path), path[len(self.path) :]
            gone = isinstance(there, Mapping) or there == MISSING
            if not gone and not all(same(at(first, inner), at(other, inner)) for other in others):
                found.add(path)
        return found

    def narrowed(self, whole: Mapping[str, Any]) -> Contradiction:
        """Return the one value that is disputed, if of all that is compared as a whole it is only one."""
        contested = self.contested(whole)
        if self.replaces or len(contested) != 1 or not all(isinstance(value, Mapping) for _, value in self.values):
            return self
        (path,) = contested
        inner = path[len(self.path) :]
        said = tuple((part, at(value, inner)) for part, value in self.values)
        return self if any(value == MISSING for _, value in said) else Contradiction(path, said, at(self.below, inner))


def contradictions(below: Mapping[str, Any], parts: Mapping[str, Mapping[str, Any]]) -> list[Contradiction]:
    """Return every place that two parts set to different values.

    Args:
        below: The configuration without the parts.
        parts: What each part sets.
    """
    said = [(name, {key: data[key] for key in data if key not in UNSAID}) for name, data in parts.items()]
    return list(_found((), below, said))


def _found(path: Path, below: Any, said: Sequence[tuple[str, Any]]) -> Iterator[Contradiction]:
    said = [(part, value) for part, value in said if value != MISSING and value != {}]
    if len(said) < 2:
        return
    if not all(isinstance(value, Mapping) for _, value in said):
        if not all(same(said[0][1], other) for _, other in said[1:]):
            yield Contradiction(path, tuple(said), below, replaces=any(isinstance(v, Mapping) for _, v in said))
        return
    found = Contradiction(path, tuple(said), below)
    if any(another_kind(one, other) for one in found.full for other in found.full if one is not other):
        yield replace(found, replaces=True)
    elif _is_split(path, said):
        if not all(same(found.full[0], other) for other in found.full[1:]):
            yield found
    else:
        for key in dict.fromkeys(key for _, value in said for key in value):
            inner = below.get(key, MISSING) if isinstance(below, Mapping) else MISSING
            yield from _found((*path, key), inner, [(part, value[key]) for part, value in said if key in value])


def _is_split(path: Path, said: Sequence[tuple[str, Any]]) -> bool:
    """Return whether outcomes with their probabilities stand at a place, and not a table of several such."""
    return not any({"by", "values"} & set(value) for _, value in said) and is_split_at(Scenario, path)


def same(one: Any, other: Any) -> bool:
    """Return whether two values are equal; 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return set(one) == set(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every single value with its place; a list is one value, an empty mapping none."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*path, str(key)))
    else:
        yield path, value


def at(whole: Any, path: Path) -> Any:
    """Return what stands at a place, or ``MISSING``."""
    for key in path:
        if not isinstance(whole, Mapping) or key not in whole:
            return MISSING
        whole = whole[key]
    return whole


def is_settled(contradiction: Contradiction, overrides: Sequence[Override], whole: Mapping[str, Any]) -> bool:
    """Return whether overrides say what holds, so that nothing of what the parts disagree about is left.

    Where the parts want different kinds of thing, a mapping given for just that place takes the place of all of it
    (the composer sees to that); anywhere else, every disputed value must be given.

    Args:
        contradiction: The place.
        overrides: Those of the command line.
        whole: The configuration with all parts laid over each other, without overrides.
    """
    path = contradiction.path
    given: set[Path] = set()
    for override in overrides:
        key = tuple(override.key_or_group.split("."))
        value = None if override.is_delete() else override.value()
        if key[: len(path)] != path and path[: len(key)] != key:
            continue
        if isinstance(value, Mapping) and len(key) < len(path):
            value, key = at(value, path[len(key) :]), path
            if value == MISSING:
                continue
        if len(key) <= len(path) and not isinstance(value, Mapping):
            return True
        if contradiction.replaces:
            if tuple(override.key_or_group.split(".")) == path:
                return True
            continue
        given.update(place for place, _ in leaves(value, key))
    contested = contradiction.contested(whole)
    return not contradiction.replaces and bool(contested) and contested <= given


def is_said_over(contradiction: Contradiction, over: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    """Return whether a file over the parts says what holds, so that nothing of what they disagree about is left.

    Args:
        contradiction: The place.
        over: What that file sets.
        whole: The configuration with all parts and that file laid over each other.
    """
    there = at(whole, contradiction.path)
    given = {place for place, _ in leaves(over)}
    if not isinstance(there, Mapping):
        return bool(there == MISSING) or contradiction.path in given
    everything = {place for place, _ in leaves(there, contradiction.path)}
    return (everything if contradiction.replaces else contradiction.contested(whole)) <= given


def settling(contradiction: Contradiction, whole: Mapping[str, Any]) -> list[str]:
    """Return, for each value that a part wants, the override by which it would hold; none if it cannot be typed."""
    path = contradiction.path
    contested = {place[len(path) :] for place in contradiction.contested(whole)}
    found = []
    for wanted in contradiction.full:
        full = wanted
        if isinstance(full, Mapping) and not contradiction.replaces:
            # Of a split only what is disputed needs to be said. An outcome that only another part knows has
            # probability 0 here.
            full = _nested({place: at(full, place) for place in sorted(contested)})
        line = f"{contradiction.place}={typed(full)}"
        if len(line) <= LONGEST_OVERRIDE and _is_read_as(line, full):
            found.append(f'"{line}"' if re.search(r"[^\w.=/+-]", line) else line)
    return list(dict.fromkeys(found))


def _nested(values: Mapping[Path, Any]) -> Any:
    result: dict[str, Any] = {}
    for path, value in values.items():
        node = result
        for key in path[:-1]:
            node = node.setdefault(key, {})
        node[path[-1]] = 0 if value == MISSING else value
    return result


def typed(value: Any) -> str:
    """Return a value as it is written in an override."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {typed(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(typed(inner) for inner in value) + "]"
    if isinstance(value, str):
        plain = _BARE.fullmatch(value) and value.lower() not in _WORDS
        return value if plain else "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return json.dumps(value)


def _is_read_as(line: str, value: Any) -> bool:
    try:
        (override,) = OverridesParser.create().parse_overrides([line])
    except HydraException:
        return False
    return same(override.value(), value)
