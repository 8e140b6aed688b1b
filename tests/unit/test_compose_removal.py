"""Taking something away in a scenario: a named entry that is given as nothing."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from sim.model import simulate
from sim.scenario.compose import Composer, Configuration, from_yaml, to_yaml
from sim.scenario.errors import PlannerError
from sim.scenario.places import is_entry
from sim.scenario.scenario import Scenario

pytestmark = pytest.mark.unit

ABOUT = "about: {label: {da: x, en: x}, summary: {da: x, en: x}, why: To see.}\n"
SECOND_TEAM = """
    teams:
      seconds: {label: {da: To, en: Two}, administration: department, caseworkers: 2}
    tracks: {support: {steps: {report: {team: seconds}}}}
    """
MERGED = "tracks: {support: {steps: {report: {team: advisers}}}}"


def compose(folder: Path, body: str, *overrides: str, below: str = SECOND_TEAM) -> Configuration:
    """Return the configuration of a scenario laid over a municipality with two teams."""
    municipality = folder / "configs" / "municipality" / "two.yaml"
    municipality.parent.mkdir(parents=True, exist_ok=True)
    municipality.write_text(
        "# @package _global_\ndefaults: [{/municipality@_global_: one_team}, _self_]\n" + dedent(below),
        encoding="utf-8",
    )
    scenario = folder / "scenarios" / "mine.yaml"
    scenario.parent.mkdir(exist_ok=True)
    scenario.write_text(ABOUT + dedent(body), encoding="utf-8")
    return Composer([folder]).configuration(["municipality=two", "scenario=mine", *overrides])


def complaint(folder: Path, body: str, *overrides: str) -> str:
    with pytest.raises(PlannerError) as caught:
        compose(folder, body, *overrides)
    return str(caught.value)


def test_a_team_that_is_still_referred_to(tmp_path: Path) -> None:
    message = complaint(tmp_path, "teams: {seconds: null}")
    assert "tracks.support.steps.report.team: there is no team 'seconds' (available: advisers)" in message
    assert "two.yaml, line 6" in message


def test_a_team_whose_work_another_one_does(tmp_path: Path) -> None:
    merged = compose(tmp_path, f"teams: {{seconds: null}}\n{MERGED}")
    assert list(merged.scenario.teams) == ["advisers"]
    assert list(merged.composed["teams"]) == ["advisers"]
    journal = simulate(merged.scenario)
    assert journal.names["resource"] == ("advisers", "board")
    assert len(journal.activities["case"]) > 0


def test_the_merged_municipality_is_the_one_that_never_had_two_teams(tmp_path: Path) -> None:
    merged = compose(tmp_path, f"teams: {{seconds: null}}\n{MERGED}")
    never = compose(tmp_path, "", below="")
    assert merged.scenario == never.scenario
    assert simulate(merged.scenario).digest() == simulate(never.scenario).digest()


def test_by_an_override(tmp_path: Path) -> None:
    merged = compose(tmp_path, MERGED, "teams.seconds=null")
    assert list(merged.scenario.teams) == ["advisers"]


def test_what_is_taken_away_stays_away_in_the_file_of_the_run(tmp_path: Path) -> None:
    merged = compose(tmp_path, f"teams: {{seconds: null}}\n{MERGED}")
    file = tmp_path / "config.yaml"
    file.write_text(to_yaml(merged), encoding="utf-8")
    assert from_yaml(file).scenario == merged.scenario


def test_a_price_goes_with_its_supplier(tmp_path: Path) -> None:
    """Prices stand in the file of a group of their own, under its package."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.yaml").write_text(
        ABOUT
        + dedent(
            """
            services: {home_support: {suppliers: {own: null}}}
            costs: {services: {home_support: {own: null}}}
            """
        ),
        encoding="utf-8",
    )
    made = Composer([tmp_path]).configuration(["municipality=odense", "scenario=mine"]).scenario
    assert list(made.services["home_support"].suppliers) == ["bought"]
    assert made.costs is not None
    assert list(made.costs.services["home_support"]) == ["bought"]


def test_what_was_never_there_cannot_be_taken_away(tmp_path: Path) -> None:
    message = complaint(tmp_path, "\n\nteams:\n  secnds:")
    assert "teams.secnds: is empty; nothing (null) takes away what is there, but there is no 'secnds'" in message
    assert "did you mean 'seconds'?" in message
    assert "mine.yaml, line 5" in message


def test_the_outcome_of_a_split_and_a_need_level(tmp_path: Path) -> None:
    body = "arrivals: {applications: {levels: {1: null, 2: rest}}}"
    source = compose(tmp_path, body).scenario.arrivals["applications"]
    assert source.levels == {"2": "rest", "3": 0.2}


def test_a_field_that_is_needed_is_not_an_entry(tmp_path: Path) -> None:
    assert "teams.seconds.caseworkers: is empty" in complaint(tmp_path, "teams: {seconds: {caseworkers: null}}")
    assert "teams: is empty" in complaint(tmp_path, "teams: null")


def test_a_field_that_may_be_nothing_is_left_as_nothing(tmp_path: Path) -> None:
    assert compose(tmp_path, "teams: {advisers: {max_caseload: null}}").scenario.teams["advisers"].max_caseload is None
    assert compose(tmp_path, "costs: null").scenario.costs is None


ENTRIES = (
    "administrations.x",
    "teams.x",
    "teams.x.changes.y",
    "panels.x",
    "caseworking.absences.x",
    "profiles.x",
    "services.x",
    "services.x.suppliers.y",
    "services.x.suppliers.y.changes.z",
    "offers.x",
    "offers.x.y",
    "offers.x.y.split.z",
    "clocks.x",
    "arrivals.x",
    "arrivals.x.changes.y",
    "initial_caseload.x",
    "initial_matters.x",
    "tracks.x",
    "tracks.x.steps.y",
    "tracks.x.steps.y.split.z",
    "tracks.x.steps.y.hours.values.z",
    "waiting.x",
    "periods.x",
    "costs.teams.x",
    "costs.services.x",
    "costs.services.x.y",
)
FIELDS = (
    "teams",
    "birthday",
    "planning",
    "teams.x.max_caseload",
    "teams.x.nonsense",
    "tracks.x.first",
    "tracks.x.steps.y.team",
    "tracks.x.steps.y.follow_up",
    "tracks.x.steps.y.hours.mean",
    "tracks.x.steps.y.hours.values",
    "costs.staff",
)


@pytest.mark.parametrize(("path", "entry"), [(path, True) for path in ENTRIES] + [(path, False) for path in FIELDS])
def test_what_has_a_name_of_the_planners_own_can_be_taken_away(path: str, entry: bool) -> None:
    assert is_entry(Scenario, path.split(".")) is entry
