from __future__ import annotations

from typer.testing import CliRunner

from foedus.cli import duties, treaties
from foedus.cli.treaties_options import Format

runner = CliRunner()


def test_both_commands_take_the_same_formats() -> None:
    for app in (duties.app, treaties.app):
        told = runner.invoke(app, ["--help"], env={"COLUMNS": "200"}).output
        assert all(kind.value in told for kind in Format)
        assert "--history" in told
