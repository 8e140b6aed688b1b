"""Every question about the engine's speed can be asked, and its table has a place on the page; no time is looked at."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.functional

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "speed.md"


@pytest.fixture(scope="module")
def engine() -> Iterator[ModuleType]:
    """Give benchmarks/engine.py as it is when it is started, with its own folder in front."""
    path = list(sys.path)
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield importlib.import_module("engine")
    sys.path[:] = path


# What each table must have a row for, whatever the figures are.
ROWS = {
    "queue": ("sagsflow", "plain SimPy, `Resource`", "Ciw", "bare heap", "Erlang's formula"),
    "priorities": ("200", "sagsflow, pooled", "sagsflow, named"),
    "odense": ("Odense, one replication", "bare SimPy loop of timeouts", "sim/model/environment.py"),
    "growth": ("0.05 times Odense", "0.1 times Odense", "memory per case, 0.1 times against 0.05"),
    "sweep": ("composing (Hydra) and checking", "simulating", "picture: forest", "page", "workbook", "all of it"),
    "startup": ("`sagsflow --help`", "`sagsflow scenarios`", "`python -c pass`"),
}


@pytest.mark.parametrize("question", ROWS)
def test_a_question_is_answered_with_its_tables(
    engine: ModuleType, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = PAGE.read_bytes()
    assert engine.main([question, "--quick"]) == 0
    answer = capsys.readouterr().out
    first_cells = re.findall(r"^\| (.+?) +\|", answer, re.MULTILINE)
    assert set(ROWS[question]) <= set(first_cells)
    assert "nan" not in answer
    assert PAGE.read_bytes() == before, "what is asked is not written unless that is asked for"


def test_every_question_has_a_place_on_the_page_and_a_command(engine: ModuleType) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert set(engine.QUESTIONS) == set(ROWS)
    for question in engine.QUESTIONS:
        inside = re.search(rf"<!-- {question}:begin -->\n(.+?)<!-- {question}:end -->", page, re.DOTALL)
        assert inside, f"docs/speed.md has no table between the markers of {question}"
        assert "*Measured on " in inside[1]
        assert f"benchmarks/engine.py {question}`" in page


def test_tiny_sizes_are_not_written_to_the_page(engine: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        engine.main(["odense", "--quick", "--write"])
    assert "worth writing down" in capsys.readouterr().err


def test_a_ratio_is_the_median_of_the_rounds(engine: ModuleType) -> None:
    """Rounds of 2/1, 9/3 and 4/4: 2, 3 and 1. The ratio of the medians would be 4/3."""
    measuring = importlib.import_module("speed.measuring")
    ratio = measuring.Ratio.of([2.0, 9.0, 4.0], [1.0, 3.0, 4.0])
    assert ratio.median == 2
    assert ratio.against(at_least=1.2) == ["**2.00** (1.00–3.00)", "≥ 1.2", "reached"]
    assert ratio.against(at_most=1.3)[1:] == ["≤ 1.3", "missed"]


def test_the_sides_take_turns(engine: ModuleType) -> None:
    measuring = importlib.import_module("speed.measuring")
    turns: list[tuple[str, int]] = []
    sides = {name: lambda number, name=name: turns.append((name, number)) for name in ("ours", "theirs")}
    measuring.in_turns(sides, 2, lambda _, seconds, result: seconds)
    assert turns == [("ours", 0), ("theirs", 0), ("ours", 1), ("theirs", 1)]
