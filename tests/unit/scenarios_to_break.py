"""Scenarios that are right, and how a test breaks one thing in them."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from sim.scenario.checks import check
from sim.scenario.compose import Composer
from sim.scenario.configuration import checked
from sim.scenario.errors import PlannerError

GONE = object()
"""In place of a value: the key is taken away."""

Changes = Mapping[str, Any]

ADULT_POOL: dict[str, Any] = {
    "label": {"da": "Pulje", "en": "Pool"},
    "administration": "adults",
    "caseworkers": 2,
    "allocation": "pooled",
}
ADULTHOOD: dict[str, Any] = {
    "administrations.adults": {"label": {"da": "Voksen", "en": "Adults"}},
    "teams.adult_team": {
        "label": {"da": "Voksenteam", "en": "Adult team"},
        "administration": "adults",
        "caseworkers": 2,
    },
    "teams.pool": ADULT_POOL,
    "services.home_support": {
        "label": {"da": "Bostøtte", "en": "Home support"},
        "category": "adult",
        "years": 2,
        "suppliers": {"own": {"kind": "internal"}},
    },
    "costs.accounts": {account: {"da": account, "en": account} for account in ("5.28.21", "5.38.38", "6.45.58")},
    "costs.services.home_support": {"own": {"dkk_per_day": 300, "account": "5.38.38"}},
    "offers.adult": {"everybody": {"split": {"home_support": 1}}},
    "profiles.complex": {"label": {"da": "Kompleks", "en": "Complex"}},
    "tracks.adult": {
        "label": {"da": "Voksen", "en": "Adult"},
        "administration": "adults",
        "side": "adult",
        "first": "assess",
        "steps": {
            "assess": {"kind": "work", "team": "adult_team", "hours": 5, "next": "decide"},
            "decide": {
                "kind": "decision",
                "split": {"granted": 1},
                "offers": "adult",
                "granted": "served",
                "partly": "served",
                "refused": "over",
            },
            "served": {
                "kind": "service",
                "from_birthday": True,
                "next": "over",
                "follow_up": {"team": "own", "hours": 2, "first_days": 90, "every_days": 365},
            },
            "plan": {"kind": "meeting", "teams": ["advisers", "adult_team"], "hours": 1, "next": "decide"},
            "over": {"kind": "end"},
        },
    },
    "planning": {"track": "adult", "entry": "plan", "start_age": 16.5, "categories": ["supportive"]},
    "birthday": {
        "age": 18,
        "needs_support": 0.5,
        "application": "adult.assess",
        "meanwhile": {"bridging": 0.5, "self_pay": 0.2, "nothing": "rest"},
        "bridging_max_days": 180,
    },
}
"""A second administration to grow up into: everything that one_team does not have."""


@cache
def one_team() -> dict[str, Any]:
    """Return the smallest municipality as composed plain data: to be changed in copies only."""
    return Composer().configuration(["municipality=one_team"]).composed


def each_wrong(cases: Sequence[tuple[str, Any, tuple[str, ...]]]) -> pytest.MarkDecorator:
    """Let a test see each case (its name, what is changed, what the complaint says) as ``changes`` and ``parts``."""
    return pytest.mark.parametrize(("changes", "parts"), [case[1:] for case in cases], ids=[case[0] for case in cases])


def each_right(cases: Sequence[tuple[str, Any]]) -> pytest.MarkDecorator:
    """Let a test see each case (its name, what is changed) as ``changes``."""
    return pytest.mark.parametrize("changes", [case[1] for case in cases], ids=[case[0] for case in cases])


def assert_complains(composed: Mapping[str, Any], parts: Sequence[str], *changes: Changes) -> None:
    """Assert that the changes are refused, and that the complaint says each of the parts."""
    message = complaint(composed, *changes)
    for part in parts:
        assert part in message


def assert_right(composed: Mapping[str, Any], *changes: Changes) -> None:
    """Assert that the changes are let through."""
    assert check(checked(changed(composed, *changes), {}).scenario) == []


def changed(composed: Mapping[str, Any], *changes: Changes) -> dict[str, Any]:
    result = copy.deepcopy(dict(composed))
    for group in changes:
        for path, value in group.items():
            *above, last = path.split(".")
            node = result
            for key in above:
                node = node.setdefault(key, {})
            if value is GONE:
                del node[last]
            else:
                node[last] = copy.deepcopy(value)
    return result


def complaint(composed: Mapping[str, Any], *changes: Changes) -> str:
    with pytest.raises(PlannerError) as caught:
        checked(changed(composed, *changes), {"scenario": "baseline"})
    return str(caught.value)
