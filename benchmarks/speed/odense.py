"""The Odense baseline: events a second against a bare SimPy loop of timeouts, and what takes the time.

The loop is what SimPy can do at best while it does nothing: as many processes as Odense has events ahead of it, each of
which waits, and waits again, until as many events have happened as in Odense. An event of Odense also moves a case on,
draws random numbers, looks into calendars and writes to the journal.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Mapping
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import simpy

from sim.journal import TABLES, Journal
from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.compose import Composer
from speed.measuring import Asked, Ratio, best_and_median, in_turns, table

OURS, LOOP = "Odense, one replication", "bare SimPy loop of timeouts"
GOAL = 0.8
ROUNDS = 5
AHEAD = 15_000
"""Events that the Odense baseline has ahead of it: 10,000 to 17,000 over its seven years, counted once a month."""
BASELINE = ("municipality=odense", "scenario=baseline")
QUICK = ("municipality=one_team", "scenario=baseline", "horizon.years=1")
SHOWN = 12
"""So many files and functions are shown; the others are one row together."""


def answer(asked: Asked) -> str:
    """Measure and return the tables."""
    with Composer() as composer:
        scenario = composer.configuration(QUICK if asked.quick else BASELINE).scenario
    journal = simulate(scenario)
    events = journal.counts["simpy_events"]
    rows_written = sum(len(next(iter(journal.table(name).values()))) for name in TABLES)
    del journal
    sides = {OURS: partial(_events, scenario), LOOP: partial(bare_loop, events, 100 if asked.quick else AHEAD)}
    rounds = asked.repeats or (1 if asked.quick else ROUNDS)
    found = in_turns(sides, rounds, lambda _, seconds, happened: happened / seconds)
    ratio = Ratio.of(found[OURS], found[LOOP])
    figures = [
        [OURS, *best_and_median(found[OURS]), "", "", ""],
        [LOOP, *best_and_median(found[LOOP]), *ratio.against(at_least=GOAL)],
    ]
    heads = ["events a second", "best", "median", "Odense reaches of it", "goal", ""]
    return (
        f"{events:,} events, which write {rows_written:,} rows of the journal; rounds: {rounds}.\n\n"
        f"{table(heads, figures)}\n\n{profile(scenario)}"
    )


def _events(scenario: Scenario, replication: int) -> int:
    """Simulate and return how many events there were."""
    journal: Journal = simulate(scenario, replication)
    return journal.counts["simpy_events"]


def bare_loop(events: int, ahead: int, seed: int) -> int:
    """Let processes wait and wait again until so many events have happened; return how many."""
    env = simpy.Environment()
    waits = cycle(np.random.default_rng(seed).standard_exponential(100_003).tolist())
    happened = 0

    def waiting() -> Generator[Any, Any, None]:
        nonlocal happened
        for hours in waits:
            yield env.timeout(hours)
            happened += 1

    for _ in range(ahead):
        env.process(waiting())
    env.run(events / ahead)
    return happened


def profile(scenario: Scenario) -> str:
    """Return where one replication spends its time, by file and by function."""
    profiler = cProfile.Profile()
    profiler.runcall(simulate, scenario)
    files: defaultdict[str, Counter[str]] = defaultdict(Counter)
    functions: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (path, _, function), (_, number, own, _, _) in pstats.Stats(profiler).stats.items():
        name = room(path, function)
        files[name].update(seconds=own, calls=number)
        functions[f"{name}: `{function}`"].update(seconds=own, calls=number)
    seconds, clearing = with_collector(scenario)
    return (
        f"{_most('file', files)}\n\n{_most('function, without what it calls', functions)}\n\n"
        "By `cProfile`, which charges every call, so that short functions look dearer than they are. The garbage "
        f"collector, which clears up when a replication is over, takes {100 * clearing / seconds:.1f} % of its time."
    )


def with_collector(scenario: Scenario) -> tuple[float, float]:
    """Return the seconds of a replication until all that it left is cleared up, and those of the garbage collector."""
    spent = 0.0

    def count(phase: str, _: object) -> None:
        nonlocal spent
        spent += time.process_time() * (1 if phase == "stop" else -1)

    gc.collect()
    gc.freeze()  # What was there before is not what a replication leaves behind.
    gc.callbacks.append(count)
    began = time.process_time()
    journal = simulate(scenario)
    gc.collect()
    seconds = time.process_time() - began
    gc.callbacks.remove(count)
    gc.unfreeze()
    del journal
    return seconds, spent


def _most(what: str, found: Mapping[str, Counter[str]]) -> str:
    """Return a table of what takes most of the time."""
    whole = sum(each["seconds"] for each in found.values())
    ranked = sorted(found.items(), key=lambda entry: -entry[1]["seconds"])
    rows = [[name, f"{100 * each['seconds'] / whole:.1f} %", f"{each['calls']:,}"] for name, each in ranked[:SHOWN]]
    others = sum((each for _, each in ranked[SHOWN:]), Counter[str]())
    rows.append(["all others", f"{100 * others['seconds'] / whole:.1f} %", f"{others['calls']:,}"])
    return table([what, "of the time", "calls"], rows)


def room(path: str, function: str) -> str:
    """Return under which name a function's time is shown: our files, and libraries as a whole."""
    parts = Path(path).parts
    if path == "~":
        return "numpy, in C" if "numpy" in function else "Python, in C"
    for library in ("simpy", "numpy", "pandas", "pydantic"):
        if library in parts:
            return library
    if "sim" in parts:
        inside = len(parts) - 1 - parts[::-1].index("sim")
        return "/".join(parts[inside:])
    return "Python's library"
