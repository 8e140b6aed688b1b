"""Writes docs/reference.md: every key of the configuration, from the models that check it.

    uv run python docs/reference.py

A page that is not current fails a test.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pages
from pydantic import create_model

from sim.scenario.base import NAME_PATTERN
from sim.scenario.explain_hydra import SETTINGS
from sim.scenario.scenario import Scenario

PAGE = pages.ROOT / "docs" / "reference.md"
INTRODUCTION = """\
# Every key of the configuration

Written by `docs/reference.py` from the models that check the configuration; do not edit it. What the values are in your
configuration, `sagsflow check --yaml` says; where each figure comes from, `configs/evidence`.

- Under each heading stand the keys within it. A key is written with all that is above it: `teams.<name>.caseworkers`
  is `teams.buf_family.caseworkers=60` for the team `buf_family`. `<name>` stands for names that the configuration
  gives, `[]` for each entry of a list.
- *Required* keys have no default: some file of the configuration must give them. `null` means none.
- Days are calendar days unless it says otherwise, shares lie between 0 and 1, amounts are DKK.
- Where a value may be given **by attribute**, `{by: level, values: {"1": 2, other: 5}}` gives one for each value of an
  attribute of the case: `profile`, `level`, `source`, `age_band`, `administration`, `service`, `track`, `open_case`,
  `match`, `period`.
- A **text in both languages** is `{da: ..., en: ...}`.
"""
NOT_WRITTEN = {"Scenario": {"seed"}, "About": {"name", "parts"}}
"""Fields that no file holds: the composer fills them in."""
TAGS = ("kind", "distribution")
"""Keys by whose value one model among several is told from the others."""
ONE_LINE = ("Label",)
"""Models that are said in words wherever they occur."""

Schema = Mapping[str, Any]


def page() -> str:
    """Return the text of the page."""
    settings: dict[str, Any] = {name: (model, ...) for name, model in SETTINGS.items()}
    whole = create_model("Scenario", __base__=Scenario, **settings, output=(str | None, None))
    schema = whole.model_json_schema()
    return "\n".join([INTRODUCTION, *_Pages(schema["$defs"]).sections(schema)]).rstrip() + "\n"


class _Pages:
    """Walks through the models once, each where it is first met."""

    def __init__(self, models: Mapping[str, Schema]) -> None:
        self._models = models
        self._placed: dict[str, str] = {}
        """Where a model is described: its name to the path."""

    def sections(self, schema: Schema) -> Iterator[str]:
        """Yield the lines of a section for each key at the top."""
        for key, field in schema["properties"].items():
            if key in NOT_WRITTEN["Scenario"]:
                continue
            yield f"## {key}"
            yield ""
            model = self._model_of(field)
            if model is None:
                yield from self._table({key: field}, schema.get("required", ()))
            else:
                if "description" in field:
                    yield f"{_sentence(field['description'])}\n"
                yield from self._below(model, _path(key, field), heading="")

    def _below(self, name: str, path: str, heading: str = "### ") -> Iterator[str]:
        """Yield a model's fields and then, under headings of their own, the models that these hold."""
        if name in self._placed:
            return
        model = self._models[name]
        self._placed[name] = title = self._title(name, path)
        if heading:
            yield f"{heading}{title}"
            yield ""
        yield f"`{path}` – {_sentence(str(model.get('description', '')))}"
        yield ""
        properties = {key: field for key, field in model["properties"].items() if key not in NOT_WRITTEN.get(name, ())}
        inner = [
            (each, f"{path}.{_path(key, field)}")
            for key, field in properties.items()
            for each in self._models_in(field)
            if each not in self._placed
        ]
        soon = {each: self._title(each, where) for each, where in reversed(inner)}
        yield from self._table(properties, model.get("required", ()), soon)
        for each, where in inner:
            yield from self._below(each, where)

    def _title(self, name: str, path: str) -> str:
        """Return the heading of a model: where it stands, and which of several kinds it is."""
        fields = self._models[name]["properties"]
        tag = next((f"{key}: {fields[key]['const']}" for key in TAGS if "const" in fields.get(key, {})), None)
        return f"`{path}`" if tag is None else f"`{path}` ({tag})"

    def _table(
        self, properties: Mapping[str, Schema], required: Any, soon: Mapping[str, str] | None = None
    ) -> Iterator[str]:
        yield "| key | type and bounds | default | meaning |"
        yield "|---|---|---|---|"
        for key, field in properties.items():
            default = "*required*" if key in required else _default(field.get("default"))
            meaning = _sentence(str(field.get("description", "")))
            yield f"| `{key}` | {self._type(field, soon or {})} | {default} | {meaning} |"
        yield ""

    def _type(self, field: Schema, soon: Mapping[str, str]) -> str:
        if "$ref" in field:
            return self._named(_name(field), soon)
        if "anyOf" in field or "oneOf" in field:
            members = field.get("anyOf", field.get("oneOf", ()))
            return " or ".join(dict.fromkeys(self._type(member, soon) for member in members))
        if "const" in field:
            return f"`{field['const']}`"
        if "enum" in field:
            return ", ".join(f"`{value}`" for value in field["enum"])
        kind = field.get("type", "anything")
        if kind == "array":
            items = field.get("prefixItems", [field["items"]] if "items" in field else [])
            return f"list of {' and '.join(self._type(item, soon) for item in items)}"
        if kind == "object":
            inner = field.get("additionalProperties", next(iter(field.get("patternProperties", {}).values()), None))
            return f"by name: {self._type(inner, soon)}" if isinstance(inner, Mapping) else "keys and values"
        words = {"integer": "whole number", "number": "number", "boolean": "`true`, `false`", "null": "`null`"}
        text = words.get(kind, "date" if field.get("format") == "date" else "text")
        return text + _bounds(field)

    def _named(self, name: str, soon: Mapping[str, str]) -> str:
        if name in ONE_LINE:
            return "text in both languages"
        if "ByAttribute" in name and "Varying" not in name:
            return "by attribute"
        if "properties" not in self._models[name]:
            return self._type(self._models[name], soon)
        path = self._placed.get(name) or soon.get(name)
        return f"[{_words(name)}](#{_anchor(path)})" if path else _words(name)

    def _models_in(self, field: Any) -> list[str]:
        """Return the models that a field may hold, in their order, also inside of choices, lists and mappings."""
        if isinstance(field, list):
            return list(dict.fromkeys(name for inner in field for name in self._models_in(inner)))
        if not isinstance(field, Mapping):
            return []
        if "$ref" in field:
            name = _name(field)
            if name in ONE_LINE or ("ByAttribute" in name and "Varying" not in name):
                return []
            return [name] if "properties" in self._models[name] else self._models_in(self._models[name])
        inner = [value for key, value in field.items() if key not in ("discriminator", "default")]
        return self._models_in([one for one in inner if isinstance(one, Mapping | list)])

    def _model_of(self, field: Schema) -> str | None:
        found = self._models_in(field)
        return found[0] if found else None


def _path(key: str, field: Schema) -> str:
    """Return a key as it is written before the keys within it."""
    options = [field, *field.get("anyOf", ())]
    if any(option.get("type") == "object" for option in options):
        return f"{key}.<name>"
    return f"{key}[]" if any(option.get("type") == "array" for option in options) else key


def _anchor(title: str) -> str:
    """Return the anchor of a heading, as both the site and the repository's own pages make it."""
    return "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter in "_-")


def _bounds(field: Schema) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    above, below = field.get("exclusiveMinimum"), field.get("exclusiveMaximum")
    parts = [
        f"{sign} {value:g}"
        for sign, value in (("≥", low), (">", above), ("≤", high), ("<", below))
        if value is not None
    ]
    if field.get("minLength") or field.get("minItems"):
        parts.append("not empty")
    if "pattern" in field and field["pattern"] != NAME_PATTERN.pattern:
        parts.append(f"as `{field['pattern'].replace('|', '&#124;')}`")
    return f" {', '.join(parts)}" if parts else ""


def _default(value: Any) -> str:
    if value is None:
        return "`null`"
    if value in ({}, [], ()):
        return "none"
    if isinstance(value, dict | list):
        return "see there"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value != "" else "empty"


def _sentence(text: str) -> str:
    return " ".join(text.replace("``", "`").replace("|", "&#124;").split())


def _name(field: Schema) -> str:
    return str(field["$ref"]).removeprefix("#/$defs/")


def _words(name: str) -> str:
    """Return the name of a model as words: ``PartTime`` as *part time*."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE}\n")
