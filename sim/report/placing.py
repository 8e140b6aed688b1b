"""Finds places for labels beside points, so that they cover neither points, intervals nor each other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DIRECTIONS = (
    *((1.0, 1), (-1.0, 1), (1.0, -1), (-1.0, -1), (1.0, 0), (-1.0, 0)),
    *((across, up) for up in (1, -1) for across in (0.5, -0.5, 0.0, 0.8, -0.8)),
)
"""Where a label may stand, the best first: beside its point, or above or below it and moved sideways."""


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two rectangles have any area in common."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def distance(self, point: tuple[float, float]) -> float:
        """Return how far a point is from the rectangle; 0 if it lies inside."""
        across = max(self.left - point[0], 0.0, point[0] - self.right)
        up = max(self.bottom - point[1], 0.0, point[1] - self.top)
        return math.hypot(across, up)

    def inside(self, other: Box) -> bool:
        """Whether this rectangle lies wholly inside another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


def place(
    anchors: Sequence[tuple[float, float]],
    sizes: Sequence[Sequence[tuple[float, float]]],
    obstacles: Sequence[Box],
    room: Box,
    gap: float,
    rivals: Sequence[Sequence[tuple[float, float]]],
) -> list[tuple[int, Box] | None]:
    """Find a place for each label, the first ones first.

    Args:
        anchors: the points that the labels belong to.
        sizes: width and height of each label, in the unit of the anchors: one pair for each shape that it may have.
        obstacles: what must not be covered.
        room: where labels may stand.
        gap: the smallest distance between a point and its label.
        rivals: for each label the points that it could be mistaken to belong to: it must be nearer to its own.

    Returns:
        Which shape each label has and its rectangle, or None if there is no free place near its point.
    """
    taken = list(obstacles)
    places: list[tuple[int, Box] | None] = []
    for anchor, shapes, others in zip(anchors, sizes, rivals, strict=True):
        found = next(
            (
                (shape, box)
                for shape, size in enumerate(shapes)
                for box in _candidates(anchor, size, gap)
                if box.inside(room)
                and not any(box.overlaps(obstacle) for obstacle in taken)
                and not any(box.distance(rival) < 1.5 * box.distance(anchor) for rival in others)
            ),
            None,
        )
        places.append(found)
        if found is not None:
            taken.append(found[1])
    return places


def _candidates(anchor: tuple[float, float], size: tuple[float, float], gap: float) -> Iterator[Box]:
    """Yield rectangles around a point, the nearest first."""
    x, y = anchor
    width, height = size
    for step in range(5):
        away = gap * (1 + step)
        for across, up in _DIRECTIONS:
            centre_x = x + across * width / 2 + (away if across == 1 else -away if across == -1 else 0.0)
            centre_y = y + up * (away + height / 2)
            yield Box(centre_x - width / 2, centre_y - height / 2, centre_x + width / 2, centre_y + height / 2)
