"""Paths of the configuration as a planner reads them: labels instead of identifiers, words instead of keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.numbers import Language, Numbers

SILENT = frozenset({"steps", "values", "split", "value", "label"})
"""Parts of a path that only hold the file together."""

WORDS: Mapping[str, tuple[str, str]] = {
    "administration": ("forvaltning", "administration"),
    "administrations": ("Forvaltninger", "Administrations"),
    "after_days": ("efter dage", "after days"),
    "age_bands": ("Aldersgrupper", "Age bands"),
    "arrivals": ("Tilgang", "Arrivals"),
    "begins": ("begynder", "begins"),
    "birthday": ("18-årsdagen", "The 18th birthday"),
    "bridging": ("overgangsløsning", "bridging"),
    "budget": ("budgetramme", "budget frame"),
    "by_procedure": ("efter den aftalte procedure", "by the agreed procedure"),
    "calendars": ("Arbejdstid", "Working hours"),
    "case_hours_per_hour": ("sagstimer pr. arbejdstime", "case hours per working hour"),
    "caseworkers": ("sagsbehandlere", "caseworkers"),
    "caseworking": ("Sagsbehandling", "Casework"),
    "changes": ("ændring", "change"),
    "clocks": ("Frister", "Deadlines"),
    "costs": ("Priser", "Prices"),
    "count": ("antal", "number"),
    "cv": ("spredning (variationskoefficient)", "spread (coefficient of variation)"),
    "days": ("dage", "days"),
    "dkk_per_day": ("kr. pr. dag", "DKK a day"),
    "dkk_per_year": ("kr. pr. år", "DKK a year"),
    "due_days": ("skal være færdig inden (dage)", "due within (days)"),
    "ends": ("slutter", "ends"),
    "every_weeks": ("uger mellem møder", "weeks between meetings"),
    "follow_up": ("opfølgning", "follow-up"),
    "frames": ("budgetrammer", "budget frames"),
    "helps": ("hjælper", "helps"),
    "horizon": ("Simuleret periode", "Simulated period"),
    "hours": ("timer", "hours"),
    "initial_caseload": ("Sager fra start", "Cases at the start"),
    "initial_matters": ("Henvendelser fra start", "Requests at the start"),
    "lead_days": ("varsel i dage", "notice in days"),
    "lighter": ("lettere", "lighter"),
    "lost": ("går tabt", "lost"),
    "max_caseload": ("højst antal sager", "most cases"),
    "max_rounds": ("højst antal runder", "most rounds"),
    "mean": ("gennemsnit", "mean"),
    "meanwhile": ("imens", "meanwhile"),
    "mismatch": ("Indsatser, der ikke passer", "Services that do not fit"),
    "misrouted": ("sendt forkert", "sent to the wrong place"),
    "months": ("måneder", "months"),
    "next": ("derefter", "next"),
    "offers": ("Tilbud", "Offers"),
    "other": ("andre", "others"),
    "overhead": ("overhead", "overhead factor"),
    "panels": ("Udvalg", "Panels"),
    "panel": ("udvalg", "panel"),
    "per_year": ("pr. år", "a year"),
    "periods": ("Perioder", "Periods"),
    "places": ("pladser", "places"),
    "planning": ("Planlægning", "Planning"),
    "priority": ("prioritet", "priority"),
    "probability": ("sandsynlighed", "probability"),
    "profiles": ("Profiler", "Profiles"),
    "relative": ("ganges med", "multiplied by"),
    "round_days": ("dage pr. runde", "days a round"),
    "seats": ("sager pr. møde", "cases a meeting"),
    "self_pay": ("familien betaler selv", "the family pays itself"),
    "services": ("Indsatser", "Services"),
    "share": ("andel", "share"),
    "team": ("team", "done by the team"),
    "teams": ("Team", "Teams"),
    "tracks": ("Forløb", "Tracks"),
    "until_age": ("til alder", "until age"),
    "waiting": ("Mens man venter", "While waiting"),
    "weekday": ("ugedag", "weekday"),
    "within": ("inden for", "within"),
    "years": ("år", "years"),
}
"""What keys are called; a key that is not here is written as it is."""

UNITS_DA: Mapping[str, str] = {
    "a year": "pr. år",
    "cases": "sager",
    "caseworkers": "sagsbehandlere",
    "children a year": "børn pr. år",
    "cv": "spredning",
    "days": "dage",
    "DKK": "kr.",
    "DKK a case": "kr. pr. sag",
    "DKK a caseworker": "kr. pr. sagsbehandler",
    "DKK a day": "kr. pr. dag",
    "DKK a year": "kr. pr. år",
    "hours": "timer",
    "month": "måned",
    "months": "måneder",
    "multiple": "faktor",
    "need level": "behovsniveau",
    "of 1": "af 1",
    "order": "rækkefølge",
    "per cent": "%",
    "per cent a year": "% om året",
    "per month": "pr. måned",
    "persons": "personer",
    "persons a year": "personer pr. år",
    "places": "pladser",
    "priority": "prioritet",
    "ratio": "forhold",
    "relative": "faktor",
    "rounds": "runder",
    "share": "andel",
    "share of income": "andel af indkomst",
    "spells a year": "forløb pr. år",
    "tasks": "opgaver",
    "weeks": "uger",
    "weight": "vægt",
    "year": "år",
    "years": "år",
}
"""Units of the register of evidence, which is in English; one that is not here is written as it is."""


def unit_text(unit: str, language: Language) -> str:
    """Return a unit of the register of evidence, or several with commas between, as people write it."""
    return unit if language == "en" else ", ".join(UNITS_DA.get(one, one) for one in unit.split(", "))


def crumbs(path: str, configurations: Sequence[Mapping[str, Any]], language: Language) -> tuple[str, ...]:
    """Return the parts of a path in words, from the section down to the figure.

    Args:
        path: Dotted path; a part may be ``*``.
        configurations: Where to look for labels, the first that has one counts.
        language: ``da`` or ``en``.
    """
    found: list[str] = []
    nodes: list[Any] = list(configurations)
    for part in path.split("."):
        nodes = [node.get(part) if isinstance(node, Mapping) else None for node in nodes]
        if part in SILENT:
            continue
        if part == "*":
            found.append("…")
            continue
        found.append(_label(nodes, language) or _word(part, configurations, language))
    return tuple(found)


def _label(nodes: Sequence[Any], language: Language) -> str:
    for node in nodes:
        label = node.get("label") if isinstance(node, Mapping) else None
        if isinstance(label, Mapping) and label.get(language):
            return str(label[language])
    return ""


def _word(part: str, configurations: Sequence[Mapping[str, Any]], language: Language) -> str:
    if part in WORDS:
        return WORDS[part][0 if language == "da" else 1]
    sections = ("services", "profiles", "teams", "administrations", "tracks", "panels")
    known = [(one.get(section) or {}).get(part) for one in configurations for section in sections]
    return _label(known, language) or part.replace("_", " ")


def written(value: Any, numbers: Numbers, yes: str, no: str) -> str:
    """Return a value of the configuration as people write it."""
    if isinstance(value, bool):
        return yes if value else no
    if isinstance(value, int | float):
        return plain_number(float(value), numbers)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {written(inner, numbers, yes, no)}" for key, inner in value.items()) or "–"
    if isinstance(value, list | tuple):
        return "; ".join(written(inner, numbers, yes, no) for inner in value) or "–"
    return "–" if value is None else str(value)


def plain_number(value: float, numbers: Numbers) -> str:
    """Return a number with as many decimals as it has, at most four."""
    digits = next((digits for digits in range(4) if round(value, digits) == value), 4)
    return numbers.decimal(value, digits)
