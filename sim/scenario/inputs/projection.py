"""The population by age and year, as Statistics Denmark's StatBank exports it, and what it does to the arrivals.

Two layouts are read. The *long* one comes from the interface for programs: a row per figure, under headings such as
``KOMMUNEDK;ALDER;KØN;TID;INDHOLD``. The *wide* one comes from the web site: a title, then years as headings, and labels
that stand only in the first row that they hold for. Ages are ``0 år`` or ``0-4 år``, years count on 1 January (of
quarters and months the first is used), and totals over sex are used where the file has them.

Arrivals then follow the number of persons of the ages that a source has, relative to day 0: between two 1 Januaries on
a straight line. How the ages of those who come are mixed stays as it is configured.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.scenario.errors import PlannerError, Problem, did_you_mean, listed
from sim.scenario.inputs.cells import Cell, Line, Sheet, read_sheet, shown
from sim.scenario.layers import short

CHANGE = "population_"
"""How the changes of the arrivals begin that come from a projection."""
EVIDENCE = f"arrivals.*.changes.{CHANGE}*.relative"
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[KQ](?P<quarter>[1-4])|M(?P<month>\d\d))?")
_AGE = re.compile(
    r"(?:\d+\s+)?(?P<first>\d{1,3})(?:\s*[-–]\s*(?P<last>\d{1,3}))?\s*(?P<years>år|years?)?"
    r"\s*(?P<open>og derover|og over|and over|\+|OV)?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:TOT|IALT)\b.*|.*\b(?:i alt|total)\b.*", re.IGNORECASE)
_SEX = re.compile(r"(?:[12MKF]|MEN|TOT)?\s*(?:mænd|kvinder|men|women|i alt|total|[12MKF]|TOT)", re.IGNORECASE)
_HEADINGS = {
    "age": ("alder", "age"),
    "sex": ("køn", "kon", "sex"),
    "time": ("tid", "time", "år", "year"),
    "value": ("indhold", "antal", "value", "contents", "personer"),
    "area": ("område", "kommunedk", "kommune", "bopkom", "region", "municipality", "omrade", "landdel"),
}
OLDEST = 125


@dataclass(frozen=True)
class Entry:
    """One figure of the file."""

    place: str
    area: str
    sex: str
    ages: tuple[int, int] | None
    """First age and the one after the last; None: all ages."""
    year: int
    value: Cell


@dataclass(frozen=True)
class Projection:
    """Persons of an area on 1 January, by year and age in whole years."""

    name: str
    """The file's name."""
    area: str
    persons: Mapping[int, Mapping[int, float]]

    def number(self, year: int, from_age: float, to_age: float) -> float:
        """Return how many persons there are from one age up to another.

        Raises:
            KeyError: The file says nothing about an age among them.
        """
        ages = self.persons[year]
        total = 0.0
        for age in range(int(from_age), int(-(-to_age // 1))):
            total += ages[age] * (min(age + 1, to_age) - max(age, from_age))
        return total


def read_projection(path: Path, area: str | None, municipality: Sequence[str]) -> Projection:
    """Read a file.

    Args:
        path: The file.
        area: Whose population is wanted, as the file calls it.
        municipality: What the municipality is called, in case no area is given.

    Raises:
        PlannerError: It is not such a file, or has more than one area to choose from.
    """
    sheet = read_sheet(path)
    entries = list(_long(sheet) or _wide(sheet))
    if not entries:
        raise PlannerError(
            f"{short(path)} is not a table of the population as Statistics Denmark exports it: expected either the "
            "headings ALDER, TID and INDHOLD, or years as headings and ages (0 år, 1 år, ...) below each other"
        )
    chosen = _area(path, sorted({entry.area for entry in entries}), area, municipality)
    own = [entry for entry in entries if entry.area == chosen and entry.ages is not None]
    totals = [entry for entry in own if _TOTAL.fullmatch(entry.sex)]
    persons: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    problems = []
    for entry in totals or own:
        assert entry.ages is not None
        value = _count(entry.value)
        if value is None:
            problems.append(Problem(entry.place, f"'{shown(entry.value)}' is not a number of persons; expected digits"))
            continue
        first, after = entry.ages
        for age in range(first, after):
            persons[entry.year][age] += value / (after - first)
    if problems:
        raise PlannerError(f"{short(path)} cannot be used ({len(problems)} problems):", problems)
    # Plain mappings, so that an age that the file lacks is missed rather than 0.
    return Projection(path.name, _bare(chosen), {year: dict(ages) for year, ages in persons.items()})


def projected(composed: Mapping[str, Any], projection: Projection, start: dt.date, end: dt.date) -> dict[str, Any]:
    """Return the sections of a configuration that change with the population.

    Raises:
        PlannerError: The file lacks years or ages that are needed.
    """
    years = range(start.year, (end - dt.timedelta(days=1)).year + 1)
    missing = [year for year in years if year not in projection.persons]
    if missing:
        raise PlannerError(
            f"{projection.name} holds the years {_span(sorted(projection.persons))}; the simulation needs "
            f"{_span(list(years))} (missing: {listed(missing)})"
        )
    arrivals = dict(composed.get("arrivals") or {})
    problems = []
    for name, source in arrivals.items():
        if not isinstance(source, Mapping) or not isinstance(source.get("per_year"), int | float):
            continue
        try:
            changes = _changes(source, projection, start, years)
        except KeyError as age:
            problems.append(
                Problem(f"arrivals.{name}.ages", f"{projection.name} says nothing about the age of {age} years")
            )
            continue
        arrivals[name] = {**source, "changes": {**(source.get("changes") or {}), **changes}}
    if problems:
        raise PlannerError(f"{projection.name} lacks ages that are needed; export it with all of them:", problems)
    evidence = {
        "low": 1.0,
        "high": 1.0,
        "relative": True,
        "unit": "multiple a year",
        "kind": "published",
        "source": f"Statistics Denmark, population of {projection.area} ({projection.name})",
        "year": start.year,
        "note": "taken as it is; how uncertain it is, is not varied",
    }
    return {"arrivals": arrivals, "evidence": {**(composed.get("evidence") or {}), EVIDENCE: evidence}}


def _changes(source: Mapping[str, Any], projection: Projection, start: dt.date, years: Sequence[int]) -> dict[str, Any]:
    """Return the changes by which a source follows the population, year by year."""
    numbers = {year: _weighted(source, projection, start.year, year) for year in years}
    last = years[-1]
    # Where the file ends with the simulation, the last year's number is kept.
    after = last + 1 if last + 1 in projection.persons else last
    numbers[last + 1] = _weighted(source, projection, start.year, after)
    first = dt.date(start.year, 1, 1)
    share = (start - first).days / (dt.date(start.year + 1, 1, 1) - first).days
    before = numbers[start.year] + share * (numbers[start.year + 1] - numbers[start.year])
    changes = {}
    for year in years:
        begins, ends = max(start, dt.date(year, 1, 1)), dt.date(year + 1, 1, 1)
        relative = round(numbers[year + 1] / before, 6) if before else 1.0
        change = {"relative": relative, "begins": begins.isoformat(), "ends": ends.isoformat()}
        changes[f"{CHANGE}{year}"] = change
        before = numbers[year + 1]
    return changes


def _weighted(source: Mapping[str, Any], projection: Projection, base: int, year: int) -> float:
    """Return the persons of a source's ages relative to the first year, weighted as the source's arrivals are."""
    total = weights = 0.0
    for group in source.get("ages") or ():
        span = (float(group["from_age"]), float(group["to_age"]))
        there = projection.number(base, *span)
        total += group["weight"] * (projection.number(year, *span) / there if there else 1.0)
        weights += group["weight"]
    return total / weights if weights else 1.0


def _long(sheet: Sheet) -> list[Entry]:
    if not sheet.lines:
        return []
    found: dict[str, int] = {}
    for number, cell in enumerate(sheet.lines[0].cells):
        text = shown(cell).casefold().rstrip("0123456789")
        key = next((key for key, names in _HEADINGS.items() if text in names), None)
        if key is not None:
            found.setdefault(key, number)
    if not {"age", "time", "value"} <= found.keys():
        return []

    def text_of(line: Line, key: str) -> str:
        number = found.get(key)
        return shown(line.cells[number]) if number is not None and number < len(line.cells) else ""

    entries = []
    for line in sheet.lines[1:]:
        year = _year(text_of(line, "time"))
        if year is None:
            continue
        number = found["value"]
        value = line.cells[number] if number < len(line.cells) else None
        place = f"{sheet.path.name}, row {line.number}"
        ages = _ages(text_of(line, "age"), bare=True)
        entries.append(Entry(place, text_of(line, "area"), text_of(line, "sex"), ages, year, value))
    return entries


def _wide(sheet: Sheet) -> list[Entry]:
    header = next((line for line in sheet.lines if len(_years(line)) >= 2), None)
    if header is None:
        header = next((line for line in sheet.lines if _years(line) and len([c for c in line.cells if c]) == 1), None)
    if header is None:
        return []
    years = _years(header)
    labels = range(min(years))
    current: dict[int, str] = {}
    entries = []
    for line in sheet.lines:
        if line.number <= header.number:
            continue
        for number in labels:
            text = shown(line.cells[number]) if number < len(line.cells) else ""
            if text:
                current[number] = text
        texts = list(current.values())
        ages = [text for text in texts if _ages(text) is not None]
        sexes = [text for text in texts if _SEX.fullmatch(text)]
        others = [text for text in texts if text not in ages and text not in sexes and not _TOTAL.fullmatch(text)]
        if not ages:
            continue
        for number, year in years.items():
            if year is not None and number < len(line.cells) and line.cells[number] is not None:
                place = f"{sheet.path.name}, row {line.number}, column '{shown(header.cells[number])}'"
                area, sex = (others or [""])[0], (sexes or [""])[0]
                entries.append(Entry(place, area, sex, _ages(ages[0]), year, line.cells[number]))
    return entries


def _years(line: Line) -> dict[int, int | None]:
    """Return the columns that a row gives a time to, with the year that counts (None: a later quarter)."""
    return {number: _year(shown(cell)) for number, cell in enumerate(line.cells) if _YEAR.fullmatch(shown(cell))}


def _year(text: str) -> int | None:
    found = _YEAR.fullmatch(text)
    if found is None or found["quarter"] not in (None, "1") or found["month"] not in (None, "01"):
        return None
    return int(found["year"])


def _ages(text: str, *, bare: bool = False) -> tuple[int, int] | None:
    """Return the ages that a label means; without the word for years only where nothing else can be meant."""
    found = _AGE.fullmatch(text)
    if found is None or not (bare or found["years"]):
        return None
    first = int(found["first"])
    if found["open"]:
        return first, first + 1
    return first, int(found["last"] or first) + 1


def _count(cell: Cell) -> float | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = shown(cell).replace(" ", "")
    if text == "-":
        return 0.0  # StatBank's nil.
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
        text = text.replace(".", "")
    return float(text.replace(",", ".")) if re.fullmatch(r"\d+(?:[.,]\d+)?", text) else None


def _bare(area: str) -> str:
    """Return an area without the number that may stand before its name."""
    return re.sub(r"^\d+\s+", "", area)


def _area(path: Path, areas: Sequence[str], wanted: str | None, municipality: Sequence[str]) -> str:
    if wanted is None and len(areas) == 1:
        return areas[0]
    by_name = {alias.casefold(): area for area in areas for alias in (_bare(area), area)}
    asked = [wanted] if wanted is not None else [name.removesuffix(" Kommune") for name in municipality]
    for name in asked:
        if name.casefold() in by_name:
            return by_name[name.casefold()]
    given = (
        f"files.area: there is no area '{wanted}'{did_you_mean(wanted, areas)}" if wanted else "files.area is missing"
    )
    raise PlannerError(f"{given}; {short(path)} holds: {listed(areas)}")


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}-{years[-1]}" if years else "none"
