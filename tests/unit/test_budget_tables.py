"""The tables of a budget proposal, against values calculated by hand.

With two replications Student's t has one degree of freedom: at 95 % it is 12.7062, so the interval of the values
a and b is their mean ± 12.7062 · |a − b| / 2.
"""

from __future__ import annotations

import datetime as dt

import pytest
from budget_books import Entry, study, table

from sim.report.budget.frames import frame_forecasts
from sim.report.budget.levels import frame_levels
from sim.report.budget.parts import parts
from sim.report.budget.proposal import proposal
from sim.report.budget.shifts import moved, shifts
from sim.report.budget.study import Ledger
from sim.report.budget.years import common_years, whole_years
from sim.report.intervals import Interval
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit

T = 12.706204736174698
HOMES, STAFF, REFUND = "5.28.20", "6.45.58", "5.22.07"

BASE: list[Entry] = [
    (0, 2026, "buf", HOMES, "services", 1000.0),
    (1, 2026, "buf", HOMES, "services", 1200.0),
    (0, 2026, "buf", STAFF, "staff", 500.0),
    (1, 2026, "buf", STAFF, "staff", 500.0),
    (0, 2026, "state", HOMES, "board", 70.0),
]
NEW: list[Entry] = [
    (0, 2026, "buf", HOMES, "services", 900.0),
    (1, 2026, "buf", HOMES, "services", 1000.0),
    (0, 2026, "buf", STAFF, "staff", 500.0),
    (1, 2026, "buf", STAFF, "staff", 500.0),
    (0, 2026, "bsf", HOMES, "services", 160.0),
    (1, 2026, "bsf", HOMES, "services", 40.0),
    (1, 2026, "bsf", REFUND, "refund", -10.0),
    (1, 2026, "state", REFUND, "refund", 10.0),
    (0, 2027, "family", HOMES, "family", 33.0),
]


def about(mean: float, half: float) -> Interval:
    return Interval(pytest.approx(mean), pytest.approx(mean - half), pytest.approx(mean + half))


@pytest.mark.parametrize(
    ("first", "end", "years"),
    [
        ((2026, 1, 1), (2030, 1, 1), (2026, 2027, 2028, 2029)),
        ((2026, 1, 2), (2029, 12, 31), (2027, 2028)),
        ((2026, 7, 1), (2027, 7, 1), ()),
    ],
)
def test_only_whole_calendar_years_count(
    first: tuple[int, int, int], end: tuple[int, int, int], years: tuple[int, ...]
) -> None:
    assert whole_years(dt.date(*first), dt.date(*end)) == years


def test_points_are_compared_in_the_years_that_all_have() -> None:
    long = {"start": "2025-01-01", "run_in_years": 1, "years": 5}
    short = {"start": "2025-01-01", "run_in_years": 2, "years": 2.5}
    assert common_years([long]) == (2026, 2027, 2028, 2029, 2030)
    assert common_years([long, short]) == (2027, 2028)


def test_a_proposal_is_four_years_long_at_most() -> None:
    one = study({"base": BASE, "new": NEW}, years=tuple(range(2026, 2036)))
    assert one.years == (2026, 2027, 2028, 2029)


def test_the_lines_of_a_proposal_are_paired_differences() -> None:
    table = proposal(study({"base": BASE, "new": NEW}), "new")
    assert [(line.administration, line.account) for line in table.lines] == [
        ("buf", HOMES),
        ("bsf", REFUND),
        ("bsf", HOMES),
    ]
    homes, refund, other = table.lines
    assert homes.years[0] == about(-150, T * 50)  # -100 and -200
    assert refund.years[0] == about(-5, T * 5)  # 0 and -10
    assert other.years[0] == about(100, T * 60)  # 160 and 40
    assert homes.years[1] == about(0, 0)


def test_totals_have_intervals_of_their_own() -> None:
    """The lines' bounds would add up to ± 115 t; chance that hits two lines in opposite ways cancels."""
    table = proposal(study({"base": BASE, "new": NEW}), "new")
    assert table.subtotals["bsf"][0] == about(95, T * 65)  # 160 and 30
    assert table.total[0] == about(-55, T * 115)  # 60 and -170
    assert table.total[0].mean == pytest.approx(sum(line.years[0].mean for line in table.lines))
    assert table.pairs == 2


def test_what_the_state_and_families_pay_is_not_the_municipalitys() -> None:
    table = proposal(study({"base": BASE, "new": NEW}), "new")
    assert {line.administration for line in table.lines} == {"buf", "bsf"}
    assert table.total[1] == about(0, 0)  # only the family pays in 2027


def test_only_replications_that_both_have_are_compared() -> None:
    numbers = {"base": (0, 1, 2), "new": (0, 1)}
    more = [*BASE, (2, 2026, "buf", HOMES, "services", 9e6)]
    same = proposal(study({"base": BASE, "new": NEW}), "new")
    assert proposal(study({"base": more, "new": NEW}, replications=numbers), "new") == same
    numbers = {"base": (0, 1), "new": (0, 1, 2)}
    more = [*NEW, (2, 2026, "buf", HOMES, "services", 9e6)]
    assert proposal(study({"base": BASE, "new": more}, replications=numbers), "new") == same


def test_one_replication_gives_means_without_intervals() -> None:
    table = proposal(study({"base": BASE, "new": NEW}, replications=1), "new")
    assert table.total[0].mean == pytest.approx(60)
    assert not table.total[0].known


def test_a_ledger_of_an_earlier_version_is_refused_with_its_missing_columns() -> None:
    old = table(BASE).drop(columns=["part", "supplier"])
    with pytest.raises(PlannerError, match="no columns part, supplier"):
        Ledger.of(old, [0])


def test_a_replication_without_any_entry_cost_nothing() -> None:
    only_one = [entry for entry in NEW if entry[0] == 0]
    table = proposal(study({"base": BASE, "new": only_one}), "new")
    assert table.total[0] == about((60 - 1700) / 2, T * (60 + 1700) / 2)


def test_parts_add_up_to_the_proposal() -> None:
    one = study({"base": BASE, "new": NEW})
    lines = {(line.administration, line.part): line for line in parts(one, "new")}
    assert list(lines) == [("buf", "staff"), ("buf", "services"), ("bsf", "services"), ("bsf", "refund")]
    assert lines["buf", "services"].baseline == (1100.0, 0.0)
    assert lines["buf", "services"].scenario == (950.0, 0.0)
    difference = sum(line.scenario[0] - line.baseline[0] for line in lines.values())
    assert difference == pytest.approx(proposal(one, "new").total[0].mean)


def test_shifts_are_means_a_year_and_add_up() -> None:
    table = shifts(study({"base": BASE, "new": NEW}), "new")
    by_payer = {one.payer: one for one in table.payers}
    assert list(by_payer) == ["buf", "bsf", "state", "family"]
    assert by_payer["buf"].baseline == about(800, T * 50)  # (1500 and 1700) / 2 years
    assert by_payer["buf"].difference == about(-75, T * 25)
    assert by_payer["bsf"].difference == about(47.5, T * 32.5)  # (160 and 30) / 2 years
    assert by_payer["state"].difference == about(-15, T * 20)  # (-70 and 10) / 2 years
    assert by_payer["family"].difference == about(8.25, T * 8.25)  # (33 and 0) / 2 years
    assert table.municipality.difference.mean == pytest.approx(-27.5)
    assert table.everybody.difference.mean == pytest.approx(sum(one.difference.mean for one in table.payers))


def test_what_changes_hands_is_the_smaller_of_more_and_less() -> None:
    table = shifts(study({"base": BASE, "new": NEW}), "new")
    assert table.moved.mean == pytest.approx(47.5 + 8.25)  # against savings of 75 + 15
    assert 0 <= table.moved.low <= table.moved.mean <= table.moved.high


def test_what_changes_hands_is_certain_only_if_both_sides_are() -> None:
    more, less, unsure = Interval(10, 8, 12), Interval(-30, -40, -20), Interval(5, -4, 14)
    assert moved([more, less]) == Interval(10, 8, 12)
    assert moved([more, less, unsure]) == Interval(15, 8, 26)
    assert moved([more, unsure]) == Interval(0, 0, 4)
    assert moved([less, unsure]) == Interval(5, 0, 14)


def test_a_payer_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ValueError, match="region"):
        shifts(study({"base": BASE, "new": [*NEW, (0, 2026, "region", HOMES, "services", 1.0)]}), "new")


LABEL = {"label": {"da": "Forvaltning", "en": "Administration"}}
FRAMES = {
    "administrations": {"buf": {**LABEL, "budget": "common"}, "bsf": {**LABEL, "budget": "common"}},
    "costs": {
        "price_year": 2024,
        "frames": {
            "buf": {"dkk_per_year": 1300.0, "years": {"2027": 2.0}},
            "bsf": {"dkk_per_year": 240.0, "years": {}},
        },
    },
}


def test_a_shared_frame_is_the_sum_and_its_overspend_is_counted() -> None:
    (one,) = frame_forecasts(study({"base": BASE, "new": NEW}), "new", FRAMES)
    assert (one.frame, one.members) == ("common", ("buf", "bsf"))
    year = one.years[0]
    assert year.amount == 1540.0
    assert year.forecast == about(1545, T * 15)  # 1560 and 1530
    assert year.overspend == about(5, T * 15)
    assert (year.overspent.happened, year.overspent.of) == (1, 2)
    assert (year.overspent.low, year.overspent.high) == (pytest.approx(0.012579117), pytest.approx(0.987420883))
    assert one.years[1].amount == 242.0
    assert one.years[1].overspent.happened == 0


def test_a_frame_exactly_spent_is_not_overspent() -> None:
    costs = {
        "costs": {"price_year": 2024, "frames": {"buf": {"dkk_per_year": 1400.0}}},
        "administrations": {"buf": LABEL},
    }
    (one,) = frame_forecasts(study({"base": BASE, "new": NEW}), "new", costs)
    assert one.years[0].overspent.happened == 1  # 1400 and 1500


def test_a_frame_that_is_only_known_in_part_is_left_out() -> None:
    half = {**FRAMES, "costs": {"price_year": 2024, "frames": {"buf": {"dkk_per_year": 1300.0}}}}
    assert frame_forecasts(study({"base": BASE, "new": NEW}), "new", half) == []


def test_frames_are_brought_to_the_reported_price_level() -> None:
    index = {"wages": {"percent": {"2025": 10.0, "2026": 10.0}}, "prices": {"percent": {"2025": 0.0, "2026": 20.0}}}
    costs = {"price_year": 2024, "index": index, "wage_share": 0.5}
    assert frame_levels(costs, [2026]) == {2026: pytest.approx(1.0)}
    nominal = frame_levels({**costs, "level": {"kind": "nominal"}}, [2025, 2026])
    assert nominal == {2025: pytest.approx(0.5 * 1.1 + 0.5), 2026: pytest.approx(0.5 * 1.21 + 0.5 * 1.2)}
    fixed = frame_levels({**costs, "level": {"kind": "fixed", "year": 2025}}, [2026])
    assert fixed == {2026: pytest.approx(1.05)}
    (one,) = frame_forecasts(study({"base": BASE, "new": NEW}), "new", FRAMES, {2026: 1.1, 2027: 1.0})
    assert one.years[0].amount == pytest.approx(1540 * 1.1)


def test_a_scaled_municipality_has_a_scaled_frame() -> None:
    (one,) = frame_forecasts(study({"base": BASE, "new": NEW}), "new", {**FRAMES, "municipality": {"scale": 0.25}})
    assert one.years[0].amount == 1540 / 4
