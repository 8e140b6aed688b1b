"""What a study says: a table in the terminal, ``sensitivity.csv``, and a picture.

The picture shows the first measure that was asked for; table and file all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.experiment.files import csv_text, write_text
from sim.experiment.manifest import Manifest
from sim.experiment.sensitivity.measured import Measured, attribution, statistics, tornado
from sim.experiment.sensitivity.study import Study
from sim.report.kinds_of_evidence import kind_said
from sim.report.numbers import Language
from sim.report.sensitivity_texts import say
from sim.report.told import Told

MOST_ROWS = 15


def show_study(
    folder: Path, console: Console, language: Language, formats: Sequence[str], *, quiet: bool
) -> pd.DataFrame:
    """Write the table and the picture of a study, print it, and return the table.

    Raises:
        PlannerError: A measure has no figures here.
    """
    from sim.report.plots import write_pictures
    from sim.report.tornado import draw_study

    study, manifest = Study.read(folder), Manifest.read(folder)
    parts, pictures = [], []
    for number, measure in enumerate(study.measures):
        told = _told(study, manifest, folder, measure, language)
        table = told.table.copy()
        table.insert(0, "kpi", measure[0])
        table.insert(1, "group", measure[1])
        table["kpi_unit"] = told.kpi_unit
        parts.append(table)
        if not quiet:
            print_table(told, console)
        if number == 0:
            pictures.append(lambda told=told: draw_study(told))
    result = pd.concat(parts, ignore_index=True)
    write_text(folder / "sensitivity.csv", csv_text(result, header=True))
    if study.rows:
        sample = pd.DataFrame(study.shown, columns=[entry.name for entry in study.assumptions])
        sample.insert(0, "point", [f"{study.method}-{n + 1:0{len(str(len(sample)))}d}" for n in range(len(sample))])
        write_text(folder / "sample.csv", csv_text(sample, header=True))
    write_pictures(folder, pictures, formats)
    if not quiet:
        console.print(Text(say(language, "files", folder=folder)), soft_wrap=True)
    return result


def _told(study: Study, manifest: Manifest, folder: Path, measure: tuple[str, str], language: Language) -> Told:
    confidence = manifest.experiment.confidence
    measured = Measured(folder, measure)
    if study.method == "attribution":
        before, table = None, attribution(study, measured, confidence)
        before = statistics(measured.outcome(study.configured), confidence)
    elif study.method == "tornado":
        before, table = tornado(study, measured, confidence)
    else:
        from sim.experiment.sensitivity.screening import screening

        table = screening(study, measured, confidence)
        before = statistics(measured.outcome(study.configured), confidence)
    return Told(study, measure, measured.unit, before, table, confidence, language)


def print_table(told: Told, console: Console) -> None:
    """Print the largest effects, and say what they do to the conclusion."""
    language, study = told.language, told.study
    console.print(Text(told.headline(), style="bold"))
    console.print(Text(told.configured_line()))
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    if study.method == "attribution":
        table.add_column(say(language, "part"))
        for name in ("share", "alone", "last"):
            table.add_column(f"{say(language, name)} ({told.unit})", justify="right")
        for position, row in enumerate(told.table.to_dict("records")):
            cells = [told.with_interval(row, name) for name in ("share", "alone", "last")]
            table.add_row(told.part_name(position), *cells)
    else:
        table.add_column(say(language, "assumption"), overflow="fold")
        names = {"tornado": ("effect_low", "effect_high"), "morris": ("mu_star", "sigma"), "sobol": ("S1", "ST")}
        for name in names[study.method]:
            heading = say(language, name[7:]) if study.method == "tornado" else name.replace("mu_star", "μ*")
            table.add_column(heading if study.method == "sobol" else f"{heading} ({told.unit})", justify="right")
        table.add_column(say(language, "range"), justify="right")
        table.add_column(say(language, "kind"))
        for row in told.table.head(MOST_ROWS).to_dict("records"):
            table.add_row(
                str(row["assumption"]),
                *(told.with_interval(row, name) for name in names[study.method]),
                told.range(row),
                kind_said(str(row["kind"]), language),
            )
    console.print(table)
    for line in (*told.turning(), *told.notes()):
        console.print(Text(line))
    console.print()
