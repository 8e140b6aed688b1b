"""Whose case is it? Who is asked, who takes it, and what it costs in days."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from growing_up import BIRTHDAY, DAY_MONTH_BEFORE, MONTH_BEFORE, live, service_step
from scipy.stats import binom
from tiny_maps import END, Told, coming_of_age, delay, label, people, service, small_map, team, tell, track, work

from sim.model import simulate

pytestmark = pytest.mark.unit

ROUND, LOST, ESCALATION = 10, 25, 30
"""Days."""
FRAMES = ("child", "adult", "elderly")
"""The administrations: whoever brings the cases, the one whose they are, and the other that could take them."""


def asking(**settings: Any) -> dict[str, Any]:
    """Return the step: the case is ``adult``'s, and ``elderly`` is the other that could take it."""
    return {
        "kind": "responsibility",
        "theirs": {"adult": 1},
        "round_days": ROUND,
        "lost_days": LOST,
        "escalation_days": ESCALATION,
        "max_rounds": 3,
        "to": {"adult": "with_adult", "elderly": "with_elderly"},
        **settings,
    }


def steps(step: dict[str, Any]) -> dict[str, Any]:
    return {"whose": step, "with_adult": delay("end", 1), "with_elderly": delay("end", 1), "end": END}


def administrations(*names: str, pooled: tuple[str, ...] = (), frame: str = "common") -> dict[str, Any]:
    """Return administrations, some of which draw on one budget frame."""
    return {name: {"label": label(name), **({"budget": frame} if name in pooled else {})} for name in (*FRAMES, *names)}


def settled(at: tuple[float, ...] = (0.0,), others: Any = None, **settings: Any) -> Told:
    """Tell of cases that came to the step at some times."""
    given = {"administrations": administrations(), **(others or {})}
    return tell(steps(asking(**settings)), at=at, **given)


def history(story: Told) -> list[tuple[float, str, str]]:
    """Return what happened to the cases until somebody took them: day, event, outcome."""
    kinds = ("lost", "bounce", "escalation", "responsibility_taken")
    return [(row.time, row.kind, row.outcome) for row in story.rows("events") if row.kind in kinds]


def bounces(story: Told) -> dict[int, int]:
    return Counter(row.case for row in story.events("bounce"))


# -- who takes it ---------------------------------------------------------------------------------------------------


def test_the_one_whose_case_it_is_takes_it_at_once() -> None:
    """Nothing is waited for, and from then on that administration is responsible."""
    story = settled(at=(2.0,))
    assert history(story) == [(2, "responsibility_taken", "adult")]
    assert story.activities("whose") == []
    assert story.when("with_adult") == [(2, 2, 3)]
    (taken,) = story.events("responsibility_taken")
    assert (taken.administration, taken.since, taken.due) == ("adult", 2, None)


def test_a_case_that_is_misrouted_is_sent_on_and_then_taken() -> None:
    """``elderly`` is asked first on day 2; ``adult`` answers ten days later."""
    story = settled(at=(2.0,), misrouted=1)
    assert history(story) == [(2, "bounce", "elderly"), (12, "responsibility_taken", "adult")]
    assert story.when("whose") == [(2, 2, 12)]
    assert story.when("with_adult") == [(12, 12, 13)]
    assert [row.since for row in story.events("responsibility_taken")] == [2]


def test_until_it_is_taken_the_sender_is_responsible() -> None:
    story = settled(misrouted=1, lost=1)
    whose = [row.administration for kind in ("lost", "bounce", "responsibility_taken") for row in story.events(kind)]
    assert whose == ["child", "child", "adult"]


def test_one_whose_case_it_is_not_may_take_it_all_the_same() -> None:
    story = settled(misrouted=1, accepts_others=1)
    assert history(story) == [(0, "responsibility_taken", "elderly")]
    assert story.when("with_elderly") == [(0, 0, 1)]


def test_whose_it_is_by_an_attribute_of_the_case() -> None:
    theirs = {"by": "source", "values": {"school": {"adult": 1}, "other": {"elderly": 1}}}
    arrivals = {"school": people([0]), "home": people([1])}
    assert history(settled(theirs=theirs, others={"arrivals": arrivals})) == [
        (0, "responsibility_taken", "adult"),
        (1, "responsibility_taken", "elderly"),
    ]


def test_work_goes_to_the_team_of_whoever_took_the_case() -> None:
    teams = {"team": team(), "second": team(administration="adult")}
    step = work("end", team={"by": "administration", "values": {"adult": "second", "other": "team"}})
    map_of = {"whose": asking(to={"adult": "do", "elderly": "do"}), "do": step, "end": END}
    assert [row.resource for row in tell(map_of, administrations=administrations(), teams=teams).activities("do")] == [
        "second"
    ]


# -- lost, doubted, escalated ---------------------------------------------------------------------------------------


def test_a_case_is_lost_before_anybody_is_asked() -> None:
    """Lost on day 2, noticed on day 27."""
    story = settled(at=(2.0,), lost=1)
    assert history(story) == [(2, "lost", "done"), (27, "responsibility_taken", "adult")]
    assert story.when("whose") == [(2, 2, 27)]


def test_a_case_can_be_lost_and_then_misrouted() -> None:
    assert history(settled(lost=1, misrouted=1)) == [
        (0, "lost", "done"),
        (25, "bounce", "elderly"),
        (35, "responsibility_taken", "adult"),
    ]


def test_doubt_without_end_goes_to_the_joint_management() -> None:
    """``adult`` doubts, ``elderly`` says no, ``adult`` doubts: three times, then 30 days until it is decided, rightly.

    The third time nobody else is asked, so that there is no third answer to wait for.
    """
    story = settled(doubt=1)
    assert history(story) == [
        (0, "bounce", "adult"),
        (10, "bounce", "elderly"),
        (20, "bounce", "adult"),
        (20, "escalation", "done"),
        (50, "responsibility_taken", "adult"),
    ]
    assert story.when("whose") == [(0, 0, 10), (10, 10, 20), (20, 20, 50)]


@pytest.mark.parametrize(("rounds", "days"), [(1, 30), (2, 40), (5, 70)])
def test_the_number_of_rounds(rounds: int, days: float) -> None:
    story = settled(doubt=1, max_rounds=rounds)
    assert len(story.events("bounce")) == rounds
    assert [row.time for row in story.events("responsibility_taken")] == [days]


def test_without_any_round_the_joint_management_decides_all() -> None:
    story = settled(misrouted=1, max_rounds=0)
    assert history(story) == [(0, "escalation", "done"), (30, "responsibility_taken", "adult")]


def test_rounds_of_no_days_pass_at_once() -> None:
    """Three bounces and a ruling without a day of waiting."""
    story = settled(doubt=1, round_days=0, escalation_days=0)
    assert [time for time, _, _ in history(story)] == [0] * 5
    assert story.activities("whose") == []
    assert story.when("with_adult") == [(0, 0, 1)]


def test_each_round_is_answered_anew() -> None:
    """At doubt 0.5 half of the cases are taken at once; of the others half when they come back."""
    number = Counter(bounces(settled((0.0,) * 1000, doubt=0.5)).values())
    assert set(number) == {2, 3}
    for count in number.values():
        low, high = binom.interval(0.9999, 1000, 0.25)
        assert low <= count <= high


def test_doubt_by_an_attribute() -> None:
    doubt = {"by": "source", "values": {"school": 1, "other": 0}}
    arrivals = {"school": people([0]), "home": people([0])}
    story = settled(doubt=doubt, others={"arrivals": arrivals})
    assert list(bounces(story).values()) == [3]


def test_the_agreed_procedure_settles_it_at_once() -> None:
    """Nothing is lost, misrouted or doubted where the procedure is followed."""
    story = settled(by_procedure=1, misrouted=1, lost=1, doubt=1)
    assert history(story) == [(0, "responsibility_taken", "adult")]


def test_a_share_follows_the_procedure_and_the_others_follow_practice() -> None:
    """The same cases whatever the share: who follows it at 0.3 also does at 0.7."""
    by_share = {
        share: {row.case for row in settled((0.0,) * 300, by_procedure=share, misrouted=1).events("bounce")}
        for share in (0.3, 0.7)
    }
    assert by_share[0.7] < by_share[0.3]
    for share, sent_on in by_share.items():
        low, high = binom.interval(0.9999, 300, 1 - share)
        assert low <= len(sent_on) <= high


# -- three who can be asked -----------------------------------------------------------------------------------------


def three(count: int, **settings: Any) -> Told:
    to = dict.fromkeys(FRAMES, "done")
    map_of = {"whose": asking(to=to, **settings), "done": delay("end", 1), "end": END}
    return tell(map_of, at=(0.0,) * count, administrations=administrations())


def test_each_of_the_others_is_asked_wrongly_equally_often() -> None:
    wrong = Counter(row.outcome for row in three(1000, misrouted=1, max_rounds=1).events("bounce"))
    assert set(wrong) == {"child", "elderly"}
    low, high = binom.interval(0.9999, 1000, 0.5)
    assert low <= wrong["child"] <= high


def test_whoever_sends_it_on_points_at_one_of_the_others_with_equal_chances() -> None:
    """Also the one whose case it is, when it doubts; nobody is asked twice in a row."""
    story = three(3000, misrouted=0.5, doubt=1, max_rounds=2)
    rounds: dict[int, list[str]] = {}
    for row in story.events("bounce"):
        rounds.setdefault(row.case, []).append(row.outcome)
    for first, others in {"child": ("adult", "elderly"), "elderly": ("child", "adult")}.items():
        second = Counter(asked[1] for asked in rounds.values() if asked[0] == first)
        assert set(second) == set(others)
        low, high = binom.interval(0.9999, second.total(), 0.5)
        assert low <= second[others[0]] <= high
    second = Counter(asked[1] for asked in rounds.values() if asked[0] == "adult")
    assert set(second) == {"child", "elderly"}


# -- budgets --------------------------------------------------------------------------------------------------------

DEAR, CHEAP = 2_000_000 / 365.25, 200_000 / 365.25
"""Prices per day of what costs two million a year, and a tenth of it."""


def prices(**dkk_per_day: float) -> dict[str, Any]:
    account = "5.28.21"
    return {
        "price_year": 2024,
        "accounts": {account: {"da": "Konto", "en": "Account"}},
        "staff": {"dkk_per_year": 1, "overhead": 0, "account": account},
        "services": {name: {"own": {"dkk_per_day": dkk, "account": account}} for name, dkk in dkk_per_day.items()},
        "appeals_board": {"dkk_per_case": 0, "payer": "state", "account": account},
        "self_pay_share": 0,
    }


MARKET: dict[str, Any] = {
    "services": {"dear": service(), "cheap": service()},
    "costs": prices(dear=DEAR, cheap=CHEAP),
    "offers": {
        "dear": {"all": {"split": {"dear": 1}}},
        "cheap": {"all": {"split": {"cheap": 1}}},
        "by_level": {"high": {"levels": [4], "split": {"dear": 1}}, "all": {"split": {"cheap": 1}}},
        "by_age": {"adult": {"from_age": 18, "split": {"dear": 1}}, "all": {"split": {"cheap": 1}}},
    },
}


def pushed(per_million: float, count: int = 1, *, others: Any = None, offers: Any = None, **settings: Any) -> Told:
    push = {"per_million_dkk": per_million, "highest": 1.0, "offers": offers or {"adult": "dear"}}
    push |= settings.pop("push", {})
    return settled((0.0,) * count, push=push, others={**MARKET, **(others or {})}, **settings)


def test_a_case_that_would_be_dear_is_sent_on() -> None:
    """Two million a year at 0.5 for each million: surely, until the joint management decides."""
    assert [kind for _, kind, _ in history(pushed(0.5))] == ["bounce"] * 3 + ["escalation", "responsibility_taken"]


@pytest.mark.parametrize(("per_million", "probability"), [(0.25, 0.5), (0.05, 0.1)])
def test_the_probability_grows_with_the_cost(per_million: float, probability: float) -> None:
    """Two million a year: at 0.25 for each million every second case is sent on."""
    story = pushed(per_million, 2000, max_rounds=1)
    low, high = binom.interval(0.9999, 2000, probability)
    assert low <= len(story.events("bounce")) <= high


def test_a_push_is_never_more_probable_than_its_highest() -> None:
    assert bounces(pushed(100, push={"highest": 0.0})) == {}
    story = pushed(100, 2000, push={"highest": 0.2}, max_rounds=1)
    low, high = binom.interval(0.9999, 2000, 0.2)
    assert low <= len(story.events("bounce")) <= high


def test_doubt_and_push_add_up_as_independent_reasons() -> None:
    """0.4 + 0.6 · 0.5 = 0.7."""
    story = pushed(0.25, 2000, doubt=0.4, max_rounds=1)
    low, high = binom.interval(0.9999, 2000, 0.7)
    assert low <= len(story.events("bounce")) <= high


def test_a_push_keeps_others_from_taking_what_is_not_theirs() -> None:
    taken = [
        [outcome for _, _, outcome in history(pushed(0.5, offers=offers, misrouted=1, accepts_others=1))]
        for offers in ({"adult": "cheap"}, {"elderly": "dear"})
    ]
    assert taken == [["elderly"], ["elderly", "adult"]]


def test_who_expects_nothing_does_not_push() -> None:
    """Only ``elderly`` has a table of offers, and it is not asked."""
    assert bounces(pushed(0.5, offers={"elderly": "dear"})) == {}


def test_what_is_expected_goes_by_the_need_level() -> None:
    arrivals = {"light": people([0] * 50, levels={"3": 1}), "heavy": people([0] * 50, levels={"4": 1})}
    sent_on = bounces(pushed(0.5, offers={"adult": "by_level"}, others={"arrivals": arrivals}))
    assert [count for case, count in sent_on.items() if case >= 10_000_000] == [3] * 50
    # A tenth of the cost, a tenth of the probability.
    assert 0 < sum(case < 50 for case in sent_on) < 15


def test_on_the_adult_side_what_counts_is_what_comes_at_18() -> None:
    """A child of ten: under children's law the cheap offer, under adult law the dear one of 18."""
    sent_on = []
    for side in ("child", "adult"):
        step = asking(push={"per_million_dkk": 0.5, "highest": 1, "offers": {"adult": "by_age"}})
        tracks = {"main": track(steps(step), side=side)}
        tracks["grown"] = track({"first": END}, side="adult")
        at = (0.0,) * 50
        story = tell(
            tracks=tracks,
            birthday=coming_of_age("grown.first", bridging_days=1),
            at=at,
            administrations=administrations(),
            **MARKET,
        )
        sent_on.append(sum(count == 3 for count in bounces(story).values()))
    assert sent_on[0] < 10
    assert sent_on[1] == 50


def test_pooled_budgets_do_not_push() -> None:
    common = administrations(pooled=FRAMES)
    assert history(pushed(0.5, others={"administrations": common})) == [(0, "responsibility_taken", "adult")]


@pytest.mark.parametrize("apart", FRAMES)
def test_one_frame_that_is_apart_is_enough_to_push(apart: str) -> None:
    """The asked one's, the other's, or that of the sender."""
    frames = administrations(pooled=tuple(name for name in FRAMES if name != apart))
    assert len(pushed(0.5, others={"administrations": frames}).events("bounce")) == 3


def test_a_frame_of_somebody_who_is_not_concerned_does_not_matter() -> None:
    frames = administrations("sport", pooled=FRAMES)
    assert bounces(pushed(0.5, others={"administrations": frames})) == {}


def test_the_sender_is_who_was_responsible_when_the_case_came() -> None:
    """``child`` has a frame of its own, but the case comes from ``adult``, which shares one with ``elderly``."""
    frames = administrations(pooled=("adult", "elderly"))
    story = pushed(0.5, administration="adult", others={"administrations": frames})
    assert history(story) == [(0, "responsibility_taken", "adult")]


def test_a_frame_may_have_the_name_of_the_administration_that_it_belongs_to() -> None:
    frames = administrations(pooled=("adult", "elderly"), frame="child")
    assert bounces(pushed(0.5, others={"administrations": frames})) == {}


PRACTICE: dict[str, Any] = {
    "misrouted": 0.3,
    "doubt": 0.2,
    "accepts_others": 0.3,
    "lost": 0.1,
    "round_days": {"distribution": "lognormal", "mean": 20, "cv": 0.6},
    "max_rounds": 4,
}


def test_pooling_only_ever_takes_bounces_away() -> None:
    """Case by case: the same doubt and the same misrouting, without the push."""
    offers = {"adult": "dear", "elderly": "cheap"}
    split = pushed(0.15, 600, offers=offers, **PRACTICE)
    pooled = pushed(0.15, 600, offers=offers, others={"administrations": administrations(pooled=FRAMES)}, **PRACTICE)
    before, after = bounces(split), bounces(pooled)
    assert all(after[case] <= before[case] for case in range(600))
    assert sum(after.values()) < 0.9 * sum(before.values())
    taken = [{row.case: row.time for row in story.events("responsibility_taken")} for story in (split, pooled)]
    assert {row.case for row in split.events("lost")} == {row.case for row in pooled.events("lost")}
    # Who is sent on as often as before waits as long as before.
    same = [case for case in taken[0].keys() & taken[1].keys() if before[case] == after[case] > 0]
    assert len(same) > 50
    assert [taken[0][case] for case in same] == [taken[1][case] for case in same]


# -- switched off ---------------------------------------------------------------------------------------------------


def digest(push: Any = None, **settings: Any) -> str:
    given = {"administrations": administrations(), **MARKET, **settings}
    return simulate(small_map(steps(asking(push=push, **PRACTICE)), at=(0.0,) * 100, **given)).digest()


PUSH = {"per_million_dkk": 0.3, "offers": {"adult": "dear", "elderly": "dear"}}


@pytest.mark.parametrize(
    ("push", "settings"),
    [
        ({**PUSH, "per_million_dkk": 0}, {}),
        ({**PUSH, "highest": 0}, {}),
        ({**PUSH, "offers": {}}, {}),
        (PUSH, {"administrations": administrations(pooled=FRAMES)}),
    ],
    ids=["costs nothing", "never", "expects nothing", "pooled"],
)
def test_without_a_push_everything_is_as_if_there_were_none(push: Any, settings: Any) -> None:
    assert digest(push, **settings) == digest() != digest(PUSH)


def test_without_prices_nobody_pushes() -> None:
    assert digest(PUSH, costs=None) == digest(costs=None)


def test_with_everything_switched_off_it_is_the_agreed_procedure() -> None:
    """Neither an event nor a draw is spent on what does not happen."""
    journals = [
        simulate(small_map(steps(asking(**settings)), administrations=administrations()))
        for settings in ({}, {"by_procedure": 1}, {"accepts_others": 1, "max_rounds": 9})
    ]
    assert len({journal.digest() for journal in journals}) == 1
    assert journals[0].counts["simpy_events"] == 2  # the arrival, and the delay behind the step


def test_the_same_future_twice() -> None:
    assert digest(PUSH) == digest(PUSH)


def test_what_happened_on_one_visit_moves_no_draw_of_the_next() -> None:
    """The second visit is the same whether the first took three rounds or none."""
    again = []
    for doubt in (1, 0):
        steps_twice = {
            "whose": asking(
                doubt={"by": "administration", "values": {"child": doubt, "other": 0.5}},
                misrouted={"by": "administration", "values": {"child": 0, "other": 0.5}},
                round_days=0,
                escalation_days=0,
                to={"adult": "way", "elderly": "way"},
            ),
            "way": {"kind": "choice", "split": {"whose": 0.5, "end": 0.5}},
            "end": END,
        }
        story = tell(steps_twice, at=(0.0,) * 200, administrations=administrations())
        again.append([(row.case, row.outcome) for row in story.events("bounce", administration="adult")])
    assert len(again[0]) > 100
    assert again[0] == again[1]


def test_the_rounds_of_one_visit_are_not_those_of_the_next() -> None:
    """First misrouted, then not: who doubted in the second round need not doubt on the second visit."""
    step = asking(
        doubt=0.5,
        misrouted={"by": "administration", "values": {"child": 1, "other": 0}},
        max_rounds=2,
        round_days=0,
        escalation_days=0,
        to={"adult": "way", "elderly": "way"},
    )
    way = {"kind": "choice", "split": {"again": 0.999, "end": "rest"}}
    map_of = {"whose": step, "way": way, "again": delay("whose", 200), "end": END}
    story = tell(map_of, at=(0.0,) * 400, administrations=administrations(), days=300)
    doubted = {row.case for row in story.events("bounce", time=0) if row.outcome == "adult"}
    later = {row.case for row in story.events("bounce", time=200)}
    low, high = binom.interval(0.9999, len(doubted), 0.5)
    assert low <= len(doubted & later) <= high


# -- the way ends meanwhile -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "waits"),
    [
        ({"lost": 1, "lost_days": 60}, [(0, BIRTHDAY)]),
        ({"misrouted": 1, "round_days": 60}, [(0, BIRTHDAY)]),
        ({"doubt": 1, "round_days": 15, "max_rounds": 2, "escalation_days": 60}, [(0, None), (15, BIRTHDAY)]),
    ],
    ids=["lost", "sent on", "escalated"],
)
def test_childhood_ends_while_it_is_not_settled(settings: Any, waits: list[tuple[float, float | None]]) -> None:
    step = asking(to={"adult": "with_adult", "child": "with_child"}, **settings)
    child = {"whose": step, "with_adult": delay("end", 1), "with_child": delay("end", 1), "end": END}
    story = live(needs=0, child=child)
    assert [(row.started, row.withdrawn) for row in story.activities("whose")] == waits
    assert story.events("responsibility_taken") == []
    assert story.rows("cases")[0].left == BIRTHDAY


def test_the_plan_is_dropped_while_it_is_not_settled() -> None:
    """Taken up on day 9, misrouted; on day 20 the child's support ends, and with it the plan."""
    step = asking(misrouted=1, round_days=15, to={"adult": "support", "child": "support"})
    story = live(
        planning=MONTH_BEFORE,
        adult={
            "application": step,
            "support": service_step("adult_support", from_birthday=True),
            "end": END,
        },
        services={"support": service(20 / 365.25, until_age=18), "adult_support": service(1, category="adult")},
    )
    (row,) = story.activities("adult.application")
    assert (row.started, row.finished, row.withdrawn) == (DAY_MONTH_BEFORE, None, pytest.approx(20))
    assert len(story.events("plan_dropped")) == 1
    assert story.events("responsibility_taken") == []


# -- clocks ---------------------------------------------------------------------------------------------------------


def test_clocks_stop_when_the_case_is_taken() -> None:
    step = asking(misrouted=1, starts=["settling"], stops=["settling"])
    story = tell(steps(step), clocks={"settling": {}}, administrations=administrations())
    assert [(row.since, row.time, row.outcome) for row in story.events("settling")] == [(0, 10, "adult")]
