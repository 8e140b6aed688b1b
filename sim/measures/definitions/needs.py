"""Definitions: whether help fits, and what waiting does to people."""

from __future__ import annotations

from sim.measures.definitions.definition import Definition, Direction, define

_GROUPS_DA = " I alt, på børne- og voksensiden og pr. behovsprofil."
_GROUPS_EN = " For all, the child and the adult side, and per need profile."


def _per_year(name: str, better: Direction, da: tuple[str, str], en: tuple[str, str]) -> Definition:
    return define(
        f"need.{name}",
        "per year",
        better,
        da=(da[0], da[1] + " i måleperioden, pr. år. I alt og pr. behovsprofil."),
        en=(en[0], en[1] + " in the measured period, per year. For all and per need profile."),
    )


DEFINITIONS = (
    define(
        "match.*.n",
        "count",
        "neutral",
        da=("Indsatser bag andelen", "Antal indsatser, der begynder i måleperioden."),
        en=("Services behind the share", "Number of services that start in the measured period."),
    ),
    define(
        "match.share",
        "share",
        "higher",
        da=(
            "Indsats, der passer til behovet",
            "Andel af indsatser begyndt i måleperioden, der passer til personens behovsprofil. De øvrige er for "
            "almene eller for specialiserede." + _GROUPS_DA,
        ),
        en=(
            "Service fits the need",
            "Share of services started in the measured period that fit the person's need profile. The others are too "
            "general or too specialised." + _GROUPS_EN,
        ),
    ),
    define(
        "match.too_general",
        "share",
        "lower",
        da=(
            "Indsats, der er for almen",
            "Andel af indsatser begyndt i måleperioden, der ikke passer til personens behovsprofil og ikke er højt "
            "specialiserede." + _GROUPS_DA,
        ),
        en=(
            "Service too general",
            "Share of services started in the measured period that do not fit the person's need profile and are not "
            "highly specialised." + _GROUPS_EN,
        ),
    ),
    define(
        "match.too_specialised",
        "share",
        "lower",
        da=(
            "Indsats, der er for specialiseret",
            "Andel af indsatser begyndt i måleperioden, der er højt specialiserede og ikke passer til personens "
            "behovsprofil." + _GROUPS_DA,
        ),
        en=(
            "Service too specialised",
            "Share of services started in the measured period that are highly specialised and do not fit the "
            "person's need profile." + _GROUPS_EN,
        ),
    ),
    define(
        "need.level_at_start",
        "level",
        "lower",
        da=(
            "Støttebehov ved start",
            "Gennemsnitligt behovsniveau (1–4), når en indsats begynder i måleperioden." + _GROUPS_DA,
        ),
        en=("Need level at start", "Mean need level (1–4) when a service starts in the measured period." + _GROUPS_EN),
    ),
    _per_year(
        "escalations",
        "lower",
        (
            "Behov, der vokser",
            "Gange en persons behovsniveau steg, mens der blev ventet eller efter en indsats, der ikke passede,",
        ),
        ("Needs that grow", "Times a person's need level rose, while waiting or after a service that did not fit,"),
    ),
    _per_year(
        "emergencies",
        "lower",
        ("Akutte hændelser", "Gange et behov voksede så meget, at hjælpen ikke kunne vente, og sagen blev akut"),
        ("Emergencies", "Times a need grew so much that help could not wait, and the case became an emergency"),
    ),
    _per_year(
        "falls",
        "higher",
        ("Behov, der bliver mindre", "Gange en persons behovsniveau faldt, fordi en indsats hjalp"),
        ("Needs that fall", "Times a person's need level fell because a service helped"),
    ),
    _per_year(
        "withdrawals",
        "lower",
        ("Opgiver at vente", "Familier, der opgav at vente og trak sig"),
        ("Giving up waiting", "Families who gave up waiting and withdrew"),
    ),
)
