"""Durations, splits and tables by an attribute, as a planner writes them."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sim.scenario.base import ByAttribute, Split, Varying, shares
from sim.scenario.durations import Duration, Exponential, Fixed, Gamma, Lognormal, Triangular, Uniform, mean_of

pytestmark = pytest.mark.unit

DURATION: TypeAdapter[Any] = TypeAdapter(Duration)
VARYING: TypeAdapter[Any] = TypeAdapter(Varying[Duration])
SPLIT: TypeAdapter[Any] = TypeAdapter(Split)


def read(adapter: TypeAdapter[Any], value: object) -> Any:
    return adapter.validate_json(json.dumps(value), strict=True)


@pytest.mark.parametrize(
    ("given_", "kind", "mean"),
    [
        (3, float, 3.0),
        ({"value": 4}, Fixed, 4.0),
        ({"distribution": "exponential", "mean": 2}, Exponential, 2.0),
        ({"distribution": "gamma", "mean": 10, "cv": 0.5}, Gamma, 10.0),
        ({"distribution": "lognormal", "mean": 30, "cv": 1.5}, Lognormal, 30.0),
        ({"distribution": "uniform", "low": 1, "high": 28}, Uniform, 14.5),
        ({"distribution": "triangular", "low": 1, "mode": 2, "high": 6}, Triangular, 3.0),
    ],
)
def test_a_duration_is_a_number_or_a_distribution_with_its_mean(given_: object, kind: type, mean: float) -> None:
    duration = read(DURATION, given_)
    assert isinstance(duration, kind)
    assert mean_of(duration) == mean


@pytest.mark.parametrize(
    "wrong",
    [
        -1,
        "5",
        True,
        None,
        {"distribution": "gamma", "mean": 10},
        {"distribution": "gamma", "mean": 0, "cv": 1},
        {"distribution": "exponential", "mean": 2, "cv": 1},
        {"distribution": "uniform", "low": 3, "high": 3},
        {"distribution": "triangular", "low": 3, "mode": 2, "high": 6},
        {"distribution": "normal", "mean": 3, "cv": 1},
        {"by": "profile", "values": {"general": 1}},
    ],
)
def test_what_is_not_a_duration_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        read(DURATION, wrong)


def test_the_values_of_a_table_are_checked_like_single_values() -> None:
    table = read(VARYING, {"by": "level", "values": {"1": 2, "other": {"distribution": "exponential", "mean": 3}}})
    assert isinstance(table, ByAttribute)
    assert table.values == {"1": 2.0, "other": Exponential(distribution="exponential", mean=3)}
    with pytest.raises(ValidationError):
        read(VARYING, {"by": "level", "values": {"1": "long"}})


def test_a_table_reaches_another_process_unchanged() -> None:
    table = read(VARYING, {"by": "level", "values": {"1": 2, "other": {"distribution": "exponential", "mean": 3}}})
    copy = pickle.loads(pickle.dumps(table))  # noqa: S301 - our own bytes
    assert copy == table
    assert isinstance(copy, ByAttribute)


def test_rest_takes_what_remains() -> None:
    split = read(SPLIT, {"granted": 0.7, "partly": 0.1, "refused": "rest"})
    assert shares(split) == pytest.approx({"granted": 0.7, "partly": 0.1, "refused": 0.2})


@pytest.mark.parametrize(
    "wrong",
    [{}, {"a": 0.5}, {"a": 0.5, "b": 0.6}, {"a": 0.7, "b": 0.6, "c": "rest"}, {"a": "rest", "b": "rest"}, {"a": 1.1}],
)
def test_a_split_adds_up_to_one(wrong: object) -> None:
    with pytest.raises(ValidationError):
        read(SPLIT, wrong)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=8))
def test_any_shares_that_add_up_to_one_are_a_split(weights: list[float]) -> None:
    total = sum(weights)
    split = {f"step_{index}": min(1.0, weight / total) for index, weight in enumerate(weights)}
    assert sum(shares(read(SPLIT, split)).values()) == pytest.approx(1)
