"""How far it is: a bar on a terminal, a line now and then in a log file, nothing at all when that is asked for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Literal, TextIO

from sim.experiment.run import Done, Failed

SECONDS_BETWEEN_LINES = 30.0

WORDS = {
    "da": {
        "simulating": "Simulerer",
        "pricing": "Prissætter",
        "stored": "{stored} af {total} gentagelser ligger der allerede",
        "line": "{done} af {total} gentagelser",
        "points": "{done} af {total} punkter",
        "extended": "{met} af {targets} mål for nøjagtigheden er nået: {more} gentagelser mere",
        "left": "ca. {left} tilbage",
        "failed": "{label}, gentagelse {replication} fejlede: {error}",
    },
    "en": {
        "simulating": "Simulating",
        "pricing": "Pricing",
        "stored": "{stored} of {total} replications are there already",
        "line": "{done} of {total} replications",
        "points": "{done} of {total} points",
        "extended": "{met} of {targets} targets of precision are reached: {more} replications more",
        "left": "about {left} left",
        "failed": "{label}, replication {replication} failed: {error}",
    },
}


class Progress:
    """Tells a person how far the simulation is.

    Args:
        stream: Where to (standard error: standard output is for results).
        language: ``da`` or ``en``.
        quiet: Say nothing but failures.
        work: What is being done.
    """

    def __init__(
        self, stream: TextIO, language: str, *, quiet: bool, work: Literal["simulating", "pricing"] = "simulating"
    ) -> None:
        from rich.console import Console

        self._words = WORDS[language]
        self._quiet = quiet
        self._work = work
        self._console = Console(file=stream, highlight=False, markup=False, soft_wrap=True)
        self._terminal = self._console.is_terminal and not quiet
        self._bar: _Bar | None = None
        self._begun = self._said = time.monotonic()
        self._total = self._count = self._here = 0
        self._missing: dict[str, int] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.finished()

    def started(self, total: int, stored: int, missing: Mapping[str, int]) -> None:
        """Begin with what is stored already."""
        self._total, self._count, self._here = total, stored, 0
        self._missing = dict(missing)
        self._begun = self._said = time.monotonic()
        if stored:
            self._say(self._words["stored"].format(stored=stored, total=total))
        if self._terminal and stored < total:
            self._bar = _Bar(self._console, self._words[self._work], total, stored)

    def extended(self, total: int, met: int, targets: int, missing: Mapping[str, int]) -> None:
        """Go on with more replications than was known at first."""
        self._total = total
        self._missing = dict(missing)
        self._say(self._words["extended"].format(met=met, targets=targets, more=total - self._count))
        if self._bar is not None:
            self._bar.extend(total)
        elif self._terminal and self._count < total:
            self._bar = _Bar(self._console, self._words[self._work], total, self._count)

    def done(self, result: Done) -> None:
        """Count a replication that is stored."""
        self._advance(result.label)

    def failed(self, result: Failed) -> None:
        """Say at once which replication failed and why; this is never kept quiet."""
        self._console.print(
            self._words["failed"].format(label=result.label, replication=result.replication, error=result.error)
        )
        self._advance(result.label)

    def finished(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _advance(self, label: str) -> None:
        self._count += 1
        self._here += 1
        if label in self._missing:
            self._missing[label] -= 1
        if self._bar is not None:
            self._bar.advance(label, self._points())
        elif time.monotonic() - self._said >= SECONDS_BETWEEN_LINES or self._count == self._total:
            self._said = time.monotonic()
            done = self._words["line"].format(done=self._count, total=self._total)
            line = ", ".join(part for part in (done, self._points()) if part)
            if self._count < self._total:
                line += ", " + self._words["left"].format(left=self._left())
            self._say(line)

    def _points(self) -> str:
        """Return how many points are done; nothing if there is only one."""
        if len(self._missing) < 2:
            return ""
        done = sum(missing <= 0 for missing in self._missing.values())
        return self._words["points"].format(done=done, total=len(self._missing))

    def _left(self) -> str:
        seconds = (time.monotonic() - self._begun) / self._here * (self._total - self._count)
        return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"

    def _say(self, line: str) -> None:
        if not self._quiet:
            self._console.print(line)


class _Bar:
    """Replications done, of all points together, with the time that is left."""

    def __init__(self, console: object, title: str, total: int, done: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        assert isinstance(console, Console)
        self._rich = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("→"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[points]}", markup=False),
            TextColumn("{task.fields[point]}", markup=False),
            console=console,
            transient=True,
        )
        self._task = self._rich.add_task(title, total=total, completed=done, points="", point="")
        self._rich.start()

    def advance(self, label: str, points: str) -> None:
        self._rich.update(self._task, advance=1, points=points, point=label)

    def extend(self, total: int) -> None:
        self._rich.update(self._task, total=total)

    def stop(self) -> None:
        self._rich.stop()
