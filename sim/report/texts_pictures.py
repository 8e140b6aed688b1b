"""The texts of the forest plot, the flow, the teams and the deadlines: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

PICTURES: Mapping[str, tuple[str, str]] = {
    # --- all differences at once
    "title.forest": ("Forskelle til referencen i de fem hovedtal", "Differences to the reference in five headlines"),
    "forest.some": (
        "{count} af {known} scenarier er klart bedre end {reference} i mindst ét hovedtal og klart dårligere i intet",
        "{count} of {known} scenarios are clearly better than {reference} in some headline and clearly worse in none",
    ),
    "forest.none": (
        "Intet scenarie er klart bedre end {reference} i et hovedtal uden at være klart dårligere i et andet",
        "No scenario is clearly better than {reference} in one headline without being clearly worse in another",
    ),
    "forest.one": (
        "{name}: klart bedre end {reference} i {better} og klart dårligere i {worse} af {known} hovedtal",
        "{name}: clearly better than {reference} in {better} and clearly worse in {worse} of {known} headlines",
    ),
    "forest.unsure": (
        "Én gentagelse kan ikke vise, hvilke scenarier der er bedre",
        "A single replication cannot show which scenarios are better",
    ),
    "forest.wait.total": ("Samlet\nventetid\n(dage)", "Total\nwait\n(days)"),
    "forest.transition.gap_days": ("Uden støtte\nefter 18 år\n(dage)", "Without\nsupport at 18\n(days)"),
    "forest.deadline.assessment_4m": ("Undersøgt\ni tide\n(%-point)", "Assessed\nin time\n(% points)"),
    "forest.appeals.reversal_share": ("Omgjorte\nklager\n(%-point)", "Appeals\nreversed\n(% points)"),
    "forest.cost.total": ("Udgifter\npr. år\n(mio. kr.)", "Cost\na year\n(DKK m)"),
    "legend.clear": ("Klar forskel", "Clear difference"),
    "legend.unclear": ("Kan skyldes tilfældigheder", "May be due to chance"),
    "legend.better_side": ("Bedre end referencen", "Better than the reference"),
    "note.forest": (
        "Forskel til {reference} i de samme tilfældige forløb. Bedre er altid til venstre; fortegnene er tallenes "
        "egne.",
        "Difference to {reference} within the same random futures. Better is always to the left; the signs are those "
        "of the figures.",
    ),
    "note.forest_clear": (
        "Klar: {level}-intervallet omfatter ikke 0, heller ikke når der tages højde for {count} sammenligninger i "
        "hver kolonne.",
        "Clear: the {level} interval excludes 0, also when {count} comparisons in each column are taken into account.",
    ),
    "note.forest_clear_one": (
        "Klar: {level}-intervallet omfatter ikke 0.",
        "Clear: the {level} interval excludes 0.",
    ),
    "nothing.forest": (
        "ikke tegnet, for der skal være mindst to scenarier med tal",
        "not drawn, because it takes at least two scenarios with figures",
    ),
    # --- teams
    "title.staff": ("Teamenes tid og sager", "The teams' time and cases"),
    "staff.finding": (
        "{team} bruger {share} af tiden i {reference}, mest af alle team",
        "{team} uses {share} of its time in {reference}, the most of all teams",
    ),
    "axis.utilisation": ("Brugt tid\n(andel)", "Time used\n(share)"),
    "axis.caseload": ("Sager pr.\nsagsbehandler", "Cases per\ncaseworker"),
    "note.staff": (
        "Andel af arbejdstiden, der bruges på sager, og sager pr. fuldtidssagsbehandler. Team uden faste "
        "sagsbehandlere har intet sagstal.",
        "Share of the working time that is used for cases, and cases per full-time caseworker. Teams without named "
        "caseworkers have no caseload.",
    ),
    "note.fewer_teams": (
        "Team, der kun findes i de scenarier, som ikke er fremhævet, er ikke vist.",
        "Teams that exist only in scenarios that are not highlighted are not shown.",
    ),
    "note.row_order": (
        "Rækkerne følger rækkefølgen i forklaringen.",
        "The rows follow the order of the legend.",
    ),
    "note.ticks": (
        "Grå streger: {count:et andet scenarie|de øvrige # scenarier}.",
        "Grey ticks: {count:another scenario|the other # scenarios}.",
    ),
    "nothing.staff": ("ikke tegnet, for der er ingen tal for team", "not drawn, because there are no figures on teams"),
    # --- deadlines
    "title.deadlines": ("Frister, der overholdes", "Deadlines met"),
    "noun.deadline": ("hvor mange undersøgelser der når fristen", "how many assessments meet their deadline"),
    "predicate.deadline.better": ("giver flere undersøgelser inden fristen", "{give} more assessments in time"),
    "predicate.deadline.worse": ("giver færre undersøgelser inden fristen", "{give} fewer assessments in time"),
    "also.deadline": ("giver færre", "{give} fewer"),
    "axis.deadlines": ("Andel, der overholdes", "Share that is met"),
    "note.deadlines": (
        "Frister, der begynder og udløber i den målte periode; det, der ikke er færdigt i tide, tæller som "
        "overskredet.",
        "Deadlines that begin and fall in the measured period; what is not done in time counts as missed.",
    ),
    "note.deadline_heading": ("Overskriften gælder: {deadline}.", "The heading is about: {deadline}."),
    "nothing.deadlines": (
        "ikke tegnet, for ingen frist kan bedømmes i den målte periode",
        "not drawn, because no deadline can be judged in the measured period",
    ),
    # --- flow between administrations
    "title.flow": ("Hvem sagerne kommer til, og hvem der tager dem", "Whom matters come to, and who takes them"),
    "noun.flow": ("sager, der sendes videre mellem forvaltninger", "matters sent on between administrations"),
    "predicate.flow.better": ("giver færre sager, der sendes videre,", "{give} fewer matters sent on"),
    "predicate.flow.worse": ("giver flere sager, der sendes videre,", "{give} more matters sent on"),
    "also.flow": ("giver flere", "{give} more"),
    "overall.flow": (
        "{name}: {value} sager om året sendes videre, før nogen tager dem",
        "{name}: {value} matters a year are sent on before somebody takes them",
    ),
    "flow.first": ("Først spurgt", "Asked first"),
    "flow.taken": ("Tog sagen", "Took the matter"),
    "flow.panel": (
        "{name}: {sent} af {all} sager om året sendes videre",
        "{name}: {sent} of {all} matters a year are sent on",
    ),
    "flow.node": ("{matters} om året", "{matters} a year"),
    "legend.straight": ("Taget af den først spurgte", "Taken by the first to be asked"),
    "legend.sent_on": ("Sendt videre mindst én gang", "Sent on at least once"),
    "note.flow": (
        "Sager om året, hvor forvaltningerne afklarede, hvis sagen var; båndenes højde er antallet, i samme skala.",
        "Matters a year for which the administrations settled whose they were; the height of the bands is their "
        "number, on the same scale.",
    ),
    "note.flow_most": (
        "Nederst det scenarie, hvor det ændrer sig mest.",
        "Below: the scenario in which it changes most.",
    ),
    "note.flow_interval": (
        "I parentes: {level}-konfidensinterval for gennemsnittet af {n:gentagelse|gentagelser}.",
        "In brackets: {level} confidence interval of the mean of {n:replication|replications}.",
    ),
    "nothing.flow": (
        "ikke tegnet, for forvaltningerne spørger ikke hinanden, eller resultaterne er fra en tidligere version",
        "not drawn, because administrations do not ask each other, or the results are those of an earlier version",
    ),
}
