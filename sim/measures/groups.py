"""What people read instead of the name of a group."""

from __future__ import annotations

from collections.abc import Mapping

from sim.measures.flow import ARROW
from sim.scenario import Scenario
from sim.scenario.base import Label
from sim.scenario.budget_frames import budget_frames

FIXED: Mapping[str, Label] = {
    "all": Label(da="Alle", en="All"),
    "child": Label(da="Børnesiden", en="Child side"),
    "adult": Label(da="Voksensiden", en="Adult side"),
    "category:placement": Label(da="Anbringelse", en="Placement"),
    "category:supportive": Label(da="Støttende indsats", en="Support at home"),
    "category:aftercare": Label(da="Ungestøtte", en="Aftercare"),
    "category:adult": Label(da="Voksenstøtte", en="Adult support"),
    "family": Label(da="Familien", en="The family"),
    "state": Label(da="Staten", en="The state"),
    "resignation": Label(da="Opsigelse", en="Resignation"),
    "absence": Label(da="Langt fravær", en="Long absence"),
    "team_boundary": Label(da="Skift af team", en="Change of team"),
    "birthday": Label(da="18-års fødselsdagen", en="The 18th birthday"),
    "agency": Label(da="Vikar stoppede", en="A temporary caseworker left"),
    "reduction": Label(da="Færre stillinger", en="Fewer positions"),
    "phase:after_18": Label(da="Efter 18-års fødselsdagen", en="After the 18th birthday"),
    "phase:waiting": Label(
        da="Mens de venter på afgørelse eller indsats", en="While waiting for a decision or service"
    ),
    "phase:appeal": Label(da="Mens klagen behandles", en="During an appeal"),
    "return": Label(da="Sagen kom tilbage", en="The case came back"),
}


def group_label(group: str, scenario: Scenario) -> Label:
    """Return the label of a group of figures; a name that the scenario does not label is shown as it is.

    Args:
        group: As in the results: ``all``, a team, an administration, a track, ``profile:name``, ...
        scenario: Where the labels of teams, tracks and so on stand.
    """
    if ARROW in group:
        stations = [group_label(station, scenario) for station in group.split(ARROW)]
        return Label(da=" → ".join(label.da for label in stations), en=" → ".join(label.en for label in stations))
    kind, _, name = group.rpartition(":")
    if kind == "frame":
        return _frame_label(name, scenario)
    labelled: Mapping[str, Mapping[str, object]] = {
        "team": scenario.teams,
        "panel": scenario.panels,
        "administration": scenario.administrations,
        "track": scenario.tracks,
        "profile": scenario.profiles,
        "service": scenario.services,
    }
    if group in FIXED and not any(group in labelled[of] for of in ("team", "panel", "administration", "track")):
        return FIXED[group]
    places = [labelled[kind]] if kind in labelled else list(labelled.values())
    for place in places:
        label = getattr(place.get(name), "label", None)
        if isinstance(label, Label):
            return label
    return FIXED.get(group, Label(da=name, en=name))


def _frame_label(frame: str, scenario: Scenario) -> Label:
    """Return the label of a budget frame: the administrations that share it."""
    members = [scenario.administrations[name].label for name in budget_frames(scenario.administrations).get(frame, ())]
    if not members:
        return Label(da=frame, en=frame)
    return Label(da=" + ".join(label.da for label in members), en=" + ".join(label.en for label in members))
