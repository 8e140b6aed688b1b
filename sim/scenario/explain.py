"""What pydantic says about a planner's mistake, told in the planner's own terms."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.errors import Problem, did_you_mean, listed
from sim.scenario.places import Place, kinds_at, known_keys, place_of

SHOWN_CHARACTERS = 60

_PATTERNS = {
    r"^\d\.\d{2}\.\d{2}$": "an account has the form 5.28.20 (main account, function, grouping)",
    r"^(19|20|21)\d{2}$": "a year has four digits",
    r"^[1-4]$": "a need level is 1, 2, 3 or 4",
    r"^[A-Za-z0-9_-]+$": "allowed are letters a-z, digits, hyphens and underscores",
}


def from_pydantic(error: ValidationError, model: type[BaseModel], path: str = "") -> list[Problem]:
    """Return the problems that pydantic found, at the places where a planner would change them.

    Args:
        error: What pydantic raised.
        model: The model that was to be filled.
        path: Where in the configuration the model stands.
    """
    by_place: dict[tuple[str, bool], list[tuple[Place, ErrorDetails]]] = {}
    for details in error.errors(include_url=False):
        place = place_of(model, details["loc"], path)
        by_place.setdefault((place.path, place.is_key), []).append((place, details))
    return [_problem(found) for found in by_place.values()]


def shown(value: Any) -> str:
    """Return a value as a planner would write it, shortened when it is long."""
    if value is None:
        return "nothing (null)"
    if isinstance(value, str):
        text = f"'{value}'"
    elif isinstance(value, int | float | bool):
        text = json.dumps(value)
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 3]}..."


def _problem(found: Sequence[tuple[Place, ErrorDetails]]) -> Problem:
    place, details = found[0]
    if len(found) > 1:
        return Problem(place.path, _none_fits([details for _, details in found]))
    kind = details["type"]
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _wrong_kind(place, details)
    if kind == "extra_forbidden":
        return Problem(place.path, _unknown_key(place))
    return Problem(place.path, _sentence(place, details))


def _none_fits(complaints: Sequence[ErrorDetails]) -> str:
    """Say what is wrong with a value that may be of several types and is of none of them."""
    value = complaints[0]["input"]
    words = [word for details in complaints if details["type"] == "literal_error" for word in _expected(details)]
    others = [details for details in complaints if details["type"] != "literal_error"]
    if isinstance(value, str) and words and all(details["type"] in _NOT_A for details in others):
        wanted = " nor ".join([*(_NOT_A[details["type"]] for details in others), *(f"'{word}'" for word in words)])
        return f"{shown(value)} is neither {wanted}{did_you_mean(value, words)}"
    first = _sentence(Place(""), others[0]) if others else f"{shown(value)} is not allowed"
    return first + (f" (or the word {' or '.join(repr(word) for word in words)})" if words else "")


def _wrong_kind(place: Place, details: ErrorDetails) -> Problem:
    value = details["input"]
    key = "distribution" if "distribution" in known_keys(place.annotations) else "kind"
    expected = _expected({**details, "ctx": {"expected": details.get("ctx", {}).get("expected_tags", "")}})
    expected = [name for name in expected if name != "number"]
    if details["type"] == "union_tag_not_found":
        allowed = kinds_at(place.annotations)
        return Problem(f"{place.path}.{key}", f"is missing (allowed: {listed(allowed)})")
    given = value.get(key) if isinstance(value, Mapping) else details.get("ctx", {}).get("tag")
    return Problem(
        f"{place.path}.{key}",
        f"there is no {key} {shown(given)}{did_you_mean(given, expected)} (allowed: {listed(expected)})",
    )


def _unknown_key(place: Place) -> str:
    key = place.path.rpartition(".")[2]
    allowed = known_keys(place.parents)
    if key in _DISTRIBUTION_KEYS and "distribution" in allowed:
        mine = [name for name in allowed if name != "distribution"]
        return f"does not belong to this distribution, which takes {listed(mine)}"
    if not allowed:
        return "is not known here"
    return f"the key '{key}' is not known here{did_you_mean(key, allowed)} (allowed: {listed(allowed, limit=40)})"


_DISTRIBUTION_KEYS = frozenset({"value", "mean", "cv", "low", "mode", "high"})

_NOT_A = {
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "text",
    "date_type": "a date (YYYY-MM-DD)",
}


def _sentence(place: Place, details: ErrorDetails) -> str:
    kind, value = details["type"], details["input"]
    context: Mapping[str, Any] = details.get("ctx", {})
    if kind in _NOT_A:
        return _not_a(_NOT_A[kind], value)
    teller = _TELLERS.get(kind)
    if teller is not None:
        sentence = teller(value, context)
        if kind in ("missing", "too_short") and place.description:
            sentence += f" ({place.description})"
        return sentence
    return f"{shown(value)} is not allowed: {details['msg']}"


def _not_a(wanted: str, value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[-+]?\d+([.,]\d+)?", value) and "number" in wanted:
        comma = " and a decimal point" if "," in value else ""
        return f"{shown(value)} is text; {wanted} is needed here: write it without quotation marks{comma}"
    if value is None:
        return f"is empty; {wanted} is needed here"
    if wanted == "text" and isinstance(value, int | float):
        return f"{shown(value)} is not text; write it in quotation marks"
    return f"{shown(value)} is not {wanted}"


def _expected(details: Mapping[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected", "")))


def _literal(value: Any, context: Mapping[str, Any]) -> str:
    allowed = _expected({"ctx": context})
    return f"{shown(value)} is not allowed{did_you_mean(value, allowed)} (allowed: {listed(allowed)})"


def _length(value: Any, context: Mapping[str, Any]) -> str:
    bound = context.get("min_length", context.get("max_length"))
    given = context.get("actual_length", len(value) if value is not None else 0)
    word = "at least" if "min_length" in context else "at most"
    return f"has {given} entries; {word} {bound} {'is' if bound == 1 else 'are'} needed"


def _pattern(value: Any, context: Mapping[str, Any]) -> str:
    pattern = str(context.get("pattern"))
    return f"{shown(value)} is not allowed: {_PATTERNS.get(pattern, f'it must match {pattern}')}"


def _section(value: Any, _context: Mapping[str, Any]) -> str:
    if value is None:
        return "is empty; a section with keys and values is needed here"
    return f"{shown(value)} is not a section with keys and values (key: value)"


_TELLERS: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda _value, _context: "is missing",
    "literal_error": _literal,
    "value_error": lambda _value, context: str(context.get("error", "is not allowed")),
    "greater_than_equal": lambda value, context: f"{shown(value)} is too low: at least {context['ge']:g} is allowed",
    "greater_than": lambda value, context: f"{shown(value)} is too low: it must be above {context['gt']:g}",
    "less_than_equal": lambda value, context: f"{shown(value)} is too high: at most {context['le']:g} is allowed",
    "less_than": lambda value, context: f"{shown(value)} is too high: it must be below {context['lt']:g}",
    "finite_number": lambda value, _context: f"{shown(value)} is not a finite number",
    "string_pattern_mismatch": _pattern,
    "too_short": _length,
    "too_long": _length,
    "tuple_type": lambda value, _context: f"{shown(value)} is not a list, as in [first, second]",
    "list_type": lambda value, _context: f"{shown(value)} is not a list, as in [first, second]",
    "dict_type": _section,
    "mapping_type": _section,
    "model_type": _section,
    "model_attributes_type": _section,
    "date_parsing": lambda value, context: f"{shown(value)} is not a date (YYYY-MM-DD): {context.get('error', '')}",
    "date_from_datetime_parsing": lambda value, context: (
        f"{shown(value)} is not a date (YYYY-MM-DD): {context.get('error', '')}"
    ),
    "date_from_datetime_inexact": lambda value, _context: f"{shown(value)} is not a date (YYYY-MM-DD) but a time",
}
