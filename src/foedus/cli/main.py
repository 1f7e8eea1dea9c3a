"""The `foedus` command: finds the right command file, shows its errors on one line, and exits 0, 1 or 2.

Command files are imported only when their command runs, so that `foedus --help` stays quick. Each holds `app`, a
`typer.Typer` with one command or a group of them.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

import click
import typer

from foedus import __version__
from foedus.errors import FoedusError

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "brief": (
        "foedus.cli.brief",
        "From reports to a brief: who stands by whom, in words and deeds. The main job.",
    ),
    "code": ("foedus.cli.code", "Code sources into events (JSONL, CSV, Parquet, PLOVER, POLECAT)."),
    "ledger": ("foedus.cli.ledger", "Words and deeds of one state for another, by time."),
    "treaties": ("foedus.cli.treaties", "Commitments of a state, or between two, on a date."),
    "duties": ("foedus.cli.duties", "What treaties ask of every third state in a crisis."),
    "assess": ("foedus.cli.assess", "How far each third state will go for the attacked side, and why."),
    "backtest": ("foedus.cli.backtest", "The track record of the estimates on two centuries of crises."),
    "panel": ("foedus.cli.panel", "State-years, dyad-years and their columns, to CSV or Parquet."),
    "data": ("foedus.cli.data", "Research data on this machine: list, pull, verify, cite."),
    "store": ("foedus.cli.store", "Keep documents and events: add, import, export, search, verify."),
    "serve": ("foedus.cli.serve", "The workbench in your browser."),
}
EXAMPLES: Final = """Examples:

  foedus brief examples/june-2025/ -o brief.html

  foedus duties --attacked IRN --by ISR,USA --on 2025-06-22
"""


class Commands(click.Group):
    """A click group that imports a command's file when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its file imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name][0]).app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, written from the table above and so without any import."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands, epilog="\b\n" + EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="foedus")
def main() -> None:
    """Who stands by whom: in words, in deeds, and next?"""


def run() -> None:
    """Entry point of the console script: 0 done, 1 input at fault, 2 usage."""
    try:
        main.main(standalone_mode=True)
    except FoedusError as error:
        print(f"foedus: {error}", file=sys.stderr)
        sys.exit(error.status)
    except KeyboardInterrupt:
        print(
            "foedus: stopped; what was finished is kept, run the same command again to go on", file=sys.stderr
        )
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    run()
