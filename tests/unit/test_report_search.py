"""What is shown of a search: the picture of the frontier and the summary, in both languages."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from string import Formatter

import matplotlib as mpl
import numpy as np
import pytest
from rich.console import Console

from sim.experiment.search.evaluation import Evaluation, evaluate
from sim.experiment.search.record import SearchRecord, Tried
from sim.report import house_style
from sim.report.frontier import draw, render_frontier
from sim.report.search_summary import print_search
from sim.report.search_texts import TABLE
from sim.report.search_words import KeptVerdict, kept_verdict
from sim.scenario.base import Label
from sim.scenario.search import Limit, Search, Variable

pytestmark = pytest.mark.unit

TEAM = "teams.advisers.caseworkers"
LIMIT = Limit(kpi="wait.total", at_most=50.0, probability=0.8)
QUESTION = Search(variables={TEAM: Variable(low=2, high=5)}, limits=(LIMIT,), trials=4, replications=5)


def judged(caseworkers: int, replications: int = 5) -> Evaluation:
    """Cost 10 million a caseworker; wait 240 divided by the caseworkers; today has 3."""
    waits = 240 / caseworkers + np.arange(replications) % 3 - 1.0
    costs = 1e7 * caseworkers + 1e5 * np.arange(replications)
    today = {("cost.total", "all"): 3e7 + 1e5 * np.arange(replications)}
    return evaluate({("cost.total", "all"): costs, ("wait.total", "all"): waits}, today, QUESTION, 0.95)


def record(most: int = 5) -> SearchRecord:
    tried = tuple(
        Tried(label=f"candidate--advisers-{n}", staffing={TEAM: n}, evaluation=judged(n)) for n in range(2, most + 1)
    )
    feasible = most >= 5
    return SearchRecord(
        command="sagsflow optimise",
        started="2024-06-01T12:00:00+02:00",
        seed=1,
        fresh_seed=2,
        confidence=0.95,
        question=QUESTION,
        size=4,
        names={
            TEAM: Label(da="Rådgiverne, sagsbehandlere", en="The advisers, caseworkers"),
            "cost.total of all": Label(da="Samlede udgifter", en="Total cost"),
            "wait.total of all": Label(da="Samlet ventetid", en="Total wait"),
        },
        units={"cost.total of all": "dkk", "wait.total of all": "days"},
        today=tried[1],
        tried=tried,
        fresh_today=judged(3, 20) if feasible else None,
        fresh_best=judged(5, 20) if feasible else None,
        versions={},
    )


def printed(found: SearchRecord, language, tmp_path: Path) -> str:
    stream = StringIO()
    print_search(tmp_path, found, Console(file=stream, width=100, highlight=False), language)
    return stream.getvalue().replace("\u00a0", " ")


@pytest.mark.parametrize("key", TABLE)
def test_both_languages_say_the_same(key: str) -> None:
    da, en = TABLE[key]
    places = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (da, en)]
    assert da.strip()
    assert en.strip()
    assert places[0] == places[1]


def test_the_summary_compares_today_with_what_was_found(tmp_path: Path) -> None:
    said = printed(record(), "da", tmp_path)
    assert "+20,00 [+20,00; +20,00] mio. kr./år i forhold til i dag" in " ".join(said.split())
    assert "5 (+2) (ved kanten)" in said
    assert "20 nye fremtider" in said
    assert "0 % [0 %; 17 %]" in said  # today in 20 futures
    assert "100 % [83 %; 100 %]" in said  # found
    assert "holdt, sikkert" in said
    assert "Alle mulige bemandinger er prøvet." in said


def test_the_summary_says_it_when_nothing_keeps_the_limits(tmp_path: Path) -> None:
    said = printed(record(most=3), "en", tmp_path)
    assert said.startswith("None of 2 staffings tried keeps all limits")
    assert "Nearest" in said
    assert "fresh" not in said
    assert "There may be cheaper ones among those not tried" in " ".join(said.split())

    assert "No staffing that was tried keeps: Total wait at most 50 days in at least 80%" in " ".join(said.split())


def test_what_fresh_futures_do_not_confirm_is_said_in_the_first_sentence(tmp_path: Path) -> None:
    found = record()
    assert "confirm" not in printed(found, "en", tmp_path)
    denied = found.model_copy(update={"fresh_best": judged(3, 20)})
    said = " ".join(printed(denied, "en", tmp_path).split())
    assert said.index("but fresh futures do not confirm that it keeps them") < said.index("Staffing Today")
    assert "search.replications=10" in said


def test_todays_staffing_may_be_the_best_one(tmp_path: Path) -> None:
    found = record()
    said = printed(found.model_copy(update={"today": found.tried[3]}), "en", tmp_path)
    assert "none is better than the one you have today" in " ".join(said.split())


def test_a_limit_that_some_keep_is_not_said_to_be_kept_by_none() -> None:
    assert record(most=3).kept_by_none == (LIMIT,)
    assert record(most=5).kept_by_none == ()


def test_a_scaled_municipality_is_warned_about(tmp_path: Path) -> None:
    assert "A municipality of size" not in printed(record(), "en", tmp_path)
    assert "A municipality of size 0.10" in printed(record().model_copy(update={"scale": 0.1}), "en", tmp_path)


def test_in_a_narrow_window_no_interval_is_broken(tmp_path: Path) -> None:
    stream = StringIO()
    print_search(tmp_path, record(), Console(file=stream, width=80, highlight=False), "en")
    said = stream.getvalue()
    assert "[0%; 17%]" in said
    assert "[+20.00; +20.00]" in said
    assert "  difference to today  " in said


def test_a_limit_that_was_lost_before_the_candidate_was_given_up_is_not_kept() -> None:
    kept = judged(3, 2).limits[0]
    assert kept_verdict(LIMIT, kept) is KeptVerdict.UNSURE
    assert kept_verdict(LIMIT, kept, 5) is KeptVerdict.BROKEN
    assert kept_verdict(LIMIT, kept, 20) is KeptVerdict.UNSURE


@pytest.mark.parametrize(
    ("waits", "verdict"),
    [
        ([50.0] * 20, KeptVerdict.CERTAIN),
        ([50.0] * 9 + [70.0], KeptVerdict.KEPT),
        ([50.0] * 7 + [70.0] * 3, KeptVerdict.UNSURE),
        ([70.0] * 20, KeptVerdict.BROKEN),
    ],
)
def test_a_verdict_says_how_sure_it_is(waits: list[float], verdict: KeptVerdict) -> None:
    figures = {("cost.total", "all"): np.ones(len(waits)), ("wait.total", "all"): np.array(waits)}
    assert kept_verdict(LIMIT, evaluate(figures, None, QUESTION, 0.95).limits[0]) is verdict


@pytest.mark.parametrize("most", [3, 5])
def test_the_picture_shows_what_is_not_beaten_the_limit_and_today(most: int) -> None:
    with mpl.rc_context(house_style.settings()):
        picture = draw(record(most), "en")
    (axes,) = picture.figure.axes
    markers = [line.get_marker() for line in axes.get_lines() if len(line.get_xdata()) == 1]
    assert markers.count("s") == most - 1  # every candidate is either cheaper or quicker than the others
    assert markers.count("*") == markers.count("o") == 1
    assert any(list(line.get_ydata()) == [50.0, 50.0] for line in axes.get_lines())
    assert ("1 of 4" in picture.title) == (most == 5)


def test_the_picture_is_the_same_file_every_time(tmp_path: Path) -> None:
    (first,) = render_frontier(tmp_path, record(), "da", ["svg"])
    before = first.read_bytes()
    render_frontier(tmp_path, record(), "da", ["svg"])
    assert first.read_bytes() == before
