"""The parts of the page: words instead of paths, what was changed, who pays, what matters most, small pictures."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from PIL import Image, PngImagePlugin
from synthetic_results import CURATED, build_results

from sim.report.numbers import Numbers
from sim.report.page.changes import changes
from sim.report.page.crumbs import crumbs, plain_number, unit_text, written
from sim.report.page.explore import explored
from sim.report.page.grounds import grounds, study_effects
from sim.report.page.payers import payers
from sim.report.page.pictures import Embedded, pictures, smaller, words_of_svg
from sim.report.page.told import scenarios
from sim.report.plots import PICTURES
from sim.report.results import read_results
from sim.report.workbook.content import Content

pytestmark = pytest.mark.unit

SVG = """<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "x" "y">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
 <metadata><rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:rdf="r">
  <dc:title>Kortere &amp; billigere</dc:title><dc:description>Ventetid. Bånd: 95 %.</dc:description>
 </rdf:RDF></metadata>
 <!-- a letter -->
 <path d="M 1.23456 -0.00012 L 7 8.5" transform="scale(0.015625 -0.015625)" style="fill: #0072b2"/>
</svg>
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder = build_results(tmp_path_factory.mktemp("parts"), (*CURATED[:3], CURATED[4]), replications=3, series=False)
    return Content.of(read_results(folder, "da"))


def test_paths_are_told_in_labels_and_words() -> None:
    one = {"teams": {"intake": {"label": {"da": "Modtagelsen", "en": "Intake"}, "caseworkers": 3}}}
    assert crumbs("teams.intake.caseworkers", [one], "da") == ("Team", "Modtagelsen", "sagsbehandlere")
    assert crumbs("tracks.a.steps.own_word", [{}, one], "en") == ("Tracks", "a", "own word")
    assert crumbs("costs.*.intake", [one], "da") == ("Priser", "…", "Modtagelsen")


def test_values_are_written_as_people_write_them() -> None:
    danish = Numbers("da")
    assert plain_number(1234.5, danish) == "1.234,5"
    assert plain_number(1 / 3, danish) == "0,3333"
    assert written(True, danish, "ja", "nej") == "ja"
    assert written(["a", 2], danish, "ja", "nej") == "a; 2"
    assert written({"mean": 2.5}, danish, "ja", "nej") == "mean: 2,5"
    assert unit_text("days, cv, furlongs", "da") == "dage, spredning, furlongs"
    assert unit_text("days", "en") == "days"


def test_what_a_scenario_changes_is_read_from_the_configurations(content: Content) -> None:
    point = content.results.points[3]
    (change,) = changes(content.results, point)
    assert (change.path, change.before, change.after) == ("teams.intake.caseworkers", "17", "15")
    assert change.crumbs == ("Team", "Modtagelsen", "sagsbehandlere")
    assert changes(content.results, content.results.points[1]) == ()


def test_a_scenario_tells_only_clear_differences_as_happened(content: Content) -> None:
    told = scenarios(content)[2]
    assert {one.word for one in told.clear} == {"↑ dårligere", "↓ dårligere", "↓ bedre"}
    assert len(told.clear) + len(told.unclear) + len(told.unknown) == 5
    assert told.clear[0].amount.startswith("+")


def test_who_pays_adds_up_and_says_which_way_it_goes(content: Content) -> None:
    table = payers(content)
    assert table is not None
    assert table.columns[-3:] == ("Kommunen i alt, netto", "Alle betalere i alt", "Heraf skifter kun hænder")
    point, cells = table.rows[1]
    assert point.label == "pooled_budget"
    kinds = dict(zip(table.columns, cells, strict=True))
    assert kinds["Børn- og Ungeforvaltningen"].kind == "less"
    assert kinds["Beskæftigelses- og Socialforvaltningen"].kind == "more"
    own = sum(float(cell.sort) for cell in cells[:3])
    assert own == pytest.approx(float(cells[-3].sort), abs=1e-3)


def test_unverified_assumptions_come_first_and_one_entry_is_one_row(content: Content) -> None:
    found = grounds(content)
    assert (found.figures, found.unverified) == (sum(row.figures for row in found.rows), found.unverified)
    verified = [row.unverified for row in found.rows]
    assert verified == sorted(verified, reverse=True)
    (row,) = [row for row in found.rows if row.path == "teams.*.caseworkers"]
    assert row.changed == ("Kun færre medarbejdere",)
    assert not found.measured


def test_a_sensitivity_study_gives_the_order(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:2], replications=2, series=False)
    assert study_effects(folder) == {}
    (folder / "sensitivity.json").write_text("{}", encoding="utf-8")
    (folder / "sensitivity.csv").write_text(
        "kpi,group,assumption,effect_low,effect_high\n"
        "wait.total,all,teams.*.caseworkers,-3,8\n"
        "wait.total,all,clocks.assessment.within.months,1,0\n"
        "cost.total,all,clocks.assessment.within.months,100,0\n",
        encoding="utf-8",
    )
    found = grounds(Content.of(read_results(folder, "da")))
    assert found.measured
    assert [row.path for row in found.rows[:2]] == ["teams.*.caseworkers", "clocks.assessment.within.months"]
    assert found.rows[0].effect == "8,00"


def test_groups_that_a_reader_may_choose_have_figures(content: Content) -> None:
    found = explored(content.results)
    assert [one.measure.kpi for one in found] == [
        "wait.total",
        "transition.gap_days",
        "deadline.assessment_4m",
        "deadline.screening_24h",
        "appeals.reversal_share",
        "cost.total",
        "cost.family",
    ]
    assert {group.name for one in found for group in one.groups} == {"Alle"}


def test_an_svg_becomes_smaller_and_stays_the_same_picture() -> None:
    small = smaller(SVG)
    assert small.startswith("<svg ")
    assert 'd="M 1.23 0 L 7 8.5"' in small
    assert 'transform="scale(0.0156 -0.0156)"' in small
    assert "metadata" not in small
    assert "<!--" not in small
    assert words_of_svg(SVG) == ("Kortere & billigere", "Ventetid. Bånd: 95 %.")


def test_pictures_come_in_the_order_of_the_registry_and_unknown_ones_after(tmp_path: Path) -> None:
    plots = tmp_path / "plots"
    plots.mkdir()
    for name in ("b", "a", "own"):
        (plots / f"{name}.svg").write_text(SVG, encoding="utf-8")
    found = pictures(tmp_path, ("a", "missing", "b"))
    assert [one.name for one in found] == ["a", "b", "own"]
    assert found[0].title == "Kortere & billigere"
    assert (found[0].subject, found[0].rest) == ("Ventetid", "Bånd: 95 %.")
    address, data = found[0].source.split(",", 1)
    assert address == "data:image/svg+xml"
    assert not set(data) & set('<>"#')
    assert unquote(data).replace("'", '"') == smaller(SVG)


def test_a_large_svg_gives_way_to_its_png(tmp_path: Path) -> None:
    plots = tmp_path / "plots"
    plots.mkdir()
    (plots / "a.svg").write_text(SVG.replace("M 1.23456", "M 1 " * 100_000), encoding="utf-8")
    assert pictures(tmp_path, ())[0].source.startswith("data:image/svg")
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", "Overskrift")
    buffer = io.BytesIO()
    Image.new("RGB", (2400, 1200), "white").save(buffer, "PNG", pnginfo=words)
    (plots / "a.png").write_bytes(buffer.getvalue())
    (plots / "b.png").write_bytes(buffer.getvalue())
    found = pictures(tmp_path, ())
    assert [one.source[:21] for one in found] == ["data:image/png;base64"] * 2
    assert [one.title for one in found] == ["Kortere & billigere", "Overskrift"]


def test_every_shipped_scenario_says_why_in_danish_too() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    for path in folder.glob("*.yaml"):
        about = yaml.safe_load(path.read_text(encoding="utf-8"))["about"]
        assert about["why_da"].strip() not in ("", about["why"].strip()), path.name


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", PICTURES)
def test_the_heading_of_every_picture_is_its_whole_caption(name: str, language: str) -> None:
    """Abbreviations have full stops, too: *pr. år*."""
    caption = getattr(PICTURES[name].caption, language)
    embedded = Embedded(name, "", f"{caption.rstrip('.')}. Bånd: 1,2 mio. kr. og mere. Nok.", "")
    assert (embedded.subject, embedded.rest) == (caption.rstrip("."), "Bånd: 1,2 mio. kr. og mere. Nok.")
