"""One replication, from scenario to stored figures: the unit of work that is sent to a process.

A worker writes its results itself. What it sends back is a few words, so the memory of the process that supervises
does not grow with the number of replications, and what has been computed survives whatever happens to it.
"""

from __future__ import annotations

import json
import pickle
import shutil
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.journal import TABLES, Journal

if TYPE_CHECKING:
    import pandas as pd

    from sim.measures import Figures
    from sim.scenario import Scenario

Simulate = Callable[["Scenario", int], Journal]
Measure = Callable[[Journal, "Scenario"], "Figures"]


@dataclass(frozen=True)
class Engine:
    """What simulates and what measures. None given: the model, and the measures. Must be importable functions."""

    simulate: Simulate | None = None
    measure: Measure | None = None

    def functions(self) -> tuple[Simulate, Measure]:
        """Return both functions; imported here, because a process that only supervises needs neither."""
        return self.simulate or _the_model(), self.measure or _the_measures()


def _the_model() -> Simulate:
    from sim.model import simulate

    return simulate


def _the_measures() -> Measure:
    from sim.measures import measure

    return measure


@dataclass(frozen=True)
class Task:
    """One replication of one point."""

    label: str
    point: Path
    """Folder of the point."""
    scenario: bytes
    """The pickled scenario: read once per process and point, not once per replication."""
    replication: int
    engine: Engine = field(default_factory=Engine)


@dataclass(frozen=True)
class Done:
    """A replication that was simulated and stored."""

    label: str
    replication: int
    seconds: float


@dataclass(frozen=True)
class Failed:
    """A replication that was not."""

    label: str
    replication: int
    error: str
    """The error in one line."""
    details: str = ""
    """The traceback."""


@lru_cache(maxsize=4)
def _scenario(pickled: bytes) -> Any:
    return pickle.loads(pickled)  # noqa: S301 - our own bytes, from the process that started this one


def run_replication(task: Task) -> Done | Failed:
    """Simulate, measure and store one replication; an error is returned and not raised."""
    started = time.perf_counter()
    try:
        scenario = _scenario(task.scenario)
        simulate, measure = task.engine.functions()
        journal = simulate(scenario, task.replication)
        store_replication(task.point, journal, scenario, measure(journal, scenario))
    except Exception as error:  # noqa: BLE001 - one replication must not stop the others; it is reported
        text = str(error).strip().splitlines()
        line = f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
        return Failed(task.label, task.replication, line, traceback.format_exc())
    return Done(task.label, task.replication, time.perf_counter() - started)


def replication_folder(point: Path, replication: int) -> Path:
    """Return where a replication's results lie until the point's are put together."""
    return point / "replications" / f"{replication:05d}"


def store_replication(point: Path, journal: Journal, scenario: Scenario, figures: Figures) -> None:
    """Write the results of one replication below a point's folder; they appear there complete or not at all.

    Raises:
        ValueError: There is not a single figure.
        OSError: The folder cannot be written to.
    """
    import pyarrow.parquet as pq

    from sim.experiment.files import being_written
    from sim.experiment.tables import BILLING, FIGURES, billing_table, figures_table, journal_table
    from sim.measures import billable, entries

    if figures.kpis.empty:
        raise ValueError("the measures returned no figure at all")
    if journal.replication == 0:
        _store_journal(point, journal, {name: journal_table(journal, name) for name in TABLES})
        store_entries(point, entries(journal, scenario))
    billed = billable(journal, scenario)
    target = replication_folder(point, journal.replication)
    target.parent.mkdir(parents=True, exist_ok=True)
    with being_written(target) as temporary:
        temporary.mkdir()
        for name in FIGURES:
            table = figures_table(name, getattr(figures, name), journal.replication)
            pq.write_table(table, temporary / f"{name}.parquet", compression="zstd")
        for name in BILLING:
            pq.write_table(billing_table(billed, name), temporary / f"{name}.parquet", compression="zstd")


def store_entries(point: Path, ledger: pd.DataFrame) -> None:
    """Write every entry of a replication's ledger, so that every amount can be traced back to its dates and persons."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from sim.experiment.files import being_written

    table = pa.Table.from_pandas(ledger, preserve_index=False).replace_schema_metadata(None)
    with being_written(point / "ledger.parquet") as temporary:
        pq.write_table(table, temporary, compression="zstd")


def _store_journal(point: Path, journal: Journal, tables: dict[str, Any]) -> None:
    """Write the journal, one Parquet file per table, so that every figure can be traced back to what happened."""
    import pyarrow.parquet as pq

    from sim.experiment.files import being_written, write_text

    target = point / "journal"
    if target.exists():
        shutil.rmtree(target)
    with being_written(target) as temporary:
        temporary.mkdir(parents=True)
        for name, table in tables.items():
            pq.write_table(table, temporary / f"{name}.parquet", compression="zstd")
        about = {
            "scenario": journal.scenario,
            "replication": journal.replication,
            "seed": journal.seed,
            "start": journal.start.isoformat(),
            "run_in": journal.run_in,
            "horizon": journal.horizon,
            "counts": dict(journal.counts),
        }
        write_text(temporary / "journal.json", json.dumps(about, indent=2, ensure_ascii=False) + "\n")
