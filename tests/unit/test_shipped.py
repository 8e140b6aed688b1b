"""Where the configuration that comes with the tool is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import installed

pytestmark = pytest.mark.unit


def test_the_configuration_that_comes_with_the_tool_is_found() -> None:
    assert (installed.configs_folder() / "config.yaml").is_file()
    assert (installed.scenarios_folder() / "baseline.yaml").is_file()


def test_an_installed_package_brings_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "sim"
    (package / "shipped" / "configs").mkdir(parents=True)
    (package.parent / "configs").mkdir()
    monkeypatch.setattr(installed, "_PACKAGE", package)
    assert installed.configs_folder() == package / "shipped" / "configs"


def test_an_incomplete_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "_PACKAGE", tmp_path / "sim")
    with pytest.raises(FileNotFoundError, match="incomplete"):
        installed.scenarios_folder()
