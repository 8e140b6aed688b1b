"""What a person is told while the simulation runs."""

from __future__ import annotations

import io

import pytest

from sim.experiment import progress as module
from sim.experiment.progress import Progress
from sim.experiment.run import Done, Failed

pytestmark = pytest.mark.unit


def told(*, quiet: bool, language: str = "en", stored: int = 1) -> list[str]:
    stream = io.StringIO()
    with Progress(stream, language, quiet=quiet) as progress:
        progress.started(total=4, stored=stored)
        progress.done(Done("baseline", 1, 0.1))
        progress.failed(Failed("baseline", 2, "ValueError: [bold]no[/bold]"))
        progress.done(Done("baseline", 3, 0.1))
    return stream.getvalue().splitlines()


def test_a_log_file_gets_whole_lines_and_no_control_characters() -> None:
    assert told(quiet=False) == [
        "1 of 4 replications are there already",
        "baseline, replication 2 failed: ValueError: [bold]no[/bold]",
        "4 of 4 replications",
    ]


def test_quiet_keeps_nothing_but_failures() -> None:
    assert told(quiet=True) == ["baseline, replication 2 failed: ValueError: [bold]no[/bold]"]


def test_in_danish() -> None:
    assert told(quiet=False, language="da")[0] == "1 af 4 gentagelser ligger der allerede"


def test_now_and_then_it_says_how_long_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS_BETWEEN_LINES", 0.0)
    lines = told(quiet=False, stored=0)
    assert lines[0].startswith("1 of 4 replications, about ")
