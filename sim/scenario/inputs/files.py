"""The section ``files``: which files of a municipality's own are read, and what is written about them.

A configuration is composed first; then the files are read, and what they say takes its place in it: the cases that
are open on day 0, the change of the arrivals with the population, the caseworkers of the teams. In memory the
configuration holds all of it. Whatever is written holds a file's name and its checksum, and ``withheld`` in the place
of the cases: with the file at hand the same can be done again, and without it nobody can be recognised.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from sim.scenario.base import Strict
from sim.scenario.errors import PlannerError, Problem, did_you_mean
from sim.scenario.inputs.caseload import case_of
from sim.scenario.inputs.columns import CASELOAD_COLUMNS, STAFF_COLUMNS
from sim.scenario.inputs.placing import MATTERS, STOCKS, Placing
from sim.scenario.inputs.projection import projected, read_projection
from sim.scenario.inputs.staff_list import staffed
from sim.scenario.inputs.table import refuse, rows_of
from sim.scenario.layers import Layer
from sim.scenario.population import Withheld
from sim.scenario.sources import SCENARIO_GROUP
from sim.scenario.time import Horizon

FILES = "files"
WITHHELD: Withheld = "withheld"


class ReadFile(Strict):
    """A file that was read."""

    name: str
    """Its name, without its folder."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Checksum of its content: another file, or the same one changed, has another."""


class Files(Strict):
    """Files of the municipality's own. Paths are as seen from the file that names them, or from the working folder."""

    caseload: str | ReadFile | None = None
    """The cases that are open on day 0, one row each (CSV or .xlsx). None: they are drawn."""
    population: str | ReadFile | None = None
    """The population by age and year, as Statistics Denmark exports it. None: as many come every year."""
    area: str | None = None
    """Whose population it is, as the file calls it. None: the only one, or the one named like the municipality."""
    staff: str | ReadFile | None = None
    """The positions of the teams, one row each (CSV or .xlsx). None: as the configuration says."""


class Reading:
    """Reads the files of one configuration.

    Args:
        composed: The configuration as plain data.
        layers: The files that it was composed from.
        overrides: The keys of the single values given on the command line.
        folders: A planner's own folders, in which files are looked for too.
    """

    def __init__(
        self,
        composed: Mapping[str, Any],
        layers: Sequence[Layer],
        overrides: Sequence[str],
        folders: Sequence[Path] = (),
    ) -> None:
        self._composed = dict(composed)
        self._layers = layers
        self._overrides = [key.lstrip("+~").replace("/", ".") for key in overrides]
        self._folders = folders
        self._problems: list[Problem] = []
        self._headlines: list[str] = []

    def result(self) -> dict[str, Any]:
        """Return the configuration with what the files say.

        Raises:
            PlannerError: A file is not there, or something in it is wrong; everything is said at once.
        """
        named = self._composed.get(FILES)
        start = _start(self._composed)
        if not isinstance(named, Mapping) or start is None:
            return self._composed
        read: dict[str, Any] = {}
        steps: dict[str, Callable[[Path, dt.date], None]] = {
            "staff": self._staff,
            "population": self._population,
            "caseload": self._caseload,
        }
        for key, step in steps.items():
            text = named.get(key)
            if not isinstance(text, str):
                continue
            try:
                path = self._found(key, text)
                step(path, start)
                read[key] = {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            except PlannerError as error:
                self._headlines.append(error.headline)
                self._problems += error.problems or [Problem("", error.headline)]
        if self._headlines:
            raise PlannerError(self._headline(), self._problems if self._has_rows() else ())
        if read:
            self._composed[FILES] = {**named, **read}
        return self._composed

    def _has_rows(self) -> bool:
        return len(self._headlines) > 1 or bool(self._problems[0].path)

    def _headline(self) -> str:
        if len(self._headlines) == 1:
            return self._headlines[0]
        return f"files of your own cannot be used ({len(self._problems)} problems):"

    # -- the kinds of file --------------------------------------------------------------------------------------

    def _caseload(self, path: Path, start: dt.date) -> None:
        rows = rows_of(path, CASELOAD_COLUMNS)
        placing = Placing(self._composed, start)
        for row in rows:
            case = case_of(row, start, self._composed)
            if case is not None:
                placing.add(case)
        refuse(path, rows)
        if not rows:
            raise PlannerError(f"{path} has headings, but not one case")
        sections = placing.sections()
        for section in (STOCKS, MATTERS):
            for name, group in sections.get(section, {}).items():
                if isinstance(group, Mapping) and "cases" in group:
                    self._not_both("caseload", [f"{section}.{name}.{key}" for key in ("count", "ages", "profiles")])
        self._composed.update(sections)

    def _population(self, path: Path, start: dt.date) -> None:
        settings = self._composed[FILES]
        label = (self._composed.get("municipality") or {}).get("label")
        names = [str(text) for text in label.values()] if isinstance(label, Mapping) else []
        projection = read_projection(path, settings.get("area"), names)
        self._composed.update(projected(self._composed, projection, start, _end(self._composed, start)))

    def _staff(self, path: Path, start: dt.date) -> None:
        rows = rows_of(path, STAFF_COLUMNS)
        result = staffed(rows, self._composed, start, _end(self._composed, start), path.name)
        refuse(path, rows)
        for team in result.teams:
            self._not_both("staff", [f"teams.{team}.caseworkers", f"teams.{team}.part_time"])
        self._composed.update(result.sections)

    def _not_both(self, key: str, paths: Sequence[str]) -> None:
        """Refuse a value that is said both by a file and by a scenario or on the command line."""
        for path in paths:
            given = next((f"given as {said}=..." for said in self._overrides if _overlaps(said, path)), None)
            for layer in self._layers:
                if given is None and layer.name.startswith(f"{SCENARIO_GROUP}/") and _says(layer.data, path):
                    given = f"said by {layer.name}"
            if given is not None:
                change = (
                    f"; use a change instead, such as {path.rsplit('.', 1)[0]}.changes.NAME" if key == "staff" else ""
                )
                raise PlannerError(
                    f"{path} is {given}, but files.{key} says it too: leave it to one of them (files.{key}=null goes "
                    f"without the file){change}"
                )

    # -- finding them -------------------------------------------------------------------------------------------

    def _found(self, key: str, text: str) -> Path:
        """Return the file, as seen from the file that names it, from a planner's own folder, or from here."""
        given = Path(text).expanduser()
        if given.is_absolute():
            candidates = [given]
        else:
            places = [Path.cwd()]
            if f"{FILES}.{key}" not in self._overrides:
                by = [layer.file.parent for layer in self._layers if layer.file and _says(layer.data, f"{FILES}.{key}")]
                places = [*by[-1:], *self._folders, *places]
            candidates = list(dict.fromkeys(place / given for place in places))
        for candidate in candidates:
            if candidate.is_file():
                return candidate
        folder = candidates[0].parent
        near = did_you_mean(given.name, [entry.name for entry in folder.iterdir()]) if folder.is_dir() else ""
        looked = ", ".join(dict.fromkeys(str(candidate.parent) for candidate in candidates))
        raise PlannerError(f"files.{key}: there is no file '{text}'{near} (looked in: {looked})")


def unread(files: Files) -> Iterator[Problem]:
    """Yield the files that are named, and were not read: nothing may go on as if they were not there."""
    for key in ("caseload", "population", "staff"):
        if isinstance(getattr(files, key), str):
            yield Problem(f"{FILES}.{key}", "was not read: files are read where a configuration is composed, not here")


def withheld(composed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a configuration as it may be written: without the cases of a file."""
    result = dict(composed)
    for section in (STOCKS, MATTERS):
        groups = result.get(section)
        if isinstance(groups, Mapping):
            result[section] = {
                name: {**group, "cases": WITHHELD} if isinstance(group, Mapping) and "cases" in group else group
                for name, group in groups.items()
            }
    return result


def _start(composed: Mapping[str, Any]) -> dt.date | None:
    horizon = composed.get("horizon")
    try:
        return dt.date.fromisoformat(str(horizon["start"])) if isinstance(horizon, Mapping) else None
    except (KeyError, ValueError):
        return None  # The check of the configuration says what is wrong.


def _end(composed: Mapping[str, Any], start: dt.date) -> dt.date:
    """Return the day after the last that is simulated."""
    years = {key: composed["horizon"].get(key) for key in ("run_in_years", "years")}
    try:
        return start + dt.timedelta(days=Horizon.model_validate({"start": start, **years}).days)
    except (ValidationError, ValueError, OverflowError):
        return start + dt.timedelta(days=366)  # The check of the configuration says what is wrong.


def _overlaps(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _says(data: Any, path: str) -> bool:
    node = data
    for key in path.split("."):
        if not isinstance(node, Mapping) or key not in node:
            return False
        node = node[key]
    return True
