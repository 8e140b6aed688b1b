"""Definitions: what the brake holds back, and whether budget frames are kept."""

from __future__ import annotations

from sim.measures.definitions.definition import define, with_quantiles

DEFINITIONS = (
    define(
        "brake.grants_per_year",
        "per year",
        "lower",
        da=(
            "Bevillinger, der venter på et nyt budgetår",
            "Bevillinger, som i måleperioden blev holdt tilbage til nytår, fordi prognosen for årets udgifter til "
            "indsatser oversteg rammen, pr. år. En bevilling tæller på den dag, hvor der ellers ville være søgt en "
            "plads. I alt og pr. betalende forvaltning. 0, hvor ingen forvaltning har en bremse.",
        ),
        en=(
            "Grants that wait for a new budget year",
            "Grants that were held back until New Year in the measured period because the forecast of the year's cost "
            "of services exceeded the frame, per year. A grant counts on the day on which a place would otherwise "
            "have been looked for. For all and per paying administration. 0 where no administration has a brake.",
        ),
    ),
    *with_quantiles(
        define(
            "brake.wait_days",
            "days",
            "lower",
            da=(
                "Ventetid på et nyt budgetår",
                "Dage fra der ellers ville være søgt en plads, til bevillingen går videre nytårsnat; ventetid på selve "
                "pladsen kommer oveni. En ventetid, som borgeren opgiver, er censureret fra den dag. I alt og pr. "
                "betalende forvaltning. Tom, hvor intet blev holdt tilbage.",
            ),
            en=(
                "Wait for a new budget year",
                "Days from when a place would otherwise have been looked for until the grant goes on at New Year; the "
                "wait for the place itself comes on top. A wait that is given up is censored on that day. For all and "
                "per paying administration. Empty where nothing was held back.",
            ),
        )
    ),
    define(
        "frame.overspend",
        "dkk",
        "lower",
        da=(
            "Overskridelse af budgetrammen",
            "Forvaltningens nettoudgift minus dens budgetramme, gennemsnit over måleperiodens hele kalenderår; under 0 "
            "er et mindreforbrug. Forvaltninger, der deler en ramme, er lagt sammen. Rammen er i samme prisniveau som "
            "udgifterne og følger kommunens størrelse i modellen.",
        ),
        en=(
            "Spending beyond the budget frame",
            "The administration's net cost minus its budget frame, averaged over the whole calendar years of the "
            "measured period; below 0 less is spent. Administrations that share a frame are added up. The frame is at "
            "the price level of the costs and follows the size of the municipality in the model.",
        ),
    ),
    define(
        "frame.years_overspent",
        "share",
        "lower",
        da=(
            "År med overskredet budgetramme",
            "Andel af måleperiodens hele kalenderår, hvor nettoudgiften overstiger budgetrammen. Gennemsnittet over "
            "gentagelserne er sandsynligheden for at overskride rammen i et år.",
        ),
        en=(
            "Years beyond the budget frame",
            "Share of the whole calendar years of the measured period in which the net cost exceeds the budget frame. "
            "Its mean over the replications is the probability of exceeding the frame in a year.",
        ),
    ),
)
