"""One person's way in dated sentences, and where the days went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date

from sim.measures.groups import FIXED
from sim.report.numbers import Language
from sim.report.story.account import Category, Stretch, account, stretches, whole_days
from sim.report.story.matters import Matter
from sim.report.story.reading import Names, StoredJournal
from sim.report.story.texts import days_text, say

_LOCALES = {"da": "da_DK", "en": "en_GB"}
_PLAIN = frozenset(
    (
        "transition_start", "not_planned", "escalation", "lost", "emergency", "misdirected_letter",
        "withdrawn_waiting", "reimbursed",
    )
)  # fmt: skip
"""Events whose sentence needs nothing but the date."""

Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Story:
    """What is told of one person."""

    title: str
    intro: tuple[str, ...]
    sentences: tuple[tuple[dt.date, str], ...]
    question: str
    """Asks where the days went."""
    lines: tuple[tuple[int, str], ...]
    """Whole days and what they went to."""
    total: int
    """Days in all: what the lines add up to."""
    matter: Matter
    parts: tuple[Stretch, ...]

    def text(self, language: Language) -> str:
        """Return the story as plain text."""
        dated = [f"{date_text(date, language)}: {sentence}" for date, sentence in self.sentences]
        account_lines = [
            "  " + say(language, "account.line", days=days_text(language, days), what=what) for days, what in self.lines
        ]
        total = say(language, "account.sum", total=days_text(language, self.total))
        parts = [self.title, "", *self.intro, "", *dated, "", self.question, *account_lines, total]
        return "\n".join(parts) + "\n"


def date_text(date: dt.date, language: Language) -> str:
    """Return a date as people write it: ``12. marts 2027`` or ``12 March 2027``."""
    return format_date(date, "d. MMMM y" if language == "da" else "d MMMM y", locale=_LOCALES[language])


def told(everybody: StoredJournal, matter: Matter, names: Names, scenario: str, rule: str) -> Story:
    """Tell one person's way.

    Args:
        everybody: the journal.
        matter: the wait whose days are accounted for.
        names: of the configuration, in the language of the story.
        scenario: what people call the scenario.
        rule: ``worst``, ``typical`` or ``id``: how the person was chosen.
    """
    person, language = everybody.of(matter.case), names.language
    writer = _Writer(person, names)
    parts = stretches(person, matter, names)
    days = whole_days(account(parts, matter))
    total = sum(days.values())
    dates = {key: date_text(person.date(getattr(matter, key)), language) for key in ("since", "until")}
    question = say(language, f"account.{matter.end}", total=days_text(language, total), **dates)
    lines = tuple((count, part_name(key, names)) for key, count in days.items())
    intro = (say(language, "simulated"), say(language, f"rule.{rule}"), writer.introduction())
    title = say(language, "title", case=matter.case, scenario=scenario)
    return Story(title, intro, writer.sentences(), question, lines, total, matter, tuple(parts))


def part_name(key: tuple[Category, str], names: Names) -> str:
    """Return what people call a part of the account."""
    category, name = key
    match category:
        case "work" | "queue" | "panel":
            label = names.resource(name)
        case "whose" | "others" | "notice":
            label = names.step(name)
        case "place":
            label = names.of("services", name)
        case "appeal":
            label = names.of("tracks", name)
        case _:
            label = ""
    return say(names.language, f"what.{category}", name=label)


class _Writer:
    """Writes the sentences about one person."""

    def __init__(self, person: StoredJournal, names: Names) -> None:
        self._person, self._names = person, names

    def _say(self, key: str, **values: object) -> str:
        return say(self._names.language, key, **values)

    def _days(self, days: float) -> str:
        return days_text(self._names.language, days)

    def introduction(self) -> str:
        """Say who it is."""
        row, names = self._person.cases.iloc[0], self._names
        born, entered = (date_text(self._person.date(float(row[key])), names.language) for key in ("born", "entered"))
        source = self._source(str(row["source"]))
        profile = names.of("profiles", row["profile"])
        return self._say("person", born=born, entered=entered, profile=profile, source=source, level=int(row["level"]))

    def sentences(self) -> tuple[tuple[dt.date, str], ...]:
        """Return everything that happened, in the order of time."""
        found: list[tuple[float, int, str]] = []
        for part in (self._activities(), self._events(), self._spells(), self._ending()):
            found += [(day, len(found) + number, text) for number, (day, text) in enumerate(part)]
        return tuple((self._person.date(day), text) for day, _, text in sorted(found))

    def _source(self, source: str) -> str:
        parts = ("arrivals", "initial_caseload", "initial_matters")
        part = next((part for part in parts if source in (self._names.configuration.get(part) or {})), "arrivals")
        label = self._names.of(part, source)
        known = label != source.replace("_", " ")
        return label if known or part == "arrivals" else self._names.of("services", source)

    def _events(self) -> Iterator[tuple[float, str]]:
        for row in self._person.events.to_dict("records"):
            kind, outcome = str(row["kind"]), str(row["outcome"])
            since, time = float(row["since"]), float(row["time"])
            lasted = self._days((time if time == time else self._person.horizon) - since)
            when = time if time == time else self._person.horizon
            match kind:
                case "notification" | "application":
                    yield time, self._say(kind, source=self._source(outcome))
                case "bounce":
                    yield time, self._say(kind, who=self._names.of("administrations", outcome))
                case "responsibility_taken" if row["track"] is not None and outcome != "done":
                    who = self._names.of("administrations", outcome)
                    key = "taken" if time - since < 0.5 else "taken_late"
                    yield time, self._say(key, who=who, days=lasted)
                case "decided" if time == time:
                    yield time, self._decision(row, outcome, time)
                case "appeal":
                    yield since, self._say("appeal")
                    yield when, self._say(f"appeal.{outcome}", days=lasted)
                case "turned_18":
                    yield time, self._say(kind, age=f"{self._names.adult_age():g}")
                case "gap" if outcome != "none_needed":
                    yield when, self._gap(outcome, time - since, lasted)
                case "need_rises" | "need_falls":
                    yield time, self._say(kind, level=outcome)
                case "caseworker_change":
                    label = FIXED.get(outcome)
                    why = getattr(label, self._names.language) if label else outcome.replace("_", " ")
                    yield time, self._say(kind, why=str(why)[:1].lower() + str(why)[1:])
                case "postponed":
                    yield time, self._say(kind, who=outcome.replace("_", " "))
                case _ if kind in _PLAIN:
                    yield time, self._say(kind)

    def _gap(self, outcome: str, days: float, lasted: str) -> str:
        if outcome in ("bridging", "withdrawn", "none"):
            return self._say(f"gap.{outcome}", days=lasted)
        return self._say("gap.now") if days < 0.5 else self._say("gap.late", days=lasted)

    def _decision(self, row: Row, outcome: str, time: float) -> str:
        who = self._names.of("administrations", row["administration"])
        if outcome == "refused":
            return self._say("refused", who=who)
        spells = self._person.spells
        granted = spells[(spells["kind"] == "ordinary") & ((spells["decided"] - time).abs() < 1e-6)]
        what = (
            self._names.of("services", granted.iloc[0]["service"])
            if len(granted)
            else self._names.of("tracks", row["track"])
        )
        return self._say("partly" if outcome == "partly" else "granted", who=who, what=what)

    def _activities(self) -> Iterator[tuple[float, str]]:
        follow_ups = 0
        horizon, names = self._person.horizon, self._names
        for row in self._person.activities.to_dict("records"):
            step, resource = str(row["step"]), row["resource"]
            requested, started = float(row["requested"]), float(row["started"])
            finished, withdrawn = float(row["finished"]), float(row["withdrawn"])
            if names.kind(step) == "service":
                follow_ups += started == started
                continue
            over = next((time for time in (finished, withdrawn) if time == time), horizon)
            label = names.step(step)
            if resource is None or resource != resource:
                ends = label.endswith("?")
                yield over, self._say("delay.whose" if ends else "delay", step=label, days=self._days(over - requested))
            elif names.is_panel(resource):
                met = started == started
                waited = self._days((started if met else over) - requested)
                yield over, self._say("panel" if met else "panel.open", panel=names.of("panels", resource), days=waited)
            else:
                yield over, self._task(label, names.of("teams", resource), requested, started, finished, withdrawn)
        if follow_ups:
            left = float(self._person.cases.iloc[0]["left"])
            yield (left if left == left else horizon), self._say("follow_ups", count=follow_ups)

    def _task(self, step: str, team: str, requested: float, started: float, finished: float, withdrawn: float) -> str:
        horizon = self._person.horizon
        began = started == started
        queued = (started if began else withdrawn if withdrawn == withdrawn else horizon) - requested
        queue = self._days(queued)
        if not began:
            return self._say(
                "task.withdrawn" if withdrawn == withdrawn else "task.waiting", step=step, team=team, queue=queue
            )
        if finished != finished:
            return self._say("task.open", step=step, team=team, queue=queue)
        key = "task.now" if queued < 0.5 else "task"
        return self._say(key, step=step, team=team, queue=queue, work=self._days(finished - started))

    def _spells(self) -> Iterator[tuple[float, str]]:
        horizon, names = self._person.horizon, self._names
        for row in self._person.spells.to_dict("records"):
            kind, what = str(row["kind"]), names.of("services", row["service"])
            decided, start, end, withdrawn = (float(row[key]) for key in ("decided", "start", "end", "withdrawn"))
            over = end == end
            lasted = self._days((end if over else horizon) - start) if start == start else ""
            if kind == "reimbursed":
                continue
            if kind == "self_pay":
                yield start, self._say("self_pay" if over else "self_pay.so_far", what=what, days=lasted)
            elif kind == "bridging":
                yield (
                    start,
                    self._say("bridging", who=names.of("administrations", row["payer"]), what=what, days=lasted),
                )
            elif kind == "initial":
                yield max(0.0, start), self._say("initial", what=what)
            elif start == start:
                yield start, self._say("started", what=what, days=self._days(start - decided))
            elif withdrawn == withdrawn:
                yield withdrawn, self._say("not_started", what=what, days=self._days(withdrawn - decided))
            else:
                yield horizon, self._say("still_waiting", what=what, days=self._days(horizon - decided))
            if over and kind in ("initial", "ordinary") and start == start:
                yield end, self._say("ended", what=what)

    def _ending(self) -> Iterator[tuple[float, str]]:
        left = float(self._person.cases.iloc[0]["left"])
        yield (left, self._say("left")) if left == left else (self._person.horizon, self._say("end"))
