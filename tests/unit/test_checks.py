"""What the parts of a scenario say about each other: each test breaks one thing in a scenario that is right."""

from __future__ import annotations

from typing import Any

import pytest
from scenarios_to_break import (
    ADULT_POOL,
    GONE,
    Changes,
    assert_complains,
    assert_right,
    changed,
    each_right,
    each_wrong,
    one_team,
)

from sim.scenario.configuration import checked
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit

STEPS = "tracks.support.steps"


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    return one_team()


def test_the_smallest_municipality_is_right(composed: dict[str, Any]) -> None:
    assert_right(composed)


WHOSE = "tracks.support.steps.whose"
ASKING: dict[str, Any] = {
    "administrations.adults": {"label": {"da": "Voksen", "en": "Adults"}},
    "tracks.support.first": "whose",
    WHOSE: {
        "kind": "responsibility",
        "theirs": {"department": 0.5, "adults": "rest"},
        "misrouted": 0.1,
        "round_days": 10,
        "max_rounds": 3,
        "to": {"department": "assessment", "adults": "assessment"},
        "push": {"per_million_dkk": 0.1, "offers": {"adults": "support"}},
    },
}
"""Two administrations that ask each other before anything else happens."""

RESPONSIBILITY_CASES: list[tuple[str, Changes, tuple[str, ...]]] = [
    (
        "whose the case is",
        {**ASKING, f"{WHOSE}.theirs": {"department": 0.5, "adult": "rest"}},
        (f"{WHOSE}.theirs.adult: there is no administration 'adult'", "did you mean 'adults'"),
    ),
    (
        "whose the case is, by an attribute",
        {**ASKING, f"{WHOSE}.theirs": {"by": "level", "values": {"4": {"departmnt": 1}, "other": {"adults": 1}}}},
        (f"{WHOSE}.theirs.values.4.departmnt", "did you mean 'department'"),
    ),
    (
        "who takes the case",
        {**ASKING, f"{WHOSE}.to.adlts": "assessment"},
        (f"{WHOSE}.to.adlts: there is no administration 'adlts'", "did you mean 'adults'"),
    ),
    (
        "where the case goes",
        {**ASKING, f"{WHOSE}.to.adults": "asessment"},
        (f"{WHOSE}.to.adults", "'asessment'", "did you mean 'assessment'"),
    ),
    (
        "whose it can be without a way on",
        {**ASKING, f"{WHOSE}.to": {"department": "assessment"}, f"{WHOSE}.misrouted": 0, f"{WHOSE}.push": GONE},
        (f"{WHOSE}.to.adults: is missing", "'theirs.adults'", "given: department"),
    ),
    (
        "who expects costs",
        {**ASKING, f"{WHOSE}.push.offers": {"adutls": "support"}},
        (f"{WHOSE}.push.offers.adutls: there is no administration 'adutls'", "did you mean 'adults'"),
    ),
    (
        "who expects costs and is never asked",
        {
            **ASKING,
            "administrations.sport": {"label": {"da": "x", "en": "x"}},
            f"{WHOSE}.push.offers.sport": "support",
        },
        (f"{WHOSE}.push.offers.sport: 'sport' is never asked", f"{WHOSE}.to"),
    ),
    (
        "table of expected offers",
        {**ASKING, f"{WHOSE}.push.offers.adults": "suport"},
        (f"{WHOSE}.push.offers.adults: there is no table of offers 'suport'", "did you mean 'support'"),
    ),
    (
        "expected offers that leave levels out",
        {
            **ASKING,
            "offers.heavy": {"all": {"levels": [3, 4], "split": {"family_support": 1}}},
            f"{WHOSE}.push.offers.adults": "heavy",
        },
        (f"{WHOSE}.push.offers.adults: the table 'heavy' offers nothing to general at level 1, general at level 2,",),
    ),
    (
        "expected offers that leave the young out",
        {
            **ASKING,
            "offers.grown": {"all": {"from_age": 18, "split": {"family_support": 1}}},
            f"{WHOSE}.push.offers.adults": "grown",
        },
        (f"{WHOSE}.push.offers.adults: the table 'grown' offers nothing to general at level 1",),
    ),
    *[
        (
            f"nobody else to ask: {key}",
            {
                **ASKING,
                f"{WHOSE}.theirs": {"adults": 1},
                f"{WHOSE}.to": {"adults": "assessment"},
                f"{WHOSE}.misrouted": 0,
                f"{WHOSE}.push": GONE,
                **change,
            },
            (f"{WHOSE}.to: names adults, so there is nobody else", "at least two"),
        )
        for key, change in {
            "misrouted": {f"{WHOSE}.misrouted": {"by": "level", "values": {"4": 0.1, "other": 0}}},
            "doubt": {f"{WHOSE}.doubt": 0.1},
            "push": {f"{WHOSE}.push": {"per_million_dkk": 1, "offers": {}}},
        }.items()
    ],
    ("misspelt key", {**ASKING, f"{WHOSE}.misroutd": 0.2}, (f"{WHOSE}.misroutd", "did you mean 'misrouted'")),
    (
        "misspelt key of the push",
        {**ASKING, f"{WHOSE}.push.per_milion_dkk": 0.2},
        (f"{WHOSE}.push.per_milion_dkk", "did you mean 'per_million_dkk'"),
    ),
    (
        "a way that only one who takes what is not theirs can take, and that needs a service",
        {
            **ASKING,
            f"{WHOSE}.theirs": {"department": 1},
            f"{WHOSE}.accepts_others": 0.1,
            f"{WHOSE}.to.adults": "supported",
        },
        (f"{STEPS}.supported.service", "before any decision"),
    ),
]

CASES: list[tuple[str, Changes, tuple[str, ...]]] = [
    # staff
    (
        "administration of a team",
        {"teams.advisers.administration": "departement"},
        ("teams.advisers.administration: there is no administration 'departement'", "did you mean 'department'"),
    ),
    ("calendar of a team", {"teams.advisers.calendar": "offise"}, ("teams.advisers.calendar", "'offise'", "'office'")),
    (
        "administration that is called like a payer outside the municipality",
        {
            "administrations.state": {"label": {"da": "x", "en": "x"}},
        },
        ("administrations.state", "'state'", "another name"),
    ),
    (
        "administration of a panel",
        {"panels.board.administration": "departmnt"},
        ("panels.board.administration", "'departmnt'", "did you mean 'department'"),
    ),
    (
        "panel on a day off",
        {"panels.board.weekday": "sunday"},
        ("panels.board.weekday: 'sunday' is not a working day", "monday"),
    ),
    ("no office", {"calendars": {"home": {}}, "teams.advisers.calendar": "home"}, ("calendars.office", "panels.board")),
    ("team called own", {"teams.own": ADULT_POOL}, ("teams.own", "stands for")),
    # services, offers, prices
    ("fits", {"services.family_support.fits": ["genral"]}, ("services.family_support.fits", "did you mean 'general'")),
    (
        "profile of an offer",
        {"offers.support.everybody.profiles": ["generel"]},
        ("offers.support.everybody.profiles", "'generel'", "did you mean 'general'"),
    ),
    (
        "service of an offer",
        {"offers.support.everybody.split": {"family_suport": 1}},
        ("offers.support.everybody.split", "'family_suport'", "did you mean 'family_support'"),
    ),
    (
        "offer that leaves levels out",
        {"offers.support.everybody.levels": [2, 3]},
        ("offers.support", "general at level 1", "support.decide"),
    ),
    (
        "missing price",
        {"costs.services.family_support": {}},
        ("costs.services.family_support.own", "a price is missing", "free"),
    ),
    (
        "price of an unknown supplier",
        {"costs.services.family_support.onw": {"dkk_per_day": 1, "account": "5.28.21"}},
        ("costs.services.family_support.onw", "did you mean 'own'"),
    ),
    (
        "price of an unknown service",
        {"costs.services.family_suport": {}},
        ("costs.services.family_suport", "did you mean 'family_support'"),
    ),
    (
        "cost of an unknown team",
        {"costs.teams": {"adviser": {"dkk_per_year": 1, "overhead": 0, "account": "6.45.58"}}},
        ("costs.teams.adviser", "did you mean 'advisers'"),
    ),
    (
        "payer",
        {"costs.appeals_board.payer": "stat"},
        ("costs.appeals_board.payer", "'stat'", "did you mean 'state'", "department"),
    ),
    # persons
    ("track of a source", {"arrivals.applications.track": "suport"}, ("arrivals.applications.track", "'support'")),
    (
        "track of a source that is an appeal",
        {"arrivals.applications.track": "appeal"},
        ("arrivals.applications.track: 'appeal' is an appeal track", "support"),
    ),
    (
        "entry of a source",
        {"arrivals.applications.entry": "asessment"},
        ("arrivals.applications.entry", "'asessment'", "did you mean 'assessment'"),
    ),
    (
        "calendar of a source",
        {"arrivals.applications.calendar": "ofice"},
        ("arrivals.applications.calendar", "'office'"),
    ),
    (
        "profile of a source",
        {"arrivals.applications.profiles": {"generl": 1}},
        ("arrivals.applications.profiles.generl", "did you mean 'general'"),
    ),
    (
        "level of a source",
        {"arrivals.applications.levels": {"1": 0.5, "5": 0.5}},
        ("arrivals.applications.levels.5", "1, 2, 3, 4"),
    ),
    (
        "levels by something else",
        {"arrivals.applications.levels": {"by": "source", "values": {"other": {"1": 1}}}},
        ("arrivals.applications.levels.by: 'source'", "by profile"),
    ),
    (
        "arrivals without a pause",
        {"arrivals.applications.per_year": GONE, "arrivals.applications.every_days": 0},
        ("arrivals.applications.every_days", "more than 0"),
    ),
    (
        "step of a stock",
        {"initial_caseload.supported.step": "suported"},
        ("initial_caseload.supported.step", "'suported'", "did you mean 'supported'"),
    ),
    (
        "step of a stock that is no service",
        {"initial_caseload.supported.step": "report"},
        ("initial_caseload.supported.step: 'report' is a step of kind 'work'", "supported"),
    ),
    (
        "service of a stock",
        {"initial_caseload.supported.service": "family_suport"},
        ("initial_caseload.supported.service", "did you mean 'family_support'"),
    ),
    (
        "service of a stock on the other side of the law",
        {"services.family_support.category": "adult"},
        ("initial_caseload.supported.service", "'adult'", "supportive"),
    ),
    (
        "team of a stock",
        {"initial_caseload.supported.team": "advisors"},
        ("initial_caseload.supported.team", "'advisors'", "did you mean 'advisers'"),
    ),
    # time
    ("start", {"horizon.start": "1950-01-01"}, ("horizon.start: 1950-01-01", "1990-2100")),
    ("length", {"horizon.years": 100}, ("horizon.years", "100.5", "at most 100")),
    ("first age band", {"age_bands": {"child": 1, "adult": 18}}, ("age_bands.child", "age 0")),
    ("age bands", {"age_bands": {"child": 0, "adult": 18, "young": 15}}, ("age_bands.young: 15", "'adult'")),
    # the map
    ("first step", {"tracks.support.first": "asessment"}, ("tracks.support.first", "did you mean 'assessment'")),
    ("administration of a track", {"tracks.support.administration": "x"}, ("tracks.support.administration", "'x'")),
    (
        "successor",
        {f"{STEPS}.report.next": "meting"},
        (f"{STEPS}.report.next", "no step in track 'support' 'meting'", "did you mean 'meeting'"),
    ),
    (
        "successor in an unknown track",
        {f"{STEPS}.report.next": "appeals.appealed"},
        (f"{STEPS}.report.next", "no track 'appeals'", "did you mean 'appeal'"),
    ),
    (
        "outcome of a choice",
        {"tracks.appeal.steps.appealed.split": {"complain": 0.3, "accepted": "rest"}},
        ("tracks.appeal.steps.appealed.split.complain", "did you mean 'complaint'"),
    ),
    (
        "tilt",
        {"tracks.appeal.steps.ruling.tilt": {"reference": 0.8, "outcomes": {"upheldt": 1}}},
        ("tracks.appeal.steps.ruling.tilt.outcomes.upheldt", "did you mean 'upheld'"),
    ),
    ("team of a step", {f"{STEPS}.report.team": "adviser"}, (f"{STEPS}.report.team", "did you mean 'advisers'")),
    (
        "team by an attribute",
        {f"{STEPS}.report.team": {"by": "level", "values": {"1": "adviser", "other": "advisers"}}},
        (f"{STEPS}.report.team.values.1", "did you mean 'advisers'"),
    ),
    ("panel of a step", {f"{STEPS}.meeting.panel": "bord"}, (f"{STEPS}.meeting.panel", "did you mean 'board'")),
    ("clock that starts", {f"{STEPS}.report.starts": ["bord"]}, (f"{STEPS}.report.starts", "did you mean 'board'")),
    (
        "clock that stops",
        {f"{STEPS}.report.stops": ["asessment_4m"]},
        (f"{STEPS}.report.stops", "did you mean 'assessment_4m'"),
    ),
    (
        "clock that never runs",
        {"clocks.idle": {}, f"{STEPS}.report.stops": ["idle"]},
        (f"{STEPS}.report.stops", "'idle' is never started"),
    ),
    ("due", {f"{STEPS}.report.due": "assessment_4n"}, (f"{STEPS}.report.due", "did you mean 'assessment_4m'")),
    (
        "due without a deadline",
        {f"{STEPS}.report.due": "decision"},
        (f"{STEPS}.report.due", "'decision' has no deadline", "assessment_4m"),
    ),
    (
        "patience without a way out",
        {f"{STEPS}.report.patience_days": 30},
        (f"{STEPS}.report.gives_up_to", "is missing", "patience_days"),
    ),
    (
        "a way out without patience",
        {f"{STEPS}.report.gives_up_to": "closed"},
        (f"{STEPS}.report.patience_days", "is missing", "gives_up_to"),
    ),
    (
        "duty in a pooled team",
        {"teams.advisers.allocation": "pooled", f"{STEPS}.report.on_duty": True},
        (f"{STEPS}.report.team: 'advisers' is a pooled team", "on_duty"),
    ),
    (
        "own team before there is one",
        {f"{STEPS}.assessment.team": "own"},
        (f"{STEPS}.assessment.team: 'own'", "arrivals.applications", "advisers"),
    ),
    (
        "own team in a pooled municipality",
        {"teams.advisers.allocation": "pooled"},
        (f"{STEPS}.supported.follow_up.team: 'own'",),
    ),
    ("stock without a team", {"initial_caseload.supported.team": GONE}, ("initial_caseload.supported", "'own'")),
    (
        "granted service before a decision",
        {f"{STEPS}.meeting.next": "supported"},
        (f"{STEPS}.supported.service: 'granted'", "arrivals.applications"),
    ),
    ("service of a step", {f"{STEPS}.supported.service": "family"}, (f"{STEPS}.supported.service", "'family'")),
    (
        "follow-up",
        {f"{STEPS}.supported.follow_up.clock": "followup"},
        (f"{STEPS}.supported.follow_up.clock", "did you mean 'followup_3m'"),
    ),
    (
        "meeting with itself",
        {
            f"{STEPS}.statements": {
                "kind": "meeting",
                "teams": ["advisers", "advisers"],
                "hours": 1,
                "next": "report",
            }
        },
        (f"{STEPS}.statements.teams", "'advisers' is named 2 times"),
    ),
    (
        "outcome of a decision",
        {f"{STEPS}.decide.split": {"grantet": 0.7, "refused": "rest"}},
        (f"{STEPS}.decide.split.grantet", "did you mean 'granted'", "partly"),
    ),
    (
        "offers of a decision",
        {f"{STEPS}.decide.offers": "suport"},
        (f"{STEPS}.decide.offers", "did you mean 'support'"),
    ),
    ("appeal", {f"{STEPS}.decide.appeal": "apeal"}, (f"{STEPS}.decide.appeal", "did you mean 'appeal'")),
    (
        "appeal to an ordinary track",
        {f"{STEPS}.decide.appeal": "support"},
        (f"{STEPS}.decide.appeal: 'support' is a track of side 'child'", "appeal tracks: appeal"),
    ),
    ("changed", {f"{STEPS}.decide.changed": GONE}, (f"{STEPS}.decide.changed", "is missing", "'appeal'")),
    ("remitted", {f"{STEPS}.decide.remitted": GONE}, (f"{STEPS}.decide.remitted", "is missing", "'appeal'")),
    (
        "step that nothing leads to",
        {f"{STEPS}.archive": {"kind": "end"}},
        (f"{STEPS}.archive", "no case can ever come"),
    ),
    (
        "steps that go round for ever",
        {f"{STEPS}.report.next": "statements", f"{STEPS}.decide.remitted": "meeting"},
        ("tracks.support.steps.assessment", "can never leave", "'statements', 'report'"),
    ),
    (
        "an end of probability 0",
        {f"{STEPS}.again": {"kind": "choice", "split": {"closed": 0, "again": 1}}, f"{STEPS}.supported.next": "again"},
        (f"{STEPS}.supported", "can never leave", "'again'"),
    ),
    *RESPONSIBILITY_CASES,
    # tables
    (
        "attribute's value",
        {f"{STEPS}.report.hours": {"by": "profile", "values": {"genral": 1, "other": 2}}},
        (f"{STEPS}.report.hours.values.genral", "did you mean 'general'"),
    ),
    (
        "value that is missing",
        {f"{STEPS}.report.hours": {"by": "level", "values": {"1": 1, "2": 2}}},
        (f"{STEPS}.report.hours.values", "level '3', '4'", "'other'"),
    ),
    (
        "source that is missing",
        {f"{STEPS}.report.hours": {"by": "source", "values": {"applications": 1}}},
        (f"{STEPS}.report.hours.values", "source 'supported'"),
    ),
    (
        "no service yet",
        {f"{STEPS}.report.hours": {"by": "service", "values": {"family_support": 1}}},
        (f"{STEPS}.report.hours.values", "service 'none'"),
    ),
    (
        "age bands that are not there",
        {f"{STEPS}.report.hours": {"by": "age_band", "values": {"child": 1, "other": 1}}},
        (f"{STEPS}.report.hours.by", "age_bands"),
    ),
    (
        "open case",
        {f"{STEPS}.report.hours": {"by": "open_case", "values": {"yess": 1, "no": 2}}},
        (f"{STEPS}.report.hours.values.yess", "did you mean 'yes'", "open_case 'yes'"),
    ),
]


@each_wrong(CASES)
def test_what_does_not_fit_is_named(composed: dict[str, Any], changes: Changes, parts: tuple[str, ...]) -> None:
    assert_complains(composed, parts, changes)


RIGHT: list[tuple[str, Changes]] = [
    ("two who ask each other", ASKING),
    (
        "one who is never asked wrongly needs no other",
        {
            **ASKING,
            f"{WHOSE}.theirs": {"adults": 1},
            f"{WHOSE}.to": {"adults": "assessment"},
            f"{WHOSE}.misrouted": 0,
            f"{WHOSE}.push": GONE,
        },
    ),
    (
        "nobody comes the way of one whose no case is and who takes none",
        {**ASKING, f"{WHOSE}.theirs": {"department": 1, "adults": 0}, f"{WHOSE}.to.adults": "supported"},
    ),
    (
        "nobody comes the way of one who is never asked",
        {
            **ASKING,
            f"{WHOSE}.theirs": {"department": 1},
            f"{WHOSE}.to.adults": "supported",
            f"{WHOSE}.accepts_others": 1,
            f"{WHOSE}.misrouted": 0,
            f"{WHOSE}.push": GONE,
        },
    ),
    (
        "a case that nobody but the joint management sees",
        {
            **ASKING,
            f"{WHOSE}.theirs": {"department": 1},
            f"{WHOSE}.to.adults": "supported",
            f"{WHOSE}.accepts_others": 1,
            f"{WHOSE}.max_rounds": 0,
        },
    ),
    ("any name is a budget frame", {**ASKING, "administrations.adults.budget": "whatever"}),
    ("a profile that never comes needs no offer", {"profiles.rare": {"label": {"da": "x", "en": "x"}}}),
    (
        "a way of probability 0 is switched off, not wrong",
        {
            f"{STEPS}.door": {"kind": "choice", "split": {"assessment": 1, "archive": 0}},
            f"{STEPS}.archive": {"kind": "end"},
            "tracks.support.first": "door",
        },
    ),
    (
        "a step in another track",
        {
            "tracks.other": {
                "label": {"da": "x", "en": "x"},
                "administration": "department",
                "first": "in",
                "steps": {"in": {"kind": "delay", "days": 1, "next": "support.assessment"}},
            }
        },
    ),
    (
        "a table with a value for each",
        {f"{STEPS}.report.hours": {"by": "level", "values": {"1": 1, "2": 2, "3": 3, "4": 4}}},
    ),
    (
        "after the decision a table by service needs no 'none'",
        {f"{STEPS}.supported.follow_up.hours": {"by": "service", "values": {"family_support": 1}}},
    ),
    ("no prices at all", {"costs": GONE}),
    (
        "a calendar round the clock has a panel on Sundays",
        {
            "calendars.office": {"continuous": True},
            "panels.board.weekday": "sunday",
        },
    ),
]


@each_right(RIGHT)
def test_what_fits_together_is_let_through(composed: dict[str, Any], changes: Changes) -> None:
    assert_right(composed, changes)


def test_an_unknown_team_is_reported_once(composed: dict[str, Any]) -> None:
    with pytest.raises(PlannerError) as caught:
        checked(changed(composed, {f"{STEPS}.assessment.team": "adviser"}), {})
    assert [problem.path for problem in caught.value.problems] == [f"{STEPS}.assessment.team"]


def test_a_misspelt_successor_is_not_also_called_endless(composed: dict[str, Any]) -> None:
    with pytest.raises(PlannerError) as caught:
        checked(changed(composed, {f"{STEPS}.supported.next": "closd"}), {})
    assert [problem.path for problem in caught.value.problems] == [f"{STEPS}.supported.next"]
