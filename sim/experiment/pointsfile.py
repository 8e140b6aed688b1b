"""Points from a file: named combinations of values that a planner keeps in a spreadsheet or as YAML.

As CSV, one row is a point: its name, and a value per column, whose heading is what one would write on the command line
(``scenario``, ``teams.bsf_youth.caseworkers``). An empty cell sets nothing. Danish spreadsheets write semicolons,
decimal commas, and often their own encoding; English ones write commas and points: both are read. What could be meant
two ways (1.234) is refused rather than guessed.

As YAML, a list of points, each with a ``name`` and the values, or a mapping of names to values.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiment.labels import unique_labels
from sim.experiment.points import ComposerLike, Point, refuse_different_settings, swept_overrides, typed_columns
from sim.scenario.compose import Configuration
from sim.scenario.errors import PlannerError, Problem, listed
from sim.scenario.yamlfile import read_yaml

THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
NUMBER_WITH_COMMA = re.compile(r"[+-]?[\d.]*,[\d.,]*")
WITH_COMMA = re.compile(r"[+-]?\d+,\d+")
PLAIN = re.compile(r"[A-Za-z0-9_.+/*-]+")
"""Text that Hydra takes as it stands; everything else is put into quotes."""


@dataclass(frozen=True)
class Cell:
    """One value of one point."""

    key: str
    text: str
    """As it is written."""
    value: str
    """As Hydra reads it."""


@dataclass(frozen=True)
class Row:
    """One point as the file gives it."""

    place: str
    """Where it stands: ``row 3``, or ``line 7``."""
    name: str
    cells: tuple[Cell, ...]


def points_from_file(composer: ComposerLike, path: Path, overrides: Sequence[str]) -> list[Point]:
    """Return the points that a file names, composed and checked.

    Args:
        composer: Composes configurations.
        path: A file ending in .csv, .yaml or .yml.
        overrides: Changes that hold for all points.

    Raises:
        PlannerError: The file cannot be understood, or values in it are wrong; all of them are listed.
    """
    rows = read_rows(path)
    common = {_bare(override.partition("=")[0]) for override in overrides}
    keys = list(dict.fromkeys(cell.key for row in rows for cell in row.cells))
    both = [key for key in keys if _bare(key) in common]
    if both:
        raise PlannerError(f"{path} and the command line both set {listed(both)}: leave it to one of them")
    swept = swept_overrides(overrides)
    if swept:
        raise PlannerError(
            f"'{swept[0]}' names several values; with --points, the command line gives one for all points"
        )
    configurations: list[Configuration] = []
    problems: list[Problem] = []
    for row in rows:
        try:
            configurations.append(composer.configuration([*overrides, *_overrides(row.cells)]))
        except PlannerError as error:
            problems += _explained(composer, path, row, overrides, error)
    if problems:
        raise PlannerError(f"{path} holds what cannot be simulated:", problems)
    refuse_different_settings([row.name for row in rows], configurations)
    shown = [key for key in keys if key != "scenario"]
    columns = typed_columns(
        {_bare(key): [_shown(row, key, c) for row, c in zip(rows, configurations, strict=True)] for key in shown}
    )
    return [
        Point(
            label=label,
            name=row.name,
            overrides=(*overrides, *_overrides(row.cells)),
            columns={key: values[number] for key, values in columns.items()},
            configuration=configurations[number],
            titled=True,
        )
        for number, (row, label) in enumerate(zip(rows, unique_labels(row.name for row in rows), strict=True))
    ]


def read_rows(path: Path) -> list[Row]:
    """Read the points of a file, without checking what they mean.

    Raises:
        PlannerError: It is not there, of another kind, or not of the form that is expected.
    """
    if path.suffix.lower() in (".yaml", ".yml"):
        rows = list(_yaml_rows(path))
    elif path.suffix.lower() == ".csv":
        rows = _csv_rows(path)
    else:
        raise PlannerError(f"{path}: points are read from a file ending in .csv, .yaml or .yml")
    if not rows:
        raise PlannerError(f"{path} names no points")
    seen: dict[str, str] = {}
    problems = []
    for row in rows:
        if row.name in seen:
            problems.append(Problem(f"{path}, {row.place}", f"the name '{row.name}' was given in {seen[row.name]}"))
        seen.setdefault(row.name, row.place)
    if problems:
        raise PlannerError("every point needs a name of its own:", problems)
    return rows


def _csv_rows(path: Path) -> list[Row]:
    text = _text(path)
    first = text.splitlines()[0] if text.strip() else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        delimiter, text = first[4], text.partition("\n")[2]
    else:
        delimiter = max(";\t,", key=first.count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    skipped = 2 if first.lower().startswith("sep=") else 1
    header = [heading.strip() for heading in lines[0]] if lines else []
    while header and not header[-1]:
        header.pop()
    if "name" not in header:
        raise PlannerError(
            f"{path}: the first row must hold the headings, one of them 'name' (it holds: {listed(header)})"
        )
    problems, rows = list(_wrong_headings(path, header)), []
    for number, line in enumerate(lines[1:], start=skipped + 1):
        if not any(cell.strip() for cell in line):
            continue
        place = f"row {number}"
        if any(cell.strip() for cell in line[len(header) :]):
            problems.append(Problem(f"{path}, {place}", f"has {len(line)} cells, but there are {len(header)} headings"))
        cells, name = [], ""
        for heading, cell in zip(header, (cell.strip() for cell in line), strict=False):
            if heading == "name":
                name = cell
            elif cell:
                value = _read(cell, comma=delimiter != ",")
                if value is None:
                    problems.append(Problem(f"{path}, {place}, column {heading}", _doubtful(cell, delimiter)))
                else:
                    cells.append(Cell(heading, cell, value))
        if not name:
            problems.append(Problem(f"{path}, {place}, column name", "is empty: every point needs a name"))
        rows.append(Row(place, name, tuple(cells)))
    if problems:
        raise PlannerError(f"{path} cannot be understood:", problems)
    return rows


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlannerError(f"{path} cannot be read: {error.strerror or error}") from None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # What a Danish Excel calls CSV.


def _wrong_headings(path: Path, header: Sequence[str]) -> Iterator[Problem]:
    for number, heading in enumerate(header, start=1):
        if not heading:
            yield Problem(f"{path}, column {number}", "has no heading")
        elif header.index(heading) < number - 1:
            yield Problem(f"{path}, column {number}", f"the heading '{heading}' is there twice")


def _read(cell: str, *, comma: bool) -> str | None:
    """Return a cell as Hydra reads it; None if it could be meant two ways."""
    if NUMBER_WITH_COMMA.fullmatch(cell):
        return cell.replace(",", ".") if comma and WITH_COMMA.fullmatch(cell) else None
    if comma and THOUSANDS.fullmatch(cell):
        return None
    if cell[0] in "{[" or PLAIN.fullmatch(cell):
        return cell
    return _quoted(cell)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _doubtful(cell: str, delimiter: str) -> str:
    if delimiter == ",":
        return f"'{cell}' can mean two numbers: columns are parted by commas here, so write 12.5 and 1234"
    return f"'{cell}' can mean two numbers: write thousands without a point (1234), decimals with a comma (1,234)"


def _yaml_rows(path: Path) -> Iterator[Row]:
    file = read_yaml(path)
    data = file.data
    form = f"{path} must be a list of points ('- name: ...'), or a mapping of names to values"
    if isinstance(data, Mapping):
        entries: list[tuple[str, Any, str]] = [(str(name), values, str(name)) for name, values in data.items()]
    elif isinstance(data, list):
        entries = []
        for number, entry in enumerate(data):
            if not isinstance(entry, Mapping) or "name" not in entry:
                raise PlannerError(f"{form}; entry {number + 1} has no name")
            values = {key: value for key, value in entry.items() if key != "name"}
            entries.append((str(entry["name"]), values, f"{number}.name"))
    else:
        raise PlannerError(form)
    for name, values, where in entries:
        if values is not None and not isinstance(values, Mapping):
            raise PlannerError(f"{form}; '{name}' has {values!r} instead of values")
        place = f"line {file.lines[where]}" if where in file.lines else f"point '{name}'"
        yield Row(place, name, tuple(_yaml_cell(str(key), value) for key, value in (values or {}).items()))


def _yaml_cell(key: str, value: Any) -> Cell:
    return Cell(key, str(value), _hydra(value))


def _hydra(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_hydra(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_hydra, value)) + "]"
    text = str(value)
    return text if PLAIN.fullmatch(text) and not _looks_like_number(text) else _quoted(text)


def _looks_like_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return text.lower() in ("true", "false", "null")
    return True


def _overrides(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(f"{cell.key}={cell.value}" for cell in cells)


def _bare(key: str) -> str:
    return key.lstrip("+~").replace("/", ".")


def _shown(row: Row, key: str, configuration: Any) -> str:
    """Return what a column shows of a point: what its cell says, or what is configured without it."""
    for cell in row.cells:
        if cell.key == key:
            return cell.value.strip("'")
    bare = _bare(key)
    if bare in configuration.choices:
        return str(configuration.choices[bare])
    value: Any = configuration.composed
    for part in bare.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)


def _explained(
    composer: ComposerLike, path: Path, row: Row, overrides: Sequence[str], error: PlannerError
) -> Iterator[Problem]:
    """Yield what is wrong with a row, cell by cell where single cells are to blame.

    Only a row that is wrong is looked at so closely: every cell is tried alone, with the scenario of its row.
    """
    groups = [cell for cell in row.cells if "." not in _bare(cell.key)]
    sound = [cell for cell in groups if not _fails(composer, [*overrides, *_overrides([cell])])]
    guilty = False
    for cell in row.cells:
        around = [other for other in sound if other is not cell]
        try:
            composer.configuration([*overrides, *_overrides([*around, cell])])
        except PlannerError as alone:
            guilty = True
            yield Problem(f"{path}, {row.place}, column {cell.key}", f"'{cell.text}': {_expected(alone)}")
    if not guilty:
        yield Problem(f"{path}, {row.place}", f"'{row.name}' as a whole: {_expected(error)}")


def _fails(composer: ComposerLike, overrides: Sequence[str]) -> bool:
    try:
        composer.configuration(overrides)
    except PlannerError:
        return True
    return False


def _expected(error: PlannerError) -> str:
    if not error.problems:
        return error.headline
    return "; ".join(f"{p.path}: {p.message}" if p.path else p.message for p in error.problems[:3])
