"""Many tasks on several processes, such that no single one can spoil the others.

An error inside a task comes back as its result. What is harder is a process that *dies* (killed because the memory is
full, a crash in a library): the pool is then broken and nobody says which task it was. All tasks that were in flight
are tried again, alone, one after the other: the one that twice brings its process down alone is the culprit and is
reported (once can be the system's doing, when memory or time is short), the others lose nothing but time.

A task may therefore be begun again that was done already, when its process died, or was stopped with the pool, after
the work and before the answer. Tasks must be such that doing them twice does no harm.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from typing import Any, TypeVar

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

IN_FLIGHT_PER_PROCESS = 2
"""One that is worked on and one that waits, so that a process never idles and little is lost when one dies."""

POLL_SECONDS = 0.5
"""On Windows a wait without a time limit does not hear Ctrl-C."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
"""The processes share the cores among them; threads of linear algebra inside each would only get in the way."""

DIED = "its process died three times, twice while it ran alone (out of memory, or killed from outside)"
STRIKES = 2
"""How often a task must bring its process down alone to be the culprit."""

FALSE_STARTS = 5
"""How often processes may end before they have been given anything, one time after the other."""

SECONDS_TO_OUTLIVE = 0.1
"""How long a process may go on whose supervisor has ended."""


class NoProcessError(Exception):
    """Processes end as soon as they have begun."""


def processes(n_jobs: int) -> int:
    """Return the number of processes that ``compute.n_jobs`` means on this machine (containers' limits count)."""
    from joblib import cpu_count

    return int(cpu_count()) if n_jobs == -1 else n_jobs


class Crew:
    """Processes that may stay from one piece of work to the next: starting them takes seconds.

    Args:
        number: How many.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._pool: Any = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        # Whoever stops early must not wait for what is being simulated; without a fault nobody is at work any more.
        self.dismiss(at_once=fault is not None)

    def hire(self) -> Any:
        """Return the pool of processes, started if there is none."""
        if self._pool is None:
            self._pool = _new_pool(self.number)
        return self._pool

    def dismiss(self, *, at_once: bool) -> None:
        """Stop the processes, in the middle of their work if it must be at once."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, kill_workers=at_once)
            self._pool = None


def work(
    function: Callable[[TaskT], ResultT],
    tasks: Iterable[TaskT],
    n_jobs: int,
    lost: Callable[[TaskT, str], ResultT],
    crew: Crew | None = None,
) -> Generator[ResultT, None, None]:
    """Yield the results as they come, in no particular order.

    Args:
        function: What to do; importable by another process, and returning its errors rather than raising them.
        tasks: What to do it with.
        n_jobs: Processes; 1 means this one, and -1 as many as there are cores.
        lost: Makes the result of a task that took its process down with it.
        crew: Processes to do it with, which stay; None: some of its own.

    Raises:
        NoProcessError: No process can be kept alive for long enough to give it a task.
    """
    waiting = deque(tasks)
    if n_jobs == 1 or not waiting:
        while waiting:
            yield function(waiting.popleft())
        return
    suspects: deque[TaskT] = deque()
    strikes: dict[int, int] = {}
    regular = crew or Crew(min(processes(n_jobs), len(waiting)))
    false_starts = 0
    while waiting or suspects:
        # A suspect has the machine to itself, so that it cannot be blamed for what becomes of an idle process.
        hired = Crew(1) if suspects and regular.number > 1 else regular
        finished = whole = False
        try:
            whole, used = yield from _until_broken(
                hired.hire(), function, waiting, suspects, strikes, hired.number, lost
            )
            finished = True
            false_starts = 0 if used else false_starts + 1
            if false_starts == FALSE_STARTS:
                raise NoProcessError
        finally:
            if hired is not crew or not whole:
                # Whoever stops early (Ctrl-C, an error of ours) must not wait for minutes of simulation.
                hired.dismiss(at_once=not finished)


def _until_broken(
    pool: Any,
    function: Callable[[TaskT], ResultT],
    waiting: deque[TaskT],
    suspects: deque[TaskT],
    strikes: dict[int, int],
    number: int,
    lost: Callable[[TaskT, str], ResultT],
) -> Generator[ResultT, None, tuple[bool, bool]]:
    """Do the suspects, or else all that waits, unless the pool breaks; then what was in flight becomes suspect.

    Returns:
        Whether the pool is whole, and whether anything was in flight.
    """
    from concurrent.futures.process import BrokenProcessPool

    flying: dict[Future[ResultT], TaskT] = {}
    alone, used = bool(suspects), False
    while flying or (suspects if alone else waiting):
        source = suspects if alone else waiting
        room = (1 if alone else number * IN_FLIGHT_PER_PROCESS) - len(flying)
        try:
            while source and room > 0:
                with _ctrl_c_later():
                    flying[pool.submit(function, source[0])] = source[0]
                source.popleft()
                room -= 1
        except BrokenProcessPool:
            # It broke between two tasks. Nobody is guilty yet; with nothing in flight a new pool simply goes on.
            if not flying:
                return False, used
        used = True
        done, _ = wait(flying, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        broken: list[TaskT] = []
        for future in done:
            task = flying.pop(future)
            try:
                result = future.result()
            except BrokenProcessPool:
                broken.append(task)
                continue
            except Exception as error:  # noqa: BLE001 - what could not even be sent or received is lost, and said so
                result = lost(task, f"{type(error).__name__}: {error}")
            yield result
        if broken:
            if alone:
                for task in broken:
                    strikes[id(task)] = strikes.get(id(task), 0) + 1
                    if strikes[id(task)] < STRIKES:
                        suspects.append(task)
                    else:
                        yield lost(task, DIED)
            else:
                yield from _rescued(flying, broken)
                suspects.extend(broken)
            return False, used
    return True, used


def _rescued(flying: dict[Future[ResultT], TaskT], broken: list[TaskT]) -> Iterator[ResultT]:
    """Yield what had come back before the pool broke; add the rest to the broken ones."""
    from concurrent.futures.process import BrokenProcessPool

    for future, task in flying.items():
        try:
            yield future.result(timeout=60)
        except (BrokenProcessPool, TimeoutError):
            broken.append(task)


def _new_pool(number: int) -> Any:
    from joblib.externals.loky import ProcessPoolExecutor

    return ProcessPoolExecutor(
        max_workers=number, env=ONE_THREAD, initializer=_prepare_process, initargs=(os.getpid(),)
    )


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Start no process that would die of Ctrl-C before :func:`_prepare_process` has run in it, with a traceback.

    What is blocked here is blocked in whoever is started meanwhile, but not lost: it arrives when the block is over.
    (Windows knows nothing of the kind; there a Ctrl-C in the first moments of a process may show a traceback.)
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_process(supervisor: int) -> None:
    """Leave Ctrl-C to the process that supervises: it stops the others when it has put things in order.

    If it ends without doing so (killed, out of memory), they end too, and do not write into the folder of the next.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with, args=(supervisor,), daemon=True).start()


def _end_with(supervisor: int) -> None:
    if sys.platform == "win32":
        from multiprocessing import parent_process

        parent = parent_process()
        if parent is not None:
            parent.join()
    else:
        while os.getppid() == supervisor:
            time.sleep(SECONDS_TO_OUTLIVE)
    os._exit(1)
