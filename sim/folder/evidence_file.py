"""The register of a municipality's own figures: how sure each of them is, and which nobody has looked at yet."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from sim.folder.answers import Answers, Language
from sim.folder.municipality_file import comment, factor_text, modeline, quoted
from sim.folder.sizes import PATTERN, Part, Size
from sim.folder.standing import UNSEEN
from sim.folder.texts import BASES, WRITTEN
from sim.report.numbers import Numbers

RANGES: Mapping[Part, tuple[float, float]] = {
    "population": (0.7, 1.3),
    "teams": (0.7, 1.4),
    "panels": (0.7, 1.5),
    "places": (0.5, 1.5),
    "arrivals": (0.5, 1.5),
    "caseload": (0.5, 1.5),
    "matters": (0.5, 1.5),
}
"""Lowest and highest multiple of a scaled figure that is defensible: municipalities differ in more than size. Expert
judgement, wider than for Odense itself."""
OWN_RANGE = (0.9, 1.1)
"""The same for a figure that the planner gave; they may know better, and change it."""
OWN_POPULATION = (0.99, 1.01)


def evidence_text(name: str, answers: Answers, found: Sequence[Size], language: Language, today: dt.date) -> str:
    """Return the file of the group ``evidence``."""
    words = WRITTEN[language]
    lines = [
        modeline("evidence", up=2),
        *comment(words["evidence"].format(label=answers.label, name=name, mark=UNSEEN)),
        "defaults:",
        f"  - {PATTERN}",
        "  - _self_",
        "",
    ]
    for size in found:
        low, high = bounds(size)
        kind = "local" if size.given else "assumption"
        note = "" if size.given else f", note: {quoted(UNSEEN)}"
        lines.append(f'"{size.path}":')
        lines.append(
            f"  {{low: {low:g}, high: {high:g}, relative: false, unit: {quoted(size.unit)}, kind: {kind},"
            f" year: {today.year}, source: {quoted(_source(size, language, today))}{note}}}"
        )
    return "\n".join(lines) + "\n"


def bounds(size: Size) -> tuple[float, float]:
    """Return the lowest and highest defensible value of a figure; both are such that the figure itself can be so."""
    least = 0.0 if size.part in ("places", "arrivals", "caseload", "matters", "population") else 1.0
    if size.path.endswith(".every_weeks"):
        return (size.value, size.value) if size.given else (1.0, max(4.0, size.value))
    if size.given:
        low, high = OWN_POPULATION if size.part == "population" else OWN_RANGE
    else:
        low, high = RANGES[size.part]
    if size.part == "arrivals":
        return float(f"{size.value * low:.3g}"), float(f"{size.value * high:.3g}")
    # One more than nothing must be possible: what is rounded to nought need not be nought.
    top = max(size.value, math.ceil(size.value * high), 0 if size.given else least + 1)
    return max(least, math.floor(size.value * low)), top


def _source(size: Size, language: Language, today: dt.date) -> str:
    words = WRITTEN[language]
    if size.given:
        return words["given_source"].format(date=today.isoformat())
    if size.basis == "none":
        return words["taken_source"]
    odense = Numbers(language).decimal(size.odense, 0)
    factor = f"{factor_text(size, language)} ({BASES[language][size.basis]})"
    return words["scaled_source"].format(odense=odense, factor=factor)
