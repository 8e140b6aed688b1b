"""Simulating a candidate: its replications, stored as they come, the hopeless ones given up early.

Of a replication in a search only the figures are kept; what else a sweep stores (costs, curves, spells, the journal)
comes with the fresh replications of what was found.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.files import being_written
from sim.experiment.pool import Crew, work
from sim.experiment.run import Done, Engine, Failed, failed, lost
from sim.experiment.search.evaluation import Figures, cannot_be_kept
from sim.experiment.store import point_folder
from sim.scenario.compose import Configuration
from sim.scenario.errors import PlannerError, Problem, did_you_mean, listed
from sim.scenario.search import Search


@dataclass(frozen=True)
class TrialTask:
    """One replication of one candidate."""

    label: str
    folder: Path
    """Folder of the candidate."""
    scenario: bytes
    replication: int
    engine: Engine = field(default_factory=Engine)


def simulate_replication(task: TrialTask) -> Done | Failed:
    """Simulate and measure one replication, and store its figures; an error is returned and not raised."""
    started = time.perf_counter()
    try:
        scenario: Any = pickle.loads(task.scenario)  # noqa: S301 - our own bytes, from the process that started this one
        simulate, measure = task.engine.functions()
        figures = measure(simulate(scenario, task.replication), scenario)
        _store(task, figures.kpis)
    except Exception as error:  # noqa: BLE001 - one replication must not stop the others; it is reported
        return failed(task, error)
    return Done(task.label, task.replication, time.perf_counter() - started)


def _store(task: TrialTask, kpis: pd.DataFrame) -> None:
    import pyarrow.parquet as pq

    from sim.experiment.tables import figures_table

    if kpis.empty:
        raise ValueError("the measures returned no figure at all")
    task.folder.mkdir(parents=True, exist_ok=True)
    with being_written(replication_file(task.folder, task.replication)) as temporary:
        pq.write_table(figures_table("kpis", kpis, task.replication), temporary, compression="zstd")


def replication_file(folder: Path, replication: int) -> Path:
    """Return where a replication's figures lie."""
    return folder / f"{replication:05d}.parquet"


def stored(folder: Path) -> int:
    """Return how many replications lie below a folder of candidates."""
    return sum(1 for _ in folder.glob("*/[0-9]*.parquet"))


@dataclass(frozen=True)
class Trial:
    """What came of simulating a candidate."""

    figures: Figures | None
    """None: replications failed."""
    hopeless: bool


@dataclass(frozen=True)
class Bench:
    """Where candidates are simulated."""

    folder: Path
    """Folder of all candidates."""
    search: Search
    n_jobs: int
    engine: Engine
    heard: Callable[[Done | Failed], None]
    """Is told of every replication that was simulated."""
    skipped: Callable[[int], None]
    """Is told how many replications were left out because a candidate was hopeless."""
    crew: Crew
    """The processes, the same for all candidates."""

    def simulate(self, label: str, compose: Callable[[], Configuration], *, whole: bool = False) -> Trial:
        """Simulate a candidate as far as its replications are not stored.

        A third of the replications come first. If they show that a limit cannot be kept any more in as many futures
        as it must, the rest is left out: no chance is taken with that, only time is saved.

        Args:
            label: Name of its folder.
            compose: Makes its configuration, if something has to be simulated.
            whole: Simulate all replications whatever the first ones show.
        """
        total = self.search.replications
        first = total if whole else -(-total // 3)
        for end in dict.fromkeys([first, total]):
            if any(self._missing(label, range(end))) and not self._done(label, compose, range(end)):
                return Trial(None, hopeless=False)
            figures = self.figures(label, range(end))
            gone = any(cannot_be_kept(limit, figures[limit.kpi, limit.group], total) for limit in self.search.limits)
            if gone and end < total:
                self.skipped(sum(1 for _ in self._missing(label, range(end, total))))
                return Trial(figures, hopeless=True)
        return Trial(self.figures(label, range(total)), hopeless=False)

    def first(self, label: str, compose: Callable[[], Configuration]) -> None:
        """Simulate a candidate's first replication alone."""
        self._done(label, compose, range(1))

    def _is_stored(self, label: str, replication: int) -> bool:
        return replication_file(self.folder / label, replication).exists()

    def _missing(self, label: str, replications: Sequence[int]) -> Iterator[TrialTask]:
        for replication in replications:
            if not self._is_stored(label, replication):
                yield TrialTask(label, self.folder / label, b"", replication, self.engine)

    def _done(self, label: str, compose: Callable[[], Configuration], replications: Sequence[int]) -> bool:
        """Simulate what is missing; return whether everything worked."""
        pickled = pickle.dumps(compose().scenario)
        tasks = [
            TrialTask(label, self.folder / label, pickled, task.replication, self.engine)
            for task in self._missing(label, replications)
        ]
        fine = True
        with closing(work(simulate_replication, tasks, self.n_jobs, lost, self.crew)) as results:
            for result in results:
                fine = fine and isinstance(result, Done)
                self.heard(result)
        return fine

    def figures(self, label: str, replications: Sequence[int]) -> Figures:
        """Return the figures that the question is about, one value per replication."""
        found: dict[tuple[str, str], list[float]] = {key: [] for key in wanted(self.search)}
        for replication in replications:
            values = read_figures(replication_file(self.folder / label, replication))
            for key, column in found.items():
                column.append(values.get(key, float("nan")))
        return {key: np.array(column, dtype=np.float64) for key, column in found.items()}


def read_figures(file: Path) -> dict[tuple[str, str], float]:
    """Return all figures of a stored replication, by kpi and group."""
    table = pd.read_parquet(file, columns=["kpi", "group", "value"])
    return {(str(kpi), str(group)): float(value) for kpi, group, value in table.itertuples(index=False)}


def fresh_figures(folder: Path, labels: Sequence[str], search: Search) -> list[Figures]:
    """Return the figures that the question is about from points of a sweep, in the replications that all have."""
    tables = [pd.read_parquet(point_folder(folder, label) / "kpis.parquet") for label in labels]
    common = sorted(set.intersection(*(set(table["replication"]) for table in tables)))
    return [
        {
            (kpi, group): table[(table["kpi"] == kpi) & (table["group"] == group)]
            .set_index("replication")["value"]
            .reindex(common)
            .to_numpy(dtype=np.float64)
            for kpi, group in wanted(search)
        }
        for table in tables
    ]


def wanted(search: Search) -> dict[tuple[str, str], str]:
    """Return the figures that the question is about, each with the place where it says so."""
    aim = search.minimise
    places = {(aim.kpi, aim.group): "search.minimise"}
    for number, limit in enumerate(search.limits):
        places.setdefault((limit.kpi, limit.group), f"search.limits[{number}]")
    return places


def refuse_unmeasured(search: Search, measured: Mapping[tuple[str, str], float]) -> None:
    """Refuse a question about figures that a simulation of today's staffing did not have.

    Raises:
        PlannerError: The nearest kpi or group is named.
    """
    problems = []
    kpis = sorted({kpi for kpi, _ in measured})
    for (kpi, group), place in wanted(search).items():
        groups = sorted(known for name, known in measured if name == kpi)
        if not groups:
            message = f"there is no kpi '{kpi}'{did_you_mean(kpi, kpis)} (available: {listed(kpis)})"
            problems.append(Problem(f"{place}.kpi", message))
        elif group not in groups:
            message = f"{kpi} has no group '{group}'{did_you_mean(group, groups)} (available: {listed(groups)})"
            problems.append(Problem(f"{place}.group", message))
    if problems:
        raise PlannerError("the search asks for figures that there are not:", problems)


def refuse_nothing_to_measure(search: Search, today: Figures) -> None:
    """Refuse a question about a figure that is empty in every future of today's staffing.

    Raises:
        PlannerError: There is such a figure.
    """
    empty = [
        Problem(place, f"there is nothing to measure for {kpi} of {group} in any of the futures of today's staffing")
        for (kpi, group), place in wanted(search).items()
        if np.isnan(today[kpi, group]).all()
    ]
    if empty:
        raise PlannerError("the search asks for figures that are empty:", empty)
