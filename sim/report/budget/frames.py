"""How budgets hold: each frame against its forecast, year by year, and how likely it is to be overspent.

A frame (*budgetramme*) is what an administration may spend, net. Administrations that draw on one frame share the sum
of theirs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from sim.report.budget.chance import Chance, chance
from sim.report.budget.study import Study, estimates, sums, total
from sim.report.intervals import Interval
from sim.scenario.budget_frames import budget_frames, frame_dkk
from sim.scenario.costs import Frame
from sim.scenario.staff import Administration

_ADMINISTRATIONS = TypeAdapter(Mapping[str, Administration])
_FRAMES = TypeAdapter(Mapping[str, Frame])


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
    administrations = _ADMINISTRATIONS.validate_json(json.dumps(configuration.get("administrations") or {}))
    frames = _FRAMES.validate_json(json.dumps((configuration.get("costs") or {}).get("frames") or {}))
    scale = float((configuration.get("municipality") or {}).get("scale", 1.0))
    spent = sums(study.rows(label, study.years, municipal=True), ["payer", "year"], ledger.replications)
    found = []
    for frame, members in budget_frames(administrations).items():
        years = []
        for year in study.years:
            listed = frame_dkk(frames, members, year, scale)
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
