"""What ``sagsflow init`` and ``sagsflow schema`` do."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from sim.cli import DONE
from sim.folder.answers import Answers, Language, panels_given, places_given, staff_given, whole
from sim.folder.ask import Interview, Wanted
from sim.folder.names import checked_label
from sim.folder.readme import next_commands
from sim.folder.sizes import labels, lifted_teams, with_places
from sim.folder.write import Folder, compiled, refuse_existing, remove, write
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError
from sim.scenario.layers import short

SAID: dict[Language, dict[str, str]] = {
    "da": {
        "interrupted": "Afbrudt. Der er ikke skrevet noget.",
        "written": "{label} ligger i {folder} ({count} filer) og kan køre. Navnet i kommandoer er {name}.",
        "counts": "Egne tal: {given}. Skaleret eller taget fra Odense og ikke verificeret: {scaled}.",
        "lifted": "Pas på: {teams} har hver én medarbejder, skønt kommunen skaleret har mindre. Ventetider bliver for "
        "korte: se »Små kommuner« i {readme}.",
        "checking": "Ser efter, om mappen kan køre …",
        "next": "De næste tre kommandoer (de står også i {readme}):",
        "readme": "README.md",
    },
    "en": {
        "interrupted": "Interrupted. Nothing was written.",
        "written": "{label} is in {folder} ({count} files) and can run. Its name in commands is {name}.",
        "counts": "Own figures: {given}. Scaled or taken from Odense, and not verified: {scaled}.",
        "lifted": "Beware: {teams} have one member each, although scaled there would be less. Waits will be too short: "
        'see "Small municipalities" in {readme}.',
        "checking": "Checking that the folder can run …",
        "next": "The next three commands (they are in {readme} too):",
        "readme": "README.md",
    },
}


def init(options: argparse.Namespace, language: Language) -> int:
    """Write a planner's own folder.

    Raises:
        PlannerError: An answer is wrong, a file is there already, or the folder cannot be written.
        KeyboardInterrupt: The planner stopped; nothing was written.
    """
    wanted = _wanted(options)
    folder = options.folder.expanduser()
    if folder.exists() and not folder.is_dir():
        refuse_existing(folder, {})
    if options.yes or not sys.stdin.isatty():
        answers = wanted.complete()
    else:
        try:
            answers = Interview(Console(file=sys.stderr, highlight=False), language).answers(wanted)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(SAID[language]["interrupted"]) from None
    what = compiled(folder.resolve(), answers, language, dt.datetime.now().astimezone().date())
    made = write(folder, what.files)
    try:
        with Console(file=sys.stderr).status(SAID[language]["checking"], refresh_per_second=4):
            _runs(folder, what.name)
    except BaseException:
        remove(made)
        raise
    if not options.quiet:
        _told(folder, what, answers, language)
    return DONE


def _runs(folder: Path, name: str) -> None:
    """Check that whatever was answered, the folder runs as it is: what exists today, and the first scenario."""
    with Composer([folder]) as composer:
        for point in composer.points([f"municipality={name}"])[:2]:
            composer.configuration(point)


def schema(options: argparse.Namespace) -> int:
    """Write the schemas into a folder, or one of them to standard output."""
    from sim.scenario.schema import WHOLE, as_text, schemas, write_schemas

    if options.folder is None:
        sys.stdout.write(as_text(schemas()[WHOLE]))
        return DONE
    try:
        written = write_schemas(options.folder.expanduser())
    except OSError as error:
        raise PlannerError(f"{options.folder} cannot be written: {error.strerror or error}") from None
    if not options.quiet:
        print("\n".join(short(path) for path in written))  # noqa: T201
    return DONE


def _wanted(options: argparse.Namespace) -> Wanted:
    def number(text: str | None, flag: str, least: int = 0) -> int | None:
        return None if text is None else whole(text, flag, least)

    return Wanted(
        None if options.name is None else checked_label(options.name),
        number(options.population, "--population", 1),
        number(options.children, "--children"),
        number(options.young, "--young"),
        {
            **staff_given(options.staff or [], list(labels("teams"))),
            **panels_given(options.panels or [], list(labels("panels"))),
            **places_given(options.places or [], with_places()),
        },
    )


def _told(folder: Path, what: Folder, answers: Answers, language: Language) -> None:
    said = SAID[language]
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    given = sum(size.given for size in what.sizes)
    shown = short(folder.resolve())
    console.print(
        Text(said["written"].format(label=answers.label, folder=shown, count=len(what.files), name=what.name)),
        style="bold",
    )
    console.print(Text(said["counts"].format(given=given, scaled=len(what.sizes) - given)))
    lifted = lifted_teams(list(what.sizes))
    if lifted:
        called = ", ".join(labels("teams")[team][language] for team in lifted)
        console.print(Text(said["lifted"].format(teams=called, readme=said["readme"]), style="yellow"))
    console.print(Text(said["next"].format(readme=said["readme"])))
    for command in next_commands(folder.as_posix(), what.name):
        console.print(Text(f"  {command}"))
