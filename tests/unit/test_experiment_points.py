"""The points of a sweep: named, checked, and comparable."""

from __future__ import annotations

import pytest

from sim.experiment.points import reference_label, single_point, sweep_points
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit

ONE_TEAM = ["municipality=one_team", "scenario=baseline"]
CASEWORKERS = "teams.advisers.caseworkers"


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer()


def test_a_swept_value_is_a_column_and_part_of_the_name(composer: Composer) -> None:
    points = sweep_points(composer, [*ONE_TEAM, f"{CASEWORKERS}=3,10"])
    assert [(point.label, point.name, point.columns) for point in points] == [
        ("baseline--advisers-3", "baseline, advisers=3", {CASEWORKERS: 3}),
        ("baseline--advisers-10", "baseline, advisers=10", {CASEWORKERS: 10}),
    ]
    assert [point.configuration.scenario.teams["advisers"].caseworkers for point in points] == [3, 10]


def test_what_does_not_differ_is_no_column(composer: Composer) -> None:
    (point,) = sweep_points(composer, [*ONE_TEAM, f"{CASEWORKERS}=3"])
    assert (point.label, point.columns) == ("baseline", {})


def test_whole_numbers_among_others_make_a_column_of_numbers(composer: Composer) -> None:
    points = sweep_points(composer, [*ONE_TEAM, "caseworking.change_hours=2,2.5"])
    assert [point.columns["caseworking.change_hours"] for point in points] == [2.0, 2.5]


def test_a_point_that_is_named_twice_is_simulated_once(composer: Composer) -> None:
    assert len(sweep_points(composer, [*ONE_TEAM, f"{CASEWORKERS}=3,4,3"])) == 2


@pytest.mark.parametrize(
    "override", ["experiment.seed=1,2", "compute.n_jobs=1,2", "report=danish,english", "output=a,b"]
)
def test_what_holds_for_the_whole_sweep_cannot_be_swept(composer: Composer, override: str) -> None:
    with pytest.raises(PlannerError, match="must be the same for all points"):
        sweep_points(composer, [*ONE_TEAM, override])


def test_every_point_is_checked_before_anything_happens(composer: Composer) -> None:
    with pytest.raises(PlannerError, match=r"teams\.advisers: a team needs at least one caseworker.*caseworkers: 0"):
        sweep_points(composer, [*ONE_TEAM, f"{CASEWORKERS}=3,0"])


def test_a_run_has_one_point(composer: Composer) -> None:
    assert single_point(composer, ONE_TEAM).label == "baseline"
    with pytest.raises(PlannerError, match=f"'{CASEWORKERS}=3,4' names several values(.|\n)*sagsflow sweep"):
        single_point(composer, [*ONE_TEAM, f"{CASEWORKERS}=3,4"])


def test_the_reference_is_the_baseline_or_the_point_that_is_named(composer: Composer) -> None:
    sweep = [*ONE_TEAM, f"{CASEWORKERS}=3,4"]
    assert reference_label(sweep_points(composer, sweep)) == "baseline--advisers-3"
    for named in ("baseline--advisers-4", "'baseline, advisers=4'"):
        points = sweep_points(composer, [*sweep, f"experiment.reference={named}"])
        assert reference_label(points) == "baseline--advisers-4"


def test_a_reference_that_is_no_point_is_refused_with_the_nearest(composer: Composer) -> None:
    points = sweep_points(composer, [*ONE_TEAM, "experiment.reference=basline"])
    with pytest.raises(PlannerError, match="did you mean 'baseline'"):
        reference_label(points)
