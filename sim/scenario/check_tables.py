"""Tables cover every case that can come to them: values by an attribute, and what is offered to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from itertools import product
from typing import Any

from pydantic import BaseModel

from sim.scenario.base import ByAttribute
from sim.scenario.check_names import LEVELS, possible
from sim.scenario.check_routes import Routes, groups
from sim.scenario.check_waiting import may_apply, starting
from sim.scenario.errors import Problem, did_you_mean, listed
from sim.scenario.expected_cost import covers, least_age
from sim.scenario.pathway import Decision, Responsibility, varying_items
from sim.scenario.population import Source, Traits
from sim.scenario.scenario import Scenario
from sim.scenario.services import MATCHES
from sim.scenario.waiting import Waiting

OTHER = "other"
NO_SERVICE = "none"
"""As a value of the attributes in ``OF_THE_GRANT``: nothing has been granted yet."""
OF_THE_GRANT = ("service", "match")
NEEDED = {"age_band": ("age bands", "age_bands"), "period": ("periods", "periods")}
"""Attributes whose values a planner names, with what they are and the section where they are named."""


def check_tables(routes: Routes) -> list[Problem]:
    """Return a problem for every table that does not cover a case which can come to it, or names what is not."""
    return [
        *_by_attribute(routes.scenario, routes),
        *_offers(routes.scenario, routes),
        *_expected_offers(routes.scenario, routes),
    ]


def tables(value: Any, path: str = "") -> Iterator[tuple[str, ByAttribute[Any]]]:
    """Yield every table by an attribute in a configuration, with its dotted path."""
    if isinstance(value, ByAttribute):
        yield path, value
    if isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from tables(getattr(value, key), f"{path}.{key}" if path else key)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from tables(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from tables(inner, f"{path}.{position}")


def values_of(scenario: Scenario, attribute: str) -> list[str]:
    """Return the values that an attribute of a case can have."""
    match attribute:
        case "profile":
            return list(scenario.profiles)
        case "level":
            return list(LEVELS)
        case "source":
            return [*scenario.arrivals, *scenario.initial_caseload, *scenario.initial_matters]
        case "age_band":
            return list(scenario.age_bands)
        case "administration":
            return list(scenario.administrations)
        case "service":
            return list(scenario.services)
        case "track":
            return list(scenario.tracks)
        case "open_case":
            return ["yes", "no"]
        case "match":
            return list(MATCHES)
        case "period":
            return list(scenario.periods)
        case _:
            raise ValueError(f"no such attribute: {attribute}")


def _by_attribute(scenario: Scenario, routes: Routes) -> Iterator[Problem]:
    for path, table in tables(scenario):
        values = values_of(scenario, table.by)
        if table.by in NEEDED and not values:
            what, section = NEEDED[table.by]
            yield Problem(f"{path}.by", f"'{table.by}' needs {what}: the section {section} is empty")
            continue
        extra = [OTHER, NO_SERVICE] if table.by in OF_THE_GRANT else [OTHER]
        for key in table.values:
            if key not in values and key not in extra:
                yield Problem(
                    f"{path}.values.{key}",
                    f"'{key}' is not a value of the attribute {table.by}{did_you_mean(key, [*values, OTHER])} "
                    f"(allowed: {listed([*values, *extra])})",
                )
        if OTHER in table.values:
            continue
        if table.by in OF_THE_GRANT and routes.may_lack_grant(path):
            values = [*values, NO_SERVICE]
        missing = [value for value in values if value not in table.values]
        if missing:
            yield Problem(
                f"{path}.values",
                f"nothing is given for the {table.by} {listed(repr(value) for value in missing)}; give a value for "
                f"each, or one for '{OTHER}'",
            )


def _offers(scenario: Scenario, routes: Routes) -> Iterator[Problem]:
    waiting = _waiting(scenario, routes)
    buying: dict[str | None, set[str]] = {}
    for name, section in scenario.waiting.items():
        if section.self_pay is not None and may_apply(section.self_pay.share):
            buying.setdefault(section.self_pay.decision, set()).update(waiting[name])
    later = cache(partial(_later_needs, scenario))
    for (track, step_name), coming in routes.visitors().items():
        step = scenario.tracks[track].steps[step_name]
        if not isinstance(step, Decision) or step.offers not in scenario.offers:
            continue
        needs: set[tuple[str, int]] = set()
        for group in sorted(coming | buying.get(f"{track}.{step_name}", set())):
            sections = [section for name, section in scenario.waiting.items() if group in waiting[name]]
            waited = _after_waiting(_with_lighter(groups(scenario)[group]), sections)
            needs |= _after_waiting(waited.union(*(later(*need) for need in waited)), sections)
        if any("partly" in possible(split) for _, split in varying_items(step.split)):
            needs |= {(profile, max(1, level - 1)) for profile, level in needs}
        offers = scenario.offers[step.offers].values()
        bare = sorted(
            (profile, level)
            for profile, level in needs
            if not any(
                (offer.profiles is None or profile in offer.profiles)
                and (offer.levels is None or level in offer.levels)
                and offer.from_age == 0
                for offer in offers
            )
        )
        if bare:
            whom = listed(f"{profile} at level {level}" for profile, level in bare)
            yield Problem(
                f"offers.{step.offers}",
                f"offers nothing to {whom}, who can come to the decision {track}.{step_name}",
            )


def _expected_offers(scenario: Scenario, routes: Routes) -> Iterator[Problem]:
    """Yield tables from which an administration expects what a case costs, and which offer nothing to some of them."""
    for (track, step_name), coming in routes.visitors().items():
        step = scenario.tracks[track].steps[step_name]
        if not isinstance(step, Responsibility) or step.push is None:
            continue
        age = least_age(scenario.tracks[track].side, scenario.birthday)
        profiles = sorted({profile for group in coming for profile in possible(groups(scenario)[group].profiles)})
        for administration, table in step.push.offers.items():
            # Any level: the need can have changed by the time that somebody is asked.
            bare = [
                f"{profile} at level {level}"
                for profile, level in product(profiles, LEVELS)
                if not any(
                    covers(offer, profile, int(level)) and offer.from_age <= age
                    for offer in scenario.offers.get(table, {}).values()
                )
            ]
            if bare and table in scenario.offers:
                yield Problem(
                    f"tracks.{track}.steps.{step_name}.push.offers.{administration}",
                    f"the table '{table}' offers nothing to {listed(bare)}, so nobody can expect what such a case "
                    "costs",
                )


def _waiting(scenario: Scenario, routes: Routes) -> dict[str, set[str]]:
    """Return the groups whose persons can wait under each section of ``waiting``."""
    visitors = routes.visitors()
    result: dict[str, set[str]] = {}
    for name, section in scenario.waiting.items():
        result[name] = {group for place in starting(scenario, section.clock) for group in visitors.get(place, ())}
        result[name] |= {
            f"initial_matters.{matter}"
            for matter, settings in scenario.initial_matters.items()
            if section.clock in settings.clocks
        }
    return result


def _after_waiting(needs: set[tuple[str, int]], sections: list[Waiting]) -> set[tuple[str, int]]:
    """Return needs with those that they can become while waiting."""
    found = set(needs)
    for profile, lowest in needs:
        for level in range(lowest, int(LEVELS[-1])):
            rates = (section.level_rises_per_month for section in sections)
            if not any(may_apply(rate, profile=profile, level=str(level)) for rate in rates):
                break
            found.add((profile, level + 1))
    return found


def _with_lighter(traits: Traits) -> set[tuple[str, int]]:
    """Return the combinations of profile and need level in which the persons of a group come or are there."""
    needs = _needs(traits)
    if isinstance(traits, Source) and any(change.lighter > 0 for change in traits.changes.values()):
        needs |= {(profile, max(1, level - 1)) for profile, level in needs}
    return needs


def _later_needs(scenario: Scenario, profile: str, level: int) -> set[tuple[str, int]]:
    """Return the combinations that somebody may have later: services help, or leave the need higher than before."""
    lowest = highest = level
    for service in scenario.services.values():
        mismatch = scenario.mismatch.of(service.match(profile))
        helps = service.helps.values.values() if isinstance(service.helps, ByAttribute) else (service.helps,)
        if any(helps) and mismatch.helps_factor > 0:
            lowest = 1
        if mismatch.level_rises > 0:
            highest = 4
    return {(profile, other) for other in range(lowest, highest + 1)}


def _needs(traits: Traits) -> set[tuple[str, int]]:
    """Return the combinations of profile and need level that occur in a group."""
    profiles = possible(traits.profiles)
    if not isinstance(traits.levels, ByAttribute):
        return {
            (profile, int(level)) for profile, level in product(profiles, possible(traits.levels)) if level in LEVELS
        }
    table = traits.levels.values
    return {
        (profile, int(level))
        for profile in profiles
        for level in possible(table.get(profile, table.get(OTHER, {})))
        if level in LEVELS
    }
