"""Which figures a growing queue makes meaningless.

A mean wait through a queue that grows steadily is longer the longer one simulates: it tells the length of the
simulation and nothing about the municipality. The rule, which rather takes one figure too many than one too few:

- The *tracks* of a queue are those whose steps name its team or panel; for a team with named caseworkers also those
  that leave work to the case's own team (``own``). What waits for a decision has the track that it is counted in. What
  waits for a service, or for a named caseworker, has all tracks.
- Waits and deadlines (``wait.*``, ``deadline.*``) of a track are meaningless if it is a track of the queue. Those for
  all, for a side, an administration, a kind of service or a profile are meaningless if any of the tracks that start
  their clock is one (``wait.total`` and ``wait.service``: the clock ``decision``).
- The wait in a queue and for a caseworker, and the backlog, are meaningless for that queue and wherever it is part of.
- Days after the 18th birthday and whether there was a gap (``transition.*``): tracks on the adult side. Days to the end
  of an appeal: tracks of appeals.

Money, volumes and utilisation stay: they are what is paid and done per year while the queue grows, however long it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Queue = tuple[str, str]
"""Series and group, such as ``("queue.tasks", "advisers")``."""

_TRANSITION = ("transition.gap_days", "transition.no_gap", "transition.decision_at_18", "transition.days_to")


def affected(configuration: Mapping[str, Any], growing: Collection[Queue], kpi: str, group: str) -> Queue | None:
    """Return the growing queue that makes a figure meaningless; None: it means what it says.

    Args:
        configuration: The point's composed configuration, as plain data.
        growing: The point's queues that grow steadily.
        kpi: Id of the measure.
        group: Whom the figure is about.
    """
    return next((queue for queue in sorted(growing) if _concerns(configuration, queue, kpi, group)), None)


def _concerns(configuration: Mapping[str, Any], queue: Queue, kpi: str, group: str) -> bool:
    if kpi.endswith(".n"):
        return False
    series, place = queue
    if kpi.startswith(("staff.backlog", "wait.in_queue")):
        return series == "queue.tasks" and _part_of(configuration, place, group, panels=kpi.startswith("wait"))
    if kpi.startswith("wait.allocation"):
        return series == "queue.cases"
    tracks = configuration.get("tracks") or {}
    hit = {name for name in tracks if _is_track_of(configuration, queue, name)}
    if kpi.startswith(("wait.", "deadline.")):
        clock = kpi.partition(".")[2] if kpi.startswith("deadline.") else "decision"
        if series == "queue.services":
            return kpi.startswith(("wait.total", "wait.service")) and _same_service(place, group)
        concerned = {name for name in hit if _mentions(tracks[name], clock)}
        return group in concerned if group in tracks else bool(_of_group(tracks, concerned, group))
    if kpi.startswith(_TRANSITION):
        return any(_side(tracks[name]) == "adult" for name in hit)
    return kpi.startswith("appeals.days_to_final") and any(_side(tracks[name]) == "appeal" for name in hit)


def _is_track_of(configuration: Mapping[str, Any], queue: Queue, track: str) -> bool:
    series, place = queue
    if series == "queue.decisions":
        return track == place
    if series != "queue.tasks":
        return True
    team = (configuration.get("teams") or {}).get(place)
    steps = configuration["tracks"][track]
    named = isinstance(team, Mapping) and team.get("allocation", "named") == "named"
    return _mentions(steps, place) or (named and _mentions(steps, "own"))


def _mentions(part: Any, name: str) -> bool:
    """Return whether a name is one of the values below a part of the configuration."""
    if isinstance(part, Mapping):
        return any(_mentions(inner, name) for inner in part.values())
    if isinstance(part, list | tuple):
        return any(_mentions(inner, name) for inner in part)
    return bool(part == name)


def _of_group(tracks: Mapping[str, Any], concerned: set[str], group: str) -> set[str]:
    """Return those of some tracks that a group may hold: the two sides are told apart, other groups are not."""
    if group not in ("child", "adult"):
        return concerned
    return {name for name in concerned if _side(tracks[name]) == group}


def _side(track: Mapping[str, Any]) -> str:
    return str(track.get("side", "child"))


def _same_service(category: str, group: str) -> bool:
    if group.startswith("category:"):
        return group == category
    adult = category.removeprefix("category:") in ("aftercare", "adult")
    return group not in ("child", "adult") or (group == "adult") == adult


def _part_of(configuration: Mapping[str, Any], place: str, group: str, *, panels: bool) -> bool:
    team = (configuration.get("teams") or {}).get(place)
    if team is None:
        return panels and group == place
    return group in ("all", place, f"team:{place}", team.get("administration"))
