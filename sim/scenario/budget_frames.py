"""Budget frames (*budgetrammer*): who draws on which, and what may be spent in a year.

An administration draws on the frame that it names, or else on one of its own; administrations that name the same frame
share the sum of what they have.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.scenario.costs import Frame
from sim.scenario.staff import Administration


def frame_of(administrations: Mapping[str, Administration]) -> dict[str, str]:
    """Return the name of the frame that each administration draws on."""
    return {name: administration.budget or name for name, administration in administrations.items()}


def budget_frames(administrations: Mapping[str, Administration]) -> dict[str, tuple[str, ...]]:
    """Return the administrations that draw on each frame."""
    drawn = frame_of(administrations)
    return {
        frame: tuple(name for name, its in drawn.items() if its == frame) for frame in dict.fromkeys(drawn.values())
    }


def frame_dkk(frames: Mapping[str, Frame], members: tuple[str, ...], year: int, scale: float) -> float | None:
    """Return what administrations may spend together in a year, DKK at the level of the price list.

    Args:
        frames: The frames that are given, by administration.
        members: The administrations.
        year: The calendar year.
        scale: Scale of the municipality, which its frames share.

    Returns:
        None if one of the administrations is given no frame.
    """
    if not all(member in frames for member in members):
        return None
    return scale * sum(frames[member].years.get(str(year), frames[member].dkk_per_year) for member in members)
