"""Whether services fit the need, and how great the need is when they start."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from journals import Book, small_town

from sim.measures import measure

pytestmark = pytest.mark.unit


def kpi(book: Book, name: str, group: str = "all", **fits: Any) -> float:
    """Return a figure of the small town, in which foster care fits the vulnerable and is specialised if asked."""
    services = {key: service.model_dump() for key, service in small_town().services.items()}
    for service, changes in fits.items():
        services[service].update(changes)
    table = measure(book.journal(), small_town(services=services)).kpis.set_index(["kpi", "group"])["value"]
    return float(table[name, group])


def started() -> Book:
    """Return three starts: of two in foster care one is not vulnerable; a spell open on day 0 was not started."""
    book = Book()
    book.person(2, profile="disability")
    book.spell("foster_care", 1, start=10, level=1)
    book.spell("foster_care", 2, start=10, level=3)
    book.spell("support", 2, start=10, level=2)
    book.spell("foster_care", 2, start=0, level=4, kind="initial")
    return book


def test_fit_and_level_of_the_services_that_started():
    book = started()
    assert kpi(book, "match.share") == pytest.approx(2 / 3)
    assert kpi(book, "match.share", "profile:disability") == pytest.approx(1 / 2)
    assert kpi(book, "match.share", "profile:vulnerable") == pytest.approx(1)
    assert kpi(book, "match.share", "child") == pytest.approx(2 / 3)
    assert np.isnan(kpi(book, "match.share", "adult"))
    assert kpi(book, "need.level_at_start") == pytest.approx(2)
    assert kpi(book, "need.level_at_start", "profile:disability") == pytest.approx(5 / 2)


@pytest.mark.parametrize(("specialised", "general", "too_special"), [(False, 1 / 3, 0), (True, 0, 1 / 3)])
def test_what_does_not_fit_is_too_general_or_too_specialised(specialised: bool, general: float, too_special: float):
    """A specialised service that fits is neither: the three shares add up to 1."""
    book, fits = started(), {"foster_care": {"specialised": specialised}}
    assert kpi(book, "match.too_general", **fits) == pytest.approx(general)
    assert kpi(book, "match.too_specialised", **fits) == pytest.approx(too_special)
    assert kpi(book, "match.too_general", "profile:disability", **fits) == pytest.approx(1.5 * general)
    assert kpi(book, "match.too_specialised", "profile:disability", **fits) == pytest.approx(1.5 * too_special)
    assert kpi(book, "match.too_specialised", "profile:vulnerable", **fits) == 0


def test_a_service_for_nobody_in_particular_fits_all():
    assert kpi(started(), "match.share", foster_care={"fits": None}) == 1
    assert kpi(started(), "match.share", foster_care={"fits": []}) == pytest.approx(1 / 3)


def test_fit_counts_when_the_service_starts():
    book = Book(run_in=50)
    book.person(1, profile="disability")
    book.spell("foster_care", 1, start=49)
    book.spell("support", 1, decided=20, start=50)
    assert kpi(book, "match.share") == 1
