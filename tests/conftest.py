"""What holds for every test: it says at which level it tests."""

from __future__ import annotations

import pytest

LEVELS = frozenset({"unit", "verification", "functional"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that do not carry exactly one of the level markers."""
    for item in items:
        levels = sorted({marker.name for marker in item.iter_markers()} & LEVELS)
        if len(levels) != 1:
            given = " and ".join(levels) or "none"
            raise pytest.UsageError(
                f"{item.nodeid} must carry exactly one of the markers {', '.join(sorted(LEVELS))}, not {given}"
            )
