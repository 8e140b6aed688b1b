"""Draws the pictures of a sweep and writes them to its folder."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg

from sim.experiment.files import TEMPORARY, replace
from sim.report import (
    backlog,
    costs,
    deadlines,
    flow,
    forest,
    gap_at_18,
    house_style,
    investment,
    staff,
    tradeoff,
    waiting_curves,
    who_pays,
)
from sim.report.numbers import Language
from sim.report.open_elsewhere import perhaps_open_elsewhere
from sim.report.results import Results, read_results
from sim.report.sheet import NothingToShow, Picture
from sim.report.story import gantt
from sim.report.texts import TABLE, Both
from sim.scenario.pictures import FORMATS

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """A picture that can be drawn of every sweep: ``PICTURES[name](results)`` draws it.

    What it draws brings its finding along as :attr:`Picture.title`, and its text for readers who cannot see it as
    :attr:`Picture.description`, both in the language of the results.
    """

    name: str
    draw: Callable[[Results], Picture]
    caption: Both
    """What it shows, in both languages, without any finding."""

    def __call__(self, results: Results) -> Picture:
        """Draw it.

        Raises:
            NothingToShow: there is nothing to draw; the message says why.
        """
        return self.draw(results)


PICTURES: dict[str, Entry] = {
    name: Entry(name, draw, TABLE[caption])
    for name, draw, caption in (
        (forest.NAME, forest.draw, "title.forest"),
        (waiting_curves.NAME, waiting_curves.draw, "title.wait"),
        (deadlines.NAME, deadlines.draw, "title.deadlines"),
        (gap_at_18.NAME, gap_at_18.draw, "title.gap"),
        (flow.NAME, flow.draw, "title.flow"),
        (backlog.NAME, backlog.draw, "title.backlog"),
        (staff.NAME, staff.draw, "title.staff"),
        (costs.NAME, costs.draw, "title.costs"),
        (tradeoff.NAME, tradeoff.draw, "title.tradeoff"),
        (who_pays.NAME, who_pays.draw, "title.who_pays"),
        (investment.NAME, investment.draw, "title.investment"),
    )
} | {gantt.NAME: Entry(gantt.NAME, gantt.draw, Both(*gantt.CAPTION))}
"""By name, in the order in which they are shown."""


@dataclass(frozen=True)
class Drawn:
    """A picture that was written."""

    name: str
    title: str
    description: str
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Gallery:
    """What was drawn, and what was not and why."""

    drawn: tuple[Drawn, ...]
    missing: tuple[tuple[str, str], ...]
    """Names of the pictures for which there was nothing to show, each with the reason for people."""


def render_plots(
    folder: Path, language: Language, formats: Sequence[str], names: Sequence[str] | None = None
) -> list[Path]:
    """Draw pictures of a sweep into ``plots/`` and return the files.

    A picture for which there is nothing to show is left out, and the reason is logged.

    Args:
        folder: what ``sagsflow sweep`` wrote.
        language: ``da`` or ``en``.
        formats: any of ``svg``, ``png``, ``pdf``.
        names: of the pictures; None: all. Those of an earlier rendering that are not among them stay as they are.

    Raises:
        PlannerError: it is not a folder of results, or not one of its scenarios has any yet, or a picture cannot be
            replaced.
        ValueError: a format is unknown.
    """
    gallery = render_gallery(folder, language, formats, names)
    for name, reason in gallery.missing:
        _log.warning("%s: %s", name, reason)
    return [path for picture in gallery.drawn for path in picture.files]


def render_gallery(
    folder: Path, language: Language, formats: Sequence[str], names: Sequence[str] | None = None
) -> Gallery:
    """Draw pictures as :func:`render_plots` does, and return their words too.

    Every file is complete when it appears: it is written elsewhere on the same disk and then moved into place.
    Pictures of an earlier rendering that are no longer drawn are removed.
    """
    for one in formats:
        if one not in FORMATS:
            raise ValueError(f"pictures cannot be written as '{one}': choose among {', '.join(FORMATS)}")
    if names is not None and not names:
        return Gallery((), ())
    results = read_results(folder, language)
    plots = folder / "plots"
    plots.mkdir(exist_ok=True)
    drawn: list[Drawn] = []
    missing: list[tuple[str, str]] = []
    workshop = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=folder))
    try:
        for name, draw in PICTURES.items():
            if names is not None and name not in names:
                continue
            try:
                with mpl.rc_context(house_style.settings()):
                    picture = draw(results)
                    files = [_save(picture, one, workshop) for one in formats]
            except NothingToShow as reason:
                missing.append((name, str(reason)))
                files = []
            for stale in plots.glob(f"{name}.*"):
                if stale.suffix.lstrip(".") in FORMATS and stale.name not in {path.name for path in files}:
                    stale.unlink()
            if files:
                for path in files:
                    with perhaps_open_elsewhere(plots / path.name, folder):
                        replace(path, plots / path.name)
                placed = tuple(plots / path.name for path in files)
                drawn.append(Drawn(name, picture.title, picture.description, placed))
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Gallery(tuple(drawn), tuple(missing))


def write_pictures(
    folder: Path, draw: Sequence[Callable[[], Picture]], formats: Sequence[str], into: Path | None = None
) -> list[Path]:
    """Draw pictures other than those of a sweep, complete or not at all, and return the files.

    Args:
        folder: on whose disk they are drawn first.
        draw: the pictures.
        formats: any of ``svg``, ``png``, ``pdf``.
        into: where they are put; None: ``plots/``.
    """
    plots = into or folder / "plots"
    plots.mkdir(exist_ok=True)
    written: list[Path] = []
    workshop = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=folder))
    try:
        for one in draw:
            with mpl.rc_context(house_style.settings()):
                picture = one()
                files = [_save(picture, file_format, workshop) for file_format in formats]
            for path in files:
                replace(path, plots / path.name)
                written.append(plots / path.name)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return written


def _save(picture: Picture, file_format: str, folder: Path) -> Path:
    """Write a picture without anything that would differ between two renderings, such as the date."""
    path = folder / f"{picture.name}.{file_format}"
    FigureCanvasAgg(picture.figure)
    picture.figure.savefig(path, format=file_format, metadata=_metadata(picture, file_format))
    return path


def _metadata(picture: Picture, file_format: str) -> dict[str, Any]:
    match file_format:
        case "svg":
            return {"Title": picture.title, "Description": picture.description, "Date": None}
        case "pdf":
            return {"Title": picture.title, "Subject": picture.description, "CreationDate": None}
        case _:
            return {"Title": picture.title, "Description": picture.description, "Software": None}
