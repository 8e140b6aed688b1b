"""Text is broken to fit its room."""

import pytest

from sim.report.sheet import text_height, text_width, wrapped

pytestmark = pytest.mark.unit


def test_every_line_fits_the_width() -> None:
    text = wrapped("Fælles overgangsteam for unge på 16-25 år i hele kommunen", 1.5, 10)
    assert text.count("\n") >= 2
    assert all(text_width(line, 10) <= 1.5 for line in text.split("\n"))
    assert text.replace("\n", " ") == "Fælles overgangsteam for unge på 16-25 år i hele kommunen"


def test_a_short_text_stays_as_it_is() -> None:
    assert wrapped("Udgangspunkt", 3, 10) == "Udgangspunkt"


def test_what_does_not_fit_is_marked() -> None:
    text = wrapped("Fælles overgangsteam for unge på 16-25 år i hele kommunen", 1.5, 10, lines=2)
    assert text.count("\n") == 1
    assert text.endswith("…")
    assert all(text_width(line, 10) <= 1.5 for line in text.split("\n"))


def test_a_word_that_is_too_long_is_cut() -> None:
    text = wrapped("Speciallægekonsulentbistandsordningen", 1.0, 10)
    assert text.endswith("…")
    assert text_width(text, 10) <= 1.0


def test_bold_type_is_wider_and_more_lines_are_higher() -> None:
    assert text_width("Udgangspunkt", 10, bold=True) > text_width("Udgangspunkt", 10)
    assert text_height("a\nb", 10) == pytest.approx(2 * text_height("a", 10))
