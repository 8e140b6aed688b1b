"""The municipality's own file: its figures, each with a word on where it comes from."""

from __future__ import annotations

import datetime as dt
import json
import math
import textwrap
from collections.abc import Iterator, Sequence

from sim.folder.answers import Answers, Language
from sim.folder.sizes import PATTERN, Part, Size, labels
from sim.folder.texts import BASES, SECTIONS, WRITTEN
from sim.report.numbers import Numbers

SCHEMA_FOLDER = "schema"
COLUMN = 44
"""Where the comments begin."""
WIDTH = 118
"""Letters in a line of comment."""


def municipality_text(
    name: str, answers: Answers, found: Sequence[Size], compared: Sequence[str], language: Language, today: dt.date
) -> str:
    """Return the file of the group ``municipality``.

    Args:
        name: The municipality's name in commands.
        answers: What the planner said.
        found: The municipality's figures.
        compared: The scenarios that a plain sweep compares.
        language: Language of the comments.
        today: The date that the file is written.
    """
    words = WRITTEN[language]
    about = words["municipality"].format(label=answers.label, name=name, date=_date(today, language))
    lifted = sum(size.lifted for size in found)
    lines = [
        "# @package _global_",
        modeline("configuration", up=2),
        *comment(about),
        *(["#", *comment(words["warning"].format(count=lifted))] if lifted else []),
        "defaults:",
        f"  - {PATTERN}",
        f"  - override /costs: {name}",
        f"  - override /evidence: {name}",
        "  - _self_",
        "",
        *comment(SECTIONS[language]["population"]),
        "municipality:",
        f"  label: {{da: {quoted(answers.label)}, en: {quoted(answers.label)}}}",
        "  population:",
    ]
    for size in _of(found, "population"):
        lines.append(_with(f'    "{size.path.split(".")[-1]}": {size.value:.0f}', size, language))
    for section in ("teams", "panels"):
        lines += ["", *comment(SECTIONS[language][section]), f"{section}:", *_entries(section, found, language)]
    lines += ["", *comment(SECTIONS[language]["places"]), "services:", *_places(found, language)]
    for part, section in (("arrivals", "arrivals"), ("caseload", "initial_caseload"), ("matters", "initial_matters")):
        lines += ["", *comment(SECTIONS[language][part]), f"{section}:", *_counts(part, found, language)]  # type: ignore[index,arg-type]
    tables = [f"  {key}: ../../input/{words[key]}" for key in ("caseload", "staff")]
    lines += ["", *comment("\n".join([words["files"], "files:", *tables]))]
    lines += ["", *comment(words["compared"]), f"hydra: {{sweeper: {{params: {{scenario: '{','.join(compared)}'}}}}}}"]
    return "\n".join(lines) + "\n"


def origin_of(size: Size, language: Language) -> str:
    """Return where a figure comes from, as the comment beside it says."""
    words, numbers = WRITTEN[language], Numbers(language)
    if size.given:
        return words["given"]
    if size.part == "population":
        return words["share"]
    if size.basis == "none":
        return words["taken"]
    form = words["lifted"] if size.lifted else words["scaled"]
    factor = f"{factor_text(size, language)} ({BASES[language][size.basis]})"
    return form.format(odense=numbers.decimal(size.odense, 0), factor=factor, exact=numbers.decimal(size.exact, 2))


def factor_text(size: Size, language: Language) -> str:
    """Return a factor with three significant digits."""
    digits = 2 - math.floor(math.log10(size.factor)) if size.factor > 0 else 0
    return Numbers(language).decimal(size.factor, min(6, max(0, digits)))


def modeline(schema: str, up: int) -> str:
    """Return the comment by which an editor finds the schema of a file.

    Args:
        schema: Name of the schema.
        up: How many folders the file lies below the planner's.
    """
    return f"# yaml-language-server: $schema={'../' * up}{SCHEMA_FOLDER}/{schema}.json"


def comment(text: str) -> list[str]:
    """Return a text as lines of comment."""
    wrapped = [
        part for line in text.splitlines() for part in textwrap.wrap(line, WIDTH, break_on_hyphens=False) or [""]
    ]
    return [f"# {line}".rstrip() for line in wrapped]


def quoted(text: str) -> str:
    """Return a text as YAML reads it, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _date(day: dt.date, language: Language) -> str:
    return f"{day.day}.{day.month}.{day.year}" if language == "da" else day.isoformat()


def _of(found: Sequence[Size], part: Part) -> list[Size]:
    return [size for size in found if size.part == part]


def _with(line: str, size: Size, language: Language) -> str:
    return f"{line:<{COLUMN}}# {origin_of(size, language)}"


def _entries(section: Part, found: Sequence[Size], language: Language) -> Iterator[str]:
    named = labels(section)
    before = None
    for size in _of(found, section):
        _, name, key = size.path.split(".")
        if name != before:
            yield f"  {name}: # {named[name][language]}"
            before = name
        yield _with(f"    {key}: {size.value:.0f}", size, language)


def _places(found: Sequence[Size], language: Language) -> Iterator[str]:
    named = labels("services")
    for size in _of(found, "places"):
        name = size.path.split(".")[1]
        yield f"  {name}: # {named[name][language]}"
        yield _with(f"    suppliers: {{own: {{places: {size.value:.0f}}}}}", size, language)


def _counts(part: Part, found: Sequence[Size], language: Language) -> Iterator[str]:
    for size in _of(found, part):
        _, name, key = size.path.split(".")
        yield _with(f"  {name}: {{{key}: {size.value:g}}}", size, language)
