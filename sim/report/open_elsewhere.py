"""A file that people look at while it is written again: Excel, or a browser's viewer, does not let go of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.scenario.errors import PlannerError


@contextmanager
def perhaps_open_elsewhere(target: Path, folder: Path) -> Iterator[None]:
    """Write a file that may be held by who looks at it.

    Args:
        target: The file.
        folder: The folder of results that it belongs to.

    Raises:
        PlannerError: It is; the message says what to do.
    """
    try:
        yield
    except PermissionError:
        raise PlannerError(
            f"{target} cannot be replaced, so it does not show these results: close it where it is open, then "
            f"write it again with: sagsflow report {folder}"
        ) from None
