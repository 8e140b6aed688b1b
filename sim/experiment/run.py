"""One replication, from scenario to stored figures: the unit of work that is sent to a process.

A worker writes its results itself. What it sends back is a few words, so the memory of the process that supervises
does not grow with the number of replications, and what has been computed survives whatever happens to it.

A replication may come to be computed twice: its process dies after it has stored it and before it could say so, or one
that has lost its supervisor is still at work when the next begins. Both give the same bytes; the first that is stored
counts, and the second is content.
"""

from __future__ import annotations

import errno
import json
import pickle
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

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


class Numbered(Protocol):
    """A piece of work that is about one replication of one point."""

    @property
    def label(self) -> str:
        """The point's."""
        ...

    @property
    def replication(self) -> int:
        """Its number."""
        ...


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
    disk_full: bool = False
    """Whether it failed because there is no room left to store it: so will all others."""


def failed(task: Numbered, error: Exception) -> Failed:
    """Return what became of a replication that ended with an error."""
    text = str(error).strip().splitlines()
    line = f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
    details = "".join(traceback.format_exception(error))
    return Failed(task.label, task.replication, line, details, disk_full=is_disk_full(error))


def lost(task: Numbered, why: str) -> Failed:
    """Return what became of a replication that could not even say it itself."""
    return Failed(task.label, task.replication, why)


@lru_cache(maxsize=4)
def _scenario(pickled: bytes) -> Any:
    return pickle.loads(pickled)  # noqa: S301 - our own bytes, from the process that started this one


def run_replication(task: Task) -> Done | Failed:
    """Simulate, measure and store one replication; an error is returned and not raised."""
    started = time.perf_counter()
    if replication_folder(task.point, task.replication).is_dir():
        return Done(task.label, task.replication, 0.0)
    try:
        scenario = _scenario(task.scenario)
        simulate, measure = task.engine.functions()
        journal = simulate(scenario, task.replication)
        store_replication(task.point, journal, scenario, measure(journal, scenario))
    except Exception as error:  # noqa: BLE001 - one replication must not stop the others; it is reported
        return failed(task, error)
    return Done(task.label, task.replication, time.perf_counter() - started)


DISK_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Nothing left on the disk, or nothing left of what this user may have of it."""


def is_disk_full(error: BaseException) -> bool:
    """Return whether an error says that there is no room left on the disk."""
    return isinstance(error, OSError) and error.errno in DISK_FULL


def replication_folder(point: Path, replication: int) -> Path:
    """Return where a replication's results lie until the point's are put together."""
    return point / "replications" / f"{replication:05d}"


@contextmanager
def stored_as_one(point: Path, replication: int) -> Iterator[Path]:
    """Give a folder for the results of a replication, which then appears in its place complete, with its checksums.

    If it is there already, computed at the same time by another process, that one stays.
    """
    from sim.experiment.checksums import seal
    from sim.experiment.files import being_written

    target = replication_folder(point, replication)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with being_written(target) as temporary:
            temporary.mkdir()
            yield temporary
            seal(temporary)
    except OSError as error:
        # A folder cannot be renamed over another that is not empty; on Windows that is an error of permission.
        if not target.is_dir() or is_disk_full(error):
            raise


def store_replication(point: Path, journal: Journal, scenario: Scenario, figures: Figures) -> None:
    """Write the results of one replication below a point's folder; they appear there complete or not at all.

    Raises:
        ValueError: There is not a single figure.
        OSError: The folder cannot be written to.
    """
    import pyarrow.parquet as pq

    from sim.experiment.tables import BILLING, FIGURES, billing_table, figures_table, journal_table
    from sim.measures import billable, entries

    if figures.kpis.empty:
        raise ValueError("the measures returned no figure at all")
    # Cases of a file are real persons: what is kept of them are figures, and no rows.
    by_person = not scenario.knows_real_persons
    billed = billable(journal, scenario)
    with stored_as_one(point, journal.replication) as folder:
        for name in FIGURES:
            table = figures_table(name, getattr(figures, name), journal.replication)
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        for name in BILLING if by_person else ():
            pq.write_table(billing_table(billed, name), folder / f"{name}.parquet", compression="zstd")
        if journal.replication == 0 and by_person:
            _store_journal(folder / "journal", journal, {name: journal_table(journal, name) for name in TABLES})
            store_entries(folder, entries(journal, scenario))


def store_entries(folder: Path, ledger: pd.DataFrame) -> None:
    """Write every entry of a replication's ledger, so that every amount can be traced back to its dates and persons."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(ledger, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table, folder / "ledger.parquet", compression="zstd")


def _store_journal(folder: Path, journal: Journal, tables: dict[str, Any]) -> None:
    """Write the journal, one Parquet file per table, so that every figure can be traced back to what happened."""
    import pyarrow.parquet as pq

    folder.mkdir()
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    about = {
        "scenario": journal.scenario,
        "replication": journal.replication,
        "seed": journal.seed,
        "start": journal.start.isoformat(),
        "run_in": journal.run_in,
        "horizon": journal.horizon,
        "counts": dict(journal.counts),
    }
    text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    (folder / "journal.json").write_text(text, encoding="utf-8", newline="\n")
