"""From the command line to the question: the configuration, what may vary, and how a candidate is composed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.points import ComposerLike, swept_overrides
from sim.experiment.search.space import Candidate, Space, space_of
from sim.experiment.search.trial import wanted
from sim.measures.definitions import DEFINITIONS, definition
from sim.scenario.compose import Configuration
from sim.scenario.errors import PlannerError, Problem, did_you_mean
from sim.scenario.search import Search

GROUP = "search"
DEFAULT = "default"
OTHER_FUTURES = 1
"""Sets the seed of the fresh futures apart from that of the search."""


@dataclass(frozen=True)
class Question:
    """A search, checked."""

    composer: ComposerLike
    overrides: tuple[str, ...]
    """The planner's, without those about the search."""
    configuration: Configuration
    """Today's, with the search in it."""
    space: Space

    @property
    def search(self) -> Search:
        """What is sought."""
        assert self.configuration.search is not None
        return self.configuration.search

    @property
    def fresh_seed(self) -> int:
        """The seed of the fresh futures: it follows from that of the search, and is another one."""
        seed = self.configuration.experiment.seed
        return int(np.random.SeedSequence((seed, OTHER_FUTURES)).generate_state(1)[0])

    def compose(self, candidate: Candidate, *further: str) -> Configuration:
        """Compose a candidate's configuration."""
        return self.composer.configuration(self.candidate_overrides(candidate, *further))

    def candidate_overrides(self, candidate: Candidate, *further: str) -> list[str]:
        """Return the overrides of a candidate: the planner's, with the candidate's values in their place."""
        values = self.space.values(candidate)
        changed = {path: value for path, value in values.items() if value != self.space.values(self.space.today)[path]}
        mine = {override.partition("=")[0] for override in further}
        kept = [one for one in self.overrides if key_of(one) not in changed and key_of(one) not in mine]
        return [*kept, *(f"{path}={value}" for path, value in changed.items()), *further]


def ask(composer: ComposerLike, overrides: Sequence[str]) -> Question:
    """Compose and check a question.

    Args:
        composer: Composes configurations.
        overrides: The planner's. Those of ``search`` may be among them; none: the search that comes with the tool.

    Raises:
        PlannerError: Something is wrong; nothing has been simulated.
    """
    about_search = [one for one in overrides if key_of(one).partition(".")[0] == GROUP]
    others = [one for one in overrides if one not in about_search]
    _refuse_several(overrides)
    for one in others:
        if key_of(one) == "experiment.replications":
            raise PlannerError(
                f"'{one}': a search says itself in how many futures it looks: search.replications for each "
                "candidate, search.fresh_replications for the comparison at the end"
            )
    chosen = [_added(one) for one in about_search if key_of(one) == GROUP] or [f"+{GROUP}={DEFAULT}"]
    # With ++ also what has its default only in the model can be given; a misspelt key is refused by the model.
    values = [one if one[0] in "+~" else f"++{one}" for one in about_search if key_of(one) != GROUP]
    configuration = composer.configuration([*others, *chosen, *values])
    assert configuration.search is not None
    _refuse_unknown(configuration.search)
    question = Question(composer, tuple(others), configuration, space_of(configuration.search.variables, configuration))
    for corner in (question.space.smallest, question.space.largest):
        question.compose(corner)
    return question


def _refuse_several(overrides: Sequence[str]) -> None:
    for one in swept_overrides(overrides):
        raise PlannerError(
            f"'{one}' names several values, but a search is about one scenario; what it may vary stands in "
            "search.variables"
        )


def _refuse_unknown(search: Search) -> None:
    """Refuse misspelt kpis before anything is simulated; groups are only known afterwards."""
    problems = []
    for (kpi, _), place in wanted(search).items():
        try:
            curve = definition(kpi).curve
        except KeyError:
            names = [name for name, one in DEFINITIONS.items() if not one.curve]
            problems.append(Problem(f"{place}.kpi", f"there is no kpi '{kpi}'{did_you_mean(kpi, names)}"))
        else:
            if curve:
                problems.append(Problem(f"{place}.kpi", f"'{kpi}' is a curve, not one figure"))
    if problems:
        raise PlannerError("the search asks for figures that there are not:", problems)
    _refuse_percentages(search)


def _refuse_percentages(search: Search) -> None:
    """Refuse a limit on a share that no share can ever be on both sides of: 55 was meant as 0.55."""
    problems = []
    for number, limit in enumerate(search.limits):
        if definition(limit.kpi).unit == "share" and not 0 <= limit.bound <= 1:
            side = "at_most" if limit.at_most is not None else "at_least"
            meant = f"; did you mean {limit.bound / 100:g}?" if 1 < limit.bound <= 100 else ""
            problems.append(
                Problem(
                    f"search.limits[{number}].{side}",
                    f"{limit.kpi} is a share, between 0 and 1, and {limit.bound:g} is not{meant}",
                )
            )
    if problems:
        raise PlannerError("the search has limits that mean nothing:", problems)


def key_of(override: str) -> str:
    """Return the place that an override is about."""
    return override.partition("=")[0].lstrip("+~").replace("/", ".")


def _added(override: str) -> str:
    return f"+{override.lstrip('+')}"
