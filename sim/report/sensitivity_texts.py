"""The texts of sensitivity and attribution, Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from sim.counted import filled
from sim.report.numbers import Language
from sim.report.texts import Both

TABLE: Mapping[str, Both] = {
    "effect": Both("Forskel til udgangspunktet", "Difference to the baseline"),
    "level": Both("Niveau", "Level"),
    "configured": Both("»{name}«: {what} i {measure}: {value} {unit}", "“{name}”: {what} in {measure}: {value} {unit}"),
    "title.none": Both(
        "»{name}« har ingen klar virkning på {measure}: der er ingen konklusion, en antagelse kan vende",
        "“{name}” has no clear effect on {measure}: there is no conclusion that an assumption could overturn",
    ),
    "title.holds": Both(
        "Virkningen af »{name}« på {measure} holder, hvilken antagelse man end ændrer",
        "The effect of “{name}” on {measure} holds whichever assumption is changed",
    ),
    "title.falls": Both(
        "Virkningen af »{name}« på {measure} falder eller vender ved {count} af {total:antagelse|antagelser}",
        "The effect of “{name}” on {measure} disappears or turns round with {count} of {total:assumption|assumptions}",
    ),
    "title.level": Both(
        "»{name}«: hvilke antagelser der flytter {measure} mest", "“{name}”: which assumptions move {measure} most"
    ),
    "title.unsure": Both(
        "»{name}«: for få gentagelser til at se, om virkningen på {measure} holder",
        "“{name}”: too few replications to see whether the effect on {measure} holds",
    ),
    "title.attribution": Both(
        "»{name}«: hvad hver del bidrager med til virkningen på {measure}",
        "“{name}”: what each part adds to the effect on {measure}",
    ),
    "axis": Both("Ændring i {measure} ({unit})", "Change in {measure} ({unit})"),
    "axis.attribution": Both("Forskel til udgangspunktet ({unit})", "Difference to the baseline ({unit})"),
    "low": Both("lav", "low"),
    "high": Both("høj", "high"),
    "legend.low": Both("laveste forsvarlige værdi", "lowest defensible value"),
    "legend.high": Both("højeste forsvarlige værdi", "highest defensible value"),
    "gone": Both("virkningen kan ikke længere skelnes fra nul", "the effect can no longer be told from nought"),
    "reversed": Both("virkningen vender", "the effect turns round"),
    "with": Both("Med den {end} værdi af {name}: {what}.", "With the {end} value of {name}: {what}."),
    "mark.gone": Both("falder ved", "gone at"),
    "mark.reversed": Both("vender ved", "turns at"),
    "note.bars": Both(
        "Søjler: ændringen, når én antagelse får sin laveste eller højeste forsvarlige værdi og alt andet er som sat "
        "op. 0 er som sat op: {value} {unit}. Streger: {level}-konfidensinterval.",
        "Bars: the change when one assumption takes its lowest or highest defensible value and all else is as set up. "
        "0 is as set up: {value} {unit}. Lines: {level} confidence interval.",
    ),
    "note.star": Both(
        "* virkningen kan ikke længere skelnes fra nul eller vender.",
        "* the effect can no longer be told from nought, or turns round.",
    ),
    "note.one": Both("Kun én gentagelse: ingen intervaller.", "A single replication: no intervals."),
    "note.rest": Both(
        "{count:antagelse|antagelser} med mindre virkning er ikke vist.",
        "{count:assumption with a smaller effect is|assumptions with smaller effects are} not shown.",
    ),
    "note.left": Both("{count} kan ikke varieres.", "{count} cannot be varied."),
    "note.shapley": Both(
        "Shapley-værdier: det, en del tilføjer, i gennemsnit over alle rækkefølger. Delene summer til det hele. "
        "Streger: {level}-konfidensinterval.",
        "Shapley values: what a part adds, averaged over all orders. The parts add up to the whole. Lines: {level} "
        "confidence interval.",
    ),
    "total": Both("I alt", "Total"),
    "assumption": Both("Antagelse", "Assumption"),
    "range": Both("Interval", "Range"),
    "kind": Both("Kilde", "Kind"),
    "part": Both("Del", "Part"),
    "share": Both("Bidrag", "Share"),
    "alone": Both("Alene", "Alone"),
    "last": Both("Som sidste", "As the last"),
    "unit.percent": Both("procentpoint", "percentage points"),
    "unit.millions": Both("mio. kr./år", "DKK m/year"),
    "unit.thousands": Both("1.000 kr./år", "DKK 1,000/year"),
    "unit.days": Both("dage", "days"),
    "title.screening": Both(
        "»{name}«: hvilke antagelser der betyder mest for {measure}",
        "“{name}”: which assumptions matter most for {measure}",
    ),
    "axis.morris": Both("Gennemsnitlig virkning, μ* ({unit})", "Mean size of the effect, μ* ({unit})"),
    "axis.sobol": Both("Andel af variansen, ST (med samspil)", "Share of the variance, ST (with interactions)"),
    "note.screening": Both(
        "{total:Den ene antagelse varieres|Alle # antagelser varieres samtidigt}. Streger: "
        "{level}-konfidensinterval over stikprøven.",
        "{total:The one assumption varies|All # assumptions vary at the same time}. Lines: {level} confidence "
        "interval over the sample.",
    ),
    "note.stochastic": Both(
        "Gennemsnit af {n:gentagelse|gentagelser} pr. punkt; tilfældighed i simuleringen er ikke med i intervallerne.",
        "Means of {n:replication|replications} per point; the intervals leave out the randomness of the simulation.",
    ),
    "files": Both("Resultaterne ligger i {folder}", "The results are in {folder}"),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return a text with its places filled in."""
    text: str = getattr(TABLE[key], language)
    return filled(text, **values)
