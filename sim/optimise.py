"""The command that searches: what it does, and how it shows what it found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from sim.cli import DONE, FAULT
from sim.counted import filled
from sim.experiment.search.optimum import OPTIMUM
from sim.experiment.search.progress import SearchProgress
from sim.experiment.search.question import Question, ask, key_of
from sim.experiment.search.record import SearchRecord
from sim.experiment.search.search import SearchOrder, run_search
from sim.experiment.sweep import Interrupted
from sim.report.numbers import Language
from sim.scenario.compose import Composer

RUNS = {
    "da": "Op til {count:bemanding|bemandinger} × {each:fremtid|fremtider}, "
    "derefter 2 × {fresh:ny fremtid|nye fremtider}",
    "en": "Up to {count:staffing|staffings} × {each:future|futures}, then 2 × {fresh:fresh future|fresh futures}",
}
STOPPED = {
    "da": "Afbrudt. {stored} gentagelser af kandidaterne er gemt. Fortsæt med:\n  {command}",
    "en": "Interrupted. {stored} replications of the candidates are stored. Continue with:\n  {command}",
}
FAILED = {
    "da": "Gentagelser fejlede; resten er gemt. Detaljer: {log}",
    "en": "Replications failed; the others are stored. Details: {log}",
}


def optimise(options: argparse.Namespace) -> int:
    """Search for the cheapest staffing that keeps the limits."""
    from sim.commands import command_again, new_folder

    with Composer(options.scenarios) as composer:
        question = ask(composer, options.overrides)
        configuration = question.configuration
        language: Language = configuration.report.language
        folder = configuration.output or new_folder("optimise")
        command = command_again(options.arguments, folder)
        compare = compare_command(question, options.scenarios, folder)
        if not options.quiet:
            search, count = question.search, min(question.search.trials, question.space.size)
            runs = filled(RUNS[language], count=count, each=search.replications, fresh=search.fresh_replications)
            print(runs, file=sys.stderr)  # noqa: T201
        progress = SearchProgress(sys.stderr, language, quiet=options.quiet)
        try:
            with progress:
                record = run_search(SearchOrder(question, folder, command, compare), progress)
        except Interrupted as stop:
            raise KeyboardInterrupt(STOPPED[language].format(stored=stop.stored, command=command)) from None
    options.error_folder = folder
    if record.today is not None and record.tried:
        show_search(folder, record, language, configuration.report.formats, quiet=options.quiet)
    if record.status == "incomplete":
        print(FAILED[language].format(log=folder / "error.log"), file=sys.stderr)  # noqa: T201
        return FAULT
    return DONE


def compare_command(question: Question, scenarios: Sequence[Path], folder: Path) -> str:
    """Return the command that compares the scenario of what is found with today; empty if no single one does.

    A number that the planner gave on the command line for a place that varies would hold for both.
    """
    from sim.commands import joined

    if any(key_of(one) in question.space.paths for one in question.overrides):
        return ""
    kept = [
        one for one in question.overrides if key_of(one) not in ("scenario", "output", "experiment.reference", "report")
    ]
    own = [part for one in [*scenarios, folder] for part in ("--scenarios", one.as_posix())]
    today = question.configuration.scenario.about.name
    return joined(["sagsflow", "sweep", *own, f"scenario={today},{OPTIMUM.stem}", *kept])


def show_search(
    folder: Path, record: SearchRecord, language: Language, formats: tuple[str, ...], *, quiet: bool
) -> None:
    """Draw the picture and print the summary of a search."""
    from sim.report.frontier import render_frontier
    from sim.report.search_summary import print_search

    render_frontier(folder, record, language, formats)
    if not quiet:
        print_search(folder, record, Console(file=sys.stdout, highlight=False), language)
