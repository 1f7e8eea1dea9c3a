"""Every command of docs/api.md, as it stands there, against a real server."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8020"


def commands():
    """The shell commands between `## Reading` and `## From Python`, each with its continuation lines."""
    part = TEXT[TEXT.index("## Reading") : TEXT.index("## From Python")]
    lines = "\n".join(line[4:] for line in part.splitlines() if line.startswith("    "))
    return re.sub(r" \\\n\s*", " ", lines).splitlines()


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_every_curl_of_the_docs_is_answered_without_a_fault(served, tmp_path):
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4 nothing")
    told = commands()
    assert len(told) > 14
    script = "\n".join(line + "; echo" for line in told).replace(ADDRESS, served.url).replace("python3", sys.executable)
    done = subprocess.run(["sh", "-ec", script], capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert done.returncode == 0, done.stderr
    answers = [line for line in done.stdout.splitlines() if line]
    assert not [line for line in answers if '"error": {' in line or '"error":{' in line]
    assert '"undone": 1' in done.stdout, "the review that was made is the one that is taken back"


def test_the_python_of_the_docs_runs(served):
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code.replace(ADDRESS, served.url)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "\n304\n" in done.stdout
    assert re.search(r"\n(waiting|reading|coding|done)\n", done.stdout)
    assert "422 " in done.stdout


def test_every_figure_and_fault_is_in_the_docs():
    from foedus.web.api.answers import FAULTS
    from foedus.web.api.crisis import FIGURES

    assert [name for name in FIGURES if f"`{name}`" not in TEXT] == []
    table = " ".join(re.findall(r"^\| ([0-9, ]+) \|", TEXT, re.MULTILINE))
    assert {str(status) for status in FAULTS} == set(re.findall(r"\d{3}", table))
