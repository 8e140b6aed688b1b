"""Picture: who pays more and who pays less in each scenario, and what that is in all, as a waterfall.

Bars in opposite directions above a small total are the mark of *kassetænkning*: what one administration saves,
another pays.
"""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.report import house_style as house
from sim.report.budget.shifts import Shift, Shifts, shifts
from sim.report.budget.study import FAMILY, STATE
from sim.report.findings import interval_note, reference_name
from sim.report.intervals import Interval
from sim.report.ledgers import compared_ledgers
from sim.report.marks import arms, digits_for, formatter, name_rows, rows_for
from sim.report.numbers import MILLION
from sim.report.results import Point, Results
from sim.report.sheet import Picture, Sheet

NAME = "who_pays"
MOST_SCENARIOS = 7
"""More than this do not fit a page: those that move most are shown."""
NAME_WIDTH = 1.75
BAR_INCHES = 0.155
EVERYBODY = ""


def draw(results: Results) -> Picture:
    """Draw the picture: per scenario one bar for each payer, and the total.

    Raises:
        NothingToShow: there are no two scenarios with costs in a whole calendar year.
    """
    say = results.texts
    study, points = compared_ledgers(results)
    tables = {point.label: shifts(study, point.label) for point in points}
    shown = _most(points, tables)
    payers = [name for name in dict.fromkeys((*study.administrations, STATE, FAMILY)) if _pays(name, tables)]
    names = {payer: payer_name(results, payer) for payer in payers} | {EVERYBODY: say("payer.everybody")}
    handles: list[Artist] = [
        *(Patch(**_look(position)) for position in range(len(payers))),
        Patch(facecolor="black", edgecolor="black"),
    ]
    years = f"{study.years[0]}–{study.years[-1]}" if len(study.years) > 1 else str(study.years[0])
    notes = [say("note.who_pays", reference=reference_name(results), years=years, everybody=names[EVERYBODY])]
    if len(shown) < len(points):
        notes.append(say("note.fewer_scenarios", count=len(shown)))
    notes.append(interval_note(results, "note.lines"))
    rows = rows_for(shown, NAME_WIDTH)
    height = max(rows.height, len(shown) * (BAR_INCHES * (len(payers) + 1) + 0.16))
    sheet = Sheet(
        _title(results, shown, tables),
        body_height=height + 0.75,
        handles=handles,
        labels=list(names.values()),
        notes=notes,
    )
    axes = sheet.figure.subplots()
    _bars(axes, shown, tables, payers)
    name_rows(axes, rows, shown)
    for row in range(1, len(shown)):
        axes.axhline(row - 0.5, color=house.GRID, linewidth=0.7)
    axes.set_xlabel(say("axis.who_pays"))
    axes.xaxis.set_major_locator(MaxNLocator(6))
    left, right = axes.get_xlim()
    digits = digits_for(right - left)
    axes.xaxis.set_major_formatter(formatter(lambda value: results.numbers.signed(value, digits)))
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.who_pays") + ".", *notes)))


def payer_name(results: Results, payer: str) -> str:
    """Return what people call a payer."""
    outside = payer in (STATE, FAMILY) and payer not in results.administrations
    return results.texts(f"payer.{payer}") if outside else results.name(payer)


def _pays(payer: str, tables: dict[str, Shifts]) -> bool:
    return any(one.payer == payer for table in tables.values() for one in table.payers)


def _most(points: list[Point], tables: dict[str, Shifts]) -> list[Point]:
    def size(point: Point) -> float:
        return sum(abs(one.difference.mean) for one in tables[point.label].payers)

    chosen = {point.label for point in sorted(points, key=size, reverse=True)[:MOST_SCENARIOS]}
    return [point for point in points if point.label in chosen]


def _title(results: Results, shown: list[Point], tables: dict[str, Shifts]) -> str:
    """Name the scenario that moves most, if somebody certainly pays more in it and somebody certainly less."""
    say = results.texts
    certain = [point for point in shown if tables[point.label].moved.low > 0]
    if not certain:
        return say("who_pays.none") if results.has_intervals else say("title.who_pays")
    most = max(certain, key=lambda point: tables[point.label].moved.mean)
    table = tables[most.label]
    total = table.everybody.difference
    return say(
        "who_pays.most" if len(tables) > 1 else "who_pays.one",
        name=most.name,
        moved=results.numbers.money(table.moved.mean),
        total=("+" if total.mean > 0 else "") + results.numbers.money(total.mean),
    )


def _look(position: int) -> dict[str, Any]:
    return {
        "facecolor": house.FILLS[position % len(house.FILLS)],
        "hatch": house.HATCHES[position % len(house.HATCHES)],
        "edgecolor": "black",
        "linewidth": 0.6,
    }


def _bars(axes: Axes, shown: list[Point], tables: dict[str, Shifts], payers: list[str]) -> None:
    step = 0.86 / (len(payers) + 1)
    axes.axvline(0, color="black", linewidth=1.0, zorder=1.5)
    for row, point in enumerate(shown):
        table = tables[point.label]
        by_payer: dict[str, Shift] = {one.payer: one for one in table.payers}
        so_far = 0.0
        for position, payer in enumerate((*payers, EVERYBODY)):
            one = table.everybody if payer == EVERYBODY else by_payer.get(payer)
            if one is None:
                continue
            look = _look(position) if payer != EVERYBODY else {"facecolor": "black", "edgecolor": "black"}
            place = row - 0.43 + step * (position + 0.5)
            value = one.difference.times(1 / MILLION)
            # A waterfall: each payer's bar begins where the one above ends, and the last ones end at the total.
            base = 0.0 if payer == EVERYBODY else so_far
            _bar(axes, place, step * 0.9, value, look, base=base, black=payer == EVERYBODY)
            so_far = base + value.mean
            if payer != EVERYBODY:
                ends = [place - step * 0.45, place + step * 1.45]
                axes.plot([so_far, so_far], ends, color=house.TEXT_GREY, linewidth=0.8, zorder=1.8)
    axes.margins(x=0.05)


def _bar(
    axes: Axes, place: float, height: float, value: Interval, look: dict[str, Any], *, base: float, black: bool
) -> None:
    axes.barh(place, value.mean, left=base, height=height, zorder=2, **look)
    if not value.known:
        return
    # A white line below the black one, or it could not be seen on a dark bar.
    for colour, width in (("white", 2.6), (house.GREY if black else "black", 1.1)):
        axes.errorbar(
            base + value.mean,
            place,
            xerr=arms(value),
            color=colour,
            elinewidth=width,
            capsize=2,
            capthick=width,
            zorder=3,
        )
