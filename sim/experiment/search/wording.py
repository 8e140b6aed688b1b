"""What people read instead of the places and figures of a search."""

from __future__ import annotations

from sim.experiment.search.question import Question
from sim.experiment.search.trial import wanted
from sim.measures.definitions import definition
from sim.measures.groups import group_label
from sim.scenario import Scenario
from sim.scenario.base import Label

ALL = "all"
_WHAT = {
    "caseworkers": Label(da="sagsbehandlere", en="caseworkers"),
    "seats": Label(da="sager pr. møde", en="cases per meeting"),
    "places": Label(da="pladser", en="places"),
}


def figure_key(kpi: str, group: str) -> str:
    """Return the key of a figure in a record's names and units."""
    return f"{kpi} of {group}"


def names_and_units(question: Question) -> tuple[dict[str, Label], dict[str, str]]:
    """Return what people read for every place that varies and every figure, and the unit of every figure."""
    scenario = question.configuration.scenario
    names = {path: _place(path, scenario) for path in question.space.paths}
    units: dict[str, str] = {}
    for kpi, group in wanted(question.search):
        label, unit = definition(kpi).label, definition(kpi).unit
        of = group_label(group, scenario)
        key = figure_key(kpi, group)
        names[key] = label if group == ALL else Label(da=f"{label.da}: {of.da}", en=f"{label.en}: {of.en}")
        units[key] = unit
    return names, units


def _place(path: str, scenario: Scenario) -> Label:
    kind, name, *rest = path.split(".")
    what = _WHAT[path.rpartition(".")[2]]
    label = _labels(kind, scenario)[name]
    supplier = f" ({rest[1]})" if kind == "services" else ""
    return Label(da=f"{label.da}{supplier}, {what.da}", en=f"{label.en}{supplier}, {what.en}")


def _labels(kind: str, scenario: Scenario) -> dict[str, Label]:
    if kind == "teams":
        return {name: team.label for name, team in scenario.teams.items()}
    if kind == "panels":
        return {name: panel.label for name, panel in scenario.panels.items()}
    return {name: service.label for name, service in scenario.services.items()}
