"""The documentation hangs together: every page is found, no link leads nowhere, what is generated is current."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)\s]+)\)")
SITE = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]


def _in_navigation(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    for inner in entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ():
        yield from _in_navigation(inner)


def _links(page: Path) -> list[str]:
    return [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]


def test_the_navigation_names_every_page_and_no_other() -> None:
    named = sorted(_in_navigation(SITE["nav"]))
    there = sorted([*(page.name for page in DOCS.glob("*.md")), "decisions/README.md"])
    assert named == there, "add the page to nav in zensical.toml, or take it away there"


def test_the_record_of_decisions_names_every_one() -> None:
    record = DOCS / "decisions" / "README.md"
    named = [target for target in _links(record) if target.endswith(".md")]
    assert sorted(named) == sorted(page.name for page in record.parent.glob("0*.md"))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_to_pages_and_their_headings_lead_somewhere(name: str) -> None:
    for target in _links(ROOT / name):
        path, _, anchor = target.partition("#")
        page = ROOT / (path or name)
        assert page.exists(), f"{name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}, target


def test_pages_of_the_site_do_not_link_to_what_is_not_on_it() -> None:
    for page in DOCS.rglob("*.md"):
        for target in _links(page):
            there = (page.parent / target.partition("#")[0]).resolve()
            assert there.is_relative_to(DOCS), f"{page.name} links to {target}; name the path in `code` instead"
            assert there.exists(), f"{page.name} links to {target}"


def test_the_site_asks_nobody_else_for_fonts() -> None:
    assert SITE["theme"]["font"] is False
    assert not any("```mermaid" in page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md")), (
        "diagrams in mermaid load a script from elsewhere: draw them once, as docs/pictures/overview.svg"
    )


def test_the_reference_of_keys_is_current() -> None:
    code = "import sys, reference; sys.stdout.buffer.write(reference.page().encode())"
    done = subprocess.run([sys.executable, "-c", code], cwd=DOCS, capture_output=True, check=True)
    page = (DOCS / "reference.md").read_text(encoding="utf-8")
    assert page == done.stdout.decode(), "run: uv run python docs/reference.py"
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    assert len(set(headings)) == len(headings), "two headings with one name: links to the second lead to the first"
    for path, key in (("teams.<name>", "caseworkers"), ("tracks.<name>.steps.<name>", "next"), ("horizon", "years")):
        _, _, below = page.partition(f"\n`{path}` – ")
        assert f"| `{key}` |" in below.partition("\n#")[0]
    for target in re.findall(r"\]\(#([^)]+)\)", page):
        assert target in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}, target
