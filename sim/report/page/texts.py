"""The texts of the page: Danish and English side by side, as in :mod:`sim.report.texts`."""

from __future__ import annotations

from collections.abc import Mapping

PAGE: Mapping[str, tuple[str, str]] = {
    # --- head
    "page.title": ("Scenarier for {municipality}", "Scenarios for {municipality}"),
    "page.title.none": ("Sammenligning af scenarier", "Comparison of scenarios"),
    "page.title.one": ("Beregning for {municipality}", "Calculation for {municipality}"),
    "page.lead": (
        "Simulering af børn og unges sager: {count} scenarier, {n:gentagelse|gentagelser} af hvert, målt {first} – "
        "{last}.",
        "Simulation of children's and young people's cases: {count} scenarios, {n:replication|replications} of "
        "each, measured "
        "{first} – {last}.",
    ),
    "page.lead.one": (
        "Simulering af børn og unges sager: ét scenarie, {n:gentagelse|gentagelser}, målt {first} – {last}.",
        "Simulation of children's and young people's cases: one scenario, {n:replication|replications}, measured "
        "{first} – {last}.",
    ),
    "page.skip": ("Spring til svaret", "Skip to the answer"),
    "page.contents": ("Indhold", "Contents"),
    # --- the answer
    "page.answer": ("Svaret i fem linjer", "The answer in five lines"),
    "page.answer.wait": ("Ventetid", "Waits"),
    "page.answer.gap": ("Overgang til voksenlivet", "Transition to adulthood"),
    "page.answer.cost": ("Udgifter", "Cost"),
    "page.answer.overall": ("Alle fem hovedtal", "All five headline figures"),
    "page.answer.sure": ("Hvor sikkert er det?", "How sure is that?"),
    "page.change.wait.better": ("Kortere samlet ventetid", "Shorter total waits"),
    "page.change.wait.worse": ("Længere samlet ventetid", "Longer total waits"),
    "page.change.gap.better": (
        "Færre dage uden støtte efter 18-årsdagen",
        "Fewer days without support after the 18th birthday",
    ),
    "page.change.gap.worse": (
        "Flere dage uden støtte efter 18-årsdagen",
        "More days without support after the 18th birthday",
    ),
    "page.change.cost.better": ("Lavere samlede udgifter", "Lower total cost"),
    "page.change.cost.worse": ("Højere samlede udgifter", "Higher total cost"),
    "page.than": ("{what} end {reference}", "{what} than {reference}"),
    "page.clear.listed": ("{what}: {names}.", "{what}: {names}."),
    "page.clear.counted": (
        "{what} i {count} af {known} scenarier, for eksempel {name}.",
        "{what} in {count} of {known} scenarios, for example {name}.",
    ),
    "page.unclear": ("Ingen klar forskel: {who}.", "No clear difference: {who}."),
    "page.not_judged": ("Kan ikke vurderes: {who}.", "Cannot be judged: {who}."),
    "page.who": ("{count:scenarie|scenarier}", "{count:scenario|scenarios}"),
    "page.level": ("{level} i gennemsnit.", "{level} on average."),
    "page.level.missing": ("Intet at måle.", "Nothing to measure."),
    "page.overall.gain": (
        "Klart bedre på mindst ét og ikke klart dårligere på noget: {who}.",
        "Clearly better on at least one and not clearly worse on any: {who}.",
    ),
    "page.overall.mixed": (
        "Klart bedre på noget og klart dårligere på andet: {who}.",
        "Clearly better on some and clearly worse on others: {who}.",
    ),
    "page.overall.loss": (
        "Klart dårligere på mindst ét og ikke klart bedre på noget: {who}.",
        "Clearly worse on at least one and not clearly better on any: {who}.",
    ),
    "page.overall.none": ("Ingen klar forskel på noget: {who}.", "No clear difference on any: {who}."),
    "page.overall.unsure": (
        "Der er ikke gentagelser nok til at sige noget sikkert om nogen af dem.",
        "There are too few replications to say anything for certain about any of them.",
    ),
    "page.sure.many": (
        "Tallene er gennemsnit af {n:gentagelse|gentagelser} med {level}-intervaller i kantede parenteser. "
        "Intervallerne dækker "
        "kun tilfældighed.",
        "The figures are means of {n:replication|replications} with {level} intervals in square brackets. The "
        "intervals cover "
        "chance only.",
    ),
    "page.sure.one": (
        "Der er kun én gentagelse, så forskelle kan skyldes tilfældigheder, og ingen af dem fremhæves her.",
        "There is a single replication, so differences may be due to chance, and none is claimed here.",
    ),
    "page.sure.grounds": (
        "{unverified} af {count} forudsætninger er antagelser eller uden kilde: dem har ingen efterprøvet.",
        "{unverified} of {count} input figures are assumptions or have no source: nobody has verified them.",
    ),
    # --- the comparison
    "page.comparison": ("Sammenligning", "Comparison"),
    "page.comparison.note": (
        "Øverst i hver celle står scenariets niveau, derunder forskellen til {reference} med {level}-interval. »bedre« "
        "og »dårligere« står kun, hvor intervallet ikke omfatter 0{many}. »Ingen klar forskel« betyder ikke, at der "
        "ingen er.",
        "Each cell has the scenario's level on top, and below it the difference to {reference} with its {level} "
        "interval. “Better” and “worse” appear only where the interval excludes 0{many}. “No clear difference” does "
        "not mean that there is none.",
    ),
    "page.comparison.many": (
        ", heller ikke når der tages højde for, at {count} scenarier sammenlignes",
        ", also when it is taken into account that {count} scenarios are compared",
    ),
    "page.comparison.sort": (
        "Klik på en overskrift, eller tryk Enter på den, for at sortere.",
        "Click a heading, or press Enter on it, to sort.",
    ),
    "page.comparison.one": (
        "Der er kun ét scenarie, så der er intet at sammenligne med.",
        "There is only one scenario, so there is nothing to compare it with.",
    ),
    "page.definitions": ("Hvad hovedtallene betyder", "What the headline figures mean"),
    "page.scroll": ("{name} (kan rulles sidelæns)", "{name} (scrolls sideways)"),
    "page.sorted": ("Sorteret efter {name}, {direction}", "Sorted by {name}, {direction}"),
    "page.ascending": ("stigende", "ascending"),
    "page.descending": ("faldende", "descending"),
    "page.choose.scenario": ("Vis scenarie", "Show scenario"),
    "page.choose.every": ("Alle scenarier", "All scenarios"),
    "page.choose.measure": ("Mål", "Measure"),
    "page.choose.group": ("Forvaltning eller profil", "Administration or profile"),
    "page.choose.groups": ("Alle grupper", "All groups"),
    "page.choose.note": (
        "Valget gælder tabellerne og afsnittene om scenarierne; billederne viser altid det hele.",
        "The choice holds for the tables and the sections on scenarios; pictures always show everything.",
    ),
    "page.group.all": ("Alle", "Everybody"),
    "page.explore": ("Flere mål", "More measures"),
    "page.explore.note": (
        "Udvalgte mål for alle, for hver forvaltning og for hver profil. Stregen viser intervallet for forskellen til "
        "{reference}, den lodrette linje er 0. Alle mål står i comparison.csv.",
        "Chosen measures for everybody, for each administration and for each profile. The line shows the interval of "
        "the difference to {reference}, the vertical line is 0. All measures are in comparison.csv.",
    ),
    "page.level.heading": ("Niveau ({unit})", "Level ({unit})"),
    "page.difference.heading": ("Forskel ({unit})", "Difference ({unit})"),
    "page.verdict.heading": ("Vurdering", "Verdict"),
    "page.interval": ("interval", "interval of"),
    "page.verdict.unclear": ("ingen klar forskel", "no clear difference"),
    "page.verdict.unsure": ("kan ikke vurderes", "cannot be judged"),
    "page.verdict.growing": ("en kø vokser", "a queue grows"),
    "page.verdict.growing_reference": ("ingen sammenligning: en kø vokser", "no comparison: a queue grows"),
    "page.growing": (
        "Kan ikke sammenlignes: en kø bliver ved at vokse, og så er der intet gennemsnit.",
        "Cannot be compared: a queue never settles, so there is no mean.",
    ),
    "page.verdict.missing": ("intet at måle", "nothing to measure"),
    "page.verdict.higher": ("↑ højere", "↑ higher"),
    "page.verdict.lower": ("↓ lavere", "↓ lower"),
    # --- units
    "page.unit.percent": ("%", "per cent"),
    "page.unit.points": ("procentpoint", "percentage points"),
    "page.unit.millions": ("mio. {unit}", "million {unit}"),
    "page.unit.thousands": ("1.000 {unit}", "1,000 {unit}"),
    "page.unit.kroner": ("1.000 kr. pr. år, {level}", "DKK 1,000 a year, {level}"),
    "page.unit.million_kroner": ("mio. kr. pr. år, {level}", "DKK million a year, {level}"),
    # --- the pictures
    "page.pictures": ("Billeder", "Pictures"),
    "page.pictures.none": (
        "Der er ingen billeder som SVG eller PNG i mappen plots.",
        "There are no pictures as SVG or PNG in the folder plots.",
    ),
    # --- scenarios
    "page.scenarios": ("Scenarierne", "The scenarios"),
    "page.changed": ("Hvad blev ændret", "What was changed"),
    "page.changed.parts": ("Sammensat af: {names}.", "Made up of: {names}."),
    "page.changed.overrides": ("Ændret på kommandolinjen: {names}.", "Changed on the command line: {names}."),
    "page.changed.count": (
        "Vis alle værdier, der er anderledes ({count})",
        "Show all values that are different ({count})",
    ),
    "page.changed.none": (
        "Konfigurationen er den samme som i {reference}.",
        "The configuration is the same as in {reference}.",
    ),
    "page.changed.what": ("Hvad", "What"),
    "page.changed.before": ("Før", "Before"),
    "page.changed.after": ("Efter", "After"),
    "page.changed.new": ("nyt", "new"),
    "page.changed.gone": ("fjernet", "taken away"),
    "page.changed.more": (
        "… og {count} til; hele konfigurationen står i points/{label}/config.yaml.",
        "… and {count} more; the whole configuration is in points/{label}/config.yaml.",
    ),
    "page.happened": ("Hvad skete der", "What happened"),
    "page.happened.from": ("fra {before} til {after}", "from {before} to {after}"),
    "page.happened.nothing": (
        "Intet af de fem hovedtal ændrer sig klart.",
        "None of the five headline figures changes clearly.",
    ),
    "page.happened.unclear": ("Ingen klar forskel: {names}.", "No clear difference: {names}."),
    "page.happened.unknown": ("Kan ikke vurderes: {names}.", "Cannot be judged: {names}."),
    "page.happened.net": ("Kommunens nettoudgift:", "The municipality's net cost:"),
    "page.why": ("Hvorfor", "Why"),
    "page.same": (
        "Samme scenarie som {reference}, med andre værdier.",
        "The same scenario as {reference}, with other values.",
    ),
    "page.why.none": ("Scenariet giver ingen begrundelse.", "The scenario gives no reason."),
    "page.why.source": ("Kilde: {source}.", "Source: {source}."),
    "page.no": ("nej", "no"),
    # --- who pays
    "page.payers": ("Hvem betaler", "Who pays"),
    "page.payers.note": (
        "Forskel til {reference}, gennemsnit pr. år i {years}, i {unit}. + er en merudgift, − en mindreudgift; "
        "»mere« og »mindre« står, hvor {level}-intervallet ikke omfatter 0 (uden hensyn til, hvor mange der "
        "sammenlignes).",
        "Difference to {reference}, mean a year in {years}, in {unit}. + is an extra cost, − a saving; “more” and "
        "“less” appear where the {level} interval excludes 0 (without regard to how many are compared).",
    ),
    "page.payers.more": ("mere", "more"),
    "page.payers.less": ("mindre", "less"),
    "page.payers.level": ("Niveau i {reference}", "Level in {reference}"),
    "page.payers.none": (
        "Der er ingen udgifter at sammenligne: det kræver mindst to scenarier med udgifter i et helt kalenderår.",
        "There are no costs to compare: it takes at least two scenarios with costs in a whole calendar year.",
    ),
    # --- assumptions
    "page.grounds": ("Forudsætninger", "Assumptions"),
    "page.grounds.note": (
        "Beregningen bygger på {count} tal. {unverified} af dem er antagelser eller uden kilde: dem har ingen "
        "efterprøvet.",
        "The calculation rests on {count} figures. {unverified} of them are assumptions or have no source: nobody has "
        "verified them.",
    ),
    "page.grounds.kinds": ("Efter kilde: {kinds}.", "By source: {kinds}."),
    "page.grounds.order": (
        "Øverst står det, der ikke er efterprøvet, først det, som et scenarie ændrer, og det med det bredeste "
        "spænd. Tal med samme kilde og spænd står i én række. Kilderne gengives, som de står i konfigurationen.",
        "On top is what is unverified, first what a scenario sets, and what has the widest range. Figures with the "
        "same source and range share a row. Sources are shown as they stand in the configuration.",
    ),
    "page.grounds.measured": (
        "Rækkefølgen følger følsomhedsanalysen: øverst står det, der betyder mest for resultatet.",
        "The order follows the sensitivity analysis: on top is what matters most for the result.",
    ),
    "page.grounds.what": ("Forudsætning", "Assumption"),
    "page.grounds.range": ("Spænd", "Range"),
    "page.grounds.effect": ("Virkning", "Effect"),
    "page.grounds.figures": ("{count} tal", "{count:figure|figures}"),
    "page.grounds.changed": ("Ændres af", "Set by"),
    "page.grounds.scenarios": ("{count:scenarie|scenarier}", "{count:scenario|scenarios}"),
    "page.grounds.rest": ("{count:Vis den sidste|Vis de øvrige #}", "{count:Show the last one|Show the other #}"),
    "page.grounds.rest.name": ("Øvrige forudsætninger", "Other assumptions"),
    # --- method
    "summary.page": ("Til at læse og sende: {file}", "To read and to send: {file}"),
    "page.method": ("Metode", "Method"),
    "page.method.model": ("Hvad der simuleres", "What is simulated"),
    "page.method.model.text": (
        "Hver enkelt sag følges gennem kommunen dag for dag: henvendelse, vurdering, undersøgelse, afgørelse, indsats, "
        "opfølgning, klage og overgangen ved 18 år. Sagsbehandlere, udvalg og pladser er begrænsede, så der opstår "
        "køer. Det er en diskret hændelsessimulering; hvert tal er regnet af, hvad der skete i den.",
        "Every single case is followed through the municipality day by day: request, screening, assessment, decision, "
        "service, follow-up, appeal and the transition at 18. Caseworkers, panels and places are limited, so queues "
        "build up. It is a discrete-event simulation; every figure is calculated from what happened in it.",
    ),
    "page.method.replications": ("Gentagelser", "Replications"),
    "page.method.replications.text": (
        "Hvert scenarie er simuleret {n:gang|gange} med forskellige tilfældigheder. Gentagelse nummer 7 er den samme "
        "fremtid i alle scenarier – de samme børn kommer samme dag – så forskellen til {reference} regnes gentagelse "
        "for gentagelse og skyldes scenariet.",
        "Each scenario is simulated {n:time|times} with different chance events. Replication 7 is the same future "
        "in all "
        "scenarios – the same children come on the same day – so the difference to {reference} is taken replication "
        "by replication and is due to the scenario.",
    ),
    "page.method.intervals": ("Intervaller", "Intervals"),
    "page.method.intervals.text": (
        "{level}-intervallerne er Students t over gentagelserne. De siger, hvor meget gennemsnittet kunne have flyttet "
        "sig ved andre tilfældigheder.",
        "The {level} intervals are Student's t over replications. They say how much the mean could have moved under "
        "other chance events.",
    ),
    "page.method.intervals.many": (
        "{level}-intervallerne er Students t over gentagelserne. De siger, hvor meget gennemsnittet kunne have flyttet "
        "sig ved andre tilfældigheder. Når {count} scenarier sammenlignes, ser ét af dem før eller siden bedre ud ved "
        "et tilfælde; derfor kaldes en forskel først klar, når den også holder efter Holms korrektion (1979).",
        "The {level} intervals are Student's t over replications. They say how much the mean could have moved under "
        "other chance events. When {count} scenarios are compared, one of them sooner or later looks better by "
        "chance; so a difference is called clear only if it also stands after Holm's correction (1979).",
    ),
    "page.method.intervals.none": (
        "Med en enkelt gentagelse er der ingen intervaller, og ingen forskel kan kaldes klar.",
        "With a single replication there are no intervals, and no difference can be called clear.",
    ),
    "page.method.run_in": ("Indkøring", "Run-in"),
    "page.method.run_in.text": (
        "De første {years} år simuleres, men måles ikke, så køer og sagsmængder kan falde på plads. Der måles fra "
        "{first} til {last}.",
        "The first {years} years are simulated but not measured, so that queues and caseloads settle. Measured is "
        "from {first} to {last}.",
    ),
    "page.method.run_in.unknown": ("Perioden er ikke gemt.", "The period is not stored."),
    "page.method.reliability": ("Hvor langt tallene holder", "How far the figures hold"),
    "page.method.censoring": ("Ventetider, der ikke er slut", "Waits that are not over"),
    "page.method.censoring.text": (
        "Nogle venter stadig, når simuleringen slutter. De tælles med som »mindst så længe« (højrecensureret, "
        "Kaplan og Meier 1958) og udelades aldrig – ellers ville en voksende kø ligne en kort. Gennemsnit er "
        "begrænset til to år eller måleperiodens længde. En henvendelse uden afgørelse tæller med den andel, der "
        "plejer at føre til en indsats.",
        "Some still wait when the simulation ends. They count as “at least that long” (right-censored, Kaplan and "
        "Meier 1958) and are never left out – or a growing queue would look like a short one. Means are restricted "
        "to two years or the length of the measured period. A request without a decision counts by the share that "
        "usually leads to a service.",
    ),
    "page.method.limits": ("Hvad tallene ikke siger", "What the figures do not say"),
    "page.method.limits.text": (
        "Tallene er simuleringsresultater, ikke regnskab eller prognose. Intervallerne dækker tilfældigheder, ikke "
        "usikkerheden i forudsætningerne. To scenarier er kun sammenlignet med referencen, ikke med hinanden.",
        "The figures are results of a simulation, neither accounts nor a forecast. The intervals cover chance, not "
        "the uncertainty of the assumptions. Two scenarios are only compared with the reference, not with each other.",
    ),
    # --- how to repeat it
    "page.repeat": ("Sådan gentages beregningen", "How to repeat this"),
    "page.repeat.note": (
        "Samme kommando, version og startfrø giver de samme tal.",
        "The same command, version and seed give the same figures.",
    ),
    "page.repeat.copy": ("Kopiér kommandoen", "Copy the command"),
    "page.repeat.copied": ("Kopieret", "Copied"),
    "page.python": ("Python-version", "Python"),
    "page.packages": ("Pakker", "Packages"),
}
