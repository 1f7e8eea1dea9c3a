import subprocess
import sys

import pytest

from foedus.cli.main import COMMANDS, run


def exit_status(*arguments):
    with pytest.raises(SystemExit) as stop:
        run(list(arguments))
    return stop.value.code


def test_help_lists_every_command_and_imports_none(capsys):
    assert exit_status("--help") == 0
    printed = capsys.readouterr().out
    assert all(f"  {name} " in printed for name in COMMANDS)


def test_an_unknown_command_is_a_usage_error_with_a_hint(capsys):
    assert exit_status("breif") == 2
    assert "did you mean `foedus brief`" in capsys.readouterr().err


def test_help_loads_no_heavy_library():
    heavy = ("spacy", "pandas", "numpy", "duckdb", "typer", "onnxruntime", "sklearn", "httpx")
    script = f"""
import sys
from foedus.cli.main import run
try:
    run(['--help'])
except SystemExit:
    pass
sys.exit(','.join(name for name in {heavy!r} if name in sys.modules) or 0)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"`foedus --help` imports {done.stderr}"
