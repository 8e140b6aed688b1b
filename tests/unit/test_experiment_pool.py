"""Many tasks on several processes."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from sim.experiment import pool
from sim.experiment.pool import DIED, FALSE_STARTS, Crew, NoProcessError, work

pytestmark = pytest.mark.unit


def here_only(_: object) -> None:
    raise AssertionError


def lost(task: object, why: str) -> tuple[object, str]:
    return (task, why)


def die_if(path: Path) -> str:
    """Die if the file says so: always, or only the first time."""
    if path.exists():
        said = path.read_text(encoding="utf-8")
        if said == "once":
            path.unlink()
        os._exit(77)
    return path.name


def about_the_process(number: int) -> tuple[int, str | None, bool]:
    return number, os.environ.get("OMP_NUM_THREADS"), signal.getsignal(signal.SIGINT) == signal.SIG_IGN


def test_one_process_works_in_order_in_this_process() -> None:
    here: list[int] = []
    assert list(work(here.append, [1, 2, 3], 1, lost)) == [None, None, None]
    assert here == [1, 2, 3]


def test_no_tasks_no_processes() -> None:
    assert list(work(here_only, [], -1, lost)) == []


def test_several_processes_do_every_task_once_with_one_thread_each_and_leave_ctrl_c_alone() -> None:
    assert sorted(work(about_the_process, range(20), 2, lost)) == [(number, "1", True) for number in range(20)]


def own_number(path: Path) -> int:
    """Return the number of this process, or die if the file says so."""
    die_if(path)
    return os.getpid()


def test_a_crew_stays_and_is_replaced_when_one_of_it_dies(tmp_path: Path) -> None:
    fine, deadly = tmp_path / "fine", tmp_path / "deadly"
    with Crew(1) as crew:
        (first,) = work(own_number, [fine], 2, lost, crew)
        assert list(work(own_number, [fine], 2, lost, crew)) == [first]
        deadly.write_text("once", encoding="utf-8")
        (other,) = work(own_number, [deadly], 2, lost, crew)
        assert other != first
        assert list(work(own_number, [fine], 2, lost, crew)) == [other]


def test_when_processes_die_only_the_culprit_is_lost(tmp_path: Path) -> None:
    """Task 2 takes its process down always, task 0 only once (a stroke of bad luck from outside)."""
    (tmp_path / "0").write_text("once", encoding="utf-8")
    (tmp_path / "2").write_text("always", encoding="utf-8")
    tasks = [tmp_path / str(number) for number in range(8)]
    results = list(work(die_if, tasks, 2, lost))
    assert sorted(result for result in results if isinstance(result, str)) == ["0", "1", "3", "4", "5", "6", "7"]
    assert [result for result in results if not isinstance(result, str)] == [(tmp_path / "2", DIED)]


class StillbornPool:
    """A pool whose processes end before they can be given anything."""

    def submit(self, *_: object) -> None:
        raise BrokenProcessPool

    def shutdown(self, **_: object) -> None:
        pass


def test_processes_that_cannot_be_kept_alive_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    monkeypatch.setattr(pool, "_new_pool", lambda number: begun.append(number) or StillbornPool())
    with pytest.raises(NoProcessError):
        list(work(here_only, [1, 2, 3], 2, lost))
    assert begun == [2] * FALSE_STARTS


def test_a_process_ends_when_nobody_supervises_it_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    parents = iter([41, 41, 1])
    ended: list[int] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    monkeypatch.setattr(os, "_exit", ended.append)
    pool._end_with(41)
    assert ended == [1]


def press_while_processes_start(reached: list[str]) -> None:
    with pool._ctrl_c_later():
        signal.raise_signal(signal.SIGINT)
        reached.append("the end of the block")


def test_ctrl_c_while_processes_start_is_heard_afterwards() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    reached: list[str] = []
    try:
        with pytest.raises(KeyboardInterrupt):
            press_while_processes_start(reached)
    finally:
        signal.signal(signal.SIGINT, before)
    assert reached == ([] if sys.platform == "win32" else ["the end of the block"])
