"""Reads a page with the standard library's parser and says what is wrong with it, where there is no browser to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

WORDED = ("a", "h1", "h2", "h3", "h4", "summary", "option")
VOID = {"meta", "img", "br", "link", "input", "hr"}
Attributes = dict[str, str]


@dataclass
class Element:
    tag: str
    attributes: Attributes
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        found = [child for child in self.children if child.tag in tags]
        return [*found, *(one for child in self.children for one in child.all(*tags))]

    def words(self) -> str:
        return " ".join(" ".join([self.text, *(child.words() for child in self.children)]).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.problems: list[str] = []
        self.order: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"{tag}: an attribute is given twice")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        self.order.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            self.problems.append(f"</{tag}> closes <{self.open[-1].tag}>")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].text += data


def read(text: str) -> tuple[Element, list[Element], list[str]]:
    """Return the page as a tree, its elements in order, and what is not well-formed."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    left = [f"<{element.tag}> is never closed" for element in reader.open[1:]]
    return reader.root, reader.order, [*reader.problems, *left]


def problems(text: str) -> list[str]:
    """Return what is wrong with a page, one sentence each."""
    root, order, found = read(text)
    ids = [element.attributes["id"] for element in order if "id" in element.attributes]
    found += [f"the id {one} is used twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    for element in order:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            wanted = element.attributes.get(name, "").split()
            found += [f"{name} names {one}, which is not there" for one in wanted if one not in ids]
        for name in ("src", "href"):
            address = element.attributes.get(name)
            if address is None:
                continue
            if name == "href" and address.startswith("#"):
                if address[1:] not in ids:
                    found.append(f"a link leads to {address}, which is not there")
            elif not address.startswith("data:"):
                found.append(f"{element.tag} refers to {address[:60]}")
        if element.tag in ("link", "iframe", "object", "embed", "base"):
            found.append(f"there is a <{element.tag}>")
    found += [f"an element has the handler {name}" for e in order for name in e.attributes if name.startswith("on")]
    levels = [int(element.tag[1]) for element in order if re.fullmatch("h[1-6]", element.tag)]
    if levels[:1] != [1] or levels.count(1) != 1:
        found.append("there is not exactly one h1, before the other headings")
    found += [f"h{b} follows h{a}" for a, b in pairwise(levels) if b > a + 1]
    found += ["a picture has no text" for one in root.all("img") if not one.attributes.get("alt", "").strip()]
    found += [f"<{e.tag}> is empty" for e in root.all(*WORDED) if not e.words()]
    for table in root.all("table"):
        if any(not head.attributes.get("scope") for head in table.all("th")):
            found.append("a heading of a table has no scope")
        rows = [row for part in table.all("thead", "tbody", "tfoot") for row in part.all("tr")]
        widths = {sum(int(cell.attributes.get("colspan", 1)) for cell in row.all("th", "td")) for row in rows}
        if len(widths) != 1:
            found.append(f"rows of a table have {sorted(widths)} cells")
    for scroll in (e for e in order if "scroll" in e.attributes.get("class", "").split()):
        if scroll.attributes.get("tabindex") != "0" or not scroll.attributes.get("aria-label"):
            found.append("a part that scrolls cannot be reached with the keyboard, or has no name")
    labelled = {id(one) for label in root.all("label") for one in label.all("select", "input")}
    found += ["a field has no label" for one in root.all("select", "input") if id(one) not in labelled]
    html = next(iter(root.all("html")), Element("", {}))
    if html.attributes.get("lang") not in ("da", "en"):
        found.append("the page does not say its language")
    if not any(title.words() for title in root.all("title")):
        found.append("the page has no title")
    css = "".join(style.text for style in root.all("style"))
    found += [f"the style refers to {one}" for one in re.findall(r"@import|url\([^)]*\)", css)]
    return found


def schemes(css: str) -> list[dict[str, str]]:
    """Return the colours of every scheme of a style sheet: light, and each that changes some of them."""
    blocks = re.findall(r":root\s*{([^}]*)}", css)
    light = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", blocks[0]))
    return [light, *({**light, **dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", one))} for one in blocks[1:])]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
