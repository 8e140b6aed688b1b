"""Asking a planner, in the terminal, with what is taken from Odense as the answer to everything but the first two."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.console import Console
from rich.text import Text

from sim.folder.answers import Answers, Language, consistent, whole
from sim.folder.names import LONGEST, checked_label
from sim.folder.sizes import Size, labels, population, sizes, with_places
from sim.report.numbers import Numbers
from sim.scenario.errors import PlannerError

QUESTIONS: dict[Language, dict[str, str]] = {
    "da": {
        "intro": "Enter tager det, der står i ( ). Det er skaleret fra Odense og bliver mærket »ikke verificeret«.",
        "name": "Kommunens navn",
        "population": "Indbyggere i alt",
        "children": "Børn 0-17 år",
        "young": "Unge 18-22 år",
        "staff": "Rådgivere (årsværk med borgersager)",
        "panels": "Visitationsudvalg",
        "weeks": "{label}: uger mellem møderne",
        "seats": "{label}: sager pr. møde",
        "places": "Pladser i egne tilbud",
        "want_places": "Vil I oplyse pladser i egne tilbud nu? j/n",
        "allowed": "  »{text}« går ikke: et helt tal fra {least} til {most}",
        "unnamed": "  »{text}« går ikke: bogstaver, tal, mellemrum og - . , ' & ( ) /, højst {most}",
        "yes": "j",
        "no": "n",
    },
    "en": {
        "intro": 'Enter takes what stands in ( ). It is scaled from Odense and will be marked "not verified".',
        "name": "Name of the municipality",
        "population": "Inhabitants in all",
        "children": "Children aged 0-17",
        "young": "Young people aged 18-22",
        "staff": "Caseworkers (full-time equivalents with cases)",
        "panels": "Allocation panels",
        "weeks": "{label}: weeks between meetings",
        "seats": "{label}: cases per meeting",
        "places": "Places in own services",
        "want_places": "Do you want to give places in your own services now? y/n",
        "allowed": '  "{text}" will not do: a whole number from {least} to {most}',
        "unnamed": '  "{text}" will not do: letters, digits, spaces and - . , \' & ( ) /, at most {most}',
        "yes": "y",
        "no": "n",
    },
}


@dataclass(frozen=True)
class Wanted:
    """What was said on the command line already; it is not asked again."""

    label: str | None
    population: int | None
    children: int | None
    young: int | None
    given: dict[str, int]

    def complete(self) -> Answers:
        """Return the answers, if the two that have no default are there.

        Raises:
            PlannerError: One of them is missing, or they do not go together.
        """
        missing = [flag for flag, value in (("--name", self.label), ("--population", self.population)) if value is None]
        if missing:
            raise PlannerError(
                f"{' and '.join(missing)} must be given where nobody can be asked, such as "
                '--name "Læsø" --population 1800'
            )
        assert self.label is not None
        assert self.population is not None
        return consistent(Answers(self.label, self.population, self.children, self.young, self.given))


class Interview:
    """Asks what the command line did not say.

    Args:
        console: Where to ask; it reads from the terminal.
        language: In which language.
    """

    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self._language = language
        self._words = QUESTIONS[language]

    def answers(self, wanted: Wanted) -> Answers:
        """Ask, and return everything that is known then.

        Raises:
            KeyboardInterrupt: The planner ended the input.
        """
        words = self._words
        label = wanted.label if wanted.label is not None else self._text(words["name"])
        number = wanted.population
        if number is None:
            number = self._number(words["population"], None, least=1)
        assert number is not None
        self._console.print(Text(words["intro"], style="italic"))
        said = Answers(label, number, wanted.children, wanted.young, dict(wanted.given))
        groups = population(said)
        if said.children is None:
            children = self._number(words["children"], groups["0-17"], most=number - (said.young or 0))
            said = replace(said, children=children)
        if said.young is None:
            groups = population(said)
            young = self._number(words["young"], groups["0-22"] - groups["0-17"], most=number - groups["0-17"])
            said = replace(said, young=young)
        said = self._staff(consistent(said))
        return self._places(self._panels(said))

    def _staff(self, said: Answers) -> Answers:
        self._heading(self._words["staff"])
        for team, called in labels("teams").items():
            said = self._figure(f"teams.{team}.caseworkers", called[self._language], said, least=1, most=10_000)
        return said

    def _panels(self, said: Answers) -> Answers:
        self._heading(self._words["panels"])
        for panel, called in labels("panels").items():
            label = called[self._language]
            weeks, seats = (self._words[key].format(label=label) for key in ("weeks", "seats"))
            said = self._figure(f"panels.{panel}.every_weeks", weeks, said, least=1, most=52)
            said = self._figure(f"panels.{panel}.seats", seats, said, least=1, most=10_000)
        return said

    def _places(self, said: Answers) -> Answers:
        if not self._yes(self._words["want_places"]):
            return said
        self._heading(self._words["places"])
        called = labels("services")
        for service in with_places():
            path = f"services.{service}.suppliers.own.places"
            said = self._figure(path, called[service][self._language], said, most=100_000)
        return said

    def _figure(self, path: str, question: str, said: Answers, *, least: int = 0, most: int) -> Answers:
        if path in said.given:
            return said
        default = _of(sizes(said), path)
        value = self._number(question, int(default.value), least=least, most=most)
        return said if value is None else replace(said, given={**said.given, path: value})

    def _number(self, question: str, default: int | None, *, least: int = 0, most: int = 10_000_000) -> int | None:
        """Return the number, or None for Enter, which takes the default."""
        shown = "" if default is None else f" ({Numbers(self._language).decimal(default, 0)})"
        while True:
            text = self._line(f"{question}{shown}: ")
            if not text and default is not None:
                return None
            try:
                return whole(text, question, least, most)
            except PlannerError:
                bounds = {"least": f"{least}", "most": Numbers(self._language).decimal(most, 0)}
                self._console.print(Text(self._words["allowed"].format(text=text, **bounds), style="yellow"))

    def _text(self, question: str) -> str:
        while True:
            text = self._line(f"{question}: ")
            try:
                return checked_label(text)
            except PlannerError:
                self._console.print(Text(self._words["unnamed"].format(text=text, most=LONGEST), style="yellow"))

    def _yes(self, question: str) -> bool:
        yes, no = self._words["yes"], self._words["no"]
        return self._line(f"{question} ({no}): ").lower().startswith(yes)

    def _heading(self, text: str) -> None:
        self._console.print(Text(f"\n{text}", style="bold"))

    def _line(self, prompt: str) -> str:
        try:
            return self._console.input(Text(prompt)).strip()
        except EOFError:
            raise KeyboardInterrupt from None


def _of(found: list[Size], path: str) -> Size:
    return next(size for size in found if size.path == path)
