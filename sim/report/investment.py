"""Picture: what each scenario has cost or saved in all, year by year."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.report import house_style as house
from sim.report.budget.investment import Investment, discount_of, investment
from sim.report.findings import clear_note, interval_note, reference_name, sentence
from sim.report.intervals import Band, differences_of
from sim.report.ledgers import compared_ledgers
from sim.report.marks import Cast, cast, curve_legend, digits_for, draw_curves, formatter
from sim.report.numbers import MILLION
from sim.report.results import Results
from sim.report.sheet import Picture, Sheet

NAME = "investment"


def draw(results: Results) -> Picture:
    """Draw the picture: the cumulated net cost of the municipality, with bands.

    Raises:
        NothingToShow: there are no two scenarios with costs in a whole calendar year.
    """
    say = results.texts
    study, points = compared_ledgers(results)
    rates = {point.label: discount_of(results.configurations[point.label]) for point in points}
    tables = {point.label: investment(study, point.label, rates[point.label]) for point in points}
    last = differences_of({label: np.array(table.last) for label, table in tables.items()}, results.confidence)
    everyone = cast(results, last)
    who = Cast(
        tuple(point for point in everyone.highlighted if point in points),
        tuple(point for point in everyone.background if point in points),
    )
    handles, labels = curve_legend(results, who)
    notes = [say("note.investment", first=study.all_years[0], reference=reference_name(results))]
    if any(rates.values()):
        percent = " / ".join(results.numbers.decimal(rate, 1) for rate in sorted(set(rates.values())))
        notes.append(say("note.discounted", percent=percent))
    notes += [interval_note(results, "note.bands"), *clear_note(results)]
    title = sentence(results, "net", last, say("title.investment"))
    sheet = Sheet(title, body_height=3.4, handles=handles, labels=labels, notes=notes)
    axes = sheet.figure.subplots()
    axes.axhline(0, color="black", linewidth=1.0, zorder=1.4)
    draw_curves(axes, who, {label: _band(table) for label, table in tables.items()})
    years = study.all_years
    axes.set_xlim(years[0] - 1.0, years[-1] + 0.15)
    every = -(-len(years) // 10)
    axes.set_xticks(years[::every], [str(year) for year in years[::every]])
    axes.yaxis.set_major_locator(MaxNLocator(6))
    bottom, top = axes.get_ylim()
    digits = digits_for(top - bottom)
    axes.yaxis.set_major_formatter(formatter(lambda value: results.numbers.signed(value, digits)))
    axes.set_xlabel(say("axis.end_of_year"))
    axes.set_ylabel(say("axis.cumulated"))
    axes.tick_params(axis="x", color=house.TEXT_GREY)
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.investment") + ".", *notes)))


def _band(table: Investment) -> Band:
    """Return the curve, from nothing at the beginning of the first year to the end of the last."""
    x = np.array([table.years[0].year - 1.0, *(year.year for year in table.years)])
    none = 0.0 if table.years[0].cumulated.known else np.nan
    mean, low, high = (
        np.array([first, *(getattr(year.cumulated, end) / MILLION for year in table.years)])
        for end, first in (("mean", 0.0), ("low", none), ("high", none))
    )
    # A future alone has no band, also where everything begins.
    known = np.isfinite(low[1:]).any()
    return Band(x, mean, low if known else np.full_like(low, np.nan), high if known else np.full_like(high, np.nan))
