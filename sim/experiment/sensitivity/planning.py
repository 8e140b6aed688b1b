"""From a scenario and a method to the points that must be simulated.

The baseline and the scenario are varied alike and share their futures, so that what differs between two points comes
from the assumption alone. A point that nothing changes in is not simulated twice: an assumption about the scenario's
own figures leaves the baseline as it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from sim.experiment.assumptions import Assumption, Found, LeftOut, find
from sim.experiment.designs import Each, derived, reasons, same
from sim.experiment.labels import unique_labels
from sim.experiment.points import ComposerLike, Point, single_point
from sim.experiment.sensitivity.study import AssumptionEntry, LeftOutEntry, Method, Pair, Study
from sim.scenario.errors import PlannerError, Problem, did_you_mean
from sim.scenario.stacking import BASELINE, JOIN, parts_of

MOST_PARTS = 4
"""Parts of a stack whose effect is divided: each further one doubles the points."""


def plan(
    composer: ComposerLike,
    overrides: Sequence[str],
    *,
    method: Method,
    measures: Sequence[str],
    patterns: Sequence[str],
    level: bool | None,
    number: int | None,
    each: Each,
) -> tuple[Study, list[Point], Found | None]:
    """Return a study, its points, and what is varied and left out (nothing for an attribution).

    Args:
        composer: Composes configurations.
        overrides: Must choose the scenario.
        method: How the effect is explained.
        measures: ``kpi`` or ``kpi:group``.
        patterns: What is varied; none: every assumption.
        level: Whether the scenario's own level is explained, rather than its difference to the baseline. None: the
            difference, except for the baseline itself.
        number: Trajectories of Morris's method, or base points of Sobol's.
        each: Wraps what takes long.

    Raises:
        PlannerError: What was asked for makes no sense.
    """
    chosen = [override for override in overrides if override.startswith("scenario=")]
    if len(chosen) != 1:
        raise PlannerError("say which scenario is examined, as scenario=pooled_budget")
    scenario = single_point(composer, overrides)
    asked = tuple(measure_of(text) for text in measures)
    if method == "attribution":
        if patterns or number is not None or level:
            raise PlannerError("--vary, --n and --level do not go with --method attribution, which varies no figures")
        return (*_attribution(composer, overrides, scenario, asked), None)
    if number is not None and method == "tornado":
        raise PlannerError("--n does not go with a tornado: every assumption is tried at its two ends")
    if scenario.scenario == BASELINE:
        if level is False:
            raise PlannerError("the baseline does not differ from itself: choose another scenario, or --level")
        level = True
    bases = [scenario] if level else [scenario, single_point(composer, _with(overrides, BASELINE))]
    found = find([base.configuration for base in bases], patterns)
    configured = Pair(scenario=scenario.label, baseline=None if level else bases[1].label)
    about = scenario.configuration.scenario.about
    study = Study(
        method=method, name_da=about.label.da, name_en=about.label.en, measures=asked, configured=configured,
        seed=scenario.configuration.experiment.seed,
    )  # fmt: skip
    if method == "tornado":
        study, points, found = _tornado(study, bases, found, each)
    else:
        from sim.experiment.sensitivity.screening import screening_points

        study, points, found = screening_points(study, bases, found, number, each)
    study = study.model_copy(
        update={
            "assumptions": tuple(_entry(assumption) for assumption in found.assumptions),
            "left_out": tuple(LeftOutEntry(name=entry.name, why=entry.why) for entry in found.left_out),
            "fixed": found.fixed,
        }
    )
    return study, points, found


def measure_of(text: str) -> tuple[str, str]:
    """Return measure and group of ``kpi`` or ``kpi:group``.

    Raises:
        PlannerError: There is no such measure.
    """
    from sim.measures.definitions import DEFINITIONS, definition

    kpi, _, group = text.strip().partition(":")
    try:
        definition(kpi)
    except KeyError:
        raise PlannerError(f"--measure: there is no '{kpi}'{did_you_mean(kpi, DEFINITIONS)}") from None
    return kpi, group or "all"


AS_CONFIGURED = "as configured"


class Collected:
    """The points of a study: each is there once, whoever asks for it.

    Their columns are few, whatever the number of assumptions: a table with a column for each of hundreds of assumptions
    could be read by nobody.
    """

    def __init__(self, bases: Sequence[Point], columns: dict[str, Any]) -> None:
        self.points = [dataclasses.replace(base, columns={**base.columns, **columns}) for base in bases]
        self._bases = list(self.points)

    def pair(self, name: str, places: Sequence[tuple[Assumption, float]], columns: dict[str, Any]) -> Pair:
        """Return the labels of the scenario's and the baseline's point, which are made if they are new.

        Raises:
            PlannerError: A configuration is not valid with these values.
        """
        made = []
        for index, base in enumerate(self._bases):
            point = derived(base, f"{base.name}, {name}", index, places, columns)
            if same(point.configuration, base.configuration):
                made.append(base.label)
                continue
            label = unique_labels([*(other.label for other in self.points), point.name])[-1]
            self.points.append(dataclasses.replace(point, label=label))
            made.append(label)
        return Pair(scenario=made[0], baseline=made[1] if len(made) > 1 else None)


def _tornado(study: Study, bases: Sequence[Point], found: Found, each: Each) -> tuple[Study, list[Point], Found]:
    collected = Collected(bases, {"assumption": AS_CONFIGURED})
    good: list[Assumption] = []
    bad: list[LeftOut] = []
    ends: list[tuple[Pair, Pair]] = []
    for assumption in each(found.assumptions):
        before = len(collected.points)
        pairs = []
        try:
            for end, place in (("low", 0.0), ("high", 1.0)):
                columns = {"assumption": assumption.column, "value": assumption.shown(place)}
                pairs.append(collected.pair(f"{assumption.name} {end}", [(assumption, place)], columns))
        except PlannerError as error:
            del collected.points[before:]
            first = str(error.problems[0]).splitlines()[0] if error.problems else error.headline
            bad.append(LeftOut(assumption.name, f"its range makes no valid configuration: {first}"))
            continue
        good.append(assumption)
        ends.append((pairs[0], pairs[1]))
    found = dataclasses.replace(found, assumptions=tuple(good), left_out=(*found.left_out, *bad))
    if not good:
        raise PlannerError(f"nothing can be varied:\n{reasons(found.left_out)}")
    return study.model_copy(update={"ends": tuple(ends)}), collected.points, found


def _entry(assumption: Assumption) -> AssumptionEntry:
    evidence = assumption.evidence
    return AssumptionEntry(
        name=assumption.name,
        figures=len({figure.path for own in assumption.figures for figure in own}),
        value=assumption.configured,
        low=assumption.shown(0),
        high=assumption.shown(1),
        multiple=assumption.single is None and evidence.relative,
        unit=evidence.unit,
        kind=evidence.kind,
        source=evidence.source,
        year=evidence.year,
    )


def _attribution(
    composer: ComposerLike, overrides: Sequence[str], whole: Point, measures: tuple[tuple[str, str], ...]
) -> tuple[Study, list[Point]]:
    parts = parts_of(whole.scenario)
    if len(parts) < 2:
        raise PlannerError(
            f"'{whole.scenario}' is one scenario: an effect is divided among the parts of a stack, "
            "as scenario=one+other --method attribution"
        )
    if len(parts) > MOST_PARTS:
        raise PlannerError(
            f"'{whole.scenario}' has {len(parts)} parts; an effect is divided among at most {MOST_PARTS}, because "
            f"every combination of them is simulated (with {len(parts)}: {2 ** len(parts)})"
        )
    points = []
    for number in range(2 ** len(parts)):
        name = JOIN.join(part for bit, part in enumerate(parts) if number >> bit & 1) or BASELINE
        try:
            points.append(single_point(composer, _with(overrides, name)))
        except PlannerError as error:
            note = Problem("", f"an attribution also simulates scenario={name}, which does not work with these changes")
            raise PlannerError(error.headline, [note, *error.problems]) from None
    labels = unique_labels(point.name for point in points)
    points = [dataclasses.replace(point, label=label) for point, label in zip(points, labels, strict=True)]
    alone = [points[1 << bit].configuration.scenario.about.label for bit in range(len(parts))]
    about = whole.configuration.scenario.about
    return Study(
        method="attribution", name_da=about.label.da, name_en=about.label.en, measures=measures,
        configured=Pair(scenario=labels[-1], baseline=labels[0]), parts=parts, subsets=tuple(labels),
        part_names_da=tuple(label.da for label in alone), part_names_en=tuple(label.en for label in alone),
    ), points  # fmt: skip


def _with(overrides: Sequence[str], scenario: str) -> list[str]:
    return [f"scenario={scenario}" if override.startswith("scenario=") else override for override in overrides]
