"""What the terminal shows after a sweep."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal

import pytest
from rich.console import Console
from synthetic_results import CURATED, Case, Effects, build_results, many

from sim.report.numbers import Language
from sim.report.summary import print_summary

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_results(tmp_path_factory.mktemp("six"))


def printed(folder: Path, language: Language = "da", width: int = 100, *, terminal: bool = False) -> str:
    file = io.StringIO()
    colours: Literal["standard", "auto"] = "standard" if terminal else "auto"
    print_summary(folder, Console(file=file, width=width, force_terminal=terminal, color_system=colours), language)
    return file.getvalue()


def row_of(text: str, name: str) -> str:
    """Return the row of a scenario and the line below it, where the verdicts stand."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(name))
    return "\n".join(lines[start : start + 2])


def test_every_scenario_has_a_row_and_the_reference_is_marked(six: Path) -> None:
    text = printed(six)
    for name in ("Udgangspunkt", "Fælles overgangsteam", "Fælles budgetramme", "Tidlig planlægning", "Ugentlige"):
        assert row_of(text, name)
    assert "(reference)" in row_of(text, "Udgangspunkt")
    assert text.count("(reference)") == 1


def test_a_clear_difference_is_told_in_words_with_an_arrow(six: Path) -> None:
    row = row_of(printed(six), "Kun færre medarbejdere")
    assert row.count("↑ dårligere") == 2  # both waits
    assert row.count("↓ dårligere") == 1  # deadline
    assert row.count("↓ bedre") == 1  # cost


def test_nothing_is_said_of_a_difference_that_is_not_clear(tmp_path: Path) -> None:
    """The second scenario differs by little in the wait and by nothing in the other figures."""
    cases = (CURATED[0], Case("same", "Næsten ens", "Almost the same", Effects(wait=0.2)))
    text = printed(build_results(tmp_path, cases, replications=5))
    assert "bedre" not in text.split("»bedre«")[0]
    assert "dårligere" not in text.split("»bedre«")[0]


def test_figures_have_their_half_width(six: Path) -> None:
    text = printed(six)
    assert "143,1 ± 4,0" in text
    assert "1.255,9 ± 13,2" in text
    assert "54 ± 2" in text
    assert "143.1 ± 4.0" in printed(six, "en")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("width", [200, 100, 99, 90, 80, 60, 40])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(six: Path, width: int, language: Language) -> None:
    text = printed(six, language, width)
    lines = [line.rstrip() for line in text.split("\n")]
    assert max(len(line) for line in lines if str(six) not in line) <= min(width, 100)
    assert "…" not in text
    cost = "1.255,9" if language == "da" else "1,255.9"
    assert cost in text


def test_long_names_and_many_scenarios_stay_within_the_width(tmp_path: Path) -> None:
    folder = build_results(tmp_path, many(25), replications=3, series=False)
    text = printed(folder)
    assert "nummer" in text
    assert max(len(line.rstrip()) for line in text.split("\n") if str(folder) not in line) <= 100


def test_colours_only_in_a_terminal(six: Path) -> None:
    assert "\x1b[" not in printed(six)
    assert "\x1b[" in printed(six, terminal=True)


def test_it_says_what_the_intervals_are_and_where_the_files_are(six: Path) -> None:
    text = printed(six)
    assert "95\u00a0%-konfidensinterval for gennemsnittet af 10 gentagelser" in text
    assert str(six) in text


def test_one_replication_has_no_intervals_and_no_verdicts(tmp_path: Path) -> None:
    text = printed(build_results(tmp_path, replications=1))
    assert "±" not in text
    assert "bedre" not in text
    assert "Kun én gentagelse" in text


def test_what_cannot_be_measured_is_a_dash_with_an_explanation(tmp_path: Path) -> None:
    text = printed(build_results(tmp_path, CURATED[:2], replications=3, transitions=False, prices=False))
    assert row_of(text, "Udgangspunkt").count("–") == 2
    assert "–: intet at måle" in text


def test_small_budgets_are_not_shown_in_millions(tmp_path: Path) -> None:
    text = printed(build_results(tmp_path, CURATED[:2], replications=3, scale=1 / 2000))
    assert "(1.000 kr./år)" in text
    assert "632 ± 20" in row_of(text, "Udgangspunkt")


def test_an_old_terminal_gets_plain_characters(six: Path) -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="cp1252")
    print_summary(six, Console(file=file, width=100), "da")
    file.flush()
    text = raw.getvalue().decode("cp1252")
    assert "dårligere" in text
    assert "↑" not in text


def test_a_failed_replication_is_reported(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:2], replications=2, failures=3)
    assert "3 gentagelser mislykkedes" in printed(folder)
