"""Who starts the simulations, as the command line says it."""

from __future__ import annotations

import pytest

from sim.experiment.points import sweep_points
from sim.experiment.workers import Processes, workers
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
