"""The candidates of a search: which places vary, and what a candidate is called."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.experiment.labels import readable_name, short_keys, unique_labels
from sim.scenario.compose import Configuration
from sim.scenario.errors import PlannerError, Problem, did_you_mean, listed
from sim.scenario.search import Variable

Candidate = tuple[int, ...]
"""One whole number for each variable, in their order."""

SUPPORTED = ("teams.*.caseworkers", "panels.*.seats", "services.*.suppliers.*.places")
_PATTERNS = tuple(re.compile("^" + re.escape(place).replace(r"\*", "[^.]+") + "$") for place in SUPPORTED)


@dataclass(frozen=True)
class Space:
    """All candidates."""

    variables: Mapping[str, Variable]
    today: Candidate
    """What the configuration says without the search."""

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The places that vary."""
        return tuple(self.variables)

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return math.prod(len(variable.values) for variable in self.variables.values())

    @property
    def smallest(self) -> Candidate:
        """The candidate with the least of everything."""
        return tuple(variable.low for variable in self.variables.values())

    @property
    def largest(self) -> Candidate:
        """The candidate with the most of everything."""
        return tuple(variable.high for variable in self.variables.values())

    def holds(self, candidate: Candidate) -> bool:
        """Whether a candidate is one of the space: today's staffing need not be."""
        return all(value in variable.values for value, variable in zip(candidate, self.variables.values(), strict=True))

    def all(self) -> Iterator[Candidate]:
        """Yield every candidate."""
        return itertools.product(*(variable.values for variable in self.variables.values()))

    def neighbours(self, candidate: Candidate) -> Iterator[Candidate]:
        """Yield the candidates that differ by one step in one variable, fewer before more."""
        for position, variable in enumerate(self.variables.values()):
            for move in (-variable.step, variable.step):
                moved = (*candidate[:position], candidate[position] + move, *candidate[position + 1 :])
                if self.holds(moved):
                    yield moved

    def values(self, candidate: Candidate) -> dict[str, int]:
        """Return place to number."""
        return dict(zip(self.paths, candidate, strict=True))

    def label(self, candidate: Candidate) -> str:
        """Return the name of a candidate's folder, which says what it is."""
        keys = short_keys(self.paths)
        shown = {keys[path]: str(value) for path, value in self.values(candidate).items()}
        return unique_labels([readable_name("candidate", shown)])[0]


def space_of(variables: Mapping[str, Variable], configuration: Configuration) -> Space:
    """Return the space of a search.

    Raises:
        PlannerError: A place does not exist, cannot vary, or is not a number today.
    """
    places = dict(_places(configuration.composed))
    problems = []
    for path in variables:
        if path not in places:
            problems.append(Problem(f"search.variables.{path}", _unknown(path, places)))
        elif not isinstance(places[path], int) or isinstance(places[path], bool):
            problems.append(
                Problem(f"search.variables.{path}", "has no number today (it is without limit), so none can be sought")
            )
    if problems:
        raise PlannerError("the search cannot vary what it is to vary:", problems)
    return Space(variables, tuple(int(places[path]) for path in variables))


def _unknown(path: str, places: Mapping[str, Any]) -> str:
    if any(pattern.match(path) for pattern in _PATTERNS):
        kind = path.partition(".")[0]
        alike = [place for place in places if place.startswith(f"{kind}.")]
        return f"there is no such place{did_you_mean(path, alike)} (available: {listed(alike)})"
    return f"cannot vary{did_you_mean(path, places)} (what can: {', '.join(SUPPORTED)})"


def _places(composed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, team in composed.get("teams", {}).items():
        yield f"teams.{name}.caseworkers", team.get("caseworkers")
    for name, panel in composed.get("panels", {}).items():
        yield f"panels.{name}.seats", panel.get("seats")
    for name, service in composed.get("services", {}).items():
        for supplier, one in service.get("suppliers", {}).items():
            yield f"services.{name}.suppliers.{supplier}.places", one.get("places")
