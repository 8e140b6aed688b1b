"""When caseworkers are there, away, or still learning: their time, cut where anything changes.

They are employed, or come from an agency (*vikarer*).

Time is counted in full-time equivalents (*årsværk*): a stretch of a caseworker who works 0.8 of full time counts 0.8.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from sim.measures.frames import Floats, Frames, Integers, Mask

KINDS = ("employed", "agency", "absent", "onboarding")


@dataclass(frozen=True)
class Presence:
    """Stretches of a caseworker's time in a team in which nothing changes, by team, caseworker and time.

    Arrays of equal length.
    """

    resource: npt.NDArray[np.int32]
    """Code of the team."""
    worker: Integers
    start: Floats
    end: Floats
    fte: Floats
    """Hours as a share of full time."""
    temporary: Mask
    """Whether they come from an agency."""
    absent: Mask
    onboarding: Mask

    def where(self, rows: Mask) -> Presence:
        """Return some of the stretches."""
        return Presence(*(getattr(self, column.name)[rows] for column in fields(Presence)))


def presence(frames: Frames) -> Presence:
    """Return when caseworkers were in a team up to the horizon, cut where they leave, are away or have been trained.

    Absences may overlap each other, and what the journal says of somebody beyond their time there is ignored, as are
    vacant positions.
    """
    staff = frames.staff
    kinds = [staff.one_of("kind", kind) for kind in KINDS]
    ends = np.where(np.isnan(staff["end"]), frames.end, staff["end"])
    time = np.concatenate((staff["start"], ends))
    resource, worker, fte = (np.tile(staff[column], 2) for column in ("resource", "worker", "fte"))
    change = np.repeat([1.0, -1.0], len(staff))
    order = np.lexsort((time, worker, resource))
    time, resource, worker = time[order], resource[order], worker[order]
    # What begins for somebody also ends, so running totals start from zero again with the next caseworker.
    employed, temporary, absent, onboarding = (
        np.rint(np.cumsum((change * np.tile(rows, 2))[order])) > 0 for rows in kinds
    )
    hours = np.cumsum((change * np.tile(kinds[0] | kinds[1], 2) * fte)[order])
    lasts = np.zeros(len(time), dtype=np.bool_)
    lasts[:-1] = (resource[1:] == resource[:-1]) & (worker[1:] == worker[:-1]) & (time[1:] > time[:-1])
    rows = np.flatnonzero(lasts & (employed | temporary))
    return Presence(
        resource=resource[rows],
        worker=worker[rows],
        start=time[rows],
        end=time[rows + 1],
        fte=hours[rows],
        temporary=temporary[rows],
        absent=absent[rows],
        onboarding=onboarding[rows],
    )
