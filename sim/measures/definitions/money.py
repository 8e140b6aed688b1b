"""Definitions: what it costs, and whom."""

from __future__ import annotations

from sim.measures.definitions.definition import Definition, Direction, define

_LEVEL_DA = " Kroner pr. år i måleperioden, i prislistens prisniveau. I alt og pr. forvaltning."
_LEVEL_EN = " DKK per year of the measured period, at the price list's price level. For all and per administration."


def _cost(name: str, better: Direction, da: tuple[str, str], en: tuple[str, str]) -> Definition:
    return define(name, "dkk", better, da=(da[0], da[1] + _LEVEL_DA), en=(en[0], en[1] + _LEVEL_EN))


DEFINITIONS = (
    _cost(
        "cost.total",
        "lower",
        (
            "Samlede udgifter",
            "Løn, indsatser og ankesager, uanset hvilken offentlig myndighed der betaler. Familiernes egen betaling er "
            "ikke medregnet.",
        ),
        (
            "Total cost",
            "Staff, services and appeals board cases, whichever public body pays. What families pay is not included.",
        ),
    ),
    _cost(
        "cost.staff",
        "neutral",
        (
            "Løn til sagsbehandlere",
            "Løn til ansatte sagsbehandlere med overhead, fordelt efter dage og timetal. Fraværende får løn; ubesatte "
            "stillinger koster ikke noget.",
        ),
        (
            "Caseworkers",
            "Salaries of employed caseworkers with overhead, pro rata by days and hours. Those absent are paid; vacant "
            "positions cost nothing.",
        ),
    ),
    _cost(
        "cost.services",
        "neutral",
        (
            "Indsatser",
            "Dage i måleperioden gange dagsprisen for indsatsen hos leverandøren ved behovsniveauet ved start. En "
            "videreført indsats koster som den indsats, den forlænger. Det, familier får betalt tilbage, er medregnet.",
        ),
        (
            "Services",
            "Days in the measured period times the daily price of the service at the supplier and the need level at "
            "its start. A bridging service costs what the service that it prolongs costs. What families are paid back "
            "is included.",
        ),
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
            "Alle udgifter efter, hvem der betaler: forvaltningerne, staten og familierne (fratrukket det, de får "
            "betalt tilbage). Kroner pr. år.",
        ),
        en=(
            "Cost by payer",
            "All costs by who pays: the administrations, the state and the families (less what they are paid back). "
            "DKK per year.",
        ),
    ),
    define(
        "cost.frame",
        "dkk",
        "neutral",
        da=(
            "Udgifter efter budgetramme",
            "Det, forvaltningerne betaler, efter hvilken budgetramme de trækker på; forvaltninger med fælles ramme "
            "regnes sammen. Det, staten og familierne betaler, er ikke medregnet. Kroner pr. år.",
        ),
        en=(
            "Cost by budget frame",
            "What the administrations pay by the budget frame that they draw on; administrations that share a frame "
            "are added up. What the state and families pay is not included. DKK per year.",
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
