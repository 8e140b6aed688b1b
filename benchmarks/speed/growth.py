"""One replication of 1, 10 and 100 times Odense: what does a case cost in a large municipality?

Each is simulated in a process of its own, so that its memory is its own. Counted is what simulating adds, per case that
was ever there: a process that has only read the configuration has most of a small municipality's memory already. All
sizes have the same horizon, shorter than the baseline's: the largest would not fit into memory for seven years.
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.compose import Composer
from speed import BENCHMARKS
from speed.measuring import Asked, Ratio, memory_mb, note, processor_seconds, table

SIZES = (1.0, 10.0, 100.0)
QUICK = (0.05, 0.1)
ONCE = 100.0
"""From this size on it is measured in one round only, the one in the middle."""
RUN_IN = 0.25
ROUNDS = 3
GOAL = 1.3

Found = dict[str, float]


def answer(asked: Asked) -> str:
    """Measure and return the tables."""
    sizes = QUICK if asked.quick else tuple(size for size in SIZES if size <= asked.largest)
    run_in, years = (0.0, 0.1) if asked.quick else (RUN_IN, asked.years)
    rounds = asked.repeats or (1 if asked.quick else ROUNDS)
    found: dict[float, list[tuple[int, Found]]] = {size: [] for size in sizes}
    for number in range(rounds):
        for size in sizes:
            if size < ONCE or number == rounds // 2:
                measured = simulated if asked.quick else in_its_own_process
                found[size].append((number, measured(size, run_in, years, number)))
                note(f"round {number + 1} of {rounds}, {size:g} times: {found[size][-1][1]}")
    rows, ratios = [], []
    for size, all_of_it in found.items():
        seconds, memory, cases = (median(one[key] for _, one in all_of_it) for key in ("seconds", "memory", "cases"))
        per_case = [median(_dear(all_of_it, key)) for key in ("seconds", "memory")]
        row = [f"{cases:,.0f}", f"{seconds:,.1f}", f"{per_case[0]:,.0f}", f"{memory:,.0f}", f"{per_case[1]:,.1f}"]
        rows.append([f"{size:g} times Odense", *row])
        if size == sizes[0]:
            continue
        for what, key in (("time", "seconds"), ("memory", "memory")):
            near = _dear([one for one in found[sizes[0]] if one[0] in {number for number, _ in all_of_it}], key)
            ratio = Ratio.of(_dear(all_of_it, key), near)
            ratios.append([f"{what} per case, {size:g} times against {sizes[0]:g}", *ratio.against(at_most=GOAL)])
    heads = ["", "cases", "seconds", "µs a case", "MB of simulating", "kB a case"]
    return (
        f"One replication over {run_in:g} + {years:g} years; rounds: {rounds}.\n\n"
        f"{table(heads, rows)}\n\n{table(['', 'times', 'goal', ''], ratios)}"
    )


def _dear(measured: list[tuple[int, Found]], key: str) -> list[float]:
    """Return what a case costs in each round: µs, or kB."""
    unit = 1e6 if key == "seconds" else 1e3
    return [one[key] / one["cases"] * unit for _, one in measured]


def in_its_own_process(size: float, run_in: float, years: float, replication: int) -> Found:
    """Simulate a municipality of a size in a new process; return its cases, seconds and MB."""
    asked = [str(value) for value in (size, run_in, years, replication)]
    command = [sys.executable, "-m", "speed.growth", *asked]
    answered = subprocess.run(command, cwd=BENCHMARKS, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    found: Found = json.loads(answered.stdout)
    return found


def as_scenario(size: float, run_in: float, years: float) -> Scenario:
    """Return the baseline of a municipality that is so many times Odense."""
    horizon = [f"horizon.run_in_years={run_in:g}", f"horizon.years={years:g}"]
    with Composer() as composer:
        overrides = ["municipality=odense", "scenario=baseline", f"++municipality.scale={size:g}"]
        return composer.configuration([*overrides, *horizon]).scenario


def simulated(size: float, run_in: float, years: float, replication: int) -> Found:
    """Simulate here; return cases, processor seconds, and the MB by which the process grew."""
    scenario = as_scenario(size, run_in, years)
    before, _ = memory_mb()
    seconds, journal = processor_seconds(lambda: simulate(scenario, replication))
    return {"cases": len(journal.cases["case"]), "seconds": seconds, "memory": memory_mb()[1] - before}


if __name__ == "__main__":
    size, run_in, years, replication = sys.argv[1:]
    simulate(as_scenario(0.01, float(run_in), float(years)))  # What is looked up once belongs to no case.
    print(json.dumps(simulated(float(size), float(run_in), float(years), int(replication))))
