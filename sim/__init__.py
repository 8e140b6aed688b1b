"""sagsflow: how the cases of children and young people flow through a municipality's services.

From Python, for instance in a notebook: ``from sim import load_scenario, simulate, sweep, compare``; see
:mod:`sim.api`. They are loaded when they are first used, so that the command line answers at once.

The rooms of the house, in the order in which data passes through them:

``scenario``    what a planner may say: checked, frozen configuration
``model``       what happens: the discrete-event simulation
``journal``     the record of what happened
``measures``    from journals to figures
``experiment``  many runs: replications, sweeps, the store, comparisons
``report``      figures for people
``api``         all of it from Python
``cli``         the command line
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.api import compare, load_results, load_scenario, simulate, sweep

__all__ = ["compare", "load_results", "load_scenario", "simulate", "sweep"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from sim import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
