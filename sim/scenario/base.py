"""The ground rules that every part of a scenario follows.

Configuration is data: unknown keys are refused, nothing is coerced silently (the text ``"5"`` is not the
number 5), and nothing changes once it has been checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag
from typing_extensions import TypeAliasType

NAME_PATTERN = re.compile(r"^[a-z][a-z0-9_]*$")


class Strict(BaseModel):
    """A frozen part of the configuration that refuses what it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        ser_json_inf_nan="null",
    )


def _checked_name(name: str) -> str:
    if not NAME_PATTERN.match(name):
        raise ValueError(
            f"'{name}' is not a usable name: it must start with a small letter a-z and hold only small letters, "
            "digits and underscores"
        )
    return name


Name = Annotated[str, AfterValidator(_checked_name)]
"""An identifier in the configuration: small letters, digits, underscores."""

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
NonNegative = Annotated[float, Field(ge=0.0)]
Positive = Annotated[float, Field(gt=0.0)]
Count = Annotated[int, Field(ge=0)]
Age = Annotated[float, Field(ge=0.0, le=130.0)]
"""Years since birth."""
LaterAge = Annotated[float, Field(gt=0.0, le=130.0)]
"""Years since birth, after it."""
YearlyRate = Annotated[float, Field(ge=0.0, le=366.0)]
"""How often a year, at most once a day."""


class Label(Strict):
    """What people read instead of an identifier, in both languages."""

    da: str
    en: str


Attribute = Literal[
    "profile", "level", "source", "age_band", "administration", "service", "track", "open_case", "match", "period"
]
"""A property of a case by which a value may differ.

``administration`` is the one responsible for the case, ``service`` the one last granted, ``open_case`` (``yes`` or
``no``) whether the person is already known with another open matter; ``match`` how the service last granted fits
(``fits``, ``too_general``, ``too_specialised``), ``period`` the named period that the day falls in.
"""

T = TypeVar("T")


class ByAttribute(Strict, Generic[T]):
    """One value for each value of a case's attribute; ``other`` stands for those not named."""

    # No field below has a docstring, and looking for them in classes that are made at run time takes long.
    model_config = ConfigDict(use_attribute_docstrings=False)

    by: Attribute
    values: Mapping[str, T]

    def __reduce__(self) -> tuple[Any, ...]:
        # The class for one type of value is made by pydantic at run time, so another process cannot import it.
        return _by_attribute, (self.by, dict(self.values))


def _by_attribute(by: Attribute, values: Mapping[str, Any]) -> ByAttribute[Any]:
    return ByAttribute.model_construct(by=by, values=values)


def _is_by_attribute(value: Any) -> str:
    if isinstance(value, ByAttribute) or (isinstance(value, Mapping) and "by" in value):
        return "by_attribute"
    return "plain"


# A TypeAliasType, because typing does not look inside a class for type variables: in a plain alias the values of
# ByAttribute would be of any type, and nothing about them would be checked.
Varying = TypeAliasType(
    "Varying",
    Annotated[
        Annotated[T, Tag("plain")] | Annotated[ByAttribute[T], Tag("by_attribute")],
        Discriminator(_is_by_attribute),
    ],
    type_params=(T,),
)
"""Either one value for every case, or one for each value of an attribute."""


def _checked_split(split: Mapping[str, float | Literal["rest"]]) -> Mapping[str, float | Literal["rest"]]:
    if not split:
        raise ValueError("a split needs at least one outcome")
    rests = [name for name, share in split.items() if share == "rest"]
    total = sum(share for share in split.values() if share != "rest")
    shown = ", ".join(f"{name} {share}" for name, share in split.items())
    if len(rests) > 1:
        raise ValueError(f"only one outcome may be 'rest', not {len(rests)} ({', '.join(rests)})")
    if rests and total > 1.0 + 1e-9:
        raise ValueError(
            f"the probabilities add up to {total:g}, which leaves less than nothing for '{rests[0]}' ({shown})"
        )
    if not rests and abs(total - 1.0) > 1e-6:
        raise ValueError(
            f"the probabilities add up to {total:g}, not 1 ({shown}); give one of them as 'rest' to take what remains"
        )
    return split


Split = Annotated[Mapping[str, Probability | Literal["rest"]], AfterValidator(_checked_split)]
"""Outcomes with their probabilities. They add up to 1; one may be ``rest``, which takes what remains."""


def shares(split: Mapping[str, float | Literal["rest"]]) -> dict[str, float]:
    """Return the split as plain probabilities that add up to 1."""
    given = sum(share for share in split.values() if share != "rest")
    return {name: max(0.0, 1.0 - given) if share == "rest" else float(share) for name, share in split.items()}
