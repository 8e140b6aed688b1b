"""Events that happen at a known time."""

from __future__ import annotations

import pytest

from sim.model.environment import Environment, Happening

pytestmark = pytest.mark.unit


def test_events_happen_in_the_order_of_time() -> None:
    env = Environment()
    told: list[tuple[float, str]] = []
    for time, name in ((3.0, "c"), (1.0, "a"), (2.0, "b")):
        Happening(env, time, lambda event: told.append((env.now, event.subject)), name)
    env.run_to(10)
    assert told == [(1.0, "a"), (2.0, "b"), (3.0, "c")]
    assert env.processed == 3


def test_simultaneous_events_happen_in_the_order_in_which_they_were_made() -> None:
    env = Environment()
    told: list[str] = []
    for name in "abc":
        Happening(env, 1.0, lambda event: told.append(event.subject), name)
    env.run_to(2)
    assert told == ["a", "b", "c"]


def test_the_horizon_is_outside() -> None:
    """What is due at the horizon does not happen, and the clock stands at the horizon."""
    env = Environment()
    told: list[float] = []
    for time in (4.999, 5.0, 5.001):
        Happening(env, time, lambda _: told.append(env.now))
    env.run_to(5.0)
    assert told == [4.999]
    assert env.now == 5.0
    assert env.processed == 1


def test_an_event_that_is_called_off_does_not_happen() -> None:
    env = Environment()
    told: list[float] = []
    happening = Happening(env, 1.0, lambda _: told.append(env.now))
    happening.call_off()
    env.run_to(2)
    assert told == []


def test_an_event_can_be_called_off_by_one_of_the_same_moment() -> None:
    env = Environment()
    told: list[str] = []
    Happening(env, 1.0, lambda _: later.call_off())
    later = Happening(env, 1.0, lambda _: told.append("later"))
    env.run_to(2)
    assert told == []


def test_calling_off_what_has_happened_is_harmless() -> None:
    env = Environment()
    told: list[float] = []
    happening = Happening(env, 1.0, lambda _: told.append(env.now))
    env.run_to(2)
    happening.call_off()
    env.run_to(3)
    assert told == [1.0]


def test_an_event_keeps_its_time_exactly() -> None:
    """A delay would be rounded: 0.7 + (1.0 - 0.7) is not always the time that was meant."""
    env = Environment()
    told: list[float] = []
    meant = 0.1 + 0.2
    Happening(env, 0.1, lambda _: Happening(env, meant, lambda _: told.append(env.now)))
    env.run_to(1)
    assert told == [meant]


def test_faults_are_not_hidden() -> None:
    env = Environment()

    def fail(_: object) -> None:
        raise ZeroDivisionError

    Happening(env, 1.0, fail)
    with pytest.raises(ZeroDivisionError):
        env.run_to(2)


def test_what_never_happens_may_stand_in_the_queue() -> None:
    env = Environment()
    told: list[float] = []
    Happening(env, float("inf"), lambda _: told.append(env.now))
    env.run_to(1e9)
    assert told == []
