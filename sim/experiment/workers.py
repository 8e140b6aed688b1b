"""Who simulates: the processes of this machine, or Ray. Whoever has replications to do needs to know no more.

What comes back is the same, and what is stored has the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from sim.experiment.pool import Crew, processes, work
from sim.experiment.run import Done, Failed, Task, run_replication
from sim.scenario.compose import Configuration

Lost = Callable[[Task, str], Failed]
"""Makes the result of a replication that took down what it was simulated by."""


class Workers(Protocol):
    """Those who simulate replications and store them."""

    @property
    def processes(self) -> int:
        """How many replications are simulated at the same time."""
        ...

    @property
    def machines(self) -> int:
        """How many machines they are on."""
        ...

    def work(self, tasks: Iterable[Task], lost: Lost) -> Generator[Done | Failed, None, None]:
        """Yield the results as they come, in no particular order; may be asked again when all have come."""
        ...


class Processes:
    """The processes of this machine (:mod:`sim.experiment.pool`), which stay from one batch to the next.

    Args:
        n_jobs: How many at most: 1 means the process that asks, and -1 as many as there are cores.
    """

    machines = 1

    def __init__(self, n_jobs: int) -> None:
        self._n_jobs = n_jobs
        self._crew = Crew(0)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        self._crew.__exit__(fault)

    @property
    def processes(self) -> int:
        """How many there are at most."""
        return processes(self._n_jobs)

    def work(self, tasks: Iterable[Task], lost: Lost) -> Generator[Done | Failed, None, None]:
        """Yield the results as they come."""
        tasks = list(tasks)
        wanted = min(self.processes, len(tasks))
        if self._crew.number < wanted:
            self._crew.dismiss(at_once=False)
            self._crew = Crew(wanted)
        yield from work(run_replication, tasks, self._n_jobs, lost, self._crew)


@contextmanager
def workers(configuration: Configuration) -> Iterator[Workers]:
    """Give those that the configuration asks for, for as long as the block lasts.

    Raises:
        PlannerError: Ray was asked for, and cannot be started or reached.
    """
    if configuration.launcher is None:
        with Processes(configuration.compute.n_jobs) as own:
            yield own
        return
    from sim.experiment.on_ray import OnRay, connected

    with connected(configuration.launcher, configuration.compute.n_jobs):
        yield OnRay(configuration.launcher, configuration.compute.n_jobs)
