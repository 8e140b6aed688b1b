"""Which pictures there are, and how a planner chooses among them and their file formats.

The names stand here, and not beside the drawing, so that a misspelt one is found when a configuration is checked, and
not after a night of simulating. ``plots=forest,flow`` and ``format=svg,pdf`` are short for
``report.plots=[forest,flow]`` and ``report.formats=[svg,pdf]``: a comma would otherwise mean a sweep over values.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.scenario.errors import PlannerError, Problem, unknown

PICTURES = (
    "forest",
    "waiting_curves",
    "deadlines",
    "gap_at_18",
    "flow",
    "backlog",
    "staff",
    "costs",
    "tradeoff",
    "who_pays",
    "investment",
    "timeline",
)
"""Names of the pictures of a sweep, in the order in which they are shown."""
FORMATS = ("svg", "png", "pdf")
ALL, NONE = "all", "none"
_PLOTS, _FORMATS = ("report.plots", (ALL, NONE, *PICTURES), "picture"), ("report.formats", FORMATS, "format")
_KEYS = {"plots": _PLOTS, "format": _FORMATS, "report.plots": _PLOTS, "report.formats": _FORMATS}


def listed_names(value: str) -> list[str]:
    """Return the names in a list as it stands on the command line: ``a,b`` or ``[a,b]``."""
    return [name.strip() for name in value.strip("[]'\" ").split(",") if name.strip()]


def known_pictures(plots: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Return the choice of pictures.

    Raises:
        ValueError: It is neither ``all`` nor ``none``, nor a list of pictures that exist.
    """
    if isinstance(plots, str):
        if plots not in (ALL, NONE):
            raise ValueError(unknown("picture", plots, (ALL, NONE, *PICTURES)))
        return plots
    for name in plots:
        if name not in PICTURES:
            raise ValueError(unknown("picture", name, PICTURES))
    return plots


def chosen_pictures(plots: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the pictures that are to be drawn."""
    if isinstance(plots, str):
        return PICTURES if plots == ALL else ()
    return tuple(dict.fromkeys(plots))


def chooses_pictures(argument: str) -> bool:
    """Return whether an argument of the command line chooses pictures or formats."""
    return argument.partition("=")[0] in _KEYS and "=" in argument


def written_out(overrides: Sequence[str]) -> list[str]:
    """Return overrides in which the short forms are written as what they are short for.

    Raises:
        PlannerError: A picture or format does not exist; the message names the nearest that does.
    """
    return [_written_out(override) if chooses_pictures(override) else override for override in overrides]


def _written_out(override: str) -> str:
    key, _, value = override.partition("=")
    path, allowed, what = _KEYS[key]
    names = listed_names(value)
    wrong = [Problem(key, unknown(what, name, allowed)) for name in names if name not in allowed]
    if not names:
        wrong = [Problem(key, f"names no {what} (available: {', '.join(allowed)})")]
    elif len(names) > 1 and {ALL, NONE} & set(names):
        wrong = [Problem(key, f"'{ALL}' and '{NONE}' stand alone, but {value} names more")]
    if wrong:
        raise PlannerError(f"{override} cannot be done:", wrong)
    return f"{path}={names[0] if names[0] in (ALL, NONE) else '[' + ','.join(dict.fromkeys(names)) + ']'}"
