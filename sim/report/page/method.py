"""Method in half a page, and how to repeat it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from babel.dates import format_date

from sim.report.findings import replications_text
from sim.report.numbers import LOCALES
from sim.report.page.crumbs import plain_number
from sim.report.reliability import reliability
from sim.report.results import Results
from sim.report.workbook.content import Content
from sim.scenario.time import Horizon


def method(content: Content) -> tuple[tuple[str, str], ...]:
    """Return the paragraphs: a heading and a text each."""
    return tuple((content.say(f"page.method.{key}"), text) for key, text in _paragraphs(content))


def _paragraphs(content: Content) -> Iterator[tuple[str, str]]:
    say, results = content.say, content.results
    yield "model", say("page.method.model.text")
    n = replications_text(results)
    yield "replications", say("page.method.replications.text", n=n, reference=content.reference)
    if results.has_intervals:
        count = len(results.others)
        key = "page.method.intervals.many" if count > 1 else "page.method.intervals.text"
        yield "intervals", say(key, level=content.confidence, count=count)
    else:
        yield "intervals", say("page.method.intervals.none")
    yield "run_in", run_in(results)
    if lines := reliability(results):
        yield "reliability", " ".join(lines)
    yield "censoring", say("page.method.censoring.text")
    yield "limits", say("page.method.limits.text")


def run_in(results: Results) -> str:
    """Say which stretch of time is simulated, and which of it is measured."""
    measured = measured_period(results)
    if measured is None:
        return results.texts("page.method.run_in.unknown")
    years, first, last = measured
    return results.texts("page.method.run_in.text", first=first, last=last, years=years)


def repeated(content: Content) -> tuple[tuple[str, str, bool], ...]:
    """Return what it takes to repeat this: name, value, and whether the value is something to type."""
    manifest, say = content.results.manifest, content.say
    version = " ".join(part for part in (manifest.engine.get("sagsflow"), manifest.engine.get("code")) if part)
    packages = ", ".join(f"{name} {number}" for name, number in manifest.packages.items())
    rows = (
        ("about.version", version, False),
        ("about.commit", manifest.commit or "", True),
        ("about.seed", str(manifest.experiment.seed), True),
        ("about.replications", content.replications, False),
        ("page.python", manifest.python, False),
        ("page.packages", packages, False),
        ("about.date", date(dt.datetime.fromisoformat(manifest.started).date(), content.results), False),
    )
    return tuple((say(key), value, code) for key, value, code in rows if value)


def date(day: dt.date, results: Results) -> str:
    """Return a date as people write it."""
    return str(format_date(day, format="long", locale=LOCALES[results.language]))


def measured_period(results: Results) -> tuple[str, str, str] | None:
    """Return the years of run-in, and the first and last day that are measured, as people write them."""
    data = results.configurations[results.reference.label].get("horizon")
    if not data:
        return None
    horizon = Horizon.model_validate(data)
    first, last = (horizon.start + dt.timedelta(days=days) for days in (horizon.run_in_days, horizon.days - 1))
    return plain_number(horizon.run_in_years, results.numbers), date(first, results), date(last, results)
