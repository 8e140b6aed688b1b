"""Stored futures at other prices, without simulating anything again.

What costs hang on is stored of every replication. It is read back, measured with the other prices, and written with
everything else that the folder holds into a new folder, which is a folder of results like any other.

Before anything else, one replication of every point is measured once more at its own prices: if that does not give what
is stored, to the øre, the folder was made by a version that reckoned differently, and nothing of it is priced.
"""

from __future__ import annotations

import datetime as dt
import pickle
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.experiment.cautions import with_cautions
from sim.experiment.files import being_written, write_text
from sim.experiment.manifest import Manifest, PointEntry, Pricing, engine
from sim.experiment.pool import work
from sim.experiment.results import build
from sim.experiment.run import Done, Failed, failed, lost, store_entries, stored_as_one
from sim.experiment.store import (
    point_folder,
    put_together,
    refuse_damaged,
    seal_point,
    stored_replications,
    stored_table,
)
from sim.experiment.sweep import Listener
from sim.experiment.tables import BILLING, STORED
from sim.scenario.compose import Configuration, from_yaml, to_yaml
from sim.scenario.errors import PlannerError, listed
from sim.scenario.price_driven import decided_otherwise
from sim.scenario.repricing import Prices, repriced

REPLACED = ("kpis", "costs")
"""The tables that depend on prices; the others are taken over as they are."""

UNLIKE = "UnlikeError"
"""How the error of a replication begins whose stored costs do not come out again."""


@dataclass(frozen=True)
class PricingTask:
    """One replication of one point, to be priced again."""

    label: str
    stored: Path
    """Folder of the point that is priced."""
    point: Path
    """Folder of the point that it becomes."""
    before: bytes
    """The pickled scenario with the prices that the stored figures are at."""
    after: bytes
    """The same with the prices that are to hold."""
    replication: int
    compared: bool
    """Whether its stored costs are reckoned again first."""


def price(
    folder: Path, target: Path, prices: Prices, command: str, listener: Listener
) -> tuple[Manifest, tuple[str, ...]]:
    """Write a folder of results with other prices.

    Args:
        folder: A folder of results; it stays as it is.
        target: New folder, complete or not there at all when this returns or raises.
        prices: The prices that are to hold.
        command: The command that does the same again.
        listener: Who is told how far it is.

    Returns:
        The manifest of the new folder, and the configuration paths by which these prices would have decided otherwise.

    Raises:
        PlannerError: The folder holds nothing that can be priced, or the prices are not right for it.
    """
    manifest = Manifest.read(folder)
    entries = _priceable(folder, manifest)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise PlannerError(f"{target} is not empty, and results are never overwritten: name another folder with -o")
    for entry in entries:
        refuse_damaged(point_folder(folder, entry.label))
    before = [from_yaml(point_folder(folder, entry.label) / "config.yaml") for entry in entries]
    after = repriced(before, prices)
    _refuse_if_points_become_alike(manifest, before, after)
    decided_by = tuple(
        dict.fromkeys(
            path
            for one, other in zip(before, after, strict=True)
            for path in decided_otherwise(one.scenario, other.scenario)
        )
    )
    started, clock = _now(), time.monotonic()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with being_written(target) as unfinished:
            tasks = _prepared(folder, unfinished, entries, before, after)
            _work(folder, tasks, manifest, before[0].compute.n_jobs, listener)
            for entry in entries:
                put_together(point_folder(unfinished, entry.label))
                seal_point(point_folder(unfinished, entry.label))
            pricing = Pricing(overrides=prices.given, decided_by=decided_by)
            result = manifest.model_copy(
                update={
                    "name": f"{manifest.name.removesuffix('-priced')}-priced",
                    "command": command,
                    "started": started,
                    "finished": _now(),
                    "wall_seconds": round(time.monotonic() - clock, 3),
                    "points": tuple(
                        entry.model_copy(update={"overrides": (*entry.overrides, *prices.given)}) for entry in entries
                    ),
                    "sources": (str(folder),),
                    "precision": None,
                    "pricing": pricing,
                }
            )
            build(unfinished, result)
            result = with_cautions(unfinished, result)
            result.write(unfinished)
            if target.exists():
                target.rmdir()  # Empty; on Windows a folder cannot be renamed over another.
    except OSError as error:
        raise PlannerError(f"the results cannot be written to {target}: {error.strerror or error}") from None
    finally:
        listener.finished()
    return result, decided_by


def _priceable(folder: Path, manifest: Manifest) -> list[PointEntry]:
    """Return the points that have results, if they hold all that costs hang on."""
    if manifest.status in ("running", "interrupted"):
        raise PlannerError(f"{folder} is not finished; finish it first, with\n  {manifest.command}")
    entries = [entry for entry in manifest.points if entry.stored]
    if not entries:
        raise PlannerError(f"there is not one finished replication in {folder}")
    without = [
        entry.label
        for entry in entries
        if not all((point_folder(folder, entry.label) / f"{name}.parquet").is_file() for name in STORED)
    ]
    if without:
        raise PlannerError(
            f"{folder} was written by a version of sagsflow that did not keep what it takes to price futures again "
            f"(points: {listed(without)}); simulate once more into another folder, and price that one. Where open "
            "cases come from a file (files.caseload) it is never kept: simulate at the new prices instead"
        )
    return entries


def _refuse_if_points_become_alike(
    manifest: Manifest, before: Sequence[Configuration], after: Sequence[Configuration]
) -> None:
    """Refuse prices that undo what the points of a sweep differ in, and are named by."""
    for path in manifest.swept:
        if path.partition(".")[0] == "costs" and any(
            _at(one.composed, path) != _at(other.composed, path) for one, other in zip(before, after, strict=True)
        ):
            raise PlannerError(
                f"the points of this folder differ in {path}, and are named by it; these prices would undo that"
            )


def _at(composed: Any, path: str) -> Any:
    for key in path.split("."):
        composed = composed.get(key) if isinstance(composed, dict) else None
    return composed


def _prepared(
    folder: Path,
    unfinished: Path,
    entries: Sequence[PointEntry],
    before: Sequence[Configuration],
    after: Sequence[Configuration],
) -> list[PricingTask]:
    """Copy what does not depend on prices, and return what is to be done; the first replications come first."""
    tasks = []
    for entry, old, new in zip(entries, before, after, strict=True):
        stored, point = point_folder(folder, entry.label), point_folder(unfinished, entry.label)
        point.mkdir(parents=True)
        write_text(point / "config.yaml", to_yaml(new))
        for name in STORED:
            if name not in REPLACED:
                shutil.copy2(stored / f"{name}.parquet", point)
        if (stored / "journal").is_dir():
            shutil.copytree(stored / "journal", point / "journal")
        pickled = pickle.dumps(old.scenario), pickle.dumps(new.scenario)
        for position, replication in enumerate(sorted(stored_replications(stored))):
            tasks.append(PricingTask(entry.label, stored, point, *pickled, replication, compared=position == 0))
    return sorted(tasks, key=lambda task: not task.compared)


def _work(folder: Path, tasks: Sequence[PricingTask], manifest: Manifest, n_jobs: int, listener: Listener) -> None:
    listener.started(len(tasks), 0, Counter(task.label for task in tasks))
    with closing(work(price_replication, tasks, n_jobs, lost)) as results:
        for result in results:
            if isinstance(result, Done):
                listener.done(result)
            elif result.error.startswith(UNLIKE):
                raise PlannerError(_unlike(folder, result, manifest))
            else:
                raise RuntimeError(
                    f"{result.label}, replication {result.replication}: {result.error}\n{result.details}"
                )


def _unlike(folder: Path, result: Failed, manifest: Manifest) -> str:
    now = engine()
    versions = [
        f"{name} {manifest.engine.get(name, 'absent')} there, {now.get(name, 'absent')} here"
        for name in dict.fromkeys([*manifest.engine, *now])
        if manifest.engine.get(name) != now.get(name)
    ]
    why = f"it was made by another version ({'; '.join(versions)})" if versions else "it has been changed since"
    return (
        f"{folder}: the costs of {result.label}, replication {result.replication}, do not come out as they are stored "
        f"when they are reckoned again at their own prices: {why}. Simulate once more into another folder, and price "
        "that one"
    )


def price_replication(task: PricingTask) -> Done | Failed:
    """Price one replication and store it; an error is returned and not raised."""
    started = time.perf_counter()
    try:
        _price_replication(task)
    except Exception as error:  # noqa: BLE001 - it comes from another process and is told by the one that supervises
        return failed(task, error)
    return Done(task.label, task.replication, time.perf_counter() - started)


class UnlikeError(Exception):
    """Stored costs do not come out again at their own prices."""


def _price_replication(task: PricingTask) -> None:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from sim.experiment.tables import billing_journal, figures_table
    from sim.measures import depends_on_prices, entries, measure_costs

    before, after = _scenario(task.before), _scenario(task.after)
    tables = {name: stored_table(task.stored, name, task.replication) for name in (*BILLING, *REPLACED)}
    journal = billing_journal(tables, after, task.replication)
    priced = pa.array([depends_on_prices(kpi) for kpi in tables["kpis"]["kpi"].to_pylist()], pa.bool_())
    if task.compared:
        figures = measure_costs(journal, before)
        again = {name: figures_table(name, getattr(figures, name), task.replication) for name in REPLACED}
        stored = {"kpis": tables["kpis"].filter(priced), "costs": tables["costs"]}
        for name in REPLACED:
            if not again[name].equals(stored[name]):
                raise UnlikeError(name)
    figures = measure_costs(journal, after)
    others = tables["kpis"].filter(pc.invert(priced)).to_pandas()
    kpis = pd.concat([others, figures.kpis], ignore_index=True)
    with stored_as_one(task.point, task.replication) as folder:
        for name, frame in (("kpis", kpis), ("costs", figures.costs)):
            table = figures_table(name, frame, task.replication)
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        if task.replication == 0:
            store_entries(folder, entries(journal, after))


@lru_cache(maxsize=4)
def _scenario(pickled: bytes) -> Any:
    return pickle.loads(pickled)  # noqa: S301 - our own bytes, from the process that started this one


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
