"""A scenario looks the same everywhere, and can be told from the others without colour."""

import itertools

import numpy as np
import pytest

from sim.report import house_style as house
from sim.report.house_style import BASELINE, KNOWN, known_style, styles_for

pytestmark = pytest.mark.unit

CURATED = ("baseline", *KNOWN[:5])


def styles(*names: str, reference: str = "baseline"):
    return styles_for([(name, name) for name in names], reference)


def test_a_shipped_scenario_looks_the_same_in_every_company() -> None:
    alone = styles("pooled_budget", reference="pooled_budget")
    among_others = styles("weekly_panels", "my_own", "pooled_budget", "baseline")
    assert alone["pooled_budget"] == among_others["pooled_budget"] == known_style("pooled_budget")


def test_the_style_does_not_depend_on_the_order_of_the_points() -> None:
    names = ["baseline", "b_own", "pooled_budget", "a_own", "z_own"]
    first, second = styles(*names), styles(*reversed(names))
    assert dict(first) == dict(second)


def test_a_planners_own_scenario_keeps_its_style_when_another_one_joins() -> None:
    assert styles("baseline", "mine")["mine"] == styles("baseline", "mine", "pooled_budget")["mine"]


def test_no_two_shipped_scenarios_share_colour_and_marker() -> None:
    looks = [(style.colour, style.marker) for style in styles("baseline", *KNOWN).values()]
    assert len(set(looks)) == len(KNOWN) + 1


def test_thirty_own_scenarios_are_all_different() -> None:
    looks = [(s.colour, s.marker) for s in styles("baseline", *(f"own_{number}" for number in range(30))).values()]
    assert len(set(looks)) == 31


def test_of_several_points_of_one_scenario_the_reference_has_its_style() -> None:
    points = [("baseline--a-1", "baseline"), ("baseline--a-2", "baseline")]
    given = styles_for(points, reference="baseline--a-2")
    assert given["baseline--a-2"] == BASELINE
    assert given["baseline--a-1"] != BASELINE


def test_the_curated_scenarios_differ_in_colour_marker_and_line_style_each() -> None:
    for aspect in ("colour", "marker", "dashes"):
        assert len({getattr(style, aspect) for style in styles(*CURATED).values()}) == len(CURATED)


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# Machado, Oliveira and Fernandes (2009), severity 1.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_can_be_told_apart_by_colour_blind_readers(sight: str) -> None:
    seen = [lab(SIGHT[sight] @ linear(colour)) for colour in (house.REFERENCE_COLOUR, *house.COLOURS)]
    nearest = min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2))
    assert nearest > 15


@pytest.mark.parametrize("colour", house.COLOURS)
def test_every_line_can_be_seen_on_white_paper(colour: str) -> None:
    luminance = np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)
    assert 1.05 / (luminance + 0.05) > 2.2


def test_the_smallest_type_can_be_read_at_half_a_pages_width() -> None:
    smallest = min(house.TITLE_SIZE, house.TEXT_SIZE, house.SMALL_SIZE)
    assert smallest * house.HALF_PAGE / house.WIDTH > 5


def test_parts_of_a_bar_are_told_apart_by_hatching_too() -> None:
    assert len(set(house.HATCHES)) == len(house.HATCHES) == len(house.FILLS)
