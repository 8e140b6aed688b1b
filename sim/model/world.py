"""One replication, put together: the municipality as it runs."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import numpy as np

from sim.journal import CASES, EVENTS, NAN, ROWS, SPELLS, Journal, Recorder
from sim.model.arrivals import Stream, seat_initial_caseload, seat_initial_matters, seats
from sim.model.birthday import BirthdayRun, PlanningRun
from sim.model.brake import brake_of
from sim.model.case import Case, Token
from sim.model.clock import WorkingClock, birthday, working_clock
from sim.model.completeness import Files
from sim.model.decision import DecisionRun
from sim.model.draws import Draws
from sim.model.environment import Environment
from sim.model.headcount import headcounts
from sim.model.named_team import NamedTeam
from sim.model.panel import Panel
from sim.model.places import ServiceRun
from sim.model.records import add_pause
from sim.model.spell import YEAR_DAYS, Spell
from sim.model.staffed_named_team import StaffedNamedTeam
from sim.model.staffed_team import StaffedPool
from sim.model.staffing import Roster, is_staffed
from sim.model.step import ClockRun, StepRun
from sim.model.team import Task, Team, record_task
from sim.model.tracks import TrackRun
from sim.model.varying import reader
from sim.model.waiting import end_waits, help_has_changed, help_has_started, waiting_runs
from sim.scenario import Scenario
from sim.scenario.costs import OUTSIDE_PAYERS
from sim.scenario.errors import PlannerError

_EVENT_WIDTH = len(EVENTS)
_pack_event = ROWS["events"].pack
_TIME = EVENTS.index("time")
_OUTCOME = EVENTS.index("outcome")
_SPELL_WIDTH = len(SPELLS)
_SPELL_COLUMN = {column: position for position, column in enumerate(SPELLS)}
_CASE_WIDTH = len(CASES)
_LEFT = CASES.index("left")


def simulate(scenario: Scenario, replication: int = 0) -> Journal:
    """Simulate one future of a scenario.

    A pure function: the same scenario and replication give the same journal, byte for byte, in any process.

    Args:
        scenario: What the planner says.
        replication: Number of the future, from 0. The same number means the same persons in every scenario.

    Returns:
        The record of what happened.

    Raises:
        PlannerError: The open cases of a file are not there, because the scenario was read from a folder of results.
    """
    if scenario.is_withheld:
        raise PlannerError(
            "the open cases of day 0 came from a file of the municipality's own, and such files are not copied into "
            "results; run the command again that manifest.json names, where the file lies"
        )
    with _without_collector():
        return World(scenario, replication).run()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the garbage collector out of the way.

    It would walk through every live case again and again without finding anything to free. What is over lets go of
    what it was about, so that it is freed at once; the rest, the world itself, is one cycle and dies at the end.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class World:
    """The municipality during one replication. Everything that changes while the model runs hangs here."""

    def __init__(self, scenario: Scenario, replication: int) -> None:
        self.scenario = scenario
        self.replication = replication
        self.start = scenario.horizon.start
        self.horizon = scenario.horizon.days
        self.env = Environment()
        self.draws = Draws(scenario.seed, replication)
        self.administrations = [*scenario.administrations, *OUTSIDE_PAYERS]
        self.journal = Recorder(
            {
                "source": [*scenario.arrivals, *scenario.initial_caseload, *scenario.initial_matters],
                "profile": scenario.profiles,
                "track": scenario.tracks,
                "step": [],
                "resource": [*scenario.teams, *scenario.panels],
                "service": scenario.services,
                "supplier": [],
                "payer": self.administrations,
                "events.outcome": ["none", "done", "withdrawn"],
            }
        )
        self.names = self.journal.names
        self._events = self.journal.events
        self._sources = self.names["source"]
        self._profiles = self.names["profile"]
        self._kinds = self.names["events.kind"]
        self._outcomes = self.names["events.outcome"]
        self.held: dict[Task, None] = {}
        """Tasks that hold a caseworker now, for a meeting."""
        self.numbers = count()
        """The order of asking: first come, first served."""
        self._places = count()
        self.files = Files(scenario.caseworking.completeness)
        self._new_file = scenario.caseworking.completeness.start
        self._adult_age = 18.0 if scenario.birthday is None else scenario.birthday.age
        self.brake = brake_of(self)
        """What holds grants back until New Year. None: nothing does."""
        self.office = self.working_clock("office") if "office" in scenario.calendars else None
        scale = scenario.municipality.scale
        self.clocks = {name: ClockRun(self, name, config) for name, config in scenario.clocks.items()}
        self.teams = {name: self._team(name, scale) for name in scenario.teams}
        self.panels = {name: self._panel(name, scale) for name in scenario.panels}
        self.services = {name: self._service(name, scale) for name in scenario.services}
        self.tracks = {name: TrackRun(self, name, config) for name, config in scenario.tracks.items()}
        for track in self.tracks.values():
            for step in track.steps.values():
                step.link(lambda target, track=track: self.find_step(target, track))  # type: ignore[misc]
        self._waiting = waiting_runs(self)
        self._birthday = None if scenario.birthday is None else BirthdayRun(self, scenario.birthday)
        self._planning = (
            None
            if scenario.planning is None or self._birthday is None
            else PlanningRun(self, scenario.planning, self._birthday)
        )
        for rank, (name, stock) in enumerate(scenario.initial_caseload.items()):
            seat_initial_caseload(self, name, stock, rank, seats(stock, scale))
        for rank, (name, matter) in enumerate(scenario.initial_matters.items(), len(scenario.initial_caseload)):
            seat_initial_matters(self, name, matter, rank, seats(matter, scale))
        self._streams = [
            Stream(self, name, source, rank, scale) for rank, (name, source) in enumerate(scenario.arrivals.items())
        ]

    # -- putting it together ------------------------------------------------------------------------------------

    def working_clock(self, calendar: str) -> WorkingClock:
        """Return the clock of a calendar."""
        return working_clock(self.scenario.calendars[calendar], self.start, self.horizon)

    def _team(self, name: str, scale: float) -> Team:
        config = self.scenario.teams[name]
        clock = self.working_clock(config.calendar)
        caseworking = self.scenario.caseworking
        counts = headcounts(config, scale, self.start, self.horizon)
        pooled = config.allocation == "pooled"
        if is_staffed(config, caseworking):
            team: StaffedPool | StaffedNamedTeam
            if pooled:
                team = StaffedPool(self, name, config, clock, 0)
            else:
                team = StaffedNamedTeam(self, name, config, clock, caseworking)
            Roster(self, team, config, caseworking, counts)
            return team
        workers = counts[0][1]
        if pooled:
            return Team(self, name, config, clock, workers)
        return NamedTeam(self, name, config, clock, workers, caseworking)

    def _panel(self, name: str, scale: float) -> Panel:
        config = self.scenario.panels[name]
        seats = None if config.seats is None else math.ceil(config.seats * scale - 1e-9)
        return Panel(self, name, config, self.working_clock("office"), self.start, seats)

    def _service(self, name: str, scale: float) -> ServiceRun:
        return ServiceRun(self, name, self.scenario.services[name], self.new_place(), scale)

    def find_step(self, target: str, track: TrackRun | None = None) -> StepRun:
        """Return the step that ``step`` (in the track) or ``track.step`` names."""
        if "." in target:
            track_name, target = target.split(".", 1)
            track = self.tracks[track_name]
        assert track is not None
        return track.steps[target]

    def new_place(self) -> int:
        """Return the number of a further place of the map at which visits are counted."""
        return next(self._places)

    # -- cases --------------------------------------------------------------------------------------------------

    def new_case(
        self, number: int, source: str, profile: str, level: int, born: float, household: int | None = None
    ) -> Case:
        """Let a person appear; none given: the household is their own."""
        turns_adult = birthday(self.start, born, self._adult_age)
        row = self.journal.add_case(
            (
                number,
                number if household is None else household,
                self._sources[source],
                self._profiles[profile],
                born,
                self.env.now,
                level,
                NAN,
            )
        )
        case = Case(number, row, source, profile, level, born, turns_adult, self._new_file)
        if self._birthday is not None:
            self._birthday.expect(case)
        return case

    def comes_back(self, case: Case) -> None:
        """Take note that a person who may have left is there again."""
        self.journal.cases[case.row * _CASE_WIDTH + _LEFT] = NAN

    def birthday(self, case: Case, age: float) -> float:
        """Return the day on which a person reaches an age in years."""
        return birthday(self.start, case.born, age)

    def age(self, case: Case) -> float:
        """Return a person's age now, in years."""
        return (self.env.now - case.born) / YEAR_DAYS

    def attribute(self, token: Token, name: str) -> str:
        """Return an attribute of a case."""
        return reader(self, name)(token)

    def has_other_matter(self, token: Token) -> bool:
        """Return whether the person is on another way on the same side of the law."""
        side = token.track.side
        return any(other is not token and other.track.side == side for other in token.case.tokens)

    def own_team(self, token: Token) -> Team:
        """Return the named team that has a case, or that had it last."""
        if token.own_team is not None:
            return token.own_team
        team = next(iter(token.case.assignments), None) or next(reversed(token.case.last_worker), None)
        if team is None:
            raise LookupError(f"case {token.case.number} in track '{token.track.name}' has no team of its own yet")
        return team

    def move(self, token: Token, step: StepRun | None) -> None:
        """Let a token come to a step, and go on through all the steps that it passes at once."""
        while step is not None:
            token.track = step.track
            if step.has_notes:
                step.note_arrival(token)
            step = step.enter(token)

    def finish(self, token: Token) -> None:
        """End a token's way."""
        token.ended = True
        token.waiting = None
        case = token.case
        if token.waits:
            end_waits(token)
        case.tokens.remove(token)
        if token.clocks:
            for row, _ in token.clocks.values():
                self.close_event(row, "withdrawn")
        if case.assignments:
            for team in list(case.assignments):
                team.let_go(token)
        if not case.tokens:
            self.journal.cases[case.row * _CASE_WIDTH + _LEFT] = self.env.now
        if case.planned and self._planning is not None and token.side == "child":
            self._planning.childhood_way_ended(case)
        if case.adulthood is not None and all(other.side == "child" for other in case.tokens):
            case.adulthood.given_up()

    def terminate(self, token: Token) -> None:
        """End a token's way from outside: what it waits for is called off, the service it has ends."""
        if token.waiting is not None:
            token.waiting.call_off()
        self.finish(token)

    def appeal(self, token: Token, decision: DecisionRun) -> None:
        """Let a decision be appealed, in a way of its own beside the case's."""
        assert decision.config.appeal is not None
        track = self.tracks[decision.config.appeal]
        appeal = Token(token.case, track, token.administration, token.aware)
        appeal.own_team = token.own_team
        appeal.grant = token.grant
        appeal.appealed = decision
        self.move(appeal, track.first)

    def after_appeal(self, token: Token, outcome: str) -> StepRun | None:
        """Return where a case goes on when its appeal is over; the original decision stood meanwhile."""
        decision = token.appealed
        assert decision is not None
        if token.waits:
            end_waits(token, outcome)
        step = decision.after_appeal(outcome)
        too_late = decision.track.side == "child" and self.env.now >= token.case.turns_adult
        if step is None or too_late:
            self.finish(token)
            return None
        token.appealed = None
        token.decided = self.env.now
        if outcome == "changed":
            decision.grant(token, token.case.visit(decision.place), token.case.level)
        return step

    def help_has_changed(self, case: Case) -> None:
        """Take note that a person has begun or ceased to be helped."""
        if self._waiting:
            help_has_changed(case)

    def service_started(self, spell: Spell) -> None:
        """Take note that a service has started."""
        if self._waiting:
            help_has_started(spell)
        side = spell.token.track.side
        adulthood = spell.token.case.adulthood
        if side == "adult" and adulthood is not None:
            adulthood.support_started(spell.service.config.category)
        elif side == "child" and self._planning is not None:
            self._planning.service_started(spell)

    # -- writing it down ----------------------------------------------------------------------------------------

    def add_event(
        self, token: Token, administration: int, kind: str, since: float, time: float, due: float, outcome: str
    ) -> int:
        """Write an event to the journal and return its row."""
        events = self._events
        events.frombytes(
            _pack_event(
                token.case.number,
                token.track.code,
                administration,
                self._kinds[kind],
                since,
                time,
                due,
                self._outcomes[outcome],
            )
        )
        return len(events) // _EVENT_WIDTH - 1

    def open_event(self, token: Token, kind: str, since: float, due: float) -> int:
        """Write something that is waited for to the journal and return its row."""
        return self.add_event(token, token.administration, kind, since, NAN, due, "none")

    def close_event(self, row: int, outcome: str) -> None:
        """Write down that the wait of a row is over."""
        events = self._events
        events[row * _EVENT_WIDTH + _TIME] = self.env.now
        events[row * _EVENT_WIDTH + _OUTCOME] = self._outcomes[outcome]

    def note(self, token: Token, kind: str, outcome: str = "done") -> None:
        """Write an event that happens now to the journal."""
        now = self.env.now
        self.add_event(token, token.administration, kind, now, now, NAN, outcome)

    def notify(self, token: Token, kind: str, source: str) -> None:
        """Write to the journal that a notification or application has come in."""
        now = self.env.now
        self.add_event(token, token.administration, kind, now, now, NAN, source)

    def add_spell(self, token: Token, service: int, kind: str, level: int, asked: float, decided: float) -> int:
        """Write a spell to the journal, not yet started, and return its row."""
        case = token.case
        kind_code = self.names["spells.kind"].code(kind)
        return self.journal.add_spell(
            (
                case.number,
                token.track.code,
                service,
                -1,
                token.administration,
                kind_code,
                level,
                asked,
                decided,
                NAN,
                NAN,
                NAN,
            )
        )

    def set_spell(self, row: int, column: str, value: float) -> None:
        """Fill in what has become known of a spell."""
        self.journal.spells[row * _SPELL_WIDTH + _SPELL_COLUMN[column]] = value

    def payer_of(self, row: int) -> int:
        """Return the code of who pays for the spell of a row."""
        return int(self.journal.spells[row * _SPELL_WIDTH + _SPELL_COLUMN["payer"]])

    def add_pause(self, token: Token, step: int, since: float, until: float) -> int:
        """Write a delay to the journal and return its row."""
        return add_pause(self.journal, token, step, since, until)

    # -- running ------------------------------------------------------------------------------------------------

    def run(self) -> Journal:
        """Run to the horizon and return the journal."""
        self.env.run_to(self.horizon)
        for team in self.teams.values():
            team.close()
        for panel in self.panels.values():
            panel.close()
        for task in self.held:
            record_task(self, task, NAN, task.team.clock.worked(self.horizon) - task.team.clock.worked(task.started))
        tables = {name: self.journal.columns(name) for name in ("cases", "activities", "spells", "events", "staff")}
        self._forget_the_future(tables)
        return Journal(
            scenario=self.scenario.about.name,
            replication=self.replication,
            seed=self.scenario.seed,
            start=self.start,
            run_in=self.scenario.horizon.run_in_days,
            horizon=self.horizon,
            names={key: names.all() for key, names in self.names.items()},
            counts={"simpy_events": self.env.processed},
            **tables,
        )

    def _forget_the_future(self, tables: dict[str, Any]) -> None:
        """Remove times that were already known but had not come when the simulation ended."""
        activities = tables["activities"]
        for column in ("started", "finished"):
            activities[column][activities[column] >= self.horizon] = np.nan
