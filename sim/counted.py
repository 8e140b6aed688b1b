"""Sentences with numbers in them: one replication, two replications.

A place of a text may say both: ``{n:replication|replications}`` becomes *1 replication* or *5 replications*. Where the
number does not come first, ``#`` stands for it: ``{n:the only target is|all # targets are} reached``.
"""

from __future__ import annotations

from string import Formatter
from typing import Any


class _Counting(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        one, both, many = format_spec.partition("|")
        return counted(value, one, many) if both else str(super().format_field(value, format_spec))


def counted(number: object, one: str, many: str) -> str:
    """Return a number with its words.

    Args:
        number: The number, or what is written in its place (``5–10``).
        one: The words if it is 1.
        many: The words if it is not.
    """
    words = one if str(number) == "1" else many
    return words.replace("#", str(number)) if "#" in one + many else f"{number} {words}"


def filled(text: str, **values: object) -> str:
    """Return a text with its places filled in."""
    return _Counting().format(text, **values)
