"""The texts of a budget proposal: Danish and English side by side, as in :mod:`sim.report.texts`."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.kinds_of_evidence import KINDS

BUDGET: Mapping[str, tuple[str, str]] = {
    # --- the picture of who pays
    "title.who_pays": ("Hvem betaler", "Who pays"),
    "payer.family": ("Familierne", "Families"),
    "payer.everybody": ("Alle betalere i alt", "All payers in total"),
    "payer.municipality": ("Kommunen i alt, netto", "The municipality in total, net"),
    "who_pays.most": (
        "»{name}« flytter mest mellem betalerne: {moved} om året; i alt {total}",
        "“{name}” moves most between payers: {moved} a year; {total} in total",
    ),
    "who_pays.one": (
        "»{name}« flytter {moved} om året mellem betalerne; i alt {total}",
        "“{name}” moves {moved} a year between payers; {total} in total",
    ),
    "who_pays.none": (
        "Intet scenarie flytter klart penge fra den ene betaler til den anden",
        "No scenario clearly moves money from one payer to another",
    ),
    "axis.who_pays": (
        "← sparer    forskel (mio. kr. pr. år)    betaler mere →",
        "← saves    difference (DKK m a year)    pays more →",
    ),
    "note.who_pays": (
        "Forskel til {reference}, gennemsnit pr. år i {years}. Hver søjle begynder, hvor den ovenfor slutter, mod "
        "højre for den, der betaler mere; tilsammen giver de »{everybody}«. Modsatrettede søjler er penge, "
        "der kun skifter hænder.",
        "Difference to {reference}, mean a year in {years}. Each bar begins where the one above ends, to the right for "
        "whoever pays more; together they give “{everybody}”. Bars in opposite directions are money that only changes "
        "hands.",
    ),
    "note.fewer_scenarios": (
        "Vist er de {count} scenarier, der flytter mest; alle står i budget.xlsx.",
        "Shown are the {count} scenarios that move most; all are in budget.xlsx.",
    ),
    "nothing.who_pays": (
        "ikke tegnet, for der skal være mindst to scenarier med udgifter i et helt kalenderår",
        "not drawn, because it takes at least two scenarios with costs in a whole calendar year",
    ),
    # --- the picture of the investment
    "title.investment": ("Akkumuleret nettoudgift år for år", "Cumulated net cost year by year"),
    "noun.net": ("kommunens samlede nettoudgift over årene", "the municipality's net cost over the years"),
    "predicate.net.better": (
        "giver lavere nettoudgift for kommunen over årene",
        "{give} lower net cost to the municipality over the years",
    ),
    "predicate.net.worse": (
        "giver højere nettoudgift for kommunen over årene",
        "{give} higher net cost to the municipality over the years",
    ),
    "also.net": ("giver højere", "{give} higher net cost"),
    "axis.cumulated": ("Akkumuleret forskel\n(mio. kr.)", "Cumulated difference\n(DKK million)"),
    "axis.end_of_year": ("31. december", "31 December"),
    "note.investment": (
        "Kommunens nettoudgift lagt sammen fra og med {first}; under 0 er en besparelse i alt i forhold til "
        "{reference}.",
        "The municipality's net cost added up from {first} on; below 0 is a saving in all against {reference}.",
    ),
    "note.discounted": (
        "Senere år er diskonteret med {percent} % om året.",
        "Later years are discounted by {percent}% a year.",
    ),
    "course.same": ("Ingen forskel i noget år.", "No difference in any year."),
    "course.saves": ("Sparer fra første år.", "Saves from the first year."),
    "course.saves_first": (
        "Sparer i første år, men koster mere i alt senere.",
        "Saves in the first year, but costs more in all later.",
    ),
    "course.breaks_even": (
        "Har tjent sig hjem ved udgangen af {year}: i {share} af gentagelserne ({low}–{high}).",
        "Has paid for itself by the end of {year}: in {share} of replications ({low}–{high}).",
    ),
    "course.not_lasting": (
        " Men ved udgangen af {year} er det igen en merudgift i alt.",
        " But by the end of {year} it is an extra cost in all again.",
    ),
    "course.never": (
        "Tjener sig ikke hjem inden udgangen af {year}.",
        "Does not pay for itself by the end of {year}.",
    ),
    "course.horizon": (
        " Ved udgangen af {year} er det tjent hjem i {share} af gentagelserne ({low}–{high}).",
        " By the end of {year} it has paid for itself in {share} of replications ({low}–{high}).",
    ),
    # --- the workbook: sheets and what stands at their head
    "book.proposal": ("Forslag", "Proposal"),
    "book.overview": ("Overblik", "Overview"),
    "book.administrations": ("Pr. forvaltning", "Per administration"),
    "book.payers": ("Hvem betaler", "Who pays"),
    "book.assumptions": ("Forudsætninger", "Assumptions"),
    "book.about": ("Om", "About"),
    "book.page": ("Side &P af &N", "Page &P of &N"),
    "book.level.fixed": ("{year}-priser", "{year} prices"),
    "book.level.nominal": ("løbende priser", "current prices"),
    "book.level.mixed": ("forskellige prisniveauer – se Om", "different price levels – see About"),
    "book.unit": ("1.000 kr., {level}", "DKK 1,000, {level}"),
    "book.sign": (
        "+ er en merudgift, − en mindreudgift i forhold til {reference}.",
        "+ is an extra cost, − a saving against {reference}.",
    ),
    "book.proposal.title": (
        "Forslag: ændring af kommunens nettoudgift i forhold til {reference}",
        "Proposal: change of the municipality's net cost against {reference}",
    ),
    "book.proposal.note": (
        "Lav–høj: {level}-konfidensinterval over {n:gentagelse|gentagelser}. En sums interval er beregnet af "
        "gentagelserne; "
        "liniernes grænser kan ikke lægges sammen. Konti uden forskel er udeladt. Tallene er ikke afrundet i "
        "cellerne, så "
        "viste tal kan afvige med 1.",
        "Low–high: {level} confidence interval over {n:replication|replications}. The interval of a total is "
        "calculated from the "
        "replications; the bounds of lines cannot be added up. Accounts without a difference are left out. Cells are "
        "not rounded, so the figures shown may differ by 1.",
    ),
    "book.one_replication": (
        "Kun én gentagelse: ingen intervaller, og forskelle kan skyldes tilfældigheder.",
        "A single replication: no intervals, and differences may be due to chance.",
    ),
    "book.fewer_years": (
        "Simuleringen dækker kun {count:helt|hele} kalenderår efter indkøringen, ikke budgetåret og tre overslagsår.",
        "The simulation covers only {count:whole calendar year|whole calendar years} after the run-in, not a budget "
        "year and the three "
        "that follow.",
    ),
    "book.mixed": (
        "ADVARSEL: Scenarierne er opgjort i forskellige prisniveauer. Forskellene er ikke reelle.",
        "WARNING: The scenarios are stated at different price levels. Their differences are not real.",
    ),
    "book.incomplete": (
        "ADVARSEL: {count:gentagelse|gentagelser} mislykkedes og er ikke med.",
        "WARNING: {count:replication failed and is|replications failed and are} left out.",
    ),
    "book.administration": ("Forvaltning", "Administration"),
    "book.account": ("Konto", "Account"),
    "book.name": ("Navn", "Name"),
    "book.low": ("Lav", "Low"),
    "book.high": ("Høj", "High"),
    "book.subtotal": ("{name} i alt", "{name}, total"),
    "book.no_difference": ("Ingen konto ændrer sig.", "No account changes."),
    # --- overview
    "book.overview.title": ("Overblik", "Overview"),
    "book.scenario": ("Scenarie", "Scenario"),
    "book.mean": ("Gennemsnit", "Mean"),
    "book.difference": ("Forskel", "Difference"),
    "book.replications": ("Gentagelser", "Replications"),
    "book.kpi.wait.total": ("Samlet ventetid (dage)", "Total wait (days)"),
    "book.kpi.transition.gap_days": ("Uden støtte efter 18-årsdagen (dage)", "Without support after 18 (days)"),
    "book.kpi.deadline.assessment_4m": ("Undersøgt inden 4 måneder (andel)", "Assessed within 4 months (share)"),
    "book.kpi.appeals.reversal_share": ("Omgjorte klager (andel)", "Appeals reversed (share)"),
    "book.kpi.cost.total": ("Udgifter i alt pr. år (1.000 kr.)", "Total cost a year (DKK 1,000)"),
    "book.overview.note": (
        "Hele måleperioden. Udgifter i alt: alle offentlige betalere. Lav–høj: {level}-konfidensinterval. Forskelle "
        "er regnet i "
        "de samme tilfældige forløb; et interval uden 0 kan stadig skyldes, at mange scenarier sammenlignes.",
        "The whole measured period. Total cost: all public payers. Low–high: {level} confidence interval. Differences "
        "are within "
        "the same random futures; an interval without 0 may still be due to many scenarios being compared.",
    ),
    "book.investment.title": (
        "Investering: kommunens nettoudgift i forhold til {reference}, 1.000 kr., {level}",
        "Investment: the municipality's net cost against {reference}, DKK 1,000, {level}",
    ),
    "book.investment.note": (
        "Akkumuleret: lagt sammen fra første år{discount}. Tjent hjem: andel af gentagelserne, hvor det akkumulerede "
        "beløb "
        "ved årets udgang er 0 eller en besparelse, med eksakt binomialinterval.",
        "Cumulated: added up from the first year{discount}. Paid back: share of replications in which the cumulated "
        "amount is 0 or a saving at the end of the year, with an exact binomial interval.",
    ),
    "book.discount": (", diskonteret med {percent} % om året", ", discounted by {percent}% a year"),
    "book.year": ("År", "Year"),
    "book.net": ("Årets forskel", "This year"),
    "book.factor": ("Diskontering", "Discount factor"),
    "book.cumulated": ("Akkumuleret", "Cumulated"),
    "book.paid_back": ("Tjent hjem", "Paid back"),
    # --- per administration
    "book.administrations.title": (
        "Pr. forvaltning: kommunens nettoudgift i gennemsnit af gentagelserne",
        "Per administration: the municipality's net cost, mean of the replications",
    ),
    "book.administrations.note": (
        "Poster står under den forvaltning, der betaler. Det, staten og familierne betaler, er ikke med. Intervaller "
        "for "
        "forskellene står i arket {proposal}.",
        "Entries stand under the administration that pays. What the state and families pay is not included. Intervals "
        "of the differences are in the sheet {proposal}.",
    ),
    "book.part": ("Post", "Part"),
    "part.staff": ("Løn, sagsbehandlere", "Salaries, caseworkers"),
    "part.vacancy": ("Ubesatte stillinger", "Vacant positions"),
    "part.overtime": ("Overarbejde", "Overtime"),
    "part.agency": ("Vikarer", "Agency staff"),
    "part.recruitment": ("Rekruttering", "Recruitment"),
    "part.appeals": ("Arbejde med klager", "Work on appeals"),
    "part.services": ("Indsatser", "Services"),
    "part.bridging": ("Overgangsløsninger", "Bridging"),
    "part.once": ("Engangsudgifter", "One-off costs"),
    "part.transport": ("Befordring", "Transport"),
    "part.back_payment": ("Efterbetaling til familier", "Paid back to families"),
    "part.board": ("Ankestyrelsen", "Appeals Board"),
    "part.refund": ("Statsrefusion", "State refund"),
    "part.user_charge": ("Egenbetaling", "User charges"),
    "part.family": ("Familiernes egen betaling", "Families' own payment"),
    "book.frames.title": ("Budgetrammer, 1.000 kr., {level}", "Budget frames, DKK 1,000, {level}"),
    "book.frame": ("Ramme", "Frame"),
    "book.forecast": ("Forventet", "Forecast"),
    "book.overspend": ("Overskridelse", "Overspend"),
    "book.overspent": ("Sandsynlighed", "Probability"),
    # --- who pays
    "book.payers.title": (
        "Hvem betaler: gennemsnit pr. år i {years}",
        "Who pays: mean a year in {years}",
    ),
    "book.payer": ("Betaler", "Payer"),
    "book.ledger": ("Ifølge hovedbogen", "According to the ledger"),
    "book.check": ("Kontrol mod hovedbogen (skal være 0)", "Check against the ledger (must be 0)"),
    "book.moved": ("Heraf skifter kun hænder", "Of which only changes hands"),
    "book.moved.note": (
        "»Skifter kun hænder« er det mindste af to beløb: hvad nogle betaler mere, og hvad andre sparer. Lav og høj "
        "er det "
        "mindste og det største, det kan være, når hver betalers forskel ligger i sit {level}-konfidensinterval.",
        "“Only changes hands” is the smaller of two amounts: what some pay more, and what others save. Its low and "
        "high "
        "are the least and the most that it can be while each payer's difference is in its {level} confidence "
        "interval.",
    ),
    # --- assumptions
    "book.assumptions.title": (
        "Forudsætninger: {count} tal, heraf {unverified} antagelser uden efterprøvning og {without} uden kilde",
        "Assumptions: {count} figures, of which {unverified} are unverified assumptions and {without} have no source",
    ),
    "book.assumptions.note": (
        "Værdien er fra {reference}. Lav–høj: hvad der med rimelighed kan forsvares. Hvad et scenarie ændrer, står til "
        "højre.",
        "The value is that of {reference}. Low–high: what can reasonably be defended. What a scenario changes is "
        "named on the right.",
    ),
    "book.path": ("Sti", "Path"),
    "book.value": ("Værdi", "Value"),
    "book.value.unit": ("Enhed", "Unit"),
    "book.kind": ("Art", "Kind"),
    "book.source": ("Kilde", "Source"),
    "book.source.year": ("År", "Year"),
    "book.unverified": ("Uefterprøvet", "Unverified"),
    "book.yes": ("ja", "yes"),
    "book.changed": ("Ændret af", "Changed by"),
    "book.given": ("kommandolinjen", "the command line"),
    "book.absent": ("findes ikke", "absent"),
    **{f"kind.{kind}": texts for kind, texts in KINDS.items()},
    # --- about
    "book.about.title": ("Om denne beregning", "About this calculation"),
    "about.municipality": ("Kommune", "Municipality"),
    "about.scenarios": ("Scenarier", "Scenarios"),
    "about.reference": ("Sammenlignet med", "Compared with"),
    "about.measured": ("Måleperiode", "Measured period"),
    "about.years": ("Hele kalenderår", "Whole calendar years"),
    "about.run_in": ("Indkøring", "Run-in"),
    "about.run_in.value": ("{years} år, som ikke måles", "{years:year that is|years that are} not measured"),
    "about.scale": ("Skala", "Scale"),
    "about.price_level": ("Prisniveau", "Price level"),
    "about.price_year": ("Prislistens år", "Year of the price list"),
    "about.discount": ("Diskontering", "Discount rate"),
    "about.discount.value": ("{percent} % om året", "{percent}% a year"),
    "about.no_discount": ("ingen", "none"),
    "about.seed": ("Startfrø", "Seed"),
    "about.replications": ("Gentagelser", "Replications"),
    "about.confidence": ("Konfidensniveau", "Confidence level"),
    "about.date": ("Simuleret", "Simulated"),
    "about.version": ("sagsflow", "sagsflow version"),
    "about.commit": ("Kildekode (commit)", "Source code (commit)"),
    "about.command": ("Gentag med", "Repeat with"),
    "about.unfinished": ("Uden resultater", "Without results"),
    "about.signs": ("Fortegn", "Signs"),
    "about.signs.value": (
        "Udgifter er positive, indtægter (refusion, egenbetaling) negative.",
        "Costs are positive, income (refund, user charges) negative.",
    ),
    "about.estimate": ("Hvad tallene er", "What the figures are"),
    "about.estimate.value": (
        "Simuleringsresultater, ikke regnskab. Intervallerne dækker tilfældigheder, ikke usikkerheden i "
        "forudsætningerne.",
        "Simulation results, not accounts. The intervals cover chance, not the uncertainty of the assumptions.",
    ),
    "summary.budget": ("Til budgetforslaget: {file}", "For the budget proposal: {file}"),
}
