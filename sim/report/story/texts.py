"""The sentences of a story: Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.numbers import Language

TEXTS: Mapping[str, tuple[str, str]] = {
    "title": ("Sag {case} i »{scenario}«", "Case {case} in “{scenario}”"),
    "simulated": (
        "Den unge findes ikke. Det er en simuleret person i den første af simuleringens fremtider; ingen virkelig "
        "person kan kendes igen.",
        "This young person does not exist. It is a simulated person in the first of the simulation's futures; no real "
        "person can be recognised.",
    ),
    "rule.worst": (
        "Valgt som den værste: den længste ventetid fra henvendelse til støtte blandt de bevilgede, der begyndte i den "
        "målte periode (er den ikke slut, tæller den til simuleringens slutning).",
        "Chosen as the worst: the longest wait from request to support among those granted that began in the measured "
        "period (one that is not over counts to the end of the simulation).",
    ),
    "rule.typical": (
        "Valgt som den typiske: ventetiden fra henvendelse til støtte nærmest medianen af dem, der begyndte i den "
        "målte periode og endte med støtte.",
        "Chosen as the typical: the wait from request to support nearest to the median of those that began in the "
        "measured period and ended with support.",
    ),
    "rule.id": (
        "Valgt ved sit nummer; opgørelsen gælder personens længste ventetid.",
        "Chosen by its number; the account is about this person's longest wait.",
    ),
    "person": (
        "Født {born}. Behovsprofil: {profile}. Kendt fra {entered} ({source}) med støttebehov {level} af 4.",
        "Born {born}. Need profile: {profile}. Known from {entered} ({source}) with need level {level} of 4.",
    ),
    # --- what happened
    "notification": ("Underretning ({source}).", "A notification came in ({source})."),
    "application": ("Ansøgning ({source}).", "An application came in ({source})."),
    "transition_start": ("Overgangen til voksenlivet blev taget op.", "The transition to adulthood was taken up."),
    "not_planned": (
        "Overgangen var ikke planlagt og blev først taget op nu.",
        "The transition had not been planned and was only taken up now.",
    ),
    "bounce": ("{who} sendte sagen videre.", "{who} sent the case on."),
    "escalation": (
        "Forvaltningerne blev ikke enige; den fælles ledelse måtte afgøre, hvis sagen var.",
        "The administrations did not agree; the joint management had to decide whose case it was.",
    ),
    "lost": ("Sagen faldt mellem to stole: ingen blev spurgt.", "The case fell between two chairs: nobody was asked."),
    "taken": ("{who} tog sagen med det samme.", "{who} took the case at once."),
    "taken_late": (
        "{who} tog sagen, {days} efter at den første var blevet spurgt.",
        "{who} took the case, {days} after the first had been asked.",
    ),
    "granted": ("{who} bevilgede {what}.", "{who} granted {what}."),
    "partly": (
        "{who} bevilgede en del af det, der var brug for: {what}.",
        "{who} granted part of what was needed: {what}.",
    ),
    "refused": ("{who} gav afslag.", "{who} refused."),
    "appeal": ("Afgørelsen blev påklaget.", "The decision was appealed."),
    "appeal.changed": (
        "Klagen gav medhold efter {days}: afgørelsen blev ændret.",
        "The appeal succeeded after {days}: the decision was changed.",
    ),
    "appeal.remitted": (
        "Ankestyrelsen hjemviste sagen efter {days}: den skulle behandles igen.",
        "The appeals board remitted the case after {days}: it had to be dealt with again.",
    ),
    "appeal.upheld": (
        "Klagen blev afvist efter {days}: afgørelsen stod ved magt.",
        "The appeal failed after {days}: the decision stood.",
    ),
    "appeal.dismissed": ("Klagen blev ikke behandlet ({days}).", "The appeal was dismissed ({days})."),
    "appeal.withdrawn": ("Klagen bortfaldt efter {days}.", "The appeal lapsed after {days}."),
    "appeal.none": (
        "Klagen var ikke afgjort, da simuleringen sluttede.",
        "The appeal was not settled when the simulation ended.",
    ),
    "turned_18": ("Fyldte {age} år; børnereglerne hørte op.", "Turned {age}; children's law ended."),
    "gap.now": ("Støtte som voksen var klar på dagen.", "Adult support was ready on the day."),
    "gap.late": (
        "Støtte som voksen begyndte, {days} efter fødselsdagen; indtil da var der et hul.",
        "Adult support began {days} after the birthday; until then there was a gap.",
    ),
    "gap.bridging": ("Den hidtidige støtte fortsatte foreløbig.", "The support so far went on for the time being."),
    "gap.withdrawn": (
        "Ingen arbejdede længere på støtte som voksen ({days} efter fødselsdagen).",
        "Nobody worked on adult support any longer ({days} after the birthday).",
    ),
    "gap.none": (
        "Stod uden støtte fra fødselsdagen, til simuleringen sluttede.",
        "Was without support from the birthday until the simulation ended.",
    ),
    "need_rises": (
        "Behovet voksede til niveau {level}, mens der blev ventet.",
        "The need grew to level {level} during the wait.",
    ),
    "need_falls": ("Behovet faldt til niveau {level}.", "The need fell to level {level}."),
    "emergency": ("Ventetiden endte i en akut indsats.", "The wait ended in an emergency."),
    "caseworker_change": ("Ny sagsbehandler ({why}).", "A new caseworker ({why})."),
    "misdirected_letter": (
        "Brevet med afgørelsen gik til en forkert modtager.",
        "The letter went to the wrong recipient.",
    ),
    "postponed": (
        "Mødet måtte udsættes: {who} kunne ikke komme.",
        "The meeting had to be postponed: {who} could not come.",
    ),
    "withdrawn_waiting": ("Familien opgav at vente.", "The family gave up waiting."),
    "reimbursed": ("Familien fik sine udgifter betalt tilbage.", "The family was paid back."),
    # --- who waited for whom
    "task": (
        "{step}: den unge ventede {queue} på {team}, som var {work} om det.",
        "{step}: the young person waited {queue} for {team}, who took {work} over it.",
    ),
    "task.now": (
        "{step}: {team} tog fat med det samme og var {work} om det.",
        "{step}: {team} began at once and took {work} over it.",
    ),
    "task.open": (
        "{step}: {team} var endnu ikke færdig, da simuleringen sluttede ({queue} i kø).",
        "{step}: {team} had not finished when the simulation ended ({queue} in the queue).",
    ),
    "task.withdrawn": (
        "{step}: opgivet efter {queue} i kø hos {team}.",
        "{step}: given up after {queue} in the queue of {team}.",
    ),
    "task.waiting": (
        "{step}: ventede stadig på {team}, da simuleringen sluttede ({queue}).",
        "{step}: still waiting for {team} when the simulation ended ({queue}).",
    ),
    "panel": ("{panel}: sagen ventede {days} på mødet.", "{panel}: the case waited {days} for the meeting."),
    "panel.open": (
        "{panel}: sagen ventede {days} uden at komme på et møde.",
        "{panel}: the case waited {days} without reaching a meeting.",
    ),
    "delay": ("{step}: der gik {days}.", "{step}: this took {days}."),
    "delay.whose": ("{step} Svaret lod vente på sig i {days}.", "{step} The answer took {days}."),
    "follow_ups": ("Opfølgninger i alt på indsatser: {count}.", "Follow-ups of services in all: {count}."),
    # --- services
    "initial": ("Havde {what} fra før simuleringens begyndelse.", "Had {what} since before the simulation began."),
    "started": ("{what} begyndte, {days} efter bevillingen.", "{what} began, {days} after the grant."),
    "ended": ("{what} sluttede.", "{what} ended."),
    "not_started": (
        "{what} blev opgivet, {days} efter bevillingen, uden at være begyndt.",
        "{what} was given up {days} after the grant without having begun.",
    ),
    "still_waiting": (
        "Ventede stadig på {what}, da simuleringen sluttede ({days} efter bevillingen).",
        "Still waited for {what} when the simulation ended ({days} after the grant).",
    ),
    "bridging": ("{who} betalte videre for {what} i {days}.", "{who} went on paying for {what} for {days}."),
    "self_pay": ("Familien betalte selv for {what} i {days}.", "The family paid for {what} itself for {days}."),
    "self_pay.so_far": (
        "Familien betalte selv for {what}, {days} indtil simuleringens slutning.",
        "The family paid for {what} itself, {days} until the end of the simulation.",
    ),
    "end": ("Simuleringen sluttede.", "The simulation ended."),
    "left": ("Sagen var slut.", "The case was closed."),
    # --- the account
    "account.service": (
        "Hvor blev {total} af fra {since} til {until}, da støtten begyndte?",
        "Where did {total} go, from {since} to {until}, when support began?",
    ),
    "account.waiting": (
        "Hvor blev {total} af fra {since} til {until}? Støtten er bevilget, men ikke begyndt.",
        "Where did {total} go, from {since} to {until}? Support has been granted but has not begun.",
    ),
    "account.given_up": (
        "Hvor blev {total} af fra {since} til {until}, da ventetiden blev opgivet?",
        "Where did {total} go, from {since} to {until}, when the wait was given up?",
    ),
    "account.refused": (
        "Hvor blev {total} af fra {since} til {until}, da der blev givet afslag?",
        "Where did {total} go, from {since} to {until}, when support was refused?",
    ),
    "account.undecided": (
        "Hvor blev {total} af fra {since} til {until}? Sagen er ikke afgjort.",
        "Where did {total} go, from {since} to {until}? The matter is not decided.",
    ),
    "account.followed": (
        "Hvor blev {total} af fra {since} til {until}? Der blev ikke søgt om noget.",
        "Where did {total} go, from {since} to {until}? Nothing was applied for.",
    ),
    "account.line": ("{days}: {what}", "{days}: {what}"),
    "account.sum": ("I alt {total}.", "{total} in all."),
    "what.work": ("{name} arbejdede på sagen", "{name} worked on the case"),
    "what.queue": ("i kø hos {name}", "in the queue of {name}"),
    "what.panel": ("ventede på møde i {name}", "waited for a meeting of {name}"),
    "what.whose": ("mellem forvaltninger: {name}", "between administrations: {name}"),
    "what.others": ("ventede på andre: {name}", "waited for others: {name}"),
    "what.place": ("ventede på en plads: {name}", "waited for a place: {name}"),
    "what.notice": ("frist til et indkaldt møde: {name}", "notice of a meeting: {name}"),
    "what.appeal": ("klage: {name}", "appeal: {name}"),
    "what.rest": ("ingen arbejdede på sagen, og den lå ikke i kø", "nobody worked on the case, and it lay in no queue"),
    "day.one": ("1 dag", "1 day"),
    "day.many": ("{count} dage", "{count} days"),
    "day.none": ("under en halv dag", "less than half a day"),
    # --- the Gantt chart
    "gantt.title": (
        "Hvorfor tog det {total}? Sag {case} i »{scenario}«",
        "Why did it take {total}? Case {case} in “{scenario}”",
    ),
    "gantt.about": ("En simuleret sag dag for dag", "One simulated case day by day"),
    "gantt.work": ("Arbejde", "Work"),
    "gantt.queue": ("I kø hos et team", "In a team's queue"),
    "gantt.panel": ("Venter på udvalgsmøde", "Waiting for a panel"),
    "gantt.others": ("Venter på andre", "Waiting for others"),
    "gantt.whose": ("Hvis sag er det?", "Whose case is it?"),
    "gantt.place": ("Venter på en plads", "Waiting for a place"),
    "gantt.notice": ("Frist til et møde", "Notice of a meeting"),
    "gantt.appeal": ("Klage", "Appeal"),
    "gantt.birthday": ("{age} år", "{age} years"),
    "gantt.note": (
        "En simuleret person, der ikke findes, i simuleringens første fremtid. Lodrette streger: hvor ventetiden "
        "begyndte (ved henvendelsen, for voksenstøtte tidligst på 18-årsdagen) og sluttede. {where}",
        "A simulated person, who does not exist, in the simulation's first future. Vertical lines: where the wait "
        "began (at the request, for adult support not before the 18th birthday) and ended. {where}",
    ),
    "gantt.where": ("Dagene i alt: {parts}.", "The days in all: {parts}."),
    "gantt.nothing": (
        "ikke tegnet, for ingen fik bevilget støtte i den målte periode, eller journalen er ikke gemt",
        "not drawn, because nobody was granted support in the measured period, or the journal is not stored",
    ),
}


def say(language: Language, key: str, **values: object) -> str:
    """Return a text in a language with its places filled in."""
    return TEXTS[key][0 if language == "da" else 1].format(**values)


def days_text(language: Language, days: float) -> str:
    """Return a length of time in whole days, in words."""
    count = round(days)
    if count == 0:
        return say(language, "day.none")
    return say(language, "day.one") if count == 1 else say(language, "day.many", count=f"{count:,}".replace(
        ",", "." if language == "da" else ","))  # fmt: skip
