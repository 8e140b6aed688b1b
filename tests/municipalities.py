"""Composed configurations for tests: composing takes about a second, so each process does it once for each."""

from __future__ import annotations

from functools import cache

from sim.scenario.compose import Composer, Configuration


@cache
def configured(*overrides: str) -> Configuration:
    """Return what is composed from the shipped files with these overrides. Nobody changes it: it is shared."""
    return _composer().configuration(list(overrides))


@cache
def _composer() -> Composer:
    return Composer()
