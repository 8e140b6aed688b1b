"""sagsflow from Python: scenarios in, pandas tables out.

    from sim import compare, load_scenario, simulate, sweep

    one = load_scenario("baseline", "municipality=one_team")
    figures = simulate(one, replications=5)
    both = sweep("municipality=one_team", "scenario=baseline", "teams.advisers.caseworkers=3,4")
    compare(both)

Configuration is said as on the command line, in Hydra's overrides (``key=value``). Tables have the columns of the files
that the command line writes: every figure (``kpi``, ``group``) in each replication, in the unit that stands beside it
(days, shares between 0 and 1, DKK a year, ...). What each ``kpi`` means is defined in :mod:`sim.measures.definitions`.

Replication 7 is the same future in every table with the same seed: compare pairwise, as :func:`compare` does.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.manifest import Manifest
    from sim.scenario.configuration import Configuration

Folders = str | Path | Sequence[str | Path]
Table = Literal["kpis", "costs"]

FUTURES = "futures"
"""Key of ``DataFrame.attrs``: the seed and the horizon. Tables that differ in it hold different futures."""
REFERENCE = "reference"
CONFIDENCE = "confidence"


def load_scenario(name: str = "baseline", *overrides: str, scenarios: Folders = ()) -> Configuration:
    """Compose and check one scenario.

    Args:
        name: A scenario, or several laid over each other with ``+`` (``pooled_budget+weekly_panels``).
        overrides: What differs from the files, as on the command line (``municipality=one_team``,
            ``teams.advisers.caseworkers=4``).
        scenarios: A folder of one's own scenarios, or several, as the option ``--scenarios``.

    Returns:
        The checked configuration; its ``scenario`` holds everything that a simulation knows.

    Raises:
        PlannerError: Something is wrong; the message says what, where and what is allowed.
    """
    from sim.scenario.compose import Composer

    with Composer(_paths(scenarios)) as composer:
        return composer.configuration([f"scenario={name}", *overrides])


def simulate(configuration: Configuration, replications: int | None = None, *, table: Table = "kpis") -> pd.DataFrame:
    """Simulate one scenario in this process and return its figures. Nothing is written.

    Many replications or points are quicker with :func:`sweep`, which uses all cores and checks the run-in too.

    Args:
        configuration: From :func:`load_scenario`.
        replications: Number of futures; None: ``experiment.replications`` (with ``auto``: the fewest it begins with).
        table: ``kpis``: every figure; ``costs``: the ledger, amounts in DKK within the whole measured period.

    Returns:
        ``kpis``: columns replication, kpi, group, value, unit; a value of NaN means that there was nothing to measure.
        ``costs``: columns replication, year, administration, account, payer, part, item, supplier, level, quantity,
        unit, amount_dkk.

    Raises:
        ValueError: The number of replications is not positive.
    """
    import pandas as pd

    from sim.experiment.tables import figures_table
    from sim.measures import measure
    from sim.model import simulate as simulated

    number = configuration.experiment.at_least if replications is None else replications
    if number < 1:
        raise ValueError(f"replications is {number}, but at least one future must be simulated")
    scenario = configuration.scenario
    parts = []
    for replication in range(number):
        figures = measure(simulated(scenario, replication), scenario)
        parts.append(figures_table(table, getattr(figures, table), replication).to_pandas())
    result: pd.DataFrame = pd.concat(parts, ignore_index=True)
    result.attrs[FUTURES] = _futures(configuration.experiment.seed, scenario.horizon.model_dump(mode="json"))
    result.attrs[CONFIDENCE] = configuration.experiment.confidence
    return result


def sweep(
    *overrides: str, scenarios: Folders = (), output: str | Path | None = None, quiet: bool = False
) -> pd.DataFrame:
    """Simulate several scenarios or values on all cores, and return the figures of all of them.

    Args:
        overrides: As after ``sagsflow sweep``: ``scenario=baseline,pooled_budget``, ``teams.advisers.caseworkers=3,4``,
            ``experiment.replications=20``. Without ``scenario=``: the comparison that is set up from the start.
        scenarios: A folder of one's own scenarios, or several.
        output: Where the results are kept, as the command line keeps them (``sagsflow report`` draws their pictures);
            None: nowhere. What is stored there already is not simulated again.
        quiet: Show no progress.

    Returns:
        As :func:`load_results`.

    Raises:
        PlannerError: Something is wrong; the message says what, where and what is allowed.
        RuntimeError: A replication failed.
    """
    from sim.counted import counted
    from sim.experiment.points import sweep_points
    from sim.experiment.progress import Progress
    from sim.experiment.sweep import Order, run_sweep
    from sim.scenario.compose import Composer
    from sim.spoken import spoken

    with Composer(_paths(scenarios)) as composer:
        points = sweep_points(composer, list(overrides))
    report = points[0].configuration.report
    with tempfile.TemporaryDirectory(prefix="sagsflow-") as temporary:
        folder = Path(output) if output is not None else points[0].configuration.output or Path(temporary) / "results"
        with Progress(sys.stderr, spoken(report.language), quiet=quiet) as progress:
            manifest = run_sweep(Order(points, folder, f"sim.sweep{overrides!r}"), progress)
        if manifest.failures:
            first = manifest.failures[0]
            raise RuntimeError(
                f"{counted(len(manifest.failures), 'replication', 'replications')} failed, the first of "
                f"{first.label}: {first.error}"
            )
        return load_results(folder)


def load_results(folder: str | Path) -> pd.DataFrame:
    """Return the figures of a folder that ``sagsflow sweep``, ``run``, ``compare`` or ``price`` wrote.

    What a reader of the results should know, such as queues that grow without end, is warned of (``UserWarning``).

    Returns:
        Columns label, scenario, one per swept value, replication, kpi, group, value, unit.

    Raises:
        PlannerError: It is not a folder of results, or holds none yet.
    """
    from sim.experiment.manifest import Manifest
    from sim.scenario.errors import PlannerError

    path = Path(folder)
    manifest = Manifest.read(path)
    result = _figures(path, manifest)
    if result is None:
        raise PlannerError(f"{path} holds no finished replication yet")
    for text in manifest.warnings:
        warnings.warn(text, UserWarning, stacklevel=2)
    result.attrs[REFERENCE] = manifest.reference
    result.attrs[CONFIDENCE] = manifest.experiment.confidence
    return result


def compare(
    figures: pd.DataFrame | Mapping[str, pd.DataFrame],
    reference: str | None = None,
    *,
    confidence: float | None = None,
) -> pd.DataFrame:
    """Compare points future by future: means and paired differences with their intervals.

    Args:
        figures: What :func:`sweep` or :func:`load_results` returned; or tables of :func:`simulate`, by what they are
            to be called.
        reference: The label that the others are compared with; None: that of the sweep, or else the first.
        confidence: Level of the intervals, between 0 and 1; None: as configured, or else 0.95.

    Returns:
        One row per point and figure: label, kpi, group, mean, ci_low, ci_high, difference (point minus reference),
        diff_low, diff_high, p_adjusted (Holm 1979, over the points), n_used, n_pairs, unit. Means and bounds are in
        the unit of the row. NaN: nothing to measure, or fewer than two replications for an interval.

    Raises:
        PlannerError: There is no such reference, or the tables hold different futures.
    """
    from sim.experiment.compare import compare as compared
    from sim.scenario.errors import PlannerError, unknown

    if isinstance(figures, Mapping):
        tables = dict(figures)
        attributes = [table.attrs for table in tables.values()]
    else:
        if "label" not in figures.columns:
            raise PlannerError(
                "this table has no column 'label', so it holds one point: compare({'one': table, 'other': another})"
            )
        tables = {str(label): table for label, table in figures.groupby("label", sort=False)}
        attributes = [figures.attrs]
    if not tables:
        raise PlannerError("there is no table to compare")
    _refuse_different_futures(list(tables), attributes)
    known = next(iter(attributes))
    chosen = reference if reference is not None else known.get(REFERENCE, next(iter(tables)))
    if chosen not in tables:
        raise PlannerError(f"reference: {unknown('point', chosen, tables)}")
    level = known.get(CONFIDENCE, 0.95) if confidence is None else confidence
    if not 0 < level < 1:
        raise PlannerError(f"confidence is {level}, but it is a share between 0 and 1, as 0.95")
    return compared(tables, chosen, level)


def _figures(folder: Path, manifest: Manifest) -> pd.DataFrame | None:
    import pandas as pd

    from sim.experiment.store import point_folder

    parts = []
    for entry in manifest.points:
        path = point_folder(folder, entry.label) / "kpis.parquet"
        if not path.exists():
            continue
        part = pd.read_parquet(path)
        names = {"label": entry.label, "scenario": entry.scenario}
        for position, (name, value) in enumerate(
            (names | {key: entry.columns.get(key) for key in manifest.swept}).items()
        ):
            part.insert(position, name, value)
        parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else None


def _futures(seed: int, horizon: Mapping[str, Any]) -> dict[str, Any]:
    return {"experiment.seed": seed, **{f"horizon.{key}": value for key, value in horizon.items()}}


def _refuse_different_futures(labels: Sequence[str], attributes: Sequence[Mapping[Any, Any]]) -> None:
    from sim.experiment.differences import differences, listing
    from sim.scenario.errors import PlannerError

    known = [(label, said[FUTURES]) for label, said in zip(labels, attributes, strict=False) if FUTURES in said]
    for label, futures in known[1:]:
        found = differences(known[0][1], futures)
        if found:
            raise PlannerError(
                f"'{known[0][0]}' and '{label}' cannot be compared future by future, because they differ in\n"
                + listing(found)
            )


def _paths(folders: Folders) -> list[Path]:
    return [Path(folders)] if isinstance(folders, str | Path) else [Path(folder) for folder in folders]
