"""What may be said: the sentences above the pictures and the verdicts in tables.

Only clear differences to the reference are put into words; what *clear* means is said in
:mod:`sim.report.intervals`. Two scenarios are never ranked against each other: the intervals are about the difference
to the reference, not between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from sim.report.intervals import Difference
from sim.report.results import Point, Results


class Verdict(Enum):
    """How a scenario compares with the reference in one KPI."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"
    """The difference may be due to chance."""
    UNKNOWN = "unknown"
    """There is no interval: nothing to measure, or a single replication."""


def verdict(difference: Difference, good: Literal["low", "high"] = "low") -> Verdict:
    """Judge a paired difference to the reference.

    Args:
        difference: scenario minus reference.
        good: whether a low or a high figure is what one hopes for.
    """
    if not difference.known:
        return Verdict.UNKNOWN
    if not difference.clear:
        return Verdict.UNCLEAR
    return Verdict.BETTER if (difference.high < 0) == (good == "low") else Verdict.WORSE


@dataclass(frozen=True)
class Headline:
    """One of the five figures that everything is summed up in."""

    kpi: str
    kind: Literal["days", "share", "money"]
    good: Literal["low", "high"]


HEADLINES = (
    Headline("wait.total", "days", "low"),
    Headline("transition.gap_days", "days", "low"),
    Headline("deadline.assessment_4m", "share", "high"),
    Headline("appeals.reversal_share", "share", "low"),
    Headline("cost.total", "money", "low"),
)


def reference_name(results: Results) -> str:
    """Return how the reference is called within a sentence."""
    if results.reference.scenario == "baseline" and not _several_baselines(results):
        return results.texts("the_baseline")
    return results.texts("quoted", name=results.reference.name)


def _several_baselines(results: Results) -> bool:
    return sum(point.scenario == "baseline" for point in results.points) > 1


def sentence(results: Results, topic: str, differences: Mapping[str, Difference], overall: str) -> str:
    """Say in one sentence how the scenarios compare with the reference.

    Args:
        results: the sweep.
        topic: what is compared: ``wait``, ``gap``, ``backlog`` or ``cost``.
        differences: paired difference to the reference by point label; low is good.
        overall: the sentence if there is only one point.
    """
    say = results.texts
    if not results.others:
        return overall
    noun = say(f"noun.{topic}")
    judged = {point: verdict(differences[point.label]) for point in results.others if point.label in differences}
    known = [point for point, what in judged.items() if what is not Verdict.UNKNOWN]
    if not known:
        return say("finding.unsure" if not results.has_intervals else "finding.no_comparison", noun=noun)
    reference = reference_name(results)
    better = [point for point in known if judged[point] is Verdict.BETTER]
    worse = [point for point in known if judged[point] is Verdict.WORSE]
    if not better and not worse:
        if len(known) == 1:
            name = say("quoted", name=known[0].name)
            return say("finding.none_of_one", name=name, reference=reference, noun=noun)
        return say("finding.none", count=len(known), reference=reference, noun=noun)
    leading, direction = (better, "better") if better else (worse, "worse")
    predicate = say(f"predicate.{topic}.{direction}", give=_give(results, leading))
    subject = _subject(results, leading, len(known))
    first = say("finding.clause", subject=subject, predicate=predicate, reference=reference)
    if not (better and worse):
        return first
    also = say(f"also.{topic}", give=_give(results, worse))
    return say("finding.both", first=first, subject=_subject(results, worse, len(known), short=True), also=also)


def _give(results: Results, points: Sequence[Point]) -> str:
    return results.texts("give.one" if len(points) == 1 else "give.many")


def _subject(results: Results, points: Sequence[Point], known: int, *, short: bool = False) -> str:
    say = results.texts
    if len(points) == 1:
        return say("quoted", name=points[0].name)
    if len(points) == known == 2:
        return say("subject.both")
    if len(points) == known:
        return say("subject.all", count=known)
    if len(points) == 2:
        names = [say("quoted", name=point.name) for point in points]
        return say("subject.two", first=names[0], second=names[1])
    return str(len(points)) if short else say("subject.some", count=len(points), known=known)


def interval_note(results: Results, key: str) -> str:
    """Return the note that explains a picture's intervals, or says that there are none.

    Args:
        results: the sweep.
        key: the text that explains them, such as ``note.bands``.
    """
    say = results.texts
    if not results.has_intervals:
        return say("note.one_replication")
    return say(key, level=results.numbers.share(results.confidence), n=replications_text(results))


def clear_note(results: Results) -> tuple[str, ...]:
    """Return the notes on what a clear difference is, for pictures that compare scenarios."""
    if not results.others or not results.has_intervals:
        return ()
    level = results.numbers.share(results.confidence)
    key = "note.clear" if len(results.others) == 1 else "note.clear_many"
    return (results.texts(key, level=level, count=len(results.others)),)


def replications_text(results: Results) -> str:
    """Return the number of replications, as a range if the points differ."""
    low, high = results.replications
    return str(low) if low == high else f"{low}–{high}"
