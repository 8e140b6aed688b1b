"""How two things are timed on a machine that is never quiet, and how what was found is shown.

The sides take turns, A B C A B C, in one run of one process. A ratio is taken within each round, so that both of its
figures met the same minute of the machine; shown is the median of the rounds, and the least and the most. Time is
processor time of this process: what others do to the processor meanwhile does not count, only that they leave less of
its caches. The garbage collector clears up before each turn, so that nobody is charged for another's rubbish, and is
on during it, as it is for whoever writes such a program. (The engine switches it off for itself.)
"""

from __future__ import annotations

import datetime as dt
import gc
import math
import os
import platform
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

Asked = Namespace
"""What was asked for on the command line: ``quick``, ``repeats``, ``replications``, ``largest``, ``years``."""
LIBRARIES = ("simpy", "numpy", "ciw")


def processor_seconds(function: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long a function takes, and what it returns."""
    gc.collect()
    began = time.process_time()
    result = function()
    return time.process_time() - began, result


def in_turns(
    sides: Mapping[str, Callable[[int], Any]], rounds: int, look: Callable[[str, float, Any], float]
) -> dict[str, list[float]]:
    """Let all sides take turns and return the figure of each by round.

    Args:
        sides: What is measured, by name: each is called with the number of the round.
        rounds: How often.
        look: Makes the figure of a name, seconds and result. What it does is not timed.
    """
    found: dict[str, list[float]] = {name: [] for name in sides}
    gc.collect()
    gc.freeze()  # What was there before is walked through for nobody: a small rival would pay for our imports.
    for number in range(rounds):
        for name, side in sides.items():
            seconds, result = processor_seconds(partial(side, number))
            found[name].append(look(name, seconds, result))
            del result
            note(f"round {number + 1} of {rounds}, {name}: {seconds:.2f} s")
    gc.unfreeze()
    return found


def note(text: str) -> None:
    """Say how far it is, where it is in nobody's way."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Ratio:
    """The ratio of two sides over the rounds."""

    rounds: tuple[float, ...]

    @classmethod
    def of(cls, one: Sequence[float], other: Sequence[float]) -> Ratio:
        """Pair two sides round by round."""
        return cls(tuple(mine / theirs if theirs else math.nan for mine, theirs in zip(one, other, strict=True)))

    @property
    def median(self) -> float:
        """The ratio that is reported."""
        return median(self.rounds)

    def __str__(self) -> str:
        """Say the ratio with its spread."""
        return f"**{_digits(self.median)}** ({_digits(min(self.rounds))}–{_digits(max(self.rounds))})"

    def against(self, *, at_least: float | None = None, at_most: float | None = None) -> list[str]:
        """Return the cells of a table: ratio, goal, and whether it is reached."""
        if at_least is not None:
            return [str(self), f"≥ {at_least:g}", reached(self.median >= at_least)]
        if at_most is not None:
            return [str(self), f"≤ {at_most:g}", reached(self.median <= at_most)]
        return [str(self), "", ""]


def reached(is_reached: bool) -> str:
    """Return how a table says whether a goal is reached."""
    return "reached" if is_reached else "missed"


def _digits(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}" if ratio >= 0.095 else f"{ratio:.3f}"


def best_and_median(figures: Sequence[float], best: Callable[..., float] = max, form: str = ",.0f") -> list[str]:
    """Return the cells for the best and the median of the rounds."""
    return [format(best(figures), form), format(median(figures), form)]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown that can be read in a terminal too; all columns but the first to the right."""
    lines = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]

    def shown(line: Sequence[str]) -> str:
        first, *others = (
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        return f"| {' | '.join([first, *others])} |"

    rule = "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])])
    return "\n".join([shown(lines[0]), f"|{rule}|", *(shown(line) for line in lines[1:])])


def surroundings() -> str:
    """Return when and on what it was measured, in one line."""
    now = dt.datetime.now().astimezone()
    parts = [f"{now.day} {now:%B %Y}", f"{_processor()}, {os.cpu_count()} cores, {platform.system()}"]
    if hasattr(os, "getloadavg"):
        parts.append(f"{os.getloadavg()[1]:.1f} processes at work over the last five minutes")
    parts.append(f"{platform.python_implementation()} {platform.python_version()}")
    for name in LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"*Measured on {'; '.join(parts)}.*"


def _processor() -> str:
    """Return what the processor calls itself; only Linux says more than its kind."""
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def memory_mb() -> tuple[float, float]:
    """Return the memory that this process has now, and the most that it has had so far, in MB.

    Where the system does not say what it has now, that is the most so far; NaN where it says neither.
    """
    status = Path("/proc/self/status")
    if status.exists():  # What getrusage says on Linux begins with the memory of whoever started this process.
        lines = (line.split() for line in status.read_text(encoding="utf-8").splitlines())
        kilobytes = {line[0]: int(line[1]) for line in lines if line[0] in {"VmRSS:", "VmHWM:"}}
        return kilobytes["VmRSS:"] / 1024, kilobytes["VmHWM:"] / 1024
    try:
        import resource
    except ImportError:
        return math.nan, math.nan
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return peak, peak


@contextmanager
def compiled() -> Iterator[dict[str, str]]:
    """Give an environment for processes in which Python keeps what it has compiled, as it does for most people.

    Without it, and where it is told not to, every process compiles every library anew. It is kept in a folder of its
    own for as long as the block lasts: the first process is slow, and not to be measured.
    """
    with TemporaryDirectory() as folder:
        yield {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": folder,
        }
