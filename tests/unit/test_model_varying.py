"""Values by an attribute of the case, and wheels of fortune."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_maps import END, small_map, work

from sim.model.case import Token
from sim.model.varying import Wheel, reader, varying, varying_duration
from sim.model.world import World
from sim.scenario.base import ByAttribute
from sim.scenario.durations import Duration, Exponential

pytestmark = pytest.mark.unit


@pytest.fixture
def world() -> World:
    return World(small_map({"work": work("end"), "end": END}, age_bands={"child": 0, "youth": 12, "adult": 18}), 0)


@pytest.fixture
def token(world: World) -> Token:
    """A person of the source ``people``, born 15 years ago, in the track ``main`` of the first administration."""
    case = world.new_case(0, "people", "plain", 3, -15 * 365.25)
    return Token(case, world.tracks["main"], world.tracks["main"].administration, 0.0)


def test_attributes_of_a_case(world: World, token: Token) -> None:
    read = {name: reader(world, name)(token) for name in ("profile", "level", "source", "age_band", "track", "service")}
    assert read == {
        "profile": "plain",
        "level": "3",
        "source": "people",
        "age_band": "youth",
        "track": "main",
        "service": "none",
    }
    assert reader(world, "administration")(token) == "child"


def test_attributes_change_with_the_case(world: World, token: Token) -> None:
    token.grant = "support"
    token.case.level = 1
    token.administration = world.names["payer"].code("adult")
    assert [reader(world, name)(token) for name in ("service", "level", "administration")] == ["support", "1", "adult"]


def test_an_open_case_is_one_with_another_matter_on_the_same_side(world: World, token: Token) -> None:
    read = reader(world, "open_case")
    assert read(token) == "no"
    other = Token(token.case, world.tracks["main"], 0, 0.0)
    assert read(token) == "yes"
    world.finish(other)
    assert read(token) == "no"


def test_age_bands_begin_at_their_age(world: World, token: Token) -> None:
    read = reader(world, "age_band")
    bands = {}
    for age in (0, 11.99, 12, 17.99, 18, 40):
        token.case.born = -age * 365.25
        bands[age] = read(token)
    assert bands == {0: "child", 11.99: "child", 12: "youth", 17.99: "youth", 18: "adult", 40: "adult"}


def test_no_such_attribute(world: World) -> None:
    with pytest.raises(ValueError, match="no such attribute: shoe_size"):
        reader(world, "shoe_size")


def test_one_value_for_all(world: World, token: Token) -> None:
    made: list[tuple[str, int]] = []
    pick = varying(world, 5, lambda name, value: made.append((name, value)) or value)
    assert pick(token) == 5
    assert made == [("", 5)]


def test_a_value_by_attribute(world: World, token: Token) -> None:
    values = ByAttribute[int](by="level", values={"1": 10, "2": 20, "other": 30})
    pick = varying(world, values, lambda _, value: value)
    picked = []
    for level in (1, 2, 3, 4):
        token.case.level = level
        picked.append(pick(token))
    assert picked == [10, 20, 30, 30]


def test_a_value_that_is_not_there(world: World, token: Token) -> None:
    pick = varying(world, ByAttribute[int](by="level", values={"1": 10}), lambda _, value: value)
    with pytest.raises(KeyError, match="no value for level '3'"):
        pick(token)


def test_a_false_value_is_a_value(world: World, token: Token) -> None:
    pick = varying(world, ByAttribute[float](by="level", values={"3": 0.0, "other": 1.0}), lambda _, value: value)
    assert pick(token) == 0.0


def test_durations_by_attribute_have_draws_of_their_own(world: World, token: Token) -> None:
    """Fixed for one level, random for the others; a further level changes nobody else's draw."""
    random = Exponential(distribution="exponential", mean=2.0)
    values = ByAttribute[Duration](by="level", values={"1": 4.0, "3": random})
    draw = varying_duration(world, "x", values)
    third = draw(token, 0)
    assert third == world.draws.duration("x.3", random)(0, 0)
    token.case.level = 1
    assert draw(token, 0) == 4.0


def test_a_wheel_stops_where_the_draw_falls() -> None:
    wheel = Wheel({"a": 0.2, "b": 0.5, "c": "rest"})
    picked = [wheel.pick(draw) for draw in (0.0, 0.199, 0.2, 0.699, 0.7, 0.999999)]
    assert picked == ["a", "a", "b", "b", "c", "c"]


def test_what_has_no_chance_is_never_picked() -> None:
    wheel = Wheel({"never": 0.0, "always": 1.0, "nor": 0.0})
    assert {wheel.pick(draw) for draw in (0.0, 0.5, 0.9999999999999999)} == {"always"}


def test_a_wheel_with_one_outcome() -> None:
    assert Wheel({"only": 1.0}).pick(0.0) == "only"


@given(draw=st.floats(min_value=0, max_value=1, exclude_max=True), share=st.floats(min_value=0, max_value=1))
def test_a_more_likely_outcome_keeps_those_who_had_it(draw: float, share: float) -> None:
    """The first outcome's cases stay its cases when its share rises: that is what makes scenarios comparable."""
    before = Wheel({"a": share, "b": "rest"}).pick(draw)
    after = Wheel({"a": share + (1 - share) / 2, "b": "rest"}).pick(draw)
    assert (before, after) != ("a", "b")
