"""Which figures a growing queue makes meaningless, in a map of two sides and an appeal."""

from __future__ import annotations

import pytest

from sim.experiment.affected import affected

pytestmark = pytest.mark.unit

TOWN = {
    "teams": {
        "desk": {"administration": "buf", "allocation": "pooled"},
        "family": {"administration": "buf"},
        "adults": {"administration": "bsf", "allocation": "pooled"},
    },
    "tracks": {
        "children": {
            "side": "child",
            "administration": "buf",
            "steps": {
                "sort": {"kind": "work", "team": "desk", "starts": ["screening_24h"]},
                "assess": {
                    "kind": "work",
                    "team": {"by": "profile", "values": {"x": "family"}},
                    "starts": ["decision"],
                },
                "panel": {"kind": "panel", "panel": "board"},
            },
        },
        "adult": {"side": "adult", "steps": {"assess": {"team": "adults", "starts": ["decision", "local"]}}},
        "appeal": {"side": "appeal", "steps": {"again": {"team": "own", "starts": ["appeal"]}}},
    },
}


def hit(series: str, group: str, kpi: str, of: str = "all") -> bool:
    return affected(TOWN, [(series, group)], kpi, of) is not None


@pytest.mark.parametrize(
    ("place", "kpi", "of", "expected"),
    [
        ("desk", "wait.total", "all", True),
        ("desk", "wait.total.p90", "child", True),
        ("desk", "wait.total", "adult", False),
        ("desk", "wait.decision", "children", True),
        ("desk", "wait.decision", "adult", False),
        ("adults", "wait.total", "adult", True),
        ("adults", "wait.total", "child", False),
        ("desk", "deadline.screening_24h", "all", True),
        ("adults", "deadline.screening_24h", "all", False),
        ("adults", "deadline.local", "all", True),
        ("desk", "deadline.local", "all", False),
        ("desk", "deadline.screening_24h.n", "all", False),
        ("family", "appeals.days_to_final", "all", True),  # the case's own team, which can be named
        ("desk", "appeals.days_to_final", "all", False),
        ("adults", "transition.gap_days", "all", True),
        ("desk", "transition.gap_days", "all", False),
        ("desk", "wait.in_queue", "desk", True),
        ("desk", "wait.in_queue", "all", True),
        ("desk", "wait.in_queue", "family", False),
        ("board", "wait.in_queue", "board", True),
        ("board", "wait.in_queue", "all", False),  # all is the teams' tasks
        ("board", "wait.total", "all", True),
        ("desk", "staff.backlog_hours", "buf", True),
        ("desk", "staff.backlog_hours", "bsf", False),
        ("desk", "staff.utilisation", "all", False),
        ("desk", "cost.total", "all", False),
        ("desk", "volume.placed", "all", False),
    ],
)
def test_a_growing_team_or_panel(place: str, kpi: str, of: str, expected: bool) -> None:
    assert hit("queue.tasks", place, kpi, of) is expected


@pytest.mark.parametrize(
    ("series", "group", "kpi", "of", "expected"),
    [
        ("queue.services", "category:placement", "wait.total", "all", True),
        ("queue.services", "category:placement", "wait.service", "adult", False),
        ("queue.services", "category:adult", "wait.service", "adult", True),
        ("queue.services", "category:placement", "wait.service", "category:supportive", False),
        ("queue.services", "category:placement", "wait.decision", "all", False),
        ("queue.services", "category:placement", "deadline.local", "all", False),
        ("queue.decisions", "adult", "wait.decision", "adult", True),
        ("queue.decisions", "adult", "wait.decision", "children", False),
        ("queue.cases", "all", "wait.allocation", "all", True),
        ("queue.cases", "all", "wait.decision", "all", True),
        ("queue.tasks", "desk", "wait.allocation", "all", False),
    ],
)
def test_what_else_grows(series: str, group: str, kpi: str, of: str, expected: bool) -> None:
    assert hit(series, group, kpi, of) is expected


def test_nothing_grows_nothing_is_affected() -> None:
    assert affected(TOWN, [], "wait.total", "all") is None
    assert affected({}, [("queue.tasks", "desk")], "cost.total", "all") is None
