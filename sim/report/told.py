"""How a study's figures are written: units people use, headline, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.sensitivity.study import Study
from sim.measures.definitions import definition
from sim.report.numbers import MILLION, Language, Numbers
from sim.report.sensitivity_texts import say


@dataclass(frozen=True)
class Told:
    """One measure of a study, ready to be told."""

    study: Study
    measure: tuple[str, str]
    kpi_unit: str
    before: tuple[float, float, float, int]
    """The outcome as configured: mean, interval, replications."""
    table: pd.DataFrame
    confidence: float
    language: Language

    @cached_property
    def numbers(self) -> Numbers:
        """The number formats of the language."""
        return Numbers(self.language)

    @property
    def name(self) -> str:
        """What the scenario is called."""
        return self.study.name_da if self.language == "da" else self.study.name_en

    @property
    def measure_name(self) -> str:
        """What the measure is called."""
        label = getattr(definition(self.measure[0]).label, self.language)
        group = "" if self.measure[1] == "all" else f" ({self.measure[1]})"
        return f"{label[:1].lower()}{label[1:]}{group}"

    @cached_property
    def factor(self) -> float:
        """What figures are multiplied by."""
        if self.kpi_unit == "share":
            return 100.0
        if self.kpi_unit.startswith("dkk"):
            return 1 / MILLION if abs(self.before[0]) >= MILLION / 10 else 1 / 1000
        return 1.0

    @property
    def unit(self) -> str:
        """The unit that they are shown in."""
        if self.kpi_unit == "share":
            return say(self.language, "unit.percent")
        if self.kpi_unit.startswith("dkk"):
            return say(self.language, "unit.millions" if self.factor < 1e-4 else "unit.thousands")
        return say(self.language, "unit.days") if self.kpi_unit == "days" else self.kpi_unit

    @cached_property
    def digits(self) -> int:
        """Decimals, so that effects can be told apart."""
        size = abs(self.before[0]) * self.factor
        return 1 if not np.isfinite(size) or size >= 10 else 2

    def amount(self, value: float) -> str:
        """Return a figure in the unit that is shown, with its sign."""
        return self.numbers.signed(value * self.factor, self.digits)

    def with_interval(self, row: Mapping[Any, Any], name: str) -> str:
        """Return a figure of a row with its interval."""
        plain, unsigned = name in ("S1", "ST"), name in ("mu_star", "sigma")
        texts = []
        for suffix in ("", "_ci_low", "_ci_high"):
            value = row.get(f"{name}{suffix}", np.nan)
            if unsigned:
                texts.append(self.numbers.decimal(value * self.factor, self.digits))
            else:
                texts.append(self.numbers.decimal(value, 2) if plain else self.amount(value))
        return f"{texts[0]} [{texts[1]}; {texts[2]}]" if np.isfinite(row.get(f"{name}_ci_low", np.nan)) else texts[0]

    def range(self, row: Mapping[Any, Any]) -> str:
        """Return low and high of a row's assumption."""
        times = "× " if row["multiple"] else ""
        low, high = (self.numbers.decimal(row[end], _decimals(row[end])) for end in ("low", "high"))
        return f"{times}{low}–{high}"

    def part_name(self, position: int) -> str:
        """Return what a part of a stack is called; after the last one comes the total."""
        names = self.study.part_names_da if self.language == "da" else self.study.part_names_en
        return names[position] if position < len(names) else say(self.language, "total")

    def headline(self) -> str:
        """Return in one sentence what the study says."""
        key, values = self._headline()
        return say(self.language, key, name=self.name, measure=self.measure_name, **values)

    def _headline(self) -> tuple[str, dict[str, object]]:
        if self.study.method == "attribution":
            return "title.attribution", {}
        if self.study.method != "tornado":
            return "title.screening", {}
        if self.study.configured.baseline is None:
            return "title.level", {}
        if not np.isfinite(self.before[1]):
            return "title.unsure", {}
        if self.before[1] <= 0 <= self.before[2]:
            return "title.none", {}
        falling = sum(bool(self.mark(row)) for row in self.table.to_dict("records"))
        if not falling:
            return "title.holds", {}
        return "title.falls", {"count": falling, "total": len(self.table)}

    def configured_line(self) -> str:
        """Return the outcome as configured."""
        kind = "level" if self.study.configured.baseline is None else "effect"
        row = dict(zip(("x", "x_ci_low", "x_ci_high"), self.before[:3], strict=True))
        what = say(self.language, kind).lower()
        return say(
            self.language, "configured", name=self.name, what=what, measure=self.measure_name,
            value=self.with_interval(row, "x"), unit=self.unit,
        )  # fmt: skip

    def mark(self, row: Mapping[Any, Any]) -> str:
        """Return at which ends of a row the conclusion does not hold, as ``low``, ``high``, ``low/high`` or nothing."""
        ends = [end for end in ("low", "high") if row.get(f"conclusion_{end}") in ("gone", "reversed")]
        return "/".join(say(self.language, end) for end in ends)

    def turning(self) -> list[str]:
        """Return a sentence for each end at which the conclusion does not hold."""
        return [
            say(
                self.language,
                "with",
                end=_inflected(end, self.language),
                name=row["assumption"],
                what=say(self.language, row[f"conclusion_{end}"]),
            )
            for row in self.table.to_dict("records")
            for end in ("low", "high")
            if row.get(f"conclusion_{end}") in ("gone", "reversed")
        ]

    def notes(self, shown: int = 15) -> list[str]:
        """Return what a reader must know."""
        level = self.numbers.share(self.confidence)
        notes = []
        if self.study.method == "attribution":
            notes.append(say(self.language, "note.shapley", level=level))
        elif self.study.method == "tornado":
            value = self.amount(self.before[0])
            notes.append(say(self.language, "note.bars", value=value, unit=self.unit, level=level))
        else:
            notes.append(say(self.language, "note.screening", total=len(self.table), level=level))
            notes.append(say(self.language, "note.stochastic", n=self.before[3]))
        if self.study.method in ("tornado", "attribution") and not np.isfinite(self.before[1]):
            notes.append(say(self.language, "note.one"))
        if self.study.method != "attribution" and len(self.table) > shown:
            notes.append(say(self.language, "note.rest", count=len(self.table) - shown))
        if self.study.left_out:
            notes.append(say(self.language, "note.left", count=len(self.study.left_out)))
        return notes


def _inflected(end: str, language: Language) -> str:
    return {"low": "lave", "high": "høje"}[end] if language == "da" else end


def _decimals(value: float) -> int:
    return 0 if value == round(value) else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 4
