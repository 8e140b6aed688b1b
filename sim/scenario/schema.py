"""JSON Schemas of what a planner writes, so that an editor completes names, shows units and marks mistakes at once.

They are made from the models, so they cannot say anything else. But a file is not a whole configuration: it holds only
what differs from the files below it. So nothing is required; ``null`` is allowed wherever it takes an entry away; a
number may be a reference to another value (``${horizon.years}``); and Hydra's own keys are known.

A schema sees one file by itself: names that do not exist, and what two values say about each other, only
``sagsflow check`` can see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, create_model

from sim.scenario.costs import Costs
from sim.scenario.evidence import Evidence
from sim.scenario.explain_hydra import SETTINGS
from sim.scenario.scenario import Scenario

WHOLE = "configuration"
"""The schema of files whose keys are those of the whole configuration."""
OF_GROUP: Mapping[str, str] = {
    "municipality": WHOLE,
    "pathway": WHOLE,
    "costs": "costs",
    "evidence": "evidence",
    "experiment": "experiment",
    "compute": "compute",
    "report": "report",
    "search": "search",
}
"""Which schema holds for the files of each config group; scenarios are whole configurations."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = r"^\$\{.+\}$"
TAGS = ("kind", "distribution")
"""Keys by whose value one model among several is told from the others."""
NOT_WRITTEN = {"Scenario": ("seed",), "About": ("name", "parts")}
"""Fields that no file holds: the composer fills them in."""
_DROPPED = frozenset({"title", "required", "discriminator", "minProperties"})
_EXAMPLES = {"integer": "5", "number": "0.5", "boolean": "true"}

Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """Return the schemas by name: that of the whole configuration, and one for each config group of another form."""
    settings: dict[str, Any] = {name: (model, ...) for name, model in SETTINGS.items()}
    whole = create_model("Scenario", __base__=Scenario, **settings, output=(str | None, None))
    found = {
        WHOLE: _file_schema(whole, "A scenario, a municipality or a part of a process map: only what differs."),
        "costs": _file_schema(Costs, Costs.__doc__ or ""),
        "evidence": _file_schema(dict[str, Evidence], "Where figures come from: path (* for any parts) to evidence."),
    }
    for name, model in SETTINGS.items():
        if name in OF_GROUP:
            found[name] = _file_schema(model, model.__doc__ or "")
    return found


def as_text(schema: Mapping[str, Any]) -> str:
    """Return a schema as it is written to a file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder, over older ones of the same name, and return the files.

    Raises:
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_text(as_text(schema), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _file_schema(what: Any, description: str) -> Schema:
    raw = TypeAdapter(what).json_schema()
    raw = _renamed(raw)
    defs = raw.pop("$defs", {})
    for name, fields in NOT_WRITTEN.items():
        for schema in (raw if raw.get("title") == name else {}, defs.get(name, {})):
            for field in fields:
                schema.get("properties", {}).pop(field, None)
    body = _partial(raw, defs)
    hydra = {
        "defaults": {
            "type": "array",
            "items": {"type": ["string", "object"]},
            "description": "Files that this one is laid over (Hydra's defaults list); _self_ stands for this file.",
        },
        "hydra": {"type": "object", "description": "Settings of Hydra itself, such as what a plain sweep compares."},
    }
    return {
        "$schema": DIALECT,
        "title": f"sagsflow: {description.splitlines()[0]}",
        **body,
        "properties": {**(hydra if "experiment" in body.get("properties", {}) else {"defaults": hydra["defaults"]}),
                       **body.get("properties", {})},
        "$defs": {name: _partial(schema, defs) for name, schema in defs.items()},
    }  # fmt: skip


def _renamed(raw: Schema) -> Schema:
    """Give the definitions of generic models names that people can read."""
    names: dict[str, str] = {}
    for name in raw.get("$defs", {}):
        plain = next((word for word in ("ByAttribute", "Varying") if word in name.split("_Annotated")[0]), name)
        number = sum(1 for other in names.values() if other.rstrip("0123456789") == plain)
        names[name] = plain if not number else f"{plain}{number + 1}"
    text = json.dumps(raw)
    for old in sorted(names, key=len, reverse=True):
        text = text.replace(f'"#/$defs/{old}"', f'"#/$defs/{names[old]}"')
    renamed: Schema = json.loads(text)
    renamed["$defs"] = {names[name]: schema for name, schema in renamed.get("$defs", {}).items()}
    return renamed


def _partial(node: Any, defs: Mapping[str, Schema]) -> Any:
    """Return a schema for files that hold only what differs."""
    if isinstance(node, list):
        return [_partial(inner, defs) for inner in node]
    if not isinstance(node, dict):
        return node
    result: Schema = {}
    for key, inner in node.items():
        if key in _DROPPED or (key == "default" and (inner is None or isinstance(inner, list | dict))):
            continue
        if key == "properties":
            result[key] = {name: _partial(schema, defs) for name, schema in inner.items()}
        elif key == "additionalProperties" and isinstance(inner, dict):
            result[key] = _or_null(_partial(inner, defs))
        elif key == "patternProperties":
            result[key] = {pattern: _or_null(_partial(schema, defs)) for pattern, schema in inner.items()}
        elif key in ("oneOf", "anyOf"):
            result.update(_alternatives(inner, defs))
        else:
            result[key] = _partial(inner, defs)
    if isinstance(kind := result.get("type"), str) and kind in _EXAMPLES:
        result["type"] = [kind, "string"]
        result["pattern"] = REFERENCE
        result["patternErrorMessage"] = (
            f"must be of the type {kind}, without quotes, such as {_EXAMPLES[kind]} "
            "(or a reference to another value, such as ${horizon.years})"
        )
    if "description" in result:
        result["description"] = " ".join(str(result["description"]).replace("``", "`").split())
    return result


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null", "description": "null takes the entry away"}]}


def _alternatives(members: list[Schema], defs: Mapping[str, Schema]) -> Schema:
    """Return a choice of schemas; where a key tells them apart, an editor can say what is wrong with the one meant."""
    tagged = {tag: dict(_tagged(members, tag, defs)) for tag in TAGS}
    tag = next((tag for tag in TAGS if len(tagged[tag]) > 1), None)
    if tag is None:
        return {"anyOf": [_partial(member, defs) for member in members]}
    models = tagged[tag]
    others = [_partial(member, defs) for member in members if member not in models.values()]
    branches: list[Schema] = [
        {"if": {"properties": {tag: {"const": name}}, "required": [tag]}, "then": model}
        for name, model in models.items()
    ]
    without = {"if": {"not": {"required": [tag]}}, "then": {"anyOf": list(models.values())}}
    choice: Schema = {
        "type": "object",
        "properties": {tag: {"enum": list(models)}},
        "allOf": [*branches, without],
    }
    return {"anyOf": [*others, choice]} if others else choice


def _tagged(members: list[Schema], tag: str, defs: Mapping[str, Schema]) -> Iterator[tuple[str, Schema]]:
    for member in members:
        model = defs.get(str(member.get("$ref", "")).removeprefix("#/$defs/"), {})
        name = model.get("properties", {}).get(tag, {}).get("const")
        if name is not None:
            yield name, member
