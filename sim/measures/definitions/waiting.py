"""Definitions: how long people wait."""

from __future__ import annotations

from sim.measures.definitions.definition import define, with_quantiles

DEFINITIONS = (
    *with_quantiles(
        define(
            "wait.decision",
            "days",
            "lower",
            da=(
                "Ventetid på afgørelse",
                "Dage fra kommunen bliver bekendt med sagen (ansøgning, underretning eller hjemvisning), til der er "
                "truffet afgørelse, eller sagen på anden måde er afsluttet. I alt og pr. spor. En sag, som borgeren "
                "trækker tilbage, er censureret fra den dag.",
            ),
            en=(
                "Wait for a decision",
                "Days from when the municipality becomes aware of the matter (application, notification or remittal) "
                "until a decision is taken or the matter is closed in another way. For all and per track. A matter "
                "that the citizen withdraws is censored on that day.",
            ),
        )
    ),
    *with_quantiles(
        define(
            "wait.service",
            "days",
            "lower",
            da=(
                "Ventetid fra afgørelse til indsats",
                "Dage fra afgørelsen til indsatsen begynder. For ungestøtte og voksenstøtte regnes tidligst fra 18-års "
                "fødselsdagen, fordi indsatsen ikke kan begynde før. En ventetid, som borgeren opgiver, er censureret "
                "fra den dag. I alt, på børne- og voksensiden, pr. slags indsats og pr. behovsprofil.",
            ),
            en=(
                "Wait from decision to service",
                "Days from the decision until the service starts. For aftercare and adult support it counts from the "
                "18th birthday at the earliest, because the service cannot start before. A wait that is given up is "
                "censored on that day. For all, the child and the adult side, each category of service and each need "
                "profile.",
            ),
        )
    ),
    *with_quantiles(
        define(
            "wait.total",
            "days",
            "lower",
            da=(
                "Samlet ventetid fra henvendelse til indsats",
                "Dage fra kommunen bliver bekendt med sagen, til den første indsats begynder (for ungestøtte og "
                "voksenstøtte tidligst fra 18-års fødselsdagen). Sager, der ender uden indsats, indgår ikke. En sag "
                "uden afgørelse indgår som censureret med en vægt: den andel af sagerne i samme spor med mindst lige "
                "så lang sagsbehandling, der førte til en indsats. Et senere skift af indsats er ikke en ny ventetid.",
            ),
            en=(
                "Total wait from request to service",
                "Days from when the municipality becomes aware of the matter until the first service starts (for "
                "aftercare and adult support from the 18th birthday at the earliest). Matters that end without a "
                "service are left out. A matter without a decision counts as censored with a weight: the share, of "
                "those in the same track that took at least as long to decide, that led to a service. A later change "
                "of service is not a new wait.",
            ),
        )
    ),
    *with_quantiles(
        define(
            "wait.in_queue",
            "days",
            "lower",
            da=(
                "Ventetid i kø",
                "Dage fra en opgave kan udføres, til en sagsbehandler begynder på den (for udvalg: til mødet). Pr. "
                "team og udvalg; »alle« er opgaver i team, ikke i udvalg. Opgaver, der begyndes straks, tæller med 0 "
                "dage.",
            ),
            en=(
                "Wait in the queue",
                "Days from when a task is ready until a caseworker begins it (for panels: until the meeting). Per team "
                "and panel; 'all' is the teams' tasks, not the panels'. Tasks begun at once count with 0 days.",
            ),
        )
    ),
    *with_quantiles(
        define(
            "wait.allocation",
            "days",
            "lower",
            da=(
                "Ventetid på egen sagsbehandler",
                "Dage fra en sag har brug for en fast sagsbehandler, til den får en.",
            ),
            en=(
                "Wait for a named caseworker",
                "Days from when a case needs a caseworker of its own until it is given one.",
            ),
        )
    ),
)
