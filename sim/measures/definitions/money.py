"""Definitions: what it costs, and whom."""

from __future__ import annotations

from sim.measures.definitions.definition import Definition, Direction, define

_LEVEL_DA = " Kroner pr. år i måleperioden, i det valgte prisniveau. I alt og pr. forvaltning."
_LEVEL_EN = " DKK per year of the measured period, at the chosen price level. For all and per administration."


def _cost(name: str, better: Direction, da: tuple[str, str], en: tuple[str, str]) -> Definition:
    return define(name, "dkk", better, da=(da[0], da[1] + _LEVEL_DA), en=(en[0], en[1] + _LEVEL_EN))


DEFINITIONS = (
    _cost(
        "cost.total",
        "lower",
        (
            "Samlede udgifter",
            "Løn, indsatser og ankesager, uanset hvilken offentlig myndighed der betaler, fratrukket borgernes "
            "egenbetaling. Statens refusion ændrer ikke summen. Det, familier betaler, er ikke medregnet.",
        ),
        (
            "Total cost",
            "Staff, services and appeals board cases, whichever public body pays, less what residents pay towards "
            "services. The state's refund does not change the sum. What families pay is not included.",
        ),
    ),
    _cost(
        "cost.municipality",
        "lower",
        (
            "Kommunens nettoudgift",
            "Det, forvaltningerne selv betaler: løn og indsatser, fratrukket statens refusion og borgernes "
            "egenbetaling.",
        ),
        (
            "Net cost of the municipality",
            "What the administrations pay themselves: staff and services, less the state's refund and what residents "
            "pay towards services.",
        ),
    ),
    _cost(
        "cost.staff",
        "neutral",
        (
            "Løn til sagsbehandlere",
            "Normeringen med overhead, fordelt efter dage og timetal, fratrukket ubesatte stillinger; dertil "
            "overarbejde, vikarer og rekruttering. Fraværende får løn.",
        ),
        (
            "Caseworkers",
            "All positions with overhead, pro rata by days and hours, less the vacant ones; and overtime, agencies and "
            "recruitment. Those absent are paid.",
        ),
    ),
    _cost(
        "cost.vacancy",
        "neutral",
        ("Sparet på ubesatte stillinger", "Det, ubesatte stillinger sparer af normeringen, med overhead (negativt)."),
        ("Saved by vacant positions", "What vacant positions save of the establishment, with overhead (negative)."),
    ),
    _cost(
        "cost.overtime",
        "neutral",
        ("Overarbejde", "Timer ud over de ansattes egne, til løn med tillæg, uden overhead."),
        ("Overtime", "Hours beyond the employees' own, at the salary with a premium, without overhead."),
    ),
    _cost(
        "cost.agency",
        "neutral",
        ("Udgift til vikarer", "Vikarer fra bureau i ubesatte stillinger, uden overhead."),
        ("Agency staff", "Temporary caseworkers from an agency in vacant positions, without overhead."),
    ),
    _cost(
        "cost.recruitment",
        "neutral",
        ("Rekruttering", "Opslag, samtaler og introduktion for hver sagsbehandler, der ansættes."),
        ("Recruitment", "Advertising, interviews and introduction for each caseworker who is employed."),
    ),
    _cost(
        "cost.appeals",
        "neutral",
        (
            "Eget arbejde med klagesager",
            "Timer, som egne sagsbehandlere bruger på klagesager, til prisen for en time. Er en del af lønnen.",
        ),
        (
            "Own work on appeals",
            "Hours of the teams' own caseworkers on appeals, at the price of an hour. A part of the salaries.",
        ),
    ),
    _cost(
        "cost.services",
        "neutral",
        (
            "Indsatser",
            "Dage i måleperioden gange dagsprisen for indsatsen hos leverandøren ved behovsniveauet ved start. En "
            "videreført indsats koster som den indsats, den forlænger. Etablering, befordring og det, familier får "
            "betalt tilbage, er medregnet. Brutto: før statens refusion og borgernes egenbetaling.",
        ),
        (
            "Services",
            "Days in the measured period times the daily price of the service at the supplier and the need level at "
            "its start. A bridging service costs what the service that it prolongs costs. Payments at the start, "
            "transport and what families are paid back are included. Gross: before the state's refund and what "
            "residents pay.",
        ),
    ),
    _cost(
        "cost.bridging",
        "neutral",
        (
            "Videreførte indsatser",
            "Indsatser, der fortsætter efter 18-års fødselsdagen, indtil voksenindsatsen begynder.",
        ),
        ("Bridging services", "Services that go on after the 18th birthday until adult support begins."),
    ),
    _cost(
        "cost.refund",
        "neutral",
        (
            "Statens refusion",
            "Refusion af særligt dyre enkeltsager (serviceloven § 176, barnets lov § 198), person for person efter "
            "de valgte regler.",
        ),
        (
            "The state's refund",
            "Refund for particularly expensive cases (serviceloven § 176, barnets lov § 198), person by person and as "
            "assessed.",
        ),
    ),
    _cost(
        "cost.user_charges",
        "neutral",
        (
            "Borgernes egenbetaling",
            "Det, beboere betaler for bevilgede indsatser efter indkomst: en indtægt for kommunen.",
        ),
        ("User charges", "What residents pay by income towards granted services: an income of the municipality."),
    ),
    _cost(
        "cost.board",
        "neutral",
        ("Ankesager", "Udgift pr. sag, Ankestyrelsen afgør i måleperioden."),
        ("Appeals board", "Cost of each case that the appeals board decides in the measured period."),
    ),
    _cost(
        "cost.family",
        "lower",
        (
            "Familiernes egen betaling",
            "Det, familier betaler for selv, mens de venter: den valgte andel af dagsprisen for den indsats, de venter "
            "på, fratrukket det, de får betalt tilbage. Pr. forvaltning: den, der har ansvaret for sagen.",
        ),
        (
            "What families pay",
            "What families buy for themselves while they wait: the configured share of the daily price of the service "
            "they wait for, less what they are paid back. Per administration: the one responsible for the matter.",
        ),
    ),
    define(
        "cost.payer",
        "dkk",
        "neutral",
        da=(
            "Udgifter efter betaler",
            "Alle udgifter efter, hvem der betaler: forvaltningerne (netto), staten med refusionen, og familierne: "
            "det, de køber selv, fratrukket det, de får betalt tilbage, og egenbetaling. Kroner pr. år.",
        ),
        en=(
            "Cost by payer",
            "All costs by who pays: the administrations (net), the state with the refund, and the families: what they "
            "buy themselves, less what they are paid back, and user charges. DKK per year.",
        ),
    ),
    define(
        "cost.frame",
        "dkk",
        "neutral",
        da=(
            "Udgifter efter budgetramme",
            "Det, forvaltningerne betaler, efter hvilken budgetramme de trækker på; forvaltninger med fælles ramme "
            "regnes sammen. Netto: det, staten og familierne betaler, er ikke medregnet. Kroner pr. år.",
        ),
        en=(
            "Cost by budget frame",
            "What the administrations pay by the budget frame that they draw on; administrations that share a frame "
            "are added up. Net: what the state and families pay is not included. DKK per year.",
        ),
    ),
    define(
        "self_pay",
        "dkk",
        "lower",
        da=(
            "Selvbetalt støtte i ventetiden",
            "Det, familier i alt betaler for selv, mens de venter, fratrukket det, de får betalt tilbage. I alt og "
            "efter fase: efter 18-års fødselsdagen (en børneindsats er ophørt, og intet har afløst den), mens de "
            "venter på afgørelse eller indsats, og mens en klage behandles. Kroner pr. år.",
        ),
        en=(
            "Self-paid while waiting",
            "What families in all pay for themselves while they wait, less what they are paid back. For all and by "
            "phase: after the 18th birthday (a children's service has ended and nothing has replaced it), while "
            "waiting for a decision or a service, and during an appeal. DKK per year.",
        ),
    ),
    define(
        "self_pay.reimbursed",
        "dkk",
        "neutral",
        da=(
            "Selvbetalt støtte, betalt tilbage",
            "Det, kommunen betaler tilbage til familier, der selv har betalt, fordelt på de dage, det er betalt for. I "
            "alt og efter fase. Kroner pr. år.",
        ),
        en=(
            "Self-paid support paid back",
            "What the municipality pays back to families who have paid themselves, on the days that it was paid for. "
            "For all and by phase. DKK per year.",
        ),
    ),
    define(
        "self_pay.families",
        "persons",
        "lower",
        da=(
            "Familier, der selv betaler",
            "Familier, der selv betaler for støtte i løbet af et år (én pr. person med en sag): måleperioden deles i "
            "lige lange år, familierne tælles én gang i hvert, og der tages gennemsnit. I alt og efter fase; også dem, "
            "der får betalt tilbage.",
        ),
        en=(
            "Families who pay themselves",
            "Families who pay for support themselves in the course of a year (one per person with a case): the "
            "measured period is cut into years of equal length, families are counted once in each, and the years are "
            "averaged. For all and by phase; also those who are paid back.",
        ),
    ),
)
