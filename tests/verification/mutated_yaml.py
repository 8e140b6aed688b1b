"""Configurations with mistakes in them: what a slip of the pen, a wrong unit or a broken editor makes of a good file.

Mistakes of two kinds: in the data (a value, a key, a branch of the tree is replaced, doubled, moved, lost), and in the
text (a character, a line, an indentation).
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]

NUMBERS: tuple[Any, ...] = (
    0, -1, 1, 2, 0.5, -0.0, 1e-9, 1e-300, 5e-324, 1e6, 1e9, 1e15, 1e300, 2**31, 2**63, 10**40, -1e300,
    3.7, 1e-3, 100_000, float("nan"), float("inf"), float("-inf"),
)  # fmt: skip
TEXTS: tuple[Any, ...] = (
    "", " ", "x", "rest", "own", "granted", "none", "null", "1e5", "5", "true", "ja", "Børn og unge", "日本語",
    "👨‍👩‍👧", "\u202e",
    "\x00", "\ud7ff", "a" * 5000, "../../etc", "${horizon.years}", "${oc.env:HOME}", "2024-02-30", "0000-00-00",
    "9999-12-31", "1990-01-01", "${", "a.b", "a.b.c", ".", "!!python/object", "<<", "*x", "&x", "%", "`", "1_000",
    "0x10", "12:30:45",
)  # fmt: skip
SHAPES: tuple[Any, ...] = (
    None, [], {}, [[]], {"": 1}, [None], {"by": "level"}, {"by": "level", "values": {}}, True, False,
    {"by": "profile", "values": {"other": 1}}, {"distribution": "gamma", "mean": 1e9, "cv": 1e-9},
    {"distribution": "exponential", "mean": 1e-9}, {"distribution": "lognormal", "mean": 1e-300, "cv": 1e300},
    {"distribution": "uniform", "low": 0, "high": 1e-12},
    {"distribution": "triangular", "low": 0, "mode": 0, "high": 1e-9},
    {"distribution": "weibull"}, {"_target_": "os.system"}, {"kind": "work"}, {"kind": "end"}, {"a": {"b": {"c": {}}}},
)  # fmt: skip


def places(data: Any, path: Place = ()) -> Iterator[Place]:
    """Yield the path of everything inside some data."""
    items: Any = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def at(data: Any, path: Place) -> Any:
    """Return what stands at a place."""
    for key in path:
        data = data[key]
    return data


def _deep(levels: int) -> Any:
    value: Any = 1
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def mutated(data: dict[str, Any], choose: random.Random) -> dict[str, Any]:
    """Return a copy of a configuration with one mistake or a few in it."""
    data = copy.deepcopy(data)
    for _ in range(choose.choice((1, 1, 1, 2, 3))):
        _mutate(data, choose)
    return data


def _mutate(data: dict[str, Any], choose: random.Random) -> None:
    every = [path for path in places(data) if path[0] not in ("choices", "about")]
    if not every:
        return
    path = choose.choice(every)
    numbers = [place for place in every if isinstance(at(data, place), int | float)]
    where, key = at(data, path[:-1]), path[-1]
    match choose.randrange(12):
        case 0 | 1 | 2:
            if numbers:
                path = choose.choice(numbers)
                where, key = at(data, path[:-1]), path[-1]
            where[key] = choose.choice(NUMBERS)
        case 3:
            where[key] = choose.choice(TEXTS)
        case 4:
            where[key] = copy.deepcopy(choose.choice(SHAPES))
        case 5:
            del where[key]
        case 6:  # a branch of the tree stands somewhere else
            where[key] = copy.deepcopy(at(data, choose.choice(every)))
        case 7:  # a step leads somewhere else: loops, dead ends
            steps = [place for place in every if place[-1] in ("next", "gives_up_to", "first", "refused", "granted")]
            names = [place[-1] for place in every if "steps" in place]
            if steps and names:
                path = choose.choice(steps)
                at(data, path[:-1])[path[-1]] = str(choose.choice(names))
        case 8:
            where[key] = _deep(choose.choice((3, 30, 200)))
        case 9:
            if isinstance(where, dict):
                where[choose.choice([*TEXTS, str(key) + "s", str(key)[:-1]])] = where.pop(key)
        case 10:
            if isinstance(where, list):
                where.extend(copy.deepcopy(where) * choose.choice((1, 50)))
            elif isinstance(where[key], int | float):
                where[key] = str(where[key])
        case _:
            if isinstance(where[key], int | float):
                where[key] *= choose.choice((-1, 10, 1000, 1e6, 1e-6, 1e-12))


def as_yaml(data: Any) -> str:
    """Return data as YAML. JSON is YAML too, but for what JSON cannot say."""
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("NaN", ".nan").replace("-Infinity", "-.inf").replace("Infinity", ".inf")


def scratched(text: str, choose: random.Random) -> str:
    """Return the text of a YAML file with one mistake or a few in it."""
    for _ in range(choose.choice((1, 1, 2, 4))):
        lines = text.splitlines()
        line = choose.randrange(len(lines))
        match choose.randrange(9):
            case 0:
                del lines[line]
            case 1:
                lines.insert(line, lines[choose.randrange(len(lines))])
            case 2:
                lines[line] = choose.choice((" ", "  ", "\t", "- ", "? ", "# ")) + lines[line]
            case 3:
                lines[line] = lines[line].lstrip()
            case 4:
                spot = choose.randrange(len(lines[line]) + 1)
                sign = choose.choice(":-,{}[]&*!|>'\"%@`#\t\x07é€😀\u2028\ufeff0.eE+")
                lines[line] = lines[line][:spot] + sign + lines[line][spot:]
            case 5:
                lines[line] = lines[line].replace(
                    ":", choose.choice(("", "=", ": *source", ": &a", ": !!int", ": !x")), 1
                )
            case 6:
                lines[line] += choose.choice(
                    (" &again [*again]", " {a: &a {<<: *a}}", " *nobody", " !!python/name:os.system")
                )
            case 7:
                lines = lines[: line + 1] + lines[line + 2 :][::-1] if line % 2 else lines[: max(1, line)]
            case _:
                digits = [spot for spot, sign in enumerate(lines[line]) if sign.isdigit()]
                if digits:
                    spot = choose.choice(digits)
                    lines[line] = (
                        lines[line][:spot]
                        + choose.choice(("", "9" * 30, "-", ",", "_", "e9", "0."))
                        + lines[line][spot + 1 :]
                    )
        text = "\n".join(lines) or "{}"
    return text
