"""Designs: points spread evenly over what the evidence says is defensible.

A *Latin hypercube* (McKay, Beckman and Conover 1979) divides every assumption's range into as many slices as there are
points and uses each slice once. *Sobol*'s sequence (Sobol' 1967, scrambled as by Owen 1998) fills the space of all
assumptions together more evenly, in numbers of points that are powers of two. Both come from SciPy and follow from
``experiment.seed``. Before the points of a scenario's design comes the scenario as it is configured: what the others
are compared with.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Literal

from sim.experiment.assumptions import Assumption, Found, LeftOut, find, valid_alone, varied
from sim.experiment.labels import unique_labels
from sim.experiment.points import Point
from sim.scenario.compose import Configuration
from sim.scenario.errors import PlannerError

Kind = Literal["lhs", "sobol"]
KINDS: tuple[Kind, ...] = ("lhs", "sobol")
PER_ASSUMPTION = 10
"""Points for each assumption when no number is given (Loeppky, Sacks and Welch 2009)."""

Each = Callable[[Sequence[Any]], Any]
"""Wraps a sequence to show how far its reader has come."""


def design_points(
    points: Sequence[Point], kind: str, patterns: Sequence[str], number: int | None, each: Each = iter
) -> tuple[list[Point], Found]:
    """Return the points of a design for each of the scenarios, and what is varied and what is left out.

    Args:
        points: The scenarios (or other points) as they are configured.
        kind: ``lhs`` or ``sobol``.
        patterns: What is varied; see :func:`~sim.experiment.assumptions.find`.
        number: Points per scenario; None: ten for each assumption.
        each: Wraps what takes long.

    Raises:
        PlannerError: Nothing was said about what to vary, or it cannot be varied, or the number does not suit.
    """
    if kind not in KINDS:
        raise PlannerError(f"there is no design '{kind}'; choose lhs (Latin hypercube) or sobol")
    configurations = [point.configuration for point in points]
    if not patterns:
        count = len(find(configurations).assumptions)
        raise PlannerError(
            f"say what to vary, as --vary 'teams.*.caseworkers,costs.*': all {count} assumptions at once would need "
            "thousands of points. To find those that matter first: sagsflow sensitivity --method morris"
        )
    found = find(configurations, patterns)
    good, bad = valid_alone(found, configurations, each)
    found = dataclasses.replace(found, assumptions=tuple(good), left_out=(*found.left_out, *bad))
    if not good:
        raise PlannerError(f"nothing of {', '.join(patterns)} can be varied:\n{reasons(found.left_out)}")
    places = sample(kind, len(good), _suited(kind, number, len(good)), configurations[0].experiment.seed)
    width = max(3, len(str(len(places))))
    names = [f"{kind}-{row + 1:0{width}d}" for row in range(len(places))]
    made: list[Point] = [_configured(point, index, good) for index, point in enumerate(points)]
    jobs = [(index, row) for row in range(len(places)) for index in range(len(points))]
    for index, row in each(jobs):
        base = points[index]
        own = list(zip(good, places[row], strict=True))
        name = names[row] if len(points) == 1 else f"{base.name}, {names[row]}"
        columns = {a.column: a.shown(place) for a, place in own if a.figures[index]}
        made.append(derived(base, name, index, own, columns))
    return [
        dataclasses.replace(point, label=label)
        for point, label in zip(made, unique_labels(point.name for point in made), strict=True)
    ], found


def sample(kind: Kind, dimensions: int, number: int, seed: int) -> list[list[float]]:
    """Return the places of a design's points, each between 0 and 1, one row per point."""
    from scipy.stats import qmc

    sampler = qmc.LatinHypercube(dimensions, rng=seed) if kind == "lhs" else qmc.Sobol(dimensions, rng=seed)
    return [[float(place) for place in row] for row in sampler.random(number)]


def derived(
    base: Point,
    name: str,
    index: int,
    places: Sequence[tuple[Assumption, float]],
    columns: dict[str, Any],
) -> Point:
    """Return a point that differs from another one in its assumptions.

    Args:
        base: The point as it is configured.
        name: What the new one is called; its label follows from it later.
        index: Which of the configurations that the assumptions were found in is the base's.
        places: Assumptions with their places within their ranges.
        columns: What the tables show of it.

    Raises:
        PlannerError: The configuration is not valid with these values; the message names the point.
    """
    try:
        configuration, overrides = varied(base.configuration, index, places)
    except PlannerError as error:
        raise PlannerError(f"{name}: {error.headline}", error.problems) from None
    return Point(name, name, (*base.overrides, *overrides), {**base.columns, **columns}, configuration, titled=True)


def configured_columns(index: int, assumptions: Sequence[Assumption]) -> dict[str, Any]:
    """Return what the tables show of a point at which nothing is varied."""
    return {a.column: a.configured for a in assumptions if a.figures[index] and a.configured is not None}


def reasons(left_out: Sequence[LeftOut]) -> str:
    """Return what is left out, and why, one line each."""
    return "\n".join(f"  - {entry.name}: {entry.why}" for entry in left_out)


def same(one: Configuration, other: Configuration) -> bool:
    """Return whether two configurations say the same."""
    return one.composed == other.composed


def _configured(point: Point, index: int, assumptions: Sequence[Assumption]) -> Point:
    return dataclasses.replace(point, columns={**point.columns, **configured_columns(index, assumptions)})


def _suited(kind: Kind, number: int | None, assumptions: int) -> int:
    wanted = PER_ASSUMPTION * assumptions if number is None else number
    if wanted < 2:
        raise PlannerError(f"--n {wanted}: a design needs at least 2 points")
    above = 1 << (wanted - 1).bit_length()
    if kind == "lhs" or above == wanted:
        return wanted
    if number is None:
        return above
    raise PlannerError(
        f"--n {number}: a Sobol design is even only with a power of two of points; give --n {above // 2} or "
        f"--n {above}, or choose --design lhs"
    )
