"""What a planner has said about the municipality: on the command line, or when asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sim.scenario.errors import PlannerError, listed, unknown

Language = Literal["da", "en"]
MOST = 10_000_000
"""No municipality has more inhabitants, caseworkers or places than this."""
_GROUPED = re.compile(r"\d{1,3}([.,\s]\d{3})+")


@dataclass(frozen=True)
class Answers:
    """What was said; what was not is left to :mod:`sim.folder.sizes`, which takes it from Odense."""

    label: str
    """The municipality's name as people write it."""
    population: int
    """All inhabitants."""
    children: int | None = None
    """Inhabitants aged 0-17."""
    young: int | None = None
    """Inhabitants aged 18-22."""
    given: Mapping[str, int] = field(default_factory=dict)
    """Further figures, by their path in the configuration."""


def whole(text: str, what: str, least: int = 0, most: int = MOST) -> int:
    """Return a whole number that a person wrote; thousands may be parted by a point, a comma or a space.

    Args:
        text: As it was written.
        what: What it is, for the message.
        least: The lowest number that makes sense.
        most: The highest one.

    Raises:
        PlannerError: It is no such number.
    """
    written = text.strip()
    plain = re.sub(r"[.,\s]", "", written) if _GROUPED.fullmatch(written) else written
    allowed = f"a whole number from {least} to {most}, such as {max(least, min(most, 12))}"
    if not re.fullmatch(r"[+-]?\d+", plain):
        raise PlannerError(f"{what}: '{written}' is not a whole number (allowed: {allowed})")
    if not least <= (value := int(plain)) <= most:
        raise PlannerError(f"{what}: {value} is out of range (allowed: {allowed})")
    return value


def consistent(answers: Answers) -> Answers:
    """Return the answers, if the age groups go into the whole.

    Raises:
        PlannerError: They do not.
    """
    parts = (answers.children or 0) + (answers.young or 0)
    if parts > answers.population:
        raise PlannerError(
            f"--children and --young: {parts} children and young people are more than all inhabitants "
            f"({answers.population}, --population)"
        )
    return answers


def pairs(texts: Sequence[str], flag: str, known: Collection[str], what: str) -> dict[str, str]:
    """Return ``NAME=VALUE,NAME=VALUE`` as a mapping.

    Args:
        texts: As given, perhaps several times.
        flag: The option, for messages.
        known: The names that there are.
        what: What they are names of.

    Raises:
        PlannerError: It is not of that form, a name does not exist, or one is given twice.
    """
    found: dict[str, str] = {}
    for pair in (pair for text in texts for pair in re.split(r"[,;](?=\s*[^\W\d])", text)):
        name, separator, value = (part.strip() for part in pair.partition("="))
        if not separator or not value:
            raise PlannerError(f"{flag}: '{pair.strip()}' is not of the form NAME=NUMBER (names: {listed(known)})")
        if name not in known:
            raise PlannerError(f"{flag}: {unknown(what, name, known)}")
        if name in found:
            raise PlannerError(f"{flag}: '{name}' is given twice ({found[name]} and {value})")
        found[name] = value
    return found


def staff_given(texts: Sequence[str], teams: Collection[str]) -> dict[str, int]:
    """Return caseworkers by path from ``--staff TEAM=NUMBER``.

    Raises:
        PlannerError: One of them is wrong.
    """
    return {
        f"teams.{name}.caseworkers": whole(value, f"--staff {name}", least=1, most=10_000)
        for name, value in pairs(texts, "--staff", teams, "team").items()
    }


def places_given(texts: Sequence[str], services: Collection[str]) -> dict[str, int]:
    """Return places by path from ``--places SERVICE=NUMBER``.

    Raises:
        PlannerError: One of them is wrong.
    """
    return {
        f"services.{name}.suppliers.own.places": whole(value, f"--places {name}", most=100_000)
        for name, value in pairs(texts, "--places", services, "service with places of its own").items()
    }


def panels_given(texts: Sequence[str], panels: Collection[str]) -> dict[str, int]:
    """Return intervals and seats by path from ``--panels PANEL=WEEKS:SEATS``.

    Raises:
        PlannerError: One of them is wrong.
    """
    found = {}
    for name, value in pairs(texts, "--panels", panels, "panel").items():
        weeks, separator, seats = value.partition(":")
        if not separator:
            raise PlannerError(
                f"--panels {name}: '{value}' is not of the form WEEKS:SEATS, such as 2:12 (every other week, 12 cases)"
            )
        found[f"panels.{name}.every_weeks"] = whole(weeks, f"--panels {name}, weeks", least=1, most=52)
        found[f"panels.{name}.seats"] = whole(seats, f"--panels {name}, seats", least=1, most=10_000)
    return found
