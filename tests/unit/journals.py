"""Journals made by hand: a small municipality, and a book in which a test writes down what happened.

``small_town()`` has two administrations, two teams with named caseworkers and one pooled team, a service of each
category, and prices that are easy to reckon with. Work is round the clock unless a test asks for office hours, and
day 0 is 1 January 2023, so that 2023 is days 0 to 365 and 2024 (a leap year) days 365 to 731.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sim.journal import ACTIVITIES, CASES, EVENTS, NAN, SPELLS, STAFF, TABLES, Journal, Names, Recorder, names_key
from sim.scenario import Scenario

START = dt.date(2023, 1, 1)


def _service(category: str, **more: Any) -> dict[str, Any]:
    suppliers = {"own": {"kind": "internal"}, "bought": {"kind": "external"}}
    label = {"da": category, "en": category}
    return {"label": label, "category": category, "years": 1.0, "suppliers": suppliers, **more}


def _label(name: str) -> dict[str, Any]:
    return {"da": f"{name} (da)", "en": f"{name} (en)"}


def _track(administration: str, side: str, starts: list[str]) -> dict[str, Any]:
    end = {"kind": "end", "starts": starts}
    return {
        "label": _label(side),
        "administration": administration,
        "side": side,
        "first": "done",
        "steps": {"done": end},
    }


def small_town(**changes: Any) -> Scenario:
    """Return the scenario that the journals are about, with other top-level parts where given."""
    price = {"dkk_per_day": 100.0, "account": "5.28.21"}
    parts: dict[str, Any] = {
        "about": {"name": "small_town", "label": _label("town"), "summary": _label("town"), "why": "For tests."},
        "municipality": {"label": _label("Småby"), "population": {"0-17": 100}},
        "horizon": {"start": START, "run_in_years": 0, "years": 1},
        "calendars": {"office": {"public_holidays": False}, "always": {"continuous": True}},
        "administrations": {"buf": {"label": _label("buf")}, "bsf": {"label": _label("bsf")}},
        "teams": {
            "family": {"label": _label("family"), "administration": "buf", "caseworkers": 2, "calendar": "always"},
            "duty": {
                "label": _label("duty"),
                "administration": "buf",
                "caseworkers": 1,
                "calendar": "always",
                "allocation": "pooled",
            },
            "adults": {"label": _label("adults"), "administration": "bsf", "caseworkers": 1, "calendar": "always"},
        },
        "panels": {"panel": {"label": _label("panel"), "administration": "buf", "weekday": "monday", "every_weeks": 1}},
        "caseworking": {"change_hours": 0, "completeness": {"change_loss": 0}},
        "profiles": {"vulnerable": {"label": _label("vulnerable")}, "disability": {"label": _label("disability")}},
        "services": {
            "foster_care": _service("placement", foster=True, fits=["vulnerable"]),
            "institution": _service("placement"),
            "support": _service("supportive"),
            "contact_person": _service("aftercare"),
            "adult_support": _service("adult"),
        },
        "clocks": {
            "decision": {"since": "awareness"},
            "assessment_4m": {"since": "awareness", "within": {"months": 4}},
            "appeal": {},
            "board": {},
        },
        "arrivals": {
            "notifications": {
                "label": _label("notifications"),
                "track": "child",
                "at_days": [1],
                "ages": [{"from_age": 0, "to_age": 17, "weight": 1}],
                "profiles": {"vulnerable": 1},
                "levels": {"1": 1},
            }
        },
        "tracks": {
            "child": _track("buf", "child", ["decision", "assessment_4m"]),
            "grown": _track("bsf", "adult", ["decision"]),
            "appeal": _track("buf", "appeal", ["appeal", "board"]),
        },
        "costs": {
            "price_year": 2023,
            "accounts": {account: _label(account) for account in ("5.28.21", "6.45.51", "6.45.57", "6.45.58")},
            "staff": {"dkk_per_year": 500000.0, "overhead": 0.2, "account": "6.45.57"},
            "services": {
                name: {"own": price, "bought": {**price, "dkk_per_day": 300.0, "level_factors": {"4": 2.0}}}
                for name in ("foster_care", "institution", "support", "contact_person", "adult_support")
            },
            "appeals_board": {"dkk_per_case": 1000.0, "payer": "state", "account": "6.45.51"},
            "self_pay_share": 0.25,
        },
    }
    return Scenario.model_validate({**parts, **changes}, strict=False)


def asking_town() -> Scenario:
    """Return a town in whose adult track the two administrations ask each other."""
    tracks: dict[str, Any] = {name: track.model_dump() for name, track in small_town().tracks.items()}
    tracks["grown"]["first"] = "whose"
    tracks["grown"]["steps"]["whose"] = {
        "kind": "responsibility",
        "theirs": {"buf": 0.5, "bsf": "rest"},
        "round_days": 30,
        "max_rounds": 2,
        "to": {"buf": "done", "bsf": "done"},
    }
    return small_town(tracks=tracks)


class Book:
    """Takes down rows by the names of their columns; what is not given is a harmless default.

    Names are written as they are; persons are numbers, and those that a row mentions without having been introduced
    are born on 1 January 2010 (so that they stay children).
    """

    def __init__(self, run_in: float = 0.0, horizon: float = 365.0, start: dt.date = START) -> None:
        self.run_in = run_in
        self.horizon = horizon
        self.start = start
        self._recorder = Recorder({})
        self._persons: set[int] = set()

    def person(self, case: int, **row: Any) -> None:
        """Introduce a person."""
        self._persons.add(case)
        born = float((dt.date(2010, 1, 1) - self.start).days)
        self._write("cases", {"source": "notifications", "profile": "vulnerable", "born": born, "entered": 0.0}
            | {"level": 2, "left": NAN, "case": case, "household": case} | row)  # fmt: skip

    def event(self, kind: str, case: int = 1, *, since: float, time: float = NAN, **row: Any) -> None:
        """Write an event; ``outcome`` is ``done`` (``none`` while it is waited for) unless given."""
        self._mention(case)
        outcome = "none" if time != time else "done"
        self._write("events", {"track": "child", "administration": "buf", "due": NAN, "outcome": outcome}
            | {"kind": kind, "case": case, "since": since, "time": time} | row)  # fmt: skip

    def moment(self, kind: str, case: int = 1, *, at: float, **row: Any) -> None:
        """Write an event that happens at a moment."""
        self.event(kind, case, since=at, time=at, **row)

    def spell(self, service: str, case: int = 1, **row: Any) -> None:
        """Write a spell: ordinary, own supplier, paid by buf, level 2, asked and decided on day 0, not started."""
        self._mention(case)
        self._write("spells", {"track": "child", "supplier": "own", "payer": "buf", "kind": "ordinary", "level": 2}
            | {"asked": 0.0, "decided": 0.0, "start": NAN, "end": NAN, "withdrawn": NAN}
            | {"service": service, "case": case} | row)  # fmt: skip

    def task(self, resource: str | None, case: int = 1, *, requested: float, **row: Any) -> None:
        """Write an activity of worker 0 (of nobody until it has started)."""
        self._mention(case)
        worker = 0 if "started" in row else -1
        self._write("activities", {"track": "child", "step": "child.work", "worker": worker, "priority": 5}
            | {"started": NAN, "finished": NAN, "due": NAN, "hours": 0.0, "withdrawn": NAN}
            | {"resource": resource, "case": case, "requested": requested} | row)  # fmt: skip

    def employed(self, resource: str, worker: int = 0, start: float = 0.0, end: float = NAN, **row: Any) -> None:
        """Write a caseworker's stretch of employment, full time; ``kind`` may make it another stretch of theirs."""
        self._write("staff", {"resource": resource, "worker": worker, "start": start, "end": end}
            | {"kind": "employed", "fte": 1.0} | row)  # fmt: skip

    def journal(self) -> Journal:
        """Return what has been written down so far."""
        recorder = self._recorder
        return Journal(
            scenario="small_town",
            replication=0,
            seed=0,
            start=self.start,
            run_in=self.run_in,
            horizon=self.horizon,
            names={key: names.all() for key, names in recorder.names.items()},
            **{table: recorder.columns(table) for table in TABLES},
        )

    def _mention(self, case: int) -> None:
        if case not in self._persons:
            self.person(case)

    def _write(self, table: str, row: dict[str, Any]) -> None:
        columns = {"cases": CASES, "activities": ACTIVITIES, "spells": SPELLS, "events": EVENTS, "staff": STAFF}[table]
        unknown = set(row) - set(columns)
        if unknown:
            raise TypeError(f"{table} has no columns {sorted(unknown)}")
        getattr(self._recorder, table).extend(self._code(table, column, row[column]) for column in columns)

    def _code(self, table: str, column: str, value: Any) -> float:
        key = names_key(table, column)
        if key is None:
            return float(value)
        return -1.0 if value is None else float(self._recorder.names.setdefault(key, Names()).code(value))
