"""How fast is the engine? Each question is one command, and prints its table.

    uv run --group bench python benchmarks/engine.py              all of them (an hour)
    uv run --group bench python benchmarks/engine.py queue        M/M/20 against plain SimPy, Ciw and a bare heap
    uv run python benchmarks/engine.py priorities                 overload: what a customer costs when the queue is long
    uv run python benchmarks/engine.py odense                     events a second, and what takes the time
    uv run python benchmarks/engine.py growth                     1, 10 and 100 times Odense
    uv run python benchmarks/engine.py sweep                      where the seconds of a whole sweep go
    uv run python benchmarks/engine.py startup                    how long the command line takes to answer

Absolute figures depend on the machine; ratios hardly do. With --write the tables go into docs/speed.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

from speed import ROOT
from speed.measuring import Asked, surroundings

PAGE = ROOT / "docs" / "speed.md"
QUESTIONS = ("queue", "priorities", "odense", "growth", "sweep", "startup")


def answer_to(question: str) -> Callable[[Asked], str]:
    """Return the function that answers a question; imported here, because each imports what it measures."""
    answer: Callable[[Asked], str] = import_module(f"speed.{question}").answer
    return answer


def write(question: str, text: str) -> None:
    """Put an answer between its markers on the page."""
    import pages

    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(pages.between(page, question, text), encoding="utf-8", newline="\n")


def parser() -> argparse.ArgumentParser:
    """Return what can be asked."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("question", nargs="?", default="all", choices=[*QUESTIONS, "all"])
    given.add_argument("--quick", action="store_true", help="tiny sizes: shows that it works, measures nothing")
    given.add_argument("--write", action="store_true", help="put the tables into docs/speed.md")
    given.add_argument("--repeats", type=int, metavar="N", help="rounds, in the place of each question's own number")
    given.add_argument("--largest", type=float, default=100, help="growth: leave out what is larger (100)")
    given.add_argument("--years", type=float, default=1, help="growth: years after a quarter of run-in (1)")
    given.add_argument("--customers", type=int, default=500_000, help="priorities: in the longest run (500,000)")
    given.add_argument("--replications", type=int, default=2, help="sweep: of each scenario (2)")
    given.add_argument("--with", dest="overrides", action="append", default=[], help="sweep: as for sagsflow sweep")
    return given


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write if that is asked for; return the exit status."""
    given = parser()
    asked = given.parse_args(arguments)
    questions = QUESTIONS if asked.question == "all" else (asked.question,)
    if asked.write and asked.quick:
        given.error("--quick measures nothing that is worth writing down")
    if asked.write and "queue" in questions and not find_spec("ciw"):
        given.error("Ciw is not installed: uv run --group bench python benchmarks/engine.py …")
    for question in questions:
        text = f"{answer_to(question)(asked)}\n\n{surroundings()}"
        print(f"\n## {question}\n\n{text}", flush=True)
        if asked.write:
            write(question, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
