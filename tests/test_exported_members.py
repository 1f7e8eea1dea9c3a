"""The public names are few and pinned: adding or taking one is a decision, not an accident."""

import subprocess
import sys

import foedus

PUBLIC = {
    "__version__", "read", "read_all", "Coder", "resolve", "World", "duties", "ledger", "assess", "Store", "Document", "Event", "Actor",
    "Treaty", "Clause", "Duty", "Crisis", "FoedusError", "panel",
}  # fmt: skip


def test_the_public_names():
    assert set(foedus.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(foedus, name) is not None


def test_importing_foedus_loads_nothing_heavy():
    heavy = ("spacy", "pandas", "numpy", "duckdb", "onnxruntime", "sklearn", "httpx", "pyarrow")
    script = f"import foedus, sys; sys.exit(','.join(n for n in {heavy!r} if n in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"`import foedus` imports {done.stderr}"
