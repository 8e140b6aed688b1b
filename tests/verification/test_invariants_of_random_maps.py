"""What must hold in every journal, on any map that a planner could write down.

``HYPOTHESIS_PROFILE=thorough`` searches for longer.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from journal_invariants import check_all
from random_maps import scenarios

from sim.model import simulate
from sim.scenario import Scenario

pytestmark = pytest.mark.verification


@given(scenario=scenarios())
def test_any_map(scenario: Scenario) -> None:
    """The invariants hold, and running the scenario twice gives the same journal."""
    journal = simulate(scenario)
    check_all(journal, scenario)
    assert simulate(scenario).digest() == journal.digest()
