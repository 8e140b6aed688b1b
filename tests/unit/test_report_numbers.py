"""Numbers as a Danish municipality writes them, and in English."""

import math

import pytest

from sim.report.numbers import Numbers

pytestmark = pytest.mark.unit

DANISH, ENGLISH = Numbers("da"), Numbers("en")


def test_danish_numbers_have_a_point_for_thousands_and_a_comma_for_decimals() -> None:
    assert DANISH.decimal(1234.54) == "1.234,5"
    assert ENGLISH.decimal(1234.54) == "1,234.5"


def test_digits_are_kept_even_if_they_are_noughts() -> None:
    assert DANISH.decimal(12.0, 1) == "12,0"
    assert DANISH.decimal(1234.0, 0) == "1.234"


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_missing_figure_is_a_dash_and_never_a_nought(value: float) -> None:
    for text in (DANISH.decimal(value), DANISH.signed(value), DANISH.share(value), DANISH.money(value)):
        assert text == "–"


def test_negative_numbers_have_a_real_minus_sign() -> None:
    assert DANISH.decimal(-3.25, 2) == "−3,25"
    assert DANISH.signed(-3.25, 2) == "−3,25"


def test_the_sign_is_written_but_not_for_what_rounds_to_nought() -> None:
    assert DANISH.signed(2.0) == "+2,0"
    assert DANISH.signed(0.04) == "0,0"
    assert DANISH.signed(-0.04) == "0,0"


def test_a_share_has_a_space_before_the_sign_in_danish_only() -> None:
    assert DANISH.share(0.524) == "52\u00a0%"
    assert ENGLISH.share(0.524) == "52%"
    assert DANISH.share(0.5249, 1) == "52,5\u00a0%"


def test_money_is_in_millions_from_a_million_on() -> None:
    assert DANISH.money(1_255_900_000).replace("\u00a0", " ") == "1.255,9 mio. kr."
    assert ENGLISH.money(1_255_900_000).replace("\u00a0", " ") == "DKK 1,255.9 million"
    assert DANISH.money(68_668).replace("\u00a0", " ") == "69.000 kr."
    assert DANISH.money(1000).replace("\u00a0", " ") == "1.000 kr."
    assert ENGLISH.money(-1000).replace("\u00a0", " ") == "DKK −1,000"
