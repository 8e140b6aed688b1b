"""The table of face validity in docs/model.md: what agrees, what differs and why, and what is refused."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
import yaml

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def docs() -> Iterator[None]:
    """Let the scripts of the folder docs be imported, which are in no package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "docs")
        yield


@pytest.fixture(scope="module")
def page(docs: None) -> ModuleType:
    return importlib.import_module("face_validity")


@pytest.fixture(scope="module")
def pages(docs: None) -> ModuleType:
    return importlib.import_module("pages")


def comparison(kpi: str = "volume.placed", mean: float = 520, low: float = 505, high: float = 535) -> pd.DataFrame:
    return pd.DataFrame([{"kpi": kpi, "group": "all", "mean": mean, "ci_low": low, "ci_high": high}])


def target(**settings: Any) -> dict[str, Any]:
    return {
        "kpi": "volume.placed",
        "group": "all",
        "name": "Placed",
        "published": 510,
        "source": ["F27", "D"],
        "comment": "It drifts.",
        **settings,
    }


def test_a_value_inside_the_interval_agrees(page: ModuleType) -> None:
    table = page.validity_table(comparison(), [target()], 10)
    assert "| Placed (`volume.placed`, all) | 510 | F27, D | 520 | 505 to 535 | +2.0 % | agrees |" in table
    assert "It drifts." not in table


def test_a_value_outside_the_interval_refers_to_its_reason(page: ModuleType) -> None:
    table = page.validity_table(comparison(low=515), [target()], 10)
    assert "| +2.0 % | note 1 |" in table
    assert table.endswith("1. **Placed.** It drifts.")


def test_a_published_range_agrees_with_an_interval_that_touches_it(page: ModuleType) -> None:
    share = {"kpi": "mix.foster_share", "published": [0.63, 0.64]}
    touching = page.validity_table(comparison("mix.foster_share", 0.66, 0.64, 0.68), [target(**share)], 10)
    assert "| 63.0 %–64.0 % | F27, D | 66.0 % | 64.0 % to 68.0 % | +2.0 points | agrees |" in touching
    inside = page.validity_table(comparison("mix.foster_share", 0.635, 0.6, 0.67), [target(**share)], 10)
    assert "| inside | agrees |" in inside
    apart = page.validity_table(comparison("mix.foster_share", 0.66, 0.645, 0.68), [target(**share)], 10)
    assert "note 1" in apart


def test_a_deviation_without_a_reason_is_refused(page: ModuleType) -> None:
    page.validity_table(comparison(), [target(comment=" ")], 10)
    with pytest.raises(ValueError, match="no comment says why"):
        page.validity_table(comparison(low=515), [target(comment=" ")], 10)


def test_a_missing_figure_is_refused(page: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"no figure .*volume\.adult"):
        page.validity_table(comparison(), [target(kpi="volume.adult")], 10)


def test_only_what_is_between_the_markers_is_replaced(pages: ModuleType) -> None:
    text = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n"
    assert pages.between(text, "x", "new\n") == "a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb\n"
    with pytest.raises(ValueError, match="unpack"):
        pages.between(text, "y", "new")


def test_a_page_is_written_from_one_folder(
    pages: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "page.md"
    written.write_text("a <!-- x:begin --><!-- x:end --> b", encoding="utf-8")
    assert pages.write(["docs/script.py", "results"], written, lambda folder: {"x": folder.name}) == 0
    assert written.read_text(encoding="utf-8") == "a <!-- x:begin -->\nresults\n<!-- x:end --> b"
    assert pages.write(["docs/script.py"], written, lambda _: {}) == 2
    assert capsys.readouterr().err == "usage: script.py FOLDER\n"


def test_figures_are_shown_as_people_read_them(pages: ModuleType) -> None:
    assert [pages.shown(value, share=False) for value in (1.234, 12.34, 1234.5)] == ["1.23", "12.3", "1,234"]
    assert pages.shown(123.4, share=False, tenths_below=100) == "123"
    assert pages.shown(1.5, share=False, sign=True) == "+1.50"
    assert (pages.shown(0.123, share=True), pages.shown(0.123, share=True, sign=True)) == ("12.3 %", "+12.3 points")


def test_the_page_shows_every_target() -> None:
    shown = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    targets = yaml.safe_load((ROOT / "tests" / "functional" / "face_validity.yaml").read_text(encoding="utf-8"))
    missing = [t["name"] for t in targets["targets"] if f"| {t['name']} (`{t['kpi']}`, {t['group']}) |" not in shown]
    assert missing == []
