"""Names of people's making, turned into names that files and commands can bear.

A municipality called *Læsø* becomes ``laesoe``: small letters, digits and underscores, because the name stands in file
names on every system, in commands and as a key of the configuration.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from sim.scenario.errors import PlannerError

LONGEST = 60
ALLOWED = re.compile(r"[^\W_][\w .,'’&()/-]*")
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "đ": "d"})
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows keeps for itself, with any ending."""


def checked_label(label: str) -> str:
    """Return a municipality's name as people write it, without stray spaces.

    Raises:
        PlannerError: It is empty, too long, or holds something that no name does.
    """
    text = " ".join(unicodedata.normalize("NFC", label).split())
    if not ALLOWED.fullmatch(text) or len(text) > LONGEST:
        raise PlannerError(
            f"--name: '{label[:LONGEST]}' cannot be a municipality's name: it must start with a letter or digit and "
            f"hold at most {LONGEST} letters, digits, spaces and - . , ' & ( ) /"
        )
    return text


def file_name(label: str, taken: Collection[str] = ()) -> str:
    """Return the name that files bear: ``Høje-Taastrup`` becomes ``hoeje_taastrup``.

    Args:
        label: The municipality's name as people write it.
        taken: Names that mean something else already; ``_own`` is added to such a name.
    """
    small = unicodedata.normalize("NFC", label).lower().translate(_DANISH)
    plain = unicodedata.normalize("NFKD", small).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "municipality"
    if not name[0].isalpha():
        name = f"municipality_{name}"
    return f"{name}_own" if name in taken or name in _RESERVED else name
