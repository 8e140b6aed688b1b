"""Definitions: the flow between administrations."""

from __future__ import annotations

from sim.measures.definitions.definition import define

_WAYS_DA = (
    " I alt og pr. vej: »forløb>først spurgt>tog sagen«. Tom, hvis forvaltningerne i processen ikke spørger hinanden. "
    "Et spørgsmål, der endnu ikke er afgjort, når simuleringen slutter, tæller ikke."
)
_WAYS_EN = (
    " For all and per way: 'track>asked first>taken by'. Empty if administrations do not ask each other in the process "
    "map. A question that is not settled when the simulation ends does not count."
)

DEFINITIONS = (
    define(
        "flow.matters",
        "per year",
        "neutral",
        da=(
            "Sager, hvor ansvaret blev placeret",
            "Sager, som en forvaltning påtog sig i måleperioden, efter at det var afklaret, hvis sagen var, pr. år."
            + _WAYS_DA,
        ),
        en=(
            "Matters whose responsibility was settled",
            "Matters that an administration took on in the measured period after it was asked whose they were, per "
            "year." + _WAYS_EN,
        ),
    ),
    define(
        "flow.sent_on",
        "per year",
        "lower",
        da=(
            "Heraf sendt videre mindst én gang",
            "Af de sager, som en forvaltning påtog sig i måleperioden: dem, der forinden var sendt videre mindst én "
            "gang, pr. år." + _WAYS_DA,
        ),
        en=(
            "Of these, sent on at least once",
            "Of the matters that an administration took on in the measured period: those that had been sent on at "
            "least once before, per year." + _WAYS_EN,
        ),
    ),
)
