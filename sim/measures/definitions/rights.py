"""Definitions: deadlines and appeals."""

from __future__ import annotations

from sim.measures.definitions.definition import Definition, define, with_quantiles

_JUDGED_DA = (
    " Medregnet er frister, der begynder at løbe i måleperioden og udløber inden dens slutning. En sag, der stadig er "
    "i gang efter fristens udløb, tæller som overskredet. Frister, der udløber senere, er udeladt, også når sagen "
    "allerede er færdig, for ellers ville kun de hurtige af de sidste tælle. En sag, der trækkes tilbage inden "
    "fristen, tæller ikke."
)
_JUDGED_EN = (
    " Counted are deadlines that begin to run in the measured period and fall before its end. A clock still running "
    "after its deadline counts as missed. Later deadlines are left out, even of matters that are done already: "
    "otherwise only the quick among the last would count. A matter withdrawn before its deadline does not count."
)


def _deadline(clock: str, da: tuple[str, str], en: tuple[str, str]) -> Definition:
    return define(
        f"deadline.{clock}",
        "share",
        "higher",
        da=(da[0], da[1] + _JUDGED_DA),
        en=(en[0], en[1] + _JUDGED_EN),
    )


DEFINITIONS = (
    _deadline(
        "screening_24h",
        (
            "Underretninger vurderet inden 24 timer",
            "Andel af underretninger, hvor det inden 24 timer er vurderet, om barnet er i akut fare.",
        ),
        (
            "Notifications screened within 24 hours",
            "Share of notifications assessed for acute danger to the child within 24 hours.",
        ),
    ),
    _deadline(
        "assessment_4m",
        (
            "Undersøgelser færdige inden 4 måneder",
            "Andel af børnefaglige undersøgelser, der er afsluttet senest 4 måneder efter, at kommunen blev bekendt "
            "med, at barnet kan have brug for støtte.",
        ),
        (
            "Assessments finished within 4 months",
            "Share of statutory child assessments finished within 4 months from when the municipality became aware "
            "that the child may need support.",
        ),
    ),
    _deadline(
        "followup_3m",
        (
            "Første opfølgning inden 3 måneder",
            "Andel af indsatser, hvor den første opfølgning er gennemført senest 3 måneder efter indsatsens start.",
        ),
        (
            "First follow-up within 3 months",
            "Share of services whose first follow-up is done within 3 months after the service started.",
        ),
    ),
    _deadline(
        "aftercare_6m_before_18",
        (
            "Afgørelse om ungestøtte 6 måneder før 18 år",
            "Andel af unge i målgruppen, hvor afgørelsen om ungestøtte er truffet senest 6 måneder før 18-års "
            "fødselsdagen.",
        ),
        (
            "Aftercare decided 6 months before 18",
            "Share of young people in the target group whose aftercare decision is taken at least 6 months before "
            "the 18th birthday.",
        ),
    ),
    _deadline(
        "local_adult",
        (
            "Voksensager afgjort inden kommunens frist",
            "Andel af ansøgninger om voksenstøtte, der er afgjort inden kommunens egen offentliggjorte frist.",
        ),
        (
            "Adult cases decided within the local deadline",
            "Share of applications for adult support decided within the municipality's own published deadline.",
        ),
    ),
    _deadline(
        "reassessment_4w",
        (
            "Genvurdering af klager inden 4 uger",
            "Andel af klager, som kommunen har genvurderet inden 4 uger.",
        ),
        (
            "Complaints reassessed within 4 weeks",
            "Share of complaints that the municipality has reassessed within 4 weeks.",
        ),
    ),
    define(
        "deadline.*.n",
        "count",
        "neutral",
        da=("Frister, der kan bedømmes", "Antal frister bag andelen: dem, der begynder og udløber i måleperioden."),
        en=("Deadlines that can be judged", "Number of deadlines behind the share: begun and due in the period."),
    ),
    _deadline(
        "*",
        ("Frist overholdt", "Andel, hvor fristen er overholdt."),
        ("Deadline met", "Share in which the deadline is met."),
    ),
    define(
        "appeals.filed",
        "per year",
        "neutral",
        da=(
            "Klager indgivet",
            "Klager over afgørelser, indgivet i måleperioden, pr. år. Også dem, kommunen selv ændrer.",
        ),
        en=(
            "Complaints filed",
            "Complaints about decisions filed in the measured period, per year. Including those where the "
            "municipality itself changes the decision.",
        ),
    ),
    define(
        "appeals.reversal_share",
        "share",
        "lower",
        da=(
            "Omgørelsesprocent",
            "Ændrede, ophævede og hjemviste sager som andel af Ankestyrelsens afgørelser i måleperioden, afviste sager "
            "ikke medregnet. Pr. forvaltning: den, hvis afgørelse blev påklaget.",
        ),
        en=(
            "Reversal share",
            "Changed, quashed and remitted cases as a share of the appeals board's rulings in the measured period, "
            "dismissed cases not counted. Per administration: the one whose decision was appealed.",
        ),
    ),
    define(
        "appeals.reversal_share.n",
        "count",
        "neutral",
        da=("Omgørelsesprocent, antal sager", "Antal realitetsafgørelser i Ankestyrelsen bag omgørelsesprocenten."),
        en=("Reversal share, number of cases", "Number of board rulings on the merits behind the reversal share."),
    ),
    define(
        "appeals.reversal_share.low",
        "share",
        "neutral",
        da=(
            "Omgørelsesprocent, nedre grænse",
            "Nedre grænse for Wilsons 95 %-konfidensinterval for omgørelsesprocenten.",
        ),
        en=("Reversal share, lower bound", "Lower bound of Wilson's 95 % sampling interval of the reversal share."),
    ),
    define(
        "appeals.reversal_share.high",
        "share",
        "neutral",
        da=(
            "Omgørelsesprocent, øvre grænse",
            "Øvre grænse for Wilsons 95 %-konfidensinterval for omgørelsesprocenten.",
        ),
        en=("Reversal share, upper bound", "Upper bound of Wilson's 95 % sampling interval of the reversal share."),
    ),
    define(
        "appeals.dialogue_settled",
        "per year",
        "higher",
        da=(
            "Uenigheder løst ved dialog",
            "Uenigheder om en afgørelse, der i måleperioden blev løst ved dialog, så der ikke blev klaget, pr. år. I "
            "alt og pr. forvaltning.",
        ),
        en=(
            "Disputes settled by dialogue",
            "Disputes about a decision that were settled by dialogue in the measured period, so that no complaint "
            "was filed, per year. For all and per administration.",
        ),
    ),
    *with_quantiles(
        define(
            "appeals.days_to_final",
            "days",
            "lower",
            da=(
                "Fra klage til endelig afgørelse",
                "Dage fra klagen er indgivet, til den er endeligt afgjort: af kommunen selv ved genvurderingen eller "
                "af Ankestyrelsen.",
            ),
            en=(
                "From complaint to final outcome",
                "Days from when the complaint is filed until it is finally settled: by the municipality itself at the "
                "reassessment, or by the appeals board.",
            ),
        )
    ),
)
