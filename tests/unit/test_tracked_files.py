"""What the files of the project must not say."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
# Put together, because this file is one of those that are read.
REGISTRIES = tuple(".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")))


def tracked() -> list[Path]:
    """Return the files of the project as git knows them: what lies beside them is somebody's own."""
    # A checkout that belongs to another user (a container's) is read all the same: nothing is run from it.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def naming(hosts: tuple[str, ...], files: list[Path]) -> list[str]:
    """Return the lines of text that name a host."""
    found = []
    for path in files:
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
            found += [f"{path.name}:{number} {host}" for host in hosts if host in line.lower()]
    return found


def test_none_names_the_host_of_a_registry() -> None:
    """Where packages come from is for whoever installs to say: many must not, or cannot, ask a public registry."""
    files = tracked()
    assert {"pyproject.toml", "readme.py", "README.md", Path(__file__).name} <= {path.name for path in files}
    assert naming(REGISTRIES, files) == []


def test_a_host_is_found_wherever_it_stands_in_text(tmp_path: Path) -> None:
    text, picture = tmp_path / "page.md", tmp_path / "picture.png"
    text.write_text("one\n[tool]: https://Files.Registry.example/tool/\n", encoding="utf-8")
    picture.write_bytes(b"\0 registry.example")
    assert naming(("registry.example",), [text, picture]) == ["page.md:2 registry.example"]
