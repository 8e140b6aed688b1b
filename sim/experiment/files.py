"""Writing files so that a reader never sees half of one.

Everything is written to a temporary name in the same folder and then renamed, which is atomic on every system that
the tool runs on. A leftover from a crash is recognised by :data:`TEMPORARY` and swept away at the next start.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd

TEMPORARY = ".unfinished-"
"""How the name of everything begins that is still being written."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a text as a formula when it comes first."""

_PATIENCE_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8)


def replace(temporary: Path, target: Path) -> None:
    """Rename over the target, with patience: on Windows a virus scanner or a viewer may hold a file for a moment.

    Raises:
        PermissionError: The target is still held after about a second and a half.
    """
    for wait in _PATIENCE_SECONDS:
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    temporary.replace(target)


@contextmanager
def being_written(target: Path) -> Iterator[Path]:
    """Give a temporary path that becomes ``target`` when the block ends well, and vanishes when it does not."""
    # Two machines that share a disk can have processes of the same number.
    temporary = target.with_name(f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(3)}-{target.name}")
    try:
        yield temporary
        replace(temporary, target)
    except BaseException:
        _remove(temporary)
        raise


def discard(folder: Path) -> None:
    """Delete a folder such that nobody sees half of it, even if this is interrupted: its name vanishes first."""
    vanishing = folder.with_name(f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(3)}-{folder.name}")
    replace(folder, vanishing)
    shutil.rmtree(vanishing, ignore_errors=True)


def _remove(path: Path) -> None:
    """Delete something that may not be there any more; what cannot be deleted now is swept away by the next start."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def write_text(target: Path, text: str) -> None:
    """Write a UTF-8 file with plain newlines, atomically."""
    with being_written(target) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def sweep_leftovers(folder: Path) -> None:
    """Delete what an earlier run left unfinished in a folder and below."""
    for leftover in list(folder.rglob(f"{TEMPORARY}*")):
        _remove(leftover)


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_text(frame: pd.DataFrame, *, header: bool) -> str:
    """Return a table as CSV: plain newlines, exact numbers, empty for NaN, no text that reads as a formula."""
    shown = frame.copy()
    for column in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[column]):
            shown[column] = shown[column].map(lambda value: guarded(value) if isinstance(value, str) else value)
    if header:
        shown.columns = [guarded(str(column)) for column in shown.columns]
    return shown.to_csv(index=False, header=header, lineterminator="\n")
