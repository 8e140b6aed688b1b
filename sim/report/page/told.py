"""Each scenario in a few lines: what was changed, what happened, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.report.budget.investment import investment
from sim.report.course import course_text
from sim.report.findings import Verdict
from sim.report.page.changes import Change, changes
from sim.report.page.figures import Measure, headline_measures
from sim.report.results import Point, Results
from sim.report.workbook.content import Content


@dataclass(frozen=True)
class Happened:
    """One headline figure of a scenario that differs clearly from the reference."""

    label: str
    before: str
    after: str
    amount: str
    kind: str
    word: str


@dataclass(frozen=True)
class Told:
    """One scenario."""

    point: Point
    summary: str
    parts: tuple[str, ...]
    """For a stack: what its parts are called."""
    overrides: tuple[str, ...]
    """What the command line changed besides."""
    changes: tuple[Change, ...]
    clear: tuple[Happened, ...]
    unclear: tuple[str, ...]
    """What the headline figures are called that do not differ clearly."""
    unknown: tuple[str, ...]
    """What those are called that cannot be judged."""
    course: str
    """How its cumulated net cost goes; empty without prices."""
    why: str
    """Empty if it is the reference's scenario: what that says is not about what was changed."""
    same: bool
    """Whether it is the reference's scenario, with other values."""
    source: str


def scenarios(content: Content) -> tuple[Told, ...]:
    """Return all scenarios but the reference."""
    results = content.results
    measures = headline_measures(results)
    return tuple(_told(content, point, measures) for point in results.others)


def about(results: Results, point: Point) -> Mapping[str, Any]:
    """Return what a scenario says about itself."""
    said = results.configurations[point.label].get("about")
    return said if isinstance(said, Mapping) else {}


def _told(content: Content, point: Point, measures: tuple[Measure, ...]) -> Told:
    results = content.results
    said = about(results, point)
    same = point.scenario == results.reference.scenario
    verdicts = {one: one.verdict(point) for one in measures}
    course = ""
    if point.label in content.study.others:
        course = course_text(results, investment(content.study, point.label, content.discount(point.label)))
    danish = str(said.get("why_da") or "") if results.language == "da" else ""
    return Told(
        point,
        "" if same else summary(results, point),
        _part_names(results, said),
        tuple(f"{path} = {value}" for path, value in results.manifest.point(point.label).columns.items()),
        changes(results, point),
        tuple(
            _happened(results, point, one) for one, what in verdicts.items() if what in (Verdict.BETTER, Verdict.WORSE)
        ),
        tuple(one.label for one, what in verdicts.items() if what is Verdict.UNCLEAR),
        tuple(one.label for one, what in verdicts.items() if what is Verdict.UNKNOWN),
        course,
        "" if same else danish or str(said.get("why") or ""),
        same,
        "" if same else str(said.get("source") or ""),
    )


def summary(results: Results, point: Point) -> str:
    """Return what a scenario is, in one sentence; empty if it does not say."""
    said = about(results, point).get("summary")
    return str(said.get(results.language) or "") if isinstance(said, Mapping) else ""


def _part_names(results: Results, said: Mapping[str, Any]) -> tuple[str, ...]:
    names = {point.scenario: point.name for point in results.points}
    return tuple(names.get(str(part), str(part)) for part in said.get("parts") or ())


def _happened(results: Results, point: Point, measure: Measure) -> Happened:
    shown, base = measure.shown(point), measure.shown(results.reference)
    amount = measure.amount(measure.figures[point.label].difference)
    return Happened(measure.label, base.value, f"{shown.value}\u00a0{measure.unit}", amount, shown.kind, shown.word)
