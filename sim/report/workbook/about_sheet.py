"""Sheet *Om*: what was simulated, with what, and how to do it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sim.report.workbook.content import Content
from sim.report.workbook.paper import Paper
from sim.scenario.time import Horizon

WIDTHS = (26.0, 100.0)


def write(content: Content, paper: Paper) -> None:
    """Write the sheet."""
    paper.title(content.say("book.about.title"))
    for warning in content.warnings:
        paper.paragraph(warning, "warning")
    for key, value in _facts(content):
        if value:
            paper.text(0, content.say(f"about.{key}"), "bold")
            paper.text(1, value, "wrap")
            paper.wrapped([(1, value)])
            paper.next()
    paper.finish()


def _facts(content: Content) -> Iterator[tuple[str, str]]:
    results, manifest, numbers = content.results, content.results.manifest, content.results.numbers
    say = content.say
    configuration = results.configurations[results.reference.label]
    yield "estimate", say("about.estimate.value")
    yield "municipality", content.municipality
    scale = float((configuration.get("municipality") or {}).get("scale", 1.0))
    yield "scale", "" if scale == 1 else numbers.decimal(scale, 3)
    yield "scenarios", "; ".join(point.name for point in results.points)
    yield "reference", results.reference.name
    yield "unfinished", ", ".join(results.without_results)
    if "horizon" in configuration:
        horizon = Horizon.model_validate(configuration["horizon"])
        first, last = (horizon.start + dt.timedelta(days=days) for days in (horizon.run_in_days, horizon.days - 1))
        yield "measured", f"{_date(first)} – {_date(last)}"
        yield "run_in", say("about.run_in.value", years=numbers.decimal(horizon.run_in_years, 1))
    yield "years", ", ".join(str(year) for year in content.study.all_years)
    if content.study.ledgers:
        yield (
            "price_level",
            content.one_level
            or "; ".join(
                f"{point.name}: {content.level(point.label)}"
                for point in results.points
                if point.label in content.study.ledgers
            ),
        )
        yield "price_year", str(content.costs(results.reference.label).get("price_year", ""))
        percent = " / ".join(numbers.decimal(rate, 1) for rate in content.discounts)
        discounted = any(content.discounts)
        yield "discount", say("about.discount.value", percent=percent) if discounted else say("about.no_discount")
        yield "signs", say("about.signs.value")
    yield "replications", content.replications
    yield "seed", str(manifest.experiment.seed)
    yield "confidence", content.confidence
    yield "date", _date(dt.datetime.fromisoformat(manifest.started).date())
    yield "version", " ".join(part for part in (manifest.engine.get("sagsflow"), manifest.engine.get("code")) if part)
    yield "commit", manifest.commit or ""
    yield "command", manifest.command


def _date(date: dt.date) -> str:
    return date.isoformat()
