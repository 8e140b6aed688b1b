"""What the figures rest on: assumptions with their sources, those that matter most first.

Figures that one entry of the register of evidence covers are one assumption and one row. If a sensitivity study lies
in the folder, its effects give the order. Otherwise those come first that nobody has verified, among them those that
a scenario sets (they make the differences), and among them those with the widest range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.sensitivity.study import STUDY
from sim.report.budget.assumptions import Assumption, assumptions, counts
from sim.report.page.crumbs import crumbs, plain_number, unit_text
from sim.report.workbook.content import Content
from sim.scenario.evidence import Evidence, evidence_for

SHOWN = 15
"""Rows that are visible at once; the rest unfolds."""


@dataclass(frozen=True)
class Ground:
    """One assumption: a figure, or several that one entry of the register covers."""

    path: str
    crumbs: tuple[str, ...]
    figures: int
    value: str
    range: str
    unit: str
    kind: str
    unverified: bool
    source: str
    year: str
    changed: tuple[str, ...]
    """Names of the scenarios that set it."""
    effect: str
    """The largest effect by the sensitivity study; empty without one."""


@dataclass(frozen=True)
class Grounds:
    """All assumptions."""

    figures: int
    unverified: int
    kinds: tuple[tuple[str, int], ...]
    """How many figures there are of each kind of evidence."""
    rows: tuple[Ground, ...]
    measured: bool
    """Whether the order comes from a sensitivity study."""


def grounds(content: Content) -> Grounds:
    """Return the assumptions of all points."""
    results = content.results
    overrides = results.manifest.point(results.reference.label).overrides
    found = assumptions(results.configurations, results.reference.label, overrides)
    kinds = counts(found)
    effects = study_effects(results.folder)
    parts: dict[str, list[Assumption]] = {}
    registers = [_register(one) for one in results.configurations.values()]
    for one in found:
        parts.setdefault(_entry(one.path, registers) if one.evidence else one.path, []).append(one)
    ordered = sorted(parts.items(), key=lambda part: _weight(part[0], part[1], effects), reverse=True)
    names = {point.label: point.name for point in results.points}
    return Grounds(
        len(found),
        kinds["assumption"] + kinds[""],
        tuple((content.say(f"kind.{kind}"), count) for kind, count in kinds.items() if count),
        tuple(_ground(content, key, ones, names, effects) for key, ones in ordered),
        bool(effects),
    )


def study_effects(folder: Path) -> Mapping[str, float]:
    """Return the largest effect of every assumption on the first measure, if a sensitivity study lies in the folder."""
    path = folder / "sensitivity.csv"
    if not (folder / STUDY).is_file() or not path.is_file():
        return {}
    table = pd.read_csv(path, encoding="utf-8")
    columns = [name for name in ("effect_low", "effect_high", "mu_star", "ST") if name in table.columns]
    if "assumption" not in table.columns or not columns:
        return {}
    first = table[table["kpi"] == table["kpi"].iloc[0]] if "kpi" in table.columns else table
    sizes = first[columns].abs().max(axis=1)
    return {str(name): float(size) for name, size in zip(first["assumption"], sizes, strict=True) if np.isfinite(size)}


def _register(configuration: Mapping[str, object]) -> Mapping[str, Evidence]:
    entries = configuration.get("evidence")
    if not isinstance(entries, Mapping):
        return {}
    return {str(key): Evidence.model_validate(one) for key, one in entries.items()}


def _entry(path: str, registers: list[Mapping[str, Evidence]]) -> str:
    return next((known[0] for register in registers if (known := evidence_for(path, register))), path)


def _weight(key: str, ones: list[Assumption], effects: Mapping[str, float]) -> tuple[float, bool, bool, float]:
    changed = any(one.changed for one in ones)
    return effects.get(key, -1.0), any(one.unverified for one in ones), changed, _width(ones[0])


def _width(one: Assumption) -> float:
    """Return how wide the range is against the figure itself."""
    if one.evidence is None:
        return float("inf")
    if one.evidence.relative:
        return one.evidence.high - one.evidence.low
    values = [abs(value) for value in one.value or next(iter(one.changed.values()), ())]
    size = max([*values, 1e-9]) if any(values) else max(abs(one.evidence.low), abs(one.evidence.high), 1e-9)
    return (one.evidence.high - one.evidence.low) / size


def _ground(
    content: Content, key: str, ones: list[Assumption], names: Mapping[str, str], effects: Mapping[str, float]
) -> Ground:
    results, numbers, known = content.results, content.results.numbers, ones[0].evidence
    # A figure that only scenarios have shows what they say.
    values = sorted({value for one in ones for value in one.value or next(iter(one.changed.values()), ())})
    changed = dict.fromkeys(names[label] for one in ones for label in one.changed)
    text = plain_number(values[0], numbers) if values else content.say("book.absent")
    if len(values) > 1:
        text = f"{text}–{plain_number(values[-1], numbers)}"
    return Ground(
        key,
        crumbs(key, list(results.configurations.values()), results.language),
        len(ones),
        text,
        _range(content, known),
        unit_text(known.unit, results.language) if known else "",
        content.say(f"kind.{known.kind if known else ''}"),
        any(one.unverified for one in ones),
        known.source if known else "",
        str(known.year) if known else "",
        tuple(changed),
        numbers.decimal(effects[key], 2) if key in effects else "",
    )


def _range(content: Content, known: Evidence | None) -> str:
    if known is None:
        return ""
    numbers = content.results.numbers
    low, high = plain_number(known.low, numbers), plain_number(known.high, numbers)
    return f"{'× ' if known.relative else ''}{low}–{high}" if low != high else low
