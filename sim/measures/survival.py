"""How long things take when some of them are not over yet: the Kaplan-Meier estimate.

A wait that still runs when the simulation ends is *right-censored*: all that is known is that it is at least so long.
Leaving such waits out would make a growing backlog look like a short queue, because the longest waits are the ones
not over. Kaplan and Meier's estimate uses each wait for as long as it was followed.

Somebody may also come under observation late (*delayed entry*): a spell that had run for a year when the measured
period began says nothing about the first year. And a wait may count for less than one (*weights*).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.measures.frames import Floats, Mask


@dataclass(frozen=True)
class Survival:
    """The share of waits that last longer than a time: a step function that starts at 1 and never rises."""

    times: Floats
    """When it falls, rising. Same unit as the durations."""
    shares: Floats
    """The share that lasts longer, from each of ``times`` on. Same shape."""
    followed: float
    """The longest time for which anybody was followed (NaN: nobody was)."""

    def at(self, times: npt.ArrayLike) -> Floats:
        """Return the share that lasts longer than each of some times (NaN if nobody was followed at all).

        Beyond the longest follow-up the last share is kept.
        """
        wanted = np.asarray(times, dtype=np.float64)
        if np.isnan(self.followed):
            return np.full(wanted.shape, np.nan)
        steps = np.concatenate(([1.0], self.shares))
        result: Floats = steps[np.searchsorted(self.times, wanted, side="right")]
        return result

    def mean(self, limit: float) -> float:
        """Return the restricted mean: the mean of the waits when those longer than a limit count as the limit.

        The mean itself cannot be estimated when some waits are not over; the area under the curve can, up to the
        limit or the longest follow-up (Efron's rule for what is left then). People start to wait all through the
        measured period, so a longest follow-up far below its length means that everybody who came earlier has
        stopped waiting, and the tail is short indeed.

        NaN when there is nothing to go by: nobody was followed, or nobody was seen to the end of a wait and all
        were followed for less than half of the limit.
        """
        if np.isnan(self.followed) or (len(self.times) == 0 and self.followed < limit / 2):
            return float("nan")
        end = min(limit, self.followed)
        edges = np.concatenate(([0.0], np.minimum(self.times, end), [end]))
        return float(np.sum(np.concatenate(([1.0], self.shares)) * np.diff(edges)))

    def quantile(self, share: float) -> float:
        """Return the time within which a share of the waits is over (NaN: not reached while anybody was followed)."""
        # The shares are running products, so a share that is exactly reached may be off in the last digits.
        reached = np.flatnonzero(self.shares <= 1.0 - share + 1e-12)
        return float(self.times[reached[0]]) if len(reached) else float("nan")


def kaplan_meier(
    durations: Floats,
    observed: Mask,
    *,
    entries: Floats | None = None,
    weights: Floats | None = None,
) -> Survival:
    """Estimate how long something lasts.

    A wait that ends and one that is censored at the same time: the one that ends was still at risk then, and so was
    the other.

    Args:
        durations: Until the end, or until last seen. Shape (n,), not NaN, not negative.
        observed: Whether the end was seen; if not, the duration is right-censored. Shape (n,).
        entries: From when on each was under observation (none given: from the beginning). Those that entered at or
            after their end say nothing and are left out.
        weights: What each counts for (none given: 1).
    """
    if entries is not None:
        known = durations > entries
        durations, observed, entries = durations[known], observed[known], entries[known]
        weights = None if weights is None else weights[known]
    if len(durations) == 0:
        return Survival(np.empty(0), np.empty(0), float("nan"))
    order = np.argsort(durations)
    ended = durations[order]
    weight = np.ones(len(ended)) if weights is None else weights[order]
    first = np.flatnonzero(np.concatenate(([True], ended[1:] > ended[:-1])))
    times = ended[first]
    events = np.add.reduceat(np.where(observed[order], weight, 0.0), first)
    at_risk = np.cumsum(weight[::-1])[::-1][first]
    if entries is not None:
        entry_order = np.argsort(entries)
        entry_weight = np.ones(len(entries)) if weights is None else weights[entry_order]
        not_yet = np.concatenate((np.cumsum(entry_weight[::-1])[::-1], [0.0]))
        at_risk = at_risk - not_yet[np.searchsorted(entries[entry_order], times, side="left")]
    happened = events > 0.0
    remaining = 1.0 - events[happened] / at_risk[happened]
    # What is left of sums of weights may miss zero in the last digits.
    shares: Floats = np.cumprod(np.where(remaining < 1e-12, 0.0, remaining), dtype=np.float64)
    return Survival(times[happened], shares, float(times[-1]))
