"""All that a reader may ask for beyond the five headline figures: measure by measure, group by group.

Chosen are the measures that say something to whoever decides; the rest is in ``comparison.csv``. With very many points
only the figures for everybody are shown, so that the page can still be mailed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from sim.report.page.figures import Measure, Shown
from sim.report.results import Point, Results

CHOSEN = (
    "wait.total",
    "wait.total.p90",
    "wait.decision",
    "wait.service",
    "transition.gap_days",
    "transition.gap_days.p90",
    "transition.days_to_adult_support",
    "transition.decision_at_18",
    "transition.no_gap",
    "transition.lost",
    "deadline.*",
    "appeals.reversal_share",
    "match.share",
    "need.escalations",
    "continuity.changes",
    "staff.utilisation",
    "cost.total",
    "cost.municipality",
    "cost.staff",
    "cost.services",
    "cost.family",
)
MOST_POINTS = 30
"""With more points than this, only figures for everybody are shown."""
ALL = "all"
PROFILE = "profile:"


@dataclass(frozen=True)
class Group:
    """The figures of one group: an administration, a profile, or all."""

    id: str
    name: str
    kind: str
    rows: tuple[tuple[Point, Shown], ...]


@dataclass(frozen=True)
class Explored:
    """One measure with all its groups."""

    measure: Measure
    groups: tuple[Group, ...]


def explored(results: Results) -> tuple[Explored, ...]:
    """Return the measures that can be chosen, each with its groups."""
    there: dict[str, list[str]] = {}
    for _, kpi, group in results.figures:
        if group not in there.setdefault(kpi, []):
            there[kpi].append(group)
    names = group_names(results)
    found = []
    for pattern in CHOSEN:
        for kpi in (name for name in there if fnmatchcase(name, pattern)):
            groups = tuple(
                _group(results, measure, names)
                for group in sorted(there[kpi], key=lambda one: _place(one, names))
                if group in names and (measure := Measure(results, kpi, group)).known
            )
            if groups:
                found.append(Explored(Measure(results, kpi), groups))
    return tuple(found)


def group_names(results: Results) -> Mapping[str, tuple[str, str]]:
    """Return the groups that can be chosen, in their order: name and kind of each."""
    say = results.texts
    names = {ALL: (say("page.group.all"), ALL)}
    if len(results.points) > MOST_POINTS:
        return names
    for side in ("child", "adult"):
        names[side] = (say(f"side.{side}"), "side")
    for administration in results.administrations:
        names[administration] = (results.name(administration), "administration")
    for configuration in results.configurations.values():
        for profile, one in (configuration.get("profiles") or {}).items():
            label = (one.get("label") or {}) if isinstance(one, Mapping) else {}
            name = str(label.get(results.language) or results.name(str(profile)))
            names.setdefault(PROFILE + str(profile), (name, "profile"))
    return names


def _place(group: str, names: Mapping[str, tuple[str, str]]) -> int:
    return list(names).index(group) if group in names else len(names)


def _group(results: Results, measure: Measure, names: Mapping[str, tuple[str, str]]) -> Group:
    name, kind = names[measure.group]
    return Group(measure.group, name, kind, tuple((point, measure.shown(point)) for point in results.points))
