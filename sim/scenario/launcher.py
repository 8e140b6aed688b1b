"""Who starts the simulations: this machine's processes, or Ray.

Hydra's name for it is the launcher, and its plugin for Ray says which settings there are:
``hydra.launcher.ray.init`` (where the cluster is) and ``hydra.launcher.ray.remote`` (what one replication takes).
They are read here, together with the rest of the configuration, and are no part of it: where something was computed
does not decide what comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from hydra.core.override_parser.types import Override
from omegaconf import DictConfig, OmegaConf

from sim.scenario.errors import PlannerError, did_you_mean

GROUP = "hydra/launcher"
RAY = "ray"
PROCESSES = "basic"
"""Hydra's name for what is done when no launcher is named."""
INSTALL = 'pip install "sagsflow[ray]"'
NEEDED = ("ray", "hydra_plugins.hydra_ray_launcher")
CHOICES = {GROUP: RAY, "compute": RAY}
"""Config groups with the option by which each means Ray."""


@dataclass(frozen=True)
class Launcher:
    """Ray, with what the planner says about it."""

    init: Mapping[str, Any] = field(default_factory=dict)
    """Arguments of ``ray.init``."""
    remote: Mapping[str, Any] = field(default_factory=dict)
    """Options of every task, as those of ``ray.remote``."""


def refuse_missing(overrides: Sequence[Override]) -> None:
    """Refuse Ray where it is not installed, before Hydra says in its own words that it knows no such launcher.

    Raises:
        PlannerError: The extra is missing; the message says how to install it.
    """
    for override in overrides:
        named = not override.is_sweep_override() and override.value() == CHOICES.get(override.key_or_group)
        if named and not all(map(_installed, NEEDED)):
            raise PlannerError(
                f"{override.input_line} needs Ray, which is not installed. Install it with\n  {INSTALL}\n"
                "or leave it out: the work is then done by the processes of this machine"
            )


def launcher_of(config: DictConfig) -> Launcher | None:
    """Return what a composed configuration, with Hydra's own part, says about the launcher; None: no Ray.

    Raises:
        PlannerError: Another launcher was chosen than the two that are understood.
    """
    name = str(config.hydra.runtime.choices.get(GROUP, PROCESSES))
    if name == PROCESSES:
        return None
    if name != RAY:
        raise PlannerError(
            f"{GROUP}={name} is not understood{did_you_mean(name, (PROCESSES, RAY))} (allowed: {PROCESSES}, which is "
            f"this machine's processes, and {RAY})"
        )
    settings = OmegaConf.to_container(config.hydra.launcher.ray, resolve=True)
    assert isinstance(settings, dict)
    return Launcher(init=settings.get("init") or {}, remote=settings.get("remote") or {})


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package around it
        return False
