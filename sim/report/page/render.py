"""Puts the page together and writes it beside the pictures.

The page is one file without anything from elsewhere: style, script and pictures stand in it, and a content security
policy keeps a browser from asking the network for anything. All text is escaped by the templates (jinja2's autoescape);
nothing from the configuration is ever marked as safe. It says the same for the same results, whenever it is written.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sim.experiment.files import write_text
from sim.report.findings import replications_text
from sim.report.numbers import Language
from sim.report.open_elsewhere import perhaps_open_elsewhere
from sim.report.page.answer import answer
from sim.report.page.explore import explored, group_names
from sim.report.page.figures import headline_measures
from sim.report.page.grounds import SHOWN, grounds
from sim.report.page.method import measured_period, method, repeated
from sim.report.page.payers import payers
from sim.report.page.pictures import pictures
from sim.report.page.told import scenarios, summary
from sim.report.results import Results, read_results
from sim.report.workbook.content import Content

NAME = "report.html"
MOST_CHANGES = 60
"""Changed values that a scenario lists."""


def write_page(folder: Path, language: Language) -> Path:
    """Write ``report.html`` into a folder of results and return the file.

    Args:
        folder: What ``sagsflow sweep`` wrote, with its pictures.
        language: ``da`` or ``en``.

    Raises:
        PlannerError: It is not a folder of results, or an earlier version wrote it, or the file cannot be replaced.
    """
    target = folder / NAME
    text = page(Content.of(read_results(folder, language)))
    with perhaps_open_elsewhere(target, folder):
        write_text(target, text)
    return target


def page(content: Content) -> str:
    """Return the page."""
    from sim.report.plots import PICTURES

    results = content.results
    found = grounds(content)
    names = group_names(results)
    more = explored(results)
    offered = {group.id for one in more for group in one.groups}
    return str(
        _template().render(
            t=results.texts,
            language=results.language,
            content=content,
            results=results,
            title=_title(content),
            lead=_lead(results),
            lines=answer(results, found.unverified, found.figures),
            headlines=headline_measures(results),
            many=results.texts("page.comparison.many", count=len(results.others)) if len(results.others) > 1 else "",
            explored=more,
            groups=[(key, name) for key, (name, _) in names.items() if key in offered],
            pictures=pictures(results.folder, tuple(PICTURES)),
            reference_summary=summary(results, results.reference),
            scenarios=scenarios(content),
            most_changes=MOST_CHANGES,
            payers=payers(content),
            grounds=found,
            kinds=", ".join(f"{kind} {results.numbers.decimal(count, 0)}" for kind, count in found.kinds),
            shown=SHOWN,
            method=method(content),
            repeated=repeated(content),
        )
    )


def _title(content: Content) -> str:
    say, municipality = content.say, content.municipality
    if not municipality:
        return say("page.title.none")
    return say("page.title" if content.results.others else "page.title.one", municipality=municipality)


def _lead(results: Results) -> str:
    measured = measured_period(results)
    if measured is None:
        return ""
    _, first, last = measured
    key = "page.lead" if results.others else "page.lead.one"
    return results.texts(key, count=len(results.points), n=replications_text(results), first=first, last=last)


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("sim.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
