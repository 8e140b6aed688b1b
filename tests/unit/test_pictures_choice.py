"""Which pictures are drawn: short forms, and names that do not exist."""

from __future__ import annotations

import pytest
from municipalities import configured
from pydantic import ValidationError

from sim.scenario.errors import PlannerError
from sim.scenario.pictures import PICTURES, chosen_pictures, written_out
from sim.scenario.settings import Report

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("plots=forest,flow", "report.plots=[forest,flow]"),
        ("plots=[forest, flow,forest]", "report.plots=[forest,flow]"),
        ("plots=all", "report.plots=all"),
        ("plots=none", "report.plots=none"),
        ("format=svg,png,pdf", "report.formats=[svg,png,pdf]"),
        ("report.plots=[costs]", "report.plots=[costs]"),
        ("scenario=baseline,pooled_budget", "scenario=baseline,pooled_budget"),
    ],
)
def test_short_forms_are_written_out(given: str, written: str) -> None:
    assert written_out([given]) == [written]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("plots=forrest,costs", ("there is no picture 'forrest'", "did you mean 'forest'", "available: all, none")),
        ("plots=who_pay,tornado", ("did you mean 'who_pays'", "there is no picture 'tornado'")),
        ("format=svg,jpg", ("there is no format 'jpg'", "svg, png, pdf")),
        ("plots=", ("names no picture",)),
        ("plots=all,costs", ("'all' and 'none' stand alone",)),
    ],
)
def test_what_does_not_exist_is_named_with_the_nearest(given: str, words: tuple[str, ...]) -> None:
    with pytest.raises(PlannerError) as caught:
        written_out([given])
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_the_configuration_says_it_too() -> None:
    assert chosen_pictures(Report().plots) == PICTURES
    assert chosen_pictures(Report(plots="none").plots) == ()
    assert chosen_pictures(Report(plots=("flow", "costs", "flow")).plots) == ("flow", "costs")
    with pytest.raises(ValidationError, match="did you mean 'backlog'"):
        Report(plots=("backlogs",))


def test_the_choice_is_taken_by_the_configuration() -> None:
    report = configured("municipality=one_team", *written_out(["plots=forest,flow", "format=pdf"])).report
    assert (report.plots, report.formats) == (("forest", "flow"), ("pdf",))
