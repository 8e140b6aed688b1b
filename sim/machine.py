"""What a command found, as JSON for scripts.

Figures are as stored: days, shares between 0 and 1, DKK. Nothing to measure, and an interval from a single
replication, is ``null``. A difference is scenario minus reference in the same futures.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment.points import Point as PlannedPoint
    from sim.report.findings import Headline
    from sim.report.results import Point, Results
    from sim.scenario import About
    from sim.scenario.configuration import Configuration

Json = dict[str, Any]


def as_text(found: Json) -> str:
    """Return what was found as JSON; what is not a number is ``null`` there."""
    return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False)


def scenarios(abouts: Sequence[About]) -> Json:
    """Return the scenarios that there are."""
    keys = {"name", "group", "municipality", "label", "summary"}
    return {"scenarios": [about.model_dump(include=keys) for about in abouts]}


def checked(points: Sequence[PlannedPoint]) -> Json:
    """Return what valid configurations would simulate, and how many of their figures have which evidence."""
    return {"valid": True, "points": [_checked(point.name, point.configuration) for point in points]}


def _checked(name: str, configuration: Configuration) -> Json:
    from sim.describe import evidence_counts

    scenario, experiment = configuration.scenario, configuration.experiment
    kinds, missing = evidence_counts(configuration)
    return {
        "name": name,
        "scenario": scenario.about.name,
        "choices": configuration.choices,
        "years": scenario.horizon.years,
        "run_in_years": scenario.horizon.run_in_years,
        "replications": experiment.replications,
        "seed": experiment.seed,
        "evidence": dict(kinds),
        "without_evidence": missing,
        "changed": [
            {"path": one.path, "before": one.before, "now": one.now, "by": list(one.parts)}
            for one in configuration.changed
        ],
    }


def results(folder: Path) -> Json:
    """Return what a folder of results holds: its points, and their headline figures with intervals.

    Raises:
        PlannerError: It is not a folder of results, or has none yet.
    """
    from sim.report.results import read_results
    from sim.spoken import spoken

    read = read_results(folder, spoken())
    manifest = read.manifest
    return {
        "folder": str(folder),
        "status": manifest.status,
        "command": manifest.command,
        "seed": manifest.experiment.seed,
        "confidence": read.confidence,
        "reference": read.reference.label,
        "points": [_point(read, point) for point in read.points],
        "without_results": list(read.without_results),
        "warnings": list(manifest.warnings),
        "failures": [failure.model_dump() for failure in manifest.failures],
    }


def _point(read: Results, point: Point) -> Json:
    from sim.report.findings import HEADLINES

    entry = next(entry for entry in read.manifest.points if entry.label == point.label)
    return {
        "label": point.label,
        "name": point.name,
        "scenario": point.scenario,
        "values": dict(entry.columns),
        "replications": entry.stored,
        "figures": [_figure(read, point, headline) for headline in HEADLINES],
    }


def _figure(read: Results, point: Point, headline: Headline) -> Json:
    from sim.measures.definitions import definition
    from sim.report.findings import verdict

    figure = read.figure(point, headline.kpi)
    difference = None
    if point != read.reference:
        difference = {
            "mean": _number(figure.difference.mean),
            "low": _number(figure.difference.low),
            "high": _number(figure.difference.high),
            "verdict": verdict(figure.difference, headline.good).value,
        }
    return {
        "kpi": headline.kpi,
        "unit": definition(headline.kpi).unit,
        "good": headline.good,
        "mean": _number(figure.value.mean),
        "low": _number(figure.value.low),
        "high": _number(figure.value.high),
        "replications": figure.replications,
        "growing": None if figure.growing is None else f"{figure.growing.series}:{figure.growing.group}",
        "difference": difference,
    }


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
