from __future__ import annotations

from pathlib import Path

import pytest

from foedus.brief.report import form
from foedus.errors import UsageError


@pytest.mark.parametrize(
    ("output", "asked", "found"),
    [
        (None, None, "terminal"),
        ("a.html", None, "html"),
        ("a.MD", None, "md"),
        ("a.txt", "json", "json"),
        (None, "html", "html"),
    ],
)
def test_the_form_follows_the_file_or_the_option(output, asked, found):
    assert form(Path(output) if output else None, asked) == found


@pytest.mark.parametrize(("output", "asked"), [("a.docx", None), (None, "pdf"), ("a.html", "terminal")])
def test_an_unknown_form_is_refused(output, asked):
    with pytest.raises(UsageError):
        form(Path(output) if output else None, asked)
