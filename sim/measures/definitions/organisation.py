"""Definitions: staff, how often people change caseworker, and what goes astray."""

from __future__ import annotations

from sim.measures.definitions.definition import define

DEFINITIONS = (
    define(
        "staff.caseload",
        "cases per caseworker",
        "lower",
        da=(
            "Sager pr. sagsbehandler",
            "Sager med fast sagsbehandler delt med ansatte årsværk i team med faste sagsbehandlere, gennemsnit over "
            "måleperioden. Fraværende er ansat; ubesatte stillinger er ikke, og en vikar i dem tæller som ansat. "
            "Sager om personer, der var fyldt 30 år, da de kom (baggrundsarbejde), er ikke medregnet. I alt, pr. "
            "team og pr. forvaltning.",
        ),
        en=(
            "Cases per caseworker",
            "Cases with a named caseworker divided by full-time equivalents employed in teams with named "
            "caseworkers, averaged over the measured period. Those absent are employed; vacant positions are not, and "
            "somebody from an agency in one counts as employed. Cases of persons who had turned 30 when they came "
            "(background work) are not counted. For all, per team and per administration.",
        ),
    ),
    define(
        "staff.caseworkers",
        "caseworkers",
        "neutral",
        da=(
            "Ansatte sagsbehandlere",
            "Ansatte sagsbehandlere i årsværk (en på 0,8 tid tæller 0,8), gennemsnit over måleperioden. Fraværende er "
            "medregnet, ubesatte stillinger og vikarer er ikke.",
        ),
        en=(
            "Employed caseworkers",
            "Employed caseworkers in full-time equivalents (0.8 of full time counts 0.8), averaged over the measured "
            "period. Those absent are included, vacant positions and temporary caseworkers from agencies are not.",
        ),
    ),
    define(
        "staff.agency",
        "caseworkers",
        "neutral",
        da=(
            "Vikarer",
            "Vikarer fra et bureau i ubesatte stillinger i årsværk, gennemsnit over måleperioden. Fraværende er "
            "medregnet.",
        ),
        en=(
            "Temporary caseworkers",
            "Caseworkers from agencies in vacant positions, in full-time equivalents, averaged over the measured "
            "period. Those absent are included.",
        ),
    ),
    define(
        "staff.vacant",
        "caseworkers",
        "lower",
        da=(
            "Ubesatte stillinger",
            "Stillinger i årsværk, som ingen er ansat i fra en opsigelse, til efterfølgeren begynder, gennemsnit over "
            "måleperioden. Også mens der er en vikar i dem.",
        ),
        en=(
            "Vacant positions",
            "Positions in full-time equivalents in which nobody is employed, from a resignation until the successor "
            "begins, averaged over the measured period. Also while somebody from an agency is there.",
        ),
    ),
    define(
        "staff.absence_share",
        "share",
        "lower",
        da=(
            "Fravær",
            "Andel af de ansattes tid i måleperioden (kalenderdage, vægtet med deres timetal), hvor de er fraværende.",
        ),
        en=(
            "Absence",
            "Share of the employed caseworkers' time in the measured period (calendar days, weighted by their hours) "
            "in which they are absent.",
        ),
    ),
    define(
        "staff.onboarding_share",
        "share",
        "lower",
        da=(
            "Oplæring",
            "Andel af de ansattes tid i måleperioden (kalenderdage, vægtet med deres timetal), hvor de er nye og under "
            "oplæring.",
        ),
        en=(
            "Onboarding",
            "Share of the employed caseworkers' time in the measured period (calendar days, weighted by their hours) "
            "in which they are new and being trained.",
        ),
    ),
    define(
        "staff.utilisation",
        "share",
        "neutral",
        da=(
            "Udnyttelse af arbejdstiden",
            "Arbejdstimer brugt på opgaver som andel af de arbejdstimer i teamets kalender, hvor de ansatte er på "
            "arbejde (ansat og ikke fraværende), i måleperioden. En på 0,8 tid har 0,8 af timerne, og en opgave tæller "
            "med den samme andel af den tid, den varer; en deltidsansat, der altid har noget at lave, er altså fuldt "
            "udnyttet. Opgaver, der er i gang ved periodens begyndelse eller slutning, tæller med den del, der ligger "
            "i perioden. Vikarer er medregnet. Overarbejde gør, at hver time rummer mere arbejde, og ændrer ikke ved, "
            "hvad der er fuld udnyttelse. Baggrundsarbejde er medregnet. Kan ikke overstige 1.",
        ),
        en=(
            "Utilisation",
            "Working hours spent on tasks as a share of the working hours of the team's calendar in which caseworkers "
            "are at work (employed and not absent), in the measured period. Somebody who works 0.8 of full time has "
            "0.8 of the hours, and a task counts with the same share of the time that it lasts: a part-timer who "
            "always has something to do is fully used. Tasks under way when the period begins or ends count with the "
            "part inside it. Caseworkers from agencies are included. Overtime lets each hour hold more work and does "
            "not change what full use is. Background work is included. Never exceeds 1.",
        ),
    ),
    define(
        "staff.backlog",
        "count",
        "lower",
        da=(
            "Ventende opgaver",
            "Opgaver, der kan udføres, men som ingen er begyndt på, gennemsnit over måleperioden. Baggrundsarbejde er "
            "medregnet.",
        ),
        en=(
            "Tasks waiting",
            "Tasks that are ready but that nobody has begun, averaged over the measured period. Background work is "
            "included.",
        ),
    ),
    define(
        "staff.backlog_hours",
        "hours",
        "lower",
        da=(
            "Pukkel i timer",
            "Arbejdstimer i opgaver, der kan udføres, men som ingen er begyndt på, gennemsnit over måleperioden. "
            "Baggrundsarbejde er medregnet.",
        ),
        en=(
            "Backlog in hours",
            "Working hours of tasks that are ready but that nobody has begun, averaged over the measured period. "
            "Background work is included.",
        ),
    ),
    define(
        "continuity.changes",
        "per case-year",
        "lower",
        da=(
            "Sagsbehandlerskift",
            "Skift af sagsbehandler i måleperioden pr. år, en sag har en fast sagsbehandler (to på samme tid tæller "
            "som én). I alt og efter årsag. En vagt, der dækker en dag, er ikke et skift.",
        ),
        en=(
            "Changes of caseworker",
            "Changes of caseworker in the measured period per year that a case has a named caseworker (two at a time "
            "count as one). For all and by cause. A duty colleague who covers a day is not a change.",
        ),
    ),
    define(
        "letters.misdirected",
        "per year",
        "lower",
        da=(
            "Breve til forkert modtager",
            "Breve, der i måleperioden blev sendt til en forkert modtager, pr. år. I alt og pr. forvaltning.",
        ),
        en=(
            "Letters to the wrong recipient",
            "Letters sent to a wrong recipient in the measured period, per year. For all and per administration.",
        ),
    ),
    define(
        "meetings.postponed",
        "per year",
        "lower",
        da=(
            "Udsatte møder",
            "Gange et møde i måleperioden blev udsat, fordi en deltager udefra ikke kunne, pr. år. I alt og pr. "
            "forvaltning.",
        ),
        en=(
            "Meetings put off",
            "Times a meeting was put off in the measured period because somebody from outside could not come, per "
            "year. For all and per administration.",
        ),
    ),
)
