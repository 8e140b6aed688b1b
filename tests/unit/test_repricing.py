"""Other prices for configurations that are there: what is allowed, what comes out, what is said of mistakes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from municipalities import configured

from sim.scenario.compose import Configuration
from sim.scenario.errors import PlannerError
from sim.scenario.price_driven import decided_otherwise
from sim.scenario.repricing import read_prices, repriced

pytestmark = pytest.mark.unit

PRICE = "costs.services.family_support.own.dkk_per_day"
OWN_LIST = """\
price_year: 2024
accounts:
  5.28.21: {da: Forebyggelse, en: Prevention}
  6.45.58: {da: Administration, en: Administration}
staff: {dkk_per_year: 600000, overhead: 0.2, account: 6.45.58}
services:
  family_support:
    own: {dkk_per_day: 300, account: 5.28.21}
appeals_board: {dkk_per_case: 11000, payer: state, account: 6.45.58}
self_pay_share: 0.5
"""


@cache
def configuration(*overrides: str) -> Configuration:
    return configured(*overrides)


def one_team() -> Configuration:
    return configuration("municipality=one_team")


def prices(*overrides: str, of: Configuration | None = None) -> Configuration:
    return repriced([of or one_team()], read_prices(overrides))[0]


def refusal(*overrides: str) -> str:
    with pytest.raises(PlannerError) as refused:
        prices(*overrides)
    return str(refused.value)


def test_a_single_price_changes_and_nothing_else() -> None:
    changed = prices(f"{PRICE}=270")
    assert changed.scenario.costs is not None
    assert changed.scenario.costs.services["family_support"]["own"].dkk_per_day == 270
    before = one_team()
    assert changed.scenario.model_copy(update={"costs": None}) == before.scenario.model_copy(update={"costs": None})
    assert changed.choices == before.choices
    assert before.composed["costs"]["services"]["family_support"]["own"]["dkk_per_day"] == 260


@pytest.mark.parametrize("override", ["costs.level.year=2024", "+costs.level.year=2024", "costs.level={year: 2024}"])
def test_what_has_a_default_can_be_said_without_a_plus(override: str) -> None:
    costs = prices(override).scenario.costs
    assert costs is not None
    assert costs.level.year == 2024


def test_a_file_takes_the_place_of_the_whole_list(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(OWN_LIST, encoding="utf-8")
    changed = prices(f"costs={file.as_posix()}", "costs.self_pay_share=0.4")
    costs = changed.scenario.costs
    assert costs is not None
    assert (costs.staff.dkk_per_year, costs.self_pay_share) == (600000, 0.4)
    assert changed.choices["costs"] == file.as_posix()


def test_a_file_may_build_upon_one_that_comes_with_the_tool(tmp_path: Path) -> None:
    file = tmp_path / "odense.yaml"
    text = "defaults: [odense, _self_]\nservices: {foster_care: {foster_families: {dkk_per_day: 1611}}}\n"
    file.write_text(text, encoding="utf-8")
    before = configuration("municipality=odense")
    costs = prices(f"costs={file.as_posix()}", of=before).scenario.costs
    assert costs is not None
    assert before.scenario.costs is not None
    assert costs.services["foster_care"]["foster_families"].dkk_per_day == 1611
    assert costs.services["own_room"] == before.scenario.costs.services["own_room"]


def test_a_planners_own_folder_is_searched(tmp_path: Path) -> None:
    (tmp_path / "configs" / "costs").mkdir(parents=True)
    (tmp_path / "configs" / "costs" / "ours.yaml").write_text(OWN_LIST, encoding="utf-8")
    read = read_prices(["costs=ours"], [tmp_path])
    changed = repriced([one_team()], read)[0]
    assert changed.scenario.costs is not None
    assert changed.scenario.costs.staff.dkk_per_year == 600000
    assert changed.choices["costs"] == "ours"


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("teams.advisers.caseworkers=4", "'teams.advisers.caseworkers=4' is refused: prices can change"),
        ("municipality=odense", "'municipality=odense' is refused"),
        ("experiment.seed=3", "'experiment.seed=3' is refused"),
        ("++costs_of_nothing=1", "'++costs_of_nothing=1' is refused"),
        ("~costs", "give another price list"),
        ("costs=null", "as the name of a file of the group costs"),
        ("costs.level.year=2024,2025", "names several values"),
        ("costs=odnse", "there is no costs 'odnse'; did you mean 'odense'?"),
        ("costs=nowhere.yaml", "there is no file nowhere.yaml"),
        (f"{PRICE}=-5", f"{PRICE}: -5 "),
        (f"{PRICE}=cheap", f"{PRICE}: 'cheap' "),
        ("costs.services.family_suport.own.dkk_per_day=5", "did you mean 'costs.services.family_support.own"),
        ("costs.services.family_support.own.dkk_pr_day=5", "did you mean"),
        ("costs.services.family_support.own=null", "costs.services.family_support.own: a price is missing"),
        ("+costs.services.foster={own: {dkk_per_day: 1, account: 5.28.21}}", "there is no service 'foster'"),
        ("costs.staf.overhead=0.1", "did you mean 'costs.staff"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(override: str, said: str) -> None:
    assert said in refusal(override)


def test_the_place_of_a_wrong_price_is_told(tmp_path: Path) -> None:
    assert f"[given as {PRICE}=-5]" in refusal(f"{PRICE}=-5")
    file = tmp_path / "ours.yaml"
    file.write_text(OWN_LIST.replace("dkk_per_day: 300", "dkk_per_day: 0"), encoding="utf-8")
    assert "ours.yaml, line 8]" in refusal(f"costs={file.as_posix()}")
    file.write_text("costs:\n  price_year: 2024\n", encoding="utf-8")
    assert "costs.costs" in refusal(f"costs={file.as_posix()}")
    file.write_text("- 5\n", encoding="utf-8")
    assert "must hold keys with values" in refusal(f"costs={file.as_posix()}")


def test_no_prices_and_two_lists_are_refused() -> None:
    assert "no prices were given" in refusal()
    assert "only one price list" in refusal("costs=odense", "costs=copenhagen")


def test_one_list_may_price_what_only_some_scenarios_have() -> None:
    """The scenario adds two services with prices; a list for both scenarios has them, each gets its own part."""
    points = [configuration("scenario=baseline"), configuration("scenario=mid_spectrum_offers")]
    changed = repriced(points, read_prices(["costs.services.mid_home.own.dkk_per_day=1300"]))
    assert changed[0].scenario == points[0].scenario
    costs = changed[1].scenario.costs
    assert costs is not None
    assert costs.services["mid_home"]["own"].dkk_per_day == 1300
    with pytest.raises(PlannerError, match=r"(?s)mid_spectrum_offers.*mid_support\.own: a price is missing"):
        repriced(points, read_prices(["costs=odense"]))
    nine = "{dkk_per_day: 9, account: 5.38.45}"
    added = [f"+costs.services.{name}={{own: {nine}, bought: {nine}}}" for name in ("mid_support", "mid_home")]
    baseline, mid = repriced(points, read_prices(["costs=odense", *added]))
    assert baseline.scenario.costs is not None
    assert mid.scenario.costs is not None
    assert set(mid.scenario.costs.services) - set(baseline.scenario.costs.services) == {"mid_support", "mid_home"}


def test_where_prices_decide_is_told() -> None:
    before = configuration("scenario=baseline")
    dearer = prices("costs.services.foster_care.foster_families.dkk_per_day=1600", of=before)
    assert any(path.endswith(".push") for path in decided_otherwise(before.scenario, dearer.scenario))
    salaries = prices("costs.staff.dkk_per_year=600000", of=before)
    assert decided_otherwise(before.scenario, salaries.scenario) == ()
    assert decided_otherwise(one_team().scenario, prices(f"{PRICE}=270").scenario) == ()


def test_a_price_list_may_take_away_what_it_builds_upon(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("defaults: [odense, _self_]\nframes: {buf: null, bsf: null, aehf: null}\n", encoding="utf-8")
    odense = configured()
    (result,) = repriced([odense], read_prices([f"costs={own.as_posix()}"]))
    assert result.scenario.costs is not None
    assert result.scenario.costs.frames == {}
