"""Files that are complete or not there, and CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.experiment.files import being_written, csv_text, sweep_leftovers, write_text

pytestmark = pytest.mark.unit


def test_text_is_utf8_with_plain_newlines(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "æøå\n")
    assert (tmp_path / "a.txt").read_bytes() == "æøå\n".encode()


def test_a_file_that_could_not_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    write_text(target, "old")
    with pytest.raises(RuntimeError), being_written(target) as temporary:  # noqa: PT012 - the block is the test
        temporary.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_text(encoding="utf-8") == "old"


def test_a_folder_appears_complete(tmp_path: Path) -> None:
    with being_written(tmp_path / "folder") as temporary:
        temporary.mkdir()
        (temporary / "part").touch()
        assert not (tmp_path / "folder").exists()
    assert (tmp_path / "folder" / "part").exists()


def test_leftovers_of_a_crash_are_swept_away(tmp_path: Path) -> None:
    (tmp_path / "points" / ".unfinished-1-00000").mkdir(parents=True)
    (tmp_path / "points" / ".unfinished-1-00000" / "kpis.parquet").touch()
    (tmp_path / ".unfinished-1-kpis.csv").touch()
    (tmp_path / "kept").touch()
    sweep_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept", "points"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_text_is_a_formula(text: str) -> None:
    assert pd.read_csv(_written(pd.DataFrame({"item": [text, "plain"]})))["item"].iloc[0].startswith("'")


def _written(frame: pd.DataFrame) -> object:
    import io

    return io.StringIO(csv_text(frame, header=True))


def test_numbers_are_exact_and_never_guarded() -> None:
    text = csv_text(pd.DataFrame({"value": [-0.1, float("nan"), 1e-9], "year": [1, -2, 3]}), header=True)
    assert text == "value,year\n-0.1,1\n,-2\n1e-09,3\n"


def test_without_a_header_only_rows() -> None:
    assert csv_text(pd.DataFrame({"a": ["x,y"]}), header=False) == '"x,y"\n'
