"""What the state refunds: which costs count, person by person and month by month, and the refund's entries.

Services, one-off costs, transport and what families are paid back count, less what residents pay towards them. A cost
counts in the month that it is for, in that month's own kroner; what is paid once is spread over twelve months from the
month in which it was paid. What is refunded is divided among the administrations by what each has paid.

The rule itself, and where it comes from, is :mod:`sim.measures.refund`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.measures.costs.book import REFUND, Book
from sim.measures.costs.index import NOMINAL, Level
from sim.measures.costs.prices import priced
from sim.measures.costs.proration import cut, whole
from sim.measures.costs.services import (
    begun_spells,
    day_costs,
    once_costs,
    own_budget,
    starting,
    transport_costs,
    user_charges,
)
from sim.measures.frames import Floats, Frames, Integers
from sim.measures.refund import ADULTS, CHILDREN, counted_as, refunds, spread_once
from sim.scenario.costs import Costs

ADULT_CATEGORIES = ("adult",)
"""Service categories under the law for adults (serviceloven); all others are under barnets lov."""


def person_months(frames: Frames) -> pd.DataFrame:
    """Return what counts towards the refund, whether or not anything is refunded.

    Returns:
        Columns case, household, law (``children`` or ``adults``), administration (that pays), month (months since
        year 0: year × 12 + month − 1) and oere (nominal). One row per case, law, administration and month of the
        measured period in which there is anything. Empty when the scenario has no prices.
    """
    costs, frames, book = frames.scenario.costs, frames.everybody, Book()
    if costs is None:
        return pd.DataFrame({name: [] for name in ("case", "household", "law", "administration", "month", "oere")})
    months = _counting(book, frames, costs)
    return months.assign(
        household=frames.of_case("household", months["case"].to_numpy()),
        law=np.where(months["adult"], ADULTS, CHILDREN),
        administration=book.texts(months["administration"].to_numpy()),
    )[["case", "household", "law", "administration", "month", "oere"]]


def book_refund(book: Book, frames: Frames, costs: Costs, level: Level) -> None:
    """Add the state's refund: less for the administrations, more for the state."""
    rules = costs.refund
    if rules is None:
        return
    months = _counting(book, frames, costs)
    case, law = months["case"].to_numpy(), np.where(months["adult"], ADULTS, CHILDREN)
    months["person"] = counted_as(case, frames.of_case("household", case), law, rules)
    months["law"] = law
    months["period"] = months["month"] if rules.assessed == "monthly" else months["month"] // 12
    given = refunds(months["person"].to_numpy(), law, months["month"].to_numpy(), months["oere"].to_numpy(), rules)
    given["period"] = given["month"] if rules.assessed == "monthly" else given["month"] // 12
    given = given.groupby(["person", "law", "period"], as_index=False)[["oere"]].sum()
    divided = _divided(months, given)
    if len(divided) == 0:
        return
    divided["year"] = divided["period"] // 12 if rules.assessed == "monthly" else divided["period"]
    yearly = divided.groupby(["person", "law", "year", "administration"], as_index=False)[["oere"]].sum()
    year = yearly["year"].to_numpy()
    own = Level(costs, frames.new_years, frames.date_of_day_0.year, frames.end, NOMINAL)
    reported = level.factor(year, costs.wage_share) / own.factor(year, costs.wage_share)
    payer = yearly["administration"].to_numpy()
    begins = frames.new_years[year - frames.date_of_day_0.year]
    ends = frames.new_years[year - frames.date_of_day_0.year + 1]
    book.add_pair(whole(yearly["oere"].to_numpy() * reported), rules.payer, part=REFUND, year=year,
        administration=payer, payer=payer, account=rules.account, item="state_refund", case=yearly["person"].to_numpy(),
        start=np.maximum(begins, frames.start), end=np.minimum(ends, frames.end))  # fmt: skip


def _counting(book: Book, frames: Frames, costs: Costs) -> pd.DataFrame:
    """Return nominal øre by case, adult, administration (a code) and month."""
    own = Level(costs, frames.new_years, frames.date_of_day_0.year, frames.end, NOMINAL)
    spells = begun_spells(frames)
    spells = spells.where(own_budget(frames, spells))
    prices = priced(spells, costs)
    edges, first_month = _months(frames)
    pieces = cut(frames, spells["start"], spells["end"], edges)
    running = day_costs(pieces, prices, own) + transport_costs(pieces, prices, own) - user_charges(pieces, prices, own)
    begun = np.flatnonzero(starting(spells) & (prices.once > 0) & (spells["start"] < frames.end))
    paid_in = _month_of(frames, spells["start"][begun])
    which, month, each = spread_once(paid_in, once_costs(frames, spells, prices, own)[begun])
    row = np.concatenate((pieces.row, begun[which]))
    adult = spells.lookup("service", {name: its in ADULT_CATEGORIES for name, its in frames.category.items()}, False)
    counting = pd.DataFrame(
        {
            "case": spells["case"][row],
            "adult": adult[row],
            "administration": book.codes(spells, "payer")[row],
            "month": np.concatenate((first_month + pieces.period, month)),
            "oere": np.concatenate((running, each)),
        }
    )
    last_month = first_month + len(edges) - 2
    counting = counting[(counting["month"] >= first_month) & (counting["month"] <= last_month)]
    return counting.groupby(["case", "adult", "administration", "month"], as_index=False)[["oere"]].sum()


def _months(frames: Frames) -> tuple[Floats, int]:
    """Return when the months of the measured period begin and the last one ends, and the first one's number."""
    origin = np.datetime64(frames.date_of_day_0, "D")
    first = (origin + np.timedelta64(int(np.floor(frames.start)), "D")).astype("M8[M]")
    after = (origin + np.timedelta64(int(np.ceil(frames.end)) - 1, "D")).astype("M8[M]") + np.timedelta64(2, "M")
    months = np.arange(first, after)
    return (months.astype("M8[D]") - origin).astype(np.float64), int(first.astype(np.int64)) + 1970 * 12


def _month_of(frames: Frames, times: Floats) -> Integers:
    days = np.datetime64(frames.date_of_day_0, "D") + np.floor(times).astype("m8[D]")
    months: Integers = days.astype("M8[M]").astype(np.int64) + 1970 * 12
    return months


def _divided(months: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Divide each refund among the administrations by what they have paid, to the øre: by running totals."""
    keys = ["person", "law", "period"]
    paid = months.groupby([*keys, "administration"], as_index=False)[["oere"]].sum()
    paid["oere"] = paid["oere"].clip(lower=0)
    both = paid.merge(given[given["oere"] > 0], on=keys, suffixes=("", "_given"))
    by_person = both.groupby(keys)["oere"]
    total, until = by_person.transform("sum"), by_person.cumsum()
    # In floating point, because the product of two amounts in øre may exceed what an integer holds; the last of each
    # person's running totals is the whole refund exactly.
    running = whole((both["oere_given"] * (until / total)).to_numpy(dtype=np.float64))
    before = whole((both["oere_given"] * ((until - both["oere"]) / total)).to_numpy(dtype=np.float64))
    both["oere"] = running - before
    divided: pd.DataFrame = both
    return divided
