"""Definitions: how many."""

from __future__ import annotations

from sim.measures.definitions.definition import Definition, define

_UNBROKEN_DA = " Skift mellem indsatser af samme slags uden ophold (højst én dag) regnes som ét forløb."
_UNBROKEN_EN = " Changes between services of the same category without a break (at most a day) count as one stay."


def _stock(name: str, da: tuple[str, str], en: tuple[str, str]) -> Definition:
    return define(
        f"volume.{name}",
        "persons",
        "neutral",
        da=(
            da[0],
            f"Personer, der har {da[1]}, gennemsnit over måleperioden. Videreført støtte efter 18 år og "
            "selvbetalt støtte er ikke medregnet.",
        ),
        en=(
            en[0],
            f"Persons who have {en[1]}, averaged over the measured period. Bridging after 18 and support that "
            "families pay for are not counted.",
        ),
    )


def _length(name: str, da: tuple[str, str], en: tuple[str, str]) -> Definition:
    return define(
        f"volume.{name}_years",
        "years",
        "neutral",
        da=(
            da[0],
            f"{da[1]} delt med antallet, der begynder, pr. år (Littles lov, som i den offentlige statistik)."
            + _UNBROKEN_DA,
        ),
        en=(
            en[0],
            f"{en[1]} divided by those who begin per year (Little's law, as published statistics do)." + _UNBROKEN_EN,
        ),
    )


DEFINITIONS = (
    define(
        "volume.notifications_per_year",
        "per year",
        "neutral",
        da=("Underretninger", "Underretninger på børnesiden i måleperioden, pr. år."),
        en=("Notifications", "Notifications on the child side in the measured period, per year."),
    ),
    define(
        "volume.children_notified_per_year",
        "per year",
        "neutral",
        da=(
            "Børn med underretning",
            "Forskellige børn med mindst én underretning, pr. år: måleperioden deles i lige lange år, "
            "børnene tælles én gang i hvert, og der tages gennemsnit.",
        ),
        en=(
            "Children notified",
            "Different children with at least one notification, per year: the measured period is cut "
            "into years of equal length, children are counted once in each, and the years are averaged.",
        ),
    ),
    _stock("placed", ("Anbragte børn og unge", "en anbringelse"), ("Children placed", "a placement")),
    _stock(
        "supported",
        ("Børn og unge med støttende indsats", "en støttende indsats"),
        ("Children with support at home", "a supportive service"),
    ),
    _stock("aftercare", ("Unge med ungestøtte", "ungestøtte (efterværn)"), ("Young people in aftercare", "aftercare")),
    _stock(
        "adult", ("Borgere med voksenstøtte", "støtte efter voksenreglerne"), ("Adults with support", "adult support")
    ),
    define(
        "volume.in_service",
        "persons",
        "neutral",
        da=(
            "Personer pr. indsats",
            "Personer med hver indsats, gennemsnit over måleperioden. Videreført og selvbetalt støtte tæller ikke med.",
        ),
        en=(
            "Persons per service",
            "Persons with each service, averaged over the measured period. Bridging and self-paid support not counted.",
        ),
    ),
    define(
        "volume.starts_per_year",
        "per year",
        "neutral",
        da=("Påbegyndte forløb", "Personer, der begynder på hver slags indsats i måleperioden, pr. år." + _UNBROKEN_DA),
        en=("Starts", "Persons who begin each category of service in the measured period, per year." + _UNBROKEN_EN),
    ),
    _length("placement", ("Anbringelsens længde", "Anbragte"), ("Length of placement", "Children placed")),
    _length(
        "support",
        ("Støttende indsats, længde", "Børn med støttende indsats"),
        ("Length of support", "Children with support at home"),
    ),
    _length("aftercare", ("Ungestøttens længde", "Unge med ungestøtte"), ("Length of aftercare", "Those in aftercare")),
    _length(
        "adult",
        ("Voksenstøttens længde", "Borgere med voksenstøtte"),
        ("Length of adult support", "Adults with support"),
    ),
    define(
        "volume.aftercare_share",
        "share",
        "neutral",
        da=(
            "Ungestøtte til målgruppen",
            "Andel af målgruppen for ungestøtte, der fyldte 18 år i måleperioden og fik ungestøtte inden et år efter "
            "fødselsdagen (Kaplan-Meier; dem, der ikke er fulgt et år, er censureret).",
        ),
        en=(
            "Aftercare to its target group",
            "Share of aftercare's target group turning 18 in the measured period that gets aftercare within a year "
            "after the birthday (Kaplan-Meier; those not followed for a year are censored).",
        ),
    ),
    define(
        "volume.aftercare_out_before_20",
        "share",
        "neutral",
        da=(
            "Ude af ungestøtte før 20 år",
            "Andel af unge med ungestøtte, der er ude af den før 20-års fødselsdagen (Kaplan-Meier efter alder; hver "
            "følges fra den alder, hvor vedkommende ses første gang i måleperioden).",
        ),
        en=(
            "Out of aftercare before 20",
            "Share of those in aftercare who leave it before the 20th birthday (Kaplan-Meier by age; each is followed "
            "from the age at which they are first seen in the measured period).",
        ),
    ),
    define(
        "mix.foster_share",
        "share",
        "neutral",
        da=(
            "Andel i plejefamilie",
            "Anbragte i plejefamilie som andel af alle anbragte, gennemsnit over måleperioden.",
        ),
        en=("Share in foster families", "Children in foster families as a share of those placed, averaged over time."),
    ),
    define(
        "volume.appeals_per_year",
        "per year",
        "neutral",
        da=("Afgjorte ankesager", "Ankestyrelsens afgørelser i måleperioden, afviste medregnet, pr. år."),
        en=("Appeals decided", "Rulings of the appeals board in the measured period, dismissals included, per year."),
    ),
    define(
        "volume.cases_entered",
        "per year",
        "neutral",
        da=("Nye sager", "Personer med første henvendelse i måleperioden, pr. år."),
        en=("New cases", "Persons with a first contact in the measured period, per year."),
    ),
    define(
        "volume.cases_open_at_end",
        "cases",
        "neutral",
        da=("Åbne sager ved slutningen", "Personer med en åben sag, når simuleringen slutter."),
        en=("Open cases at the end", "Persons with an open case when the simulation ends."),
    ),
)
