"""Labels find a place that covers nothing."""

import pytest

from sim.report.placing import Box, place

pytestmark = pytest.mark.unit

ROOM = Box(0, 0, 100, 100)


def test_a_label_with_room_stands_above_to_the_right() -> None:
    found = place([(50, 50)], [[(20, 10)]], [], ROOM, 2, [[]])
    assert found == [(0, Box(52, 52, 72, 62))]


def test_at_the_right_edge_it_goes_to_the_left() -> None:
    (found,) = place([(95, 50)], [[(20, 10)]], [], ROOM, 2, [[]])
    assert found is not None
    assert found[1].right <= 95


def test_labels_cover_neither_obstacles_nor_each_other() -> None:
    anchors = [(50.0, 50.0), (52.0, 51.0), (49.0, 49.0)]
    obstacles = [Box(x - 1, y - 1, x + 1, y + 1) for x, y in anchors]
    found = [one[1] for one in place(anchors, [[(20, 10)]] * 3, obstacles, ROOM, 2, [[]] * 3) if one is not None]
    assert len(found) == 3
    boxes = [*found, *obstacles]
    assert not [(a, b) for a in found for b in boxes if a is not b and a.overlaps(b)]


def test_a_label_that_fits_nowhere_has_no_place() -> None:
    assert place([(50, 50)], [[(200, 10)]], [], ROOM, 2, [[]]) == [None]


def test_a_narrower_shape_is_tried_when_the_wide_one_does_not_fit() -> None:
    (found,) = place([(50, 50)], [[(200, 10), (20, 20)]], [], ROOM, 2, [[]])
    assert found is not None
    assert found[0] == 1


def test_a_label_is_nearest_to_its_own_point() -> None:
    rival = (63.0, 58.0)
    (found,) = place([(50, 50)], [[(20, 10)]], [], ROOM, 2, [[rival]])
    assert found is not None
    assert found[1].distance(rival) > found[1].distance((50, 50))
