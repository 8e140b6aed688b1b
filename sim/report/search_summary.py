"""What the terminal shows after a search: staffing today against found, what it costs, which limits are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.experiment.search.evaluation import Evaluation
from sim.experiment.search.optimum import OPTIMUM
from sim.experiment.search.record import SearchRecord, Tried
from sim.report.numbers import Language
from sim.report.search_words import KeptVerdict, Words, kept_verdict
from sim.report.summary import WIDEST, typed

_COLOURS = {
    KeptVerdict.CERTAIN: "green",
    KeptVerdict.KEPT: "green",
    KeptVerdict.UNSURE: "red",
    KeptVerdict.BROKEN: "red",
}


def print_search(folder: Path, record: SearchRecord, console: Console, language: Language) -> None:
    """Print the summary of a search that has come to its end, or of what there is of it.

    Args:
        folder: What ``sagsflow optimise`` wrote.
        record: What it found.
        console: Where to; colours only appear if it is a terminal.
        language: ``da`` or ``en``.
    """
    words = Words(record, language)
    plain = console.options.ascii_only
    best = record.best
    if best is None or record.today is None:
        return
    width = min(console.width, WIDEST)
    console.print(Text(typed(words.headline(), plain=plain), style="bold"), width=width)
    console.print()
    console.print(_staffing(words, best, plain=plain))
    console.print()
    console.print(_figures(words, best, plain=plain, wide=console.width >= WIDEST))
    console.print()
    for line in _explanation(words, best):
        console.print(Text(typed(line, plain=plain)), width=width)
    for line in _where(folder, words, best):
        console.print(Text(typed(line, plain=plain)), soft_wrap=True)


def _new_table(*, plain: bool) -> Table:
    return Table(box=box.ASCII if plain else box.SIMPLE_HEAD, show_edge=False, pad_edge=False)


def _at_edge(words: Words, best: Tried) -> list[str]:
    """Return the places whose number found is the lowest or highest that could be tried, and not the only one."""
    variables = words.record.question.variables
    return [
        path
        for path, value in best.staffing.items()
        if len(variables[path].values) > 1 and value in (variables[path].low, variables[path].high)
    ]


def _staffing(words: Words, best: Tried, *, plain: bool) -> Table:
    record = words.record
    assert record.today is not None
    table = _new_table(plain=plain)
    table.add_column(words.say("staffing"))
    table.add_column(words.say("today"), justify="right")
    table.add_column(words.say("best" if best.evaluation.feasible else "nearest"), justify="right")
    table.add_column(words.say("range"), justify="right")
    edge = _at_edge(words, best)
    for path, value in best.staffing.items():
        now, variable = record.today.staffing[path], record.question.variables[path]
        change = f" ({words.numbers.signed(value - now, 0)})" if value != now else ""
        remark = f" {words.say('edge')}" if path in edge else ""
        cells = (
            words.name(path),
            words.numbers.decimal(now, 0),
            f"{words.numbers.decimal(value, 0)}{change}{remark}",
            f"{words.numbers.decimal(variable.low, 0)}–{words.numbers.decimal(variable.high, 0)}",
        )
        table.add_row(*(Text(typed(cell, plain=plain)) for cell in cells))
    return table


def _figures(words: Words, best: Tried, *, plain: bool, wide: bool) -> Table:
    record = words.record
    columns = list(_columns(words, best))
    table = _new_table(plain=plain)
    table.add_column(words.say("figure"))
    for heading, _, _ in columns:
        table.add_column(heading, justify="right", no_wrap=True)

    def add(name: str, cells: Sequence[Text | str]) -> None:
        shown = (cell if isinstance(cell, Text) else _cell(cell, plain=plain, wide=wide) for cell in cells)
        table.add_row(Text(typed(name, plain=plain)), *shown)

    add(f"{words.aim.name} ({words.aim.unit})", [words.aim.interval(one.aim) for _, one, _ in columns])
    add(
        f"  {words.say('difference')}",
        ["" if is_today else words.aim.interval(one.difference, signed=True) for _, one, is_today in columns],
    )
    for position, limit in enumerate(record.question.limits):
        cells = []
        for _, one, _ in columns:
            kept = one.limits[position]
            what = kept_verdict(limit, kept, record.question.replications if one.hopeless else None)
            cell = _cell(words.share(kept), plain=plain, wide=wide)
            cell.append(f"\n{words.say(f'verdict.{what.value}')}", style=_COLOURS[what])
            cells.append(cell)
        add(words.limit(limit), cells)
    return table


def _cell(figure: str, *, plain: bool, wide: bool) -> Text:
    """Return a figure with its interval, which has a line of its own where there is little room."""
    return Text(typed(figure if wide else figure.replace(" [", "\n["), plain=plain))


def _columns(words: Words, best: Tried) -> Iterator[tuple[str, Evaluation, bool]]:
    """Yield heading, evaluation, and whether it is today's staffing."""
    record = words.record
    assert record.today is not None
    who = words.say("best" if best.evaluation.feasible else "nearest")
    if record.fresh_best is not None and record.fresh_today is not None:
        n = record.fresh_best.replications
        yield words.say("column.fresh", who=words.say("today"), n=n), record.fresh_today, True
        yield words.say("column.fresh", who=who, n=n), record.fresh_best, False
    else:
        n = record.today.evaluation.replications
        yield words.say("column.search", who=words.say("today"), n=n), record.today.evaluation, True
    yield words.say("column.search", who=who, n=best.evaluation.replications), best.evaluation, False


def _explanation(words: Words, best: Tried) -> Iterator[str]:
    record = words.record
    yield words.say("say.intervals", level=words.numbers.share(record.confidence))
    judged = record.fresh_best
    if judged is not None:
        yield words.say("say.fresh")
        if words.unconfirmed:
            yield words.say("say.broken", more=2 * record.question.replications)
    if not best.evaluation.feasible:
        none = [words.limit(limit).replace("\n", " ") for limit in record.kept_by_none]
        yield words.say("say.kept_by_none", limits="; ".join(none)) if none else words.say("say.not_together")
        yield words.say("say.none")
    missing = sum(kept.missing for kept in (judged or best.evaluation).limits)
    if missing:
        yield words.say("say.missing", count=missing)
    if _at_edge(words, best):
        yield words.say("say.edge")
    if record.scale != 1:
        yield words.say("say.scaled", scale=words.numbers.decimal(record.scale, 2))
    hopeless = sum(one.evaluation.hopeless for one in record.tried)
    yield words.say("say.tried", tried=len(record.tried), size=words.numbers.decimal(record.size, 0), hopeless=hopeless)
    yield words.say("say.all" if len(record.tried) >= record.size else "say.not_all")
    if record.failures:
        yield words.say("say.failed", count=len(record.failures))


def _where(folder: Path, words: Words, best: Tried) -> Iterator[str]:
    if best.evaluation.feasible and (folder / OPTIMUM).exists():
        yield words.say("say.scenario", command=words.record.compare or folder / OPTIMUM)
    yield words.say("say.files", folder=folder)
