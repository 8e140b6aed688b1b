"""Ctrl-C in the middle of a sweep on several processes."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.cli import main
from sim.experiment.manifest import Manifest
from sim.report import plots

pytestmark = pytest.mark.functional

REPLICATIONS = 30


@pytest.mark.skipif(sys.platform == "win32", reason="a test cannot press Ctrl-C for a single process on Windows")
def test_finished_work_is_kept_and_the_message_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    arguments = [
        "sweep",
        "municipality=one_team",
        "scenario=baseline",
        f"experiment.replications={REPLICATIONS}",
        "compute.n_jobs=2",
        "report=english",
        f"output={folder.as_posix()}",
        "-q",
    ]
    started = subprocess.Popen(
        [sys.executable, "-m", "sim", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # Whoever starts the tests in the background has let them ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while not list(folder.glob("points/*/replications/0*")):
        assert started.poll() is None, started.communicate()
        time.sleep(0.01)
    # To the whole group, as a terminal does it.
    os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate(timeout=60)
    stored = len(list(folder.glob("points/*/replications/0*")))
    assert started.returncode == 130
    assert out == ""
    told, command = err.splitlines()
    assert told == f"Interrupted. {stored} of {REPLICATIONS} replications are stored. Continue with:"
    assert shlex.split(command)[1:] == arguments
    assert 0 < stored < REPLICATIONS
    assert Manifest.read(folder).status == "interrupted"

    monkeypatch.setattr(plots, "render_plots", lambda *_: [])
    assert main([argument.replace("n_jobs=2", "n_jobs=1") for argument in arguments]) == 0
    assert Manifest.read(folder).points[0].stored == REPLICATIONS
