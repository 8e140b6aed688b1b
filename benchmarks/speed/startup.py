"""How long the command line takes to answer, beside a Python that does nothing.

Wall time of whole processes, in turns. The goal is held against the best, because whatever disturbs only makes it
slower; the processor's time says how much of the others is somebody else's. What is imported on the way is by
``python -X importtime``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from statistics import median

from speed import ROOT
from speed.measuring import Asked, compiled, reached, table

GOAL = 0.3
ROUNDS = 15
SHOWN = 5
LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s*([\w.]+)")


def answer(asked: Asked) -> str:
    """Measure and return the tables."""
    sides = {
        "`sagsflow --help`": [*_sagsflow(), "--help"],
        "`sagsflow scenarios`": [*_sagsflow(), "scenarios"],
        "`python -c pass`": [sys.executable, "-c", "pass"],
    }
    rounds = asked.repeats or (1 if asked.quick else ROUNDS)
    wall: dict[str, list[float]] = {name: [] for name in sides}
    processor: dict[str, list[float]] = {name: [] for name in sides}
    with nullcontext() if asked.quick else compiled() as environment:
        for number in range(0 if asked.quick else -1, rounds):
            for name, command in sides.items():
                began, before = time.perf_counter(), _of_children()
                subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
                if number >= 0:  # The first time, Python compiles what it imports.
                    wall[name].append(time.perf_counter() - began)
                    processor[name].append(_of_children() - before)
        imports = [
            [f"`sagsflow {word}`", f"{sum(found.values()) / 1000:,.0f}", _most(found)]
            for word in (["--help"] if asked.quick else ["--help", "scenarios"])
            for found in [_imports(word, environment)]
        ]
    rows = [
        [name, *(f"{of(each):.2f}" for of in (min, median, max)), f"{median(processor[name]):.2f}", "", ""]
        for name, each in wall.items()
    ]
    rows[0][5:] = [f"< {GOAL:g}", reached(min(wall["`sagsflow --help`"]) < GOAL)]
    heads = ["seconds", "best", "median", "worst", "of the processor", "goal", ""]
    return f"Rounds: {rounds}.\n\n{table(heads, rows)}\n\n{table(['imports', 'ms in all', 'most of it, ms'], imports)}"


def _of_children() -> float:
    """Return the processor time of the processes that this one has started (0 on Windows, which does not say)."""
    times = os.times()
    return times.children_user + times.children_system


def _sagsflow() -> list[str]:
    """Return the installed command, or how to do without."""
    for name in ("sagsflow", "sagsflow.exe"):
        path = Path(sys.executable).parent / name
        if path.exists():
            return [str(path)]
    return [sys.executable, "-m", "sim"]


def _imports(word: str, environment: Mapping[str, str] | None) -> Counter[str]:
    """Return how many µs the imports of a command take, by package."""
    command = [sys.executable, "-X", "importtime", "-m", "sim", word]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    told = subprocess.run(command, cwd=ROOT, env=environment, encoding="utf-8", check=True, **pipes)
    packages: Counter[str] = Counter()
    for line in told.stderr.splitlines():
        if found := LINE.match(line):
            packages[found[2].partition(".")[0]] += int(found[1])
    return packages


def _most(packages: Counter[str]) -> str:
    return ", ".join(f"{name} {spent / 1000:.0f}" for name, spent in packages.most_common(SHOWN))
