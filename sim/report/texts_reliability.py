"""Texts on how far the figures can be trusted: precision, run-in, queues that grow, who is likely best."""

from __future__ import annotations

RELIABILITY: dict[str, tuple[str, str]] = {
    "summary.growing": ("vokser", "grows"),
    "reliability.growing": (
        "{name} bliver ved at vokse, {queue} med {rate} om året{interval}. Ventetider og frister, der afhænger "
        "af den kø, har intet gennemsnit: de bliver længere, jo længere der simuleres.",
        "{name} never settles, {queue} by {rate} a year{interval}. Waits and deadlines that depend on that "
        "queue have no mean: they become longer the longer one simulates.",
    ),
    "reliability.growing.interval": (" [{low}; {high}]", " [{low}; {high}]"),
    "reliability.growing.more": (
        "Det samme gør {names}; se run_in.csv.",
        "So do {names}; see run_in.csv.",
    ),
    "queue.tasks": ("opgaverne i kø hos »{place}«", "tasks queueing at “{place}”"),
    "queue.cases": ("sagerne uden fast sagsbehandler", "cases without a named caseworker"),
    "queue.decisions": ("sagerne uden afgørelse i »{place}«", "undecided matters of “{place}”"),
    "queue.services": ("personerne, der venter på »{place}«", "persons waiting for “{place}”"),
    "reliability.run_in.fine": (
        "Indkøring: {run_in} rækker; {count:den ene kø er ikke|ingen af de # køer er} for længe om at falde til ro.",
        "Run-in: {run_in} is long enough; {count:the one queue does not take|none of the # queues takes} longer to "
        "settle.",
    ),
    "reliability.run_in.short": (
        "Indkøring: {run_in} er for kort for {short} af {count:kø|køer} ({names}). Prøv horizon.run_in_years={years}.",
        "Run-in: {run_in} is too short for {short} of {count:queue|queues} ({names}). Try "
        "horizon.run_in_years={years}.",
    ),
    "reliability.run_in.unsettled": (
        "Indkøring: {unsettled} af {count:kø|køer} falder ikke til ro, mens der simuleres ({names}); se run_in.csv.",
        "Run-in: {unsettled} of {count:queue|queues} do not settle while simulated ({names}); see run_in.csv.",
    ),
    "reliability.run_in.unclear": (
        "For {unclear} af {count:kø|køer} overdøver tilfældigheder spørgsmålet: flere gentagelser afgør det.",
        "For {unclear} of {count:queue|queues} chance drowns the question: more replications settle it.",
    ),
    "reliability.few": (
        "Advarsel: Kun {n:gentagelse|gentagelser}. Intervaller og »bedre« eller »dårligere« hviler på få fremtider; "
        "brug mindst "
        "{least}, før nogen skal handle efter dem (experiment.replications={least} eller auto).",
        "Warning: only {n:replication|replications}. Intervals, “better” and “worse” rest on few futures; use at "
        "least {least} "
        "before anybody acts on them (experiment.replications={least} or auto).",
    ),
    "reliability.precision.met": (
        "Nøjagtighed: {count:det ene mål|alle # mål} er nået med {n:gentagelse|gentagelser} pr. scenarie.",
        "Precision: {count:the one target is|all # targets are} reached with {n:replication|replications} per "
        "scenario.",
    ),
    "reliability.precision.not_met": (
        "Nøjagtighed: {met} af {count} mål er nået med {n:gentagelse|gentagelser} pr. scenarie. Ikke nået: {missed}.",
        "Precision: {met} of {count} targets are reached with {n:replication|replications} per scenario. Not "
        "reached: {missed}.",
    ),
    "reliability.precision.missed": (
        "{what} i »{name}« ± {reached} {unit} (mål ± {target})",
        "{what} in “{name}” ± {reached} {unit} (target ± {target})",
    ),
    "reliability.precision.missed_difference": (
        "{what}, forskel for »{name}«, ± {reached} {unit} (mål ± {target})",
        "{what}, difference of “{name}”, ± {reached} {unit} (target ± {target})",
    ),
    "reliability.best": ("Sandsynligheden for at være bedst: {each}.", "Chance of being best: {each}."),
    "reliability.best.one": ("{what}: »{name}« {chance}", "{what}: “{name}” {chance}"),
    "reliability.years": ("{years} år", "{years:year|years}"),
}
"""By key: Danish, English."""
