"""The record of what happened: the only thing that leaves the model.

The model writes down what happened and calculates nothing. Every figure, picture and cost is derived from the
journal afterwards, so that there is one truth, and prices can change without simulating again.

Times are days since the start of the horizon (day 0, 00:00). A time that has not come when the simulation ends is
NaN: the wait is *right-censored*. Names are stored as codes; ``names[column]`` decodes them, and -1 is "none".
"""

from __future__ import annotations

import datetime as dt
import hashlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from struct import Struct
from typing import Any

import numpy as np
import numpy.typing as npt

NAN = float("nan")

CASES = ("case", "household", "source", "profile", "born", "entered", "level", "left")
"""One row per person.

``household`` is the number of a case whose household the person belongs to (their own: nobody else's).
``born`` birth day, ``entered`` first contact (or day 0 for cases that were open then), ``level`` need level then,
``left`` when the last of the person's ways through the tracks ended (NaN: still there).
"""

ACTIVITIES = (
    "case",
    "track",
    "step",
    "resource",
    "worker",
    "priority",
    "requested",
    "started",
    "finished",
    "due",
    "hours",
    "withdrawn",
)
"""One row per activity.

``resource`` the team or panel (-1: waiting for others, no staff), ``worker`` the caseworker's number within the team
(-1: none), ``requested`` ready to be done, ``started`` begun, ``finished`` done, ``due`` the deadline that it was
sorted by (NaN: none), ``hours`` working hours of the team's calendar that it occupies a caseworker for,
``withdrawn`` when it was given up before it began (NaN: not).
"""

SPELLS = (
    "case",
    "track",
    "service",
    "supplier",
    "payer",
    "kind",
    "level",
    "asked",
    "decided",
    "start",
    "end",
    "withdrawn",
)
"""One row per spell of a service, from the day it was decided.

``kind`` is ``ordinary``, ``initial`` (open on day 0), ``bridging``, ``self_pay`` or ``reimbursed`` (what a family has
paid for, once more, when an administration pays it back); ``payer`` the administration (or ``family``) that pays;
``asked`` when the municipality became aware of the matter; ``decided`` when it was granted; ``level`` the need level
at the start (before it: at the grant); ``start`` and ``end`` of the service (NaN start: still waiting for it);
``withdrawn`` when the wait was given up.
"""

EVENTS = ("case", "track", "administration", "kind", "since", "time", "due", "outcome")
"""One row per thing that happened to a case, or that it waits for.

``kind`` a clock's name or another event; ``since`` from when the wait counts; ``time`` when it happened (NaN: still
waited for); ``due`` the deadline (NaN: none); ``outcome`` how it ended (``withdrawn``: the wait was given up).
"""

STAFF = ("resource", "worker", "start", "end", "kind", "fte")
"""One row per caseworker and stretch of time (NaN end: it goes on).

``worker`` the caseworker's number within the team: somebody new has a new number; ``kind`` is ``employed``,
``agency`` (somebody from an agency in a vacant position), ``vacant`` (a position without a caseworker of its own;
``worker`` -1), ``absent`` (within an employment, at work otherwise) or ``onboarding`` (the first part of an
employment); ``fte`` the caseworker's hours as a share of full time.
"""

TABLES: Mapping[str, tuple[str, ...]] = {
    "cases": CASES,
    "activities": ACTIVITIES,
    "spells": SPELLS,
    "events": EVENTS,
    "staff": STAFF,
}

ROWS: Mapping[str, Struct] = {table: Struct(f"{len(columns)}d") for table, columns in TABLES.items()}
"""How a row of each table is packed while the model runs: a double for each column."""

CODED: Mapping[str, str] = {
    "source": "source",
    "profile": "profile",
    "track": "track",
    "step": "step",
    "resource": "resource",
    "service": "service",
    "supplier": "supplier",
    "payer": "payer",
    "administration": "payer",
}
"""Columns that hold codes, with the list of names that decodes them (``kind`` and ``outcome`` have one per table)."""

INTEGERS = frozenset({"case", "household", "worker", "priority", "level"})

Columns = Mapping[str, npt.NDArray[Any]]


def names_key(table: str, column: str) -> str | None:
    """Return the key of ``Journal.names`` that decodes a column, or None if the column holds no codes."""
    if column in ("kind", "outcome"):
        return f"{table}.{column}"
    return CODED.get(column)


@dataclass(frozen=True)
class Journal:
    """What happened in one replication of one scenario.

    ``cases``, ``activities``, ``spells``, ``events`` and ``staff`` map a column's name to a NumPy array; the columns
    are described beside :data:`CASES`, :data:`ACTIVITIES`, :data:`SPELLS`, :data:`EVENTS` and :data:`STAFF`.
    """

    scenario: str
    replication: int
    seed: int
    start: dt.date
    """The date of day 0."""
    run_in: float
    """Days from day 0 that are not measured."""
    horizon: float
    """Day on which the simulation ended."""
    names: Mapping[str, tuple[str, ...]]
    cases: Columns
    activities: Columns
    spells: Columns
    events: Columns
    staff: Columns
    counts: Mapping[str, int] = field(default_factory=dict)
    """How much was simulated: ``simpy_events``."""

    def table(self, name: str) -> Columns:
        """Return one of the tables by its name."""
        table: Columns = getattr(self, name)
        return table

    def digest(self) -> str:
        """Return a checksum over everything that happened: equal journals have equal digests."""
        checksum = hashlib.sha256(repr((self.scenario, self.replication, self.seed, self.start)).encode())
        checksum.update(repr((self.run_in, self.horizon, sorted(self.names.items()))).encode())
        for table in TABLES:
            for column, values in self.table(table).items():
                checksum.update(column.encode())
                checksum.update(np.ascontiguousarray(values).tobytes())
        return checksum.hexdigest()


class Names(dict[str, int]):
    """Gives every name a code, in the order in which the names first come: ``names[name]``."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        super().__init__()
        for name in known:
            self.code(name)

    def __missing__(self, name: str) -> int:
        code = self[name] = len(self)
        return code

    def code(self, name: str) -> int:
        """Return the code of a name, a new one if it has none yet."""
        return self[name]

    def all(self) -> tuple[str, ...]:
        """Return the names in the order of their codes."""
        return tuple(self)


class Recorder:
    """Takes down what happens while the model runs. Rows are kept as plain doubles, one flat array per table.

    To pack a row and to append its bytes is the cheapest way to write one down that the garbage collector never has to
    visit (``array.extend`` converts one number at a time, and takes twice as long).
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self.names: dict[str, Names] = {key: Names(known) for key, known in names.items()}
        for key in ("events.kind", "events.outcome", "spells.kind", "staff.kind"):
            self.names.setdefault(key, Names())
        self.cases = array("d")
        self.activities = array("d")
        self.spells = array("d")
        self.events = array("d")
        self.staff = array("d")

    def add_case(self, row: tuple[float, ...]) -> int:
        """Append a person and return the row's number."""
        self.cases.frombytes(ROWS["cases"].pack(*row))
        return len(self.cases) // len(CASES) - 1

    def add_spell(self, row: tuple[float, ...]) -> int:
        """Append a spell and return the row's number."""
        self.spells.frombytes(ROWS["spells"].pack(*row))
        return len(self.spells) // len(SPELLS) - 1

    def columns(self, table: str) -> Columns:
        """Return a table as columns: codes as int32, whole numbers as int64, the rest as float64."""
        fields = TABLES[table]
        flat = np.frombuffer(getattr(self, table), dtype=np.float64).reshape(-1, len(fields))
        result: dict[str, npt.NDArray[Any]] = {}
        for position, column in enumerate(fields):
            values = flat[:, position]
            if names_key(table, column) is not None:
                result[column] = values.astype(np.int32)
            elif column in INTEGERS:
                result[column] = values.astype(np.int64)
            else:
                result[column] = values.copy()
        return result
