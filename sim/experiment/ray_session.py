"""A Ray that is there as long as it is needed, and leaves nothing behind.

Nobody has to start anything: without an address Ray runs on this machine alone, listens to this machine alone, and its
files go when it goes. With an address (``hydra.launcher.ray.init.address``, or the environment's ``RAY_ADDRESS``) the
work goes to a cluster that somebody else has started and will stop. In neither case are statistics of use sent.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sim.experiment.pool import ONE_THREAD, processes
from sim.scenario.errors import PlannerError
from sim.scenario.launcher import Launcher

ATTEMPTS = 4
TOO_SLOW = "timed out during startup"
"""What Ray says when a node of its own did not start in time."""

StartedT = TypeVar("StartedT")

ALWAYS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    # Started by `uv run`, Ray would pack the current folder (with all results) and send it to every node.
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    # Ray warns of a change in how it hides graphics cards, which nothing here uses.
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
"""Settings that Ray takes from the environment when it is loaded; what is set there already stays as it is."""

ALONE = {
    # Ray does this by itself on Windows and macOS: it stays on the loopback address.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    **ONE_THREAD,
}
"""Settings for a Ray of one's own, beside those."""

OBJECTS_BYTES = 256 * 2**20
"""Memory for results on their way to be stored; Ray takes a third of the machine if it is not told otherwise."""


@contextmanager
def connected(launcher: Launcher, n_jobs: int) -> Iterator[None]:
    """Be connected to a Ray for as long as the block lasts; one that the program is connected to already is used.

    Args:
        launcher: Where it is, and how to start it if it is nowhere.
        n_jobs: Cores of a Ray that is started here; -1: all.

    Raises:
        PlannerError: It cannot be started or reached.
    """
    address = launcher.init.get("address") or os.environ.get("RAY_ADDRESS") or "local"
    given = {key: value for key, value in launcher.init.items() if key != "address"}
    with ExitStack() as stack:
        # Ray reads some of these only once, when it is imported.
        stack.enter_context(_environment({**ALWAYS, **(ALONE if address == "local" else {})}))
        import ray

        if ray.is_initialized():
            yield
            return
        settings = {"log_to_driver": False, "logging_level": logging.CRITICAL, **given}
        if address == "local":
            folder = stack.enter_context(_short_folder())
            stack.enter_context(_environment({"TMPDIR": str(folder)}, force=True))
            settings = {
                "num_cpus": processes(n_jobs),
                "include_dashboard": False,
                "object_store_memory": OBJECTS_BYTES,
                "_temp_dir": str(folder),
                **settings,
            }
        stack.callback(ray.shutdown)
        _start(address, settings)
        yield


def _start(address: str, settings: Mapping[str, Any]) -> None:
    import ray

    try:
        until_started(partial(ray.init, address=address, **settings))
    except Exception as error:  # noqa: BLE001 - whatever Ray says, it is about where and how it was to be started
        said = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        what = "Ray cannot be started on this machine" if address == "local" else f"there is no Ray at '{address}'"
        raise PlannerError(
            f"{what}: {said}\nThe settings are hydra.launcher.ray.init.*; without hydra/launcher=ray the work is done "
            "by the processes of this machine"
        ) from None


def until_started(start: Callable[[], StartedT]) -> StartedT:
    """Start Ray, and again if it was not fast enough for itself.

    Its nodes give their helpers 15 seconds, which cannot be set: too little for a slow machine that loads hundreds of
    modules for the first time. The second time they are in the file system's cache.

    Args:
        start: Starts a Ray of one's own.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return start()
        except Exception as error:  # Ray has no kind of its own for this
            if TOO_SLOW not in str(error):
                raise
    return start()


@contextmanager
def _short_folder() -> Iterator[Path]:
    """Give a temporary folder whose path is short: names of sockets may not be longer than about a hundred letters."""
    root = None if sys.platform == "win32" else "/tmp"  # noqa: S108 - made with a name of its own, for this user alone
    folder = tempfile.mkdtemp(prefix="sagsflow-", dir=root)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _environment(values: Mapping[str, str], *, force: bool = False) -> Iterator[None]:
    """Set variables that are not set yet (``force``: all), and put things back afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update({name: value for name, value in values.items() if force or before[name] is None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
