"""Whatever looks like a personal identification number is recognised, and nothing else is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.inputs.cpr import is_cpr_heading, looks_like_cpr

pytestmark = pytest.mark.unit

BIRTHDAYS = st.dates(dt.date(1900, 1, 1), dt.date(2030, 12, 31))
LAST_FOUR = st.integers(0, 9999).map(lambda number: f"{number:04d}")


@given(BIRTHDAYS, LAST_FOUR, st.sampled_from(["", "-", " ", "–", " - ", "\u00a0", "/"]), st.sampled_from(["", "nr. "]))
def test_every_number_is_recognised_as_text(born: dt.date, four: str, parted: str, before: str) -> None:
    assert looks_like_cpr(f"{before}{born:%d%m%y}{parted}{four}")
    assert looks_like_cpr(f"{born:%d-%m-%y}-{four}")
    assert looks_like_cpr(f"{born:%d.%m.%Y} {four}")


@given(BIRTHDAYS, LAST_FOUR)
def test_every_number_is_recognised_as_a_number(born: dt.date, four: str) -> None:
    """A spreadsheet takes it for a number, and loses the zero in front."""
    number = int(f"{born:%d%m%y}{four}")
    assert looks_like_cpr(number)
    assert looks_like_cpr(float(number))
    assert looks_like_cpr(str(number))
    assert looks_like_cpr(f"{number:,}".replace(",", "."))
    assert looks_like_cpr(f"{str(number)[:-4]}-{four}")


@given(BIRTHDAYS, st.integers(60, 60))
def test_numbers_that_stand_in_for_one_are_recognised(born: dt.date, more: int) -> None:
    assert looks_like_cpr(f"{born.day + more:02d}{born:%m%y}-0001")
    assert looks_like_cpr(f"{born:%d%m%y}-12AB")


@pytest.mark.parametrize("text", ["3,1129E+09", "1,0119E+08", "2.80590E+9"])
def test_a_number_that_a_spreadsheet_shortened_is_recognised(text: str) -> None:
    assert looks_like_cpr(text)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_dates_are_none(date: dt.date) -> None:
    for form in ("%d-%m-%Y", "%Y-%m-%d", "%d%m%y", "%Y%m%d", "%d.%m.%Y", "%d-%m-%Y 00:00"):
        assert not looks_like_cpr(date.strftime(form))
    assert not looks_like_cpr(date)
    assert not looks_like_cpr(dt.datetime.combine(date, dt.time(8, 30)))


@given(st.integers(-99_999_999, 99_999_999), st.floats(0, 999_999))
def test_counts_ages_and_hours_are_none(whole: int, broken: float) -> None:
    assert not looks_like_cpr(whole)
    assert not looks_like_cpr(str(whole))
    assert not looks_like_cpr(f"{broken:.2f}".replace(".", ","))
    assert not looks_like_cpr(f"{whole:,}".replace(",", "."))


@given(st.integers(0, 10**10 - 1).map(lambda number: f"{number:010d}"))
def test_ten_digits_that_begin_with_no_day_are_none(digits: str) -> None:
    day, month = int(digits[:2]), int(digits[2:4])
    real = (1 <= day <= 31 or 61 <= day <= 91) and 1 <= month <= 12
    assert looks_like_cpr(digits) == real


@pytest.mark.parametrize("value", [None, True, "", "vulnerable", "12345678", "5790001234567", float("nan")])
def test_anything_else_is_none(value: object) -> None:
    assert not looks_like_cpr(value)


def test_headings() -> None:
    assert is_cpr_heading("CPR-nr.")
    assert is_cpr_heading("Personnummer")
    assert not is_cpr_heading("Profil")
