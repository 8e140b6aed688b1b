"""What a search has found so far: the page in its folder that everything shown about it is made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from sim.experiment.differences import differences, listing
from sim.experiment.files import sweep_leftovers, write_text
from sim.experiment.manifest import engine
from sim.experiment.search.evaluation import Evaluation, better, out_of_reach
from sim.experiment.store import NOT_OURS_TO_MIND
from sim.experiment.stored_page import Entry, read_page, write_page
from sim.scenario.base import Label
from sim.scenario.compose import Configuration, to_yaml
from sim.scenario.errors import PlannerError, listed
from sim.scenario.search import Limit, Search
from sim.scenario.yamlfile import parse_yaml, read_yaml

RECORD = "search.json"
QUESTION = "question.yaml"
"""The composed configuration, with the question in it."""
GROWS = ("experiment.replications", "search.trials", "search.fresh_replications")
"""What may be another number when a search is gone on with."""


Status = Literal["running", "interrupted", "incomplete", "complete"]
"""``incomplete``: it came to its end, but replications failed."""


class Tried(Entry):
    """A candidate and what is known about it."""

    label: str
    staffing: Mapping[str, int]
    """Place to number."""
    evaluation: Evaluation


class SearchRecord(Entry):
    """A search. ``format`` is raised when its layout changes."""

    format: Literal[1] = 1
    status: Status = "running"
    command: str
    """Does the same again, or what is missing of it."""
    compare: str = ""
    """Compares what was found, as a scenario, with today; empty if no single command does."""
    started: str
    wall_seconds: float = 0.0
    seed: int
    fresh_seed: int
    """Seed of the fresh replications."""
    confidence: float
    question: Search
    size: int
    """How many candidates there are in all."""
    scale: float = 1.0
    """Size of the municipality that is simulated; caseworkers, seats and places are rounded up to whole ones in it."""
    names: Mapping[str, Label] = {}
    """What people read for each place that varies, and for each figure (as ``kpi of group``)."""
    units: Mapping[str, str] = {}
    """Unit of each figure."""
    today: Tried | None = None
    tried: tuple[Tried, ...] = ()
    """In the order in which they were proposed."""
    failures: tuple[str, ...] = ()
    """Labels of the candidates of which replications failed."""
    fresh_today: Evaluation | None = None
    fresh_best: Evaluation | None = None
    """Today's staffing and the best candidate's in the fresh futures."""
    versions: Mapping[str, str]

    @property
    def best(self) -> Tried | None:
        """The cheapest candidate that keeps all limits in the search's futures, or else the nearest to that."""
        best: Tried | None = None
        # Today's staffing may lie outside the ranges; it is what is compared with, not a candidate, then.
        for one in self.tried:
            if best is None or better(one.evaluation, best.evaluation):
                best = one
        return best

    @property
    def kept_by_none(self) -> tuple[Limit, ...]:
        """The limits that not one of the candidates keeps."""
        search = self.question
        return tuple(
            limit
            for position, limit in enumerate(search.limits)
            if all(
                out_of_reach(limit, one.evaluation.limits[position].broken, search.replications) for one in self.tried
            )
        )

    def write(self, folder: Path) -> None:
        """Write it into the folder of the search."""
        write_page(folder / RECORD, self)

    @staticmethod
    def read(folder: Path) -> SearchRecord:
        """Read the record of a search.

        Raises:
            PlannerError: There is none, or it is not one that this version understands.
        """
        return read_page(folder / RECORD, SearchRecord, "the folder of a search")


def versions() -> dict[str, str]:
    """Return what must be the same for a search to go on as it began."""
    from importlib.metadata import version as version_of

    return {**engine(), "optuna": version_of("optuna")}


def open_search(folder: Path, configuration: Configuration) -> SearchRecord | None:
    """Make a folder ready for a search, and return the record of an earlier part of the same one.

    Raises:
        PlannerError: The folder cannot be written to, holds something else, or holds the search for another answer;
            the message says what differs.
    """
    record = None
    try:
        if folder.is_dir():
            record = _earlier(folder, configuration)
        folder.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(folder)
        write_text(folder / QUESTION, to_yaml(configuration))
    except OSError as error:
        raise PlannerError(f"the results cannot be written to {folder}: {error.strerror or error}") from None
    return record


def _earlier(folder: Path, configuration: Configuration) -> SearchRecord | None:
    present = sorted(path.name for path in folder.iterdir() if path.name not in NOT_OURS_TO_MIND)
    present = [name for name in present if not name.startswith(".unfinished-")]
    if not present or present == [QUESTION]:
        return None
    if RECORD not in present:
        raise PlannerError(
            f"{folder} is not empty and not the folder of a search (it holds {listed(present)}). "
            "Name another folder with output=..."
        )
    record = SearchRecord.read(folder)
    now = versions()
    found = [
        f"{name}: {record.versions.get(name, 'absent')} there, {now.get(name, 'absent')} here"
        for name in dict.fromkeys([*record.versions, *now])
        if record.versions.get(name) != now.get(name)
    ]
    here = parse_yaml(to_yaml(configuration), folder / QUESTION).data
    found += differences(read_yaml(folder / QUESTION).data, here, ignored=GROWS)
    search = configuration.search
    assert search is not None
    for name in ("trials", "fresh_replications"):
        there, asked = getattr(record.question, name), getattr(search, name)
        if asked < there:
            found.append(f"search.{name}: {there} there, {asked} here (only more can be added)")
    if found:
        raise PlannerError(
            f"{folder} holds the search for another answer, and results are never overwritten or mixed:\n"
            f"{listing(found)}\nName another folder with output=..."
        )
    return record
