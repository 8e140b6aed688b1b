"""The answer in five lines: waits, transition, cost, all five headline figures together, and how sure that is.

Every sentence is made from the figures and claims a difference only where the intervals allow it
(:mod:`sim.report.findings`). Examples are named with their figures, but scenarios are never ranked: the intervals are
about the difference to the reference, not between scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.report.findings import Verdict, reference_name, replications_text
from sim.report.page.figures import Measure, headline_measures
from sim.report.reliability import few_replications, growing_queues
from sim.report.results import Point, Results

TOPICS = (("wait", "wait.total"), ("gap", "transition.gap_days"), ("cost", "cost.total"))
MOST_NAMED = 2
"""More scenarios than this are counted, and one of them is named as an example."""


@dataclass(frozen=True)
class Line:
    """One line of the answer."""

    heading: str
    text: str


def answer(results: Results, unverified: int, figures: int) -> tuple[Line, ...]:
    """Return the five lines.

    Args:
        results: the sweep.
        unverified: how many figures of the configuration are expert judgement or have no source.
        figures: how many there are.
    """
    say, numbers = results.texts, results.numbers
    lines = [Line(say(f"page.answer.{topic}"), _topic(results, topic, Measure(results, kpi))) for topic, kpi in TOPICS]
    lines.append(Line(say("page.answer.overall"), _overall(results)))
    key = "page.sure.many" if results.has_intervals else "page.sure.one"
    grounds = say("page.sure.grounds", unverified=numbers.decimal(unverified, 0), count=numbers.decimal(figures, 0))
    level = numbers.share(results.confidence)
    text = say(key, n=replications_text(results), level=level)
    sure = (*growing_queues(results), text, *few_replications(results), grounds)
    lines.append(Line(say("page.answer.sure"), " ".join(sure)))
    return tuple(lines)


def _topic(results: Results, topic: str, measure: Measure) -> str:
    say = results.texts
    if not results.others:
        value = measure.figures[results.reference.label].value
        known = measure.known
        return say("page.level", level=measure.level(value)) if known else say("page.level.missing")
    noun = say(f"noun.{topic}")
    judged = {point: measure.verdict(point) for point in results.others}
    known_points = [point for point, what in judged.items() if what is not Verdict.UNKNOWN]
    if not known_points and measure.growing:
        return say("page.growing")
    if not known_points:
        key = "finding.no_comparison" if results.has_intervals or not measure.known else "finding.unsure"
        return say(key, noun=noun) + "."
    clear = {
        what: [point for point in known_points if judged[point] is what] for what in (Verdict.BETTER, Verdict.WORSE)
    }
    unclear = [point for point in known_points if judged[point] is Verdict.UNCLEAR]
    sentences: list[str] = []
    for what, points in clear.items():
        if points:
            change = say(f"page.change.{topic}.{what.value}")
            sentences.append(_clear(results, measure, change, points, len(known_points), first=not sentences))
    if not sentences:
        sentences.append(_nothing_clear(results, measure, unclear, noun))
    elif unclear:
        sentences.append(say("page.unclear", who=_who(results, unclear)))
    missing = [point for point in results.others if judged[point] is Verdict.UNKNOWN]
    if missing:
        sentences.append(say("page.not_judged", who=_who(results, missing)))
    return " ".join(sentences)


def _clear(results: Results, measure: Measure, change: str, points: Sequence[Point], known: int, *, first: bool) -> str:
    say = results.texts

    def size(point: Point) -> float:
        return abs(measure.figures[point.label].difference.mean)

    def named(point: Point) -> str:
        return f"{say('quoted', name=point.name)} ({measure.amount(measure.figures[point.label].difference)})"

    what = say("page.than", what=change, reference=reference_name(results)) if first else change
    largest = sorted(points, key=size, reverse=True)
    if len(points) <= MOST_NAMED:
        return say("page.clear.listed", what=what, names=listing(results, largest, named))
    return say("page.clear.counted", what=what, count=len(points), known=known, name=named(largest[0]))


def _nothing_clear(results: Results, measure: Measure, unclear: Sequence[Point], noun: str) -> str:
    say, reference = results.texts, reference_name(results)
    if len(unclear) > 1:
        return say("finding.none", count=len(unclear), reference=reference, noun=noun) + "."
    point = unclear[0]
    said = say("finding.none_of_one", name=say("quoted", name=point.name), reference=reference, noun=noun)
    return f"{said} ({measure.amount(measure.figures[point.label].difference)})."


def _overall(results: Results) -> str:
    """Say which scenarios gain only, pull both ways, lose only, or do not differ, over the five headline figures."""
    say = results.texts
    measures = headline_measures(results)
    if not results.others:
        rest = [one for one in measures if one.kpi not in {kpi for _, kpi in TOPICS} and one.known]
        said = [f"{one.label}: {one.level(one.figures[results.reference.label].value)}." for one in rest]
        return " ".join(said) or say("page.level.missing")
    groups: dict[str, list[Point]] = {"gain": [], "mixed": [], "loss": [], "none": []}
    for point in results.others:
        found = {one.verdict(point) for one in measures}
        if found == {Verdict.UNKNOWN}:
            continue
        better, worse = Verdict.BETTER in found, Verdict.WORSE in found
        groups["mixed" if better and worse else "gain" if better else "loss" if worse else "none"].append(point)
    sentences = [say(f"page.overall.{name}", who=_who(results, points)) for name, points in groups.items() if points]
    return " ".join(sentences) if sentences else say("page.overall.unsure")


def _who(results: Results, points: Sequence[Point]) -> str:
    def named(point: Point) -> str:
        return results.texts("quoted", name=point.name)

    if len(points) <= MOST_NAMED:
        return listing(results, points, named)
    return results.texts("page.who", count=len(points))


def listing(results: Results, points: Sequence[Point], named: Callable[[Point], str]) -> str:
    """Return names as people list them: commas, and a word before the last."""
    names = [named(point) for point in points]
    if len(names) == 1:
        return names[0]
    return results.texts("subject.two", first=", ".join(names[:-1]), second=names[-1])
