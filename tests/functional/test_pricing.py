"""Stored futures at other prices: the whole way, from a planner's command to a folder of results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sim.cli import main
from sim.experiment import run as one_replication
from sim.experiment.manifest import Manifest
from sim.measures import depends_on_prices
from sim.report import plots

pytestmark = [pytest.mark.functional, pytest.mark.usefixtures("nothing_but_prices")]

CASEWORKERS = "teams.advisers.caseworkers"
PRICE = "costs.services.family_support.own.dkk_per_day"
TABLES = (
    *("kpis.csv", "kpis.parquet", "costs.csv", "costs.parquet", "comparison.csv"),
    *("best.csv", "best.parquet", "run_in.csv", "run_in.parquet"),
)
LABEL = "baseline--advisers-3"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep's folder, made once. Tests that change something take a copy."""
    folder = tmp_path_factory.mktemp("stored") / "sweep"
    small = ["municipality=one_team", "horizon.years=1.5", "compute.n_jobs=1", "experiment.replications=2"]
    points = ["scenario=baseline", f"{CASEWORKERS}=3,4"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "render_plots", lambda *_: [])
        assert main(["sweep", *small, *points, f"output={folder.as_posix()}", "-q"]) == 0
    return folder


@pytest.fixture
def nothing_but_prices(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures out, and fail if anything is simulated."""
    monkeypatch.setattr(plots, "render_plots", lambda *_: [])
    monkeypatch.setattr(one_replication, "_the_model", lambda: pytest.fail("simulated again"))


def price(folder: Path, out: Path, *prices: str) -> Path:
    assert main(["price", str(folder), *prices, "-o", str(out), "-q"]) == 0
    return out


def contents(folder: Path, below: str) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob(below) if path.is_file()}


def test_the_same_prices_give_the_same_bytes(stored: Path, tmp_path: Path) -> None:
    again = price(stored, tmp_path / "again", f"{PRICE}=260")
    for name in TABLES:
        assert (again / name).read_bytes() == (stored / name).read_bytes(), name
    for below in ("points/*/*.parquet", "points/*/journal/*"):
        assert contents(again, below) == contents(stored, below)
        assert contents(again, below)
    assert sorted(path.name for path in again.iterdir()) == sorted(
        [*TABLES, "budget.xlsx", "checksums.sha256", "manifest.json", "points", "report.html"]
    )


def test_a_doubled_price_doubles_what_the_service_costs_and_nothing_else(stored: Path, tmp_path: Path) -> None:
    """To an øre for each of the spells, whose amounts are whole øre."""
    dearer = price(stored, tmp_path / "dearer", f"{PRICE}=520")
    before, after = pd.read_parquet(stored / "costs.parquet"), pd.read_parquet(dearer / "costs.parquet")
    pd.testing.assert_frame_equal(after.drop(columns="amount_dkk"), before.drop(columns="amount_dkk"))
    service = before["item"] == "family_support"
    assert 0 < service.sum() < len(before)
    spells = len(pd.read_parquet(stored / "points" / LABEL / "spells.parquet"))
    old, new = before["amount_dkk"], after["amount_dkk"]
    assert new[service].tolist() == pytest.approx((2 * old[service]).tolist(), abs=spells / 100)
    assert new[~service].tolist() == old[~service].tolist()
    kept = [pd.read_csv(folder / "kpis.csv") for folder in (stored, dearer)]
    kept = [kpis[~kpis["kpi"].map(depends_on_prices)] for kpis in kept]
    pd.testing.assert_frame_equal(kept[0], kept[1])
    totals = [pd.read_csv(folder / "comparison.csv").query("kpi == 'cost.services'") for folder in (stored, dearer)]
    assert totals[1]["mean"].tolist() == pytest.approx((2 * totals[0]["mean"]).tolist(), rel=1e-4)


def test_the_priced_folder_says_what_it_is(stored: Path, tmp_path: Path) -> None:
    out = price(stored, tmp_path / "out", f"{PRICE}=300", "costs.self_pay_share=0.5")
    manifest = Manifest.read(out)
    assert manifest.status == "complete"
    assert manifest.sources == (str(stored),)
    assert manifest.pricing is not None
    assert manifest.pricing.overrides == (f"{PRICE}=300", "costs.self_pay_share=0.5")
    assert manifest.command.startswith(f"sagsflow price {stored} {PRICE}=300")
    assert manifest.points[0].overrides[-2:] == manifest.pricing.overrides
    assert [entry.stored for entry in manifest.points] == [2, 2]
    assert "dkk_per_day: 300" in (out / "points" / LABEL / "config.yaml").read_text(encoding="utf-8")
    assert Manifest.read(stored).pricing is None


def test_a_priced_folder_can_be_priced_reported_and_compared(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dearer = price(stored, tmp_path / "dearer", f"{PRICE}=300")
    back = price(dearer, tmp_path / "back", f"{PRICE}=260")
    for name in TABLES:
        assert (back / name).read_bytes() == (stored / name).read_bytes(), name
    assert main(["report", str(dearer), "--language", "en"]) == 0
    assert "Total cost" in capsys.readouterr().out
    both = tmp_path / "both"
    assert main(["compare", str(stored), str(dearer), "-o", str(both), "-q"]) == 0
    comparison = pd.read_csv(both / "comparison.csv")
    services = comparison[(comparison["kpi"] == "cost.services") & (comparison["group"] == "all")]
    assert len(services) == 4
    again = price(both, tmp_path / "again", "costs.staff.overhead=0")
    assert len(Manifest.read(again).points) == 4


def test_what_is_paid_adds_up(stored: Path, tmp_path: Path) -> None:
    out = price(stored, tmp_path / "out", f"{PRICE}=333.33", "costs.staff.overhead=0.31")
    costs = pd.read_parquet(out / "costs.parquet")
    oere = (costs["amount_dkk"] * 100).round().astype("int64")
    for key in ("payer", "administration", "account"):
        assert oere.groupby(costs[key]).sum().sum() == oere.sum()
    assert oere.sum() > 0
    entries = pd.read_parquet(out / "points" / LABEL / "ledger.parquet")
    mine = pd.read_parquet(out / "points" / LABEL / "costs.parquet").query("replication == 0")
    assert round(100 * entries["amount_dkk"].sum()) == round(100 * mine["amount_dkk"].sum())


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        ((), "no prices were given"),
        (("teams.advisers.caseworkers=5",), "nothing else can, because the future would be another one"),
        ((f"{PRICE}=-1",), f"{PRICE}: -1"),
        ((f"{PRICE}=gratis",), f"{PRICE}: 'gratis'"),
        (("costs.services.family_suport.own.dkk_per_day=5",), "did you mean 'costs.services.family_support"),
        (("costs.services.family_support.own=null",), "costs.services.family_support.own: a price is missing"),
        (("costs=odense",), "there is no team 'bsf_youth'"),
    ],
)
def test_wrong_prices_end_in_2_and_nothing_is_written(
    stored: Path, tmp_path: Path, prices: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["price", str(stored), *prices, "-o", str(tmp_path / "out")]) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("sagsflow: ")
    assert said in shown
    assert "Traceback" not in shown
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_overwritten(stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.docx").touch()
    assert main(["price", str(stored), f"{PRICE}=1", "-o", str(tmp_path)]) == 2
    assert "never overwritten" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def _without_billing(folder: Path) -> None:
    (folder / "points" / LABEL / "billing_staff.parquet").unlink()


def _unfinished(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "status": "interrupted"}), encoding="utf-8")


def _of_another_version(folder: Path) -> None:
    """Costs that come out differently, as those of a version that reckoned differently would."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["engine"]["code"] = "older"
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    config = folder / "points" / LABEL / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("overhead: 0.22", "overhead: 0.21"), encoding="utf-8")
    (folder / "points" / LABEL / "checksums.sha256").unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without_billing, f"did not keep what it takes to price futures again (points: {LABEL})"),
        (_unfinished, "is not finished; finish it first"),
        (_of_another_version, f"the costs of {LABEL}, replication 0, do not come out as they are stored"),
    ],
)
def test_a_folder_that_cannot_be_priced_rightly_is_refused(
    stored: Path, tmp_path: Path, spoil: object, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(stored, tmp_path / "spoilt"))
    spoil(folder)  # type: ignore[operator]
    assert main(["price", str(folder), f"{PRICE}=300", "-o", str(tmp_path / "out"), "-q"]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["spoilt"]
