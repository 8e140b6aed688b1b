"""The texts of a search's picture and summary, Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from sim.counted import filled
from sim.report.numbers import Language
from sim.report.texts import Both

TABLE: Mapping[str, Both] = {
    # --- what was found, in one sentence
    "found": Both(
        "{feasible} af {tried} afprøvede bemandinger holder grænserne; den billigste koster {difference} i forhold til "
        "i dag",
        "{feasible} of {tried} staffings tried keep the limits; the cheapest costs {difference} compared with today",
    ),
    "found.other": Both(
        "{feasible} af {tried} afprøvede bemandinger holder grænserne; den bedste: {name} {difference} i forhold til "
        "i dag",
        "{feasible} of {tried} staffings tried keep the limits; the best: {name} {difference} compared with today",
    ),
    "found.today": Both(
        "{feasible} af {tried} afprøvede bemandinger holder grænserne; ingen er bedre end den, I har i dag",
        "{feasible} of {tried} staffings tried keep the limits; none is better than the one you have today",
    ),
    "unconfirmed": Both(
        ", men nye fremtider bekræfter ikke, at den holder dem", ", but fresh futures do not confirm that it keeps them"
    ),
    "none": Both(
        "Ingen af {tried} afprøvede bemandinger holder alle grænser",
        "None of {tried} staffings tried keeps all limits",
    ),
    "today": Both("I dag", "Today"),
    "best": Both("Fundet", "Found"),
    "nearest": Both("Nærmest", "Nearest"),
    # --- the picture
    "title.frontier": Both("Hvad det koster at holde grænserne", "What it costs to keep the limits"),
    "axis.aim": Both("{name}: forskel til i dag ({unit})", "{name}: difference to today ({unit})"),
    "axis.kpi": Both("{name}\n({unit})", "{name}\n({unit})"),
    "legend.frontier_kept": Both("Ikke overgået; holder alle grænser", "Not beaten; keeps all limits"),
    "legend.frontier": Both("Ikke overgået; holder ikke alle", "Not beaten; does not keep all"),
    "legend.other_kept": Both("Øvrige; holder alle grænser", "Others; keep all limits"),
    "legend.other": Both("Øvrige; holder ikke alle", "Others; do not keep all"),
    "legend.limit": Both("Grænse", "Limit"),
    "note.frontier": Both(
        "Hver prik er en bemanding: gennemsnit af {n:fremtid|fremtider}, de samme for alle. »Ikke overgået«: ingen "
        "anden er "
        "bedre i det ene uden at være dårligere i det andet.",
        "Each mark is a staffing: the mean of {n:future|futures}, the same for all. “Not beaten”: no other is "
        "better in one "
        "figure without being worse in the other.",
    ),
    "note.heading": Both(
        "Overskriftens forskel er fra {n:ny fremtid|nye fremtider}.",
        "The difference in the heading is from {n:fresh future|fresh futures}.",
    ),
    "note.limit": Both(
        "En grænse skal holdes i en andel af fremtiderne og ikke kun i gennemsnit; derfor kan en prik på den rigtige "
        "side af stregen alligevel ikke holde den.",
        "A limit must be kept in a share of the futures, not only on average; so a mark on the right side of the line "
        "may still not keep it.",
    ),
    "note.lines": Both(
        "Streger ved prikkerne: {level}-konfidensinterval.", "Lines at the marks: {level} confidence interval."
    ),
    "note.hopeless": Both(
        "{count} opgivet undervejs er ikke vist.",
        "{count:that was given up early is|that were given up early are} not shown.",
    ),
    "nothing": Both(
        "ikke tegnet, for der er ingen kandidater med alle tal", "not drawn, because no candidate has all figures"
    ),
    # --- the summary in the terminal
    "staffing": Both("Bemanding", "Staffing"),
    "range": Both("Afprøvet", "Tried"),
    "edge": Both("(ved kanten)", "(at the edge)"),
    "figure": Both("Nøgletal", "Figure"),
    "column.fresh": Both("{who}\n{n:ny fremtid|nye fremtider}", "{who}\n{n:fresh future|fresh futures}"),
    "column.search": Both("{who}\nsøgningens {n}", "{who}\nthe search's {n}"),
    "difference": Both("forskel til i dag", "difference to today"),
    "limit.at_most": Both(
        "{name} højst {bound}\ni mindst {probability} af fremtiderne",
        "{name} at most {bound}\nin at least {probability} of the futures",
    ),
    "limit.at_least": Both(
        "{name} mindst {bound}\ni mindst {probability} af fremtiderne",
        "{name} at least {bound}\nin at least {probability} of the futures",
    ),
    "verdict.certain": Both("holdt, sikkert", "kept, surely"),
    "verdict.kept": Both("holdt, ikke sikkert", "kept, not surely"),
    "verdict.unsure": Both("ikke bekræftet", "not confirmed"),
    "verdict.broken": Both("ikke holdt", "not kept"),
    "say.intervals": Both(
        "[ ]: {level}-konfidensinterval. Grænser: den andel af fremtiderne, der holder dem, med eksakt interval "
        "(Clopper-Pearson). »Sikkert« står kun, hvor hele intervallet når den krævede andel.",
        "[ ]: {level} confidence interval. Limits: the share of the futures that keep them, with its exact interval "
        "(Clopper-Pearson). “Surely” appears only where the whole interval reaches the share asked for.",
    ),
    "say.fresh": Both(
        "Bemandingen blev valgt, fordi den så bedst ud i søgningens fremtider; det smigrer den. De nye fremtider er "
        "andre, og det er deres tal, der gælder.",
        "The staffing was chosen because it looked best in the search's futures, which flatters it. The fresh futures "
        "are others, and theirs are the figures that count.",
    ),
    "say.broken": Both(
        "De nye fremtider bekræfter ikke alle grænser. Prøv igen med flere fremtider pr. kandidat "
        "(search.replications={more}) i en anden mappe.",
        "The fresh futures do not confirm all limits. Try again with more futures per candidate "
        "(search.replications={more}) in another folder.",
    ),
    "say.none": Both(
        "»Nærmest« er den, der er kortest fra grænserne. Udvid området (search.variables), eller giv mere plads i "
        "grænserne.",
        "“Nearest” is the one that is least far from the limits. Widen the ranges (search.variables), or the limits.",
    ),
    "say.kept_by_none": Both(
        "Ingen afprøvet bemanding holder: {limits}.", "No staffing that was tried keeps: {limits}."
    ),
    "say.not_together": Both(
        "Hver grænse for sig kan muligvis holdes, men ingen afprøvet bemanding holder dem alle på én gang.",
        "Each limit may be kept on its own, but no staffing that was tried keeps them all at once.",
    ),
    "say.scaled": Both(
        "Der er simuleret en kommune i størrelse {scale}, hvor personer og pladser rundes op til hele: bemandinger, "
        "der ligger tæt på hinanden, kan være den samme. Gå efter en søgning i fuld størrelse.",
        "A municipality of size {scale} was simulated, in which persons and places are rounded up to whole ones: "
        "staffings close to each other may be the same. Go by a search at full size.",
    ),
    "say.edge": Both(
        "(ved kanten): det fundne tal er det yderste, der måtte prøves; et bedre kan ligge udenfor.",
        "(at the edge): the number found is the outermost that could be tried; a better one may lie outside.",
    ),
    "say.missing": Both(
        "Fremtider uden noget at måle tæller som fremtider, hvor grænsen ikke er holdt ({count} hos den viste).",
        "Futures with nothing to measure count as futures in which the limit is not kept ({count} of the one shown).",
    ),
    "say.tried": Both(
        "Afprøvet: {tried} af {size} mulige bemandinger; {hopeless} opgivet, da de ikke længere kunne holde grænserne.",
        "Tried: {tried} of {size} possible staffings; {hopeless} given up when they could no longer keep the limits.",
    ),
    "say.all": Both("Alle mulige bemandinger er prøvet.", "All possible staffings have been tried."),
    "say.not_all": Both(
        "Der kan findes billigere blandt dem, der ikke er prøvet; flere forsøg: search.trials.",
        "There may be cheaper ones among those not tried; for more trials: search.trials.",
    ),
    "say.failed": Both(
        "{count:kandidat|kandidater} kunne ikke simuleres og er ikke med; se error.log.",
        "{count:candidate could not be simulated and is|candidates could not be simulated and are} left out; see "
        "error.log.",
    ),
    "say.scenario": Both("Som scenarie: {command}", "As a scenario: {command}"),
    "say.files": Both("Resultaterne ligger i {folder}", "The results are in {folder}"),
    "unit.money": Both("mio. kr./år", "DKK m/year"),
}


def text(key: str, language: Language, **values: object) -> str:
    """Return a text with its places filled in.

    Raises:
        KeyError: There is no such text.
    """
    found: str = getattr(TABLE[key], language)
    return filled(found, **values)
