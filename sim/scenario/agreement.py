"""Whether the scenarios that are chosen go with the municipality and with each other.

A scenario says itself which municipality it is written for, and with which others it makes no sense. What its file
does not say, the values do: see :mod:`sim.scenario.contradictions`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from hydra.core.override_parser.types import Override

from sim.scenario.configuration import Changed
from sim.scenario.contradictions import (
    LONGEST_OVERRIDE,
    MISSING,
    UNSAID,
    Contradiction,
    at,
    contradictions,
    is_said_over,
    is_settled,
    leaves,
    same,
    settling,
    typed,
)
from sim.scenario.errors import PlannerError, Problem, did_you_mean, listed
from sim.scenario.explain import shown
from sim.scenario.layers import Layer, overlaid, short
from sim.scenario.scenario import About
from sim.scenario.sources import SCENARIO_GROUP
from sim.scenario.stacking import is_stack
from sim.scenario.yamlfile import read_yaml

Language = Literal["da", "en"]
MUNICIPALITY_GROUP = "municipality"
ROOT = "config"
"""The file that chooses one of each group."""


@dataclass(frozen=True)
class Known:
    """What there is to choose from; looked up only when it is asked for."""

    groups: Callable[[], Collection[str]]
    """The config groups."""
    options: Callable[[str], Sequence[str]]
    """The names that a group offers."""
    abouts: Callable[[], Sequence[About]]
    """What each scenario says about itself."""


class Chosen:
    """The scenarios among the files that a configuration was composed from.

    Args:
        layers: The files.
        top: The scenario whose parts are looked at: a stack, or a file whose defaults list names several scenarios.
            None: the stack, if there is one.
    """

    def __init__(self, layers: Sequence[Layer], top: str | None = None) -> None:
        self.layers = [layer for layer in layers if not is_stack(layer.name)]
        self.stack = next((layer.name for layer in layers if is_stack(layer.name)), None)
        self.top = top or self.stack
        self._parents: dict[str, set[str]] = {}
        for layer in layers:
            self._parents.setdefault(layer.name, set()).add(layer.parent)

    @property
    def name(self) -> str:
        """Name of the scenario whose parts are looked at."""
        return _name(self.top or "")

    @cached_property
    def abouts(self) -> dict[str, tuple[Layer, Mapping[str, Any]]]:
        """What each scenario says about itself, and where; also those that others are built upon."""
        return {
            _name(layer.name): (layer, about)
            for layer in self.layers
            if layer.name.startswith(f"{SCENARIO_GROUP}/") and isinstance(about := layer.data.get("about"), Mapping)
        }

    @cached_property
    def parts(self) -> dict[str, list[Layer]]:
        """The files of each part, the part's own last."""
        found: dict[str, list[Layer]] = {}
        for layer in self.layers:
            if (part := self._part(layer.name, layer.parent)) is not None:
                found.setdefault(part, []).append(layer)
        return found

    def _part(self, name: str, parent: str) -> str | None:
        if self.top is None or parent == name:
            return None
        if parent == self.top:
            return _name(name)
        above = (self._part(parent, grandparent) for grandparent in sorted(self._parents.get(parent, ())))
        return next((part for part in above if part is not None), None)

    @cached_property
    def below(self) -> dict[str, Any]:
        """The configuration without the parts, and without the file that brings them together."""
        of_parts = {id(layer) for layers in self.parts.values() for layer in layers}
        return _laid([layer for layer in self.layers if id(layer) not in of_parts and layer.name != self.top])

    @cached_property
    def over(self) -> list[Layer]:
        """What the file that brings the parts together lays over them: nothing if it is a stack."""
        names = [layer.name for layer in self.layers]
        last = max((names.index(layers[-1].name) for layers in self.parts.values()), default=-1)
        return [layer for layer in self.layers[last + 1 :] if layer.name == self.top]

    @cached_property
    def said(self) -> dict[str, dict[str, Any]]:
        """What each part sets."""
        return {part: _laid(layers) for part, layers in self.parts.items()}

    @cached_property
    def whole(self) -> dict[str, Any]:
        """The configuration with all of them."""
        return _laid(self.layers)


def agreed(layers: Sequence[Layer], overrides: Sequence[Override], known: Known, language: Language) -> None:
    """Check that the scenarios go with the municipality and with each other.

    Args:
        layers: The files that the configuration is composed from.
        overrides: Those of the command line.
        known: What there is to choose from.
        language: The planner's, for reasons that scenarios give.

    Raises:
        PlannerError: They do not.
    """
    chosen = Chosen(layers)
    if problems := list(_misunderstood(chosen, known)):
        raise PlannerError("a scenario does not say properly what it is:", problems)
    _for_this_municipality(chosen, known)
    _not_excluded(chosen, language)
    for top in _bringing_together(layers):
        _not_contradictory(Chosen(layers, top), overrides, known)


def _bringing_together(layers: Sequence[Layer]) -> list[str]:
    """Return the stacks, and the files whose defaults lists name several scenarios."""
    parts: dict[str, set[str]] = {}
    for layer in layers:
        names = (layer.name, layer.parent)
        if layer.name != layer.parent and all(name.startswith(f"{SCENARIO_GROUP}/") for name in names):
            parts.setdefault(layer.parent, set()).add(layer.name)
    return [top for top, names in parts.items() if len(names) > 1]


def _misunderstood(chosen: Chosen, known: Known) -> Iterator[Problem]:
    for _, (layer, about) in chosen.abouts.items():
        if "parts" in about:
            yield _problem(layer, "about.parts", "a stack fills this in itself; leave it out")
        excludes = about.get("excludes")
        for other in excludes if isinstance(excludes, Mapping) else ():
            if other not in (scenarios := known.options(SCENARIO_GROUP)):
                yield _problem(
                    layer,
                    f"about.excludes.{other}",
                    f"there is no scenario '{other}'{did_you_mean(other, scenarios)}",
                )
        wanted = about.get("municipality")
        if isinstance(wanted, str) and wanted not in (municipalities := known.options(MUNICIPALITY_GROUP)):
            yield _problem(
                layer,
                "about.municipality",
                f"there is no municipality '{wanted}'{did_you_mean(wanted, municipalities)} "
                f"(available: {listed(municipalities)})",
            )


def _problem(layer: Layer, path: str, message: str) -> Problem:
    return Problem(path, message, _where([layer], path))


def _for_this_municipality(chosen: Chosen, known: Known) -> None:
    """Refuse scenarios that are written for a municipality other than the one chosen.

    Those for a municipality that it is built upon will do as long as there are none for itself: their figures are the
    other's own.
    """
    in_use = {
        _name(layer.name): layer.parent for layer in chosen.layers if layer.name.startswith(f"{MUNICIPALITY_GROUP}/")
    }
    here = next((name for name, parent in in_use.items() if parent == ROOT), None)
    if here is None:
        return
    own = any(about.municipality == here for about in known.abouts())
    suitable = {here} if own else set(in_use)
    strangers = {
        name: wanted
        for name, (_, about) in chosen.abouts.items()
        if isinstance(wanted := about.get("municipality"), str) and wanted not in suitable
    }
    if strangers:
        told = "; ".join(
            f"scenario '{name}' is written for the municipality '{wanted}'" for name, wanted in strangers.items()
        )
        fitting = [about.name for about in known.abouts() if about.municipality in (None, *suitable)]
        raise PlannerError(f"{told}, but the one chosen is '{here}' (scenarios for '{here}': {listed(fitting)})")


def _not_excluded(chosen: Chosen, language: Language) -> None:
    problems = []
    for name, (layer, about) in chosen.abouts.items():
        excludes = about.get("excludes")
        for other, reason in excludes.items() if isinstance(excludes, Mapping) else ():
            if other in chosen.abouts:
                why = reason.get(language) if isinstance(reason, Mapping) else reason
                message = f"'{name}' cannot be combined with '{other}': {why}"
                problems.append(Problem("", message, _where([layer], f"about.excludes.{other}")))
    if problems:
        raise PlannerError(f"{_stack(chosen)} contradicts itself:", problems)


def replaced_places(layers: Sequence[Layer]) -> set[str]:
    """Return the places where parts want different kinds of thing, for an override to replace."""
    chosen = [Chosen(layers, top) for top in _bringing_together(layers)]
    found = [contradiction for one in chosen for contradiction in contradictions(one.below, one.said)]
    return {contradiction.place for contradiction in found if contradiction.replaces}


def values_only(overrides: Sequence[Override], groups: Collection[str]) -> list[Override]:
    """Return the overrides that set values, without those that choose the file of a group."""
    return [
        override
        for override in overrides
        if not override.is_sweep_override()
        and (override.key_or_group not in groups or isinstance(override.value(), Mapping))
    ]


def _not_contradictory(chosen: Chosen, overrides: Sequence[Override], known: Known) -> None:
    problems = list(_choices(chosen, overrides))
    values = values_only(overrides, known.groups())
    over = _laid(chosen.over)
    for contradiction in contradictions(chosen.below, chosen.said):
        if over and is_said_over(contradiction, over, chosen.whole):
            continue
        lost = contradiction.replaces and contradiction.place in known.groups()
        if lost or not is_settled(contradiction, values, chosen.whole):
            problems.append(_told(contradiction, chosen, known.groups()))
    if problems:
        count = f" in {len(problems)} places" if len(problems) > 1 else ""
        where = "on the command line" if chosen.top == chosen.stack else "in its file or on the command line"
        raise PlannerError(
            f"{_stack(chosen)} contradicts itself{count}; say {where} what holds there, one of these or another value:",
            problems,
            limit=None,
        )


def _told(contradiction: Contradiction, chosen: Chosen, groups: Collection[str]) -> Problem:
    contradiction = contradiction.narrowed(chosen.whole)
    said = ", ".join(f"{_seen(value)} in {' and '.join(parts)}" for value, parts in _by_value(contradiction.values))
    # Where a group has its place, Hydra takes a value for the name of a file: nothing can be put in its place.
    ways = settling(contradiction, chosen.whole) if contradiction.place not in groups else []
    way = f"add {' or '.join(ways)}" if ways else "leave one of them out"
    message = f"{said}\nto settle it, {way}"
    where = "; ".join(_where(chosen.parts[part], contradiction.place) for part, _ in contradiction.values)
    return Problem(contradiction.place, message, where)


def _seen(value: Any) -> str:
    text = typed(value)
    return text if isinstance(value, Mapping) and len(text) <= LONGEST_OVERRIDE else shown(value)


def _by_value(values: Sequence[tuple[str, Any]]) -> list[tuple[Any, list[str]]]:
    found: list[tuple[Any, list[str]]] = []
    for part, value in values:
        parts = next((parts for known, parts in found if same(known, value)), None)
        if parts is None:
            found.append((value, [part]))
        else:
            parts.append(part)
    return found


def _choices(chosen: Chosen, overrides: Sequence[Override]) -> Iterator[Problem]:
    """Yield the config groups of which two parts choose different files."""
    wanted: dict[str, list[tuple[str, Any]]] = {}
    for part, layers in chosen.parts.items():
        for layer in layers:
            for group, name in _overridden_groups(layer):
                wanted.setdefault(group, []).append((part, name))
    settled = {override.key_or_group for override in overrides}
    settled |= {group for layer in chosen.over for group, _ in _overridden_groups(layer)}
    for group, said in wanted.items():
        by_value = _by_value(said)
        if len(by_value) > 1 and group not in settled:
            told = ", ".join(f"{shown(name)} in {' and '.join(dict.fromkeys(parts))}" for name, parts in by_value)
            ways = " or ".join(f"{group}={name}" for name, _ in by_value)
            where = "; ".join(_where(chosen.parts[part], "defaults") for part, _ in said)
            yield Problem(group, f"{told}\nto settle it, add {ways}", where)


def _overridden_groups(layer: Layer) -> Iterator[tuple[str, Any]]:
    defaults = read_yaml(layer.file).data.get("defaults") if layer.file is not None else None
    for entry in defaults if isinstance(defaults, list) else ():
        for key, name in entry.items() if isinstance(entry, Mapping) else ():
            if str(key).startswith("override "):
                yield str(key).removeprefix("override ").strip().lstrip("/"), name


def changed(layers: Sequence[Layer], overrides: Sequence[Override], composed: Mapping[str, Any]) -> tuple[Changed, ...]:
    """Return what a stack changes in the municipality, in the order of its parts.

    Args:
        layers: The files that the configuration is composed from.
        overrides: Those of the command line that set values.
        composed: The configuration that came out.
    """
    chosen = Chosen(layers)
    saying: dict[tuple[str, ...], list[str]] = {}
    for part, data in chosen.said.items():
        for path, value in leaves({key: data[key] for key in data if key not in UNSAID}):
            if not same(value, at(chosen.below, path)):
                saying.setdefault(path, []).append(part)
    found = []
    for path, parts in saying.items():
        now = at(composed, path)
        if now != MISSING:
            by = () if _is_given(path, overrides) else tuple(parts)
            found.append(Changed(".".join(path), _before(chosen.below, path), now, by))
    return tuple(found)


def _before(below: Any, path: tuple[str, ...]) -> Any:
    """Return what stood at a place, or the single value that stood in the place of the whole table, or None."""
    for key in path:
        if not isinstance(below, Mapping):
            return below
        below = below.get(key)
    return below


def _is_given(path: tuple[str, ...], overrides: Sequence[Override]) -> bool:
    for override in overrides:
        key = tuple(override.key_or_group.split("."))
        if path[: len(key)] == key:
            value = override.value()
            if not isinstance(value, Mapping) or at(value, path[len(key) :]) != MISSING:
                return True
    return False


def _laid(layers: Sequence[Layer]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for layer in layers:
        whole = overlaid(whole, layer.data, (), set())
    return whole


def _name(chosen: str) -> str:
    return chosen.partition("/")[2]


def _stack(chosen: Chosen) -> str:
    return f"scenario '{chosen.name}'" if chosen.top is not None else "the scenario"


def _where(layers: Sequence[Layer], path: str) -> str:
    """Return the file and the line on which a place, or else the nearest above it, stands in a part's files."""
    keys = path.split(".")
    for length in range(len(keys), 0, -1):
        for layer in reversed(layers):
            number = layer.line_of(".".join(keys[:length]))
            if number is not None and layer.file is not None:
                return f"{short(layer.file)}, line {number}"
    return ""
