"""Every figure of Odense and of Copenhagen says where it comes from and lies within what is defensible.

The smallest municipality, ``one_team``, is exempt: it is a made-up place for tests and tutorials, so its figures claim
nothing about the world.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from municipalities import configured

from sim.scenario.compose import Configuration
from sim.scenario.configuration import about_of, validated
from sim.scenario.errors import Problem
from sim.scenario.evidence import Evidence, evidence_for, figures
from sim.scenario.shipped import configs_folder, scenarios_folder
from sim.scenario.yamlfile import read_yaml

pytestmark = pytest.mark.unit

FALLBACKS = frozenset({"tracks.*.days", "tracks.*.hours"})
"""For a plain number that a planner puts in the place of a distribution; nothing of the kind is shipped."""

NOT_OF_THE_MODEL = frozenset({"evidence", "experiment", "compute", "report", "output"})
"""Sections whose numbers say how to run and to show, not how the world is."""

MUNICIPALITIES = ("odense", "copenhagen")
POINTS = [
    (municipality, path.stem)
    for municipality in MUNICIPALITIES
    for path in sorted(scenarios_folder().glob("*.yaml"))
    if about_of(path).municipality in (None, municipality)
]
"""Each municipality with the scenarios that are written for it."""
ALTERNATIVES = [point for point in POINTS if point[1] != "baseline"]
ROOT = Path(__file__).parents[2]
TAG = re.compile(r"\b[SF]\d+\b")
Point = tuple[str, str]
KNOWN = {"low": 1, "high": 3, "unit": "years", "kind": "assumption", "source": "us", "year": 2024}


def evidence(**settings: Any) -> Evidence:
    return Evidence.model_validate({**KNOWN, **settings})


def composed(municipality: str, scenario: str) -> Configuration:
    """Return the configuration of a municipality with one of its scenarios."""
    return configured(f"municipality={municipality}", f"scenario={scenario}")


@cache
def values_by_path(municipality: str, scenario: str) -> Mapping[str, list[float]]:
    """Return the figures of a point's model by path; those of a list stand together."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    model = {k: v for k, v in composed(municipality, scenario).composed.items() if k not in NOT_OF_THE_MODEL}
    for path, value in figures(model):
        found[path].append(value)
    return dict(found)


@cache
def changed_by(municipality: str, scenario: str) -> list[str]:
    """Return the paths of the figures that are others than those of the municipality as it is."""
    before = values_by_path(municipality, "baseline")
    return [path for path, values in values_by_path(municipality, scenario).items() if before.get(path) != values]


def own_register(scenario: str) -> dict[str, Evidence]:
    """Return the evidence that a scenario's own file gives."""
    given = read_yaml(scenarios_folder() / f"{scenario}.yaml").data.get("evidence", {})
    problems: list[Problem] = []
    read = {key: validated(Evidence, entry, key, problems) for key, entry in given.items()}
    assert not problems
    return {key: entry for key, entry in read.items() if entry is not None}


def test_there_are_figures_to_look_at() -> None:
    assert {point for point in POINTS if point[1] == "baseline"} == {(name, "baseline") for name in MUNICIPALITIES}
    assert ("copenhagen", "copenhagen_pooled_budget") in POINTS
    assert len(POINTS) >= 9
    found = values_by_path("odense", "baseline")
    assert len(found) > 500
    teams = composed("odense", "baseline").scenario.teams
    assert found["teams.buf_intake.caseworkers"] == [teams["buf_intake"].caseworkers]


@pytest.mark.parametrize("point", POINTS, ids="-".join)
def test_every_figure_has_evidence(point: Point) -> None:
    register = composed(*point).scenario.evidence
    assert [path for path in values_by_path(*point) if evidence_for(path, register) is None] == []


@pytest.mark.parametrize("point", POINTS, ids="-".join)
def test_every_figure_lies_within_its_own_range(point: Point) -> None:
    register = composed(*point).scenario.evidence
    outside = []
    for path, values in values_by_path(*point).items():
        known = evidence_for(path, register)
        for value in values:
            low, high = (value, value) if known is None else known[1].bounds(value)
            if not low <= value <= high:
                outside.append(f"{path}: {value:g} is not in {low:g} to {high:g} ({known})")
    assert outside == []


@pytest.mark.parametrize("point", ALTERNATIVES, ids="-".join)
def test_what_a_scenario_changes_has_evidence_in_its_own_file(point: Point) -> None:
    own = own_register(point[1])
    assert changed_by(*point)
    assert [path for path in changed_by(*point) if evidence_for(path, own) is None] == []


@pytest.mark.parametrize("point", ALTERNATIVES, ids="-".join)
def test_a_scenario_gives_no_evidence_for_what_it_does_not_change(point: Point) -> None:
    own = own_register(point[1])
    used = {known[0] for path in changed_by(*point) if (known := evidence_for(path, own)) is not None}
    assert set(own) == used


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_no_entry_of_a_register_is_idle(municipality: str) -> None:
    register = set(read_yaml(configs_folder() / "evidence" / f"{municipality}.yaml").data) - {"defaults"}
    evidence = composed(municipality, "baseline").scenario.evidence
    used = {known[0] for path in values_by_path(municipality, "baseline") if (known := evidence_for(path, evidence))}
    assert register - used <= FALLBACKS


def test_every_tag_of_a_source_is_explained() -> None:
    explained = set(TAG.findall((ROOT / "docs" / "sources.md").read_text(encoding="utf-8")))
    files = [
        *configs_folder().rglob("*.yaml"),
        *scenarios_folder().glob("*.yaml"),
        ROOT / "sim" / "folder" / "texts.py",
    ]
    named = {tag for file in files for tag in TAG.findall(file.read_text(encoding="utf-8"))}
    targets = yaml.safe_load((ROOT / "tests" / "functional" / "face_validity.yaml").read_text(encoding="utf-8"))
    named |= {tag for target in targets["targets"] for tag in target["source"] if TAG.fullmatch(tag)}
    assert {"S1", "S5", "F16", "F27", "F36"} <= named
    assert sorted(named - explained) == []


def test_the_most_specific_key_wins() -> None:
    register = {
        "teams.*": evidence(source="all"),
        "teams.*.caseworkers": evidence(source="numbers"),
        "teams.intake.caseworkers": evidence(source="intake"),
    }
    found = {path: evidence_for(path, register) for path in ("teams.intake.caseworkers", "teams.family.caseworkers")}
    assert [known[1].source for known in found.values() if known] == ["intake", "numbers"]
    assert evidence_for("teams.family.max_caseload", register) == ("teams.*", register["teams.*"])
    assert (
        evidence_for("teams.intake.caseworkers", dict(reversed(register.items()))) == found["teams.intake.caseworkers"]
    )


def test_a_star_stands_for_one_or_more_parts_and_a_dot_for_itself() -> None:
    register = {"tracks.*.mean": evidence()}
    assert evidence_for("tracks.children.steps.plan.hours.mean", register) is not None
    assert evidence_for("tracks.mean", register) is None
    assert evidence_for("tracks.children.steps.plan.hours.mean.low", register) is None
    assert evidence_for("tracksXchildrenXmean", register) is None
    assert evidence_for("anything", {}) is None


def test_bounds_are_the_range_as_given_or_multiples_of_the_figure() -> None:
    assert evidence(low=20, high=40).bounds(31) == (20, 40)
    assert evidence(low=0.5, high=2, relative=True).bounds(30) == (15, 60)
    assert evidence(low=0.5, high=2, relative=True).bounds(0) == (0, 0)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"low": 5, "high": 4}, r"low \(5\) is above high \(4\)"),
        ({"low": 1.1, "high": 2, "relative": True}, "must hold 1, the figure itself"),
        ({"low": 0.5, "high": 0.9, "relative": True}, "must hold 1, the figure itself"),
        ({"low": -1, "high": 2, "relative": True}, "must hold 1, the figure itself"),
        ({"kind": "guess"}, "'law', 'published', 'derived', 'local' or 'assumption'"),
        ({"year": 1066}, "greater than or equal to 1990"),
    ],
)
def test_evidence_that_cannot_be_is_refused(settings: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        evidence(**settings)


def test_figures_are_the_numbers_with_their_paths() -> None:
    found = list(figures({"a": {"b": 1, "c": True, "d": "2"}, "e": [{"f": 0.5}, {"f": 2}], "g": None}))
    assert found == [("a.b", 1.0), ("e.f", 0.5), ("e.f", 2.0)]
