"""Does a long simulation finish, stay within its memory, and lose nobody?

    uv run python benchmarks/long_run.py                    # ten times Odense, thirty years
    uv run python benchmarks/long_run.py --scale 0.5 --years 10
    uv run python benchmarks/long_run.py --only overloaded  # a municipality that never keeps up

It runs in one process, one replication of each, and prints a line for every simulated year: how many persons have
come, how many are still there, how many tasks wait at the desks, and the process's memory at its peak. At the end it
counts whether everybody who came has left or is still there with something of theirs open.
"""

from __future__ import annotations

import argparse
import gc
import time

import numpy as np

from sim.journal import CASES, Journal
from sim.model.environment import Happening
from sim.model.world import World
from sim.scenario import Scenario
from sim.scenario.compose import Composer
from speed.measuring import memory_mb

YEAR_DAYS = 365.25


def scenarios(scale: float, years: float) -> dict[str, Scenario]:
    """Return the two municipalities: ten times Odense, and one whose advisers never catch up."""
    horizon = [f"horizon.years={years:g}", "horizon.run_in_years=0"]
    with Composer() as composer:
        large = composer.configuration(["municipality=odense", f"++municipality.scale={scale:g}", *horizon])
        overloaded = composer.configuration(
            ["municipality=one_team", "teams.advisers.caseworkers=1", "teams.advisers.max_caseload=15", *horizon]
        )
    return {"large": large.scenario, "overloaded": overloaded.scenario}


def run(name: str, scenario: Scenario) -> None:
    """Simulate one replication and print what becomes of it."""
    print(f"{name}: {scenario.horizon.years:g} years, {scenario.municipality.scale:g} times the size")
    print(f"{'year':>5} {'cases':>10} {'there':>9} {'queued':>9} {'peak MB':>8} {'seconds':>8}")
    began = time.perf_counter()
    world = World(scenario, 0)
    last = int(world.horizon / YEAR_DAYS)

    def report(event: Happening) -> None:
        year: int = event.subject
        left = np.array(world.journal.cases[CASES.index("left") :: len(CASES)])
        queued = sum(len(desk.queue) for team in world.teams.values() for desk in team.desks)
        print(
            f"{year:>5} {len(left):>10,} {int(np.isnan(left).sum()):>9,} {queued:>9,} "
            f"{memory_mb()[1]:>8,.0f} {time.perf_counter() - began:>8.1f}",
            flush=True,
        )

    for year in range(1, last + 1):
        Happening(world.env, min(year * YEAR_DAYS, world.horizon - 1e-6), report, year)
    was_enabled = gc.isenabled()
    gc.disable()
    journal = world.run()
    if was_enabled:
        gc.enable()
    print(
        f"finished: {world.env.processed:,} events, {time.perf_counter() - began:.1f} s, peak {memory_mb()[1]:,.0f} MB"
    )
    conserved(journal)


def conserved(journal: Journal) -> None:
    """Count everybody who came: they have left, or something of theirs is still open."""
    cases, work, spells = journal.cases, journal.activities, journal.spells
    numbers = cases["case"]
    assert len(np.unique(numbers)) == len(numbers), "two persons have the same number"
    gone = numbers[~np.isnan(cases["left"])]
    still = numbers[np.isnan(cases["left"])]
    open_work = np.isnan(work["finished"]) & np.isnan(work["withdrawn"])
    open_spells = np.isnan(spells["end"]) & np.isnan(spells["withdrawn"])
    somewhere = np.union1d(work["case"][open_work], spells["case"][open_spells])
    begun = ~np.isnan(spells["start"])
    assert (spells["end"][begun] >= spells["start"][begun] - 1e-7)[~np.isnan(spells["end"][begun])].all()
    # The notice that is given of a meeting is not in the journal.
    between = np.setdiff1d(still, somewhere)
    print(f"in {len(numbers):,} = out {len(gone):,} + still there {len(still):,}; {len(between):,} with nothing open")
    for case in between[:5]:
        mine = np.flatnonzero(work["case"] == case)
        last = [journal.names["step"][work["step"][row]] for row in mine[np.argsort(work["finished"][mine])]][-2:]
        print(f"  {case}: came last through {', '.join(last)}")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=10.0)
    parser.add_argument("--years", type=float, default=30.0)
    parser.add_argument("--only", choices=("large", "overloaded"))
    asked = parser.parse_args()
    for name, scenario in scenarios(asked.scale, asked.years).items():
        if asked.only in (None, name):
            run(name, scenario)


if __name__ == "__main__":
    main()
