import pytest
from hypothesis import HealthCheck, settings

# How long an example takes depends on the machine; benchmarks/ is where time is measured.
settings.register_profile("foedus", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("foedus")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--browser-checks",
        action="store_true",
        default=False,
        help="run the checks in tests/browser, which need Chromium",
    )
