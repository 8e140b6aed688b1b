"""What happens around the 18th birthday: the gap, the plan, the decision, and being sent on."""

from __future__ import annotations

import numpy as np

from sim.measures.frames import Floats, Frames, Mask, Table
from sim.measures.kpis import ALL, Curves, Kpis
from sim.measures.survival import Survival, kaplan_meier
from sim.measures.waits import limit, of_events

NO_GAP_DAYS = 1.0
"""Support that starts within this many days after the birthday is seamless."""

AFTERCARE_WITHIN_DAYS = 365.0

CURVE_DAYS: Floats = np.arange(0.0, 366.0)


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add the measures of the transition to adulthood."""
    gap = gaps(frames)
    kpis.add_waits("transition.gap_days", ALL, gap, limit(frames))
    kpis.add("transition.no_gap", ALL, 1.0 - float(gap.at(NO_GAP_DAYS)))
    to_adult_support = of_events(frames, frames.kind("adult_start"))
    kpis.add_waits("transition.days_to_adult_support", ALL, to_adult_support, limit(frames))
    turned = frames.begun(frames.kind("turned_18"), "since")
    kpis.add("transition.turned_18_per_year", ALL, len(turned) / frames.years)
    for kpi, kind in (("transition.plan_at_18", "plan"), ("transition.decision_at_18", "adult_decision")):
        kpis.add_share(kpi, ALL, _first(frames.kind(kind), turned) <= turned["since"])
    _sent_on(frames, kpis)
    kpis.add("transition.days_to_responsibility", ALL, _days_to_responsibility(frames))
    kpis.add("volume.aftercare_share", ALL, _aftercare_share(frames))


def gaps(frames: Frames) -> Survival:
    """Estimate the days from the birthday to support, for those who turned 18 in the measured period."""
    events = frames.kind("gap")
    return of_events(frames, events, ~events.one_of("outcome", "none_needed"))


def curves(frames: Frames, series: Curves) -> None:
    """Add the curve of the share that has support within a number of days after the birthday."""
    series.add("transition.gap.curve", ALL, CURVE_DAYS, 1.0 - gaps(frames).at(CURVE_DAYS))


def _first(events: Table, of: Table, since: Floats | None = None) -> Floats:
    """Return for each row of ``of`` when its case first had one of the events (infinity: never).

    Args:
        events: Events, or spells, with a time in ``time`` or ``start``.
        of: Rows with a case.
        since: Time of each of the events, where it is not ``time``.
    """
    times = events["time"] if since is None else since
    happened = ~np.isnan(times)
    cases, times = events["case"][happened], times[happened]
    order = np.lexsort((times, cases))
    known, first = np.unique(cases[order], return_index=True)
    place = np.searchsorted(known, of["case"])
    found = np.append(known, -1)[place] == of["case"]
    return np.where(found, np.append(times[order][first], np.inf)[place], np.inf)


def _sent_on(frames: Frames, kpis: Kpis) -> None:
    """Add how often cases were sent on, and the share that was, of those whose transition began in the period."""
    planned, unplanned = (frames.begun(frames.kind(kind), "since") for kind in ("transition_start", "not_planned"))
    begun = np.unique(np.concatenate((planned["case"], unplanned["case"])))
    sent_on = frames.kind("bounce")["case"]
    sent_on = sent_on[np.isin(sent_on, begun)]
    number = len(begun) if len(begun) else float("nan")
    kpis.add("transition.bounces", ALL, len(sent_on) / number)
    kpis.add_share("transition.sent_on_share", ALL, np.isin(begun, sent_on))


def _days_to_responsibility(frames: Frames) -> float:
    """Return the mean time from the first asking to somebody taking responsibility, by when it was taken.

    Only tracks in which administrations ask each other say when the asking began.
    """
    tracks = frames.scenario.tracks.items()
    asking = tuple(
        name for name, track in tracks if any(step.kind == "responsibility" for step in track.steps.values())
    )
    taken = frames.begun(frames.kind("responsibility_taken").named(track=asking), "time")
    return _mean(taken["time"] - taken["since"])


def _aftercare_share(frames: Frames) -> float:
    """Return the share of aftercare's target group that gets it within a year after the birthday."""
    members = frames.begun(frames.kind("aftercare_target"), "since")
    services = tuple(name for name, category in frames.category.items() if category == "aftercare")
    spells = frames.spells.named(service=services)
    start = _first(spells, members, spells["start"])
    got = np.isfinite(start)
    waited = np.maximum(np.where(got, start, frames.end) - members["since"], 0.0)
    return 1.0 - float(kaplan_meier(waited, got).at(AFTERCARE_WITHIN_DAYS))


def _mean(values: Mask | Floats) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
