"""How large everything is in a municipality of another size than Odense.

What happens to a case is taken from Odense as it is; what is as large as the municipality is multiplied by the number
of people it depends on: what is for children by the children, adult services by the young (18-22), the work for older
citizens by the adults. Caseworkers for adults have both: about 30 % of their time goes to citizens over 29 (see
``arrivals.adults_over_29`` in Odense's evidence).

Scaling says what a municipality *like Odense* would have. Nothing that is scaled is verified.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sim.folder.answers import Answers
from sim.scenario.shipped import configs_folder
from sim.scenario.yamlfile import read_yaml

PATTERN = "odense"
"""The municipality that own ones are built upon."""
OLDER_SHARE = 0.3
"""Share of the adult teams' time that citizens over 29 take in Odense (an assumption of its evidence)."""

Basis = Literal["children", "young", "older", "adult_staff", "all", "none"]
Part = Literal["population", "teams", "panels", "places", "arrivals", "caseload", "matters"]


@dataclass(frozen=True)
class Size:
    """One figure of the municipality's own."""

    path: str
    part: Part
    value: float
    unit: str
    basis: Basis
    """What it is scaled by; ``none``: taken as it is."""
    factor: float
    odense: float
    given: bool
    """Whether the planner said it."""
    exact: float
    """What scaling gives before it is rounded."""

    @property
    def lifted(self) -> bool:
        """Whether there cannot be fewer than one, although scaling gives clearly less."""
        return self.part in ("teams", "panels") and not self.given and self.value == 1 and self.exact < 0.75


@cache
def odense() -> Mapping[str, Any]:
    """Return Odense's configuration as its file says it."""
    data = read_yaml(configs_folder() / "municipality" / f"{PATTERN}.yaml").data
    assert isinstance(data, dict)
    return data


def labels(section: str) -> dict[str, Mapping[str, str]]:
    """Return what people call the teams, panels, services or arrivals of Odense, by name."""
    return {name: entry["label"] for name, entry in odense()[section].items()}


def with_places() -> list[str]:
    """Return the services of which the municipality has a limited number of places itself."""
    return [name for name, service in odense()["services"].items() if "places" in service["suppliers"].get("own", {})]


def population(answers: Answers) -> dict[str, int]:
    """Return inhabitants by age group; those that nobody said have Odense's share of the whole."""
    of_odense = odense()["municipality"]["population"]
    ratio = answers.population / of_odense["all"]
    children = answers.children
    if children is None:
        children = min(round(of_odense["0-17"] * ratio), answers.population - (answers.young or 0))
    young = answers.young
    if young is None:
        young = min(round((of_odense["0-22"] - of_odense["0-17"]) * ratio), answers.population - children)
    return {"0-17": children, "0-22": children + young, "all": answers.population}


def factors(answers: Answers) -> dict[Basis, float]:
    """Return what Odense's figures are multiplied by."""
    own, of_odense = population(answers), odense()["municipality"]["population"]
    young = (own["0-22"] - own["0-17"]) / (of_odense["0-22"] - of_odense["0-17"])
    older = (own["all"] - own["0-22"]) / (of_odense["all"] - of_odense["0-22"])
    return {
        "children": own["0-17"] / of_odense["0-17"],
        "young": young,
        "older": older,
        "adult_staff": (1 - OLDER_SHARE) * young + OLDER_SHARE * older,
        "all": own["all"] / of_odense["all"],
        "none": 1.0,
    }


def sizes(answers: Answers) -> list[Size]:
    """Return every figure that is the municipality's own, in the order in which its file holds them."""
    by, pattern = factors(answers), odense()
    found: list[Size] = []

    def add(path: str, part: Part, unit: str, basis: Basis, of_odense: float, least: int = 0) -> None:
        exact = of_odense * by[basis]
        given = path in answers.given
        value = answers.given[path] if given else _rounded(exact, part, least)
        found.append(Size(path, part, value, unit, basis, by[basis], of_odense, given, exact))

    known = {"0-17": answers.children is not None, "all": True}
    known["0-22"] = known["0-17"] and answers.young is not None
    for group, number in population(answers).items():
        whole = pattern["municipality"]["population"][group]
        share = answers.population / pattern["municipality"]["population"]["all"]
        path = f"municipality.population.{group}"
        found.append(Size(path, "population", number, "persons", "all", share, whole, known[group], number))
    for name, team in pattern["teams"].items():
        basis: Basis = "children" if team["administration"] == "buf" else "adult_staff"
        add(f"teams.{name}.caseworkers", "teams", "caseworkers", basis, team["caseworkers"], least=1)
    for name, panel in pattern["panels"].items():
        basis = "children" if panel["administration"] == "buf" else "young"
        add(f"panels.{name}.every_weeks", "panels", "weeks", "none", panel["every_weeks"], least=1)
        # A panel that meets half as often decides twice as many each time.
        weeks = answers.given.get(f"panels.{name}.every_weeks", panel["every_weeks"]) / panel["every_weeks"]
        add(f"panels.{name}.seats", "panels", "cases", basis, panel["seats"] * weeks, least=1)
    for name in with_places():
        service = pattern["services"][name]
        basis = "young" if service["category"] == "adult" else "children"
        places = service["suppliers"]["own"]["places"]
        add(f"services.{name}.suppliers.own.places", "places", "places", basis, places)
    for name, source in pattern["arrivals"].items():
        add(f"arrivals.{name}.per_year", "arrivals", "persons a year", _basis(source), source["per_year"])
    for section, part in (("initial_caseload", "caseload"), ("initial_matters", "matters")):
        for name, stock in pattern[section].items():
            add(f"{section}.{name}.count", part, "persons", _basis(stock), stock["count"])  # type: ignore[arg-type]
    return found


def _basis(group: Mapping[str, Any]) -> Basis:
    return {"children": "children", "background": "older"}.get(group["track"], "young")  # type: ignore[return-value]


def _rounded(exact: float, part: Part, least: int) -> float:
    if part == "arrivals":
        return float(f"{exact:.3g}") if exact < 100 else round(exact)
    return max(least, math.floor(exact + 0.5))


def lifted_teams(found: list[Size]) -> list[str]:
    """Return the teams that are larger than scaling says, because a team has at least one caseworker."""
    return [size.path.split(".")[1] for size in found if size.part == "teams" and size.lifted]
