"""What people read for where a figure comes from, the same in every table and picture."""

from __future__ import annotations

from collections.abc import Mapping

from sim.spoken import Language

KINDS: Mapping[str, tuple[str, str]] = {
    "law": ("lov", "law"),
    "published": ("offentliggjort", "published"),
    "derived": ("beregnet", "derived"),
    "local": ("kommunens eget", "the municipality's own"),
    "assumption": ("antagelse", "assumption"),
    "": ("uden kilde", "no source"),
}
"""Danish and English, by :data:`sim.scenario.evidence.EvidenceKind`; the empty one: it has no evidence."""


def kind_said(kind: str, language: Language) -> str:
    """Return what people read for a kind."""
    danish, english = KINDS[kind]
    return danish if language == "da" else english
