"""The Odense baseline reproduces what is published about it, within the tolerances of ``face_validity.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from municipalities import configured

from sim.measures import definition, measure
from sim.model import simulate

pytestmark = pytest.mark.functional

REPLICATIONS = 2
TARGETS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("face_validity.yaml").read_text(encoding="utf-8")
)["targets"]


def named(target: dict[str, Any]) -> str:
    return f"{target['kpi']}-{target['group']}"


@pytest.fixture(scope="module")
def baseline() -> pd.Series:
    """Return each figure of the Odense baseline, mean over the replications, by measure and group."""
    scenario = configured("municipality=odense", "scenario=baseline").scenario
    figures = [measure(simulate(scenario, number), scenario).kpis for number in range(REPLICATIONS)]
    return pd.concat(figures).groupby(["kpi", "group"])["value"].mean()


@pytest.mark.parametrize("target", TARGETS, ids=named)
def test_the_baseline_is_as_published(baseline: pd.Series, target: dict[str, Any]) -> None:
    low, high = target["tolerance"]
    assert low <= baseline[target["kpi"], target["group"]] <= high


@pytest.mark.parametrize("target", TARGETS, ids=named)
def test_a_target_is_complete_and_its_tolerance_holds_what_is_published(target: dict[str, Any]) -> None:
    assert set(target) == {"kpi", "group", "name", "published", "tolerance", "source", "comment"}
    assert definition(target["kpi"]).label.en
    published = target["published"]
    low, high = published if isinstance(published, list) else (published, published)
    assert target["tolerance"][0] < low <= high < target["tolerance"][1]
    assert target["source"]
    assert target["comment"].strip()


def test_no_figure_has_two_targets() -> None:
    assert len({named(target) for target in TARGETS}) == len(TARGETS)
