"""Definitions: staff, and how often people change caseworker."""

from __future__ import annotations

from sim.measures.definitions.definition import define

DEFINITIONS = (
    define(
        "staff.caseload",
        "cases per caseworker",
        "lower",
        da=(
            "Sager pr. sagsbehandler",
            "Sager med fast sagsbehandler delt med ansatte sagsbehandlere i team med faste sagsbehandlere, gennemsnit "
            "over måleperioden. I alt, pr. team og pr. forvaltning.",
        ),
        en=(
            "Cases per caseworker",
            "Cases with a named caseworker divided by employed caseworkers of teams with named caseworkers, averaged "
            "over the measured period. For all, per team and per administration.",
        ),
    ),
    define(
        "staff.caseworkers",
        "caseworkers",
        "neutral",
        da=("Ansatte sagsbehandlere", "Ansatte sagsbehandlere, gennemsnit over måleperioden."),
        en=("Employed caseworkers", "Employed caseworkers, averaged over the measured period."),
    ),
    define(
        "staff.utilisation",
        "share",
        "neutral",
        da=(
            "Udnyttelse af arbejdstiden",
            "Arbejdstimer brugt på opgaver som andel af de ansattes arbejdstimer i teamets kalender, i måleperioden. "
            "Opgaver, der er i gang ved periodens begyndelse eller slutning, tæller med den del, der ligger i "
            "perioden. Kan ikke overstige 1.",
        ),
        en=(
            "Utilisation",
            "Working hours spent on tasks as a share of the employed caseworkers' working hours in the team's "
            "calendar, in the measured period. Tasks under way when it begins or ends count with the part inside it. "
            "Never exceeds 1.",
        ),
    ),
    define(
        "staff.backlog",
        "count",
        "lower",
        da=(
            "Ventende opgaver",
            "Opgaver, der kan udføres, men som ingen er begyndt på, gennemsnit over måleperioden.",
        ),
        en=("Tasks waiting", "Tasks that are ready but that nobody has begun, averaged over the measured period."),
    ),
    define(
        "staff.backlog_hours",
        "hours",
        "lower",
        da=(
            "Pukkel i timer",
            "Arbejdstimer i opgaver, der kan udføres, men som ingen er begyndt på, gennemsnit over måleperioden.",
        ),
        en=(
            "Backlog in hours",
            "Working hours of tasks that are ready but that nobody has begun, averaged over the measured period.",
        ),
    ),
    define(
        "continuity.changes",
        "per case-year",
        "lower",
        da=(
            "Sagsbehandlerskift",
            "Skift af sagsbehandler i måleperioden pr. år, en sag har en fast sagsbehandler. I alt og efter årsag. "
            "En vagt, der dækker en dag, er ikke et skift.",
        ),
        en=(
            "Changes of caseworker",
            "Changes of caseworker in the measured period per year that a case has a named caseworker. For all and by "
            "cause. A duty colleague who covers a day is not a change.",
        ),
    ),
)
