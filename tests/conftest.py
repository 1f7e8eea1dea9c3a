import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--browser-checks",
        action="store_true",
        default=False,
        help="run the checks in tests/browser, which need Chromium",
    )
