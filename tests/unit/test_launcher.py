"""Who starts the simulations, as the command line says it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import pytest

from sim.experiment import pool
from sim.experiment.points import sweep_points
from sim.experiment.workers import Processes, Workers, workers
from sim.scenario import launcher
from sim.scenario.compose import Composer, to_yaml
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit

TEAM = "municipality=one_team"


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer()


@pytest.mark.parametrize("choice", ["hydra/launcher=ray", "compute=ray"])
def test_both_ways_to_choose_ray_mean_the_same(composer: Composer, choice: str) -> None:
    configuration = composer.configuration([TEAM, choice, "hydra.launcher.ray.init.address=head:6379"])
    assert configuration.launcher == launcher.Launcher({"address": "head:6379"}, {})


def test_it_is_not_written_into_the_configuration(composer: Composer) -> None:
    chosen = composer.configuration([TEAM, "hydra/launcher=ray"])
    assert to_yaml(chosen) == to_yaml(composer.configuration([TEAM]))


def test_without_a_choice_the_processes_of_this_machine_work(composer: Composer) -> None:
    with workers(composer.configuration([TEAM, "compute.n_jobs=3"])) as team:
        assert isinstance(team, Processes)
        assert (team.processes, team.machines) == (3, 1)


class Written:
    """A pool that does at once what it is given, and writes down what becomes of it."""

    def __init__(self, number: int, log: list[str]) -> None:
        self._log = log
        log.append(f"{number} begin")

    def submit(self, function: Callable[[int], int], task: int) -> Future[int]:
        done: Future[int] = Future()
        done.set_result(function(task))
        return done

    def shutdown(self, *, wait: bool, kill_workers: bool) -> None:
        self._log.append("stopped" if kill_workers else "ended")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(pool, "_new_pool", lambda number: Written(number, lines))
    monkeypatch.setattr("sim.experiment.workers.run_replication", lambda task: task)
    return lines


def worked(team: Workers, number: int) -> None:
    assert sorted(team.work(range(number), lambda *_: -1)) == list(range(number))  # type: ignore[arg-type]


def test_processes_stay_from_one_batch_to_the_next_and_end_with_the_work(composer: Composer, log: list[str]) -> None:
    with workers(composer.configuration([TEAM, "compute.n_jobs=3"])) as team:
        assert log == []
        for number in (5, 0, 1, 9):
            worked(team, number)
            assert log == ["3 begin"]
    assert log == ["3 begin", "ended"]


def test_there_are_no_more_processes_than_there_has_been_work_for(composer: Composer, log: list[str]) -> None:
    with workers(composer.configuration([TEAM, "compute.n_jobs=3"])) as team:
        worked(team, 2)
        worked(team, 1)
        assert log == ["2 begin"]
        worked(team, 4)
    assert log == ["2 begin", "ended", "3 begin", "ended"]


def test_one_process_is_the_one_that_asks(composer: Composer, log: list[str]) -> None:
    with workers(composer.configuration([TEAM, "compute.n_jobs=1"])) as team:
        worked(team, 4)
    assert log == []


def test_who_stops_early_does_not_wait_for_the_processes(composer: Composer, log: list[str]) -> None:
    def interrupted() -> None:
        with workers(composer.configuration([TEAM, "compute.n_jobs=2"])) as team:
            worked(team, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert log == ["2 begin", "stopped"]


@pytest.mark.parametrize("choice", ["hydra/launcher=ray", "compute=ray"])
def test_without_the_extra_one_message_says_what_to_install(
    composer: Composer, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    monkeypatch.setattr(launcher, "NEEDED", ("ray", "hydra_plugins_absent.hydra_ray_launcher"))
    with pytest.raises(PlannerError) as refusal:
        composer.configuration([TEAM, choice])
    assert str(refusal.value).startswith(f"{choice} needs Ray, which is not installed. Install it with\n  pip install ")
    assert '"sagsflow[ray]"' in str(refusal.value)


def test_another_launcher_is_refused(composer: Composer) -> None:
    with pytest.raises(PlannerError, match=r"hydra/launcher=ray_aws is not understood; did you mean 'ray'\? \(allowed"):
        composer.configuration([TEAM, "hydra/launcher=ray_aws"])


def test_a_sweep_has_one_launcher(composer: Composer) -> None:
    with pytest.raises(PlannerError, match="Hydra's own settings cannot be swept"):
        sweep_points(composer, [TEAM, "scenario=baseline", "hydra/launcher=ray,basic"])
