"""What all sheets are written from: the results, the ledgers, and the words that several sheets need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.report.budget.investment import discount_of
from sim.report.budget.levels import frame_levels
from sim.report.budget.study import FAMILY, STATE, Study, study_of
from sim.report.findings import reference_name, replications_text
from sim.report.results import Point, Results


@dataclass(frozen=True)
class Content:
    """The results with everything that is calculated from them once."""

    results: Results
    study: Study

    @staticmethod
    def of(results: Results) -> Content:
        """Read the ledgers.

        Raises:
            PlannerError: A ledger was written by an earlier version.
        """
        return Content(results, study_of(results))

    def say(self, key: str, **values: object) -> str:
        """Return a text in the language of the report."""
        return self.results.texts(key, **values)

    @cached_property
    def compared(self) -> tuple[Point, ...]:
        """The points that the proposal is about."""
        return tuple(point for point in self.results.points if point.label in self.study.others)

    @cached_property
    def reference(self) -> str:
        """How the reference is called within a sentence."""
        return reference_name(self.results)

    @cached_property
    def confidence(self) -> str:
        """The level of the intervals, as people write it."""
        return self.results.numbers.share(self.results.confidence)

    @cached_property
    def replications(self) -> str:
        """The number of replications, as a range if the points differ."""
        return replications_text(self.results)

    def costs(self, label: str) -> Mapping[str, Any]:
        """Return the section ``costs`` of a point's configuration."""
        return self.results.configurations[label].get("costs") or {}

    def level(self, label: str) -> str:
        """Return the price level that a point's amounts are at, as people write it."""
        costs = self.costs(label)
        level = costs.get("level") or {}
        if level.get("kind") == "nominal":
            return self.say("book.level.nominal")
        return self.say("book.level.fixed", year=level.get("year") or costs.get("price_year"))

    def levels(self, label: str) -> Mapping[int, float]:
        """Return what a krone of the price list is at the reported price level, by year of the proposal."""
        return frame_levels(self.costs(label), self.study.years)

    @cached_property
    def one_level(self) -> str | None:
        """The price level of all points; None if they differ, so that comparing them means nothing."""
        levels = {self.level(label) for label in self.study.ledgers}
        return levels.pop() if len(levels) == 1 else None

    @property
    def level_text(self) -> str:
        """The price level, for headings."""
        return self.one_level or self.say("book.level.mixed")

    def discount(self, label: str) -> float:
        """Return a point's own discount rate, per cent a year."""
        return discount_of(self.results.configurations[label])

    @cached_property
    def discounts(self) -> tuple[float, ...]:
        """The discount rates of all points with prices, each once."""
        return tuple(sorted({self.discount(label) for label in self.study.ledgers}))

    def account(self, number: str) -> str:
        """Return what an account is called; empty if the chart of accounts does not say."""
        for label in self.study.ledgers:
            name = (self.costs(label).get("accounts") or {}).get(number)
            if name:
                return str(name[self.results.language])
        return ""

    def payer(self, payer: str) -> str:
        """Return what a payer is called."""
        own = payer in self.results.administrations
        return self.say(f"payer.{payer}") if payer in (STATE, FAMILY) and not own else self.results.name(payer)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of any amount must know."""
        found = []
        if len(self.study.ledgers) and self.one_level is None:
            found.append(self.say("book.mixed"))
        if self.results.failed_replications:
            found.append(self.say("book.incomplete", count=self.results.failed_replications))
        if not self.results.has_intervals:
            found.append(self.say("book.one_replication"))
        if self.study.ledgers and len(self.study.years) < 4:
            found.append(self.say("book.fewer_years", count=len(self.study.years)))
        return tuple(found)

    @cached_property
    def municipality(self) -> str:
        """What the municipality is called, with the price level's unit: the head of every page."""
        configuration = self.results.configurations[self.results.reference.label]
        label = (configuration.get("municipality") or {}).get("label") or {}
        return str(label.get(self.results.language, ""))
