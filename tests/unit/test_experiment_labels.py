"""What points are called."""

from __future__ import annotations

import pytest

from sim.experiment.labels import LONGEST_LABEL, readable_name, short_keys, unique_labels

pytestmark = pytest.mark.unit


def test_a_lone_scenario_is_its_own_name() -> None:
    assert readable_name("pooled_budget", {}) == "pooled_budget"


def test_other_values_follow_the_scenario() -> None:
    assert readable_name("baseline", {"buf_family": "60"}) == "baseline, buf_family=60"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("municipality", "municipality"),
        ("caseworking.change_hours", "change_hours"),
        ("teams.buf_family.caseworkers", "buf_family"),
        ("services.foster.suppliers.own.places", "own.places"),
    ],
)
def test_the_key_is_the_part_that_a_reader_recognises(path: str, key: str) -> None:
    assert short_keys([path]) == {path: key}


def test_two_keys_of_a_sweep_never_read_the_same() -> None:
    paths = ["teams.buf.caseworkers", "teams.buf.max_caseload", "teams.bsf.caseworkers"]
    assert short_keys(paths) == {
        "teams.buf.caseworkers": "buf.caseworkers",
        "teams.buf.max_caseload": "buf.max_caseload",
        "teams.bsf.caseworkers": "bsf",
    }
    same_tail = ["services.a.suppliers.own.places", "services.b.suppliers.own.places"]
    assert len(set(short_keys(same_tail).values())) == 2


def test_labels_are_folders_on_every_system() -> None:
    names = ["baseline, buf_family=60", 'a<b>:"/\\|?*', "con", "æblegrød", "..", ""]
    assert unique_labels(names) == ["baseline--buf_family-60", "a_b________", "con_", "_blegr_d", "point", "point-2"]


def test_labels_are_unique_where_capitals_do_not_count() -> None:
    assert unique_labels(["a=1", "A-1", "a-1"]) == ["a-1", "A-1-2", "a-1-3"]


def test_long_names_are_cut_and_stay_apart() -> None:
    labels = unique_labels(["x" * 200 + "1", "x" * 200 + "2"])
    assert len(set(labels)) == 2
    assert all(len(label) <= LONGEST_LABEL for label in labels)
