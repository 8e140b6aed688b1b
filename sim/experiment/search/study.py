"""Which candidates are tried, one after the other.

Where there are no more candidates than trials, all of them. Otherwise Optuna's Tree-structured Parzen Estimator
proposes (Bergstra et al. 2011; with constraints as Watanabe and Hutter 2023), one candidate at a time: each proposal
knows all earlier results, and the sequence follows from the seed alone, whatever the number of processes.

Nothing of the study is stored. Whoever goes on with a search asks for the same candidates again and finds their
replications in the folder, so the sampler arrives in exactly the state that it was in. Optuna's own storages keep the
trials but not the sampler's random numbers: a search resumed from these would propose others than one that ran
through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.search.evaluation import Evaluation, better
from sim.experiment.search.space import Candidate, Space

if TYPE_CHECKING:
    import optuna

PATIENCE = 5
"""Proposals in a row that had been tried before, after which a neighbour of the best is tried instead."""

Judge = Callable[[Candidate], Evaluation | None]
"""Simulates a candidate; None: it could not be simulated."""
Known = dict[Candidate, Evaluation | None]


def explore(
    space: Space, trials: int, seed: int, first: Sequence[Candidate], judge: Judge
) -> Iterator[tuple[Candidate, Evaluation | None]]:
    """Yield so many different candidates with what is known about each, or all if there are fewer.

    Args:
        space: The candidates.
        trials: How many to try.
        seed: The sequence follows from it.
        first: Those to begin with; of the space.
        judge: Simulates one.
    """
    if space.size <= trials:
        for candidate in dict.fromkeys([*first, *space.all()]):
            yield candidate, judge(candidate)
        return
    study = _new_study(seed)
    distributions = _distributions(space)
    generator = np.random.default_rng(seed)
    known: Known = {}
    repeated = 0
    for candidate in dict.fromkeys(first):
        study.enqueue_trial(space.values(candidate))
    while len(known) < trials:
        if repeated == PATIENCE:
            study.enqueue_trial(space.values(_untried(space, known, generator)))
        trial = study.ask(distributions)
        candidate = tuple(int(trial.params[path]) for path in space.paths)
        new = candidate not in known
        if new:
            known[candidate] = judge(candidate)
        _tell(study, trial, known[candidate])
        repeated = 0 if new else repeated + 1
        if new:
            yield candidate, known[candidate]


def _new_study(seed: int) -> optuna.Study:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna.create_study(direction="minimize", sampler=optuna.samplers.TPESampler(seed=seed))


def _distributions(space: Space) -> dict[str, Any]:
    from optuna.distributions import IntDistribution

    return {path: IntDistribution(one.low, one.high, step=one.step) for path, one in space.variables.items()}


def _tell(study: optuna.Study, trial: optuna.Trial, evaluation: Evaluation | None) -> None:
    from optuna.trial import TrialState

    if evaluation is None or not np.isfinite(evaluation.aim.mean):
        study.tell(trial, state=TrialState.FAIL)
        return
    for number, kept in enumerate(evaluation.limits):
        trial.set_constraint(str(number), kept.violation)
    study.tell(trial, evaluation.aim.mean)


def _untried(space: Space, known: Known, generator: np.random.Generator) -> Candidate:
    """Return a neighbour of the best candidate, or of the next best, that has not been tried."""
    judged = [(candidate, evaluation) for candidate, evaluation in known.items() if evaluation is not None]
    while judged:
        best = judged[0]
        for one in judged[1:]:
            if better(one[1], best[1]):
                best = one
        free = [candidate for candidate in space.neighbours(best[0]) if candidate not in known]
        if free:
            return free[int(generator.integers(len(free)))]
        judged.remove(best)
    while True:
        drawn = tuple(int(generator.choice(variable.values)) for variable in space.variables.values())
        if drawn not in known:
            return drawn
