"""What people wait for has a name in both languages: pictures and stories show it."""

from __future__ import annotations

import pytest
from municipalities import configured

from sim.scenario.pathway import Delay

pytestmark = pytest.mark.unit

SEEN = {"work", "panel", "meeting", "service"}


@pytest.mark.parametrize("municipality", ["odense", "copenhagen", "one_team"])
def test_what_takes_time_has_a_label(municipality: str) -> None:
    tracks = configured(f"municipality={municipality}", "scenario=baseline").scenario.tracks
    nameless = [
        f"{track}.{name}"
        for track, config in tracks.items()
        for name, step in config.steps.items()
        if step.label is None and (step.kind in SEEN or (isinstance(step, Delay) and step.days != 0))
    ]
    assert nameless == []
