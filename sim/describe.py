"""A configuration and the scenarios that there are, as tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from rich.table import Table
from rich.text import Text

from sim.scenario import About, Scenario
from sim.scenario.compose import Configuration
from sim.scenario.evidence import evidence_for, figures

Language = Literal["da", "en"]

WITHOUT_EVIDENCE = frozenset({"about", "evidence", "experiment", "compute", "report", "output", "municipality"})
"""Sections whose numbers are not claims about the world (the population is shown, not used)."""

WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "name": "navn",
        "label": "betegnelse",
        "summary": "beskrivelse",
        "valid": "{name}: gyldig ({municipality}, {scenario})",
        "horizon": "Tidsrum",
        "horizon_value": "{years:g} år efter {run_in:g} års indkøring fra {start}",
        "replications": "Gentagelser",
        "replications_value": "{replications}, startfrø {seed}",
        "scale": "Skala",
        "teams": "Teams",
        "teams_value": "{teams} med {caseworkers} sagsbehandlere: {each}",
        "panels": "Visitationsudvalg",
        "panel": "{label} (hver {weeks}. uge, {seats} sager)",
        "panel_unlimited": "{label} (hver {weeks}. uge, alle sager)",
        "arrivals": "Nye sager",
        "arrivals_value": "{total:.0f} om året: {each}",
        "arrivals_other": "{label} (egne tidspunkter)",
        "stock": "Åbne sager på dag 0",
        "tracks": "Forløb",
        "track": "{label} ({steps} trin)",
        "services": "Indsatser",
        "none": "ingen",
        "evidence": "Kilder til tallene",
        "evidence_none": "uden kilde: {count} (f.eks. {example})",
        "evidence_all": "alle tal har en kilde",
        "law": "lov",
        "published": "offentliggjort",
        "derived": "beregnet",
        "local": "kommunens eget",
        "assumption": "antagelse",
    },
    "en": {
        "name": "name",
        "label": "label",
        "summary": "summary",
        "valid": "{name}: valid ({municipality}, {scenario})",
        "horizon": "Horizon",
        "horizon_value": "{years:g} years after {run_in:g} years of run-in from {start}",
        "replications": "Replications",
        "replications_value": "{replications}, seed {seed}",
        "scale": "Scale",
        "teams": "Teams",
        "teams_value": "{teams} with {caseworkers} caseworkers: {each}",
        "panels": "Panels",
        "panel": "{label} (every {weeks} weeks, {seats} cases)",
        "panel_unlimited": "{label} (every {weeks} weeks, all cases)",
        "arrivals": "New cases",
        "arrivals_value": "{total:.0f} a year: {each}",
        "arrivals_other": "{label} (times of their own)",
        "stock": "Open cases on day 0",
        "tracks": "Tracks",
        "track": "{label} ({steps} steps)",
        "services": "Services",
        "none": "none",
        "evidence": "Sources of the figures",
        "evidence_none": "without a source: {count} (for example {example})",
        "evidence_all": "every figure has a source",
        "law": "law",
        "published": "published",
        "derived": "derived",
        "local": "the municipality's own",
        "assumption": "assumption",
    },
}


def scenario_table(abouts: Sequence[About], language: Language) -> Table:
    """Return the scenarios with name, label and summary."""
    words = WORDS[language]
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    table.add_column(words["name"], no_wrap=True, style="bold")
    table.add_column(words["label"])
    table.add_column(words["summary"])
    for about in abouts:
        table.add_row(Text(about.name), Text(getattr(about.label, language)), Text(getattr(about.summary, language)))
    return table


def configuration_facts(configuration: Configuration, name: str, language: Language) -> Iterator[Text | Table]:
    """Yield what a planner checks first: how much of everything, and how well it is known."""
    words = WORDS[language]
    scenario = configuration.scenario
    yield Text(
        words["valid"].format(
            name=name,
            municipality=getattr(scenario.municipality.label, language),
            scenario=getattr(scenario.about.label, language),
        ),
        style="bold",
    )
    table = Table(box=None, pad_edge=False, show_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for title, fact in _facts(configuration, language):
        table.add_row(Text(title), Text(fact))
    yield table
    yield Text("")


def _facts(configuration: Configuration, language: Language) -> Iterator[tuple[str, str]]:
    words = WORDS[language]
    scenario, experiment = configuration.scenario, configuration.experiment
    yield (
        words["horizon"],
        words["horizon_value"].format(
            years=scenario.horizon.years,
            start=scenario.horizon.start.isoformat(),
            run_in=scenario.horizon.run_in_years,
        ),
    )
    yield (
        words["replications"],
        words["replications_value"].format(replications=experiment.replications, seed=experiment.seed),
    )
    if scenario.municipality.scale != 1:
        yield words["scale"], f"{scenario.municipality.scale:g}"
    yield (
        words["teams"],
        words["teams_value"].format(
            teams=len(scenario.teams),
            caseworkers=sum(team.caseworkers for team in scenario.teams.values()),
            each=", ".join(f"{getattr(team.label, language)} {team.caseworkers}" for team in scenario.teams.values()),
        ),
    )
    yield words["panels"], ", ".join(_panels(scenario, language)) or words["none"]
    yield words["arrivals"], _arrivals(scenario, language)
    yield words["stock"], f"{sum(stock.count for stock in scenario.initial_caseload.values())}"
    yield (
        words["tracks"],
        ", ".join(
            words["track"].format(label=getattr(track.label, language), steps=len(track.steps))
            for track in scenario.tracks.values()
        ),
    )
    yield (
        words["services"],
        ", ".join(getattr(service.label, language) for service in scenario.services.values()) or words["none"],
    )
    yield words["evidence"], _evidence(configuration, language)


def _panels(scenario: Scenario, language: Language) -> Iterator[str]:
    words = WORDS[language]
    for panel in scenario.panels.values():
        text = words["panel"] if panel.seats is not None else words["panel_unlimited"]
        yield text.format(label=getattr(panel.label, language), weeks=panel.every_weeks, seats=panel.seats)


def _arrivals(scenario: Scenario, language: Language) -> str:
    words = WORDS[language]
    total, each = 0.0, []
    for source in scenario.arrivals.values():
        label = getattr(source.label, language)
        if source.per_year is None:
            each.append(words["arrivals_other"].format(label=label))
        else:
            count = source.per_year * source.relative
            total += count
            each.append(f"{label} {count:.0f}")
    return words["arrivals_value"].format(total=total, each=", ".join(each)) if each else words["none"]


def _evidence(configuration: Configuration, language: Language) -> str:
    words = WORDS[language]
    register = configuration.scenario.evidence
    kinds: Counter[str] = Counter()
    missing: list[str] = []
    for path, _ in figures({k: v for k, v in configuration.composed.items() if k not in WITHOUT_EVIDENCE}):
        known = evidence_for(path, register)
        if known is None:
            missing.append(path)
        else:
            kinds[known[1].kind] += 1
    parts = [f"{words[kind]}: {count}" for kind, count in kinds.most_common()]
    if missing:
        parts.append(words["evidence_none"].format(count=len(missing), example=missing[0]))
    else:
        parts.append(words["evidence_all"])
    return "; ".join(parts)
