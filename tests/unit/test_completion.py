"""What the Tab key completes."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from sim.completion import SHELLS, code, overrides

pytestmark = pytest.mark.unit

NOTHING = Namespace(early_scenarios=None)


def test_keys_are_config_groups_and_what_is_often_changed() -> None:
    keys = overrides("", NOTHING)
    assert {"scenario=", "municipality=", "experiment=", "experiment.replications="} <= set(keys)
    assert all(key.endswith("=") for key in keys)


def test_a_group_has_the_names_of_its_files() -> None:
    assert overrides("municipality=", NOTHING) == [
        f"municipality={name}" for name in ("copenhagen", "odense", "one_team")
    ]


@pytest.mark.parametrize("done", ["baseline,", "baseline,one_plan+"])
def test_what_stands_before_the_last_name_is_kept(done: str) -> None:
    assert f"scenario={done}pooled_budget" in overrides(f"scenario={done}po", NOTHING)


def test_folders_of_ones_own_are_looked_into(tmp_path: Path) -> None:
    (tmp_path / "larger_intake.yaml").touch()
    assert "scenario=larger_intake" in overrides(
        "scenario=", Namespace(early_scenarios=None, late_scenarios=[tmp_path])
    )
    (tmp_path / "configs" / "municipality").mkdir(parents=True)
    (tmp_path / "configs" / "municipality" / "ours.yaml").touch()
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "other.yaml").touch()
    own = Namespace(early_scenarios=[str(tmp_path)])
    assert "municipality=ours" in overrides("municipality=", own)
    assert "scenario=other" in overrides("scenario=", own)
    assert "scenario=larger_intake" not in overrides("scenario=", own)


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_code(shell: str) -> None:
    assert "sagsflow" in code(shell)
