"""sagsflow from Python, as in a notebook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import sim
from sim import compare, load_results, load_scenario, simulate, sweep
from sim.scenario.errors import PlannerError

pytestmark = [
    pytest.mark.functional,
    pytest.mark.filterwarnings("ignore:only 2 replications:UserWarning", "ignore:.*settles after:UserWarning"),
]

SMALL = ("municipality=one_team", "compute.n_jobs=1")
CASEWORKERS = "teams.advisers.caseworkers"
NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored") / "sweep"
    sweep(*SMALL, "scenario=baseline", f"{CASEWORKERS}=3,4", "experiment.replications=2", output=folder, quiet=True)
    return folder


def test_importing_loads_nothing_and_names_are_there() -> None:
    code = (
        "import sys, sim; heavy = {'numpy', 'pandas', 'pydantic', 'hydra', 'simpy'} & set(sys.modules); "
        "assert not heavy, heavy; from sim import simulate; assert simulate.__module__ == 'sim.api'"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert set(sim.__all__) <= set(dir(sim))
    with pytest.raises(AttributeError, match="frobnicate"):
        _ = sim.frobnicate


def test_simulating_gives_what_a_sweep_stores(stored: Path) -> None:
    one = load_scenario("baseline", *SMALL, f"{CASEWORKERS}=4")
    figures = simulate(one, replications=2)
    assert list(figures.columns) == ["replication", "kpi", "group", "value", "unit"]
    table = load_results(stored)
    assert list(table.columns) == ["label", "scenario", CASEWORKERS, *figures.columns]
    same = table[table[CASEWORKERS] == 4].reset_index(drop=True)
    pd.testing.assert_frame_equal(same[list(figures.columns)], figures)
    costs = simulate(one, replications=1, table="costs")
    total = figures.query("replication == 0 and kpi == 'cost.total' and group == 'all'")["value"].item()
    own = costs[costs["payer"] != "families"]
    assert (own["amount_dkk"].sum() == 0) == (total == 0)


def test_what_a_reader_should_know_is_warned_of(stored: Path) -> None:
    with pytest.warns(UserWarning, match="only 2 replications"):
        load_results(stored)


def test_comparing_a_sweep_gives_its_stored_comparison(stored: Path) -> None:
    found = compare(load_results(stored))
    written = pd.read_csv(stored / "comparison.csv", keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(found, written[list(found.columns)], check_exact=False)
    turned = compare(load_results(stored), "baseline--advisers-4")
    assert turned.loc[turned["label"] == "baseline--advisers-4", "difference"].isna().all()


def test_tables_are_compared_by_the_names_given_to_them() -> None:
    few, many = (simulate(load_scenario("baseline", *SMALL, f"{CASEWORKERS}={number}"), 2) for number in (3, 4))
    found = compare({"few": few, "many": many}, reference="many").set_index(["label", "kpi", "group"])
    row = found.loc[("few", "wait.total", "all")]
    waits = [table.query("kpi == 'wait.total' and group == 'all'")["value"].mean() for table in (few, many)]
    assert row["mean"] == pytest.approx(waits[0])
    assert row["difference"] == pytest.approx(waits[0] - waits[1])


def test_other_futures_are_not_compared() -> None:
    one, other = (
        simulate(load_scenario("baseline", *SMALL, "horizon.years=1", f"experiment.seed={seed}"), 1) for seed in (1, 2)
    )
    with pytest.raises(PlannerError, match=r"experiment\.seed: 1 there, 2 here"):
        compare({"one": one, "other": other})


def test_what_is_wrong_is_said_as_on_the_command_line(stored: Path, tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="did you mean 'pooled_budget'"):
        load_scenario("poled_budget")
    with pytest.raises(PlannerError, match="baseline--advisers-3"):
        compare(load_results(stored), "baseline--advisers-33")
    with pytest.raises(PlannerError, match="no column 'label'"):
        compare(simulate(load_scenario("baseline", *SMALL, "horizon.years=1"), 1))
    with pytest.raises(PlannerError, match="between 0 and 1"):
        compare(load_results(stored), confidence=95)
    with pytest.raises(PlannerError, match="not a folder of results"):
        load_results(tmp_path)
    with pytest.raises(ValueError, match="replications is 0"):
        simulate(load_scenario("baseline", *SMALL), 0)


def test_the_notebook_of_the_documentation_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "clear the outputs before it is committed"
    done = NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    assert any("text/html" in output.get("data", {}) for cell in done.cells for output in cell.get("outputs", ()))
