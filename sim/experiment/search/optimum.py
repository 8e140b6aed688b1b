"""The staffing that was found, as a scenario that can be swept against the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sim.experiment.files import write_text
from sim.experiment.search.record import SearchRecord, Tried
from sim.experiment.search.wording import figure_key
from sim.measures.definitions import UNITS as UNIT_LABELS
from sim.scenario.compose import Configuration
from sim.scenario.search import Limit
from sim.scenario.stacking import BASELINE, parts_of

OPTIMUM = Path("scenarios") / "optimum.yaml"
"""Below the folder of the search, so that ``--scenarios FOLDER`` finds it."""

UNITS = {"caseworkers": "caseworkers", "seats": "cases", "places": "places"}


def write_optimum(folder: Path, record: SearchRecord, best: Tried, configuration: Configuration) -> None:
    """Write the scenario's file."""
    (folder / OPTIMUM).parent.mkdir(exist_ok=True)
    write_text(folder / OPTIMUM, optimum_text(record, best, configuration))


def optimum_text(record: SearchRecord, best: Tried, configuration: Configuration) -> str:
    """Return the scenario's file as text.

    It sets every number that was sought, also those that stayed as they are, so that it says the same if today's
    configuration is changed later. A search in another scenario than the baseline is built upon that scenario.
    """
    scenario = configuration.scenario.about.name
    built_on = [] if scenario == BASELINE else [f"/scenario/{part}" for part in parts_of(scenario)]
    content: dict[str, Any] = {"defaults": [*built_on, "_self_"]} if built_on else {}
    content["about"] = _about(record, configuration)
    for path, value in best.staffing.items():
        node = content
        *parents, last = path.split(".")
        for key in parents:
            node = node.setdefault(key, {})
        node[last] = value
    content["evidence"] = {path: _evidence(record, path, configuration) for path in best.staffing}
    head = [
        "# @package _global_",
        "# Written by a search. What was sought, how, and in how many futures it holds stands in ../search.json.",
        f"# {record.command}",
    ]
    return "\n".join(head) + "\n" + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def _about(record: SearchRecord, configuration: Configuration) -> dict[str, Any]:
    question = record.question
    told = {
        language: "; ".join(_limit(record, limit, language) for limit in question.limits) for language in ("da", "en")
    }
    aim = {language: _name(record, question.minimise.kpi, question.minimise.group, language) for language in told}
    about: dict[str, Any] = {
        "label": {"da": "Fundet bemanding", "en": "Staffing found"},
        "summary": {
            "da": f"Den bemanding, en søgning fandt med det laveste tal for »{aim['da']}«, hvor: {told['da']}.",
            "en": f"The staffing with the lowest “{aim['en']}” that a search found with: {told['en']}.",
        },
        "why": (
            f"Of {len(record.tried)} staffings tried in {question.replications} futures each, it had the lowest "
            f"“{aim['en']}” of those with: {told['en']}."
        ),
        "source": f"sagsflow optimise, seed {record.seed}",
        "group": "own",
    }
    municipality = configuration.choices.get("municipality")
    if municipality is not None:
        about["municipality"] = municipality
    return about


def _name(record: SearchRecord, kpi: str, group: str, language: str) -> str:
    label = record.names.get(figure_key(kpi, group))
    return f"{kpi} ({group})" if label is None else str(getattr(label, language))


def _limit(record: SearchRecord, limit: Limit, language: str) -> str:
    words = {
        "da": ("højst", "mindst", "i mindst", "af fremtiderne"),
        "en": ("at most", "at least", "in at least", "of the futures"),
    }
    most, least, share, futures = words[language]
    name, unit = _name(record, limit.kpi, limit.group, language), record.units.get(figure_key(limit.kpi, limit.group))
    label = next((one for known, one in UNIT_LABELS.items() if known == unit), None)
    bound = f"{most if limit.at_most is not None else least} {limit.bound:g}"
    said = f"{bound} {getattr(label, language) if label else unit} {share} {100 * limit.probability:g} % {futures}"
    return f"“{name}” {said}" if language == "en" else f"»{name}« {said.replace('.', ',')}"


def _evidence(record: SearchRecord, path: str, configuration: Configuration) -> Mapping[str, Any]:
    variable = record.question.variables[path]
    return {
        "low": variable.low,
        "high": variable.high,
        "unit": UNITS[path.rpartition(".")[2]],
        "kind": "assumption",
        "source": "found by a search between these bounds",
        "year": configuration.scenario.horizon.start.year,
    }
