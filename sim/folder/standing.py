"""How a planner's own configuration stands: what they set themselves, what nobody has looked at, what is as it came.

Three questions in the order in which they matter: which figures did ``sagsflow init`` scale, so that nobody has looked
at them yet; which were set by the planner, and on which line; and what is assumed about everything else. A figure that
was changed while its evidence was not is found by lying outside its own range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.scenario.configuration import Configuration
from sim.scenario.evidence import Evidence, evidence_for, figures
from sim.scenario.layers import Layer
from sim.scenario.yamlfile import read_yaml

UNSEEN = "sagsflow init"
"""The note in the evidence of a figure that was written by ``init`` and that nobody has looked at since."""
NOT_CLAIMS = frozenset({"about", "evidence", "experiment", "compute", "report", "output", "files"})
"""Sections whose numbers say how it is run, not how the world is."""
SECTIONS = ("municipality", "teams", "arrivals", "initial_caseload", "panels", "services", "initial_matters")
"""What decides most about the results first: how many there are, who does the work, what comes in."""

DIVISIONS = frozenset({"split", "theirs", "meanwhile", "profiles", "levels", "ages", "months"})

Values = tuple[float, ...]


@dataclass(frozen=True)
class Standing:
    """One figure."""

    path: str
    values: Values
    """A list of numbers is one figure."""
    key: str
    """Its entry in the register; empty: none."""
    evidence: Evidence | None
    where: str
    """Folder, file and line (``municipality/laesoe.yaml:36``), or the override, if the planner's own files or the
    command line say it; empty: as it came."""
    of_evidence: str = ""
    """File and line of its entry in the register, if that is the planner's own."""

    @property
    def own(self) -> bool:
        """Whether a file of the planner's own or the command line says it."""
        return bool(self.where)

    @property
    def unseen(self) -> bool:
        """Whether ``init`` wrote it and nobody has said since that it is right."""
        return self.own and self.evidence is not None and self.evidence.note == UNSEEN

    @property
    def outside(self) -> bool:
        """Whether it lies outside what its own evidence defends."""
        return self.evidence is not None and any(
            not low <= value <= high for value in self.values for low, high in [self.evidence.bounds(value)]
        )


@dataclass(frozen=True)
class Default:
    """One entry of the register that is as it came, and how many figures rest on it."""

    key: str
    evidence: Evidence
    count: int

    @property
    def divides(self) -> bool:
        """Whether it is about how something is divided: many shares or ages under one broad range."""
        return bool(DIVISIONS & set(self.key.split(".")))

    @property
    def spread(self) -> float:
        """How wide its range is, from 0 (a point) to 1 (from nothing): the half width over the middle."""
        low, high = abs(self.evidence.low), abs(self.evidence.high)
        return abs(self.evidence.high - self.evidence.low) / (low + high) if low + high else 0.0


@dataclass(frozen=True)
class Overview:
    """Everything that can be said about how the figures of a configuration stand."""

    unseen: tuple[Standing, ...]
    """Most important first; see :data:`SECTIONS`."""
    own: tuple[Standing, ...]
    outside: tuple[Standing, ...]
    """Figures of the planner's own that are not what their evidence is about."""
    assumed: tuple[Default, ...]
    """Assumptions that came with the tool: those with the widest ranges first, how something is divided last."""
    kinds: Mapping[str, int] = field(default_factory=dict)
    """How many figures came with the tool, by kind of evidence; empty text: without any."""


def overview(
    configuration: Configuration, layers: Sequence[Layer], folders: Sequence[Path], overrides: Sequence[str] = ()
) -> Overview:
    """Return how the figures of a configuration stand.

    Args:
        configuration: It.
        layers: The files that it was composed from, the last on top.
        folders: The planner's own folders.
        overrides: What the command line says, as ``path=value``.
    """
    every = list(_standings(configuration, layers, folders, overrides))
    own = [one for one in every if one.own]
    came = [one for one in every if not one.own]
    counts = Counter(one.key for one in came if one.evidence is not None and one.evidence.kind == "assumption")
    register = configuration.scenario.evidence
    assumed = [Default(key, register[key], count) for key, count in counts.items()]
    return Overview(
        unseen=tuple(sorted((one for one in own if one.unseen), key=_importance)),
        own=tuple(one for one in own if not one.unseen),
        outside=tuple(one for one in own if one.outside),
        assumed=tuple(sorted(assumed, key=lambda one: (one.divides, -round(one.spread, 3), -one.count))),
        kinds=Counter("" if one.evidence is None else one.evidence.kind for one in came),
    )


def _importance(one: Standing) -> tuple[int, float]:
    section = one.path.split(".")[0]
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS), -max(one.values)


def _standings(
    configuration: Configuration, layers: Sequence[Layer], folders: Sequence[Path], overrides: Sequence[str]
) -> Iterator[Standing]:
    values: dict[str, Values] = {}
    for path, value in figures({k: v for k, v in configuration.composed.items() if k not in NOT_CLAIMS}):
        values[path] = (*values.get(path, ()), value)
    lines = [(layer, {} if layer.file is None else read_yaml(layer.file).lines) for layer in reversed(layers)]
    given = {key: one for one in overrides if (key := one.partition("=")[0].lstrip("+~")) not in configuration.choices}
    for path, found in values.items():
        known = evidence_for(path, configuration.scenario.evidence)
        key = known[0] if known else ""
        yield Standing(
            path,
            found,
            key,
            known[1] if known else None,
            _override(path, given) or _own_line(path, lines, folders),
            _own_line(f"evidence.{key}", lines, folders) if key else "",
        )


def _override(path: str, given: Mapping[str, str]) -> str:
    return next((line for key, line in given.items() if path == key or path.startswith(f"{key}.")), "")


def _own_line(path: str, lines: Sequence[tuple[Layer, Mapping[str, int]]], folders: Sequence[Path]) -> str:
    """Return file and line of a value, if the file on top that says it is one of the planner's own."""
    for layer, numbers in lines:
        inner = path
        if layer.package:
            if not path.startswith(f"{layer.package}."):
                continue
            inner = path[len(layer.package) + 1 :]
        if inner in numbers and layer.file is not None:
            own = any(layer.file.is_relative_to(folder) for folder in folders)
            return f"{layer.file.parent.name}/{layer.file.name}:{numbers[inner]}" if own else ""
    return ""
