"""The `foedus` command: finds the right command file, shows its errors on one line, and exits 0, 1 or 2.

Command files are imported only when their command runs, so that `foedus --help` stays quick. Each holds `app`, a
`typer.Typer` with one command or a group of them.
"""

from __future__ import annotations

import difflib
import sys
from importlib import import_module
from typing import Final

from foedus import __version__
from foedus.errors import FoedusError

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "brief": ("foedus.cli.brief", "from reports to a brief: who stands by whom (the main job)"),
    "code": ("foedus.cli.code", "code sources into events: JSONL, CSV, Parquet, PLOVER, POLECAT"),
    "ledger": ("foedus.cli.ledger", "words and deeds of one state for another, by time"),
    "treaties": ("foedus.cli.treaties", "commitments of a state, or between two, on a date"),
    "duties": ("foedus.cli.duties", "what treaties ask of every third state in a crisis"),
    "assess": ("foedus.cli.assess", "how far each third state will go for the attacked side, and why"),
    "backtest": ("foedus.cli.backtest", "the track record of the estimates on two centuries of crises"),
    "panel": ("foedus.cli.panel", "state-years, dyad-years and their columns, to CSV or Parquet"),
    "data": ("foedus.cli.data", "research data on this machine: list, pull, verify, cite"),
    "store": ("foedus.cli.store", "keep documents and events: add, import, export, search, verify"),
    "serve": ("foedus.cli.serve", "the workbench in your browser"),
}
USAGE: Final = "Usage: foedus COMMAND [OPTIONS] [ARGUMENTS]…"
EXAMPLES: Final = """\
Examples:
  foedus brief examples/june-2025/ -o brief.html
  foedus duties --attacked IRN --by ISR,USA --on 2025-06-22
  foedus treaties RUS IRN --on 2025-06-22

`foedus COMMAND --help` says more of each. Exit status: 0 done, 1 input at fault, 2 usage."""


def help_text() -> str:
    """What `foedus --help` prints."""
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:{width}}  {text}" for name, (_, text) in COMMANDS.items())
    return f"{USAGE}\n\nWho stands by whom: in words, in deeds, and next?\n\nCommands:\n{commands}\n\n{EXAMPLES}"


def run(arguments: list[str] | None = None) -> None:
    """Entry point of the console script. Always ends in SystemExit: 0 done, 1 input at fault, 2 usage."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in {"-h", "--help", "help"}:
        print(help_text())
        raise SystemExit(0 if given else 2)
    if given[0] in {"-V", "--version"}:
        print(f"foedus {__version__}")
        raise SystemExit(0)
    name, *rest = given
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, 1)
        hint = f"did you mean `foedus {near[0]}`?" if near else "`foedus --help` lists the commands."
        print(f"foedus: there is no command {name!r}; {hint}", file=sys.stderr)
        raise SystemExit(2)
    try:
        _run_command(name, rest)
    except FoedusError as error:
        print(f"foedus: {error}", file=sys.stderr)
        raise SystemExit(error.status) from None
    except KeyboardInterrupt:
        print("foedus: stopped; what was finished is kept, the same command goes on from there", file=sys.stderr)
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our output (`| head`) has left: nothing is wrong, and nothing more can be said to it.
        sys.stderr.close()
        raise SystemExit(0) from None
    raise SystemExit(0)


def _run_command(name: str, arguments: list[str]) -> None:
    import typer

    app = import_module(COMMANDS[name][0]).app
    typer.main.get_command(app)(args=arguments, prog_name=f"foedus {name}")


if __name__ == "__main__":
    run()
