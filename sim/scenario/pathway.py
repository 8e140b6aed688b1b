"""The process map: tracks are graphs of steps, and a step is one of a few kinds.

A planner reorganises by editing this data. What each kind *does* stands in :mod:`sim.model.steps` and its neighbours.
A step names its successor as ``step`` (in the same track) or ``track.step`` (in another).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field

from sim.scenario.base import Label, LaterAge, Name, NonNegative, Positive, Probability, Split, Strict, Varying
from sim.scenario.durations import VaryingDuration

StepName = str
"""``step`` or ``track.step``."""

TeamChoice = Varying[str]
"""A team, or one by an attribute of the case. ``own``: the named team that already has the case."""

Priority = Annotated[int, Field(ge=0, le=9)]
"""0 is served before 1, and so on; 5 is ordinary work."""


class Step(Strict):
    """What every kind of step can do besides its own business."""

    label: Label | None = None
    starts: tuple[Name, ...] = ()
    """Clocks that start to run when a case enters the step."""
    stops: tuple[Name, ...] = ()
    """Clocks that stop when a case leaves the step."""
    record: Name | None = None
    """A kind of event to be written to the journal when a case enters the step."""
    administration: Name | None = None
    """From this step on, this administration is responsible for the case."""
    aware: bool = False
    """Whether the municipality becomes aware of the matter here: ``awareness`` deadlines count from now."""


class Onward(Step):
    """A step with a single way on."""

    next: StepName

    def targets(self) -> Iterator[tuple[str, StepName]]:
        """Yield each successor with the key under which the configuration names it."""
        yield "next", self.next


class Work(Onward):
    """Hours of a caseworker of a team."""

    kind: Literal["work"]
    team: TeamChoice
    hours: VaryingDuration
    """Case-facing hours."""
    priority: Priority = 5
    due: Name | None = None
    """The clock whose deadline decides the order in a team that works by due date."""
    due_days: Positive | None = None
    """Instead of a clock: due this many days after it is asked for."""
    patience_days: VaryingDuration | None = None
    """How long a case waits for the work to begin before it gives up (reneges); none given: for ever."""
    gives_up_to: StepName | None = None
    """Where a case goes that gave up."""
    on_duty: bool = False
    """Named teams: any caseworker of the team may do it (duty cover), not only the case's own."""
    documents: Probability = 0.0
    """The share of what the file lacks that the work, done in time, adds to it."""

    def targets(self) -> Iterator[tuple[str, StepName]]:
        """Yield each successor with the key under which the configuration names it."""
        yield from super().targets()
        if self.gives_up_to is not None:
            yield "gives_up_to", self.gives_up_to


class Delay(Onward):
    """Waiting for others: statements from school and health, the appeals board, a deadline that must run out."""

    kind: Literal["delay"]
    days: VaryingDuration = 0.0
    until_age: LaterAge | None = None
    """Wait at least until this birthday."""


class PanelStep(Onward):
    """Waiting for a seat at a decision meeting."""

    kind: Literal["panel"]
    panel: Varying[str]
    priority: Priority = 5


class Meeting(Onward):
    """A meeting that needs one caseworker of each of several teams at the same time."""

    kind: Literal["meeting"]
    teams: Annotated[tuple[TeamChoice, ...], Field(min_length=1)]
    hours: VaryingDuration
    lead_days: VaryingDuration = 0.0
    """Notice given before the meeting can take place, in days."""
    outsiders: Mapping[Name, Probability] = {}
    """Others who have to be there, as the family, the network or a supplier, with the probability that each can come
    on a day. If one cannot, the meeting is put off."""
    postponed_days: VaryingDuration = 7.0
    """How much later a meeting is held that is put off, in days."""
    documents: Probability = 0.0
    """The share of what the file lacks that the meeting adds to it."""


class Push(Strict):
    """What split budgets do: a case is sent on because it would be dear (*kassetænkning*)."""

    per_million_dkk: NonNegative
    """Probability that a case is sent on, for each million DKK a year that it would cost whoever is asked."""
    highest: Probability = 0.9
    """The probability is never higher than this."""
    offers: Mapping[Name, Name]
    """The table of offers from which an administration that is asked expects the cost of the case."""


class Responsibility(Step):
    """Whose case is it? One administration asks another, until one of them takes it.

    The first to be asked is the one whose case it is, unless it is misrouted. Whoever is asked takes the case or sends
    it on: in honest doubt, or, where budgets are split, because of what it would cost. After a number of rounds the
    joint management decides.
    """

    kind: Literal["responsibility"]
    theirs: Varying[Split]
    """Administrations with the probability that the case is theirs."""
    misrouted: Varying[Probability] = 0.0
    """The probability that the first to be asked is one whose case it is not."""
    lost: Varying[Probability] = 0.0
    """The probability that at first nobody is asked at all."""
    lost_days: VaryingDuration = 0.0
    """Days until somebody notices."""
    by_procedure: Varying[Probability] = 0.0
    """The share of cases handled by the agreed procedure: whose they are is settled at once. The others follow
    actual practice."""
    doubt: Varying[Probability] = 0.0
    """The probability that the one whose case it is sends it on in honest doubt."""
    accepts_others: Varying[Probability] = 0.0
    """The probability that one whose case it is not takes it all the same."""
    push: Push | None = None
    """None: budgets play no part."""
    round_days: VaryingDuration
    """Days until a case that was sent on is answered by the next."""
    max_rounds: Annotated[int, Field(ge=0, le=1000)]
    """After being sent on so often, the case goes to the joint management."""
    escalation_days: VaryingDuration = 0.0
    """Days until the joint management decides; it decides rightly."""
    to: Mapping[Name, StepName]
    """Where the case goes, by the administration that takes it."""

    def targets(self) -> Iterator[tuple[str, StepName]]:
        """Yield each successor with the key under which the configuration names it."""
        for administration, target in self.to.items():
            yield f"to.{administration}", target


class Tilt(Strict):
    """How a good or bad file changes the odds of a choice."""

    outcomes: Mapping[str, float]
    """Per outcome: change of its log-odds for each whole unit of file completeness below the reference."""
    reference: Probability
    """The completeness at which the split's probabilities hold as they are given."""


class Choice(Step):
    """Routing by probability, perhaps by an attribute of the case."""

    kind: Literal["choice"]
    split: Varying[Split]
    """Successor steps with their probabilities."""
    tilt: Tilt | None = None

    def targets(self) -> Iterator[tuple[str, StepName]]:
        """Yield each successor with the key under which the configuration names it."""
        for key, split in varying_items(self.split):
            for target in split:
                yield f"split.{key}{target}", target


Outcome = Literal["granted", "partly", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("granted", "partly", "refused")


class Decision(Step):
    """A decision (*afgørelse*). What is not a full grant can be appealed."""

    kind: Literal["decision"]
    split: Varying[Split]
    """Probabilities of ``granted``, ``partly`` and ``refused``."""
    offers: Name
    """The table of offers that says which service is granted."""
    granted: StepName
    partly: StepName
    """A partial grant: the offer of one need level lower."""
    refused: StepName
    appeal: Name | None = None
    """The track in which an appeal runs beside the case; none: cannot be appealed."""
    changed: StepName | None = None
    """Where the case goes when the decision is changed on appeal."""
    remitted: StepName | None = None
    """Where the case goes when the appeals board sends it back (*hjemvisning*)."""

    def targets(self) -> Iterator[tuple[str, StepName]]:
        """Yield each successor with the key under which the configuration names it."""
        for key in ("granted", "partly", "refused", "changed", "remitted"):
            target = getattr(self, key)
            if target is not None:
                yield key, target


class FollowUp(Strict):
    """Recurring work on a case while its service runs."""

    team: TeamChoice
    hours: VaryingDuration
    """Case-facing hours of each follow-up, with the contact since the last one."""
    first_days: Positive
    """Days from the start of the service to the first follow-up."""
    every_days: Annotated[float, Field(ge=0.01)]
    """Days between later ones."""
    clock: Name | None = None
    """Clock that runs from the start of the service to the end of the first follow-up."""
    priority: Priority = 5


class ServiceStep(Onward):
    """Wait for a place, use the service, be followed up."""

    kind: Literal["service"]
    service: Name | Literal["granted"] = "granted"
    """A service, or the one that the last decision granted."""
    from_birthday: bool = False
    """Whether the service cannot start before the 18th birthday (adult law)."""
    follow_up: FollowUp | None = None


class End(Step):
    """The case's way through this track is over."""

    kind: Literal["end"]
    outcome: Name = "closed"

    def targets(self) -> Iterator[tuple[str, StepName]]:
        """Yield nothing: there is no way on."""
        return iter(())


AnyStep = Annotated[
    Work | Delay | PanelStep | Meeting | Responsibility | Choice | Decision | ServiceStep | End,
    Discriminator("kind"),
]


class Track(Strict):
    """One process map, with one way in."""

    label: Label
    administration: Name
    """Responsible for the cases that start here."""
    side: Literal["child", "adult", "appeal"] = "child"
    """Which law the track belongs to: services of one side replace each other, and the child side ends at 18."""
    first: Name
    """The first step."""
    steps: Mapping[Name, AnyStep]


class Planning(Strict):
    """When the transition to adulthood is taken up: at a birthday, beside the running service."""

    track: Name
    entry: Name
    start_age: Varying[LaterAge]
    """Age at which planning starts in practice, in years."""
    categories: tuple[Literal["placement", "supportive"], ...]
    """The kinds of service whose users are planned for."""


class Birthday(Strict):
    """What happens at the 18th birthday."""

    age: LaterAge
    """The age at which children's law ends."""
    needs_support: Varying[Probability]
    """The probability that a person who turns 18 with a children's service still needs support."""
    application: StepName
    """Where somebody goes who turns 18 without the adult side having been involved."""
    meanwhile: Varying[Split]
    """What somebody has from the birthday until support starts: ``bridging`` (the children's administration goes on
    paying), ``self_pay`` (the family pays) or ``nothing``."""
    bridging_max_days: Positive
    """After this many days bridging stops."""
    aftercare_services: tuple[Name, ...] = ()
    """Children's services whose users belong to the target group of aftercare when they turn 18."""


def varying_items(value: object) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield (key prefix, split) for a plain split or for each value of an attribute."""
    values = getattr(value, "values", None)
    if isinstance(values, Mapping):
        for name, split in values.items():
            yield f"values.{name}.", split
    else:
        assert isinstance(value, Mapping)
        yield "", value


__all__ = [
    "OUTCOMES",
    "AnyStep",
    "Birthday",
    "Choice",
    "Decision",
    "Delay",
    "End",
    "FollowUp",
    "Meeting",
    "Onward",
    "Outcome",
    "PanelStep",
    "Planning",
    "Push",
    "Responsibility",
    "ServiceStep",
    "Step",
    "Track",
    "Work",
    "varying_items",
]
