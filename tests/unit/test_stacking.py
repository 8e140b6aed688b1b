"""Scenarios laid over each other as ``one+other``: what comes out, and when it is refused."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser

from sim.experiment.points import sweep_points
from sim.report.house_style import known_style, styles_for
from sim.scenario.compose import Composer, Configuration, from_yaml, to_yaml
from sim.scenario.configuration import Changed
from sim.scenario.contradictions import at, leaves, same, typed
from sim.scenario.durations import Uniform
from sim.scenario.errors import PlannerError
from sim.scenario.places import is_split_at
from sim.scenario.scenario import Scenario
from sim.scenario.yamlfile import plain_keys

pytestmark = pytest.mark.unit

ONE_TEAM = "municipality=one_team"
DECISION = "tracks.support.steps.decide.split"
HOURS = "tracks.support.steps.assessment.hours"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def scenario(folder: Path, name: str, body: str, *, about: str = "", defaults: str = "") -> Path:
    """Write a scenario with its body on line 4 (without a defaults list)."""
    label = f"label: {{da: {name} da, en: {name} en}}, summary: {{da: Det er {name}., en: It is {name}.}}"
    return write(
        folder / "scenarios" / f"{name}.yaml",
        f"{defaults}about:\n  {{{label}, why: Why {name}., source: 'S {name}'}}\n".replace(
            "source:", f"{about}, source:" if about else "source:"
        )
        + f"# values\n{body}\n",
    )


def composed(folder: Path, *overrides: str, language: str | None = None) -> Configuration:
    return Composer([folder], language).configuration([ONE_TEAM, *overrides])  # type: ignore[arg-type]


def complaint(folder: Path, *overrides: str, language: str | None = None) -> str:
    with pytest.raises(PlannerError) as caught:
        composed(folder, *overrides, language=language)
    return str(caught.value)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two scenarios that go together."""
    evidence = "{low: 1, high: 9, unit: x, kind: assumption, source: us, year: 2024}"
    scenario(
        tmp_path,
        "bigger",
        f'teams: {{advisers: {{caseworkers: 5}}}}\nevidence: {{"teams.*.caseworkers": {evidence}}}',
        about="group: staff, municipality: one_team",
    )
    scenario(
        tmp_path,
        "weekly",
        f'panels: {{board: {{every_weeks: 1}}}}\nevidence: {{"panels.*.every_weeks": {evidence}}}',
    )
    return tmp_path


# -- what is composed -------------------------------------------------------------------------------------------


def test_a_stack_has_what_each_of_its_scenarios_changes(two: Path) -> None:
    made = composed(two, "scenario=bigger+weekly")
    assert made.scenario.teams["advisers"].caseworkers == 5
    assert made.scenario.panels["board"].every_weeks == 1
    assert set(made.scenario.evidence) == {"teams.*.caseworkers", "panels.*.every_weeks"}
    assert made.choices["scenario"] == "bigger+weekly"


def test_a_stack_says_what_its_scenarios_say(two: Path) -> None:
    about = composed(two, "scenario=bigger+weekly").scenario.about
    assert about.name == "bigger+weekly"
    assert about.parts == ("bigger", "weekly")
    assert (about.label.da, about.label.en) == ("bigger da + weekly da", "bigger en + weekly en")
    assert (about.summary.da, about.summary.en) == ("Det er bigger. Det er weekly.", "It is bigger. It is weekly.")
    assert about.why == "Why bigger. Why weekly."
    assert about.source == "S bigger; S weekly"
    assert (about.group, about.municipality) == ("staff", "one_team")


def test_a_scenario_alone_has_no_parts_and_no_list_of_changes(two: Path) -> None:
    made = composed(two, "scenario=bigger")
    assert made.scenario.about.parts == ()
    assert made.changed == ()


def test_the_order_of_scenarios_that_agree_changes_only_what_they_say(two: Path) -> None:
    one, other = composed(two, "scenario=bigger+weekly"), composed(two, "scenario=weekly+bigger")
    said = {"about", "evidence"}
    assert one.scenario.model_dump(exclude=said) == other.scenario.model_dump(exclude=said)
    assert other.scenario.about.parts == ("weekly", "bigger")
    assert other.scenario.about.municipality == "one_team"


def test_three_scenarios_from_several_folders_can_be_stacked(
    two: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    second = tmp_path_factory.mktemp("second")
    scenario(second, "dear", "costs: {staff: {dkk_per_year: 1}}")
    made = Composer([two, second]).configuration([ONE_TEAM, "scenario=dear+bigger+weekly"])
    assert made.scenario.about.parts == ("dear", "bigger", "weekly")
    assert made.scenario.costs is not None
    assert made.scenario.costs.staff.dkk_per_year == 1
    assert made.scenario.teams["advisers"].caseworkers == 5


def test_an_override_holds_against_a_stack(two: Path) -> None:
    made = composed(two, "scenario=bigger+weekly", "teams.advisers.caseworkers=9", "about.source=mine")
    assert made.scenario.teams["advisers"].caseworkers == 9
    assert made.scenario.about.source == "mine"


def test_a_stored_stack_is_read_back_the_same(two: Path, tmp_path: Path) -> None:
    made = composed(two, "scenario=bigger+weekly")
    assert from_yaml(write(tmp_path / "stored.yaml", to_yaml(made))) == made


def test_a_scenario_built_upon_another_is_one_part(two: Path) -> None:
    scenario(two, "built", "horizon: {years: 3}", defaults="defaults: [/scenario/bigger, _self_]\n")
    made = composed(two, "scenario=built+weekly")
    assert made.scenario.about.parts == ("built", "weekly")
    assert {change.path: change.parts for change in made.changed} == {
        "teams.advisers.caseworkers": ("built",),
        "horizon.years": ("built",),
        "panels.board.every_weeks": ("weekly",),
    }
    assert composed(two, "scenario=bigger+built").changed[0].parts == ("bigger", "built")


# -- in a sweep -------------------------------------------------------------------------------------------------


def test_a_stack_is_one_item_of_a_sweep(two: Path) -> None:
    points = sweep_points(Composer([two]), [ONE_TEAM, "scenario=baseline,bigger+weekly,weekly", "horizon.years=2,3"])
    assert [point.label for point in points[:4]] == [
        "baseline--horizon-2".replace("horizon", "years"),
        "baseline--years-3",
        "bigger+weekly--years-2",
        "bigger+weekly--years-3",
    ]
    assert points[2].scenario == "bigger+weekly"
    assert points[2].name == "bigger+weekly, years=2"


def test_a_stack_keeps_its_style_in_every_company() -> None:
    def style(*names: str) -> object:
        return styles_for([(name, name) for name in names], "baseline")["pooled_budget+weekly_panels"]

    alone = style("pooled_budget+weekly_panels")
    assert alone == style("baseline", "pooled_budget", "weekly_panels", "pooled_budget+weekly_panels")
    assert alone not in (known_style("pooled_budget"), known_style("weekly_panels"), known_style("baseline"))


# -- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stack", "parts"),
    [
        ("baseline+bigger", ("'baseline+bigger'", "baseline cannot be a part", "leave it out: scenario=bigger")),
        ("bigger+weekly+baseline", ("leave it out: scenario=bigger+weekly",)),
        ("bigger+weekly+bigger", ("'bigger' twice", "scenario=bigger+weekly")),
        ("biger+weekly", ("in 'biger+weekly'", "no scenario 'biger'", "did you mean 'bigger'")),
        ("bigger+nobody", ("no scenario 'nobody'", "available:", "bigger")),
        ("bigger+", ("'bigger+'", "one+other")),
        ("'bigger + weekly'", ("holds spaces", "scenario=bigger+weekly")),
    ],
)
def test_a_stack_of_what_cannot_be_stacked_is_refused(two: Path, stack: str, parts: tuple[str, ...]) -> None:
    message = complaint(two, f"scenario={stack}")
    for part in parts:
        assert part in message


def test_a_file_whose_name_holds_a_plus_is_refused(two: Path) -> None:
    scenario(two, "bigger+other", "")
    with pytest.raises(PlannerError, match=r"bigger\+other\.yaml: the name of a scenario cannot hold a \+"):
        Composer([two]).scenarios()
    assert "no scenario 'other'" in complaint(two, "scenario=bigger+other")


def test_a_list_of_scenarios_is_told_how_to_stack(two: Path) -> None:
    assert "scenario=NAME+OTHER" in complaint(two, "scenario=[bigger,weekly]")


# -- scenarios that exclude each other --------------------------------------------------------------------------


@pytest.fixture
def rivals(two: Path) -> Path:
    scenario(two, "alone", "", about="excludes: {weekly: {da: Det er dansk., en: It is English.}}")
    return two


@pytest.mark.parametrize("stack", ["alone+weekly", "weekly+alone", "weekly+bigger+alone"])
def test_scenarios_that_exclude_each_other_are_refused_with_the_reason(rivals: Path, stack: str) -> None:
    message = complaint(rivals, f"scenario={stack}", language="en")
    assert f"'{stack}' contradicts itself" in message
    assert "'alone' cannot be combined with 'weekly': It is English." in message
    assert "alone.yaml, line 2" in message


def test_the_reason_is_given_in_the_planners_language(rivals: Path) -> None:
    assert "Det er dansk." in complaint(rivals, "scenario=alone+weekly", language="da")
    assert "Det er dansk." in complaint(rivals, "scenario=alone+weekly")
    assert "It is English." in complaint(rivals, "scenario=alone+weekly", "report=english")
    assert "It is English." in complaint(rivals, "scenario=alone+weekly", "report.language=en")


def test_what_is_excluded_is_refused_also_where_it_is_built_upon(rivals: Path) -> None:
    scenario(rivals, "built", "", defaults="defaults: [/scenario/weekly, _self_]\n")
    assert "'alone' cannot be combined with 'weekly'" in complaint(rivals, "scenario=built+alone")


def test_scenarios_that_exclude_others_can_be_used(rivals: Path) -> None:
    assert composed(rivals, "scenario=alone+bigger").scenario.teams["advisers"].caseworkers == 5


@pytest.mark.parametrize(
    ("about", "parts"),
    [
        ("excludes: {wekly: {da: x, en: x}}", ("about.excludes.wekly", "did you mean 'weekly'", "odd.yaml, line 2")),
        ("municipality: one_tem", ("about.municipality", "'one_tem'", "did you mean 'one_team'")),
        ("parts: [a, b]", ("about.parts", "leave it out")),
    ],
)
def test_what_a_scenario_says_about_others_is_checked(two: Path, about: str, parts: tuple[str, ...]) -> None:
    scenario(two, "odd", "", about=about)
    message = complaint(two, "scenario=odd")
    for part in parts:
        assert part in message


# -- the municipality that a scenario is written for ------------------------------------------------------------


def test_a_scenario_for_another_municipality_is_refused_with_those_that_fit(two: Path) -> None:
    scenario(two, "metropolis", "teams: {suburb: {caseworkers: 5}}", about="municipality: odense")
    message = complaint(two, "scenario=metropolis", "teams.suburb.caseworkers=4")
    assert "'metropolis' is written for the municipality 'odense', but the one chosen is 'one_team'" in message
    fitting = message.partition("scenarios for 'one_team': ")[2]
    assert "bigger" in fitting
    assert "weekly" in fitting
    assert "metropolis" not in fitting
    assert "is written for" in complaint(two, "scenario=weekly+metropolis")


def test_a_scenario_also_fits_a_municipality_that_is_built_upon_its_own(two: Path) -> None:
    write(
        two / "configs" / "municipality" / "larger.yaml",
        """
        # @package _global_
        defaults: [/municipality@_global_: one_team, _self_]
        horizon: {years: 3}
        """,
    )
    made = Composer([two]).configuration(["municipality=larger", "scenario=bigger+weekly"])
    assert made.scenario.horizon.years == 3


def test_a_municipality_with_scenarios_of_its_own_takes_no_others(two: Path) -> None:
    """The figures of the other's scenarios are the other's: places by the dozen in a town of a tenth of the size."""
    write(
        two / "configs" / "municipality" / "larger.yaml",
        """
        # @package _global_
        defaults: [/municipality@_global_: one_team, _self_]
        horizon: {years: 3}
        """,
    )
    scenario(two, "ours", "horizon: {years: 4}", about="municipality: larger")
    scenario(two, "theirs", "horizon: {years: 5}", about="municipality: one_team")
    assert Composer([two]).configuration(["municipality=larger", "scenario=ours"]).scenario.horizon.years == 4
    with pytest.raises(PlannerError, match=r"scenarios for 'larger': .*ours") as caught:
        Composer([two]).configuration(["municipality=larger", "scenario=theirs"])
    assert "'theirs' is written for the municipality 'one_team'" in str(caught.value)


def test_a_file_that_is_broken_does_not_hide_which_scenarios_fit(two: Path) -> None:
    write(two / "scenarios" / "broken.yaml", "a: [")
    scenario(two, "metropolis", "", about="municipality: odense")
    assert "bigger" in complaint(two, "scenario=metropolis")


# -- contradictions ---------------------------------------------------------------------------------------------


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    scenario(tmp_path, "five", "teams:\n  advisers: {caseworkers: 5}")
    scenario(tmp_path, "six", "horizon: {years: 3}\nteams:\n  advisers:\n    caseworkers: 6")
    return tmp_path


def test_two_values_for_one_place_are_refused(disputed: Path) -> None:
    message = complaint(disputed, "scenario=five+six")
    assert "scenario 'five+six' contradicts itself;" in message
    assert "teams.advisers.caseworkers: 5 in five, 6 in six" in message
    assert "add teams.advisers.caseworkers=5 or teams.advisers.caseworkers=6" in message
    assert "five.yaml, line 5; " in message
    assert "six.yaml, line 7]" in message
    assert "horizon" not in message


@pytest.mark.parametrize(
    "override",
    [
        "teams.advisers.caseworkers=6",
        "teams.advisers.caseworkers=7",
        "++teams.advisers.caseworkers=7",
        "teams.advisers={caseworkers: 7}",
        "teams={advisers: {caseworkers: 7}}",
    ],
)
def test_a_value_on_the_command_line_settles_it(disputed: Path, override: str) -> None:
    made = composed(disputed, "scenario=five+six", override)
    assert made.scenario.teams["advisers"].caseworkers == int(re.findall(r"\d", override)[0])
    assert made.scenario.horizon.years == 3


@pytest.mark.parametrize(
    "override",
    ["teams.advisers.max_caseload=30", "teams.advisers={max_caseload: 30}", "horizon.years=2", "report=english"],
)
def test_an_override_of_something_else_settles_nothing(disputed: Path, override: str) -> None:
    assert "teams.advisers.caseworkers: 5 in five, 6 in six" in complaint(disputed, "scenario=five+six", override)


def test_the_contradiction_is_told_before_an_override_that_finds_nothing(disputed: Path) -> None:
    assert "5 in five, 6 in six" in complaint(disputed, "scenario=five+six", "teams.nobody.caseworkers=1")


def test_equal_values_are_no_contradiction(disputed: Path) -> None:
    scenario(disputed, "also_five", "teams: {advisers: {caseworkers: 5}}\nhorizon: {years: 3.0}")
    assert composed(disputed, "scenario=five+also_five").changed[0].parts == ("five", "also_five")
    message = complaint(disputed, "scenario=five+six+also_five")
    assert "5 in five and also_five, 6 in six" in message
    assert "horizon" not in message


def test_every_contradiction_is_listed(tmp_path: Path) -> None:
    for name, count in (("one", 1), ("two", 2)):
        teams = ", ".join(f"t{number}: {{caseworkers: {count}}}" for number in range(30))
        scenario(tmp_path, name, f"teams: {{{teams}}}")
    message = complaint(tmp_path, "scenario=one+two")
    assert "in 30 places" in message
    assert message.count("1 in one, 2 in two") == 30


def test_what_scenarios_say_about_figures_does_not_contradict(tmp_path: Path) -> None:
    for name, high in (("one", 8), ("two", 9)):
        figure = f"{{low: 1, high: {high}, unit: x, kind: assumption, source: us, year: 2024}}"
        scenario(tmp_path, name, f'evidence: {{"teams.*.caseworkers": {figure}}}')
    assert composed(tmp_path, "scenario=one+two").scenario.evidence["teams.*.caseworkers"].high == 9
    assert composed(tmp_path, "scenario=two+one").scenario.evidence["teams.*.caseworkers"].high == 8


SAID: list[tuple[str, str, str, str]] = [
    ("outcomes of one split", f"{DECISION}: {{granted: 0.5}}", f"{DECISION}: {{partly: 0.2}}", DECISION),
    ("one outcome", f"{DECISION}: {{granted: 0.5}}", f"{DECISION}: {{granted: 0.6}}", f"{DECISION}.granted"),
    (
        "outcomes of one split of a table",
        f"{DECISION}: {{by: profile, values: {{general: {{granted: 0.5, refused: rest}}}}}}",
        f"{DECISION}: {{by: profile, values: {{general: {{granted: 0.6, refused: rest}}}}}}",
        f"{DECISION}.values.general.granted",
    ),
    (
        "a split and a table",
        f"{DECISION}: {{granted: 0.5}}",
        f"{DECISION}: {{by: level, values: {{other: {{granted: 0.4, refused: 0.6}}}}}}",
        DECISION,
    ),
    ("kinds of distribution", f"{HOURS}: {{distribution: uniform, low: 1, high: 3}}", f"{HOURS}: {{mean: 9}}", HOURS),
    ("a number and a distribution", f"{HOURS}: 3", f"{HOURS}: {{distribution: fixed, value: 4}}", HOURS),
    ("a part of a distribution", f"{HOURS}: {{mean: 8}}", f"{HOURS}: {{mean: 9}}", f"{HOURS}.mean"),
    (
        "kinds of step",
        "tracks.support.steps.report: {kind: delay, days: 2, next: meeting}",
        "tracks.support.steps.report: {priority: 3}",
        "tracks.support.steps.report",
    ),
    (
        "a section that goes",
        "tracks.support.steps.supported.follow_up: null",
        "tracks.support.steps.supported.follow_up.hours: 5",
        "tracks.support.steps.supported.follow_up",
    ),
    ("no limit and a limit", "panels.board.seats: null", "panels.board.seats: 7", "panels.board.seats"),
    ("lists", "panels.board.label.en: 'A, b: c'", "panels.board.label.en: Board", "panels.board.label.en"),
]


def nested(line: str) -> str:
    """Return ``a.b.c: value`` as YAML."""
    path, _, value = line.partition(": ")
    *outer, last = path.split(".")
    return (
        "".join(f"{{{key}: " for key in outer).removeprefix("{")
        + ("{" if outer else "")
        + f"{last}: {value}"
        + "}" * len(outer)
    )


@pytest.mark.parametrize(("one", "other", "place"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
@pytest.mark.parametrize("order", ["one+other", "other+one"])
def test_a_contradiction_is_named_and_every_suggestion_settles_it(
    tmp_path: Path, one: str, other: str, place: str, order: str
) -> None:
    scenario(tmp_path, "one", nested(one))
    scenario(tmp_path, "other", nested(other))
    message = complaint(tmp_path, f"scenario={order}")
    assert f"  - {place}: " in message
    assert message.count("  - ") == 1
    suggested = message.partition("to settle it, add ")[2].partition("\n")[0].split(" or ")
    assert len(suggested) == 2
    for override in suggested:
        assert override.strip('"').startswith(f"{place}=")
        made = composed(tmp_path, f"scenario={order}", override.strip('"'))
        (parsed,) = OverridesParser.create().parse_overrides([override.strip('"')])
        for path, value in leaves(plain_keys(parsed.value()), tuple(place.split("."))):
            assert at(made.composed, path) == value


@pytest.mark.parametrize("order", ["one+other", "other+one"])
def test_a_split_is_settled_as_a_whole(tmp_path: Path, order: str) -> None:
    scenario(tmp_path, "one", nested(f"{DECISION}: {{granted: 0.5}}"))
    scenario(tmp_path, "other", nested(f"{DECISION}: {{refused: 0.1}}"))
    assert "contradicts" in complaint(tmp_path, f"scenario={order}", f"{DECISION}.granted=0.5")
    made = composed(tmp_path, f"scenario={order}", f"{DECISION}.granted=0.7", f"{DECISION}.refused=rest")
    assert made.composed["tracks"]["support"]["steps"]["decide"]["split"]["granted"] == 0.7


def test_different_values_of_one_table_go_together(tmp_path: Path) -> None:
    scenario(tmp_path, "one", nested(f"{HOURS}: {{by: level, values: {{'1': 2, other: 4}}}}"))
    scenario(tmp_path, "other", nested(f"{HOURS}: {{by: level, values: {{'2': 3, other: 4}}}}"))
    made = composed(tmp_path, "scenario=one+other")
    assert made.composed["tracks"]["support"]["steps"]["assessment"]["hours"] == {
        "by": "level",
        "values": {"1": 2, "2": 3, "other": 4},
    }


def test_mean_and_spread_of_one_distribution_go_together(tmp_path: Path) -> None:
    scenario(tmp_path, "one", nested(f"{HOURS}: {{distribution: gamma, mean: 9}}"))
    scenario(tmp_path, "other", nested(f"{HOURS}: {{cv: 0.1}}"))
    assert composed(tmp_path, "scenario=one+other").composed["tracks"]["support"]["steps"]["assessment"]["hours"] == {
        "distribution": "gamma",
        "mean": 9,
        "cv": 0.1,
    }


@pytest.mark.parametrize("order", ["one+other", "other+one"])
def test_another_kind_on_the_command_line_settles_the_kind(tmp_path: Path, order: str) -> None:
    scenario(tmp_path, "one", nested(f"{HOURS}: {{distribution: uniform, low: 1, high: 3}}"))
    scenario(tmp_path, "other", nested(f"{HOURS}: {{distribution: fixed, value: 2}}"))
    made = composed(tmp_path, f"scenario={order}", f"{HOURS}={{distribution: uniform, low: 4, high: 5}}")
    assert made.scenario.tracks["support"].steps["assessment"].hours == Uniform(distribution="uniform", low=4, high=5)  # type: ignore[union-attr]


def test_what_has_the_place_of_a_group_cannot_be_settled(tmp_path: Path) -> None:
    scenario(tmp_path, "one", "costs: null")
    scenario(tmp_path, "other", "costs: {staff: {dkk_per_year: 1}}")
    assert "costs: nothing (null) in one, {staff: {dkk_per_year: 1}} in other" in complaint(
        tmp_path, "scenario=one+other"
    )
    message = complaint(tmp_path, "scenario=one+other", "costs={staff: {dkk_per_year: 2}}")
    assert "to settle it, leave one of them out" in message


# -- files of config groups -------------------------------------------------------------------------------------


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    write(
        tmp_path / "configs" / "municipality" / "small.yaml",
        """
        # @package _global_
        defaults: [/municipality@_global_: one_team, /costs: middling, _self_]
        """,
    )
    for name, price in (("cheap", 100), ("middling", 500), ("dear", 900)):
        write(tmp_path / "configs" / "costs" / f"{name}.yaml", f"staff: {{dkk_per_year: {price}}}\n")
    for name in ("cheap", "dear"):
        scenario(tmp_path, f"{name}_staff", "", defaults=f"defaults: [{{override /costs: {name}}}, _self_]\n")
    return tmp_path


def price(folder: Path, *overrides: str) -> float:
    costs = Composer([folder]).configuration(["municipality=small", *overrides]).scenario.costs
    assert costs is not None
    return costs.staff.dkk_per_year


def test_two_files_for_one_group_are_refused(prices: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        price(prices, "scenario=cheap_staff+dear_staff")
    message = str(caught.value)
    assert "costs: 'cheap' in cheap_staff, 'dear' in dear_staff" in message
    assert "add costs=cheap or costs=dear" in message
    assert price(prices, "scenario=cheap_staff+dear_staff", "costs=cheap") == 100
    scenario(prices, "other", "horizon: {years: 3}")
    assert price(prices, "scenario=dear_staff+other") == 900


def test_another_file_of_a_group_settles_no_value(prices: Path) -> None:
    scenario(prices, "low", "costs: {staff: {dkk_per_year: 1}}")
    scenario(prices, "high", "costs: {staff: {dkk_per_year: 2}}")
    with pytest.raises(PlannerError, match=r"costs\.staff\.dkk_per_year: 1 in low, 2 in high"):
        price(prices, "scenario=low+high", "costs=cheap")


# -- where what is changed comes from ---------------------------------------------------------------------------


def test_every_changed_value_is_traced_to_the_part_that_says_so(disputed: Path) -> None:
    made = composed(disputed, "scenario=five+six", "teams.advisers.caseworkers=8")
    assert made.changed == (
        Changed("teams.advisers.caseworkers", before=3, now=8, parts=()),
        Changed("horizon.years", before=2, now=3, parts=("six",)),
    )


def test_what_is_new_and_what_stays_is_told_apart(tmp_path: Path) -> None:
    scenario(tmp_path, "one", "administrations: {joint: {label: {da: Ny, en: New}}}\nhorizon: {years: 2}")
    scenario(tmp_path, "other", nested(f"{HOURS}: {{distribution: fixed, value: 2}}"))
    found = {
        change.path: (change.before, change.now, change.parts)
        for change in composed(tmp_path, "scenario=one+other").changed
    }
    assert found == {
        "administrations.joint.label.da": (None, "Ny", ("one",)),
        "administrations.joint.label.en": (None, "New", ("one",)),
        f"{HOURS}.distribution": ("gamma", "fixed", ("other",)),
        f"{HOURS}.value": (None, 2, ("other",)),
    }


# -- small parts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (DECISION, True),
        (f"{DECISION}.values.general", True),
        ("birthday.meanwhile", True),
        ("offers.support.everybody.split", True),
        ("arrivals.applications.levels", True),
        (HOURS, False),
        ("teams", False),
        ("costs.services.family_support", False),
    ],
)
def test_where_probabilities_stand_is_known(place: str, expected: bool) -> None:
    assert is_split_at(Scenario, place.split(".")) is expected


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (0.5, "0.5"),
        ("tuesday", "tuesday"),
        ("2024-02-01", "2024-02-01"),
        ("true", "'true'"),
        ("It's 5", "'It\\'s 5'"),
        ({"a": [1, "b c"]}, "{a: [1,'b c']}"),
    ],
)
def test_values_are_written_as_in_an_override(value: object, written: str) -> None:
    assert typed(value) == written


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(1, 1.0, True), (1, True, False), ([1, 2], [1, 2.0], True), ({"a": 1}, {"a": 2}, False), (None, 0, False)],
)
def test_equal_values_are_told_from_similar_ones(one: object, other: object, expected: bool) -> None:
    assert same(one, other) is expected


# -- files that name several scenarios themselves -----------------------------------------------------------------


def both(*lines: str) -> str:
    return "\n".join(map(nested, lines))


TOGETHER = "defaults: [/scenario/one, /scenario/other, _self_]\n"


@pytest.fixture
def contrary(tmp_path: Path) -> Path:
    """Two scenarios that want different things in two places."""
    scenario(tmp_path, "one", both("teams.advisers.caseworkers: 5", f"{HOURS}: {{distribution: fixed, value: 3}}"))
    scenario(
        tmp_path, "other", both("teams.advisers.caseworkers: 6", f"{HOURS}: {{distribution: gamma, mean: 3, cv: 1}}")
    )
    return tmp_path


def test_a_file_that_names_two_scenarios_is_checked_as_a_stack_is(contrary: Path) -> None:
    scenario(contrary, "both", "horizon: {years: 3}", defaults=TOGETHER)
    message = complaint(contrary, "scenario=both")
    assert message.startswith("scenario 'both' contradicts itself in 2 places; say in its file or on the command line")
    assert "teams.advisers.caseworkers: 5 in one, 6 in other" in message
    assert f"{Path('scenarios') / 'one.yaml'}, line" in message
    settled = ["teams.advisers.caseworkers=5", f"{HOURS}={{distribution: fixed, value: 3}}"]
    made = composed(contrary, "scenario=both", *settled).scenario
    assert made.teams["advisers"].caseworkers == 5


def test_such_a_file_settles_what_it_says_itself(contrary: Path) -> None:
    body = both("teams.advisers.caseworkers: 7", f"{HOURS}: {{distribution: gamma, mean: 4, cv: 2}}")
    scenario(contrary, "both", body, defaults=TOGETHER)
    assert composed(contrary, "scenario=both").scenario.teams["advisers"].caseworkers == 7


def test_what_such_a_file_leaves_open_is_not_settled(contrary: Path) -> None:
    """The coefficient of variation would still be that of whichever scenario comes last."""
    scenario(
        contrary,
        "both",
        both("teams.advisers.caseworkers: 7", f"{HOURS}: {{distribution: gamma, mean: 4}}"),
        defaults=TOGETHER,
    )
    message = complaint(contrary, "scenario=both")
    assert HOURS in message
    assert "caseworkers" not in message


def test_what_such_a_file_says_below_the_others_settles_nothing(contrary: Path) -> None:
    below = "defaults: [_self_, /scenario/one, /scenario/other]\n"
    scenario(contrary, "both", nested("teams.advisers.caseworkers: 7"), defaults=below)
    assert "teams.advisers.caseworkers: 5 in one, 6 in other" in complaint(contrary, "scenario=both")


def test_such_a_file_is_checked_within_a_stack_too(contrary: Path) -> None:
    scenario(contrary, "both", "horizon: {years: 3}", defaults=TOGETHER)
    scenario(contrary, "weekly", "panels: {board: {every_weeks: 1}}")
    assert "scenario 'both' contradicts itself in 2 places" in complaint(contrary, "scenario=both+weekly")


def test_two_scenarios_that_agree_may_be_named_by_a_file(two: Path) -> None:
    scenario(two, "both", "horizon: {years: 3}", defaults="defaults: [/scenario/bigger, /scenario/weekly, _self_]\n")
    made = composed(two, "scenario=both").scenario
    assert (made.teams["advisers"].caseworkers, made.panels["board"].every_weeks) == (5, 1)
