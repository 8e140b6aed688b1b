"""Pages of JSON that are stored beside results: what ran, what was studied, what a search has found.

Whoever reads one years later, or with another version, must be told what is wrong with it and not what pydantic says.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.experiment.files import write_text
from sim.installed import version
from sim.scenario.errors import PlannerError


class Entry(BaseModel):
    """A page, or a part of one: nothing is changed after it was made, and nothing is in it that is not understood."""

    model_config = ConfigDict(frozen=True, extra="forbid")


PageT = TypeVar("PageT", bound=Entry)


def write_page(path: Path, page: Entry) -> None:
    """Write a page, atomically."""
    write_text(path, page.model_dump_json(indent=2) + "\n")


def read_page(path: Path, model: type[PageT], folder_of: str) -> PageT:
    """Read a page.

    Args:
        path: Where it lies.
        model: What it is.
        folder_of: What the folder would be if it had one, as ``a folder of results``.

    Raises:
        PlannerError: There is none, or it is not one that this version understands, or it cannot be read.
    """
    try:
        return model.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PlannerError(f"{path.parent} is not {folder_of}: it has no {path.name}") from None
    except (ValidationError, UnicodeDecodeError):
        raise PlannerError(
            f"{path} is damaged, or was written by another version of sagsflow than this one ({version()})"
        ) from None
    except OSError as error:
        raise PlannerError(f"{path} cannot be read: {error.strerror or error}") from None
