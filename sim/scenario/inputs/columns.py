"""The columns of the files that a municipality fills in: what they are called, and what may stand in them.

Templates are written from these tables, and files are read by them, so that the two cannot say different things.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a file."""

    key: str
    """What it is called in messages to the tool itself, and one of the headings that are understood."""
    da: str
    """The heading in Danish templates."""
    en: str
    """The heading in English templates."""
    explained_da: str
    explained_en: str
    example: str
    """A value that is accepted, as a Danish spreadsheet writes it."""
    required: bool = False
    """Whether the file must have the column (cells may still be empty where the explanation says so)."""
    also: tuple[str, ...] = ()
    """Further headings that are understood."""

    def heading(self, language: str) -> str:
        """Return the heading in a language (``da`` or ``en``)."""
        return self.en if language == "en" else self.da

    @property
    def names(self) -> tuple[str, ...]:
        """Every heading that means this column."""
        return (self.key, self.da, self.en, *self.also)


CASELOAD_COLUMNS: tuple[Column, ...] = (
    Column(
        "birth_date",
        "Fødselsdato",
        "Birth date",
        "dd-mm-åååå. Kun måneden bruges. Lad den stå tom, hvis alderen er givet.",
        "dd-mm-yyyy. Only the month is used. Leave it empty where the age is given.",
        "14-05-2011",
        also=("født", "date of birth"),
    ),
    Column(
        "age",
        "Alder",
        "Age",
        "Alder i år på simuleringens første dag, i stedet for fødselsdato.",
        "Age in years on the first day of the simulation, instead of the birth date.",
        "13",
    ),
    Column(
        "profile",
        "Behovsprofil",
        "Profile",
        "Behovsprofilens navn, som det står i 'profiles'.",
        "Name of the need profile, as in 'profiles'.",
        "vulnerable",
        required=True,
        also=("profil", "målgruppe", "need profile"),
    ),
    Column(
        "level",
        "Behovsniveau",
        "Level",
        "1 til 4. Tom: trækkes, som kommunens filer fordeler dem.",
        "1 to 4. Empty: drawn, as the municipality's configuration spreads them.",
        "3",
        also=("niveau", "need level"),
    ),
    Column(
        "service",
        "Indsats",
        "Service",
        "Den indsats, personen har nu. Tom: sagen er under behandling og har ingen indsats endnu.",
        "The service that the person has now. Empty: the case is being dealt with and has no service yet.",
        "foster_care",
        required=True,
        also=("ydelse", "foranstaltning"),
    ),
    Column(
        "start",
        "Startdato",
        "Start date",
        "dd-mm-åååå: hvornår indsatsen begyndte; uden indsats: hvornår kommunen fik kendskab til sagen. "
        "Tom: ukendt (kun for sager med indsats).",
        "dd-mm-yyyy: when the service began; without a service: when the municipality became aware of the matter. "
        "Empty: unknown (only for cases that have a service).",
        "01-09-2023",
        required=True,
        also=("start", "startet", "begyndt", "started"),
    ),
    Column(
        "supplier",
        "Leverandør",
        "Supplier",
        "Leverandørens navn, som det står under indsatsen. Tom: den første med en ledig plads.",
        "Name of the supplier, as under the service. Empty: the first with a free place.",
        "foster_families",
        also=("udfører",),
    ),
    Column(
        "track",
        "Forløb",
        "Track",
        "Kun nødvendigt, hvor indsatsen (eller den manglende) kan høre til flere forløb.",
        "Needed only where the service (or having none) could belong to several tracks.",
        "children",
    ),
    Column(
        "step",
        "Trin",
        "Step",
        "Hvor i forløbet sagen er. Tom: for sager uden indsats efter, hvor længe de har ventet.",
        "Where in the track the case is. Empty: for cases without a service, by how long they have waited.",
        "statements",
    ),
    Column(
        "administration",
        "Forvaltning",
        "Administration",
        "Den ansvarlige forvaltning. Tom: som for kommunens øvrige sager af samme slags.",
        "The administration that is responsible. Empty: as for the municipality's other cases of the kind.",
        "buf",
    ),
)
"""One row per open case. Nothing else may be in the file: no names, no numbers of persons or cases."""

STAFF_COLUMNS: tuple[Column, ...] = (
    Column(
        "team",
        "Team",
        "Team",
        "Teamets navn, som det står i 'teams'.",
        "Name of the team, as in 'teams'.",
        "buf_family",
        required=True,
        also=("enhed", "afdeling"),
    ),
    Column(
        "hours",
        "Timer pr. uge",
        "Hours per week",
        "Ansættelsens ugentlige timer; 37 er fuld tid.",
        "Weekly hours of the position; 37 is full time.",
        "37",
        required=True,
        also=("ugentlige timer", "timer", "hours", "weekly hours"),
    ),
    Column(
        "from",
        "Fra",
        "From",
        "dd-mm-åååå: første dag. Tom: er der allerede.",
        "dd-mm-yyyy: the first day. Empty: is there already.",
        "01-03-2026",
        also=("fra dato", "startdato", "from date"),
    ),
    Column(
        "to",
        "Til",
        "To",
        "dd-mm-åååå: sidste dag, hvis stillingen nedlægges. Tom: bliver, og besættes igen, når nogen rejser.",
        "dd-mm-yyyy: the last day, if the position is closed. Empty: it stays, whoever may leave.",
        "31-12-2027",
        also=("til dato", "slutdato", "to date"),
    ),
    Column(
        "vacant",
        "Vakant",
        "Vacant",
        "ja, hvis stillingen er ubesat: den tæller fra datoen i 'Fra', hvor den ventes besat.",
        "yes, if the position is empty: it counts from the date in 'From', when it is expected to be filled.",
        "nej",
        also=("ubesat", "vacancy"),
    ),
)
"""One row per position. No names are needed, and none may be in the file."""
