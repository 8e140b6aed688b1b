"""From files and overrides to a checked configuration, and what is said when that fails."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hydra.core.global_hydra import GlobalHydra
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario.compose import Composer, Configuration, from_yaml, to_yaml
from sim.scenario.durations import Fixed, Uniform
from sim.scenario.errors import PlannerError, Problem

pytestmark = pytest.mark.unit

ONE_TEAM = "municipality=one_team"
HOURS = "tracks.support.steps.assessment.hours"


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer()


@pytest.fixture(scope="module")
def small(composer: Composer) -> Configuration:
    return compose(composer)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A planner's own folder, with two price lists that a municipality chooses between."""
    write(
        tmp_path / "configs" / "municipality" / "small.yaml",
        """
        # @package _global_
        defaults:
          - /municipality@_global_: one_team
          - /costs: cheap
          - /evidence: small
          - _self_
        """,
    )
    for name, price in (("cheap", 100), ("dear", 900)):
        write(
            tmp_path / "configs" / "costs" / f"{name}.yaml",
            f"""
            price_year: 2024
            staff: {{dkk_per_year: 580000, overhead: 0.22, account: 6.45.58}}
            services: {{family_support: {{own: {{dkk_per_day: {price}, account: 5.28.21}}}}}}
            appeals_board: {{dkk_per_case: 12000, payer: state, account: 6.45.58}}
            self_pay_share: 0.25
            """,
        )
    write(
        tmp_path / "configs" / "evidence" / "small.yaml",
        "teams.*.caseworkers: {low: 1, high: 9, unit: persons, kind: local, source: count, year: 2024}\n",
    )
    write_scenario(tmp_path, "bigger", "teams: {advisers: {caseworkers: 5}}")
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def write_scenario(folder: Path, name: str, body: str, *, defaults: str = "") -> Path:
    about = "about: {label: {da: Større, en: Bigger}, summary: {da: Et hold., en: A team.}, why: To see.}\n"
    return write(folder / "scenarios" / f"{name}.yaml", f"{defaults}{about}{body}\n")


def compose(composer: Composer, *overrides: str) -> Configuration:
    return composer.configuration([ONE_TEAM, *overrides])


def complaint(composer: Composer, *overrides: str) -> str:
    with pytest.raises(PlannerError) as caught:
        compose(composer, *overrides)
    return str(caught.value)


# -- what is composed -------------------------------------------------------------------------------------------


def test_defaults_scenario_and_overrides_are_laid_over_each_other(composer: Composer) -> None:
    made = compose(composer, "experiment=quick", "teams.advisers.caseworkers=7", "experiment.seed=11")
    assert made.scenario.about.name == "baseline"
    assert made.scenario.teams["advisers"].caseworkers == 7
    assert made.scenario.seed == 11
    assert made.experiment.replications == 3
    assert made.output is None
    assert made.choices["municipality"] == "one_team"
    assert made.choices["scenario"] == "baseline"
    assert made.composed["teams"]["advisers"]["max_caseload"] == 40
    assert "hydra" not in made.composed


def test_what_is_changed_in_one_configuration_is_not_changed_in_the_next(composer: Composer) -> None:
    """The files are read once and copied for each."""
    before = compose(composer).composed
    after = compose(composer, "teams.advisers.caseworkers=77", "profiles.general.label.en=changed").composed
    assert after["teams"]["advisers"]["caseworkers"] == 77
    assert after != before
    assert compose(composer).composed == before


def test_dates_lists_and_text_come_through(composer: Composer) -> None:
    made = compose(composer, "horizon.start=2025-02-03", "report.formats=[png]", "output=out/a", "about.source='S 1'")
    assert made.scenario.horizon.start.isoformat() == "2025-02-03"
    assert made.report.formats == ("png",)
    assert made.output == Path("out/a")


def test_a_configuration_survives_yaml_and_pickle(composer: Composer, tmp_path: Path) -> None:
    made = compose(composer, f"{HOURS}={{by: profile, values: {{general: 3}}}}", "horizon.start=2025-02-03")
    file = tmp_path / "config.yaml"
    file.write_text(to_yaml(made), encoding="utf-8")
    assert from_yaml(file) == made
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\x85\ufeff"),
    max_size=20,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS | st.sampled_from(["yes", "1e3", "0o7", "null", "2024-01-01", "a: b", "- c", "#d", "1:30", "'", "%"]))
def test_any_text_survives_yaml(small: Configuration, tmp_path: Path, text: str) -> None:
    about = {**small.composed["about"], "why": text}
    file = tmp_path / "config.yaml"
    file.write_text(to_yaml(replace(small, composed={**small.composed, "about": about})), encoding="utf-8")
    assert from_yaml(file).scenario.about.why == text


def test_another_kind_of_distribution_takes_the_place_of_the_one_below(composer: Composer, own: Path) -> None:
    made = compose(composer, f"{HOURS}={{distribution: uniform, low: 1, high: 3}}")
    assert made.scenario.tracks["support"].steps["assessment"].hours == Uniform(distribution="uniform", low=1, high=3)  # type: ignore[union-attr]
    write_scenario(own, "fixed", "tracks: {support: {steps: {assessment: {hours: {distribution: fixed, value: 2}}}}}")
    made = compose(Composer([own]), "scenario=fixed")
    assert made.scenario.tracks["support"].steps["assessment"].hours == Fixed(value=2)  # type: ignore[union-attr]


def test_the_same_kind_of_distribution_is_changed_in_part(composer: Composer) -> None:
    hours = compose(composer, f"{HOURS}.mean=12").composed["tracks"]["support"]["steps"]["assessment"]["hours"]
    assert hours == {"distribution": "gamma", "mean": 12, "cv": 0.5}


def test_another_kind_of_step_takes_the_place_of_the_one_below(own: Path) -> None:
    write_scenario(own, "quick_report", "tracks: {support: {steps: {report: {kind: delay, days: 2, next: meeting}}}}")
    made = compose(Composer([own]), "scenario=quick_report")
    assert made.composed["tracks"]["support"]["steps"]["report"] == {"kind": "delay", "days": 2, "next": "meeting"}


def test_whole_numbers_as_keys_are_names(own: Path) -> None:
    write_scenario(own, "levels", "arrivals: {applications: {levels: {1: 0.5, 2: 0.4, 3: 0.1}}}")
    made = compose(Composer([own]), "scenario=levels")
    assert made.scenario.arrivals["applications"].levels == {"1": 0.5, "2": 0.4, "3": 0.1}


# -- a planner's own folder -------------------------------------------------------------------------------------


def test_a_planners_own_scenario_is_found_and_listed_first(own: Path) -> None:
    composer = Composer([own])
    assert compose(composer, "scenario=bigger").scenario.teams["advisers"].caseworkers == 5
    names = [about.name for about in composer.scenarios()]
    assert names[0] == "bigger"
    assert "baseline" in names


def test_a_folder_of_scenarios_alone_will_do(own: Path) -> None:
    assert compose(Composer([own / "scenarios"]), "scenario=bigger").scenario.about.name == "bigger"


def test_files_are_not_read_before_they_are_asked_for(own: Path) -> None:
    write(own / "scenarios" / "broken.yaml", "a: [")
    assert compose(Composer([own]), "scenario=bigger").scenario.about.name == "bigger"


def test_a_planners_own_scenario_wins_over_one_that_is_shipped(own: Path) -> None:
    write_scenario(own, "baseline", "teams: {advisers: {caseworkers: 8}}")
    assert compose(Composer([own])).scenario.teams["advisers"].caseworkers == 8


def test_a_missing_folder_is_named_with_the_nearest(own: Path) -> None:
    with pytest.raises(PlannerError, match="did you mean 'scenarios'"):
        Composer([own / "scenaros"])


def test_prices_are_a_group_that_the_municipality_chooses_and_the_planner_changes(own: Path) -> None:
    composer = Composer([own])

    def price(*overrides: str) -> float:
        costs = composer.configuration(["municipality=small", *overrides]).scenario.costs
        assert costs is not None
        return costs.services["family_support"]["own"].dkk_per_day

    assert price() == 100
    assert price("costs=dear") == 900
    assert price("costs=dear", "costs.services.family_support.own.dkk_per_day=7") == 7


def test_a_scenario_can_choose_prices_and_bring_evidence(own: Path) -> None:
    write_scenario(
        own,
        "expensive",
        'evidence: {"horizon.years": {low: 1, high: 9, unit: years, kind: assumption, source: us, year: 2024}}',
        defaults="defaults: [{override /costs: dear}, _self_]\n",
    )
    made = Composer([own]).configuration(["municipality=small", "scenario=expensive"])
    assert made.choices["costs"] == "dear"
    assert set(made.scenario.evidence) == {"teams.*.caseworkers", "horizon.years"}


def test_hydras_global_state_is_given_back(composer: Composer) -> None:
    before = GlobalHydra.instance().hydra
    compose(composer)
    complaint(composer, "scenario=nobody")
    assert GlobalHydra.instance().hydra is before


# -- sweeps -----------------------------------------------------------------------------------------------------


def test_choices_ranges_and_globs_are_expanded(composer: Composer) -> None:
    points = composer.points(
        [ONE_TEAM, "scenario=baseline", "teams.advisers.caseworkers=range(3,6)", "report=glob(*ish)"]
    )
    assert points == [
        ["scenario=baseline", ONE_TEAM, f"teams.advisers.caseworkers={number}", f"report={report}"]
        for number in (3, 4, 5)
        for report in ("danish", "english")
    ]


def test_what_is_not_said_is_swept_by_default(composer: Composer) -> None:
    swept = [next(part for part in point if part.startswith("scenario=")) for point in composer.points([ONE_TEAM])]
    assert swept[0] == "scenario=baseline"
    assert len(swept) > 1
    assert composer.points([ONE_TEAM, "scenario=baseline"]) == [["scenario=baseline", ONE_TEAM]]


def test_lists_and_quoted_text_are_values_not_sweeps(composer: Composer) -> None:
    (point,) = composer.points([ONE_TEAM, "scenario=baseline", "report.formats=[svg,png]", "about.source='a,b'"])
    made = composer.configuration(point)
    assert made.report.formats == ("svg", "png")
    assert made.scenario.about.source == "a,b"


def test_the_launcher_is_passed_on(composer: Composer) -> None:
    (point,) = composer.points([ONE_TEAM, "scenario=baseline", "hydra/launcher=basic"])
    assert "hydra/launcher=basic" in point
    assert composer.configuration(point).scenario.about.name == "baseline"


@pytest.mark.parametrize(
    ("override", "parts"),
    [
        ("experiment.seed=interval(1,3)", ("experiment.seed=interval(1,3)", "infinitely many", "range(")),
        ("report=glob(x*)", ("report=glob(x*)", "matches nothing", "danish")),
        ("hydra/launcher=basic,other", ("hydra/launcher=basic,other", "cannot be swept")),
        ("hydra/launcher=basik", ("basik", "did you mean 'basic'")),
    ],
)
def test_a_sweep_that_cannot_be_run_is_refused(composer: Composer, override: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(PlannerError) as caught:
        composer.points([ONE_TEAM, "scenario=baseline", override])
    assert_says(str(caught.value), parts)


# -- messages ---------------------------------------------------------------------------------------------------


def assert_says(message: str, parts: tuple[str, ...]) -> None:
    for part in parts:
        assert part in message
    for noise in ("Traceback", "pydantic", "hydra.cc", "full_key", "object_type", "Search path", "search path"):
        assert noise not in message


OVERRIDES: list[tuple[str, tuple[str, ...]]] = [
    ("scenario=baslne", ("no scenario 'baslne'", "did you mean 'baseline'")),
    ("experiment=quik", ("no experiment 'quik'", "did you mean 'quick'", "precise")),
    ("experimnt=quick", ("experimnt", "did you mean 'experiment'")),
    ("teams.adviser.caseworkers=3", ("teams.adviser", "did you mean 'teams.advisers.caseworkers'")),
    ("teams.advisers.caseworker=3", ("teams.advisers.caseworker", "did you mean 'teams.advisers.caseworkers'")),
    ("teams.advisers.order=first_come", ("+teams.advisers.order=first_come",)),
    ("horizon.years.x=3", ("horizon.years is a single value (2)", "'x'")),
    ("municipality=", ("no municipality was named", "one_team")),
    ("foo bar=1", ("'foo bar=1' cannot be read", "no space")),
    ("caseworkers", ("'caseworkers' cannot be read", "key=value")),
    ("=3", ("'=3' cannot be read", "key=value")),
    ("report.formats=[svg", ("'report.formats=[svg' cannot be read", "'[' and ']'")),
    ("experiment={seed: 1", ("'{' and '}'",)),
    ("about.why=Følg op", ("about.why", "quotation marks")),
    ("teams.advisers.caseworkers=1,2", ("teams.advisers.caseworkers=1,2", "several values", "sweep")),
    ("experiment.seed=range(1,3)", ("experiment.seed=range(1,3)", "several values")),
    ("+horizon.years=3", ("horizon.years", "already exists", "leave out the +")),
    ("+experiment=quick", ("two files of 'experiment'", "experiment=NAME")),
    ("~teams.adviser", ("~teams.adviser", "did you mean 'teams.advisers'")),
    ("~report.format", ("~report.format", "did you mean 'report.formats'")),
    ("costs=one_team", ("costs", "nothing chooses", "+costs=")),
    ("hydra.foo=3", ("hydra.foo=3", "Hydra has no setting")),
    ("hydra/launcher=basik", ("no hydra/launcher 'basik'", "did you mean 'basic'")),
    ("hydra.searchpath=[file:///x]", ("hydra.searchpath", "--scenarios")),
    ("horizon.years=${horizon.yeers}", ("horizon.years", "'horizon.yeers'", "did you mean 'horizon.years'")),
    ("horizon.years=${horizon.years}", ("horizon.years", "refers to itself")),
    ("horizon.years=???", ("horizon.years", "must be given a value")),
    ("horizon.years=${oc.env:HOME}", ("horizon.years", "${oc.env:HOME}", "no functions")),
    ("+teams.advisers._target_=os.system", ("teams.advisers._target_", "data, not code")),
    ("teams.advisers={_target_: os.system}", ("teams.advisers._target_", "data, not code")),
    ("scenario=3", ("takes the name of one of its files", "a number")),
    ("scenario=[baseline]", ("exactly one scenario",)),
    ("~scenario", ("about", "is missing")),
    ("horizon=3", ("horizon: 3", "section")),
    ("teams.advisers.caseworkers=abc", ("teams.advisers.caseworkers: 'abc' is not a whole number", "given as teams")),
    ("teams.advisers.caseworkers='5'", ("teams.advisers.caseworkers: '5' is text", "without quotation marks")),
    ("teams.advisers.caseworkers=2.5", ("teams.advisers.caseworkers: 2.5 is not a whole number",)),
    ("teams.advisers.caseworkers=null", ("teams.advisers.caseworkers: is empty", "whole number")),
    ("teams.advisers.caseworkers=0", ("teams.advisers: a team needs at least one caseworker",)),
    ("+teams.advisers.caseworker=5", ("teams.advisers.caseworker", "did you mean 'caseworkers'")),
    ("horizon.start=2024-13-01", ("horizon.start: '2024-13-01' is not a date", "YYYY-MM-DD")),
    ("horizon.years=.nan", ("horizon.years",)),
    ("panels.board.weekday=tusday", ("panels.board.weekday: 'tusday'", "did you mean 'tuesday'", "monday")),
    (f"{HOURS}.distribution=gama", (f"{HOURS}.distribution", "'gama'", "did you mean 'gamma'")),
    (f"{HOURS}.mean='3'", (f"{HOURS}.mean: '3' is text",)),
    (f"~{HOURS}.cv", (f"{HOURS}.cv: is missing",)),
    (f"{HOURS}=-1", (f"{HOURS}: -1 is too low", "at least 0")),
    (f"{HOURS}={{by: profil, values: {{general: 1}}}}", (f"{HOURS}.by: 'profil'", "did you mean 'profile'")),
    (f"{HOURS}={{by: profile, values: {{general: x}}}}", (f"{HOURS}.values.general: 'x' is not a number",)),
    ("tracks.support.steps.decide.kind=desision", ("steps.decide.kind", "'desision'", "did you mean 'decision'")),
    ("tracks.support.steps.decide.split.granted=1.4", ("steps.decide.split.granted: 1.4 is too high", "'rest'")),
    ("tracks.support.steps.decide.split.refused=rst", ("steps.decide.split.refused: 'rst'", "did you mean 'rest'")),
    ("tracks.support.steps.decide.split.granted=0.9", ("steps.decide.split", "1.05", "refused")),
    ("costs.staff.account='6.45'", ("costs.staff.account: '6.45'", "5.28.20")),
    ("costs.staff.account=6.45", ("costs.staff.account: 6.45 is not text", "quotation marks")),
    ("+teams.Nye.caseworkers=1", ("teams.Nye", "small letter")),
    ("experiment.replications=0", ("experiment.replications: 0 is too low", "at least 1")),
    ("compute.n_jobs=0", ("compute", "0 processes", "given as compute.n_jobs=0")),
    ("report.language=dk", ("report.language: 'dk'", "da, en")),
    ("report.formats=svg", ("report.formats: 'svg' is not a list",)),
    ("experiment={seeds: 3}", ("no 'experiment.seeds'", "did you mean 'experiment.seed'")),
    ("output=3", ("output: 3 is not the name of a folder",)),
    ("+seed=3", ("seed", "experiment.seed")),
    ("+colour=red", ("colour", "not known")),
]


@pytest.mark.parametrize(("override", "parts"), OVERRIDES, ids=[override for override, _ in OVERRIDES])
def test_a_wrong_override_is_explained(composer: Composer, override: str, parts: tuple[str, ...]) -> None:
    assert_says(complaint(composer, override), parts)


FILES: list[tuple[str, str, tuple[str, ...]]] = [
    ("tab", "teams:\n\tadvisers: 3", ("wrong.yaml", "line 3", "tabs")),
    ("unclosed", "teams: {advisers: {", ("wrong.yaml", "not valid YAML", "line")),
    ("duplicate", "horizon: {years: 1}\nhorizon: {years: 2}", ("wrong.yaml", "duplicate key horizon", "line 3")),
    ("tag", "horizon: !!python/object/apply:os.system [ls]", ("horizon", "!!python", "data, not code")),
    ("path tag", "output: !!python/object/apply:pathlib.Path [x]", ("output", "data, not code")),
    ("target", "teams: {advisers: {_target_: os.system}}", ("teams.advisers._target_", "line 2", "data, not code")),
    ("resolver", "horizon: {years: '${oc.env:HOME}'}", ("horizon.years", "${oc.env:HOME}", "line 2")),
    ("hydra target", "hydra: {launcher: {_target_: os.system}}", ("hydra.launcher._target_", "data, not code")),
    ("unknown key", "teams: {advisers: {caseworker: 3}}", ("teams.advisers.caseworker", "'caseworkers'", "line 2")),
    ("value", "teams:\n  advisers:\n    caseworkers: many", ("teams.advisers.caseworkers: 'many'", "line 4")),
    ("unknown section", "team: {advisers: {caseworkers: 3}}", ("team", "did you mean 'teams'")),
    ("decimal comma", 'horizon: {years: "2,5"}', ("horizon.years: '2,5'", "decimal point")),
]


@pytest.mark.parametrize(("body", "parts"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_a_wrong_scenario_file_is_explained(own: Path, body: str, parts: tuple[str, ...]) -> None:
    write_scenario(own, "wrong", body)
    assert_says(complaint(Composer([own]), "scenario=wrong"), parts)


def test_a_default_that_does_not_exist_is_explained(own: Path) -> None:
    write_scenario(own, "wrong", "", defaults="defaults: [{override /costs: deer}, _self_]\n")
    with pytest.raises(PlannerError) as caught:
        Composer([own]).configuration(["municipality=small", "scenario=wrong"])
    assert_says(str(caught.value), ("no costs 'deer'", "did you mean 'dear'", "cheap"))


def test_a_list_instead_of_keys_is_explained(own: Path) -> None:
    write(own / "scenarios" / "wrong.yaml", "- a\n- b\n")
    assert_says(complaint(Composer([own]), "scenario=wrong"), ("wrong.yaml", "key: value", "a list"))


def test_a_file_in_another_encoding_is_explained(own: Path) -> None:
    (own / "scenarios" / "wrong.yaml").write_bytes("about: {why: Større}".encode("latin-1"))
    assert_says(complaint(Composer([own]), "scenario=wrong"), ("wrong.yaml", "UTF-8"))


def test_a_scenario_that_does_not_say_what_it_is_is_named_in_the_list(own: Path) -> None:
    write(own / "scenarios" / "silent.yaml", "teams: {}")
    with pytest.raises(PlannerError, match=r"silent\.yaml does not say what it is"):
        Composer([own]).scenarios()


def test_all_problems_are_told_at_once(composer: Composer) -> None:
    message = complaint(composer, "teams.advisers.caseworkers=0", "horizon.years=-1", "experiment.seed=-1")
    assert_says(message, ("3 problems", "teams.advisers", "caseworkers: 0"))
    assert_says(message, ("horizon.years", "experiment.seed"))


def test_a_long_list_of_problems_is_cut_short() -> None:
    message = str(PlannerError("wrong:", [Problem(f"a.b{number}", "no") for number in range(27)]))
    assert "a.b19" in message
    assert "a.b20" not in message
    assert message.endswith("and 7 more")


def test_a_message_reaches_another_process_unchanged() -> None:
    error = PlannerError("wrong:", [Problem("a.b", "no", "file.yaml, line 3")])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes


KEYS = st.sampled_from(
    ["teams.advisers.caseworkers", HOURS, "report", "panels.board", "about.label.da", "scenario", "x"]
)
VALUES = st.text(max_size=12) | st.sampled_from(["[]", "{}", "{a: [1, {b: c}]}", "null", "1e400", "${x}", "[[[", "???"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prefix=st.sampled_from(["", "+", "++", "~"]), key=KEYS, value=VALUES)
def test_whatever_is_typed_is_composed_or_explained(composer: Composer, prefix: str, key: str, value: str) -> None:
    try:
        compose(composer, f"{prefix}{key}={value}")
    except PlannerError as error:
        assert_says(str(error), ())
