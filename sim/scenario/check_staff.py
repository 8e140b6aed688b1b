"""What is said about staff makes sense together: absence, turnover, changes of the head count, coordination."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sim.scenario.errors import Problem, listed
from sim.scenario.pathway import Meeting
from sim.scenario.scenario import Scenario


def check_staff(scenario: Scenario) -> list[Problem]:
    """Return a problem for everything that would have no effect, or never come to an end."""
    return [*_teams(scenario), *_caseworking(scenario), *_meetings(scenario)]


def _teams(scenario: Scenario) -> Iterator[Problem]:
    end = scenario.horizon.start + dt.timedelta(days=scenario.horizon.days)
    named = [name for name, team in scenario.teams.items() if team.allocation == "named"]
    for name, team in scenario.teams.items():
        path = f"teams.{name}"
        if team.coordinates and team.allocation != "named":
            yield Problem(
                f"{path}.coordinates",
                f"'{name}' is a pooled team, in which nobody has a case of their own to coordinate; only a named team "
                f"can (named: {listed(named)})",
            )
        if team.resignations_per_year is not None and scenario.caseworking.turnover is None:
            yield Problem(
                f"{path}.resignations_per_year",
                f"{team.resignations_per_year:g} needs 'caseworking.turnover', which says when a successor comes",
            )
        for change, settings in team.changes.items():
            if settings.begins is not None and settings.begins >= end:
                yield Problem(
                    f"{path}.changes.{change}.begins",
                    f"{settings.begins} is too late: the simulation ends on {end}, so the change would never count",
                )


def _caseworking(scenario: Scenario) -> Iterator[Problem]:
    caseworking = scenario.caseworking
    if caseworking.reassign_after_days is not None and not caseworking.absences:
        yield Problem(
            "caseworking.reassign_after_days",
            f"{caseworking.reassign_after_days:g} has no effect: 'caseworking.absences' names no kind of absence",
        )
    completeness = caseworking.completeness
    if completeness.overload_loss > 0 and completeness.overload_tasks is None:
        yield Problem(
            "caseworking.completeness.overload_tasks",
            f"is missing: without it nothing is ever lost, and overload_loss is {completeness.overload_loss:g}",
        )


def _meetings(scenario: Scenario) -> Iterator[Problem]:
    for name, track in scenario.tracks.items():
        for step, settings in track.steps.items():
            if isinstance(settings, Meeting):
                for outsider, probability in settings.outsiders.items():
                    if probability == 0:
                        yield Problem(
                            f"tracks.{name}.steps.{step}.outsiders.{outsider}",
                            "0 means that the meeting is put off for ever: give more than 0 and at most 1",
                        )
