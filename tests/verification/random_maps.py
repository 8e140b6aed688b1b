"""Random small municipalities for Hypothesis: any steps in any order that a planner could write down.

A map is a row of steps; each goes on to a later one, choices and appeals can go back, so every way ends sooner or
later. What is drawn small (few caseworkers, seats, places; many persons) makes queues.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import strategies as st

from sim.scenario import Scenario
from sim.scenario.configuration import checked

TEAMS = ("north", "south", "east", "west")
ADMINISTRATIONS = ("children", "adults")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
Draw = Callable[[st.SearchStrategy[Any]], Any]


def _label(name: str) -> dict[str, str]:
    return {"da": name, "en": name}


@cache
def _numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda number: round(number, 3))


@cache
def durations(mean: float) -> st.SearchStrategy[Any]:
    """Return durations of every kind with a mean somewhere below some number."""
    means = _numbers(mean / 20, mean)
    cvs = st.sampled_from([0.3, 1.0, 1.8])
    return st.one_of(
        st.sampled_from([0, mean / 2, mean]),
        st.builds(lambda m: {"distribution": "exponential", "mean": m}, means),
        st.builds(lambda m, cv: {"distribution": "gamma", "mean": m, "cv": cv}, means, cvs),
        st.builds(lambda m, cv: {"distribution": "lognormal", "mean": m, "cv": cv}, means, cvs),
        st.builds(lambda m: {"distribution": "uniform", "low": m / 2, "high": m * 2}, means),
        st.builds(lambda m: {"distribution": "triangular", "low": 0, "mode": m, "high": m * 2}, means),
    )


def _team(draw: Draw) -> dict[str, Any]:
    team = {
        "label": _label("hold"),
        "administration": draw(st.sampled_from(ADMINISTRATIONS)),
        "caseworkers": draw(st.integers(1, 4)),
        "allocation": draw(st.sampled_from(["pooled", "named"])),
        "order": draw(st.sampled_from(["due_date", "first_come"])),
        "calendar": draw(st.sampled_from(["office", "always", "short"])),
        "case_hours_per_hour": draw(st.sampled_from([1.0, 0.5])),
    }
    if team["allocation"] == "named":
        team["max_caseload"] = draw(st.sampled_from([None, 2, 6]))
        team["coordinates"] = draw(st.sampled_from([False, False, True]))
    if draw(st.integers(0, 2)) == 0:
        team["part_time"] = {"share": draw(st.sampled_from([0.3, 1.0])), "hours": draw(st.sampled_from([0.5, 0.8]))}
    if draw(st.integers(0, 3)) == 0:
        team["overtime_share"] = 0.3
    if draw(st.integers(0, 2)) == 0:
        team["changes"] = {"first": _headcount(draw, -team["caseworkers"] + 1), "second": _headcount(draw, 0)}
        if draw(st.integers(0, 2)) == 0:
            team["caseworkers"], team["changes"] = 0, {"new": {"caseworkers": 2, "begins": "2024-04-10"}}
    return team


def _headcount(draw: Draw, least: int) -> dict[str, Any]:
    change = {"caseworkers": draw(st.integers(least, 3)), "begins": draw(st.sampled_from([None, "2024-04-03"]))}
    if change["begins"] is not None:
        change["ends"] = draw(st.sampled_from([None, "2024-06-20"]))
    return change


def _caseworking(draw: Draw, teams: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return how staff come and go, more often than in life."""
    caseworking: dict[str, Any] = {
        "change_hours": draw(st.sampled_from([0, 3])),
        "completeness": {
            "start": 0.8,
            "change_loss": 0.1,
            "boundary_loss": 0.1,
            "late_share": 0.5,
            "overload_tasks": draw(st.sampled_from([None, 1])),
            "overload_loss": 0.05,
        },
        "duty_priority": draw(st.sampled_from([None, 1, 5])),
        "interrupted": draw(st.sampled_from(["finish", "hand_over"])),
        "coordinated_share": draw(st.sampled_from([1.0, 0.3])),
    }
    if caseworking["completeness"]["overload_tasks"] is None:
        del caseworking["completeness"]["overload_loss"]
    if draw(st.booleans()):
        caseworking["absences"] = {
            "short": {"per_year": draw(st.sampled_from([4, 20])), "days": draw(durations(6))},
            "long": {"per_year": draw(st.sampled_from([0, 2])), "days": {"distribution": "exponential", "mean": 40}},
        }
        caseworking["reassign_after_days"] = draw(st.sampled_from([None, 0, 3]))
    if draw(st.booleans()):
        caseworking["turnover"] = {
            "resignations_per_year": draw(st.sampled_from([0.5, 4])),
            "vacancy_days": draw(durations(30)),
            "onboarding_days": draw(st.sampled_from([0, 25])),
            "onboarding_pace": 0.5,
            "onboarding_caseload": 0.4,
            "agency": draw(st.sampled_from([None, {"share": 1.0, "pace": 0.5}, {"share": 0.5, "after_days": 5}])),
        }
        next(iter(teams.values()))["resignations_per_year"] = draw(st.sampled_from([0, 10]))
    return caseworking


def _panel(draw: Draw) -> dict[str, Any]:
    return {
        "label": _label("udvalg"),
        "administration": "children",
        "weekday": draw(st.sampled_from(WEEKDAYS)),
        "every_weeks": draw(st.integers(1, 3)),
        "seats": draw(st.sampled_from([None, 1, 3, 8])),
        "preparation_days": draw(st.sampled_from([0, 0.5, 4])),
        "hour": draw(st.sampled_from([9.0, 13.5])),
    }


def _service(draw: Draw) -> dict[str, Any]:
    suppliers: dict[str, Any] = {
        "own": {"kind": "internal", "places": draw(st.sampled_from([None, 1, 5])), "lead_days": draw(durations(10))}
    }
    if draw(st.booleans()):
        share, places = draw(st.sampled_from([0.3, 1.0])), draw(st.sampled_from([None, 1, 3]))
        suppliers["bought"] = {"kind": "external", "share": share, "places": places}
    return {
        "label": _label("indsats"),
        "category": "supportive",
        "years": draw(durations(0.4)),
        "suppliers": suppliers,
        "reserve_days": draw(st.sampled_from([0, 30])),
    }


class _Row:
    """The steps of a track that lead from ``s0`` to the end."""

    def __init__(self, draw: Draw, teams: dict[str, dict[str, Any]], length: int) -> None:
        self._draw = draw
        self._teams = st.sampled_from(list(teams))
        self._length = length
        self._all_teams = teams
        self.steps: dict[str, Any] = {"end": {"kind": "end"}}
        for position in reversed(range(length)):
            kinds = ["work", "work", "work", "delay", "panel", "choice", "decision", "service"]
            kinds.append("responsibility")
            if len(teams) > 1:
                kinds.append("meeting")
            kind = draw(st.sampled_from(kinds))
            make: Callable[[int], dict[str, Any]] = getattr(self, f"_{kind}")
            self.steps[f"s{position}"] = {"kind": kind, **make(position)}

    def _next(self, position: int) -> str:
        return f"s{position + 1}" if position + 1 < self._length else "end"

    def _later(self, position: int) -> str:
        """Return a later step that is surely there."""
        target = self._draw(st.integers(position + 1, self._length))
        return f"s{target}" if target < self._length else "end"

    def _work(self, position: int) -> dict[str, Any]:
        draw = self._draw
        step: dict[str, Any] = {
            "team": draw(self._teams),
            "hours": draw(durations(12)),
            "priority": draw(st.sampled_from([1, 5, 5])),
            "next": self._next(position),
        }
        due = draw(st.sampled_from(["none", "days", "clock"]))
        if due == "days":
            step["due_days"] = draw(st.sampled_from([2, 30]))
        elif due == "clock":
            step["due"] = "deadline"
            step["stops"] = ["deadline"]
        if draw(st.integers(0, 3)) == 0:
            step["patience_days"] = draw(durations(20))
            step["gives_up_to"] = self._later(position)
        step["documents"] = draw(st.sampled_from([0, 0.3]))
        if self._all_teams[step["team"]]["allocation"] == "named":
            step["on_duty"] = draw(st.booleans())
        return step

    def _delay(self, position: int) -> dict[str, Any]:
        return {"days": self._draw(durations(30)), "next": self._next(position)}

    def _panel(self, position: int) -> dict[str, Any]:
        return {"panel": "board", "priority": self._draw(st.sampled_from([2, 5])), "next": self._next(position)}

    def _meeting(self, position: int) -> dict[str, Any]:
        draw = self._draw
        teams = draw(st.lists(self._teams, min_size=2, max_size=3, unique=True).map(list))
        return {
            "teams": teams,
            "outsiders": draw(st.sampled_from([{}, {"family": 0.7, "school": 0.9}])),
            "postponed_days": draw(st.sampled_from([1, 7])),
            "documents": draw(st.sampled_from([0, 0.5])),
            "hours": draw(durations(4)),
            "lead_days": draw(st.sampled_from([0, 3])),
            "next": self._next(position),
        }

    def _choice(self, position: int) -> dict[str, Any]:
        draw = self._draw
        # Back to any earlier step, with a probability below one.
        back = f"s{draw(st.integers(0, position))}"
        split: dict[str, Any] = {self._next(position): "rest"}
        if back != f"s{position}":
            split[back] = draw(st.sampled_from([0.1, 0.45]))
        aside = self._later(position)
        if aside not in split:
            split[aside] = 0.2
        return {"split": split}

    def _decision(self, position: int) -> dict[str, Any]:
        draw = self._draw
        onward = self._next(position)
        split = draw(st.sampled_from([{"granted": 1}, {"granted": 0.5, "partly": 0.2, "refused": "rest"}]))
        step = {
            "split": split,
            "offers": "table",
            "granted": onward,
            "partly": onward,
            "refused": self._later(position),
        }
        if draw(st.booleans()):
            step |= {"appeal": "appeal", "changed": onward, "remitted": f"s{draw(st.integers(0, position))}"}
        return step

    def _responsibility(self, position: int) -> dict[str, Any]:
        draw = self._draw
        probabilities = st.sampled_from([0, 0.3, 1])
        return {
            "theirs": {"children": draw(probabilities), "adults": "rest"},
            "misrouted": draw(probabilities),
            "lost": draw(probabilities),
            "lost_days": draw(durations(30)),
            "by_procedure": draw(st.sampled_from([0, 0.5])),
            "doubt": {"by": "level", "values": {"1": draw(probabilities), "other": 0.2}},
            "accepts_others": draw(probabilities),
            "round_days": draw(durations(20)),
            "max_rounds": draw(st.integers(0, 4)),
            "escalation_days": draw(durations(20)),
            "to": {"children": self._next(position), "adults": self._later(position)},
        }

    def _service(self, position: int) -> dict[str, Any]:
        draw = self._draw
        step: dict[str, Any] = {"service": draw(st.sampled_from(["first", "second"])), "next": self._next(position)}
        if draw(st.booleans()):
            step["follow_up"] = {
                "team": draw(self._teams),
                "hours": draw(durations(6)),
                "first_days": draw(st.sampled_from([1, 40])),
                "every_days": draw(st.sampled_from([15, 90])),
                "clock": draw(st.sampled_from([None, "follow_up"])),
            }
        return step


def _appeals(draw: Draw, teams: list[str]) -> dict[str, Any]:
    return {
        "label": _label("klage"),
        "administration": "children",
        "side": "appeal",
        "first": "complaint",
        "steps": {
            "complaint": {"kind": "delay", "days": draw(durations(28)), "next": "again"},
            "again": {
                "kind": "work",
                "team": draw(st.sampled_from(teams)),
                "hours": draw(durations(6)),
                "next": "ruling",
            },
            "ruling": {"kind": "choice", "split": {"changed": 0.3, "remitted": 0.3, "upheld": "rest"}},
            "changed": {"kind": "end", "outcome": "changed"},
            "remitted": {"kind": "end", "outcome": "remitted"},
            "upheld": {"kind": "end", "outcome": "upheld"},
        },
    }


def _arrivals(draw: Draw) -> dict[str, Any]:
    people = {"ages": [{"from_age": 1, "to_age": 17, "weight": 1}], "profiles": {"general": 1}}
    source: dict[str, Any] = {
        "label": _label("kilde"),
        "track": "matters",
        "levels": {"1": 0.5, "3": "rest"},
        **people,
    }
    pattern = draw(st.sampled_from(["random", "random", "regular", "given"]))
    if pattern == "random":
        source |= {
            "per_year": draw(st.sampled_from([60, 150, 300])),
            "calendar": draw(st.sampled_from([None, "office"])),
        }
        source["relative"] = draw(st.sampled_from([1.0, 0.6, 1.4]))
    elif pattern == "regular":
        source["every_days"] = draw(st.sampled_from([1.5, {"distribution": "gamma", "mean": 2, "cv": 0.5}]))
    else:
        source["at_days"] = draw(st.lists(_numbers(0, 60), max_size=30))
    if draw(st.booleans()):
        gap = draw(st.sampled_from([{"distribution": "exponential", "mean": 0.3}, 20]))
        source["repeats"] = {"probability": 0.4, "gap_days": gap}
    return source


def _reachable(tracks: dict[str, Any]) -> None:
    """Take away the steps that nobody can come to."""
    steps = tracks["matters"]["steps"]
    seen, waiting, appealed = set(), ["s0"], False
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        step = steps[name]
        if step["kind"] == "choice":
            waiting += step["split"]
        elif step["kind"] == "decision":
            outcomes = step["split"]
            full = outcomes == {"granted": 1}
            if full:
                for key in ("appeal", "changed", "remitted"):
                    step.pop(key, None)
            waiting += [step[outcome] for outcome in outcomes]
            if "appeal" in step:
                appealed = True
                waiting += [step["changed"], step["remitted"]]
        elif step["kind"] == "responsibility":
            waiting += step["to"].values()
        else:
            waiting += [step[key] for key in ("next", "gives_up_to") if key in step]
    tracks["matters"]["steps"] = {name: step for name, step in steps.items() if name in seen}
    if not appealed:
        del tracks["appeal"]


def _waiting(draw: Draw, tracks: dict[str, Any], clocks: dict[str, Any]) -> dict[str, Any]:
    """Return what waiting does, from the beginning and perhaps in appeals."""
    steps = tracks["matters"]["steps"]
    decisions = [f"matters.{name}" for name, step in steps.items() if step["kind"] == "decision"]
    stopped = any("deadline" in step.get("stops", ()) for step in steps.values())
    rates = st.sampled_from([0, 0.5, 2.0, {"by": "level", "values": {"1": 1.5, "4": 0.5, "other": 0}}])

    def section(clock: str) -> dict[str, Any]:
        found: dict[str, Any] = {
            "clock": clock,
            "until": draw(st.sampled_from(["service", "clock"] if clock != "deadline" or stopped else ["service"])),
            "level_rises_per_month": draw(rates),
            "withdraws_per_month": draw(rates),
        }
        if draw(st.booleans()):
            to = draw(st.sampled_from(list(steps)))
            found["acute"] = {"share": draw(st.sampled_from([0.3, 1])), "to": f"matters.{to}"}
        if decisions and draw(st.booleans()):
            found["self_pay"] = {"share": 0.6, "after_days": draw(st.sampled_from([0, 20])), "decision": decisions[0]}
        return found

    sections = {}
    if draw(st.booleans()):
        sections["matters"] = section("deadline")
    if "appeal" in tracks and draw(st.booleans()):
        tracks["appeal"]["steps"]["complaint"]["starts"] = ["complaint"]
        clocks["complaint"] = {}
        sections["appeals"] = section("complaint")
        if "self_pay" in sections["appeals"]:
            sections["appeals"]["self_pay"]["reimbursed"] = ["changed"]
    return sections


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return value


@st.composite
def scenarios(draw: Draw) -> Scenario:
    """Return a random small municipality over four months, until after the last change of its staff."""
    teams = {name: _team(draw) for name in TEAMS[: draw(st.integers(1, 4))]}
    row = _Row(draw, teams, draw(st.integers(1, 7)))
    row.steps["s0"]["starts"] = ["deadline"]
    matters: dict[str, Any] = {
        "label": _label("sager"),
        "administration": "children",
        "first": "s0",
        "steps": row.steps,
    }
    tracks = {"matters": matters, "appeal": _appeals(draw, list(teams))}
    _reachable(tracks)
    data: dict[str, Any] = {
        "about": {"name": "random", "label": _label("r"), "summary": _label("r"), "why": "whatever"},
        "municipality": {"label": _label("r"), "population": {}},
        "horizon": {"start": "2024-03-01", "run_in_years": 0, "years": 0.34},
        "calendars": {
            "office": {},
            "always": {"continuous": True},
            "short": {"weekdays": ["monday", "thursday"], "opens": 10, "hours": 3},
        },
        "administrations": {name: {"label": _label(name)} for name in ADMINISTRATIONS},
        "teams": teams,
        "panels": {"board": _panel(draw)},
        "caseworking": _caseworking(draw, teams),
        "profiles": {"general": {"label": _label("g")}},
        "services": {"first": _service(draw), "second": _service(draw)},
        "offers": {"table": {"all": {"split": {"first": 0.5, "second": "rest"}}}},
        "clocks": {"deadline": {"within": {"days": 30}}, "follow_up": {"within": {"months": 3}}},
        "arrivals": {"first": _arrivals(draw), "second": _arrivals(draw)},
        "tracks": tracks,
        "experiment": {"replications": 1, "seed": draw(st.integers(0, 2**32 - 1))},
        "compute": {"n_jobs": 1},
        "report": {"language": "da"},
    }
    at = next((name for name, step in matters["steps"].items() if step["kind"] == "service"), None)
    data["waiting"] = _waiting(draw, tracks, data["clocks"])
    if at is not None and draw(st.booleans()):
        data["initial_caseload"] = {"there": _stock(draw, at, matters["steps"][at]["service"])}
    if draw(st.booleans()):
        _changes(draw, data)
    return checked(_without_none(data), {}).scenario


def _changes(draw: Draw, data: dict[str, Any]) -> None:
    """Let places, arrivals, needs and hours change."""
    dates = st.sampled_from([None, "2024-02-01", "2024-04-01", "2024-05-15", "2024-12-01"])
    ends = st.sampled_from([None, "2024-06-20", "2024-12-24"])

    def change(**what: Any) -> dict[str, Any]:
        begins = draw(dates)
        until = None if begins in (None, "2024-12-01") else draw(ends)
        return {"begins": begins, "ends": until, **what}

    data["profiles"]["other"] = {"label": _label("o")}
    data["periods"] = {"before": "2024-03-01", "after": "2024-05-01"}
    for service in data["services"].values():
        service["fits"] = draw(st.sampled_from([None, ["general"], ["other"]]))
        service["specialised"] = draw(st.booleans())
        service["helps"] = draw(
            st.sampled_from([0, 0.5, {"by": "match", "values": {"fits": 0.6, "too_general": 0.1, "other": 0}}])
        )
        for supplier in service["suppliers"].values():
            supplier["follow_up_factor"] = draw(st.sampled_from([1.0, 1.7]))
            if supplier.get("places") is not None:
                fewer = -draw(st.integers(0, supplier["places"] - 1))
                supplier["changes"] = {
                    "more": change(places=draw(st.integers(0, 6))),
                    "fewer": change(places=fewer),
                }
    data["mismatch"] = {
        "too_general": {"length_factor": 1.5, "helps_factor": 0.5, "level_rises": draw(st.sampled_from([0, 0.4]))},
        "too_specialised": {"length_factor": draw(st.sampled_from([0.5, 1.0]))},
    }
    for source in data["arrivals"].values():
        if "per_year" in source:
            source["changes"] = {
                "trend": change(relative=draw(st.sampled_from([0, 0.5, 1, 1.7, 3]))),
                "lighter": change(relative=draw(st.sampled_from([0.8, 1])), lighter=draw(st.sampled_from([0, 0.5]))),
            }
    for step in data["tracks"]["matters"]["steps"].values():
        if step["kind"] == "work" and draw(st.booleans()):
            step["hours"] = {"by": "period", "values": {"before": step["hours"], "after": draw(durations(12))}}


def _stock(draw: Draw, step: str, service: str) -> dict[str, Any]:
    return {
        "count": draw(st.sampled_from([1, 12])),
        "track": "matters",
        "step": step,
        "service": service,
        "ages": [{"from_age": 1, "to_age": 17, "weight": 1}],
        "profiles": {"general": 1},
        "levels": {"2": 1},
    }
