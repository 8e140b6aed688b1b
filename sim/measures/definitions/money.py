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
        ("Løn til sagsbehandlere", "Løn til ansatte sagsbehandlere med overhead, fordelt efter dage."),
        ("Caseworkers", "Salaries of employed caseworkers with overhead, pro rata by days."),
    ),
    _cost(
        "cost.services",
        "neutral",
        (
            "Indsatser",
            "Dage i måleperioden gange dagsprisen for indsatsen hos leverandøren ved behovsniveauet ved start. En "
            "videreført indsats koster som den indsats, den forlænger.",
        ),
        (
            "Services",
            "Days in the measured period times the daily price of the service at the supplier and the need level at "
            "its start. A bridging service costs what the service that it prolongs costs.",
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
            "på. Pr. forvaltning: den, der har ansvaret for sagen.",
        ),
        (
            "What families pay",
            "What families buy for themselves while they wait: the configured share of the daily price of the service "
            "they wait for. Per administration: the one responsible for the matter.",
        ),
    ),
    define(
        "cost.payer",
        "dkk",
        "neutral",
        da=(
            "Udgifter efter betaler",
            "Alle udgifter efter, hvem der betaler: forvaltningerne, staten og familierne. Kroner pr. år.",
        ),
        en=(
            "Cost by payer",
            "All costs by who pays: the administrations, the state and the families. DKK per year.",
        ),
    ),
    define(
        "self_pay",
        "dkk",
        "lower",
        da=("Selvbetalt støtte i ventetiden", "Det, familier i alt betaler for selv, mens de venter. Kroner pr. år."),
        en=("Self-paid while waiting", "What families in all pay for themselves while they wait. DKK per year."),
    ),
)
