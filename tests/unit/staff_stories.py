"""Teams in which people come and go, and when they do.

What happens to a slot is drawn for the slot and hangs on nothing else. So a test looks up in one small map when a
slot's caseworker is ill or leaves, and then lets something happen in another map at exactly the right time.
"""

from __future__ import annotations

from typing import Any

from tiny_maps import END, Config, Told, named_team, people, tell, work

SICK: Config = {"absences": {"sick": {"per_year": 6, "days": 4}}}
"""Absences of four days, every two months or so."""
LEAVES: Config = {"turnover": {"resignations_per_year": 4, "vacancy_days": 10}}
"""Whoever comes stays for a quarter of a year or so."""


def with_agency(**settings: Any) -> Config:
    """Return the turnover of ``LEAVES`` with somebody from an agency in every vacancy, unless told otherwise."""
    return {"turnover": LEAVES["turnover"] | {"agency": {"share": 1, **settings}}}


SEED = 3
"""Of a future in which the first caseworker stays for some months, and so does the next."""


def caseworking(*sections: Config, **settings: Any) -> Config:
    given: Config = {"change_hours": 0}
    for section in sections:
        given |= section
    return given | settings


def stretches(story: Told, kind: str, worker: int | None = None, team: str = "team") -> list[tuple[float, float]]:
    """Return the stretches of a kind of a team's caseworkers (or of one of them)."""
    rows = story.rows("staff", kind=kind, resource=team)
    return [(row.start, row.end) for row in rows if worker is None or row.worker == worker]


def first_absence(slot: int = 0, team: Config | None = None, **settings: Any) -> tuple[float, float]:
    """Return the first absence of the caseworker of a slot of the team."""
    story = nobody(team or named_team(4), caseworking(SICK, **settings))
    return stretches(story, "absent", slot)[0]


def first_resignation(slot: int = 0) -> float:
    """Return when the first caseworker of a slot of the team leaves."""
    return stretches(nobody(named_team(4), caseworking(LEAVES), seed=SEED), "employed", slot)[0][1]


def nobody(team: Config, staff: Config, **settings: Any) -> Told:
    """Tell of a team that nobody comes to."""
    return tell(
        {"work": work("end"), "end": END},
        arrivals={"people": people([])},
        teams={"team": team},
        caseworking=staff,
        days=settings.pop("days", 1000),
        **settings,
    )
