"""What a workbook's formulas come to, calculated anew."""

from __future__ import annotations

import re

from openpyxl.worksheet.worksheet import Worksheet


def evaluated(sheet: Worksheet, cell: str) -> float:
    """Return what a cell comes to, formulas of sums, differences and products calculated anew."""
    value = sheet[cell].value
    if not (isinstance(value, str) and value.startswith("=")):
        return float(value) if isinstance(value, int | float) else 0.0
    rounded = re.fullmatch(r"=ROUND\((.+),(\d)\)", value)
    if rounded:
        return round(_terms(sheet, rounded[1]), int(rounded[2]))
    return _terms(sheet, value[1:])


def _terms(sheet: Worksheet, text: str) -> float:
    """Return a sum of terms, each a cell, a product of two cells, a number, or SUM of a stretch."""
    assert re.fullmatch(r"[A-Z0-9+\-*():.]+", text), text
    total = 0.0
    for sign, term in re.findall(r"([+-]?)(SUM\([A-Z0-9:]+\)|[A-Z0-9.*]+)", text):
        stretch = re.fullmatch(r"SUM\((.+)\)", term)
        if stretch:
            value = sum(evaluated(sheet, cell.coordinate) for row in sheet[stretch[1]] for cell in row)
        else:
            value = 1.0
            for factor in term.split("*"):
                value *= evaluated(sheet, factor) if factor[0].isalpha() else float(factor)
        total += -value if sign == "-" else value
    return total
