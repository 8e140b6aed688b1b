"""The sweep that is run when nothing is said, from start to report: where do the seconds go?

It runs as ``sagsflow sweep`` does, in one process of its own, with a clock at each of the steps that make it up. A step
is charged what it takes without the steps within it. Seconds are processor time of one process; on several cores the
replications share them, all else does not.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from speed import BENCHMARKS
from speed.measuring import Asked, compiled, table

QUICK = (
    "municipality=one_team",
    "scenario=baseline",
    "teams.advisers.caseworkers=2,3",
    "++report.plots=[forest]",
    "horizon.years=1",
)
OTHER = "everything else"
START, LIBRARIES = "starting Python", "loading libraries"
STEPS = {
    "sim.commands:sweep_points": "composing (Hydra) and checking",
    "sim.model:simulate": "simulating",
    "sim.measures:measure": "measuring",
    "sim.measures:billable": "what is billed",
    "sim.measures:entries": "the ledger of replication 0",
    "sim.experiment.run:store_replication": "storing",
    "sim.experiment.sweep:put_together": "bringing together",
    "sim.experiment.sweep:build": "tables over all points",
    "sim.experiment.sweep:with_cautions": "cautions",
    "sim.report.plots:render_plots": "pictures: reading results, moving files",
    "sim.report.page.render:write_page": "page",
    "sim.report.workbook.book:write_workbook": "workbook",
    "sim.report.summary:print_summary": "summary",
}
"""What has a clock: module and function, and what it is called."""


def answer(asked: Asked) -> str:
    """Measure and return the table."""
    replications = 1 if asked.quick else asked.replications
    overrides = [f"experiment.replications={replications}", *asked.overrides, *(QUICK if asked.quick else ())]
    steps = simulated(overrides) if asked.quick else in_its_own_process(overrides)
    whole = sum(seconds for seconds, _ in steps.values())
    rows = [
        [name, f"{seconds:.2f}", f"{100 * seconds / whole:.1f} %", f"{times:,}"]
        for name, (seconds, times) in steps.items()
    ]
    rows.append(["all of it", f"{whole:.2f}", "", ""])
    given = " ".join(f"`{override}`" for override in overrides)
    return f"With {given}.\n\n{table(['', 'seconds', 'share', 'times'], rows)}"


def in_its_own_process(overrides: Sequence[str]) -> Steps:
    """Run the sweep in a new process, after a small one so that Python has compiled everything."""
    with compiled() as environment:
        for given in (QUICK, overrides):
            command = [sys.executable, "-m", "speed.sweep", *given]
            answered = subprocess.run(
                command, cwd=BENCHMARKS, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True
            )
    steps: Steps = json.loads(answered.stdout)
    return steps


Steps = dict[str, list[float]]
"""Seconds and calls of each step."""


class Clocks:
    """Seconds and calls of each step, without those of the steps within it."""

    def __init__(self) -> None:
        self.steps: Steps = {}
        self._under_way: list[str] = [OTHER]
        self._since = time.process_time()
        self.charge(START, self._since)

    def charge(self, step: str, seconds: float, times: int = 1) -> None:
        """Add to what a step has taken."""
        entry = self.steps.setdefault(step, [0.0, 0])
        entry[0] += seconds
        entry[1] += times

    @contextmanager
    def of(self, step: str) -> Iterator[None]:
        """Charge a block to a step."""
        self._settle()
        self._under_way.append(step)
        try:
            yield
        finally:
            self._settle(times=1)
            self._under_way.pop()

    def _settle(self, times: int = 0) -> None:
        now = time.process_time()
        self.charge(self._under_way[-1], now - self._since, times)
        self._since = now

    def on(self, function: Callable[..., Any], step: str | Callable[[], str]) -> Callable[..., Any]:
        """Return a function that does the same and is charged to a step."""

        def clocked(*given: Any, **named: Any) -> Any:
            with self.of(step if isinstance(step, str) else step()):
                return function(*given, **named)

        return clocked


def simulated(overrides: Sequence[str]) -> Steps:
    """Run the sweep here; return seconds and calls of each step."""
    clocks = Clocks()
    with clocks.of(LIBRARIES):
        modules = {path: import_module(path.partition(":")[0]) for path in STEPS}
        from matplotlib.figure import Figure

        from sim.cli import main
        from sim.report.plots import PICTURES
    picture = ""

    def drawn(name: str, draw: Callable[..., Any]) -> Callable[..., Any]:
        def begun() -> str:
            nonlocal picture
            picture = f"picture: {name}"
            return picture

        return clocks.on(draw, begun)

    with ExitStack() as stack, TemporaryDirectory() as folder:
        for path, step in STEPS.items():
            function = path.partition(":")[2]
            clocked = clocks.on(getattr(modules[path], function), step)
            stack.enter_context(mock.patch.object(modules[path], function, clocked))
        entries = {name: dataclasses.replace(entry, draw=drawn(name, entry.draw)) for name, entry in PICTURES.items()}
        stack.enter_context(mock.patch.dict(PICTURES, entries))
        # A picture is drawn when it is saved.
        saving = clocks.on(Figure.savefig, lambda: picture)
        stack.enter_context(mock.patch.object(Figure, "savefig", saving))
        stack.enter_context(redirect_stdout(sys.stderr))
        status = main(["sweep", "--quiet", *overrides, "compute.n_jobs=1", f"output={Path(folder) / 'results'}"])
    if status:
        raise SystemExit(status)
    with clocks.of(OTHER):
        pass
    return clocks.steps


if __name__ == "__main__":
    print(json.dumps(simulated(sys.argv[1:])))
