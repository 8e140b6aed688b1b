"""The command line: what can be said, and how it ends.

Only the standard library is imported here, so that ``sagsflow --help`` answers at once; what a command does is in
:mod:`sim.commands`.

Exit status: 0 done; 1 a fault of ours, or a replication that failed; 2 what the planner gave is wrong; 130
interrupted, finished work kept.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from sim.examples import EXAMPLES_OF
from sim.installed import version
from sim.spoken import Language, asked_for, not_understood, spoken

DONE, FAULT, PLANNER, INTERRUPTED = 0, 1, 2, 130

EXAMPLES = """\
examples:
  sagsflow sweep                                    the comparison that is set up from the start
  sagsflow sweep scenario=baseline,pooled_budget teams.buf_family.caseworkers=55,60 experiment=precise
  sagsflow run scenario=joint_transition_team       one scenario
  sagsflow run scenario=joint_transition_team+weekly_panels   two scenarios laid over each other
  sagsflow sweep --points points.csv                named combinations from a spreadsheet
  sagsflow sweep --design lhs --vary 'teams.*,costs.*' --n 40   spread over what the evidence allows
  sagsflow sensitivity scenario=pooled_budget       which assumptions carry its effect
  sagsflow optimise search.trials=60                the cheapest staffing that keeps waits under limits
  sagsflow scenarios                                what there is to compare
  sagsflow check municipality=one_team              validate, and show what would be simulated
  sagsflow compare results/a results/b -o out/      stored results against each other
  sagsflow report results/a --language en           pictures and tables again, in English
  sagsflow report results/a plots=forest,flow format=pdf   some pictures, as PDF (also all, none; also for sweep)
  sagsflow story results/a --case worst             one simulated young person's way, told and drawn
  sagsflow price results/a costs=our_prices.yaml    the same futures at other prices, without simulating again

Everything after run, sweep, optimise and check that is not an option changes the configuration (Hydra's overrides):
  municipality=one_team             another file of a group       output=my-folder             where results go
  teams.buf_family.caseworkers=60   another value                 experiment.replications=50   how many futures
  scenario=baseline,pooled_budget   several (sweep only)          compute.n_jobs=1             processes (-1 = all)
  scenario=one+other                several as one
"""


PRICE_EXAMPLES = """\
examples:
  sagsflow price results/a costs=our_prices.yaml             a price list in a file of your own
  sagsflow price results/a costs=ours --scenarios mine       the same, as mine/configs/costs/ours.yaml
  sagsflow price results/a costs.services.foster_care.foster_families.dkk_per_day=1600
  sagsflow price results/a costs.level.year=2027             at the price level of another year
  sagsflow price results/a costs.refund=null -o out/         without the state's refund

A price list holds the keys of the section costs (price_year, staff, services, ...), as those in configs/costs do. It
may build upon one of these (defaults: [danish, _self_]). It takes the place of the whole section, also of prices that
a scenario brings along. Only prices can be changed: anything else would be another future.
"""


MACHINE_READABLE = ("sweep", "run", "check", "scenarios", "compare", "report", "price")
"""Commands that can say what they found as JSON."""

SAID: dict[Language, dict[str, str]] = {
    "da": {
        "interrupted": "Afbrudt.",
        "fault": "sagsflow: en fejl hos os, ikke hos dig: {error}",
        "please": "Meld den gerne, med filen {log}.",
        "debug": "Kør kommandoen med --debug for at se detaljerne.",
        "what_is": "hvad er {what}? Se {help}",
    },
    "en": {
        "interrupted": "Interrupted.",
        "fault": "sagsflow: a fault of ours, not of yours: {error}",
        "please": "Please report it, with the file {log}.",
        "debug": "Run the command with --debug for the details.",
        "what_is": "what is {what}? See {help}",
    },
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Args:
        argv: The arguments; None: those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        options = parsed(arguments)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    options.arguments = arguments
    options.error_folder = None
    if (problem := not_understood()) is not None:
        _say(f"sagsflow: {problem}")
        return PLANNER
    with asked_for(getattr(options, "language", None)):
        return _ended(options)


def _ended(options: argparse.Namespace) -> int:
    try:
        from sim import commands
        from sim.scenario.pictures import written_out

        if getattr(options, "overrides", None):
            options.overrides = written_out(options.overrides)
        if getattr(options, "json", False):
            return _for_scripts(options)
        return int(getattr(commands, options.command)(options))
    except KeyboardInterrupt as stop:
        if options.debug:
            traceback.print_exc()
        _say(str(stop) or SAID[spoken()]["interrupted"])
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`sagsflow scenarios | head`): nothing is left to be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    except Exception as error:  # noqa: BLE001 - the outermost place: every fault ends in a message and a status
        return _explained(error, options)


def _explained(error: Exception, options: argparse.Namespace) -> int:
    from sim.scenario.errors import PlannerError

    if options.debug:
        traceback.print_exception(error)
    if isinstance(error, PlannerError):
        _say(f"sagsflow: {error}")
        return PLANNER
    text = str(error).strip().splitlines()
    said = SAID[spoken()]
    _say(said["fault"].format(error=f"{type(error).__name__}{f': {text[0]}' if text else ''}"))
    if not options.debug:
        log = _logged(error, options.error_folder)
        _say(said["please"].format(log=log) if log else said["debug"])
    return FAULT


def _for_scripts(options: argparse.Namespace) -> int:
    """Do a command with what it says to people on standard error, and what it found as JSON on standard output."""
    from sim import commands, machine
    from sim.scenario.errors import PlannerError

    options.found = None
    with contextlib.redirect_stdout(sys.stderr):
        status = int(getattr(commands, options.command)(options))
    found = options.found
    if found is None:
        with contextlib.suppress(*([] if status == DONE else [PlannerError])):  # nothing stored, and that was said
            found = machine.results(options.error_folder)
    if found is not None:
        print(machine.as_text(found))  # noqa: T201
    return status


def _logged(error: Exception, folder: Path | None) -> Path | None:
    """Write the traceback where the results go, or among the temporary files, and return the file."""
    text = "".join(traceback.format_exception(error))
    for place in (folder, Path(tempfile.gettempdir())):
        if place is not None and place.is_dir():
            log = place / ("error.log" if place == folder else "sagsflow-error.log")
            with contextlib.suppress(OSError), log.open("a", encoding="utf-8") as file:
                file.write(text)
                return log
    return None


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments; options may stand anywhere, before the command, among the overrides, or after them.

    Raises:
        SystemExit: The arguments are wrong (2), or only help or the version was asked for (0).
    """
    parser = _parser()
    if "_ARGCOMPLETE" in os.environ:
        from sim.completion import complete

        complete(parser)
    options, rest = parser.parse_known_args(list(arguments))
    unknown = [argument for argument in rest if argument.startswith("-")]
    if unknown or (rest and not hasattr(options, "overrides")):
        command = f"sagsflow {options.command or ''} --help".replace("  ", " ")
        parser.error(SAID[spoken()]["what_is"].format(what=" ".join(unknown or rest), help=command))
    if rest:
        options.overrides = [*options.overrides, *rest]
    if options.command is None:
        parser.print_help(sys.stderr)
        raise SystemExit(PLANNER)
    early, late = options.early_scenarios or [], getattr(options, "late_scenarios", None) or []
    options.scenarios = [*early, *late]
    return options


class _Version(argparse.Action):
    """Looks the version up when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        print(f"sagsflow {version()}")  # noqa: T201
        parser.exit(DONE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sagsflow",
        description="Simulates the flow of cases in a municipality's children's and adult services, "
        "and compares ways to organise it.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and stop")
    _everywhere(parser, "early_scenarios", default=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, help_ in (
        ("sweep", "simulate and compare several scenarios or values"),
        ("run", "simulate one scenario"),
        ("optimise", "search for the cheapest staffing that keeps waits under given limits"),
        ("check", "validate a configuration and show what would be simulated, with its sources"),
    ):
        command = _command(commands, name, help_)
        command.add_argument("overrides", nargs="*", metavar="KEY=VALUE", help="changes to the configuration")
        if name == "sweep":
            command.add_argument("--points", type=Path, metavar="FILE", help="named points from a CSV or YAML file")
            command.add_argument("--design", metavar="lhs|sobol", help="points spread over the evidence ranges")
            command.add_argument("--n", type=int, metavar="N", help="points of the design")
            _vary(command)
        if name == "check":
            command.add_argument("--yaml", action="store_true", help="print the whole composed configuration")
            command.add_argument("--all", action="store_true", help="own folders: every figure, not only the first")
            _language(command)
    _sensitivity(commands)
    _folder(commands)
    _language(_command(commands, "scenarios", "list the scenarios that there are"))
    compare = _command(commands, "compare", "compare stored results of several folders")
    compare.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="folders that sweep or run wrote")
    compare.add_argument("-o", "--output", type=Path, help="new folder for the comparison")
    compare.add_argument("--reference", metavar="POINT", help="the point that the others are compared with")
    _language(compare)
    report = _command(commands, "report", "render pictures and tables of stored results again")
    report.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that sweep, run or compare wrote")
    report.add_argument("overrides", nargs="*", metavar="plots=...", help="which pictures; format=svg,png,pdf")
    _language(report)
    _story(commands)
    price = _command(commands, "price", "price stored results again with another price list, without simulating")
    price.epilog = PRICE_EXAMPLES
    price.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that sweep, run, compare or price wrote")
    price.add_argument("overrides", nargs="*", metavar="costs=...", help="another price list, or single prices")
    price.add_argument("-o", "--output", type=Path, help="new folder for the results at these prices")
    _language(price)
    completion = _command(commands, "completion", "print what a shell needs in order to complete with Tab")
    completion.add_argument("shell", choices=("bash", "zsh", "fish", "powershell"), help="your shell")
    for name in MACHINE_READABLE:
        commands.choices[name].add_argument(
            "--json", action="store_true", help="a summary for scripts to standard output; all else to standard error"
        )
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        aliases=["optimize"] if name == "optimise" else [],
        help=help_,
        description=help_[0].upper() + help_[1:] + ".",
        epilog=EXAMPLES_OF.get(name, "See sagsflow --help for examples."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _everywhere(command, "late_scenarios", default=argparse.SUPPRESS)
    return command


def _everywhere(parser: argparse.ArgumentParser, scenarios: str, default: object) -> None:
    """Add the options that every command has, before or after its name (there without a default of its own)."""
    parser.add_argument(
        "--scenarios",
        dest=scenarios,
        action="append",
        type=Path,
        metavar="DIR",
        default=None if default is False else default,
        help="a folder with your own scenarios (may be given several times)",
    )
    parser.add_argument("-q", "--quiet", action="store_true", default=default, help="no progress, no summary")
    parser.add_argument("--debug", action="store_true", default=default, help="show the traceback of a fault")


def _sensitivity(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "sensitivity", "find out which assumptions carry a scenario's effect")
    command.add_argument("overrides", nargs="*", metavar="KEY=VALUE", help="scenario=NAME, and other changes")
    command.add_argument(
        "--method", choices=("tornado", "morris", "sobol", "attribution"), default="tornado", help="default: tornado"
    )
    command.add_argument(
        "--measure", metavar="KPI[:GROUP]", default="wait.total", help="one or more, with commas (default: wait.total)"
    )
    _vary(command)
    command.add_argument("--n", type=int, metavar="N", help="trajectories of morris, or base points of sobol")
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--difference", dest="level", action="store_false", default=None, help="explain the difference to the baseline"
    )
    what.add_argument("--level", dest="level", action="store_true", help="explain the scenario's own figure")


def _folder(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "init", "write a folder of your own, with your municipality and a first scenario")
    command.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder; nothing is ever overwritten")
    command.add_argument("--name", help='the municipality, as "Høje-Taastrup"')
    command.add_argument("--population", metavar="N", help="all inhabitants")
    command.add_argument("--children", metavar="N", help="inhabitants aged 0-17")
    command.add_argument("--young", metavar="N", help="inhabitants aged 18-22")
    for flag, form, what in (
        ("--staff", "TEAM=N,...", "caseworkers (full-time equivalents) per team"),
        ("--panels", "PANEL=WEEKS:SEATS,...", "weeks between two meetings, and cases decided at each"),
        ("--places", "SERVICE=N,...", "places in the municipality's own services"),
    ):
        command.add_argument(flag, action="append", metavar=form, help=what)
    command.add_argument("-y", "--yes", action="store_true", help="ask nothing; scale from Odense what is not given")
    _language(command)
    schema = _command(commands, "schema", "write the JSON Schemas by which editors complete and check your YAML")
    schema.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="none: one schema, to standard output")


def _story(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "story", "tell one simulated young person's way, in sentences and as a Gantt chart")
    command.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that sweep, run or compare wrote")
    command.add_argument(
        "--case", default="worst", metavar="worst|typical|ID",
        help="the longest wait (default), the one nearest to the median, or the number of a case",
    )  # fmt: skip
    command.add_argument("--scenario", metavar="POINT", help="label of a point (default: the reference)")
    command.add_argument("-o", "--output", type=Path, help="folder for the story (default: FOLDER/stories)")
    _language(command)


def _vary(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--vary", metavar="PATTERNS", help="figures or evidence keys, with commas, * for any (teams.*.caseworkers)"
    )


def _language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--language", choices=("da", "en"), default=None, help="language of what is shown")
