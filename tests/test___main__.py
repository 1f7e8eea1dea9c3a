import subprocess
import sys

from foedus import __version__


def test_the_package_runs_as_the_command():
    done = subprocess.run([sys.executable, "-m", "foedus", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert __version__ in done.stdout
