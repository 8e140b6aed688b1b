"""In which language the terminal speaks."""

from __future__ import annotations

import pytest

from sim.spoken import OF_THE_SYSTEM, asked_for, not_understood, spoken

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SAGSFLOW_LANG", *OF_THE_SYSTEM):
        monkeypatch.delenv(name, raising=False)


def test_where_nobody_says_anything_it_is_that_of_the_results() -> None:
    assert (spoken(), spoken("en")) == ("da", "en")


@pytest.mark.parametrize(
    ("name", "language"),
    [("en_US.UTF-8", "en"), ("en-GB", "en"), ("da_DK.UTF-8", "da"), ("DA", "da"), ("eng", None), ("C.UTF-8", None)],
)
def test_the_system_decides_if_it_speaks_one_of_ours(
    name: str, language: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", name)
    assert [spoken("da"), spoken("en")] == [language or "da", language or "en"]


def test_the_first_variable_that_is_set_decides_even_if_it_names_no_language_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert spoken("da") == "da"


def test_our_own_variable_comes_before_the_system_and_what_is_asked_for_before_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("SAGSFLOW_LANG", "da")
    assert spoken("en") == "da"
    with asked_for("en"):
        assert spoken("da") == "en"
    assert spoken("en") == "da"


def test_another_language_is_refused_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not_understood() is None
    monkeypatch.setenv("SAGSFLOW_LANG", "sv")
    said = not_understood()
    assert said is not None
    assert "SAGSFLOW_LANG=sv" in said
    assert "da" in said
    assert "en" in said
