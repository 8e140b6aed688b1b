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
            "taget op i måleperioden.",
        ),
        en=(
            "Sent on during the transition",
            "Times a case was sent on before someone took responsibility, on average per person whose transition was "
            "taken up in the measured period.",
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
