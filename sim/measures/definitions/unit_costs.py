"""Definitions: what one young person costs around the 18th birthday."""

from __future__ import annotations

from sim.measures.definitions.definition import define

_WHO_DA = (
    " Unge, der fyldte 18 år med en indsats (eller en bevilling, de venter på) og fortsat behov for støtte, og hvis "
    "17- og 19-års fødselsdag begge ligger i måleperioden; andre indgår ikke. Tom, hvis der ingen er. I alt og pr. "
    "behovsprofil."
)
_WHO_EN = (
    " Young people who turned 18 with a service (or a grant they wait for) and still need support, and whose 17th and "
    "19th birthdays both lie in the measured period; nobody else is counted. Empty if there is none. For all and per "
    "need profile."
)

DEFINITIONS = (
    define(
        "unit_cost.transition",
        "dkk per person",
        "neutral",
        da=(
            "Udgift pr. ung i overgangen",
            "Det, kommunen betaler for en ung fra 17- til 19-års fødselsdagen: indsatser og sagsbehandlernes tid, "
            "før statens refusion." + _WHO_DA,
        ),
        en=(
            "Cost per young person in transition",
            "What the municipality pays for a young person from the 17th to the 19th birthday: services and the "
            "caseworkers' time, before the state's refund." + _WHO_EN,
        ),
    ),
    define(
        "unit_cost.transition_services",
        "dkk per person",
        "neutral",
        da=(
            "Udgift pr. ung i overgangen: indsatser",
            "Indsatser, som en forvaltning betaler, fra 17- til 19-års fødselsdagen, med engangsudgifter, transport, "
            "videreførte indsatser og det, familier får betalt tilbage, fratrukket egenbetaling." + _WHO_DA,
        ),
        en=(
            "Cost per young person in transition: services",
            "Services that an administration pays for, from the 17th to the 19th birthday, with one-off costs, "
            "transport, bridging and what families are paid back, less what residents pay towards them." + _WHO_EN,
        ),
    ),
    define(
        "unit_cost.transition_hours",
        "dkk per person",
        "neutral",
        da=(
            "Udgift pr. ung i overgangen: sagsbehandlere",
            "Timerne i de opgaver i den unges sag, der begynder mellem 17- og 19-års fødselsdagen, gange prisen for "
            "sagsbehandlerens time (årsløn med overhead delt med årets arbejdstimer)." + _WHO_DA,
        ),
        en=(
            "Cost per young person in transition: caseworkers",
            "Hours of the tasks in the young person's case that begin between the 17th and the 19th birthday, times "
            "the price of the caseworker's hour (yearly salary with overhead over the year's working hours)." + _WHO_EN,
        ),
    ),
    define(
        "unit_cost.covered_day",
        "dkk per day",
        "neutral",
        da=(
            "Udgift pr. dag med støtte efter 18 år",
            "Udgiften til voksenstøtte, ungestøtte og videreførte indsatser i året efter 18-års fødselsdagen, delt med "
            "de dage i året, hvor den unge havde en indsats, som en forvaltning betaler." + _WHO_DA,
        ),
        en=(
            "Cost per day with support after 18",
            "Cost of adult support, aftercare and bridging services in the year after the 18th birthday, over the days "
            "of that year on which the young person had a service that an administration pays for." + _WHO_EN,
        ),
    ),
)
