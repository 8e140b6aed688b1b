"""The script for mutation testing names modules and tests that are there."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
NAMED: dict[str, tuple[str, ...]] = runpy.run_path(str(ROOT / "benchmarks" / "mutants.py"))["TESTS"]


@pytest.mark.parametrize("module", NAMED)
def test_module_and_its_tests_are_there(module: str) -> None:
    assert (ROOT / "sim" / f"{module}.py").is_file()
    for test in NAMED[module]:
        assert (ROOT / "tests" / "unit" / f"test_{test}.py").is_file()
