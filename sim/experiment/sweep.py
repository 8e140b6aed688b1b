"""All points, all replications: simulated on all cores, stored as they come, compared at the end."""

from __future__ import annotations

import datetime as dt
import errno
import pickle
import platform
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from sim.experiment.cautions import with_cautions
from sim.experiment.lock import only_one
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
from sim.experiment.pool import NoProcessError, processes
from sim.experiment.precision import Following, followed
from sim.experiment.results import build
from sim.experiment.run import Done, Engine, Failed, Task, is_disk_full, lost
from sim.experiment.store import discard_damaged, open_folder, point_folder, put_together, stored_replications
from sim.experiment.workers import Workers, workers
from sim.scenario.errors import PlannerError
from sim.scenario.settings import Experiment

ERROR_LOG = "error.log"

SECONDS_BETWEEN_RECORDS = 10.0
"""How often the manifest is brought up to date while it is simulated: what a kill can lose of the durations."""


class Listener(Protocol):
    """Who is told how far it is."""

    def started(self, total: int, stored: int, missing: Mapping[str, int]) -> None:
        """``total`` replications over all points, of which ``stored`` were there already; what is missing, by point."""
        ...

    def extended(self, total: int, met: int, targets: int, missing: Mapping[str, int]) -> None:
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
    on_damage: Callable[[Sequence[Path]], None] | None = None
    """Told which stored replications were damaged, and are computed again."""


def run_sweep(order: Order, listener: Listener) -> Manifest:
    """Do what is missing in the folder, build its tables, and return its manifest.

    A replication that fails does not stop the others; it is in the manifest's ``failures``, with its traceback in
    ``error.log``, and is tried again by the next run into the same folder.

    Raises:
        PlannerError: The folder cannot be used, or not any more (a full disk), or the reference is not a point of the
            sweep. Finished replications are stored.
        Interrupted: Ctrl-C. Finished replications are stored.
    """
    reference = reference_label(order.points)
    following = followed(order.points, reference, order.folder)
    with only_one(order.folder):
        manifest = _new_manifest(order, reference, open_folder(order.folder, order.points))
        damaged = discard_damaged(order.folder, [point.label for point in order.points])
        if damaged and order.on_damage is not None:
            order.on_damage(damaged)
        return _Run(order, listener, manifest, following).to_the_end()


class _Run:
    """One run into a folder that is ready for it."""

    def __init__(self, order: Order, listener: Listener, manifest: Manifest, following: Following | None) -> None:
        self._order = order
        self._listener = listener
        self._manifest = manifest
        self._following = following
        self._clock = _Clock(manifest.wall_seconds)
        self._count = _Count(manifest)

    def to_the_end(self) -> Manifest:
        """Simulate what is missing, and write everything that hangs on it."""
        folder = self._order.folder
        try:
            (folder / ERROR_LOG).unlink(missing_ok=True)
            self._manifest.write(folder)
            self._simulate()
            manifest = put_points_together(folder, self._count.brought_up_to_date(self._manifest))
            build(folder, manifest)
            manifest = with_cautions(folder, manifest)
            status = "incomplete" if manifest.failures else "complete"
            manifest = manifest.model_copy(
                update={"status": status, "finished": _now(), "wall_seconds": self._clock.seconds()}
            )
            manifest.write(folder)
        except KeyboardInterrupt:
            stored = self._stopped()
            raise Interrupted(stored, self._total) from None
        except OSError as error:
            raise PlannerError(self._cannot_be_written(error)) from None
        except NoProcessError:
            raise PlannerError(
                "no process for simulating can be started: is there too little memory? "
                f"{self._stopped()} of {self._total} replications are stored. "
                f"Try compute.n_jobs=1, and continue with\n  {self._order.command} compute.n_jobs=1"
            ) from None
        finally:
            self._listener.finished()
        return manifest

    def _simulate(self) -> None:
        """Simulate what is missing, and go on as long as targets of precision are not met."""
        tasks, stored = missing_tasks(self._order, self._manifest.experiment.replications)
        self._listener.started(stored + len(tasks), stored, self._missing(tasks))
        following = self._following
        with workers(self._order.points[0].configuration) as team:
            self._manifest = self._manifest.model_copy(update={"host": host(team.processes, team.machines)})
            self._do(team, tasks)
            if following is None:
                return
            while (goal := following.next_goal(self._manifest.experiment.replications)) is not None:
                self._manifest = self._manifest.aiming_at(goal)
                self._so_far("running").write(self._order.folder)
                tasks, stored = missing_tasks(self._order, goal, self._count.tried)
                total = stored + len(tasks) + len(self._count.tried)
                self._listener.extended(total, following.met, following.targets, self._missing(tasks))
                self._do(team, tasks)
            self._manifest = self._manifest.model_copy(update={"precision": following.entry()})

    def _missing(self, tasks: Iterable[Task]) -> Mapping[str, int]:
        labels = Counter(task.label for task in tasks)
        return {point.label: labels[point.label] for point in self._order.points}

    def _do(self, team: Workers, tasks: Iterable[Task]) -> None:
        recorded = time.monotonic()
        with closing(team.work(tasks, lost)) as results:
            for result in results:
                self._take_down(result)
                if time.monotonic() - recorded > SECONDS_BETWEEN_RECORDS:
                    self._so_far("running").write(self._order.folder)
                    recorded = time.monotonic()

    def _take_down(self, result: Done | Failed) -> None:
        if isinstance(result, Failed) and result.disk_full:
            raise OSError(errno.ENOSPC, result.error)
        self._count.add(result)
        if isinstance(result, Done):
            self._listener.done(result)
            return
        self._listener.failed(result)
        with (self._order.folder / ERROR_LOG).open("a", encoding="utf-8", newline="\n") as log:
            log.write(f"{result.label}, replication {result.replication}\n{result.details or result.error}".rstrip())
            log.write("\n\n")

    @property
    def _total(self) -> int:
        return self._manifest.experiment.replications * len(self._order.points)

    def _so_far(self, status: Literal["running", "interrupted"]) -> Manifest:
        manifest = self._count.brought_up_to_date(self._manifest)
        points = tuple(
            entry.model_copy(update={"stored": len(stored_replications(point_folder(self._order.folder, entry.label)))})
            for entry in manifest.points
        )
        return manifest.model_copy(update={"status": status, "points": points, "wall_seconds": self._clock.seconds()})

    def _stopped(self) -> int:
        """Write the manifest of what was done, if it can be written, and return how many replications are stored."""
        manifest = self._so_far("interrupted")
        with suppress(OSError):
            manifest.write(self._order.folder)
        return sum(entry.stored for entry in manifest.points)

    def _cannot_be_written(self, error: OSError) -> str:
        stored = self._stopped()
        why = "the disk is full" if is_disk_full(error) else str(error.strerror or error)
        what = f" ({error.filename})" if error.filename else ""
        return (
            f"the results cannot be written to {self._order.folder}: {why}{what}\n"
            f"{stored} of {self._total} replications are stored, and nothing of them is lost. "
            f"{'Make room' if is_disk_full(error) else 'Put that right'}, and continue with\n  {self._order.command}"
        )


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


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
