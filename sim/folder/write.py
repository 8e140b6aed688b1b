"""All files of a planner's folder, and how they get there: new ones only, all of them or none."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sim.folder.answers import Answers, Language
from sim.folder.evidence_file import evidence_text
from sim.folder.municipality_file import SCHEMA_FOLDER, municipality_text
from sim.folder.names import file_name
from sim.folder.other_files import ADOPTED, adopted_scenario, costs_text, first_scenario, table_text
from sim.folder.readme import readme_text
from sim.folder.sizes import Size, sizes
from sim.folder.texts import WRITTEN
from sim.scenario.errors import PlannerError, Problem
from sim.scenario.inputs.columns import CASELOAD_COLUMNS, STAFF_COLUMNS
from sim.scenario.layers import short
from sim.scenario.schema import as_text, schemas
from sim.scenario.shipped import configs_folder

GROUPS = ("municipality", "evidence", "costs")
COMPARED = "early_planning"
"""The scenario of Odense that a plain sweep compares beside the municipality's own."""


@dataclass(frozen=True)
class Folder:
    """What is written."""

    name: str
    """The municipality's name in commands and files."""
    sizes: tuple[Size, ...]
    files: Mapping[PurePosixPath, str]
    """Texts by their place in the folder."""


def compiled(folder: Path, answers: Answers, language: Language, today: dt.date) -> Folder:
    """Return everything that is to be written, without writing it."""
    taken = {file.stem for group in GROUPS for file in (configs_folder() / group).glob("*.yaml")}
    name = file_name(answers.label, taken)
    found = sizes(answers)
    first, first_text = first_scenario(name, answers, found, language, today.year)
    words = WRITTEN[language]
    compared = ["baseline", first, COMPARED]
    files = {
        words["readme"]: readme_text(folder, name, answers, first, ADOPTED, language),
        f"configs/municipality/{name}.yaml": municipality_text(name, answers, found, compared, language, today),
        f"configs/evidence/{name}.yaml": evidence_text(name, answers, found, language, today),
        f"configs/costs/{name}.yaml": costs_text(answers, language),
        f"scenarios/{first}.yaml": first_text,
        **{f"scenarios/{scenario}.yaml": adopted_scenario(scenario, name, language) for scenario in ADOPTED},
        f"input/{words['caseload']}": table_text(CASELOAD_COLUMNS, language),
        f"input/{words['staff']}": table_text(STAFF_COLUMNS, language),
        **{f"{SCHEMA_FOLDER}/{schema}.json": as_text(text) for schema, text in schemas().items()},
    }
    return Folder(name, tuple(found), {PurePosixPath(place): text for place, text in files.items()})


def refuse_existing(folder: Path, files: Mapping[PurePosixPath, str]) -> None:
    """Refuse to write where something is already.

    Raises:
        PlannerError: A file is there already, or the folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise PlannerError(f"{short(folder)} is a file, not a folder; name another one")
    there = [folder / place for place in files if (folder / place).exists()]
    if there:
        raise PlannerError(
            f"{short(folder)} holds {len(there)} of the files already, and nothing is overwritten; "
            "name a new folder, or move them away:",
            [Problem("", short(path)) for path in there],
        )


def write(folder: Path, files: Mapping[PurePosixPath, str]) -> list[Path]:
    """Write the files, and return all files and folders that were made; if one cannot be written, take those away.

    Raises:
        PlannerError: One is there already, or cannot be written.
    """
    refuse_existing(folder, files)
    made: list[Path] = []
    try:
        for place, text in files.items():
            path = folder / place
            for parent in [*reversed(path.parent.parents), path.parent]:
                if not parent.exists():
                    parent.mkdir()
                    made.append(parent)
            # A byte-order mark tells Excel that a table is UTF-8.
            encoding = "utf-8-sig" if path.suffix == ".csv" else "utf-8"
            with path.open("x", encoding=encoding, newline="") as file:
                made.append(path)
                file.write(text)
    except OSError as error:
        remove(made)
        raise PlannerError(
            f"{short(folder)} cannot be written: {error.strerror or error} ({short(Path(error.filename or folder))}); "
            "nothing was left behind. Name a folder in a place of your own"
        ) from None
    return made


def remove(made: list[Path]) -> None:
    """Take away files and folders, the last first, as far as that goes."""
    for path in reversed(made):
        with contextlib.suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
