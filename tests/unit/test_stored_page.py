"""Pages beside the results: what is said when one cannot be read."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim import installed
from sim.experiment.stored_page import Entry, read_page, write_page
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit


class Page(Entry):
    number: int
    names: tuple[str, ...] = ()


def refused(path: Path) -> str:
    with pytest.raises(PlannerError) as refusal:
        read_page(path, Page, "the folder of a book")
    return str(refusal.value)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    page = Page(number=3, names=("Ærø", "Læsø"))
    write_page(tmp_path / "page.json", page)
    assert read_page(tmp_path / "page.json", Page, "the folder of a book") == page
    assert (tmp_path / "page.json").read_bytes().endswith('    "Læsø"\n  ]\n}\n'.encode())


def test_nothing_is_changed_after_it_was_made() -> None:
    with pytest.raises(ValidationError):
        Page(number=3).number = 4  # type: ignore[misc]


def test_a_folder_without_one_is_something_else(tmp_path: Path) -> None:
    assert refused(tmp_path / "page.json") == f"{tmp_path} is not the folder of a book: it has no page.json"


@pytest.mark.parametrize(
    "content",
    [b"", b'{"number": 3', b'{"number": "a"}', b'{"number": 3, "later": true}', b'{"number": 3, "names": ["\xe6"]}'],
)
def test_one_that_is_not_understood_is_damaged_or_of_another_version(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.json"
    path.write_bytes(content)
    said = refused(path)
    assert said == (
        f"{path} is damaged, or was written by another version of sagsflow than this one ({installed.version()})"
    )


def test_one_that_cannot_be_read_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.json"
    write_page(path, Page(number=3))

    def held(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", held)
    assert refused(path) == f"{path} cannot be read: Permission denied"


def test_without_an_installation_the_version_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"\d+(\.\w+)+", installed.version())

    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    assert installed.version() == "unknown"
