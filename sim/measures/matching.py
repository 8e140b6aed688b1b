"""Whether people get what fits their need, and how great the need has become when help starts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.measures.frames import CHILD_CATEGORIES, Floats, Frames, Mask, Table
from sim.measures.kpis import ALL, Kpis
from sim.measures.requests import ordinary


def measure(frames: Frames, kpis: Kpis) -> None:
    """Add fit and need level of the services that started: for all, the two sides, each need profile."""
    started = frames.begun(ordinary(frames), "start")
    names = frames.cases.names("profile")
    profile = frames.of_case("profile", started["case"])
    fits, specialised = _fit(frames, started, profile)
    child = started.lookup("service", {name: c in CHILD_CATEGORIES for name, c in frames.category.items()}, False)
    groups: dict[str, Mask] = {ALL: np.ones(len(started), dtype=np.bool_), "child": child, "adult": ~child}
    for name in frames.scenario.profiles:
        groups[f"profile:{name}"] = profile == (names.index(name) if name in names else -1)
    for group, rows in groups.items():
        kpis.add_share("match.share", group, fits[rows])
        kpis.add_share("match.too_general", group, (~fits & ~specialised)[rows])
        kpis.add_share("match.too_specialised", group, (~fits & specialised)[rows])
        kpis.add("need.level_at_start", group, _mean(started["level"][rows]))


def _fit(frames: Frames, spells: Table, profile: npt.NDArray[np.int32]) -> tuple[Mask, Mask]:
    """Return whether each spell's service fits the person, and whether it is a specialised one."""
    services, names = frames.scenario.services, frames.cases.names("profile")
    codes = spells.names("service")
    # One row more for profiles and services without a name (code -1).
    table = np.ones((len(codes) + 1, len(names) + 1), dtype=np.bool_)
    for code, service in enumerate(codes):
        fits = services[service].fits if service in services else None
        if fits is not None:
            table[code, :-1] = [name in fits for name in names]
    fitting: Mask = table[spells["service"], profile]
    return fitting, spells.lookup("service", {name: its.specialised for name, its in services.items()}, False)


def _mean(values: Mask | Floats) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
