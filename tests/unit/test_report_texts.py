"""Both languages are complete, and say the same things."""

import re
from string import Formatter
from typing import get_args

import pytest

from sim.report.findings import HEADLINES
from sim.report.kinds_of_evidence import KINDS, kind_said
from sim.report.texts import TABLE, Texts
from sim.scenario.evidence import EvidenceKind

pytestmark = pytest.mark.unit


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TABLE)
def test_both_languages_have_the_text(key: str) -> None:
    da, en = TABLE[key]
    assert da.strip()
    assert en.strip()


@pytest.mark.parametrize("key", TABLE)
def test_both_languages_tell_the_same_figures(key: str) -> None:
    da, en = TABLE[key]
    # English verbs have a number, Danish ones do not.
    assert places(da) == places(en) - {"give"}


def test_no_danish_text_is_left_in_english_or_the_reverse() -> None:
    same = {key for key, (da, en) in TABLE.items() if da == en}
    allowed = {"finding.clause", "page.clear.listed", "reliability.growing.interval"}
    allowed |= {"summary.reference", "summary.unit.share"}
    assert same - allowed == set()
    assert not [key for key, (_, en) in TABLE.items() if re.search("[æøåÆØÅ]", en)]


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda headline: headline.kpi)
def test_every_headline_figure_has_a_heading(headline) -> None:
    assert Texts("da")(f"summary.{headline.kpi}")


def test_a_text_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        Texts("da")("no.such.text")


def test_every_kind_of_evidence_has_words_and_tables_and_pictures_the_same_ones() -> None:
    assert set(KINDS) == {*get_args(EvidenceKind), ""}
    for kind, (da, en) in KINDS.items():
        assert (kind_said(kind, "da"), kind_said(kind, "en")) == (da, en)
        assert (Texts("da")(f"kind.{kind}"), Texts("en")(f"kind.{kind}")) == (da, en)
