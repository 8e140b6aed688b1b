"""The evidence register read as assumptions, and the designs over their ranges."""

from __future__ import annotations

import pytest

from sim.experiment.assumptions import find, varied
from sim.experiment.designs import design_points, sample
from sim.experiment.points import Point, single_point
from sim.scenario.compose import Composer
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit

OWN = """\
about:
  label: {da: Egen, en: Own}
  summary: {da: Egen., en: Own.}
  why: to vary it
evidence:
  teams.*.caseworkers: {low: 0.7, high: 1.5, relative: true, unit: caseworkers, kind: local, year: 2024, source: us}
  tracks.*.hours.mean: {low: 0.5, high: 2, relative: true, unit: hours, kind: assumption, year: 2024, source: us}
  tracks.appeal.steps.appealed.split.*: {low: 0.1, high: 0.5, unit: share, kind: local, year: 2024, source: us}
  tracks.appeal.steps.ruling.split.*: {low: 0.1, high: 0.6, unit: share, kind: local, year: 2024, source: us}
  arrivals.*.levels.3: {low: 0.1, high: 0.4, unit: share, kind: local, year: 2024, source: us}
  costs.price_year: {low: 2020, high: 2028, unit: year, kind: local, year: 2024, source: us}
  costs.self_pay_share: {low: 0.25, high: 0.25, unit: share, kind: law, year: 2024, source: us}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Point:
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    with Composer([folder]) as composer:
        return single_point(composer, ["municipality=one_team", "scenario=own"])


def test_an_entry_is_one_assumption_and_what_cannot_be_varied_is_left_out_with_the_reason(own: Point) -> None:
    found = find([own.configuration])
    assert {a.name: (a.configured, a.shown(0), a.shown(1)) for a in found.assumptions} == {
        "teams.advisers.caseworkers": (3, 3, 4),  # 2.1 to 4.5: only whole ones within
        "tracks.*.hours.mean": (1.0, 0.5, 2.0),
        "tracks.appeal.steps.appealed.split.complaint": (0.3, 0.1, 0.5),
        "arrivals.applications.levels.3": (0.2, 0.1, 0.4),
    }
    assert found.fixed == 1
    assert {entry.name: entry.why[:22] for entry in found.left_out} == {
        "tracks.appeal.steps.ruling.split.*": "it covers several shar",
        "costs.price_year": "it is chosen, not know",
    }


def test_figures_of_an_entry_move_together_and_shares_still_add_up_to_one(own: Point) -> None:
    found = {a.name: a for a in find([own.configuration]).assumptions}
    places = [(found["tracks.*.hours.mean"], 1.0), (found["arrivals.applications.levels.3"], 1.0)]
    changed, overrides = varied(own.configuration, 0, places)
    steps = changed.scenario.tracks["support"].steps
    assert [steps[name].hours.mean for name in ("assessment", "report")] == [20, 16]  # type: ignore[union-attr]
    assert changed.composed["arrivals"]["applications"]["levels"] == pytest.approx({"1": 0.3, "2": 0.3, "3": 0.4})
    assert "tracks.support.steps.report.hours.mean=16.0" in overrides
    assert own.configuration.composed["arrivals"]["applications"]["levels"]["3"] == 0.2


def test_a_pattern_that_fits_nothing_is_answered_with_the_nearest(own: Point) -> None:
    with pytest.raises(PlannerError, match=r"did you mean 'teams\.\*\.caseworkers'"):
        find([own.configuration], ["teams.*.casewokers"])
    with pytest.raises(PlannerError, match=r"no evidence for teams\.advisers\.max_caseload"):
        find([own.configuration], ["teams.advisers.max_caseload"])
    assert [a.name for a in find([own.configuration], ["costs.price_year"]).assumptions] == ["costs.price_year"]


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
def test_a_design_uses_every_slice_once_and_follows_from_the_seed(kind: str) -> None:
    places = sample(kind, 3, 8, 7)  # type: ignore[arg-type]
    assert [sorted(int(8 * row[column]) for row in places) for column in range(3)] == [list(range(8))] * 3
    assert places == sample(kind, 3, 8, 7)  # type: ignore[arg-type]
    assert places != sample(kind, 3, 8, 8)  # type: ignore[arg-type]


def test_the_points_of_a_design_have_readable_labels_and_columns(own: Point) -> None:
    points, _ = design_points([own], "lhs", ["teams.*", "tracks.*.hours.mean"], 4)
    assert [point.label for point in points] == ["own", "lhs-001", "lhs-002", "lhs-003", "lhs-004"]
    assert points[0].columns == {"teams.advisers.caseworkers": 3, "tracks.*.hours.mean (multiple)": 1.0}
    staff = [point.columns["teams.advisers.caseworkers"] for point in points[1:]]
    assert sorted(staff) == [3, 3, 4, 4]
    assert [point.configuration.scenario.teams["advisers"].caseworkers for point in points[1:]] == staff
    for point in points[1:]:
        factor = float(point.columns["tracks.*.hours.mean (multiple)"])
        hours = point.configuration.composed["tracks"]["support"]["steps"]["report"]["hours"]["mean"]
        assert 0.5 <= factor <= 2
        assert hours == pytest.approx(8 * factor, rel=1e-11)


def test_a_design_says_what_it_needs(own: Point) -> None:
    with pytest.raises(PlannerError, match="--n 64 or --n 128"):
        design_points([own], "sobol", ["teams.*"], 100)
    with pytest.raises(PlannerError, match="say what to vary"):
        design_points([own], "lhs", [], 10)
    with pytest.raises(PlannerError, match="choose lhs"):
        design_points([own], "hypercube", ["teams.*"], 10)
