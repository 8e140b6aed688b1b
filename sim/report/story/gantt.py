"""Picture: one case as a Gantt chart: a row for each step, a bar for each stretch of queue, work and waiting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.measures.frames import birthdays
from sim.report import house_style as house
from sim.report.numbers import Language
from sim.report.results import Results
from sim.report.sheet import NothingToShow, Picture, Sheet, text_height, wrapped
from sim.report.story.account import Stretch
from sim.report.story.matters import chosen
from sim.report.story.reading import Names, StoredJournal, read_journal
from sim.report.story.telling import Story, date_text, told
from sim.report.story.texts import TEXTS, days_text, say
from sim.scenario.errors import PlannerError

NAME = "timeline"
CAPTION = TEXTS["gantt.about"]
NAME_WIDTH = 1.9
MOST_ROWS = 22
"""With more steps than this the shortest are left out of the chart (the account has them all)."""
LOOKS: dict[str, dict[str, Any]] = {
    "queue": {"facecolor": house.FILLS[5], "hatch": "////"},
    "work": {"facecolor": "black"},
    "panel": {"facecolor": house.FILLS[3], "hatch": "xxxx"},
    "others": {"facecolor": house.FILLS[4], "hatch": "...."},
    "whose": {"facecolor": house.FILLS[1], "hatch": "++++"},
    "place": {"facecolor": house.FILLS[2], "hatch": "\\\\\\\\"},
    "notice": {"facecolor": "white", "hatch": "----"},
    "appeal": {"facecolor": house.FILLS[6], "hatch": "ooo"},
}


def draw(results: Results) -> Picture:
    """Draw the longest wait of the reference.

    Raises:
        NothingToShow: there is no journal, or nobody was granted support.
    """
    point = results.reference
    names = Names(results.configurations[point.label], results.language)
    try:
        journal = read_journal(results.folder / "points" / point.label)
        matter = chosen(journal, names, "worst")
    except PlannerError:
        raise NothingToShow(say(results.language, "gantt.nothing")) from None
    return gantt(told(journal, matter, names, point.name, "worst"), journal, names, point.name, NAME)


def gantt(story: Story, everybody: StoredJournal, names: Names, scenario: str, file_name: str) -> Picture:
    """Draw a story's matter.

    Args:
        story: what is drawn.
        everybody: the journal it is from.
        names: of the configuration.
        scenario: what people call the scenario.
        file_name: of the picture, without ending.
    """
    language, matter = names.language, story.matter
    rows = _rows(story, names)
    title = say(language, "gantt.title", total=days_text(language, story.total), case=matter.case, scenario=scenario)
    shown = [category for category in LOOKS if any(one.category == category for _, parts in rows for one in parts)]
    handles: list[Artist] = [Patch(**_look(category)) for category in shown]
    where = "; ".join(f"{what} {days_text(language, days)}" for days, what in story.lines[:6])
    note = say(language, "gantt.note", where=say(language, "gantt.where", parts=where))
    labels = [wrapped(label, NAME_WIDTH, house.SMALL_SIZE, lines=2) for label, _ in rows]
    height = sum(max(0.3, text_height(label, house.SMALL_SIZE) + 0.08) for label in labels)
    sheet = Sheet(
        title,
        body_height=height + 0.75,
        handles=handles,
        labels=[say(language, f"gantt.{category}") for category in shown],
        notes=[note],
    )
    axes = sheet.figure.subplots()
    for row, (_, parts) in enumerate(rows):
        for one in parts:
            axes.barh(row, one.end - one.start, left=one.start, height=0.62, **_look(one.category), zorder=2)
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    margin = 0.02 * max(matter.days, 1.0)
    axes.set_xlim(matter.since - margin, matter.until + margin)
    for edge in (matter.since, matter.until):
        axes.axvline(edge, color="black", linewidth=1.0, zorder=1)
    _birthday(axes, everybody, story, names)
    _dates(axes, everybody, language)
    return Picture(file_name, sheet.figure, title, " ".join((say(language, "gantt.about") + ".", story.question, note)))


def _look(category: str) -> dict[str, Any]:
    return {"edgecolor": "black", "linewidth": 0.5, **LOOKS[category]}


def _rows(story: Story, names: Names) -> list[tuple[str, list[Stretch]]]:
    """Return the steps in the order in which they begin; a long chart loses its shortest."""
    found: dict[str, list[Stretch]] = {}
    for one in story.parts:
        label = names.of("services", one.name) if one.category == "place" else names.step(one.step)
        found.setdefault(label, []).append(one)
    longest = sorted(found, key=lambda label: -sum(one.end - one.start for one in found[label]))[:MOST_ROWS]
    return [(label, parts) for label, parts in found.items() if label in longest]


def _birthday(axes: Axes, everybody: StoredJournal, story: Story, names: Names) -> None:
    """Mark the birthday at which children's law ends, if it falls within the chart."""
    person = everybody.of(story.matter.case).cases
    (day,) = birthdays(everybody.start, person["born"].to_numpy(dtype=float)[:1], names.adult_age())
    if not story.matter.since < day < story.matter.until:
        return
    axes.axvline(day, color=house.COLOURS[0], linewidth=1.6, linestyle=(0, (4, 2)), zorder=3)
    text = say(names.language, "gantt.birthday", age=f"{names.adult_age():g}")
    axes.annotate(text, (day, 1.0), xycoords=("data", "axes fraction"), ha="center", va="bottom", size=house.SMALL_SIZE)


def _dates(axes: Axes, everybody: StoredJournal, language: Language) -> None:
    """Write dates below the days: at most five, so that they do not touch."""
    left, right = axes.get_xlim()
    span = right - left
    months = next((step for step in (1, 2, 3, 6, 12, 24) if span / (30.4 * step) <= 5), 36)
    first = everybody.date(left)
    date = dt.date(first.year, 1, 1)
    ticks: list[float] = []
    while (date - everybody.start).days <= right:
        day = float((date - everybody.start).days)
        if day >= left:
            ticks.append(day)
        date = dt.date(date.year + (date.month + months - 1) // 12, (date.month + months - 1) % 12 + 1, 1)
    texts = [date_text(everybody.date(day), language).split(" ", 1)[1] for day in ticks]
    axes.set_xticks(ticks, [text.replace(" ", "\n") for text in texts])
