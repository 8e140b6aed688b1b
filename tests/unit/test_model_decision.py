"""Decisions, what is granted, and appeals."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_maps import (
    DAY,
    END,
    Told,
    coming_of_age,
    delay,
    label,
    named_team,
    people,
    service,
    tell,
    track,
    turning_18_on,
    work,
)

pytestmark = pytest.mark.unit

SERVICES = {"full": service(1), "less": service(1)}
OFFERS = {
    "support": {
        "high": {"levels": [3, 4], "split": {"full": 1}},
        "low": {"split": {"less": 1}},
    }
}


def decision(split: dict[str, float], **settings: Any) -> dict[str, Any]:
    return {
        "kind": "decision",
        "split": split,
        "offers": "support",
        "granted": "supported",
        "partly": "supported",
        "refused": "refused",
        **settings,
    }


def map_of(split: dict[str, float], **settings: Any) -> dict[str, Any]:
    return {
        "decide": decision(split, **settings),
        "supported": {"kind": "service", "next": "end"},
        "refused": delay("end", 2),
        "end": END,
    }


def decided(split: dict[str, float], level: int = 3, **settings: Any) -> Told:
    settings.setdefault("arrivals", {"people": people([1], levels={str(level): 1})})
    return tell(map_of(split), services=SERVICES, offers=OFFERS, **settings)


def test_a_grant() -> None:
    """Level 3 gets the full service, at once."""
    story = decided({"granted": 1})
    (spell,) = story.spells()
    assert (spell.service, spell.level, spell.start, spell.asked, spell.decided) == ("full", 3, 1, 1, 1)
    (event,) = story.events("decided")
    assert (event.since, event.time, event.outcome) == (1, 1, "granted")


def test_a_partial_grant_is_the_offer_of_one_level_lower() -> None:
    """Level 3 gets what level 2 is offered; the need itself remains at level 3."""
    story = decided({"partly": 1})
    assert [(row.service, row.level) for row in story.spells()] == [("less", 3)]
    assert [row.service for row in decided({"partly": 1}, level=4).spells()] == ["full"]


def test_a_partial_grant_at_the_lowest_level_is_the_offer_of_that_level() -> None:
    assert [row.service for row in decided({"partly": 1}, level=1).spells()] == ["less"]


def test_a_refusal() -> None:
    story = decided({"refused": 1})
    assert story.spells() == []
    assert story.when("refused") == [(1, 1, 3)]
    assert [row.outcome for row in story.events("decided")] == ["refused"]


def test_offers_go_by_profile_too_and_the_first_that_covers_the_case_counts() -> None:
    offers = {
        "support": {
            "complex": {"profiles": ["complex"], "split": {"full": 1}},
            "everybody": {"split": {"less": 1}},
        }
    }
    story = tell(
        map_of({"granted": 1}),
        services=SERVICES,
        offers=offers,
        profiles={"plain": {"label": label("plain")}, "complex": {"label": label("complex")}},
        arrivals={"a": people([0]), "b": people([0], profiles={"complex": 1})},
    )
    assert [row.service for row in story.spells()] == ["less", "full"]


def test_outcomes_by_probability() -> None:
    story = decided({"granted": 0.5, "partly": 0.3, "refused": 0.2}, arrivals={"people": people([0] * 1000)})
    outcomes = [row.outcome for row in story.events("decided")]
    assert outcomes.count("granted") == pytest.approx(500, abs=64)
    assert outcomes.count("partly") == pytest.approx(300, abs=58)
    assert outcomes.count("refused") == pytest.approx(200, abs=51)


def test_a_decision_stops_clocks_with_its_outcome() -> None:
    steps = map_of({"refused": 1}, stops=["decision"])
    story = tell(
        {"work": work("decide", starts=["decision"]), **steps},
        services=SERVICES,
        offers=OFFERS,
        clocks={"decision": {"since": "awareness"}},
    )
    assert [(row.since, row.time, row.outcome) for row in story.events("decision")] == [(0, 1, "refused")]


# -- appeals ------------------------------------------------------------------------------------------------------


def appealed(outcome: str, split: dict[str, float] | None = None, takes: float = 10, **settings: Any) -> Told:
    """Tell of one decision of day 1 and its appeal, which takes some days.

    After a reversal the case goes to ``again`` (a day's work), and from there to ``decided_again``, which grants.
    """
    main = {
        "work": work("decide", starts=["decision"]),
        **map_of(
            split or {"refused": 1},
            appeal="appeal",
            changed="supported",
            remitted="again",
            stops=["decision"],
        ),
        "again": work("decided_again", aware=True, starts=["decision"]),
        "decided_again": decision({"granted": 1}, stops=["decision"]),
    }
    settings.setdefault("arrivals", {"people": people([0], levels={"3": 1})})
    return tell(
        tracks={
            "main": track(main),
            "appeal": track(
                {
                    "board": delay("ruling", takes, starts=["appeal"]),
                    "ruling": {"kind": "choice", "split": {outcome: 1}, "stops": ["appeal"]},
                    outcome: {"kind": "end", "outcome": outcome},
                },
                side="appeal",
                administration="adult",
            ),
            "adult": track({"none": END}, administration="adult", side="adult"),
        },
        services=SERVICES,
        offers=OFFERS,
        clocks={"decision": {"since": "awareness", "within": {"days": 30}}, "appeal": {}},
        birthday=coming_of_age("adult.none"),
        **settings,
    )


def test_a_full_grant_is_not_appealed() -> None:
    story = appealed("upheld", {"granted": 1})
    assert story.activities("appeal.board") == []


@pytest.mark.parametrize("outcome", ["upheld", "dismissed"])
def test_an_appeal_that_changes_nothing(outcome: str) -> None:
    """It runs from day 1 to day 11 beside the case, which goes its way and leaves on day 3."""
    story = appealed(outcome)
    assert story.when("appeal.board") == [(1, 1, 11)]
    assert story.when("refused") == [(1, 1, 3)]
    assert story.spells() == []
    (clock,) = story.events("appeal")
    assert (clock.since, clock.time, clock.outcome, clock.track) == (1, 11, outcome, "appeal")
    assert clock.administration == "child", "the appeal is against the administration that decided"
    assert story.rows("cases")[0].left == 11


def test_a_changed_decision_is_a_full_grant() -> None:
    """Decided on day 11, in the matter that was asked for on day 0."""
    (spell,) = appealed("changed").spells()
    assert (spell.service, spell.start, spell.asked, spell.decided, spell.track) == ("full", 11, 0, 11, "main")


def test_the_original_decision_stands_meanwhile() -> None:
    """A partial grant from day 1 until the full grant takes its place on day 11."""
    less, full = appealed("changed", {"partly": 1}).spells()
    assert (less.service, less.start, less.end) == ("less", 1, 11)
    assert (full.service, full.start, full.end) == ("full", 11, None)


def test_a_remitted_case_is_assessed_anew_with_a_new_clock() -> None:
    """Back on day 11: a day's work, and a decision that is 1 day old when it grants; due 30 days after day 11."""
    story = appealed("remitted")
    assert story.when("again") == [(11, 11, 12)]
    clocks = [(row.since, row.time, row.due, row.outcome) for row in story.events("decision")]
    assert clocks == [(0, 1, 30, "refused"), (11, 12, 41, "granted")]
    (spell,) = story.spells()
    assert (spell.service, spell.start, spell.asked, spell.decided) == ("full", 12, 11, 12)


def test_after_the_birthday_a_childrens_decision_is_no_longer_reversed() -> None:
    """18 on day 8, ruling on day 11."""
    for outcome in ("changed", "remitted"):
        story = appealed(outcome, arrivals={"people": people([0], levels={"3": 1}, ages=turning_18_on(8))})
        assert story.spells() == []
        assert story.activities("again") == []
        assert story.events("appeal")[0].outcome == outcome
        assert story.rows("cases")[0].left == 11


def test_a_remitted_decision_can_be_appealed_again() -> None:
    """Decided on days 0, 10, 20 and so on, always refused and always sent back."""
    story = tell(
        tracks={
            "main": track({**map_of({"refused": 1}, appeal="appeal", remitted="decide", changed="supported")}),
            "appeal": track(
                {
                    "board": delay("ruling", 10),
                    "ruling": {"kind": "choice", "split": {"remitted": 1.0, "changed": 0.0}},
                    "remitted": {"kind": "end", "outcome": "remitted"},
                    "changed": {"kind": "end", "outcome": "changed"},
                },
                side="appeal",
            ),
        },
        services=SERVICES,
        offers=OFFERS,
        days=35,
    )
    assert [row.time for row in story.events("decided")] == [0, 10, 20, 30]


def test_an_appeal_is_handled_by_the_case_s_own_caseworker() -> None:
    """The caseworker has the case from its beginning to the end of the appeal, without a break."""
    story = tell(
        tracks={
            "main": track({"work": work("decide"), **map_of({"refused": 1}, appeal="appeal", changed="supported")}),
            "appeal": track(
                {
                    "reassessment": work("ruling", team="own", hours=5 * DAY),
                    "ruling": {"kind": "end", "outcome": "upheld"},
                },
                side="appeal",
            ),
        },
        services=SERVICES,
        offers=OFFERS,
        teams={"team": named_team(2)},
    )
    assert story.when("appeal.reassessment") == [(1, 1, 6)]
    assert [(row.outcome, row.since, row.time) for row in story.events("assigned")] == [("team", 0, 6)]
    assert story.events("caseworker_change") == []
