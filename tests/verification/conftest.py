"""How thoroughly Hypothesis searches: ``HYPOTHESIS_PROFILE=thorough pytest tests/verification`` for a long search."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("sagsflow", max_examples=60, deadline=None, derandomize=True, suppress_health_check=_slow)
settings.register_profile("thorough", max_examples=750, deadline=None, suppress_health_check=_slow)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "sagsflow"))
