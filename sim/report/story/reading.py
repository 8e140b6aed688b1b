"""The journal of one scenario's replication 0, and what its names are called."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.report.numbers import Language
from sim.scenario.errors import PlannerError

TABLES = ("cases", "activities", "spells", "events")


@dataclass(frozen=True)
class StoredJournal:
    """What happened in one replication. Times are days since day 0; the columns are those of :mod:`sim.journal`."""

    start: dt.date
    run_in: float
    horizon: float
    cases: pd.DataFrame
    activities: pd.DataFrame
    spells: pd.DataFrame
    events: pd.DataFrame

    def of(self, case: int) -> StoredJournal:
        """Return what happened to one person, in the order in which it was written down."""
        parts = {name: getattr(self, name) for name in TABLES}
        mine = {name: table[table["case"] == case].reset_index(drop=True) for name, table in parts.items()}
        return StoredJournal(self.start, self.run_in, self.horizon, **mine)

    def date(self, day: float) -> dt.date:
        """Return the date of a day."""
        return self.start + dt.timedelta(days=int(day // 1))


def read_journal(point: Path) -> StoredJournal:
    """Read the journal that is stored of a point.

    Raises:
        PlannerError: There is none.
    """
    folder = point / "journal"
    if not (folder / "journal.json").is_file():
        raise PlannerError(f"{point} holds no journal: only whoever simulated it can tell its stories")
    about = json.loads((folder / "journal.json").read_text(encoding="utf-8"))
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    start = dt.date.fromisoformat(about["start"])
    return StoredJournal(start, float(about["run_in"]), float(about["horizon"]), **tables)


@dataclass(frozen=True)
class Names:
    """What people call the things in a configuration (plain data, as it is stored), in one language."""

    configuration: Mapping[str, Any]
    language: Language

    def of(self, part: str, name: Any) -> str:
        """Return the label of a named entry; its own name where there is no label."""
        entry = (self.configuration.get(part) or {}).get(name)
        return self._label(entry) or str(name).replace("_", " ")

    def resource(self, name: str) -> str:
        """Return the label of a team or panel."""
        return self.of("panels" if self.is_panel(name) else "teams", name)

    def is_panel(self, name: Any) -> bool:
        """Whether a resource is a panel rather than a team."""
        return name in (self.configuration.get("panels") or {})

    def step(self, path: str) -> str:
        """Return the label of a step ``track.step``."""
        return self._label(self._step(path)) or path.rpartition(".")[2].replace("_", " ")

    def kind(self, path: str) -> str:
        """Return the kind of a step; empty if the configuration does not know it."""
        return str(self._step(path).get("kind", ""))

    def side(self, track: str) -> str:
        """Return the side of the law that a track is on: ``child``, ``adult`` or ``appeal``."""
        return str(((self.configuration.get("tracks") or {}).get(track) or {}).get("side", ""))

    def is_adult(self, service: str) -> bool:
        """Whether a service can begin at the 18th birthday at the earliest."""
        entry = (self.configuration.get("services") or {}).get(service) or {}
        return entry.get("category") in ("aftercare", "adult")

    def adult_age(self) -> float:
        """Return the birthday at which children's law ends."""
        return float((self.configuration.get("birthday") or {}).get("age", 18.0))

    def _step(self, path: str) -> Mapping[str, Any]:
        track, _, step = path.partition(".")
        steps = ((self.configuration.get("tracks") or {}).get(track) or {}).get("steps") or {}
        found = steps.get(step)
        return found if isinstance(found, Mapping) else {}

    def _label(self, entry: Any) -> str:
        label = entry.get("label") if isinstance(entry, Mapping) else None
        return str(label.get(self.language, "")) if isinstance(label, Mapping) else ""
