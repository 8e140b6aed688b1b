"""The command that tells one simulated young person's way."""

from __future__ import annotations

import argparse
import sys

from sim.cli import DONE
from sim.experiment.files import write_text
from sim.report.numbers import Language
from sim.report.plots import write_pictures
from sim.report.results import Point, Results, read_results
from sim.report.story.gantt import gantt
from sim.report.story.matters import chosen
from sim.report.story.reading import Names, read_journal
from sim.report.story.telling import told
from sim.scenario.errors import PlannerError, unknown


def tell(options: argparse.Namespace, language: Language) -> int:
    """Tell the story, and write it and its Gantt chart to a folder.

    Raises:
        PlannerError: There is no such folder, scenario or case.
    """
    results = read_results(options.folder, language)
    point = _point(results, options.scenario)
    names = Names(results.configurations[point.label], language)
    journal = read_journal(options.folder / "points" / point.label)
    which = str(options.case)
    matter = chosen(journal, names, which)
    story = told(journal, matter, names, point.name, which if which in ("worst", "typical") else "id")
    folder = options.output or options.folder / "stories"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{point.label}-{which}" if which in ("worst", "typical") else f"{point.label}-{matter.case}"
        text = folder / f"{name}.txt"
        write_text(text, story.text(language))
        paths = write_pictures(
            folder, [lambda: gantt(story, journal, names, point.name, name)], ("svg", "png"), into=folder
        )
    except OSError as error:
        raise PlannerError(f"the story cannot be written to {folder}: {error.strerror or error}") from None
    if not options.quiet:
        sys.stdout.write(story.text(language) + "\n")
    for path in (text, *paths):
        sys.stdout.write(f"{path}\n")
    return DONE


def _point(results: Results, label: str | None) -> Point:
    if label is None:
        return results.reference
    for point in results.points:
        if label in (point.label, point.name):
            return point
    raise PlannerError(f"--scenario: {unknown('point', label, [point.label for point in results.points])}")
