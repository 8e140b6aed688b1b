"""What a planner can get wrong about waiting: each test gives the smallest municipality a section that is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from scenarios_to_break import ADULTHOOD, Changes, assert_complains, assert_right, each_right, each_wrong, one_team

pytestmark = pytest.mark.unit

SELF_PAY = {"share": 0.1, "after_days": 60, "decision": "support.decide"}
RISING = {"clock": "decision", "level_rises_per_month": 0.1}
SHELTER = {
    "tracks.support.steps.shelter": {"kind": "service", "service": "family_support", "next": "closed"},
}
BY_OWN = {"tracks.support.steps.urgent": {"kind": "work", "team": "own", "hours": 1, "next": "closed"}}
ADULT_WAITS = {"tracks.adult.steps.assess.starts": ["decision"], "tracks.adult.steps.decide.stops": ["decision"]}


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    return one_team()


def waits(**settings: Any) -> dict[str, Any]:
    return {"waiting": {"hard": {"clock": "decision", **settings}}}


def acute(to: str, **settings: Any) -> dict[str, Any]:
    return waits(level_rises_per_month=0.1, acute={"share": 0.2, "to": to, **settings})


WRONG: list[tuple[str, tuple[Changes, ...], tuple[str, ...]]] = [
    ("clock", (waits(clock="decison"),), ("waiting.hard.clock", "'decison'", "did you mean 'decision'")),
    (
        "clock that no step starts",
        (waits(clock="followup_3m"),),
        ("waiting.hard.clock: no step starts the clock 'followup_3m'", "nobody would ever wait", "assessment_4m"),
    ),
    (
        "until a clock that no step stops",
        ({"tracks.support.steps.decide.stops": []}, waits(until="clock")),
        ("waiting.hard.until: 'clock' is not possible", "no step stops the clock 'decision'", "'support'", "service"),
    ),
    ("until something else", (waits(until="offer"),), ("waiting.hard.until", "offer")),
    (
        "emergency step without its track",
        (SHELTER, acute("shelter")),
        ("waiting.hard.acute.to: 'shelter' must be named with its track", "did you mean 'support.shelter'?"),
    ),
    (
        "misspelt emergency step",
        (SHELTER, acute("support.sheltr")),
        ("waiting.hard.acute.to: there is no step for emergencies 'support.sheltr'", "did you mean 'support.shelter'"),
    ),
    (
        "emergency step of an appeal",
        (acute("appeal.complaint"),),
        ("waiting.hard.acute.to: 'appeal.complaint' is a step of kind 'delay' on the side 'appeal'", "support.decide"),
    ),
    (
        "emergency step of the other side",
        (ADULTHOOD, ADULT_WAITS, SHELTER, acute("support.shelter")),
        ("waiting.hard.acute.to: 'support.shelter' is on the side 'child'", "side 'adult' wait in the track 'adult'",
         "by track, with 0 for 'adult'"),
    ),
    (
        "emergency in an appeal of the other side",
        (ADULTHOOD, {"tracks.adult.steps.decide": {
            "kind": "decision", "split": {"granted": 0.5, "refused": "rest"}, "offers": "adult", "granted": "served",
            "partly": "served", "refused": "over", "appeal": "appeal", "changed": "served", "remitted": "assess"}},
         SHELTER, acute("support.shelter"), {"waiting.hard.clock": "appeal"}),
        ("waiting.hard.acute.to: 'support.shelter' is on the side 'child'", "track 'appeal'"),
    ),
    (
        "emergency step that wants the case's own team",
        ({"waiting.hard": {"clock": "assessment_4m"}}, BY_OWN, acute("support.urgent")),
        ("tracks.support.steps.urgent.team", "'own'", "before any named team has had it"),
    ),
    (
        "emergency step that wants what was granted",
        (acute("support.supported"),),
        ("tracks.support.steps.supported.service", "'granted'", "before any decision has"),
    ),
    (
        "decision without its track",
        (waits(self_pay={**SELF_PAY, "decision": "decide"}),),
        ("waiting.hard.self_pay.decision: 'decide' must be named with its track", "did you mean 'support.decide'?"),
    ),
    (
        "misspelt decision",
        (waits(self_pay={**SELF_PAY, "decision": "support.decid"}),),
        ("waiting.hard.self_pay.decision", "'support.decid'", "did you mean 'support.decide'"),
    ),
    (
        "decision that is none",
        (waits(self_pay={**SELF_PAY, "decision": "support.report"}),),
        ("waiting.hard.self_pay.decision: 'support.report' is a step of kind 'work'", "support.decide"),
    ),
    (
        "no decision to buy by",
        (waits(self_pay={"share": 0.1, "after_days": 60}),),
        ("waiting.hard.self_pay.decision: is missing", "'decision' is started in the track 'support'"),
    ),
    (
        "decision of the other side",
        (ADULTHOOD, ADULT_WAITS, waits(self_pay=SELF_PAY)),
        ("waiting.hard.self_pay.decision: 'support.decide' is on the side 'child'", "track 'adult'"),
    ),
    (
        "outcome that never comes",
        (waits(clock="appeal", self_pay={**SELF_PAY, "reimbursed": ["chanegd"]}),),
        ("waiting.hard.self_pay.reimbursed", "'chanegd'", "did you mean 'changed'"),
    ),
    (
        "outcome of another clock",
        (waits(self_pay={**SELF_PAY, "reimbursed": ["changed"]}),),
        ("waiting.hard.self_pay.reimbursed", "outcome with which the clock 'decision' ends 'changed'", "granted"),
    ),
    (
        "rate that leaves levels out",
        (waits(level_rises_per_month={"by": "level", "values": {"1": 0.1}}),),
        ("waiting.hard.level_rises_per_month.values", "'2', '3', '4'"),
    ),
    (
        "rate by a service that nobody has yet",
        (waits(withdraws_per_month={"by": "service", "values": {"family_support": 0.1}}),),
        ("waiting.hard.withdraws_per_month.values", "'none'"),
    ),
    (
        "offers that leave out a level that a need can rise to",
        ({"arrivals.applications.levels": {"1": 1}, "initial_caseload": {},
          "offers.support.everybody.levels": [1, 2, 3]}, {"waiting": {"hard": RISING}}),
        ("offers.support", "general at level 4", "support.decide"),
    ),
    ("negative rate", (waits(level_rises_per_month=-1),), ("waiting.hard.level_rises_per_month",)),
    ("share above 1", (acute("support.supported", share=1.5),), ("waiting.hard.acute.share",)),
]  # fmt: skip


@each_wrong(WRONG)
def test_what_is_wrong_is_said(composed: dict[str, Any], changes: tuple[Changes, ...], parts: tuple[str, ...]) -> None:
    assert_complains(composed, parts, *changes)


RIGHT: list[tuple[str, tuple[Changes, ...]]] = [
    ("everything", (SHELTER, acute("support.shelter"), {"waiting.hard.withdraws_per_month": 0.1},
                    {"waiting.hard.self_pay": {**SELF_PAY, "reimbursed": ["granted"]}})),
    ("an appeal", (waits(clock="appeal", until="clock",
                         self_pay={"share": 0.1, "after_days": 60, "reimbursed": ["changed"]}),)),
    (
        "an emergency on one side only",
        (ADULTHOOD, ADULT_WAITS, SHELTER,
         acute("support.shelter", share={"by": "track", "values": {"support": 0.1, "other": 0}})),
    ),
    (
        "an emergency step that only emergencies lead to may want the team that has the case by then",
        (BY_OWN, {"tracks.support.steps.statements.starts": ["board"], "tracks.support.steps.report.stops": ["board"]},
         acute("support.urgent"), {"waiting.hard.clock": "board", "waiting.hard.until": "clock"}),
    ),
    (
        "levels to which nobody's need can rise",
        ({"arrivals.applications.levels": {"1": 1}, "initial_caseload": {},
          "offers.support.everybody.levels": [1, 2]},
         waits(level_rises_per_month={"by": "level", "values": {"1": 0.1, "other": 0}})),
    ),
]  # fmt: skip


@each_right(RIGHT)
def test_what_fits_together_is_let_through(composed: dict[str, Any], changes: tuple[Changes, ...]) -> None:
    assert_right(composed, *changes)
