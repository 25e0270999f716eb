"""What all tests share: tests that want more than Python say so with the `needs` marker."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

# No deadline: the machine may be busy. In CI the examples are always the same, so that a red run can be repeated.
settings.register_profile("dealport", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dealport"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dealport")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose tool is missing; fail it instead where DEALPORT_NEEDS_ALL=1, as in `.ci/run`."""
    for marker in item.iter_markers("needs"):
        missing = [tool for tool in marker.args if shutil.which(tool) is None]
        if missing and os.environ.get("DEALPORT_NEEDS_ALL") == "1":
            pytest.fail(f"missing: {', '.join(missing)}", pytrace=False)
        if missing:
            pytest.skip(f"needs {', '.join(missing)}")
