"""What a planner gave is wrong: how that is said.

A :class:`Problem` is one thing that is wrong at one place; a :class:`PlannerError` says all of them at once, so that a
planner repairs a file in one round rather than in ten.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN_PROBLEMS = 20
"""Problems that are listed; further ones are only counted."""
SHOWN_NAMES = 12
"""Names that are listed when a planner must choose among them."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    ``path`` is the place as a planner would override it (``teams.advisers.caseworkers``), empty when the problem has
    no single place; ``message`` says what is wrong, which value was given and what is allowed.
    """

    path: str
    message: str
    where: str = ""
    """The file and line, or the override, that the value at ``path`` comes from."""

    def __str__(self) -> str:
        sentence = f"{self.path}: {self.message}" if self.path else self.message
        return f"{sentence}\n[{self.where}]" if self.where else sentence


class PlannerError(Exception):
    """What the planner gave is wrong. ``str(error)`` is the whole message, for people."""

    def __init__(self, headline: str, problems: Iterable[Problem] = (), limit: int | None = SHOWN_PROBLEMS) -> None:
        self.headline = headline
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.limit = limit
        """Problems that are listed; None: all of them."""
        super().__init__(headline, self.problems)

    def __str__(self) -> str:
        lines = [self.headline]
        for problem in self.problems[: self.limit]:
            first, *more = str(problem).splitlines()
            lines.append(f"  - {first}")
            lines.extend(f"    {line}" for line in more)
        hidden = 0 if self.limit is None else len(self.problems) - self.limit
        if hidden > 0:
            lines.append(f"  - and {hidden} more")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[PlannerError], tuple[str, tuple[Problem, ...], int | None]]:
        return type(self), (self.headline, self.problems, self.limit)


def nearest(given: object, allowed: Iterable[object]) -> str | None:
    """Return the allowed name that looks most like the one given, if any does."""
    by_lower = {str(name).lower(): str(name) for name in allowed}
    close = difflib.get_close_matches(str(given).lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def did_you_mean(given: object, allowed: Iterable[object]) -> str:
    """Return ``; did you mean 'x'?`` with the nearest allowed name, or nothing when none is near."""
    name = nearest(given, allowed)
    return f"; did you mean '{name}'?" if name is not None else ""


def listed(names: Iterable[object], empty: str = "none", limit: int = SHOWN_NAMES) -> str:
    """Return names as a readable list, shortened when it is long."""
    shown: Sequence[str] = [str(name) for name in names]
    if not shown:
        return empty
    hidden = len(shown) - limit
    return ", ".join(shown[:limit]) + (f" and {hidden} more" if hidden > 0 else "")


def unknown(what: str, given: object, allowed: Iterable[object]) -> str:
    """Return the sentence for a name that does not exist, with the nearest one and those that do exist."""
    names = list(allowed)
    return f"there is no {what} '{given}'{did_you_mean(given, names)} (available: {listed(names)})"
