"""What the scripts have in common that write the generated parts of a page of the documentation.

A generated part stands between two markers, ``<!-- name:begin -->`` and ``<!-- name:end -->``, in a page that is
otherwise written by people.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

Parts = dict[str, str]
"""The generated parts of a page by the names of their markers."""


def write(arguments: Sequence[str], page: Path, parts: Callable[[Path], Parts]) -> int:
    """Write the generated parts of a page and return the exit status.

    Args:
        arguments: What the script was called with: its own name and a folder of results.
        page: The page.
        parts: Makes the parts of a folder of results.
    """
    script, *folders = arguments
    if len(folders) != 1:
        sys.stderr.write(f"usage: {Path(script).name} FOLDER\n")
        return 2
    text = page.read_text(encoding="utf-8")
    for name, part in parts(Path(folders[0])).items():
        text = between(text, name, part)
    page.write_text(text, encoding="utf-8", newline="\n")
    return 0


def between(page: str, name: str, text: str) -> str:
    """Return a page with a text put between the markers of a name."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, rest = page.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{text.strip()}\n{end}{after}"


def shown(value: float, *, share: bool, sign: bool = False, tenths_below: float = 1000) -> str:
    """Return a figure as people read it: a share in per cent, a difference between two shares in points.

    Args:
        value: The figure.
        share: Whether it is one.
        sign: Whether it is a difference, which shows its sign.
        tenths_below: Up to where a figure is shown with one decimal (up to 10: with two).
    """
    if math.isnan(value):
        return "–"
    plus = "+" if sign else ""
    if share:
        return f"{100 * value:{plus}.1f} {'points' if sign else '%'}"
    digits = 2 if abs(value) < 10 else 1 if abs(value) < tenths_below else 0
    return f"{value:{plus},.{digits}f}"
