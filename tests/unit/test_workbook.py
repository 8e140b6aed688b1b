"""budget.xlsx: its formulas have the values that they show, and these are the values of the tables."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from spreadsheet import evaluated
from synthetic_results import CURATED, Case, Effects, build_results

from sim.report.budget.frames import frame_forecasts
from sim.report.budget.investment import investment
from sim.report.budget.proposal import proposal
from sim.report.budget.shifts import shifts
from sim.report.budget.study import Study, study_of
from sim.report.results import Results, read_results
from sim.report.workbook.book import write_workbook

pytestmark = pytest.mark.unit

FRAMES = "{buf: {dkk_per_year: 650000000}, bsf: {dkk_per_year: 400000000}, aehf: {dkk_per_year: 200000000}}"
ODD = Case("odd", "=1+1", "@SUM(A1)", Effects(cost=-2, first=5.0))
DANISH = ["Forslag", "Overblik", "Pr. forvaltning", "Hvem betaler", "Forudsætninger", "Om"]
ENGLISH = ["Proposal", "Overview", "Per administration", "Who pays", "Assumptions", "About"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases = (CURATED[0], CURATED[2], ODD, CURATED[4])
    folder = build_results(
        tmp_path_factory.mktemp("book"), cases, replications=4, series=False, frames=FRAMES, discount=4.0
    )
    write_workbook(folder, "da")
    return folder


@pytest.fixture(scope="module")
def formulas(folder: Path) -> Workbook:
    return openpyxl.load_workbook(folder / "budget.xlsx")


@pytest.fixture(scope="module")
def shown(folder: Path) -> Workbook:
    return openpyxl.load_workbook(folder / "budget.xlsx", data_only=True)


@pytest.fixture(scope="module")
def results(folder: Path) -> Results:
    return read_results(folder, "da")


@pytest.fixture(scope="module")
def study(results: Results) -> Study:
    return study_of(results)


def rows_of(sheet: Worksheet, name: str) -> list[int]:
    return [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == name]


def block(sheet: Worksheet, scenario: str, name: str) -> int:
    """Return the row of that name within a scenario's block."""
    start = rows_of(sheet, scenario)[-1]
    return next(row for row in rows_of(sheet, name) if row > start)


def test_every_formula_has_the_value_that_it_shows(formulas: Workbook, shown: Workbook) -> None:
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    cached = shown[sheet.title][cell.coordinate].value
                    assert evaluated(sheet, cell.coordinate) == pytest.approx(cached, abs=1e-6), cell.coordinate
    assert count > 300


def test_the_proposals_totals_are_those_of_the_replications(shown: Workbook, study: Study, results: Results) -> None:
    sheet = shown["Forslag"]
    for point in results.others:
        table, row = proposal(study, point.label), block(sheet, point.name, "Kommunen i alt, netto")
        for number, total in enumerate(table.total):
            values = [sheet.cell(row, 3 + 3 * number + offset).value for offset in range(3)]
            expected = [total.mean / 1000, total.low / 1000, total.high / 1000]
            assert values == pytest.approx(expected, abs=1e-4)


def test_the_sheets_agree_about_the_municipalitys_difference(shown: Workbook, results: Results) -> None:
    proposals, parts, payers = shown["Forslag"], shown["Pr. forvaltning"], shown["Hvem betaler"]
    for point in results.others:
        name = "Kommunen i alt, netto"
        rows = [block(sheet, point.name, name) for sheet in (proposals, parts, payers)]
        each = [proposals.cell(rows[0], 3 + 3 * number).value for number in range(4)]
        assert each == pytest.approx([parts.cell(rows[1], 4 + 3 * number).value for number in range(4)], abs=1e-4)
        assert sum(each) / 4 == pytest.approx(payers.cell(rows[2], 4).value, abs=1e-4)


def test_who_pays_adds_up_to_the_ledger(shown: Workbook, study: Study, results: Results) -> None:
    sheet = shown["Hvem betaler"]
    for point in results.others:
        table, row = shifts(study, point.label), block(sheet, point.name, "Alle betalere i alt")
        difference = table.everybody.difference
        expected = [difference.mean / 1000, difference.low / 1000, difference.high / 1000]
        assert [sheet.cell(row, column).value for column in (4, 5, 6)] == pytest.approx(expected, abs=1e-4)
        check = block(sheet, point.name, "Kontrol mod hovedbogen (skal være 0)")
        assert [sheet.cell(check, column).value for column in (2, 3)] == [0, 0]


def test_the_investment_and_the_frames_are_in_the_overview(shown: Workbook, study: Study, results: Results) -> None:
    sheet = shown["Overblik"]
    table = investment(study, "pooled_budget", 4.0)
    start = rows_of(sheet, "Fælles budgetramme")[-2]  # the last one is about frames
    for number, year in enumerate(table.years):
        row = start + 2 + number
        assert sheet.cell(row, 1).value == year.year
        expected = [year.cumulated.mean / 1000, year.cumulated.low / 1000, year.cumulated.high / 1000]
        assert [sheet.cell(row, column).value for column in (6, 7, 8)] == pytest.approx(expected, abs=1e-4)
        assert sheet.cell(row, 9).value == pytest.approx(year.paid_back.share)
    frames = frame_forecasts(study, "odd", results.configurations["odd"])
    row = block(sheet, "=1+1", "Børn- og Ungeforvaltningen") + 1
    first = frames[0].years[0]
    assert sheet.cell(row, 2).value == 650_000
    assert sheet.cell(row, 6).value == pytest.approx(first.overspend.mean / 1000, abs=1e-4)
    assert sheet.cell(row, 9).value == pytest.approx(first.overspent.share)


def test_texts_of_the_configuration_never_become_formulas(formulas: Workbook) -> None:
    assert formulas["Forslag"].cell(rows_of(formulas["Forslag"], "=1+1")[0], 1).data_type == "s"
    sheet = formulas["Forudsætninger"]
    sources = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=2+3 [K]"]
    assert [cell.data_type for cell in sources] == ["s"]


def test_the_assumptions_say_what_is_unverified_and_who_changes_what(shown: Workbook) -> None:
    sheet = shown["Forudsætninger"]
    assert "heraf 1 antagelser" in str(sheet["A1"].value)
    (row,) = rows_of(sheet, "teams.intake.caseworkers")
    assert [cell.value for cell in sheet[row]][1:5] == [17, 13.6, 20.4, "caseworkers"]
    assert sheet.cell(row, 10).value == "Kun færre medarbejdere: 15"
    assert sheet.auto_filter.ref
    assert sheet.freeze_panes


@pytest.mark.parametrize("name", DANISH)
def test_every_sheet_prints_on_a4_landscape_one_page_wide(formulas: Workbook, name: str) -> None:
    sheet = formulas[name]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert int(sheet.page_setup.fitToHeight) == 0
    assert "&P" in str(sheet.oddFooter.right.text)
    if name not in ("Overblik", "Om"):
        assert sheet.print_title_rows


def test_the_same_results_give_the_same_bytes_and_nothing_is_left_behind(folder: Path) -> None:
    before, names = (folder / "budget.xlsx").read_bytes(), {path.name for path in folder.iterdir()}
    write_workbook(folder, "da")
    assert (folder / "budget.xlsx").read_bytes() == before
    assert {path.name for path in folder.iterdir()} == names


def test_both_languages_have_the_same_cells(folder: Path, shown: Workbook, tmp_path: Path) -> None:
    danish = (folder / "budget.xlsx").read_bytes()
    english = openpyxl.load_workbook(write_workbook(folder, "en"), data_only=True)
    (folder / "budget.xlsx").write_bytes(danish)
    assert shown.sheetnames == DANISH
    assert english.sheetnames == ENGLISH
    for da, en in zip(DANISH, ENGLISH, strict=True):
        assert shown[da].max_row == english[en].max_row
        assert shown[da].max_column == english[en].max_column


def test_without_prices_or_anything_to_compare_the_amounts_are_left_out(tmp_path: Path) -> None:
    without = build_results(tmp_path / "without", CURATED[:2], replications=2, series=False, prices=False)
    alone = build_results(tmp_path / "alone", CURATED[:1], replications=2, series=False)
    for folder in (without, alone):
        assert openpyxl.load_workbook(write_workbook(folder, "en")).sheetnames == ["Overview", "Assumptions", "About"]


def test_one_replication_has_dashes_for_intervals_and_says_so(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:2], replications=1, series=False)
    sheet = openpyxl.load_workbook(write_workbook(folder, "en"))["Proposal"]
    row = block(sheet, "Joint transition team for ages 16-25", "The municipality in total, net")
    assert [sheet.cell(row, column).value for column in (4, 5)] == ["–", "–"]
    assert any("single replication" in str(cell.value) for cell in sheet["A"])
