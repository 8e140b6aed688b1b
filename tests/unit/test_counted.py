"""One of something, and more."""

from __future__ import annotations

import pytest

from sim.counted import counted, filled
from sim.report.sensitivity_texts import say
from sim.report.texts import Texts

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1 future"), ("1", "1 future"), (0, "0 futures"), (21, "21 futures"), ("1–5", "1–5 futures")],
)
def test_a_number_has_the_words_that_go_with_it(number: object, said: str) -> None:
    assert counted(number, "future", "futures") == said


def test_a_mark_stands_for_the_number() -> None:
    text = "{n:the only target is|all # targets are} reached in {m:year|years} by {share:.1f} %"
    assert filled(text, n=1, m=1, share=2.25) == "the only target is reached in 1 year by 2.2 %"
    assert filled(text, n=3, m=2, share=2.25) == "all 3 targets are reached in 2 years by 2.2 %"


def test_tables_and_pictures_count_one_replication() -> None:
    for language, one, many in (("da", "1 gentagelse.", "2 gentagelser."), ("en", "1 replication.", "2 replications.")):
        texts = Texts(language)
        assert texts("summary.interval", level="95 %", n=1).endswith(one)
        assert texts("summary.interval", level="95 %", n="2").endswith(many)
    assert say("da", "note.stochastic", n=1).startswith("Gennemsnit af 1 gentagelse pr. punkt")
    assert say("en", "note.rest", count=1) == "1 assumption with a smaller effect is not shown."
