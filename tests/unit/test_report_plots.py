"""Pictures are written whole, the same every time, and nothing in them is cut off or covered."""

from __future__ import annotations

import itertools
import logging
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox
from PIL import Image
from synthetic_results import CURATED, Case, build_results, many

from sim.report import house_style
from sim.report.numbers import Language
from sim.report.plots import PICTURES, render_gallery, render_plots
from sim.report.results import read_results
from sim.scenario.pictures import PICTURES as CHOICE

pytestmark = pytest.mark.unit

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("folders")
    odd = (
        CURATED[0],
        Case("odd", "Pris $x^2 & <b>--></b><script>alert(1)</script> 100 %", "Odd $"),
        Case("long", "Forvaltningsoverskridendekoordineringsfunktion " * 3, "Long " * 20),
    )
    return {
        "six": build_results(base / "six", replications=4),
        "many": build_results(base / "many", many(25), replications=2),
        "one replication": build_results(base / "one", replications=1),
        "one point": build_results(base / "point", CURATED[:1], replications=3),
        "odd names": build_results(base / "odd", odd, replications=3),
    }


def test_all_pictures_are_written_in_all_formats(folders: dict[str, Path]) -> None:
    paths = render_plots(folders["six"], "da", ["svg", "png"])
    names = set(PICTURES) - {"timeline"}  # There is no journal.
    assert {path.name for path in paths} == {f"{name}.{one}" for name in names for one in ("svg", "png")}
    assert all(path.parent == folders["six"] / "plots" for path in paths)
    for path in paths:
        if path.suffix == ".png":
            with Image.open(path) as image:
                assert image.width == house_style.WIDTH * house_style.DPI
        else:
            assert ET.parse(path).getroot().tag == f"{SVG}svg"  # noqa: S314 - written by ourselves


def test_the_same_figures_give_the_same_bytes(folders: dict[str, Path]) -> None:
    first = {path.name: path.read_bytes() for path in render_plots(folders["one point"], "da", ["svg", "png", "pdf"])}
    second = {path.name: path.read_bytes() for path in render_plots(folders["one point"], "da", ["svg", "png", "pdf"])}
    assert first == second
    assert len(first) == 21


def test_nothing_unfinished_is_left_and_old_pictures_go(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:2], replications=2, transitions=False)
    plots = folder / "plots"
    plots.mkdir()
    for name in ("gap_at_18.svg", "backlog.pdf", "my_notes.txt"):
        (plots / name).write_text("old", encoding="utf-8")
    before = {path.name for path in folder.iterdir()}
    render_plots(folder, "da", ["svg"])
    assert {path.name for path in folder.iterdir()} == before
    assert {path.name for path in plots.iterdir()} == {
        "forest.svg",
        "waiting_curves.svg",
        "deadlines.svg",
        "flow.svg",
        "backlog.svg",
        "staff.svg",
        "costs.svg",
        "tradeoff.svg",
        "who_pays.svg",
        "investment.svg",
        "my_notes.txt",
    }


def test_a_picture_without_figures_is_left_out_and_the_reason_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = build_results(tmp_path, CURATED[:2], replications=2, transitions=False, prices=False)
    with caplog.at_level(logging.WARNING):
        paths = render_plots(folder, "da", ["svg"])
    assert {path.stem for path in paths} == {"forest", "waiting_curves", "deadlines", "flow", "backlog", "staff"}
    assert "ingen med ret til støtte fyldte 18 år" in caplog.text
    missing = [name for name, _ in render_gallery(folder, "en", ["svg"]).missing]
    assert missing == ["gap_at_18", "costs", "tradeoff", "who_pays", "investment", "timeline"]


def test_an_unknown_format_is_refused(folders: dict[str, Path]) -> None:
    with pytest.raises(ValueError, match="cannot be written as 'bmp'"):
        render_plots(folders["six"], "da", ["bmp"])


def test_words_come_with_the_pictures_in_the_language(folders: dict[str, Path]) -> None:
    danish, english = (render_gallery(folders["one point"], one, ["svg"]).drawn for one in ("da", "en"))
    for da, en in zip(danish, english, strict=True):
        assert da.name == en.name
        assert da.title != en.title
        assert da.description != en.description
    assert "Udgangspunkt" in danish[0].title


def test_matplotlibs_global_state_is_left_alone(folders: dict[str, Path]) -> None:
    before = dict(mpl.rcParams)
    render_plots(folders["one point"], "da", ["svg"])
    assert dict(mpl.rcParams) == before


def test_pyplot_and_its_global_state_are_never_loaded() -> None:
    code = "import sys, sim.report.plots; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_cannot_smuggle_markup_into_a_picture(folders: dict[str, Path]) -> None:
    for path in render_plots(folders["odd names"], "da", ["svg"]):
        tags = {element.tag for element in ET.parse(path).iter()}  # noqa: S314 - that it is harmless is the point
        assert f"{SVG}script" not in tags


@lru_cache
def drawn(folder: Path, language: Language) -> tuple[tuple[str, Figure], ...]:
    results = read_results(folder, language)
    figures = []
    for name, draw in PICTURES.items():
        if name in ("forest", "tradeoff", "who_pays", "investment") and len(results.points) == 1:
            continue
        if name == "timeline":
            continue
        with mpl.rc_context(house_style.settings()):
            figure = draw(results).figure
            figure.draw_without_rendering()
            figures.append((name, figure))
    return tuple(figures)


def tick_labels(figure: Figure) -> Iterator[list[Bbox]]:
    for axes in figure.axes:
        if not axes.get_visible():
            continue
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            labels = [
                tick.label1
                for tick in axis.get_major_ticks()
                if low <= tick.get_loc() <= high and tick.label1.get_visible() and tick.label1.get_text()
            ]
            yield [label.get_window_extent() for label in labels]


def overlap(one: Bbox, other: Bbox) -> bool:
    common = Bbox.intersection(one, other)
    return common is not None and common.width > 0.5 and common.height > 0.5


SETS = ("six", "many", "one replication", "one point", "odd names")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("which", SETS)
def test_nothing_is_cut_off_covered_or_on_top_of_something_else(
    folders: dict[str, Path], which: str, language: Language
) -> None:
    for name, figure in drawn(folders[which], language):
        paper = figure.bbox
        panels = [axes.get_window_extent() for axes in figure.axes if axes.get_visible()]
        for axes in figure.axes:
            around = axes.get_tightbbox()
            assert around is None or (paper.x0 - 1 <= around.x0 and around.x1 <= paper.x1 + 1), (name, "cut off")
        own = list(figure.texts)
        for text in own:
            box = text.get_window_extent()
            assert paper.x0 <= box.x0, name
            assert box.x1 <= paper.x1, (name, text.get_text())
            assert paper.y0 <= box.y0, name
            assert box.y1 <= paper.y1, name
        outside = [*(text.get_window_extent() for text in own), *(one.get_window_extent() for one in figure.legends)]
        assert not [1 for one, other in itertools.product(outside, panels) if overlap(one, other)], (name, "on data")
        around_panels = [box for axes in figure.axes if (box := axes.get_tightbbox()) is not None]
        assert not [1 for one, other in itertools.product(outside, around_panels) if overlap(one, other)], name
        assert not [1 for one, other in itertools.combinations(outside, 2) if overlap(one, other)], (name, "texts")
        for labels in tick_labels(figure):
            assert not [1 for one, other in itertools.combinations(labels, 2) if overlap(one, other)], (name, "ticks")


@pytest.mark.parametrize("which", ["six", "many"])
def test_axis_labels_have_their_unit(folders: dict[str, Path], which: str) -> None:
    units = ("dage", "Dage", "Andel", "mio. kr.", "Timer", "januar", "december", "andel", "sagsbehandler")
    for name, figure in drawn(folders[which], "da"):
        if name in ("forest", "flow"):  # The unit stands in the heading, or beside each number.
            continue
        labels = [label for axes in figure.axes for label in (axes.get_xlabel(), axes.get_ylabel()) if label]
        assert labels, name
        assert all(any(unit in label for unit in units) for label in labels), (name, labels)


def test_rows_of_many_scenarios_can_be_told_apart(folders: dict[str, Path]) -> None:
    for name, figure in drawn(folders["many"], "da"):
        if name in ("gap_at_18", "costs"):
            rows = max(([label.get_text() for label in axes.get_yticklabels()] for axes in figure.axes), key=len)
            assert len(rows) == len(set(rows)) == 25


def test_with_many_scenarios_a_few_are_highlighted_and_the_rest_are_grey(folders: dict[str, Path]) -> None:
    figures = dict(drawn(folders["many"], "en"))
    (panel, *_) = figures["waiting_curves"].axes
    colours = [line.get_color() for line in panel.get_lines()]
    assert len(colours) == 25
    assert colours.count(house_style.GREY) == 18
    legends = [text.get_text() for legend in figures["waiting_curves"].legends for text in legend.get_texts()]
    assert "The other 18 scenarios" in legends


def test_without_replications_there_are_no_intervals_and_a_note_says_so(folders: dict[str, Path]) -> None:
    for name, figure in drawn(folders["one replication"], "da"):
        notes = " ".join(text.get_text() for text in figure.texts).replace("\n", " ")
        assert "Kun én gentagelse" in notes, name
        assert not [1 for axes in figure.axes for one in axes.collections if len(one.get_paths()) and one.get_alpha()]


def test_the_run_in_is_shaded(folders: dict[str, Path]) -> None:
    figure = dict(drawn(folders["six"], "da"))["backlog"]
    assert len(figure.axes) == 3
    for axes in figure.axes:
        (shade,) = axes.patches
        assert shade.get_width() == 183
        assert shade.get_hatch()


def test_bars_add_up_to_the_total(folders: dict[str, Path]) -> None:
    results = read_results(folders["six"], "da")
    bars = dict(drawn(folders["six"], "da"))["costs"].axes[0]
    for row, point in enumerate(results.points):
        widths = [patch.get_width() for patch in bars.patches if abs(patch.get_y() + 0.33 - row) < 0.1]
        assert len(widths) == 5
        assert sum(widths) == pytest.approx(results.figure(point, "cost.total").value.mean)


def test_what_families_pay_is_told_but_not_in_the_bars(folders: dict[str, Path]) -> None:
    figure = dict(drawn(folders["six"], "en"))["costs"]
    notes = " ".join(text.get_text() for text in figure.texts).replace("\n", " ")
    assert "What families pay themselves is not included" in notes
    legend = [text.get_text() for one in figure.legends for text in one.get_texts()]
    assert not [text for text in legend if "amil" in text]


def test_who_pays_has_a_bar_for_every_payer_and_they_add_up(folders: dict[str, Path]) -> None:
    results = read_results(folders["six"], "da")
    (axes,) = dict(drawn(folders["six"], "da"))["who_pays"].axes
    for row in range(len(results.others)):
        bars = [patch for patch in axes.patches if row - 0.5 < patch.get_y() + patch.get_height() / 2 < row + 0.5]
        *payers, everybody = sorted(bars, key=lambda patch: patch.get_y())
        assert len(payers) == 5
        assert sum(bar.get_width() for bar in payers) == pytest.approx(everybody.get_width(), abs=1e-6)


def test_the_bands_of_the_flow_add_up_to_the_nodes_on_the_same_scale(folders: dict[str, Path]) -> None:
    results = read_results(folders["six"], "da")
    panels = dict(drawn(folders["six"], "da"))["flow"].axes
    assert len(panels) == 2
    inches = {}
    for axes in panels:
        name = next(point for point in results.points if axes.get_title(loc="left").startswith(point.name))
        nodes = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
        left = sum(node.get_height() for node in nodes if node.get_x() == 0)
        right = sum(node.get_height() for node in nodes if node.get_x() > 0)
        assert left == pytest.approx(right)
        inches[name] = left / results.figure(name, "flow.matters").value.mean
    assert len(inches) == 2
    assert len({round(scale, 9) for scale in inches.values()}) == 1


def test_better_is_to_the_left_in_every_column_of_the_forest(folders: dict[str, Path]) -> None:
    results = read_results(folders["six"], "da")
    columns = dict(drawn(folders["six"], "da"))["forest"].axes
    cut = [point.label for point in results.others].index("staff_cut_only")
    for axes, worse in zip(columns, (True, True, True, True, False), strict=True):
        (dot,) = [line for line in axes.get_lines() if list(line.get_ydata()) == [cut] and line.get_marker() == "v"]
        assert (axes.transData.transform((dot.get_xdata()[0], 0))[0] > axes.transData.transform((0, 0))[0]) == worse
    assert columns[2].get_xlim()[0] > 0 > columns[2].get_xlim()[1]


def test_a_team_without_named_caseworkers_has_no_caseload(folders: dict[str, Path]) -> None:
    used, load = dict(drawn(folders["six"], "da"))["staff"].axes
    assert [label.get_text() for label in used.get_yticklabels()] == ["Modtagelsen", "Familieteam"]
    assert [len([line for line in axes.get_lines() if line.get_marker() in "o^Dvs"]) for axes in (used, load)] == [
        10,
        5,
    ]


def test_only_the_chosen_pictures_are_drawn_and_others_stay(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:2], replications=2)
    render_plots(folder, "da", ["svg"], ["flow"])
    assert {path.name for path in (folder / "plots").iterdir()} == {"flow.svg"}
    assert [path.name for path in render_plots(folder, "da", ["png"], ["costs"])] == ["costs.png"]
    assert {path.name for path in (folder / "plots").iterdir()} == {"flow.svg", "costs.png"}
    assert render_plots(folder, "da", ["png"], []) == []


def test_the_pictures_are_those_that_a_planner_can_choose() -> None:
    assert tuple(PICTURES) == CHOICE
    assert all(entry.name == name and entry.caption.da != entry.caption.en for name, entry in PICTURES.items())


def test_the_investment_begins_with_nothing_spent(folders: dict[str, Path]) -> None:
    (axes,) = dict(drawn(folders["six"], "en"))["investment"].axes
    curves = [line for line in axes.get_lines() if len(line.get_xdata()) == 5]
    assert len(curves) == 5
    assert all(line.get_ydata()[0] == 0 and line.get_xdata()[0] == 2024 for line in curves)
