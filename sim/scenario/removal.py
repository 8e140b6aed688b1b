"""Taking something away: an entry that is given as nothing (``null``).

Files are laid over each other, so a scenario can add a team and change one, but leaving a team out of its file leaves
the team where it is. ``teams: {second: null}`` takes it away. That goes for everything that has a name of the
planner's own: teams, panels, services, suppliers, offers, sources, tracks, steps, changes, the outcomes of a split.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sim.scenario.errors import Problem, did_you_mean, listed
from sim.scenario.places import is_entry
from sim.scenario.scenario import Scenario

Keys = tuple[str | int, ...]


def without_removed(
    composed: Mapping[str, Any], was_there: Callable[[Keys], bool], problems: list[Problem]
) -> dict[str, Any]:
    """Return a composed configuration without the entries that are given as nothing.

    Args:
        composed: Keys and values of the whole configuration.
        was_there: Tells whether there was something at a place to be taken away.
        problems: Gets a problem for each entry that was never there.
    """
    result = dict(composed)
    for keys in [keys for keys in _nothings(composed) if is_entry(Scenario, keys)]:
        above = _copied(result, keys[:-1])
        del above[keys[-1]]
        if not was_there(keys):
            path = ".".join(str(key) for key in keys)
            problems.append(
                Problem(
                    path,
                    f"is empty; nothing (null) takes away what is there, but there is no '{keys[-1]}'"
                    f"{did_you_mean(keys[-1], above)} (available: {listed(above)})",
                )
            )
    return result


def _nothings(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Yield the place of everything that is given as nothing."""
    if value is None:
        yield keys
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _nothings(inner, (*keys, str(key)))
    elif isinstance(value, list | tuple):
        for position, inner in enumerate(value):
            yield from _nothings(inner, (*keys, position))


def _copied(whole: dict[str, Any], keys: Keys) -> Any:
    """Return the mapping at a place of a configuration, after putting copies in the place of all on the way to it."""
    node: Any = whole
    for key in keys:
        inner = node[key]
        node[key] = list(inner) if isinstance(inner, list | tuple) else dict(inner)
        node = node[key]
    return node
