"""What a scenario changes, read from the compared configurations rather than from what somebody wrote about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.report.page.crumbs import crumbs, written
from sim.report.results import Point, Results

NO_CHANGE = frozenset({"about", "choices", "evidence", "experiment", "compute", "report", "output"})
"""Sections that say nothing about how the municipality is organised."""


@dataclass(frozen=True)
class Change:
    """One value that differs from the reference."""

    path: str
    crumbs: tuple[str, ...]
    before: str
    """Empty: the reference does not have it."""
    after: str
    """Empty: it is taken away."""


def changes(results: Results, point: Point) -> tuple[Change, ...]:
    """Return what differs between a point and the reference, in the order of the reference's configuration."""
    base, here = (results.configurations[label] for label in (results.reference.label, point.label))
    there, own = (dict(_leaves(configuration)) for configuration in (base, here))
    say, numbers = results.texts, results.numbers
    yes, no = say("book.yes"), say("page.no")
    return tuple(
        Change(
            path,
            crumbs(path, (here, base), results.language),
            written(there[path], numbers, yes, no) if path in there else "",
            written(own[path], numbers, yes, no) if path in own else "",
        )
        for path in dict.fromkeys((*there, *own))
        if path not in there or path not in own or there[path] != own[path]
    )


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what stands at the ends of a configuration; names in two languages are left out."""
    if isinstance(value, Mapping) and value and not _is_label(value):
        for key, inner in value.items():
            if path or key not in NO_CHANGE:
                yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif not (isinstance(value, Mapping) and value):
        yield path, value


def _is_label(value: Mapping[str, Any]) -> bool:
    return set(value) == {"da", "en"}
