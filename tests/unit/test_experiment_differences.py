"""How two configurations differ."""

from __future__ import annotations

import pytest

from sim.experiment.differences import SHOWN, differences, listing

pytestmark = pytest.mark.unit


def test_a_difference_is_named_by_its_path_with_both_values() -> None:
    one = {"teams": {"a": {"caseworkers": 3}}, "same": [1, 2]}
    other = {"teams": {"a": {"caseworkers": 4}}, "same": [1, 2]}
    assert differences(one, other) == ["teams.a.caseworkers: 3 there, 4 here"]


def test_what_is_only_on_one_side_is_a_difference() -> None:
    assert differences({"a": {"b": None}}, {"a": {"c": 1}}) == [
        "a.b: None there, absent here",
        "a.c: absent there, 1 here",
    ]


def test_what_does_not_decide_a_figure_is_no_difference() -> None:
    one = {"compute": {"n_jobs": 1}, "report": {"language": "da"}, "output": "x", "experiment": {"confidence": 0.9}}
    other = {"compute": {"n_jobs": 2}, "report": {"language": "en"}, "output": "y", "experiment": {"confidence": 0.95}}
    assert differences(one, other) == []


def test_where_it_is_computed_may_change_on_the_way() -> None:
    assert differences({"choices": {"compute": "one_core"}}, {"choices": {"compute": "ray"}}) == []


def test_the_seed_does_and_a_name_that_only_begins_alike_does() -> None:
    assert differences({"experiment": {"seed": 1}}, {"experiment": {"seed": 2}}) == ["experiment.seed: 1 there, 2 here"]
    assert differences({"outputs": 1}, {"outputs": 2}) == ["outputs: 1 there, 2 here"]


def test_a_long_list_is_cut_and_says_so() -> None:
    lines = listing([f"line {number}" for number in range(SHOWN + 3)]).splitlines()
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "  and 3 more"
