"""How fast is the engine? One module for each question; :mod:`speed.measuring` holds how it is measured.

Every question is a function ``answer(asked)`` that measures and returns what it found as Markdown.
"""

from __future__ import annotations

import sys
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
THEORY = ROOT / "tests" / "verification"

# What queueing theory says and the small process maps are the tests'; how a page is written is the documentation's.
sys.path += [str(folder) for folder in (THEORY, ROOT / "docs") if str(folder) not in sys.path]
