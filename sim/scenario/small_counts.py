"""Counts of real persons that are too small to be shown, and the others that would give them away.

A count below the threshold is suppressed (*primary*). The total of a list is usually known, so a single suppressed
count could be found by subtraction: the smallest of the others is suppressed too (*complementary*), until what is
suppressed together leaves each of them open to be as large as the threshold. See A. Hundepool and others, *Statistical
Disclosure Control*, 2012, ch. 4. A count of zero is shown: nobody is behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A list of counts as it may be shown."""

    counts: Mapping[str, int | None]
    """None: suppressed."""
    total: int | None
    """None: suppressed, because it would give the counts away, or is small itself."""

    @property
    def suppressed(self) -> bool:
        """Whether anything is."""
        return self.total is None or None in self.counts.values()


def shown(counts: Mapping[str, int], below: int) -> Shown:
    """Return counts with those suppressed that must be.

    Args:
        counts: Persons by name; each belongs to one name only.
        below: Counts from 1 up to this one, exclusive, are small.
    """
    total = sum(counts.values())
    hidden = {name for name, count in counts.items() if 0 < count < below}
    others = sorted((count, name) for name, count in counts.items() if count >= below)
    while hidden and others and not _is_safe([counts[name] for name in hidden], below):
        hidden.add(others.pop(0)[1])
    known = total >= below or total == 0
    if hidden and not _is_safe([counts[name] for name in hidden], below):
        known = False
    return Shown({name: None if name in hidden else count for name, count in counts.items()}, total if known else None)


def _is_safe(hidden: list[int], below: int) -> bool:
    """Return whether nothing follows from the sum of suppressed counts: each could be as large as the threshold.

    Each is at least 1, so the largest that one of them can be is the sum less one for every other.
    """
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= below
