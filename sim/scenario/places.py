"""Finding one's way in the models: which of them stands at a place that pydantic complains about.

Pydantic's locations mix the keys that a planner wrote with the names of the alternatives that it tried (``plain``,
``gamma``, ``constrained-float``). Walking the models beside the location tells the two apart.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

Location = tuple[int | str, ...]
KEY_MARK = "[key]"
"""Pydantic's last part of a location when the key itself is wrong."""


@dataclass(frozen=True)
class Place:
    """A place in the configuration as the planner sees it."""

    path: str
    is_key: bool = False
    """Whether the key itself is what is wrong."""
    alternative: str | None = None
    """The alternative of a choice of types that a complaint is about, when the type does not say by itself."""
    annotations: tuple[Any, ...] = ()
    """What may stand here."""
    parents: tuple[Any, ...] = ()
    """What may stand one level up."""
    description: str = field(default="", compare=False)
    """What the field here means, in one sentence."""


def place_of(model: type[BaseModel], location: Location, path: str = "") -> Place:
    """Return the place that one of pydantic's locations means; ``path`` is where ``model`` itself stands."""
    here: tuple[Any, ...] = (model,)
    above: tuple[Any, ...] = ()
    parts = [path] if path else []
    description, alternative, is_key = "", None, False
    for part in location:
        if part == KEY_MARK:
            is_key = True
            continue
        branches = [branch for annotation in here for branch in _branches(annotation)]
        tagged = [bare for tag, bare in branches if tag == part] if len(branches) > 1 else []
        if tagged:
            here = tuple(tagged)
            continue
        inner, found = _inside([bare for _, bare in branches], part)
        if inner is None:
            if len(branches) > 1 and not _can_be_key(branches, part):
                alternative = str(part)
                continue
            above, here = here, ()
            parts.append(str(part))
            continue
        above, here = here, inner
        parts.append(str(part))
        description = first_sentence(found)
    return Place(".".join(parts), is_key, alternative, here, above, description)


def _can_be_key(branches: Sequence[tuple[str | None, Any]], part: int | str) -> bool:
    """Return whether a part can be an (unknown) key or position rather than the name of an alternative."""
    if isinstance(part, int):
        return True
    return any(_is_model(bare) or _mapping_value(bare) is not None for _, bare in branches)


def known_keys(annotations: Sequence[Any]) -> list[str]:
    """Return the fields that the models among the annotations have."""
    keys: dict[str, None] = {}
    for annotation in annotations:
        for _, bare in _branches(annotation):
            if _is_model(bare):
                keys.update(dict.fromkeys(bare.model_fields))
    return list(keys)


def kinds_at(annotations: Sequence[Any]) -> list[str]:
    """Return the names of the alternatives among the annotations."""
    return [tag for annotation in annotations for tag, _ in _branches(annotation) if tag is not None]


def fields_at(model: type[BaseModel], keys: Sequence[str]) -> list[str]:
    """Return the fields that may stand below a dotted path, whatever alternatives there are on the way."""
    return known_keys(_types_at(model, keys))


def is_split_at(model: type[BaseModel], keys: Sequence[str]) -> bool:
    """Return whether a split (outcomes with their probabilities) may stand at a dotted path."""
    values = [value for bare in _types_at(model, keys) if (value := _mapping_value(bare)) is not None]
    return any("rest" in get_args(inner) for value in values for _, inner in _branches(value))


def _types_at(model: type[BaseModel], keys: Sequence[str]) -> list[Any]:
    """Return the bare types that may stand at a dotted path, whatever alternatives there are on the way."""
    here: tuple[Any, ...] = (model,)
    for key in keys:
        bare = [inner for annotation in here for inner in _all_branches(annotation)]
        here = _inside(bare, key)[0] or ()
    return [inner for annotation in here for inner in _all_branches(annotation)]


def is_entry(model: type[BaseModel], keys: Sequence[str | int]) -> bool:
    """Return whether keys lead to an entry under a name of the planner's own, rather than to a field of a model."""
    here: tuple[Any, ...] = (model,)
    for key in keys[:-1]:
        here = _inside([inner for annotation in here for inner in _all_branches(annotation)], key)[0] or ()
    above = [inner for annotation in here for inner in _all_branches(annotation)]
    if any(_is_model(bare) and keys[-1] in bare.model_fields for bare in above):
        return False
    return isinstance(keys[-1], str) and any(_mapping_value(bare) is not None for bare in above)


def first_sentence(text: str) -> str:
    """Return the first sentence of a description, without its full stop and markup."""
    flat = " ".join(text.replace("``", "").split())
    head, _, _ = flat.partition(". ")
    return head.rstrip(".")


def _inside(annotations: Sequence[Any], part: int | str) -> tuple[tuple[Any, ...] | None, str]:
    """Return what may stand at a key or position of one of the annotations, and its description."""
    found: list[Any] = []
    description = ""
    for bare in annotations:
        if _is_model(bare) and part in bare.model_fields:
            info: FieldInfo = bare.model_fields[str(part)]
            found.append(info.annotation)
            description = info.description or description
        elif isinstance(part, str) and (value := _mapping_value(bare)) is not None:
            found.append(value)
        elif isinstance(part, int) and (item := _sequence_item(bare)) is not None:
            found.append(item)
    return (tuple(found) or None), description


def _branches(annotation: Any, tag: str | None = None) -> Iterator[tuple[str | None, Any]]:
    """Yield the alternatives of an annotation with their tags; ``None`` is not one of them."""
    annotation = _opened(annotation)
    if get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        tags = [extra.tag for extra in extras if isinstance(extra, Tag)]
        yield from _branches(inner, tags[0] if tags else tag) if not tags else [(tags[0], inner)]
    elif get_origin(annotation) in (Union, types.UnionType):
        for inner in get_args(annotation):
            if inner is not type(None):
                yield from _branches(inner)
    else:
        yield tag or _kind_of(annotation), annotation


def _all_branches(annotation: Any) -> Iterator[Any]:
    """Yield every bare type that an annotation allows, through all its tags."""
    for tag, bare in _branches(annotation):
        opened = _opened(bare)
        if tag is not None and get_origin(opened) in (Annotated, Union, types.UnionType):
            yield from _all_branches(opened)
        else:
            yield opened


def _opened(annotation: Any) -> Any:
    """Return what an alias stands for, with its type variables filled in."""
    origin = get_origin(annotation)
    if isinstance(origin, TypeAliasType):
        arguments = get_args(annotation)
        return _filled(origin.__value__, dict(zip(origin.__type_params__, arguments, strict=True)))
    return annotation.__value__ if isinstance(annotation, TypeAliasType) else annotation


def _filled(annotation: Any, variables: Mapping[Any, Any]) -> Any:
    if annotation in variables:
        return variables[annotation]
    if get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        return Annotated[(_filled(inner, variables), *extras)]
    if get_origin(annotation) in (Union, types.UnionType):
        return Union[tuple(_filled(inner, variables) for inner in get_args(annotation))]  # noqa: UP007
    if _is_model(annotation) and annotation.__pydantic_generic_metadata__["parameters"]:
        parameters = annotation.__pydantic_generic_metadata__["parameters"]
        return annotation[tuple(variables.get(parameter, parameter) for parameter in parameters)]
    return annotation


def _kind_of(annotation: Any) -> str | None:
    """Return the ``kind`` by which pydantic names a step among the alternatives."""
    if _is_model(annotation) and "kind" in annotation.model_fields:
        literal = annotation.model_fields["kind"].annotation
        values = get_args(literal) if get_origin(literal) is Literal else ()
        if len(values) == 1:
            return str(values[0])
    return None


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _mapping_value(annotation: Any) -> Any:
    origin = get_origin(annotation)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return get_args(annotation)[1]
    return None


def _sequence_item(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) in (tuple, list) else None
