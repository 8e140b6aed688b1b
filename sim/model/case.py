"""A case is one person. A token is that person's way through one track.

A person can be on several ways at once: the children's service runs while the transition is planned and an appeal
is with the board. Each way is a token; the case is what they share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sim.model.birthday import Adulthood
    from sim.model.decision import DecisionRun
    from sim.model.named_team import Assignment, NamedTeam
    from sim.model.spell import Spell
    from sim.model.tracks import TrackRun
    from sim.model.waiting import WaitInProgress


class Wait(Protocol):
    """Something that a token waits for."""

    def call_off(self) -> None:
        """Let it lead to nothing."""


class Case:
    """One person.

    Attributes:
        number: Address of the person's random draws; the same person has the same number in every scenario.
        row: The person's row in the journal.
        born: Birthday, days since day 0.
        turns_adult: The day of the 18th birthday.
        completeness: How well the file is documented, 0 to 1.
        visits: How often the case has been at each place where something is drawn.
        tokens: The ways the person is on, oldest first.
        running: The service the person has, per side of the law.
        assignments: The named caseworkers the person has or waits for, per team.
        last_worker: The number of the caseworker whom the person last had, per named team that has it no longer.
        met: The number of the caseworker whom the person knows from a meeting, per named team.
        adulthood: What the 18th birthday brought, once it is past.
    """

    __slots__ = (
        "adulthood",
        "assignments",
        "born",
        "completeness",
        "handled_as",
        "last_worker",
        "level",
        "met",
        "number",
        "planned",
        "profile",
        "row",
        "running",
        "source",
        "tokens",
        "turns_adult",
        "visits",
    )

    def __init__(
        self,
        number: int,
        row: int,
        source: str,
        profile: str,
        level: int,
        born: float,
        turns_adult: float,
        completeness: float = 1.0,
    ) -> None:
        self.number = number
        self.row = row
        self.source = source
        self.profile = profile
        self.level = level
        self.born = born
        self.turns_adult = turns_adult
        self.completeness = completeness
        self.visits: dict[int, int] = {}
        self.tokens: list[Token] = []
        self.running: dict[str, Spell] = {}
        self.assignments: dict[NamedTeam, Assignment] = {}
        self.last_worker: dict[NamedTeam, int] = {}
        self.met: dict[NamedTeam, int] | None = None
        self.handled_as = ""
        self.planned = False
        self.adulthood: Adulthood | None = None

    def visit(self, place: int) -> int:
        """Count a visit to a place of the map and return how many there were before."""
        visits = self.visits
        before = visits.get(place, 0)
        visits[place] = before + 1
        return before


class Token:
    """One way of a person through a track.

    Attributes:
        track: The track it is in.
        administration: Code of the administration responsible for it.
        aware: When the municipality became aware of the matter.
        clocks: Running clocks: journal row and deadline by the clock's name.
        decided: When the last decision was taken.
        grant: The service last granted.
        own_team: The named team that last had the matter.
        appealed: For an appeal: the decision that was appealed.
        waiting: What it waits for, so that it can be called off.
        waits: What waiting is doing to the person meanwhile, by the name of the section that says so.
        ended: Whether it is over; what was scheduled for it then no longer happens.
    """

    __slots__ = (
        "administration",
        "appealed",
        "aware",
        "case",
        "clocks",
        "decided",
        "ended",
        "grant",
        "own_team",
        "spell",
        "track",
        "waiting",
        "waits",
    )

    def __init__(self, case: Case, track: TrackRun, administration: int, aware: float) -> None:
        self.case = case
        self.track = track
        self.administration = administration
        self.aware = aware
        self.clocks: dict[str, tuple[int, float]] | None = None
        self.decided = aware
        self.grant: str | None = None
        self.own_team: NamedTeam | None = None
        self.appealed: DecisionRun | None = None
        self.waiting: Wait | None = None
        self.waits: dict[str, WaitInProgress] | None = None
        self.spell: Spell | None = None
        self.ended = False
        case.tokens.append(self)

    @property
    def side(self) -> str:
        """The side of the law that it concerns: for an appeal, that of the decision which is appealed."""
        return self.track.side if self.appealed is None else self.appealed.track.side
