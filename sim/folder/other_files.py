"""The smaller files of a planner's folder: prices, scenarios, and the tables to fill in."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence

from sim.folder.answers import Answers, Language
from sim.folder.municipality_file import comment, modeline, quoted
from sim.folder.sizes import PATTERN, Size, labels
from sim.folder.texts import WRITTEN
from sim.scenario.inputs.columns import Column
from sim.scenario.shipped import configs_folder, scenarios_folder
from sim.scenario.yamlfile import read_yaml

ADOPTED = ("early_planning", "late_planning", "network_meeting_plans", "new_boundary")
"""Scenarios of Odense that change no caseworkers, seats, places or arrivals, so that they hold at any size."""
MORE_SEATS = 1.1


def costs_text(answers: Answers, language: Language) -> str:
    """Return the file of the group ``costs``: the prices that Odense has, but none of its budget frames."""
    frames = read_yaml(configs_folder() / "costs" / f"{PATTERN}.yaml").data["frames"]
    lines = [
        modeline("costs", up=2),
        *comment(WRITTEN[language]["costs"].format(label=answers.label)),
        "defaults:",
        f"  - {PATTERN}",
        "  - _self_",
        "",
        f"frames: {{{', '.join(f'{administration}: null' for administration in frames)}}}",
        "",
        WRITTEN[language]["costs_example"].format(),
    ]
    return "\n".join(lines) + "\n"


def first_scenario(
    name: str, answers: Answers, found: Sequence[Size], language: Language, year: int
) -> tuple[str, str]:
    """Return name and text of a first scenario of the municipality's own.

    Args:
        name: The municipality's name in commands.
        answers: What the planner said.
        found: The municipality's figures.
        language: Language of the comments and of the file's name.
        year: The year that its assumptions are from.
    """
    value = {size.path: int(size.value) for size in found}
    weeks = {panel: value[f"panels.{panel}.every_weeks"] for panel in labels("panels")}
    rarely = {panel: number for panel, number in weeks.items() if number > 1}
    if not rarely:
        return _more_staff(name, answers, language, year)
    changes, evidence = [], []
    for panel, number in rarely.items():
        often = max(1, number // 2)
        seats = max(1, math.ceil(value[f"panels.{panel}.seats"] * often / number * MORE_SEATS))
        changes.append(f"  {panel}: {{every_weeks: {often}, seats: {seats}}}")
        evidence.append(_assumed(f"panels.{panel}.every_weeks", 1, number, "weeks", year, language))
        evidence.append(_assumed(f"panels.{panel}.seats", max(1, seats // 2), 2 * seats, "cases", year, language))
    about = {
        "label": ("Hyppigere udvalg", "More frequent panels"),
        "summary": (
            "Visitationsudvalgene mødes oftere og har lidt flere pladser i alt.",
            "The allocation panels meet more often, with somewhat more seats in all.",
        ),
    }
    why = {
        "da": "En sag, der er klar, venter i gennemsnit et halvt mødeinterval; oftere møder halverer den ventetid.",
        "en": "A case that is ready waits half an interval on average; meeting more often halves that wait.",
    }
    head = WRITTEN[language]["scenario"].format(label=answers.label)
    text = _scenario(name, head, about, why[language], ["panels:", *changes], evidence)
    return {"da": "hyppigere_udvalg", "en": "more_frequent_panels"}[language], text


def _more_staff(name: str, answers: Answers, language: Language, year: int) -> tuple[str, str]:
    about = {
        "label": ("Større modtagelse", "Larger intake"),
        "summary": ("Modtagelsen får én rådgiver mere.", "The intake gets one more caseworker."),
    }
    why = {
        "da": "Underretninger hober sig op i modtagelsen, når der er få til at tage imod dem.",
        "en": "Notifications pile up in the intake when there are few to take them.",
    }
    change = ["teams:", "  buf_intake: {changes: {larger_intake: {caseworkers: 1}}}"]
    evidence = [_assumed("teams.buf_intake.changes.larger_intake.caseworkers", 0, 2, "caseworkers", year, language)]
    head = WRITTEN[language]["scenario_staff"].format(label=answers.label)
    return {"da": "stoerre_modtagelse", "en": "larger_intake"}[language], _scenario(
        name, head, about, why[language], change, evidence
    )


def _scenario(
    name: str,
    head: str,
    about: Mapping[str, tuple[str, str]],
    why: str,
    changes: Sequence[str],
    evidence: Sequence[str],
) -> str:
    lines = [
        "# @package _global_",
        modeline("configuration", up=1),
        *comment(head),
        "about:",
        "  group: own",
        f"  municipality: {name}",
        *(f"  {key}: {{da: {quoted(da)}, en: {quoted(en)}}}" for key, (da, en) in about.items()),
        f"  why: {quoted(why)}",
        "",
        *changes,
        "",
        "evidence:",
        *evidence,
    ]
    return "\n".join(lines) + "\n"


def _assumed(path: str, low: float, high: float, unit: str, year: int, language: Language) -> str:
    source = quoted(WRITTEN[language]["guess"])
    return (
        f'  "{path}":\n'
        f"    {{low: {low:g}, high: {high:g}, unit: {unit}, kind: assumption, year: {year}, source: {source}}}"
    )


def adopted_scenario(scenario: str, name: str, language: Language) -> str:
    """Return one of Odense's scenarios as one of the municipality's own."""
    text = (scenarios_folder() / f"{scenario}.yaml").read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    head = [first, modeline("configuration", up=1), *comment(WRITTEN[language]["adopted"]), "#"]
    return "\n".join(head) + "\n" + rest.replace(f"  municipality: {PATTERN}\n", f"  municipality: {name}\n", 1)


def table_text(columns: Sequence[Column], language: Language) -> str:
    """Return an empty table: the headings, as a Danish spreadsheet writes them (semicolons)."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow([column.heading(language) for column in columns])
    return stream.getvalue()


def table_explained(columns: Sequence[Column], language: Language) -> str:
    """Return what may stand in each column, as a table in Markdown."""
    heads = {"da": ("Kolonne", "Indhold", "Eksempel"), "en": ("Column", "Holds", "Example")}[language]
    rows = [heads, ("---", "---", "---")]
    for column in columns:
        explained = column.explained_en if language == "en" else column.explained_da
        rows.append((column.heading(language), explained, f"`{column.example}`"))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
