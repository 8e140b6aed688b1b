"""Definitions: curves and time series for the plots."""

from __future__ import annotations

from sim.measures.definitions.definition import Definition, Unit, define

_KEPT_DA = " Kaplan-Meier; efter den længste opfølgning holdes den sidste værdi."
_KEPT_EN = " Kaplan-Meier; after the longest follow-up the last value is kept."
_MONTHS_DA = " Opgjort den første i hver måned over hele simuleringen, indkøringen medregnet. x er dage siden dag 0."
_MONTHS_EN = " On the first of each month over the whole simulation, run-in included. x is days since day 0."

_STEPS_DA = " Opgjort hver 14. dag over hele simuleringen, indkøringen medregnet. x er dage siden dag 0."
_STEPS_EN = " Every 14 days over the whole simulation, run-in included. x is days since day 0."


def _queue(name: str, da: tuple[str, str], en: tuple[str, str], unit: Unit = "count") -> Definition:
    """Return the definition of something that waits; it tells whether the system settles."""
    return define(
        f"queue.{name}",
        unit,
        "lower",
        da=(da[0], da[1] + _STEPS_DA),
        en=(en[0], en[1] + _STEPS_EN),
        curve=True,
    )


DEFINITIONS = (
    _queue(
        "tasks",
        ("Opgaver i kø", "Opgaver pr. team og udvalg, som ingen er begyndt på; baggrundsarbejde medregnet."),
        ("Tasks in the queue", "Tasks per team and panel that nobody has begun; background work included."),
    ),
    _queue(
        "wait",
        (
            "Ventetid for påbegyndte opgaver",
            "Dage, som de opgaver, der blev begyndt i de næste 14 dage, havde ventet, pr. team og udvalg.",
        ),
        ("Wait of tasks begun", "Days that the tasks begun in the next 14 days had waited, per team and panel."),
        "days",
    ),
    _queue(
        "cases",
        ("Sager uden sagsbehandler", "Sager, der venter på en fast sagsbehandler; baggrundsarbejde medregnet."),
        ("Cases without a caseworker", "Cases that wait for a named caseworker; background work included."),
    ),
    _queue(
        "decisions",
        ("Sager uden afgørelse", "Sager, der venter på en afgørelse, i alt og pr. spor."),
        ("Matters undecided", "Matters that wait for a decision, for all and per track."),
    ),
    _queue(
        "services",
        ("Venter på indsats", "Personer med en afgørelse, hvis indsats ikke er begyndt, pr. slags indsats."),
        ("Waiting for a service", "Persons with a decision whose service has not begun, per category."),
    ),
    define(
        "wait.total.curve",
        "share",
        "higher",
        da=(
            "Andel med indsats",
            "Andel, hvis første indsats er begyndt inden x dage efter henvendelsen; opgjort som den samlede ventetid, "
            "for alle og for børne- og voksensiden." + _KEPT_DA,
        ),
        en=(
            "Share with a service",
            "Share whose first service has started within x days after the request; measured as the total wait, for "
            "all and for the child and the adult side." + _KEPT_EN,
        ),
        curve=True,
    ),
    define(
        "wait.decision.curve",
        "share",
        "higher",
        da=("Andel med afgørelse", "Andel med afgørelse inden x dage, i alt og pr. spor." + _KEPT_DA),
        en=("Share decided", "Share decided within x days, for all and per track." + _KEPT_EN),
        curve=True,
    ),
    define(
        "transition.gap.curve",
        "share",
        "higher",
        da=(
            "Andel med støtte efter 18 år",
            "Andel, der har fået voksenstøtte, ungestøtte eller en videreført indsats inden x dage efter 18-års "
            "fødselsdagen." + _KEPT_DA,
        ),
        en=(
            "Share with support after 18",
            "Share that has got adult support, aftercare or a bridging service within x days after the 18th birthday."
            + _KEPT_EN,
        ),
        curve=True,
    ),
    define(
        "backlog.tasks",
        "count",
        "lower",
        da=("Ventende opgaver", "Opgaver pr. forvaltning, som ingen er begyndt på." + _MONTHS_DA),
        en=("Tasks waiting", "Tasks per administration that nobody has begun." + _MONTHS_EN),
        curve=True,
    ),
    define(
        "backlog.hours",
        "hours",
        "lower",
        da=("Pukkel i timer", "Arbejdstimer i opgaver pr. forvaltning, som ingen er begyndt på." + _MONTHS_DA),
        en=("Backlog in hours", "Working hours of tasks per administration that nobody has begun." + _MONTHS_EN),
        curve=True,
    ),
    define(
        "caseload",
        "cases per caseworker",
        "lower",
        da=(
            "Sager pr. sagsbehandler",
            "Sager med fast sagsbehandler pr. ansat årsværk i team med faste sagsbehandlere, pr. forvaltning."
            + _MONTHS_DA,
        ),
        en=(
            "Cases per caseworker",
            "Cases with a named caseworker per full-time equivalent in teams with named caseworkers, per "
            "administration." + _MONTHS_EN,
        ),
        curve=True,
    ),
    define(
        "open_cases",
        "cases",
        "neutral",
        da=("Åbne sager", "Personer med en åben sag, under 18 år (børn) og fra 18 år (voksne)." + _MONTHS_DA),
        en=("Open cases", "Persons with an open case, under 18 (child) and from 18 (adult)." + _MONTHS_EN),
        curve=True,
    ),
)
