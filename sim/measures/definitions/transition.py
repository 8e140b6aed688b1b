"""Definitions: the transition to adulthood."""

from __future__ import annotations

from sim.measures.definitions.definition import define, with_quantiles

_WHO_DA = (
    "Blandt dem, der fyldte 18 år i måleperioden med en indsats (eller en bevilling, de venter på) "
    "og fortsat behov for støtte: "
)
_WHO_EN = (
    "Of those who turned 18 in the measured period with a service (or a grant they wait for) and still need support: "
)

DEFINITIONS = (
    define(
        "transition.*.n",
        "count",
        "neutral",
        da=("Unge bag andelen", "Antal unge, som andelen er taget af."),
        en=("Young people behind the share", "Number of young people that the share is taken of."),
    ),
    *with_quantiles(
        define(
            "transition.gap_days",
            "days",
            "lower",
            da=(
                "Dage uden støtte efter 18-års fødselsdagen",
                _WHO_DA + "dage fra 18-års fødselsdagen, til voksenstøtte, ungestøtte eller en videreført indsats "
                "begynder. 0, hvis der ikke er ophold. At familien selv betaler, afslutter ikke ventetiden.",
            ),
            en=(
                "Days without support after the 18th birthday",
                _WHO_EN + "days from the 18th birthday until adult support, aftercare or a bridging service starts. "
                "0 if there is no gap. That the family pays for itself does not end the wait.",
            ),
        )
    ),
    *with_quantiles(
        define(
            "transition.days_to_adult_support",
            "days",
            "lower",
            da=(
                "Fra 18-års fødselsdagen til blivende støtte",
                _WHO_DA + "dage fra 18-års fødselsdagen, til voksenstøtte eller ungestøtte begynder. En videreført "
                "børneindsats afslutter ikke ventetiden.",
            ),
            en=(
                "From the 18th birthday to lasting support",
                _WHO_EN + "days from the 18th birthday until adult support or aftercare starts. A bridging service "
                "does not end the wait.",
            ),
        )
    ),
    define(
        "transition.no_gap",
        "share",
        "higher",
        da=(
            "Overgang uden ophold i støtten",
            _WHO_DA + "andelen, der har støtte senest én dag efter fødselsdagen (Kaplan-Meier).",
        ),
        en=(
            "Transition without a gap",
            _WHO_EN + "the share with support at most one day after the birthday (Kaplan-Meier).",
        ),
    ),
    define(
        "transition.plan_at_18",
        "share",
        "higher",
        da=("Plan for overgangen ved 18 år", _WHO_DA + "andelen, der havde en plan for overgangen på fødselsdagen."),
        en=("Transition plan at 18", _WHO_EN + "the share with a plan for the transition on the birthday."),
    ),
    define(
        "transition.decision_at_18",
        "share",
        "higher",
        da=(
            "Afgørelse ved 18 år",
            _WHO_DA + "andelen, hvor der på fødselsdagen var truffet afgørelse om voksenstøtte eller ungestøtte.",
        ),
        en=(
            "Decision at 18",
            _WHO_EN + "the share with a decision on adult support or aftercare on the birthday.",
        ),
    ),
    define(
        "transition.bounces",
        "count",
        "lower",
        da=(
            "Sendt videre i overgangen",
            "Gange en sag blev sendt videre, før nogen påtog sig ansvaret, i gennemsnit pr. person, hvis overgang blev "
            "taget op i måleperioden (også dem, hvor det først skete ved 18-års fødselsdagen).",
        ),
        en=(
            "Sent on during the transition",
            "Times a case was sent on before someone took responsibility, on average per person whose transition was "
            "taken up in the measured period (also those for whom that was not before the 18th birthday).",
        ),
    ),
    define(
        "transition.sent_on_share",
        "share",
        "lower",
        da=(
            "Sendt videre mindst én gang",
            "Andel af de personer, hvis overgang blev taget op i måleperioden (også dem, hvor det først skete ved "
            "18-års fødselsdagen), hvis sag blev sendt videre mindst én gang.",
        ),
        en=(
            "Sent on at least once",
            "Share, of the persons whose transition was taken up in the measured period (also those for whom that was "
            "not before the 18th birthday), whose case was sent on at least once.",
        ),
    ),
    define(
        "transition.days_to_responsibility",
        "days",
        "lower",
        da=(
            "Dage, til nogen påtager sig ansvaret",
            "Dage fra sagen første gang skulle forelægges en forvaltning, til en forvaltning påtog sig ansvaret; "
            "gennemsnit af de sager, hvor det skete i måleperioden. Tom, hvis forvaltningerne i processen ikke spørger "
            "hinanden.",
        ),
        en=(
            "Days until somebody takes responsibility",
            "Days from when the case was first to be put to an administration until one took responsibility; mean of "
            "the cases in which that happened in the measured period. Empty if administrations do not ask each other "
            "in the process map.",
        ),
    ),
    define(
        "transition.escalations",
        "per year",
        "lower",
        da=(
            "Afgjort af den fælles ledelse",
            "Sager i måleperioden, hvor forvaltningerne ikke blev enige om ansvaret, så den fælles ledelse måtte "
            "afgøre det, pr. år. I alt og pr. behovsprofil.",
        ),
        en=(
            "Settled by the joint management",
            "Cases in the measured period in which the administrations did not agree on the responsibility, so that "
            "the joint management had to decide, per year. For all and per need profile.",
        ),
    ),
    define(
        "transition.lost",
        "per year",
        "lower",
        da=(
            "Faldt mellem to stole",
            "Sager i måleperioden, hvor ingen forvaltning i første omgang blev spurgt om ansvaret, pr. år. I alt og "
            "pr. behovsprofil.",
        ),
        en=(
            "Fell between two chairs",
            "Cases in the measured period in which at first no administration was asked to take responsibility, per "
            "year. For all and per need profile.",
        ),
    ),
    define(
        "transition.turned_18_per_year",
        "per year",
        "neutral",
        da=(
            "Fylder 18 år med støttebehov",
            "Personer, der fylder 18 år med en indsats (eller en bevilling, de venter på) og fortsat behov for støtte, "
            "pr. år.",
        ),
        en=(
            "Turning 18 with a need",
            "Persons who turn 18 with a service (or a grant they wait for) and still need support, per year.",
        ),
    ),
)
