"""The quick reader of YAML tells the same as the careful one, and the careful one tells what is wrong with a text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sim.scenario import yamlfile
from sim.scenario.errors import PlannerError
from sim.scenario.shipped import configs_folder, scenarios_folder
from sim.scenario.yamlfile import YamlFile, parse_yaml
from sim.scenario.yamlreader import careful, quick

pytestmark = pytest.mark.unit

SHIPPED = [
    pytest.param(file.read_text(encoding="utf-8"), id=f"{file.parent.name}-{file.stem}")
    for file in sorted([*configs_folder().rglob("*.yaml"), *scenarios_folder().glob("*.yaml")])
]
TRICKY = (
    "a: 1e3\nb: 0x1F\nc: 012\nd: 1_000\ne: .5\nf: yes\ng: ~\nh: 2024-01-01\ni: 1:30\nj: .inf\n",
    "a: &x {b: 1, c: [2, 3]}\nd: {<<: *x, b: 4}\ne: *x\n",
    "a: |\n  one\n  two\nb: >-\n  one\n  two\n",
    "1: 0.4\n'2': 0.6\nnull: 1\n",
    "\r\na: 'it''s'\r\n\r\nb: \"\\u00e6 \\t\"\r\n",
    "",
    "# nothing but a remark\n",
)
FAULTY = (
    "a: [1,",
    "a: b: c",
    "a:\n\tb: 1",
    "a: 1\ta: 2",
    "a: !!python/name:os.system x",
    "a: !!int x",
    "a: 'b",
    "a: *b",
    "a: &b [*b]",
    "- a\nb: 1",
    "a: 1\na: 2",
    "a: \x07",
    "a: 1\n--- \nb: 1",
    "a: \ud800",
    "a: ${oc.env:HOME}",
)


def told(text: str) -> YamlFile | str:
    try:
        return parse_yaml(text, Path("mine.yaml"))
    except PlannerError as error:
        return str(error)


def with_reader(monkeypatch: pytest.MonkeyPatch, text: str, *, quickly: bool) -> YamlFile | str:
    monkeypatch.setattr(yamlfile, "quick", quick if quickly else careful)
    return told(text)


@pytest.mark.parametrize("text", [*SHIPPED, *TRICKY])
def test_both_readers_tell_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quickly, carefully = (with_reader(monkeypatch, text, quickly=quickly) for quickly in (True, False))
    assert isinstance(quickly, YamlFile)
    assert isinstance(carefully, YamlFile)
    assert repr(quickly.data) == repr(carefully.data)
    assert quickly.lines == carefully.lines


@pytest.mark.parametrize("text", FAULTY)
def test_faults_are_told_in_the_words_of_the_careful_reader(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quickly, carefully = (with_reader(monkeypatch, text, quickly=quickly) for quickly in (True, False))
    assert isinstance(quickly, str)
    assert quickly == carefully


@pytest.mark.parametrize("text", ["a\tb", "a: 1\n\ufeff", "\u2028\ufeff", "a: 1\u2028b: 2", "a: 1\x85b: 2"])
def test_what_the_readers_take_differently_is_read_carefully(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "quick", lambda: pytest.fail("read quickly"))
    told(text)


def test_nesting_without_end_is_a_message() -> None:
    assert isinstance(told("[" * 100_000), str)


def test_libyaml_is_used_where_it_is_there() -> None:
    assert (quick() is careful()) is not yaml.__with_libyaml__
