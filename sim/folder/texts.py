"""What is written into a planner's folder, in both languages. Templates for :meth:`str.format`."""

from __future__ import annotations

from sim.folder.answers import Language
from sim.folder.sizes import Basis, Part

WRITTEN: dict[Language, dict[str, str]] = {
    "da": {
        "municipality": """\
{label} på Odenses fundament. Skrevet af "sagsflow init" den {date}. Ret frit: det er jeres fil.

Alt, hvad der sker med en sag (trin, timer, frister, varigheder, priser), er som i Odense. Her står det, der er jeres
eget, eller som er så stort som kommunen. Hver linje siger, hvor tallet kommer fra:
  EGET TAL      det har I selv oplyst
  SKALERET      Odenses tal gange et forhold mellem indbyggertal. IKKE VERIFICERET: sæt jeres eget tal i stedet
  SOM I ODENSE  taget uændret. IKKE VERIFICERET
Når I retter et tal: ret også dets linje i configs/evidence/{name}.yaml (kind: local, og slet note), så ved
"sagsflow check" og rapporterne, at det er jeres.

Odenses behov er anslået til omkring 20 % over landets gennemsnit (AKF 2010, F36 i docs/sources.md), så
skalerede sagstal er snarere for høje end for lave for en gennemsnitlig kommune.""",
        "warning": """\
PAS PÅ: {count} af teams og udvalg ville her få klart mindre end én medarbejder eller én plads. De er sat op til 1, for
mindre findes ikke. Der er altså flere hænder end skaleret, og ventetiderne bliver for korte. I en lille kommune er
teams ofte lagt sammen: se "Små kommuner" i README.md.""",
        "given": "EGET TAL",
        "taken": "SOM I ODENSE, ikke verificeret",
        "scaled": "SKALERET: {odense} × {factor}, ikke verificeret",
        "lifted": "SKALERET: {odense} × {factor} = {exact}, rundet op til 1, ikke verificeret",
        "share": "SKALERET: Odenses andel af alle indbyggere, ikke verificeret",
        "compared": 'Det, som "sagsflow sweep" sammenligner, når der ikke siges andet.',
        "files": "Egne sager og medarbejdere fra skemaerne i input/: udfyld dem, og fjern # her, så træder de "
        "i stedet for tallene.",
        "evidence": """\
Hvor {label}s egne tal kommer fra, og hvor sikre de er. Alt andet er som i Odense.

low og high er det laveste og det højeste, I vil stå inde for. kind: local er kommunens eget tal, assumption en
antagelse. note: "{mark}" betyder, at ingen har set på tallet, siden det blev skrevet: slet noten, når I har.""",
        "given_source": "eget tal, oplyst ved sagsflow init {date}",
        "scaled_source": "skaleret fra Odense: {odense} × {factor}; erstat med eget tal",
        "taken_source": "som i Odense; erstat med eget tal",
        "costs": """\
Priser for {label}: som alle andre steder, indtil I sætter jeres egne (se configs/costs/danish.yaml i sagsflow).
Odenses budgetrammer er taget ud (null). Fjern # foran det, I vil sætte selv; egne rammer træder i stedet for linjen
med null.""",
        "costs_example": """\
# services:
#   foster_care: {{foster_families: {{dkk_per_day: 1500}}}}
# frames: # det vedtagne budget, netto, kr. om året
#   buf: {{dkk_per_year: 100000000}}
#   bsf: {{dkk_per_year: 30000000}}
#   aehf: {{dkk_per_year: 25000000}}""",
        "scenario": """\
Et første scenarie for {label}: udvalgene mødes oftere, med en tiendedel flere pladser i alt. Et scenarie
siger kun det, der er anderledes. Kopiér filen, og ret den: filens navn er scenariets navn.""",
        "scenario_staff": """\
Et første scenarie for {label}: én rådgiver mere i modtagelsen. Et scenarie siger kun det, der er
anderledes. Kopiér filen, og ret den: filens navn er scenariets navn.""",
        "adopted": "Fra sagsflow. Scenariet ændrer ingen størrelser, så det gælder for en kommune af enhver størrelse.",
        "guess": "skøn, ikke verificeret; erstat med jeres eget",
        "readme": "README.md",
        "caseload": "sagsbestand.csv",
        "staff": "medarbejdere.csv",
    },
    "en": {
        "municipality": """\
{label} on Odense's foundation. Written by "sagsflow init" on {date}. Change it freely: it is your file.

Everything that happens to a case (steps, hours, deadlines, durations, prices) is as in Odense. Here is what is your
own, or as large as the municipality. Each line says where its figure comes from:
  OWN FIGURE    you gave it yourselves
  SCALED        Odense's figure times a ratio of inhabitants. NOT VERIFIED: put your own figure in its place
  AS IN ODENSE  taken unchanged. NOT VERIFIED
When you change a figure: change its line in configs/evidence/{name}.yaml too (kind: local, and delete the note), so
that "sagsflow check" and the reports know that it is yours.

Odense's need is estimated at about 20 % above the country's average (AKF 2010, F36 in docs/sources.md), so scaled
numbers of cases are rather too high than too low for an average municipality.""",
        "warning": """\
BEWARE: {count} of the teams and panels would clearly get less than one member or one seat here. They are lifted to 1,
because there is nothing smaller. So there are more hands than scaled, and waits will be too short. Small
municipalities have often merged their teams: see "Small municipalities" in README.md.""",
        "given": "OWN FIGURE",
        "taken": "AS IN ODENSE, not verified",
        "scaled": "SCALED: {odense} × {factor}, not verified",
        "lifted": "SCALED: {odense} × {factor} = {exact}, rounded up to 1, not verified",
        "share": "SCALED: Odense's share of all inhabitants, not verified",
        "compared": 'What "sagsflow sweep" compares when it is not told anything else.',
        "files": "Your own cases and staff from the tables in input/: fill them in and take away # here; then they "
        "take the place of the figures.",
        "evidence": """\
Where {label}'s own figures come from, and how sure they are. Everything else is as in Odense.

low and high are the lowest and the highest that you would defend. kind: local is the municipality's own figure,
assumption an assumption. note: "{mark}" means that nobody has looked at the figure since it was written: delete the
note when you have.""",
        "given_source": "own figure, given at sagsflow init {date}",
        "scaled_source": "scaled from Odense: {odense} × {factor}; replace by your own figure",
        "taken_source": "as in Odense; replace by your own figure",
        "costs": """\
Prices of {label}: as everywhere, until you put in your own (see configs/costs/danish.yaml in sagsflow).
Odense's budget frames are taken out (null). Take away the # before what you want to set; frames of your own take the
place of the line with null.""",
        "costs_example": """\
# services:
#   foster_care: {{foster_families: {{dkk_per_day: 1500}}}}
# frames: # the adopted budget, net, DKK a year
#   buf: {{dkk_per_year: 100000000}}
#   bsf: {{dkk_per_year: 30000000}}
#   aehf: {{dkk_per_year: 25000000}}""",
        "scenario": """\
A first scenario of {label}: the panels meet more often, with a tenth more seats in all. A scenario says only
what differs. Copy the file and change it: the file's name is the scenario's.""",
        "scenario_staff": """\
A first scenario of {label}: one more caseworker in the intake. A scenario says only what differs. Copy the
file and change it: the file's name is the scenario's.""",
        "adopted": "From sagsflow. It changes no sizes, so it holds for a municipality of any size.",
        "guess": "expert judgement, unverified; replace by your own",
        "readme": "README.md",
        "caseload": "caseload.csv",
        "staff": "staff.csv",
    },
}

BASES: dict[Language, dict[Basis, str]] = {
    "da": {
        "children": "børn 0-17 år",
        "young": "unge 18-22 år",
        "older": "voksne fra 23 år",
        "adult_staff": "70 % unge 18-22, 30 % voksne",
        "all": "alle indbyggere",
        "none": "",
    },
    "en": {
        "children": "children 0-17",
        "young": "young people 18-22",
        "older": "adults from 23",
        "adult_staff": "70 % young people 18-22, 30 % adults",
        "all": "all inhabitants",
        "none": "",
    },
}

SECTIONS: dict[Language, dict[Part, str]] = {
    "da": {
        "population": "Indbyggere. Hent dem hos Danmarks Statistik: statistikbanken.dk/FOLK1A (efter alder).",
        "teams": "Rådgivere i hvert team, årsværk med borgersager (ikke ledere og administrative). Jeres eget "
        "lønsystem.",
        "panels": "Visitationsudvalgene: hvor mange uger mellem møderne, og hvor mange sager hvert møde når. Jeres egen"
        " mødeplan og dagsordener.",
        "places": "Pladser i kommunens egne tilbud; er de fulde, købes der eksternt. Jeres egen tilbudsoversigt, eller "
        "Tilbudsportalen.",
        "arrivals": "Nye personer om året (en person kan underrettes om flere gange; det regnes for sig). Jeres eget "
        "fagsystem; til sammenligning Danmarks Statistiks underretninger om børn og unge.",
        "caseload": "Åbne sager på dag 0, efter indsats. Jeres eget fagsystem; til sammenligning Danmarks Statistik "
        "(udsatte børn og unge; sociale indsatser til voksne) og Ankestyrelsens tal for anbringelser.",
        "matters": "Sager under behandling på dag 0, som endnu ingen indsats har. Jeres eget fagsystem.",
    },
    "en": {
        "population": "Inhabitants. Get them from Statistics Denmark: statistikbanken.dk/FOLK1A (by age).",
        "teams": "Caseworkers in each team, full-time equivalents with cases of citizens (no managers, no clerks). "
        "From your own payroll.",
        "panels": "The allocation panels: weeks between meetings, and cases decided at each. Your own calendar and "
        "agendas.",
        "places": "Places in the municipality's own services; when these are full, others are bought. Your own "
        "overview, or Tilbudsportalen.",
        "arrivals": "New persons a year (one person can be notified of several times; that is counted apart). Your own "
        "case system; to compare, Statistics Denmark's notifications on children and young people.",
        "caseload": "Open cases on day 0 by service. Your own case system; to compare, Statistics Denmark (vulnerable "
        "children and young people; social services for adults) and the figures on placements of "
        "Ankestyrelsen.",
        "matters": "Cases that are being dealt with on day 0 and have no service yet. Your own case system.",
    },
}
