"""Would the tests notice a fault? mutmut makes some, in each module that figures depend on.

    uv run --group mutants python benchmarks/mutants.py   # 20 changes in each module: an hour
    uv run --group mutants python benchmarks/mutants.py sim/measures/waits.py --each 40
    uv run --group mutants python benchmarks/mutants.py sim/measures/waits.py --each 0   # all, not a sample

Of every module, a random sample of the changes that mutmut knows is made, one at a time, in a copy of the repository.
The tests named here for the module are run on each; they are those that concern it and take seconds, so that more of
them might notice than do here. It prints a row per module, as on docs/verification.md, and each change that no test
noticed. A change that nothing tests is unnoticed, too. It needs fork, that is, Linux or a Mac.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.measures.appeals import wilson

ROOT = Path(__file__).resolve().parents[1]

COSTS = ("measure_costs", "costs_levels", "costs_parts")
TESTS: dict[str, tuple[str, ...]] = {
    "measures/waits": ("measure_waits", "measure_deadlines", "measure_transition"),
    "measures/requests": ("measure_waits", "measure_background"),
    "measures/deadlines": ("measure_deadlines", "measure_same_names"),
    "measures/transition": ("measure_transition",),
    "measures/queues": ("measure_queues",),
    "measures/kpis": ("measure_definitions", "measure_waits", "measure_deadlines", "measure_matching"),
    "measures/appeals": ("measure_appeals", "share_intervals", "measure_per_year", "measure_same_names"),
    "measures/counts": ("measure_counts", "measure_per_year", "measure_same_names"),
    "measures/flow": ("measure_flow",),
    "measures/groups": ("measure_definitions", "measure_flow", "experiment_labels"),
    "measures/matching": ("measure_matching",),
    "measures/frames": ("measure_background", "measure_waits", "measure_volumes"),
    "measures/staff": ("measure_staff",),
    "measures/survival": ("measure_survival",),
    "measures/volumes": ("measure_volumes", "measure_counts"),
    "measures/unit_costs": ("measure_unit_costs", "costs_parts"),
    "measures/budgets": ("measure_budgets",),
    "measures/billing": ("measure_billing",),
    "measures/refund": ("refund",),
    "measures/costs/appeals": COSTS,
    "measures/costs/book": COSTS,
    "measures/costs/booking": (*COSTS, "costs_state_refund"),
    "measures/costs/index": (*COSTS, "measure_budgets"),
    "measures/costs/kpis": (*COSTS, "costs_state_refund", "measure_same_names"),
    "measures/costs/prices": COSTS,
    "measures/costs/proration": COSTS,
    "measures/costs/services": COSTS,
    "measures/costs/staff": COSTS,
    "measures/costs/state": ("costs_state_refund", "refund"),
    "model/clock": ("model_clock",),
    "model/draws": ("model_draws", "durations_models"),
    "model/varying": ("model_varying", "model_periods"),
    "model/periods": ("model_periods", "model_varying"),
    "model/places": ("model_places", "model_places_change"),
    "model/team": ("model_team", "model_team_named", "model_meeting"),
    "model/remaining": ("model_draws", "model_spell", "model_waiting"),
    "model/decision": ("model_decision", "model_steps"),
    "model/completeness": ("model_completeness",),
    "model/headcount": ("model_headcount",),
    "model/brake": ("model_brake",),
    "model/self_pay": ("measure_self_pay",),
    "model/panel": ("model_panel",),
}
"""The unit tests that concern each module."""

SETTINGS = """\
[mutmut]
source_paths=sim
only_mutate=
 {modules}
pytest_add_cli_args=
 -p
 no:xdist
 -o
 addopts=
 -o
 filterwarnings=
pytest_add_cli_args_test_selection=
 {tests}
also_copy=
 sim
 tests
 configs
 scenarios
use_git_change_detection=false
"""

NAMES = """\
import sys
from pathlib import Path
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name
for path in map(Path, sys.argv[1:]):
    names = mutate_file_contents(str(path), path.read_text(encoding="utf-8")).mutant_names
    print(*(get_mutant_name(path, name) for name in names))
"""

DIFFERENCES = """\
import sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
for name in sys.argv[1:]:
    print(name, get_diff_for_mutant(name), sep="\\n")
"""


def mutmut(folder: Path, *arguments: str) -> str:
    """Return what mutmut, or the Python that has it, says in a folder."""
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments[:3])} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def look(folder: Path, modules: Sequence[str], each: int, seed: int) -> Iterator[tuple[str, int, int, list[str]]]:
    """Change modules with the same tests; yield each, its number of changes, how many were made, and the unnoticed."""
    shutil.rmtree(folder / "mutants", ignore_errors=True)
    paths = [f"sim/{module}.py" for module in modules]
    tests = [f"tests/unit/test_{name}.py" for name in TESTS[modules[0]]]
    settings = SETTINGS.format(modules="\n ".join(paths), tests="\n ".join(tests))
    (folder / "setup.cfg").write_text(settings, encoding="utf-8", newline="\n")
    chosen, known = {}, {}
    for module, line in zip(modules, mutmut(folder, "-c", NAMES, *paths).splitlines(), strict=True):
        names = line.split()
        known[module] = len(names)
        few = 0 < each < len(names)
        chosen[module] = random.Random(f"{seed} {module}").sample(names, each) if few else names  # noqa: S311
    mutmut(folder, "-m", "mutmut", "run", "--max-children", "1", *(name for names in chosen.values() for name in names))
    for module, path in zip(modules, paths, strict=True):
        meta = folder / "mutants" / f"{path}.meta"
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        # 0: all tests passed. 33: no test came there.
        unnoticed = [name for name in chosen[module] if codes[name] in (0, 33)]
        yield module, known[module], len(chosen[module]), unnoticed


def main() -> None:
    """Print a row per module, and what went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="such as sim/measures/waits.py (default: all)")
    parser.add_argument("--each", type=int, default=20, help="changes per module (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    modules = [name.removeprefix("sim/").removesuffix(".py") for name in options.modules] or list(TESTS)
    os.environ.pop("MUTANT_UNDER_TEST", None)
    with tempfile.TemporaryDirectory(prefix="sagsflow-mutants-") as work:
        folder = Path(work)
        for name in ("sim", "tests", "configs", "scenarios"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        print("| module | changes known | made | noticed | share, 95 % interval |\n|---|---:|---:|---:|---:|")
        alike = defaultdict(list)
        for module in modules:
            alike[TESTS[module]].append(module)
        for group in alike.values():
            for module, known, made, unnoticed in look(folder, group, options.each, options.seed):
                noticed = made - len(unnoticed)
                share = f"{noticed / made:.0%}"
                if made < known:
                    share += " ({:.0%} to {:.0%})".format(*wilson(noticed, made, 0.95))
                print(f"| `sim/{module}.py` | {known} | {made} | {noticed} | {share} |", flush=True)
                if unnoticed:
                    print(mutmut(folder, "-c", DIFFERENCES, *unnoticed), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
