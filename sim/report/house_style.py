"""How every picture looks: colours, markers, line styles, fonts and sizes, in one place.

A scenario looks the same in every picture, and never by colour alone: it keeps a colour, a marker and a line style,
so that the pictures can be read by colour-blind readers and survive a grey print. The colours are those of
Okabe and Ito (2008), without the yellow, which cannot be seen as a line on white paper.

Pictures are drawn as wide as the text of an A4 page and with type so large that they can still be read when they
are put into a document at half that width.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Dashes = tuple[float, tuple[float, ...]]
"""A line style as Matplotlib takes it: offset, and the lengths of dashes and gaps in line widths."""

WIDTH = 6.0
"""Width of every picture, in inches."""
HALF_PAGE = 3.15
"""Half the width of an A4 page's text (8 cm), in inches: the smallest size that a picture must be readable at."""
DPI = 200

TITLE_SIZE = 13.0
TEXT_SIZE = 11.0
SMALL_SIZE = 10.0
LINE_SPACING = 1.25
"""Height of a line of text, relative to its type size."""

REFERENCE_COLOUR = "#000000"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKERS = ("s", "^", "D", "v", "P", "X", "<", "p", ">", "h", "*")
DASHES: tuple[Dashes, ...] = (
    (0, (6, 1.6)),
    (0, (2.6, 1.2)),
    (0, (7, 1.5, 1.4, 1.5)),
    (0, (1.2, 1.1)),
    (0, (5, 1.3, 1.2, 1.3, 1.2, 1.3)),
)
SOLID: Dashes = (0, ())

GREY = "#8A8A8A"
"""What stays in the background: scenarios that are not highlighted."""
TEXT_GREY = "#4A4A4A"
GRID = "#D9D9D9"
SHADE = "#EFEFEF"

FILLS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B3B3B3", "#F0E442")
"""Fill colours of stacked bars, in the order of the stack."""
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "ooo", "---", "+++")

KNOWN = (
    "joint_transition_team",
    "pooled_budget",
    "early_planning",
    "staff_cut_only",
    "weekly_panels",
    "one_plan",
    "late_planning",
    "single_entry",
    "early_intervention",
    "specialised_teams",
    "generalist_teams",
    "internal_suppliers",
    "external_suppliers",
    "mid_spectrum_offers",
    "new_boundary",
    "caseworker_continuity",
    "school_social_workers",
    "decision_quality",
    "ombudsman_dialogue",
    "network_meeting_plans",
    "budget_brake",
)
"""The shipped scenarios besides the baseline. The order gives them their style: append, never rearrange."""

_SLOTS = len(COLOURS) * len(MARKERS)


@dataclass(frozen=True)
class Style:
    """How one scenario is drawn."""

    colour: str
    marker: str
    dashes: Dashes
    width: float = 1.7
    """Line width in points."""


BASELINE = Style(REFERENCE_COLOUR, "o", SOLID, 2.1)
BACKGROUND = Style(GREY, "o", SOLID, 0.8)


def _slot(position: int) -> Style:
    return Style(COLOURS[position % len(COLOURS)], MARKERS[position % len(MARKERS)], DASHES[position % len(DASHES)])


def known_style(name: str) -> Style | None:
    """Return the style of a shipped scenario, or None for a name that is not one."""
    if name == "baseline":
        return BASELINE
    return _slot(KNOWN.index(name)) if name in KNOWN else None


def styles_for(points: Iterable[tuple[str, str]], reference: str) -> Mapping[str, Style]:
    """Give every point its style.

    A shipped scenario always has the same one. A planner's own name gets one that follows from the name; only if two
    names in the same sweep would look alike does the later one (in alphabetical order) move on to the next.

    Args:
        points: label and scenario name of every point. If several points have the same scenario, the reference,
            or else the first, has the scenario's own style.
        reference: label of the point that the others are compared with.
    """
    points = sorted(points, key=lambda point: point[0] != reference)
    styles: dict[str, Style] = {}
    taken: set[str] = set()
    for label, scenario in points:
        known = known_style(scenario)
        if known is not None and scenario not in taken:
            styles[label] = known
            taken.add(scenario)
    own = range(len(KNOWN), _SLOTS)
    used: set[int] = set()
    for label in sorted(label for label, _ in points if label not in styles):
        start = zlib.crc32(label.encode()) % len(own)
        position = next(
            (own[(start + step) % len(own)] for step in range(len(own)) if own[(start + step) % len(own)] not in used),
            own[start],
        )
        used.add(position)
        styles[label] = _slot(position)
    return styles


def settings() -> dict[Any, Any]:
    """Return Matplotlib's settings for a picture: the same file for the same figures, wherever it is drawn."""
    return {
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"],
        "font.size": TEXT_SIZE,
        "text.parse_math": False,
        "svg.hashsalt": "sagsflow",
        "svg.fonttype": "path",
        "axes.labelsize": TEXT_SIZE,
        "axes.titlesize": TEXT_SIZE,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": TEXT_GREY,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.unicode_minus": True,
        "grid.color": GRID,
        "grid.linewidth": 0.7,
        "xtick.labelsize": SMALL_SIZE,
        "ytick.labelsize": SMALL_SIZE,
        "xtick.color": TEXT_GREY,
        "ytick.color": TEXT_GREY,
        "xtick.labelcolor": "black",
        "ytick.labelcolor": "black",
        "legend.fontsize": SMALL_SIZE,
        "legend.frameon": False,
        "hatch.linewidth": 0.7,
        "lines.markersize": 6,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "savefig.dpi": DPI,
        "figure.dpi": 100,
    }
