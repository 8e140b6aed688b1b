"""What a configuration took from a municipality's own files, for people: with small counts of real persons hidden."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from sim.scenario import Scenario
from sim.scenario.configuration import Configuration
from sim.scenario.inputs.files import ReadFile
from sim.scenario.inputs.projection import CHANGE
from sim.scenario.population import Open
from sim.scenario.small_counts import Shown, shown

Language = Literal["da", "en"]

WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "open": "{drawn} trukket, {known} fra {file}",
        "open_small": "under {below}",
        "hidden": "skjult",
        "by_service": "Fra {file}",
        "without": "uden indsats",
        "why_hidden": "(skjult: færre end {below}, eller et tal, som ellers røber et sådant)",
        "still_drawn": "Stadig trukket",
        "nothing": "ingen",
        "arrivals": "Nye sager pr. år",
        "arrivals_from": "{years} (følger befolkningen i {file})",
        "staff": "Stillingsliste",
    },
    "en": {
        "open": "{drawn} drawn, {known} from {file}",
        "open_small": "fewer than {below}",
        "hidden": "hidden",
        "by_service": "From {file}",
        "without": "no service yet",
        "why_hidden": "(hidden: fewer than {below}, or a count that would give such a one away)",
        "still_drawn": "Still drawn",
        "nothing": "none",
        "arrivals": "New cases a year",
        "arrivals_from": "{years} (follow the population in {file})",
        "staff": "Staff list",
    },
}


def open_cases(configuration: Configuration, language: Language) -> str:
    """Return how many cases are open on day 0: those of a file apart from those that are drawn."""
    scenario = configuration.scenario
    drawn = sum(stock.number for stock in scenario.initial_caseload.values() if stock.cases is None)
    if not scenario.knows_real_persons:
        return str(drawn)
    words, below = WORDS[language], configuration.report.small_counts_below
    total = counts(scenario, below, language).total
    known = words["open_small"].format(below=below) if total is None else str(total)
    return words["open"].format(drawn=drawn, known=known, file=_name(configuration.files.caseload))


def file_facts(configuration: Configuration, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what the files say, as title and text."""
    words, scenario, files = WORDS[language], configuration.scenario, configuration.files
    if isinstance(files.caseload, ReadFile) and not scenario.is_withheld:
        below = configuration.report.small_counts_below
        table = counts(scenario, below, language)
        each = ", ".join(
            f"{name} {words['hidden'] if count is None else count}" for name, count in table.counts.items()
        )
        hidden = " " + words["why_hidden"].format(below=below) if table.suppressed else ""
        yield words["by_service"].format(file=files.caseload.name), each + hidden
        drawn = [name for name, group in _groups(scenario) if group.cases is None and group.number]
        yield words["still_drawn"], ", ".join(drawn) or words["nothing"]
    if isinstance(files.population, ReadFile):
        years = "; ".join(f"{year}: {number:.0f}" for year, number in arrivals_by_year(scenario))
        yield words["arrivals"], words["arrivals_from"].format(years=years, file=files.population.name)
    if isinstance(files.staff, ReadFile):
        yield words["staff"], files.staff.name


def counts(scenario: Scenario, below: int, language: Language) -> Shown:
    """Return the cases of a file by service, as they may be shown."""
    found: Counter[str] = Counter()
    for stock in scenario.initial_caseload.values():
        if isinstance(stock.cases, tuple):
            found[getattr(scenario.services[stock.service].label, language)] += len(stock.cases)
    for matter in scenario.initial_matters.values():
        if isinstance(matter.cases, tuple):
            found[WORDS[language]["without"]] += len(matter.cases)
    return shown(found, below)


def arrivals_by_year(scenario: Scenario) -> Iterator[tuple[int, float]]:
    """Yield the expected arrivals of each calendar year that a population is given for, by the rate in its middle."""
    years = sorted(
        {
            int(name.removeprefix(CHANGE))
            for source in scenario.arrivals.values()
            for name in source.changes
            if name.startswith(CHANGE)
        }
    )
    for year in years:
        middle = dt.date(year, 7, 2)
        yield (
            year,
            sum(
                source.per_year * source.intensity(middle)
                for source in scenario.arrivals.values()
                if source.per_year is not None
            ),
        )


def _groups(scenario: Scenario) -> Iterator[tuple[str, Open]]:
    yield from scenario.initial_caseload.items()
    yield from scenario.initial_matters.items()


def _name(file: str | ReadFile | None) -> str:
    return file.name if isinstance(file, ReadFile) else str(file)
