from __future__ import annotations

from pathlib import Path

import pytest

from foedus.brief.report import form, write
from foedus.errors import InputError


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
    with pytest.raises(InputError):
        form(Path(output) if output else None, asked)


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    write("text", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text() == "text"
    with pytest.raises(InputError, match="another place"):
        write("text", tmp_path / "missing" / "a.md")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
