"""Starting Ray and leaving nothing behind, without starting it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.ray_session import ALONE, ALWAYS, ATTEMPTS, TOO_SLOW, connected, until_started
from sim.scenario.errors import PlannerError
from sim.scenario.launcher import Launcher

pytestmark = pytest.mark.unit

WATCHED = ("RAY_USAGE_STATS_ENABLED", "RAY_ENABLE_UV_RUN_RUNTIME_ENV", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return with what Ray was started, and what was in the environment then."""
    with pytest.MonkeyPatch.context() as patch:
        # It reads them when it is loaded, and other tests may need it in the same process.
        for name, value in {**ALWAYS, **ALONE}.items():
            patch.setenv(name, value)
        import ray
    calls: list[dict[str, Any]] = []
    for name in (*WATCHED, "RAY_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", lambda **given: calls.append({**given, **{n: os.environ.get(n) for n in WATCHED}}))
    monkeypatch.setattr(ray, "shutdown", lambda: calls.append({"shutdown": True}))
    return calls


def interrupted(calls: list[dict[str, Any]]) -> None:
    with connected(Launcher({"address": None}), 3):
        assert Path(calls[0]["_temp_dir"]).is_dir()
        raise KeyboardInterrupt


def test_a_ray_of_ones_own_is_alone_and_leaves_nothing(started: list[dict[str, Any]]) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(started)
    call = started[0]
    assert (call["address"], call["num_cpus"], call["include_dashboard"]) == ("local", 3, False)
    assert [call[name] for name in WATCHED] == ["0", "0", "0"]
    assert started[1:] == [{"shutdown": True}]
    assert not Path(call["_temp_dir"]).exists()
    assert not {*WATCHED} & os.environ.keys()


def test_a_cluster_is_joined_and_not_configured(started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "head:1")
    with connected(Launcher({"address": None}), 3), connected(Launcher({"address": "auto", "namespace": "n"}), 3):
        pass
    assert [call["address"] for call in started[:2]] == ["head:1", "auto"]
    assert started[1]["namespace"] == "n"
    assert not {"num_cpus", "object_store_memory", "_temp_dir"} & (started[0].keys() | started[1].keys())
    assert started[0]["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] is None


def test_what_cannot_be_reached_is_one_message(started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(**_: object) -> None:
        raise ConnectionError("nobody there\nand more")

    monkeypatch.setattr("ray.init", unreachable)
    with pytest.raises(PlannerError) as refusal, connected(Launcher({"address": "head:6379"}), 1):
        pass
    assert str(refusal.value).startswith("there is no Ray at 'head:6379': nobody there\nThe settings are")
    assert started == [{"shutdown": True}]


def test_a_slow_start_is_tried_again_and_another_fault_is_not() -> None:
    said = [TOO_SLOW] * (ATTEMPTS - 1)
    tried = []

    def start() -> str:
        tried.append(True)
        if said:
            raise RuntimeError(f"The node {said.pop()}.")
        return "started"

    assert until_started(start) == "started"
    assert len(tried) == ATTEMPTS
    said = ["broke"]
    with pytest.raises(RuntimeError, match="broke"):
        until_started(start)
