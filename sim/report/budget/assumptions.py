"""What the figures rest on: every number of the configuration with its evidence, and who changes it.

The register of evidence travels with the configuration (:mod:`sim.scenario.evidence`). A figure that no entry covers
is listed too: a figure without a source is the one that a reader must know of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.scenario.evidence import Evidence, evidence_for, figures

NOT_CLAIMS = frozenset({"about", "choices", "evidence", "experiment", "compute", "report", "output", "municipality"})
"""Sections whose numbers say nothing about the world."""
UNVERIFIED = "assumption"

Values = tuple[float, ...]


@dataclass(frozen=True)
class Assumption:
    """One figure of the configuration; a list of numbers is one figure."""

    path: str
    value: Values
    """What the reference point says; empty if it does not have the figure."""
    evidence: Evidence | None
    """None: no entry of the register covers it."""
    changed: Mapping[str, Values]
    """What other points say instead, by label; empty: they do not have it."""
    given: bool
    """Whether an override of the command line sets it in the reference point."""

    @property
    def unverified(self) -> bool:
        """Whether it is expert judgement, or has no source at all."""
        return self.evidence is None or self.evidence.kind == UNVERIFIED

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The lowest and highest defensible value in the figure's unit; None when it cannot be said in one unit."""
        if self.evidence is None:
            return None
        if not self.evidence.relative:
            return self.evidence.low, self.evidence.high
        values = self.value or next((one for one in self.changed.values() if one), ())
        return self.evidence.bounds(values[0]) if len(values) == 1 else None


def assumptions(
    configurations: Mapping[str, Mapping[str, Any]], reference: str, overrides: Sequence[str] = ()
) -> list[Assumption]:
    """List the figures of all points, in the order of the reference's configuration.

    Args:
        configurations: Plain data by point label.
        reference: Label of the point that the others are compared with.
        overrides: What the command line sets in the reference, as ``path=value``.
    """
    each = {label: _values(data) for label, data in configurations.items()}
    registers = {label: _register(data) for label, data in configurations.items()}
    own = each[reference]
    given = [_path(one) for one in overrides]
    found = []
    for path in dict.fromkeys(path for values in (own, *each.values()) for path in values):
        holder = reference if path in own else next(label for label, values in each.items() if path in values)
        known = evidence_for(path, registers[holder])
        found.append(
            Assumption(
                path,
                own.get(path, ()),
                None if known is None else known[1],
                {
                    label: values.get(path, ())
                    for label, values in each.items()
                    if label != reference and values.get(path, ()) != own.get(path, ())
                },
                any(path == one or path.startswith(f"{one}.") for one in given),
            )
        )
    return found


def counts(found: Sequence[Assumption]) -> dict[str, int]:
    """Return how many figures there are of each kind of evidence; those without any under the empty text."""
    kinds = [one.evidence.kind if one.evidence else "" for one in found]
    return {kind: kinds.count(kind) for kind in ("law", "published", "derived", "local", UNVERIFIED, "")}


def _values(configuration: Mapping[str, Any]) -> dict[str, Values]:
    values: dict[str, Values] = {}
    for path, value in figures({key: one for key, one in configuration.items() if key not in NOT_CLAIMS}):
        values[path] = (*values.get(path, ()), value)
    return values


def _register(configuration: Mapping[str, Any]) -> dict[str, Evidence]:
    return {key: Evidence.model_validate(one) for key, one in (configuration.get("evidence") or {}).items()}


def _path(override: str) -> str:
    return override.partition("=")[0].lstrip("+~")
