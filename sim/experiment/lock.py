"""One at a time: two that work in one folder would clear each other's half-written files away.

The system holds the lock and lets go of it when the process ends, however it ends: nothing is left to be cleared up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.scenario.errors import PlannerError

LOCK = ".in-use.lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Keep others from writing into a folder, which is made if it is not there.

    On a network drive that knows no locks nobody is kept away.

    Raises:
        PlannerError: Somebody else is at work there, or it cannot be written to.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK)
    held = True
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout:
        raise PlannerError(
            f"another sagsflow is at work in {folder}: wait until it has finished, or name another folder"
        ) from None
    except NotImplementedError:
        held = False
    except OSError as error:
        raise PlannerError(f"the results cannot be written to {folder}: {error.strerror or error}") from None
    try:
        yield
    finally:
        if held:
            lock.release()
            with suppress(OSError):
                (folder / LOCK).unlink(missing_ok=True)
