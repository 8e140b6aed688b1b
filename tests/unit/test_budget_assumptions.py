"""Every figure is listed with its evidence, and who changes it."""

from __future__ import annotations

from typing import Any

import pytest

from sim.report.budget.assumptions import Assumption, assumptions, counts

pytestmark = pytest.mark.unit

REGISTER = {
    "teams.*.caseworkers": {
        "low": 0.5, "high": 2.0, "relative": True, "unit": "caseworkers",
        "kind": "derived", "source": "S", "year": 2023,
    },
    "teams.b.caseworkers": {
        "low": 3, "high": 9, "unit": "caseworkers", "kind": "assumption", "source": "guess", "year": 2024,
    },
    "days.months": {"low": 1, "high": 9, "unit": "days", "kind": "law", "source": "§ 1", "year": 2024},
}  # fmt: skip


def configuration(a: int, **more: Any) -> dict[str, Any]:
    return {
        "choices": {"municipality": "odense"},
        "experiment": {"replications": 10},
        "evidence": REGISTER,
        "teams": {"a": {"caseworkers": a}, "b": {"caseworkers": 6, "closed": True}},
        "days": {"months": [1, 2, 3]},
        **more,
    }


def listed(overrides: tuple[str, ...] = ()) -> dict[str, Assumption]:
    points = {"base": configuration(4), "new": configuration(7, extra={"days": 5})}
    return {one.path: one for one in assumptions(points, "base", overrides)}


def test_every_claim_is_listed_once_with_the_most_specific_evidence() -> None:
    found = listed()
    assert list(found) == ["teams.a.caseworkers", "teams.b.caseworkers", "days.months", "extra.days"]
    assert found["teams.a.caseworkers"].bounds == (2.0, 8.0)
    assert found["teams.b.caseworkers"].bounds == (3, 9)
    assert found["days.months"].value == (1, 2, 3)


def test_what_a_scenario_changes_is_told_with_its_value() -> None:
    found = listed()
    assert found["teams.a.caseworkers"].changed == {"new": (7,)}
    assert found["teams.b.caseworkers"].changed == {}
    assert found["extra.days"].value == ()
    assert found["extra.days"].changed == {"new": (5,)}


def test_what_is_unverified_is_marked_and_counted() -> None:
    found = listed()
    assert [path for path, one in found.items() if one.unverified] == ["teams.b.caseworkers", "extra.days"]
    assert counts(list(found.values())) == {
        "law": 1, "published": 0, "derived": 1, "local": 0, "assumption": 1, "": 1,
    }  # fmt: skip


def test_a_value_of_the_command_line_is_marked() -> None:
    found = listed(("+teams.a.caseworkers=4", "days=x"))
    assert [path for path, one in found.items() if one.given] == ["teams.a.caseworkers", "days.months"]
