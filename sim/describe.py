"""A configuration and the scenarios that there are, as tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.describe_files import file_facts, open_cases
from sim.report.kinds_of_evidence import kind_said
from sim.scenario import About, Scenario
from sim.scenario.configuration import Changed, Configuration
from sim.scenario.evidence import evidence_for, figures
from sim.scenario.explain import shown
from sim.scenario.settings import Experiment
from sim.scenario.staff import Team

Language = Literal["da", "en"]

WITHOUT_EVIDENCE = frozenset({"about", "evidence", "experiment", "compute", "report", "output", "municipality"})
"""Sections whose numbers are not claims about the world (the population is shown, not used)."""

WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "only_for": "Kun for municipality={municipality}.",
        "how": "Læg flere over hinanden med + og sammenlign med komma, f.eks.:",
        "how_command": "sagsflow sweep scenario=baseline,ET,ET+ANDET",
        "changes": "Ændres af {parts}:",
        "changes_given": "Afgjort på kommandolinjen:",
        "change": "{path} = {now} (før {before})",
        "change_new": "{path} = {now} (ny)",
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
        "from": "fra",
        "none": "ingen",
        "evidence": "Kilder til tallene",
        "evidence_none": "{none}: {count} (f.eks. {example})",
        "evidence_all": "alle tal har en kilde",
    },
    "en": {
        "only_for": "Only for municipality={municipality}.",
        "how": "Lay several over each other with +, compare with commas, for example:",
        "how_command": "sagsflow sweep scenario=baseline,ONE,ONE+OTHER",
        "changes": "Changed by {parts}:",
        "changes_given": "Settled on the command line:",
        "change": "{path} = {now} (before {before})",
        "change_new": "{path} = {now} (new)",
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
        "from": "from",
        "none": "none",
        "evidence": "Sources of the figures",
        "evidence_none": "{none}: {count} (for example {example})",
        "evidence_all": "every figure has a source",
    },
}

HEADINGS: dict[Language, dict[str, str]] = {
    "da": {
        "baseline": "Udgangspunktet",
        "transition": "Overgangen til voksenlivet",
        "budgets": "Budgetter og ansvar",
        "prevention": "Tidlig og forebyggende indsats",
        "decisions": "Afgørelser og samarbejde med familien",
        "staff": "Medarbejdere og organisering",
        "supply": "Tilbud og leverandører",
        "own": "Egne scenarier",
    },
    "en": {
        "baseline": "The baseline",
        "transition": "The transition to adulthood",
        "budgets": "Budgets and responsibility",
        "prevention": "Early help and prevention",
        "decisions": "Decisions and working with the family",
        "staff": "Staff and organisation",
        "supply": "Services and suppliers",
        "own": "Your own",
    },
}
"""Under which heading the scenarios of each group are listed, in this order."""


def scenario_list(abouts: Sequence[About], language: Language) -> Iterator[Text | Table]:
    """Yield the scenarios with their names and what they are in one sentence, under headings, and how to use them."""
    words = WORDS[language]
    width = max((cell_len(about.name) for about in abouts), default=0)
    for group, heading in HEADINGS[language].items():
        within = [about for about in abouts if about.group == group]
        if not within:
            continue
        yield Text(heading, style="bold")
        table = Table(box=None, pad_edge=False, show_edge=False, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True, min_width=width + 2)
        table.add_column()
        for about in within:
            text = f"{getattr(about.label, language)}: {getattr(about.summary, language)}"
            if about.municipality is not None:
                text += " " + words["only_for"].format(municipality=about.municipality)
            table.add_row(Text(f"  {about.name}"), Text(text))
        yield table
        yield Text("")
    # On a line of its own, so that it can be copied.
    yield Text(words["how"])
    yield Text(f"  {words['how_command']}")


def configuration_facts(configuration: Configuration, name: str, language: Language) -> Iterator[RenderableType]:
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
    yield from _changes(configuration, language)
    yield Text("")


def _changes(configuration: Configuration, language: Language) -> Iterator[Text | Padding]:
    """Yield what a stack changes in the municipality, by the part that says so."""
    words = WORDS[language]
    said: dict[tuple[str, ...], list[Changed]] = {}
    for change in configuration.changed:
        said.setdefault(change.parts, []).append(change)
    for parts in sorted(said, key=lambda parts: (not parts, len(parts))):
        yield Text(words["changes"].format(parts=" + ".join(parts)) if parts else words["changes_given"], style="bold")
        for change in said[parts]:
            form = words["change_new"] if change.before is None else words["change"]
            line = form.format(path=change.path, now=shown(change.now), before=shown(change.before))
            yield Padding(Text(line), (0, 0, 0, 2))


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
        words["replications_value"].format(replications=_replications(experiment), seed=experiment.seed),
    )
    if scenario.municipality.scale != 1:
        yield words["scale"], f"{scenario.municipality.scale:g}"
    yield (
        words["teams"],
        words["teams_value"].format(
            teams=len(scenario.teams),
            caseworkers=sum(
                team.caseworkers + sum(change.caseworkers for change in team.changes.values())
                for team in scenario.teams.values()
            ),
            each=", ".join(
                f"{getattr(team.label, language)} {_headcount(team, words)}" for team in scenario.teams.values()
            ),
        ),
    )
    yield words["panels"], ", ".join(_panels(scenario, language)) or words["none"]
    yield words["arrivals"], _arrivals(scenario, language)
    yield words["stock"], open_cases(configuration, language)
    yield from file_facts(configuration, language)
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


def _replications(experiment: Experiment) -> str:
    """Return how many futures there are to be."""
    if experiment.replications != "auto":
        return str(experiment.replications)
    targets = ", ".join(
        f"{target.measure} ({target.of}) ± "
        + (f"{target.absolute:g}" if target.absolute is not None else f"{100 * (target.relative or 0):g} %")
        for target in experiment.precision.targets
    )
    return f"auto, {experiment.at_least}–{experiment.at_most}: {targets}"


def _headcount(team: Team, words: dict[str, str]) -> str:
    """Return a team's caseworkers with the changes and the dates from which they count."""
    changes = [
        f"{change.caseworkers:+}" + ("" if change.begins is None else f" {words['from']} {change.begins.isoformat()}")
        for change in team.changes.values()
    ]
    return f"{team.caseworkers} ({', '.join(changes)})" if changes else str(team.caseworkers)


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


def evidence_counts(configuration: Configuration) -> tuple[Counter[str], list[str]]:
    """Return how many figures have evidence of each kind, and the paths of those that have none."""
    register = configuration.scenario.evidence
    kinds: Counter[str] = Counter()
    missing: list[str] = []
    for path, _ in figures({k: v for k, v in configuration.composed.items() if k not in WITHOUT_EVIDENCE}):
        known = evidence_for(path, register)
        if known is None:
            missing.append(path)
        else:
            kinds[known[1].kind] += 1
    return kinds, missing


def _evidence(configuration: Configuration, language: Language) -> str:
    words = WORDS[language]
    kinds, missing = evidence_counts(configuration)
    parts = [f"{kind_said(kind, language)}: {count}" for kind, count in kinds.most_common()]
    if missing:
        parts.append(
            words["evidence_none"].format(none=kind_said("", language), count=len(missing), example=missing[0])
        )
    else:
        parts.append(words["evidence_all"])
    return "; ".join(parts)
