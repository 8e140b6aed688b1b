"""Meetings that need a caseworker of each of several teams at the same time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from journal_invariants import check_all
from small_maps import in_order, rows, small_map

from sim.journal import Journal
from sim.model import simulate

pytestmark = pytest.mark.verification


def meetings(journal: Journal, track: str) -> dict[str, list[tuple[float, float]]]:
    """Return start and end of each team's presence, in the order of the cases."""
    times = {}
    for team in ("young", "old", "health"):
        present = in_order(rows(journal, "activities", resource=team, step=f"{track}.meeting"), "case")
        times[team] = list(zip(present["started"].tolist(), present["finished"].tolist(), strict=True))
    return times


def test_a_meeting_begins_when_the_last_one_comes() -> None:
    """One caseworker in each team; old has work of 36 hours from 0 to 1.5; a meeting is called at 0.25.

    Young is free and held from 0.25; old comes at 1.5; the meeting takes 12 hours and ends at 2 for both. Then the
    case's work with young takes 6 hours: 2 to 2.25.
    """
    changes: dict[str, Any] = {
        "teams.young.caseworkers": 1,
        "teams.old.caseworkers": 1,
        "arrivals.there.at_days": [0.25],
        "arrivals.back.at_days": [0.0],
        "tracks.back.first": "work",
        "tracks.back.steps.meeting": None,
        "tracks.back.steps.work.hours": 36,
    }
    journal = simulate(small_map("meetings", changes))
    assert meetings(journal, "there") == {"young": [(0.25, 2.0)], "old": [(1.5, 2.0)], "health": []}
    work = rows(journal, "activities", step="there.work")
    assert (work["started"].tolist(), work["finished"].tolist()) == ([2.0], [2.25])


def test_notice_is_given_before_a_meeting() -> None:
    """Ten days' notice: nobody is held before day 10."""
    changes = {"tracks.there.steps.meeting.lead_days": 10, "arrivals.back.at_days": []}
    times = meetings(simulate(small_map("meetings", changes)), "there")
    assert times["young"] == times["old"] == [(10.0, 10.5)]


def test_all_participants_are_there_at_the_same_time_and_leave_together() -> None:
    """Under load: whoever is there first waits; the last one's coming and the end are 12 hours apart."""
    arrivals = np.linspace(0, 60, 100).tolist()
    changes = {"arrivals.there.at_days": arrivals, "arrivals.back.at_days": arrivals}
    journal = simulate(small_map("meetings", changes))
    for track, teams in (("there", ("young", "old")), ("back", ("old", "health", "young"))):
        times = meetings(journal, track)
        for present in zip(*(times[team] for team in teams), strict=True):
            ends = {round(end, 9) for _, end in present}
            assert len(ends) == 1, "they do not leave together"
            assert ends.pop() - max(start for start, _ in present) == pytest.approx(0.5)


@pytest.mark.parametrize("caseworkers", [1, 3])
@pytest.mark.parametrize("allocation", ["pooled", "named"])
@pytest.mark.parametrize("calendar", ["always", "office"])
def test_many_meetings_never_block_each_other(allocation: str, calendar: str, caseworkers: int) -> None:
    """All at once, half of them naming the teams the other way round, with a third team: every meeting is held.

    If each held its first caseworker and waited for the other's, all would wait for ever. The invariants hold too.
    """
    number = 40
    changes: dict[str, Any] = {
        "arrivals.there.at_days": [0.0] * number,
        "arrivals.back.at_days": [0.0] * number,
        "horizon.years": 2,
    }
    for team in ("young", "old"):
        changes[f"teams.{team}.allocation"] = allocation
        changes[f"teams.{team}.caseworkers"] = caseworkers
        changes[f"teams.{team}.calendar"] = calendar
    scenario = small_map("meetings", changes)
    journal = simulate(scenario)
    assert len(journal.cases["case"]) == 2 * number
    assert not np.isnan(journal.cases["left"]).any(), "somebody still waits"
    assert not np.isnan(journal.activities["finished"]).any()
    check_all(journal, scenario)


def test_many_meetings_at_random_never_block_each_other() -> None:
    """Poisson arrivals at 80 % load of the only member of the third team: queues come and go, all are served."""
    changes = {
        "arrivals.there.at_days": None,
        "arrivals.there.per_year": 300,
        "arrivals.back.at_days": None,
        "arrivals.back.per_year": 300,
        "teams.young.caseworkers": 3,
        "teams.old.caseworkers": 3,
        "tracks.there.steps.meeting.hours": {"distribution": "exponential", "mean": 8},
        "tracks.back.steps.meeting.hours": {"distribution": "exponential", "mean": 8},
        "horizon.years": 3,
    }
    scenario = small_map("meetings", changes)
    journal = simulate(scenario)
    open_at_end = np.isnan(journal.cases["left"])
    assert len(open_at_end) > 1500
    assert open_at_end.sum() < 40
    assert (journal.cases["entered"][open_at_end] > journal.horizon - 60).all(), "somebody is stuck"
    check_all(journal, scenario)


ILL: dict[str, Any] = {
    "caseworking.absences": {"sick": {"per_year": 15, "days": {"distribution": "exponential", "mean": 5}}},
    "caseworking.turnover": {"resignations_per_year": 1, "vacancy_days": 10},
    "caseworking.duty_priority": 1,
}


@pytest.mark.parametrize("interrupted", ["finish", "hand_over"])
@pytest.mark.parametrize("allocation", ["pooled", "named"])
@pytest.mark.parametrize("caseworkers", [1, 2, 5])
def test_meetings_are_held_although_people_fall_ill_and_leave(
    allocation: str, interrupted: str, caseworkers: int
) -> None:
    """Hundreds of meetings of three teams, called in all orders, more than there is time for at first: all are held."""
    number = 120
    changes: dict[str, Any] = ILL | {
        "caseworking.interrupted": interrupted,
        "arrivals.there.at_days": np.linspace(0, 60, number).tolist(),
        "arrivals.back.at_days": np.linspace(0, 60, number).tolist(),
        "horizon.years": 5,
    }
    for team in ("young", "old", "health"):
        changes[f"teams.{team}.allocation"] = allocation
        changes[f"teams.{team}.caseworkers"] = caseworkers
    changes["teams.old.calendar"] = "office"
    scenario = small_map("meetings", changes)
    journal = simulate(scenario)
    assert len(journal.cases["case"]) == 2 * number
    assert not np.isnan(journal.cases["left"]).any(), "somebody still waits"
    assert not np.isnan(journal.activities["finished"]).any()
    assert (journal.staff["kind"] == journal.names["staff.kind"].index("absent")).sum() > 20
    check_all(journal, scenario)
    # Everybody who sits in a meeting at its end is there at the same time, one for each team.
    for track, teams in (("there", 2), ("back", 3)):
        step = journal.names["step"].index(f"{track}.meeting")
        a = journal.activities
        mine = a["step"] == step
        for case in np.unique(a["case"][mine]):
            finished = a["finished"][mine & (a["case"] == case)]
            last = np.abs(finished - finished.max()) < 1e-9
            assert last.sum() == teams


def test_who_comes_first_waits_only_for_what_the_others_have_begun() -> None:
    """A backlog of weeks grows in one team, in pieces of eight hours; nobody waits longer than that for it to come."""
    changes: dict[str, Any] = {
        "teams.young.caseworkers": 1,
        "teams.old.caseworkers": 1,
        "arrivals.there.at_days": np.arange(0.1, 300, 5).tolist(),
        "arrivals.back.at_days": np.linspace(0, 300, 1200).tolist(),
        "tracks.back.first": "work",
        "tracks.back.steps.meeting": None,
        "tracks.back.steps.work.hours": 8,
        "horizon.years": 1,
    }
    journal = simulate(small_map("meetings", changes))
    times = meetings(journal, "there")
    assert len(times["young"]) == 60
    apart = [abs(first[0] - second[0]) for first, second in zip(times["young"], times["old"], strict=True)]
    assert max(apart) <= 8 / 24 + 1e-9
    assert max(apart) > 0.1
    waits = rows(journal, "activities", step="back.work")
    assert np.nanmax(waits["started"] - waits["requested"]) > 14
