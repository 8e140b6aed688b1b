"""The JSON Schemas: current, true of every file that is shipped, and able to tell a mistake."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sim.scenario import schema
from sim.scenario.schema import OF_GROUP, WHOLE
from sim.scenario.shipped import configs_folder, scenarios_folder
from sim.scenario.yamlfile import read_yaml

pytestmark = pytest.mark.unit

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"
SHIPPED = [
    *((path, WHOLE) for path in sorted(scenarios_folder().glob("*.yaml"))),
    (configs_folder() / "config.yaml", WHOLE),
    *(
        # Whatever group a file belongs to, its header may say that its keys are those of the whole configuration.
        (path, WHOLE if path.read_text(encoding="utf-8").startswith("# @package _global_") else name)
        for group, name in OF_GROUP.items()
        for path in sorted((configs_folder() / group).glob("*.yaml"))
    ),
]


@cache
def schemas() -> dict[str, schema.Schema]:
    return schema.schemas()


def complaints(data: Any, name: str = WHOLE) -> list[str]:
    return [error.message for error in Draft202012Validator(schemas()[name]).iter_errors(data)]


def test_those_that_are_published_are_current() -> None:
    published = {path.stem: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.json")}
    hint = "write them again: uv run sagsflow schema docs/schema"
    assert published == {name: schema.as_text(one) for name, one in schemas().items()}, hint


@pytest.mark.parametrize("name", [WHOLE, "costs", "evidence", "experiment", "compute", "report"])
def test_each_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])
    assert "_Annotated" not in json.dumps(schemas()[name]), "a name that only pydantic understands"


def test_every_config_group_has_one() -> None:
    assert {path.name for path in configs_folder().iterdir() if path.is_dir()} == set(OF_GROUP)


@pytest.mark.parametrize(("path", "name"), SHIPPED, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_every_file_that_is_shipped_is_valid(path: Path, name: str) -> None:
    assert complaints(read_yaml(path).data, name) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("teams: {buf_intake: {caseworkerz: 3}}", WHOLE),
        ("teams: {buf_intake: {caseworkers: mange}}", WHOLE),
        ("teams: {buf_intake: {caseworkers: '3'}}", WHOLE),
        ("teams: {buf_intake: {caseworkers: 2.5}}", WHOLE),
        ("teams: {buf_intake: {caseworkers: -1}}", WHOLE),
        ("teamz: {}", WHOLE),
        ("teams: null", WHOLE),
        ("panels: {board: {weekday: tirsdag}}", WHOLE),
        ("panels: {board: {first_meeting: 3}}", WHOLE),
        ("tracks: {children: {steps: {plan: {kind: worq}}}}", WHOLE),
        ("tracks: {children: {steps: {plan: {kind: work, split: {a: 1}}}}}", WHOLE),
        ("tracks: {children: {steps: {plan: {hourz: 3}}}}", WHOLE),
        ("services: {foster_care: {years: {distribution: gama, mean: 3}}}", WHOLE),
        ("services: {foster_care: {years: {distribution: uniform, mean: 3}}}", WHOLE),
        ("about: {group: mine}", WHOLE),
        ("about: {name: mine}", WHOLE),
        ("seed: 3", WHOLE),
        ("experiment: {replications: many}", WHOLE),
        ("services: {foster_care: {foster_families: {dkk_per_dag: 1500}}}", "costs"),
        ("teams.*.caseworkers: {low: few}", "evidence"),
        ("teams.*.caseworkers: {kind: guess}", "evidence"),
        ("replications: 0", "experiment"),
        ("language: de", "report"),
    ],
)
def test_a_mistake_is_told(text: str, name: str) -> None:
    assert complaints(yaml.safe_load(text), name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", WHOLE),
        ("defaults: [odense, override /costs: danish, _self_]", WHOLE),
        ("defaults: [{override /costs: danish}, {/pathway@_global_: [adult]}, _self_]", WHOLE),
        ("hydra: {sweeper: {params: {scenario: 'baseline,other'}}}", WHOLE),
        ("teams: {buf_intake: null}", WHOLE),
        ("teams: {buf_intake: {caseworkers: '${teams.buf_family.caseworkers}'}}", WHOLE),
        ("teams: {buf_intake: {changes: {more: {caseworkers: -2, begins: '2026-01-01'}, less: null}}}", WHOLE),
        ("tracks: {children: {steps: {plan: {hours: {mean: 3}}, panel: null}}}", WHOLE),
        ("tracks: {children: {steps: {after: {split: {values: {other: {review: 0.4, plan: null}}}}}}}", WHOLE),
        ("services: {foster_care: {years: 3}}", WHOLE),
        ("services: {foster_care: {years: {mean: 3}}}", WHOLE),
        ("frames: {buf: null}", "costs"),
        ("defaults: [odense, _self_]\nteams.*.caseworkers: {note: seen}", "evidence"),
    ],
)
def test_what_a_file_may_leave_out_or_take_away_is_allowed(text: str, name: str) -> None:
    assert complaints(yaml.safe_load(text) or {}, name) == []


def test_hovering_shows_what_a_figure_is_and_in_which_unit() -> None:
    defs = schemas()[WHOLE]["$defs"]
    assert "full-time equivalents" in defs["Team"]["properties"]["caseworkers"]["description"]
    assert "in days" in defs["Panel"]["properties"]["preparation_days"]["description"]
    assert "``" not in json.dumps(schemas())
