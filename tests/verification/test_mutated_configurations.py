"""Mistakes of every kind in configurations: each is refused with one message that people can act on, or simulates.

Some thousand documents are made from good ones, the same every time. None of them hangs: what is valid is simulated
over a short horizon, with a bound on the events. ``SAGSFLOW_MUTATIONS=20000`` looks at more.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import json
import os
import random
from collections import Counter
from functools import cache
from heapq import heappop
from pathlib import Path
from typing import Any

import pytest
from municipalities import configured
from mutated_yaml import as_yaml, mutated, scratched
from small_maps import FOLDER

from sim.cli import main
from sim.model.environment import Environment
from sim.model.world import World
from sim.scenario import Scenario
from sim.scenario.configuration import checked, from_yaml
from sim.scenario.errors import PlannerError
from sim.scenario.time import Horizon
from sim.scenario.yamlfile import parse_yaml

pytestmark = pytest.mark.verification

DOCUMENTS = int(os.environ.get("SAGSFLOW_MUTATIONS", "1100"))
SHORT = Horizon(start=dt.date(2024, 1, 1), run_in_years=0, years=0.05)
MOST_EVENTS = 50_000
MOST_TO_SIMULATE = 20_000
"""Persons that come in the short horizon, beyond which a large but sound municipality is not simulated here."""
HANGS_SECONDS = 600
"""Not a measurement: a hang shows where it is instead of stopping everything."""


class EndlessError(AssertionError):
    """A simulation goes on and on."""


def _bounded(self: Environment, horizon: float) -> None:
    processed = 0
    queue = self._queue
    while queue and queue[0][0] < horizon:
        self.now, _, _, event = heappop(queue)
        self._now = self.now
        processed += 1
        if processed > MOST_EVENTS:
            raise EndlessError(f"{processed} events by day {self.now:g}")
        callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
        for callback in callbacks:
            callback(event)
    self.now = self._now = horizon
    self.processed += processed


@cache
def good_ones() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return text and data of the configurations that mistakes are made in."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        found.append((text, json.loads(json.dumps(parse_yaml(text, path).data, default=str))))
    smallest = json.loads(json.dumps(configured("municipality=one_team").composed, default=str))
    found.extend([(as_yaml(smallest), smallest)] * 6)
    found *= 2  # a large municipality takes ten times as long to check
    large = configured("municipality=odense", "++municipality.scale=0.02").composed
    found.append((as_yaml(large), json.loads(json.dumps(large, default=str))))
    return tuple(found)


def document(number: int) -> str:
    """Return the text of a configuration with mistakes, always the same for a number."""
    choose = random.Random(number)  # noqa: S311 (no secrets)
    text, data = choose.choice(good_ones())
    return scratched(text, choose) if number % 4 == 0 and len(text.splitlines()) > 1 else as_yaml(mutated(data, choose))


def persons(scenario: Scenario) -> float:
    """Return how many persons a scenario has within the short horizon, roughly."""
    scale = scenario.municipality.scale
    groups = (*scenario.initial_caseload.values(), *scenario.initial_matters.values())
    there = sum(group.number for group in groups) * scale
    most = [source.relative + sum(c.relative for c in source.changes.values()) for source in scenario.arrivals.values()]
    rates = [(source.per_year or 365) * scale for source in scenario.arrivals.values()]
    places = sum(team.caseworkers * scale for team in scenario.teams.values())
    return float(there + places + SHORT.years * sum(rate * (1 + more) for rate, more in zip(rates, most, strict=True)))


def outcome(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return whether a document was refused or simulated."""
    monkeypatch.setattr(Environment, "run_to", _bounded)
    try:
        data = parse_yaml(text, Path("own.yaml")).data
        if not isinstance(data, dict):
            return "not a configuration"
        scenario = checked({key: value for key, value in data.items() if key != "choices"}, {}).scenario
    except PlannerError as error:
        message = str(error)
        assert message.strip()
        assert "Traceback" not in message
        assert "pydantic" not in message
        assert len(message) < 20_000, "a message that nobody reads to the end"
        return "refused"
    if persons(scenario) > MOST_TO_SIMULATE:
        return "large"
    horizon = SHORT.model_copy(update={"start": scenario.horizon.start})
    journal = World(scenario.model_copy(update={"horizon": horizon}), 0).run()
    assert (journal.cases["entered"] <= journal.horizon).all()
    return "simulated"


@pytest.mark.parametrize("part", range(4))
def test_every_mistake_is_refused_or_does_no_harm(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    faulthandler.dump_traceback_later(HANGS_SECONDS, exit=True)
    outcomes: Counter[str] = Counter()
    try:
        for number in range(part, DOCUMENTS, 4):
            try:
                outcomes[outcome(document(number), monkeypatch)] += 1
            except BaseException as fault:
                fault.add_note(f"document {number}")
                raise
    finally:
        faulthandler.cancel_dump_traceback_later()
    assert outcomes["refused"] > DOCUMENTS // 20, "the mistakes are hardly any"
    assert outcomes["simulated"] > DOCUMENTS // 100, "hardly anything was simulated"
    assert outcomes["large"] < DOCUMENTS // 50, "much was taken for too large"


@pytest.mark.parametrize("number", range(7))
def test_the_command_line_says_it_in_one_message(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistake in a file of scenarios: exit status 2, a message on standard error, no traceback."""
    scenario = tmp_path / "scenarios" / "mine.yaml"
    scenario.parent.mkdir()
    head = "about: {label: {da: Min, en: Mine}, summary: {da: Min., en: Mine.}, why: to try, source: me}\n"
    mistakes = (
        "teams: {advisers: {caseworkers: 1e300}}\n",
        "teams: {advisers: {caseworkers: 999999999}}\n",
        "teams: &again {advisers: *again}\n",
        "tracks: {support: {steps: {assessment: {hours: .nan}}}}\n",
        "municipality: {scale: 1000000}\n",
        "horizon: {years: !!int ti}\n",
        "teams: {rådgivere\x07: {caseworkers: 5}}\n",
    )
    scenario.write_text(head + mistakes[number], encoding="utf-8")
    overrides = ["municipality=one_team", "scenario=mine", f"output={tmp_path / 'results'}"]
    assert main(["--scenarios", str(tmp_path), "run", *overrides]) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out
    assert said.err.strip()
    assert not (tmp_path / "results").exists()


def test_a_composed_configuration_with_a_mistake_is_refused_as_a_file(tmp_path: Path) -> None:
    """The path that every document goes is the one that a file goes."""
    path = tmp_path / "mine.yaml"
    path.write_text(good_ones()[0][0].replace("caseworkers: 1", "caseworkers: 1e300"), encoding="utf-8")
    with pytest.raises(PlannerError, match=r"teams\.desk\.caseworkers"):
        from_yaml(path)
