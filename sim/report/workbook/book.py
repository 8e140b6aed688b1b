"""Writes ``budget.xlsx`` into a folder of results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from sim.experiment.files import being_written
from sim.report.numbers import Language
from sim.report.open_elsewhere import perhaps_open_elsewhere
from sim.report.results import Results, read_results
from sim.report.summary import WORKBOOK
from sim.report.workbook import (
    about_sheet,
    administration_sheet,
    assumptions_sheet,
    overview_sheet,
    payers_sheet,
    proposal_sheet,
)
from sim.report.workbook.content import Content
from sim.report.workbook.looks import Looks
from sim.report.workbook.paper import Paper

NAME = WORKBOOK
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}

Writer = Callable[[Content, Paper], None]


def write_workbook(folder: Path, language: Language) -> Path:
    """Write the workbook of a folder of results; the same results give the same bytes.

    The sheets with amounts are left out if no scenario can be compared with the reference in whole calendar years.

    Args:
        folder: What ``sagsflow sweep`` wrote.
        language: ``da`` or ``en``.

    Raises:
        PlannerError: It is not a folder of results, or an earlier version wrote it, or the file cannot be replaced.
    """
    target = folder / NAME
    content = Content.of(read_results(folder, language))
    with perhaps_open_elsewhere(target, folder), being_written(target) as temporary:
        _write(temporary, content)
    return target


def _write(path: Path, content: Content) -> None:
    book = Workbook(str(path), OPTIONS)
    book.set_properties(_properties(content.results))
    book.set_calc_mode("auto")
    looks = Looks(book)
    for key, widths, write in _sheets(content):
        sheet = book.add_worksheet(content.say(f"book.{key}"))
        write(content, Paper(sheet, looks, widths, content.say("book.page"), content.municipality))
    book.close()


def _sheets(content: Content) -> list[tuple[str, Sequence[float], Writer]]:
    sheets: list[tuple[str, Sequence[float], Writer]] = []
    if content.compared:
        sheets.append(("proposal", proposal_sheet.widths(content), proposal_sheet.write))
    sheets.append(("overview", overview_sheet.WIDTHS, overview_sheet.write))
    if content.compared:
        sheets.append(("administrations", administration_sheet.widths(content), administration_sheet.write))
        sheets.append(("payers", payers_sheet.WIDTHS, payers_sheet.write))
    sheets.append(("assumptions", assumptions_sheet.WIDTHS, assumptions_sheet.write))
    sheets.append(("about", about_sheet.WIDTHS, about_sheet.write))
    return sheets


def _properties(results: Results) -> dict[str, object]:
    started = dt.datetime.fromisoformat(results.manifest.started)
    return {
        "title": results.texts("book.proposal"),
        "author": "sagsflow",
        "comments": results.manifest.command,
        # Without a date of its own the file would say when it was written, and never be the same twice.
        "created": started.astimezone(dt.UTC).replace(tzinfo=None),
    }
