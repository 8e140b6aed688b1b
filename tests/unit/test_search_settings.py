"""What a planner may say about a search, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from sim.experiment.search.question import ask
from sim.scenario.compose import Composer
from sim.scenario.configuration import validated
from sim.scenario.errors import PlannerError, Problem
from sim.scenario.search import Limit, Search, Variable

pytestmark = pytest.mark.unit

TEAM = "teams.advisers.caseworkers"
FINE: dict[str, Any] = {
    "variables": {TEAM: {"low": 2, "high": 4}},
    "limits": [{"kpi": "wait.total", "at_most": 100, "probability": 0.9}],
}


def asked(tmp_path, *overrides: str, **changed: Any):
    import yaml

    folder = tmp_path / "configs" / "search"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.yaml").write_text(yaml.safe_dump(FINE | changed), encoding="utf-8")
    with Composer([tmp_path]) as composer:
        return ask(composer, ["municipality=one_team", "search=mine", *overrides])


def test_a_question_is_read_with_its_defaults(tmp_path) -> None:
    question = asked(tmp_path, "search.trials=7")
    assert question.space.today == (3,)
    assert question.search.trials == 7
    assert (question.search.minimise.kpi, question.search.limits[0].group) == ("cost.total", "all")
    assert question.overrides == ("municipality=one_team",)


@pytest.mark.parametrize(("most", "least", "probability"), [(100, 100, 0.9), (50, 150, 0.1)])
def test_limits_on_both_sides_that_can_be_kept_are_read(most: float, least: float, probability: float) -> None:
    limits = (
        Limit(kpi="wait.total", at_most=most, probability=0.9),
        Limit(kpi="wait.total", at_least=least, probability=probability),
    )
    assert Search(variables={TEAM: Variable(low=1, high=2)}, limits=limits).limits == limits


def test_the_shipped_question_is_about_what_odense_has() -> None:
    with Composer() as composer:
        question = ask(composer, [])
    assert question.space.holds(question.space.today)


def test_a_value_of_the_planner_gives_way_to_the_candidates(tmp_path) -> None:
    question = asked(tmp_path, f"{TEAM}=2")
    assert question.space.today == (2,)
    assert question.compose((4,)).scenario.teams["advisers"].caseworkers == 4
    assert question.compose((2,)).scenario.teams["advisers"].caseworkers == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"variables": {TEAM: {"low": 5, "high": 2}}}, "low (5) is above high (2)"),
        ({"variables": {TEAM: {"low": 1, "high": 4, "step": 2}}}, "but to 3 or 5: give one of these as high"),
        ({"variables": {TEAM: {"low": 1.5, "high": 4}}}, "1.5 is not a whole number"),
        ({"variables": {}}, "search.variables: has 0 entries; at least 1 is needed"),
        ({"limits": []}, "search.limits: has 0 entries"),
        ({"limits": [{"kpi": "wait.total"}]}, "either at_most or at_least"),
        ({"limits": [{"kpi": "wait.total", "at_most": 1, "at_least": 1}]}, "both are given"),
        ({"limits": [{"kpi": "wait.total", "at_most": "ten"}]}, "'ten' is not a number"),
        ({"limits": [{"kpi": "wait.total", "at_mots": 10}]}, "did you mean 'at_most'"),
        ({"limits": [{"kpi": "wait.total", "at_most": 10, "probability": 90}]}, "at most 1 is allowed"),
        ({"limits": ["wait.total < 10"]}, "'wait.total < 10' is not a section"),
        ({"limits": [FINE["limits"][0], FINE["limits"][0]]}, "two limits on wait.total of all"),
        (
            {"limits": [FINE["limits"][0], {"kpi": "wait.total", "at_least": 101, "probability": 0.2}]},
            "contradict each other: no future has at most 100 and at least 101",
        ),
    ],
)
def test_what_is_wrong_in_itself_is_said(changed: dict[str, Any], said: str) -> None:
    problems: list[Problem] = []
    assert validated(Search, FINE | changed, "search", problems) is None
    assert said in "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("overrides", "changed", "said"),
    [
        ([], {"variables": {"teams.advisors.caseworkers": {"low": 1, "high": 2}}}, "mean 'teams.advisers.casew"),
        ([], {"variables": {"teams.advisers.max_caseload": {"low": 1, "high": 2}}}, "what can: teams.*.caseworkers"),
        ([], {"variables": {TEAM: {"low": 0, "high": 4}}}, "a team needs at least one caseworker"),
        (
            [],
            {"limits": [{"kpi": "wait.totl", "at_most": 1}]},
            "search.limits[0].kpi: there is no kpi 'wait.totl'; did",
        ),
        ([], {"limits": [{"kpi": "wait.total.curve", "at_most": 10}]}, "is a curve"),
        ([], {"minimise": {"kpi": "cost.totl"}}, "did you mean 'cost.total'"),
        (["search.trails=3"], {}, "did you mean 'trials'"),
        (
            [],
            {"limits": [{"kpi": "deadline.assessment_4m", "at_least": 55}]},
            "search.limits[0].at_least: deadline.assessment_4m is a share, between 0 and 1, and 55 is not; did you "
            "mean 0.55?",
        ),
        (["experiment.replications=30"], {}, "search.replications"),
        ([f"{TEAM}=2,3"], {}, "names several values"),
    ],
)
def test_what_does_not_go_with_the_municipality_is_said_before_anything_is_simulated(
    tmp_path, overrides: list[str], changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(PlannerError) as refusal:
        asked(tmp_path, *overrides, **changed)
    assert said in str(refusal.value)


def test_a_misspelt_question_is_answered_with_the_nearest() -> None:
    with Composer() as composer, pytest.raises(PlannerError, match="did you mean 'default'"):
        ask(composer, ["search=defualt"])


@pytest.mark.parametrize(("probability", "of", "needed"), [(0.9, 10, 9), (0.9, 11, 10), (0.7, 10, 7), (1.0, 5, 5)])
def test_a_share_of_the_futures_is_a_whole_number_of_them(probability: float, of: int, needed: int) -> None:
    assert Limit(kpi="wait.total", at_most=1.0, probability=probability).needed(of) == needed


def test_a_variable_has_the_values_that_it_says() -> None:
    assert list(Variable(low=2, high=8, step=3).values) == [2, 5, 8]
