"""A story says what the journal says, and the days add up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from journals import Book

from sim.journal import Journal
from sim.measures import as_frame
from sim.model import simulate
from sim.report.numbers import Language
from sim.report.story.account import account, stretches, whole_days
from sim.report.story.matters import chosen, matters
from sim.report.story.reading import TABLES, Names, StoredJournal
from sim.report.story.telling import told
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit


def label(da: str, en: str) -> dict[str, Any]:
    return {"label": {"da": da, "en": en}}


CONFIGURATION: dict[str, Any] = {
    "administrations": {"buf": label("Børn og Unge", "Children"), "bsf": label("Social", "Social")},
    "teams": {"family": label("Familieteam", "Family team"), "adults": label("Voksenteam", "Adult team")},
    "panels": {"panel": label("Udvalget", "The panel")},
    "profiles": {"vulnerable": label("Socialt udsat", "Vulnerable")},
    "arrivals": {"school": label("Skoler", "Schools")},
    "services": {
        "support": {**label("Familiestøtte", "Family support"), "category": "supportive"},
        "adult_support": {**label("Støtte i hjemmet", "Home support"), "category": "adult"},
    },
    "tracks": {
        "child": {
            **label("Børn", "Children"),
            "side": "child",
            "steps": {
                "interviews": {**label("Samtaler", "Interviews"), "kind": "work"},
                "statements": {**label("Udtalelser", "Statements"), "kind": "delay"},
                "panel": {**label("Udvalg", "Panel"), "kind": "panel"},
                "supported": {**label("Indsats", "Service"), "kind": "service"},
            },
        },
        "grown": {
            **label("Voksne", "Adults"),
            "side": "adult",
            "steps": {"whose": {**label("Hvis sag?", "Whose case?"), "kind": "responsibility"}},
        },
        "appeal": {**label("Klage", "Appeal"), "side": "appeal", "steps": {}},
    },
}


def stored(journal: Journal) -> StoredJournal:
    """Return a journal as it is read from a folder of results."""
    tables: dict[str, pd.DataFrame] = {}
    for name in TABLES:
        table = as_frame(journal, name)
        for column in table.select_dtypes("category"):
            table[column] = table[column].astype(object).where(table[column].notna(), None)
        tables[name] = table
    return StoredJournal(journal.start, journal.run_in, journal.horizon, **tables)


def a_way(**changes: Any) -> StoredJournal:
    """Return a book in which somebody waits 100 days from the notification on day 10 to the service on day 110."""
    book = Book(horizon=365)
    book.person(7, source="school", entered=10.0, level=3, left=300.0)
    book.moment("notification", 7, at=10.0, outcome="school")
    book.event("decision", 7, since=10.0, time=80.0, outcome="granted")
    book.task("family", 7, requested=10.0, started=44.0, finished=50.0, step="child.interviews")
    book.task(None, 7, requested=50.0, started=50.0, finished=73.0, step="child.statements")
    book.task("panel", 7, requested=73.0, started=80.0, finished=80.0, step="child.panel")
    book.event("decided", 7, since=10.0, time=80.0, outcome="granted")
    book.spell("support", 7, asked=10.0, decided=80.0, start=110.0, end=300.0)
    book.spell("support", 7, kind="self_pay", payer="family", decided=60.0, start=60.0, end=110.0)
    book.task("family", 7, requested=190.0, started=191.0, finished=192.0, step="child.supported")
    for kind, row in changes.items():
        book.moment(kind, 7, **row)
    return stored(book.journal())


def story(journal: StoredJournal, language: Language, which: str = "worst") -> list[str]:
    names = Names(CONFIGURATION, language)
    rule = which if which in ("worst", "typical") else "id"
    return told(journal, chosen(journal, names, which), names, "Test", rule).text(language).splitlines()


def test_a_journal_written_by_hand_gives_these_sentences_in_danish() -> None:
    lines = story(a_way(), "da")
    assert lines[0] == "Sag 7 i »Test«"
    assert lines[2].startswith("Den unge findes ikke.")
    assert lines[3].startswith("Valgt som den værste: den længste ventetid")
    assert lines[4:] == [
        "Født 1. januar 2010. Behovsprofil: Socialt udsat. Kendt fra 11. januar 2023 (Skoler) med støttebehov 3 af 4.",
        "",
        "11. januar 2023: Underretning (Skoler).",
        "20. februar 2023: Samtaler: den unge ventede 34 dage på Familieteam, som var 6 dage om det.",
        "2. marts 2023: Familien betalte selv for Familiestøtte i 50 dage.",
        "15. marts 2023: Udtalelser: der gik 23 dage.",
        "22. marts 2023: Udvalget: sagen ventede 7 dage på mødet.",
        "22. marts 2023: Børn og Unge bevilgede Familiestøtte.",
        "21. april 2023: Familiestøtte begyndte, 30 dage efter bevillingen.",
        "28. oktober 2023: Opfølgninger i alt på indsatser: 1.",
        "28. oktober 2023: Familiestøtte sluttede.",
        "28. oktober 2023: Sagen var slut.",
        "",
        "Hvor blev 100 dage af fra 11. januar 2023 til 21. april 2023, da støtten begyndte?",
        "  34 dage: i kø hos Familieteam",
        "  30 dage: ventede på en plads: Familiestøtte",
        "  23 dage: ventede på andre: Udtalelser",
        "  7 dage: ventede på møde i Udvalget",
        "  6 dage: Familieteam arbejdede på sagen",
        "I alt 100 dage.",
    ]


def test_the_same_in_english() -> None:
    lines = story(a_way(), "en", "7")
    assert lines[3] == "Chosen by its number; the account is about this person's longest wait."
    assert (
        "20 February 2023: Interviews: the young person waited 34 days for Family team, who took 6 days over it."
        in lines
    )
    assert lines[-6:] == [
        "  34 days: in the queue of Family team",
        "  30 days: waited for a place: Family support",
        "  23 days: waited for others: Statements",
        "  7 days: waited for a meeting of The panel",
        "  6 days: Family team worked on the case",
        "100 days in all.",
    ]


def test_sending_on_the_birthday_an_appeal_and_a_refusal_are_told() -> None:
    book = Book(horizon=365)
    book.person(1, born=-6480.0)
    book.moment("turned_18", at=94.0)
    book.event("gap", since=94.0, time=124.0, outcome="adult")
    book.moment("bounce", at=20.0, outcome="bsf", track="grown")
    book.task(None, requested=20.0, started=20.0, finished=55.0, step="grown.whose", track="grown")
    book.moment("escalation", at=55.0, track="grown")
    book.event("responsibility_taken", since=20.0, time=55.0, outcome="buf", track="grown")
    book.event("decided", since=20.0, time=60.0, outcome="refused", administration="bsf", track="grown")
    book.event("appeal", since=60.0, time=100.0, outcome="remitted", track="appeal")
    book.event("decision", since=20.0, time=60.0, outcome="refused", track="grown")
    book.spell("support", kind="bridging", decided=94.0, start=94.0, end=124.0)
    lines = story(stored(book.journal()), "da", "1")
    for sentence in (
        "21. januar 2023: Social sendte sagen videre.",
        "25. februar 2023: Hvis sag? Svaret lod vente på sig i 35 dage.",
        "25. februar 2023: Forvaltningerne blev ikke enige; den fælles ledelse måtte afgøre, hvis sagen var.",
        "25. februar 2023: Børn og Unge tog sagen, 35 dage efter at den første var blevet spurgt.",
        "2. marts 2023: Social gav afslag.",
        "2. marts 2023: Afgørelsen blev påklaget.",
        "5. april 2023: Fyldte 18 år; børnereglerne hørte op.",
        "5. april 2023: Børn og Unge betalte videre for Familiestøtte i 30 dage.",
        "11. april 2023: Ankestyrelsen hjemviste sagen efter 40 dage: den skulle behandles igen.",
        "5. maj 2023: Støtte som voksen begyndte, 30 dage efter fødselsdagen; indtil da var der et hul.",
    ):
        assert sentence in lines, sentence
    assert lines[-3:] == [
        "  35 dage: mellem forvaltninger: Hvis sag?",
        "  5 dage: ingen arbejdede på sagen, og den lå ikke i kø",
        "I alt 40 dage.",
    ]


def test_the_worst_the_typical_and_a_case_that_is_not_there() -> None:
    book = Book(run_in=5.0, horizon=365)
    for case, days in ((1, 10.0), (2, 40.0), (3, 50.0), (4, 300.0)):
        since = 0.0 if case == 4 else 10.0
        book.spell("support", case, asked=since, decided=since, start=since + days)
    book.spell("support", 5, asked=290.0, decided=300.0)
    journal, names = stored(book.journal()), Names(CONFIGURATION, "da")
    assert chosen(journal, names, "worst").case == 5  # 75 days so far; case 4 began in the run-in.
    assert chosen(journal, names, "typical").case == 2
    assert chosen(journal, names, "4").days == 300
    for wrong in ("9", "worts"):
        with pytest.raises(PlannerError, match=f"there is no case '{wrong}'.*such as 1, 2, 3, 4, 5"):
            chosen(journal, names, wrong)


def test_adult_support_is_not_waited_for_before_the_birthday() -> None:
    book = Book(horizon=365)
    book.person(1, born=-6480.0)
    book.spell("adult_support", 1, track="grown", asked=10.0, decided=40.0, start=124.0)
    (matter,) = matters(stored(book.journal()), Names(CONFIGURATION, "da"))
    assert (matter.since, matter.until) == (94.0, 124.0)


def test_whole_days_add_up_to_the_rounded_total() -> None:
    days = {("work", "a"): 0.4, ("queue", "a"): 33.4, ("panel", "b"): 7.4, ("rest", ""): 1.4}
    assert sum(days.values()) == pytest.approx(42.6)
    assert sum(whole_days(days).values()) == 43


def test_in_a_simulation_the_days_add_up_for_every_case() -> None:
    with Composer([]) as composer:
        configuration = composer.configuration(["municipality=one_team", "horizon.years=2"])
    journal = stored(simulate(configuration.scenario, 0))
    names = Names(configuration.composed, "da")
    every = matters(journal, names)
    assert len(every) > 20
    assert {"service", "undecided"} <= {one.end for one in every}
    explained = total = 0.0
    for matter in every:
        days = account(stretches(journal.of(matter.case), matter, names), matter)
        assert sum(days.values()) == pytest.approx(matter.days, abs=1e-6)
        assert all(value >= 0 for value in days.values())
        assert sum(whole_days(days).values()) == round(sum(days.values()))
        total += matter.days
        explained += matter.days - days.get(("rest", ""), 0.0)
        assert told(journal, matter, names, "x", "id").text("en")
    assert explained > 0.95 * total
