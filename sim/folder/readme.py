"""The page that tells a planner what is in the folder, and the next three commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.folder.answers import Answers, Language
from sim.folder.other_files import table_explained
from sim.folder.texts import WRITTEN
from sim.scenario.inputs.columns import CASELOAD_COLUMNS, STAFF_COLUMNS

_README: dict[Language, str] = {
    "da": """\
# {label} i sagsflow

Mappen beskriver {label} for sagsflow, der simulerer, hvordan sager om børn, unge og voksne under 30 bevæger sig
gennem kommunen. Alt her er tekst, som I kan rette med en hvilken som helst editor.

## De næste tre kommandoer

Stå i mappen *over* denne. (Arbejder I i en kopi af sagsflows kildekode, så skriv `uv run` foran.)

```
{check}
{quick}
{sweep}
```

1. Den første viser, hvad der simuleres, og hvilke tal I selv har sat. Begynd med listen over det, der er **skaleret og
   ikke verificeret**.
2. Den anden er et hurtigt kig (3 gentagelser; intervallerne er brede).
3. Den tredje er sammenligningen, I kan regne videre på. Resultaterne ligger i `results/`: `budget.xlsx` er budgettet.

## Hvad ligger her

| fil | indhold |
|---|---|
| `configs/municipality/{name}.yaml` | kommunens egne tal: indbyggere, medarbejdere, udvalg, pladser, sager |
| `configs/evidence/{name}.yaml` | hvor hvert tal kommer fra, og hvor sikkert det er |
| `configs/costs/{name}.yaml` | egne priser og budgetrammer, når I har dem |
| `scenarios/{first}.yaml` | jeres første scenarie. Kopiér det, og ret det |
| {adopted} | scenarier fra sagsflow, som gælder for en kommune af enhver størrelse |
| `input/{caseload}`, `input/{staff}` | tomme skemaer til sagsbestand og medarbejdere |
| `schema/` | så editoren kan hjælpe (se nedenfor); skrives igen med `sagsflow schema {folder}/schema` |

Odenses øvrige scenarier er skrevet til Odenses størrelse (13 rådgivere spares, 32 pladser pr. møde), så de afvises her.
Kopiér dem til `scenarios/`, sæt `municipality: {name}`, og ret tallene.

## Når I retter et tal

1. Ret det i `configs/municipality/{name}.yaml`.
2. Ret dets linje i `configs/evidence/{name}.yaml`: `kind: local`, jeres egen `source`, og slet `note`.
3. Kør `check` igen. Et tal, der ligger uden for sit eget interval, bliver nævnt.

Editorer, der kender YAML-skemaer (for eksempel VS Code med udvidelsen "YAML"), foreslår nøgler, viser enheder og
markerer stavefejl, mens I skriver. Det styrer linjen `# yaml-language-server` i hver fil.

## Små kommuner

Et team har mindst én medarbejder, og et udvalg mindst én plads. I en lille kommune giver det flere hænder, end der er i
virkeligheden, og for korte ventetider. Sæt de tal, I kender, med `sagsflow init --staff`, eller slå teams sammen:
`docs/howto-municipality.md` viser hvordan. Forvent også store udsving: med få sager om året kan ti gentagelser ikke
vise små forskelle.

## Skemaerne

Skriv aldrig navne, CPR-numre eller sagsnumre. Udfyld et skema, og fjern `#` foran dets linje nederst i
`configs/municipality/{name}.yaml`. Tallene i skemaet træder så i stedet for dem, der står i filen.

### `input/{caseload}`: én række pr. åben sag

{caseload_columns}

### `input/{staff}`: én række pr. stilling

{staff_columns}
""",
    "en": """\
# {label} in sagsflow

This folder describes {label} for sagsflow, which simulates how the cases of children, young people and adults under
30 flow through the municipality. Everything here is text that you can change with any editor.

## The next three commands

Stand in the folder *above* this one. (In a clone of sagsflow's source, put `uv run` in front.)

```
{check}
{quick}
{sweep}
```

1. The first shows what is simulated, and which figures you have set yourselves. Begin with the list of what is
   **scaled and not verified**.
2. The second is a quick look (3 replications; the intervals are wide).
3. The third is the comparison to work with. Results are in `results/`: `budget.xlsx` is the budget.

## What is here

| file | holds |
|---|---|
| `configs/municipality/{name}.yaml` | the municipality's own figures: inhabitants, staff, panels, places, cases |
| `configs/evidence/{name}.yaml` | where each figure comes from, and how sure it is |
| `configs/costs/{name}.yaml` | your own prices and budget frames, when you have them |
| `scenarios/{first}.yaml` | your first scenario. Copy it and change it |
| {adopted} | scenarios from sagsflow that hold for a municipality of any size |
| `input/{caseload}`, `input/{staff}` | empty tables for open cases and staff |
| `schema/` | lets the editor help (see below); written again by `sagsflow schema {folder}/schema` |

Odense's other scenarios are written for its size (13 caseworkers cut, 32 seats per meeting), so they are refused here.
Copy them into `scenarios/`, set `municipality: {name}`, and change the figures.

## When you change a figure

1. Change it in `configs/municipality/{name}.yaml`.
2. Change its line in `configs/evidence/{name}.yaml`: `kind: local`, your own `source`, and delete the `note`.
3. Run `check` again. A figure outside its own range is named.

Editors that know YAML schemas (for example VS Code with the extension "YAML") suggest keys, show units and mark
misspelt names while you write. The line `# yaml-language-server` in each file does that.

## Small municipalities

A team has at least one member, and a panel at least one seat. In a small municipality that is more hands than there
really are, and waits are too short. Give the figures that you know with `sagsflow init --staff`, or merge teams:
`docs/howto-municipality.md` shows how. Also expect large swings: with few cases a year, ten replications cannot show
small differences.

## The tables

Never write names, CPR numbers or case numbers. Fill a table in, and take away the `#` before its line at the end of
`configs/municipality/{name}.yaml`. What the table says then takes the place of what stands in the file.

### `input/{caseload}`: one row per open case

{caseload_columns}

### `input/{staff}`: one row per position

{staff_columns}
""",
}


def next_commands(folder: str, name: str) -> list[str]:
    """Return the next three commands, for a folder as it is seen from where they are given."""
    place = f'"{folder}"' if any(letter.isspace() for letter in folder) else folder
    tail = f"--scenarios {place} municipality={name}"
    return [f"sagsflow check {tail}", f"sagsflow sweep {tail} experiment=quick", f"sagsflow sweep {tail}"]


def readme_text(
    folder: Path, name: str, answers: Answers, first: str, adopted: Sequence[str], language: Language
) -> str:
    """Return the page."""
    check, quick, sweep = next_commands(folder.name, name)
    return _README[language].format(
        label=answers.label,
        name=name,
        folder=folder.name,
        check=check,
        quick=quick,
        sweep=sweep,
        first=first,
        adopted=", ".join(f"`scenarios/{scenario}.yaml`" for scenario in adopted),
        caseload=WRITTEN[language]["caseload"],
        staff=WRITTEN[language]["staff"],
        caseload_columns=table_explained(CASELOAD_COLUMNS, language),
        staff_columns=table_explained(STAFF_COLUMNS, language),
    )
