"""The commands that make their own points: designs, and what carries a scenario's effect."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.counted import filled
from sim.scenario.errors import PlannerError
from sim.spoken import spoken

if TYPE_CHECKING:
    from sim.experiment.assumptions import Found
    from sim.experiment.designs import Each

TEXTS = {
    "da": {
        "preparing": "Forbereder {done} af {total} konfigurationer, ca. {left:.0f} s tilbage",
        "varied": "{count:antagelse|antagelser} varieres. {fixed} ligger fast, {left} kan ikke varieres{details}",
        "runs": "{points:punkt|punkter} × {replications:gentagelse|gentagelser} = {runs:simulering|simuleringer}",
        "details": ":\n{reasons}",
        "ask": " (se sensitivity.json)",
    },
    "en": {
        "preparing": "Preparing {done} of {total} configurations, about {left:.0f} s left",
        "varied": "{count:assumption is|assumptions are} varied. {fixed:is|are} fixed, "
        "{left} cannot be varied{details}",
        "runs": "{points:point|points} × {replications:replication|replications} = {runs:simulation|simulations}",
        "details": ":\n{reasons}",
        "ask": " (see sensitivity.json)",
    },
}
SECONDS_BETWEEN_LINES = 5.0


def as_options(options: argparse.Namespace) -> None:
    """Take ``points=FILE``, ``design=lhs``, ``n=64`` and ``vary=...`` among the overrides for the options they mean."""
    rest = []
    for override in options.overrides:
        key, _, value = override.partition("=")
        if key not in ("points", "design", "n", "vary"):
            rest.append(override)
            continue
        if getattr(options, key) is not None:
            raise PlannerError(f"{override} and --{key} say the same: give one of them")
        if key == "n" and not value.isdecimal():
            raise PlannerError(f"{override}: the number of points is a whole number, as --n 64")
        setattr(options, key, Path(value) if key == "points" else int(value) if key == "n" else value)
    options.overrides = rest


def shown_progress(options: argparse.Namespace) -> Each:
    """Return a wrapper for a sequence that says now and then how much of it is done."""

    def each(items: Sequence[Any]) -> Iterator[Any]:
        begun = said = time.monotonic()
        for number, item in enumerate(items):
            now = time.monotonic()
            if not options.quiet and number and now - said >= SECONDS_BETWEEN_LINES:
                said = now
                left = (now - begun) / number * (len(items) - number)
                _say(TEXTS[spoken()]["preparing"].format(done=number, total=len(items), left=left))
            yield item

    return each


def tell_left_out(found: Found, language: str, options: argparse.Namespace, *, briefly: bool = False) -> None:
    """Say how many assumptions are varied, and what is left out and why."""
    from sim.experiment.designs import reasons

    if options.quiet:
        return
    words = TEXTS[language]
    details = "."
    if found.left_out:
        shown = reasons(found.left_out)
        details = words["ask"] if briefly else words["details"].format(reasons=shown)
    _say(
        filled(
            words["varied"], count=len(found.assumptions), fixed=found.fixed, left=len(found.left_out), details=details
        )
    )


def sensitivity(options: argparse.Namespace) -> int:
    """Plan the points of a study, simulate what is missing of them, and show what it says."""
    from sim.commands import simulate_study
    from sim.experiment.sensitivity.planning import plan
    from sim.scenario.compose import Composer

    with Composer(options.scenarios) as composer:
        study, points, found = plan(
            composer,
            options.overrides,
            method=options.method,
            measures=options.measure.split(","),
            patterns=options.vary.split(",") if options.vary else [],
            level=options.level,
            number=options.n,
            each=shown_progress(options),
        )
    language = spoken(points[0].configuration.report.language)
    if found is not None:
        tell_left_out(found, language, options, briefly=True)
    if not options.quiet:
        replications = points[0].configuration.experiment.at_most
        runs = len(points) * replications
        _say(filled(TEXTS[language]["runs"], points=len(points), replications=replications, runs=runs))
    return simulate_study(study, points, options)


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201
