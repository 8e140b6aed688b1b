"""A study: what its points stand for. Stored beside the results, so that they can be shown again."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sim.experiment.stored_page import Entry, read_page, write_page

STUDY = "sensitivity.json"
Method = Literal["tornado", "morris", "sobol", "attribution"]


class Pair(Entry):
    """The points that one value of the study comes from."""

    scenario: str
    """Label of the scenario's point."""
    baseline: str | None = None
    """Label of the baseline's point in the same circumstances; None: the scenario's own level is explained."""


class AssumptionEntry(Entry):
    """One assumption that is varied."""

    name: str
    figures: int
    """Figures that move with it."""
    value: float | None
    """As configured; 1 for multiples, None if its figures have no value in common."""
    low: float
    high: float
    multiple: bool
    """Whether value, low and high are multiples of the figures."""
    unit: str
    kind: str
    source: str
    year: int


class LeftOutEntry(Entry):
    """One that is not."""

    name: str
    why: str


class Study(Entry):
    """What was planned."""

    format: Literal[1] = 1
    method: Method
    name_da: str
    """What the scenario is called in Danish."""
    name_en: str
    measures: tuple[tuple[str, str], ...]
    """Measure and group."""
    configured: Pair
    assumptions: tuple[AssumptionEntry, ...] = ()
    left_out: tuple[LeftOutEntry, ...] = ()
    fixed: int = 0
    ends: tuple[tuple[Pair, Pair], ...] = ()
    """Tornado: for each assumption its low and its high end."""
    rows: tuple[Pair, ...] = ()
    """Morris and Sobol: the points in the order of SALib's sample."""
    shown: tuple[tuple[float, ...], ...] = ()
    """Morris and Sobol: what each row sets, one value per assumption."""
    number: int = 0
    """Morris and Sobol: trajectories, or base points."""
    seed: int = 0
    parts: tuple[str, ...] = ()
    """Attribution: the scenarios of the stack."""
    part_names_da: tuple[str, ...] = ()
    part_names_en: tuple[str, ...] = ()
    subsets: tuple[str, ...] = ()
    """Attribution: labels of the points; bit k of the position says whether part k is in it."""

    def write(self, folder: Path) -> None:
        """Write it into a folder of results."""
        write_page(folder / STUDY, self)

    @staticmethod
    def read(folder: Path) -> Study:
        """Read the study of a folder of results.

        Raises:
            PlannerError: There is none, or it is not one that this version understands.
        """
        return read_page(folder / STUDY, Study, "the folder of a study")
