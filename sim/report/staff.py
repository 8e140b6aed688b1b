"""Picture: how much of its time each team uses, and how many cases each caseworker has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.report.findings import interval_note, reference_name
from sim.report.grouped_dots import Groups, Value, draw_groups, name_groups
from sim.report.marks import cast, digits_for, dot_legend, formatter
from sim.report.results import Point, Results
from sim.report.sheet import NothingToShow, Picture, Sheet

NAME = "staff"
USED, LOAD = "staff.utilisation", "staff.caseload"
NAME_WIDTH = 1.6


def draw(results: Results) -> Picture:
    """Draw the picture: a group of rows for each team, the time used to the left and the caseload to the right.

    Raises:
        NothingToShow: there are no figures on teams.
    """
    say, numbers = results.texts, results.numbers
    who = cast(results, {point.label: results.figure(point, USED).difference for point in results.others})
    teams = [team for team in results.teams if _has_figures(results, who.highlighted, team)]
    if not teams:
        raise NothingToShow(say("nothing.staff"))
    handles, labels = dot_legend(results, who)
    notes = [say("note.staff")]
    if results.others:
        notes.append(say("note.row_order"))
    if who.background:
        notes.append(say("note.ticks", count=len(who.background)))
    notes.append(interval_note(results, "note.lines"))
    if len(teams) < len(results.teams):
        notes.append(say("note.fewer_teams"))
    values = [_of(results, kpi, teams) for kpi in (USED, LOAD)]
    groups = Groups.of([results.name(team) for team in teams], who, NAME_WIDTH, values)
    sheet = Sheet(_title(results, teams), body_height=groups.height + 0.75, handles=handles, labels=labels, notes=notes)
    used, load = sheet.figure.subplots(1, 2, sharey=True)
    for axes, value, label in zip((used, load), values, ("axis.utilisation", "axis.caseload"), strict=True):
        draw_groups(axes, groups, who, value)
        axes.set_xlabel(say(label))
        axes.xaxis.set_major_locator(MaxNLocator(4))
    name_groups(used, groups)
    used.xaxis.set_major_formatter(formatter(numbers.share))
    left, right = load.get_xlim()
    load.xaxis.set_major_formatter(formatter(lambda value: numbers.decimal(value, digits_for(right - left))))
    return Picture(NAME, sheet.figure, sheet.title, " ".join((say("title.staff") + ".", *notes)))


def _of(results: Results, kpi: str, teams: Sequence[str]) -> Value:
    return lambda team, point: results.figure(point, kpi, teams[team]).value


def _has_figures(results: Results, points: Sequence[Point], team: str) -> bool:
    return any(np.isfinite(results.figure(point, kpi, team).value.mean) for point in points for kpi in (USED, LOAD))


def _title(results: Results, teams: list[str]) -> str:
    """Name the busiest team of the reference if its interval says that it is."""
    values = {team: results.figure(results.reference, USED, team).value for team in teams}
    ranked = sorted((team for team in teams if values[team].known), key=lambda team: values[team].mean, reverse=True)
    if len(ranked) < 2 or values[ranked[0]].low <= values[ranked[1]].high:
        return results.texts("title.staff")
    share = results.numbers.share(values[ranked[0]].mean)
    return results.texts("staff.finding", team=results.name(ranked[0]), share=share, reference=reference_name(results))
