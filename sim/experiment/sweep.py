"""All points, all replications: simulated on all cores, stored as they come, compared at the end."""

from __future__ import annotations

import datetime as dt
import pickle
import platform
import time
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sim.experiment.cautions import with_cautions
from sim.experiment.files import write_text
from sim.experiment.manifest import (
    ExperimentEntry,
    Failure,
    Manifest,
    PointEntry,
    commit,
    engine,
    host,
    packages,
)
from sim.experiment.points import Point, reference_label
from sim.experiment.pool import processes
from sim.experiment.precision import followed
from sim.experiment.results import build
from sim.experiment.run import Done, Engine, Failed, Task
from sim.experiment.store import open_folder, point_folder, put_together, stored_replications
from sim.experiment.workers import workers
from sim.scenario.settings import Experiment

ERROR_LOG = "error.log"


class Listener(Protocol):
    """Who is told how far it is."""

    def started(self, total: int, stored: int) -> None:
        """``total`` replications over all points, of which ``stored`` were there already."""
        ...

    def extended(self, total: int, met: int, targets: int) -> None:
        """The precision asked for takes more: ``total`` replications now; ``met`` of the targets are reached."""
        ...

    def done(self, result: Done) -> None:
        """A replication is stored."""
        ...

    def failed(self, result: Failed) -> None:
        """A replication could not be simulated."""
        ...

    def finished(self) -> None:
        """Nothing more will come."""
        ...


class Interrupted(KeyboardInterrupt):
    """Stopped by the planner; what was finished is stored."""

    def __init__(self, stored: int, total: int) -> None:
        super().__init__()
        self.stored = stored
        self.total = total


@dataclass(frozen=True)
class Order:
    """What is to be done, and where the results go."""

    points: Sequence[Point]
    folder: Path
    command: str
    """The command that does the same again."""
    engine: Engine = field(default_factory=Engine)


def run_sweep(order: Order, listener: Listener) -> Manifest:
    """Do what is missing in the folder, build its tables, and return its manifest.

    A replication that fails does not stop the others; it is in the manifest's ``failures``, with its traceback in
    ``error.log``, and is tried again by the next run into the same folder.

    Raises:
        PlannerError: The folder cannot be used, or the reference is not a point of the sweep.
        Interrupted: Ctrl-C. Finished replications are stored.
    """
    reference = reference_label(order.points)
    following = followed(order.points, reference, order.folder)
    manifest = _new_manifest(order, reference, open_folder(order.folder, order.points))
    (order.folder / ERROR_LOG).unlink(missing_ok=True)
    manifest.write(order.folder)
    clock = _Clock(manifest.wall_seconds)
    count = _Count(manifest)
    try:
        tasks, stored = missing_tasks(order, manifest.experiment.replications)
        listener.started(total=stored + len(tasks), stored=stored)
        with workers(order.points[0].configuration) as team:
            manifest = manifest.model_copy(update={"host": host(team.processes, team.machines)})
            while True:
                with closing(team.work(tasks, _lost)) as results:
                    for result in results:
                        count.add(result)
                        if isinstance(result, Done):
                            listener.done(result)
                        else:
                            listener.failed(result)
                            write_text(order.folder / ERROR_LOG, count.error_log())
                goal = following.next_goal(manifest.experiment.replications) if following else None
                if following is None or goal is None:
                    break
                manifest = manifest.aiming_at(goal)
                manifest.write(order.folder)
                tasks, stored = missing_tasks(order, goal, count.tried)
                listener.extended(stored + len(tasks) + len(count.tried), following.met, following.targets)
        if following is not None:
            manifest = manifest.model_copy(update={"precision": following.entry()})
        manifest = put_points_together(order.folder, count.brought_up_to_date(manifest))
        build(order.folder, manifest)
        manifest = with_cautions(order.folder, manifest)
    except KeyboardInterrupt:
        manifest = _stopped(count.brought_up_to_date(manifest), order.folder, clock)
        manifest.write(order.folder)
        there = sum(entry.stored for entry in manifest.points)
        raise Interrupted(there, manifest.experiment.replications * len(order.points)) from None
    finally:
        listener.finished()
    status = "incomplete" if manifest.failures else "complete"
    manifest = manifest.model_copy(update={"status": status, "finished": _now(), "wall_seconds": clock.seconds()})
    manifest.write(order.folder)
    return manifest


def missing_tasks(order: Order, goal: int, tried: Collection[tuple[str, int]] = ()) -> tuple[list[Task], int]:
    """Return the replications below a goal that are neither stored nor tried in vain, and how many are stored.

    The first replication of every point comes first: a point that cannot work shows at once.
    """
    tasks, stored = [], 0
    for position, point in enumerate(order.points):
        folder = point_folder(order.folder, point.label)
        pickled = pickle.dumps(point.configuration.scenario)
        there = stored_replications(folder)
        for replication in range(goal):
            if replication in there:
                stored += 1
            elif (point.label, replication) not in tried:
                task = Task(point.label, folder, pickled, replication, order.engine)
                tasks.append((replication, position, task))
    return [task for _, _, task in sorted(tasks, key=lambda entry: entry[:2])], stored


def put_points_together(folder: Path, manifest: Manifest) -> Manifest:
    """Put the replications of every point together, and return the manifest with what there is."""
    entries = []
    for entry in manifest.points:
        stored = put_together(point_folder(folder, entry.label))
        finished = stored >= manifest.experiment.replications
        entries.append(entry.model_copy(update={"stored": stored, "finished": finished}))
    return manifest.model_copy(update={"points": tuple(entries)})


def _lost(task: Task, why: str) -> Failed:
    return Failed(task.label, task.replication, why)


class _Clock:
    def __init__(self, earlier: float) -> None:
        self._earlier = earlier
        self._start = time.monotonic()

    def seconds(self) -> float:
        return round(self._earlier + time.monotonic() - self._start, 3)


class _Count:
    """What has happened in this run, on top of what the manifest tells of earlier ones."""

    def __init__(self, manifest: Manifest) -> None:
        self._seconds = {entry.label: entry.seconds for entry in manifest.points}
        self._failed: list[Failed] = []

    def add(self, result: Done | Failed) -> None:
        if isinstance(result, Done):
            self._seconds[result.label] += result.seconds
        else:
            self._failed.append(result)

    @property
    def tried(self) -> set[tuple[str, int]]:
        """What failed in this run: it is tried again by the next one, not by the next batch."""
        return {(failed.label, failed.replication) for failed in self._failed}

    def brought_up_to_date(self, manifest: Manifest) -> Manifest:
        order = [entry.label for entry in manifest.points]
        failures = [Failure(label=f.label, replication=f.replication, error=f.error) for f in self._failed]
        failures.sort(key=lambda failure: (order.index(failure.label), failure.replication))
        points = tuple(
            entry.model_copy(update={"seconds": round(self._seconds[entry.label], 3)}) for entry in manifest.points
        )
        return manifest.model_copy(update={"points": points, "failures": tuple(failures)})

    def error_log(self) -> str:
        parts = (
            f"{failed.label}, replication {failed.replication}\n{failed.details or failed.error}"
            for failed in self._failed
        )
        return "\n\n".join(parts).rstrip() + "\n"


def _new_manifest(order: Order, reference: str, earlier: Manifest | None) -> Manifest:
    first = order.points[0].configuration
    known = {entry.label: entry for entry in earlier.points} if earlier else {}
    return Manifest(
        name=first.experiment.name,
        command=order.command,
        started=earlier.started if earlier else _now(),
        wall_seconds=earlier.wall_seconds if earlier else 0.0,
        experiment=ExperimentEntry(
            seed=first.experiment.seed,
            replications=_first_goal(first.experiment, earlier),
            confidence=first.experiment.confidence,
        ),
        reference=reference,
        swept=tuple(dict.fromkeys(path for point in order.points for path in point.columns)),
        points=tuple(
            PointEntry(
                label=point.label,
                name=point.name,
                titled=point.titled,
                scenario=point.scenario,
                label_da=point.configuration.scenario.about.label.da,
                label_en=point.configuration.scenario.about.label.en,
                overrides=point.overrides,
                columns=dict(point.columns),
                stored=known[point.label].stored if point.label in known else 0,
                seconds=known[point.label].seconds if point.label in known else 0.0,
            )
            for point in order.points
        ),
        engine=engine(),
        commit=commit(),
        python=platform.python_version(),
        packages=packages(),
        host=host(processes(first.compute.n_jobs)),
    )


def _first_goal(experiment: Experiment, earlier: Manifest | None) -> int:
    """Return how many replications there are to be at first: nothing that was once decided on is taken back."""
    if experiment.replications != "auto":
        return experiment.replications
    return max(experiment.at_least, earlier.experiment.replications if earlier else 0)


def _stopped(manifest: Manifest, folder: Path, clock: _Clock) -> Manifest:
    points = tuple(
        entry.model_copy(update={"stored": len(stored_replications(point_folder(folder, entry.label)))})
        for entry in manifest.points
    )
    return manifest.model_copy(update={"status": "interrupted", "points": points, "wall_seconds": clock.seconds()})


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
