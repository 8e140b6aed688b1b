"""What looks like a Danish personal identification number (*CPR-nummer*), so that it can be refused unread.

A number has ten digits: day, month and year of birth, and four more (since 2007 without a check digit that always
holds, so none is asked for). It is recognised with or without a hyphen or space, with the date written out, as a number
in a spreadsheet (perhaps in scientific notation), and with the leading zero lost. Numbers that stand in for it are
recognised too: days raised by 60 (*administrative erstatningspersonnumre*), and letters among the last four.
"""

from __future__ import annotations

import math
import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−_"), "-")
_NUMBER = re.compile(r"(?<!\d)(?P<day>\d{1,2})[ .\-/]?(?P<month>\d{2})[ .\-/]?(?:18|19|20)?\d{2}[ .\-/]*\d{4}(?!\d)")
_WITH_LETTERS = re.compile(
    r"(?<![\w])(?P<day>\d{1,2})(?P<month>\d{2})\d{2}[ \-]+(?=[A-Z]*\d)(?=\d*[A-Z])[0-9A-Z]{4}(?!\w)"
)
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[ .,']\d{3}){2,3}(?:,0+|\.0+)?(?!\d)")
_SCIENTIFIC = re.compile(r"(?<![\w.,])\d(?:[.,]\d+)?E\+?0?[89](?!\d)", re.IGNORECASE)
HEADINGS = frozenset(
    {
        "cpr",
        "cprnr",
        "cprnummer",
        "cprno",
        "cprnumber",
        "personnummer",
        "personnr",
        "fødselsnummer",
        "socialsecuritynumber",
    }
)
"""Headings (small letters alone) under which nothing may stand, whatever it looks like."""


def looks_like_cpr(value: object) -> bool:
    """Return whether a cell holds something that may be a personal identification number."""
    if value is None or isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return math.isfinite(value) and _is_one(str(round(abs(value))))
    text = " ".join(unicodedata.normalize("NFKC", str(value)).translate(_DASHES).split())
    if any(_is_date(found["day"], found["month"]) for found in _NUMBER.finditer(text)):
        return True
    if any(_is_date(found["day"], found["month"]) for found in _WITH_LETTERS.finditer(text.upper())):
        return True
    if any(_is_one(_digits(found.group().removesuffix(",00").removesuffix(",0"))) for found in _GROUPED.finditer(text)):
        return True
    return any(_is_one(str(round(float(found.group().replace(",", "."))))) for found in _SCIENTIFIC.finditer(text))


def is_cpr_heading(heading: object) -> bool:
    """Return whether a heading announces personal identification numbers."""
    return "".join(letter for letter in str(heading).lower() if letter.isalpha()) in HEADINGS


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _is_one(digits: str) -> bool:
    """Return whether nine or ten digits can be a number; nine: the zero in front was lost."""
    return len(digits) in (9, 10) and _is_date(digits[:-8], digits[-8:-6])


def _is_date(day: str, month: str) -> bool:
    return (1 <= int(day) <= 31 or 61 <= int(day) <= 91) and 1 <= int(month) <= 12
