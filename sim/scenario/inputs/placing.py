"""Where the cases of a file belong in the map: which stock or matter of the configuration each takes the place of.

A row says which service somebody has; where such cases stand in the map, who works on them and who pays is what the
configuration says of the stock with that service. So a file's cases take over everything from the stock that they
belong to but the persons, and the stock's own number is not drawn any more. That goes for all stocks of a track as soon
as one row belongs to it, also for those that no row belongs to: what is not in the list is not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sim.scenario.check_names import GRANTED, SIDE_CATEGORIES
from sim.scenario.durations import Duration, longest_of, mean_of
from sim.scenario.errors import listed
from sim.scenario.inputs.caseload import YEAR_DAYS, Case, whole_years

STOCKS, MATTERS = "initial_caseload", "initial_matters"
DRAWN = frozenset({"count", "ages", "profiles"})
"""What a stock says about persons who are drawn."""
ADULT = 18
_DURATION: TypeAdapter[Any] = TypeAdapter(Duration)

Group = Mapping[str, Any]
Placed = dict[tuple[str, str], list[dict[str, Any]]]
"""The cases of each group, by section and name."""


class Placing:
    """Finds the group of each case.

    Args:
        composed: The configuration.
        start: The first day of the simulation.
    """

    def __init__(self, composed: Mapping[str, Any], start: dt.date) -> None:
        self._composed = composed
        self._start = start
        self.groups: dict[str, dict[str, dict[str, Any]]] = {
            section: {name: dict(group) for name, group in self._entries(section)} for section in (STOCKS, MATTERS)
        }
        self._placed: Placed = {}

    def _entries(self, section: str) -> Iterator[tuple[str, Group]]:
        entries = self._composed.get(section)
        for name, entry in entries.items() if isinstance(entries, Mapping) else ():
            if isinstance(entry, Mapping):
                yield str(name), entry

    def add(self, case: Case) -> None:
        """Place a case; what speaks against it is noted with its row."""
        section = MATTERS if case.service is None else STOCKS
        name = self._matter(case) if case.service is None else self._stock(case)
        if name is not None and self._old_enough(case, self.groups[section][name]):
            self._placed.setdefault((section, name), []).append(case.data())

    def sections(self) -> dict[str, Any]:
        """Return the two sections of the configuration with the file's cases in them."""
        covered = {(section, self.groups[section][name].get("track")) for section, name in self._placed}
        result: dict[str, Any] = {}
        for section, groups in self.groups.items():
            entries = self._composed.get(section)
            merged = dict(entries) if isinstance(entries, Mapping) else {}
            for name, group in groups.items():
                if (section, group.get("track")) in covered:
                    kept = {key: value for key, value in group.items() if key not in DRAWN}
                    merged[name] = {**kept, "cases": self._placed.get((section, name), [])}
            if merged:
                result[section] = merged
        return result

    # -- cases with a service -----------------------------------------------------------------------------------

    def _stock(self, case: Case) -> str | None:
        assert case.service is not None
        fitting = [
            name
            for name, stock in self.groups[STOCKS].items()
            if stock.get("service") == case.service and self._fits(case, stock)
        ]
        if fitting:
            name = self._best(case, fitting)
        else:
            found = self._like_another(case)
            if found is None:
                return None
            name = found
        return None if self._too_long(case) else name

    def _like_another(self, case: Case) -> str | None:
        """Make a group for a service that no stock has, like one that stands where such cases are."""
        service = str(case.service)
        similar = {
            (stock["track"], stock["step"]): stock
            for stock in reversed(self.groups[STOCKS].values())
            if self._fits(case, stock) and self._gives(stock, service)
        }
        key = "track" if "track" in case.row.headings else "service"
        if not similar:
            where = f" in the track '{case.track}'" if case.track else ""
            case.row.complain(
                key,
                f"nothing says where cases with the service '{service}' are{where}: add an entry for it to "
                f"initial_caseload (with count: 0), or correct the row (services with an entry: "
                f"{listed(sorted({str(stock.get('service')) for stock in self.groups[STOCKS].values()}))})",
            )
            return None
        if len(similar) > 1:
            places = sorted({track for track, _ in similar})
            case.row.complain(
                key,
                f"cases with the service '{service}' can be in several tracks; expected one of {listed(places)} in "
                "the column 'Forløb'",
            )
            return None
        (stock,) = similar.values()
        taken = {*self.groups[MATTERS], *(self._composed.get("arrivals") or {})}
        name = service if service not in taken and service not in self.groups[STOCKS] else f"{service}_on_day_0"
        self.groups[STOCKS][name] = {**stock, "service": service}
        return name

    def _gives(self, stock: Group, service: str) -> bool:
        """Return whether a stock stands at a step at which somebody can have a service."""
        track = (self._composed.get("tracks") or {}).get(stock.get("track")) or {}
        step = (track.get("steps") or {}).get(stock.get("step")) or {}
        category = (self._composed["services"][service] or {}).get("category")
        side = str(track.get("side", "child"))
        return step.get("service", GRANTED) in (GRANTED, service) and category in SIDE_CATEGORIES.get(side, ())

    def _too_long(self, case: Case) -> bool:
        """Note it if a spell has lasted longer than any spell of the service can."""
        if case.since is None:
            return False
        years = (self._composed["services"][case.service] or {}).get("years")
        by = isinstance(years, Mapping) and "by" in years
        table = list((years.get("values") or {}).values()) if isinstance(years, Mapping) and by else [years]
        try:
            longest = max(longest_of(_DURATION.validate_python(duration)) for duration in table)
        except (ValidationError, ValueError):
            return False  # The check of the configuration says what is wrong.
        passed = (self._start - case.since).days / YEAR_DAYS
        if passed <= longest:
            return False
        case.row.complain(
            "start",
            f"'{case.since:%d-%m-%Y}': the service has lasted {passed:.1f} years, and no spell of '{case.service}' "
            f"lasts longer than {longest:g} years in the model (services.{case.service}.years); expected a later date, "
            "or a longer length in the configuration",
        )
        return True

    # -- cases without a service --------------------------------------------------------------------------------

    def _matter(self, case: Case) -> str | None:
        groups = self.groups[MATTERS]
        fitting = [
            name
            for name, matter in groups.items()
            if self._fits(case, matter) and (case.track is not None or self._side(matter) == self._side_of(case))
        ]
        if not fitting:
            key = next((key for key in ("step", "track") if key in case.row.cells), "service")
            steps = sorted({f"{matter.get('track')}.{matter.get('step')}" for matter in groups.values()})
            case.row.complain(
                key,
                "nothing says where such a case without a service is: add an entry for it to initial_matters (with "
                f"count: 0), or correct the row (places that have one: {listed(steps)})",
            )
            return None
        assert case.since is not None
        passed = (self._start - case.since).days
        return min(fitting, key=lambda name: abs(_mean(groups[name].get("days_since_request")) - passed))

    def _side(self, group: Group) -> str:
        track = (self._composed.get("tracks") or {}).get(group.get("track")) or {}
        return str(track.get("side", "child"))

    def _side_of(self, case: Case) -> str:
        return "adult" if whole_years(case.born[1], self._start) >= ADULT else "child"

    # -- both ---------------------------------------------------------------------------------------------------

    def _fits(self, case: Case, group: Group) -> bool:
        return case.track in (None, group.get("track")) and case.step in (None, group.get("step"))

    def _best(self, case: Case, names: Sequence[str]) -> str:
        """Return the group of the same administration, and among those the one in which the profile is commonest."""

        def fit(name: str) -> tuple[bool, float]:
            group = self.groups[STOCKS][name]
            profiles = group.get("profiles")
            share = profiles.get(case.profile, 0.0) if isinstance(profiles, Mapping) else 0.0
            return group.get("administration") == case.administration, share if isinstance(share, float) else 0.5

        return max(names, key=fit)

    def _old_enough(self, case: Case, group: Group) -> bool:
        """Note it if the law gives somebody of the age no such service."""
        youngest, oldest = (whole_years(day, self._start) for day in reversed(case.born))
        column = "birth_date" if "birth_date" in case.row.cells else "age"
        side, what = self._side(group), f"the track '{group.get('track')}'"
        if side == "child" and youngest >= ADULT:
            expected = f"expected somebody under {ADULT}, or another service"
            case.row.complain(column, f"the person is {youngest}, and {what} is under children's law; {expected}")
            return False
        if side == "adult" and oldest < ADULT:
            expected = f"expected somebody of {ADULT} or more, or another service"
            case.row.complain(column, f"the person is {oldest}, and {what} is under adult law; {expected}")
            return False
        service = (self._composed.get("services") or {}).get(case.service) or {}
        until = service.get("until_age")
        if isinstance(until, int | float) and youngest >= until:
            case.row.complain(
                column,
                f"the person is {youngest}, and '{case.service}' ends by law at {until:g}; expected another service",
            )
            return False
        return True


def _mean(duration: Any) -> float:
    try:
        return mean_of(_DURATION.validate_python(duration))
    except ValidationError:
        return 0.0  # The check of the configuration says what is wrong.
