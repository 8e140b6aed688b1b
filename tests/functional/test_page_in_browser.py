"""The page is sound by its own markup everywhere, and in a real browser where there is one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_audit import contrast, problems, read, schemes
from playwright.sync_api import Browser, sync_playwright
from synthetic_results import CURATED, Case, Effects, build_results

from sim.cli import main
from sim.report import plots, waiting_curves, who_pays
from sim.report.page.render import write_page

pytestmark = pytest.mark.functional

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
EVIL = "<script>alert(1)</script>"
ABOUT = """\
about:
  label: {da: Ond, en: Evil}
  summary: {da: "<b>fed</b> & fin", en: "<b>bold</b> & fine"}
  why: "'><img src=x onerror=alert(1)>"
  source: "{{ 7 * 7 }} </style><script>alert(2)</script>"
"""
TEXT_ON = (
    *(("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("ink", "shade"), ("soft", "shade")),
    *(("better", "better-shade"), ("worse", "worse-shade"), ("better", "paper"), ("worse", "paper")),
    *(("ink", "better-shade"), ("ink", "worse-shade"), ("card-ink", "card")),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of which one scenario tries to write markup into the page, with two pictures, shown in both languages."""
    cases = (*CURATED[:5], Case("evil", EVIL, EVIL, Effects(-20, 3)))
    folder = build_results(tmp_path_factory.mktemp("page"), cases, replications=4)
    with (folder / "points" / "evil" / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(ABOUT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "PICTURES", {who_pays.NAME: who_pays.draw})
        assert main(["report", str(folder), "--language", "en", "-q"]) == 0
        (folder / "report.html").rename(folder / "english.html")
        patch.setattr(plots, "PICTURES", {module.NAME: module.draw for module in (waiting_curves, who_pays)})
        plots.render_plots(folder, "da", ("svg",))
        write_page(folder, "da")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser | None]:
    """The installed browser; None where there is none."""
    if CHROMIUM is None:
        yield None
        return
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


def opened(browser: Browser, file: Path, **settings: Any) -> Any:
    """Open a page; asking for anything from elsewhere, or an error in a script, fails the test."""
    page = browser.new_page(**settings)
    page.on("request", lambda request: asked.append(request.url) if request.url[:5] not in ("file:", "data:") else None)
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    asked: list[str] = []
    page.asked = asked
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("name", ["report.html", "english.html"])
def test_the_page_is_accessible_and_needs_nothing_from_elsewhere(
    folder: Path, browser: Browser | None, name: str
) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert problems(text) == []
    assert len(text.encode()) < 3_000_000
    assert not re.search(r"https?://(?!www\.w3\.org/)", text.replace("http%3A", ""))
    # The two languages have the same markup: one of them is enough for the slow look.
    for scheme in ("light", "dark") if browser and name == "report.html" else ():
        page = opened(browser, folder / name, color_scheme=scheme)
        # What is folded away is looked at too.
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.hidden = false; one.open = true; })")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.asked == []
        page.close()


def test_text_stands_out_in_every_scheme() -> None:
    css = (Path(plots.__file__).parent / "page" / "templates" / "report.css").read_text(encoding="utf-8")
    found = schemes(css)
    assert len(found) == 3
    for scheme in found:
        for text, ground in TEXT_ON:
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground, scheme[text])


def test_text_from_the_configuration_is_never_markup(folder: Path, browser: Browser | None) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    root, order, _ = read(text)
    assert len(root.all("script")) == 1
    assert not [element for element in order if element.tag in ("b", "img") and "onerror" in element.attributes]
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 5
    (article,) = [one for one in root.all("article") if EVIL in one.words()]
    assert "<b>fed</b> & fin" in article.words()
    assert "{{ 7 * 7 }} </style>" in article.words()
    if browser:
        page = opened(browser, folder / "report.html")
        assert page.locator("#comparison tbody th", has_text=EVIL).first.is_visible()
        assert page.asked == []
        page.close()


def test_the_sections_come_in_the_order_of_their_use(folder: Path) -> None:
    root, _, _ = read((folder / "report.html").read_text(encoding="utf-8"))
    sections = [one.attributes["id"] for one in root.all("section")]
    assert sections == ["answer", "comparison", "pictures", "scenarios", "payers", "grounds", "method", "repeat"]
    assert len(root.all("dl")[0].all("dt")) == 5
    assert [one.words() for one in root.all("pre")] == ["sagsflow sweep"]


def test_the_table_can_be_sorted_with_the_keyboard(folder: Path, browser: Browser | None) -> None:
    root, _, _ = read((folder / "report.html").read_text(encoding="utf-8"))
    table = root.all("table")[0]
    waits = [float(row.all("td")[0].attributes["data-v"]) for row in table.all("tbody")[0].all("tr")]
    assert len(set(waits)) == 6
    assert waits != sorted(waits)
    assert {"↓ bedre", "↑ dårligere"} <= {cell.words() for cell in table.all("span")}
    if not browser:
        return
    page = opened(browser, folder / "report.html")
    first = page.locator("#comparison table").first
    button = first.get_by_role("button", name="Samlet ventetid")
    for direction, expected in (("ascending", sorted(waits)), ("descending", sorted(waits, reverse=True))):
        button.focus()
        page.keyboard.press("Enter")
        head = first.locator("th[aria-sort]")
        assert (head.count(), head.get_attribute("aria-sort")) == (1, direction)
        shown = first.locator("tbody tr td:nth-of-type(1)").evaluate_all("cells => cells.map(c => +c.dataset.v)")
        assert shown == pytest.approx(expected)
    assert page.locator("#said").text_content() == "Sorteret efter Samlet ventetid, faldende"
    page.close()


def test_a_reader_chooses_scenario_measure_and_group(folder: Path, browser: Browser | None) -> None:
    root, _, _ = read((folder / "report.html").read_text(encoding="utf-8"))
    measures = [one.attributes["data-k"] for one in root.all("details") if "data-k" in one.attributes]
    offered = [one.attributes["value"] for one in root.all("select")[1].all("option")]
    assert offered == measures
    if not browser:
        return
    page = opened(browser, folder / "report.html")
    assert page.locator(".explored:visible").count() == 1
    page.get_by_label("Mål").select_option("cost.total")
    assert page.locator(".explored:visible caption").all_text_contents() == ["Samlede udgifter"]
    page.get_by_label("Vis scenarie").select_option(label="Fælles budgetramme")
    assert page.locator("#comparison table").first.locator("tbody tr:visible").count() == 2
    assert page.locator("article:visible").count() == 1
    page.close()
    plain = opened(browser, folder / "report.html", java_script_enabled=False)
    assert plain.locator(".controls:visible").count() == 0
    assert plain.locator(".explored:visible").count() == len(measures)
    assert plain.locator("article:visible").count() == 5
    plain.close()


def test_nothing_scrolls_sideways_and_it_prints_on_a4(folder: Path, browser: Browser | None) -> None:
    root, order, _ = read((folder / "report.html").read_text(encoding="utf-8"))
    css = root.all("style")[0].text
    assert "size: A4" in css
    inside = [table for one in order if "scroll" in one.attributes.get("class", "") for table in one.all("table")]
    assert len(inside) == len(root.all("table"))
    if not browser:
        return
    for width in (1280, 360):
        page = opened(browser, folder / "report.html", viewport={"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
    page = opened(browser, folder / "report.html", color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.locator("figure img").first.evaluate("one => getComputedStyle(one).backgroundColor") != dark
    assert page.locator("figure img").evaluate_all("all => all.every(one => one.naturalWidth > 0)")
    page.emulate_media(media="print")
    assert page.locator(".controls:visible, nav:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    boxes = {tuple(map(float, one.split())) for one in re.findall(rb"/MediaBox \[([^\]]*)\]", pdf)}
    assert {tuple(round(side) for side in sorted(box[2:])) for box in boxes} == {(595, 842)}
    page.close()
