"""What every stored file must be: its checksum stands in a list beside it, and is compared before it is read.

A disk that loses a block, a copy that broke off, a spreadsheet that saved over a table: the file can still be read, and
what it says is wrong. The lists have the format of ``sha256sum``, so ``sha256sum -c checksums.sha256`` checks a folder
without this tool.

A file that is replaced is listed with both its checksums meanwhile, first what it is and then what it becomes, so a
crash at any moment leaves a list that is right. :data:`ABSENT` stands for a file that is not there yet.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from sim.experiment.files import TEMPORARY, write_text
from sim.scenario.errors import PlannerError

CHECKSUMS = "checksums.sha256"
"""Name of the list in a folder. Results of versions that kept no list have none, and nothing to be compared with."""

ABSENT = "0" * 64

Listed = dict[str, tuple[str, ...]]
"""What each file of a folder may be."""

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(folder: Path, without: Iterable[str] = ()) -> None:
    """List everything in a folder and below as it is now, but for some names directly in it."""
    left_out = {CHECKSUMS, *without}
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    listed: Listed = {
        name: (checksum(folder / name),)
        for name in names
        if name.partition("/")[0] not in left_out and not name.startswith(TEMPORARY)
    }
    _write(folder, listed)


class Account:
    """The list of a folder while files in it are replaced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._listed = _read(folder) or {}
        except ValueError:
            self._listed = {}  # Whoever reads what is listed refuses it; whoever writes everything anew need not.

    def expect(self, name: str, becoming: Path) -> None:
        """Take down what a file is going to be; to be called right before it is put in its place."""
        present = self._listed.get(name, (ABSENT,))
        new = checksum(becoming)
        # What is there is one of those that are listed; after a crash nobody knows which.
        self._listed[name] = (*(old for old in present if old != new), new)
        _write(self._folder, self._listed)

    def settle(self, also: Iterable[str] = ()) -> None:
        """Take down that everything has been put in its place; ``also`` names files that were there before."""
        settled: Listed = {name: (sums[-1],) for name, sums in self._listed.items()}
        settled |= {name: (checksum(self._folder / name),) for name in also if (self._folder / name).is_file()}
        if settled != _read(self._folder):
            _write(self._folder, settled)
        self._listed = settled


def damage(folder: Path) -> list[str]:
    """Return what is wrong with the files of a folder, one line each; empty if all are as they were written."""
    try:
        listed = _read(folder)
    except ValueError:
        return [f"{CHECKSUMS} is damaged"]
    if listed is None:
        return []
    found = ((name, _wrong(folder / name, sums)) for name, sums in listed.items())
    return [f"{name} {wrong}" for name, wrong in found if wrong]


def sound(path: Path, list_in: Path | None = None) -> Path:
    """Return the path of a stored file if the file is as it was written.

    Args:
        path: A file of results.
        list_in: The folder whose list it stands in; None: the one that it lies in.

    Raises:
        PlannerError: It is not; the message says what to do.
    """
    folder = list_in or path.parent
    try:
        listed = _read(folder)
    except ValueError:
        raise PlannerError(damaged([(folder, [f"{CHECKSUMS} is damaged"])])) from None
    if listed is None:
        return path
    name = path.relative_to(folder).as_posix()
    wrong = _wrong(path, listed[name]) if name in listed else f"is not in {CHECKSUMS}"
    if wrong:
        raise PlannerError(damaged([(folder, [f"{name} {wrong}"])]))
    return path


def damaged(found: Iterable[tuple[Path, list[str]]]) -> str:
    """Return what to say of damaged files: which they are, and what brings them back.

    Args:
        found: Folders of one folder of results (points, or the whole), with what is wrong in each.
    """
    lines, points, root = [], [], None
    for folder, wrong in found:
        lines += [f"  {folder / line}" for line in wrong]
        place = next((above for above in (folder, *folder.parents) if above.parent.name == "points"), None)
        if place is not None:
            points.append(folder)
            root = place.parent.parent
        else:
            root = folder
    assert root is not None
    told = "what is stored has been damaged, or changed by hand, since it was written:\n" + "\n".join(lines) + "\n"
    command, made_from_others = _how_it_was_made(root)
    if made_from_others:
        return f"{told}Delete the folder {root}, and make it again with\n  {command}"
    if points:
        which = ", ".join(str(point) for point in points)
        return (
            f"{told}Delete {'the folders' if len(points) > 1 else 'the folder'} {which} (or put a sound copy there); "
            f"then this computes again what is missing, and nothing else:\n  {command}"
        )
    return f"{told}It is put together again from the points' own files, without simulating, by\n  {command}"


def _wrong(path: Path, sums: tuple[str, ...]) -> str:
    if not path.is_file():
        return "" if ABSENT in sums else "is missing"
    return "" if checksum(path) in sums else "is not what was written"


def _read(folder: Path) -> Listed | None:
    """Return the checksums of every file that is listed; None if the folder has no list.

    Raises:
        ValueError: The list is damaged.
    """
    try:
        text = (folder / CHECKSUMS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    if not text.endswith("\n"):
        raise ValueError(text[-80:])
    listed: Listed = {}
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(line)
        listed[found[2]] = (*listed.get(found[2], ()), found[1])
    return listed


def _write(folder: Path, listed: Listed) -> None:
    lines = (f"{one}  {name}\n" for name, sums in sorted(listed.items()) for one in sums)
    write_text(folder / CHECKSUMS, "".join(lines))


def _how_it_was_made(root: Path) -> tuple[str, bool]:
    """Return the command that made a folder of results, and whether it was made from other folders."""
    try:
        manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
        return str(manifest["command"]), bool(manifest.get("sources"))
    except (OSError, ValueError, KeyError):
        return "the same command as before", False
