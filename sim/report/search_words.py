"""What is said about a search, in its picture and in the terminal: names, numbers with units, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from sim.experiment.search.evaluation import Estimate, Kept, out_of_reach
from sim.experiment.search.record import SearchRecord
from sim.experiment.search.wording import figure_key
from sim.measures.definitions import UNITS
from sim.report.numbers import MILLION, MISSING, Language, Numbers
from sim.report.search_texts import text
from sim.scenario.search import Limit

COST = "cost."


class KeptVerdict(Enum):
    """Whether a limit is kept in as large a share of the futures as was asked for."""

    CERTAIN = "certain"
    """Also the lower end of the interval reaches it."""
    KEPT = "kept"
    """The share found reaches it, the lower end of its interval does not."""
    UNSURE = "unsure"
    """The share found does not reach it, the upper end of its interval does."""
    BROKEN = "broken"


def kept_verdict(limit: Limit, kept: Kept, replications: int | None = None) -> KeptVerdict:
    """Judge how a limit is kept.

    Args:
        limit: The limit.
        kept: What is known.
        replications: How many there would have been of a candidate that was given up; None: as many as are known.
    """
    if replications is not None and out_of_reach(limit, kept.broken, replications):
        return KeptVerdict.BROKEN
    if kept.kept >= limit.needed(kept.replications):
        return KeptVerdict.CERTAIN if kept.low >= limit.probability else KeptVerdict.KEPT
    return KeptVerdict.UNSURE if kept.high >= limit.probability else KeptVerdict.BROKEN


@dataclass(frozen=True)
class Quantity:
    """How a figure is written."""

    name: str
    unit: str
    factor: float
    digits: int
    numbers: Numbers

    def value(self, value: float) -> str:
        """Return a value without its unit."""
        return self.numbers.decimal(value * self.factor, self.digits)

    def with_unit(self, value: float) -> str:
        """Return a value with its unit."""
        return f"{self.value(value)} {self.unit}"

    def interval(self, estimate: Estimate, *, signed: bool = False) -> str:
        """Return a mean with its interval, without the unit."""
        write = self.numbers.signed if signed else self.numbers.decimal
        mean, low, high = (
            write(one * self.factor, self.digits) for one in (estimate.mean, estimate.low, estimate.high)
        )
        return mean if MISSING in (mean, low, high) else f"{mean} [{low}; {high}]"


@dataclass(frozen=True)
class Words:
    """What is said about one search in one language."""

    record: SearchRecord
    language: Language

    @cached_property
    def numbers(self) -> Numbers:
        """The number formats of the language."""
        return Numbers(self.language)

    def say(self, key: str, **values: object) -> str:
        """Return a text with its places filled in."""
        return text(key, self.language, **values)

    def name(self, key: str) -> str:
        """Return what people read instead of a place or a figure."""
        label = self.record.names.get(key)
        return key if label is None else str(getattr(label, self.language))

    def quantity(self, kpi: str, group: str) -> Quantity:
        """Return how a figure is written."""
        key = figure_key(kpi, group)
        unit = self.record.units.get(key, "")
        if unit == "dkk":
            return Quantity(self.name(key), self.say("unit.money"), 1 / MILLION, 2, self.numbers)
        if unit == "share":
            return Quantity(self.name(key), "%", 100.0, 1, self.numbers)
        label = next((one for known, one in UNITS.items() if known == unit), None)
        shown = unit if label is None else str(getattr(label, self.language))
        return Quantity(self.name(key), shown, 1.0, 1, self.numbers)

    @cached_property
    def aim(self) -> Quantity:
        """How what is minimised is written."""
        return self.quantity(self.record.question.minimise.kpi, self.record.question.minimise.group)

    def limit(self, limit: Limit) -> str:
        """Return a limit in words, on two lines."""
        quantity = self.quantity(limit.kpi, limit.group)
        shown = round(limit.bound * quantity.factor, 6)
        digits = 0 if shown.is_integer() else 2
        bound = f"{self.numbers.decimal(shown, digits)}\u00a0{quantity.unit}"
        if quantity.unit == "%":
            bound = self.numbers.share(limit.bound, digits)
        key = "limit.at_most" if limit.at_most is not None else "limit.at_least"
        probability = self.numbers.share(limit.probability, 0 if round(100 * limit.probability, 6) % 1 == 0 else 1)
        return self.say(key, name=quantity.name, bound=bound, probability=probability)

    def share(self, kept: Kept) -> str:
        """Return the share of the futures that keep a limit, with its interval."""
        low, high = (self.numbers.share(one) for one in (kept.low, kept.high))
        return f"{self.numbers.share(kept.share)} [{low}; {high}]"

    def headline(self) -> str:
        """Return in one sentence what was found."""
        record = self.record
        best = record.best
        if best is None or not best.evaluation.feasible:
            return self.say("none", tried=len(record.tried))
        judged = record.fresh_best or best.evaluation
        difference = f"{self.aim.interval(judged.difference, signed=True)} {self.aim.unit}"
        feasible = sum(one.evaluation.feasible for one in record.tried)
        counts = {"feasible": feasible, "tried": len(record.tried)}
        if record.today is not None and best.staffing == record.today.staffing:
            found = self.say("found.today", **counts)
        else:
            key = "found" if record.question.minimise.kpi.startswith(COST) else "found.other"
            found = self.say(key, name=self.aim.name, difference=difference, **counts)
        return f"{found}{self.say('unconfirmed')}" if self.unconfirmed else found

    @property
    def unconfirmed(self) -> bool:
        """Whether the fresh futures deny a limit that the search's own ones were thought to keep."""
        fresh = self.record.fresh_best
        return fresh is not None and not fresh.feasible
