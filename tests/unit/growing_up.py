"""Lives whose 18th birthday is day 40, with children's support from day 0 on, and adult support to follow."""

from __future__ import annotations

from typing import Any

from tiny_maps import END, Told, coming_of_age, delay, people, service, tell, track, turning_18_on

BIRTHDAY = 40


def service_step(name: str, **settings: Any) -> dict[str, Any]:
    return {"kind": "service", "service": name, "next": "end", **settings}


def adult_steps(takes: float = 5, **settings: Any) -> dict[str, Any]:
    return {
        "application": delay("support", takes, record="applied"),
        "support": service_step("adult_support", from_birthday=True, **settings),
        "end": END,
    }


def life(
    *,
    needs: float = 1,
    meanwhile: str = "nothing",
    bridging: float = 100,
    planning: float | None = None,
    child: dict[str, Any] | None = None,
    adult: dict[str, Any] | None = None,
    **settings: Any,
) -> dict[str, Any]:
    """Return a map of childhood and adulthood: planning from a day on (none: not at all), then the application."""
    tracks = {
        "main": track(child or {"support": service_step("support"), "end": END}),
        "adult": track(adult or adult_steps(), side="adult", administration="adult"),
    }
    given: dict[str, Any] = {
        "tracks": tracks,
        "services": {
            "support": service(1, until_age=18),
            "adult_support": service(1, category="adult"),
        },
        "birthday": coming_of_age("adult.application", needs=needs, bridging_days=bridging, **{meanwhile: 1}),
        "arrivals": {"people": people([0], ages=turning_18_on(BIRTHDAY))},
    }
    if planning is not None:
        given["planning"] = {
            "track": "adult",
            "entry": "application",
            # Whole months: a month before the 18th birthday is 31 days, day 9 (the birthday is 10 February).
            "start_age": planning,
            "categories": ["supportive", "placement"],
        }
    return {**given, **settings}


def live(**settings: Any) -> Told:
    return tell(**life(**settings))


def gap(story: Told) -> tuple[float, float | None, str]:
    (row,) = story.events("gap")
    return row.since, row.time, row.outcome


def adult_start(story: Told) -> tuple[float | None, str]:
    (row,) = story.events("adult_start")
    assert row.since == BIRTHDAY
    return row.time, row.outcome


MONTH_BEFORE = 18 - 1 / 12
DAY_MONTH_BEFORE = 9


def kinds(story: Told) -> list[tuple[str, float | None, float | None]]:
    return [(row.kind, row.start, row.end) for row in story.spells()]
