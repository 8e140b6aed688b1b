"""What a planner says to ``init``: names, numbers, and the sizes that follow from them."""

from __future__ import annotations

import builtins
from io import StringIO

import pytest
from rich.console import Console

from sim.folder.answers import Answers, consistent, panels_given, places_given, staff_given, whole
from sim.folder.ask import Interview, Wanted
from sim.folder.evidence_file import bounds
from sim.folder.municipality_file import factor_text, origin_of
from sim.folder.names import checked_label, file_name
from sim.folder.sizes import lifted_teams, odense, population, sizes, with_places
from sim.scenario.base import NAME_PATTERN
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit

ODENSE = Answers("Odense", 204700, 39500, 17000)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Læsø", "laesoe"),
        ("Høje-Taastrup Kommune", "hoeje_taastrup_kommune"),
        ("Århus", "aarhus"),
        ("A\u030arhus", "aarhus"),  # a ring that is a letter of its own, as files from a Mac have it
        ("Odense", "odense_own"),
        ("COM1", "com1_own"),
        ("2 byer", "municipality_2_byer"),
        ("Ærø & Samsø/Tunø", "aeroe_samsoe_tunoe"),
    ],
)
def test_a_name_of_a_place_becomes_a_name_of_a_file(label: str, name: str) -> None:
    assert file_name(checked_label(label), {"odense", "copenhagen"}) == name
    assert NAME_PATTERN.match(name)


@pytest.mark.parametrize("label", ["", "   ", "${oc.env:HOME}", "a: b", "a#b", 'a"b', "-a", "x" * 61, "=A1"])
def test_what_no_place_is_called_is_refused(label: str) -> None:
    with pytest.raises(PlannerError, match="--name: "):
        checked_label(label)


@pytest.mark.parametrize("text", ["1800", "1.800", "1,800", "1 800", " 1800 ", "+1800", "1\u00a0800", "1\u202f800"])
def test_thousands_may_be_parted_as_people_do(text: str) -> None:
    assert whole(text, "--population") == 1800


@pytest.mark.parametrize("text", ["mange", "1.8", "1,5", "1.80.0", "", "1e3", "18.00", "1800.0"])
def test_what_could_be_misread_is_no_number(text: str) -> None:
    with pytest.raises(PlannerError, match=r"--population: .* is not a whole number \(allowed: "):
        whole(text, "--population")


def test_a_number_out_of_range_names_the_range() -> None:
    with pytest.raises(PlannerError, match=r"--population: -5 is out of range .* from 1 to 10000000"):
        whole("-5", "--population", least=1)


def test_pairs_are_read_by_path() -> None:
    assert staff_given(["a=3, b=1.200"], ["a", "b"]) == {"teams.a.caseworkers": 3, "teams.b.caseworkers": 1200}
    assert panels_given(["a=2:12"], ["a"]) == {"panels.a.every_weeks": 2, "panels.a.seats": 12}
    assert places_given(["a=0"], ["a"]) == {"services.a.suppliers.own.places": 0}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("buf_intke=3", "did you mean 'buf_intake'"),
        ("buf_intake", "not of the form NAME=NUMBER"),
        ("buf_intake=", "not of the form NAME=NUMBER"),
        ("buf_intake=0", "out of range"),
        ("buf_intake=1,buf_intake=2", "given twice"),
        ("buf_intake=1,5", "not a whole number"),
    ],
)
def test_a_wrong_pair_is_named(text: str, told: str) -> None:
    with pytest.raises(PlannerError, match=told):
        staff_given([text], ["buf_intake", "buf_family"])


def test_more_children_than_inhabitants_are_refused() -> None:
    with pytest.raises(PlannerError, match=r"110 .* more than all inhabitants"):
        consistent(Answers("A", 100, 90, 20))


def test_a_municipality_of_odenses_size_is_odense() -> None:
    for size in sizes(ODENSE):
        assert size.value == size.odense == pytest.approx(size.exact), size.path
    assert population(ODENSE) == odense()["municipality"]["population"]


def test_everything_of_odenses_size_is_scaled() -> None:
    data = odense()
    sized = {f"municipality.population.{group}" for group in data["municipality"]["population"]}
    sized |= {f"teams.{name}.caseworkers" for name in data["teams"]}
    sized |= {f"panels.{name}.{key}" for name in data["panels"] for key in ("every_weeks", "seats")}
    sized |= {f"services.{name}.suppliers.own.places" for name in with_places()}
    sized |= {f"arrivals.{name}.per_year" for name in data["arrivals"]}
    sized |= {f"{part}.{name}.count" for part in ("initial_caseload", "initial_matters") for name in data[part]}
    assert [size.path for size in sizes(ODENSE)] == list(dict.fromkeys(size.path for size in sizes(ODENSE)))
    assert {size.path for size in sizes(ODENSE)} == sized


def test_each_figure_follows_those_whom_it_is_for() -> None:
    # Twice the children, half the young, and as many adults from 23 on as in Odense.
    own = {size.path: size for size in sizes(Answers("B", 79000 + 8500 + 148200, 79000, 8500))}
    assert own["arrivals.school.per_year"].value == 980
    assert own["initial_caseload.home_support.count"].value == 220
    assert own["arrivals.adults_over_29.per_year"].value == 750
    # 70 % of the adult teams' work halves, 30 % stays: 15 * 0.65 = 9.75.
    assert own["teams.bsf_youth.caseworkers"].value == 10
    assert own["services.home_support.suppliers.own.places"].value == 215
    assert own["teams.buf_family.caseworkers"].value == 164


def test_in_a_small_municipality_a_team_is_lifted_to_one_member_and_that_is_said() -> None:
    own = {size.path: size for size in sizes(Answers("Læsø", 1800))}
    intake = own["teams.buf_intake.caseworkers"]
    assert (intake.value, intake.lifted) == (1, True)
    assert origin_of(intake, "da") == "SKALERET: 14 × 0,00878 (børn 0-17 år) = 0,12, rundet op til 1, ikke verificeret"
    assert len(lifted_teams(list(own.values()))) == 5
    assert own["services.emergency_home.suppliers.own.places"].value == 0, "places can be bought"
    assert own["arrivals.police.per_year"].value == 2.57


def test_what_was_given_is_neither_scaled_nor_lifted() -> None:
    own = {size.path: size for size in sizes(Answers("A", 1800, given={"teams.buf_intake.caseworkers": 1}))}
    assert own["teams.buf_intake.caseworkers"].given
    assert origin_of(own["teams.buf_intake.caseworkers"], "en") == "OWN FIGURE"
    assert "buf_intake" not in lifted_teams(list(own.values()))


def test_a_panel_that_meets_half_as_often_decides_twice_as_many() -> None:
    own = {size.path: size.value for size in sizes(Answers("A", 204700, given={"panels.bsf_panel.every_weeks": 4}))}
    assert own["panels.bsf_panel.seats"] == 20


@pytest.mark.parametrize("answers", [Answers("A", 90), Answers("A", 1800, 0, 0), ODENSE, Answers("A", 360_000)])
def test_every_figure_lies_within_its_own_range(answers: Answers) -> None:
    for size in sizes(answers):
        low, high = bounds(size)
        assert low <= size.value <= high, size.path
        factor_text(size, "da")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lines that are typed one after the other; afterwards the input ends."""
    lines: list[str] = []

    def line(_prompt: str = "") -> str:
        if not lines:
            raise EOFError
        return lines.pop(0)

    monkeypatch.setattr(builtins, "input", line)
    return lines


NOTHING = Wanted(None, None, None, None, {})


def test_a_planner_is_asked_until_the_answer_will_do(typed: list[str]) -> None:
    typed += ["", "Læsø", "mange", "-5", "1.800", "9000", "220", "", *[""] * 5, "4", *[""] * 7, "n"]
    screen = StringIO()
    answers = Interview(Console(file=screen, width=200), "da").answers(NOTHING)
    assert answers == Answers("Læsø", 1800, 220, None, {"panels.buf_panel_family.every_weeks": 4})
    assert typed == []
    assert "»mange« går ikke: et helt tal fra 1 til 10.000.000" in screen.getvalue()
    assert "»9000« går ikke: et helt tal fra 0 til 1.800" in screen.getvalue()
    assert "Børn 0-17 år (347): " in screen.getvalue()


def test_what_was_given_as_an_option_is_not_asked_again(typed: list[str]) -> None:
    typed += [*[""] * 4, *[""] * 7, "y", "3", *[""] * 9]
    given = {"teams.buf_intake.caseworkers": 2, "panels.buf_panel_family.every_weeks": 1}
    screen = StringIO()
    answers = Interview(Console(file=screen, width=200), "en").answers(Wanted("A", 1800, 220, 60, given))
    assert answers.given == {**given, "services.emergency_home.suppliers.own.places": 3}
    assert "Intake" not in screen.getvalue()
    assert typed == []


def test_the_end_of_the_input_is_an_interruption(typed: list[str]) -> None:
    typed += ["Læsø"]
    with pytest.raises(KeyboardInterrupt):
        Interview(Console(file=StringIO()), "da").answers(NOTHING)


def test_where_nobody_can_be_asked_name_and_population_must_be_given() -> None:
    with pytest.raises(PlannerError, match="--name and --population must be given"):
        NOTHING.complete()
