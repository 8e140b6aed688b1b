"""How the figures of a planner's own configuration stand, as tables for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.counted import filled
from sim.folder.answers import Language
from sim.folder.standing import UNSEEN, Overview, Standing
from sim.report.kinds_of_evidence import kind_said
from sim.scenario.evidence import Evidence

SHOWN = 12
"""Rows of a list that are shown unless all are asked for."""

WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "title": "Hvad jeres tal hviler på",
        "own": "Sat af jer",
        "unseen": "Skaleret, ikke verificeret",
        "came": "Fulgte med sagsflow",
        "figures": "{count} tal",
        "outside": "Uden for deres eget interval: tallet er rettet, men ikke linjen i evidence",
        "unseen_list": "Ikke verificeret (det, der betyder mest, først). Erstat med egne tal, og slet note: {mark}",
        "own_list": "Sat af jer, og hvor",
        "assumed": "Antagelser, der fulgte med (de mest usikre først)",
        "figure": "Tal",
        "value": "Værdi",
        "range": "Fra-til",
        "kind": "Kilde",
        "where": "Står i",
        "assumption_about": "Antagelse",
        "count": "Tal",
        "source": "Begrundelse",
        "more": "… og {count} mere ({each}); alle med --all",
        "more_plain": "… og {count} mere; alle med --all",
        "multiple": "{low}–{high} gange",
        "hint": "Hvilke antagelser der bærer et svar: sagsflow sensitivity scenario=…",
    },
    "en": {
        "title": "What your figures rest on",
        "own": "Set by you",
        "unseen": "Scaled, not verified",
        "came": "Came with sagsflow",
        "figures": "{count:figure|figures}",
        "outside": "Outside their own range: the figure was changed, its line in evidence was not",
        "unseen_list": "Not verified (what matters most first). Replace by own figures, and delete note: {mark}",
        "own_list": "Set by you, and where",
        "assumed": "Assumptions that came along (the least certain first)",
        "figure": "Figure",
        "value": "Value",
        "range": "Range",
        "kind": "Source",
        "where": "Stands in",
        "assumption_about": "Assumption",
        "count": "Figures",
        "source": "Reason",
        "more": "… and {count} more ({each}); all with --all",
        "more_plain": "… and {count} more; all with --all",
        "multiple": "{low}–{high} times",
        "hint": "Which assumptions carry an answer: sagsflow sensitivity scenario=…",
    },
}


def standing_tables(found: Overview, language: Language, *, everything: bool = False) -> Iterator[RenderableType]:
    """Yield counts and lists of how the figures stand.

    Args:
        found: How they stand.
        language: Language of the tables.
        everything: Whether to show every row.
    """
    words = WORDS[language]
    yield Text(words["title"], style="bold")
    yield _counts(found, language)
    for title, rows in (
        ("outside", found.outside),
        ("unseen_list", found.unseen),
        ("own_list", found.own),
    ):
        if rows:
            yield Text("")
            yield Text(words[title].format(mark=UNSEEN), style="bold")
            yield from _figures(rows, title, language, everything=everything or title == "outside")
    if found.assumed:
        yield Text("")
        yield Text(words["assumed"], style="bold")
        table = _table(words["assumption_about"], words["count"], words["range"], words["source"])
        shown = found.assumed if everything else found.assumed[:SHOWN]
        for one in shown:
            source = Text(one.evidence.source)
            if not everything:
                source.no_wrap, source.overflow = True, "ellipsis"
            table.add_row(Text(one.key), str(one.count), _range(one.evidence, language), source)
        yield table
        if len(shown) < len(found.assumed):
            yield Text("  " + words["more_plain"].format(count=len(found.assumed) - len(shown)))
    yield Text("")
    yield Text(words["hint"])
    yield Text("")


def _counts(found: Overview, language: Language) -> Table:
    words = WORDS[language]
    own = Counter(one.evidence.kind if one.evidence else "" for one in found.own)
    table = _table(header=False)
    for title, count, kinds in (
        ("own", len(found.own), own),
        ("unseen", len(found.unseen), Counter[str]()),
        ("came", sum(found.kinds.values()), Counter(found.kinds)),
    ):
        each = ", ".join(f"{kind_said(kind, language)} {number}" for kind, number in kinds.most_common())
        table.add_row(words[title], filled(words["figures"], count=count) + (f": {each}" if each else ""))
    return table


def _figures(rows: Sequence[Standing], title: str, language: Language, *, everything: bool) -> Iterator[RenderableType]:
    words = WORDS[language]
    table = _table(words["figure"], words["value"], words["range" if title != "own_list" else "kind"], words["where"])
    shown = rows if everything else rows[:SHOWN]
    for one in shown:
        third = Text(kind_said("", language))
        if one.evidence is not None:
            third = Text(
                kind_said(one.evidence.kind, language) if title == "own_list" else _range(one.evidence, language)
            )
        place = one.of_evidence if title == "outside" and one.of_evidence else one.where
        table.add_row(Text(one.path), Text(", ".join(_number(v, language) for v in one.values)), third, Text(place))
    yield table
    rest = rows[len(shown) :]
    if rest:
        each = Counter(one.path.split(".")[0] for one in rest)
        told = ", ".join(f"{section} {count}" for section, count in each.most_common())
        yield Text("  " + words["more"].format(count=len(rest), each=told))


def _range(evidence: Evidence, language: Language) -> str:
    low, high = _number(evidence.low, language), _number(evidence.high, language)
    if evidence.relative:
        return WORDS[language]["multiple"].format(low=low, high=high)
    return low if evidence.low == evidence.high else f"{low}–{high}"


def _number(value: float, language: Language) -> str:
    """Return a number with as many decimals as it has, thousands parted as people part them."""
    from sim.report.numbers import Numbers

    digits = len(f"{value:.10g}".partition(".")[2]) if value == value else 0
    return Numbers(language).decimal(value, digits)


def _table(*heads: str, header: bool = True) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, show_header=header, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(Text(head, style="italic"), overflow="fold")
    if not heads:
        table.add_column(no_wrap=True)
        table.add_column()
    return table
