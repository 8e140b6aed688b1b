"""A small caseload file, in every form in which it may come."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import openpyxl

HEADING = "Fødselsdato;Behovsprofil;Behovsniveau;Indsats;Startdato;Leverandør;Alder"
ENGLISH = "Birth date,Profile,Level,Service,Start date,Supplier,Age"
CASES = (
    "14-05-2011;general;3;Familiestøtte;01-09-2023;own;",
    "03-02-2015;Almindelig;;family_support;;;",
    ";general;1;family_support;12-11-2023;;14",
)


def caseload(folder: Path, *lines: str) -> Path:
    """Write a file with these lines, or with those of :data:`CASES`."""
    path = folder / "caseload.csv"
    whole = not lines or lines[0] in CASES
    heading = HEADING if whole else HEADING.removesuffix(";Alder")
    path.write_text("\r\n".join([heading, *(lines or CASES), ""]), encoding="utf-8", newline="")
    return path


def write_caseload(folder: Path, kind: str) -> Path:
    """Write the same cases as another program would."""
    lines = [HEADING, *CASES]
    if kind == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for line in csv.reader(lines, delimiter=";"):
            sheet.append([_as_excel(cell) for cell in line])
        book.save(folder / "caseload.xlsx")
        return folder / "caseload.xlsx"
    if kind == "english":
        lines = [ENGLISH, *(line.replace(";", ",") for line in CASES)]
    if kind == "sep":
        lines = ["sep=;", *lines]
    path = folder / f"{kind}.csv"
    encoding = kind if kind.startswith(("utf", "cp")) else "utf-8"
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def _as_excel(cell: str) -> object:
    if re.fullmatch(r"\d\d-\d\d-\d{4}", cell):
        return dt.datetime(int(cell[6:]), int(cell[3:5]), int(cell[:2]))
    return int(cell) if cell.isdigit() else cell or None
