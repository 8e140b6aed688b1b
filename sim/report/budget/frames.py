"""How budgets hold: each frame against its forecast, year by year, and how likely it is to be overspent.

A frame (*budgetramme*) is what an administration may spend, net. Administrations that draw on one frame share the sum
of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.report.budget.chance import Chance, chance
from sim.report.budget.study import Study, estimates, sums, total
from sim.report.intervals import Interval


@dataclass(frozen=True)
class FrameYear:
    """One frame in one year, DKK."""

    year: int
    amount: float
    """What may be spent, at the price level of the report."""
    forecast: Interval
    overspend: Interval
    """Forecast less frame; negative: money left."""
    overspent: Chance
    """In how many replications more than the frame is spent."""


@dataclass(frozen=True)
class FrameForecast:
    """One frame of one scenario."""

    label: str
    frame: str
    """Name of the administration, or of the frame that several share."""
    members: tuple[str, ...]
    years: tuple[FrameYear, ...]


def frame_members(configuration: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the administrations that draw on each frame; one that names none has a frame of its own."""
    members: dict[str, tuple[str, ...]] = {}
    for name, one in (configuration.get("administrations") or {}).items():
        frame = (one or {}).get("budget") or name
        members[frame] = (*members.get(frame, ()), name)
    return members


def frame_amount(configuration: Mapping[str, Any], members: tuple[str, ...], year: int) -> float | None:
    """Return what the members may spend together in a year, DKK at the level of the price list; None: not said.

    A scaled municipality has a scaled frame.
    """
    frames = (configuration.get("costs") or {}).get("frames") or {}
    if not all(name in frames for name in members):
        return None
    amounts = ((frames[name].get("years") or {}).get(str(year), frames[name]["dkk_per_year"]) for name in members)
    return float(sum(amounts)) * float((configuration.get("municipality") or {}).get("scale", 1.0))


def frame_forecasts(
    study: Study, label: str, configuration: Mapping[str, Any], levels: Mapping[int, float] | None = None
) -> list[FrameForecast]:
    """Return the frames of a point for which an amount is configured.

    Args:
        study: The ledgers.
        label: The point.
        configuration: The point's configuration.
        levels: What a krone of the price list is at the reported price level, by year; none: 1.
    """
    ledger = study.ledgers[label]
    spent = sums(study.rows(label, study.years, municipal=True), ["payer", "year"], ledger.replications)
    found = []
    for frame, members in frame_members(configuration).items():
        years = []
        for year in study.years:
            listed = frame_amount(configuration, members, year)
            if listed is None:
                break
            amount = listed * (levels or {}).get(year, 1.0)
            payer, when = spent.index.get_level_values("payer"), spent.index.get_level_values("year")
            oere = total(spent[payer.isin(members) & (when == year)])
            forecast = estimates(oere, study.confidence)[0]
            over = int((oere.to_numpy() > round(amount * 100)).sum())
            years.append(
                FrameYear(
                    year,
                    amount,
                    forecast,
                    Interval(*(np.array([forecast.mean, forecast.low, forecast.high]) - amount).tolist()),
                    chance(over, len(ledger.replications), study.confidence),
                )
            )
        else:
            found.append(FrameForecast(label, frame, members, tuple(years)))
    return found
