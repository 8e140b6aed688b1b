"""Budget frames at the price level of the report.

A frame is given at the level of the price list, while forecasts are at the level that ``costs.level`` names. A frame
pays for wages and other things in the proportion ``costs.wage_share``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sim.measures.costs.index import growth
from sim.scenario.costs import Index


def frame_levels(costs: Mapping[str, Any], years: Sequence[int]) -> dict[int, float]:
    """Return what a krone of the price list is at the reported level, by year.

    Args:
        costs: Section ``costs`` of a configuration, with its defaults.
        years: Calendar years.
    """
    own, level = int(costs["price_year"]), costs.get("level") or {}
    targets = {year: year if level.get("kind") == "nominal" else int(level.get("year") or own) for year in years}
    if not costs.get("index"):
        return dict.fromkeys(years, 1.0)
    index = Index.model_validate_json(json.dumps(costs["index"]), strict=True)
    share = float(costs.get("wage_share", 0.7))
    return {
        year: share * growth(index.wages, own, target) + (1 - share) * growth(index.prices, own, target)
        for year, target in targets.items()
    }
