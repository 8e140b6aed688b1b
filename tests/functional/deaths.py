"""Ways to die in the middle of writing: a process that is killed, and a disk that takes nothing any more.

:class:`Disk` stands between the tool and the disk. Before everything that changes a file it may take a copy of the
folder, which is what a ``kill -9`` at that moment leaves; what is about to be written is half-written in the copy. That
shows every moment there is, in one process. Or it is full from a chosen moment on.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from listeners import Listener

from sim.experiment.sweep import Order, run_sweep

HALF = b"PAR1 half of it"
CHANGES = frozenset({"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Disk:
    """What can be written to below a folder, until it is full.

    Args:
        folder: What is looked after.
        full_from: The change from which on there is no space left; deleting and renaming go on.
        copies: Where to keep the folder as it is before each change, numbered.
    """

    def __init__(self, folder: Path, full_from: int | None = None, copies: Path | None = None) -> None:
        self._folder = folder
        self._full_from = full_from
        self._copies = copies
        self._within = False
        self.changes = 0

    def change(self, path: Any, *, writes: bool, file: bool = True) -> None:
        """Count a change, or refuse it."""
        if self._within:
            return
        target = Path(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else Path()
        if target.is_absolute() and not target.is_relative_to(self._folder):
            return
        self.changes += 1
        if self._copies is not None:
            self._within = True
            self._copy(target if writes and file else None)
            self._within = False
        if self._full_from is not None and writes and self.changes >= self._full_from:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    def _copy(self, written: Path | None) -> None:
        assert self._copies is not None
        copy = self._copies / f"{self.changes:04d}"
        if self._folder.is_dir():
            shutil.copytree(self._folder, copy)
        if written is not None and written.is_absolute():
            half = copy / written.relative_to(self._folder)
            if half.parent.is_dir() and not half.exists():
                half.write_bytes(HALF)


_disk: Disk | None = None
_listening = False


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _disk is None:
        return
    if event == "open":
        path, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (mode is None and flags & WRITING):
            _disk.change(path, writes=True)
    elif event in CHANGES:
        _disk.change(arguments[0], writes=event == "os.mkdir", file=False)


class _Writer(pq.ParquetWriter):
    def __init__(self, where: Any, *arguments: Any, **options: Any) -> None:
        _written(where)
        super().__init__(where, *arguments, **options)
        self._path = where

    def write_table(self, *arguments: Any, **options: Any) -> None:
        _written(self._path)
        super().write_table(*arguments, **options)


def _write_table(table: Any, where: Any, **options: Any) -> None:
    _written(where)
    _real_write_table(table, where, **options)


_real_write_table = pq.write_table


def _written(path: Any) -> None:
    if _disk is not None:
        _disk.change(path, writes=True)


@contextmanager
def on(disk: Disk) -> Iterator[Disk]:
    """Let a disk stand between."""
    global _disk, _listening
    if not _listening:  # An audit hook cannot be taken away again, only told to do nothing.
        sys.addaudithook(_heard)
        _listening = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pq, "write_table", _write_table)
        patch.setattr(pq, "ParquetWriter", _Writer)
        _disk = disk
        try:
            yield disk
        finally:
            _disk = None


def victim(order: Order, ready: Any) -> None:
    """Run a sweep in a process that is going to be killed."""
    ready.send_bytes(b"ready")
    run_sweep(order, Listener())
    ready.send_bytes(b"done")
