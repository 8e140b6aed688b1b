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
        progress.started(4, stored, {"baseline": 4 - stored})
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


def test_several_points_are_counted_when_nothing_of_them_is_missing_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS_BETWEEN_LINES", 0.0)
    stream = io.StringIO()
    with Progress(stream, "da", quiet=False) as progress:
        progress.started(6, 2, {"baseline": 2, "other": 2, "there": 0})
        progress.done(Done("baseline", 1, 0.1))
        progress.done(Done("other", 1, 0.1))
        progress.failed(Failed("baseline", 2, "ValueError"))
        progress.done(Done("other", 2, 0.1))
    lines = [line.split(", ca.")[0] for line in stream.getvalue().splitlines() if line[0].isdigit()]
    assert lines == [
        "2 af 6 gentagelser ligger der allerede",
        "3 af 6 gentagelser, 1 af 3 punkter",
        "4 af 6 gentagelser, 1 af 3 punkter",
        "5 af 6 gentagelser, 2 af 3 punkter",
        "6 af 6 gentagelser, 3 af 3 punkter",
    ]
