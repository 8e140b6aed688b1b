"""Replications as Ray tasks: on this machine, or on a cluster whose nodes may come and go.

Ray distributes; what happens to a replication is decided here, in the same way as for the processes of one machine
(:mod:`sim.experiment.pool`). A node that dies takes replications with it that are simply done again elsewhere. A
replication that takes its process down three times is the culprit, and is reported.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Generator, Iterable
from typing import Any

from sim.experiment.manifest import engine
from sim.experiment.parcel import Parcel, addressed, received, replicate_apart
from sim.experiment.pool import IN_FLIGHT_PER_PROCESS, POLL_SECONDS
from sim.experiment.ray_session import connected
from sim.experiment.run import Done, Failed, Task
from sim.experiment.workers import Lost
from sim.scenario.errors import PlannerError
from sim.scenario.launcher import INSTALL, Launcher

__all__ = ["OnRay", "connected"]

LIVES = 3
"""How often a replication may bring its process down."""
NODES = 10
"""How many nodes may die under a replication before it is the suspect."""
DIED = f"its process died {LIVES} times on Ray (out of memory, or killed from outside)"
NODES_DIED = f"{NODES} nodes of the Ray cluster died while it was simulated"


class OnRay:
    """What Ray has, while a session lasts (:func:`connected`).

    Args:
        launcher: What a task takes (``hydra.launcher.ray.remote``).
        n_jobs: How many replications at the same time at most; -1: as many as there are cores.
    """

    def __init__(self, launcher: Launcher, n_jobs: int) -> None:
        import ray

        self._n_jobs = n_jobs
        options = {"num_cpus": 1, "max_retries": 0, "scheduling_strategy": "SPREAD", **launcher.remote}
        try:
            self._replicate = ray.remote(**options)(replicate_apart)
        except (TypeError, ValueError) as error:
            raise PlannerError(f"hydra.launcher.ray.remote: {_first_line(error)}") from None
        self._cores_each = float(options["num_cpus"] or 0)

    @property
    def processes(self) -> int:
        """How many replications are simulated at the same time now; the nodes of a cluster may come and go."""
        import ray

        cores = ray.cluster_resources().get("CPU", 0.0)
        room = max(1, int(cores / self._cores_each) if self._cores_each else int(cores))
        return room if self._n_jobs == -1 else min(room, self._n_jobs)

    @property
    def machines(self) -> int:
        """How many nodes are alive."""
        import ray

        return sum(bool(node["Alive"]) for node in ray.nodes())

    def work(self, tasks: Iterable[Task], lost: Lost) -> Generator[Done | Failed, None, None]:
        """Yield the results as they come, in no particular order.

        Raises:
            PlannerError: A node has another sagsflow than this machine, or none.
        """
        import ray

        waiting = deque(tasks)
        flying: dict[Any, Task] = {}
        deaths: Counter[tuple[str, int, str]] = Counter()
        expected = engine()
        try:
            while waiting or flying:
                room = self.processes * (IN_FLIGHT_PER_PROCESS if self._n_jobs == -1 else 1) - len(flying)
                for _ in range(min(room, len(waiting))):
                    task = waiting.popleft()
                    flying[self._replicate.remote(addressed(task), expected)] = task
                for reference in ray.wait(list(flying), timeout=POLL_SECONDS)[0]:
                    task = flying.pop(reference)
                    result = _outcome(reference, task, lost, deaths)
                    if result is None:
                        waiting.append(task)
                    else:
                        yield result
        finally:
            for reference in flying:
                ray.cancel(reference, force=True)


def _outcome(reference: Any, task: Task, lost: Lost, deaths: Counter[tuple[str, int, str]]) -> Done | Failed | None:
    """Return how a task ended; None: it did not, because what it ran on died."""
    import ray
    from ray import exceptions

    try:
        parcel: Parcel = ray.get(reference)
    except (exceptions.WorkerCrashedError, exceptions.OutOfMemoryError):
        deaths[own := (task.label, task.replication, "process")] += 1
        return None if deaths[own] < LIVES else lost(task, DIED)
    except (exceptions.NodeDiedError, exceptions.ObjectLostError):
        deaths[own := (task.label, task.replication, "node")] += 1
        return None if deaths[own] < NODES else lost(task, NODES_DIED)
    except exceptions.RayTaskError as error:
        if isinstance(error.cause, MemoryError):
            return lost(task, f"MemoryError: {error.cause}")
        # Errors of a replication come back in its parcel: this one is about whoever should have simulated it.
        raise PlannerError(_other_sagsflow(_first_line(error.cause))) from None
    except exceptions.RayError as error:
        return lost(task, f"{type(error).__name__}: {_first_line(error)}")
    if parcel.stranger:
        raise PlannerError(_other_sagsflow(parcel.stranger))
    return received(parcel, task)


def _other_sagsflow(what: str) -> str:
    return (
        f"a node of the Ray cluster cannot take part, because it has another sagsflow than this machine, or none "
        f"({what}). Install the same version on all of them, with\n  {INSTALL}\nand give the same command again: "
        "finished replications are kept"
    )


def _first_line(error: object) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
