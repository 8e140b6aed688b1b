"""Ctrl-C in the middle of a sweep on several processes."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import main
from sim.experiment.manifest import Manifest
from sim.report import plots

pytestmark = pytest.mark.functional

REPLICATIONS = 30
PRESS_WHEN_SOMETHING_IS_STORED = """
import _thread, os, pathlib, signal, sys, threading, time

# Whoever starts the tests in the background has let them ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

def press():
    while not list(pathlib.Path(sys.argv[2]).glob("points/*/replications/0*")):
        time.sleep(0.01)
    if sys.argv[1] == "terminal":
        os.killpg(os.getpgrp(), signal.SIGINT)
    else:
        _thread.interrupt_main()

threading.Thread(target=press, daemon=True).start()
from sim.cli import main
sys.exit(main(sys.argv[3:]))
"""
WAYS = ["main_process"] if sys.platform == "win32" else ["main_process", "terminal"]
"""Who hears of Ctrl-C: the main process alone, or, as from a terminal, the workers too (Windows has no such groups)."""


@pytest.mark.parametrize("way", WAYS)
def test_finished_work_is_kept_and_the_message_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
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
        [sys.executable, "-c", PRESS_WHEN_SOMETHING_IS_STORED, way, str(folder), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    out, err = started.communicate(timeout=600)
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
