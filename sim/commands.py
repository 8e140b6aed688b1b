"""What each command of the command line does. Messages for people go to standard error, results to standard output.

Whatever loads pandas is imported where it is used: `check` and `scenarios` answer without it, seconds earlier.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from sim.cli import DONE, FAULT
from sim.counted import filled
from sim.experiment.points import Point, single_point, sweep_points
from sim.scenario.compose import Composer, to_yaml
from sim.scenario.errors import PlannerError, listed
from sim.spoken import Language, spoken

if TYPE_CHECKING:
    from sim.experiment.sensitivity.study import Study
    from sim.folder.standing import Overview
    from sim.scenario.settings import Report

TEXTS: dict[Language, dict[str, str]] = {
    "da": {
        "decided_by": "Bemærk: Ved disse priser havde modellen handlet anderledes (den ser på priserne i {paths}). "
        "Det, der skete, er stadig det, der sker ved simuleringens priser; kun beløbene er nye. "
        "Simulér igen, hvis forskellen er stor.",
        "damaged": "{count:gemt gentagelse|gemte gentagelser} var beskadiget og beregnes igen: {which}",
        "failed": "{count:gentagelse|gentagelser} fejlede; resten er gemt. Detaljer: {log}",
        "interrupted": "Afbrudt. {stored} af {total} gentagelser er gemt. Fortsæt med:\n  {command}",
        "partial": "Kørslen er ikke færdig ({stored} af {total} gentagelser). Fortsæt den med:\n  {command}",
    },
    "en": {
        "decided_by": "Note: at these prices the model would have acted otherwise (it looks at prices in {paths}). "
        "What happened is still what happens at the prices of the simulation; only the amounts are new. "
        "Simulate again if the difference is large.",
        "damaged": "{count:stored replication was damaged, and is|stored replications were damaged, and are} "
        "computed again: {which}",
        "failed": "{count:replication|replications} failed; the others are stored. Details: {log}",
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
    if configuration.search is not None:
        raise PlannerError("search: a question for a search has no meaning here; it is for: sagsflow optimise")
    language: Language = configuration.report.language
    folder = configuration.output or new_folder(name)
    command = command_again(options.arguments, folder)
    order = Order(points, folder, command, on_damage=lambda found: _say_damaged(found, language))
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
        _shown(folder, configuration.report, quiet=options.quiet)
    if manifest.failures:
        failed = filled(TEXTS[spoken(language)]["failed"], count=len(manifest.failures), log=folder / "error.log")
        _say(failed)
        return FAULT
    return DONE


def optimise(options: argparse.Namespace) -> int:
    """Search for the cheapest staffing that keeps given limits."""
    from sim.optimise import optimise as search

    return search(options)


optimize = optimise


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
        stands = [] if options.quiet or options.yaml or options.json else _stands(composer, points)
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
    if stands:
        from sim.folder.standing_table import standing_tables

        for found in stands:
            for part in standing_tables(found, language, everything=options.all):
                console.print(part)
    return DONE


def _stands(composer: Composer, points: list[Point]) -> list[Overview]:
    """Return how the figures stand in each point, if there are files of the planner's own at all."""
    from sim.folder.standing import overview

    if not composer.own_folders:
        return []
    return [
        overview(point.configuration, composer.layers(point.overrides), composer.own_folders, point.overrides)
        for point in points
    ]


def init(options: argparse.Namespace) -> int:
    """Write a planner's own folder."""
    from sim.folder.command import init

    return init(options, spoken())


def schema(options: argparse.Namespace) -> int:
    """Write the JSON Schemas of the configuration."""
    from sim.folder.command import schema

    return schema(options)


def completion(options: argparse.Namespace) -> int:
    """Print what a shell needs in order to complete."""
    from sim.completion import write_code

    write_code(options.shell)
    return DONE


def compare(options: argparse.Namespace) -> int:
    """Compare stored results of several folders."""
    from sim.experiment.together import bring_together
    from sim.scenario.pictures import chooses_pictures, written_out

    options.overrides = written_out([str(one) for one in options.folders if chooses_pictures(str(one))])
    options.folders = [one for one in options.folders if not chooses_pictures(str(one))]
    if len(options.folders) < 2:
        raise PlannerError(f"one folder is nothing to compare; to show it again: sagsflow report {options.folders[0]}")
    folder = options.output or new_folder("compare")
    command = joined(["sagsflow", *options.arguments])
    options.error_folder = folder
    _, notes = bring_together(options.folders, folder, command, options.reference)
    for note in notes:
        _say(note)
    shown = _report_settings(folder, options)
    _shown(folder, shown, quiet=options.quiet)
    return DONE


def report(options: argparse.Namespace) -> int:
    """Render pictures and summary again."""
    from sim.experiment.lock import only_one
    from sim.experiment.manifest import Manifest
    from sim.experiment.results import build
    from sim.experiment.sweep import put_points_together

    folder = options.folder
    if (folder / "search.json").is_file():
        return _report_search(folder, options)
    manifest = Manifest.read(folder)
    options.error_folder = folder
    shown = _report_settings(folder, options)
    language = shown.language
    if manifest.status in ("running", "interrupted"):
        with only_one(folder):
            manifest = put_points_together(folder, manifest)
            stored = sum(entry.stored for entry in manifest.points)
            total = manifest.experiment.replications * len(manifest.points)
            text = TEXTS[spoken(language)]["partial"].format(stored=stored, total=total, command=manifest.command)
            if not stored:
                raise PlannerError(text)
            build(folder, manifest)
            manifest.write(folder)
        _say(text)
    _shown(folder, shown, quiet=options.quiet)
    return DONE


def _report_search(folder: Path, options: argparse.Namespace) -> int:
    from sim.experiment.search.record import QUESTION, SearchRecord
    from sim.optimise import show_search
    from sim.scenario.compose import from_yaml

    record = SearchRecord.read(folder)
    settings = from_yaml(folder / QUESTION).report
    options.error_folder = folder
    if record.today is None or not record.tried:
        raise PlannerError(f"{folder} holds no finished candidate yet. Go on with:\n  {record.command}")
    show_search(folder, record, options.language or settings.language, settings.formats, quiet=options.quiet)
    return DONE


def story(options: argparse.Namespace) -> int:
    """Tell one simulated young person's way."""
    from sim.story import tell

    options.error_folder = options.folder
    shown = _report_settings(options.folder, options)
    return tell(options, shown.language)


def price(options: argparse.Namespace) -> int:
    """Price stored results again."""
    from sim.experiment.manifest import Manifest
    from sim.experiment.pricing import price as priced
    from sim.experiment.progress import Progress
    from sim.scenario.repricing import read_prices

    manifest = Manifest.read(options.folder)
    shown = _report_settings(options.folder, options)
    language = shown.language
    prices = read_prices(options.overrides, options.scenarios)
    folder = options.output or new_folder(f"{manifest.name.removesuffix('-priced')}-priced")
    with Progress(sys.stderr, spoken(language), quiet=options.quiet, work="pricing") as progress:
        command = joined(["sagsflow", *options.arguments])
        _, decided_by = priced(options.folder, folder, prices, command, progress)
    options.error_folder = folder
    if decided_by:
        _say(TEXTS[spoken(language)]["decided_by"].format(paths=listed(decided_by)))
    _shown(folder, shown, quiet=options.quiet)
    return DONE


def _shown(folder: Path, shown: Report, *, quiet: bool) -> None:
    from sim.experiment.sensitivity.study import STUDY
    from sim.report.page.render import write_page
    from sim.report.plots import render_plots
    from sim.report.summary import print_summary
    from sim.report.workbook.book import write_workbook
    from sim.scenario.pictures import chosen_pictures

    language, formats = shown.language, shown.formats
    if (folder / STUDY).exists():
        from sim.report.sensitivity import show_study

        show_study(folder, Console(file=sys.stdout, highlight=False), language, formats, quiet=quiet)
        return
    render_plots(folder, language, formats, chosen_pictures(shown.plots))
    try:
        write_page(folder, language)
        write_workbook(folder, language)
    finally:  # a file that is open elsewhere cannot be replaced; the summary is still wanted
        if not quiet:
            print_summary(folder, Console(file=sys.stdout, highlight=False), spoken(language))


def _report_settings(folder: Path, options: argparse.Namespace) -> Report:
    """Return language, pictures and formats: as asked for, or else as the stored configuration says."""
    from sim.scenario.settings import Report
    from sim.scenario.yamlfile import read_yaml

    configs = sorted(folder.glob("points/*/config.yaml"))
    stored = read_yaml(configs[0]).data.get("report", {}) if configs else {}
    asked = {"language": options.language} if options.language else {}
    return Report.model_validate({**stored, **asked, **_asked_pictures(options)})


def _asked_pictures(options: argparse.Namespace) -> dict[str, Any]:
    """Return what ``plots=`` and ``format=`` say, and take them away from the other arguments.

    Raises:
        PlannerError: There is something else that cannot be changed when stored results are shown.
    """
    from sim.scenario.pictures import listed_names

    asked: dict[str, Any] = {}
    others = []
    for override in getattr(options, "overrides", []):
        key, _, value = override.partition("=")
        if key in ("report.plots", "report.formats"):
            asked[key.removeprefix("report.")] = value if value in ("all", "none") else listed_names(value)
        else:
            others.append(override)
    if options.command == "report" and others:
        raise PlannerError(
            f"'{others[0]}' cannot be changed in stored results: a report takes plots=... and format=... "
            f"(prices: sagsflow price {options.folder} costs=...)"
        )
    options.overrides = others
    return asked


def new_folder(name: str) -> Path:
    """Return ``results/<date>-<time>-<name>`` below the current folder, not there yet."""
    base = Path("results") / f"{dt.datetime.now().astimezone():%Y-%m-%d-%H%M%S}-{name}"
    folder, number = base, 2
    while folder.exists():
        folder = base.with_name(f"{base.name}-{number}")
        number += 1
    return folder


def command_again(arguments: list[str], folder: Path) -> str:
    """Return the command that does the same into the same folder."""
    if any(argument.startswith("output=") for argument in arguments):
        return joined(["sagsflow", *arguments])
    path = folder.as_posix()
    plain = all(letter.isalnum() or letter in "/._-:+" for letter in path)
    return joined(["sagsflow", *arguments, f"output={path}" if plain else f"output='{path}'"])


def joined(arguments: list[str]) -> str:
    """Return arguments as a command that the system's shell understands."""
    return subprocess.list2cmdline(arguments) if sys.platform == "win32" else shlex.join(arguments)


def _say_damaged(found: Sequence[Path], language: Language) -> None:
    _say(filled(TEXTS[language]["damaged"], count=len(found), which=listed(str(path) for path in found)))


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201
