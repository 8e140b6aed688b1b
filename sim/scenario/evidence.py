"""Where each figure comes from: the register that travels with the configuration.

Keys are paths of the configuration in which ``*`` stands for one or more parts (``teams.*.caseworkers``); for each
figure the most specific key that matches it is its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.scenario.base import Strict

EvidenceKind = Literal["law", "published", "derived", "local", "assumption"]


class Evidence(Strict):
    """How well a figure is known."""

    low: float
    """The lowest value that is defensible, in the figure's own unit."""
    high: float
    """The highest value that is defensible."""
    relative: bool = False
    """Whether ``low`` and ``high`` are multiples of the figure itself, for keys that cover many figures."""
    unit: str
    kind: EvidenceKind
    """``law``: set by law; ``published``: a public statistic or study; ``derived``: calculated from published
    figures; ``local``: the municipality's own figure; ``assumption``: expert judgement, unverified."""
    source: str
    year: Annotated[int, Field(ge=1990, le=2100)]
    """The year that the figure describes."""
    note: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Evidence:
        if self.low > self.high:
            raise ValueError(f"low ({self.low:g}) is above high ({self.high:g})")
        if self.relative and not 0 <= self.low <= 1 <= self.high:
            raise ValueError(f"a relative range must hold 1, the figure itself ({self.low:g} to {self.high:g})")
        return self

    def bounds(self, value: float) -> tuple[float, float]:
        """Return the lowest and highest defensible value of a figure that is given as ``value``."""
        return (self.low * value, self.high * value) if self.relative else (self.low, self.high)


EvidenceRegister = Mapping[str, Evidence]


@lru_cache(maxsize=4096)
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("^" + re.escape(key).replace(r"\*", ".+") + "$")


def evidence_for(path: str, register: EvidenceRegister) -> tuple[str, Evidence] | None:
    """Return the most specific key of the register that matches the path, with its evidence."""
    best: tuple[int, str] | None = None
    for key in register:
        if _pattern(key).match(path):
            specificity = len(key.replace("*", ""))
            if best is None or specificity > best[0]:
                best = (specificity, key)
    return None if best is None else (best[1], register[best[1]])


def figures(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number in a configuration with its dotted path. Positions in lists do not count as parts."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield path, float(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from figures(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from figures(inner, path)
