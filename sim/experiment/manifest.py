"""What ran: the page that makes a folder of results understandable, and repeatable, years later."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Literal

import sim
from sim.experiment.stored_page import Entry, read_page, write_page
from sim.installed import version

MANIFEST = "manifest.json"
ENGINE_SOURCES = ("scenario", "model", "measures", "journal.py", "experiment/tables.py")
"""The sources that decide what a result is."""

ENGINE_PACKAGES = ("numpy", "scipy", "simpy")
"""Packages whose release can change what happens in a replication."""

REPORTED_PACKAGES = ("numpy", "simpy", "pandas", "scipy", "pyarrow", "pydantic", "hydra-core", "joblib", "matplotlib")


class PointEntry(Entry):
    """One point of the sweep."""

    label: str
    """Name of its folder below ``points/``."""
    name: str
    """What people call it."""
    titled: bool = False
    """Whether the name was given to it: it is then shown in the place of what the scenario is called."""
    scenario: str
    label_da: str
    """What the scenario is called in Danish."""
    label_en: str
    overrides: tuple[str, ...]
    columns: dict[str, int | float | str]
    """The values by which it differs from the other points, beside the scenario."""
    stored: int = 0
    """Replications whose results are stored."""
    finished: bool = False
    """Whether all replications are stored and put together."""
    seconds: float = 0.0
    """Computing time of its replications, summed."""


class Pricing(Entry):
    """With what prices stored futures were priced again."""

    overrides: tuple[str, ...]
    """The prices, as they were given."""
    decided_by: tuple[str, ...]
    """Configuration paths by which prices decide what happens, where these prices would have decided otherwise: what
    happened there is what the prices at the time of the simulation led to."""


class Failure(Entry):
    """A replication that could not be simulated."""

    label: str
    replication: int
    error: str


class ExperimentEntry(Entry):
    """What was asked for."""

    seed: int
    replications: int
    """Per point."""
    confidence: float


class ReachedEntry(Entry):
    """How precisely one figure of one point is known."""

    label: str
    measure: str
    group: str
    of: Literal["value", "difference"]
    unit: str
    relative: float | None
    """The target as it was asked for, if it is a share of the mean."""
    target: float | None
    """Half-width that is to be reached, in the unit; None: nothing was measured that it could be a share of."""
    half_width: float | None
    """Half-width that was reached; None: fewer than two replications have the figure."""
    replications: int
    """Replications (for a difference: pairs) that have the figure."""
    met: bool


class PrecisionEntry(Entry):
    """What ``replications: auto`` aimed at and came to."""

    minimum: int
    maximum: int
    batch: int
    reached: tuple[ReachedEntry, ...] = ()


class Host(Entry):
    """The machine that did the work."""

    system: str
    machine: str
    cores: int
    processes: int
    machines: int = 1
    """Those that simulated: the nodes of a cluster."""


class Manifest(Entry):
    """What ran. ``format`` is raised when the layout of the folder changes."""

    format: Literal[1] = 1
    status: Literal["running", "interrupted", "incomplete", "complete"] = "running"
    """``incomplete``: it came to its end, but replications failed."""
    name: str
    command: str
    """Does the same again, or what is missing of it."""
    started: str
    """ISO 8601, with the offset from UTC."""
    finished: str | None = None
    wall_seconds: float = 0.0
    """Time spent, summed over interruptions."""
    experiment: ExperimentEntry
    reference: str
    """Label of the point that the others are compared with."""
    swept: tuple[str, ...]
    """Configuration paths, beside the scenario, that differ between points: columns of the tables."""
    points: tuple[PointEntry, ...]
    failures: tuple[Failure, ...] = ()
    sources: tuple[str, ...] = ()
    """Folders whose stored results were brought together or priced again here; empty: simulated here."""
    precision: PrecisionEntry | None = None
    """None: a number of replications was asked for; otherwise ``experiment.replications`` is what it took."""
    warnings: tuple[str, ...] = ()
    """What a reader of the results should know, in English."""
    pricing: Pricing | None = None
    """None: the figures are at the prices of the simulation."""
    engine: dict[str, str]
    """What decides a result beside the configuration; see :func:`engine`."""
    commit: str | None = None
    python: str
    packages: dict[str, str]
    host: Host

    def point(self, label: str) -> PointEntry:
        """Return the entry of a point."""
        return next(entry for entry in self.points if entry.label == label)

    def aiming_at(self, replications: int) -> Manifest:
        """Return it with another number of replications per point to be reached."""
        return self.model_copy(update={"experiment": self.experiment.model_copy(update={"replications": replications})})

    def write(self, folder: Path) -> None:
        """Write it into a folder of results."""
        write_page(folder / MANIFEST, self)

    @staticmethod
    def read(folder: Path) -> Manifest:
        """Read the manifest of a folder of results.

        Raises:
            PlannerError: There is none, or it is not one that this version understands.
        """
        return read_page(folder / MANIFEST, Manifest, "a folder of results")


def engine() -> dict[str, str]:
    """Return what must be the same for two replications to be comparable: version, sources, numpy, simpy."""
    packages = {name: _release(name) for name in ENGINE_PACKAGES}
    return {"sagsflow": version(), "code": _code(), **packages}


@cache
def _code() -> str:
    """Return a checksum of the sources that decide a result: a version number alone misses local changes."""
    root = Path(sim.__file__).parent
    checksum = hashlib.sha256()
    for name in ENGINE_SOURCES:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            checksum.update(file.relative_to(root).as_posix().encode())
            checksum.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return checksum.hexdigest()[:12]


def packages() -> dict[str, str]:
    """Return the versions of the main packages."""
    return {name: _release(name) for name in REPORTED_PACKAGES}


@cache
def _release(package: str) -> str:
    return importlib.metadata.version(package)


def host(processes: int, machines: int = 1) -> Host:
    """Return what the machine is."""
    from joblib import cpu_count

    return Host(
        system=platform.platform(),
        machine=platform.machine(),
        cores=int(cpu_count()),
        processes=processes,
        machines=machines,
    )


@cache
def commit() -> str | None:
    """Return the commit that the code was checked out at; None when it was not, or git is not there to say."""
    root = Path(sim.__file__).parent.parent
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return None
    try:
        said = subprocess.run(  # noqa: S603 - fixed arguments, git found on the path
            [git, "-C", str(root), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return said.stdout.strip() or None if said.returncode == 0 else None
