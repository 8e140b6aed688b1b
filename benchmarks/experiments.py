"""What do many runs cost beside the simulation? Cores, overhead and memory, in one run on one machine.

    uv run python benchmarks/experiments.py                 all three
    uv run python benchmarks/experiments.py overhead        one of cores, overhead, memory

*Overhead* is processor time, step by step, of one replication of the Odense baseline: what measures, store, tables and
composing by Hydra add to simulating. *Cores* does the same replications with one process and with two. Wall time says
what a planner waits for, and is only right on a machine with nothing else to do; processor time says what the second
process costs in all, and hardly depends on that. *Memory* is the peak of 10 and of 1,000 replications, whose results
are those of one real replication, stored over and over.
"""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sim.experiment.points import Point, sweep_points
from sim.experiment.results import build
from sim.experiment.run import Engine, store_replication
from sim.experiment.store import open_folder, point_folder, put_together
from sim.experiment.sweep import Order, run_sweep
from sim.journal import Journal
from sim.measures import Figures, measure
from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.compose import Composer

REPEATS = 3
"""The best of so many is reported: what disturbs a measurement only ever makes it slower."""
CORES_REPLICATIONS = 16
MEMORY_REPLICATIONS = (10, 1000)
SMALL = ("municipality=one_team", "scenario=baseline")
ODENSE = ("municipality=odense", "scenario=baseline")


class Nobody:
    """A listener that stops at the first failure."""

    def started(self, total: int, stored: int, missing: object) -> None:
        """Nothing to say."""

    def done(self, result: object) -> None:
        """Nothing to say."""

    def failed(self, result: object) -> None:
        """Stop: a failed replication costs nothing, and would make everything look quick."""
        raise RuntimeError(result)

    def finished(self) -> None:
        """Nothing to say."""


def points(*overrides: str) -> list[Point]:
    """Return the points of some overrides."""
    with Composer() as composer:
        return sweep_points(composer, list(overrides))


def cores() -> None:
    """Print how much of two cores two processes use."""
    print(f"Two processes, {CORES_REPLICATIONS} replications of the Odense baseline")
    best = {1: (float("inf"), float("inf")), 2: (float("inf"), float("inf"))}
    for _ in range(REPEATS):
        for number in best:
            found = _swept(*ODENSE, f"experiment.replications={CORES_REPLICATIONS}", f"compute.n_jobs={number}")
            best[number] = min(best[number][0], found[0]), min(best[number][1], found[1])
    (wall_1, cpu_1), (wall_2, cpu_2) = best[1], best[2]
    print(f"  wall time, one and two processes     {wall_1:>8.1f} {wall_2:>8.1f} s")
    print(f"  processor time, one and two          {cpu_1:>8.1f} {cpu_2:>8.1f} s")
    print(f"  parallel efficiency, wall time       {wall_1 / 2 / wall_2:>8.2f}")
    print(f"  parallel efficiency, processor time  {cpu_1 / cpu_2:>8.2f}")


def _swept(*overrides: str) -> tuple[float, float]:
    """Return wall time and processor time of a sweep, without composing, which is done once."""
    given = points(*overrides)
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), sum(os.times()[:4])
        run_sweep(Order(given, Path(folder) / "results", ""), Nobody())
        return time.perf_counter() - wall, sum(os.times()[:4]) - cpu


def overhead() -> None:
    """Print what one replication of Odense costs beside the simulation."""
    given = points(*ODENSE, "experiment.replications=2", "compute.n_jobs=1")
    scenario = given[0].configuration.scenario
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        open_folder(folder, given)
        point = point_folder(folder, given[0].label)
        simulating = measuring = storing = float("inf")
        for number in range(REPEATS):  # One after the other, so that a slow minute of the machine is nobody's alone.
            seconds, journal = least(lambda: simulate(scenario, 1), 1)
            simulating = min(simulating, seconds)
            seconds, figures = least(partial(measure, journal, scenario), 1)
            measuring = min(measuring, seconds)
            seconds, _ = least(partial(store_replication, folder / f"{number}", journal, scenario, figures), 1)
            storing = min(storing, seconds)
        store_replication(point, journal, scenario, figures)
        together, _ = least(lambda: put_together(point), 1)
        _known[tuple(scenario.teams)] = journal, figures
        manifest = run_sweep(Order(given, folder / "whole", "", Engine(_canned_simulate, _canned_measure)), Nobody())
        tables, _ = least(lambda: build(folder / "whole", manifest))
    composing, _ = least(lambda: points(*ODENSE))
    per_run = tables / 2
    print("Odense baseline, processor seconds for one replication")
    for name, seconds in (
        ("simulating", simulating),
        ("measuring", measuring),
        ("storing", storing),
        ("putting together", together),
        ("tables over all points", per_run),
    ):
        print(f"  {name:<36} {seconds:>8.2f} {seconds / simulating:>8.1%}")
    print(f"  {'composing (once for each point)':<36} {composing:>8.2f}")
    total = measuring + storing + together + per_run
    print(f"  {'overhead, 20 replications a point':<36} {total + composing / 20:>8.2f}", end=" ")
    print(f"{(total + composing / 20) / simulating:>8.1%}")


def least(function: Callable[[], Any], repeats: int = REPEATS) -> tuple[float, Any]:
    """Return the least processor time that a function takes, and what it returns."""
    best, result = float("inf"), None
    for _ in range(repeats):
        started = time.process_time()
        result = function()
        best = min(best, time.process_time() - started)
    return best, result


def memory() -> None:
    """Print the peak memory of few and of many replications."""
    print("Peak memory, MB: the process that supervises, the largest of two that simulate, and the three together")
    sums = []
    for number in MEMORY_REPLICATIONS:
        answer = subprocess.run(
            [sys.executable, __file__, "memory-of", str(number)], stdout=subprocess.PIPE, text=True, check=True
        )
        own, other = (float(part) for part in answer.stdout.split())
        sums.append(own + 2 * other)
        print(f"  {number:>5,} replications {own:>8.0f} {other:>8.0f} {sums[-1]:>8.0f}")
    print(f"  ratio {sums[1] / sums[0]:.2f}")


def memory_of(number: int) -> None:
    """Sweep with canned results, and print the peaks."""
    import resource

    given = points(*SMALL, f"experiment.replications={number}", "compute.n_jobs=2")
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(_canned_simulate, _canned_measure)
        run_sweep(Order(given, Path(folder) / "results", "", engine), Nobody())
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1e6 if sys.platform == "darwin" else 1e3
    print(*(peak / unit for peak in peaks))


def _canned_simulate(scenario: Scenario, replication: int) -> Journal:
    return dataclasses.replace(_one(scenario)[0], replication=replication)


def _canned_measure(journal: Journal, scenario: Scenario) -> Figures:
    return _one(scenario)[1]


_known: dict[tuple[str, ...], tuple[Journal, Figures]] = {}


def _one(scenario: Scenario) -> tuple[Journal, Figures]:
    """Return journal and figures of one replication, simulated once in each process."""
    municipality = tuple(scenario.teams)
    if municipality not in _known:
        journal = simulate(scenario, 1)
        _known[municipality] = journal, measure(journal, scenario)
    return _known[municipality]


def main() -> None:
    """Measure and print."""
    asked = sys.argv[1:] or ["overhead", "cores", "memory"]
    if asked[0] == "memory-of":
        memory_of(int(asked[1]))
        return
    known = {"overhead": overhead, "cores": cores, "memory": memory}
    for name in asked:
        known[name]()


if __name__ == "__main__":
    # Processes that simulate import this file by its name, not as the script that was started.
    sys.path.insert(0, str(Path(__file__).parent))
    from experiments import main as run

    run()
