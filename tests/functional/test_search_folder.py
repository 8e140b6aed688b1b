"""The folder of a search: what is in it, how it is continued, and when it is refused. Simulated by stand-ins."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar

import fake_engine
import pandas as pd
import pytest
import search_engine
import yaml
from listeners import Listener

from sim.experiment.run import Engine
from sim.experiment.search.question import Question, ask
from sim.experiment.search.record import SearchRecord
from sim.experiment.search.search import SearchOrder, run_search
from sim.experiment.sweep import Interrupted
from sim.scenario.compose import Composer, Configuration
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.functional

TEAM = "teams.advisers.caseworkers"
PLACES = "services.family_support.suppliers.own.places"
QUESTION = {
    "variables": {TEAM: {"low": 2, "high": 9}, PLACES: {"low": 40, "high": 60, "step": 4}},
    # Wait: 240 / caseworkers - (places - 40) + 0 to 9. In 5 of 6 futures it is at most 4 above the rest, so the
    # cheapest has 4 caseworkers and 60 places: 60 - 20 + 4 = 44. With 3 it would be 80 - 20 + 4 = 64.
    "limits": [{"kpi": "wait.total", "at_most": 44, "probability": 0.8}],
    "trials": 12,
    "replications": 6,
    "fresh_replications": 4,
}
BEST = {TEAM: 4, PLACES: 60}
SHOWN = ("trials.csv", "frontier.csv", "scenarios/optimum.yaml")


class Remembering:
    """Composes each candidate once for all searches of this module: it is what takes the time here."""

    known: ClassVar[dict[tuple[str, ...], Configuration]] = {}

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    def configuration(self, overrides: Sequence[str]) -> Configuration:
        if any(override.startswith("+search=") for override in overrides):
            return self._composer.configuration(overrides)
        key = tuple(sorted(override for override in overrides if not override.startswith("compute.")))
        if key not in self.known:
            self.known[key] = self._composer.configuration(overrides)
        return self.known[key]

    def points(self, overrides: Sequence[str]) -> list[list[str]]:
        return self._composer.points(overrides)


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory):
    """Return a function that asks a question; composing is slow, so each is asked once."""
    root = tmp_path_factory.mktemp("questions")

    @cache
    def asked(*overrides: str, **changed: str) -> Question:
        folder = root / f"{len(list(root.iterdir()))}"
        (folder / "configs" / "search").mkdir(parents=True)
        content = QUESTION | {key: yaml.safe_load(value) for key, value in changed.items()}
        (folder / "configs" / "search" / "mine.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
        with Composer([folder]) as composer:
            return ask(Remembering(composer), ["municipality=one_team", "search=mine", "compute.n_jobs=1", *overrides])

    return asked


def order(question: Question, folder: Path) -> SearchOrder:
    return SearchOrder(
        question, folder, "sagsflow optimise", engine=Engine(search_engine.simulate, search_engine.measure)
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in SHOWN}


@pytest.fixture(scope="module")
def finished(questions, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SearchRecord, Listener]:
    folder, listener = tmp_path_factory.mktemp("search") / "out", Listener()
    return folder, run_search(order(questions(), folder), listener), listener


def test_the_known_optimum_is_found_and_looked_at_afresh(finished) -> None:
    folder, record, _ = finished
    assert record.status == "complete"
    assert record.best is not None
    assert record.best.staffing == BEST
    assert record.best.evaluation.limits[0].kept == 5
    assert record.best.evaluation.difference.mean == pytest.approx(1e6 + 15e4)
    assert record.fresh_best is not None
    assert record.fresh_best.replications == 4
    assert record.fresh_best.difference.low == pytest.approx(1e6 + 15e4)
    assert record.fresh_seed != record.seed
    assert SearchRecord.read(folder).best == record.best
    (fresh,) = (folder / "fresh").iterdir()
    assert json.loads((fresh / "manifest.json").read_text(encoding="utf-8"))["experiment"] == {
        "seed": record.fresh_seed,
        "replications": 4,
        "confidence": 0.95,
    }


def test_every_candidate_saw_the_same_futures_and_the_fresh_ones_are_others(finished) -> None:
    folder, record, _ = finished
    costs = {
        one.label: pd.concat(pd.read_parquet(file) for file in sorted((folder / "candidates" / one.label).iterdir()))
        for one in record.tried
    }
    noises = set()
    for one in record.tried:
        table = costs[one.label]
        values = table[table["kpi"] == "cost.total"].sort_values("replication")["value"].to_numpy()
        noises.add(tuple((values - 1e6 * one.staffing[TEAM] - 1e4 * one.staffing[PLACES]).round()[:2]))
    assert len(noises) == 1
    (fresh,) = (folder / "fresh").iterdir()
    values = pd.read_csv(fresh / "kpis.csv")
    values = values[(values["kpi"] == "cost.total") & (values[TEAM] == 4)].sort_values("replication")["value"]
    assert tuple((values.to_numpy() - 4e6 - 60e4).round()[:2]) not in noises


def test_hopeless_candidates_are_given_up_after_a_third_and_today_never(finished) -> None:
    _, record, listener = finished
    given_up = [one for one in record.tried if one.evaluation.hopeless]
    assert {one.evaluation.replications for one in given_up} == {2}
    assert listener.left_out == 4 * len(given_up) > 0
    assert all(one.evaluation.limits[0].kept == 0 for one in given_up)
    assert record.today is not None
    assert record.today not in record.tried  # 45 places is between two steps
    assert (record.today.evaluation.replications, record.today.evaluation.limits[0].kept) == (6, 0)


def test_the_tables_hold_every_candidate_and_the_unbeaten_ones(finished) -> None:
    folder, _, _ = finished
    trials = pd.read_csv(folder / "trials.csv")
    assert list(trials["trial"]) == list(range(1, 13))
    best = trials[trials["keeps_all_limits"]].sort_values("cost.total").iloc[0]
    assert best[[TEAM, PLACES]].tolist() == [4, 60]
    assert best["wait.total all at_most 44 share"] == pytest.approx(5 / 6)
    front = pd.read_csv(folder / "frontier.csv")
    assert (front["cost.total"].diff().dropna() > 0).all()
    assert (front["wait.total all mean"].diff().dropna() < 0).all()


def test_what_was_found_can_be_swept_as_a_scenario(finished) -> None:
    folder, _, _ = finished
    with Composer([folder]) as composer:
        found = composer.configuration(["municipality=one_team", "scenario=optimum"])
        assert "optimum" in [about.name for about in composer.scenarios()]
    assert found.scenario.teams["advisers"].caseworkers == 4
    assert found.scenario.services["family_support"].suppliers["own"].places == 60
    assert found.scenario.about.municipality == "one_team"
    assert "højst 44 dage i mindst 80 % af fremtiderne" in found.scenario.about.summary.da
    assert found.scenario.evidence[TEAM].high == 9


@pytest.mark.parametrize("stop_after", [1, 8, 31])
def test_an_interrupted_search_goes_on_to_the_same_end(finished, questions, tmp_path: Path, stop_after: int) -> None:
    folder, again = tmp_path / "out", Listener()
    with pytest.raises(Interrupted):
        run_search(order(questions(), folder), Listener(stop_after))
    assert SearchRecord.read(folder).status == "interrupted"
    record = run_search(order(questions(), folder), again)
    assert len(again.results) == len(finished[2].results) - stop_after
    assert record.tried == finished[1].tried
    assert contents(folder) == contents(finished[0])


def test_results_do_not_depend_on_the_number_of_processes(finished, questions, tmp_path: Path) -> None:
    record = run_search(order(questions("compute.n_jobs=2"), tmp_path), Listener())
    assert record.tried == finished[1].tried
    assert (record.fresh_best, contents(tmp_path)) == (finished[1].fresh_best, contents(finished[0]))


def test_more_trials_go_on_from_those_that_are_there(finished, questions, tmp_path: Path) -> None:
    first = run_search(order(questions(trials="8"), tmp_path), Listener())
    assert first.tried == finished[1].tried[:8]
    assert run_search(order(questions(), tmp_path), Listener()).tried == finished[1].tried


@pytest.mark.parametrize(
    ("overrides", "changed", "said"),
    [
        (("experiment.seed=7",), {}, "experiment.seed: 20240601 there, 7 here"),
        ((), {"limits": "[{kpi: wait.total, at_most: 60, probability: 0.8}]"}, "search.limits: "),
        ((), {"trials": "8"}, "search.trials: 12 there, 8 here"),
        ((), {"replications": "9"}, "search.replications: 6 there, 9 here"),
    ],
)
def test_another_question_is_refused_saying_what_differs(finished, questions, overrides, changed, said: str) -> None:
    before = contents(finished[0])
    with pytest.raises(PlannerError) as refusal:
        run_search(order(questions(*overrides, **changed), finished[0]), Listener())
    assert said in str(refusal.value)
    assert contents(finished[0]) == before


def test_a_folder_with_something_else_in_it_is_refused(questions, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(PlannerError, match=r"not the folder of a search \(it holds thesis.docx\)"):
        run_search(order(questions(), tmp_path), Listener())


def test_where_no_candidate_keeps_the_limits_the_nearest_is_named(questions, tmp_path: Path) -> None:
    question = questions(
        limits="[{kpi: wait.total, at_most: 5}]", trials="4", variables=f"{{{TEAM}: {{low: 2, high: 5}}}}"
    )
    record = run_search(order(question, tmp_path), Listener())
    assert record.best is not None
    assert (record.best.staffing, record.best.evaluation.feasible) == ({TEAM: 5}, False)
    assert (record.best.evaluation.hopeless, record.best.evaluation.replications) == (False, 6)
    assert {one.evaluation.replications for one in record.tried if one.staffing[TEAM] not in (3, 5)} == {2}
    assert run_search(order(question, tmp_path), Listener()).tried == record.tried
    assert record.fresh_best is None
    assert not (tmp_path / "scenarios" / "optimum.yaml").exists()


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (
            "[{kpi: wait.total, group: childs, at_most: 50}]",
            "search.limits[0].group: wait.total has no group 'childs'; ",
        ),
        ("[{kpi: wait.decision, at_most: 50}]", "there is no kpi 'wait.decision'"),
        (
            "[{kpi: appeals.reversal_share, at_most: 1}]",
            "there is nothing to measure for appeals.reversal_share of all",
        ),
    ],
)
def test_figures_that_there_are_not_are_refused_after_todays_replications(
    questions, tmp_path: Path, limits: str, said: str
) -> None:
    listener = Listener()
    with pytest.raises(PlannerError) as refusal:
        run_search(order(questions(limits=limits), tmp_path), listener)
    assert said in str(refusal.value)
    assert len(listener.results) == (6 if "nothing to measure" in said else 1)


def test_futures_without_anything_to_measure_count_against_a_limit(questions, tmp_path: Path) -> None:
    limits = "[{kpi: transition.gap_days, at_most: 10, probability: 0.8}]"
    record = run_search(order(questions(limits=limits, trials="2"), tmp_path), Listener())
    assert record.today is not None
    kept = record.today.evaluation.limits[0]
    assert (kept.kept, kept.missing, kept.replications) == (5, 1, 6)


def test_a_candidate_that_fails_does_not_stop_the_others(
    questions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = tmp_path / "faults"
    faults.mkdir()
    monkeypatch.setenv(fake_engine.FAULTS, str(faults))
    (faults / "raise-9-1").touch()
    listener = Listener()
    record = run_search(order(questions(), tmp_path / "out"), listener)
    assert record.status == "incomplete"
    assert record.failures
    assert all("advisers-9" in label for label in record.failures)
    assert {(one.replication, one.error) for one in listener.failures} == {(1, "ValueError: the sky fell")}
    assert len(record.tried) + len(record.failures) == 12
    assert "on our heads" in (tmp_path / "out" / "error.log").read_text(encoding="utf-8")
