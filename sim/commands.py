"""What each command of the command line does. Messages for people go to standard error, results to standard output.

Whatever loads pandas is imported where it is used: `check` and `scenarios` answer without it, seconds earlier.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from sim.cli import DONE, FAULT
from sim.experiment.points import Point, single_point, sweep_points
from sim.scenario.compose import Composer, to_yaml
from sim.scenario.errors import PlannerError, listed
from sim.spoken import Language, spoken

if TYPE_CHECKING:
    from sim.experiment.sensitivity.study import Study

TEXTS: dict[Language, dict[str, str]] = {
    "da": {
        "decided_by": "Bemærk: Ved disse priser havde modellen handlet anderledes (den ser på priserne i {paths}). "
        "Det, der skete, er stadig det, der sker ved simuleringens priser; kun beløbene er nye. "
        "Simulér igen, hvis forskellen er stor.",
        "failed": "{count} gentagelser fejlede; resten er gemt. Detaljer: {log}",
        "interrupted": "Afbrudt. {stored} af {total} gentagelser er gemt. Fortsæt med:\n  {command}",
        "partial": "Kørslen er ikke færdig ({stored} af {total} gentagelser). Fortsæt den med:\n  {command}",
    },
    "en": {
        "decided_by": "Note: at these prices the model would have acted otherwise (it looks at prices in {paths}). "
        "What happened is still what happens at the prices of the simulation; only the amounts are new. "
        "Simulate again if the difference is large.",
        "failed": "{count} replications failed; the others are stored. Details: {log}",
        "interrupted": "Interrupted. {stored} of {total} replications are stored. Continue with:\n  {command}",
        "partial": "The run is not finished ({stored} of {total} replications). Continue it with:\n  {command}",
    },
}


def run(options: argparse.Namespace) -> int:
    """Simulate one scenario."""
    with Composer(options.scenarios) as composer:
        point = single_point(composer, options.overrides)
    name = point.configuration.experiment.name
    return _simulated([point], point.label if name == "sweep" else name, options)


def sweep(options: argparse.Namespace) -> int:
    """Simulate and compare several points."""
    with Composer(options.scenarios) as composer:
        points = _chosen_points(composer, options)
    return _simulated(points, points[0].configuration.experiment.name, options)


def _chosen_points(composer: Composer, options: argparse.Namespace) -> list[Point]:
    from sim.studies import as_options, shown_progress, tell_left_out

    as_options(options)
    if options.points is not None and options.design is not None:
        raise PlannerError("--points and --design both say which points there are: give one of them")
    if options.design is None and (options.vary is not None or options.n is not None):
        raise PlannerError("--vary and --n belong to a design: add --design lhs or --design sobol")
    if options.points is not None:
        from sim.experiment.pointsfile import points_from_file

        return points_from_file(composer, options.points, options.overrides)
    if options.design is not None:
        from sim.experiment.designs import design_points

        swept = any(override.startswith("scenario=") for override in options.overrides)
        # The sweep that is run when nothing is said would multiply the design.
        base = sweep_points(composer, options.overrides if swept else [*options.overrides, "scenario=baseline"])
        patterns = options.vary.split(",") if options.vary else []
        points, found = design_points(base, options.design, patterns, options.n, shown_progress(options))
        tell_left_out(found, spoken(base[0].configuration.report.language), options)
        return points
    return sweep_points(composer, options.overrides)


def sensitivity(options: argparse.Namespace) -> int:
    """Find out what carries a scenario's effect."""
    from sim.studies import sensitivity

    return sensitivity(options)


def simulate_study(study: Study, points: list[Point], options: argparse.Namespace) -> int:
    """Simulate the points of a study, and show what it says rather than what its points say."""
    return _simulated(points, f"sensitivity-{study.method}", options, study)


def _simulated(points: list[Point], name: str, options: argparse.Namespace, study: Study | None = None) -> int:
    from sim.experiment.progress import Progress
    from sim.experiment.sweep import Interrupted, Order, run_sweep

    configuration = points[0].configuration
    language: Language = configuration.report.language
    folder = configuration.output or new_folder(name)
    command = _command(options.arguments, folder)
    order = Order(points, folder, command)
    try:
        with Progress(sys.stderr, spoken(language), quiet=options.quiet) as progress:
            manifest = run_sweep(order, progress)
    except Interrupted as stop:
        text = TEXTS[spoken(language)]["interrupted"].format(stored=stop.stored, total=stop.total, command=command)
        raise KeyboardInterrupt(text) from None
    options.error_folder = folder
    if study is not None:
        study.write(folder)
    if any(entry.stored for entry in manifest.points):
        _shown(folder, language, configuration.report.formats, quiet=options.quiet)
    if manifest.failures:
        failed = TEXTS[spoken(language)]["failed"].format(count=len(manifest.failures), log=folder / "error.log")
        _say(failed)
        return FAULT
    return DONE


def scenarios(options: argparse.Namespace) -> int:
    """List the scenarios."""
    from sim.describe import scenario_list

    with Composer(options.scenarios) as composer:
        abouts = composer.scenarios()
    if options.json:
        from sim import machine

        options.found = machine.scenarios(abouts)
        return DONE
    console = Console(file=sys.stdout, highlight=False)
    for part in scenario_list(abouts, spoken()):
        console.print(part)
    return DONE


def check(options: argparse.Namespace) -> int:
    """Validate, and show what would be simulated."""
    from sim.describe import configuration_facts

    language = spoken()
    with Composer(options.scenarios, language) as composer:
        # The sweep that is run when nothing is said would hide which scenario `check` alone is about.
        swept = any(override.startswith("scenario=") for override in options.overrides)
        points = sweep_points(composer, options.overrides) if swept else [single_point(composer, options.overrides)]
    if options.json:
        from sim import machine

        options.found = machine.checked(points)
        return DONE
    console = Console(file=sys.stdout, highlight=False)
    for point in points:
        if options.yaml:
            sys.stdout.write(to_yaml(point.configuration))
        elif not options.quiet:
            for part in configuration_facts(point.configuration, point.name, language):
                console.print(part)
    return DONE


def completion(options: argparse.Namespace) -> int:
    """Print what a shell needs in order to complete."""
    from sim.completion import write_code

    write_code(options.shell)
    return DONE


def compare(options: argparse.Namespace) -> int:
    """Compare stored results of several folders."""
    from sim.experiment.together import bring_together

    if len(options.folders) < 2:
        raise PlannerError(f"one folder is nothing to compare; to show it again: sagsflow report {options.folders[0]}")
    folder = options.output or new_folder("compare")
    command = _joined(["sagsflow", *options.arguments])
    options.error_folder = folder
    _, notes = bring_together(options.folders, folder, command, options.reference)
    for note in notes:
        _say(note)
    language, formats = _report_settings(folder, options)
    _shown(folder, language, formats, quiet=options.quiet)
    return DONE


def report(options: argparse.Namespace) -> int:
    """Render pictures and summary again."""
    from sim.experiment.manifest import Manifest
    from sim.experiment.results import build
    from sim.experiment.sweep import put_points_together

    folder = options.folder
    manifest = Manifest.read(folder)
    options.error_folder = folder
    language, formats = _report_settings(folder, options)
    if manifest.status in ("running", "interrupted"):
        manifest = put_points_together(folder, manifest)
        stored = sum(entry.stored for entry in manifest.points)
        total = manifest.experiment.replications * len(manifest.points)
        text = TEXTS[spoken(language)]["partial"].format(stored=stored, total=total, command=manifest.command)
        if not stored:
            raise PlannerError(text)
        build(folder, manifest)
        manifest.write(folder)
        _say(text)
    _shown(folder, language, formats, quiet=options.quiet)
    return DONE


def price(options: argparse.Namespace) -> int:
    """Price stored results again."""
    from sim.experiment.manifest import Manifest
    from sim.experiment.pricing import price as priced
    from sim.experiment.progress import Progress
    from sim.scenario.repricing import read_prices

    manifest = Manifest.read(options.folder)
    prices = read_prices(options.overrides, options.scenarios)
    folder = options.output or new_folder(f"{manifest.name.removesuffix('-priced')}-priced")
    language, formats = _report_settings(options.folder, options)
    with Progress(sys.stderr, spoken(language), quiet=options.quiet, work="pricing") as progress:
        command = _joined(["sagsflow", *options.arguments])
        _, decided_by = priced(options.folder, folder, prices, command, progress)
    options.error_folder = folder
    if decided_by:
        _say(TEXTS[spoken(language)]["decided_by"].format(paths=listed(decided_by)))
    _shown(folder, language, formats, quiet=options.quiet)
    return DONE


def _shown(folder: Path, language: Language, formats: tuple[str, ...], *, quiet: bool) -> None:
    from sim.experiment.sensitivity.study import STUDY
    from sim.report.page.render import write_page
    from sim.report.plots import render_plots
    from sim.report.summary import print_summary
    from sim.report.workbook.book import write_workbook

    if (folder / STUDY).exists():
        from sim.report.sensitivity import show_study

        show_study(folder, Console(file=sys.stdout, highlight=False), language, formats, quiet=quiet)
        return
    render_plots(folder, language, formats)
    try:
        write_page(folder, language)
        write_workbook(folder, language)
    finally:  # a file that is open elsewhere cannot be replaced; the summary is still wanted
        if not quiet:
            print_summary(folder, Console(file=sys.stdout, highlight=False), spoken(language))


def _report_settings(folder: Path, options: argparse.Namespace) -> tuple[Language, tuple[str, ...]]:
    """Return language and formats: as asked for, or else as the stored configuration says."""
    from sim.scenario.settings import Report
    from sim.scenario.yamlfile import read_yaml

    configs = sorted(folder.glob("points/*/config.yaml"))
    stored = read_yaml(configs[0]).data.get("report", {}) if configs else {}
    settings = Report.model_validate(stored)
    return options.language or settings.language, settings.formats


def new_folder(name: str) -> Path:
    """Return ``results/<date>-<time>-<name>`` below the current folder, not there yet."""
    base = Path("results") / f"{dt.datetime.now().astimezone():%Y-%m-%d-%H%M%S}-{name}"
    folder, number = base, 2
    while folder.exists():
        folder = base.with_name(f"{base.name}-{number}")
        number += 1
    return folder


def _command(arguments: list[str], folder: Path) -> str:
    """Return the command that does the same into the same folder."""
    if any(argument.startswith("output=") for argument in arguments):
        return _joined(["sagsflow", *arguments])
    path = folder.as_posix()
    plain = all(letter.isalnum() or letter in "/._-:+" for letter in path)
    return _joined(["sagsflow", *arguments, f"output={path}" if plain else f"output='{path}'"])


def _joined(arguments: list[str]) -> str:
    return subprocess.list2cmdline(arguments) if sys.platform == "win32" else shlex.join(arguments)


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201
