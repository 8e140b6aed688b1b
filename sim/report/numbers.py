"""Numbers as people write them, in Danish and English.

A missing figure (NaN) is a dash, never a nought. Negative numbers have a real minus sign.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from babel.numbers import format_decimal, format_percent

Language = Literal["da", "en"]

LOCALES: dict[str, str] = {"da": "da_DK", "en": "en_GB"}
MISSING = "–"
_SPACE = "\u00a0"
"""Keeps a number and its unit on the same line."""
MILLION = 1_000_000.0


@dataclass(frozen=True)
class Numbers:
    """Number formats of one language."""

    language: Language

    def decimal(self, value: float, digits: int = 1) -> str:
        """Return a number with a fixed count of decimals: ``1.234,5`` or ``1,234.5``."""
        if not math.isfinite(value):
            return MISSING
        rounded = round(value, digits) or 0.0  # no "minus nought"
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return self._signs(format_decimal(rounded, format=pattern, locale=LOCALES[self.language]))

    def signed(self, value: float, digits: int = 1) -> str:
        """Return a number with its sign always written."""
        text = self.decimal(value, digits)
        return f"+{text}" if math.isfinite(value) and round(value, digits) > 0 else text

    def share(self, value: float, digits: int = 0) -> str:
        """Return a share between 0 and 1 as ``52 %`` or ``52%``."""
        if not math.isfinite(value):
            return MISSING
        rounded = round(value, digits + 2) or 0.0
        pattern = "0" + ("." + "0" * digits if digits else "") + (f"{_SPACE}%" if self.language == "da" else "%")
        return self._signs(format_percent(rounded, format=pattern, locale=LOCALES[self.language]))

    def millions(self, dkk: float, digits: int = 1) -> str:
        """Return an amount in millions of kroner, the unit left to the axis or the heading."""
        return self.decimal(dkk / MILLION, digits)

    def money(self, dkk: float) -> str:
        """Return an amount with its unit: millions from a million on, whole thousands from ten thousand on."""
        if not math.isfinite(dkk):
            return MISSING
        if abs(dkk) >= MILLION:
            amount = self.millions(dkk)
            return (
                f"{amount}{_SPACE}mio.{_SPACE}kr." if self.language == "da" else f"DKK{_SPACE}{amount}{_SPACE}million"
            )
        amount = self.decimal(round(dkk, -3) if abs(dkk) >= 10_000 else dkk, 0)
        return f"{amount}{_SPACE}kr." if self.language == "da" else f"DKK{_SPACE}{amount}"

    def _signs(self, text: str) -> str:
        return text.replace("-", "−")
