"""The points of a sweep: which configurations are compared, and what each is called.

All points are composed and checked before anything is simulated, so that a misspelt name in the last of twenty
scenarios costs seconds and not the night.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sim.experiment.labels import readable_name, short_keys, unique_labels
from sim.scenario.compose import Configuration
from sim.scenario.errors import PlannerError, did_you_mean, listed

SWEEP_WIDE = ("experiment", "compute", "launcher", "report", "output")
"""Sections that hold for a whole sweep: points with different seeds could not be compared pairwise."""

ColumnValue = int | float | str


class ComposerLike(Protocol):
    """What is needed of a :class:`~sim.scenario.compose.Composer`."""

    def configuration(self, overrides: Sequence[str]) -> Configuration:
        """Compose and check one configuration."""
        ...

    def points(self, overrides: Sequence[str]) -> list[list[str]]:
        """Expand a sweep into the overrides of its points."""
        ...


@dataclass(frozen=True)
class Point:
    """One configuration of a sweep."""

    label: str
    """Its folder below ``points/``; the rule is in :mod:`sim.experiment.labels`."""
    name: str
    """What people call it."""
    overrides: tuple[str, ...]
    columns: dict[str, ColumnValue]
    """The overrides, other than the scenario, that differ between the points: configuration path to value."""
    configuration: Configuration
    titled: bool = False
    """Whether ``name`` was given to it, rather than made from what it differs in."""

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return self.configuration.scenario.about.name


def single_point(composer: ComposerLike, overrides: Sequence[str]) -> Point:
    """Return the one point of a run.

    Raises:
        PlannerError: An override names several values, or the configuration is wrong.
    """
    swept = swept_overrides(overrides)
    if swept:
        raise PlannerError(
            f"'{swept[0]}' names several values, but a run has one. To compare them:\n"
            f"  sagsflow sweep {' '.join(overrides)}"
        )
    configuration = composer.configuration(list(overrides))
    refuse_different_settings([" ".join(overrides)], [configuration])
    return _named([tuple(overrides)], [configuration])[0]


def sweep_points(composer: ComposerLike, overrides: Sequence[str]) -> list[Point]:
    """Return the points of a sweep, composed and checked, in the order in which the planner named them.

    A point that is named twice is simulated once.

    Raises:
        PlannerError: A configuration is wrong, or something that holds for the whole sweep was swept.
    """
    distinct = list(dict.fromkeys(tuple(point) for point in composer.points(list(overrides))))
    configurations = [composer.configuration(list(point)) for point in distinct]
    refuse_different_settings([" ".join(point) for point in distinct], configurations)
    return _named(distinct, configurations)


def refuse_different_settings(names: Sequence[str], configurations: Sequence[Configuration]) -> None:
    """Refuse points that could not be compared future by future.

    Raises:
        PlannerError: Something that holds for the whole sweep differs between two points.
    """
    first = configurations[0]
    if first.experiment.replications == "auto":
        from sim.experiment.precision import refuse_unknown_targets

        refuse_unknown_targets(first.experiment)
    for section in SWEEP_WIDE:
        for configuration, name in zip(configurations, names, strict=True):
            if getattr(configuration, section) != getattr(first, section):
                raise PlannerError(
                    f"{section} must be the same for all points of a sweep, because they are compared future by "
                    f"future, but it differs between '{names[0]}' and '{name}'"
                )


def reference_label(points: Sequence[Point]) -> str:
    """Return the label of the point that the others are compared with.

    Raises:
        PlannerError: ``experiment.reference`` is not the label or the name of a point.
    """
    wanted = points[0].configuration.experiment.reference
    if wanted is None:
        return next((point.label for point in points if point.scenario == "baseline"), points[0].label)
    for point in points:
        if wanted in (point.label, point.name):
            return point.label
    labels = [point.label for point in points]
    raise PlannerError(
        f"experiment.reference: there is no point '{wanted}'{did_you_mean(wanted, labels) or '.'} "
        f"(points: {listed(labels)})"
    )


def swept_overrides(overrides: Sequence[str]) -> list[str]:
    """Return those overrides that name several values."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    try:
        parsed = OverridesParser.create().parse_overrides(list(overrides))
    except HydraException:
        return []  # The composer says what cannot be read, and better.
    return [override.input_line or "" for override in parsed if override.is_sweep_override()]


def _named(overrides: Sequence[tuple[str, ...]], configurations: Sequence[Configuration]) -> list[Point]:
    settings = [_settings(point) for point in overrides]
    paths = list(dict.fromkeys(path for setting in settings for path in setting))
    differing = [path for path in paths if path != "scenario" and len({setting.get(path) for setting in settings}) > 1]
    keys = short_keys(differing)
    typed = {path: _typed([setting.get(path, "") for setting in settings]) for path in differing}
    names = [
        readable_name(configuration.scenario.about.name, {keys[path]: setting.get(path, "") for path in differing})
        for setting, configuration in zip(settings, configurations, strict=True)
    ]
    return [
        Point(
            label=label,
            name=names[number],
            overrides=overrides[number],
            columns={path: typed[path][number] for path in differing},
            configuration=configurations[number],
        )
        for number, label in enumerate(unique_labels(names))
    ]


def _settings(overrides: Sequence[str]) -> dict[str, str]:
    """Return configuration path to value, both as written, of one point's overrides."""
    pairs = (override.partition("=") for override in overrides)
    return {key.lstrip("+~").replace("/", "."): value.strip("'\"") for key, _, value in pairs}


def typed_columns(columns: Mapping[str, Sequence[str]]) -> dict[str, list[ColumnValue]]:
    """Return the columns with numbers where every value is one, without those that are the same for all points."""
    return {path: _typed(values) for path, values in columns.items() if len(set(values)) > 1}


def _typed(values: Sequence[str]) -> list[ColumnValue]:
    """Return the values as numbers if every one of them is a number, so that a table sorts as a reader expects."""
    for kind in (int, float):
        try:
            return [kind(value) for value in values]
        except ValueError:
            continue
    return list(values)
