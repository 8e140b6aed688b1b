"""What holds for every test: it says at which level it tests, and its search for examples is the same every time.

``HYPOTHESIS_PROFILE=thorough pytest tests/verification`` searches long and anew. Neither profile looks for the smallest
example that fails, which can take minutes with whole process maps: add ``Phase.shrink`` here for that.

A file's tests are run by one process (``--dist loadfile``), which makes its fixtures once. Those that take longest come
first, so that no process works on long after the others have ended.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

_phases = [Phase.explicit, Phase.reuse, Phase.generate]
_slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "sagsflow",
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=_phases,
    suppress_health_check=_slow,
)
settings.register_profile("thorough", max_examples=750, deadline=None, phases=_phases, suppress_health_check=_slow)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "sagsflow"))

# The terminal speaks the language of whoever runs the tests, unless it is told that there is none.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("SAGSFLOW_LANG", None)

# Where Python is told to write no bytecode (as in many containers), each process that tests start would compile all
# libraries anew, which takes longer than what it does. So the bytecode goes where pytest keeps what it remembers.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    del os.environ["PYTHONDONTWRITEBYTECODE"]

LEVELS = frozenset({"unit", "verification", "functional"})
LONGEST = (
    "test_scenario_directions",
    "test_report_plots",
    "test_sweep_folder",
    "test_sweep_survives",
    "test_stacking",
    "test_face_validity",
    "test_invariants_of_random_maps",
    "test_search_folder",
    "test_cli_commands",
    "test_compose",
    "test_known_queues",
    "test_evidence_register",
    "test_cli_interrupt",
    "test_own_folder",
    "test_sweep_auto",
    "test_ray_two_nodes",
    "test_pricing",
    "test_mutated_configurations",
    "test_wheel",
    "test_python_api",
    "test_page_in_browser",
    "test_growing_queues",
    "test_known_stationary_excess",
    "test_report_summary",
)
"""Files in the order in which they are begun; all others come after them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest files come first, and refuse tests that do not carry exactly one of the level markers."""
    if absent := [name for name in LONGEST if not list(Path(__file__).parent.glob(f"*/{name}.py"))]:
        raise pytest.UsageError(f"tests/conftest.py lets files come first that are not there: {', '.join(absent)}")
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))
    for item in items:
        levels = sorted({marker.name for marker in item.iter_markers()} & LEVELS)
        if len(levels) != 1:
            given = " and ".join(levels) or "none"
            raise pytest.UsageError(
                f"{item.nodeid} must carry exactly one of the markers {', '.join(sorted(LEVELS))}, not {given}"
            )
