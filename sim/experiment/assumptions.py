"""Which figures can be varied, and how far: the evidence register read as a list of assumptions.

An entry of the register is *one* assumption, however many figures it covers: if hours per step are underestimated,
then in all steps at once. So the figures of an entry move together, each to the same place between its own lowest and
highest defensible value. Naming figures one by one (``teams.buf_intake.caseworkers,teams.buf_family.caseworkers``)
takes them apart: each name together with an entry is one assumption.

Some figures cannot be varied that way, and are left out with the reason: shares of one split cannot all rise together,
a range that is written for several units at once says nothing about any of them, and how long is simulated is a choice.
A share whose split has nothing that takes the rest makes the others give way in proportion.
"""

from __future__ import annotations

import copy
import dataclasses
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.scenario.compose import Configuration
from sim.scenario.configuration import checked
from sim.scenario.errors import PlannerError, Problem, did_you_mean, listed
from sim.scenario.evidence import Evidence, evidence_for

Path = tuple[str, ...]

NOT_OF_THE_MODEL = frozenset({"about", "evidence", "experiment", "compute", "report", "output"})
"""Sections that say how it is run and shown, not how the world is."""

CHOICES = ("horizon.*", "municipality.scale", "age_bands.*", "costs.price_year", "*.priority")
"""What is chosen rather than known. It is varied only if it is named in full."""

SPLITS = frozenset({"split", "theirs", "meanwhile", "profiles", "levels"})
"""Names of the mappings whose shares add up to 1."""

DIGITS = 6
"""Significant digits of a varied value: what a table shows is what was simulated."""


@dataclass(frozen=True)
class Figure:
    """One figure of one configuration."""

    path: Path
    value: float
    evidence: Evidence
    whole: bool
    """Whether it can only be a whole number."""
    split: Path | None
    """The mapping that its share is a part of."""

    def at(self, place: float) -> float:
        """Return its value at a place within its range: 0 is the lowest defensible value, 1 the highest."""
        if self.whole:
            lowest, highest = self._whole_bounds()
            if self.evidence.relative and self.value < 0:
                place = 1 - place
            return min(highest, lowest + math.floor(place * (highest - lowest + 1)))
        within = _within(self.evidence, place)
        return float(f"{self.value * within:.12g}") if self.evidence.relative else within

    def _whole_bounds(self) -> tuple[int, int]:
        lowest, highest = sorted(self.evidence.bounds(self.value))
        return math.ceil(lowest - 1e-9), math.floor(highest + 1e-9)

    @property
    def moves(self) -> bool:
        """Whether there is anything between its lowest and its highest value."""
        if self.whole:
            lowest, highest = self._whole_bounds()
            return lowest < highest
        return self.at(0) != self.at(1)


def _within(evidence: Evidence, place: float) -> float:
    value = float(f"{evidence.low + place * (evidence.high - evidence.low):.{DIGITS}g}")
    return min(max(value, evidence.low), evidence.high)


@dataclass(frozen=True)
class Assumption:
    """What is varied as one."""

    name: str
    """The figure's path if it is one figure, or else what covers them; the column of the tables."""
    key: str
    """Its entry in the register."""
    figures: tuple[tuple[Figure, ...], ...]
    """The figures that move, for each of the configurations that were looked at; empty where there is none."""

    @property
    def evidence(self) -> Evidence:
        """The entry, as the first configuration that has such a figure gives it."""
        return next(figure for own in self.figures for figure in own).evidence

    @property
    def single(self) -> Figure | None:
        """The figure, if it is the same single one in every configuration that has it."""
        every = {(figure.path, figure.value, figure.evidence) for own in self.figures for figure in own}
        return next(figure for own in self.figures for figure in own) if len(every) == 1 else None

    @property
    def column(self) -> str:
        """The heading of its column; multiples say that they are."""
        return self.name if self.single or not self.evidence.relative else f"{self.name} (multiple)"

    def shown(self, place: float) -> float:
        """Return what its column shows at a place within the range."""
        return self.single.at(place) if self.single else _within(self.evidence, place)

    @property
    def configured(self) -> float | None:
        """What its column shows when nothing is varied; None if its figures have no value in common."""
        if self.single:
            return int(self.single.value) if self.single.whole else self.single.value
        if self.evidence.relative:
            return 1.0
        values = {figure.value for own in self.figures for figure in own}
        return values.pop() if len(values) == 1 else None


@dataclass(frozen=True)
class LeftOut:
    """An assumption that cannot be varied."""

    name: str
    why: str


@dataclass(frozen=True)
class Found:
    """What can be varied, and what cannot."""

    assumptions: tuple[Assumption, ...]
    left_out: tuple[LeftOut, ...]
    fixed: int
    """Entries whose lowest and highest value are the same, most of them set by law."""


def find(configurations: Sequence[Configuration], patterns: Sequence[str] = ()) -> Found:
    """Return the assumptions of some configurations.

    Args:
        configurations: Those that are varied together, such as the baseline and a scenario.
        patterns: Paths of figures or keys of the register, ``*`` for any parts; none: everything with evidence.

    Raises:
        PlannerError: A pattern fits nothing that has evidence.
    """
    groups: dict[tuple[str, str], list[list[Figure]]] = {}
    in_lists: dict[tuple[str, str], str] = {}
    sizes: defaultdict[str, set[Path]] = defaultdict(set)
    without: dict[str, None] = {}
    for number, configuration in enumerate(configurations):
        for path, value, in_list in _walk(configuration.composed):
            dotted = ".".join(path)
            known = evidence_for(dotted, configuration.scenario.evidence)
            if known is None:
                without[dotted] = None
                continue
            key, evidence = known
            sizes[key].add(path)
            pattern = _chosen(dotted, key, patterns)
            if pattern is None:
                continue
            if in_list:
                in_lists.setdefault((pattern, key), dotted)
                continue
            whole = _is_whole(configuration.scenario, path, configuration.composed)
            figure = Figure(path, value, evidence, whole, _split_of(path))
            groups.setdefault((pattern, key), [[] for _ in configurations])[number].append(figure)
    _nothing_missed(patterns, [*groups, *in_lists], without, sizes)
    assumptions, left_out, fixed = [], [], 0
    for (pattern, key), own in groups.items():
        assumption = Assumption(_name(pattern, key, own, sizes[key]), key, tuple(map(tuple, own)))
        if assumption.evidence.low == assumption.evidence.high and not assumption.evidence.relative:
            fixed += 1
            continue
        why = _why_not(assumption, patterns)
        if why:
            left_out.append(LeftOut(assumption.name, why))
        else:
            assumptions.append(assumption)
    left_out += [
        LeftOut(path, "its figures stand in a list, which has to be given as a whole")
        for group, path in in_lists.items()
        if group not in groups
    ]
    apart, doubtful = _one_per_split(assumptions)
    return Found(tuple(apart), (*left_out, *doubtful), fixed)


def varied(
    configuration: Configuration, number: int, places: Sequence[tuple[Assumption, float]]
) -> tuple[Configuration, tuple[str, ...]]:
    """Return a configuration with assumptions at other places, and the overrides that say so.

    Args:
        configuration: One of those that the assumptions were found in.
        number: Which of them.
        places: Assumptions with their places, from 0 (lowest defensible value) to 1 (highest).

    Raises:
        PlannerError: The configuration is not valid with these values.
    """
    composed = copy.deepcopy(configuration.composed)
    overrides = []
    for assumption, place in places:
        for figure in assumption.figures[number]:
            value = figure.at(place)
            for path, given in _set(composed, figure, value):
                overrides.append(f"{'.'.join(path)}={given!r}")
    if not overrides:
        return configuration, ()
    made = checked(composed, configuration.choices)
    return dataclasses.replace(made, launcher=configuration.launcher), tuple(overrides)


def valid_alone(
    found: Found, configurations: Sequence[Configuration], each: Callable[[Sequence[Assumption]], Iterable[Assumption]]
) -> tuple[list[Assumption], list[LeftOut]]:
    """Split assumptions into those whose lowest and highest value both make valid configurations, and the others."""
    good, bad = [], []
    for assumption in each(found.assumptions):
        why = _invalid(assumption, configurations)
        if why:
            bad.append(LeftOut(assumption.name, why))
        else:
            good.append(assumption)
    return good, bad


def _invalid(assumption: Assumption, configurations: Sequence[Configuration]) -> str:
    for place, end in ((0.0, "lowest"), (1.0, "highest")):
        for number, configuration in enumerate(configurations):
            try:
                varied(configuration, number, [(assumption, place)])
            except PlannerError as error:
                first = str(error.problems[0]).splitlines()[0] if error.problems else error.headline
                return f"its {end} value makes no valid configuration: {first}"
    return ""


def _walk(value: Any, path: Path = (), in_list: bool = False) -> Iterator[tuple[Path, float, bool]]:
    """Yield every number with its path and whether it stands in a list."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield path, value, in_list
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if path or key not in NOT_OF_THE_MODEL:
                yield from _walk(inner, (*path, str(key)), in_list)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _walk(inner, path, True)


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".+"), text) is not None


def _chosen(path: str, key: str, patterns: Sequence[str]) -> str | None:
    """Return the most specific pattern that takes the figure in; empty when all figures were asked for."""
    if not patterns:
        return ""
    fitting = [p for p in patterns if p in (path, key) or _fits(p, path) or _fits(p, key)]
    return max(fitting, key=lambda pattern: len(pattern.replace("*", "")), default=None)


def _name(pattern: str, key: str, own: Sequence[Sequence[Figure]], whole: set[Path]) -> str:
    paths = {figure.path for figures in own for figure in figures}
    if len(paths) == 1:
        return ".".join(paths.pop())
    return key if paths == whole or not pattern else f"{key} in {pattern}"


def _split_of(path: Path) -> Path | None:
    parent = path[:-1]
    plain = bool(parent) and parent[-1] in SPLITS
    by_attribute = len(parent) > 2 and parent[-2] == "values" and parent[-3] in SPLITS
    return parent if plain or by_attribute else None


def _is_whole(scenario: Any, path: Path, composed: Mapping[str, Any]) -> bool:
    """Return whether a figure can only be a whole number: the checked scenario knows, the file alone does not."""
    checked_value, written = scenario, composed
    for part in path:
        written = written[part]
    for part in path:
        if isinstance(checked_value, Mapping) and part in checked_value:
            checked_value = checked_value[part]
        elif not isinstance(checked_value, Mapping) and hasattr(checked_value, part):
            checked_value = getattr(checked_value, part)
        else:
            # Written in a short form that checking has unfolded: a whole number stays one, to be on the safe side.
            return isinstance(written, int)
    return isinstance(checked_value, int)


def _why_not(assumption: Assumption, patterns: Sequence[str]) -> str:
    figures = [figure for own in assumption.figures for figure in own]
    if any(_fits(choice, ".".join(figures[0].path)) for choice in CHOICES) and assumption.name not in patterns:
        return "it is chosen, not known (name it in full to vary it all the same)"
    mixed = "," in assumption.evidence.unit and not assumption.evidence.relative
    if mixed and len({figure.path[-1] for figure in figures}) > 1:
        return f"its range is for figures of several units ({assumption.evidence.unit}): give each its own evidence"
    for own in assumption.figures:
        splits = [figure.split for figure in own if figure.split]
        if len(set(splits)) < len(splits):
            return "it covers several shares of one split, which cannot all move the same way"
    if not any(figure.moves for figure in figures):
        return "its range leaves it no other value"
    return ""


def _one_per_split(assumptions: Sequence[Assumption]) -> tuple[list[Assumption], list[LeftOut]]:
    """Leave out what shares a split with an assumption that is varied already: the one would move the other."""
    taken: dict[Path, str] = {}
    apart, doubtful = [], []
    for assumption in assumptions:
        splits = {figure.split for own in assumption.figures for figure in own if figure.split}
        other = next((taken[split] for split in splits if split in taken), None)
        if other:
            doubtful.append(LeftOut(assumption.name, f"it is a share of the same split as {other}, which is varied"))
            continue
        taken.update((split, assumption.name) for split in splits)
        apart.append(assumption)
    return apart, doubtful


def _set(composed: dict[str, Any], figure: Figure, value: float) -> Iterator[tuple[Path, float]]:
    """Set a figure, and let the other shares of its split give way; yield everything that was set."""
    mapping = composed
    for part in figure.path[:-1]:
        mapping = mapping[part]
    name = figure.path[-1]
    mapping[name] = value
    yield figure.path, value
    if figure.split is None or "rest" in mapping.values():
        return
    others = [key for key in mapping if key != name]
    total = math.fsum(mapping[key] for key in others)
    if not total:
        problem = Problem(".".join(figure.path), "the other shares of its split are all 0, so none can give way")
        raise PlannerError("a share cannot be varied:", [problem])
    for key in others:
        mapping[key] *= (1 - value) / total
        yield (*figure.split, key), mapping[key]


def _nothing_missed(
    patterns: Sequence[str], chosen: Sequence[tuple[str, str]], without: Mapping[str, None], keys: Mapping[str, Any]
) -> None:
    used = {pattern for pattern, _ in chosen}
    problems = []
    for pattern in patterns:
        if pattern in used:
            continue
        bare = [path for path in without if pattern == path or _fits(pattern, path)]
        if bare:
            message = (
                f"there is no evidence for {listed(bare, limit=3)}: give it a low and a high value in a section "
                "'evidence'"
            )
        elif any(_fits(pattern, key) or pattern == key for key in keys):
            message = "names nothing that another pattern has not taken in already"
        else:
            message = "no figure of these scenarios is called so" + did_you_mean(pattern, [*keys, *without])
        problems.append(Problem(pattern, message))
    if problems:
        raise PlannerError("this cannot be varied:", problems)
    if not keys:
        raise PlannerError(
            "nothing can be varied, because none of the figures has evidence: give some a low and a high value in a "
            "section 'evidence' (see docs/howto-scenario.md), or choose a municipality that has, as municipality=odense"
        )
