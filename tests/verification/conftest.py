"""How thoroughly Hypothesis searches: ``HYPOTHESIS_PROFILE=thorough pytest tests/verification`` for a long search.

The ordinary search is the same every time. Neither looks for the smallest map that fails, which can take minutes: add
``Phase.shrink`` here for that.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_phases = [Phase.explicit, Phase.reuse, Phase.generate]
_slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "sagsflow",
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=_phases,
    suppress_health_check=_slow,
)
settings.register_profile("thorough", max_examples=750, deadline=None, phases=_phases, suppress_health_check=_slow)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "sagsflow"))
