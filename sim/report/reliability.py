"""What the terminal says below the table about how far the figures can be trusted."""

from __future__ import annotations

import numpy as np

from sim.experiment.growth import DAYS_PER_YEAR, WAITING
from sim.experiment.manifest import ReachedEntry
from sim.experiment.precision import FEW
from sim.measures.definitions import UNITS, definition
from sim.measures.groups import FIXED
from sim.report.findings import HEADLINES
from sim.report.results import Growing, Results

SHOWN = 3
"""Names that are listed; further ones are counted."""
CERTAINLY = 0.99
"""Chances above are told as more than this: more draws than there are could not tell them from one."""


def reliability(results: Results) -> list[str]:
    """Return the sentences: growing queues first, because they say what the table does not."""
    told = [f"{results.texts('summary.growing')}: {line}" for line in growing_queues(results)]
    return [*told, *few_replications(results), *_precision(results), *_run_in(results), *_best(results)]


def queue_name(results: Results, queue: Growing) -> str:
    """Return what people read instead of a series and its group."""
    return results.texts(queue.series, place=_place(results, queue.group))


def growing_queues(results: Results) -> list[str]:
    """Return a sentence for each point with queues that never settle: how fast the first of them grows, and which."""
    say, number = results.texts, results.numbers
    lines = []
    for point in results.points:
        queues = sorted(results.growing(point), key=lambda one: -one.per_year.mean)
        if not queues:
            continue
        first = next((one for one in queues if one.series == "queue.tasks"), queues[0])
        rate = first.per_year
        digits = 0 if abs(rate.mean) >= 10 else 1
        interval = (
            say(
                "reliability.growing.interval",
                low=number.decimal(rate.low, digits),
                high=number.decimal(rate.high, digits),
            )
            if rate.known
            else ""
        )
        name, queue = say("quoted", name=point.name), queue_name(results, first)
        line = say(
            "reliability.growing", name=name, queue=queue, rate=number.decimal(rate.mean, digits), interval=interval
        )
        others = [queue_name(results, one) for one in queues if one is not first]
        if others:
            line += " " + say("reliability.growing.more", names=_listed(others))
        lines.append(line)
    return lines


def few_replications(results: Results) -> list[str]:
    """Return a warning if intervals rest on fewer replications than anybody should act on."""
    fewest = results.replications[0]
    return [results.texts("reliability.few", n=fewest, least=FEW)] if 1 < fewest < FEW else []


def _precision(results: Results) -> list[str]:
    entry = results.manifest.precision
    points = {point.label: point for point in results.points}
    # How precisely a mean is known that means nothing is not worth a word.
    judged = [
        one
        for one in (entry.reached if entry is not None else ())
        if one.label in points
        and results.growth_behind(points[one.label], one.measure, one.group) is None
        and (one.of == "value" or results.growth_behind(results.reference, one.measure, one.group) is None)
    ]
    if not judged:
        return []
    say, count = results.texts, len(judged)
    missed = [reached for reached in judged if not reached.met]
    n = results.manifest.experiment.replications
    if not missed:
        return [say("reliability.precision.met", count=count, n=n)]
    texts = [_missed(results, points[reached.label].name, reached) for reached in missed]
    return [
        say("reliability.precision.not_met", met=count - len(missed), count=count, n=n, missed=_listed(texts, "; "))
    ]


def _missed(results: Results, name: str, reached: ReachedEntry) -> str:
    key = "missed" if reached.of == "value" else "missed_difference"
    entry = definition(reached.measure)
    what = getattr(entry.label, results.language)
    what = what if reached.group == "all" else f"{what} ({results.name(reached.group)})"
    unit, factor = getattr(UNITS[entry.unit], results.language), 1.0
    if entry.unit == "share":
        unit, factor = "%", 100.0

    def shown(width: float | None) -> str:
        value = float("nan") if width is None else width * factor
        return results.numbers.decimal(value, 0 if abs(value) >= 100 else 2)

    return results.texts(
        f"reliability.precision.{key}",
        what=what,
        name=name,
        reached=shown(reached.half_width),
        target=shown(reached.target),
        unit=unit,
    )


def _run_in(results: Results) -> list[str]:
    table = results.run_in_check
    if table.empty:
        return []
    table = table[table["series"].isin(WAITING)]
    by_verdict = {verdict: table[table["verdict"] == verdict] for verdict in ("too_short", "unsettled", "unclear")}
    judged = int((table["verdict"] != "too_few").sum())
    if not judged:
        return []
    say, number = results.texts, results.numbers
    days = float(table["run_in_days"].max())
    run_in = say("reliability.years", years=number.decimal(days / DAYS_PER_YEAR, 1))
    lines = []
    for verdict, key in (("too_short", "short"), ("unsettled", "unsettled")):
        rows = by_verdict[verdict]
        if len(rows):
            longest = rows["truncation_days"].max()
            half_years = np.ceil(longest / DAYS_PER_YEAR * 2) / 2 if np.isfinite(longest) else float("nan")
            names = _listed(list(dict.fromkeys(_place(results, str(group)) for group in rows["group"])))
            lines.append(
                say(
                    f"reliability.run_in.{key}",
                    run_in=run_in,
                    count=judged,
                    names=names,
                    years=f"{half_years:g}",
                    **{key: len(rows)},
                )
            )
    if not lines and not len(table[table["verdict"] == "growing"]):
        lines.append(say("reliability.run_in.fine", run_in=run_in, count=judged))
    unclear = len(by_verdict["unclear"])
    if unclear:
        lines.append(say("reliability.run_in.unclear", unclear=unclear, count=judged))
    return lines


def _best(results: Results) -> list[str]:
    table = results.best
    if table.empty or not results.others:
        return []
    by_label = {point.label: point for point in results.points}
    each = []
    for headline in HEADLINES:
        if any(results.growth_behind(point, headline.kpi) for point in results.points):
            continue
        rows = table[(table["kpi"] == headline.kpi) & table["label"].isin(list(by_label))]
        if rows.empty:
            continue
        first = rows.sort_values("chance", ascending=False, kind="stable").to_dict("records")[0]
        point = by_label[str(first["label"])]
        each.append(
            results.texts(
                "reliability.best.one",
                what=results.texts(f"summary.{headline.kpi}"),
                name=point.name,
                chance=_chance(results, float(first["chance"])),
            )
        )
    return [results.texts("reliability.best", each="; ".join(each))] if each else []


def _chance(results: Results, chance: float) -> str:
    share = results.numbers.share
    return f"> {share(CERTAINLY)}" if chance > CERTAINLY else share(chance)


def _place(results: Results, group: str) -> str:
    if group in FIXED:
        label: str = getattr(FIXED[group], results.language)
        return label
    return results.name(group.partition(":")[2] or group)


def _listed(names: list[str], between: str = ", ") -> str:
    hidden = len(names) - SHOWN
    return between.join(names[:SHOWN]) + (f" (+{hidden})" if hidden > 0 else "")
