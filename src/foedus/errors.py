"""Everything that Foedus raises on purpose, in one tree.

FoedusError                 anything of ours; `str(error)` is one line that says what to do next
├── InputError              a source, argument or file that a person gave is at fault (exit status 1)
│   ├── UsageError          a command was given what it does not take (exit status 2)
│   ├── SourceError         a document could not be read
│   ├── UnknownActorError   a name or code that is no actor, or none on that date
│   ├── CrisisError         a crisis that cannot be: nobody attacked, a state of another time
│   └── DataError           a data set, table or row that is missing, damaged or contradictory
├── StoreError              a store that cannot be opened, is newer than this program, or is damaged
├── ModelError              a shipped model that is missing or altered
└── MissingExtraError       an optional part is not installed; names the `pip install` that brings it
"""

from __future__ import annotations


class FoedusError(Exception):
    """Root of the tree. `status` is what the command line exits with, `http` what the workbench answers."""

    status: int = 1
    http: int = 500


class InputError(FoedusError):
    """What a person gave is at fault; the message names it and the way out."""

    http = 422


class UsageError(InputError):
    """A command was given what it does not take: an option unknown, missing, or at odds with another."""

    status = 2


class SourceError(InputError):
    """A document could not be read. `source` is what was asked for, `reason` the short cause."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"{source}: {reason}")


class UnknownActorError(InputError):
    """A name or code means no actor, or none on the date asked about."""


class CrisisError(InputError):
    """The crisis asked about cannot be."""


class DataError(InputError):
    """A data set, table or row is missing, damaged or contradicts another."""


class StoreError(FoedusError):
    """The store cannot be opened, is newer than this program, or is damaged."""


class ModelError(FoedusError):
    """A shipped model is missing or altered; reinstalling Foedus repairs it."""


class MissingExtraError(FoedusError):
    """An optional part is not installed."""

    def __init__(self, extra: str, wanted_for: str) -> None:
        self.extra = extra
        super().__init__(f'{wanted_for} needs an extra part: pip install "foedus[{extra}]"')
