"""Makes a folder of results with plausible numbers, without simulating anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.manifest import ExperimentEntry, Failure, Host, Manifest, PointEntry
from sim.experiment.results import build
from sim.experiment.tables import FIGURES, figures_table

ADMINISTRATIONS = {
    "buf": ("Børn- og Ungeforvaltningen", "Children and Youth"),
    "bsf": ("Beskæftigelses- og Socialforvaltningen", "Employment and Social"),
    "aehf": ("Ældre- og Handicapforvaltningen", "Elderly and Disability"),
}
COSTS_MILLIONS = {"buf": 640.0, "bsf": 410.0, "aehf": 205.0}

CONFIG = """\
choices: {municipality: odense}
municipality: {label: {da: Eksempelkommune, en: Example municipality}, scale: 1.0}
horizon: {start: '2024-01-01', run_in_years: 0.5, years: 5}
teams:
  intake: {label: {da: Modtagelsen, en: Intake}, caseworkers: CASEWORKERS}
  family: {label: {da: Familieteam, en: Family team}, caseworkers: 40}
clocks: {assessment: {within: {months: 4}}}
evidence:
  teams.*.caseworkers:
    {low: 0.8, high: 1.2, relative: true, unit: caseworkers, kind: derived, source: "derived [D]", year: 2023}
  teams.family.caseworkers: {low: 30, high: 50, unit: caseworkers, kind: assumption, year: 2024, source: "=2+3 [K]"}
  clocks.assessment.within.months: {low: 4, high: 4, unit: months, kind: law, source: "Barnets lov § 20", year: 2024}
administrations:
"""
COSTS_CONFIG = """\
costs:
  price_year: 2024
  level: {kind: fixed, year: null}
  discount_percent: 0.0
  accounts:
    5.28.20: {da: Opholdssteder mv. for børn og unge, en: Residential facilities for children and young people}
    5.28.21: {da: Forebyggende foranstaltninger for børn og unge, en: Preventive measures}
    5.22.07: {da: Refusion af særligt dyre enkeltsager, en: State refund for particularly expensive cases}
    5.38.50: {da: Botilbud til længerevarende ophold (§ 108), en: Long-term homes (section 108)}
    6.45.51: {da: Sekretariat og forvaltninger, en: Administration}
    6.45.58: {da: Administration vedrørende børn og unge, en: Administration of services for children}
"""


@dataclass(frozen=True)
class Effects:
    """How a made-up scenario differs from the baseline."""

    wait: float = 0.0
    """Days."""
    gap: float = 0.0
    """Days."""
    assessment: float = 0.0
    reversal: float = 0.0
    cost: float = 0.0
    """Million DKK a year."""
    backlog: float = 1.0
    """Factor."""
    first: float = 0.0
    """Million DKK more in 2025, the first whole year."""
    shift: float = 0.0
    """Million DKK a year that ``buf`` saves and ``bsf`` pays instead."""


@dataclass(frozen=True)
class Case:
    """A made-up point of a sweep."""

    label: str
    da: str
    en: str
    effects: Effects = field(default_factory=Effects)
    scenario: str = ""
    columns: dict[str, int | float | str] = field(default_factory=dict)


CURATED = (
    Case("baseline", "Udgangspunkt", "Baseline"),
    Case(
        "joint_transition_team",
        "Fælles overgangsteam for unge på 16-25 år",
        "Joint transition team for ages 16-25",
        Effects(-9, -21, 0.03, -0.02, 6.0, 0.92, shift=-9.0),
    ),
    Case("pooled_budget", "Fælles budgetramme", "Pooled budget", Effects(-2, -12, 0.0, 0.0, -4.0, 0.99, 9.0, 18.0)),
    Case("early_planning", "Tidlig planlægning", "Early planning", Effects(1, -16, -0.01, -0.01, 2.0, 1.03)),
    Case("staff_cut_only", "Kun færre medarbejdere", "Staff cut only", Effects(31, 14, -0.14, 0.03, -11.0, 1.85)),
    Case("weekly_panels", "Ugentlige visitationsudvalg", "Weekly panels", Effects(-14, -3, 0.0, 0.0, 1.5, 1.0)),
)


def many(count: int) -> tuple[Case, ...]:
    """Return a baseline and so many planner's own scenarios with long names."""
    random = np.random.default_rng(4)
    return (
        CURATED[0],
        *(
            Case(
                f"own_{number:02d}",
                f"Vores eget forslag nummer {number} med et temmelig langt navn",
                f"Our own proposal number {number} with a rather long name",
                Effects(
                    *(random.normal(0, scale) for scale in (12, 10, 0.05, 0.03, 6)), float(random.uniform(0.8, 1.4))
                ),
            )
            for number in range(1, count)
        ),
    )


def build_results(
    folder: Path,
    cases: Sequence[Case] = CURATED,
    *,
    replications: int = 10,
    transitions: bool = True,
    prices: bool = True,
    series: bool = True,
    scale: float = 1.0,
    failures: int = 0,
    frames: str = "",
    discount: float = 0.0,
) -> Path:
    """Write a folder of results.

    Args:
        folder: where to; made if it does not exist.
        cases: the points; the first one is the reference.
        replications: per point.
        transitions: whether anybody turns 18.
        prices: whether there is a price list.
        series: whether there are curves; without them it is faster.
        scale: factor on all costs.
        failures: how many replications the manifest says have failed.
        frames: what stands under ``costs.frames``, as YAML on one line.
        discount: per cent a year.
    """
    for case in cases:
        point = folder / "points" / case.label
        point.mkdir(parents=True, exist_ok=True)
        names = "".join(f"  {key}: {{label: {{da: {da}, en: {en}}}}}\n" for key, (da, en) in ADMINISTRATIONS.items())
        text = CONFIG.replace("CASEWORKERS", "15" if case.label == "staff_cut_only" else "17") + names
        if prices:
            text += COSTS_CONFIG.replace("discount_percent: 0.0", f"discount_percent: {discount}")
            text += f"  frames: {frames}\n" if frames else ""
        (point / "config.yaml").write_text(text, encoding="utf-8")
        tables: dict[str, list[pa.Table]] = {"kpis": [], "costs": [], "series": []}
        for replication in range(replications):
            for name, frame in _figures(case, replication, transitions, prices, series, scale).items():
                tables[name].append(figures_table(name, frame, replication))
        for name, parts in tables.items():
            with pq.ParquetWriter(point / f"{name}.parquet", parts[0].schema) as writer:
                for part in parts:
                    writer.write_table(part)
    swept = tuple(dict.fromkeys(path for case in cases for path in case.columns))
    manifest = Manifest(
        name="sweep",
        command="sagsflow sweep",
        started="2024-06-01T12:00:00+02:00",
        experiment=ExperimentEntry(seed=1, replications=replications, confidence=0.95),
        reference=cases[0].label,
        swept=swept,
        points=tuple(
            PointEntry(
                label=case.label,
                name=case.label,
                scenario=case.scenario or case.label,
                label_da=case.da,
                label_en=case.en,
                overrides=(),
                columns=case.columns,
                stored=replications,
                finished=True,
            )
            for case in cases
        ),
        failures=tuple(
            Failure(label=cases[0].label, replication=number, error="made up") for number in range(failures)
        ),
        engine={},
        python="3.12",
        packages={},
        host=Host(system="-", machine="-", cores=1, processes=1),
    )
    manifest.write(folder)
    build(folder, manifest)
    return folder


def _figures(
    case: Case, replication: int, transitions: bool, prices: bool, series: bool, scale: float
) -> dict[str, pd.DataFrame]:
    """Return one replication: what all scenarios share (the same futures), and a little of its own."""
    shared = np.random.default_rng(replication).normal(size=8)
    own = np.random.default_rng([replication, *case.label.encode()]).normal(size=8)
    effects = case.effects
    wait = 142 + effects.wait + 5 * shared[0] + 1.5 * own[0]
    gap = max(0.0, 48 + effects.gap + 6 * shared[1] + 2.5 * own[1]) if transitions else np.nan
    assessment = float(np.clip(0.55 + effects.assessment + 0.02 * shared[2] + 0.008 * own[2], 0, 1))
    reversal = float(np.clip(0.33 + effects.reversal + 0.03 * shared[3] + 0.02 * own[3], 0, 1))
    cost = scale * 1_000_000 * (sum(COSTS_MILLIONS.values()) + effects.cost + 14 * shared[4] + 1.2 * own[4])
    rows = [
        ("wait.total", "all", wait, "days"),
        ("transition.gap_days", "all", gap, "days"),
        ("deadline.assessment_4m", "all", assessment, "share"),
        ("appeals.reversal_share", "all", reversal, "share"),
    ]
    rows += _teams_and_flow(effects, own)
    if prices:
        rows += [("cost.total", "all", cost, "dkk"), ("cost.family", "all", scale * 40_000 * wait, "dkk")]
    return {
        "kpis": pd.DataFrame(rows, columns=["kpi", "group", "value", "unit"]),
        "costs": _costs(cost, effects, scale).iloc[: None if prices else 0],
        "series": _series(wait, gap, effects.backlog, shared, own, transitions).iloc[: None if series else 1],
    }


def _teams_and_flow(effects: Effects, own: np.ndarray) -> list[tuple[str, str, float, str]]:
    """Return a pooled and a named team, and matters that two administrations ask each other about."""
    used = float(np.clip(0.9 + effects.wait / 300 + 0.004 * own[2], 0, 1))
    rows = [
        ("staff.utilisation", "intake", used - 0.1, "share"),
        ("staff.utilisation", "family", used, "share"),
        ("staff.caseload", "intake", np.nan, "cases per caseworker"),
        ("staff.caseload", "family", 30 + effects.wait / 5 + 0.2 * own[3], "cases per caseworker"),
        ("deadline.screening_24h", "all", 0.9 + effects.assessment / 4, "share"),
    ]
    bounced = max(1.0, 20 + effects.gap / 2 + own[4])
    ways = {"adult>bsf>bsf": (120, 0), "adult>bsf>aehf": (bounced, bounced), "adult>aehf>aehf": (40 + bounced / 2, 4)}
    ways |= {"transition>buf>buf": (90, 0), "transition>bsf>buf": (1, 1), "transition>bsf>bsf": (30, 2)}
    for position, kpi in enumerate(("flow.matters", "flow.sent_on")):
        rows += [(kpi, way, float(counts[position]), "per year") for way, counts in ways.items()]
        rows.append((kpi, "all", float(sum(counts[position] for counts in ways.values())), "per year"))
    return rows


def _costs(cost: float, effects: Effects, scale: float) -> pd.DataFrame:
    """Return a ledger whose income lines cancel between payers, as those of a simulation do."""
    whole = sum(COSTS_MILLIONS.values())
    million = 1_000_000 * scale
    rows: list[tuple[object, ...]] = []

    def book(year: int, own: str, account: str, payer: str, part: str, item: str, dkk: float, unit: str) -> None:
        level = 2 if unit == "days" else 0
        supplier = "bought" if unit == "days" else ""
        rows.append((year, own, account, payer, part, item, supplier, level, 0.0, unit, round(dkk, 2)))

    for year, part in ((2024, 0.5), (2025, 1.0), (2026, 1.0), (2027, 1.0), (2028, 1.0), (2029, 0.5)):
        for name, millions in COSTS_MILLIONS.items():
            amount = part * 0.998 * cost * millions / whole
            if name == "buf":
                amount -= part * effects.shift * million
            if name == "bsf":
                amount += part * effects.shift * million
                bridging = 0.03 * amount
                book(year, name, "5.28.20", "buf", "bridging", "residential_facility", bridging, "days")
                amount -= bridging
            staff = 0.12 * amount + (effects.first * million if year == 2025 and name == "buf" else 0.0)
            book(year, name, "6.45.58", name, "staff", "caseworkers", staff, "fte_years")
            account = "5.28.20" if name == "buf" else "5.38.50"
            book(year, name, account, name, "services", "placement", 0.8 * amount, "days")
            book(year, name, "5.28.21", name, "services", "support", 0.11 * amount, "days")
            for payer, sign in ((name, -1.0), ("state", 1.0)):
                book(year, name, "5.22.07", payer, "refund", "state_refund", sign * 0.03 * amount, "")
        for payer, sign in (("aehf", -1.0), ("family", 1.0)):
            book(year, "aehf", "5.38.50", payer, "user_charge", "longterm_home", sign * part * 0.001 * cost, "days")
        book(year, "bsf", "6.45.51", "state", "board", "appeals_board", part * 0.002 * cost, "cases")
        book(year, "bsf", "5.28.20", "family", "family", "home_support", part * 0.004 * cost, "days")
    return pd.DataFrame(rows, columns=[field.name for field in FIGURES["costs"]])


def _series(
    wait: float, gap: float, backlog: float, shared: np.ndarray, own: np.ndarray, transitions: bool
) -> pd.DataFrame:
    weeks = np.arange(0, 737, 7.0)
    parts = [
        _curve("wait.total.curve", group, weeks, top * (1 - np.exp(-((weeks / (wait * scale)) ** 1.6))))
        for group, scale, top in (("all", 1.1, 0.99), ("child", 0.9, 1.0), ("adult", 1.4, 0.97))
    ]
    days = np.arange(0, 366.0)
    support = 1 - (0.55 + 0.01 * shared[5]) * np.exp(-days / (2 * gap)) if transitions else np.full(len(days), np.nan)
    parts.append(_curve("transition.gap.curve", "all", days, support))
    start = np.datetime64("2024-01-01")
    months = (np.arange("2024-01", "2027-08", dtype="datetime64[M]").astype("M8[D]") - start).astype(float)
    for position, (name, level) in enumerate((("buf", 5200.0), ("bsf", 2100.0), ("aehf", 640.0))):
        growth = 1 + (backlog - 1) * (1 - np.exp(-months / 300))
        waves = 1 + 0.12 * np.sin(months / 58 + position) + 0.05 * shared[6] + 0.03 * own[6]
        values = level * (1 - 0.8 * np.exp(-months / 80)) * growth * waves
        parts.append(_curve("backlog.hours", name, months, values))
    return pd.concat(parts, ignore_index=True)


def _curve(series: str, group: str, x: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"series": series, "group": group, "x": x, "value": values})
