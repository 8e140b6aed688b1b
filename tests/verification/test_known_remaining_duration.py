"""Spells of which a caseload file says since when: how much of them is left, and when the stock has run off.

If a length T is known to exceed e, then P(T - e > x) = S(e + x) / S(e). Checked from the file to the journal, through
the municipality that comes with the tool.
"""

from __future__ import annotations

import copy
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import integrate, stats

from sim.journal import Journal
from sim.model import simulate
from sim.scenario import Scenario
from sim.scenario.compose import Composer
from sim.scenario.configuration import checked

pytestmark = pytest.mark.verification

YEAR = 365.25
NUMBER = 1000
PASSED = 730 / YEAR
"""From 1 January 2022 to day 0, 1 January 2024, in years."""

Floats = npt.NDArray[np.float64]


def composed_with(folder: Path, since: str) -> dict[str, Any]:
    """Return the smallest municipality with nobody in it but the cases of a file, and nothing to end them early."""
    lines = ["Alder;Behovsprofil;Indsats;Startdato", *[f"3;general;family_support;{since}"] * NUMBER]
    file = folder / "caseload.csv"
    file.write_text("\r\n".join(lines), encoding="utf-8")
    overrides = ["municipality=one_team", f"files.caseload={file.as_posix()}", "arrivals.applications.per_year=0"]
    with Composer() as composer:
        return composer.configuration(
            [*overrides, "~tracks.support.steps.supported.follow_up", "horizon.years=45"]
        ).composed


@pytest.fixture(scope="module")
def begun_in_2022(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return composed_with(tmp_path_factory.mktemp("own"), "01-01-2022")


def lasting(composed: dict[str, Any], years: Any) -> Scenario:
    """Return it with another length of the service."""
    composed = copy.deepcopy(composed)
    composed["services"]["family_support"]["years"] = years
    return checked(composed, {}).scenario


def left(journal: Journal) -> Floats:
    """Return how many years each spell went on after day 0."""
    assert len(journal.spells["end"]) == NUMBER
    assert not np.isnan(journal.spells["end"]).any()
    result: Floats = journal.spells["end"] / YEAR
    return result


def beyond(whole: Any, years: Any) -> Any:
    """Return the survival function of what is left of a spell that has lasted two years."""
    return whole.sf(PASSED + years) / whole.sf(PASSED)


def test_a_memoryless_spell_goes_on_as_if_it_had_just_begun(begun_in_2022: dict[str, Any]) -> None:
    drawn = left(simulate(lasting(begun_in_2022, {"distribution": "exponential", "mean": 0.75})))
    assert stats.kstest(drawn, "expon", args=(0, 0.75)).pvalue > 0.01


def test_of_a_fixed_length_the_rest_is_left_to_the_day(begun_in_2022: dict[str, Any]) -> None:
    journal = simulate(lasting(begun_in_2022, 3))
    np.testing.assert_array_equal(journal.spells["start"], -730.0)
    np.testing.assert_allclose(journal.spells["end"], 3 * YEAR - 730)


GAMMAS = {0.5: stats.gamma(4, scale=0.25), 1.6: stats.gamma(1 / 2.56, scale=2.56)}


@pytest.mark.parametrize("cv", GAMMAS)
def test_a_gamma_spell_is_conditioned_on_what_has_passed(begun_in_2022: dict[str, Any], cv: float) -> None:
    """The mean by integration: the area under S(e + x) / S(e); a regular spell is nearly over, an irregular one not."""
    whole = GAMMAS[cv]
    scenario = lasting(begun_in_2022, {"distribution": "gamma", "mean": 1, "cv": cv})
    every = []
    for replication in range(2):
        drawn = left(simulate(scenario, replication))
        assert stats.kstest(drawn, lambda x: 1 - beyond(whole, x)).pvalue > 0.003
        every.extend(drawn)
    area, _ = integrate.quad(lambda x: beyond(whole, x), 0, 43)
    assert stats.ttest_1samp(every, area).pvalue > 0.01
    assert (area < 0.45) == (cv < 1)


def test_a_lognormal_spell_is_conditioned_on_what_has_passed(begun_in_2022: dict[str, Any]) -> None:
    sigma = math.sqrt(math.log1p(0.49))
    whole = stats.lognorm(sigma, scale=math.exp(-(sigma**2) / 2))
    drawn = left(simulate(lasting(begun_in_2022, {"distribution": "lognormal", "mean": 1, "cv": 0.7})))
    assert stats.kstest(drawn, lambda x: 1 - beyond(whole, x)).pvalue > 0.01


def test_a_spell_with_an_unknown_start_has_its_stationary_excess_left(tmp_path: Path) -> None:
    """Density S(x)/m; of a spell of exactly one year anything from nothing to all."""
    drawn = left(simulate(lasting(composed_with(tmp_path, ""), 1)))
    assert stats.kstest(drawn, "uniform").pvalue > 0.01


def test_the_stock_runs_off_as_expected(begun_in_2022: dict[str, Any]) -> None:
    """How many are still there after a year and after three: binomial with the conditional survival."""
    drawn = left(simulate(lasting(begun_in_2022, {"distribution": "gamma", "mean": 1, "cv": 1.6}), 7))
    for years in (1, 3):
        expected = float(beyond(GAMMAS[1.6], years))
        assert stats.binomtest(int((drawn > years).sum()), NUMBER, expected).pvalue > 0.01


def test_longer_lengths_keep_everybody_longer(begun_in_2022: dict[str, Any]) -> None:
    """Common random numbers: a case that ends late with one length ends late with every other."""
    ends = [
        left(simulate(lasting(begun_in_2022, {"distribution": "gamma", "mean": mean, "cv": 0.7}))) for mean in (0.8, 1)
    ]
    assert (ends[1] > ends[0]).all()
    np.testing.assert_array_equal(np.argsort(ends[0]), np.argsort(ends[1]))
