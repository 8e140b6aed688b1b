"""How the cells of the workbook look: fonts, number formats, lines. Amounts are in 1.000 kr., as municipalities write.

Excel shows a format's comma and point as the reader's own language has them: ``#,##0`` reads 1.234 in Denmark.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

MONEY = "#,##0;[Red]-#,##0"
DECIMAL = "#,##0.0;[Red]-#,##0.0"
SHARE = "0.0%;[Red]-0.0%"
FACTOR = "0.000"
GENERAL = "General"
PLAIN = "0"

FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "font_size": 12, "top": 0},
    "note": {"text_wrap": True, "font_color": "#4A4A4A", "font_size": 9},
    "warning": {"text_wrap": True, "bold": True, "font_color": "#9C0006"},
    "header": {
        "bold": True,
        "bg_color": "#DCE6F1",
        "bottom": 1,
        "align": "right",
        "text_wrap": True,
        "valign": "bottom",
    },
    "header_left": {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "bottom"},
    "header_mid": {"bold": True, "bg_color": "#DCE6F1", "align": "center"},
    "band": {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "font_size": 11},
    "group": {"bold": True, "font_color": "#1F3864"},
    "text": {},
    "left": {"align": "left"},
    "wrap": {"text_wrap": True},
    "bold": {"bold": True},
    "number": {"align": "right"},
    "bound": {"align": "right", "font_color": "#595959"},
    "subtotal": {"bold": True, "top": 1, "align": "right"},
    "subtotal_bound": {"top": 1, "align": "right", "font_color": "#595959"},
    "subtotal_text": {"bold": True, "top": 1},
    "total": {"bold": True, "top": 1, "bottom": 6, "align": "right", "bg_color": "#F2F2F2"},
    "total_bound": {"top": 1, "bottom": 6, "align": "right", "font_color": "#595959", "bg_color": "#F2F2F2"},
    "total_text": {"bold": True, "top": 1, "bottom": 6, "bg_color": "#F2F2F2"},
    "verified": {"text_wrap": True, "align": "left", "indent": 1},
    "verified_number": {"align": "right", "indent": 1},
    "unverified": {"text_wrap": True, "align": "left", "indent": 1, "bg_color": "#FFF2CC"},
    "unverified_number": {"align": "right", "indent": 1, "bg_color": "#FFF2CC"},
}


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def __call__(self, style: str, number: str = "") -> Format:
        """Return a cell format.

        Args:
            style: One of :data:`STYLES`.
            number: Number format, if it is about a number.
        """
        key = (style, number)
        if key not in self._made:
            extra = {"num_format": number} if number else {}
            self._made[key] = self._book.add_format({**FONT, **STYLES[style], **extra})
        return self._made[key]
