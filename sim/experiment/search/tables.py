"""The tables of a search, for spreadsheets: every candidate, and those that no other one beats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiment.files import csv_text, write_text
from sim.experiment.search.evaluation import Evaluation, non_dominated
from sim.experiment.search.record import SearchRecord, Tried
from sim.scenario.search import Limit

TRIALS, FRONTIER = "trials.csv", "frontier.csv"


def write_tables(folder: Path, record: SearchRecord) -> None:
    """Write ``trials.csv`` and ``frontier.csv``."""
    trials = pd.DataFrame([_row(record, number, one) for number, one in enumerate(record.tried, start=1)])
    write_text(folder / TRIALS, csv_text(trials, header=True))
    rows = [
        {"kpi": limit.kpi, "group": limit.group, **_row(record, number, one)}
        for position, limit in enumerate(record.question.limits)
        for number, one in frontier(record, position)
    ]
    columns = ["kpi", "group", *trials.columns]
    write_text(folder / FRONTIER, csv_text(pd.DataFrame(rows, columns=columns), header=True))


def frontier(record: SearchRecord, position: int) -> list[tuple[int, Tried]]:
    """Return the candidates, with their numbers, that no other one beats in both what is minimised and a limit's kpi.

    Candidates that were given up early are left out: their figures are about fewer futures.

    Args:
        record: The search.
        position: Of the limit in the question.
    """
    whole = [(number, one) for number, one in enumerate(record.tried, start=1) if not one.evaluation.hopeless]
    sign = 1.0 if record.question.limits[position].at_most is not None else -1.0
    points = [(one.evaluation.aim.mean, sign * one.evaluation.limits[position].figure.mean) for _, one in whole]
    found = [one for one, best in zip(whole, non_dominated(points), strict=True) if best]
    return sorted(found, key=lambda one: one[1].evaluation.aim.mean)


def _row(record: SearchRecord, number: int, tried: Tried) -> dict[str, Any]:
    evaluation = tried.evaluation
    return {
        "trial": number,
        "label": tried.label,
        **tried.staffing,
        "replications": evaluation.replications,
        "given_up_early": evaluation.hopeless,
        "keeps_all_limits": evaluation.feasible,
        **_of_aim(record.question.minimise.kpi, evaluation),
        **_of_limits(record.question.limits, evaluation),
    }


def _of_aim(kpi: str, evaluation: Evaluation) -> dict[str, float]:
    aim, difference = evaluation.aim, evaluation.difference
    return {
        f"{kpi}": aim.mean,
        f"{kpi} ci_low": aim.low,
        f"{kpi} ci_high": aim.high,
        f"{kpi} difference": difference.mean,
        f"{kpi} diff_low": difference.low,
        f"{kpi} diff_high": difference.high,
    }


def _of_limits(limits: Sequence[Limit], evaluation: Evaluation) -> dict[str, float]:
    row: dict[str, float] = {}
    for limit, kept in zip(limits, evaluation.limits, strict=True):
        name = f"{limit.kpi} {limit.group}"
        bound = f"at_most {limit.at_most:g}" if limit.at_most is not None else f"at_least {limit.bound:g}"
        row |= {
            f"{name} mean": kept.figure.mean,
            f"{name} ci_low": kept.figure.low,
            f"{name} ci_high": kept.figure.high,
            f"{name} {bound} kept": kept.kept,
            f"{name} {bound} share": kept.share,
            f"{name} {bound} share_low": kept.low,
            f"{name} {bound} share_high": kept.high,
            f"{name} {bound} without_figure": kept.missing,
        }
    return row
