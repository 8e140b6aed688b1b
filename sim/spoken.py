"""In which language the terminal speaks: the one place that decides.

What people read on the terminal is for who sits there; what is written to a folder is for who reads the results. So the
files are in the language that the configuration names (``report.language``), and the terminal speaks, in this order:
the language asked for with ``--language``; that of the environment variable ``SAGSFLOW_LANG``; that of the system, if
it is Danish or English; and else that of the results.

Only the standard library is imported here: the command line itself asks.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Language = Literal["da", "en"]

VARIABLE = "SAGSFLOW_LANG"
OF_THE_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first of these that is set decides, as POSIX says."""

_asked: ContextVar[Language | None] = ContextVar("asked", default=None)


@contextmanager
def asked_for(language: Language | None) -> Iterator[None]:
    """Settle the language for as long as a command lasts; None: leave it to the environment."""
    before = _asked.set(language)
    try:
        yield
    finally:
        _asked.reset(before)


def spoken(otherwise: Language = "da") -> Language:
    """Return the language to speak in.

    Args:
        otherwise: The language of the results, where neither the planner nor the system names one.
    """
    return _asked.get() or _known(os.environ.get(VARIABLE)) or _of_the_system() or otherwise


def not_understood() -> str | None:
    """Return what is wrong with the environment variable, or None."""
    given = os.environ.get(VARIABLE)
    if not given or _known(given) is not None:
        return None
    return f"{VARIABLE}={given}: the terminal speaks da (Danish) or en (English)"


def _of_the_system() -> Language | None:
    given = next((value for name in OF_THE_SYSTEM if (value := os.environ.get(name))), None)
    return _known(given if given is not None or sys.platform != "win32" else _of_windows())


def _of_windows() -> str | None:
    """Return the language of the user's Windows, as ``da_DK``."""
    if sys.platform != "win32":
        return None
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def _known(name: str | None) -> Language | None:
    """Return the language that ``da``, ``da_DK.UTF-8`` or ``en-GB`` means, if it is one of ours."""
    language = (name or "").lower().replace("-", "_").split(".")[0].split("_")[0]
    if language == "da":
        return "da"
    return "en" if language == "en" else None
