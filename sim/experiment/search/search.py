"""A search from beginning to end: candidates one after the other, then the best one in fresh futures."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from sim.experiment.files import write_text
from sim.experiment.points import Point
from sim.experiment.pool import Crew, processes
from sim.experiment.run import Done, Engine, Failed
from sim.experiment.search.evaluation import Evaluation, Figures, evaluate
from sim.experiment.search.optimum import OPTIMUM, write_optimum
from sim.experiment.search.question import Question
from sim.experiment.search.record import SearchRecord, Status, Tried, open_search, versions
from sim.experiment.search.space import Candidate
from sim.experiment.search.study import explore
from sim.experiment.search.tables import write_tables
from sim.experiment.search.trial import (
    Bench,
    fresh_figures,
    read_figures,
    refuse_nothing_to_measure,
    refuse_unmeasured,
    replication_file,
    stored,
)
from sim.experiment.search.wording import names_and_units
from sim.experiment.sweep import ERROR_LOG, Interrupted, Listener, Order, run_sweep

CANDIDATES = "candidates"
FRESH = "fresh"


class SearchListener(Listener, Protocol):
    """Who is told how far it is."""

    def skipped(self, replications: int) -> None:
        """So many replications will not be simulated, because a candidate is hopeless."""
        ...


class _TodayFailed(Exception):  # noqa: N818 - not a fault of the search: its replications are reported one by one
    """Today's staffing could not be simulated, so there is nothing to compare with."""


@dataclass(frozen=True)
class SearchOrder:
    """What is to be sought, and where the results go."""

    question: Question
    folder: Path
    command: str
    """The command that does the same again."""
    compare: str = ""
    """The command that compares what is found, as a scenario, with today."""
    engine: Engine = field(default_factory=Engine)


def run_search(order: SearchOrder, listener: SearchListener) -> SearchRecord:
    """Search, or go on searching, and return what was found.

    Raises:
        PlannerError: The folder cannot be used, or the question asks for what there is not.
        Interrupted: Ctrl-C. Finished replications are stored.
    """
    record = _new_record(order, open_search(order.folder, order.question.configuration))
    (order.folder / ERROR_LOG).unlink(missing_ok=True)
    run = _Run(order, record, listener)
    try:
        run.search()
        listener.finished()
        run.look_afresh()
    except _TodayFailed:
        return run.note("incomplete")
    except KeyboardInterrupt:
        run.note("interrupted")
        raise
    finally:
        listener.finished()
    return run.note("incomplete" if run.failed else "complete")


class _Run:
    def __init__(self, order: SearchOrder, record: SearchRecord, listener: SearchListener) -> None:
        self._order = order
        self._question = order.question
        self._listener = listener
        self._started = time.monotonic()
        self._earlier = record.wall_seconds
        self._record = record
        self._today: Figures = {}
        self._log: list[str] = []
        n_jobs = self._question.configuration.compute.n_jobs
        self._crew = Crew(min(processes(n_jobs), self._question.search.replications))
        self._bench = Bench(
            folder=order.folder / CANDIDATES,
            search=self._question.search,
            n_jobs=n_jobs,
            engine=order.engine,
            heard=self._heard,
            skipped=listener.skipped,
            crew=self._crew,
        )
        self.failed = False

    def search(self) -> None:
        """Try the candidates."""
        search, space = self._question.search, self._question.space
        there = stored(self._bench.folder)
        outside = 0 if space.holds(space.today) else 1
        total = search.replications * (min(search.trials, space.size) + outside)
        self._listener.started(max(total, there), there, {})
        try:
            with self._crew:
                self._measure_today()
                seen: list[Tried] = []
                first = [one for one in (space.today, space.largest) if space.holds(one)]
                seed = self._question.configuration.experiment.seed
                for candidate, evaluation in explore(space, search.trials, seed, first, self._judge):
                    if evaluation is not None:
                        seen.append(self._tried(candidate, evaluation))
                        self._record = self._record.model_copy(update={"tried": tuple(seen)})
                        self.note("running")
                self._complete_nearest(seen)
        except KeyboardInterrupt:
            raise Interrupted(stored(self._bench.folder), total) from None

    def _measure_today(self) -> None:
        space, search = self._question.space, self._question.search
        label = space.label(space.today)
        first = self._one_replication_of_today(label)
        if first is not None:
            refuse_unmeasured(search, first)
            trial = self._bench.simulate(label, lambda: self._question.compose(space.today), whole=True)
            if trial.figures is not None:
                refuse_nothing_to_measure(search, trial.figures)
                self._today = trial.figures
                evaluation = evaluate(trial.figures, None, search, self._record.confidence)
                names, units = names_and_units(self._question)
                self._record = self._record.model_copy(
                    update={"today": self._tried(space.today, evaluation), "names": names, "units": units}
                )
                return
        raise _TodayFailed

    def _one_replication_of_today(self, label: str) -> Mapping[tuple[str, str], float] | None:
        """Simulate today's first replication alone: a misspelt name must show at once."""
        file = replication_file(self._bench.folder / label, 0)
        if not file.exists():
            self._bench.first(label, lambda: self._question.compose(self._question.space.today))
        return read_figures(file) if file.exists() else None

    def _judge(self, candidate: Candidate) -> Evaluation | None:
        space, search = self._question.space, self._question.search
        label = space.label(candidate)
        trial = self._bench.simulate(label, lambda: self._question.compose(candidate), whole=candidate == space.today)
        if trial.figures is None:
            self._record = self._record.model_copy(update={"failures": (*self._record.failures, label)})
            return None
        return evaluate(trial.figures, self._today, search, self._record.confidence, hopeless=trial.hopeless)

    def _complete_nearest(self, seen: list[Tried]) -> None:
        """Where no candidate keeps the limits, simulate the rest of the nearest one, which had been given up.

        It is shown beside today's staffing, so its figures must be about the same futures.
        """
        search = self._question.search
        while (best := self._record.best) is not None and best.evaluation.hopeless:
            candidate = tuple(best.staffing[path] for path in self._question.space.paths)
            self._listener.finished()
            self._listener.started(search.replications - best.evaluation.replications, 0, {})
            trial = self._bench.simulate(best.label, partial(self._question.compose, candidate), whole=True)
            if trial.figures is None:
                return
            evaluation = evaluate(trial.figures, self._today, search, self._record.confidence)
            seen[seen.index(best)] = self._tried(candidate, evaluation)
            self._record = self._record.model_copy(update={"tried": tuple(seen)})
            self.note("running")

    def look_afresh(self) -> None:
        """Compare the best candidate with today's staffing in other futures than those it was chosen in.

        Of many candidates the one that looks best is also the one that was lucky. In fresh futures it has no luck
        left over from having been chosen.
        """
        best = self._record.best
        if best is None or not best.evaluation.feasible:
            (self._order.folder / OPTIMUM).unlink(missing_ok=True)
            return
        write_optimum(self._order.folder, self._record, best, self._question.configuration)
        points = self._fresh_points(best)
        folder = self._order.folder / FRESH / best.label
        manifest = run_sweep(Order(points, folder, self._order.command, self._order.engine), self._listener)
        self.failed = self.failed or bool(manifest.failures)
        if manifest.failures:
            self._log.append((folder / ERROR_LOG).read_text(encoding="utf-8"))
        today, found = fresh_figures(folder, (points[0].label, points[-1].label), self._question.search)
        if not any(values.size for values in today.values()):
            return
        search, confidence = self._question.search, self._record.confidence
        judged = [evaluate(today, None, search, confidence), evaluate(found, today, search, confidence)]
        self._record = self._record.model_copy(update={"fresh_today": judged[0], "fresh_best": judged[1]})

    def _fresh_points(self, best: Tried) -> list[Point]:
        question, space = self._question, self._question.space
        found = tuple(best.staffing[path] for path in space.paths)
        further = (
            f"experiment.seed={question.fresh_seed}",
            f"experiment.replications={question.search.fresh_replications}",
            "experiment.reference=today",
        )
        chosen = {"today": space.today} | ({} if found == space.today else {"found": found})
        differing = [path for path, one, other in zip(space.paths, space.today, found, strict=True) if one != other]
        return [
            Point(
                label=label,
                name=label,
                overrides=tuple(question.candidate_overrides(candidate, *further)),
                columns={path: space.values(candidate)[path] for path in differing},
                configuration=question.compose(candidate, *further),
            )
            for label, candidate in chosen.items()
        ]

    def note(self, status: Status) -> SearchRecord:
        """Write down how far it is."""
        seconds = round(self._earlier + time.monotonic() - self._started, 3)
        self._record = self._record.model_copy(update={"status": status, "wall_seconds": seconds})
        self._record.write(self._order.folder)
        if self._record.tried:
            write_tables(self._order.folder, self._record)
        return self._record

    def _tried(self, candidate: Candidate, evaluation: Evaluation) -> Tried:
        space = self._question.space
        return Tried(label=space.label(candidate), staffing=space.values(candidate), evaluation=evaluation)

    def _heard(self, result: Done | Failed) -> None:
        if isinstance(result, Done):
            self._listener.done(result)
            return
        self.failed = True
        self._listener.failed(result)
        self._log.append(f"{result.label}, replication {result.replication}\n{result.details or result.error}")
        write_text(self._order.folder / ERROR_LOG, "\n\n".join(self._log).rstrip() + "\n")


def _new_record(order: SearchOrder, earlier: SearchRecord | None) -> SearchRecord:
    question = order.question
    return SearchRecord(
        command=order.command,
        compare=order.compare,
        started=earlier.started if earlier else dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        wall_seconds=earlier.wall_seconds if earlier else 0.0,
        seed=question.configuration.experiment.seed,
        fresh_seed=question.fresh_seed,
        confidence=question.configuration.experiment.confidence,
        question=question.search,
        size=question.space.size,
        scale=question.configuration.scenario.municipality.scale,
        versions=versions(),
    )
