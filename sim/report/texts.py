"""Every text of the pictures and tables, Danish and English side by side.

Places in braces are filled in when the text is used. A picture's heading states only what the intervals allow; see
:mod:`sim.report.findings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sim.counted import filled
from sim.report.numbers import Language
from sim.report.page.texts import PAGE
from sim.report.texts_budget import BUDGET
from sim.report.texts_pictures import PICTURES
from sim.report.texts_reliability import RELIABILITY


class Both(NamedTuple):
    """One text in both languages."""

    da: str
    en: str


@dataclass(frozen=True)
class Texts:
    """The texts of one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its places filled in.

        Raises:
            KeyError: there is no such text.
        """
        text: str = getattr(TABLE[key], self.language)
        return filled(text, **values)


TABLE: Mapping[str, Both] = {
    # --- names within sentences
    "quoted": Both("»{name}«", "“{name}”"),
    "the_baseline": Both("udgangspunktet", "the baseline"),
    "subject.all": Both("Alle {count} andre scenarier", "All {count} other scenarios"),
    "subject.both": Both("Begge andre scenarier", "Both other scenarios"),
    "subject.two": Both("{first} og {second}", "{first} and {second}"),
    "subject.some": Both("{count} af {known} scenarier", "{count} of {known} scenarios"),
    "side.child": Both("Børn og unge", "Children and young people"),
    "side.adult": Both("Voksne", "Adults"),
    "side.all": Both("Alle", "All"),
    "payer.state": Both("Staten", "The state"),
    "payer.for_another": Both("{payer} for {other}", "{payer} on behalf of {other}"),
    # --- sentences above the pictures
    "finding.clause": Both("{subject} {predicate} end {reference}", "{subject} {predicate} than {reference}"),
    "finding.both": Both("{first}, {subject} {also}", "{first}; {subject} {also}"),
    "finding.none": Both(
        "Ingen af de {count} scenarier adskiller sig klart fra {reference} i {noun}",
        "None of the {count} scenarios differs clearly from {reference} in {noun}",
    ),
    "finding.none_of_one": Both(
        "{name} adskiller sig ikke klart fra {reference} i {noun}",
        "{name} does not differ clearly from {reference} in {noun}",
    ),
    "finding.unsure": Both(
        "Én gentagelse kan ikke vise, om scenarierne adskiller sig i {noun}",
        "A single replication cannot show whether the scenarios differ in {noun}",
    ),
    "finding.no_comparison": Both(
        "Der er ikke tal nok til at sammenligne scenarierne i {noun}",
        "There are too few figures to compare the scenarios in {noun}",
    ),
    "noun.wait": Both("samlet ventetid", "total waiting time"),
    "noun.gap": Both("dage uden støtte efter 18-årsdagen", "days without support after the 18th birthday"),
    "noun.backlog": Both("ventende arbejde", "work waiting"),
    "noun.cost": Both("samlede udgifter", "total cost"),
    "noun.tradeoff": Both("ventetid eller udgifter", "waiting time or cost"),
    "predicate.wait.better": Both("giver kortere ventetid", "{give} shorter waits"),
    "predicate.wait.worse": Both("giver længere ventetid", "{give} longer waits"),
    "predicate.gap.better": Both(
        "giver færre dage uden støtte efter 18-årsdagen", "{give} fewer days without support after the 18th birthday"
    ),
    "predicate.gap.worse": Both(
        "giver flere dage uden støtte efter 18-årsdagen", "{give} more days without support after the 18th birthday"
    ),
    "predicate.backlog.better": Both("giver mindre ventende arbejde", "{give} less work waiting"),
    "predicate.backlog.worse": Both("giver mere ventende arbejde", "{give} more work waiting"),
    "predicate.cost.better": Both("giver lavere udgifter", "{give} lower cost"),
    "predicate.cost.worse": Both("giver højere udgifter", "{give} higher cost"),
    "also.wait": Both("giver længere", "{give} longer ones"),
    "also.gap": Both("giver flere", "{give} more"),
    "also.backlog": Both("giver mere", "{give} more"),
    "also.cost": Both("giver højere", "{give} higher cost"),
    "give.one": Both("giver", "gives"),
    "give.many": Both("giver", "give"),
    "overall.wait": Both(
        "{name}: {value} dages samlet ventetid i gennemsnit", "{name}: {value} days of total waiting time on average"
    ),
    "overall.gap": Both(
        "{name}: {value} dage uden støtte efter 18-årsdagen i gennemsnit",
        "{name}: {value} days without support after the 18th birthday on average",
    ),
    "overall.backlog": Both(
        "{name}: {value} timers arbejde ligger og venter i gennemsnit",
        "{name}: {value} hours of work waiting on average",
    ),
    "overall.cost": Both("{name}: {value} om året i alt", "{name}: {value} a year in total"),
    "tradeoff.one": Both(
        "{name} giver både kortere ventetid og lavere udgifter end {reference}",
        "{name} gives both shorter waits and lower cost than {reference}",
    ),
    "tradeoff.some": Both(
        "{count} af {known} scenarier giver både kortere ventetid og lavere udgifter end {reference}",
        "{count} of {known} scenarios give both shorter waits and lower cost than {reference}",
    ),
    "tradeoff.none": Both(
        "Intet scenarie giver klart både kortere ventetid og lavere udgifter end {reference}",
        "No scenario clearly gives both shorter waits and lower cost than {reference}",
    ),
    # --- the page report.html
    **{key: Both(*texts) for key, texts in PAGE.items()},
    # --- what each picture is, for the description and where no finding can be stated
    "title.wait": Both("Ventetid fra henvendelse til støtte", "Time from request to support"),
    "title.gap": Both("Støtte efter 18-årsdagen", "Support after the 18th birthday"),
    "title.backlog": Both("Arbejde, der venter på en sagsbehandler", "Work waiting for a caseworker"),
    "title.costs": Both("Udgifter pr. år efter forvaltning og betaler", "Cost a year by administration and payer"),
    "title.tradeoff": Both("Ventetid og udgifter", "Waiting time and cost"),
    # --- axes and legends
    "axis.days_since_request": Both("Dage siden henvendelsen", "Days since the request"),
    "axis.share_with_service": Both("Andel, der har fået støtte", "Share who have support"),
    "axis.days_since_18": Both("Dage siden 18-årsdagen", "Days since the 18th birthday"),
    "axis.share_supported": Both("Andel med støtte", "Share with support"),
    "axis.gap_days": Both(
        "Dage uden støtte efter 18-årsdagen (gennemsnit)", "Days without support after the 18th birthday (mean)"
    ),
    "axis.hours": Both("Timer", "Hours"),
    "axis.new_year": Both("1. januar", "1 January"),
    "axis.years_since_start": Both("År siden start", "Years since the start"),
    "axis.millions_a_year": Both("I alt\n(mio. kr. pr. år)", "Total\n(DKK million a year)"),
    "axis.difference_millions": Both("Forskel\n(mio. kr. pr. år)", "Difference\n(DKK m a year)"),
    "axis.tradeoff_cost": Both(
        "← lavere    udgifter (mio. kr. pr. år)    højere →\n0 = {reference} mio. kr. pr. år",
        "← lower    cost (DKK million a year)    higher →\n0 = DKK {reference} million a year",
    ),
    "axis.tradeoff_wait": Both(
        "← kortere    ventetid (dage)    længere →\n0 = {reference} dage",
        "← shorter    wait (days)    longer →\n0 = {reference} days",
    ),
    "legend.others": Both(
        "{count:Et andet scenarie|De øvrige # scenarier}", "{count:Another scenario|The other # scenarios}"
    ),
    # --- notes below the pictures
    "note.waiting": Both(
        "Henvendelser, der fører til en bevilling; de, der stadig venter, er regnet med. For voksne tidligst fra "
        "18-årsdagen. Overskriften gælder børn og voksne under ét.",
        "Requests that lead to a grant, those still waiting included. For adults not before the 18th birthday. "
        "The heading is about children and adults together.",
    ),
    "note.gap": Both(
        "Unge, der har ret til støtte efter 18-årsdagen.", "Young people entitled to support after their 18th birthday."
    ),
    "note.backlog": Both(
        "Timers arbejde, der er klar, men ikke påbegyndt. Hver forvaltning har sin egen skala.",
        "Hours of work that is ready but not begun. Each administration has its own scale.",
    ),
    "note.run_in": Both("Skraveret: indkøring, som ikke måles.", "Hatched: run-in, which is not measured."),
    "note.costs": Both(
        "Farverne viser, hvem der betaler (i parentes: mio. kr. pr. år i {reference}).",
        "The colours show who pays (in brackets: DKK million a year in {reference}).",
    ),
    "note.families": Both(
        "Familiernes egne udgifter er ikke med: {own} om året i {reference}, højst {most} i et scenarie.",
        "What families pay themselves is not included: {own} a year in {reference}, at most {most} in a scenario.",
    ),
    "note.family": Both(
        "Familiernes egne udgifter er ikke med: {own} om året.",
        "What families pay themselves is not included: {own} a year.",
    ),
    "note.cost_difference": Both(
        "Til højre: forskellen til {reference}, regnet i de samme tilfældige forløb.",
        "Right: the difference to {reference}, within the same random futures.",
    ),
    "note.tradeoff": Both(
        "Akserne viser forskellen til referencen, som ligger i (0, 0).",
        "The axes show the difference to the reference, which lies at (0, 0).",
    ),
    "note.bands": Both(
        "Bånd: {level}-konfidensinterval for gennemsnittet af {n:gentagelse|gentagelser}.",
        "Bands: {level} confidence interval of the mean of {n:replication|replications}.",
    ),
    "note.bands_and_lines": Both(
        "Bånd og streger: {level}-konfidensinterval for gennemsnittet af {n:gentagelse|gentagelser}.",
        "Bands and lines: {level} confidence interval of the mean of {n:replication|replications}.",
    ),
    "note.lines": Both(
        "Streger: {level}-konfidensinterval for gennemsnittet af {n:gentagelse|gentagelser}.",
        "Lines: {level} confidence interval of the mean of {n:replication|replications}.",
    ),
    "note.crosses": Both(
        "Streger: {level}-konfidensinterval for forskellen, {n:gentagelse|gentagelser}.",
        "Lines: {level} confidence interval of the difference, {n:replication|replications}.",
    ),
    "note.clear": Both(
        "Overskriften nævner kun forskelle, hvor {level}-intervallet ikke omfatter 0.",
        "The heading states only differences whose {level} interval excludes 0.",
    ),
    "note.clear_many": Both(
        "Overskriften nævner kun forskelle, hvor {level}-intervallet ikke omfatter 0, heller ikke når der tages højde "
        "for, at {count} scenarier sammenlignes.",
        "The heading states only differences whose {level} interval excludes 0, also when it is taken into account "
        "that {count} scenarios are compared.",
    ),
    "note.grey": Both(
        "Gråt: {count:et andet scenarie|# øvrige scenarier}.", "Grey: {count:another scenario|# other scenarios}."
    ),
    "note.one_replication": Both(
        "Kun én gentagelse: ingen intervaller, og forskelle kan skyldes tilfældigheder.",
        "A single replication: no intervals, and differences may be due to chance.",
    ),
    **{key: Both(*texts) for key, texts in PICTURES.items()},
    # --- why a picture is missing
    "nothing.waiting": Both(
        "ikke tegnet, for ingen fik bevilget støtte i den målte periode",
        "not drawn, because nobody was granted support in the measured period",
    ),
    "nothing.gap": Both(
        "ikke tegnet, for ingen med ret til støtte fyldte 18 år i den målte periode",
        "not drawn, because nobody entitled to support turned 18 in the measured period",
    ),
    "nothing.backlog": Both(
        "ikke tegnet, for der er ingen tal for ventende arbejde",
        "not drawn, because there are no figures on work waiting",
    ),
    "nothing.costs": Both(
        "ikke tegnet, for der er ingen udgifter (mangler prislisten?)",
        "not drawn, because there are no costs (is the price list missing?)",
    ),
    "nothing.tradeoff": Both(
        "ikke tegnet, for der skal være mindst to scenarier med både ventetid og udgifter",
        "not drawn, because it takes at least two scenarios with both waits and costs",
    ),
    # --- the summary in the terminal
    "summary.scenario": Both("Scenarie", "Scenario"),
    "summary.reference": Both("(reference)", "(reference)"),
    "summary.wait.total": Both("Samlet ventetid", "Total wait"),
    "summary.transition.gap_days": Both("Uden støtte efter 18 år", "Without support after 18"),
    "summary.deadline.assessment_4m": Both("Undersøgt inden 4 mdr.", "Assessed within 4 months"),
    "summary.appeals.reversal_share": Both("Omgjorte klager", "Appeals reversed"),
    "summary.cost.total": Both("Udgifter i alt", "Total cost"),
    "summary.unit.days": Both("dage", "days"),
    "summary.unit.share": Both("%", "%"),
    "summary.unit.money": Both("mio. kr./år", "DKK m/year"),
    "summary.unit.small_money": Both("1.000 kr./år", "DKK 1,000/year"),
    "summary.better": Both("bedre", "better"),
    "summary.worse": Both("dårligere", "worse"),
    "summary.interval": Both(
        "± og [ ]: {level}-konfidensinterval for gennemsnittet af {n:gentagelse|gentagelser}.",
        "± and [ ]: {level} confidence interval of the mean of {n:replication|replications}.",
    ),
    "summary.verdict": Both(
        "»bedre« og »dårligere« står kun, hvor {level}-intervallet for forskellen til {reference} ikke omfatter 0.",
        "“better” and “worse” appear only where the {level} interval of the difference to {reference} excludes 0.",
    ),
    "summary.verdict_many": Both(
        "»bedre« og »dårligere« står kun, hvor {level}-intervallet for forskellen til {reference} ikke omfatter 0, "
        "heller ikke når der tages højde for, at {count} scenarier sammenlignes.",
        "“better” and “worse” appear only where the {level} interval of the difference to {reference} excludes 0, "
        "also when it is taken into account that {count} scenarios are compared.",
    ),
    "summary.missing": Both("–: intet at måle.", "–: nothing to measure."),
    "summary.without": Both("Uden resultater: {names}.", "Without results: {names}."),
    "summary.failed": Both(
        "{count:gentagelse|gentagelser} mislykkedes og er ikke med; se manifest.json.",
        "{count:replication failed and is|replications failed and are} left out; see manifest.json.",
    ),
    "summary.files": Both("Resultaterne ligger i {folder}", "The results are in {folder}"),
    **{key: Both(*texts) for key, texts in BUDGET.items()},
    **{key: Both(*texts) for key, texts in RELIABILITY.items()},
}
