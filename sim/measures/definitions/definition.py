"""What a definition of a measure says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sim.scenario.base import Label

Unit = Literal[
    "days",
    "share",
    "count",
    "hours",
    "dkk",
    "dkk per person",
    "dkk per day",
    "per case-year",
    "cases",
    "per year",
    "years",
    "level",
    "caseworkers",
    "persons",
    "cases per caseworker",
]

UNITS: Mapping[Unit, Label] = {
    "days": Label(da="dage", en="days"),
    "share": Label(da="andel", en="share"),
    "count": Label(da="antal", en="count"),
    "hours": Label(da="timer", en="hours"),
    "dkk": Label(da="kr. pr. år", en="DKK per year"),
    "dkk per person": Label(da="kr. pr. person", en="DKK per person"),
    "dkk per day": Label(da="kr. pr. dag", en="DKK per day"),
    "per case-year": Label(da="pr. sagsår", en="per case-year"),
    "cases": Label(da="sager", en="cases"),
    "per year": Label(da="pr. år", en="per year"),
    "years": Label(da="år", en="years"),
    "level": Label(da="støttebehovsniveau (1–4)", en="need level (1–4)"),
    "caseworkers": Label(da="sagsbehandlere", en="caseworkers"),
    "persons": Label(da="personer", en="persons"),
    "cases per caseworker": Label(da="sager pr. sagsbehandler", en="cases per caseworker"),
}
"""What people read for each unit."""

Direction = Literal["lower", "higher", "neutral"]
"""Which way is better for the citizens and those who pay; ``neutral``: neither, or it depends."""


@dataclass(frozen=True)
class Definition:
    """What a measure (or a curve) is, for people."""

    id: str
    """The measure's id in the results. A ``*`` stands for any name."""
    unit: Unit
    better: Direction
    label: Label
    """What tables and plots call it."""
    text: Label
    """Exactly what is measured, including what happens to that which is not over."""
    curve: bool = False
    """Whether it is a curve or time series rather than one figure per group."""


def define(
    name: str, unit: Unit, better: Direction, *, da: tuple[str, str], en: tuple[str, str], curve: bool = False
) -> Definition:
    """Return a definition from a label and a text in each language."""
    return Definition(name, unit, better, Label(da=da[0], en=en[0]), Label(da=da[1], en=en[1]), curve)


RESTRICTED = Label(
    da=" Gennemsnittet er Kaplan-Meiers begrænsede gennemsnit: arealet under kurven op til to år, måleperiodens længde "
    "eller den længste opfølgning, hvad der kommer først; længere ventetider tæller som grænsen. Ventetider, der ikke "
    "er slut, når simuleringen slutter, er højrecensurerede og indgår; de udelades aldrig. En ventetid hører til den "
    "periode, hvor den begynder. Personer, der var fyldt 30 år, da de kom (baggrundsarbejde), indgår ikke.",
    en=" The mean is the restricted mean from Kaplan and Meier's estimate: the area under the curve up to two years, "
    "the length of the measured period or the longest follow-up, whichever comes first; longer waits count as that "
    "limit. Waits not over when the simulation ends are right-censored and included; they are never dropped. A wait "
    "belongs to the period in which it begins. Persons who had turned 30 when they came (background work) are left "
    "out.",
)

_QUANTILES: Mapping[str, tuple[Label, Label]] = {
    "median": (
        Label(da=", median", en=", median"),
        Label(
            da="Den tid, som halvdelen højst venter. Tom, hvis færre end halvdelen nåede frem, mens de blev fulgt.",
            en="The time that half of them wait at most. Empty if fewer than half got there while followed.",
        ),
    ),
    "p90": (
        Label(da=", 90 %-fraktil", en=", 90th percentile"),
        Label(
            da="Den tid, som ni ud af ti højst venter. Tom, hvis færre end ni ud af ti nåede frem, mens de blev fulgt.",
            en="The time that nine in ten wait at most. Empty if fewer than nine in ten got there while followed.",
        ),
    ),
}


def with_quantiles(mean: Definition) -> Iterable[Definition]:
    """Yield the definitions of a wait's restricted mean, its median and its 90th percentile."""
    yield replace(mean, text=Label(da=mean.text.da + RESTRICTED.da, en=mean.text.en + RESTRICTED.en))
    for suffix, (label, text) in _QUANTILES.items():
        yield Definition(
            f"{mean.id}.{suffix}",
            mean.unit,
            mean.better,
            Label(da=mean.label.da + label.da, en=mean.label.en + label.en),
            Label(da=f"{mean.text.da} {text.da}", en=f"{mean.text.en} {text.en}"),
        )
