"""Rates while waiting: known shares after a known time, and longer waits that never do any good to a need."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from small_maps import rows

from sim.journal import Journal
from sim.model import simulate
from sim.scenario.configuration import checked

pytestmark = pytest.mark.verification

PERSONS = 4000
MONTH_DAYS = 365.25 / 12
BOUND = 3.29
"""Standard deviations on either side that 99.9 % of a normal distribution fall within."""


def _label(name: str) -> dict[str, str]:
    return {"da": name, "en": name}


def waiting_for(days: float, levels: dict[str, float] | None = None, **section: Any) -> Journal:
    """Simulate many persons who wait for so many days, and then have a service."""
    data = {
        "about": {"name": "waiting", "label": _label("w"), "summary": _label("w"), "why": "to know the answer"},
        "municipality": {"label": _label("w"), "population": {}},
        "horizon": {"start": "2024-01-01", "run_in_years": 0, "years": 1.5},
        "calendars": {"office": {}},
        "administrations": {"one": {"label": _label("one")}},
        "teams": {"team": {"label": _label("t"), "administration": "one", "caseworkers": 1, "allocation": "pooled"}},
        "caseworking": {"change_hours": 0, "completeness": {"change_loss": 0}},
        "profiles": {"general": {"label": _label("g")}},
        "services": {
            "help": {
                "label": _label("h"), "category": "supportive", "years": 2, "suppliers": {"own": {"kind": "internal"}},
            }
        },
        "clocks": {"waited": {}},
        "arrivals": {
            "people": {
                "label": _label("p"), "track": "main", "at_days": [0.0] * PERSONS, "profiles": {"general": 1},
                "ages": [{"from_age": 5, "to_age": 10, "weight": 1}], "levels": levels or {"2": 1},
            }
        },
        "tracks": {
            "main": {
                "label": _label("m"), "administration": "one", "first": "waiting",
                "steps": {
                    "waiting": {"kind": "delay", "days": days, "starts": ["waited"], "next": "help"},
                    "shelter": {"kind": "delay", "days": 400, "next": "end"},
                    "help": {"kind": "service", "service": "help", "next": "end"},
                    "end": {"kind": "end"},
                },
            }
        },
        "waiting": {"hard": {"clock": "waited", "acute": {"share": 0, "to": "main.shelter"}, **section}},
        "experiment": {"replications": 1, "seed": 11},
        "compute": {"n_jobs": 1},
        "report": {"language": "da"},
    }  # fmt: skip
    return simulate(checked(data, {}).scenario)


def within(found: int, share: float) -> bool:
    return abs(found - PERSONS * share) <= BOUND * math.sqrt(PERSONS * share * (1 - share))


@pytest.mark.parametrize(("rate", "days"), [(0.05, 120), (0.3, 60), (1.0, 45)])
def test_the_share_whose_need_has_risen(rate: float, days: float) -> None:
    """After T days: 1 - exp(-rate T). Once means to level 3; twice to level 4 by a Poisson process."""
    spells = rows(waiting_for(days, level_rises_per_month=rate), "spells")
    expected = rate * days / MONTH_DAYS
    levels = spells["level"]
    assert len(levels) == PERSONS
    assert within(int((levels >= 3).sum()), 1 - math.exp(-expected))
    assert within(int((levels == 4).sum()), 1 - math.exp(-expected) * (1 + expected))


def test_the_share_of_families_who_give_up() -> None:
    journal = waiting_for(90, withdraws_per_month=0.2)
    given_up = len(rows(journal, "events", kind="withdrawn_waiting")["time"])
    assert within(given_up, 1 - math.exp(-0.2 * 90 / MONTH_DAYS))
    assert len(rows(journal, "spells")["start"]) == PERSONS - given_up


def test_the_share_of_rises_that_are_emergencies() -> None:
    """Of those whose need rises before day 60, and does not rise again (level 4 at once)."""
    journal = waiting_for(
        60, {"3": 1}, level_rises_per_month={"by": "level", "values": {"3": 0.5, "other": 0}},
        acute={"share": {"by": "level", "values": {"4": 0.3, "other": 1}}, "to": "main.shelter"},
    )  # fmt: skip
    expected = (1 - math.exp(-0.5 * 60 / MONTH_DAYS)) * 0.3
    assert within(len(rows(journal, "events", kind="emergency")["time"]), expected)


def test_two_risks_that_compete() -> None:
    """Rises and withdrawals at equal rates: whoever comes first, half and half."""
    journal = waiting_for(500, {"3": 1}, level_rises_per_month=1, withdraws_per_month=1)
    risen = len(rows(journal, "events", kind="need_rises")["time"])
    assert within(risen, 0.5)


def test_longer_waits_never_lower_a_level() -> None:
    """Person by person: who has risen after 30 days has risen by then after 60, too, and at the same moment."""
    rate = {"by": "level", "values": {"1": 0.4, "2": 0.5, "3": 0.2, "other": 0}}
    mixed = {"1": 0.4, "2": 0.4, "3": "rest"}
    journals = [waiting_for(days, mixed, level_rises_per_month=rate) for days in (0, 15, 30, 60, 120)]
    levels = np.stack([rows(journal, "spells")["level"] for journal in journals])
    assert (np.diff(levels, axis=0) >= 0).all()
    assert (levels[-1] > levels[0]).any()
    rises = [
        set(zip(events["case"].tolist(), events["time"].tolist(), events["outcome"].tolist(), strict=True))
        for events in (rows(journal, "events", kind="need_rises") for journal in journals)
    ]
    names = [journal.names["events.outcome"] for journal in journals]
    told = [{(case, time, names[i][outcome]) for case, time, outcome in rises[i]} for i in range(len(rises))]
    assert all(shorter <= longer for shorter, longer in pairwise(told))
