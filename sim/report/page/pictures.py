"""The pictures of a sweep as parts of a page: small enough to be mailed, with their words as text.

What lies in ``plots/`` is taken as it is, in the order of the registry of pictures: heading and description stand in
the files themselves. An SVG loses what nobody sees (the sixth decimal of a point); one that is still large is replaced
by its PNG, in a size for the screen and with a palette. They are embedded as images rather than as markup, because
Matplotlib gives the letters of every picture the same ids.
"""

from __future__ import annotations

import base64
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

LARGEST_SVG = 260_000
"""Characters; a larger SVG gives way to its PNG."""
PNG_WIDTH = 1200
"""Pixels: sharp at the width of a page, also on paper."""
PNG_COLOURS = 96

_DC = "{http://purl.org/dc/elements/1.1/}"
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_PROLOGUE = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_COORDINATES = re.compile(r'\b(d|points|transform|x|y|width|height|x1|x2|y1|y2)="([^"]*)"')
_SENTENCE_ENDS = re.compile(r"\.\s+(?=[A-ZÆØÅ»])")
"""Not every full stop does: *pr. år*, *mio. kr.*"""
_SAFE = " =:/;,()[]@!$&*+?'|{}"
"""What a data address may hold as it is; quotation marks have become apostrophes."""


@dataclass(frozen=True)
class Embedded:
    """One picture of the page."""

    name: str
    title: str
    description: str
    source: str
    """The picture as a data address."""

    @property
    def subject(self) -> str:
        """What the picture is of: the first sentence of the description."""
        return _SENTENCE_ENDS.split(self.description, maxsplit=1)[0].rstrip(".")

    @property
    def rest(self) -> str:
        """How to read it: what also stands in the picture, for readers who cannot see it."""
        return "".join(_SENTENCE_ENDS.split(self.description, maxsplit=1)[1:])


def pictures(folder: Path, order: tuple[str, ...]) -> tuple[Embedded, ...]:
    """Return the pictures that lie in ``plots/``, those of the registry first.

    Args:
        folder: A folder of results.
        order: Names of the registry, in its order.
    """
    plots = folder / "plots"
    there = {path.stem for ending in ("svg", "png") for path in plots.glob(f"*.{ending}") if path.name[0] != "."}
    names = [*(name for name in order if name in there), *sorted(there.difference(order))]
    return tuple(_embedded(plots, name) for name in names)


def _embedded(plots: Path, name: str) -> Embedded:
    svg, png = plots / f"{name}.svg", plots / f"{name}.png"
    if svg.is_file():
        text = svg.read_text(encoding="utf-8")
        title, description = words_of_svg(text)
        small = smaller(text)
        if len(small) <= LARGEST_SVG or not png.is_file():
            return Embedded(name, title or name, description, _address(small))
        return Embedded(name, title or name, description, _shrunk(png)[0])
    source, said = _shrunk(png)
    return Embedded(name, str(said.get("Title", name)), str(said.get("Description", "")), source)


def words_of_svg(text: str) -> tuple[str, str]:
    """Return heading and description, as Matplotlib writes them into a picture's metadata."""
    # Our own file, written moments ago: no parser for hostile XML is needed.
    found = _METADATA.search(text)
    if found is None:
        return "", ""
    root = ET.fromstring(found.group(0))  # noqa: S314
    return (root.findtext(f".//{_DC}title") or "").strip(), (root.findtext(f".//{_DC}description") or "").strip()


def smaller(text: str) -> str:
    """Return an SVG without metadata and blanks, with coordinates to a hundredth of a point."""
    bare = _COMMENT.sub("", _METADATA.sub("", _PROLOGUE.sub("", text, count=1)))
    bare = _COORDINATES.sub(_rounded, bare)
    bare = re.sub(r">\s+<", "><", bare)
    return re.sub(r"[ \t\r\n]+", " ", bare).strip()


def _rounded(found: re.Match[str]) -> str:
    name, value = found.groups()
    digits = 4 if name == "transform" else 2  # Letters are drawn large and scaled down.
    return f'{name}="{_NUMBER.sub(lambda number: _short(number.group(0), digits), value)}"'


def _short(number: str, digits: int) -> str:
    text = f"{float(number):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _address(svg: str) -> str:
    """Return an SVG as a data address. Quotation marks become apostrophes, which need no escape."""
    text = svg if "'" in svg else svg.replace('"', "'")
    return "data:image/svg+xml," + quote(text, safe=_SAFE)


def _shrunk(path: Path) -> tuple[str, Mapping[str, object]]:
    """Return a PNG as a data address, no wider than needed and with a palette, and the words that it holds."""
    from PIL import Image

    with Image.open(path) as image:
        image.load()
        said = dict(image.info)
        plain = image.convert("RGB")
        if plain.width > PNG_WIDTH:
            height = round(plain.height * PNG_WIDTH / plain.width)
            plain = plain.resize((PNG_WIDTH, height), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        plain.quantize(PNG_COLOURS, dither=Image.Dither.NONE).save(buffer, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii"), {
        str(key): value for key, value in said.items()
    }
