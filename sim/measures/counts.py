"""Things that happen and are simply counted: how many a year."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from sim.measures.frames import Frames
from sim.measures.kpis import ALL, Kpis


class Counted(NamedTuple):
    """A measure that counts events."""

    kpi: str
    kind: str
    """The kind of event in the journal."""
    by: Literal["profile", "administration"]
    """What it is split by, besides being given for all."""


COUNTED = (
    Counted("need.escalations", "need_rises", "profile"),
    Counted("need.emergencies", "emergency", "profile"),
    Counted("need.falls", "need_falls", "profile"),
    Counted("need.withdrawals", "withdrawn_waiting", "profile"),
    Counted("transition.escalations", "escalation", "profile"),
    Counted("transition.lost", "lost", "profile"),
    Counted("appeals.dialogue_settled", "dialogue_settled", "administration"),
    Counted("letters.misdirected", "misdirected_letter", "administration"),
    Counted("meetings.postponed", "postponed", "administration"),
)


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add how often each happens in a year of the measured period."""
    profiles = frames.cases.names("profile")
    for kpi, kind, by in COUNTED:
        happened = frames.begun(frames.kind(kind), "time")
        kpis.add(kpi, ALL, len(happened) / frames.years)
        if by == "profile":
            profile = frames.of_case("profile", happened["case"])
            for name in frames.scenario.profiles:
                code = profiles.index(name) if name in profiles else -1
                kpis.add(kpi, f"profile:{name}", np.count_nonzero(profile == code) / frames.years)
        else:
            for name in frames.scenario.administrations:
                number = np.count_nonzero(happened.one_of("administration", name))
                kpis.add(kpi, name, number / frames.years, by)
